//! Callers passed on: a leg after the first counts in its queue, beside the calls that ring it up, and not among the
//! centre's calls. What agents do for it counts everywhere.

use super::callers::{BY_DAY, Callers, OfQueue, Slot, judged_by_day};
use crate::engine::Call;
use crate::measure::{Sum, Sums};

/// A queue's own callers and those passed on to it.
#[derive(Debug)]
pub(super) struct Whole {
    pub(super) sums: Sums,
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
        let (own, legs) = self.queues.split_at_mut(self.number);
        for (own, legs) in own.iter().zip(legs) {
            // They are no first calls.
            let (came, gave_up) = (legs.sums.of(Sum::Offered), legs.sums.of(Sum::Abandoned));
            legs.sums.replace([Sum::FirstCalls, Sum::TransferLegs, Sum::LegsAbandoned], [0, came, gave_up]);
            let mut slots = own.slots().to_vec();
            slots.iter_mut().zip(legs.slots()).for_each(|(all, leg)| all.merge(leg));
            let mut sums = own.sums.clone();
            sums.merge(&legs.sums);
            sums.replace(BY_DAY, judged_by_day(&slots, self.cells_a_day, own.target).1);
            self.whole.push(Whole { sums, slots });
        }
    }

    /// Sums of a queue (or line), callers passed on to it among them.
    pub(super) fn sums_of(&self, queue: usize) -> &Sums {
        self.whole.get(queue).map_or(&self.queues[queue].sums, |whole| &whole.sums)
    }

    /// The same by measured cell.
    pub(super) fn slots_of(&self, queue: usize) -> &[Slot] {
        self.whole.get(queue).map_or(self.queues[queue].slots(), |whole| &whole.slots)
    }

    /// The parts of a queue (or line): its own callers and, where callers are passed on, those passed on to it.
    pub(super) fn parts_of(&self, queue: usize) -> impl Iterator<Item = &OfQueue> {
        self.queues.iter().skip(queue).step_by(self.number)
    }

    /// What further legs of a queue add to the centre's sums.
    pub(super) fn add_to_centre(&self, queue: usize, centre: &mut Sums) {
        if let Some(legs) = self.queues.get(self.number + queue) {
            OF_CENTRE.iter().for_each(|sum| centre.add(*sum, legs.sums.of(*sum)));
        }
    }
}
