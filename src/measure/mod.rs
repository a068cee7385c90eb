//! The catalogue of measures as data: identifier, title, unit, direction, definition, numerator and denominator.
//!
//! Everything is built from whole-number [`Sum`]s kept per replication, so that results are exact in any order. Each
//! figure is defined once, here; tally, experiment and report all read it.

mod catalogue;
mod service;
mod sum;

pub use catalogue::{CATALOGUE, find};
pub use service::{Fates, ServiceLevel};
pub use sum::{Sum, Sums};

/// What a figure is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// What callers meet.
    Callers,
    /// What staff meet.
    Staff,
    /// What it costs.
    Cost,
    /// How much of what was simulated.
    Counts,
}

/// Unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A share of 1, shown as a percentage.
    Share,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// A plain number.
    Number,
    /// Calls or cases.
    Calls,
    /// The scenario's currency.
    Money,
}

impl Unit {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Share => "share",
            Unit::Seconds => "s",
            Unit::Minutes => "min",
            Unit::Hours => "h",
            Unit::Number => "number",
            Unit::Calls => "calls",
            Unit::Money => "money",
        }
    }
}

/// Which way is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither in itself.
    Neither,
}

impl Better {
    /// Its name in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Better::Higher => "higher",
            Better::Lower => "lower",
            Better::Neither => "neither",
        }
    }
}

/// How a figure comes from a replication's sums.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Formula {
    /// A ratio of sums over the run: scale · Σ over / Σ under, each a signed combination.
    Ratio(&'static [(Sum, i64)], &'static [(Sum, i64)], f64),
    /// The mean over replications of scale · Σ.
    Mean(&'static [(Sum, i64)], f64),
    /// From the pooled histogram of waits.
    Wait(WaitFigure),
    /// The lowest service level of an interval of the week, each a ratio of sums over replications.
    WorstInterval,
}

/// A figure of the pooled waits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WaitFigure {
    /// A quantile of the waits of all offered calls (abandoned ones until they left).
    Quantile(f64),
    /// A quantile of the waits of answered calls.
    AnsweredQuantile(f64),
    /// The longest wait.
    Longest,
    /// Mean wait of a caller who never gives up (Kaplan-Meier).
    Virtual,
    /// Share of callers who never give up that would be answered within the target (Kaplan-Meier).
    VirtualWithin,
}

/// Where a figure exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// For the centre and for each queue.
    Calls,
    /// For the centre and for each team.
    Staff,
    /// For the centre alone.
    Centre,
    /// For each of several sites alone.
    Site,
}

/// One figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measure {
    /// Identifier, the same in JSON, CSV, charts and tables.
    pub id: &'static str,
    /// Title for tables and charts.
    pub title: &'static str,
    /// What it is about.
    pub group: Group,
    /// Where it exists.
    pub scope: Scope,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub better: Better,
    /// Its definition in plain words.
    pub text: &'static str,
    /// How it is worked out.
    pub formula: Formula,
    /// Why it can fail to exist.
    pub missing: &'static str,
}
