//! What `results.json` concludes from all options together: comparisons that hold at once, which option is best, what it
//! would take to tell more.

use super::number::json;
use crate::experiment::{Conclusion, Pair};
use crate::report::sentence::{number, share};
use crate::report::summary::Summary;
use serde_json::{Value, json as object};

/// How the intervals and the choice are made, as told beside them.
const METHOD: &str = "Intervals hold together by Bonferroni's inequality over the options of a view, each by Student's t \
                      on paired differences. Best: multiple comparisons with the best under common random numbers, by \
                      Bonferroni, with `matters` as indifference zone.";

/// Conclusions by view and measure.
pub(super) fn conclusions(summary: &Summary<'_>) -> Value {
    let all: Vec<Value> = summary.conclusions.iter().map(|one| conclusion(one, summary)).collect();
    let mut told = object!({ "method": METHOD, "sentences": sentences(summary), "measures": null });
    told["measures"] = all.into();
    told
}

fn conclusion(one: &Conclusion, summary: &Summary<'_>) -> Value {
    let name = |option: usize| summary.study.options[option].name.as_str();
    let best = one.best.as_ref().map(|best| {
        object!({
            "option": name(best.option),
            "probability": json(Some(best.probability)),
            "within": json(Some(one.zone)),
            "not_ruled_out": best.contenders.iter().map(|i| name(*i)).collect::<Vec<&str>>(),
        })
    });
    let pairs: Vec<Value> = one.pairs.iter().map(|pair| compared(pair, name(pair.option))).collect();
    let mut told = object!({
        "measure": one.measure.id,
        "view": summary.study.options[one.base].view,
        "baseline": name(one.base),
        "options": null,
        "best": best,
        "replications_saved_by_controls": one.saved,
    });
    told["options"] = pairs.into();
    told
}

fn compared(pair: &Pair, name: &str) -> Value {
    let (low, high) = pair.paired.joint;
    object!({
        "option": name,
        "ci95_together": [json(Some(low)), json(Some(high))],
        "verdict_together": pair.verdict.text(),
        "variance_saved": json(pair.paired.variance_saved),
        "replications_to_tell": pair.to_settle,
        "replications_saved_by_controls": pair.saved,
    })
}

/// The level at which the best option is said to be so.
const SURE: f64 = 0.95;

/// The conclusions that matter, each in a sentence.
fn sentences(summary: &Summary<'_>) -> Vec<String> {
    let said = summary.conclusions.iter().filter(|one| one.matters(summary.study));
    said.flat_map(|one| of_measure(one, summary)).collect()
}

fn of_measure(one: &Conclusion, summary: &Summary<'_>) -> Vec<String> {
    let options = &summary.study.options;
    let quoted = |i: &usize| format!("“{}”", options[*i].name);
    let view = options[one.base].view.as_ref().map_or_else(String::new, |view| format!(" (view “{view}”)"));
    let head = format!("{}{view}", one.measure.title);
    let mut sentences = Vec::new();
    if let Some(best) = &one.best {
        let others = best.contenders.iter().map(quoted).collect::<Vec<_>>().join(", ");
        let picked = quoted(&best.option);
        sentences.push(if best.probability < SURE {
            format!("{head}: which option is best cannot be told apart: {picked} did best, {others} may be as good or better.")
        } else {
            let sure = share(best.probability.min(0.999), Some(0.001));
            let but = match best.contenders.is_empty() {
                true => String::new(),
                false => ", or none is better by as much as matters".to_owned(),
            };
            format!("{head}: {picked} is best{but}, with a probability of at least {sure}.")
        });
    }
    let untold: Vec<&Pair> = one.pairs.iter().filter(|pair| pair.to_settle.is_some()).collect();
    if let Some(most) = untold.iter().filter_map(|pair| pair.to_settle).max() {
        let names = untold.iter().map(|pair| quoted(&pair.option)).collect::<Vec<_>>().join(", ");
        sentences.push(format!(
            "{head}: whether {names} {} from the base cannot be told; about {} replications would tell, if the differences \
             stay what they are.",
            if untold.len() == 1 { "differs" } else { "differ" },
            number(f64::from(most), 0)
        ));
    }
    sentences.extend(controls(one, summary, &head));
    sentences
}

/// What control variates would have saved, where they help.
fn controls(one: &Conclusion, summary: &Summary<'_>, head: &str) -> Option<String> {
    let most =
        one.pairs.iter().filter_map(|pair| Some((pair.saved?, pair.option))).max_by_key(|(saved, _)| *saved);
    let fewer = |saved: u32| format!("{} fewer", number(f64::from(saved), 0));
    let options = &summary.study.options;
    let parts: Vec<String> = [
        one.saved.map(|saved| format!("{} for the base’s own figure", fewer(saved))),
        most.map(|(saved, option)| {
            format!("{} for what “{}” differs from it", fewer(saved), options[option].name)
        }),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| {
        format!(
            "{head}: first calls and shifts worked, whose means are known exactly, explain part of how histories differ. With \
             them as control variates the same intervals would take, of {} replications, {}; the figures printed are made \
             without.",
            number(f64::from(summary.outcome.replications), 0),
            parts.join(", ")
        )
    })
}
