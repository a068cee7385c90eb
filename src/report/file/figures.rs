//! What `--format csv` prints: every figure of every option, the base's too, with its difference from the base.

use super::number::{cell, csv};
use crate::report::summary::Summary;

/// A row per option, view and measure of the whole centre; empty cells are figures that do not exist.
pub fn figures_csv(summary: &Summary<'_>) -> String {
    let header = [
        "option",
        "view",
        "measure",
        "title",
        "unit",
        "value",
        "ci_low",
        "ci_high",
        "difference",
        "difference_ci_low",
        "difference_ci_high",
        "share_better",
        "verdict",
    ];
    let rows = summary.options.iter().flat_map(|option| {
        let figures = option.places.first().map_or(&[][..], |p| p.1.as_slice());
        figures.iter().map(move |figure| {
            let value = figure.value.as_ref().ok();
            let row = option.comparison(figure.measure.id);
            let ci95 = row.and_then(|r| r.ci95);
            vec![
                option.setting.name.clone(),
                option.setting.view.clone().unwrap_or_default(),
                figure.measure.id.to_owned(),
                figure.measure.title.to_owned(),
                figure.measure.unit.name().to_owned(),
                cell(value.map(|e| e.mean)),
                cell(value.and_then(|e| e.ci95).map(|ci| ci.0)),
                cell(value.and_then(|e| e.ci95).map(|ci| ci.1)),
                cell(row.map(|r| r.difference)),
                cell(ci95.map(|ci| ci.0)),
                cell(ci95.map(|ci| ci.1)),
                cell(row.and_then(|r| r.share_better)),
                row.and_then(|r| r.verdict).map_or("", |v| v.text()).to_owned(),
            ]
        })
    });
    csv(&header, rows)
}
