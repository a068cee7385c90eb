//! `intervals.csv`: the week by weekday and interval, with good and bad days, and Monday to Friday taken together.

use super::number::{cell, csv};
use crate::experiment::{OptionOutcome, SERVICE_BINS, class_percentile, each};
use crate::measure::{ServiceLevel, Sum, Sums};
use crate::report::summary::{OptionSummary, Summary};
use crate::scenario::Horizon;
use crate::tally::{IntervalSums, Slot, StaffCell};
use crate::unit::{Weekday, clock, seconds};

/// A row per option, view, queue, weekday and interval that is open or staffed, then the same per site and per team, of
/// several. Calls are means a day; percentiles are over days, of the interval's own service level. Staff are those of the
/// whole centre in the rows of queues, those who sit there in the rows of a site, and its own in the rows of a team; calls
/// of a site are those sent to it, and their cells are empty where none are, as those of teams. Talk and wrap are those
/// of the calls that came in the interval; workload, as occupancy, goes by the clock.
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
        "site",
        "service_base",
        "asa_s",
        "abandonment_rate",
        "occupancy",
        "team",
        "aht_s",
        "talk_s",
        "wrap_s",
        "workload",
    ];
    let horizon = summary.study.horizon;
    let replications = summary.outcome.replications;
    let rows = each(&summary.options, |option| rows_of(option, &horizon, replications)).into_iter().flatten();
    csv(&header, rows)
}

/// Days of the week that a row sums up.
pub(super) fn groups() -> impl Iterator<Item = (String, Vec<usize>)> {
    let single = Weekday::NAMES.iter().enumerate().map(|(i, name)| ((*name).to_owned(), vec![i]));
    std::iter::once(("weekdays".to_owned(), (0..5).collect())).chain(single)
}

/// A queue, a site or a team, as rows tell of it.
struct Told<'a> {
    /// Its place among the outcome's slots; a team has none.
    place: Option<usize>,
    queue: &'a str,
    site: &'a str,
    team: &'a str,
    /// Of a site or team, the teams whose staff it has.
    staff_of: Option<Vec<usize>>,
    /// Whether callers come to it.
    called: bool,
    /// How its service level is counted; none where several ways meet.
    level: Option<ServiceLevel>,
    /// Mean talk and wrap that an answered call needs, seconds.
    handling: Option<f64>,
}

/// The queues of an option, then its sites and its teams, of several.
fn told<'a>(option: &'a OptionSummary<'_>) -> Vec<Told<'a>> {
    let (setting, outcome) = (option.setting, option.outcome);
    let queues = setting.queues.iter().enumerate().map(|(place, queue)| Told {
        place: Some(place),
        queue: &queue.name,
        site: "",
        team: "",
        staff_of: None,
        called: true,
        level: Some(queue.service_level),
        handling: handling_s(&outcome.queues[place]),
    });
    let sites = (0..outcome.sites.len()).map(|site| {
        let levels: Vec<ServiceLevel> = setting.sent_to(site).map(|queue| queue.service_level).collect();
        Told {
            place: Some(setting.queues.len() + site),
            queue: "",
            site: &setting.sites[site],
            team: "",
            staff_of: Some(
                (0..setting.teams.len()).filter(|t| setting.teams[*t].site == Some(site)).collect(),
            ),
            called: !levels.is_empty(),
            level: levels.first().copied().filter(|first| levels.iter().all(|level| level == first)),
            handling: handling_s(&outcome.sites[site]),
        }
    });
    let teams = (0..setting.teams_told_apart()).map(|team| Told {
        place: None,
        queue: "",
        site: "",
        team: &setting.teams[team].name,
        staff_of: Some(vec![team]),
        called: false,
        level: None,
        handling: None,
    });
    queues.chain(sites).chain(teams).collect()
}

fn rows_of(option: &OptionSummary<'_>, horizon: &Horizon, replications: u32) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for told in told(option) {
        for (name, weekdays) in groups() {
            for cell_of_day in 0..option.outcome.cells_a_day() {
                let interval =
                    Interval::new(option.outcome, horizon, &told, &weekdays, cell_of_day, replications);
                if interval.days == 0.0 || interval.is_empty(&told) {
                    continue;
                }
                let from = cell_of_day as u64 * horizon.interval;
                let mut row = vec![
                    option.setting.name.clone(),
                    option.setting.view.clone().unwrap_or_default(),
                    told.queue.to_owned(),
                    name.clone(),
                    clock(from),
                    clock(from + horizon.interval),
                ];
                row.extend(interval.cells(horizon, &told));
                rows.push(row);
            }
        }
    }
    rows
}

/// Mean talk and wrap that an answered call needs, seconds, from a place's sums.
fn handling_s(sums: &[Sums]) -> Option<f64> {
    let sum = |s: Sum| sums.iter().map(|r| r.of(s)).sum::<u64>() as f64;
    let handled = sum(Sum::Handled);
    (handled > 0.0).then(|| (sum(Sum::Talk) + sum(Sum::WrapRequired)) / handled / 1e6)
}

/// One interval over some weekdays, summed over days and replications.
struct Interval {
    /// Days summed.
    days: f64,
    slot: Slot,
    sums: IntervalSums,
    staff: StaffCell,
    classes: Vec<u64>,
}

impl Interval {
    fn new(
        outcome: &OptionOutcome,
        horizon: &Horizon,
        told: &Told<'_>,
        weekdays: &[usize],
        cell_of_day: usize,
        replications: u32,
    ) -> Interval {
        let mut interval = Interval {
            days: 0.0,
            slot: Slot::default(),
            sums: IntervalSums::default(),
            staff: StaffCell::default(),
            classes: vec![0; SERVICE_BINS],
        };
        for day in 0..horizon.days as usize {
            let weekday = usize::from(horizon.start.plus(day as i64).weekday().0);
            if weekdays.contains(&weekday) {
                let at = day * outcome.cells_a_day() + cell_of_day;
                if let Some(place) = told.place {
                    interval.slot.merge(&outcome.slots[place][at]);
                }
                if told.staff_of.is_none() {
                    interval.staff.merge(&outcome.staff[at]);
                }
                interval.days += f64::from(replications);
            }
        }
        for weekday in weekdays {
            let classes =
                told.place.map_or(&[][..], |place| outcome.service_classes(place, *weekday, cell_of_day));
            interval.classes.iter_mut().zip(classes).for_each(|(a, b)| *a += u64::from(*b));
            let at = weekday * outcome.cells_a_day() + cell_of_day;
            if let Some(place) = told.place {
                interval.sums.merge(&outcome.intervals[place][at]);
            }
            for team in told.staff_of.iter().flatten() {
                interval.staff.merge(&outcome.team_staff[*team][at]);
            }
        }
        interval
    }

    /// Whether nobody calls and nobody is at work; at a site or in a team, those who stay late are.
    fn is_empty(&self, told: &Told<'_>) -> bool {
        let nobody_late = told.staff_of.is_none() || self.staff.signed_on == 0;
        self.slot.offered == 0 && self.staff.rostered == 0 && nobody_late
    }

    fn cells(&self, horizon: &Horizon, told: &Told<'_>) -> Vec<String> {
        let s = &self.slot;
        let a_day = |n: u64| cell(told.called.then(|| n as f64 / self.days));
        let agents = |n: u64| cell(Some(n as f64 / self.days / horizon.interval as f64));
        let share = |n: u64, d: u64| (d > 0).then(|| n as f64 / d as f64);
        let offered = s.offered as f64 / self.days;
        let load = told.handling.filter(|_| told.called).map(|h| offered * h / seconds(horizon.interval));
        let of = |sum| self.sums.of(sum);
        let (talk, wrap) = (of(Sum::Talk), of(Sum::WrapDone) + of(Sum::WrapPadding));
        let handled = |time: u64| cell(share(time, of(Sum::Handled)).map(|micros| micros / 1e6));
        let signed_on = self.staff.signed_on;
        let busy = share(self.staff.busy, self.staff.busy + self.staff.available);
        vec![
            cell(Some(self.days)),
            a_day(s.offered),
            a_day(s.answered),
            a_day(s.within),
            a_day(s.abandoned),
            cell(told.level.and_then(|level| {
                let (well_served, base) = s.served(level);
                share(well_served, base)
            })),
            cell(class_percentile(&self.classes, 0.1)),
            cell(class_percentile(&self.classes, 0.5)),
            cell(class_percentile(&self.classes, 0.9)),
            cell(share(s.answered_wait + s.lost_wait, s.offered).map(|w| w / 1e6)),
            cell(load),
            agents(self.staff.rostered),
            agents(self.staff.signed_on),
            agents(self.staff.busy),
            agents(self.staff.available),
            told.site.to_owned(),
            cell(told.level.map(|level| s.served(level).1 as f64 / self.days)),
            cell(share(s.answered_wait, s.answered).map(|w| w / 1e6)),
            cell(share(s.abandoned - s.short, s.offered - s.short)),
            cell(busy),
            told.team.to_owned(),
            handled(talk + wrap),
            handled(talk),
            handled(wrap),
            cell(share(signed_on - self.staff.available, signed_on)),
        ]
    }
}
