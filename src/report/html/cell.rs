//! A figure in a table: what it is, how it differs from the base, and the verdict.

use crate::report::sentence::{Unit, number, places_from};
use crate::report::stored::{Difference, Estimate};
use serde::Serialize;

/// One figure as a table shows it.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct Cell {
    /// The figure, or a dash.
    pub(super) figure: String,
    /// Its own interval: "77.1 to 78.0".
    pub(super) interval: String,
    /// The difference from the base: "+4.0".
    pub(super) change: String,
    /// The interval of the difference: "3.6 to 4.4".
    pub(super) range: String,
    /// "better", "worse", "alike", "untold" or nothing: the class of the mark.
    pub(super) verdict: &'static str,
    /// The mark.
    pub(super) mark: &'static str,
    /// The verdict in words.
    pub(super) said: String,
    /// Why there is no figure, or no interval.
    pub(super) why: String,
    /// What rows are sorted by.
    pub(super) order: String,
}

/// A figure without comparison.
pub(super) fn own(estimate: Option<&Estimate>, unit: &str, currency: &str) -> Cell {
    let Some(estimate) = estimate else { return absent("not measured here") };
    let Some(mean) = estimate.mean else {
        return absent(estimate.why.as_deref().unwrap_or("does not exist"));
    };
    let half = estimate.half_width();
    // What is the same in every history, like the pay of a fixed rota, has no interval worth printing.
    let interval = estimate.interval().filter(|(low, high)| low < high);
    let interval = interval.map_or_else(String::new, |(low, high)| {
        format!("{} to {}", figure(unit, low, half, currency), figure(unit, high, half, currency))
    });
    Cell { figure: figure(unit, mean, half, currency), interval, order: format!("{mean}"), ..Cell::default() }
}

fn absent(why: &str) -> Cell {
    Cell { figure: "–".to_owned(), why: why.to_owned(), ..Cell::default() }
}

/// A figure with its unit and no more digits than its interval bears.
pub(super) fn figure(unit: &str, value: f64, half: Option<f64>, currency: &str) -> String {
    match Unit::parse(unit) {
        Unit::Money => format!("{currency}{}", Unit::Money.figure(value, half)),
        kind => kind.figure(value, half),
    }
}

/// A figure and how it differs from the base.
pub(super) fn compared(
    estimate: Option<&Estimate>,
    difference: Option<&Difference>,
    unit: &str,
    currency: &str,
) -> Cell {
    let mut cell = own(estimate, unit, currency);
    let Some(difference) = difference else { return cell };
    (cell.change, cell.range) = change(difference, unit);
    let said = difference.verdict.as_deref().unwrap_or_default();
    (cell.verdict, cell.mark) = match said {
        "better" => ("better", "▲"),
        "worse" => ("worse", "▼"),
        "no difference that matters" => ("alike", "="),
        "cannot be told" => ("untold", "?"),
        _ => ("", ""),
    };
    if !cell.verdict.is_empty() {
        cell.said = said.to_owned();
    }
    cell
}

/// A difference with its sign, and its interval: ("+4.0", "3.6 to 4.4"); shares in percentage points.
pub(super) fn change(difference: &Difference, unit: &str) -> (String, String) {
    let Some(value) = difference.difference else { return (String::new(), String::new()) };
    let scale = Unit::parse(unit).scale();
    let half = difference.interval().map(|(low, high)| (high - low) / 2.0 * scale);
    let places = match half {
        Some(h) if h > 0.0 && h < 0.05 => 2,
        Some(h) if h > 0.0 && h < 5.0 => 1,
        None if (value * scale).abs() < 10.0 => 1,
        _ => 0,
    };
    // As in sentences: an end that is not zero is not printed as zero where the interval leaves zero out.
    let clear = difference.interval().filter(|(low, high)| low < high && (*low > 0.0 || *high < 0.0));
    let places = clear.map_or(places, |(low, high)| places_from(places, low.abs().min(high.abs()) * scale));
    let plain = |v: f64| number(v * scale, places);
    let signed = |v: f64| if v > 0.0 && plain(v) != plain(0.0) { format!("+{}", plain(v)) } else { plain(v) };
    match difference.interval() {
        Some((low, high)) if low == high && low == 0.0 => ("±0".to_owned(), String::new()),
        Some((low, high)) if low == high => (signed(value), String::new()),
        Some((low, high)) => (signed(value), format!("{} to {}", plain(low), plain(high))),
        None if value == 0.0 => ("±0".to_owned(), String::new()),
        None => (signed(value), String::new()),
    }
}
