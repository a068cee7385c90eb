//! How large a run will be, before it is begun: calls, shifts, memory, time. Estimates, made without simulating.

use super::block::BLOCK;
use crate::demand::Rates;
use crate::measure::Sums;
use crate::scenario::{Queue, Rota, Setting, Study};
use crate::tally::{IntervalSums, Slot, StaffCell};

/// What a run will come to, roughly.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Size {
    /// Expected calls of every kind but chases, over all days simulated, options, views and replications.
    pub calls: f64,
    /// Shifts rostered, over the same.
    pub shifts: f64,
    /// Bytes of memory.
    pub bytes: f64,
    /// Seconds of processor time over the threads.
    pub seconds: f64,
}

/// Processor time of a call, in ns: 1,000 replications of an option of the shipped scenario, about 11 million calls,
/// take 2.8 to 3.3 s (benches/FIGURES.md).
const NS_A_CALL: f64 = 280.0;
/// Processor time of a shift without calls, in ns: 20,000 agents through 200 days, twice, took 7.7 s more than two.
const NS_A_SHIFT: f64 = 1350.0;
/// Bytes of a histogram of waits; of those of a part's week while they are recorded, of answered and of other calls; and of
/// a group's week as it is kept, packed.
const HISTOGRAM: f64 = 20_000.0;
const RECORDED: f64 = 14.0 * 6_500.0;
const PACKED: f64 = 4_000.0;
/// Bytes of a part's waits in an interval of the week: while they are recorded, and as they are kept, packed.
const INTERVAL_RECORDED: f64 = 1_300.0;
const INTERVAL_PACKED: f64 = 300.0;
/// Bytes of what a place's weekdays come to: a hundred measures on seven days, each with some numbers of 16 bytes.
const WEEKDAYS: f64 = 7.0 * 100.0 * 6.0 * 16.0;
/// Bytes of the program with its report and charts, and of a shift in the rota as it is kept and printed: measured, as
/// peaks of 52 MB with next to nothing, 94 MB with the shipped scenario, 96 MB more with 2.9 million shifts.
const PROGRAM: f64 = 60e6;
const SHIFT: f64 = 35.0;
/// Bytes of an agent at work, and of a drawn call with its attributes.
const AGENT: f64 = 500.0;
const DRAWN: f64 = 100.0;

/// Estimates a run on a number of threads.
pub fn size(study: &Study, replications: u32, threads: usize) -> Size {
    let horizon = &study.horizon;
    let threads = threads.max(1) as f64;
    let replications = f64::from(replications);
    let (mut calls, mut shifts, mut kept, mut block, mut worker) = (0.0, 0.0, 0.0, 0.0, 0.0);
    let cells_a_day = horizon.intervals_per_day() as f64;
    let cells = f64::from(horizon.days) * cells_a_day;
    for option in &study.options {
        let first = first_calls(study, option);
        let staff = staff(study, option);
        let busiest = first.busiest;
        calls += in_all(option, &first, &staff) * replications;
        shifts += staff.shifts * replications;
        let queues = option.queues.len() as f64;
        // Callers passed on are kept apart.
        let parts = if option.passes_on() { 2.0 * queues } else { queues };
        let places = 1.0 + queues + option.teams.len() as f64;
        let sums = size_of::<Sums>() as f64 * places;
        let slots = cells * (parts * size_of::<Slot>() as f64 + size_of::<StaffCell>() as f64)
            + parts
                * (7.0 * cells_a_day * (4.0 * 101.0 + size_of::<IntervalSums>() as f64) + 2.0 * HISTOGRAM)
            + places * WEEKDAYS;
        let in_week = 7.0 * cells_a_day;
        kept += replications * sums
            + slots
            + parts * (40.0 * HISTOGRAM + 20.0 * PACKED + in_week * INTERVAL_PACKED)
            + staff.shifts * SHIFT;
        block += f64::from(BLOCK) * sums + slots + parts * PACKED;
        let agents: f64 = option.teams.iter().map(|t| f64::from(t.agents)).sum();
        // While a replication runs, each cell has as much again beside its slot, and each place its sums by weekday.
        let waits = parts * (RECORDED + in_week * INTERVAL_RECORDED);
        worker += slots
            + cells * parts * size_of::<Slot>() as f64
            + 7.0 * sums
            + waits
            + agents * AGENT
            + busiest * DRAWN;
    }
    // Blocks of a wave are kept until they are added up.
    let blocks = (replications / f64::from(BLOCK)).ceil().min((8.0 * threads).max(16.0));
    let bytes = PROGRAM + kept + blocks * block + threads * worker;
    let seconds = (calls * NS_A_CALL + shifts * NS_A_SHIFT) / 1e9 / threads;
    Size { calls, shifts, bytes, seconds }
}

/// Expected calls of every kind but chases in one replication of an option: what it costs to simulate, nearly.
pub(super) fn calls_of(study: &Study, option: &Setting) -> f64 {
    in_all(option, &first_calls(study, option), &staff(study, option))
}

fn in_all(option: &Setting, first: &First, staff: &Staff) -> f64 {
    (first.all + first.legs) * attempts(option, first, staff)
}

/// Expected first calls of a replication of an option.
struct First {
    all: f64,
    /// Expected further legs of them, passed on once.
    legs: f64,
    busiest: f64,
    /// Seconds of talk and wrap that they need.
    work: f64,
}

/// How often a call of a queue is passed on from it, at most.
fn legs(queue: &Queue) -> f64 {
    queue.transfers.iter().map(|rule| rule.probability).sum::<f64>().min(1.0)
}

fn first_calls(study: &Study, option: &Setting) -> First {
    let mut first = First { all: 0.0, legs: 0.0, busiest: 0.0, work: 0.0 };
    let rates: Vec<Rates> =
        option.queues.iter().map(|q| Rates::new(&q.demand, &option.opening, &study.horizon)).collect();
    for day in 0..study.horizon.total_days() {
        let mut of_day = 0.0;
        for (queue, rates) in option.queues.iter().zip(&rates) {
            let calls = rates.expected(day);
            of_day += calls;
            first.work += calls * (queue.talk.mean() + queue.wrap.mean());
            first.legs += calls * legs(queue);
        }
        first.all += of_day;
        first.busiest = first.busiest.max(of_day);
    }
    first
}

/// Shifts of a replication, and seconds that agents are there for calls.
struct Staff {
    shifts: f64,
    present: f64,
}

fn staff(study: &Study, option: &Setting) -> Staff {
    let horizon = &study.horizon;
    let weeks = f64::from(horizon.total_days()) / 7.0;
    let present: Vec<f64> = option
        .shifts
        .iter()
        .map(|s| (s.end - s.start).saturating_sub(s.pauses.iter().map(|p| p.length).sum()) as f64 / 1e6)
        .collect();
    let mut staff = Staff { shifts: 0.0, present: 0.0 };
    let mut add = |shift: usize, times: f64, absence: f64| {
        staff.shifts += times;
        staff.present += times * (1.0 - absence) * present.get(shift).copied().unwrap_or(0.0);
    };
    for team in &option.teams {
        match &team.rota {
            // Over the weeks every agent works every row as often.
            Rota::Weeks(rows) => {
                let times = f64::from(team.agents) * weeks / rows.len().max(1) as f64;
                rows.iter().flatten().flatten().for_each(|shift| add(*shift, times, team.absence));
            }
            Rota::Cycle(cycle) => {
                let times = f64::from(team.agents) * weeks * 7.0 / cycle.days.len() as f64;
                cycle.days.iter().flatten().for_each(|shift| add(*shift, times, team.absence));
            }
            // Days beside the window are worked like days within it.
            Rota::Dated(dated) => {
                let end = horizon.start.plus(i64::from(horizon.days));
                let times = f64::from(horizon.total_days()) / f64::from(horizon.days.max(1));
                let within = dated.shifts.iter().filter(|s| s.date >= horizon.start && s.date < end);
                within.for_each(|s| add(s.shift as usize, times, team.absence));
            }
        }
    }
    staff
}

/// Calls a case makes, roughly: an answered call leads to a repeat with probability q(1 − r0); of the calls for which
/// there is no time at all, those of callers who give up, a share is tried again.
fn attempts(option: &Setting, first: &First, staff: &Staff) -> f64 {
    let response = &option.response;
    let repeats = (response.repeats * (1.0 - response.resolved)).min(MOST_REPEATS);
    let work = first.work / (1.0 - repeats);
    let impatient = option.queues.iter().any(|queue| queue.patience.is_some());
    let lost = if impatient && work > staff.present { 1.0 - staff.present / work } else { 0.0 };
    let again = lost * response.redials + (1.0 - lost) * repeats;
    let most = (1.0 + f64::from(response.redials_at_most)) / (1.0 - repeats);
    (1.0 / (1.0 - again.min(MOST_REPEATS))).min(most)
}

/// Cases cannot go on for ever within the days simulated.
const MOST_REPEATS: f64 = 0.99;
