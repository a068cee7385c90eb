//! What is found where views disagree.

use crate::experiment::gauge::Gauge;
use crate::experiment::sweep::{Gauged, Known};
use crate::scenario::Sides;
use crate::statistics::Span;

/// What is asked of both views: an option against the base, or the base against its target.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The option's name; the base's own where its target is asked about.
    pub option: String,
    /// Whether the base is held against its target.
    pub target: bool,
    /// The figure.
    pub gauge: Gauge,
    /// What the difference, or the base's figure, is held against: where the verdict changes.
    pub level: f64,
    /// The verdicts under both views.
    pub verdicts: [&'static str; 2],
}

/// On which side of the level something lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Above it.
    Above,
    /// Below it.
    Below,
    /// Exactly at it in every history.
    At,
    /// That cannot be told.
    Untold,
}

/// One input switched alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Switched {
    /// The difference with all else as the first view has it, and with all else as the second has it; or why there is none.
    pub found: [Result<Known, String>; 2],
    /// Whether the verdict is then the other view's: to the second's value from the first view, and to the first's from the
    /// second.
    pub turns: [bool; 2],
}

/// Where along the way from the first view's values to the second's a verdict turns.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// The inputs that go along, by number.
    pub inputs: Vec<usize>,
    /// Inputs that the second view has already, by number; all others are the first's. Where this is none: all others are the
    /// second's.
    pub rest: Rest,
    /// Steps of the way.
    pub steps: usize,
    /// Stretches, in steps from the first view's, in which the level lies within the interval; none where no interval could be
    /// worked out.
    pub spans: Option<Vec<Span>>,
    /// The difference at every step.
    pub figures: Vec<Gauged>,
}

/// What the inputs that do not go along are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rest {
    /// As the first view has them.
    First,
    /// As the second has them.
    Second,
    /// As the first has them, but for these, by number.
    FirstBut(Vec<usize>),
}

/// What decides a contested verdict, on the way from the first view to the second.
#[derive(Debug, Clone, PartialEq)]
pub enum Decides {
    /// Each of these inputs alone is enough.
    Alone(Vec<usize>),
    /// No input alone is; these together are, and none of them can be left out.
    Together(Vec<usize>),
    /// That was not found out: why.
    Unknown(&'static str),
}

/// A contested verdict looked into.
#[derive(Debug, Clone, PartialEq)]
pub struct Contested {
    /// What is asked.
    pub asked: Asked,
    /// The difference under both views.
    pub ends: [Known; 2],
    /// Every input switched alone, where that was done.
    pub alone: Vec<Switched>,
    /// What decides it.
    pub decides: Decides,
    /// Where it turns.
    pub turns: Vec<Turn>,
}

/// Two views held against each other.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The views and what they differ in.
    pub sides: Sides,
    /// Replications of every setting that was simulated to see why they differ.
    pub replications: u32,
    /// Replications of the run, by which all verdicts were compared.
    pub compared: u32,
    /// Verdicts on which both views agree.
    pub agreed: usize,
    /// Verdicts that cannot be told under one of them, or both.
    pub untold: usize,
    /// Those that differ, looked into.
    pub contested: Vec<Contested>,
    /// Those that differ and were not looked into, or in vain.
    pub left: Vec<(Asked, Unsettled)>,
}

/// Why it is not known on what a verdict turns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsettled {
    /// It would take more work than is allowed.
    Work,
    /// The replications of every setting are too few to tell the views apart.
    Few,
}

impl Unsettled {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Unsettled::Work => "work",
            Unsettled::Few => "few",
        }
    }
}

/// What came of a look into a verdict.
pub(super) enum Looked {
    Into(Box<Contested>),
    Not(Unsettled),
}
