//! Wrap that can end before its work is done: released for a caller under `adaptive`, or taken out of it by an urgent
//! call. Nobody is called out of wrap whose shift has ended, whose pause is due or who takes no more calls.

use super::agent::{Listed, State};
use super::observer::Observer;
use super::run::{Step, note_call};
use crate::scenario::WrapRule;
use crate::unit::Micros;

impl<O: Observer> Step<'_, O> {
    /// A call's talk ends where that is an event of its own: the caller goes, the wrap begins.
    #[inline(never)]
    pub(super) fn talk_ends(&mut self, agent: u32, roster: u64) {
        let now = self.e.now;
        if self.plan.passes_on() && self.passes_on(agent).is_some() {
            return self.answer_if_last(self.e.clock.next_time(), roster);
        }
        let call = self.e.agents[agent as usize].call;
        if self.plan.door.is_some() && !self.e.calls[call].is_passed_on() {
            let call = self.e.calls[call];
            self.release_line(&call);
        }
        if self.e.agents[agent as usize].until == now {
            return self.call_ends(agent, roster);
        }
        self.begin_wrap(agent);
        self.answer_if_last(self.e.clock.next_time(), roster);
    }

    /// An agent whose caller has gone begins the wrap.
    pub(super) fn begin_wrap(&mut self, agent: u32) {
        self.e.agents[agent as usize].state = State::Wrap;
        if self.plan.adapts || self.plan.rules.is_some() {
            self.wrap_begins(agent);
        } else {
            self.e.clock.set(agent, self.e.agents[agent as usize].until);
        }
    }

    /// An agent's wrap begins: from when on it can be ended for a caller.
    fn wrap_begins(&mut self, agent: u32) {
        let a = &mut self.e.agents[agent as usize];
        let call = &self.e.calls[a.call];
        let policy = self.plan.setting.wrap_policy(usize::from(call.queue), usize::from(a.team));
        // Where no wrap is adaptive it stays out of reach for everybody.
        if self.plan.adapts {
            a.released_from = match policy.rule {
                WrapRule::Adaptive { within } => a.talk_end + within.max(policy.minimum),
                _ => Micros::MAX,
            };
        }
        self.await_release(agent);
        self.list(agent);
    }

    /// The next event of an agent in wrap: when it can be ended for a caller, else its end.
    fn await_release(&mut self, agent: u32) {
        let a = &self.e.agents[agent as usize];
        let is_to_come = self.plan.adapts && a.released_from > self.e.now;
        let next = if is_to_come { a.released_from.min(a.until) } else { a.until };
        self.e.clock.set(agent, next);
    }

    /// An agent's wrap has ended, or has lasted so long that it can be ended for a caller.
    #[inline(never)]
    pub(super) fn wrap_turns(&mut self, agent: u32, roster: u64) {
        if self.e.now >= self.e.agents[agent as usize].until {
            self.unlist(agent);
            return self.call_ends(agent, roster);
        }
        self.await_release(agent);
        self.list(agent);
        self.answer_if_last(self.e.clock.next_time(), roster);
    }

    /// An agent in wrap who can be called out of it is put where callers look.
    pub(super) fn list(&mut self, agent: u32) {
        let interrupts = self.plan.rules.as_deref().is_some_and(|rules| rules.any_interrupts);
        let e = &mut *self.e;
        let a = &mut e.agents[agent as usize];
        if a.state != State::Wrap || !a.is_plain() {
            return;
        }
        // Who calls from now on looks for an agent in any case.
        let somebody_waits = e.waiting.any();
        if interrupts && !a.listed.has(Listed::IN_WRAP) {
            a.listed.join(Listed::IN_WRAP);
            e.in_wrap.set(a.group, agent, a.talk_end);
            e.looks |= somebody_waits;
        }
        if self.plan.adapts && a.released_from <= e.now && !a.listed.has(Listed::RELEASABLE) {
            a.listed.join(Listed::RELEASABLE);
            e.releasable.set(a.group, agent, a.released_from);
            e.looks |= somebody_waits;
        }
    }

    /// An agent can be called out of wrap no longer.
    pub(super) fn unlist(&mut self, agent: u32) {
        let e = &mut *self.e;
        let a = &mut e.agents[agent as usize];
        if a.listed.leave(Listed::IN_WRAP) {
            e.in_wrap.withdraw(a.group, agent);
        }
        if a.listed.leave(Listed::RELEASABLE) {
            e.releasable.withdraw(a.group, agent);
        }
    }

    /// An agent is called out of wrap for a caller: what is left of the work is cut by the policy, or put off where an
    /// urgent call interrupts it.
    pub(super) fn release(&mut self, agent: u32, by_policy: bool) {
        self.unlist(agent);
        let now = self.e.now;
        let a = &mut self.e.agents[agent as usize];
        if by_policy {
            a.planned = now - a.talk_end;
        }
        note_call(a, agent, now, self.seen);
        self.case_goes_on(agent);
    }
}
