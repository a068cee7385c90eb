//! `results.json` as charts and report read it; what they do not know in it is passed over.

use crate::measure::ServiceLevel;
use serde::Deserialize;

use super::StoredError;
use super::account::{
    Change, DaySpread, Erlang, Input, Model, WeekdayDifferences, WeekdayResult, Weights, Window,
};
use super::named::Named;

/// In the place of one way of counting the service level, where queues count it in several.
pub(in crate::report) const BY_QUEUE: &str = "by-queue";

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
pub struct Results {
    /// The scenario's name.
    #[serde(default)]
    pub scenario: String,
    /// The question somebody is arguing about.
    #[serde(default)]
    pub question: String,
    /// Version of the program that ran it.
    #[serde(default)]
    pub version: String,
    /// Seed of all randomness.
    #[serde(default)]
    pub seed: u64,
    /// Independent histories of each option.
    #[serde(default)]
    pub replications: u64,
    /// Symbol or code of the currency.
    #[serde(default)]
    pub currency: String,
    /// Every measure, in the order of tables.
    #[serde(default)]
    pub definitions: Named<Definition>,
    /// Every option under every view, the base of each view first.
    #[serde(default)]
    pub options: Vec<OptionResult>,
    /// Every option of each view against its base.
    #[serde(default)]
    pub comparisons: Vec<ComparisonResult>,
    /// What is measured.
    #[serde(default)]
    pub horizon: Window,
    /// What a reader should know.
    #[serde(default)]
    pub warnings: Vec<String>,
    /// Every value of the base.
    #[serde(default)]
    pub inputs: Vec<Input>,
    /// What options and views change.
    #[serde(default)]
    pub changes: Vec<Change>,
    /// The model in words.
    #[serde(default)]
    pub model: Model,
    /// What may be concluded from all options together.
    #[serde(default)]
    pub conclusions: Conclusions,
    /// Figures that were wanted to a precision.
    #[serde(default)]
    pub precision: Vec<Precise>,
}

/// A figure that was wanted to a precision.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Precise {
    /// What was wanted, and whether it was reached.
    #[serde(default)]
    pub sentence: String,
}

/// What may be concluded from all options together.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Conclusions {
    /// How it was concluded.
    #[serde(default)]
    pub method: String,
    /// What matters of it, in words.
    #[serde(default)]
    pub sentences: Vec<String>,
}

/// An option against the base of its view.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ComparisonResult {
    /// The base's name.
    #[serde(default)]
    pub baseline: String,
    /// The option's name.
    #[serde(default)]
    pub option: String,
    /// The view's name.
    #[serde(default)]
    pub view: Option<String>,
    /// Differences by measure.
    #[serde(default)]
    pub measures: Named<Difference>,
    /// The same by queue.
    #[serde(default)]
    pub queues: Named<PlaceDifferences>,
    /// The same by team.
    #[serde(default)]
    pub teams: Named<PlaceDifferences>,
    /// The same by site, of several.
    #[serde(default)]
    pub sites: Named<PlaceDifferences>,
    /// The rate at which option and base tie.
    #[serde(default)]
    pub tie: Option<Tie>,
    /// On how many days the option did better than the base on the very same day.
    #[serde(default)]
    pub days: Named<DaysAgainst>,
    /// Differences by weekday, from Monday, where the horizon has more than one.
    #[serde(default)]
    pub weekdays: Vec<WeekdayDifferences>,
}

/// Days on which an option did better than the base, as well, and worse.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
pub struct DaysAgainst {
    /// Better.
    #[serde(default)]
    pub better: u64,
    /// As well.
    #[serde(default)]
    pub alike: u64,
    /// Worse.
    #[serde(default)]
    pub worse: u64,
}

/// How many minutes of waiting one unsettled matter must weigh for an option and the base to come out even.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub struct Tie {
    /// More minutes waited, a case.
    #[serde(default)]
    pub wait_min: f64,
    /// More of the matters settled.
    #[serde(default)]
    pub settled: f64,
    #[serde(default)]
    ci95: Option<[f64; 2]>,
}

impl Tie {
    /// The rate's 95% interval, minutes; none where it is unbounded.
    pub fn interval(&self) -> Option<(f64, f64)> {
        self.ci95.map(|[low, high]| (low, high))
    }
}

/// Differences of one queue, team or site.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct PlaceDifferences {
    /// Differences by measure.
    #[serde(default)]
    pub measures: Named<Difference>,
}

/// A difference between an option and the base.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Difference {
    /// The option's figure less the base's.
    #[serde(default)]
    pub difference: Option<f64>,
    #[serde(default)]
    ci95: Option<[Option<f64>; 2]>,
    /// Share of replications in which the option is better, ties half.
    #[serde(default)]
    pub share_better: Option<f64>,
    /// What may be said, as printed; none without an interval.
    #[serde(default)]
    pub verdict: Option<String>,
    /// Why there is no interval.
    #[serde(default)]
    pub why: Option<String>,
    #[serde(default)]
    ci95_together: Option<[Option<f64>; 2]>,
    /// Of a weekday: what may be said from the interval that holds together with the others.
    #[serde(default)]
    pub verdict_together: Option<String>,
}

impl Difference {
    /// Of a weekday: the interval that holds together with those of the same measure on all other weekdays.
    pub fn together(&self) -> Option<(f64, f64)> {
        let [low, high] = self.ci95_together?;
        Some((low?, high?))
    }

    /// Of a weekday: the same difference as it is told where all weekdays stand side by side.
    pub fn beside_others(&self) -> Difference {
        let verdict = self.verdict_together.clone();
        Difference { ci95: self.ci95_together, verdict, ..self.clone() }
    }

    /// The 95% interval, where there is one.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let [low, high] = self.ci95?;
        Some((low?, high?))
    }
}

/// How a measure is called, printed and judged.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Definition {
    /// For tables.
    #[serde(default)]
    pub title: String,
    /// "share", "s", "min", "h", "number", "calls" or "money".
    #[serde(default)]
    pub unit: String,
    /// "higher", "lower" or "neither".
    #[serde(default)]
    pub better: String,
    /// What it is, in plain words.
    #[serde(default)]
    pub text: String,
    /// "callers", "staff", "cost" or "counts".
    #[serde(default)]
    pub group: String,
    /// How it is counted, of several ways: of the service level alone.
    #[serde(default)]
    pub variant: Option<String>,
}

/// One option under one view.
#[derive(Debug, Clone, Deserialize)]
pub struct OptionResult {
    /// The option's name.
    pub name: String,
    /// The view's name, where the scenario has views.
    #[serde(default)]
    pub view: Option<String>,
    /// Its figures.
    #[serde(default)]
    pub measures: Named<Estimate>,
    /// Its queues.
    #[serde(default)]
    pub queues: Named<QueueResult>,
    /// Its teams.
    #[serde(default)]
    pub teams: Named<TeamResult>,
    /// Its sites, where there are several.
    #[serde(default)]
    pub sites: Named<TeamResult>,
    /// How its days differ: all days, then by weekday.
    #[serde(default)]
    pub days: Vec<DaySpread>,
    /// Its figures by weekday, from Monday, where the horizon has more than one.
    #[serde(default)]
    pub weekdays: Vec<WeekdayResult>,
    /// Weights of its callers' satisfaction.
    #[serde(default)]
    pub satisfaction_weights: Option<Weights>,
    /// What Erlang's formulas say of the mean hour of each queue.
    #[serde(default)]
    pub erlang: Vec<Erlang>,
}

/// One queue of an option.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct QueueResult {
    /// Its target.
    #[serde(default)]
    pub target: Option<Target>,
    /// Its figures.
    #[serde(default)]
    pub measures: Named<Estimate>,
}

/// One team or site of an option.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct TeamResult {
    /// Its figures.
    #[serde(default)]
    pub measures: Named<Estimate>,
}

/// How many calls are to be answered how soon.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Target {
    /// Seconds.
    pub within_s: f64,
    /// Of the calls; a target may name a time alone.
    #[serde(default)]
    pub share: Option<f64>,
}

/// A measure's estimate with its 95% interval and its spread over replications; all are missing where the figure
/// does not exist, and `why` says why.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Estimate {
    /// The estimate over the whole run.
    #[serde(default)]
    pub mean: Option<f64>,
    #[serde(default)]
    ci95: Option<[Option<f64>; 2]>,
    /// Standard deviation between replications.
    #[serde(default)]
    pub sd: Option<f64>,
    /// One replication in ten is lower.
    #[serde(default)]
    pub p10: Option<f64>,
    /// One replication in ten is higher.
    #[serde(default)]
    pub p90: Option<f64>,
    /// Why the figure, or its interval, does not exist.
    #[serde(default)]
    pub why: Option<String>,
}

impl Estimate {
    /// The 95% interval, where there is one.
    pub fn interval(&self) -> Option<(f64, f64)> {
        let [low, high] = self.ci95?;
        Some((low?, high?))
    }

    /// Half the width of the interval.
    pub fn half_width(&self) -> Option<f64> {
        self.interval().map(|(low, high)| (high - low) / 2.0)
    }
}

impl Results {
    /// How the service level is counted, in brackets; empty where it is counted as usual.
    pub fn counted(&self) -> &'static str {
        match self.definitions.get("service_level").and_then(|level| level.variant.as_deref()) {
            Some(BY_QUEUE) => " (counted queue by queue)",
            Some(name) => ServiceLevel::named(name).aside(),
            None => "",
        }
    }

    /// Reads the file.
    pub(super) fn read(text: &str) -> Result<Results, StoredError> {
        let results: Results = serde_json::from_str(text).map_err(StoredError::Results)?;
        if results.options.is_empty() { Err(StoredError::NoOptions) } else { Ok(results) }
    }
}
