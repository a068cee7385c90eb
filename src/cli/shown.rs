//! How the results of a run are printed.

use super::exit::{Failure, print};
use super::paint;
use super::tried::TRIED;
use crate::report::sweep::TriedRecord;
use crate::report::{Extent, Summary, figures_csv, summary_text};
use std::path::Path;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A summary to read
    Text,
    /// One JSON object, as in results.json
    Json,
    /// Every figure of every option as CSV, with its difference from the base
    Csv,
}

/// What is printed, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Shown {
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print every option with its whole name, what was simulated, and what Erlang would have said
    #[arg(long)]
    all: bool,
    /// Print nothing but faults
    #[arg(long)]
    pub(super) quiet: bool,
}

impl Shown {
    /// Prints results whose files lie at `place`; `next` is the command that most likely comes next.
    pub(super) fn print(
        &self,
        summary: &Summary<'_>,
        files: &[(String, Vec<u8>)],
        place: &Path,
        next: &str,
    ) -> Result<(), Failure> {
        if self.quiet {
            return Ok(());
        }
        let stored = |name: &str| {
            let bytes = files.iter().find(|f| f.0 == name).map(|f| f.1.as_slice()).unwrap_or_default();
            String::from_utf8_lossy(bytes).into_owned()
        };
        let tried = TriedRecord::read(&stored(TRIED)).ok();
        let views = tried.map(|tried| tried.views).unwrap_or_default();
        let extent = if self.all { Extent::All } else { Extent::Screen };
        match self.format {
            Format::Json => print(&stored("results.json"))?,
            Format::Csv => print(&figures_csv(summary))?,
            Format::Text => paint::print(&summary_text(summary, extent, &views))?,
        }
        super::run::warn_of_open_cases(summary);
        match self.format {
            Format::Text => {
                print(&format!("\nReport: {}\nNext: {next}\n", place.join("report.html").display()))
            }
            _ => Ok(()),
        }
    }
}
