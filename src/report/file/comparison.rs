//! `comparison.csv`: every measure of every option against the base.

use super::number::{cell, csv};
use crate::report::summary::Summary;

/// A row per option, view and measure of the whole centre.
pub fn comparison_csv(summary: &Summary<'_>) -> String {
    let header = [
        "baseline",
        "option",
        "view",
        "measure",
        "baseline_value",
        "option_value",
        "difference",
        "ci_low",
        "ci_high",
        "share_better",
        "verdict",
        "correlation",
    ];
    let rows = summary.options.iter().flat_map(|option| {
        let base = &summary.options[option.base];
        let rows = option.comparisons.first().map_or(&[][..], |c| c.1.as_slice());
        rows.iter().map(move |row| {
            vec![
                base.setting.name.clone(),
                option.setting.name.clone(),
                option.setting.view.clone().unwrap_or_default(),
                row.measure.id.to_owned(),
                cell(base.mean(row.measure.id)),
                cell(option.mean(row.measure.id)),
                cell(Some(row.difference)),
                cell(row.ci95.map(|ci| ci.0)),
                cell(row.ci95.map(|ci| ci.1)),
                cell(row.share_better),
                row.verdict.map_or("", |v| v.text()).to_owned(),
                cell(row.correlation),
            ]
        })
    });
    csv(&header, rows)
}
