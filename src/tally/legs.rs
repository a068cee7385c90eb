//! Callers passed on: a leg after the first counts in its queue, beside the calls that ring it up, and not among the
//! centre's calls. What agents do for it counts everywhere.

use super::callers::{Callers, OfQueue, Slot};
use super::interval::IntervalSums;
use super::targets::{BY_DAY, judge_intervals, judged_by_weekday};
use crate::engine::Call;
use crate::measure::{Sum, Sums};

/// A queue's own callers and those passed on to it.
#[derive(Debug)]
pub(super) struct Whole {
    /// By weekday, and all together.
    week: Vec<Sums>,
    sums: Sums,
    pub(super) slots: Vec<Slot>,
}

/// What legs after the first add to the centre: work, whatever call it is for, and what becomes of it.
const OF_CENTRE: [Sum; 15] = [
    Sum::Talk,
    Sum::WrapRequired,
    Sum::WrapDone,
    Sum::WrapAbsorbed,
    Sum::WrapDropped,
    Sum::WrapDeferred,
    Sum::WrapPadding,
    Sum::Cut,
    Sum::RepeatsForCut,
    Sum::SatisfactionAnswered,
    Sum::Finished,
    Sum::TransferLegs,
    Sum::Transferred,
    Sum::Escalated,
    Sum::LegsAbandoned,
];

impl Callers {
    /// A caller is passed on.
    pub(super) fn passed_on(&mut self, call: &Call, escalated: bool) {
        if let Some(sums) = self.sums(call) {
            sums.add(Sum::Transferred, 1);
            sums.add(Sum::Escalated, u64::from(escalated));
        }
    }

    /// Adds further legs, summed up before, to the calls of their queues.
    pub(super) fn add_legs(&mut self) {
        let calendar = self.calendar;
        let (own, legs) = self.queues.split_at_mut(self.number);
        for (own, legs) in own.iter().zip(legs) {
            // They are no first calls.
            for day in &mut legs.week {
                let (came, gave_up) = (day.of(Sum::Offered), day.of(Sum::Abandoned));
                day.replace([Sum::FirstCalls, Sum::TransferLegs, Sum::LegsAbandoned], [0, came, gave_up]);
            }
            for (cell, slot) in legs.slots.iter().take(legs.work.len()).enumerate() {
                let sums = &mut legs.cells[calendar.in_week(cell)];
                sums.add(Sum::TransferLegs, slot.offered);
                sums.add(Sum::LegsAbandoned, slot.abandoned);
            }
            legs.add_up();
            let mut slots = own.slots().to_vec();
            slots.iter_mut().zip(legs.slots()).for_each(|(all, leg)| all.merge(leg));
            let mut week = own.week.clone();
            let mut sums = Sums::default();
            let judged = judged_by_weekday(&slots, calendar, own.target);
            for ((day, leg), (_, met)) in week.iter_mut().zip(&legs.week).zip(judged) {
                day.merge(leg);
                day.replace(BY_DAY, met);
                sums.merge(day);
            }
            self.whole.push(Whole { week, sums, slots });
        }
    }

    /// Sums of a queue (or line), callers passed on to it among them.
    pub(super) fn sums_of(&self, queue: usize) -> &Sums {
        self.whole.get(queue).map_or(&self.queues[queue].sums, |whole| &whole.sums)
    }

    /// The same on a weekday (0 is Monday).
    pub(super) fn week_of(&self, queue: usize, weekday: usize) -> &Sums {
        &self.whole.get(queue).map_or(&self.queues[queue].week, |whole| &whole.week)[weekday]
    }

    /// The same by measured cell.
    pub(super) fn slots_of(&self, queue: usize) -> &[Slot] {
        self.whole.get(queue).map_or(self.queues[queue].slots(), |whole| &whole.slots)
    }

    /// The parts of a queue (or line): its own callers and, where callers are passed on, those passed on to it.
    pub(super) fn parts_of(&self, queue: usize) -> impl Iterator<Item = &OfQueue> {
        self.queues.iter().skip(queue).step_by(self.number)
    }

    /// Adds what some queues' (or lines') calls come to, those passed on to them among them, by weekday and cell of the day.
    pub(super) fn add_intervals(&self, queues: &[usize], week: &mut [IntervalSums]) {
        for part in queues.iter().flat_map(|queue| self.parts_of(*queue)) {
            let used = week.iter_mut().zip(&part.cells).zip(&part.used).filter(|(_, used)| **used);
            used.for_each(|((all, cell), _)| all.merge(cell));
        }
        let own: Vec<_> = queues.iter().map(|q| (self.slots_of(*q), self.queues[*q].target)).collect();
        judge_intervals(&own, |cell, met| {
            let sums = &mut week[self.calendar.in_week(cell)];
            sums.add(Sum::Intervals, 1);
            sums.add(Sum::IntervalsMet, u64::from(met));
        });
    }

    /// What further legs of a queue add to the centre's sums.
    pub(super) fn add_to_centre(&self, queue: usize, centre: &mut Sums) {
        if let Some(legs) = self.queues.get(self.number + queue) {
            add_work(centre, &legs.sums);
        }
    }

    /// Sums of all callers of the centre on a weekday: callers passed on are not counted again, but the work for them is.
    pub(super) fn centre_on(&self, weekday: usize) -> Sums {
        let mut centre = Sums::default();
        self.queues[..self.number].iter().for_each(|queue| centre.merge(&queue.week[weekday]));
        self.queues[self.number..].iter().for_each(|legs| add_work(&mut centre, &legs.week[weekday]));
        centre.replace(BY_DAY, self.centre[weekday]);
        centre
    }
}

/// Adds what further legs add to the centre's sums.
fn add_work(centre: &mut Sums, legs: &Sums) {
    OF_CENTRE.iter().for_each(|sum| centre.add(*sum, legs.of(*sum)));
}
