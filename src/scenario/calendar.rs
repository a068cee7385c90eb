//! What changes demand by date, as meant: trends, events, phased transfers and counts of single days.

use crate::unit::{DAY, Date, Micros};
use std::sync::Arc;

/// Everything that makes one date's demand differ from that of its weekday.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Calendar {
    /// Growth from year to year.
    pub trend: Option<Trend>,
    /// Multipliers over windows of dates and times; where several meet, all of them hold.
    pub events: Vec<Event>,
    /// Services that come in phases, by date, ascending; empty where all of the demand is there from the start.
    pub phases: Vec<Phase>,
    /// Counts of single dates, which stand instead of the volume's.
    pub dated: Option<Arc<Dated>>,
}

/// Growth from year to year: demand is multiplied by (1 + per_year)^(days since `from` / 365.25).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Growth in a year: 0.03 is three in a hundred.
    pub per_year: f64,
    /// The date on which the volume is the one given.
    pub from: Date,
}

/// A multiplier over a window.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Event {
    /// First date.
    pub from: Date,
    /// Last date.
    pub to: Date,
    /// From this time of day on.
    pub start: Micros,
    /// Up to this time of day; both are whole intervals.
    pub end: Micros,
    /// Multiplies demand.
    pub times: f64,
}

/// A step of a phased transfer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phase {
    /// From this date on …
    pub from: Date,
    /// … this share of the demand is there.
    pub share: f64,
}

/// Counts of single dates.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    /// The file they came from.
    pub file: String,
    /// By date, ascending.
    pub days: Vec<(Date, Counts)>,
}

/// The calls of one date.
#[derive(Debug, Clone, PartialEq)]
pub enum Counts {
    /// All day; spread by the shape.
    Day(f64),
    /// In each interval of the day.
    Cells(Vec<f64>),
}

impl Calendar {
    /// Whether every date is like any other of its weekday.
    pub fn is_plain(&self) -> bool {
        self.trend.is_none() && self.events.is_empty() && self.phases.is_empty() && self.dated.is_none()
    }

    /// The counts given for a date.
    pub fn counts(&self, date: Date) -> Option<&Counts> {
        let days = &self.dated.as_ref()?.days;
        days.binary_search_by_key(&date, |(day, _)| *day).ok().map(|at| &days[at].1)
    }

    /// What trend and phases multiply a date's demand by.
    pub fn of_day(&self, date: Date) -> f64 {
        let trend = self.trend.map_or(1.0, |trend| {
            libm::pow(1.0 + trend.per_year, date.days_since(trend.from) as f64 / 365.25)
        });
        let reached = self.phases.iter().rev().find(|phase| phase.from <= date).map(|phase| phase.share);
        let none_yet = if self.phases.is_empty() { 1.0 } else { 0.0 };
        trend * reached.unwrap_or(none_yet)
    }

    /// What events multiply demand by on a date at a time of day.
    pub fn of_moment(&self, date: Date, time: Micros) -> f64 {
        debug_assert!(time < DAY);
        let on = |e: &&Event| (e.from..=e.to).contains(&date) && (e.start..e.end).contains(&time);
        self.events.iter().filter(on).map(|e| e.times).product()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::{HOUR, parse_date};

    #[test]
    fn a_date_has_the_trend_the_phase_and_the_events_that_reach_it() {
        let date = |text| parse_date(text).unwrap();
        let calendar = Calendar {
            trend: Some(Trend { per_year: 0.21, from: date("2023-01-01") }),
            events: vec![
                Event {
                    from: date("2024-03-01"),
                    to: date("2024-03-02"),
                    start: 9 * HOUR,
                    end: 10 * HOUR,
                    times: 2.0,
                },
                Event { from: date("2024-03-02"), to: date("2024-03-02"), start: 0, end: DAY, times: 1.5 },
            ],
            phases: vec![
                Phase { from: date("2023-06-01"), share: 0.25 },
                Phase { from: date("2024-02-01"), share: 1.0 },
            ],
            dated: None,
        };
        assert!((calendar.of_day(date("2024-12-31")) / libm::pow(1.21, 730.0 / 365.25) - 1.0).abs() < 1e-15);
        assert_eq!(calendar.of_day(date("2023-05-31")), 0.0);
        assert_eq!(calendar.of_day(date("2023-06-01")), 0.25 * libm::pow(1.21, 151.0 / 365.25));
        assert_eq!(calendar.of_moment(date("2024-03-01"), 9 * HOUR), 2.0);
        assert_eq!(calendar.of_moment(date("2024-03-01"), 10 * HOUR), 1.0);
        assert_eq!(calendar.of_moment(date("2024-03-02"), 9 * HOUR), 3.0);
        assert!(!calendar.is_plain() && Calendar::default().is_plain());
    }
}
