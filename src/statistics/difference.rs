//! Two options compared under common random numbers: the difference over the whole run, by pairs.

use super::estimate::{Linearised, around};
use super::moments::Moments;

/// How much larger a figure is in the second of two options that met the same replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The second option's figure less the first's.
    pub difference: f64,
    /// Its 95% interval, from paired residuals; none from fewer than two replications.
    pub ci95: Option<(f64, f64)>,
    /// Share of replications in which the second option's own figure is the greater; ties count half; those in
    /// which either does not exist are left out. None where none is left. "Better" when higher is better.
    pub share_better_raw: Option<f64>,
    /// Correlation of the two figures' errors over replications: what common random numbers bring. None where one
    /// of them does not vary.
    pub correlation: Option<f64>,
}

impl Difference {
    /// Share of replications in which the second option is better, ties half, of a figure that is better when lower or when
    /// higher.
    pub fn share_better(&self, lower: bool) -> Option<f64> {
        self.share_better_raw.map(|share| if lower { 1.0 - share } else { share })
    }
}

/// R_b − R_a, each a ratio of sums; none where either does not exist.
///
/// The interval is by the delta method on pairs: the residuals (nᵢ − R dᵢ)/d̄ of b less those of a, Student t with
/// n − 1 degrees of freedom.
///
/// # Panics
/// When the slices differ in length.
pub fn difference_of_ratios(
    a_numerators: &[f64],
    a_denominators: &[f64],
    b_numerators: &[f64],
    b_denominators: &[f64],
) -> Option<Difference> {
    assert_eq!(a_numerators.len(), b_numerators.len(), "the same replications of both options");
    let a = Linearised::new(a_numerators, a_denominators)?;
    let b = Linearised::new(b_numerators, b_denominators)?;
    let difference = b.ratio - a.ratio;
    // Of each replication once what is asked for thrice.
    let [mut between, mut left, mut right] = [Moments::default(); 3];
    let mut product = 0.0;
    for (a, b) in a.residuals().zip(b.residuals()) {
        between.push(b - a);
        left.push(a);
        right.push(b);
        product += a * b;
    }
    Some(Difference {
        difference,
        ci95: around(difference, &between),
        share_better_raw: share_greater(b.singles().zip(a.singles())),
        correlation: correlation(&left, &right, product),
    })
}

/// The mean of b less that of a, one value a replication; none without replications.
///
/// # Panics
/// When the slices differ in length.
pub fn difference_of_means(a: &[f64], b: &[f64]) -> Option<Difference> {
    let ones = vec![1.0; a.len()];
    difference_of_ratios(a, &ones, b, &ones)
}

/// Share of pairs whose first is the greater, ties half, of those in which both exist.
fn share_greater(pairs: impl Iterator<Item = (Option<f64>, Option<f64>)>) -> Option<f64> {
    let (mut halves, mut count) = (0u64, 0u64);
    for (b, a) in pairs.filter_map(|(b, a)| b.zip(a)) {
        halves += if b > a { 2 } else { u64::from(b == a) };
        count += 1;
    }
    (count > 0).then(|| halves as f64 / (2 * count) as f64)
}

/// Pearson's correlation of residuals, which have mean zero up to rounding.
fn correlation(left: &Moments, right: &Moments, product: f64) -> Option<f64> {
    let n = left.count() as f64;
    let covariance = (product - n * left.mean()? * right.mean()?) / (n - 1.0);
    let scale = left.sd()? * right.sd()?;
    (scale > 0.0).then(|| (covariance / scale).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_option_twice_differs_by_nothing() {
        let (n, d) = ([8.0, 7.0, 90.0], [10.0, 9.0, 100.0]);
        let same = difference_of_ratios(&n, &d, &n, &d).unwrap();
        assert_eq!((same.difference, same.ci95, same.share_better_raw), (0.0, Some((0.0, 0.0)), Some(0.5)));
        assert!((same.correlation.unwrap() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_difference_of_means_is_a_paired_t_test() {
        // Differences 1, 2, 3, 6: mean 3, variance 14/3.
        let difference = difference_of_means(&[10.0, 20.0, 30.0, 40.0], &[11.0, 22.0, 33.0, 46.0]).unwrap();
        assert_eq!(difference.difference, 3.0);
        let half = 3.182_446_305_283_708 * (14.0f64 / 3.0).sqrt() / 2.0;
        let (low, high) = difference.ci95.unwrap();
        assert!((low - (3.0 - half)).abs() < 1e-12 && (high - (3.0 + half)).abs() < 1e-12);
        assert_eq!(difference.share_better_raw, Some(1.0));
    }

    #[test]
    fn replications_without_a_figure_are_left_out_of_shares_and_ties_count_half() {
        let d = difference_of_ratios(
            &[1.0, 0.0, 3.0, 4.0],
            &[2.0, 0.0, 4.0, 8.0],
            &[2.0, 1.0, 3.0, 3.0],
            &[2.0, 1.0, 4.0, 8.0],
        )
        .unwrap();
        assert_eq!(d.share_better_raw, Some(1.5 / 3.0));
        assert_eq!(difference_of_means(&[], &[]), None);
        let one = difference_of_means(&[1.0], &[2.0]).unwrap();
        assert_eq!((one.difference, one.ci95, one.correlation), (1.0, None, None));
    }
}
