//! Runs one setting through the engine and through the twin, on the same drawn days.

use super::simulator::{Day, Twin};
use super::told::{Log, Told};
use answerable::demand::{Busyness, Cloud, DayLines, Drawn, FirstCalls};
use answerable::engine::{Observer, Plan};
use answerable::history::History;
use answerable::random::Key;
use answerable::scenario::{Horizon, Setting};
use answerable::tally::Tally;
use answerable::unit::Micros;

/// A question to both simulators.
#[derive(Debug, Clone)]
pub(super) struct Case {
    pub(super) setting: Setting,
    pub(super) horizon: Horizon,
    /// First calls arrive on whole multiples of this: one microsecond leaves them as drawn, half a minute makes
    /// many ties.
    pub(super) grid: Micros,
}

/// Rates of every queue on every day, busyness included; noughts on closed days.
pub(super) fn rates(plan: &Plan, root: Key) -> Vec<Vec<Vec<f64>>> {
    let cells = plan.horizon.intervals_per_day();
    let queues = &plan.setting.queues;
    let busyness: Vec<Busyness> = queues.iter().map(|q| Busyness::new(&q.demand)).collect();
    let mut scores = vec![None; queues.len()];
    (0..plan.horizon.total_days())
        .map(|day| {
            (0..queues.len())
                .map(|q| {
                    let Some(profile) = plan.rates[q].of_day(day) else { return vec![0.0; cells] };
                    let mut rates = profile.to_vec();
                    let score = busyness[q].day_score(root, q as u64, day, scores[q]);
                    scores[q] = Some(score);
                    busyness[q].apply(root, q as u64, day, score, &mut rates);
                    rates
                })
                .collect()
        })
        .collect()
}

/// Draws every day up to the ceilings, arrivals put back on a grid.
pub(super) fn draw(
    plan: &Plan,
    root: Key,
    rates: Vec<Vec<Vec<f64>>>,
    ceilings: &[Vec<Vec<f64>>],
    grid: Micros,
) -> Vec<Day> {
    let cloud = Cloud::new(plan.horizon.interval, vec![plan.variates()]);
    rates
        .into_iter()
        .enumerate()
        .map(|(day, rates)| {
            let mut drawn = Drawn::default();
            let start = Plan::day_start(day as u32);
            // Straight lines rise to no more than twice the rates of their cells.
            let tops: Vec<Vec<f64>> = ceilings[day]
                .iter()
                .zip(&plan.setting.queues)
                .map(|(rates, queue)| {
                    let times = if queue.demand.straight_lines { 2.0 } else { 1.0 };
                    rates.iter().map(|rate| rate * times).collect()
                })
                .collect();
            cloud.draw(root, day as u32, start, &tops, &mut drawn);
            put_on_grid(&mut drawn, grid);
            Day { drawn, rates }
        })
        .collect()
}

/// Moves arrivals back to whole multiples of `grid`, which divides a cell, and restores the order by time and identity.
fn put_on_grid(drawn: &mut Drawn, grid: Micros) {
    if grid <= 1 {
        return;
    }
    for point in &mut drawn.points {
        point.time -= point.time % grid;
    }
    let mut order: Vec<usize> = (0..drawn.points.len()).collect();
    order.sort_by_key(|i| (drawn.points[*i].time, drawn.points[*i].id));
    drawn.points = order.iter().map(|i| drawn.points[*i]).collect();
    drawn.height = order.iter().map(|i| drawn.height[*i]).collect();
    for variates in &mut drawn.variates {
        *variates = order.iter().map(|i| variates[*i]).collect();
    }
}

/// One replication by the engine, told in order of time.
pub(super) fn engine(plan: &Plan, history: &mut History, root: Key, days: &[Day]) -> Vec<Told> {
    engine_told::<false>(plan, history, root, days)
}

/// One replication by the engine, told in order of time or in any.
pub(super) fn engine_told<const ANY_ORDER: bool>(
    plan: &Plan,
    history: &mut History,
    root: Key,
    days: &[Day],
) -> Vec<Told> {
    let mut log = Log::<ANY_ORDER>::default();
    history.start(plan, root);
    run_days(plan, history, days, &mut log);
    history.finish(plan, &mut log);
    log.sorted()
}

/// Begins a replication by the engine and leaves it after its first day.
pub(super) fn first_day(plan: &Plan, history: &mut History, root: Key, days: &[Day]) {
    history.start(plan, root);
    run_days(plan, history, &days[..1], &mut Log::<false>::default());
}

fn run_days<O: Observer>(plan: &Plan, history: &mut History, days: &[Day], seen: &mut O) {
    let mut picked = Vec::new();
    for (day, input) in days.iter().enumerate() {
        let (open, close) = plan.hours(day as u32).unwrap_or((0, 0));
        let (mut lines, mut tops, cell) = (DayLines::default(), input.rates.clone(), plan.horizon.interval);
        for (queue, rates) in tops.iter_mut().enumerate() {
            if let Some(hours) = plan.rates[queue].hours(day as u32) {
                lines.bend(queue, plan.setting.queues[queue].demand.straight_lines, hours, cell, rates);
            }
        }
        input.drawn.pick(&tops, open, close, &mut picked);
        lines.thin(&input.drawn, open, close, cell, &mut picked);
        let first = FirstCalls { index: &picked, drawn: &input.drawn, variates: 0 };
        history.day(plan, day as u32, first, seen);
    }
}

/// One replication by the engine, tallied, and the same days by the twin.
pub(super) fn tallied(case: &Case, seed: u64) -> (Tally, Vec<Told>) {
    let plan = Plan::new(case.setting.clone(), case.horizon);
    let root = Key::replication(seed, 0);
    let rates = rates(&plan, root);
    let days = draw(&plan, root, rates.clone(), &rates, case.grid);
    let (mut tally, mut history) = (Tally::new(&plan), History::new(&plan));
    tally.start();
    history.start(&plan, root);
    run_days(&plan, &mut history, &days, &mut tally);
    history.finish(&plan, &mut tally);
    tally.finish();
    (tally, Twin::new(&case.setting, &case.horizon, root).run(&days))
}

/// The engine's log of a scenario's first replication, and the days it ran on.
pub(super) fn by_engine(case: &Case, seed: u64) -> (Vec<Told>, Vec<Day>) {
    let plan = Plan::new(case.setting.clone(), case.horizon);
    let root = Key::replication(seed, 0);
    let rates = rates(&plan, root);
    let days = draw(&plan, root, rates.clone(), &rates, case.grid);
    (engine(&plan, &mut History::new(&plan), root, &days), days)
}

/// Both logs of a scenario's first replication: the engine's and the twin's.
pub(super) fn both(case: &Case, seed: u64) -> (Vec<Told>, Vec<Told>) {
    let (engine, days) = by_engine(case, seed);
    (engine, Twin::new(&case.setting, &case.horizon, Key::replication(seed, 0)).run(&days))
}
