//! What is drawn from the stored files of a run: the same files give the same bytes, after a run and ever after.

use super::progress::Progress;
use crate::report::{
    Chart, ChartError, PageError, RunFiles, SpreadsheetError, Stored, StoredError, chart_files, drawings_of,
    report_html, results_xlsx, statement_md,
};
use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Whether a file of a run directory is drawn from others, not stored by the run.
pub(super) fn is_drawn(name: &str) -> bool {
    name.starts_with("charts/") || REPORTS.contains(&name)
}

/// The report, the model statement and the spreadsheet.
pub(super) const REPORTS: [&str; 3] = ["report.html", "statement.md", "results.xlsx"];

/// Why something could not be drawn.
#[derive(Debug, thiserror::Error)]
pub(super) enum DrawError {
    /// The stored files cannot be read.
    #[error(transparent)]
    Stored(#[from] StoredError),
    /// A chart could not be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
    /// The report could not be made.
    #[error(transparent)]
    Page(#[from] PageError),
    /// The spreadsheet could not be made.
    #[error(transparent)]
    Spreadsheet(#[from] SpreadsheetError),
}

/// Everything drawn from a run.
#[derive(Debug)]
pub(super) struct Drawn {
    /// The charts, in the order of a report.
    pub(super) charts: Vec<Chart>,
    /// Their files, and all others drawn.
    pub(super) files: Vec<(String, Vec<u8>)>,
}

/// Draws everything from the stored files of a run, given by name.
pub(super) fn drawn(stored: &[(String, Vec<u8>)], bar: &Progress) -> Result<Drawn, DrawError> {
    let stored = Stored::read(&RunFiles::of(stored)?)?;
    let charts = drawings_of(&stored)?;
    bar.charts(charts.len() as u64);
    // The spreadsheet takes longest of what is no picture: it is made beside them.
    let (pictures, table) = std::thread::scope(|scope| {
        let table = scope.spawn(|| results_xlsx(&stored));
        let pictures = pictures(&charts, bar);
        (pictures, table.join().unwrap_or_else(|cause| resume_unwind(cause)))
    });
    let mut files = pictures?;
    bar.report();
    let [report, statement, spreadsheet] = REPORTS;
    files.push((report.to_owned(), report_html(&stored, &charts)?.into_bytes()));
    files.push((statement.to_owned(), statement_md(&stored).into_bytes()));
    files.push((spreadsheet.to_owned(), table?));
    Ok(Drawn { charts, files })
}

/// The pictures of charts, made at once on as many threads as there are processors, in the charts' order.
pub(super) fn pictures(charts: &[Chart], bar: &Progress) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    type Made = Option<Result<[(String, Vec<u8>); 2], ChartError>>;
    let next = AtomicUsize::new(0);
    let made: Vec<Mutex<Made>> = charts.iter().map(|_| Mutex::new(None)).collect();
    let work = || {
        while let Some((chart, place)) = {
            let i = next.fetch_add(1, Ordering::Relaxed);
            charts.get(i).zip(made.get(i))
        } {
            *place.lock().unwrap_or_else(PoisonError::into_inner) = Some(chart_files(chart));
            bar.done();
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get).min(charts.len());
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    let mut files = Vec::new();
    for place in made {
        let pair = place.into_inner().unwrap_or_else(PoisonError::into_inner);
        files.extend(pair.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten());
    }
    Ok(files)
}
