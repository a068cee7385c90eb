//! The charts of a run: each shows one finding, which is its title, and is drawn from the files of the run
//! directory and nothing else, so that they can be drawn again byte for byte.
//!
//! plotters draws areas, lines and grids; names, figures and marks are written beside it. [`drawings`] gives
//! SVG whose text is text, for a page that is read and searched; [`charts`] gives the stand-alone files, SVG
//! with text as paths and PNG.

mod axis;
mod comparison;
mod day;
mod font;
mod heat;
mod key;
mod label;
mod layout;
mod load;
mod multiples;
mod outline;
mod packing;
mod page;
mod palette;
mod panel;
mod picture;
mod run;
mod service;
mod sweep;
mod value;
mod waits;

pub use sweep::{sweep_drawings, tried_drawings};

use super::stored::{RunFiles, Stored, StoredError};
use crate::experiment::{both, each};
use run::Run;

/// A chart whose text is still text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Which chart it is: "service-through-the-day".
    pub kind: &'static str,
    /// What its files are called, without an ending: its kind, for views after the first with their place,
    /// "service-through-the-day-view-2".
    pub name: String,
    /// The view it shows, where it shows one of several.
    pub view: Option<String>,
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
    /// The files cannot be read.
    #[error(transparent)]
    Stored(#[from] StoredError),
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

/// The charts of a run with their text as text, in the order of a report.
///
/// # Errors
/// When a file is not what its name promises.
pub fn drawings(files: &RunFiles<'_>) -> Result<Vec<Chart>, ChartError> {
    drawings_of(&Stored::read(files)?)
}

/// The same of a run that has been read.
///
/// # Errors
/// When a chart cannot be plotted.
pub fn drawings_of(stored: &Stored) -> Result<Vec<Chart>, ChartError> {
    let all = Run::all(stored);
    let runs: Vec<&Run> = all.iter().collect();
    // Those of every view, and those of all views or the first.
    let own: [(Draw, bool); 7] = [
        (service::draw, true),
        (|runs| Ok(heat::draw(runs[0])), true),
        (|runs| load::draw(runs[0]), true),
        (comparison::draw, false),
        (waits::draw, true),
        (|runs| value::draw(runs[0]), true),
        (|runs| day::draw(runs[0]), false),
    ];
    let own = || {
        each(
            &own,
            |(draw, every)| if *every { by_view(&runs, *draw) } else { draw(&runs).map(|one| vec![one]) },
        )
    };
    let tried = || stored.tried.as_ref().map(|tried| tried_drawings(tried, &stored.results.scenario));
    let (own, tried) = both(own, tried);
    let charts: Vec<Vec<Chart>> = own.into_iter().chain(tried).collect::<Result<_, _>>()?;
    Ok(charts.into_iter().flatten().collect())
}

/// Draws a chart of runs, the first above all.
type Draw = fn(&[&Run]) -> Result<Chart, ChartError>;

/// A chart of each view; the one drawn stands first among the runs.
fn by_view(runs: &[&Run], draw: Draw) -> Result<Vec<Chart>, ChartError> {
    let mut charts = Vec::new();
    for place in 0..runs.len() {
        let mut ordered = runs.to_vec();
        ordered[..=place].rotate_right(1);
        let mut chart = draw(&ordered)?;
        if runs.len() > 1 {
            chart.view = Some(runs[place].base().view.clone().unwrap_or_default());
        }
        if place > 0 {
            chart.name = format!("{}-view-{}", chart.kind, place + 1);
        }
        charts.push(chart);
    }
    Ok(charts)
}

/// The files of all charts of a run: ("charts/service-through-the-day.svg", its bytes) and so on, an SVG and
/// a PNG each. The same run gives the same bytes.
///
/// # Errors
/// When a file is not what its name promises.
pub fn charts(files: &RunFiles<'_>) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    files_of(&drawings(files)?)
}

/// The files of drawings.
///
/// # Errors
/// When a picture cannot be made of a drawing.
pub fn files_of(drawings: &[Chart]) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    let mut made = Vec::new();
    for chart in drawings {
        made.extend(chart_files(chart)?);
    }
    Ok(made)
}

/// The two files of a drawing, SVG and PNG. Most of the time that charts take is spent here, and no chart needs
/// another: they can be made at once on several threads.
///
/// # Errors
/// When a picture cannot be made of the drawing.
pub fn chart_files(chart: &Chart) -> Result<[(String, Vec<u8>); 2], ChartError> {
    let (svg, png) = picture::files(chart)?;
    Ok([(format!("charts/{}.svg", chart.name), svg), (format!("charts/{}.png", chart.name), png)])
}
