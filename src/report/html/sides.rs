//! Callers and staff side by side: every figure of the base, and of each option with its difference; and what every
//! figure means.

use super::cell::{Cell, compared, figure};
use super::days::labelled;
use crate::report::asked::is_asked;
use crate::report::stored::{OptionResult, Results};
use serde::Serialize;

/// The base, then every other option.
#[derive(Debug, Serialize)]
pub(super) struct Side {
    option: String,
    base: bool,
    groups: Vec<Group>,
}

/// Callers, staff, cost or counts.
#[derive(Debug, Serialize)]
struct Group {
    title: &'static str,
    lines: Vec<Line>,
}

/// A figure of a group.
#[derive(Debug, Serialize)]
struct Line {
    title: String,
    cell: Cell,
    /// How single histories differ: "73% to 82%".
    spread: String,
}

/// Histories from which on every figure that can have an interval has one.
const ENOUGH: u64 = 20;

/// Groups as results.json names them, with their titles.
const GROUPS: [(&str, &str); 4] = [
    ("callers", "Callers"),
    ("staff", "Staff"),
    ("cost", "Cost"),
    ("counts", "How much was simulated, on average"),
];

/// Every option's figures.
pub(super) fn of(results: &Results) -> Vec<Side> {
    results.options.iter().map(|option| side(results, option)).collect()
}

fn side(results: &Results, option: &OptionResult) -> Side {
    let against = results.comparisons.iter().find(|c| c.option == option.name && c.view == option.view);
    let line = |id: &str| {
        let definition = results.definitions.get(id)?;
        let estimate = option.measures.get(id)?;
        let spread = match (estimate.p10, estimate.p90) {
            (Some(low), Some(high)) => {
                let half = Some((high - low) / 2.0);
                let shown = |v| figure(&definition.unit, v, half, &results.currency);
                format!("{} to {}", shown(low), shown(high))
            }
            _ => String::new(),
        };
        let difference = against.and_then(|c| c.measures.get(id));
        let mut cell = compared(Some(estimate), difference, &definition.unit, &results.currency);
        // Of few histories the answer says so once; here only figures that have no interval in themselves do.
        if cell.interval.is_empty() && results.replications >= ENOUGH {
            cell.why = estimate.why.clone().unwrap_or_default();
        }
        Some(Line { title: definition.title.clone(), cell, spread })
    };
    let group = |(name, title): (&str, &'static str)| {
        let ids = results.definitions.iter().filter(|(_, d)| d.group == name).map(|(id, _)| id);
        let ids = ids.filter(|id| is_asked(results, id));
        Group { title, lines: ids.filter_map(line).collect() }
    };
    let groups = GROUPS.into_iter().map(group).filter(|g: &Group| !g.lines.is_empty()).collect();
    Side { option: labelled(results, option), base: against.is_none(), groups }
}

/// What a figure means.
#[derive(Debug, Serialize)]
pub(super) struct Meaning {
    id: String,
    title: String,
    text: String,
    unit: &'static str,
    better: &'static str,
}

/// The meaning of every figure that some option has, in the order of tables.
pub(super) fn definitions(results: &Results) -> Vec<Meaning> {
    let has = |o: &OptionResult, id: &str| {
        o.measures.get(id).is_some() || o.sites.iter().any(|(_, site)| site.measures.get(id).is_some())
    };
    let shown = |id: &str| is_asked(results, id) && results.options.iter().any(|o| has(o, id));
    results
        .definitions
        .iter()
        .filter(|(id, _)| shown(id))
        .map(|(id, d)| Meaning {
            id: id.to_owned(),
            title: d.title.clone(),
            text: d.text.clone(),
            unit: match d.unit.as_str() {
                "share" => "a share, printed in percent",
                "s" => "in seconds",
                "min" => "in minutes",
                "h" => "in hours",
                "money" => "in the scenario’s currency",
                "calls" => "a number of calls",
                _ => "a plain number",
            },
            better: match d.better.as_str() {
                "higher" => "higher is better",
                "lower" => "lower is better",
                _ => "neither side is better in itself",
            },
        })
        .collect()
}
