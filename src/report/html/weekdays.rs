//! The figures of each weekday, option by option.

use super::cell::{Cell, own};
use super::days::labelled;
use crate::report::sentence::capitalised;
use crate::report::stored::{OptionResult, Results, WeekdayResult};
use serde::Serialize;

/// The weekdays of one option.
#[derive(Debug, Serialize)]
pub(super) struct Week {
    option: String,
    /// Heading and definition of each column.
    columns: Vec<(&'static str, String)>,
    rows: Vec<Row>,
}

/// One weekday.
#[derive(Debug, Serialize)]
struct Row {
    day: String,
    cells: Vec<Cell>,
}

/// Columns: measure and heading.
const COLUMNS: [(&str, &str); 6] = [
    ("offered", "Calls"),
    ("service_level", "Answered in time"),
    ("abandonment_rate", "Gave up"),
    ("mean_wait", "Mean wait"),
    ("occupancy", "Occupancy"),
    ("hours_signed_on", "Hours signed on"),
];

/// Every option's weekdays; none where there is but one.
pub(super) fn of(results: &Results) -> Vec<Week> {
    results
        .options
        .iter()
        .filter(|option| option.weekdays.len() > 1)
        .map(|option| week(results, option))
        .collect()
}

fn week(results: &Results, option: &OptionResult) -> Week {
    let text = |id: &str| results.definitions.get(id).map_or_else(String::new, |d| d.text.clone());
    Week {
        option: labelled(results, option),
        columns: COLUMNS.iter().map(|(id, title)| (*title, text(id))).collect(),
        rows: option.weekdays.iter().map(|day| row(results, day)).collect(),
    }
}

fn row(results: &Results, day: &WeekdayResult) -> Row {
    let cell = |(id, _): &(&str, &str)| {
        let unit = results.definitions.get(id).map_or("", |d| d.unit.as_str());
        own(day.measures.get(id), unit, &results.currency)
    };
    Row { day: capitalised(&day.weekday), cells: COLUMNS.iter().map(cell).collect() }
}
