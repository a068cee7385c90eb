//! Satisfaction with what lies beneath it, and the rate at which two options tie.

use super::cell::{Cell, own};
use super::days::labelled;
use crate::report::sentence::{Unit, number};
use crate::report::stored::{OptionResult, Results, Tie};
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
    let cell = |(id, _): &(&str, &str)| {
        let unit = results.definitions.get(id).map_or("", |d| d.unit.as_str());
        own(option.measures.get(id), unit, &results.currency)
    };
    let against = results.comparisons.iter().find(|c| c.option == option.name && c.view == option.view);
    Row {
        name: labelled(results, option),
        cells: columns.iter().map(cell).collect(),
        tie: match against {
            None => "the base".to_owned(),
            Some(against) => against.tie.as_ref().map_or_else(|| "–".to_owned(), tie),
        },
    }
}

/// The rate at which an option that trades waiting for settled matters weighs as much as the base, with its interval.
/// Below zero the option is ahead on both or behind on both, whatever a matter weighs.
fn tie(tie: &Tie) -> String {
    let more = tie.settled > 0.0;
    let shown = |minutes: f64, half: f64| Unit::Minutes.figure(minutes, Some(half));
    match tie.interval() {
        _ if tie.wait_min == 0.0 && tie.settled == 0.0 => "alike".to_owned(),
        None => "cannot be told".to_owned(),
        Some((low, high)) if low > 0.0 => {
            let half = (high - low) / 2.0;
            let rate = shown(tie.wait_min / tie.settled, half);
            format!("{rate} ({} to {})", shown(low, half), shown(high, half))
        }
        Some((_, high)) if high <= 0.0 && more => "ahead on both".to_owned(),
        Some((_, high)) if high <= 0.0 => "behind on both".to_owned(),
        Some((low, high)) => {
            let both = if more { "ahead" } else { "behind" };
            format!("{} at most, or {both} on both", shown(high, (high - low) / 2.0))
        }
    }
}

fn rate(base: &OptionResult) -> String {
    match base.satisfaction_weights {
        Some(w) if w.per_minute != 0.0 => format!(
            "With the weights of this scenario, {} minutes of waiting weigh as much as one matter left unsettled. They are \
             assumed. The last column asks no weights: it says how many minutes of waiting one unsettled matter must weigh \
             for the option and the base to come out even, with its 95% interval. Who thinks it weighs more should prefer the one \
             that settles more. Where nobody can tell which of the two settles more, no such number of minutes can be told.",
            number(w.unresolved / w.per_minute, 0)
        ),
        _ => "In this scenario waiting does not lower satisfaction: its weight is set to zero.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tie_is_told_only_as_far_as_its_interval_goes() {
        let of = |json: &str| tie(&serde_json::from_str(json).unwrap());
        assert_eq!(
            of(r#"{"wait_min": 0.6, "settled": 0.05, "ci95": [9.0, 16.0]}"#),
            "12 min (9 min to 16 min)"
        );
        assert_eq!(of(r#"{"wait_min": -0.6, "settled": 0.05, "ci95": [-16.0, -9.0]}"#), "ahead on both");
        assert_eq!(of(r#"{"wait_min": 0.6, "settled": -0.05, "ci95": [-16.0, -9.0]}"#), "behind on both");
        assert_eq!(
            of(r#"{"wait_min": 0.1, "settled": 0.05, "ci95": [-2.0, 6.0]}"#),
            "6 min at most, or ahead on both"
        );
        assert_eq!(
            of(r#"{"wait_min": -0.1, "settled": -0.05, "ci95": [-2.0, 6.0]}"#),
            "6 min at most, or behind on both"
        );
        assert_eq!(of(r#"{"wait_min": 0.1, "settled": 0.001, "ci95": null}"#), "cannot be told");
        assert_eq!(of(r#"{"wait_min": 0.0, "settled": 0.0, "ci95": null}"#), "alike");
    }
}
