//! What some days of a replication came to: of the figures' sums, those that cells tell.

use super::callers::{BY_DAY, Slot, judge_day};
use super::tallied::Tally;
use crate::measure::{Sum, Sums};

impl Tally {
    /// Sums over some measured days: of a queue, callers passed on to it among them; or of the whole centre, where they
    /// count once, with its staff's time by the clock. Sums that cells do not tell stay zero.
    pub fn of_days(&self, queue: Option<usize>, days: impl Iterator<Item = usize>) -> Sums {
        let callers = &self.callers;
        let mut sums = Sums::default();
        let parts = queue.map_or(0..callers.number, |queue| queue..queue + 1);
        for day in days {
            let cells = day * callers.cells_a_day..(day + 1) * callers.cells_a_day;
            let slots = |part| if queue.is_some() { self.slots(part) } else { self.slots_of_part(part) };
            let own = parts.clone().map(|part| (&slots(part)[cells.clone()], callers.queues[part].target));
            let own: Vec<_> = own.collect();
            for (part, (slots, _)) in parts.clone().zip(&own) {
                let mut total = Slot::default();
                slots.iter().for_each(|slot| total.merge(slot));
                add(&mut sums, &total, total.served(self.service_level(part)));
            }
            BY_DAY.into_iter().zip(judge_day(&own)).for_each(|(sum, value)| sums.add(sum, value));
            if queue.is_none() {
                self.add_staff(&mut sums, cells);
            }
        }
        sums
    }

    /// Adds the time of all staff in some cells.
    fn add_staff(&self, sums: &mut Sums, cells: std::ops::Range<usize>) {
        for cell in &self.staff_cells()[cells] {
            sums.add(Sum::Busy, cell.busy);
            sums.add(Sum::Available, cell.available);
            sums.add(Sum::BacklogTime, cell.signed_on - cell.busy - cell.available);
            sums.add(Sum::SignedOn, cell.signed_on);
        }
    }
}

/// Adds calls that arrived, and those of them well served with the calls of which they are a share.
fn add(sums: &mut Sums, calls: &Slot, (well_served, base): (u64, u64)) {
    sums.add(Sum::Offered, calls.offered);
    sums.add(Sum::Answered, calls.answered);
    sums.add(Sum::WellServed, well_served);
    sums.add(Sum::ServiceBase, base);
    sums.add(Sum::Abandoned, calls.abandoned);
    sums.add(Sum::ShortAbandoned, calls.short);
    sums.add(Sum::AnsweredWait, calls.answered_wait);
    sums.add(Sum::OfferedWait, calls.answered_wait + calls.lost_wait);
}
