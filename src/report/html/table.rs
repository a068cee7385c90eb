//! The comparison: a row an option, callers, staff and cost side by side, each figure with its difference from the
//! base; and the same by queue, site and team where there are several.

use super::cell::{Cell, compared};
use crate::report::answer::views_of;
use crate::report::stored::{
    ComparisonResult, Difference, Estimate, Named, OptionResult, QueueResult, Results,
};
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

/// Measures shown by site: of callers sent there, of calls answered there, of those who sit there.
const BY_SITE: [(&str, &str); 7] = [
    ("service_level", "Sent here: answered in time"),
    ("abandonment_rate", "Sent here: gave up"),
    ("answered_here", "Calls answered here"),
    ("in_time_here", "Of these, in time"),
    ("asa_here", "Their mean wait"),
    ("occupancy", "Occupancy"),
    ("late_finishes", "Shifts ending late"),
];

/// Measures shown by team.
const BY_TEAM: [(&str, &str); 6] = [
    ("occupancy", "Occupancy"),
    ("occupancy_high_share", "Hours over 85% busy"),
    ("rest_met", "Hours with rest"),
    ("breaks_late", "Late breaks a shift"),
    ("late_finishes", "Shifts ending late"),
    ("hours_paid", "Paid hours"),
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
    told_cells(results, measures, (Some(&option.measures), comparison.map(|c| &c.measures)))
}

/// One table a queue, site or team, where there are several.
#[derive(Debug, Serialize)]
pub(super) struct ByPart {
    /// "Queue", "Site" or "Team".
    kind: &'static str,
    name: String,
    /// What should be known of it.
    note: String,
    table: Table,
}

/// The figures of a queue, site or team, and their differences from the base's.
type Told<'a> = (Option<&'a Named<Estimate>>, Option<&'a Named<Difference>>);

/// The same by queue; nothing where there is but one.
pub(super) fn by_queue(results: &Results) -> Vec<ByPart> {
    let told = |name: &str| {
        parts(results, |option, comparison| {
            let own = option.queues.get(name).map(|queue| &queue.measures);
            let against = comparison.and_then(|c| c.queues.get(name)).map(|queue| &queue.measures);
            told_cells(results, &BY_QUEUE, (own, against))
        })
    };
    let note = |name: &str| target(results.options.first().map(|o| &o.queues), name);
    by_part(results, "Queue", &BY_QUEUE, |option| names(&option.queues), (&told, &note))
}

/// The same by site, of the figures that some site has.
pub(super) fn by_site(results: &Results) -> Vec<ByPart> {
    let exists = |id: &&(&str, &str)| {
        let sites = results.options.iter().flat_map(|option| option.sites.iter());
        sites.into_iter().any(|(_, site)| site.measures.get(id.0).is_some_and(|e| e.mean.is_some()))
    };
    let measures: Vec<(&str, &str)> = BY_SITE.iter().filter(exists).copied().collect();
    let told = |name: &str| {
        parts(results, |option, comparison| {
            let own = option.sites.get(name).map(|site| &site.measures);
            let against = comparison.and_then(|c| c.sites.get(name)).map(|site| &site.measures);
            told_cells(results, &measures, (own, against))
        })
    };
    by_part(results, "Site", &measures, |option| names(&option.sites), (&told, &|_| String::new()))
}

/// The same by team; nothing where there is but one.
pub(super) fn by_team(results: &Results) -> Vec<ByPart> {
    let told = |name: &str| {
        parts(results, |option, comparison| {
            let own = option.teams.get(name).map(|team| &team.measures);
            let against = comparison.and_then(|c| c.teams.get(name)).map(|team| &team.measures);
            told_cells(results, &BY_TEAM, (own, against))
        })
    };
    by_part(results, "Team", &BY_TEAM, |option| names(&option.teams), (&told, &|_| String::new()))
}

fn names<T>(parts: &Named<T>) -> Vec<&str> {
    parts.iter().map(|(name, _)| name).collect()
}

/// The rows of a queue, site or team by its name, and what should be known of it.
type PartsOf<'f> = &'f dyn Fn(&str) -> Vec<Part>;
type NoteOf<'f> = &'f dyn Fn(&str) -> String;

/// A table each of what all options name, in the order in which they first do; nothing of fewer than two.
fn by_part<'a>(
    results: &'a Results,
    kind: &'static str,
    measures: &[(&str, &str)],
    named: impl Fn(&'a OptionResult) -> Vec<&'a str>,
    (told, note): (PartsOf<'_>, NoteOf<'_>),
) -> Vec<ByPart> {
    let mut names: Vec<&str> = Vec::new();
    for name in results.options.iter().flat_map(named) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.len() < 2 {
        return Vec::new();
    }
    let part = |name: &str| ByPart {
        kind,
        name: name.to_owned(),
        note: note(name),
        table: Table {
            groups: Vec::new(),
            columns: measures.iter().map(|(id, title)| column(results, id, title)).collect(),
            views: told(name),
            compares: !results.comparisons.is_empty(),
        },
    };
    names.into_iter().map(part).collect()
}

/// The cells of a part's row.
fn told_cells(results: &Results, measures: &[(&str, &str)], (own, against): Told<'_>) -> Vec<Cell> {
    let cell = |(id, _): &(&str, &str)| {
        let unit = results.definitions.get(id).map_or("", |d| d.unit.as_str());
        let difference = against.and_then(|measures| measures.get(id));
        compared(own.and_then(|measures| measures.get(id)), difference, unit, &results.currency)
    };
    measures.iter().map(cell).collect()
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
