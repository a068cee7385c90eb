//! Waits counted in buckets of at most one per cent, or where there are many histograms, of at most three, or of an eighth
//! of a second.

use crate::unit::Micros;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::marker::PhantomData;

/// Bits that are kept below the leading one: 128 buckets to each doubling.
const BITS: u32 = 7;
/// Buckets before the first that holds more than one value: 0 to 255 µs are exact.
const DOUBLING: usize = 1 << BITS;
/// Buckets that 64 bits can need.
const MOST: usize = (64 - BITS as usize) * DOUBLING + DOUBLING;
/// How many of them a coarse one holds: 32 to each doubling.
const TOGETHER: usize = 4;
/// Bits below those of an eighth of a second: 131,072 µs.
const EIGHTH: u32 = 17;
/// Bits of eighths that are kept below the leading one: 32 buckets to each doubling.
const EIGHTH_BITS: u32 = 5;

/// How values are shared out to buckets.
pub trait Buckets: Clone + Default {
    /// Buckets that 64 bits can need.
    const MOST: usize;

    /// How many fine buckets one holds that holds more than one value.
    const FINE: usize;

    /// Buckets to each doubling of long values.
    const A_DOUBLING: usize;

    /// How far a value may lie from the middle of its bucket, as a part of that middle.
    const ROUNDING: f64;

    /// The bucket of a value.
    fn of(micros: Micros) -> usize;

    /// The least and the greatest value of a bucket, microseconds.
    fn bounds(bucket: usize) -> (Micros, Micros);
}

/// 128 to each doubling: a bucket is at most 0.8% of its lower bound wide, the middle off by at most 0.4%; up to 255 µs
/// every value has its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fine;

/// 32 to each doubling, zero alone, else each of four fine ones: at most 3.1% wide, the middle off by at most 1.6% (below
/// 128 µs, by at most 1.5 µs).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coarse;

/// Zero alone, then eighths of a second (131,072 µs) up to eight seconds, from there 32 to each doubling, at most 3.1% wide:
/// the middle is off by at most 0.07 s or 1.6%. For waits of many short times, of which a few hundred buckets must do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Eighths;

impl Buckets for Fine {
    const MOST: usize = MOST;
    const FINE: usize = 1;
    const A_DOUBLING: usize = DOUBLING;
    // Half of the widest, 1/128 of its lower bound.
    const ROUNDING: f64 = 1.0 / 256.0;

    #[inline(always)]
    fn of(micros: Micros) -> usize {
        bucket_of::<BITS>(micros)
    }

    fn bounds(bucket: usize) -> (Micros, Micros) {
        bounds::<BITS>(bucket)
    }
}

impl Buckets for Coarse {
    const MOST: usize = MOST / TOGETHER + 1;
    const FINE: usize = TOGETHER;
    const A_DOUBLING: usize = DOUBLING / TOGETHER;
    const ROUNDING: f64 = 1.0 / 64.0;

    #[inline(always)]
    fn of(micros: Micros) -> usize {
        Fine::of(micros) / TOGETHER + usize::from(micros > 0)
    }

    fn bounds(bucket: usize) -> (Micros, Micros) {
        let Some(first) = bucket.checked_sub(1).map(|group| group * TOGETHER) else { return (0, 0) };
        // The first four are 0, which stands alone, to 3 µs.
        (Fine::bounds(first.max(1)).0, Fine::bounds(first + TOGETHER - 1).1)
    }
}

impl Buckets for Eighths {
    const MOST: usize = ((64 - EIGHTH - EIGHTH_BITS + 1) << EIGHTH_BITS) as usize + 1;
    // From eight seconds on; below, more.
    const FINE: usize = TOGETHER;
    const A_DOUBLING: usize = 1 << EIGHTH_BITS;
    // From eight seconds on; below, half an eighth of a second.
    const ROUNDING: f64 = 1.0 / 64.0;

    #[inline(always)]
    fn of(micros: Micros) -> usize {
        bucket_of::<EIGHTH_BITS>(micros >> EIGHTH) + usize::from(micros > 0)
    }

    fn bounds(bucket: usize) -> (Micros, Micros) {
        let Some(number) = bucket.checked_sub(1) else { return (0, 0) };
        let (lower, upper) = bounds::<EIGHTH_BITS>(number);
        // The first eighth begins after 0, which stands alone.
        ((lower << EIGHTH).max(1), (upper << EIGHTH) + ((1 << EIGHTH) - 1))
    }
}

/// Counts of durations in fine buckets: what waits are recorded and pooled in.
pub type Histogram = Counts<Fine>;

/// Counts of durations, log-linear in microseconds (the buckets of HdrHistogram).
///
/// Merging is exact, in any order. Memory grows to the longest value seen: of fine buckets 14 KB for waits below an hour,
/// 37 KB at 100 days, of coarse ones a quarter, of eighths of a second 4 KB at an hour.
#[derive(Debug, Clone, Default)]
pub struct Counts<B> {
    /// Up to the highest bucket in use, or beyond it with zeros where the memory is kept for later.
    counts: Vec<u64>,
    total: u64,
    of: PhantomData<B>,
}

impl<B: Buckets> PartialEq for Counts<B> {
    /// Equal contents are equal, whatever memory is kept.
    fn eq(&self, other: &Counts<B>) -> bool {
        self.used() == other.used()
    }
}

impl<B: Buckets> Eq for Counts<B> {}

/// One bucket in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    /// The least value it holds, microseconds.
    pub lower: Micros,
    /// The greatest value it holds, microseconds.
    pub upper: Micros,
    /// How many.
    pub count: u64,
}

impl Bucket {
    /// What stands for a value of this bucket: its middle, microseconds; off by at most 0.4%, of a coarse one 1.6%.
    pub fn middle(&self) -> f64 {
        0.5 * (self.lower as f64 + self.upper as f64)
    }
}

/// The bucket of a value where so many bits are kept below its leading one.
#[inline(always)]
fn bucket_of<const BITS: u32>(value: u64) -> usize {
    let shift = (63 - BITS) - (value | 1 << BITS).leading_zeros();
    ((shift as usize) << BITS) + (value >> shift) as usize
}

/// The values of such a bucket.
fn bounds<const BITS: u32>(bucket: usize) -> (u64, u64) {
    let shift = (bucket >> BITS).saturating_sub(1) as u32;
    let leading = (bucket - ((shift as usize) << BITS)) as u64;
    let lower = leading << shift;
    (lower, lower + ((1u64 << shift) - 1))
}

impl<B: Buckets> Counts<B> {
    /// An empty one.
    pub fn new() -> Counts<B> {
        Counts { counts: Vec::new(), total: 0, of: PhantomData }
    }

    /// The counts up to the highest bucket in use.
    fn used(&self) -> &[u64] {
        let used = self.counts.iter().rposition(|c| *c > 0).map_or(0, |last| last + 1);
        &self.counts[..used]
    }

    /// How many buckets hold something.
    pub(super) fn in_use(&self) -> usize {
        self.counts.iter().map(|count| usize::from(*count > 0)).sum()
    }

    /// Counts so many values in a bucket.
    pub fn add_to_bucket(&mut self, bucket: usize, count: u64) {
        if self.counts.len() <= bucket {
            self.counts.resize(bucket + 1, 0);
        }
        self.counts[bucket] += count;
        self.total += count;
    }

    /// Room for buckets up to one, and their counts; the counter of all is not theirs.
    pub(super) fn room(&mut self, buckets: usize) -> (&mut [u64], &mut u64) {
        if self.counts.len() < buckets {
            self.counts.resize(buckets, 0);
        }
        (&mut self.counts, &mut self.total)
    }

    /// Adds all that another holds: exact, in any order.
    pub fn add(&mut self, other: &Counts<B>) {
        let used = other.used();
        if self.counts.len() < used.len() {
            self.counts.resize(used.len(), 0);
        }
        for (count, more) in self.counts.iter_mut().zip(used) {
            *count += more;
        }
        self.total += other.total;
    }

    /// Takes away what was added before, for leaving groups out.
    ///
    /// # Panics
    /// When `other` holds something that this one does not.
    pub fn subtract(&mut self, other: &Counts<B>) {
        let less = other.used();
        assert!(less.len() <= self.counts.len(), "what is taken away was added before");
        for (count, less) in self.counts.iter_mut().zip(less) {
            *count = count.checked_sub(*less).expect("what is taken away was added before");
        }
        self.total -= other.total;
        let used = self.used().len();
        self.counts.truncate(used);
    }

    /// How many values.
    pub fn total(&self) -> u64 {
        self.total
    }

    /// Buckets in use, from the shortest.
    pub fn buckets(&self) -> impl Iterator<Item = Bucket> {
        self.counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(bucket, count)| {
            let (lower, upper) = B::bounds(bucket);
            Bucket { lower, upper, count: *count }
        })
    }

    /// The value below or at which a share `q` lies, microseconds, off by at most [`Buckets::ROUNDING`]; none without values.
    ///
    /// It is the middle of the bucket of the ⌈q n⌉th value (the first for q = 0): no interpolation, as befits pooled
    /// waits of which a good part may be exactly zero.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let (bucket, _) = self.at(q * self.total as f64)?;
        Some(bucket.middle())
    }

    /// The greatest value, as [`Counts::quantile`] tells it for q = 1.
    pub(super) fn longest(&self) -> Option<f64> {
        let (lower, upper) = B::bounds(self.used().len().checked_sub(1)?);
        Some(Bucket { lower, upper, count: 0 }.middle())
    }

    /// A quantile with the values of a bucket taken as spread evenly over it, microseconds: it moves a little with every
    /// value added, where [`Counts::quantile`] stays in its bucket. What errors are worked out from; none without
    /// values.
    pub fn smooth_quantile(&self, q: f64) -> Option<f64> {
        let wanted = (q * self.total as f64).max(0.0);
        let (bucket, below) = self.at(wanted)?;
        let part = ((wanted - below as f64) / bucket.count as f64).clamp(0.0, 1.0);
        Some(bucket.lower as f64 + part * (bucket.upper - bucket.lower) as f64)
    }

    /// The bucket of the value that so many values do not exceed (of the first, of none), and how many lie below it.
    fn at(&self, wanted: f64) -> Option<(Bucket, u64)> {
        let rank = (wanted.ceil() as u64).clamp(1, self.total.max(1));
        let mut below = 0;
        let bucket = self.counts.iter().position(|count| {
            below += count;
            below >= rank
        })?;
        let ((lower, upper), count) = (B::bounds(bucket), self.counts[bucket]);
        Some((Bucket { lower, upper, count }, below - count))
    }

    /// The mean, microseconds, from the middles of buckets: off by at most [`Buckets::ROUNDING`]; none without values.
    pub fn mean(&self) -> Option<f64> {
        let sum = self.buckets().fold(0.0, |sum, bucket| sum + bucket.count as f64 * bucket.middle());
        (self.total > 0).then(|| sum / self.total as f64)
    }

    /// [`Histogram::share_within`] at each of several times, the shortest first, to the same bits: the counts are gone
    /// through once. None without values.
    pub fn shares_within(&self, rising: impl IntoIterator<Item = Micros>) -> Option<Vec<f64>> {
        let mut left = self.buckets().peekable();
        let mut below = 0;
        let shares = rising.into_iter().map(|time| {
            while let Some(bucket) = left.next_if(|bucket| bucket.upper <= time) {
                below += bucket.count;
            }
            let part = left.peek().map_or(0.0, |bucket| bucket.count as f64 * part_within(*bucket, time));
            (below as f64 + part) / self.total as f64
        });
        (self.total > 0).then(|| shares.collect())
    }

    /// Share of values up to and including `time`, spread evenly within its bucket; none without values.
    pub fn share_within(&self, time: Micros) -> Option<f64> {
        let within =
            self.buckets().fold(0.0, |sum, bucket| sum + bucket.count as f64 * part_within(bucket, time));
        (self.total > 0).then(|| within / self.total as f64)
    }
}

impl Histogram {
    /// Counts one value.
    pub fn record(&mut self, micros: Micros) {
        self.add_to_bucket(Fine::of(micros), 1);
    }

    /// Adds all that a stored one holds: exact, in any order.
    pub fn add_stored(&mut self, other: &StoredHistogram) {
        let Some((last, _)) = other.0.last() else { return };
        if self.counts.len() <= *last as usize {
            self.counts.resize(*last as usize + 1, 0);
        }
        for (bucket, count) in &other.0 {
            self.counts[*bucket as usize] += count;
            self.total += count;
        }
    }

    /// The same in wider buckets, each of whole fine ones.
    pub fn widened<B: Buckets>(&self) -> Counts<B> {
        let mut wide = Counts::new();
        self.buckets().for_each(|bucket| wide.add_to_bucket(B::of(bucket.lower), bucket.count));
        wide
    }
}

/// The part of a bucket's values that lie up to and including `time`, as if spread evenly.
pub(super) fn part_within(bucket: Bucket, time: Micros) -> f64 {
    if time >= bucket.upper {
        1.0
    } else if time < bucket.lower {
        0.0
    } else {
        (time - bucket.lower + 1) as f64 / (bucket.upper - bucket.lower + 1) as f64
    }
}

/// A histogram as it is stored: numbers of buckets in use, rising, each with its count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<(u32, u64)>", into = "Vec<(u32, u64)>")]
pub struct StoredHistogram(Vec<(u32, u64)>);

impl From<StoredHistogram> for Vec<(u32, u64)> {
    fn from(stored: StoredHistogram) -> Vec<(u32, u64)> {
        stored.0
    }
}

impl Serialize for Histogram {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        StoredHistogram::from(self).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Histogram {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Histogram, D::Error> {
        StoredHistogram::deserialize(deserializer).map(Histogram::from)
    }
}

impl From<&Histogram> for StoredHistogram {
    fn from(histogram: &Histogram) -> StoredHistogram {
        let used = histogram.counts.iter().enumerate().filter(|(_, count)| **count > 0);
        StoredHistogram(used.map(|(bucket, count)| (bucket as u32, *count)).collect())
    }
}

impl From<StoredHistogram> for Histogram {
    fn from(stored: StoredHistogram) -> Histogram {
        let mut histogram = Histogram::new();
        histogram.add_stored(&stored);
        histogram
    }
}

/// Why stored counts are no histogram.
#[derive(Debug, thiserror::Error)]
#[error("a stored histogram has a bucket {0} that is out of order or does not exist, or a count of zero")]
pub struct StoredHistogramError(u32);

impl TryFrom<Vec<(u32, u64)>> for StoredHistogram {
    type Error = StoredHistogramError;

    fn try_from(stored: Vec<(u32, u64)>) -> Result<StoredHistogram, StoredHistogramError> {
        let (mut next, mut total) = (0, 0u64);
        for &(bucket, count) in &stored {
            let sum = total.checked_add(count).filter(|_| bucket >= next && count > 0);
            let sum = sum.filter(|_| (bucket as usize) < MOST);
            (next, total) = (bucket + 1, sum.ok_or(StoredHistogramError(bucket))?);
        }
        Ok(StoredHistogram(stored))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::LONGEST;
    use proptest::prelude::*;

    #[test]
    fn buckets_follow_each_other_without_gap_and_are_narrow() {
        let mut next = 0u64;
        for bucket in 0..MOST {
            let (lower, upper) = Fine::bounds(bucket);
            assert_eq!(lower, next);
            assert_eq!((Fine::of(lower), Fine::of(upper)), (bucket, bucket));
            assert!(upper - lower <= lower / 128, "{lower} to {upper}");
            next = upper.wrapping_add(1);
        }
        assert_eq!(next, 0, "the last bucket ends with the last number");
        assert_eq!(Fine::bounds(Fine::of(0)), (0, 0));
        assert!(Fine::of(LONGEST) < 5000);
    }

    /// Buckets follow each other without gap, each of whole fine ones, its middle off by no more than they say, or by as
    /// much as a short one may be.
    fn check_wide<B: Buckets>(short: f64) {
        let (mut next, mut fine) = (0u64, 0);
        for bucket in 0..B::MOST {
            let (lower, upper) = B::bounds(bucket);
            assert_eq!(lower, next);
            assert_eq!((B::of(lower), B::of(upper)), (bucket, bucket));
            assert_eq!(Fine::bounds(fine).0, lower, "a fine one begins with it");
            fine = Fine::of(upper) + 1;
            assert_eq!(Fine::bounds(fine - 1).1, upper, "a fine one ends with it");
            let middle = 0.5 * (lower as f64 + upper as f64);
            let off = (middle - lower as f64).max(upper as f64 - middle);
            assert!(off <= (B::ROUNDING * middle).max(short), "{lower} to {upper}");
            next = upper.wrapping_add(1);
        }
        assert_eq!(next, 0, "the last bucket ends with the last number");
    }

    #[test]
    fn wide_buckets_are_of_whole_fine_ones_without_gap() {
        // Below 128 µs, where fine ones are of 1 µs, by 1.5 µs at most.
        check_wide::<Coarse>(1.5);
        assert_eq!((Coarse::bounds(0), Coarse::bounds(1), Coarse::bounds(2)), ((0, 0), (1, 3), (4, 7)));
        check_wide::<Eighths>(0.5 * 131_071.0);
        assert_eq!((Eighths::bounds(0), Eighths::bounds(1)), ((0, 0), (1, 131_071)));
        assert_eq!(Eighths::bounds(64), (63 * 131_072, 64 * 131_072 - 1));
        assert_eq!(Eighths::bounds(65), (64 * 131_072, 66 * 131_072 - 1));
        assert!(Eighths::of(3_600_000_000) < 400);
    }

    #[test]
    fn quantiles_are_within_one_per_cent() {
        let mut histogram = Histogram::new();
        let value = |i: u64| i * i * 37;
        (0..10_001).for_each(|i| histogram.record(value(i)));
        for q in [0.0, 0.1, 0.5, 0.9, 0.99, 1.0] {
            let exact = value((q * 10_001f64).ceil().max(1.0) as u64 - 1) as f64;
            let found = histogram.quantile(q).unwrap();
            assert!((found - exact).abs() <= 0.004 * exact, "{q}: {found} {exact}");
        }
        assert_eq!(histogram.total(), 10_001);
        assert_eq!(Histogram::new().quantile(0.5), None);
        let exact = (0..10_001).map(|i| value(i) as f64).sum::<f64>() / 10_001.0;
        assert!((histogram.mean().unwrap() / exact - 1.0).abs() < 0.004);
        let share = histogram.share_within(value(5000)).unwrap();
        // A bucket of 1/128 of the value holds 1/256 of the indices up to it, of which the even spread errs by less.
        assert!((share - 0.5).abs() < 0.5 / 256.0, "{share}");
    }

    #[test]
    fn waits_of_zero_are_told_from_all_others() {
        let mut histogram = Histogram::new();
        [0, 0, 0, 1].iter().for_each(|w| histogram.record(*w));
        assert_eq!(histogram.share_within(0), Some(0.75));
        assert_eq!(histogram.quantile(0.75), Some(0.0));
        assert_eq!(histogram.quantile(0.76), Some(1.0));
    }

    #[test]
    fn a_smooth_quantile_stays_in_its_bucket_and_moves_within_it() {
        let mut histogram = Histogram::new();
        (0..1000u64).for_each(|i| histogram.record(1_000_000 + i));
        (0..1000u64).for_each(|_| histogram.record(0));
        assert_eq!(histogram.smooth_quantile(0.3), Some(0.0));
        let at = |q| (histogram.smooth_quantile(q).unwrap(), histogram.quantile(q).unwrap());
        for i in 501..999 {
            let ((low, coarse), (high, _)) = (at(f64::from(i) / 1000.0), at(f64::from(i + 1) / 1000.0));
            assert!(low < high && (low - coarse).abs() <= 0.004 * coarse, "{i}: {low} {coarse}");
        }
        assert_eq!(Histogram::new().smooth_quantile(0.5), None);
    }

    #[test]
    fn a_stored_histogram_that_is_none_is_refused() {
        for wrong in ["[[5, 1], [5, 1]]", "[[9, 1], [3, 1]]", "[[4000000000, 1]]", "[[1, 0]]"] {
            assert!(serde_json::from_str::<Histogram>(wrong).is_err(), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn merging_and_storing_are_exact(
            a in prop::collection::vec(0u64..LONGEST, 0..50),
            b in prop::collection::vec(0u64..LONGEST, 0..50),
        ) {
            let of = |values: &[u64]| {
                let mut histogram = Histogram::new();
                values.iter().for_each(|v| histogram.record(*v));
                histogram
            };
            let (ha, hb) = (of(&a), of(&b));
            let mut merged = ha.clone();
            merged.add(&hb);
            prop_assert_eq!(&merged, &of(&[a.clone(), b].concat()));
            let times: Vec<Micros> = (0..64).map(|power| 1 << power).collect();
            let shares: Option<Vec<f64>> = times.iter().map(|time| merged.share_within(*time)).collect();
            prop_assert_eq!(merged.shares_within(times), shares);
            let stored = serde_json::to_string(&merged).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Histogram>(&stored).unwrap(), &merged);
            merged.subtract(&hb);
            prop_assert_eq!(merged, ha);
        }
    }
}
