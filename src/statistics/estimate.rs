//! A figure over a whole run, with what is known of it.

use super::moments::{Moments, t95};
use super::percentile::percentiles;
use super::selection::Contender;

/// A figure estimated over replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate over the whole run: a mean, or a ratio of sums where the measure is a ratio.
    pub mean: f64,
    /// Its 95% interval; none from fewer than two replications.
    pub ci95: Option<(f64, f64)>,
    /// Standard deviation between replications, of the values or the single ratios; none of fewer than two.
    pub sd: Option<f64>,
    /// The value below which a tenth of the replications lie; none of fewer than two.
    pub p10: Option<f64>,
    /// The median replication; none of fewer than two.
    pub p50: Option<f64>,
    /// The value below which nine tenths of the replications lie; none of fewer than two.
    pub p90: Option<f64>,
}

impl Estimate {
    /// Half the width of the interval.
    pub fn half_width(&self) -> Option<f64> {
        self.ci95.map(|(low, high)| 0.5 * (high - low))
    }

    /// An estimate with the spread of single replications beside it.
    fn with_spread(
        mean: f64,
        half_width: Option<f64>,
        singles: impl Iterator<Item = f64> + Clone,
    ) -> Estimate {
        let moments = Moments::of(singles.clone());
        let spread = (moments.count() > 1).then(|| {
            // All at once, since which exist is told one by one.
            let mut values = Vec::with_capacity(moments.count() as usize);
            values.extend(singles);
            percentiles(values, [0.1, 0.5, 0.9])
        });
        let spread = spread.flatten();
        Estimate {
            mean,
            ci95: half_width.map(|half| (mean - half, mean + half)),
            sd: moments.sd(),
            p10: spread.map(|[p10, ..]| p10),
            p50: spread.map(|[_, p50, _]| p50),
            p90: spread.map(|[.., p90]| p90),
        }
    }
}

/// The mean of one value a replication, with a Student t interval; none without values.
pub fn mean_of(values: &[f64]) -> Option<Estimate> {
    let moments = Moments::of(values.iter().copied());
    Some(Estimate::with_spread(moments.mean()?, moments.half_width(), values.iter().copied()))
}

/// R = Σ nᵢ / Σ dᵢ over replications; none where the denominators add up to zero.
///
/// Its interval is by the delta method: the residuals nᵢ − R dᵢ add up to zero, their standard deviation over √n,
/// divided by the mean denominator, is the standard error, and t has n − 1 degrees of freedom. Single ratios, for
/// the spread, leave out replications whose own denominator is zero.
///
/// # Panics
/// When the two slices differ in length.
pub fn ratio(numerators: &[f64], denominators: &[f64]) -> Option<Estimate> {
    let line = Linearised::new(numerators, denominators)?;
    let half_width = Moments::of(line.residuals()).half_width();
    Some(Estimate::with_spread(line.ratio, half_width, line.singles().flatten()))
}

/// A ratio of sums with a residual for each replication; none where the denominators add up to zero.
///
/// # Panics
/// When the slices differ in length.
pub fn contender(numerators: &[f64], denominators: &[f64]) -> Option<Contender> {
    let line = Linearised::new(numerators, denominators)?;
    Some(Contender { figure: line.ratio, residuals: line.residuals().collect() })
}

/// A ratio of sums and what each replication adds to its error, to first order.
pub(super) struct Linearised<'a> {
    numerators: &'a [f64],
    denominators: &'a [f64],
    /// Σ nᵢ / Σ dᵢ.
    pub(super) ratio: f64,
    /// The mean denominator.
    mean: f64,
}

impl<'a> Linearised<'a> {
    /// None where the denominators add up to zero.
    pub(super) fn new(numerators: &'a [f64], denominators: &'a [f64]) -> Option<Linearised<'a>> {
        assert_eq!(numerators.len(), denominators.len(), "a numerator and a denominator each replication");
        let top: f64 = numerators.iter().fold(0.0, |sum, n| sum + n);
        let bottom: f64 = denominators.iter().fold(0.0, |sum, d| sum + d);
        if bottom == 0.0 {
            return None;
        }
        let mean = bottom / denominators.len() as f64;
        Some(Linearised { numerators, denominators, ratio: top / bottom, mean })
    }

    /// (nᵢ − R dᵢ)/d̄, whose standard error is the ratio's.
    pub(super) fn residuals(&self) -> impl Iterator<Item = f64> {
        self.numerators.iter().zip(self.denominators).map(|(n, d)| (n - self.ratio * d) / self.mean)
    }

    /// Each replication's own ratio, where it exists.
    pub(super) fn singles(&self) -> impl Iterator<Item = Option<f64>> + Clone {
        self.numerators.iter().zip(self.denominators).map(|(n, d)| (*d != 0.0).then(|| n / d))
    }
}

/// The 95% interval around `centre` from the moments of its residuals, one a replication; none of fewer than two.
pub(super) fn around(centre: f64, moments: &Moments) -> Option<(f64, f64)> {
    let half = t95(moments.count().max(2)) * moments.sd()? / (moments.count() as f64).sqrt();
    Some((centre - half, centre + half))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_has_the_interval_of_the_textbooks() {
        // Mean 10, variance 30, four values: 10 ± 3.182446305 √30/2.
        let estimate = mean_of(&[4.0, 7.0, 13.0, 16.0]).unwrap();
        assert_eq!(estimate.mean, 10.0);
        let (low, high) = estimate.ci95.unwrap();
        let half = 3.182_446_305_283_708 * 30f64.sqrt() / 2.0;
        assert!((low - (10.0 - half)).abs() < 1e-12 && (high - (10.0 + half)).abs() < 1e-12);
        assert!((estimate.half_width().unwrap() - half).abs() < 1e-12);
        assert_eq!(estimate.p50, Some(10.0));
        assert_eq!(estimate.sd, Some(30f64.sqrt()));
    }

    #[test]
    fn one_replication_says_nothing_of_its_error() {
        let estimate = mean_of(&[4.0]).unwrap();
        assert_eq!((estimate.mean, estimate.ci95, estimate.sd, estimate.p10), (4.0, None, None, None));
        assert_eq!(mean_of(&[]), None);
    }

    #[test]
    fn a_ratio_is_one_of_sums_and_leaves_out_what_does_not_exist() {
        let estimate = ratio(&[8.0, 0.0, 90.0], &[10.0, 0.0, 100.0]).unwrap();
        assert_eq!(estimate.mean, 98.0 / 110.0);
        assert!((estimate.p50.unwrap() - 0.85).abs() < 1e-15);
        assert_eq!(ratio(&[0.0, 0.0], &[0.0, 0.0]), None);
        assert_eq!(ratio(&[], &[]), None);
    }

    #[test]
    fn a_ratio_over_constant_denominators_is_a_mean() {
        let values = [0.3, 0.5, 0.9, 0.2];
        let (a, b) = (mean_of(&values).unwrap(), ratio(&values, &[1.0; 4]).unwrap());
        assert!((a.mean - b.mean).abs() < 1e-15);
        assert!((a.half_width().unwrap() - b.half_width().unwrap()).abs() < 1e-14);
        assert_eq!((a.p10, a.p90), (b.p10, b.p90));
    }
}
