//! The numbers of each chart as a table, for those who want to read them off, or cannot see the chart.

mod tried;

use super::cell::{change, own};
use super::days::labelled;
use crate::report::agreement::Charted;
use crate::report::chart::Chart;
use crate::report::sentence::{named, number, share, time, time_of_day};
use crate::report::stored::{Activity, Interval, OptionResult, Stored, Wait};
use serde::Serialize;

/// A chart's numbers.
#[derive(Debug, Serialize)]
pub(super) struct Table {
    /// What the rows are of.
    caption: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Waits worth reading off, seconds.
const WAITS: [f64; 10] = [0.0, 10.0, 20.0, 30.0, 60.0, 120.0, 180.0, 300.0, 600.0, 1200.0];

/// The numbers of a chart; none for one that has no table here.
pub(super) fn of(stored: &Stored, chart: &Chart) -> Option<Table> {
    let view = &chart.view;
    let table = match chart.kind {
        "service-through-the-day" => service(stored, view),
        "staff-against-load" => load(stored, view),
        "options-compared" => options(stored),
        "survival-of-waits" => waits(stored, view),
        "week-at-a-glance" => week(stored, view),
        "satisfaction-against-cost" => value(stored, view),
        "a-day-replayed" => replayed(stored),
        "what-the-inputs-move" => tried::moved(stored)?,
        Charted::KIND => tried::parted(stored, chart)?,
        "sweep" | "sweep-differences" => tried::swept(stored, chart)?,
        _ => return None,
    };
    (!table.rows.is_empty()).then_some(table)
}

fn table(caption: String, columns: &[&str], rows: Vec<Vec<String>>) -> Table {
    Table { caption, columns: columns.iter().map(|c| (*c).to_owned()).collect(), rows }
}

fn dash(value: Option<String>) -> String {
    value.unwrap_or_else(|| "–".to_owned())
}

/// The options that a chart shows: those of its view, or all where it shows no single one.
fn shown<'a>(stored: &'a Stored, view: &'a Option<String>) -> impl Iterator<Item = &'a OptionResult> {
    stored.results.options.iter().filter(move |o| view.is_none() || o.view == *view)
}

/// The base of a chart's view.
fn base<'a>(stored: &'a Stored, view: &'a Option<String>) -> &'a OptionResult {
    shown(stored, view).next().unwrap_or(&stored.results.options[0])
}

/// A caption, with the view where there are several.
fn under(view: &Option<String>, caption: String) -> String {
    match view {
        Some(view) => format!("View {}. {caption}", named(view)),
        None => caption,
    }
}

/// The base's intervals of Monday to Friday, or of every day it is open, queue by queue.
fn day<'a>(stored: &'a Stored, base: &'a OptionResult) -> Vec<&'a Interval> {
    let own = |i: &&Interval| i.subject.option == base.name && i.subject.view == base.view;
    let weekdays: Vec<&Interval> =
        stored.intervals.iter().filter(own).filter(|i| i.weekday == "weekdays").collect();
    if weekdays.is_empty() { stored.intervals.iter().filter(own).collect() } else { weekdays }
}

/// What a row of a day is called.
fn hours(interval: &Interval) -> String {
    format!("{} to {}", time_of_day(interval.start), time_of_day(interval.end))
}

fn service(stored: &Stored, view: &Option<String>) -> Table {
    let base = base(stored, view);
    let rows = day(stored, base).into_iter().map(|i| {
        let shown = |v: Option<f64>| dash(v.map(|v| share(v, Some(0.004))));
        vec![
            i.queue.clone(),
            hours(i),
            number(i.offered, 1),
            shown(i.service_level),
            shown(i.service_p10),
            shown(i.service_p90),
        ]
    });
    table(
        under(view, format!("{}: share of calls answered in time by interval, Monday to Friday", base.name)),
        &["Queue", "Interval", "Calls a day", "Answered in time", "Worst day in ten", "Best day in ten"],
        rows.collect(),
    )
}

fn load(stored: &Stored, view: &Option<String>) -> Table {
    let base = base(stored, view);
    let rows = day(stored, base).into_iter().map(|i| {
        let shown = |v: Option<f64>| dash(v.map(|v| number(v, 1)));
        vec![i.queue.clone(), hours(i), shown(i.load), shown(i.rostered), shown(i.signed_on)]
    });
    table(
        under(view, format!("{}: work that arrives and agents, by interval, Monday to Friday", base.name)),
        &["Queue", "Interval", "Work, in agents kept busy", "Agents rostered", "Agents signed on"],
        rows.collect(),
    )
}

/// Measures that the chart of options shows.
const COMPARED: [(&str, &str); 5] = [
    ("service_level", "Answered in time"),
    ("abandonment_rate", "Gave up"),
    ("first_contact_resolution", "Helped by the first answer"),
    ("occupancy", "Occupancy"),
    ("occupancy_high_share", "Hours over 85% busy"),
];

fn options(stored: &Stored) -> Table {
    let results = &stored.results;
    let mut columns = vec!["Option"];
    columns.extend(COMPARED.iter().map(|c| c.1));
    let rows = results.options.iter().map(|option| {
        let against = results.comparisons.iter().find(|c| c.option == option.name && c.view == option.view);
        let mut row = vec![labelled(results, option)];
        row.extend(COMPARED.iter().map(|(id, _)| {
            let own = option.measures.get(id).and_then(|e| Some(share(e.mean?, e.half_width())));
            let difference = against.and_then(|c| c.measures.get(id)).map(|d| change(d, "share"));
            match difference {
                Some((difference, range)) if range.is_empty() => format!("{}, {difference}", dash(own)),
                Some((difference, range)) => format!("{}, {difference} ({range})", dash(own)),
                None => dash(own),
            }
        }));
        row
    });
    table(
        "Each option’s figure, then its difference from the base in percentage points with a 95% interval"
            .to_owned(),
        &columns,
        rows.collect(),
    )
}

fn waits(stored: &Stored, view: &Option<String>) -> Table {
    let mut queues: Vec<&str> = Vec::new();
    for wait in &stored.waits {
        if !queues.contains(&wait.queue.as_str()) {
            queues.push(&wait.queue);
        }
    }
    let mut columns = vec!["Option".to_owned(), "Queue".to_owned()];
    columns.extend(WAITS.iter().map(|w| format!("Over {}", time(*w))));
    let mut rows = Vec::new();
    for option in shown(stored, view) {
        for queue in &queues {
            let subject = |w: &&Wait| w.subject.option == option.name && w.subject.view == option.view;
            let own: Vec<_> = stored.waits.iter().filter(subject).filter(|w| w.queue == *queue).collect();
            if own.is_empty() {
                continue;
            }
            let at = |wait: &f64| own.iter().find(|w| w.wait == *wait).map(|w| share(w.still, Some(0.004)));
            let mut row = vec![option.name.clone(), (*queue).to_owned()];
            row.extend(WAITS.iter().map(|w| dash(at(w))));
            rows.push(row);
        }
    }
    Table { caption: under(view, "Share of calls that wait longer".to_owned()), columns, rows }
}

/// The base's week.
fn week(stored: &Stored, view: &Option<String>) -> Table {
    let base = base(stored, view);
    let own = stored
        .intervals
        .iter()
        .filter(|i| i.subject.option == base.name && i.subject.view == base.view && i.weekday != "weekdays");
    let rows = own.map(|i| {
        let day = crate::report::sentence::capitalised(&i.weekday);
        let service = dash(i.service_level.map(|v| share(v, Some(0.004))));
        vec![i.queue.clone(), format!("{day}, {}", hours(i)), number(i.offered, 1), service]
    });
    let caption = format!("{}: share of calls answered in time, by weekday and interval", base.name);
    let caption = under(view, caption);
    table(caption, &["Queue", "Interval", "Calls", "Answered in time"], rows.collect())
}

/// Pay and satisfaction of every option.
fn value(stored: &Stored, view: &Option<String>) -> Table {
    let results = &stored.results;
    let rows = shown(stored, view).map(|option| {
        let mut row = vec![option.name.clone()];
        for id in ["cost", "hours_paid", "satisfaction"] {
            let unit = results.definitions.get(id).map_or("", |d| d.unit.as_str());
            let cell = own(option.measures.get(id), unit, &results.currency);
            row.push(if cell.interval.is_empty() {
                cell.figure
            } else {
                format!("{} ({})", cell.figure, cell.interval)
            });
        }
        row
    });
    table(
        under(view, "Means with 95% intervals".to_owned()),
        &["Option", "Pay", "Paid hours", "Satisfied"],
        rows.collect(),
    )
}

/// The duties of the day that is replayed as an example.
fn replayed(stored: &Stored) -> Table {
    let day = &stored.day;
    let rows = day.duties.iter().map(|duty| {
        let minutes = |activity: Activity| {
            let own = day.spells.iter().filter(|s| s.person == duty.person && s.activity == activity);
            number(own.map(|s| s.end - s.start).sum::<f64>(), 0)
        };
        vec![
            format!("{} {}", duty.person.team, duty.person.number),
            format!("{} to {}", time_of_day(duty.start), time_of_day(duty.end)),
            duty.left.map_or_else(|| "absent".to_owned(), time_of_day),
            format!("{} of {}", duty.breaks_late, duty.breaks),
            minutes(Activity::Talk),
            minutes(Activity::Wrap),
        ]
    });
    table(
        format!("The duties of {}, one example", day.date),
        &["Agent", "Rostered", "Left", "Breaks late", "Minutes of talk", "Minutes of wrap"],
        rows.collect(),
    )
}
