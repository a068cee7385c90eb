//! Callers who ring off at once when nobody can answer, told how long they would have to wait.
//!
//! The announced wait is (callers ahead + 1) · mean handling time / agents. Ahead are those who wait in the same queue
//! or in a queue of the same or a higher priority that one of its teams serves too (a team without agents serves none). Handling time is the mean talk and
//! wrap that calls of the queue need. Agents are those of teams that serve the queue who are on shift at that moment,
//! at work or on a break; not those at a site that is down. Where there are none the wait is longer than any step.

use super::call::Call;
use super::observer::Observer;
use super::run::Step;
use crate::random::Purpose;
use crate::unit::Micros;

impl<O: Observer> Step<'_, O> {
    /// Whether a caller rings off at once.
    pub(super) fn balks(&self, call: &Call) -> bool {
        let steps = &self.plan.setting.queues[usize::from(call.queue)].access.balking;
        if steps.is_empty() {
            return false;
        }
        let wait = self.announced_wait(usize::from(call.line));
        let reached = steps.iter().take_while(|(from, _)| *from <= wait).last();
        reached.is_some_and(|(_, p)| call.key.uniform(Purpose::Balking, call.attempt_number()) < *p)
    }

    /// Counts an agent who begins to be on shift, or leaves.
    pub(super) fn note_on_duty(&mut self, agent: u32, change: i32) {
        let group = usize::from(self.e.agents[agent as usize].group);
        let on_duty = &mut self.e.lobby.on_duty[group];
        *on_duty = on_duty.wrapping_add_signed(change);
    }

    /// The wait that is announced to a caller who comes to a line now.
    fn announced_wait(&self, line: usize) -> Micros {
        let Some(door) = &self.plan.door else { return 0 };
        let ahead: u64 = door.ahead[line].iter().map(|q| u64::from(self.e.waiting[usize::from(*q)])).sum();
        let groups = self.plan.groups_of_line[line].iter().filter(|group| !self.is_cut_off(**group));
        let agents: u64 = groups.map(|g| u64::from(self.e.lobby.on_duty[usize::from(*g)])).sum();
        ((ahead + 1) * door.handling[line]).checked_div(agents).unwrap_or(Micros::MAX)
    }
}
