//! What is stored of two views held against each other.

use crate::report::sweep::{SweptInput, SweptPoint};
use serde::{Deserialize, Serialize};

/// Two views, what they differ in, and what of the verdicts turns on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Agreed {
    /// The views.
    pub views: [String; 2],
    /// Version of the program.
    pub version: String,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications of every setting tried.
    pub replications: u32,
    /// Replications of the run, by which all verdicts were compared.
    pub compared: u32,
    /// Symbol or code of the currency.
    pub currency: String,
    /// The base.
    pub baseline: String,
    /// How it is worked out.
    pub method: String,
    /// What the views differ in.
    pub inputs: Vec<AgreedInput>,
    /// Verdicts on which both agree.
    pub agreed: usize,
    /// Verdicts that cannot be told under one of them, or both, with so many replications.
    pub untold: usize,
    /// Those that differ, looked into, opposite ones first.
    pub disputed: Vec<Disputed>,
    /// Those that differ and were not looked into, or in vain.
    pub left: Vec<Left>,
}

/// An input in which the views differ.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgreedInput {
    /// Path of its key.
    pub path: String,
    /// What it means.
    pub help: String,
    /// Its value under each view, as the scenario has it; a dash for what is not there.
    pub values: [String; 2],
    /// The values tried between both, where it is a number with values between; else it can only be switched whole.
    pub number: Option<SweptInput>,
}

/// A verdict that differs between the views.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Disputed {
    /// The option.
    pub option: String,
    /// Whether the base is held against its target, not an option against the base.
    pub target: bool,
    /// The figure: "service_level".
    pub measure: String,
    /// Its title.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// "higher", "lower" or "neither".
    pub better: String,
    /// The difference, or figure, at which the verdict changes.
    pub level: f64,
    /// The verdict under each view.
    pub verdicts: [String; 2],
    /// The difference, or figure, under each view.
    pub ends: [SweptPoint; 2],
    /// Every input switched alone, in the order of the inputs; empty where they are too many.
    pub alone: Vec<Alone>,
    /// "alone", "together" or "unknown".
    pub decides: String,
    /// The inputs that decide, by number: each alone, or all together.
    pub by: Vec<usize>,
    /// Why it is unknown.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub why: Option<String>,
    /// Where it turns.
    pub ways: Vec<Way>,
}

/// An input switched alone to the other view's value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alone {
    /// The difference with all else as under the first view, and as under the second.
    pub found: [SweptPoint; 2],
    /// Whether the verdict is then the other view's.
    pub turns: [bool; 2],
}

/// Inputs on their way from the first view's values to the second's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Way {
    /// The inputs that go along, by number.
    pub inputs: Vec<usize>,
    /// Whose values the others have: 0 for the first view, 1 for the second.
    pub rest: usize,
    /// Inputs that nevertheless have the other view's, by number.
    pub but: Vec<usize>,
    /// The difference, or figure, at equal steps of the way, both ends included.
    pub figures: Vec<SweptPoint>,
    /// Where the verdict turns; null where no interval could be worked out.
    pub crossed: Option<Vec<Crossed>>,
}

/// Where a verdict turns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Crossed {
    /// Share of the way from the first view's values to the second's.
    pub share: f64,
    /// Its 95% interval; null to a side where the way ends within it.
    pub ci95: [Option<f64>; 2],
    /// The value there of each input that goes along.
    pub values: Vec<f64>,
}

/// A verdict that differs, of which it is not known what it turns on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// The option.
    pub option: String,
    /// Whether the base is held against its target, not an option against the base.
    pub target: bool,
    /// The figure: "service_level".
    pub measure: String,
    /// Its title.
    pub title: String,
    /// The verdict under each view.
    pub verdicts: [String; 2],
    /// "work", where it would have taken more than is allowed; "few", where the replications of every setting are too few to
    /// tell the views apart.
    pub why: String,
}

impl Agreed {
    /// Whether every number of an input is one, and every list has the length it must have: what is stored may be anything.
    pub fn fits(&self) -> bool {
        let known = |inputs: &Vec<usize>| inputs.iter().all(|input| *input < self.inputs.len());
        let numbers = |inputs: &Vec<usize>| {
            inputs.iter().all(|input| self.inputs.get(*input).is_some_and(|input| input.number.is_some()))
        };
        let way = |way: &Way| {
            let values = |one: &Crossed| one.values.len() == way.inputs.len();
            way.rest < 2
                && known(&way.but)
                && numbers(&way.inputs)
                && !way.inputs.is_empty()
                && way.crossed.iter().flatten().all(values)
        };
        let one = |one: &Disputed| {
            known(&one.by)
                && (one.alone.is_empty() || one.alone.len() == self.inputs.len())
                && one.ways.iter().all(way)
        };
        let input = |input: &AgreedInput| input.number.as_ref().is_none_or(|number| number.values.len() > 1);
        self.inputs.iter().all(input) && self.disputed.iter().all(one)
    }
}
