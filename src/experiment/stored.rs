//! An option's replications as read from the disk, before they are added to others: rows that are mostly zero stay short,
//! so that adding up many parts costs what they hold and not the room it takes.

use super::outcome::{GROUPS, OptionOutcome, SERVICE_BINS};
use super::sparse::Sparse;
use super::timed_waits::TimedWaits;
use super::weekdays::{WEEK, Weekdays};
use crate::measure::Sums;
use crate::statistics::{Coarse, Eighths, Histogram, StoredHistogram};
use crate::tally::{Slot, StaffCell, StoredIntervalSums};
use crate::unit::Micros;
use serde::Deserialize;

/// The fields of [`OptionOutcome`], in its order, as it is written.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct StoredOption {
    centre: Vec<Sums>,
    queues: Vec<Vec<Sums>>,
    teams: Vec<Vec<Sums>>,
    sites: Vec<Vec<Sums>>,
    slots: Vec<Vec<Option<Slot>>>,
    intervals: Vec<Vec<StoredIntervalSums>>,
    staff: Vec<Option<StaffCell>>,
    team_staff: Vec<Vec<Option<StaffCell>>>,
    service: Vec<Sparse>,
    day_service: Sparse,
    day_abandoned: Sparse,
    days_against: [[u64; 3]; 2],
    weeks: Vec<Vec<[u64; 2]>>,
    waits: Vec<Vec<[StoredHistogram; 2]>>,
    week_waits: TimedWaits<Coarse>,
    interval_waits: TimedWaits<Eighths>,
    longest: Vec<Vec<Micros>>,
    weekdays: Weekdays,
    cells_a_day: usize,
    first_weekday: usize,
}

impl StoredOption {
    /// Whether these are results of as many replications, of an option of this shape: what is stored may be anything.
    pub(super) fn fits(&self, empty: &OptionOutcome, replications: usize) -> bool {
        let week = WEEK * self.cells_a_day;
        let queues = empty.queues.len();
        let places = queues + empty.sites.len();
        let of = |sums: &Vec<Sums>| sums.len() == replications;
        let all_or_none = |length: usize, whole: usize| length == whole || (length == 0 && replications == 0);
        self.cells_a_day == empty.cells_a_day
            && self.first_weekday == empty.first_weekday
            && of(&self.centre)
            && self.queues.len() == queues
            && self.queues.iter().all(of)
            && self.teams.len() == empty.teams.len()
            && self.teams.iter().all(of)
            && self.sites.len() == empty.sites.len()
            && self.sites.iter().all(of)
            && self.slots.len() == places
            && self.slots.iter().zip(&empty.slots).all(|(a, b)| a.len() == b.len())
            && self.intervals.len() == places
            && self.intervals.iter().all(|place| place.len() == week)
            && self.staff.len() == empty.staff.len()
            && self.team_staff.len() == empty.team_staff.len()
            && self.team_staff.iter().all(|team| team.len() == week)
            && self.service.len() == places
            && self.service.iter().all(|all| all_or_none(all.len(), week * SERVICE_BINS))
            && self.day_service.len() == empty.day_service.len()
            && self.day_abandoned.len() == empty.day_abandoned.len()
            && self.weeks.len() <= GROUPS
            && self.weeks.iter().all(|group| group.is_empty() || group.len() == week * empty.waits.len())
            && self.waits.len() == empty.waits.len()
            && self.waits.iter().all(|groups| groups.len() <= GROUPS)
            && self.longest.len() == empty.longest.len()
            && self.longest.iter().all(|place| place.len() == week)
            && self.week_waits.fits(&empty.week_waits, WEEK, GROUPS)
            && self.interval_waits.fits(&empty.interval_waits, week, 1)
            && self.weekdays.fits(&empty.weekdays)
    }
}

impl OptionOutcome {
    /// Adds the replications of a later block as they were stored.
    pub(super) fn append_stored(&mut self, later: StoredOption) {
        self.service.iter_mut().zip(&later.service).for_each(|(all, more)| more.add_to(all));
        for (all, more) in self.slots.iter_mut().flatten().zip(later.slots.iter().flatten()) {
            more.iter().for_each(|more| all.merge(more));
        }
        let staff = self.staff.iter_mut().chain(self.team_staff.iter_mut().flatten());
        for (all, more) in staff.zip(later.staff.iter().chain(later.team_staff.iter().flatten())) {
            more.iter().for_each(|more| all.merge(more));
        }
        for (all, more) in self.intervals.iter_mut().zip(&later.intervals) {
            more.iter().zip(all).for_each(|(more, all)| more.add_to(all));
        }
        later.day_service.add_to(&mut self.day_service);
        later.day_abandoned.add_to(&mut self.day_abandoned);
        for (all, more) in self.waits.iter_mut().zip(&later.waits) {
            all.resize(all.len().max(more.len()), [Histogram::new(), Histogram::new()]);
            for (a, b) in all.iter_mut().zip(more) {
                a[0].add_stored(&b[0]);
                a[1].add_stored(&b[1]);
            }
        }
        // All others as ever; the rows above are empty in it.
        self.append(OptionOutcome {
            centre: later.centre,
            queues: later.queues,
            teams: later.teams,
            sites: later.sites,
            days_against: later.days_against,
            weeks: later.weeks,
            week_waits: later.week_waits,
            interval_waits: later.interval_waits,
            longest: later.longest,
            weekdays: later.weekdays,
            ..OptionOutcome::default()
        });
    }
}
