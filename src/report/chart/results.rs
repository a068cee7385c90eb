//! The part of `results.json` that charts need; everything else in it is passed over.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::ChartError;

/// The whole file.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Results {
    #[serde(default)]
    pub(super) scenario: String,
    #[serde(default)]
    pub(super) version: String,
    #[serde(default)]
    pub(super) seed: u64,
    #[serde(default)]
    pub(super) replications: u64,
    #[serde(default)]
    pub(super) definitions: BTreeMap<String, Definition>,
    #[serde(default)]
    pub(super) options: Vec<OptionResult>,
}

/// How a measure is printed and judged.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Definition {
    #[serde(default)]
    pub(super) unit: String,
    #[serde(default)]
    pub(super) better: String,
}

/// One option under one view.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct OptionResult {
    pub(super) name: String,
    #[serde(default)]
    pub(super) view: Option<String>,
    #[serde(default)]
    pub(super) measures: BTreeMap<String, Estimate>,
    #[serde(default)]
    pub(super) queues: BTreeMap<String, QueueResult>,
}

/// One queue of an option.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct QueueResult {
    #[serde(default)]
    pub(super) target: Option<Target>,
    #[serde(default)]
    pub(super) measures: BTreeMap<String, Estimate>,
}

/// How many calls are to be answered how soon.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub(super) struct Target {
    /// Seconds.
    pub(super) within_s: f64,
    /// Of the calls; a target may name a time alone.
    #[serde(default)]
    pub(super) share: Option<f64>,
}

/// A measure's estimate with its 95% interval; both are missing where the figure does not exist.
#[derive(Debug, Clone, Copy, Default, PartialEq, Deserialize)]
pub(super) struct Estimate {
    #[serde(default)]
    pub(super) mean: Option<f64>,
    #[serde(default)]
    ci95: Option<[Option<f64>; 2]>,
}

impl Estimate {
    /// The 95% interval, where there is one.
    pub(super) fn interval(&self) -> Option<(f64, f64)> {
        let [low, high] = self.ci95?;
        Some((low?, high?))
    }

    /// Half the width of the interval.
    pub(super) fn half_width(&self) -> Option<f64> {
        self.interval().map(|(low, high)| (high - low) / 2.0)
    }
}

impl Results {
    /// Reads the file.
    pub(super) fn read(text: &str) -> Result<Results, ChartError> {
        let results: Results = serde_json::from_str(text).map_err(ChartError::Results)?;
        if results.options.is_empty() { Err(ChartError::NoOptions) } else { Ok(results) }
    }
}
