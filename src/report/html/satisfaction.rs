//! Satisfaction with what lies beneath it, and the rate at which two options tie.

use super::cell::{Cell, own};
use super::days::labelled;
use crate::report::sentence::number;
use crate::report::stored::{OptionResult, Results};
use serde::Serialize;

/// What satisfaction is made of, then what a survey would see, then the whole.
const COLUMNS: [(&str, &str); 6] = [
    ("wait_per_case", "Minutes waited, all attempts"),
    ("contacts_per_case", "Calls made"),
    ("resolution", "Matters settled"),
    ("answers_per_case", "Times answered"),
    ("satisfaction_answered", "Satisfied, as a survey of answered calls sees it"),
    ("satisfaction", "Satisfied, of all who called"),
];

/// Satisfaction of every option.
#[derive(Debug, Serialize)]
pub(super) struct Satisfaction {
    columns: Vec<&'static str>,
    rows: Vec<Row>,
    rate: String,
}

/// One option.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    cells: Vec<Cell>,
    /// Minutes of waiting per unsettled matter at which the option ties with the base.
    tie: String,
}

/// The table; none where nobody was asked.
pub(super) fn of(results: &Results) -> Option<Satisfaction> {
    let exists =
        |id: &str| results.options.iter().any(|o| o.measures.get(id).is_some_and(|e| e.mean.is_some()));
    let columns: Vec<(&str, &'static str)> = COLUMNS.into_iter().filter(|(id, _)| exists(id)).collect();
    exists("satisfaction").then(|| Satisfaction {
        rows: results.options.iter().map(|option| row(results, option, &columns)).collect(),
        columns: columns.iter().map(|c| c.1).collect(),
        rate: rate(&results.options[0]),
    })
}

fn row(results: &Results, option: &OptionResult, columns: &[(&str, &str)]) -> Row {
    let base = results.options.iter().find(|o| o.view == option.view);
    let cell = |(id, _): &(&str, &str)| {
        let unit = results.definitions.get(id).map_or("", |d| d.unit.as_str());
        own(option.measures.get(id), unit, &results.currency)
    };
    Row {
        name: labelled(results, option),
        cells: columns.iter().map(cell).collect(),
        tie: base.filter(|b| b.name != option.name).map_or_else(|| "the base".to_owned(), |b| tie(b, option)),
    }
}

/// The rate at which an option that trades waiting for settled matters weighs as much as the base.
fn tie(base: &OptionResult, option: &OptionResult) -> String {
    let mean = |o: &OptionResult, id: &str| o.measures.get(id).and_then(|e| e.mean);
    let difference = |id: &str| Some(mean(option, id)? - mean(base, id)?);
    let (Some(wait), Some(settled)) = (difference("wait_per_case"), difference("resolution")) else {
        return "–".to_owned();
    };
    // More waiting bought with more matters settled, or the other way about.
    if settled != 0.0 && wait / settled > 0.0 {
        format!("{} min", number(wait / settled, 0))
    } else if wait == 0.0 && settled == 0.0 {
        "alike".to_owned()
    } else if wait <= 0.0 && settled >= 0.0 {
        "ahead on both".to_owned()
    } else {
        "behind on both".to_owned()
    }
}

fn rate(base: &OptionResult) -> String {
    match base.satisfaction_weights {
        Some(w) if w.per_minute != 0.0 => format!(
            "With the weights of this scenario, {} minutes of waiting weigh as much as one matter left unsettled. They are \
             assumed. The last column asks no weights: it says how many minutes of waiting one unsettled matter must weigh \
             for the option and the base to come out even. Who thinks it weighs more should prefer the one that \
             settles more.",
            number(w.unresolved / w.per_minute, 0)
        ),
        _ => "In this scenario waiting does not lower satisfaction: its weight is set to zero.".to_owned(),
    }
}
