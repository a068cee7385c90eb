//! The twin's own busyness, straight from the model's page: scores of days and intervals, then the factor of each.
//!
//! X = F⁻¹(Φ(Z)), F gamma with mean 1, is found by halving here; the engine compiles it into a sampler that counts
//! parts in 10⁹.

use super::{days, scenarios};
use answerable::engine::Plan;
use answerable::law::Law;
use answerable::law::special::{normal_cdf, normal_quantile};
use answerable::random::{Key, Purpose};
use answerable::scenario::{Demand, Queue};

/// In the place of a queue's number: what all queues have in common.
const ALL_QUEUES: u64 = 1 << 20;

/// The normal score of a uniform number addressed by purpose and place.
fn normal(root: Key, purpose: Purpose, place: u64) -> f64 {
    normal_quantile(root.purpose(purpose).uniform_at(place))
}

/// Innovation of a queue's day: a part that all queues share, and a part of its own.
fn innovation(demand: &Demand, root: Key, queue: u64, day: u64) -> f64 {
    let of = |queue: u64| normal(root, Purpose::DayFactor, (queue << 32) + day);
    let shared = demand.day_correlation;
    if shared > 0.0 { shared.sqrt() * of(ALL_QUEUES) + (1.0 - shared).sqrt() * of(queue) } else { of(queue) }
}

/// The AR(1) that runs through innovations, stationary from the first on.
fn scores(innovations: &[f64], phi: f64) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    for innovation in innovations {
        found.push(match found.last() {
            Some(before) => phi * before + (1.0 - phi * phi).sqrt() * innovation,
            None => *innovation,
        });
    }
    found
}

/// The factor of a score.
fn factor(score: f64, cv: f64) -> f64 {
    if cv == 0.0 {
        return 1.0;
    }
    let (law, share) = (Law::gamma_by_mean(1.0, cv), normal_cdf(score));
    let (mut low, mut high) = (0.0, 1.0);
    while law.cdf(high) < share {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if law.cdf(middle) < share { low = middle } else { high = middle }
    }
    high
}

/// Rates of a queue by day and cell, busyness included.
fn rates(plan: &Plan, root: Key, queue: usize) -> Vec<Vec<f64>> {
    let demand = &plan.setting.queues[queue].demand;
    let q = queue as u64;
    let open: Vec<u32> =
        (0..plan.horizon.total_days()).filter(|day| plan.rates[queue].of_day(*day).is_some()).collect();
    let innovations: Vec<f64> = open.iter().map(|day| innovation(demand, root, q, u64::from(*day))).collect();
    let of_days = scores(&innovations, demand.day_phi);
    let mut found = vec![vec![0.0; plan.horizon.intervals_per_day()]; plan.horizon.total_days() as usize];
    for (day, score) in open.iter().zip(of_days) {
        let profile = plan.rates[queue].of_day(*day).expect("an open day");
        let busy: Vec<usize> = (0..profile.len()).filter(|cell| profile[*cell] > 0.0).collect();
        let innovations: Vec<f64> = busy
            .iter()
            .map(|cell| {
                normal(root, Purpose::IntervalFactor, (q << 48) + (u64::from(*day) << 16) + *cell as u64)
            })
            .collect();
        let of_cells = scores(&innovations, demand.interval_phi);
        for (cell, of_cell) in busy.into_iter().zip(of_cells) {
            let times = factor(score, demand.day_cv) * factor(of_cell, demand.interval_cv);
            found[*day as usize][cell] = profile[cell] * times;
        }
    }
    found
}

/// Both agree to a part in a million of a queue's rate, or to what the sampler's parts in 10⁹ leave.
const PART: f64 = 1e-6;

#[test]
fn every_day_and_interval_is_as_busy_as_the_model_says() {
    let (mut together, mut varied) = (0, 0);
    for seed in 0..400 {
        let case = scenarios::scenario(seed);
        let plan = Plan::new(case.setting.clone(), case.horizon);
        let root = Key::replication(seed, 0);
        let by_engine = days::rates(&plan, root);
        for (queue, Queue { demand, .. }) in plan.setting.queues.iter().enumerate() {
            varied += u32::from(demand.day_cv > 0.0 && demand.interval_cv > 0.0);
            together += u32::from(demand.day_cv > 0.0 && demand.day_correlation > 0.0);
            for (day, ours) in rates(&plan, root, queue).iter().enumerate() {
                for (cell, ours) in ours.iter().enumerate() {
                    let theirs = by_engine[day][queue][cell];
                    let base = plan.rates[queue].of_day(day as u32).map_or(0.0, |profile| profile[cell]);
                    assert!(
                        (ours - theirs).abs() <= PART * base.max(theirs),
                        "scenario {seed}, queue {queue}, day {day}, cell {cell}: {ours} and {theirs}"
                    );
                }
            }
        }
    }
    assert!(together >= 20 && varied >= 5, "{together} queues busy together, {varied} in days and intervals");
}
