//! What some days of a replication came to: of the figures' sums, those that cells tell.

use super::callers::{BY_DAY, Slot, Target, judge_day};
use super::staff::StaffCell;
use super::tallied::Tally;
use crate::measure::{ServiceLevel, Sum, Sums};
use std::ops::Range;

/// Callers of a queue, or of a line, by measured cell, and how they are judged.
pub(super) struct Judged<'a> {
    pub(super) slots: &'a [Slot],
    pub(super) target: Target,
    pub(super) level: ServiceLevel,
}

impl Tally {
    /// Sums over some measured days: of a queue, callers passed on to it among them; or of the whole centre, where they
    /// count once, with its staff's time by the clock. Sums that cells do not tell stay zero.
    pub fn of_days(&self, queue: Option<usize>, days: impl Iterator<Item = usize>) -> Sums {
        let parts = queue.map_or(0..self.callers.number, |queue| queue..queue + 1);
        let slots = |part| if queue.is_some() { self.slots(part) } else { self.slots_of_part(part) };
        let judged = |part: usize| Judged {
            slots: slots(part),
            target: self.callers.queues[part].target,
            level: self.service_level(part),
        };
        let callers: Vec<_> = parts.map(judged).collect();
        let staff = if queue.is_none() { vec![self.staff_cells()] } else { Vec::new() };
        self.sum_up(&callers, &staff, days)
    }

    /// The same of a team, of several: its time by the clock.
    pub fn team_of_days(&self, team: usize, days: impl Iterator<Item = usize>) -> Sums {
        self.sum_up(&[], &[self.team_staff(team)], days)
    }

    /// The same of a site, of several: callers sent to it, where any are, and the time of its teams.
    pub fn site_of_days(&self, site: usize, days: impl Iterator<Item = usize>) -> Sums {
        let teams = self.teams_of_site(site).map(|team| self.team_staff(team));
        self.sum_up(&self.sent_to_site(site), &teams.collect::<Vec<_>>(), days)
    }

    fn sum_up(
        &self,
        callers: &[Judged<'_>],
        staff: &[&[StaffCell]],
        days: impl Iterator<Item = usize>,
    ) -> Sums {
        let mut sums = Sums::default();
        let a_day = self.callers.cells_a_day;
        for day in days {
            let cells = day * a_day..(day + 1) * a_day;
            add_callers(&mut sums, callers, &cells);
            staff.iter().for_each(|own| add_staff(&mut sums, &own[cells.clone()]));
        }
        sums
    }
}

/// Adds the callers of a day.
fn add_callers(sums: &mut Sums, callers: &[Judged<'_>], cells: &Range<usize>) {
    for own in callers {
        let mut total = Slot::default();
        own.slots[cells.clone()].iter().for_each(|slot| total.merge(slot));
        add(sums, &total, total.served(own.level));
    }
    if !callers.is_empty() {
        let day: Vec<_> = callers.iter().map(|own| (&own.slots[cells.clone()], own.target)).collect();
        BY_DAY.into_iter().zip(judge_day(&day)).for_each(|(sum, value)| sums.add(sum, value));
    }
}

/// Adds the time of staff in some cells.
fn add_staff(sums: &mut Sums, cells: &[StaffCell]) {
    for cell in cells {
        sums.add(Sum::Busy, cell.busy);
        sums.add(Sum::Available, cell.available);
        sums.add(Sum::BacklogTime, cell.signed_on - cell.busy - cell.available);
        sums.add(Sum::SignedOn, cell.signed_on);
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
