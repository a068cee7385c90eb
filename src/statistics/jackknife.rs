//! Intervals of figures that are no ratio of sums (pooled percentiles, Kaplan-Meier means), by leaving groups out.

use super::moments::{Moments, t95};

/// The 95% interval of `full`, the figure over all replications, from the same figure with each of g equal groups
/// of replications left out in turn; none of fewer than two groups.
///
/// Delete-a-group jackknife: standard error² = (g − 1)/g · Σ (θ₍ᵢ₎ − θ̄)², Student t with g − 1 degrees of freedom,
/// around `full` itself.
pub fn jackknife(full: f64, left_out: &[f64]) -> Option<(f64, f64)> {
    let moments = Moments::of(left_out.iter().copied());
    let groups = moments.count() as f64;
    // (g − 1)/g · Σ(…)² = (g − 1)²/g · variance.
    let error = (groups - 1.0) * moments.sd()? / groups.sqrt();
    let half = t95(moments.count()) * error;
    Some((full - half, full + half))
}

/// The 95% interval of b less a, both with the same groups left out in turn; none of fewer than two groups.
///
/// # Panics
/// When the slices differ in length.
pub fn jackknife_difference(
    full_a: f64,
    left_out_a: &[f64],
    full_b: f64,
    left_out_b: &[f64],
) -> Option<(f64, f64)> {
    assert_eq!(left_out_a.len(), left_out_b.len(), "the same groups of both options");
    let differences: Vec<f64> = left_out_b.iter().zip(left_out_a).map(|(b, a)| b - a).collect();
    jackknife(full_b - full_a, &differences)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::mean_of;

    #[test]
    fn the_jackknife_of_a_mean_is_its_t_interval() {
        let values = [4.0, 7.0, 13.0, 16.0, 11.0];
        let sum: f64 = values.iter().sum();
        let left_out: Vec<f64> = values.iter().map(|x| (sum - x) / 4.0).collect();
        let (low, high) = jackknife(sum / 5.0, &left_out).unwrap();
        let (t_low, t_high) = mean_of(&values).unwrap().ci95.unwrap();
        assert!((low - t_low).abs() < 1e-12 && (high - t_high).abs() < 1e-12);
        assert_eq!(jackknife(1.0, &[1.0]), None);
    }

    #[test]
    fn what_moves_both_options_alike_leaves_no_doubt_of_their_difference() {
        let (low, high) = jackknife_difference(1.0, &[1.0, 1.5, 0.5], 3.0, &[3.0, 3.5, 2.5]).unwrap();
        assert_eq!((low, high), (2.0, 2.0));
    }
}
