//! Waits as they are recorded while histories run: a quarter of the memory of a histogram, and less to do for each.

use super::histogram::{Buckets, Coarse, Counts, Fine};
use crate::unit::Micros;
use std::marker::PhantomData;

/// What a bucket whose count began again has counted by then.
const CARRY: u64 = 1 << 16;
/// Buckets that are passed over at once where nothing is in them.
const RUN: usize = 32;

/// Counts of durations in the buckets of [`Counts`], to be added to them: recording is a few instructions.
#[derive(Debug, Clone, Default)]
pub struct Recorder<B = Fine> {
    /// Of whole doublings.
    counts: Vec<u16>,
    /// Buckets whose count began again at zero, once for each time: 2¹⁶ more each.
    carried: Vec<usize>,
    of: PhantomData<B>,
}

impl<B: Buckets> Recorder<B> {
    /// Counts one value.
    #[inline(always)]
    pub fn record(&mut self, micros: Micros) {
        let bucket = B::of(micros);
        let Some(count) = self.counts.get_mut(bucket) else { return self.grow(bucket) };
        *count = count.wrapping_add(1);
        if *count == 0 {
            self.carry(bucket);
        }
    }

    /// Counts a value in a bucket not yet there.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, bucket: usize) {
        let length = (bucket / B::A_DOUBLING + 1) * B::A_DOUBLING;
        self.counts.reserve_exact(length - self.counts.len());
        self.counts.resize(length, 0);
        self.counts[bucket] = 1;
    }

    #[cold]
    #[inline(never)]
    fn carry(&mut self, bucket: usize) {
        self.carried.push(bucket);
    }

    /// Forgets everything, keeping its memory.
    pub fn clear(&mut self) {
        self.counts.fill(0);
        self.carried.clear();
    }

    /// Adds all to a histogram.
    pub fn add_to(&self, histogram: &mut Counts<B>) {
        let last = self.runs().last().map_or(0, |(first, run)| first + run.len());
        let (counts, total) = histogram.room(last);
        for (first, run) in self.runs() {
            for (all, count) in counts[first..].iter_mut().zip(run) {
                *all += u64::from(*count);
                *total += u64::from(*count);
            }
        }
        self.carried.iter().for_each(|bucket| histogram.add_to_bucket(*bucket, CARRY));
    }

    /// Buckets in use, rising, each with its count.
    pub fn counts(&self) -> impl Iterator<Item = (usize, u64)> {
        let all = self.runs().flat_map(|(first, run)| (first..).zip(run));
        all.map(|(bucket, count)| (bucket, self.sum(std::slice::from_ref(count), bucket..bucket + 1)))
            .filter(|(_, count)| *count > 0)
    }

    /// What is counted in neighbouring buckets.
    fn sum(&self, own: &[u16], numbers: std::ops::Range<usize>) -> u64 {
        let carried = self.carried.iter().filter(|bucket| numbers.contains(bucket)).count() as u64;
        own.iter().map(|count| u64::from(*count)).sum::<u64>() + carried * CARRY
    }

    /// Runs of buckets of which any is in use, each with the number of its first.
    fn runs(&self) -> impl Iterator<Item = (usize, &[u16])> {
        let runs = self.counts.chunks_exact(RUN).enumerate();
        let is_used = |first: usize, run: &[u16]| {
            run.iter().fold(0, |any, count| any | count) > 0 || self.is_carried(first, run.len())
        };
        runs.map(|(number, run)| (number * RUN, run)).filter(move |(first, run)| is_used(*first, run))
    }

    fn is_carried(&self, first: usize, length: usize) -> bool {
        self.carried.iter().any(|bucket| (first..first + length).contains(bucket))
    }
}

impl Recorder<Fine> {
    /// Coarse buckets in use, rising, each with its count.
    pub fn coarse(&self) -> impl Iterator<Item = (usize, u64)> {
        let groups = self.runs().flat_map(|(first, run)| {
            run.chunks(Coarse::FINE).enumerate().map(move |(i, own)| (first / Coarse::FINE + i, own))
        });
        // Zero stands alone, before the others of its group.
        groups.flat_map(|(group, own)| {
            let split = usize::from(group == 0);
            let (zero, others) = own.split_at(split);
            [
                (group, zero, 0..split),
                (group + 1, others, group * Coarse::FINE + split..(group + 1) * Coarse::FINE),
            ]
            .into_iter()
            .map(|(bucket, own, fine)| (bucket, self.sum(own, fine)))
            .filter(|(_, count)| *count > 0)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::LONGEST;
    use crate::statistics::{Eighths, Histogram};
    use proptest::prelude::*;

    fn of<B: Buckets>(counts: impl Iterator<Item = (usize, u64)>) -> Counts<B> {
        let mut all = Counts::new();
        counts.for_each(|(bucket, count)| all.add_to_bucket(bucket, count));
        all
    }

    #[test]
    fn a_count_that_begins_again_is_carried() {
        let mut recorder: Recorder = Recorder::default();
        [0, 5, 5, 70_000_000].iter().for_each(|value| recorder.record(*value));
        recorder.counts[0] = u16::MAX;
        recorder.counts[5] = u16::MAX;
        recorder.record(0);
        recorder.record(5);
        recorder.record(5);
        let mut all = Histogram::new();
        recorder.add_to(&mut all);
        let found: Vec<u64> = all.buckets().map(|bucket| bucket.count).collect();
        assert_eq!(found, [CARRY, CARRY + 1, 1]);
        assert_eq!(all.total(), 2 * CARRY + 2);
        assert_eq!(of(recorder.counts()), all);
        assert_eq!(of::<Coarse>(recorder.coarse()), all.widened());
        recorder.clear();
        assert_eq!((recorder.coarse().count(), recorder.counts().count()), (0, 0));
    }

    proptest! {
        #[test]
        fn what_is_recorded_is_what_a_histogram_counts(
            values in prop::collection::vec(prop_oneof![0u64..20, 0u64..5000, 0..LONGEST], 0..200),
        ) {
            let (mut recorder, mut eighths) = (Recorder::<Fine>::default(), Recorder::<Eighths>::default());
            let (mut wanted, mut found) = (Histogram::new(), Histogram::new());
            for value in values {
                recorder.record(value);
                eighths.record(value);
                wanted.record(value);
            }
            recorder.add_to(&mut found);
            prop_assert_eq!(&found, &wanted);
            prop_assert_eq!(found.total(), wanted.total());
            prop_assert!(recorder.coarse().is_sorted_by(|a, b| a.0 < b.0));
            prop_assert_eq!(of::<Coarse>(recorder.coarse()), wanted.widened());
            prop_assert!(eighths.counts().is_sorted_by(|a, b| a.0 < b.0));
            prop_assert_eq!(of::<Eighths>(eighths.counts()), wanted.widened());
        }
    }
}
