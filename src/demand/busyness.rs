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
fn step(previous: Option<f64>, phi: f64, u: f64) -> f64 {
    let innovation = normal_quantile(u);
    match previous {
        Some(z) => phi * z + libm::sqrt(1.0 - phi * phi) * innovation,
        None => innovation,
    }
}

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
        let u = root.purpose(Purpose::DayFactor).uniform_at(queue << 32 | u64::from(day));
        step(previous, self.day_phi, u)
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
                let z = step(score, self.interval_phi, u);
                *rate *= factor(law, z);
                score = Some(z);
            }
        }
    }
}
