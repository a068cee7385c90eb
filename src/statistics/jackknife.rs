//! Intervals of figures that are no ratio of sums (pooled percentiles, Kaplan-Meier means), by leaving groups out.

use super::moments::Moments;
use super::selection::joint_t;

/// The 95% interval of `full`, the figure over all replications, from the same figure with each of g equal groups
/// of replications left out in turn; none of fewer than two groups.
///
/// Delete-a-group jackknife: standard error² = (g − 1)/g · Σ (θ₍ᵢ₎ − θ̄)², Student t with g − 1 degrees of freedom,
/// around `full` itself.
pub fn jackknife(full: f64, left_out: &[f64]) -> Option<(f64, f64)> {
    joint_jackknife(full, left_out, 1)
}

/// The same of one of so many that are to hold together with 95%, by Bonferroni's inequality.
fn joint_jackknife(full: f64, left_out: &[f64], together: usize) -> Option<(f64, f64)> {
    let moments = Moments::of(left_out.iter().copied());
    let groups = moments.count() as f64;
    // (g − 1)/g · Σ(…)² = (g − 1)²/g · variance.
    let error = (groups - 1.0) * moments.sd()? / groups.sqrt();
    let half = joint_t(moments.count(), together) * error;
    Some((full - half, full + half))
}

/// The interval of b less a, both with the same groups left out in turn, that with those of so many together covers
/// everything with 95%; none of fewer than two groups.
///
/// # Panics
/// When the slices differ in length.
pub fn jackknife_difference(
    full_a: f64,
    left_out_a: &[f64],
    full_b: f64,
    left_out_b: &[f64],
    together: usize,
) -> Option<(f64, f64)> {
    assert_eq!(left_out_a.len(), left_out_b.len(), "the same groups of both options");
    let differences: Vec<f64> = left_out_b.iter().zip(left_out_a).map(|(b, a)| b - a).collect();
    joint_jackknife(full_b - full_a, &differences, together)
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
        let (low, high) = jackknife_difference(1.0, &[1.0, 1.5, 0.5], 3.0, &[3.0, 3.5, 2.5], 1).unwrap();
        assert_eq!((low, high), (2.0, 2.0));
    }

    #[test]
    fn an_interval_of_several_that_hold_together_is_wider_by_their_t() {
        let of =
            |together| jackknife_difference(1.0, &[1.0, 1.0, 1.0], 3.0, &[2.0, 3.0, 4.0], together).unwrap();
        // Error² = 2/3 · (1 + 0 + 1) = 4/3; t of 0.975 with 2 degrees of freedom 4.302653, of 1 − 0.025/5 9.924843.
        for (together, t) in [(1, 4.302_652_729_7), (5, 9.924_843_200_9)] {
            let (low, high) = of(together);
            let half = t * (4.0f64 / 3.0).sqrt();
            assert!((low - (2.0 - half)).abs() < 1e-8 && (high - (2.0 + half)).abs() < 1e-8, "{together}");
        }
    }
}
