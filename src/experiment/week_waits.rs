//! Waits pooled by weekday: in coarser buckets than those of the whole time, and packed, since there are seven times as
//! many of them.

use super::outcome::GROUPS;
use super::weekdays::WEEK;
use crate::scenario::Horizon;
use crate::statistics::{Buckets, Coarse, CoarseHistogram, Packed};
use crate::tally::WeekOfWaits;
use crate::unit::Micros;
use serde::{Deserialize, Serialize};

/// How far apart the counts of a weekday's answered calls, of its others and of the next weekday's begin.
const APART: u64 = Coarse::MOST as u64;
/// Answered calls and others.
const SIDES: usize = 2;

/// Waits of a place by weekday, each by group of replications, of answered and of other calls.
pub(super) type Weeks = [Vec<[CoarseHistogram; SIDES]>; WEEK];

/// Waits of an option by weekday, over replications; nothing where the horizon has but one weekday.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WeekWaits {
    /// By part, then site, and group of replications: counts by weekday, side and coarse bucket.
    counts: Vec<Vec<Packed>>,
    /// By part, then site: the longest wait by weekday.
    longest: Vec<[Micros; WEEK]>,
}

impl WeekWaits {
    /// The waits of so many parts and sites before any replication.
    pub(super) fn new(places: usize, horizon: &Horizon) -> WeekWaits {
        let places = if horizon.days > 1 { places } else { 0 };
        WeekWaits { counts: vec![Vec::new(); places], longest: vec![[0; WEEK]; places] }
    }

    /// Notes the longest waits of a replication.
    pub(super) fn note_longest(&mut self, place: usize, week: [Micros; WEEK]) {
        self.longest.get_mut(place).into_iter().for_each(|all| raise(all, &week));
    }

    /// Adds the waits of some replications of one group.
    pub(super) fn add(&mut self, place: usize, group: usize, waits: &WeekOfWaits) {
        if let Some(groups) = self.counts.get_mut(place) {
            groups.resize(groups.len().max(group + 1), Packed::default());
            groups[group].merge(&waits.packed(APART));
        }
    }

    /// What weekdays hold is what the whole time holds, bucket by bucket.
    #[cfg(debug_assertions)]
    pub(super) fn check(&self, place: usize, group: usize, whole: &[crate::statistics::Histogram; SIDES]) {
        let Some(packed) = self.counts.get(place).and_then(|groups| groups.get(group)) else { return };
        let mut sums = [CoarseHistogram::new(), CoarseHistogram::new()];
        for (number, count) in packed.iter() {
            let row = (number / APART) as usize;
            sums[row % SIDES].add_to_bucket((number % APART) as usize, count);
        }
        assert_eq!(sums, [whole[0].coarse(), whole[1].coarse()]);
    }

    /// Adds later replications.
    pub(super) fn append(&mut self, later: &WeekWaits) {
        for (all, more) in self.counts.iter_mut().zip(&later.counts) {
            all.resize(all.len().max(more.len()), Packed::default());
            all.iter_mut().zip(more).for_each(|(all, more)| all.merge(more));
        }
        self.longest.iter_mut().zip(&later.longest).for_each(|(all, more)| raise(all, more));
    }

    /// Whether these are waits of an option of this shape: what is stored may be anything.
    pub(super) fn fits(&self, empty: &WeekWaits) -> bool {
        let end = (WEEK * SIDES) as u64 * APART;
        self.counts.len() == empty.counts.len()
            && self.longest.len() == empty.longest.len()
            && self.counts.iter().all(|groups| groups.len() <= GROUPS)
            && self.counts.iter().flatten().all(|packed| packed.is_below(end))
    }

    /// The waits of some parts together.
    pub(super) fn of(&self, places: &[usize]) -> Weeks {
        let groups = places.iter().filter_map(|place| self.counts.get(*place)).map(Vec::len).max();
        let empty = || vec![[CoarseHistogram::new(), CoarseHistogram::new()]; groups.unwrap_or(0)];
        let mut weeks: Weeks = std::array::from_fn(|_| empty());
        for own in places.iter().filter_map(|place| self.counts.get(*place)) {
            for (group, packed) in own.iter().enumerate() {
                for (number, count) in packed.iter() {
                    let row = (number / APART) as usize;
                    let waits = &mut weeks[row / SIDES][group][row % SIDES];
                    waits.add_to_bucket((number % APART) as usize, count);
                }
            }
        }
        weeks
    }

    /// The longest wait of some parts together on a weekday.
    pub(super) fn longest(&self, places: &[usize], weekday: usize) -> Micros {
        let own = places.iter().filter_map(|place| self.longest.get(*place));
        own.map(|week| week[weekday]).max().unwrap_or(0)
    }
}

/// Raises the longest waits to others that are longer.
fn raise(all: &mut [Micros; WEEK], more: &[Micros; WEEK]) {
    all.iter_mut().zip(more).for_each(|(all, more)| *all = (*all).max(*more));
}
