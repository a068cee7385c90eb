//! `weekdays.csv`: the figures of each weekday.

use super::number::{cell, csv};
use crate::experiment::{Figure, Place, WeekdayComparison};
use crate::report::summary::{OptionSummary, Summary, WeekdaySummary};
use crate::unit::Weekday;

/// A row per option, view, weekday, place (a queue, a team, a site or none: the whole centre) and measure, where the
/// horizon has more than one weekday; counts and hours are of one such day, `days` is how many of them a history measures.
/// Differences are from the base under the same view; the interval that is told together holds with those of the same
/// measure and place on all other weekdays. Empty cells are figures that do not exist.
pub fn weekdays_csv(summary: &Summary<'_>) -> String {
    let header = [
        "option",
        "view",
        "weekday",
        "days",
        "queue",
        "measure",
        "title",
        "unit",
        "value",
        "ci_low",
        "ci_high",
        "team",
        "site",
        "difference",
        "difference_ci_low",
        "difference_ci_high",
        "share_better",
        "verdict",
        "ci_low_together",
        "ci_high_together",
        "verdict_together",
    ];
    let mut rows = Vec::new();
    for option in &summary.options {
        for one in &option.weekdays {
            for (place, figures) in &one.places {
                rows.extend(figures.iter().map(|figure| row(option, one, *place, figure)));
            }
        }
    }
    csv(&header, rows)
}

fn row(option: &OptionSummary<'_>, one: &WeekdaySummary, place: Place, figure: &Figure) -> Vec<String> {
    let setting = option.setting;
    let [queue, team, site] = match place {
        Place::Centre => ["", "", ""],
        Place::Queue(queue) => [&setting.queues[queue].name, "", ""],
        Place::Team(team) => ["", &setting.teams[team].name, ""],
        Place::Site(site) => ["", "", &setting.sites[site]],
    };
    let value = figure.value.as_ref().ok();
    let ci95 = value.and_then(|e| e.ci95);
    let mut row = vec![
        setting.name.clone(),
        setting.view.clone().unwrap_or_default(),
        Weekday::NAMES[one.weekday].to_owned(),
        one.days.to_string(),
        queue.to_owned(),
        figure.measure.id.to_owned(),
        figure.measure.title.to_owned(),
        figure.measure.unit.name().to_owned(),
        cell(value.map(|e| e.mean)),
        cell(ci95.map(|ci| ci.0)),
        cell(ci95.map(|ci| ci.1)),
        team.to_owned(),
        site.to_owned(),
    ];
    row.extend(compared(one.comparison(place, figure.measure.id)));
    row
}

/// The difference from the base, where there is one.
fn compared(row: Option<&WeekdayComparison>) -> [String; 8] {
    let alone = row.map(|row| &row.alone);
    let ci95 = alone.and_then(|row| row.ci95);
    let together = row.and_then(|row| row.together);
    let verdict = |verdict: Option<crate::experiment::Verdict>| verdict.map_or("", |v| v.text()).to_owned();
    [
        cell(alone.map(|row| row.difference)),
        cell(ci95.map(|ci| ci.0)),
        cell(ci95.map(|ci| ci.1)),
        cell(alone.and_then(|row| row.share_better)),
        verdict(alone.and_then(|row| row.verdict)),
        cell(together.map(|ci| ci.0)),
        cell(together.map(|ci| ci.1)),
        verdict(row.and_then(|row| row.verdict_together)),
    ]
}
