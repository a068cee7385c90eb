//! `replications.csv`: a row per option, view and replication.

use super::number::{cell, csv};
use crate::measure::{CATALOGUE, Formula, Scope, Sums};
use crate::report::summary::Summary;

/// Every measure that a single replication has, for the whole centre.
pub fn replications_csv(summary: &Summary<'_>) -> String {
    let measures: Vec<_> = CATALOGUE
        .iter()
        .filter(|m| !matches!(m.formula, Formula::Wait(_) | Formula::WorstInterval) && m.scope != Scope::Site)
        .collect();
    let mut header = vec!["option", "view", "replication"];
    header.extend(measures.iter().map(|m| m.id));
    let measures = &measures;
    let rows = summary.options.iter().flat_map(|option| {
        option.outcome.centre.iter().enumerate().map(move |(r, sums)| {
            let mut row = vec![
                option.setting.name.clone(),
                option.setting.view.clone().unwrap_or_default(),
                r.to_string(),
            ];
            row.extend(measures.iter().map(|m| cell(value(m.formula, sums))));
            row
        })
    });
    csv(&header, rows)
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
