//! What the scenario wants tried: numbers that may be off, and numbers that are swept.

use crate::report::sentence::{Unit, number};
use crate::report::stored::Stored;
use crate::report::sweep::words::{range, value};
use crate::report::sweep::{Bar, Tornado, TriedRecord, change};
use serde::Serialize;

/// Everything tried, as the page tells it.
#[derive(Debug, Serialize)]
pub(super) struct Tried {
    replications: String,
    ranges: Option<Ranges>,
    sweeps: Vec<Swept>,
}

#[derive(Debug, Serialize)]
struct Ranges {
    finding: String,
    title: String,
    rows: Vec<Row>,
}

/// A number and what the figure changes at both ends of its range.
#[derive(Debug, Serialize)]
struct Row {
    path: String,
    option: String,
    now: String,
    ends: [String; 2],
    changes: [String; 2],
}

#[derive(Debug, Serialize)]
struct Swept {
    path: String,
    help: String,
    range: String,
    options: String,
    findings: Vec<String>,
}

/// What was tried; none where nothing was.
pub(super) fn of(stored: &Stored) -> Option<Tried> {
    let TriedRecord { replications, ranges, sweeps, .. } = stored.tried.as_ref()?;
    let sweeps = sweeps.iter().map(|sweep| {
        let input = &sweep.inputs[0];
        Swept {
            path: input.path.clone(),
            help: input.help.clone(),
            range: range(input, &sweep.currency),
            options: sweep.options.join("; "),
            findings: sweep.measures.iter().flat_map(|measure| measure.findings.clone()).collect(),
        }
    });
    Some(Tried {
        replications: number(f64::from(*replications), 0),
        ranges: ranges.as_ref().map(|tornado| Ranges {
            finding: tornado.finding.clone(),
            title: tornado.title.clone(),
            rows: tornado.bars.iter().map(|bar| row(tornado, bar)).collect(),
        }),
        sweeps: sweeps.collect(),
    })
}

fn row(tornado: &Tornado, bar: &Bar) -> Row {
    let unit = Unit::parse(&tornado.unit);
    let shown = |at: f64| value(&bar.input, &tornado.currency, at);
    Row {
        path: bar.input.path.clone(),
        option: bar.option.clone(),
        now: bar.input.own.first().copied().flatten().map_or_else(|| "–".to_owned(), shown),
        ends: [0, 1].map(|end| shown(bar.input.values[end])),
        changes: [0, 1].map(|end| change(unit, &bar.changes[end])),
    }
}
