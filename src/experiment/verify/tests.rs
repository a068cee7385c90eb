//! The judgement itself is judged: it lets a true engine pass and catches a biased one.

use super::judge::normal_score;
use super::*;
use crate::law::special::normal_quantile;
use crate::random::{Key, Purpose};
use crate::theory::RowMeasure;

/// Standard normal scores.
fn normal(seed: u64, count: u32) -> Vec<f64> {
    let key = Key::replication(seed, 0);
    (0..count).map(|i| normal_quantile(key.uniform(Purpose::Talk, i))).collect()
}

fn figure(z: f64, again: &[f64]) -> VerifiedFigure {
    VerifiedFigure {
        measure: RowMeasure::PWait,
        exact: 0.4,
        simulated: 0.4 + 0.001 * z,
        error: 0.001,
        z: Some(z),
        asked: 0.0012,
        again: again.to_vec(),
    }
}

fn passes(scores: &[f64]) -> bool {
    Pooled::of(scores).is_some_and(|p| p.mean_holds() && p.variance_holds())
}

#[test]
fn the_pooled_test_passes_a_true_engine_and_catches_a_biased_one() {
    // Level: mean and variance each fail at 1 in 1,000, so of 2,000 sets of 90 true scores about 4 fail; more than 14
    // has probability 2e-5 (Poisson). Power: a shift of 0.6 of a standard error everywhere lies 5.7 standard errors
    // of the mean away against a limit of 3.3: it escapes with probability 0.008, so at most 40 of 2,000 (mean 16);
    // a shift of 1 is always caught. Standard errors understated by a third (variance 2.25) or overstated by half
    // (0.44) are caught with probabilities 0.987 and 0.971: 1,974 and 1,942 of 2,000, six standard deviations being
    // 31 and 45.
    let sets: Vec<Vec<f64>> = (0..2000).map(|seed| normal(seed, 90)).collect();
    let failing = |change: &dyn Fn(f64) -> f64| {
        sets.iter().filter(|set| !passes(&set.iter().map(|z| change(*z)).collect::<Vec<_>>())).count()
    };
    assert!(failing(&|z| z) <= 14);
    assert!(failing(&|z| z + 0.6) >= 1960);
    assert_eq!(failing(&|z| z + 1.0), 2000);
    assert_eq!(failing(&|z| z - 1.0), 2000);
    assert!(failing(&|z| 1.5 * z) >= 1940);
    assert!(failing(&|z| z / 1.5) >= 1890);
}

#[test]
fn pooled_bounds_are_those_of_the_tables() {
    let pooled = Pooled::of(&[0.5; 31]).unwrap();
    assert!((pooled.farthest_mean - 3.3 / 31f64.sqrt()).abs() < 1e-15);
    let cdf = |x: f64| crate::law::special::chi_square_cdf(30.0 * x, 30.0);
    assert!((cdf(pooled.bounds.0) - 0.0005).abs() < 1e-12);
    assert!((cdf(pooled.bounds.1) - 0.9995).abs() < 1e-12);
    assert!(!pooled.variance_holds(), "scores that never differ are too good");
    assert_eq!(Pooled::of(&[1.0]), None);
}

#[test]
fn a_far_score_is_a_defect_unless_other_seeds_clear_it() {
    assert!(figure(3.8, &[]).holds() && !figure(3.8, &[]).is_suspect());
    assert!(figure(-4.1, &[]).is_suspect());
    assert!(!figure(-4.1, &[]).holds(), "without a rerun nothing is cleared");
    assert!(figure(-4.1, &[0.3, -1.2, 2.0]).holds());
    assert!(!figure(-4.1, &[-2.0, -2.0, -2.0]).holds(), "2 three times over is 3.5 together");
    assert!(!figure(4.1, &[0.0, 4.0, -3.0]).holds());
    assert!(!figure(f64::NAN, &[]).holds() && !figure(f64::INFINITY, &[]).holds());
}

#[test]
fn students_scores_become_normal_ones() {
    for (t, df) in [(0.0, 39.0), (-2.0, 39.0), (4.5, 39.0), (3.9, 1e4)] {
        let z = normal_score(t, df);
        let (p, q) = (crate::law::special::t_cdf(t, df), crate::law::special::normal_cdf(z));
        assert!((p - q).abs() < 1e-13, "{t} {df}: {z}");
    }
    assert!(normal_score(4.5, 39.0) < 4.5 && normal_score(3.9, 1e4) > 3.89);
    assert!(normal_score(f64::INFINITY, 39.0).is_infinite());
}

#[test]
fn rare_events_are_held_to_the_tolerance_alone() {
    let rare = VerifiedFigure { exact: 1e-9, simulated: 0.0, error: 0.0, z: None, ..figure(0.0, &[]) };
    assert!(rare.holds() && rare.is_precise());
    let wrong = VerifiedFigure { simulated: 0.01, ..rare };
    assert!(!wrong.holds());
}

/// A row with one replication's worth of false numbers: theory off by two standard errors asked for in everything.
fn biased(id: &str, part: f64) -> Row {
    let mut row = rows().into_iter().find(|row| row.id == id).unwrap();
    row.exact.iter_mut().for_each(|(_, value)| *value *= part);
    row
}

#[test]
fn an_engine_off_by_three_percent_is_caught_and_called_a_defect() {
    // MG011 is one server, lognormal service. Standard errors are 1% or less: 3% is caught in many figures at 3 and
    // more, the sharpest (P(wait) by far) beyond 3.9 in every rerun.
    let stop = std::sync::atomic::AtomicBool::new(false);
    let request = Request { replications: 0, seed: 1, threads: 1, stop: &stop };
    let caught = verify(vec![biased("MG011", 1.03)], Depth::Quick, request, &mut |_| ()).unwrap();
    assert!(!caught.holds());
    let worst = caught.rows[0].figures.iter().find(|f| f.is_suspect()).unwrap();
    assert_eq!(worst.again.len(), 3);
}

#[test]
fn replications_are_long_enough() {
    for row in rows() {
        let days = days(&row, Depth::Full);
        let day = seconds(DAY);
        assert!(f64::from(days.warm_up) * day >= 15.0 * row.relaxation_s, "{}", row.id);
        assert!(f64::from(days.measured) * day * row.arrivals_per_s >= CALLS, "{}", row.id);
        assert!(days.warm_up + days.measured < 3700, "{}: {days:?}", row.id);
    }
}
