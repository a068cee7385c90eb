//! The wait of a caller who never gives up, from waits that ended in an answer and waits that were broken off.

use super::histogram::{Bucket, Buckets, Counts, part_within};
use crate::unit::Micros;

/// The Kaplan-Meier estimate of P(wait > t) (Journal of the American Statistical Association 53, 1958).
///
/// S falls at each bucket with an answered wait by the factor 1 − answered / still waiting. Within a bucket (0.8%
/// wide at most) answers come before abandonments, as at equal times, and are taken as spread evenly. A coarse bucket
/// counts as the fine ones it holds, answers and abandonments shared out evenly over them.
#[derive(Debug, Clone, PartialEq)]
pub struct Survival {
    steps: Vec<Step>,
    /// The longest wait seen, answered or not: middle of its bucket, microseconds.
    longest: f64,
}

/// A bucket in which S falls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    /// The least wait of the bucket, microseconds.
    pub lower: Micros,
    /// The greatest, microseconds.
    pub upper: Micros,
    /// S after it.
    pub survival: f64,
}

/// The survival of the wait, answered waits being events and abandoned ones censored; none without any wait.
pub fn kaplan_meier<B: Buckets>(answered: &Counts<B>, abandoned: &Counts<B>) -> Option<Survival> {
    let mut waiting = answered.total() + abandoned.total();
    let longest = [answered, abandoned].into_iter().filter_map(Counts::longest).reduce(f64::max)?;
    let mut abandoned = abandoned.buckets();
    let mut left = abandoned.next();
    let mut steps = Vec::with_capacity(answered.in_use());
    let mut survival = 1.0;
    for Bucket { lower, upper, count } in answered.buckets() {
        while let Some(gone) = left.filter(|gone| gone.lower < lower) {
            waiting -= gone.count;
            left = abandoned.next();
        }
        if B::FINE == 1 || lower == upper {
            survival *= (waiting as f64 - count as f64) / waiting as f64;
        } else {
            let gone = left.filter(|gone| gone.lower == lower).map_or(0, |gone| gone.count);
            let of_part = |all: u64| all as f64 / B::FINE as f64;
            let mut left_waiting = waiting as f64;
            for _ in 0..B::FINE {
                survival *= (left_waiting - of_part(count)) / left_waiting;
                left_waiting -= of_part(count + gone);
            }
        }
        waiting -= count;
        steps.push(Step { lower, upper, survival });
    }
    Some(Survival { steps, longest })
}

impl Survival {
    /// The same where the longest wait seen is known more exactly than by its bucket, microseconds.
    pub fn ending_at(self, longest: Micros) -> Survival {
        Survival { longest: longest as f64, ..self }
    }

    /// The buckets in which S falls, from the shortest wait.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// S after the longest wait seen: 0 if that one was answered; above 0 if it was abandoned, and then the data
    /// cannot say how long the rest of such waits is.
    pub fn remainder(&self) -> f64 {
        self.steps.last().map_or(1.0, |step| step.survival)
    }

    /// The mean, microseconds: the area under S up to the longest wait seen.
    ///
    /// Where that wait was abandoned the mean is restricted to it: the share that [`Survival::remainder`] gives
    /// counts with the longest wait only, so the figure is a lower bound.
    pub fn mean(&self) -> f64 {
        let mut before = 1.0;
        let mut sum = 0.0;
        for step in &self.steps {
            sum += (before - step.survival) * 0.5 * (step.lower as f64 + step.upper as f64);
            before = step.survival;
        }
        sum + before * self.longest
    }

    /// P(wait > time).
    pub fn at(&self, time: Micros) -> f64 {
        let next = self.steps.partition_point(|step| step.upper <= time);
        let before = next.checked_sub(1).map_or(1.0, |i| self.steps[i].survival);
        match self.steps.get(next) {
            Some(step) => {
                let bucket = Bucket { lower: step.lower, upper: step.upper, count: 0 };
                before - (before - step.survival) * part_within(bucket, time)
            }
            None => before,
        }
    }

    /// P(wait ≤ time).
    pub fn share_within(&self, time: Micros) -> f64 {
        1.0 - self.at(time)
    }

    /// The wait that a share `q` does not exceed, microseconds; none where S never falls that low.
    pub fn quantile(&self, q: f64) -> Option<f64> {
        let next = self.steps.partition_point(|step| 1.0 - step.survival < q);
        self.steps.get(next).map(|step| 0.5 * (step.lower as f64 + step.upper as f64))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::{Coarse, Histogram};

    fn of(values: &[u64]) -> Histogram {
        let mut histogram = Histogram::new();
        values.iter().for_each(|v| histogram.record(*v));
        histogram
    }

    #[test]
    fn a_small_sample_gives_the_textbook_product() {
        // Answered at 1, 3, 3, 6; given up at 2, 3, 5: at risk 7, 5, 2 (6 is the last).
        let survival = kaplan_meier(&of(&[1, 3, 3, 6]), &of(&[2, 3, 5])).unwrap();
        let after: Vec<f64> = survival.steps().iter().map(|step| step.survival).collect();
        assert!((after[0] - 6.0 / 7.0).abs() < 1e-15);
        assert!((after[1] - 6.0 / 7.0 * 3.0 / 5.0).abs() < 1e-15);
        assert_eq!(after[2], 0.0);
        assert_eq!((survival.at(0), survival.at(1)), (1.0, after[0]));
        assert!((survival.share_within(4) - (1.0 - after[1])).abs() < 1e-15);
        // Area: 1 · 1 + 6/7 · 2 + 18/35 · 3.
        assert!((survival.mean() - (1.0 + 12.0 / 7.0 + 54.0 / 35.0)).abs() < 1e-14);
        assert_eq!(survival.remainder(), 0.0);
        assert_eq!(survival.quantile(0.3), Some(3.0));
    }

    #[test]
    fn a_longest_wait_that_was_abandoned_restricts_the_mean() {
        let survival = kaplan_meier(&of(&[0, 4]), &of(&[10, 10])).unwrap();
        assert_eq!(survival.remainder(), 0.5);
        assert_eq!(survival.mean(), 0.25 * 4.0 + 0.5 * 10.0);
        assert_eq!(survival.quantile(0.6), None);
        let nobody_answered = kaplan_meier(&of(&[]), &of(&[7])).unwrap();
        assert_eq!((nobody_answered.mean(), nobody_answered.at(100)), (7.0, 1.0));
        assert_eq!(kaplan_meier(&of(&[]), &of(&[])), None);
    }

    /// Between 1.07 and 1.1 s, one coarse bucket of four: of eight who wait longest, four are answered, four give up.
    #[test]
    fn a_coarse_bucket_counts_as_the_fine_ones_it_holds() {
        let lower = (1u64 << 20) + (1 << 15);
        let waits: Vec<u64> = (0..4).map(|fine| lower + fine * (1 << 13) + 17).collect();
        let [fine, coarse] = {
            let (answered, lost) = (of(&waits), of(&waits));
            let [wide_answered, wide_lost] = [&answered, &lost].map(Histogram::widened::<Coarse>);
            [kaplan_meier(&answered, &lost), kaplan_meier(&wide_answered, &wide_lost)]
        };
        let (fine, coarse) = (fine.unwrap(), coarse.unwrap());
        // 7/8 of 8, 5/6 of 6, 3/4 of 4, 1/2 of 2.
        let wanted = 7.0 / 8.0 * 5.0 / 6.0 * 3.0 / 4.0 / 2.0;
        assert_eq!((fine.steps().len(), coarse.steps().len()), (4, 1));
        assert!((fine.remainder() - wanted).abs() < 1e-15 && (coarse.remainder() - wanted).abs() < 1e-15);
    }

    #[test]
    fn without_abandonment_it_is_the_share_of_waits() {
        let waits: Vec<u64> = (0..1000).map(|i| i * i * 1000).collect();
        let answered = of(&waits);
        let survival = kaplan_meier(&answered, &Histogram::new()).unwrap();
        for t in [0, 10_000, 123_456_789, 999_000_000] {
            // A product of up to a thousand factors, each rounded twice.
            assert!((survival.share_within(t) - answered.share_within(t).unwrap()).abs() < 1e-12);
        }
        assert!((survival.mean() / answered.mean().unwrap() - 1.0).abs() < 1e-12);
    }
}
