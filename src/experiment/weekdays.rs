//! The figures of each weekday, each with its interval between replications.
//!
//! Of a replication's weekday only what an interval asks for is kept, summed over replications, so that a run takes no
//! more memory for it however long it is.

use super::figures::{Figure, Place, TOO_FEW};
use super::outcome::OptionOutcome;
use crate::measure::{Formula, Measure, Sums, find};
use crate::scenario::Horizon;
use crate::statistics::{Estimate, Pairs};
use crate::tally::Tally;
use serde::{Deserialize, Serialize};

/// The measures told by weekday: those that the tallies of cells give. Counts and hours are means of one such day.
pub const BY_WEEKDAY: [&str; 12] = [
    "service_level",
    "abandonment_rate",
    "asa",
    "mean_wait",
    "target_met",
    "target_met_intervals",
    "occupancy",
    "workload",
    "offered",
    "answered",
    "abandoned",
    "hours_signed_on",
];

/// Weekdays of a week.
const WEEK: usize = 7;

/// The days of one option by weekday, over replications.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weekdays {
    /// Weekday of the first measured day; measured days.
    first: usize,
    days: usize,
    /// By place (the centre, then each queue where there are several), weekday and measure; empty where the horizon has
    /// but one weekday.
    pairs: Vec<Pairs>,
    /// Places.
    places: usize,
}

fn measures() -> impl Iterator<Item = &'static Measure> {
    BY_WEEKDAY.iter().filter_map(|id| find(id))
}

impl Weekdays {
    /// The weekdays of an option of so many queues, before any replication.
    pub(super) fn new(horizon: &Horizon, queues: usize) -> Weekdays {
        let days = horizon.days as usize;
        let places = if queues > 1 { 1 + queues } else { 1 };
        let pairs = if days > 1 { places * WEEK * BY_WEEKDAY.len() } else { 0 };
        let first = usize::from(horizon.start.weekday().0);
        Weekdays { first, days, pairs: vec![Pairs::default(); pairs], places }
    }

    /// The measured days that are a weekday (0 is Monday).
    fn days_of(&self, weekday: usize) -> impl Iterator<Item = usize> + use<> {
        ((WEEK + weekday - self.first) % WEEK..self.days).step_by(WEEK)
    }

    /// How many measured days are a weekday.
    pub fn days(&self, weekday: usize) -> usize {
        self.days_of(weekday).count()
    }

    /// Adds a replication.
    pub(super) fn add(&mut self, tally: &Tally) {
        if self.pairs.is_empty() {
            return;
        }
        for place in 0..self.places {
            for weekday in 0..WEEK {
                let days = self.days(weekday) as u64;
                let sums = tally.of_days(place.checked_sub(1), self.days_of(weekday));
                let at = self.at(place, weekday);
                for (pairs, measure) in self.pairs[at..].iter_mut().zip(measures()) {
                    let (over, under) = terms(measure, &sums, days);
                    pairs.push(over, under);
                }
            }
        }
    }

    fn at(&self, place: usize, weekday: usize) -> usize {
        (place * WEEK + weekday) * BY_WEEKDAY.len()
    }

    /// Adds later replications.
    pub(super) fn append(&mut self, later: &Weekdays) {
        self.pairs.iter_mut().zip(&later.pairs).for_each(|(all, more)| all.merge(more));
    }

    /// Whether these are weekdays of an option of this shape.
    pub(super) fn fits(&self, empty: &Weekdays) -> bool {
        (self.first, self.days, self.places, self.pairs.len())
            == (empty.first, empty.days, empty.places, empty.pairs.len())
    }

    /// The sums of a place's weekday, measure by measure.
    fn of(&self, place: Place, weekday: usize) -> Option<&[Pairs]> {
        let place = match place {
            Place::Centre => 0,
            Place::Queue(queue) if self.places > 1 => 1 + queue,
            _ => return None,
        };
        let at = self.at(place, weekday);
        self.pairs.get(at..at + BY_WEEKDAY.len())
    }
}

/// Numerator and denominator of a measure from the sums of so many days, before its scale.
fn terms(measure: &Measure, sums: &Sums, days: u64) -> (u64, u64) {
    let whole = |value: f64| value.max(0.0) as u64;
    match measure.formula {
        Formula::Ratio(over, under, _) => (whole(sums.combine(over)), whole(sums.combine(under))),
        Formula::Mean(terms, _) => (whole(sums.combine(terms)), days),
        Formula::Wait(_) | Formula::WorstInterval => (0, 0),
    }
}

/// The figures of the centre or of a queue on a weekday (0 is Monday), in the order of [`BY_WEEKDAY`]; none where the
/// horizon has but one weekday, or where nobody calls and nobody is at work on that one. Of a queue, those of its
/// callers; of the only queue, none, since they are the centre's.
pub fn weekday_figures(outcome: &OptionOutcome, place: Place, weekday: usize) -> Vec<Figure> {
    let Some(pairs) = outcome.weekdays.of(place, weekday) else { return Vec::new() };
    if pairs.iter().zip(measures()).all(|(pairs, measure)| !is_amount(measure) || pairs.over() == 0) {
        return Vec::new();
    }
    let told = |measure: &Measure| place == Place::Centre || measure.scope == crate::measure::Scope::Calls;
    let pairs = pairs.iter().zip(measures()).filter(|(_, measure)| told(measure));
    pairs.map(|(pairs, measure)| figure(measure, pairs)).collect()
}

/// Whether a measure is an amount, not a share or a mean of something.
fn is_amount(measure: &Measure) -> bool {
    matches!(measure.formula, Formula::Mean(..))
}

fn figure(measure: &'static Measure, pairs: &Pairs) -> Figure {
    let scale = match measure.formula {
        Formula::Ratio(.., scale) | Formula::Mean(_, scale) => scale,
        Formula::Wait(_) | Formula::WorstInterval => 1.0,
    };
    let estimate = pairs.ratio().map(|(mean, ci95)| Estimate {
        mean: mean * scale,
        ci95: ci95.map(|(low, high)| (low * scale, high * scale)),
        sd: None,
        p10: None,
        p50: None,
        p90: None,
    });
    Figure {
        measure,
        unbounded: estimate.filter(|e| e.ci95.is_none()).map(|_| TOO_FEW),
        value: estimate.ok_or(measure.missing),
        left_out: Vec::new(),
        rounding: 0.0,
    }
}
