//! One replication of one option, tallied.

use super::callers::{Callers, Slot};
use super::staff::{Staff, StaffCell};
use crate::engine::{Activity, Call, CaseSummary, Handling, Observer, Plan, ShiftSummary};
use crate::measure::Sums;
use crate::statistics::Histogram;
use crate::unit::Micros;

/// Tallies one replication of one option; cleared and used again for the next.
#[derive(Debug)]
pub struct Tally {
    pub(super) callers: Callers,
    pub(super) staff: Staff,
}

impl Tally {
    /// A tally for an option.
    pub fn new(plan: &Plan) -> Tally {
        Tally { callers: Callers::new(plan), staff: Staff::new(plan) }
    }

    /// Begins a replication.
    pub fn start(&mut self) {
        self.callers.clear();
        self.staff.clear();
    }

    /// Forgets the waits, which no replication's start does.
    pub fn forget_waits(&mut self) {
        self.callers.clear_waits();
    }

    /// Ends a replication: what needs whole days is worked out.
    pub fn finish(&mut self) {
        self.callers.finish();
        self.staff.finish();
    }

    /// Sums of a queue, callers passed on to it among them.
    pub fn queue(&self, queue: usize) -> &Sums {
        self.callers.whole.get(queue).map_or(&self.callers.queues[queue].sums, |whole| &whole.sums)
    }

    /// Sums of all callers of the centre: callers passed on are not counted again, but the work for them is.
    pub fn of_centre(&self) -> Sums {
        let mut centre = Sums::default();
        for queue in 0..self.callers.number {
            centre.merge(&self.callers.queues[queue].sums);
            self.callers.add_to_centre(queue, &mut centre);
        }
        centre
    }

    /// Sums of each team.
    pub fn teams(&self) -> &[Sums] {
        &self.staff.sums
    }

    /// Days and intervals on which the centre as a whole met its targets: [days, met, intervals, met].
    pub fn centre_targets(&self) -> [u64; 4] {
        self.callers.centre
    }

    /// Callers of a queue by measured cell (day by day, cell by cell), those passed on to it among them.
    pub fn slots(&self, queue: usize) -> &[Slot] {
        self.callers.whole.get(queue).map_or(self.callers.queues[queue].slots(), |whole| &whole.slots)
    }

    /// The same of one part: a queue's own callers, or after all of these those passed on to a queue.
    pub fn slots_of_part(&self, part: usize) -> &[Slot] {
        self.callers.queues[part].slots()
    }

    /// Staff by measured cell.
    pub fn staff_cells(&self) -> &[StaffCell] {
        self.staff.cells()
    }

    /// Waits of a part's answered and of its abandoned calls, over all replications since they were last forgotten.
    pub fn waits(&self, part: usize) -> (&Histogram, &Histogram) {
        let queue = &self.callers.queues[part];
        (&queue.answered, &queue.abandoned)
    }

    /// The longest wait of a part.
    pub fn longest_wait(&self, part: usize) -> Micros {
        self.callers.queues[part].longest
    }
}

impl Observer for Tally {
    const ANY_ORDER: bool = true;

    #[inline(always)]
    fn offered(&mut self, call: &Call, _now: Micros) {
        self.callers.offered(call);
    }

    #[inline(always)]
    fn abandoned(&mut self, call: &Call, now: Micros) {
        self.callers.abandoned(call, now);
    }

    fn blocked(&mut self, call: &Call, _now: Micros) {
        self.callers.blocked(call);
    }

    fn left_in_menu(&mut self, call: &Call, _now: Micros) {
        self.callers.left_in_menu(call);
    }

    fn callback_failed(&mut self, call: &Call, now: Micros) {
        self.callers.callback_failed(call, now);
    }

    fn outage(&mut self, now: Micros) {
        self.callers.outage(now);
    }

    fn lost_in_outage(&mut self, call: &Call, now: Micros) {
        self.callers.lost_in_outage(call, now);
    }

    fn balked(&mut self, call: &Call, now: Micros) {
        self.callers.balked(call, now);
    }

    fn turned_away(&mut self, call: &Call, now: Micros) {
        self.callers.turned_away(call, now);
    }

    fn still_waiting(&mut self, call: &Call, now: Micros) {
        self.callers.still_waiting(call, now);
    }

    fn passed_on(&mut self, call: &Call, _to: u16, escalated: bool, _now: Micros) {
        self.callers.passed_on(call, escalated);
    }

    #[inline(always)]
    fn handled(&mut self, call: &Call, handling: &Handling) {
        self.callers.handled(call, handling);
    }

    #[inline(always)]
    fn handled_once(&mut self, call: &Call, handling: &Handling) {
        self.callers.handled_once(call, handling);
    }

    #[inline(always)]
    fn closed(&mut self, case: &CaseSummary) {
        self.callers.closed(case);
    }

    fn rostered(&mut self, agent: u32, day: u32, shift: u32, absent: bool) {
        self.staff.rostered(agent, day, shift, absent);
    }

    fn started(&mut self, agent: u32, day: u32, now: Micros) {
        self.staff.started(agent, day, now);
    }

    #[inline(always)]
    fn spent(&mut self, agent: u32, activity: Activity, from: Micros, to: Micros) {
        match activity {
            Activity::Call => self.staff.called(agent, from, to),
            Activity::Idle => self.staff.idled(agent, from, to),
            _ => self.staff.otherwise(agent, activity, from, to),
        }
    }

    #[inline(always)]
    fn called_then_idled(&mut self, agent: u32, from: Micros, idle: Micros, to: Micros) {
        self.staff.called_then_idled(agent, from, idle, to);
    }

    fn left(&mut self, shift: &ShiftSummary) {
        self.staff.left(shift);
    }

    fn caught_up(&mut self, agent: u32, _size: Micros, put_off: Micros, now: Micros) {
        self.staff.caught_up(agent, put_off, now);
    }
}
