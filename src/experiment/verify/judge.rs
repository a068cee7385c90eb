//! What is held of a figure, of a row and of all rows together.

use super::Depth;
use super::count::Counts;
use crate::law::special::{chi_square_quantile, normal_quantile, t_cdf};
use crate::statistics::Moments;
use crate::theory::{Row, RowMeasure};

/// A z-score beyond this is rerun: two-sided 1 in 10,000.
pub const FARTHEST: f64 = 3.9;
/// The three z-scores of a rerun, added up and divided by √3, may not be beyond this: two-sided 1 in 1,000.
pub const FARTHEST_AGAIN: f64 = 3.3;
/// The mean of n gates may not be beyond this over √n: two-sided 1 in 1,000.
const FARTHEST_MEAN: f64 = 3.3;
/// The chance that the variance of the gates lies outside its bounds although all is well, both sides together.
const VARIANCE_LEVEL: f64 = 1e-3;
/// A share must be this many standard errors from 0 and from 1, a time from 0, for its estimate to be near normal:
/// some 400 independent events. Those nearer are rare.
const NORMAL: f64 = 20.0;

/// One exact number against the simulation.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifiedFigure {
    /// What it is of.
    pub measure: RowMeasure,
    /// By theory.
    pub exact: f64,
    /// By simulation: a ratio of sums over replications.
    pub simulated: f64,
    /// Standard error of the simulated value, by the delta method over replications.
    pub error: f64,
    /// How far apart they are: the point of the standard normal law as unlikely as (simulated − exact) / error is
    /// under Student's t with replications − 1 degrees of freedom. None where the event is too rare (or too near
    /// certain) for that: such a figure is held to the tolerance alone.
    pub z: Option<f64>,
    /// The standard error asked for.
    pub asked: f64,
    /// z-scores under three other seeds, where z was beyond [`FARTHEST`].
    pub again: Vec<f64>,
}

impl VerifiedFigure {
    /// Whether a rerun is due before anything is said.
    pub fn is_suspect(&self) -> bool {
        self.z.is_some_and(|z| z.is_nan() || z.abs() > FARTHEST)
    }

    /// Whether the simulation agrees with theory here.
    pub fn holds(&self) -> bool {
        match self.z {
            None => (self.simulated - self.exact).abs() <= FARTHEST * self.asked,
            Some(_) if !self.is_suspect() => true,
            Some(_) => self.cleared(),
        }
    }

    /// Whether reruns have shown a far z to be chance.
    fn cleared(&self) -> bool {
        let together = self.again.iter().sum::<f64>() / (self.again.len() as f64).sqrt();
        together.abs() <= FARTHEST_AGAIN && self.again.iter().all(|z| z.abs() <= FARTHEST)
    }

    /// Whether the standard error is as small as asked for.
    pub fn is_precise(&self) -> bool {
        self.error <= self.asked
    }
}

/// The standard error asked for: part of the value or an absolute floor, whichever is larger.
pub(super) fn asked(depth: Depth, measure: RowMeasure, exact: f64) -> f64 {
    let (part, share, time) = match depth {
        Depth::Full => (0.003, 0.0002, 0.02),
        Depth::Quick => (0.01, 0.002, 0.05),
    };
    (part * exact.abs()).max(if measure.is_share() { share } else { time })
}

/// Distance of an exact value from where it could be no further: a share from 0 or 1, a time from 0.
fn room(measure: RowMeasure, exact: f64) -> f64 {
    if measure.is_share() { exact.min(1.0 - exact) } else { exact }
}

/// The standard error a gate needs to be near normal.
pub(super) fn asked_of_gate(measure: RowMeasure, exact: f64) -> f64 {
    room(measure, exact) / NORMAL
}

/// Ratio of sums and its standard error by the delta method.
fn ratio(terms: &[(f64, f64)]) -> (f64, f64) {
    let top: f64 = terms.iter().fold(0.0, |sum, t| sum + t.0);
    let bottom: f64 = terms.iter().fold(0.0, |sum, t| sum + t.1);
    let n = terms.len() as f64;
    let ratio = top / bottom;
    let spread = Moments::of(terms.iter().map(|(n, d)| n - ratio * d)).sd().unwrap_or(f64::NAN);
    (ratio, spread / n.sqrt() / (bottom / n))
}

/// The standard normal point as unlikely as `t` is under Student's law.
pub(super) fn normal_score(t: f64, degrees: f64) -> f64 {
    let tail = t_cdf(-t.abs(), degrees);
    // So far out that the tail is lost, t itself is as telling.
    if tail > 0.0 { -normal_quantile(tail) * t.signum() } else { t }
}

/// All figures of a row from its replications.
pub(super) fn figures(row: &Row, counts: &[Counts], depth: Depth) -> Vec<VerifiedFigure> {
    row.exact
        .iter()
        .filter_map(|(measure, exact)| {
            let terms: Option<Vec<_>> = counts.iter().map(|c| c.terms(*measure)).collect();
            let (simulated, error) = ratio(&terms?);
            let room = room(*measure, *exact);
            let calls: f64 = counts.iter().map(|c| c.of(*measure).offered as f64).sum();
            let must_wait = measure.of_next().map_or(RowMeasure::PWait, |_| RowMeasure::PWaitNext);
            let waits = row.value(must_wait).unwrap_or(0.0);
            // Expected events; of a time, callers who wait at all.
            let events = calls * if measure.is_share() { room } else { waits };
            let rare = events < NORMAL * NORMAL || room < NORMAL * error;
            let z = (!rare)
                .then(|| normal_score((simulated - exact) / error, counts.len().saturating_sub(1) as f64));
            Some(VerifiedFigure {
                measure: *measure,
                exact: *exact,
                simulated,
                error,
                z,
                asked: asked(depth, *measure, *exact),
                again: Vec::new(),
            })
        })
        .collect()
}

/// One z-score of each row, tested together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pooled {
    /// How many.
    pub count: usize,
    /// Their mean, and how far from 0 it may be.
    pub mean: f64,
    /// The farthest mean that is allowed.
    pub farthest_mean: f64,
    /// Their variance.
    pub variance: f64,
    /// The bounds of the variance.
    pub bounds: (f64, f64),
}

impl Pooled {
    /// Tests z-scores together; none for fewer than two.
    pub fn of(scores: &[f64]) -> Option<Pooled> {
        let moments = Moments::of(scores.iter().copied());
        let (mean, variance) = (moments.mean()?, moments.variance()?);
        let degrees = (scores.len() - 1) as f64;
        let bound = |p: f64| chi_square_quantile(p, degrees) / degrees;
        Some(Pooled {
            count: scores.len(),
            mean,
            farthest_mean: FARTHEST_MEAN / (scores.len() as f64).sqrt(),
            variance,
            bounds: (bound(0.5 * VARIANCE_LEVEL), bound(1.0 - 0.5 * VARIANCE_LEVEL)),
        })
    }

    /// Whether the mean is as near to 0 as chance allows.
    pub fn mean_holds(&self) -> bool {
        self.mean.abs() <= self.farthest_mean
    }

    /// Whether the variance is as near to 1 as chance allows.
    pub fn variance_holds(&self) -> bool {
        self.variance >= self.bounds.0 && self.variance <= self.bounds.1
    }
}
