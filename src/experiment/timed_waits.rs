//! Waits pooled by weekday and by interval of the week: in wider buckets than those of the whole time, and packed, since
//! there are so many of them.

use crate::statistics::{Buckets, Counts, Packed, PackedSum};
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// Answered calls and others.
const SIDES: usize = 2;

/// Waits of a place at one time, each by group of replications, of answered and of other calls.
pub(super) type Groups<B> = Vec<[Counts<B>; SIDES]>;

/// Waits of an option by time, weekday or interval of the week, over replications.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub(super) struct TimedWaits<B> {
    /// By part, then site, and group of replications: counts by time, side and bucket.
    counts: Vec<Vec<PackedSum>>,
    #[serde(skip)]
    of: PhantomData<B>,
}

impl<B> Default for TimedWaits<B> {
    fn default() -> TimedWaits<B> {
        TimedWaits { counts: Vec::new(), of: PhantomData }
    }
}

impl<B: Buckets> TimedWaits<B> {
    /// How far apart the counts of a time's answered calls, of its others and of the next time's begin.
    pub(super) const APART: u64 = B::MOST as u64;

    /// The waits of so many parts and sites before any replication.
    pub(super) fn new(places: usize) -> TimedWaits<B> {
        TimedWaits { counts: vec![Vec::new(); places], of: PhantomData }
    }

    /// Adds the waits of some replications of one group, so many numbers [apart](Self::APART).
    pub(super) fn add(&mut self, place: usize, group: usize, waits: impl FnOnce(u64) -> Packed) {
        if let Some(groups) = self.counts.get_mut(place) {
            groups.resize(groups.len().max(group + 1), PackedSum::default());
            groups[group].add(waits(Self::APART));
        }
    }

    /// What all times hold is what the whole holds, bucket by bucket.
    #[cfg(debug_assertions)]
    pub(super) fn check(&self, place: usize, group: usize, whole: &[crate::statistics::Histogram; SIDES]) {
        let Some(packed) = self.counts.get(place).and_then(|groups| groups.get(group)) else { return };
        let mut sums = [Counts::<B>::new(), Counts::new()];
        packed.each(|number, count| {
            let row = (number / Self::APART) as usize;
            sums[row % SIDES].add_to_bucket((number % Self::APART) as usize, count);
        });
        assert!(sums == [whole[0].widened(), whole[1].widened()], "waits at all times are not all waits");
    }

    /// Adds later replications.
    pub(super) fn append(&mut self, later: TimedWaits<B>) {
        for (all, more) in self.counts.iter_mut().zip(later.counts) {
            all.resize(all.len().max(more.len()), PackedSum::default());
            all.iter_mut().zip(more).for_each(|(all, more)| all.append(more));
        }
    }

    /// Whether these are waits of an option of this shape, of so many times and no more than so many groups: what is
    /// stored may be anything.
    pub(super) fn fits(&self, empty: &TimedWaits<B>, times: usize, groups: usize) -> bool {
        let end = (times * SIDES) as u64 * Self::APART;
        self.counts.len() == empty.counts.len()
            && self.counts.iter().all(|own| own.len() <= groups)
            && self.counts.iter().flatten().all(|packed| packed.is_below(end))
    }

    /// The waits of some parts together, by time.
    pub(super) fn of(&self, places: &[usize], times: usize) -> Vec<Groups<B>> {
        let own = || places.iter().filter_map(|place| self.counts.get(*place));
        let groups = own().map(Vec::len).max().unwrap_or(0);
        let mut all = vec![vec![[Counts::new(), Counts::new()]; groups]; times];
        for (group, packed) in own().flat_map(|own| own.iter().enumerate()) {
            packed.each(|number, count| {
                let row = (number / Self::APART) as usize;
                let waits = &mut all[row / SIDES][group][row % SIDES];
                waits.add_to_bucket((number % Self::APART) as usize, count);
            });
        }
        all
    }
}
