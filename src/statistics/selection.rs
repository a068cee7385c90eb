//! Several options at once: intervals that hold together, and which option is best.
//!
//! Both are by Bonferroni's inequality, which holds whatever the dependence that common random numbers bring. Options are
//! given by their figure and one residual a replication, which add up to zero (see `estimate`).

use super::moments::Moments;
use crate::law::special::{t_cdf, t_quantile};

/// The risk that one of the intervals that are to hold together does not.
const RISK: f64 = 0.05;

/// An option's figure, and what each replication adds to its error.
#[derive(Debug, Clone, PartialEq)]
pub struct Contender {
    /// The figure over the whole run.
    pub figure: f64,
    /// A residual for each replication.
    pub residuals: Vec<f64>,
}

/// Two options compared, one of several comparisons.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Paired {
    /// The second's figure less the first's.
    pub difference: f64,
    /// Half the width of its own 95% interval.
    pub half_width: f64,
    /// The interval that, with those of all other comparisons, covers everything with 95%.
    pub joint: (f64, f64),
    /// The share of the variance of an unpaired difference that pairing has saved; below 0 where it has added some. None
    /// where neither varies.
    pub variance_saved: Option<f64>,
}

/// Standard error of b less a, and replications; none of fewer than two.
fn error(a: &Contender, b: &Contender) -> Option<(f64, u64)> {
    let moments = Moments::of(b.residuals.iter().zip(&a.residuals).map(|(b, a)| b - a));
    let n = moments.count();
    moments.sd().map(|sd| (sd / (n as f64).sqrt(), n))
}

/// How many standard errors of so many replications (at least two) an interval reaches to each side, where so many
/// intervals are to hold together.
pub(super) fn joint_t(replications: u64, comparisons: usize) -> f64 {
    t_quantile(1.0 - 0.5 * (RISK / comparisons.max(1) as f64), (replications - 1) as f64)
}

/// Compares b with a, one of so many comparisons; none of fewer than two replications.
pub fn paired(a: &Contender, b: &Contender, comparisons: usize) -> Option<Paired> {
    let (error, n) = error(a, b)?;
    let difference = b.figure - a.figure;
    let half = |comparisons: usize| joint_t(n, comparisons) * error;
    let joint = half(comparisons);
    let apart = Moments::of(a.residuals.iter().copied()).variance()?
        + Moments::of(b.residuals.iter().copied()).variance()?;
    Some(Paired {
        difference,
        half_width: half(1),
        joint: (difference - joint, difference + joint),
        variance_saved: (apart > 0.0).then(|| 1.0 - error * error * n as f64 / apart),
    })
}

/// The best of several options, as far as can be told.
#[derive(Debug, Clone, PartialEq)]
pub struct Best {
    /// The option with the best figure, the first of equals.
    pub option: usize,
    /// With at least this probability no other is better by more than the indifference zone.
    pub probability: f64,
    /// The others that may be better, at a joint risk of 5%.
    pub contenders: Vec<usize>,
}

/// Picks the best of options whose figures are the better the higher; none of fewer than two options or replications.
///
/// Multiple comparisons with the best under common random numbers (Hsu, Multiple Comparisons, 1996; Nelson and Matejcik,
/// Management Science 41, 1995): the one picked is wrong by more than `zone` only if its figure less the true best's erred
/// by at least the difference seen plus `zone`. With k options that is k − 1 paired t tests, and the probability is one
/// less k − 1 times the greatest of their tails: at any level, the risk of saying so much wrongly is at most the rest.
pub fn best(options: &[Contender], zone: f64) -> Option<Best> {
    let picked =
        (1..options.len()).fold(0, |best, i| if options[i].figure > options[best].figure { i } else { best });
    let others = options.len().checked_sub(1).filter(|others| *others > 0)? as f64;
    let (mut worst, mut contenders) = (0.0_f64, Vec::new());
    for (i, other) in options.iter().enumerate().filter(|(i, _)| *i != picked) {
        let (error, n) = error(other, &options[picked])?;
        let ahead = options[picked].figure - other.figure;
        let df = (n - 1) as f64;
        // Options that never differ are as good as each other.
        if error > 0.0 {
            worst = worst.max(1.0 - t_cdf((ahead + zone) / error, df));
            if ahead <= t_quantile(1.0 - RISK / others, df) * error {
                contenders.push(i);
            }
        }
    }
    Some(Best { option: picked, probability: (1.0 - others * worst).max(0.0), contenders })
}

/// So many replications it would take, at the spread and the difference seen, until a difference can be told: its
/// interval lies on one side of zero, or within what matters. None where that cannot be said: more than a thousand million.
pub fn to_settle(
    replications: u32,
    difference: f64,
    half_width: f64,
    matters: f64,
    block: u32,
) -> Option<u32> {
    let narrow = difference.abs().max(matters - difference.abs());
    let times = half_width / narrow;
    let blocks = (f64::from(replications) * times * times / f64::from(block)).ceil();
    (blocks * f64::from(block) <= 1e9).then(|| (blocks as u32).saturating_mul(block))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: [f64; 4]) -> Contender {
        let mean = values.iter().sum::<f64>() / 4.0;
        Contender { figure: mean, residuals: values.iter().map(|v| v - mean).collect() }
    }

    #[test]
    fn a_single_comparison_is_the_paired_t_test() {
        // Differences 1, 2, 3, 6: mean 3, variance 14/3; variances apart 500/3 and 674/3.
        let (a, b) = (of([10.0, 20.0, 30.0, 40.0]), of([11.0, 22.0, 33.0, 46.0]));
        let one = paired(&a, &b, 1).expect("four replications");
        let half = 3.182_446_305_283_708 * (14.0_f64 / 3.0).sqrt() / 2.0;
        assert!((one.half_width - half).abs() < 1e-9 && (one.joint.1 - one.difference - half).abs() < 1e-9);
        let several = paired(&a, &b, 3).expect("the same");
        assert!(several.joint.1 - several.joint.0 > 2.0 * half);
        let (va, vb) = (500.0 / 3.0, 674.0 / 3.0);
        assert!((one.variance_saved.expect("they vary") - (1.0 - 14.0 / 3.0 / (va + vb))).abs() < 1e-9);
    }

    #[test]
    fn options_that_never_differ_are_as_good_as_each_other() {
        let a = of([1.0, 2.0, 3.0, 4.0]);
        let found = best(&[a.clone(), a.clone()], 0.0).expect("two");
        assert_eq!(found, Best { option: 0, probability: 1.0, contenders: vec![] });
        assert_eq!(best(&[a], 0.0), None);
    }

    #[test]
    fn settling_takes_the_square_of_what_the_interval_is_too_wide() {
        assert_eq!(to_settle(100, 0.01, 0.02, 0.0, 10), Some(400));
        // Sooner told to be less than what matters.
        assert_eq!(to_settle(100, 0.001, 0.02, 0.0112, 10), Some(390));
        assert_eq!(to_settle(100, 0.0, 0.02, 0.0, 10), None);
    }
}
