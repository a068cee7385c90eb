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
        "variance_saved",
        "ci_low_together",
        "ci_high_together",
        "verdict_together",
        "replications_to_tell",
    ];
    let rows = summary.options.iter().enumerate().flat_map(|(number, option)| {
        let base = &summary.options[option.base];
        let rows = option.comparisons.first().map_or(&[][..], |c| c.1.as_slice());
        rows.iter().map(move |row| {
            let concluded = summary.conclusions.iter().filter(|c| c.measure.id == row.measure.id);
            let pair = concluded.flat_map(|c| &c.pairs).find(|pair| pair.option == number);
            let together = pair.map(|pair| pair.paired.joint);
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
                cell(pair.and_then(|pair| pair.paired.variance_saved)),
                cell(together.map(|ci| ci.0)),
                cell(together.map(|ci| ci.1)),
                pair.map_or("", |pair| pair.verdict.text()).to_owned(),
                pair.and_then(|pair| pair.to_settle).map_or_else(String::new, |n| n.to_string()),
            ]
        })
    });
    csv(&header, rows)
}
