//! Ends of calls that nobody waits for take no event.
//!
//! Where several lines meet several groups of agents, who comes later can come first, and so calls cannot be followed
//! to their end as they arrive ([`follow`](super::follow)). But what an agent does to a call is known when it is
//! answered, and told at once. While nobody waits, that the agent is free again needs no event: the agent stands by
//! from that moment on, and whoever arrives later finds who has stood by longest, as among idle agents. Only while
//! callers wait is the next to be free looked for, among those who serve them.
//!
//! What stays an event: the end of a call whose agent then has a pause due, the shift over, the last minutes begun or
//! put-off work to do that calls do not interrupt (of what they interrupt, [`spare`](super::spare)); and, where callers chase put-off work, of a call whose case has a past, since a chase may come
//! between. Shifts, pauses and put-off work are as ever.
//!
//! The results are those of the simulation event by event, to the microsecond. It takes over where this cannot
//! ([`can_stand_by`]) and for observers who must be told in order of time.

use super::agent::{State, WorkTime};
use super::answering::{begin, plan_as_needed, plan_call};
use super::call::Call;
use super::case::UNBORN;
use super::observer::{Handling, Observer};
use super::plan::MANY;
use super::run::{Step, note_call};
use super::timers::{Phase, place};
use super::work::{Past, fate_of, settle};
use crate::law::Sampler;
use crate::response::{at_speed, talk_done, wrap_done};
use crate::scenario::{Proficiency, Setting, ShiftEnd};
use crate::unit::Micros;

/// One call in so many: what is rarer does not count.
const RARE: f64 = 1.0 / (1 << 20) as f64;
/// With more pairs of a line and a group that serves it than this, looking through them costs more than is saved.
const MOST_PAIRS: usize = 64;
/// In place of an agent's call: what became of it has been told.
pub(super) const SETTLED: u32 = u32::MAX;

/// Whether agents of an option can stand by: nothing changes how long a call in hand will take, no break waits until
/// enough agents are idle, and no call is without any work. (An agent who ends one call at the instant of its answer
/// could take another at the same instant, before colleagues: a tie that this manner breaks otherwise. Where talk and
/// wrap are both nought less than once in a million times each, it is too rare to count.)
pub(super) fn can_stand_by(
    setting: &Setting,
    pairs: usize,
    proficiency: &[Proficiency],
    (talk, wrap): (&[Sampler], &[Sampler]),
) -> bool {
    let fastest = proficiency.iter().map(|p| p.speed).fold(1.0, f64::max);
    let takes_time = |queue: usize, team: usize| {
        let policy = setting.wrap_policy(queue, team);
        let talk = talk_done(setting.talk_policy, at_speed(talk[queue].micros(RARE), fastest));
        talk + wrap_done(policy, wrap[queue].micros(RARE)).max(policy.minimum) > 0
    };
    let mut pauses = setting.shifts.iter().flat_map(|shift| &shift.pauses);
    pairs <= MOST_PAIRS
        && setting.shift_end != ShiftEnd::FinishCall
        && pauses.all(|pause| pause.when_quiet.is_none())
        && (0..setting.queues.len()).all(|q| (0..setting.teams.len()).all(|team| takes_time(q, team)))
}

impl<O: Observer> Step<'_, O> {
    /// Whether agents stand by.
    #[inline(always)]
    pub(super) fn stands_by(&self) -> bool {
        O::ANY_ORDER && self.e.stands_by
    }

    /// Simulates a day.
    pub(super) fn stand_by_day(&mut self) {
        match self.plan.as_needed && !self.plan.puts_work_off && !self.plan.talk_ends {
            true => self.stand_by_day_as::<true>(),
            false => self.stand_by_day_as::<false>(),
        }
    }

    /// The same, where every call gets the talk and the wrap it needs and nothing is put off (`AS_NEEDED`), or not.
    #[inline(always)]
    fn stand_by_day_as<const AS_NEEDED: bool>(&mut self) {
        let end = place(self.end, Phase::Start) & !7;
        let mut first = self.first_place();
        let mut back = self.back_place();
        let mut roster = self.roster_place();
        loop {
            let work = self.e.clock.next_time() << 3;
            let timer = self.e.timers.next();
            let patience = place(self.e.patience.next_time(), Phase::Timer);
            let answering = self.answering_place();
            let next = work.min(first).min(back.min(roster)).min(timer.min(patience)).min(answering);
            if next >= end {
                return;
            }
            self.e.now = next >> 3;
            if next == first && next != back && next != timer {
                let at = self.next_first;
                self.next_first += 1;
                first = self.first_place();
                if first == next {
                    self.next_first = at;
                    self.arrive_together();
                    first = self.first_place();
                } else {
                    let call = self.first_call(at);
                    self.arrives::<true, AS_NEEDED>(call);
                }
            } else if next == work {
                self.work_ends_beside_standby();
            } else if next == answering {
                self.answer_who_waits();
            } else if next == roster {
                let event = self.e.roster[self.e.next_roster];
                self.e.next_roster += 1;
                self.turn(event);
                roster = self.roster_place();
            } else if next == patience {
                self.patience_ends();
            } else if next & 7 != Phase::Arrival as u64 {
                self.timer_rings();
            } else {
                self.calls_come_back(first);
                first = self.first_place();
                back = self.back_place();
            }
        }
    }

    /// When callers who wait can next be answered: after all ends of work and shift starts of its instant.
    #[inline(always)]
    fn answering_place(&self) -> u64 {
        if !self.e.freed.is_empty() {
            return place(self.e.now, Phase::Answering);
        }
        if !self.e.waiting.any() {
            return u64::MAX;
        }
        let mut first = Micros::MAX >> 3;
        for (waiting, groups) in self.e.waiting.lines().iter().zip(&self.plan.groups_of_line) {
            if *waiting > 0 {
                first = first.min(self.e.standby.first_of(groups).0);
                // Who would go back to put-off work answers instead.
                if self.plan.interruptible && self.plan.puts_work_off {
                    first = first.min(self.e.at_work.first_of(groups).0);
                }
            }
        }
        place(first, Phase::Answering)
    }

    /// A call arrives, alone at its instant: it is answered at once if an agent who serves it is callable, else it waits.
    /// `FIRST` says that it is a first call.
    #[inline(always)]
    fn arrives<const FIRST: bool, const AS_NEEDED: bool>(&mut self, call: Call) {
        self.seen.offered(&call, self.e.now);
        let line = usize::from(call.line);
        let (since, agent) = match self.plan.sole_group_of_line[line] {
            MANY => self.e.standby.first_of(&self.plan.groups_of_line[line]),
            group => self.e.standby.first(group),
        };
        if since <= self.e.now {
            return self.answers::<FIRST, AS_NEEDED>(agent, call);
        }
        // A copy: what is passed on must be written down whole.
        let not_at_once = call;
        self.arrives_otherwise(&not_at_once);
    }

    /// The same of a caller who tried before.
    #[inline(never)]
    pub(super) fn arrives_again(&mut self, call: Call) {
        self.arrives::<false, false>(call);
    }

    /// An agent on put-off work is called away for a caller, or the caller waits.
    #[inline(never)]
    fn arrives_otherwise(&mut self, call: &Call) {
        match self.callable_from_work(usize::from(call.line)) {
            Some(agent) => self.answers_from_work(agent, *call),
            None => {
                let call = self.e.calls.insert(*call);
                self.wait(call);
            }
        }
    }

    /// The longest callable agent who serves a line, of those on put-off work that may be interrupted.
    fn callable_from_work(&self, line: usize) -> Option<u32> {
        let is_any = self.plan.interruptible && self.plan.puts_work_off;
        let first = is_any.then(|| self.e.at_work.first_of(&self.plan.groups_of_line[line]));
        first.filter(|first| first.0 <= self.e.now).map(|first| first.1)
    }

    /// The longest callable agent who serves a line. Who ends a call at an instant at which callers are answered is idle
    /// then, not back at put-off work yet; who is at it comes after all who are idle.
    fn callable_agent(&self, line: usize, ends_count: bool) -> Option<u32> {
        let (since, agent) = self.e.standby.first_of(&self.plan.groups_of_line[line]);
        let from_work = self.callable_from_work(line);
        if since > self.e.now {
            return from_work;
        }
        let ends_now = |other: &u32| {
            let a = &self.e.agents[*other as usize];
            a.state == State::Call && a.until == self.e.now && (since, agent) > (a.until, *other)
        };
        from_work.filter(|other| ends_count && ends_now(other)).or(Some(agent))
    }

    /// Callers who wait are answered: the best whom anybody callable serves, then the next; then freed agents whom no
    /// caller took go home if the shift is over, or turn to put-off work.
    #[inline(never)]
    pub(super) fn answer_who_waits(&mut self) {
        self.match_with_standby(true);
        while let Some(agent) = self.e.freed.pop() {
            self.rest_if_idle(agent);
        }
    }

    /// Matches waiting callers with callable agents; whether those count as idle whose calls end now.
    pub(super) fn match_with_standby(&mut self, ends_count: bool) {
        loop {
            let mut best = None;
            for line in 0..self.e.lines.len() {
                if self.e.waiting[line] == 0 {
                    continue;
                }
                if let Some(agent) = self.callable_agent(line, ends_count)
                    && let Some(call) = self.head(line)
                {
                    let c = &self.e.calls[call];
                    let priority = self.plan.setting.queues[usize::from(c.queue)].priority;
                    let rank = (priority, c.arrived, c.id, line, call, agent);
                    if best.is_none_or(|best| rank < best) {
                        best = Some(rank);
                    }
                }
            }
            let Some((.., line, slot, agent)) = best else { return };
            self.leave_line(line, slot);
            let call = self.e.calls[slot];
            self.e.calls.remove(slot);
            self.answers_from_work(agent, call);
        }
    }

    /// An agent answers a call, who may be on put-off work.
    #[inline(never)]
    fn answers_from_work(&mut self, agent: u32, call: Call) {
        if !self.e.backlog[agent as usize].is_empty() {
            self.wake(agent);
        }
        let a = self.e.agents[agent as usize];
        if let State::Work(_) = a.state {
            self.e.at_work.withdraw(a.group, agent);
            self.e.agents[agent as usize].state = State::Idle;
        }
        self.answers::<false, false>(agent, call);
    }

    /// An agent who stands by answers a call. What becomes of it is told at once, unless something may come between.
    #[inline(always)]
    fn answers<const FIRST: bool, const AS_NEEDED: bool>(&mut self, agent: u32, mut call: Call) {
        let e = &mut *self.e;
        let now = e.now;
        let a = &mut e.agents[agent as usize];
        let idle = if matches!(a.state, State::Call) { a.until } else { a.since };
        self.seen.called_then_idled(agent, a.since, idle, now);
        let end = match AS_NEEDED {
            true => plan_as_needed(now, a, &call),
            false => plan_call(self.plan, now, a, &call),
        };
        begin::<AS_NEEDED>(self.plan, now, a, SETTLED, &mut call);
        self.seen.answered(&call, agent, now);
        if !FIRST && call.case != UNBORN {
            return self.answers_known(agent, &call);
        }
        let fate = fate_of(&call, 0);
        let handling = settle::<true, AS_NEEDED>(self.plan, end, agent, a, &call, Past::default(), fate);
        let goes_on = handling.repeats | (handling.deferred > 0) | self.plan.tells_sites;
        let no_work = AS_NEEDED || handling.deferred == 0 && e.backlog[agent as usize].is_empty();
        if a.is_plain() && no_work {
            e.standby.set(a.group, agent, end);
        } else if !goes_on {
            self.next_is_end(agent);
        }
        if goes_on {
            let (call, handling) = (call, handling);
            self.begins_case_at_its_end(agent, &call, &handling);
        } else {
            self.seen.handled_once(&call, &handling);
        }
    }

    /// A first call is settled that leaves something behind: as if it had ended, since nothing can come between.
    #[inline(never)]
    fn begins_case_at_its_end(&mut self, agent: u32, call: &Call, handling: &Handling) {
        let now = self.e.now;
        self.e.now = handling.wrap_end;
        self.case_begins(agent, call, handling);
        self.e.now = now;
        // Now that it is known whether work waits for the agent.
        let no_work = self.e.backlog[agent as usize].is_empty();
        if !no_work || !self.e.agents[agent as usize].is_plain() {
            self.next_is_end(agent);
        }
    }

    /// The same of a call whose case has a past.
    #[inline(never)]
    fn answers_known(&mut self, agent: u32, call: &Call) {
        if self.plan.puts_work_off && self.plan.setting.response.chase > 0.0 {
            return self.keep_until_its_end(agent, call);
        }
        let now = self.e.now;
        self.e.now = self.e.agents[agent as usize].until;
        self.case_continues(agent, call);
        self.e.now = now;
        self.next_is_end(agent);
    }

    /// An answered call is kept, and seen to when it ends.
    #[inline(never)]
    fn keep_until_its_end(&mut self, agent: u32, call: &Call) {
        let slot = self.e.calls.insert(*call);
        self.e.agents[agent as usize].call = slot;
        self.must_be_seen_to(agent);
    }

    /// An agent has begun a call that is settled: if nothing but the next caller or idleness can follow, the agent stands
    /// by from its end on, else that is an event.
    #[inline(never)]
    fn next_is_end(&mut self, agent: u32) {
        let is_plain = self.e.agents[agent as usize].is_plain();
        let works = self.works_in_idle_time(agent);
        if is_plain && works && self.goes_back_to_work(agent) {
            return;
        }
        if is_plain && !works {
            let a = &self.e.agents[agent as usize];
            self.e.standby.set(a.group, agent, a.until);
            // Where the agent was called away from put-off work.
            self.e.clock.withdraw_if_set(agent);
        } else {
            self.must_be_seen_to(agent);
        }
    }

    /// The end of an agent's call is an event from now on.
    #[inline(never)]
    pub(super) fn must_be_seen_to(&mut self, agent: u32) {
        if self.stands_by() {
            let a = &self.e.agents[agent as usize];
            self.e.standby.withdraw(a.group, agent);
            if self.plan.interruptible && self.plan.puts_work_off {
                self.e.at_work.withdraw(a.group, agent);
            }
            self.e.clock.set(agent, a.until);
        }
    }

    /// Brings the state of an agent who stands by up to date: a call that has ended is over, and put-off work since then as
    /// far as it is.
    #[inline(always)]
    pub(super) fn wake(&mut self, agent: u32) {
        if !self.stands_by() {
            return;
        }
        let a = &mut self.e.agents[agent as usize];
        let end = a.until;
        if a.state == State::Call && end <= self.e.now {
            note_call(a, agent, end, self.seen);
            a.state = State::Idle;
            a.callable_since = end;
            if self.works_in_idle_time(agent) {
                let a = &mut self.e.agents[agent as usize];
                (a.state, a.until) = (State::Work(WorkTime::Idle), Micros::MAX);
            }
        }
        if self.plan.interruptible {
            self.catch_up_with_work(agent);
        }
    }

    /// An agent's call, pause or spell of put-off work ends.
    #[inline(never)]
    fn work_ends_beside_standby(&mut self) {
        let agent = self.e.clock.next_owner();
        let a = &self.e.agents[agent as usize];
        match a.state {
            State::Call if a.until == self.e.now => self.call_ends_beside_standby(agent),
            State::Call => self.work_is_done(agent),
            State::Work(WorkTime::Idle) if self.plan.interruptible => self.work_is_done(agent),
            State::Pause => self.pause_ends(agent),
            State::Work(_) => self.work_pauses(agent),
            state => unreachable!("an agent {state:?} has no event where agents stand by"),
        }
    }

    /// A call ends whose end is an event.
    fn call_ends_beside_standby(&mut self, agent: u32) {
        let now = self.e.now;
        let a = &mut self.e.agents[agent as usize];
        note_call(a, agent, now, self.seen);
        if a.call != SETTLED {
            self.case_goes_on(agent);
        }
        self.free(agent);
    }

    /// Keeps a freed agent until answering, which comes at the same instant if anybody waits.
    pub(super) fn hold_for_standby(&mut self, agent: u32) {
        let now = self.e.now;
        let a = &mut self.e.agents[agent as usize];
        (a.state, a.since, a.callable_since) = (State::Idle, now, now);
        let group = a.group;
        let ended = a.ended;
        let works = self.works_in_idle_time(agent);
        if works && !self.e.waiting.any() {
            // Nobody can arrive before answering is over.
            return self.work_in_idle_time(agent);
        }
        self.e.clock.withdraw(agent);
        self.e.standby.set(group, agent, now);
        if works || ended {
            self.e.freed.push(agent);
        }
    }

    /// An idle agent is callable since a moment.
    pub(super) fn becomes_idle(&mut self, agent: u32, since: Micros) {
        let group = self.e.agents[agent as usize].group;
        match self.stands_by() {
            true => self.e.standby.set(group, agent, since),
            false => self.e.idle.add(group, since, agent),
        }
    }

    /// An idle agent is idle no longer, and answers nobody.
    pub(super) fn no_longer_idle(&mut self, agent: u32) {
        let a = self.e.agents[agent as usize];
        if self.stands_by() {
            self.e.standby.withdraw(a.group, agent);
        } else if !self.e.follows {
            // Where calls are followed, idle agents stand in the clock, where what comes next takes their place.
            self.e.idle.remove(a.group, a.callable_since, agent);
        }
    }
}
