//! What `results.json` tells besides figures: inputs and their origin, changes, the model in words.

use super::named::Named;
use super::results::{Difference, Estimate, PlaceDifferences, TeamResult};
use serde::Deserialize;

/// The measured window.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Window {
    /// First measured day.
    #[serde(default)]
    pub start: String,
    /// Days measured.
    #[serde(default)]
    pub days: u64,
    /// Days simulated before them.
    #[serde(default)]
    pub warm_up_days: u64,
    /// Days simulated after them.
    #[serde(default)]
    pub follow_up_days: u64,
}

/// A value of the base.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Input {
    /// Path of its key.
    pub path: String,
    /// The value as written.
    #[serde(default)]
    pub value: String,
    /// What the key means.
    #[serde(default)]
    pub help: String,
    /// "source", "assumption", "default" or "none".
    #[serde(default)]
    pub origin: String,
    /// The source, or the reason for the assumption.
    #[serde(default)]
    pub text: String,
}

/// What an option changes of its base, or a view of the base without one.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Change {
    /// The option's name; the base's for what a view changes.
    #[serde(default)]
    pub option: String,
    /// The view's name.
    #[serde(default)]
    pub view: Option<String>,
    /// Key by key.
    #[serde(default)]
    pub rows: Vec<ChangedInput>,
}

/// One changed value.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ChangedInput {
    /// Path of its key.
    pub path: String,
    /// The value in the base.
    #[serde(default)]
    pub base: String,
    /// The value in the option.
    #[serde(default)]
    pub option: String,
    /// "source", "assumption" or "none".
    #[serde(default)]
    pub origin: String,
    /// The source, or the reason for the assumption.
    #[serde(default)]
    pub text: String,
}

/// The model in words.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Model {
    /// Part by part.
    #[serde(default)]
    pub sections: Vec<ModelSection>,
    /// What it leaves out.
    #[serde(default)]
    pub left_out: Vec<String>,
}

/// A part of the model in words.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct ModelSection {
    /// What it is about.
    pub title: String,
    /// Its paragraphs.
    #[serde(default)]
    pub paragraphs: Vec<String>,
}

/// How an option's days of one weekday differ, or all its days.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct DaySpread {
    /// Lower case; "all" for all days.
    #[serde(default)]
    pub weekday: String,
    /// Days over all replications.
    #[serde(default)]
    pub days: u64,
    /// Of a day's own share answered in time.
    #[serde(default)]
    pub service_level: Spread,
    /// Of a day's own share that gave up.
    #[serde(default)]
    pub abandonment_rate: Spread,
}

/// What one weekday of an option came to.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct WeekdayResult {
    /// Lower case.
    #[serde(default)]
    pub weekday: String,
    /// Measured days that are one.
    #[serde(default)]
    pub days: u64,
    /// Figures of the whole centre; counts and hours are of one such day.
    #[serde(default)]
    pub measures: Named<Estimate>,
    /// The same of each queue, where there are several.
    #[serde(default)]
    pub queues: Named<TeamResult>,
    /// Of each team, where there are several.
    #[serde(default)]
    pub teams: Named<TeamResult>,
    /// Of each site, where there are several.
    #[serde(default)]
    pub sites: Named<TeamResult>,
}

/// What an option differs from its base on one weekday.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct WeekdayDifferences {
    /// Lower case.
    #[serde(default)]
    pub weekday: String,
    /// Of the whole centre.
    #[serde(default)]
    pub measures: Named<Difference>,
    /// Of each queue, where there are several.
    #[serde(default)]
    pub queues: Named<PlaceDifferences>,
    /// Of each team, where there are several.
    #[serde(default)]
    pub teams: Named<PlaceDifferences>,
    /// Of each site, where there are several.
    #[serde(default)]
    pub sites: Named<PlaceDifferences>,
}

/// The tenth, half and nine tenths of something, from the lowest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub struct Spread {
    /// One in ten is lower.
    #[serde(default)]
    pub p10: Option<f64>,
    /// Half are lower.
    #[serde(default)]
    pub p50: Option<f64>,
    /// One in ten is higher.
    #[serde(default)]
    pub p90: Option<f64>,
}

/// Weights of satisfaction (log-odds).
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub struct Weights {
    /// Per minute waited.
    #[serde(default)]
    pub per_minute: f64,
    /// When unresolved.
    #[serde(default)]
    pub unresolved: f64,
}

/// What Erlang's formulas say of the mean hour of one of an option's queues.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub struct Erlang {
    /// The queue.
    #[serde(default)]
    pub queue: String,
    /// Other queues counted as one with it.
    #[serde(default)]
    pub with: Vec<String>,
    /// Why the formulas say nothing.
    #[serde(default)]
    pub why: Option<String>,
    /// Calls offered an hour.
    #[serde(default)]
    pub calls_an_hour: f64,
    /// Agents signed on.
    #[serde(default)]
    pub agents: f64,
    /// Talk and wrap required, seconds.
    #[serde(default)]
    pub handling_s: f64,
    /// Erlang C's service level; none where the queue grows without end.
    #[serde(default)]
    pub c_service: Option<f64>,
    /// Erlang A's service level.
    #[serde(default)]
    pub a_service: Option<f64>,
    /// Erlang A's share of callers who give up.
    #[serde(default)]
    pub a_abandoned: Option<f64>,
}
