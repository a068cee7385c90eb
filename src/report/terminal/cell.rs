//! What stands in the cells of the terminal's table, with as many digits in a column as its intervals bear.

use crate::experiment::{Comparison, Figure, Verdict};
use crate::report::sentence::{Unit, number};
use crate::report::summary::OptionSummary;

/// A measure as its column prints it.
#[derive(Debug, Clone)]
pub(super) struct Column {
    pub(super) measure: &'static str,
    /// Group, then two lines.
    pub(super) heading: [String; 3],
    unit: Unit,
    /// Decimals of everything in it, so that figures stand below each other.
    places: usize,
}

impl Column {
    /// A column for these options; none where no option has the figure.
    pub(super) fn new(
        measure: &'static str,
        heading: [String; 3],
        options: &[OptionSummary<'_>],
    ) -> Option<Column> {
        let unit = options.iter().find_map(|o| {
            let figure = o.figure(measure)?;
            figure.value.as_ref().ok()?;
            Some(Unit::parse(figure.measure.unit.name()))
        })?;
        let mut column = Column { measure, heading, unit, places: 0 };
        let halves = options.iter().filter_map(|o| o.comparison(measure)?.ci95).map(width);
        // Money and the like are large; shares in points are small.
        let least = halves.filter(|h| *h > 0.0).fold(f64::INFINITY, f64::min) * unit.scale();
        column.places = match unit {
            Unit::Share if least < 0.05 => 2,
            Unit::Share => 1,
            _ if least < 0.5 => 1,
            _ => 0,
        };
        Some(column)
    }

    /// An option's own figure with its interval: "77.5% ±0.4".
    pub(super) fn own(&self, option: &OptionSummary<'_>) -> String {
        option.figure(self.measure).map_or_else(dash, |figure| self.figure(figure))
    }

    fn figure(&self, figure: &Figure) -> String {
        let Ok(estimate) = &figure.value else { return dash() };
        let scale = self.unit.scale();
        let percent = if self.unit == Unit::Share { "%" } else { "" };
        let text = format!("{}{percent}", number(estimate.mean * scale, self.places));
        text + &self.interval(estimate.ci95)
    }

    /// What an option changes of the base, with its interval and its verdict: "▲ +6.4 ±0.4".
    pub(super) fn against(&self, option: &OptionSummary<'_>) -> String {
        option.comparison(self.measure).map_or_else(dash, |row| self.difference(row))
    }

    fn difference(&self, row: &Comparison) -> String {
        if row.difference == 0.0 && row.ci95.is_none_or(|(low, high)| low == high) {
            return format!("{}0", mark(row));
        }
        let value = row.difference * self.unit.scale();
        let sign = if value >= 0.0 { "+" } else { "" };
        format!("{}{sign}{}{}", mark(row), number(value, self.places), self.interval(row.ci95))
    }

    /// " ±0.4"; nothing where every history says the same.
    fn interval(&self, ci95: Option<(f64, f64)>) -> String {
        let half = ci95.map_or(0.0, |ci| width(ci) * self.unit.scale());
        if half > 0.0 { format!(" ±{}", at_least(half, self.places)) } else { String::new() }
    }
}

/// Half an interval's width.
fn width((low, high): (f64, f64)) -> f64 {
    (high - low) / 2.0
}

/// Half a width, rounded up where it would else read as none.
fn at_least(half: f64, places: usize) -> String {
    let step = [1.0, 0.1, 0.01][places.min(2)];
    number(half.max(step), places)
}

fn dash() -> String {
    "–".to_owned()
}

/// Every mark is one column wide, and a space follows.
fn mark(row: &Comparison) -> &'static str {
    match row.verdict {
        Some(Verdict::Better) => "▲ ",
        Some(Verdict::Worse) => "▼ ",
        Some(Verdict::NoDifference) => "= ",
        Some(Verdict::CannotBeTold) => "? ",
        _ => "",
    }
}
