//! The law of observations: each as likely as any other. Its quantile is a staircase, so it has no table but its
//! steps.

use super::LONGEST;
use crate::unit::{Micros, micros, seconds};
use std::sync::Arc;

/// Observations in whole microseconds, ascending; cheap to clone.
#[derive(Debug, Clone, PartialEq)]
pub struct Observations(Arc<[Micros]>);

impl Observations {
    /// Sorts observations; longer ones than can be drawn are taken as the longest. There must be at least one.
    pub fn new(mut values: Vec<Micros>) -> Observations {
        assert!(!values.is_empty(), "a law has at least one observation");
        values.iter_mut().for_each(|value| *value = (*value).min(LONGEST));
        values.sort_unstable();
        Observations(values.into())
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    fn n(&self) -> f64 {
        self.0.len() as f64
    }

    /// The mean, seconds: an exact sum, divided once.
    pub(super) fn mean(&self) -> f64 {
        self.0.iter().map(|v| u128::from(*v)).sum::<u128>() as f64 / (self.n() * 1e6)
    }

    /// The mean squared distance from the mean, seconds squared.
    pub(super) fn variance(&self) -> f64 {
        let mean = self.mean();
        self.0.iter().map(|v| (seconds(*v) - mean) * (seconds(*v) - mean)).sum::<f64>() / self.n()
    }

    /// The share of observations up to x seconds.
    pub(super) fn cdf(&self, x: f64) -> f64 {
        self.0.partition_point(|v| seconds(*v) <= x) as f64 / self.n()
    }

    /// The share of observations beyond x seconds.
    pub(super) fn sf(&self, x: f64) -> f64 {
        (self.0.len() - self.0.partition_point(|v| seconds(*v) <= x)) as f64 / self.n()
    }

    /// The least observation with at least a share `u` up to it.
    #[inline]
    pub(super) fn quantile(&self, u: f64) -> Micros {
        // The cast takes what is below 0 or not a number as 0.
        let rank = (u * self.n()).ceil() as usize;
        self.0[rank.clamp(1, self.0.len()) - 1]
    }

    /// The least observation beyond which there is at most a share `v`, in seconds.
    pub(super) fn upper_quantile(&self, v: f64) -> f64 {
        let beyond = (v * self.n()).floor() as usize;
        seconds(self.0[self.0.len() - 1 - beyond.min(self.0.len() - 1)])
    }
}

impl FromIterator<f64> for Observations {
    /// Observations in seconds.
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Observations {
        Observations::new(values.into_iter().map(|value| micros(value, LONGEST)).collect())
    }
}

#[cfg(test)]
mod tests {
    use crate::law::{Law, Observations, Sampler};

    #[test]
    fn every_observation_is_as_likely_as_any_other() {
        let law = Law::Empirical(Observations::from_iter([30.0, 10.0, 60.0, 10.0]));
        assert_eq!((law.mean(), law.variance()), (27.5, 418.75));
        assert_eq!([9.0, 10.0, 29.0, 30.0, 60.0].map(|x| law.cdf(x)), [0.0, 0.5, 0.5, 0.75, 1.0]);
        assert_eq!([9.0, 10.0, 59.0, 60.0].map(|x| law.sf(x)), [1.0, 0.5, 0.25, 0.0]);
        let sampler = Sampler::new(&law);
        let mut drawn = [0; 3];
        for i in 0..4000 {
            let u = (f64::from(i) + 0.5) / 4000.0;
            assert_eq!(sampler.micros(u), (1e6 * law.quantile(u)) as u64);
            drawn[match sampler.micros(u) {
                10_000_000 => 0,
                30_000_000 => 1,
                60_000_000 => 2,
                other => panic!("{other}"),
            }] += 1;
        }
        assert_eq!(drawn, [2000, 1000, 1000]);
        assert_eq!([0.25, 0.26, 0.5, 0.51].map(|v| law.upper_quantile(v)), [30.0, 30.0, 10.0, 10.0]);
        assert_eq!((sampler.micros(f64::NAN), sampler.micros(2.0)), (10_000_000, 60_000_000));
    }
}
