//! Put-off work in idle time, where agents stand by and calls interrupt it.
//!
//! From the end of a call on, an agent with put-off work is at it until called away or until all of it is done. Nothing
//! else can change it, so neither its begin nor the end of a piece takes an event: only the moment at which all would be
//! done is one, after which the agent is merely idle. Until then the agent stands in a rank of its own, of those who are
//! called away where nobody is idle. What was done is told when somebody asks: when the agent is called away, by the roster,
//! or when a caller chases a piece of it.

use super::agent::{State, WorkTime};
use super::case::SEVERAL;
use super::observer::Observer;
use super::run::Step;
use crate::unit::Micros;

impl<O: Observer> Step<'_, O> {
    /// Whether put-off work of idle time takes no events.
    #[inline(always)]
    pub(super) fn spares_events(&self) -> bool {
        self.stands_by() && self.plan.interruptible
    }

    /// An agent has begun a call that is settled, after whose end put-off work goes on; false where that must be an event:
    /// where calls do not interrupt it, or it takes no time.
    #[inline]
    pub(super) fn goes_back_to_work(&mut self, agent: u32) -> bool {
        let a = &self.e.agents[agent as usize];
        if !self.plan.interruptible || a.work_left == 0 {
            return false;
        }
        let (group, end, done) = (a.group, a.until, a.until + a.work_left);
        self.e.standby.withdraw(group, agent);
        self.e.at_work.set(group, agent, end);
        self.e.clock.set_within_reach(agent, done);
        true
    }

    /// An agent who is idle turns to put-off work, callable all the while.
    pub(super) fn spends_idle_time(&mut self, agent: u32) {
        let now = self.e.now;
        let a = &mut self.e.agents[agent as usize];
        (a.state, a.since, a.until) = (State::Work(WorkTime::Idle), now, Micros::MAX);
        let (group, since, done) = (a.group, a.callable_since, now + a.work_left);
        self.e.at_work.set(group, agent, since);
        self.e.clock.set_within_reach(agent, done);
    }

    /// Put-off work of idle time is told up to now: pieces that are done by now were done when they were.
    pub(super) fn catch_up_with_work(&mut self, agent: u32) {
        let now = self.e.now;
        let a = &self.e.agents[agent as usize];
        if a.state != State::Work(WorkTime::Idle) || a.since > now {
            return;
        }
        let mut since = a.since;
        self.note_spell(agent);
        while let Some(work) = self.e.backlog[agent as usize].front_mut() {
            let spell = work.left.min(now - since);
            work.left -= spell;
            since += spell;
            let is_done = work.left == 0;
            self.e.agents[agent as usize].work_left -= spell;
            if !is_done {
                break;
            }
            self.e.now = since;
            self.finish_piece(agent);
        }
        self.e.now = now;
    }

    /// All of an agent's put-off work is done: the agent is idle, with the place in the order of idle agents kept. Of work for
    /// more than half a year, a part is done, and the end comes within reach.
    pub(super) fn work_is_done(&mut self, agent: u32) {
        self.wake(agent);
        let left = self.e.agents[agent as usize].work_left;
        if left > 0 {
            return self.e.clock.set_within_reach(agent, self.e.now + left);
        }
        debug_assert!(self.e.backlog[agent as usize].is_empty());
        let a = &mut self.e.agents[agent as usize];
        a.state = State::Idle;
        let (group, since) = (a.group, a.callable_since);
        self.e.at_work.withdraw(group, agent);
        self.e.clock.withdraw(agent);
        self.e.standby.set(group, agent, since);
    }

    /// A caller chases work that was put off, or an agent puts off more of a case's: whether the rest is done by now is
    /// told. Of agents whose work ends at this very instant those up to `last` come before what asks.
    #[inline]
    pub(super) fn catch_up_with_case(&mut self, case: u32, last: u32) {
        if self.spares_events() && self.e.cases[case].pending > 0 {
            self.catch_up_with_holders(case, last);
        }
    }

    #[inline(never)]
    fn catch_up_with_holders(&mut self, case: u32, last: u32) {
        match self.e.cases[case].holder {
            SEVERAL => {
                (0..self.e.agents.len() as u32).for_each(|agent| self.catch_up_with_holder(agent, last));
            }
            agent => self.catch_up_with_holder(u32::from(agent), last),
        }
    }

    fn catch_up_with_holder(&mut self, agent: u32, last: u32) {
        let now = self.e.now;
        // At the run's end nothing is done any more.
        let by = now.min(self.end - 1) - Micros::from(agent > last);
        let a = &self.e.agents[agent as usize];
        // The end of a call that ends now may be an event.
        if a.work_left > 0 && !(a.state == State::Call && a.until >= now) {
            self.e.now = by;
            self.wake(agent);
            self.e.now = now;
        }
    }
}
