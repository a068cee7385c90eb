//! Options against the base, under common random numbers: paired differences, their intervals and verdicts.

use super::figures::{Figure, Place, TOO_FEW, bounded, rows, terms};
use super::outcome::OptionOutcome;
use crate::measure::{Better, Formula, Measure};
use crate::statistics::{difference_of_ratios, jackknife_difference};

/// What may be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The option is better than the base.
    Better,
    /// The option is worse.
    Worse,
    /// Higher, of a measure that has no better side.
    Higher,
    /// Lower, of a measure that has no better side.
    Lower,
    /// The interval lies within the difference that matters.
    NoDifference,
    /// The interval holds both.
    CannotBeTold,
}

impl Verdict {
    /// As printed.
    pub fn text(self) -> &'static str {
        match self {
            Verdict::Better => "better",
            Verdict::Worse => "worse",
            Verdict::Higher => "higher",
            Verdict::Lower => "lower",
            Verdict::NoDifference => "no difference that matters",
            Verdict::CannotBeTold => "cannot be told",
        }
    }

    /// The verdict on an interval of a difference, given the threshold below which none matters.
    pub fn of(interval: (f64, f64), better: Better, matters: f64) -> Verdict {
        let (low, high) = interval;
        if low >= -matters && high <= matters {
            return Verdict::NoDifference;
        }
        match better {
            Better::Higher if low > 0.0 => Verdict::Better,
            Better::Higher if high < 0.0 => Verdict::Worse,
            Better::Lower if high < 0.0 => Verdict::Better,
            Better::Lower if low > 0.0 => Verdict::Worse,
            Better::Neither if low > 0.0 => Verdict::Higher,
            Better::Neither if high < 0.0 => Verdict::Lower,
            _ => Verdict::CannotBeTold,
        }
    }
}

/// A measure's difference between an option and the base.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// The measure.
    pub measure: &'static Measure,
    /// The option's figure less the base's.
    pub difference: f64,
    /// Its 95% interval.
    pub ci95: Option<(f64, f64)>,
    /// Why there is no interval, where there is none.
    pub unbounded: Option<&'static str>,
    /// Share of replications in which the option is better (ties half); for measures with no better side, higher.
    pub share_better: Option<f64>,
    /// What may be said.
    pub verdict: Option<Verdict>,
    /// Correlation of the two options' figures over replications.
    pub correlation: Option<f64>,
}

/// Compares an option with the base at a place of each (the same queue may have another number); figures that do not
/// exist in both are left out. `matters` gives the difference that matters by measure.
pub fn compare(
    base: (&OptionOutcome, &[Figure]),
    option: (&OptionOutcome, &[Figure]),
    places: (Place, Place),
    matters: &dyn Fn(&str) -> f64,
) -> Vec<Comparison> {
    let pairs = base.1.iter().zip(option.1);
    pairs.filter_map(|(a, b)| one(base.0, a, option.0, b, places, matters)).collect()
}

fn one(
    base: &OptionOutcome,
    a: &Figure,
    option: &OptionOutcome,
    b: &Figure,
    places: (Place, Place),
    matters: &dyn Fn(&str) -> f64,
) -> Option<Comparison> {
    let measure = a.measure;
    let (from, to) = (a.value.as_ref().ok()?, b.value.as_ref().ok()?);
    if matches!(measure.formula, Formula::Wait(_) | Formula::WorstInterval) {
        return compare_pooled(a, b, 1, matters);
    }
    let (an, ad) = terms(measure, rows(base, places.0))?;
    let (bn, bd) = terms(measure, rows(option, places.1))?;
    let paired = difference_of_ratios(&an, &ad, &bn, &bd)?;
    Some(Comparison {
        measure,
        difference: to.mean - from.mean,
        ci95: paired.ci95,
        unbounded: paired.ci95.is_none().then_some(TOO_FEW),
        share_better: paired.share_better(measure.better == Better::Lower),
        verdict: paired.ci95.map(|ci| Verdict::of(ci, measure.better, matters(measure.id))),
        correlation: paired.correlation,
    })
}

/// Compares figures of what is pooled over replications, their interval by leaving out the same groups of both, one of so
/// many that are to hold together; none where either does not exist.
pub(super) fn compare_pooled(
    a: &Figure,
    b: &Figure,
    together: usize,
    matters: &dyn Fn(&str) -> f64,
) -> Option<Comparison> {
    let (from, to, measure) = (a.value.as_ref().ok()?, b.value.as_ref().ok()?, a.measure);
    let (ci95, unbounded) = if !a.left_out.is_empty() && a.left_out.len() == b.left_out.len() {
        let interval = jackknife_difference(from.mean, &a.left_out, to.mean, &b.left_out, together);
        bounded(interval, a.rounding + b.rounding)
    } else {
        (None, a.unbounded.or(b.unbounded).or(Some(TOO_FEW)))
    };
    Some(Comparison {
        measure,
        difference: to.mean - from.mean,
        ci95,
        unbounded,
        share_better: None,
        verdict: ci95.map(|ci| Verdict::of(ci, measure.better, matters(measure.id))),
        correlation: None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verdict_follows_from_interval_direction_and_threshold() {
        let verdict = |low, high, better| Verdict::of((low, high), better, 0.01);
        assert_eq!(verdict(0.02, 0.03, Better::Higher), Verdict::Better);
        assert_eq!(verdict(0.02, 0.03, Better::Lower), Verdict::Worse);
        assert_eq!(verdict(-0.03, -0.02, Better::Lower), Verdict::Better);
        assert_eq!(verdict(-0.005, 0.01, Better::Higher), Verdict::NoDifference);
        assert_eq!(verdict(-0.005, 0.02, Better::Higher), Verdict::CannotBeTold);
        assert_eq!(verdict(0.02, 0.03, Better::Neither), Verdict::Higher);
    }

    #[test]
    fn options_that_never_differ_show_no_difference() {
        assert_eq!(Verdict::of((0.0, 0.0), Better::Higher, 0.0), Verdict::NoDifference);
    }
}
