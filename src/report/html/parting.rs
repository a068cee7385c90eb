//! Where the views part: what of the verdicts turns on which input, and at what value.

use crate::report::agreement::{Agreed, Disputed, dispute, measured, summary, switch};
use crate::report::sentence::{count, named, number};
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
        left: left(agreed),
        method: format!(
            "{} histories of every setting, after all verdicts were looked through with {}. {}",
            number(f64::from(agreed.replications), 0),
            number(f64::from(agreed.screened), 0),
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
    Dispute {
        heading: match one.target {
            true => format!("{}: {against} against its target", one.title),
            false => format!("{}: {} against {against}", one.title, named(&one.option)),
        },
        shown: if one.target { one.title.clone() } else { "Difference".to_owned() },
        finding: dispute(agreed, one),
        rows: one.alone.iter().enumerate().map(row).collect(),
    }
}

/// What differs and was not looked into.
fn left(agreed: &Agreed) -> String {
    let all: Vec<String> = agreed
        .left
        .iter()
        .map(|left| {
            format!(
                "{}, {} ({}, {})",
                named(&left.option),
                left.title.to_lowercase(),
                left.verdicts[0],
                left.verdicts[1]
            )
        })
        .collect();
    match all.len() {
        0 => String::new(),
        n => format!(
            "So that the run does not become much longer, {} more {} not looked into: {}.",
            count(n),
            if n == 1 { "verdict that differs was" } else { "verdicts that differ were" },
            all.join("; ")
        ),
    }
}
