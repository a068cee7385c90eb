//! `callers.csv`: what callers meet in each interval of the week, figure by figure.

use super::intervals::groups;
use super::number::{cell, csv};
use crate::experiment::{Place, WeekOfCallers, by_interval, each, happens, places_of_callers};
use crate::measure::Measure;
use crate::report::summary::{OptionSummary, Summary};
use crate::scenario::Horizon;
use crate::unit::clock;

/// A row per option, view, queue (then site, of several to which callers are sent), weekday and interval in which anybody
/// came. Each figure has the column of its identifier and its own unit; amounts are of one such day. Figures of calls
/// belong to the interval in which the call came, those of cases to that of their first call. A figure of which nothing
/// happens in any option has no column.
pub fn callers_csv(summary: &Summary<'_>) -> String {
    let measures: Vec<&'static Measure> = by_interval().filter(|m| happens_anywhere(m, summary)).collect();
    let beside = ["option", "view", "queue", "site", "weekday", "start", "end", "days"];
    let header: Vec<&str> = beside.into_iter().chain(measures.iter().map(|measure| measure.id)).collect();
    let horizon = summary.study.horizon;
    csv(&header, each(&summary.options, |option| rows(option, &horizon, &measures)).into_iter().flatten())
}

/// Whether anything of what a measure counts happens in any option.
fn happens_anywhere(measure: &Measure, summary: &Summary<'_>) -> bool {
    let in_option = |option: &OptionSummary<'_>| {
        places_of_callers(option.setting).any(|place| happens(measure, option.outcome, place))
    };
    summary.options.iter().any(in_option)
}

fn rows(option: &OptionSummary<'_>, horizon: &Horizon, measures: &[&'static Measure]) -> Vec<Vec<String>> {
    let (setting, outcome) = (option.setting, option.outcome);
    let mut rows = Vec::new();
    for place in places_of_callers(setting) {
        let [queue, site] = match place {
            Place::Queue(queue) => [&setting.queues[queue].name, ""],
            Place::Site(site) => ["", setting.sites[site].as_str()],
            Place::Centre | Place::Team(_) => continue,
        };
        let Some(week) = WeekOfCallers::new(setting, outcome, *horizon, place) else { continue };
        for (name, weekdays) in groups() {
            for number in 0..outcome.cells_a_day() {
                let Some(callers) = week.in_interval(&weekdays, number) else { continue };
                let from = number as u64 * horizon.interval;
                let mut row = vec![
                    setting.name.clone(),
                    setting.view.clone().unwrap_or_default(),
                    queue.to_owned(),
                    site.to_owned(),
                    name.clone(),
                    clock(from),
                    clock(from + horizon.interval),
                    callers.days.to_string(),
                ];
                row.extend(measures.iter().map(|measure| cell(callers.value(measure))));
                rows.push(row);
            }
        }
    }
    rows
}
