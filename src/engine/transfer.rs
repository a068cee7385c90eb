//! Transfers: when talk ends, a caller may be passed on to another queue, as a further *leg* of the same call.
//!
//! Cold: the agent's wrap begins, and the caller joins the other queue among the arrivals of that instant, with a
//! place, a patience and a conversation of its own. Warm: the agent stays with the caller until the second one answers,
//! then both are busy for the handover, then the first one's wrap begins. An agent stays only so long: then, or when
//! the caller gives up, the wrap begins at once.
//!
//! A leg has its line already: it meets no menu, no busy tone, no full queue and no callback, and nobody rings off at
//! once. The line, the centre's and that of the queue rung first, is held until the last leg is over.
//!
//! Who passes a caller on draws no resolution; the last leg's agent does, with draws of the next conversation. A call
//! that the agent could resolve, from what was cut of its talk, is never passed on by a rule for what is unresolved.

use super::again::Again;
use super::agent::State;
use super::call::{Before, Call, CallKind, NOT_RUNG_OFF, Stage};
use super::case::UNBORN;
use super::observer::Observer;
use super::plan::Plan;
use super::run::Step;
use crate::law::{Law, Sampler};
use crate::random::Purpose;
use crate::response::loss;
use crate::scenario::{Closing, Setting, ShiftEnd, Transfer, When};
use crate::unit::Micros;

/// A call that is not passed on.
pub(super) const NOT_PASSED: Micros = Micros::MAX;
/// In place of an agent or of a leg.
pub(super) const NONE: u32 = u32::MAX;

/// How long handovers take, by queue and rule; `None` where nobody is passed on.
pub(super) fn handovers(
    setting: &Setting,
    sampler: &mut impl FnMut(&Law) -> Sampler,
) -> Option<Vec<Vec<Option<Sampler>>>> {
    let mut rule = |rule: &Transfer| rule.warm.as_ref().map(|warm| sampler(&warm.handover));
    let all = setting.queues.iter().map(|queue| queue.transfers.iter().map(&mut rule).collect());
    setting.passes_on().then(|| all.collect())
}

impl<O: Observer> Step<'_, O> {
    /// A caller whose talk ends is passed on, if a rule says so; gives back whether the agent stays with the caller.
    pub(super) fn passes_on(&mut self, agent: u32) -> Option<Staying> {
        let slot = self.e.agents[agent as usize].call;
        let (number, n) = self.rule_of(agent, &self.e.calls[slot])?;
        let now = self.e.now;
        let case = self.birth(slot);
        let queue = usize::from(self.e.calls[slot].queue);
        let rule = &self.plan.setting.queues[queue].transfers[number];
        let (to, warm) = (rule.to, rule.warm.as_ref());
        let e = &mut *self.e;
        let (call, case) = (&mut e.calls[slot], &mut e.cases[case]);
        call.n = n;
        call.passed_at = now;
        let of_first = if call.leg == 0 { n == 0 } else { call.before.of_first() };
        let for_cut = call.kind == CallKind::Repeat && case.repeats_for_cut;
        call.before = Before::new(of_first, for_cut, call.before.off_line());
        call.waited_before += call.waited(e.agents[agent as usize].answered);
        case.answers = case.answers.saturating_add(1);
        case.live += 1;
        if of_first {
            case.first_answer_end = now;
        }
        let passed = *call;
        self.seen.passed_on(&passed, to as u16, rule.when == When::Unresolved, now);
        let mut leg = self.next_leg(&passed, to as u16);
        let handover = self.plan.handovers.as_ref().and_then(|all| all[queue][number].as_ref());
        if let Some(law) = handover {
            leg.handover = law.micros(passed.key.uniform(Purpose::Handover, u32::from(n)));
            leg.companion = agent;
        }
        let leg = self.e.calls.insert(leg);
        self.hear_announcements(leg);
        let again = Again::underway(now, leg, &self.e.calls[leg]);
        self.come_back(again);
        let warm = warm?;
        self.e.calls[slot].onward = leg;
        let a = &mut self.e.agents[agent as usize];
        a.state = State::Staying;
        a.talk_end = Micros::MAX;
        self.e.clock.set(agent, now + warm.stays_at_most);
        Some(Staying)
    }

    /// The rule by which a call is passed on at the end of its talk, and the number of its conversation.
    fn rule_of(&self, agent: u32, call: &Call) -> Option<(usize, u16)> {
        let rules = &self.plan.setting.queues[usize::from(call.queue)].transfers;
        if rules.is_empty() || call.kind == CallKind::Chase || call.not_reached || call.leg >= Transfer::MOST
        {
            return None;
        }
        let n = if call.case == UNBORN { 0 } else { self.e.cases[call.case].answers };
        let of = |when: When, u: f64| {
            let mut sum = 0.0;
            rules.iter().position(|rule| {
                let own = rule.when == when;
                sum += if own { rule.probability } else { 0.0 };
                own && u < sum
            })
        };
        let number = u32::from(n);
        let any = of(When::Any, call.key.uniform(Purpose::Transfer, number));
        let rule = any.or_else(|| {
            let resolved = call.key.uniform(Purpose::Resolution, number) < self.could_resolve(agent, call);
            if resolved { None } else { of(When::Unresolved, call.key.uniform(Purpose::Escalation, number)) }
        });
        rule.map(|rule| (rule, n))
    }

    /// The probability that an agent resolves a call, as far as it is known when talk ends.
    fn could_resolve(&self, agent: u32, call: &Call) -> f64 {
        let a = &self.e.agents[agent as usize];
        let best = self.plan.resolves(a.profile, call.queue);
        let talk = a.talk_end - a.answered - call.handover;
        if talk < call.talk {
            let harm = loss(&self.plan.setting.response, call.wrap, 0, call.talk, talk);
            (best * (1.0 - harm)).clamp(0.0, 1.0)
        } else {
            best
        }
    }

    /// The next leg of a call that is passed on now.
    fn next_leg(&self, call: &Call, to: u16) -> Call {
        let (now, plan, queue) = (self.e.now, self.plan, usize::from(to));
        let mut leg = Call {
            leg: call.leg + 1,
            queue: to,
            line: self.plan.lines.of(to, call.key),
            cell: (now / plan.horizon.interval) as u32,
            arrived: now,
            rung_off: NOT_RUNG_OFF,
            takes_callback: false,
            tries: 0,
            stage: Stage::Passed,
            opened: 0,
            passed_at: NOT_PASSED,
            n: call.n + 1,
            companion: NONE,
            onward: NONE,
            handover: 0,
            before: Before::new(
                call.before.of_first(),
                call.before.for_cut(),
                call.before.off_line() || call.awaits_callback(),
            ),
            ..*call
        };
        let n = u32::from(leg.n);
        let (talk, wrap) = (leg.key.uniform(Purpose::Talk, n), leg.key.uniform(Purpose::Wrap, n));
        let wrap = plan.wrap_with_talk[queue].map_or(wrap, |copula| copula.second(talk, wrap));
        leg.talk = plan.talk[queue].micros(talk);
        leg.wrap = plan.wrap[queue].micros(wrap);
        let patience = leg.key.uniform(Purpose::Patience, leg.attempt_number());
        let patience = plan.patience[queue].as_ref().map_or(Micros::MAX, |law| law.micros(patience));
        leg.deadline = now.saturating_add(patience);
        leg
    }

    /// A leg comes to its queue; gives back whether it finds the telephone up and the centre open.
    pub(super) fn leg_comes(&mut self, call: u32) -> bool {
        let now = self.e.now;
        self.e.calls[call].stage = Stage::Waiting;
        let c = self.e.calls[call];
        if self.is_down(call) {
            self.seen.offered(&c, now);
            self.release_line(&c);
            self.seen.lost_in_outage(&c, now);
            self.leave_alone(call);
            self.is_away(call);
            return false;
        }
        if self.plan.setting.closing == Closing::TurnAway && !self.is_open(now) {
            self.seen.offered(&c, now);
            self.leave_alone(call);
            self.e.calls.remove(call);
            self.is_turned_away(&c);
            return false;
        }
        true
    }

    /// A leg waits in its queue's line. Others may have come at this very instant before it, whose talk took no time.
    pub(super) fn wait_as_leg(&mut self, call: u32) {
        self.take_place(call);
        self.e.patience.make_room(call);
        self.e.patience.set_if_within_reach(call, self.e.calls[call].deadline);
    }

    /// A caller with whom an agent stays is answered: the handover begins.
    #[cold]
    #[inline(never)]
    pub(super) fn hands_over(&mut self, call: u32) {
        let c = &self.e.calls[call];
        let until = self.e.now + c.handover;
        let agent = c.companion;
        self.e.agents[agent as usize].talk_end = until;
        self.e.clock.set(agent, until);
    }

    /// A caller has gone: the agent who stayed, if one did, stays no longer.
    #[inline]
    pub(super) fn leave_alone(&mut self, call: u32) {
        let agent = std::mem::replace(&mut self.e.calls[call].companion, NONE);
        if agent != NONE {
            self.e.agents[agent as usize].talk_end = self.e.now;
            self.e.clock.set(agent, self.e.now);
        }
    }

    /// An agent's stay with a caller is over: the handover is done, the caller has gone, or the time for it is up.
    pub(super) fn stay_ends(&mut self, agent: u32, roster: u64) {
        let now = self.e.now;
        let slot = self.e.agents[agent as usize].call;
        let leg = self.e.calls[slot].onward;
        // Whoever has gone is with this agent no more, and another call may be in the slot.
        let leg = &mut self.e.calls[leg];
        if leg.companion == agent {
            leg.companion = NONE;
            if leg.stage != Stage::Talking {
                // The time is up: the caller waits on alone.
                leg.handover = 0;
            }
        }
        self.talk_is_over(agent, now);
        self.begin_wrap(agent);
        self.answer_if_last(self.e.clock.next_time(), roster);
    }

    /// An agent who stayed with a caller is done with that call's talk at a moment: when the wrap will end.
    pub(super) fn talk_is_over(&mut self, agent: u32, at: Micros) {
        let cut = self.e.agents[agent as usize].ended
            && self.plan.setting.shift_end == ShiftEnd::FinishCall
            && !self.stays_open(agent);
        let a = &mut self.e.agents[agent as usize];
        a.talk_end = at;
        a.until = if cut { at } else { at + a.planned };
    }
}

/// An agent stays with a caller who is passed on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Staying;

impl Plan {
    /// Whether callers may be passed on.
    pub(super) fn passes_on(&self) -> bool {
        self.handovers.is_some()
    }
}

impl Call {
    /// Whether it was passed on to another queue.
    pub fn is_passed_on(&self) -> bool {
        self.passed_at != NOT_PASSED
    }
}
