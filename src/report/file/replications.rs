//! `replications.csv`: a row per option, view and replication.

use super::number::{beginning, push};
use crate::experiment::each;
use crate::measure::{CATALOGUE, Formula, Measure, Scope, Sums};
use crate::report::summary::{OptionSummary, Summary};
use std::fmt::Write as _;
use std::ops::Range;

/// Every measure that a single replication has, for the whole centre.
pub fn replications_csv(summary: &Summary<'_>) -> String {
    let measures: Vec<_> = CATALOGUE
        .iter()
        .filter(|m| !matches!(m.formula, Formula::Wait(_) | Formula::WorstInterval) && m.scope != Scope::Site)
        .collect();
    let mut header = vec!["option", "view", "replication"];
    header.extend(measures.iter().map(|m| m.id));
    let mut text = beginning(&header);
    text.push('\n');
    let lines = each(&stretches(summary), |(option, range)| lines(option, range.clone(), &measures));
    text.reserve(lines.iter().map(String::len).sum());
    lines.iter().for_each(|lines| text.push_str(lines));
    text
}

/// Replications written at a time: several stretches an option, so that no thread is left with a long one.
const STRETCH: usize = 250;

/// All options' replications in their order, cut into stretches.
fn stretches<'s>(summary: &'s Summary<'_>) -> Vec<(&'s OptionSummary<'s>, Range<usize>)> {
    let of_option = |option: &'s OptionSummary<'s>| {
        let count = option.outcome.centre.len();
        let cut = (0..count).step_by(STRETCH).map(move |from| from..count.min(from + STRETCH));
        cut.map(move |range| (option, range))
    };
    summary.options.iter().flat_map(of_option).collect()
}

fn lines(option: &OptionSummary<'_>, range: Range<usize>, measures: &[&Measure]) -> String {
    let setting = option.setting;
    let begin = beginning(&[&setting.name, setting.view.as_deref().unwrap_or_default()]);
    let (mut text, rows) = (String::new(), range.len());
    for (before, replication) in range.enumerate() {
        // The first row tells how long the others will be, nearly.
        if before == 1 {
            text.reserve(rows * text.len() * 9 / 8);
        }
        let sums = &option.outcome.centre[replication];
        write!(text, "{begin},{replication}").expect("a text takes every number");
        for measure in measures {
            text.push(',');
            push(&mut text, value(measure.formula, sums));
        }
        text.push('\n');
    }
    text
}

fn value(formula: Formula, sums: &Sums) -> Option<f64> {
    match formula {
        Formula::Ratio(over, under, scale) => {
            let under = sums.combine(under);
            (under != 0.0).then(|| sums.combine(over) * scale / under)
        }
        Formula::Mean(terms, scale) => Some(sums.combine(terms) * scale),
        Formula::Wait(_) | Formula::WorstInterval => None,
    }
}
