//! How large a run will be, before it is begun: calls, memory, time.

use super::block::BLOCK;
use crate::demand::Rates;
use crate::measure::Sums;
use crate::scenario::{Setting, Study};
use crate::tally::{Slot, StaffCell};

/// What a run will come to, roughly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Expected first calls, over all days simulated, options, views and replications.
    pub calls: f64,
    /// Bytes of memory.
    pub bytes: f64,
    /// Seconds of processor time over the threads.
    pub seconds: f64,
}

/// Processor time of a first call with what follows from it, in ns: about what benches/FIGURES.md has, doubled for
/// second attempts.
const NS_A_CALL: f64 = 300.0;
/// Bytes of a histogram of waits.
const HISTOGRAM: f64 = 20_000.0;
/// Bytes of an agent at work, and of a drawn call with its attributes.
const AGENT: f64 = 500.0;
const DRAWN: f64 = 100.0;

/// Estimates a run on a number of threads.
pub fn size(study: &Study, replications: u32, threads: usize) -> Size {
    let horizon = &study.horizon;
    let threads = threads.max(1) as f64;
    let replications = f64::from(replications);
    let (mut calls, mut kept, mut block, mut worker) = (0.0, 0.0, 0.0, 0.0);
    let cells_a_day = horizon.intervals_per_day() as f64;
    let cells = f64::from(horizon.days) * cells_a_day;
    for option in &study.options {
        let (all, busiest) = first_calls(study, option);
        calls += all * replications;
        let queues = option.queues.len() as f64;
        let places = 1.0 + queues + option.teams.len() as f64;
        let sums = size_of::<Sums>() as f64 * places;
        let slots = cells * (queues * size_of::<Slot>() as f64 + size_of::<StaffCell>() as f64)
            + queues * (7.0 * cells_a_day * 4.0 * 101.0 + 2.0 * HISTOGRAM);
        kept += replications * sums + slots + queues * 40.0 * HISTOGRAM;
        block += f64::from(BLOCK) * sums + slots;
        let agents: f64 = option.teams.iter().map(|t| f64::from(t.agents)).sum();
        worker += slots + agents * AGENT + busiest * DRAWN;
    }
    // Blocks of a wave are kept until they are added up.
    let blocks = (replications / f64::from(BLOCK)).ceil().min((8.0 * threads).max(16.0));
    let bytes = kept + blocks * block + threads * worker;
    Size { calls, bytes, seconds: calls * NS_A_CALL / 1e9 / threads }
}

/// Expected first calls of a replication of an option, and of its busiest day.
fn first_calls(study: &Study, option: &Setting) -> (f64, f64) {
    let (mut all, mut busiest) = (0.0, 0.0_f64);
    let rates: Vec<Rates> =
        option.queues.iter().map(|q| Rates::new(&q.demand, &option.opening, &study.horizon)).collect();
    for day in 0..study.horizon.total_days() {
        let of_day: f64 = rates.iter().map(|r| r.expected(day)).sum();
        all += of_day;
        busiest = busiest.max(of_day);
    }
    (all, busiest)
}
