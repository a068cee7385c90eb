//! Do nominal 95% intervals cover the truth in 94 to 96% of experiments?
//!
//! Each test runs 2,000 experiments of 50 replications on data whose truth is known. With exact coverage the count
//! covered is binomial (2,000, 0.95), standard deviation 0.49%, so a right method falls outside 94 to 96% under
//! about 4% of seeds (the level; the seeds are fixed, so the tests are deterministic). Power: a method that covers
//! only 93% is found with probability 0.96, one that covers 92% with 0.9995.

use super::{difference_of_means, difference_of_ratios, jackknife, mean_of, ratio};
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
