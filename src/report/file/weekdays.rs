//! `weekdays.csv`: the figures of each weekday.

use super::number::{cell, csv};
use crate::experiment::Place;
use crate::report::summary::Summary;
use crate::unit::Weekday;

/// A row per option, view, weekday, place (no queue: the whole centre) and measure, where the horizon has more than one
/// weekday; counts and hours are of one such day, `days` is how many of them a history measures. Empty cells are figures
/// that do not exist.
pub fn weekdays_csv(summary: &Summary<'_>) -> String {
    let header = [
        "option", "view", "weekday", "days", "queue", "measure", "title", "unit", "value", "ci_low",
        "ci_high",
    ];
    let mut rows = Vec::new();
    for option in &summary.options {
        for one in option.weekdays() {
            for (place, figures) in &one.places {
                let queue = match place {
                    Place::Queue(q) => option.setting.queues[*q].name.clone(),
                    _ => String::new(),
                };
                for figure in figures {
                    let value = figure.value.as_ref().ok();
                    let ci95 = value.and_then(|e| e.ci95);
                    rows.push(vec![
                        option.setting.name.clone(),
                        option.setting.view.clone().unwrap_or_default(),
                        Weekday::NAMES[one.weekday].to_owned(),
                        one.days.to_string(),
                        queue.clone(),
                        figure.measure.id.to_owned(),
                        figure.measure.title.to_owned(),
                        figure.measure.unit.name().to_owned(),
                        cell(value.map(|e| e.mean)),
                        cell(ci95.map(|ci| ci.0)),
                        cell(ci95.map(|ci| ci.1)),
                    ]);
                }
            }
        }
    }
    csv(&header, rows)
}
