//! Do nominal 95% intervals cover the truth in 94 to 96% of experiments?
//!
//! Each test runs 2,000 experiments of 50 replications on data whose truth is known. With exact coverage the count
//! covered is binomial (2,000, 0.95), standard deviation 0.49%, so a right method falls outside 94 to 96% under
//! about 4% of seeds (the level; the seeds are fixed, so the tests are deterministic). Power: a method that covers
//! only 93% is found with probability 0.96, one that covers 92% with 0.9995.

mod together;

use super::{
    Contender, Controls, Estimate, Look, Precision, Stopping, contender, controlled, difference_of_means,
    difference_of_ratios, excess, jackknife, mean_of, ratio,
};
use crate::law::Law;
use crate::law::special::normal_quantile;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;

const EXPERIMENTS: u32 = 2000;
const REPLICATIONS: usize = 50;

/// Draws for one experiment after another.
struct Draws(Xoshiro256PlusPlus);

impl Draws {
    fn seeded(seed: u64) -> Draws {
        Draws(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    fn uniform(&mut self) -> f64 {
        ((self.0.next_u64() >> 11) as f64 + 0.5) / (1u64 << 53) as f64
    }

    fn normal(&mut self) -> f64 {
        normal_quantile(self.uniform())
    }
}

/// How busy a day is: mean 1, coefficient of variation 0.15.
fn busyness() -> Law {
    Law::gamma_by_mean(1.0, 0.15)
}

/// The mean square of the busyness.
const SQUARE: f64 = 1.0 + 0.15 * 0.15;

/// Runs the experiments and holds the share of intervals that cover `truth` to 94 to 96%.
fn covers(truth: f64, mut experiment: impl FnMut() -> Option<(f64, f64)>) {
    let covered = (0..EXPERIMENTS)
        .filter(|_| {
            let (low, high) = experiment().expect("every experiment has an interval");
            low <= truth && truth <= high
        })
        .count();
    let share = covered as f64 / f64::from(EXPERIMENTS);
    assert!((0.94..=0.96).contains(&share), "{share} of the intervals cover the truth");
}

#[test]
fn intervals_of_means_cover_the_truth() {
    let mut draws = Draws::seeded(11);
    let law = Law::gamma_by_mean(30.0, 0.3);
    covers(30.0, || {
        let values: Vec<f64> = (0..REPLICATIONS).map(|_| law.quantile(draws.uniform())).collect();
        mean_of(&values)?.ci95
    });
}

/// Calls offered and answered in time on a day: on busy days a smaller share is.
fn day(busy: f64, lost: f64, noise: f64) -> (f64, f64) {
    (1000.0 * (0.9 * busy - lost * busy * busy) + 20.0 * noise, 1000.0 * busy)
}

#[test]
fn intervals_of_ratios_cover_the_truth() {
    let mut draws = Draws::seeded(12);
    let law = busyness();
    covers(0.9 - 0.1 * SQUARE, || {
        let (n, d): (Vec<f64>, Vec<f64>) =
            (0..REPLICATIONS).map(|_| day(law.quantile(draws.uniform()), 0.1, draws.normal())).unzip();
        ratio(&n, &d)?.ci95
    });
}

#[test]
fn intervals_of_paired_differences_of_ratios_cover_the_truth() {
    let mut draws = Draws::seeded(13);
    let law = busyness();
    // Option b answers fewer in time and has 5% more calls to answer, on the same days.
    let truth = (0.9 - 0.15 * SQUARE) / 1.05 - (0.9 - 0.1 * SQUARE);
    covers(truth, || {
        let (mut a_n, mut a_d, mut b_n, mut b_d) = (vec![], vec![], vec![], vec![]);
        for _ in 0..REPLICATIONS {
            let (busy, common, own) = (law.quantile(draws.uniform()), draws.normal(), draws.normal());
            let (n, d) = day(busy, 0.1, common);
            a_n.push(n);
            a_d.push(d);
            let (n, d) = day(busy, 0.15, common + 0.3 * own);
            b_n.push(n);
            b_d.push(1.05 * d);
        }
        difference_of_ratios(&a_n, &a_d, &b_n, &b_d)?.ci95
    });
}

#[test]
fn intervals_of_paired_differences_of_means_cover_the_truth() {
    let mut draws = Draws::seeded(14);
    let law = Law::gamma_by_mean(30.0, 0.3);
    covers(3.0, || {
        let (a, b): (Vec<f64>, Vec<f64>) = (0..REPLICATIONS)
            .map(|_| {
                let common = law.quantile(draws.uniform());
                (common, 1.1 * common + 2.0 * draws.normal())
            })
            .unzip();
        difference_of_means(&a, &b)?.ci95
    });
}

/// The busyness of every day is known to have mean one.
#[test]
fn intervals_of_ratios_with_a_control_cover_the_truth_and_are_narrower() {
    let mut draws = Draws::seeded(21);
    let law = busyness();
    let (mut narrower, mut all) = (0, 0);
    covers(0.9 - 0.1 * SQUARE, || {
        let (mut n, mut d, mut busyness) = (vec![], vec![], vec![]);
        for _ in 0..REPLICATIONS {
            let busy = law.quantile(draws.uniform());
            let (within, offered) = day(busy, 0.1, draws.normal());
            n.push(within);
            d.push(offered);
            busyness.push(busy - 1.0);
        }
        let found = controlled(&contender(&n, &d)?, &Controls::new(REPLICATIONS, &[busyness]))?;
        all += 1;
        narrower += usize::from(found.variance < 1.0);
        Some(found.ci95)
    });
    // Lost calls go with the square of the busyness, which the control nearly is.
    assert!(narrower * 10 > all * 9, "{narrower} of {all}");
}

/// A control that has nothing to do with the figure costs coverage nothing.
#[test]
fn intervals_with_controls_that_explain_nothing_cover_the_truth() {
    let mut draws = Draws::seeded(22);
    let law = Law::gamma_by_mean(30.0, 0.3);
    covers(30.0, || {
        let values: Vec<f64> = (0..REPLICATIONS).map(|_| law.quantile(draws.uniform())).collect();
        let mut other = || (0..REPLICATIONS).map(|_| draws.normal()).collect::<Vec<f64>>();
        let controls = [other(), other()];
        let mean = mean_of(&values)?.mean;
        let one = Contender { figure: mean, residuals: values.iter().map(|v| v - mean).collect() };
        Some(controlled(&one, &Controls::new(REPLICATIONS, &controls))?.ci95)
    });
}

#[test]
fn jackknife_intervals_of_a_ratio_cover_the_truth() {
    let mut draws = Draws::seeded(15);
    let law = busyness();
    covers(0.9 - 0.1 * SQUARE, || {
        let days: Vec<(f64, f64)> =
            (0..REPLICATIONS).map(|_| day(law.quantile(draws.uniform()), 0.1, draws.normal())).collect();
        let of = |leave: Option<usize>| {
            // Ten groups of five replications.
            let kept = days.iter().enumerate().filter(|(i, _)| Some(i % 10) != leave);
            let (n, d) = kept.fold((0.0, 0.0), |(n, d), (_, day)| (n + day.0, d + day.1));
            n / d
        };
        let left_out: Vec<f64> = (0..10).map(|group| of(Some(group))).collect();
        jackknife(of(None), &left_out)
    });
}

/// Runs the experiments to a precision, by the rule itself, with looks every ten replications at the closest; holds the
/// share of intervals that cover `truth` to at least 93.5%.
///
/// With a coverage of 94.5% a run of 2,000 falls below 93.5% under 3% of seeds; a rule that covers 92% is found with
/// probability 0.99.
fn covers_when_stopped(
    truth: f64,
    half_width: f64,
    mut replicate: impl FnMut() -> (f64, f64),
    estimate: impl Fn(&[f64], &[f64]) -> Option<Estimate>,
) {
    let mut covered = 0;
    for _ in 0..EXPERIMENTS {
        let mut rule = Stopping::new(10, 100_000);
        let (mut numerators, mut denominators) = (Vec::new(), Vec::new());
        let mut next = rule.first();
        let (low, high) = loop {
            while numerators.len() < next as usize {
                let (n, d) = replicate();
                numerators.push(n);
                denominators.push(d);
            }
            let found = estimate(&numerators, &denominators).expect("an estimate");
            let allowed = Precision::Absolute(half_width).allowed(found.mean);
            match rule.look(next, found.half_width().and_then(|half| excess(half, allowed))) {
                Look::At(more) => next = more,
                Look::Held => break found.ci95.expect("an interval"),
                Look::Limit => panic!("the precision is never reached"),
            }
        };
        assert!(high - low <= 2.0 * half_width * (1.0 + 1e-12), "the precision holds");
        covered += u32::from(low <= truth && truth <= high);
    }
    let share = f64::from(covered) / f64::from(EXPERIMENTS);
    assert!(share >= 0.935, "{share} of the intervals cover the truth");
}

/// The half-width that so many replications give on average.
fn half_width_of(sd: f64, replications: f64) -> f64 {
    1.96 * sd / replications.sqrt()
}

#[test]
fn intervals_of_ratios_cover_the_truth_when_stopped_by_their_precision() {
    // The figure of a day has a standard deviation of about 0.025; so many replications are needed on average.
    for (seed, needed) in [(21, 60.0), (22, 150.0), (23, 400.0)] {
        let mut draws = Draws::seeded(seed);
        let law = busyness();
        covers_when_stopped(
            0.9 - 0.1 * SQUARE,
            half_width_of(0.025, needed),
            || day(law.quantile(draws.uniform()), 0.1, draws.normal()),
            ratio,
        );
    }
}

#[test]
fn intervals_of_means_cover_the_truth_when_stopped_by_their_precision() {
    for (seed, needed) in [(24, 60.0), (25, 150.0), (26, 400.0)] {
        let mut draws = Draws::seeded(seed);
        let law = Law::gamma_by_mean(30.0, 0.3);
        covers_when_stopped(
            30.0,
            half_width_of(9.0, needed),
            || (law.quantile(draws.uniform()), 1.0),
            |values, _| mean_of(values),
        );
    }
}

/// Four options whose figures share most of what moves them: the first better than the rest by `ahead`.
fn options(draws: &mut Draws, ahead: f64) -> Vec<super::Contender> {
    let common: Vec<f64> = (0..REPLICATIONS).map(|_| draws.normal()).collect();
    (0..4)
        .map(|option| {
            let mean = if option == 0 { ahead } else { 0.0 };
            let values: Vec<f64> = common.iter().map(|c| mean + c + 0.5 * draws.normal()).collect();
            let figure = values.iter().sum::<f64>() / REPLICATIONS as f64;
            super::Contender { figure, residuals: values.iter().map(|v| v - figure).collect() }
        })
        .collect()
}

#[test]
fn intervals_of_several_comparisons_hold_together() {
    let mut draws = Draws::seeded(31);
    let all = (0..EXPERIMENTS).filter(|_| {
        let options = options(&mut draws, 0.3);
        options[1..].iter().all(|other| {
            let (low, high) = super::paired(&options[0], other, 3).expect("an interval").joint;
            low <= -0.3 && -0.3 <= high
        })
    });
    // Bonferroni's intervals of three comparisons, correlated by a half, cover all with a little over 95%. A method of
    // single intervals covers 88%: found with probability 1 (twelve standard deviations).
    let share = all.count() as f64 / f64::from(EXPERIMENTS);
    assert!((0.945..0.975).contains(&share), "{share} of the experiments are covered");
}

#[test]
fn the_best_of_several_is_right_as_often_as_is_said() {
    // Hardest cases: the best is ahead by a little more than the zone, so that any other is a wrong choice. The share of
    // experiments in which so much is said of a wrong one, binomial with at most 1 − said, exceeds that by three standard
    // deviations under 0.1% of seeds; a procedure wrong twice as often is found with probability over 0.99 at 90%.
    for (seed, zone) in [(41, 0.0), (42, 0.1), (43, 0.2)] {
        let mut draws = Draws::seeded(seed);
        let mut wrong = [0u32; 3];
        let mut told = 0;
        for _ in 0..EXPERIMENTS {
            let options = options(&mut draws, zone + 0.01);
            let found = super::best(&options, zone).expect("several options");
            told += u32::from(found.probability >= 0.95);
            for (count, said) in wrong.iter_mut().zip([0.8, 0.9, 0.95]) {
                *count += u32::from(found.option != 0 && found.probability >= said);
            }
        }
        for (count, said) in wrong.into_iter().zip([0.8, 0.9, 0.95]) {
            let (share, risk) = (f64::from(count) / f64::from(EXPERIMENTS), 1.0 - said);
            let spread = (risk * said / f64::from(EXPERIMENTS)).sqrt();
            assert!(share <= risk + 3.0 * spread, "zone {zone}: {share} wrong where {said} was said");
        }
        // Where the options differ by twice the zone and more than chance, it is told.
        assert!(zone < 0.2 || told > EXPERIMENTS / 20, "{told} of the experiments tell");
    }
}
