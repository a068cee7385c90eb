//! The interval of a quotient whose divisor may be zero, by Fieller's theorem.

use super::estimate::Linearised;
use super::moments::{Moments, t95};

/// What is known of x/y, two differences between the same pair of options over the same replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quotient {
    /// The difference above the line.
    pub over: f64,
    /// The difference below it.
    pub under: f64,
    /// The 95% interval of the quotient; none where it is unbounded, since the divisor may be zero, and none of fewer
    /// than two replications.
    pub ci95: Option<(f64, f64)>,
}

/// A ratio of sums of one option: numerators and denominators, one a replication.
pub type Terms = (Vec<f64>, Vec<f64>);

/// (x_b − x_a)/(y_b − y_a), each of the four a ratio of sums; none where one of them does not exist.
///
/// Fieller (Journal of the Royal Statistical Society B 16, 1954): the quotients q for which x − q y does not differ
/// from zero by Student's t with n − 1 degrees of freedom, variances and covariance from the delta method's residuals.
/// They are an interval only where y itself differs from zero; else all or nearly all numbers are among them, and
/// no interval is given.
///
/// # Panics
/// When the slices differ in length.
pub fn quotient_of_differences(over: [&Terms; 2], under: [&Terms; 2]) -> Option<Quotient> {
    let (x, dx) = residuals(over)?;
    let (y, dy) = residuals(under)?;
    assert_eq!(dx.len(), dy.len(), "the same replications above and below the line");
    Some(Quotient { over: x, under: y, ci95: interval(x, y, &dx, &dy) })
}

/// The difference of two ratios, and what each replication adds to its error.
fn residuals([a, b]: [&Terms; 2]) -> Option<(f64, Vec<f64>)> {
    let (a, b) = (Linearised::new(&a.0, &a.1)?, Linearised::new(&b.0, &b.1)?);
    let errors = b.residuals().zip(a.residuals()).map(|(b, a)| b - a).collect();
    Some((b.ratio - a.ratio, errors))
}

fn interval(x: f64, y: f64, dx: &[f64], dy: &[f64]) -> Option<(f64, f64)> {
    let variance = |values: &[f64]| Moments::of(values.iter().copied()).sd().map(|sd| sd * sd);
    let (n, t) = (dx.len() as f64, t95(dx.len().max(2) as u64));
    let scale = t * t / n;
    let (vx, vy) = (scale * variance(dx)?, scale * variance(dy)?);
    // Residuals have mean zero, so their covariance is the sum of products over n − 1.
    let vxy = scale * dx.iter().zip(dy).fold(0.0, |sum, (a, b)| sum + a * b) / (n - 1.0);
    // q² (y² − vy) − 2 q (x y − vxy) + (x² − vx) ≤ 0
    let (square, half, rest) = (y * y - vy, x * y - vxy, x * x - vx);
    if square <= 0.0 {
        return None;
    }
    let root = (half * half - square * rest).max(0.0).sqrt();
    Some(((half - root) / square, (half + root) / square))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(values: &[f64]) -> Terms {
        (values.to_vec(), vec![1.0; values.len()])
    }

    #[test]
    fn a_quotient_over_a_certain_divisor_is_a_scaled_t_interval() {
        let zero = means(&[0.0; 4]);
        let (x, y) = (means(&[4.0, 7.0, 13.0, 16.0]), means(&[2.0; 4]));
        let found = quotient_of_differences([&zero, &x], [&zero, &y]).unwrap();
        assert_eq!((found.over, found.under), (10.0, 2.0));
        let half = 3.182_446_305_283_708 * 30f64.sqrt() / 2.0;
        let (low, high) = found.ci95.unwrap();
        assert!((low - (10.0 - half) / 2.0).abs() < 1e-9 && (high - (10.0 + half) / 2.0).abs() < 1e-9);
    }

    #[test]
    fn the_ends_are_the_quotients_that_a_t_test_just_refuses() {
        let zero = means(&[0.0; 6]);
        let (xs, ys) = ([3.1, 2.2, 4.0, 3.3, 2.9, 3.6], [1.0, 0.8, 1.3, 1.2, 0.9, 1.1]);
        let (x, y) = (means(&xs), means(&ys));
        let (low, high) = quotient_of_differences([&zero, &x], [&zero, &y]).unwrap().ci95.unwrap();
        for q in [low, high] {
            let apart: Vec<f64> = xs.iter().zip(&ys).map(|(x, y)| x - q * y).collect();
            let moments = Moments::of(apart.iter().copied());
            let statistic = moments.mean().unwrap() / (moments.sd().unwrap() / 6f64.sqrt());
            assert!((statistic.abs() - t95(6)).abs() < 1e-6, "{q}: {statistic}");
        }
        assert!(low < 3.0 && high > 3.0);
    }

    #[test]
    fn a_divisor_that_may_be_zero_bounds_nothing() {
        let zero = means(&[0.0; 4]);
        let (x, y) = (means(&[1.0, 1.1, 0.9, 1.0]), means(&[0.5, -0.4, 0.2, -0.1]));
        let found = quotient_of_differences([&zero, &x], [&zero, &y]).unwrap();
        assert_eq!(found.ci95, None);
        let one = quotient_of_differences([&means(&[0.0]), &means(&[1.0])], [&means(&[0.0]), &means(&[1.0])]);
        assert_eq!(one.unwrap().ci95, None);
    }
}
