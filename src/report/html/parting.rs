//! Where the views part: what of the verdicts turns on which input, and at what value.

use crate::report::agreement::{Agreed, Disputed, dispute, measured, summary, switch, titled, unsettled};
use crate::report::sentence::{named, number};
use crate::report::stored::Stored;
use serde::Serialize;

/// Two views held against each other.
#[derive(Debug, Serialize)]
pub(super) struct Parting {
    title: String,
    views: [String; 2],
    summary: String,
    measured: String,
    left: String,
    method: String,
    disputed: Vec<Dispute>,
}

/// A verdict that differs.
#[derive(Debug, Serialize)]
struct Dispute {
    heading: String,
    /// What the columns show: "Difference", or the figure of the base.
    shown: String,
    finding: String,
    rows: Vec<Row>,
}

/// An input switched alone.
#[derive(Debug, Serialize)]
struct Row {
    path: String,
    values: [String; 2],
    /// Whether it turns the verdict from either view.
    turns: bool,
    found: [String; 2],
}

/// Every pair of views.
pub(super) fn of(stored: &Stored) -> Vec<Parting> {
    stored.tried.iter().flat_map(|tried| &tried.views).map(one).collect()
}

fn one(agreed: &Agreed) -> Parting {
    let [first, second] = [0, 1].map(|view| named(&agreed.views[view]));
    Parting {
        title: format!("{first} and {second}"),
        views: agreed.views.clone(),
        summary: summary(agreed),
        measured: measured(agreed).unwrap_or_default(),
        left: unsettled(agreed),
        method: format!(
            "Which verdicts differ is told by all {} histories of the run, what they turn on by the first {} of them. {}",
            number(f64::from(agreed.compared), 0),
            number(f64::from(agreed.replications), 0),
            agreed.method
        ),
        disputed: agreed.disputed.iter().map(|one| disputed(agreed, one)).collect(),
    }
}

fn disputed(agreed: &Agreed, one: &Disputed) -> Dispute {
    let row = |(number, alone): (usize, &crate::report::agreement::Alone)| Row {
        path: agreed.inputs[number].path.clone(),
        values: agreed.inputs[number].values.clone(),
        turns: alone.turns.contains(&true),
        found: [0, 1].map(|view| switch(one, alone, view)),
    };
    let against = named(&agreed.baseline);
    let title = titled(&one.title, &one.measure);
    Dispute {
        heading: match one.target {
            true => format!("{title}: {against} against its target"),
            false => format!("{title}: {} against {against}", named(&one.option)),
        },
        shown: if one.target { title } else { "Difference".to_owned() },
        finding: dispute(agreed, one),
        rows: one.alone.iter().enumerate().map(row).collect(),
    }
}
