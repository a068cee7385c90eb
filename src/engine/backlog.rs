//! Put-off work: first in first out per agent; in idle time, rostered time and overtime.

use super::agent::{State, WorkTime};
use super::case::UNBORN;
use super::observer::Observer;
use super::run::Step;
use crate::unit::Micros;

/// A piece of put-off work.
#[derive(Debug, Clone, Copy)]
pub(super) struct Work {
    pub(super) case: u32,
    /// As required, before it takes longer.
    pub(super) size: Micros,
    /// What is left of it, as it will take.
    pub(super) left: Micros,
    /// When it was put off.
    pub(super) put_off: Micros,
}

impl<O: Observer> Step<'_, O> {
    /// An idle agent with put-off work turns to it, if that is done in idle time.
    pub(super) fn turn_to_backlog(&mut self, agent: u32) {
        if !self.works_in_idle_time(agent) {
            return;
        }
        self.note_spell(agent);
        self.no_longer_idle(agent);
        self.work_in_idle_time(agent);
    }

    /// Whether an agent has put-off work that is done in idle time.
    #[inline(always)]
    pub(super) fn works_in_idle_time(&self, agent: u32) -> bool {
        let team = usize::from(self.e.agents[agent as usize].team);
        self.plan.idle_time_for_work[team] && !self.e.backlog[agent as usize].is_empty()
    }

    /// Begins put-off work until a caller comes, callable all the while where calls interrupt it.
    pub(super) fn work_in_idle_time(&mut self, agent: u32) {
        if self.spares_events() {
            return self.spends_idle_time(agent);
        }
        let a = self.e.agents[agent as usize];
        if self.plan.interruptible {
            self.e.interruptible.add(a.group, a.callable_since, agent);
        }
        self.begin_work(agent, WorkTime::Idle, Micros::MAX);
    }

    /// Begins the first piece of an agent's put-off work, up to `until` at the latest.
    pub(super) fn begin_work(&mut self, agent: u32, time: WorkTime, until: Micros) {
        let now = self.e.now;
        let left = self.e.backlog[agent as usize].front().map_or(0, |w| w.left);
        let a = &mut self.e.agents[agent as usize];
        a.state = State::Work(time);
        a.since = now;
        a.until = until;
        self.e.clock.set(agent, until.min(now + left));
    }

    /// Tells the spell of put-off work that ends now and takes its length off the first piece.
    pub(super) fn note_progress(&mut self, agent: u32) {
        let since = self.e.agents[agent as usize].since;
        let spell = self.e.now - since;
        self.note_spell(agent);
        if let Some(work) = self.e.backlog[agent as usize].front_mut() {
            let done = spell.min(work.left);
            work.left -= done;
            self.e.agents[agent as usize].work_left -= done;
        }
    }

    /// A piece of put-off work is done, or its time is up.
    pub(super) fn work_pauses(&mut self, agent: u32) {
        let now = self.e.now;
        self.note_progress(agent);
        if self.e.backlog[agent as usize].front().is_some_and(|w| w.left == 0) {
            self.finish_piece(agent);
        }
        let a = self.e.agents[agent as usize];
        let more = !self.e.backlog[agent as usize].is_empty() && now < a.until;
        let State::Work(time) = a.state else { return };
        match time {
            WorkTime::Idle if more && self.plan.interruptible => self.begin_work(agent, time, a.until),
            WorkTime::Idle if self.plan.interruptible => {
                // Callable all along: the place in the order of idle agents is kept.
                self.e.interruptible.remove(a.group, a.callable_since, agent);
                self.e.clock.withdraw(agent);
                self.e.agents[agent as usize].state = State::Idle;
                self.becomes_idle(agent, a.callable_since);
            }
            WorkTime::Idle => self.free(agent),
            WorkTime::Rostered if more => self.begin_work(agent, time, a.until),
            WorkTime::Rostered if now < a.until => {
                // No paperwork left: the rest of the time is spent off the phone.
                self.e.agents[agent as usize].state = State::Pause;
                self.e.clock.set(agent, a.until);
            }
            WorkTime::Rostered => self.free(agent),
            WorkTime::LastMinutes if more => self.begin_work(agent, time, a.until),
            WorkTime::LastMinutes => self.wind_down(agent),
            WorkTime::Overtime if more => self.begin_work(agent, time, a.until),
            WorkTime::Overtime => self.leave(agent),
        }
    }

    /// The first piece of an agent's put-off work is done.
    pub(super) fn finish_piece(&mut self, agent: u32) {
        let Some(work) = self.e.backlog[agent as usize].pop_front() else { return };
        self.seen.caught_up(agent, work.size, work.put_off, self.e.now);
        // Work put off before the run belongs to none of its cases.
        if work.case != UNBORN {
            self.e.cases[work.case].pending -= 1;
            self.close_if_over(work.case);
        }
    }

    /// Stops a spell of put-off work for something that comes first.
    pub(super) fn stop_work(&mut self, agent: u32, time: WorkTime) {
        let a = self.e.agents[agent as usize];
        if time == WorkTime::Idle && self.spares_events() {
            self.e.at_work.withdraw(a.group, agent);
            return self.catch_up_with_work(agent);
        }
        if time == WorkTime::Idle && self.plan.interruptible {
            self.e.interruptible.remove(a.group, a.callable_since, agent);
        }
        self.note_progress(agent);
    }
}
