//! How far a run is, on standard error: replications, then charts, then the report. Silent where that is no terminal.

use indicatif::{ProgressBar, ProgressStyle};
use std::time::Duration;

/// First calls are drawn day by day as each replication goes, so drawing and running are one phase.
const RUNNING: &str = "{msg} {bar:24} {pos}/{len} replications, {per_sec}, {eta} left";
const CHARTS: &str = "{msg} {bar:24} {pos}/{len}, {eta} left";
const REPORT: &str = "{msg}";

/// The bar of a run.
#[derive(Debug)]
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// Nothing is shown.
    pub(super) fn hidden() -> Progress {
        Progress(ProgressBar::hidden())
    }

    /// So many replications are to be run.
    pub(super) fn running(replications: u64) -> Progress {
        let progress = Progress(ProgressBar::new(replications));
        progress.phase(RUNNING, "drawing and running", replications);
        progress
    }

    /// One more of whatever the phase counts is done.
    pub(super) fn done(&self) {
        self.0.inc(1);
    }

    /// So many more are done at once.
    pub(super) fn done_more(&self, more: u64) {
        self.0.inc(more);
    }

    /// The phase turns out to be so long.
    pub(super) fn expect(&self, length: u64) {
        self.0.set_length(length);
    }

    /// Time since the phase began.
    pub(super) fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    /// So many replications are to be run of what is tried beside the options.
    pub(super) fn trying(&self, replications: u64) {
        self.phase(RUNNING, "ranges and sweeps", replications);
    }

    /// Views are held against each other; how much there is to run shows as it goes.
    pub(super) fn comparing(&self) {
        self.phase(RUNNING, "views compared", 0);
    }

    /// So many replications more are to be run.
    pub(super) fn expect_more(&self, more: u64) {
        self.0.inc_length(more);
    }

    /// So many charts are to be made.
    pub(super) fn charts(&self, charts: u64) {
        self.phase(CHARTS, "charts", charts);
    }

    /// The report, the statement and the spreadsheet are being made.
    pub(super) fn report(&self) {
        self.phase(REPORT, "report", 1);
    }

    /// Everything is done; the bar goes.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }

    fn phase(&self, style: &str, name: &'static str, length: u64) {
        if let Ok(style) = ProgressStyle::with_template(style) {
            self.0.set_style(style);
        }
        self.0.set_message(name);
        self.0.set_length(length);
        self.0.reset();
    }
}
