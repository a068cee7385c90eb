//! `sweep.csv`: a row for every option, measure and point.

use super::record::{Sweep, SweptMeasure, SweptPoint};
use crate::experiment::Verdict;
use crate::measure::find;
use crate::report::file::number::{cell, csv};

/// A row per option, measure and point; inputs as numbers (durations in seconds) under their own paths, empty where an
/// option has no such input.
pub fn sweep_csv(sweep: &Sweep) -> String {
    let mut header = vec!["option", "view", "measure", "unit"];
    header.extend(sweep.inputs.iter().map(|input| input.path.as_str()));
    header.extend([
        "figure",
        "ci_low",
        "ci_high",
        "difference",
        "difference_ci_low",
        "difference_ci_high",
        "verdict",
    ]);
    let mut rows = Vec::new();
    for measure in &sweep.measures {
        for (option, curve) in measure.curves.iter().enumerate() {
            for (point, figure) in curve.figures.iter().enumerate() {
                let mut row = vec![
                    curve.option.clone(),
                    sweep.view.clone().unwrap_or_default(),
                    measure.path.clone(),
                    measure.unit.clone(),
                ];
                let places = sweep.places(point);
                row.extend(
                    sweep
                        .inputs
                        .iter()
                        .zip(places)
                        .map(|(input, place)| cell(input.own[option].map(|_| input.values[place]))),
                );
                row.extend(cells(figure));
                let difference = curve.differences.as_ref().map(|all| &all[point]);
                row.extend(difference.map_or_else(|| cells(&SweptPoint::default()), cells));
                row.push(difference.and_then(|d| verdict(measure, d)).unwrap_or_default().to_owned());
                rows.push(row);
            }
        }
    }
    csv(&header, rows)
}

fn cells(point: &SweptPoint) -> [String; 3] {
    [cell(point.mean), cell(point.ci95.map(|ci| ci[0])), cell(point.ci95.map(|ci| ci[1]))]
}

/// What may be said of a difference.
fn verdict(measure: &SweptMeasure, difference: &SweptPoint) -> Option<&'static str> {
    let better = find(measure.path.rsplit('.').next()?)?.better;
    let [low, high] = difference.ci95?;
    Some(Verdict::of((low, high), better, measure.matters).text())
}
