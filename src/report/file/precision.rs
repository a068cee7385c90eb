//! What `results.json` says of precision: how closely figures were wanted and are known, and where replications are too few.

use super::number::json;
use crate::experiment::Attained;
use crate::report::summary::Summary;
use crate::scenario::Study;
use crate::statistics::Precision;
use serde_json::{Value, json as object};

/// Each figure that was wanted to a precision, with the option farthest from it; empty where none was.
pub(super) fn precision(summary: &Summary<'_>) -> Value {
    summary.outcome.precision.iter().map(|one| wanted(one, summary)).collect()
}

fn wanted(one: &Attained, summary: &Summary<'_>) -> Value {
    let option = &summary.study.options[one.widest];
    let (absolute, relative) = match one.wanted.precision {
        Precision::Absolute(half) => (Some(half), None),
        Precision::Relative(share) => (None, Some(share)),
    };
    object!({
        "measure": one.wanted.path,
        "half_width": json(absolute),
        "relative": json(relative),
        "held": one.held,
        "sentence": sentence(one, summary),
        "limit": summary.outcome.limit,
        "widest": {
            "option": option.name,
            "view": option.view,
            "half_width": json(one.half_width.ok().map(|(half, _)| half)),
            "allowed": json(one.half_width.ok().map(|(_, allowed)| allowed)),
            "why": one.half_width.err(),
        },
    })
}

/// What was wanted, and whether it was reached.
fn sentence(one: &Attained, summary: &Summary<'_>) -> String {
    let wanted = match one.wanted.precision {
        Precision::Absolute(half) => format!("±{}", short(half)),
        Precision::Relative(part) => format!("±{}% of itself", short(part * 100.0)),
    };
    let head = format!("{} was wanted to {wanted} in every option and view", one.wanted.path);
    match one.half_width {
        Ok((half, allowed)) if one.held => {
            let option = &summary.study.options[one.widest];
            let view = option.view.as_ref().map_or_else(String::new, |view| format!(", view {view}"));
            format!(
                "{head}: reached after {} replications; the nearest to missing it is \"{}\"{view}, ±{} where ±{} is allowed.",
                summary.outcome.replications,
                option.name,
                short(half),
                short(allowed)
            )
        }
        _ => format!("{head}: not reached. {}.", shortfall(one, summary.study, summary.outcome.limit)),
    }
}

/// What was not reached, where, and what it would take.
pub fn shortfall(one: &Attained, study: &Study, limit: u32) -> String {
    let option = &study.options[one.widest];
    let view = option.view.as_ref().map_or_else(String::new, |view| format!(", view {view}"));
    let path = &one.wanted.path;
    match one.half_width {
        Err(why) => {
            format!("{path} of \"{}\"{view} is not known after {limit} replications: {why}", option.name)
        }
        Ok((half, allowed)) => format!(
            "{path} of \"{}\"{view} is known to ±{} after {limit} replications, not to ±{} as asked for; that would \
             take about {:.0} replications (--limit)",
            option.name,
            short(half),
            short(allowed),
            f64::from(limit) * (half / allowed) * (half / allowed)
        ),
    }
}

/// Three digits of a half-width.
fn short(value: f64) -> String {
    let text = format!("{value:.9}");
    let first = text.bytes().position(|b| (b'1'..=b'9').contains(&b)).unwrap_or(0);
    let point = text.find('.').unwrap_or(text.len());
    text[..(first + 3).max(point).max(point + 3).min(text.len())].to_owned()
}

/// The fewest values of which the tenth and ninetieth percentile have a 95% interval at all: 0.9³⁶ < 0.025 < 0.9³⁵ is the
/// probability that none lies beyond (the interval between order statistics: Hahn and Meeker, Statistical Intervals).
const FEWEST_OF_TENTHS: u32 = 36;
/// The same of the ninety-ninth percentile: 0.99³⁶⁸ < 0.025 < 0.99³⁶⁷.
const FEWEST_OF_HUNDREDTHS: f64 = 368.0;

/// Warnings where replications are too few, or a wanted precision was not reached.
pub(super) fn warnings(summary: &Summary<'_>) -> Vec<String> {
    let outcome = summary.outcome;
    let mut all: Vec<String> = outcome
        .precision
        .iter()
        .filter(|one| !one.held)
        .map(|one| shortfall(one, summary.study, outcome.limit))
        .collect();
    if outcome.replications < FEWEST_OF_TENTHS {
        all.push(format!(
            "{} replications are too few for the percentiles of single histories (p10 and p90): give at least \
             {FEWEST_OF_TENTHS}",
            outcome.replications
        ));
    }
    let calls = |mean: Option<f64>| mean.unwrap_or(0.0) * f64::from(outcome.replications);
    let few = summary.options.iter().filter(|o| calls(o.mean("offered")) < FEWEST_OF_HUNDREDTHS).count();
    if few > 0 {
        all.push(format!(
            "in {few} of {} results there are too few calls for wait_p99: give replications for at least \
             {FEWEST_OF_HUNDREDTHS:.0} calls",
            summary.options.len()
        ));
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_width_is_told_in_three_digits() {
        assert_eq!(short(0.004_567_8), "0.00456");
        assert_eq!(short(12.3456), "12.34");
        assert_eq!(short(1234.5678), "1234.56");
    }
}
