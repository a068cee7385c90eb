//! Busyness: random factors of mean one by day and by interval, correlated along the days and along the day.
//!
//! X = F⁻¹(Φ(Z)), F gamma with mean 1 and the given coefficient of variation, Z a stationary AR(1) with lag-one
//! correlation phi. The normal scores' innovations are addressed by queue, day and cell, so that options with other
//! coefficients meet the same days.

use crate::law::special::{normal_cdf, normal_quantile};
use crate::law::{Law, Sampler, Samplers};
use crate::random::{Key, Purpose};
use crate::scenario::Demand;

/// The factors of one queue under one option.
#[derive(Debug, Clone)]
pub struct Busyness {
    day: Option<Sampler>,
    day_phi: f64,
    /// Weights of the innovation that all queues share and of the queue's own; `None` without correlation.
    day_shared: Option<(f64, f64)>,
    interval: Option<Sampler>,
    interval_phi: f64,
}

/// The gamma law of mean 1 (thousand seconds, since samplers count microseconds) with a coefficient of variation.
fn factor_law(cv: f64, samplers: &mut Samplers) -> Option<Sampler> {
    (cv > 0.0).then(|| samplers.of(&Law::gamma_by_mean(UNIT, cv)))
}

/// A factor of one, in the sampler's seconds: its resolution of a microsecond is then one part in 10⁹.
const UNIT: f64 = 1000.0;

fn factor(law: &Sampler, score: f64) -> f64 {
    let u = normal_cdf(score).clamp(1e-16, 1.0 - 1e-16);
    law.micros(u) as f64 / (UNIT * 1e6)
}

/// One step of a stationary AR(1) with unit variance.
fn step(previous: Option<f64>, phi: f64, innovation: f64) -> f64 {
    match previous {
        Some(z) => phi * z + libm::sqrt(1.0 - phi * phi) * innovation,
        None => innovation,
    }
}

/// In the place of a queue's number: the innovation that all queues share. No queue has so high a number.
const ALL_QUEUES: u64 = 1 << 20;

impl Busyness {
    /// Prepares the factors of a queue.
    pub fn new(demand: &Demand) -> Busyness {
        Busyness::with(demand, &mut Samplers::default())
    }

    /// Prepares the factors of a queue from laws that may be compiled already.
    pub fn with(demand: &Demand, samplers: &mut Samplers) -> Busyness {
        Busyness {
            day: factor_law(demand.day_cv, samplers),
            day_phi: demand.day_phi,
            day_shared: (demand.day_correlation > 0.0)
                .then(|| (demand.day_correlation.sqrt(), (1.0 - demand.day_correlation).max(0.0).sqrt())),
            interval: factor_law(demand.interval_cv, samplers),
            interval_phi: demand.interval_phi,
        }
    }

    /// Whether demand varies at all beyond its profile.
    pub fn is_none(&self) -> bool {
        self.day.is_none() && self.interval.is_none()
    }

    /// The normal score of an open day, given that of the open day before; an addressed draw.
    pub fn day_score(&self, root: Key, queue: u64, day: u32, previous: Option<f64>) -> f64 {
        let score = |queue: u64| {
            normal_quantile(root.purpose(Purpose::DayFactor).uniform_at(queue << 32 | u64::from(day)))
        };
        let own = score(queue);
        let innovation = self.day_shared.map_or(own, |(all, one)| all * score(ALL_QUEUES) + one * own);
        step(previous, self.day_phi, innovation)
    }

    /// Multiplies a day's rates by its day factor (of the given score) and its interval factors. Only cells with a
    /// positive rate take part; the interval scores start anew, stationary, at the day's first such cell.
    pub fn apply(&self, root: Key, queue: u64, day: u32, day_score: f64, rates: &mut [f64]) {
        let of_day = self.day.as_ref().map_or(1.0, |law| factor(law, day_score));
        let cells = root.purpose(Purpose::IntervalFactor);
        let mut score = None;
        for (cell, rate) in rates.iter_mut().enumerate() {
            if *rate <= 0.0 {
                continue;
            }
            *rate *= of_day;
            if let Some(law) = &self.interval {
                let u = cells.uniform_at(queue << 48 | u64::from(day) << 16 | cell as u64);
                let z = step(score, self.interval_phi, normal_quantile(u));
                *rate *= factor(law, z);
                score = Some(z);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Calendar, Volume};

    fn demand(day_cv: f64, interval_cv: f64) -> Demand {
        Demand {
            volume: Volume::PerHour(60.0),
            shape: None,
            times: 1.0,
            calendar: Calendar::default(),
            straight_lines: false,
            first_call_share: 1.0,
            day_cv,
            day_phi: 0.6,
            day_correlation: 0.0,
            interval_cv,
            interval_phi: 0.7,
        }
    }

    /// Mean, variance and lag-one correlation of pairs of neighbours (x, y).
    fn moments(pairs: &[(f64, f64)]) -> (f64, f64, f64) {
        let n = pairs.len() as f64;
        let mean = pairs.iter().map(|p| p.0).sum::<f64>() / n;
        let other = pairs.iter().map(|p| p.1).sum::<f64>() / n;
        let variance = pairs.iter().map(|p| (p.0 - mean) * (p.0 - mean)).sum::<f64>() / n;
        let second = pairs.iter().map(|p| (p.1 - other) * (p.1 - other)).sum::<f64>() / n;
        let joint = pairs.iter().map(|p| (p.0 - mean) * (p.1 - other)).sum::<f64>() / n;
        (mean, variance, joint / libm::sqrt(variance * second))
    }

    /// The normal score that a factor came from.
    fn score(factor: f64, cv: f64) -> f64 {
        normal_quantile(Law::gamma_by_mean(1.0, cv).cdf(factor).clamp(1e-15, 1.0 - 1e-15))
    }

    // Level of each check: 4 standard errors of independent pairs, two-sided 6 in 100,000, at one fixed seed a pair.
    // Power: a mean off by 1%, a coefficient of variation off by 2% or a correlation off by 0.02 is 6 or more.
    const PAIRS: u32 = 40_000;

    fn check(pairs: &[(f64, f64)], cv: f64, phi: f64) {
        let n = f64::from(PAIRS);
        let (mean, variance, _) = moments(pairs);
        assert!((mean - 1.0).abs() < 4.0 * cv / libm::sqrt(n), "mean {mean}");
        // A gamma law's fourth central moment is σ⁴(3 + 6 cv²), so its variance is known to σ²√((2 + 6 cv²)/n).
        let error = cv * cv * libm::sqrt((2.0 + 6.0 * cv * cv) / n);
        assert!((variance - cv * cv).abs() < 4.0 * error, "variance {variance}");
        let scores: Vec<_> = pairs.iter().map(|p| (score(p.0, cv), score(p.1, cv))).collect();
        let (_, _, correlation) = moments(&scores);
        assert!((correlation - phi).abs() < 4.0 * (1.0 - phi * phi) / libm::sqrt(n), "{correlation}");
    }

    #[test]
    fn interval_factors_have_mean_variance_and_correlation_of_their_formula() {
        let busyness = Busyness::new(&demand(0.0, 0.25));
        let pairs: Vec<_> = (0..PAIRS)
            .map(|r| {
                let mut rates = [1.0, 0.0, 1.0, 1.0];
                busyness.apply(Key::replication(11, r), 0, 3, 0.0, &mut rates);
                assert_eq!(rates[1], 0.0);
                // Closed cells are passed over: the neighbours are cells 2 and 3.
                (rates[2], rates[3])
            })
            .collect();
        check(&pairs, 0.25, 0.7);
    }

    #[test]
    fn day_factors_have_mean_variance_and_correlation_of_their_formula() {
        let busyness = Busyness::new(&demand(0.15, 0.0));
        let pairs: Vec<_> = (0..PAIRS)
            .map(|r| {
                let root = Key::replication(12, r);
                let mut factors = [1.0, 1.0];
                // The second score follows two open days after the first simulated one.
                let first = busyness.day_score(root, 0, 4, None);
                let mut day = busyness.day_score(root, 0, 7, Some(first));
                let mut one = [1.0];
                busyness.apply(root, 0, 7, day, &mut one);
                factors[0] = one[0];
                day = busyness.day_score(root, 0, 8, Some(day));
                one = [1.0];
                busyness.apply(root, 0, 8, day, &mut one);
                factors[1] = one[0];
                (factors[0], factors[1])
            })
            .collect();
        check(&pairs, 0.15, 0.6);
    }

    #[test]
    fn day_factors_of_two_queues_are_correlated_as_asked() {
        let shared = |share: f64| Busyness::new(&Demand { day_correlation: share, ..demand(0.15, 0.0) });
        for (a, b) in [(0.5, 0.5), (1.0, 1.0), (0.9, 0.4), (0.5, 0.0)] {
            let (first, second) = (shared(a), shared(b));
            let pairs: Vec<_> = (0..PAIRS)
                .map(|r| {
                    let root = Key::replication(14, r);
                    // The second open day: what is correlated lasts.
                    let x = first.day_score(root, 0, 3, Some(first.day_score(root, 0, 2, None)));
                    let y = second.day_score(root, 1, 3, Some(second.day_score(root, 1, 2, None)));
                    (x, y)
                })
                .collect();
            let (mean, variance, correlation) = moments(&pairs);
            let n = f64::from(PAIRS);
            assert!(mean.abs() < 4.0 / n.sqrt(), "mean {mean}");
            assert!((variance - 1.0).abs() < 4.0 * (2.0 / n).sqrt(), "variance {variance}");
            let target = libm::sqrt(a * b);
            assert!(
                (correlation - target).abs() <= 4.0 * (1.0 - target * target) / n.sqrt() + 1e-12,
                "{correlation}"
            );
        }
    }

    #[test]
    fn other_coefficients_meet_the_same_days() {
        let (calm, wild) = (Busyness::new(&demand(0.1, 0.0)), Busyness::new(&demand(0.3, 0.0)));
        let root = Key::replication(13, 0);
        for day in 0..50 {
            let score = calm.day_score(root, 0, day, None);
            assert_eq!(score, wild.day_score(root, 0, day, None));
        }
    }
}
