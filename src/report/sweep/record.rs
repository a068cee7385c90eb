//! `sweep.json`: what was varied, every figure at every point, and where figures meet a level or each other.

use serde::{Deserialize, Serialize};

/// The schema that `sweep.json` names.
pub const SWEEP_SCHEMA: &str = "answerable/sweep/1";

/// A sweep with its figures.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sweep {
    /// [`SWEEP_SCHEMA`].
    pub schema: String,
    /// The scenario's name.
    pub scenario: String,
    /// The question somebody is arguing about.
    pub question: String,
    /// Version of the program.
    pub version: String,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications of every point.
    pub replications: u32,
    /// Symbol or code of the currency.
    pub currency: String,
    /// The view, where the scenario has views.
    pub view: Option<String>,
    /// How intervals and break-even points are worked out.
    pub method: String,
    /// The inputs, one or two.
    pub inputs: Vec<SweptInput>,
    /// The options, the base first.
    pub options: Vec<String>,
    /// The figures.
    pub measures: Vec<SweptMeasure>,
}

/// An input and the values it takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweptInput {
    /// Path of its key.
    pub path: String,
    /// What the key means.
    pub help: String,
    /// "share", "number", "whole", "s" or "money".
    pub quantity: String,
    /// Its unit where it is a number, such as "agents".
    pub unit: String,
    /// The values; durations in seconds.
    pub values: Vec<f64>,
    /// The same as the scenario would have them.
    pub texts: Vec<String>,
    /// What the file gives each option; null where it has no such input and stays as it is.
    pub own: Vec<Option<f64>>,
}

/// A figure of every option at every point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweptMeasure {
    /// As it was asked for: "service_level", "queues.enquiries.asa".
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its unit, as in results.json.
    pub unit: String,
    /// "higher", "lower" or "neither".
    pub better: String,
    /// Its definition.
    pub text: String,
    /// A smaller difference does not matter.
    pub matters: f64,
    /// The level it is to reach.
    pub level: Option<SweptLevel>,
    /// A curve for each option; of two inputs, all points of the second at the first value of the first, and so on.
    pub curves: Vec<SweptCurve>,
    /// What is found, each in a sentence.
    pub findings: Vec<String>,
}

/// A level that a figure is to reach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweptLevel {
    /// The level.
    pub value: f64,
    /// "target" of the scenario, or "asked" for.
    pub origin: String,
}

/// A figure of one option at every point.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweptCurve {
    /// The option.
    pub option: String,
    /// The figure.
    pub figures: Vec<SweptPoint>,
    /// The figure less the base's at the same point; null for the base itself.
    pub differences: Option<Vec<SweptPoint>>,
    /// Where the figure meets its level, along the first input at each value of the second.
    pub meets_level: Option<Vec<BreakEven>>,
    /// Where it meets the base's figure.
    pub meets_base: Option<Vec<BreakEven>>,
}

/// A figure at a point.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SweptPoint {
    /// The figure; null where it does not exist.
    pub mean: Option<f64>,
    /// Its 95% interval.
    pub ci95: Option<[f64; 2]>,
    /// Why it, or its interval, does not exist.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub why: Option<String>,
}

/// Where a curve meets a level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BreakEven {
    /// The value of the second input that this holds at, by its number; null of one input.
    pub second: Option<usize>,
    /// The curve less the level at both ends of the range.
    pub ends: [f64; 2],
    /// Where the two cannot be told apart, in order; none where they can everywhere. Null where the curve has no interval.
    pub spans: Option<Vec<SweptSpan>>,
}

/// A stretch of an input over which a level lies within the curve's interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SweptSpan {
    /// Where it begins and ends; null where the range does so before it.
    pub ci95: [Option<f64>; 2],
    /// Where the curve crosses the level.
    pub crossings: Vec<Crossing>,
}

/// Where a curve crosses a level.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Crossing {
    /// Value of the input.
    pub at: f64,
    /// Whether it rises through the level.
    pub rising: bool,
}

/// Why a stored sweep cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SweepError {
    /// It is no JSON of the kind.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// It is of another version of the format, or does not hang together.
    #[error("it is not what this version writes; run it again")]
    Unfitting,
}

impl Sweep {
    /// As stored, with a line end.
    pub fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("a sweep is plain data");
        text.push('\n');
        text
    }

    /// Reads what was stored.
    ///
    /// # Errors
    /// When it is no sweep of this version.
    pub fn read(text: &str) -> Result<Sweep, SweepError> {
        let sweep: Sweep = serde_json::from_str(text)?;
        if sweep.fits() { Ok(sweep) } else { Err(SweepError::Unfitting) }
    }

    /// Whether every list has the length it must have: what is stored may be anything.
    pub(super) fn fits(&self) -> bool {
        let points = self.points();
        let input = |i: &SweptInput| {
            i.values.len() > 1 && i.texts.len() == i.values.len() && i.own.len() == self.options.len()
        };
        let lines = self.inputs.get(1).map_or(1, |second| second.values.len());
        let of_lines = |found: &Option<Vec<BreakEven>>| {
            found.as_ref().is_none_or(|all| {
                all.len() == lines && all.iter().all(|one| one.second.is_none_or(|second| second < lines))
            })
        };
        let curve = |c: &SweptCurve| {
            c.figures.len() == points
                && c.differences.as_ref().is_none_or(|all| all.len() == points)
                && of_lines(&c.meets_level)
                && of_lines(&c.meets_base)
        };
        self.schema == SWEEP_SCHEMA
            && (1..=2).contains(&self.inputs.len())
            && self.inputs.iter().all(input)
            && !self.options.is_empty()
            && !self.measures.is_empty()
            && self
                .measures
                .iter()
                .all(|m| m.curves.len() == self.options.len() && m.curves.iter().all(curve))
    }

    /// How many points there are.
    pub fn points(&self) -> usize {
        self.inputs.iter().map(|input| input.values.len()).product()
    }

    /// The place on every input of a point.
    pub fn places(&self, point: usize) -> Vec<usize> {
        match &self.inputs[..] {
            [_, second] => vec![point / second.values.len(), point % second.values.len()],
            _ => vec![point],
        }
    }
}
