//! What is drawn from the stored files of a run: the same files give the same bytes, after a run and ever after.

use super::progress::Progress;
use crate::experiment::{both, each};
use crate::report::{
    Chart, ChartError, PageError, RunFiles, SpreadsheetError, Stored, StoredError, chart_files, drawings_of,
    report_html, results_xlsx, statement_md,
};

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
    let page = || both(|| report_html(&stored, &charts), || statement_md(&stored));
    let (((page, statement), table), pictures) =
        both(|| both(page, || results_xlsx(&stored)), || pictures(&charts, bar));
    let mut files = pictures?;
    let texts = [page?.into_bytes(), statement.into_bytes(), table?];
    files.extend(REPORTS.into_iter().map(str::to_owned).zip(texts));
    Ok(Drawn { charts, files })
}

/// The pictures of charts, made at once on as many threads as there are processors, in the charts' order.
pub(super) fn pictures(charts: &[Chart], bar: &Progress) -> Result<Vec<(String, Vec<u8>)>, ChartError> {
    let made = each(charts, |chart| {
        let files = chart_files(chart);
        bar.done();
        files
    });
    Ok(made.into_iter().collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
}
