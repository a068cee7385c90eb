//! Calls followed to their end as soon as they arrive.
//!
//! Where one line of callers meets one group of agents, and no work can be put off, nothing that comes later changes
//! what becomes of a call: callers are answered in order of arrival, each by the agent who is, or first will be,
//! callable. So a call is followed at once from its arrival through its wait to the end of its wrap, and neither
//! joining a line, nor patience, nor the end of a call, nor idleness takes an event of its own. The agents' clock
//! holds for each agent since when, or from when, they can answer.
//!
//! What is left are shifts and pauses. Those that come before a caller could be answered are done before it is
//! settled who answers. An agent with a pause due or the shift over at the end of a call, or on a pause, cannot answer
//! next: at that moment the agent is seen to. An agent's state is brought up to date only when something is asked of
//! it, by [`Step::catch_up`].
//!
//! The results are those of the simulation event by event, to the microsecond. It takes over where this cannot
//! ([`Plan::can_follow`]) and for observers who must be told in order of time.

use super::agent::State;
use super::answering::{begin, plan_as_needed, plan_call};
use super::call::{Call, Stage};
use super::case::UNBORN;
use super::observer::Observer;
use super::plan::Plan;
use super::run::{Step, birth};
use super::timers::{PauseDue, Phase, place};
use super::work::{Past, fate_of, settle};
use crate::law::Sampler;
use crate::response::{talk_done, wrap_done};
use crate::scenario::{Closing, Setting, ShiftEnd, WrapPolicy};
use crate::unit::{DAY, Micros};

/// One call in so many: what is rarer does not count.
const RARE: f64 = 1.0 / (1 << 20) as f64;

/// Whether calls of an option can be followed: one line, one group of agents, nothing put off, no break that waits
/// for what others do, and no calls without any work. (An agent who ends one call at the instant of its answer could
/// take another at the same instant, before colleagues: a tie that this manner breaks otherwise. Where talk and wrap
/// are both nought less than once in a million times each, it is too rare to count.)
pub(super) fn can_follow(setting: &Setting, groups: usize, talk: &[Sampler], wrap: &[Sampler]) -> bool {
    let ([talk], [wrap], 1) = (talk, wrap, groups) else { return false };
    let talk = talk_done(setting.talk_policy, talk.micros(RARE));
    let work = |p: &WrapPolicy| talk + wrap_done(p, wrap.micros(RARE)).max(p.minimum);
    let takes_time = setting.wrap_policies.iter().all(|p| work(p) > 0);
    let nothing_put_off =
        setting.shift_end != ShiftEnd::FinishCall && !setting.wrap_policies.iter().any(WrapPolicy::puts_off);
    let pauses = setting.shifts.iter().flat_map(|shift| &shift.pauses);
    let pauses_are_fixed = pauses.map(|pause| pause.when_quiet).all(|quiet| quiet.is_none())
        && setting.teams.iter().all(|team| team.away_at_most.is_none());
    takes_time && nothing_put_off && pauses_are_fixed
}

impl<O: Observer> Step<'_, O> {
    /// Simulates a day.
    pub(super) fn follow_day(&mut self) {
        match self.plan.as_needed {
            true => self.follow_day_by::<true>(),
            false => self.follow_day_by::<false>(),
        }
    }

    /// The same, where every call gets the talk and the wrap it needs (`AS_NEEDED`), or not.
    #[inline(always)]
    fn follow_day_by<const AS_NEEDED: bool>(&mut self) {
        self.look_for_next_turn();
        // Callers who have waited over midnight come first. A closing at midnight itself is yesterday's.
        let closing = self.turned_away_at;
        let midnight = self.end - DAY;
        if let Some(yesterday) = self.day_of(midnight).checked_sub(1)
            && self.plan.turns_away_at(yesterday) == midnight
        {
            self.turned_away_at = midnight;
        }
        for _ in 0..self.e.lines[0].len() {
            if let Some(slot) = self.e.lines[0].pop_front() {
                let call = self.e.calls[slot];
                self.e.calls.remove(slot);
                self.follow_known(&call);
            }
        }
        self.turned_away_at = closing;
        let mut first = self.first_place();
        loop {
            let again = self.back_place().min(self.e.coming.next());
            let next = first.min(again);
            if next >= place(self.end, Phase::Start) {
                break;
            }
            self.e.now = next >> 3;
            // Two places, so that most of a first call is never written down.
            if first < again {
                self.next_first += 1;
                let at = self.next_first - 1;
                let call = Call { queue: 0, line: 0, ..self.first_call(at) };
                first = self.first_place();
                self.seen.offered(&call, call.arrived);
                self.follow::<true, AS_NEEDED>(call, at);
            } else {
                self.follow_again(first == again);
                first = self.first_place();
            }
        }
        self.waits_since = Micros::MAX;
        while self.e.next_turn < place(self.end, Phase::Start) & !7 {
            self.do_turn();
        }
    }

    /// Follows the next of the callers who tried before, or the first call that arrives at the same instant and comes
    /// earlier by identity.
    #[inline(never)]
    fn follow_again(&mut self, with_first: bool) {
        let back = self.e.returns.get(self.e.next_return);
        let coming = self.e.coming.peek();
        let from_back = back.is_some_and(|back| coming.is_none_or(|coming| back < coming));
        let Some(again) = (if from_back { back } else { coming }) else {
            unreachable!("somebody comes again");
        };
        if with_first {
            let first = self.first_call(self.next_first);
            if first.id < again.id {
                self.next_first += 1;
                self.seen.offered(&first, first.arrived);
                return self.follow_known(&first);
            }
        }
        let (again, drawn) = if from_back { self.take_return() } else { (self.e.coming.take(), None) };
        let Some(call) = self.attempt_here(again, drawn) else {
            unreachable!("only a chase can be void, and nothing is put off here");
        };
        self.seen.offered(&call, call.arrived);
        self.follow::<false, false>(call, 0);
    }

    /// Looks which turn of the roster or pause is next: one of them was done or put down.
    #[inline(always)]
    pub(super) fn look_for_next_turn(&mut self) {
        let pause = place(self.e.pauses.next_time(), Phase::End);
        self.e.next_turn = self.roster_place().min(pause);
    }

    /// The next turn of the roster or the next pause; or none of them yet, when what its agent did before brings
    /// another that comes earlier.
    #[cold]
    #[inline(never)]
    fn do_turn(&mut self) {
        let next = self.e.next_turn;
        let now = next >> 3;
        if next == self.roster_place() {
            let event = self.e.roster[self.e.next_roster];
            if event.is_of_an_agent() {
                self.catch_up(event.agent, now);
                if self.e.next_turn < next {
                    return;
                }
                self.e.now = now;
                self.e.next_roster += 1;
                self.turn(event);
            } else {
                // Callers know themselves when they are turned away.
                self.e.next_roster += 1;
            }
        } else {
            let agent = self.e.pauses.next_owner();
            self.catch_up(agent, now);
            if self.e.next_turn < next {
                return;
            }
            self.e.pauses.withdraw(agent);
            self.e.now = now;
            let a = &self.e.agents[agent as usize];
            self.pause_falls_due(PauseDue { agent, day: a.shift_day, pause: a.next_pause });
        }
        self.look_for_next_turn();
    }

    /// Brings an agent's state up to date: what has ended by a moment is over.
    #[inline(never)]
    pub(super) fn catch_up(&mut self, agent: u32, now: Micros) {
        loop {
            let a = self.e.agents[agent as usize];
            let until = a.until;
            if until > now {
                return;
            }
            // A pause may fall due within the pause before it.
            if matches!(a.state, State::Call | State::Pause)
                && self.e.next_turn < place(until, Phase::Start) & !7
            {
                self.do_turn();
                continue;
            }
            let a = &mut self.e.agents[agent as usize];
            match a.state {
                State::Call => {
                    self.seen.called_then_idled(agent, a.since, until, until);
                    if a.ended && a.past_end {
                        a.overtime += until - a.since;
                    }
                    a.since = until;
                    if a.is_plain() {
                        a.state = State::Idle;
                        a.callable_since = until;
                        return;
                    }
                    self.e.now = until;
                    self.free(agent);
                }
                State::Pause => {
                    self.e.now = until;
                    self.pause_ends(agent);
                }
                // Stayed to finish, but a colleague took the last caller.
                State::Idle if a.ended && self.waits_since >= a.since => {
                    self.e.now = a.since;
                    self.go_home(agent);
                }
                _ => return,
            }
        }
    }

    /// Brings all agents up to date before the run's end.
    #[cold]
    #[inline(never)]
    pub(super) fn catch_all_up(&mut self) {
        self.look_for_next_turn();
        // A turn of one agent may be done when another is caught up: so all of them until nothing is left.
        let mut behind = true;
        while behind {
            for agent in 0..self.e.agents.len() as u32 {
                self.catch_up(agent, self.end - 1);
            }
            behind = self.e.next_turn < place(self.end, Phase::Start) & !7;
            if behind {
                self.do_turn();
            }
            behind |= self
                .e
                .agents
                .iter()
                .any(|a| matches!(a.state, State::Call | State::Pause) && a.until < self.end);
        }
    }

    /// Follows a call that lies written down.
    #[cold]
    #[inline(never)]
    fn follow_known(&mut self, call: &Call) {
        self.follow::<false, false>(*call, 0);
    }

    /// Follows a call that arrives, or has waited over midnight; of a first call of the day (`FIRST`) it is known which of
    /// them it is.
    #[inline(always)]
    fn follow<const FIRST: bool, const AS_NEEDED: bool>(&mut self, call: Call, at: usize) {
        let day_end = place(self.end, Phase::Start) & !7;
        self.waits_since = call.arrived;
        loop {
            let free = self.e.clock.next_time();
            let waits = free > call.arrived;
            // Patience equal to the wait is served, be it by an agent whose shift starts at that instant or, staying to
            // finish, ends.
            let (answer, last) = if !waits {
                (call.arrived, place(call.arrived, Phase::End))
            } else if free <= call.deadline {
                (free, place(free, Phase::Start))
            } else {
                (free, place(call.deadline.min(self.end), Phase::End))
            };
            if self.e.next_turn <= last.min(day_end - 1) {
                self.do_turn();
                continue;
            }
            let agent = self.e.clock.next_owner();
            let settled = answer.min(call.deadline);
            if free <= settled && free < self.end {
                let a = &self.e.agents[agent as usize];
                let stays = matches!(a.state, State::Idle) && waits;
                if matches!(a.state, State::Pause) || !a.is_plain() && !stays {
                    self.catch_up(agent, free);
                    continue;
                }
            }
            if waits && (answer > call.deadline || answer >= self.end || answer > self.turned_away_at) {
                if FIRST {
                    // A copy, here and below: what is passed on must be written down whole.
                    let gone = call;
                    return self.is_not_answered(&gone, answer);
                }
                return self.is_not_answered(&call, answer);
            }
            return self.is_answered::<FIRST, AS_NEEDED>(call, at, agent, answer);
        }
    }

    /// A call is answered by an agent.
    #[inline(always)]
    fn is_answered<const FIRST: bool, const AS_NEEDED: bool>(
        &mut self,
        mut call: Call,
        at: usize,
        agent: u32,
        answer: Micros,
    ) {
        let e = &mut *self.e;
        let a = &mut e.agents[agent as usize];
        let idle = if matches!(a.state, State::Call) { a.until } else { a.since };
        self.seen.called_then_idled(agent, a.since, idle, answer);
        let end = match AS_NEEDED {
            true => plan_as_needed(answer, a, &call),
            false => plan_call(self.plan, answer, a, &call),
        };
        begin::<AS_NEEDED>(self.plan, answer, a, 0, &mut call);
        e.clock.set(agent, end);
        e.now = end;
        self.seen.answered(&call, agent, answer);
        if FIRST || call.case == UNBORN {
            let fate = if FIRST { self.arrivals.fate(at, &call) } else { fate_of(&call, 0) };
            let handling = settle::<true, AS_NEEDED>(self.plan, end, agent, a, &call, Past::default(), fate);
            if handling.repeats {
                let (call, handling) = (call, handling);
                return self.case_begins(agent, &call, &handling);
            }
            return self.seen.handled_once(&call, &handling);
        }
        self.case_continues(agent, &call);
    }

    /// A call would have to wait for an answer longer than patience, opening hours or the day last.
    #[inline(never)]
    fn is_not_answered(&mut self, call: &Call, answer: Micros) {
        let end = call.deadline.min(self.turned_away_at);
        if answer.min(end) >= self.end {
            // What becomes of it tomorrow will tell.
            let slot = self.e.calls.insert(*call);
            self.e.lines[0].push_back(slot);
            return;
        }
        self.e.now = end;
        let mut gone = Call { stage: Stage::Gone, ..*call };
        let case = birth(&mut self.e.cases, &mut gone);
        self.e.cases[case].waited += end - gone.arrived;
        if gone.deadline < self.turned_away_at {
            self.seen.abandoned(&gone, end);
            self.redial(&gone);
        } else {
            self.seen.turned_away(&gone, end);
            self.e.cases[case].live -= 1;
            self.close_if_over(case);
        }
    }
}

impl Plan {
    /// When callers who wait are turned away on a simulated day, if they are.
    pub(super) fn turns_away_at(&self, day: u32) -> Micros {
        match self.setting.closing {
            Closing::TurnAway => self.closing(day).unwrap_or(Micros::MAX),
            _ => Micros::MAX,
        }
    }
}
