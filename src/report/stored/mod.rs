//! A run directory read back: its files as one value, from which every chart and the report are drawn, and nothing
//! else is. What a chart or the report needs is written to those files first; so they can be drawn again byte for byte.

use super::sweep::TriedRecord;
use crate::experiment::both;

mod account;
mod day;
mod error;
mod named;
mod results;
mod series;
mod table;

pub use account::{
    Change, ChangedInput, DaySpread, Erlang, Input, Model, ModelSection, Spread, WeekdayDifferences,
    WeekdayResult, Weights, Window,
};
pub use day::{Activity, Day, Duty, Person, Spell, Waited};
pub use error::StoredError;
pub use named::Named;
pub(super) use results::BY_QUEUE;
pub use results::{
    ComparisonResult, Conclusions, DaysAgainst, Definition, Difference, Estimate, OptionResult,
    PlaceDifferences, Precise, QueueResult, Results, Target, TeamResult, Tie,
};
pub use series::{Comparison, FURTHER, Interval, Subject, Verdict, Wait};

/// The files of a run directory that charts and report are drawn from, as text.
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
    /// All files of the directory, for those that it may hold: `inputs/`.
    pub all: &'a [(String, Vec<u8>)],
    /// `day.csv`; an empty text where there is no day to show.
    pub day_csv: &'a str,
}

impl<'a> RunFiles<'a> {
    /// The names of these files in a run directory.
    pub const NAMES: [&'static str; 5] =
        ["results.json", "intervals.csv", "waits.csv", "comparison.csv", "day.csv"];

    /// Picks these files out of all files of a run directory, given by name and content.
    ///
    /// # Errors
    /// When one is missing or not text.
    pub fn of(files: &'a [(String, Vec<u8>)]) -> Result<RunFiles<'a>, StoredError> {
        let text = |file: &'static str| {
            let (_, bytes) =
                files.iter().find(|(name, _)| name == file).ok_or(StoredError::Missing { file })?;
            std::str::from_utf8(bytes).map_err(|_| StoredError::NotText { file })
        };
        let [results, intervals, waits, comparison, day] = RunFiles::NAMES;
        Ok(RunFiles {
            results_json: text(results)?,
            intervals_csv: text(intervals)?,
            waits_csv: text(waits)?,
            comparison_csv: text(comparison)?,
            all: files,
            day_csv: text(day)?,
        })
    }
}

/// Everything that charts and report are drawn from: all options under all views, all queues, all days.
#[derive(Debug, Clone)]
pub struct Stored {
    /// `results.json`.
    pub results: Results,
    /// `intervals.csv`.
    pub intervals: Vec<Interval>,
    /// `waits.csv`.
    pub waits: Vec<Wait>,
    /// `comparison.csv`.
    pub comparisons: Vec<Comparison>,
    /// The files under `inputs/` that are text, by name within it.
    pub inputs: Vec<(String, String)>,
    /// `day.csv`.
    pub day: Day,
    /// `tried.json`, where the scenario wants something tried.
    pub tried: Option<TriedRecord>,
}

impl Stored {
    /// Reads the files of a run.
    ///
    /// # Errors
    /// When a file is not what its name promises.
    pub fn read(files: &RunFiles<'_>) -> Result<Stored, StoredError> {
        let waits = || both(|| series::waits(files.waits_csv), || series::comparisons(files.comparison_csv));
        let day = || both(|| day::day(files.day_csv), || tried(files.all));
        let intervals = || both(|| series::intervals(files.intervals_csv), || both(waits, day));
        let (results, (intervals, ((waits, comparisons), (day, tried)))) =
            both(|| Results::read(files.results_json), intervals);
        Ok(Stored {
            results: results?,
            intervals: intervals?,
            waits: waits?,
            comparisons: comparisons?,
            inputs: inputs(files.all),
            day: day?,
            tried: tried?,
        })
    }
}

fn tried(all: &[(String, Vec<u8>)]) -> Result<Option<TriedRecord>, StoredError> {
    let found = all.iter().find(|(name, _)| name == "tried.json");
    let text = found.map(|(_, bytes)| std::str::from_utf8(bytes));
    let text = text.transpose().map_err(|_| StoredError::NotText { file: "tried.json" })?;
    Ok(text.map(TriedRecord::read).transpose()?)
}

fn inputs(all: &[(String, Vec<u8>)]) -> Vec<(String, String)> {
    let texts = all.iter().filter_map(|(name, bytes)| {
        let name = name.strip_prefix("inputs/")?;
        Some((name.to_owned(), std::str::from_utf8(bytes).ok()?.to_owned()))
    });
    // In the order of their names, whether they come from a run or from its directory; the scenario first.
    let mut texts: Vec<(String, String)> = texts.collect();
    texts.sort_by(|a, b| (a.0 != "scenario.toml", &a.0).cmp(&(b.0 != "scenario.toml", &b.0)));
    texts
}
