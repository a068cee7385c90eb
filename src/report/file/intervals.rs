//! `intervals.csv`: the week by weekday and interval, with good and bad days, and Monday to Friday taken together.

use super::number::{cell, csv};
use crate::experiment::{OptionOutcome, SERVICE_BINS, class_percentile};
use crate::report::summary::{OptionSummary, Summary};
use crate::scenario::Horizon;
use crate::tally::{Slot, StaffCell};
use crate::unit::{Weekday, clock, seconds};

/// A row per option, view, queue, weekday and interval that is open or staffed. Calls are means a day; percentiles
/// are over days, of the interval's own service level.
pub fn intervals_csv(summary: &Summary<'_>) -> String {
    let header = [
        "option",
        "view",
        "queue",
        "weekday",
        "start",
        "end",
        "days",
        "offered",
        "answered",
        "answered_within",
        "abandoned",
        "service_level",
        "service_p10",
        "service_p50",
        "service_p90",
        "mean_wait_s",
        "load_erlangs",
        "rostered",
        "signed_on",
        "busy",
        "available",
    ];
    let horizon = summary.study.horizon;
    let replications = summary.outcome.replications;
    let rows = summary.options.iter().flat_map(|option| rows_of(option, &horizon, replications));
    csv(&header, rows)
}

/// Days of the week that a row sums up.
fn groups() -> impl Iterator<Item = (String, Vec<usize>)> {
    let single = Weekday::NAMES.iter().enumerate().map(|(i, name)| ((*name).to_owned(), vec![i]));
    std::iter::once(("weekdays".to_owned(), (0..5).collect())).chain(single)
}

fn rows_of(option: &OptionSummary<'_>, horizon: &Horizon, replications: u32) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for (q, queue) in option.setting.queues.iter().enumerate() {
        let handling = handling_s(option, q);
        for (name, weekdays) in groups() {
            for cell_of_day in 0..option.outcome.cells_a_day() {
                let interval =
                    Interval::new(option.outcome, horizon, q, &weekdays, cell_of_day, replications);
                if interval.days == 0.0 || (interval.slot.offered == 0 && interval.staff.rostered == 0) {
                    continue;
                }
                let from = cell_of_day as u64 * horizon.interval;
                let mut row = vec![
                    option.setting.name.clone(),
                    option.setting.view.clone().unwrap_or_default(),
                    queue.name.clone(),
                    name.clone(),
                    clock(from),
                    clock(from + horizon.interval),
                ];
                row.extend(interval.cells(horizon, handling));
                rows.push(row);
            }
        }
    }
    rows
}

/// Mean talk and wrap that an answered call of a queue needs, seconds.
fn handling_s(option: &OptionSummary<'_>, queue: usize) -> Option<f64> {
    use crate::measure::Sum;
    let sum = |s: Sum| option.outcome.queues[queue].iter().map(|r| r.of(s)).sum::<u64>() as f64;
    let handled = sum(Sum::Handled);
    (handled > 0.0).then(|| (sum(Sum::Talk) + sum(Sum::WrapRequired)) / handled / 1e6)
}

/// One interval over some weekdays, summed over days and replications.
struct Interval {
    /// Days summed.
    days: f64,
    slot: Slot,
    staff: StaffCell,
    classes: Vec<u64>,
}

impl Interval {
    fn new(
        outcome: &OptionOutcome,
        horizon: &Horizon,
        queue: usize,
        weekdays: &[usize],
        cell_of_day: usize,
        replications: u32,
    ) -> Interval {
        let mut interval = Interval {
            days: 0.0,
            slot: Slot::default(),
            staff: StaffCell::default(),
            classes: vec![0; SERVICE_BINS],
        };
        for day in 0..horizon.days as usize {
            let weekday = usize::from(horizon.start.plus(day as i64).weekday().0);
            if weekdays.contains(&weekday) {
                let at = day * outcome.cells_a_day() + cell_of_day;
                interval.slot.merge(&outcome.slots[queue][at]);
                interval.staff.merge(&outcome.staff[at]);
                interval.days += f64::from(replications);
            }
        }
        for weekday in weekdays {
            let classes = outcome.service_classes(queue, *weekday, cell_of_day);
            interval.classes.iter_mut().zip(classes).for_each(|(a, b)| *a += u64::from(*b));
        }
        interval
    }

    fn cells(&self, horizon: &Horizon, handling: Option<f64>) -> Vec<String> {
        let s = &self.slot;
        let a_day = |n: u64| cell(Some(n as f64 / self.days));
        let agents = |n: u64| cell(Some(n as f64 / self.days / horizon.interval as f64));
        let share = |n: u64, d: u64| (d > 0).then(|| n as f64 / d as f64);
        let offered = s.offered as f64 / self.days;
        let load = handling.map(|h| offered * h / seconds(horizon.interval));
        vec![
            cell(Some(self.days)),
            a_day(s.offered),
            a_day(s.answered),
            a_day(s.within),
            a_day(s.abandoned),
            cell(share(s.within, s.offered - s.short)),
            cell(class_percentile(&self.classes, 0.1)),
            cell(class_percentile(&self.classes, 0.5)),
            cell(class_percentile(&self.classes, 0.9)),
            cell(share(s.answered_wait + s.lost_wait, s.offered).map(|w| w / 1e6)),
            cell(load),
            agents(self.staff.rostered),
            agents(self.staff.signed_on),
            agents(self.staff.busy),
            agents(self.staff.available),
        ]
    }
}
