//! Rates of first calls, in calls an hour, by simulated day and cell of the day (a cell is one reporting interval).

use super::lines::{Line, lines, open_cells};
use crate::scenario::{Counts, Demand, Horizon, Opening, Shape, Volume};
use crate::unit::{Date, HOUR, Micros, Weekday, number, whole};
use std::sync::Arc;

/// The rates of one queue under one option.
#[derive(Debug, Clone, PartialEq)]
pub struct Rates {
    /// For each weekday that is open somewhere in the horizon: calls an hour in each cell of the day.
    profiles: Vec<Vec<f64>>,
    /// For each simulated day, its profile; `None` when closed.
    of_day: Vec<Option<usize>>,
    /// For each profile, the cumulative share of the day's calls at the end of each cell.
    cumulative: Vec<Vec<f64>>,
    /// For each profile and each of [`GUIDES`] equal parts of (0, 1), the first cell whose cumulative share lies above the
    /// part's beginning: where the search for a share begins.
    guides: Vec<Vec<u32>>,
    /// For each profile, the lines in which its rate runs; empty where it runs in steps.
    lines: Vec<Vec<Line>>,
    /// Length of a cell.
    cell: Micros,
    /// For each simulated day, opening and closing time of day.
    hours: Vec<Option<(Micros, Micros)>>,
}

/// Rates worked out so far, so that options with the same demand share one copy, which then stays near while many
/// options are simulated in turns.
#[derive(Debug, Default)]
pub struct KnownRates {
    known: Vec<(Demand, Opening, Horizon, Arc<Rates>)>,
}

impl KnownRates {
    /// The rates of a queue, worked out when they are first asked for.
    pub fn of(&mut self, demand: &Demand, opening: &Opening, horizon: &Horizon) -> Arc<Rates> {
        let same = |own: &&(Demand, Opening, Horizon, Arc<Rates>)| {
            own.0 == *demand && own.1 == *opening && own.2 == *horizon
        };
        if let Some((.., rates)) = self.known.iter().find(same) {
            return Arc::clone(rates);
        }
        let rates = Arc::new(Rates::new(demand, opening, horizon));
        self.known.push((demand.clone(), opening.clone(), *horizon, Arc::clone(&rates)));
        rates
    }
}

/// Parts into which a cumulative profile is divided for searching: a power of two, so that a part's beginning is exact.
const GUIDES: usize = 128;

/// Hours in which the centre is open in a calendar year.
pub fn open_hours_a_year(opening: &Opening, year: i16) -> f64 {
    year_days(year)
        .filter_map(|date| opening.hours(date))
        .map(|(open, close)| (close - open) as f64 / HOUR as f64)
        .sum()
}

fn year_days(year: i16) -> impl Iterator<Item = Date> {
    days_between(Date::new_year(year), Date::new_year(year + 1))
}

fn days_between(from: Date, to: Date) -> impl Iterator<Item = Date> {
    (0..to.days_since(from)).map(move |d| from.plus(d))
}

/// Weights of the cells of a weekday: the shape's, or the open part of each cell where there is none.
fn weights(shape: Option<&Shape>, weekday: Weekday, open: Micros, close: Micros, cell: Micros) -> Vec<f64> {
    let cells = (crate::unit::DAY / cell) as usize;
    (0..cells)
        .map(|k| {
            let share = open_part(k, open, close, cell);
            match shape {
                Some(_) if share == 0.0 => 0.0,
                Some(shape) => shape.weights[usize::from(weekday.0)][k],
                None => share,
            }
        })
        .collect()
}

/// The share of a cell that lies within opening hours.
fn open_part(k: usize, open: Micros, close: Micros, cell: Micros) -> f64 {
    let (from, to) = (k as u64 * cell, (k as u64 + 1) * cell);
    let (from, to) = (from.max(open), to.min(close));
    if to > from { (to - from) as f64 / cell as f64 } else { 0.0 }
}

impl Rates {
    /// Works out the rates of a queue on every simulated day.
    ///
    /// A yearly volume is divided by the weights of all open days of that day's calendar year, a monthly one by
    /// those of its month, a weekly one by those of a week with every day open, a daily one by the mean over the
    /// open weekdays of such a week; calls an hour are taken as they are (a shape then being relative to its own
    /// mean over open cells).
    pub fn new(demand: &Demand, opening: &Opening, horizon: &Horizon) -> Rates {
        let cell = horizon.interval;
        let shape = demand.shape.as_ref();
        let of_week: Vec<Option<Vec<f64>>> = Weekday::ALL
            .iter()
            .map(|w| opening.week[usize::from(w.0)].map(|(o, c)| weights(shape, *w, o, c, cell)))
            .collect();
        let day_weight = |date: Date| -> f64 {
            match opening.hours(date) {
                Some(_) => of_week[usize::from(date.weekday().0)].as_ref().map_or(0.0, |w| w.iter().sum()),
                None => 0.0,
            }
        };
        let mut rates = Rates {
            profiles: Vec::new(),
            of_day: Vec::new(),
            cumulative: Vec::new(),
            guides: Vec::new(),
            lines: Vec::new(),
            cell,
            hours: Vec::new(),
        };
        let mut known: Vec<((i64, u8), usize)> = Vec::new();
        let mut totals: Vec<(i64, f64)> = Vec::new();
        for day in 0..horizon.total_days() {
            let date = horizon.date(day);
            let hours = opening.hours(date);
            rates.hours.push(hours);
            let Some((open, close)) = hours else {
                rates.of_day.push(None);
                continue;
            };
            let period = match demand.volume {
                Volume::PerYear(_) => i64::from(date.year()),
                Volume::PerMonth(_) => i64::from(date.year()) * 12 + i64::from(date.month()),
                _ => 0,
            };
            let name = (period, date.weekday().0);
            let plain = demand.calendar.is_plain();
            if let Some((_, profile)) = known.iter().find(|(n, _)| plain && *n == name) {
                rates.of_day.push(Some(*profile));
                continue;
            }
            let in_all = || match demand.volume {
                Volume::PerHour(_) => mean_weight(&of_week, opening, cell) * HOUR as f64 / cell as f64,
                volume => period_weight(volume, date, &of_week, &day_weight),
            };
            let total = match totals.iter().find(|(known, _)| *known == period) {
                Some((_, total)) => *total,
                None => {
                    totals.push((period, in_all()));
                    totals[totals.len() - 1].1
                }
            };
            let calls = demand.volume.calls() * demand.times * demand.first_call_share;
            let row = of_week[usize::from(date.weekday().0)].as_ref().expect("an open day has weights");
            let mut profile: Vec<f64> = row
                .iter()
                .enumerate()
                .map(|(k, w)| {
                    let hours = open_part(k, open, close, cell) * cell as f64 / HOUR as f64;
                    if hours > 0.0 && total > 0.0 { calls * w / total / hours } else { 0.0 }
                })
                .collect();
            if plain {
                known.push((name, rates.profiles.len()));
            } else {
                by_date(demand, date, (open, close), cell, row, &mut profile);
            }
            rates.add(profile, demand.straight_lines, (open, close));
        }
        rates
    }

    /// The next day has this profile.
    fn add(&mut self, profile: Vec<f64>, straight: bool, (open, close): (Micros, Micros)) {
        self.of_day.push(Some(self.profiles.len()));
        let cumulative = cumulative(&profile, open, close, self.cell);
        self.guides.push(guides(&cumulative));
        self.cumulative.push(cumulative);
        let mut through = Vec::new();
        if straight {
            let (first, last) = open_cells(open, close, self.cell);
            lines(&profile, first, last, &mut through);
        }
        self.lines.push(through);
        self.profiles.push(profile);
    }

    /// Calls an hour in each cell of a simulated day; `None` when closed. Where the rate runs in straight lines, its
    /// mean over each cell.
    pub fn of_day(&self, day: u32) -> Option<&[f64]> {
        self.of_day[day as usize].map(|p| self.profiles[p].as_slice())
    }

    /// Opening and closing time of a simulated day.
    pub fn hours(&self, day: u32) -> Option<(Micros, Micros)> {
        self.hours[day as usize]
    }

    /// Expected first calls of a simulated day.
    pub fn expected(&self, day: u32) -> f64 {
        let Some((rates, (open, close))) = self.of_day(day).zip(self.hours(day)) else { return 0.0 };
        rates
            .iter()
            .enumerate()
            .map(|(k, r)| r * open_part(k, open, close, self.cell) * self.cell as f64 / HOUR as f64)
            .sum()
    }

    /// A moment of an open day (time of day) drawn from its profile without busyness, by one uniform: strictly
    /// after opening and before closing. `None` when closed or when the profile is empty.
    pub fn moment(&self, day: u32, u: f64) -> Option<Micros> {
        let profile = self.of_day[day as usize]?;
        let (open, close) = self.hours[day as usize]?;
        let cumulative = &self.cumulative[profile];
        // From a cell that cannot lie beyond it: two steps on average, where halving would take seven that wait for each
        // other.
        let mut k = *self.guides[profile].get((u * GUIDES as f64) as usize)? as usize;
        while *cumulative.get(k)? <= u {
            k += 1;
        }
        let below = if k == 0 { 0.0 } else { cumulative[k - 1] };
        let part = (u - below) / (cumulative[k] - below);
        let part = self.lines[profile].get(k).map_or(part, |line| line.way(part));
        let from = (k as u64 * self.cell).max(open);
        let to = ((k as u64 + 1) * self.cell).min(close);
        let time = from + whole(part * number(to - from));
        Some(time.clamp(open + 1, close - 1))
    }
}

/// What the calendar makes of a date's profile: counts of the date stand in its place, then all else multiplies it.
fn by_date(
    demand: &Demand,
    date: Date,
    (open, close): (Micros, Micros),
    cell: Micros,
    weights: &[f64],
    profile: &mut [f64],
) {
    let hours = |k: usize| open_part(k, open, close, cell) * cell as f64 / HOUR as f64;
    let scale = demand.times * demand.first_call_share;
    match demand.calendar.counts(date) {
        None => {}
        Some(Counts::Cells(cells)) => {
            for (k, (rate, calls)) in profile.iter_mut().zip(cells).enumerate() {
                *rate = if hours(k) > 0.0 { calls * scale / hours(k) } else { 0.0 };
            }
        }
        Some(Counts::Day(calls)) => {
            let total: f64 = weights.iter().sum();
            let day = (close - open) as f64 / HOUR as f64;
            for (k, (rate, weight)) in profile.iter_mut().zip(weights).enumerate() {
                *rate = match hours(k) {
                    0.0 => 0.0,
                    hours if total > 0.0 => calls * scale * weight / total / hours,
                    _ => calls * scale / day,
                };
            }
        }
    }
    let of_day = demand.calendar.of_day(date);
    for (k, rate) in profile.iter_mut().enumerate() {
        *rate *= of_day * demand.calendar.of_moment(date, k as u64 * cell);
    }
}

/// The weight by which the volume of the period around a date is divided.
fn period_weight(
    volume: Volume,
    date: Date,
    of_week: &[Option<Vec<f64>>],
    day_weight: &dyn Fn(Date) -> f64,
) -> f64 {
    let week: f64 = of_week.iter().flatten().flatten().sum();
    match volume {
        Volume::PerYear(_) => year_days(date.year()).map(day_weight).sum(),
        Volume::PerMonth(_) => {
            let from = date.month_start();
            days_between(from, from.plus(31).month_start()).map(day_weight).sum()
        }
        Volume::PerWeek(_) => week,
        Volume::PerDay(_) => week / of_week.iter().flatten().count().max(1) as f64,
        Volume::PerHour(_) => week,
    }
}

/// The mean weight of an open cell of a week, part-open cells by their open part.
fn mean_weight(of_week: &[Option<Vec<f64>>], opening: &Opening, cell: Micros) -> f64 {
    let weight: f64 = of_week.iter().flatten().flatten().sum();
    let open: f64 = opening.week.iter().flatten().map(|(o, c)| (c - o) as f64 / cell as f64).sum();
    weight / open
}

fn guides(cumulative: &[f64]) -> Vec<u32> {
    let first = |part: usize| cumulative.partition_point(|c| *c <= part as f64 / GUIDES as f64) as u32;
    (0..GUIDES).map(first).collect()
}

fn cumulative(profile: &[f64], open: Micros, close: Micros, cell: Micros) -> Vec<f64> {
    let total: f64 = profile.iter().enumerate().map(|(k, r)| r * open_part(k, open, close, cell)).sum();
    if total <= 0.0 {
        return Vec::new();
    }
    let mut sum = 0.0;
    let last = profile.iter().rposition(|r| *r > 0.0).unwrap_or(0);
    profile
        .iter()
        .enumerate()
        .map(|(k, r)| {
            sum += r * open_part(k, open, close, cell) / total;
            if k >= last { 1.0 } else { sum }
        })
        .collect()
}
