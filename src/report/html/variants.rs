//! The service level in all its meanings, side by side: the same calls, counted six ways, and more.

use super::cell::{Cell, own};
use super::days::labelled;
use crate::report::stored::Results;
use serde::Serialize;

/// Measures and how they count; S answered, S within the target time, L gave up, L within it, L short.
const VARIANTS: [(&str, &str); 8] = [
    ("service_level_with_abandoned", "Answered or gave up in time, of all"),
    ("service_level_answered", "Answered in time, of those answered"),
    ("service_level_offered", "Answered in time, of all"),
    ("service_level_without_early", "… of all but those who gave up in time"),
    ("service_level_with_short", "Answered in time or gave up at once, of all"),
    ("service_level_without_short", "… of all but those who gave up at once"),
    ("service_level_arrivals", "Answered in time, of all who rang"),
    ("virtual_within", "If nobody ever gave up"),
];

/// The variants of every option.
#[derive(Debug, Serialize)]
pub(super) struct Variants {
    columns: Vec<Variant>,
    rows: Vec<Row>,
}

/// One way to count.
#[derive(Debug, Serialize)]
struct Variant {
    id: &'static str,
    title: &'static str,
    text: String,
}

/// One option.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    cells: Vec<Cell>,
}

/// The table of variants.
pub(super) fn of(results: &Results) -> Variants {
    let known = |id: &str| results.options.iter().any(|o| o.measures.get(id).is_some());
    let columns: Vec<Variant> = VARIANTS
        .into_iter()
        .filter(|(id, _)| known(id))
        .map(|(id, title)| {
            let text = results.definitions.get(id).map_or_else(String::new, |d| d.text.clone());
            Variant { id, title, text }
        })
        .collect();
    let rows = results.options.iter().map(|option| Row {
        name: labelled(results, option),
        cells: columns.iter().map(|c| own(option.measures.get(c.id), "share", "")).collect(),
    });
    Variants { rows: rows.collect(), columns }
}
