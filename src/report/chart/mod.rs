//! The charts of a run: each shows one finding, which is its title, and is drawn from the files of the run
//! directory and nothing else, so that they can be drawn again byte for byte.
//!
//! plotters draws areas, lines and grids; names, figures and marks are written beside it. [`drawings`] gives
//! SVG whose text is text, for a page that is read and searched; [`charts`] gives the stand-alone files, SVG
//! with text as paths and PNG.

mod axis;
mod comparison;
mod font;
mod key;
mod label;
mod layout;
mod load;
mod page;
mod palette;
mod panel;
mod picture;
mod results;
mod run;
mod series;
mod service;
mod table;
mod waits;

use run::Run;

/// The files of a run directory that charts are drawn from, as text.
#[derive(Debug, Clone, Copy)]
pub struct RunFiles<'a> {
    /// `results.json`.
    pub results_json: &'a str,
    /// `intervals.csv`.
    pub intervals_csv: &'a str,
    /// `waits.csv`.
    pub waits_csv: &'a str,
    /// `comparison.csv`.
    pub comparison_csv: &'a str,
}

/// A chart whose text is still text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// What its files are called, without an ending: "service-through-the-day".
    pub name: &'static str,
    /// Its finding, a full sentence without its full stop.
    pub title: String,
    /// What is drawn, in words, for those who cannot see it.
    pub description: String,
    /// The picture; its text is in the family "DejaVu Sans".
    pub svg: String,
}

/// Why charts could not be drawn.
#[derive(Debug, thiserror::Error)]
pub enum ChartError {
    /// The results are not JSON of the expected form.
    #[error("results.json cannot be read: {0}")]
    Results(#[source] serde_json::Error),
    /// There is nothing to draw.
    #[error("results.json holds no option")]
    NoOptions,
    /// A table is not CSV.
    #[error("{file} cannot be read: {source}")]
    Table {
        /// Which one.
        file: &'static str,
        /// What is wrong with it.
        source: csv::Error,
    },
    /// A table lacks a column.
    #[error("{file} has no column {column}: was it written by another version?")]
    Column {
        /// Which table.
        file: &'static str,
        /// The column's name.
        column: &'static str,
    },
    /// A cell is neither empty nor what its column holds.
    #[error("{file}:{line}: {column} cannot be {text:?}")]
    Cell {
        /// Which table.
        file: &'static str,
        /// Its line, the header being 1.
        line: u64,
        /// The column's name.
        column: &'static str,
        /// What stands there.
        text: String,
    },
    /// plotters failed.
    #[error("a chart cannot be plotted: {0}")]
    Plotting(String),
    /// The picture could not be made of the drawing.
    #[error("a chart cannot be made a picture: {0}")]
    Picture(String),
}

impl ChartError {
    /// The error of plotters, whose type differs from call to call.
    fn plotting(error: impl std::fmt::Display) -> ChartError {
        ChartError::Plotting(error.to_string())
    }
}

/// The four charts of a run with their text as text, in the order of a report.
///
/// # Errors
/// When a file is not what its name promises.
pub fn drawings(files: &RunFiles<'_>) -> Result<Vec<Chart>, ChartError> {
    let run = Run::read(files)?;
    Ok(vec![service::draw(&run)?, load::draw(&run)?, comparison::draw(&run)?, waits::draw(&run)?])
}

/// The files of all charts of a run: ("charts/service-through-the-day.svg", its bytes) and so on, an SVG and
/// a PNG each. The same run gives the same bytes.
///
/// # Errors
/// When a file is not what its name promises.
pub fn charts(files: &RunFiles<'_>) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    let mut made = Vec::new();
    for chart in drawings(files)? {
        let (svg, png) = picture::files(&chart)?;
        made.push((format!("charts/{}.svg", chart.name), svg));
        made.push((format!("charts/{}.png", chart.name), png));
    }
    Ok(made)
}
