//! What a good and a bad day look like: the spread of the days' own figures.

use crate::report::answer::views_of;
use crate::report::sentence::{capitalised, named, share};
use crate::report::stored::{OptionResult, Results, Spread};
use serde::Serialize;

/// The days of the base, and of every option.
#[derive(Debug, Serialize)]
pub(super) struct Days {
    /// What the base's days are like, in words.
    sentences: Vec<String>,
    /// The base's weekdays.
    weekdays: Vec<Row>,
    /// Every option's days together.
    options: Vec<Row>,
}

/// One weekday, or one option: the worst day in ten, the middle one, the best day in ten.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    service: [String; 3],
    gave_up: [String; 3],
}

/// Shares of days are told to a hundredth.
fn shown(value: Option<f64>) -> String {
    value.map_or_else(|| "–".to_owned(), |v| share(v, Some(0.01)))
}

/// The days of a run.
pub(super) fn of(results: &Results) -> Days {
    let base = &results.options[0];
    Days {
        sentences: sentences(base),
        weekdays: base
            .days
            .iter()
            .map(|day| row(&name(&day.weekday), day.service_level, day.abandonment_rate))
            .collect(),
        options: results
            .options
            .iter()
            .filter_map(|option| {
                let all = option.days.iter().find(|d| d.weekday == "all")?;
                Some(row(&labelled(results, option), all.service_level, all.abandonment_rate))
            })
            .collect(),
    }
}

fn name(weekday: &str) -> String {
    if weekday == "all" { "All days".to_owned() } else { capitalised(weekday) }
}

/// An option's name, with its view where there are several.
pub(super) fn labelled(results: &Results, option: &OptionResult) -> String {
    match &option.view {
        Some(view) if views_of(results).len() > 1 => format!("{} ({view})", option.name),
        _ => option.name.clone(),
    }
}

/// From the worst day to the best: a high share in time is good, a high share that gave up is bad.
fn row(name: &str, service: Spread, gave_up: Spread) -> Row {
    Row {
        name: name.to_owned(),
        service: [service.p10, service.p50, service.p90].map(shown),
        gave_up: [gave_up.p90, gave_up.p50, gave_up.p10].map(shown),
    }
}

fn sentences(base: &OptionResult) -> Vec<String> {
    let mut found = Vec::new();
    let Some(all) = base.days.iter().find(|d| d.weekday == "all") else { return found };
    let (service, gave_up) = (all.service_level, all.abandonment_rate);
    if let (Some(low), Some(middle), Some(high)) = (service.p10, service.p50, service.p90) {
        found.push(format!(
            "With {}, on the worst day in ten {} of calls or fewer are answered in time; on the best day in ten, {} or \
             more. Half of all days lie below {}.",
            named(&base.name),
            share(low, Some(0.01)),
            share(high, Some(0.01)),
            share(middle, Some(0.01)),
        ));
    }
    if let (Some(low), Some(high)) = (gave_up.p10, gave_up.p90) {
        found.push(format!(
            "On the worst day in ten {} of callers or more give up; on the best, {} or fewer.",
            share(high, Some(0.01)),
            share(low, Some(0.01))
        ));
    }
    if let Some(met) = base.measures.get("target_met").and_then(|e| Some(share(e.mean?, e.half_width()))) {
        found.push(format!("The target is met on {met} of days: a mean over the week hides that."));
    }
    found
}
