//! The charts of a sweep. Of one input: each measure as curves with their bands, and what options differ from the base;
//! of two: maps with the break-even line. Beside them what a run tries: ranges, and inputs on which views differ.

mod curves;
mod map;
mod parting;
mod scale;
mod tornado;

use super::{Chart, ChartError};
use crate::report::agreement::charted;
use crate::report::sentence;
use crate::report::sweep::{Sweep, TriedRecord};

/// Charts of a measure show at most so many options.
pub(super) const OPTIONS: usize = 6;

/// Every chart of a sweep, in the order of its measures.
///
/// # Errors
/// When a chart cannot be plotted.
pub fn sweep_drawings(sweep: &Sweep) -> Result<Vec<Chart>, ChartError> {
    let mut charts = Vec::new();
    for number in 0..sweep.measures.len() {
        match sweep.inputs.len() {
            1 => charts.extend(curves::draw(sweep, number)?),
            _ => charts.extend(map::draw(sweep, number)?),
        }
    }
    Ok(charts)
}

/// The charts of what the report of a scenario tries beside the options: what verdicts turn on where views part, how far
/// numbers that may be off move the figure, then each sweep.
///
/// # Errors
/// When a chart cannot be plotted.
pub fn tried_drawings(tried: &TriedRecord, scenario: &str) -> Result<Vec<Chart>, ChartError> {
    let mut charts: Vec<Chart> =
        charted(&tried.views).iter().map(|one| parting::draw(one, scenario)).collect();
    charts.extend(tried.ranges.iter().filter(|t| !t.bars.is_empty()).map(tornado::draw));
    for (number, sweep) in tried.sweeps.iter().enumerate() {
        let own = sweep_drawings(sweep)?;
        charts.extend(
            own.into_iter().map(|chart| Chart { name: format!("{}-{}", chart.name, number + 1), ..chart }),
        );
    }
    Ok(charts)
}

/// Letters, digits and hyphens of a text, for the name of a file.
fn plain(text: &str) -> String {
    let letters = text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' });
    let joined: String = letters.collect();
    let parts: Vec<&str> = joined.split('-').filter(|part| !part.is_empty()).collect();
    parts.join("-").chars().take(60).collect()
}

/// Where the picture comes from.
fn source(sweep: &Sweep) -> String {
    format!(
        "{} · {} replications of every point, seed {} · answerable {}",
        sentence::shortened(&sweep.scenario, 70),
        sentence::number(f64::from(sweep.replications), 0),
        sweep.seed,
        sweep.version
    )
}

/// The view, where there is one.
fn view(sweep: &Sweep) -> String {
    sweep.view.as_ref().map_or_else(String::new, |view| format!("View {}. ", sentence::named(view)))
}
