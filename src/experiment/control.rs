//! What is known exactly of every replication without simulating: how many first calls are expected, and how many of the
//! rostered shifts are worked. As control variates they would narrow an interval; by how much is told, in replications.
//!
//! Figures are printed without them: their intervals are exact only where figure and controls are normal together.

use super::outcome::OptionOutcome;
use crate::demand::Rates;
use crate::measure::{Sum, Sums};
use crate::scenario::{Setting, Study};
use crate::statistics::{Contender, Controls, controlled};

/// Replications below which nothing is told of it: the slopes are too badly known.
const FEWEST: usize = 50;
/// What would save less than a tenth is not told. Where controls explain nothing, so much seems saved once in ninety times
/// with two controls and 50 replications, and once in 200,000 with 200.
const WORTH: f64 = 0.9;

/// First calls of the measured window that an option expects, over its queues: rates times the open time; busyness has mean
/// one.
pub fn expected_first_calls(study: &Study, option: &Setting) -> f64 {
    let window = study.horizon.warm_up_days..study.horizon.warm_up_days + study.horizon.days;
    let of = |rates: Rates| window.clone().map(|day| rates.expected(day)).sum::<f64>();
    option.queues.iter().map(|queue| of(Rates::new(&queue.demand, &option.opening, &study.horizon))).sum()
}

/// Each control less its mean, by replication: first calls of the window, and shifts worked of those rostered.
pub fn controls(study: &Study, option: &Setting, outcome: &OptionOutcome) -> [Vec<f64>; 2] {
    let expected = expected_first_calls(study, option);
    let calls = outcome.centre.iter().map(|sums| sums.of(Sum::Cases) as f64 - expected).collect();
    let team = |place: usize, replication: usize| -> f64 {
        let sums: &Sums = &outcome.teams[place][replication];
        let present = 1.0 - option.teams[place].absence;
        sums.of(Sum::ShiftsWorked) as f64 - sums.of(Sum::ShiftsRostered) as f64 * present
    };
    let shifts = |replication: usize| (0..option.teams.len()).map(|place| team(place, replication)).sum();
    [calls, (0..outcome.centre.len()).map(shifts).collect()]
}

/// How many of the replications control variates would have saved for the same interval; none where that is less than a
/// tenth of them.
pub(super) fn saved(one: &Contender, controls: &Controls) -> Option<u32> {
    let n = one.residuals.len();
    let found = controlled(one, controls).filter(|found| n >= FEWEST && found.variance <= WORTH)?;
    Some((n as f64 * (1.0 - found.variance)) as u32)
}
