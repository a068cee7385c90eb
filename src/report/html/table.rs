//! The comparison: a row an option, callers, staff and cost side by side, each figure with its difference from the
//! base; and the same by queue where there are several.

use super::cell::{Cell, compared};
use crate::report::answer::views_of;
use crate::report::stored::{ComparisonResult, Named, OptionResult, QueueResult, Results};
use serde::Serialize;

/// Columns: measure, short heading, group.
const COLUMNS: [(&str, &str, &str); 8] = [
    ("service_level", "Answered in time", "Callers"),
    ("abandonment_rate", "Gave up", "Callers"),
    ("wait_p90", "Nine in ten wait up to", "Callers"),
    ("first_contact_resolution", "Helped by the first answer", "Callers"),
    ("occupancy_high_share", "Hours over 85% busy", "Staff"),
    ("rest_met", "Hours with rest", "Staff"),
    ("late_finishes", "Shifts ending late", "Staff"),
    ("cost", "Pay", "Cost"),
];

/// Measures shown by queue.
const BY_QUEUE: [(&str, &str); 4] = [
    ("service_level", "Answered in time"),
    ("abandonment_rate", "Gave up"),
    ("asa", "Mean wait of those answered"),
    ("wait_p90", "Nine in ten wait up to"),
];

/// A table of options under each view.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    /// Groups of columns with their width.
    groups: Vec<(String, usize)>,
    /// Headings.
    columns: Vec<Column>,
    /// One part a view.
    views: Vec<Part>,
    /// Whether anything is compared.
    compares: bool,
}

/// A column's heading.
#[derive(Debug, Serialize)]
struct Column {
    title: String,
    unit: String,
    definition: String,
}

/// The rows of one view.
#[derive(Debug, Serialize)]
struct Part {
    view: Option<String>,
    rows: Vec<Row>,
}

/// One option.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    base: bool,
    cells: Vec<Cell>,
}

/// The whole centre.
pub(super) fn comparison(results: &Results) -> Table {
    let columns: Vec<(&str, &str, &str)> =
        COLUMNS.into_iter().filter(|(id, ..)| exists(results, id)).collect();
    let mut groups: Vec<(String, usize)> = Vec::new();
    for (_, _, group) in &columns {
        match groups.last_mut() {
            Some((last, width)) if last == group => *width += 1,
            _ => groups.push(((*group).to_owned(), 1)),
        }
    }
    let measures: Vec<(&str, &str)> = columns.iter().map(|c| (c.0, c.1)).collect();
    Table {
        groups,
        columns: measures.iter().map(|(id, title)| column(results, id, title)).collect(),
        views: parts(results, |option, comparison| cells(results, &measures, option, comparison)),
        compares: !results.comparisons.is_empty(),
    }
}

fn exists(results: &Results, id: &str) -> bool {
    results.options.iter().any(|o| o.measures.get(id).is_some_and(|e| e.mean.is_some()))
}

fn column(results: &Results, id: &str, title: &str) -> Column {
    let definition = results.definitions.get(id);
    let unit = match definition.map_or("", |d| d.unit.as_str()) {
        "share" => "differences in percentage points",
        "s" => "differences in seconds",
        "min" => "minutes",
        "h" => "hours",
        _ => "",
    };
    Column {
        title: title.to_owned(),
        unit: unit.to_owned(),
        definition: definition.map_or_else(String::new, |d| d.text.clone()),
    }
}

fn parts(
    results: &Results,
    cells: impl Fn(&OptionResult, Option<&ComparisonResult>) -> Vec<Cell>,
) -> Vec<Part> {
    let row = |(place, option): (usize, &OptionResult)| {
        let comparison =
            results.comparisons.iter().find(|c| c.option == option.name && c.view == option.view);
        Row { name: option.name.clone(), base: place == 0, cells: cells(option, comparison) }
    };
    let part = |view: Option<String>| Part {
        rows: results.options.iter().filter(|o| o.view == view).enumerate().map(row).collect(),
        view,
    };
    views_of(results).into_iter().map(part).collect()
}

fn cells(
    results: &Results,
    measures: &[(&str, &str)],
    option: &OptionResult,
    comparison: Option<&ComparisonResult>,
) -> Vec<Cell> {
    let cell = |(id, _): &(&str, &str)| {
        let unit = results.definitions.get(id).map_or("", |d| d.unit.as_str());
        let difference = comparison.and_then(|c| c.measures.get(id));
        compared(option.measures.get(id), difference, unit, &results.currency)
    };
    measures.iter().map(cell).collect()
}

/// One table a queue, where there are several.
#[derive(Debug, Serialize)]
pub(super) struct ByQueue {
    queue: String,
    target: String,
    table: Table,
}

/// The same by queue; nothing where there is but one.
pub(super) fn by_queue(results: &Results) -> Vec<ByQueue> {
    let mut names: Vec<&str> = Vec::new();
    for name in results.options.iter().flat_map(|o| o.queues.iter().map(|(name, _)| name)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() < 2 {
        return Vec::new();
    }
    names.into_iter().map(|name| of_queue(results, name)).collect()
}

fn of_queue(results: &Results, name: &str) -> ByQueue {
    let cells = |option: &OptionResult, comparison: Option<&ComparisonResult>| -> Vec<Cell> {
        let own = option.queues.get(name);
        let against = comparison.and_then(|c| c.queues.get(name));
        let cell = |(id, _): &(&str, &str)| {
            let unit = results.definitions.get(id).map_or("", |d| d.unit.as_str());
            let estimate = own.and_then(|q| q.measures.get(id));
            compared(estimate, against.and_then(|q| q.measures.get(id)), unit, &results.currency)
        };
        BY_QUEUE.iter().map(cell).collect()
    };
    ByQueue {
        queue: name.to_owned(),
        target: target(results.options.first().map(|o| &o.queues), name),
        table: Table {
            groups: Vec::new(),
            columns: BY_QUEUE.iter().map(|(id, title)| column(results, id, title)).collect(),
            views: parts(results, cells),
            compares: !results.comparisons.is_empty(),
        },
    }
}

fn target(queues: Option<&Named<QueueResult>>, name: &str) -> String {
    let target = queues.and_then(|q| q.get(name)).and_then(|q| q.target);
    target.map_or_else(String::new, |target| {
        let within = crate::report::sentence::time(target.within_s);
        match target.share {
            Some(share) => format!(
                "Target of the base: {} within {within}.",
                crate::report::sentence::share(share, None)
            ),
            None => format!("In time is within {within}."),
        }
    })
}
