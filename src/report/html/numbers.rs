//! The numbers of each chart as a table, for those who want to read them off, or cannot see the chart.

use super::cell::{change, own};
use crate::report::sentence::{number, share, time, time_of_day};
use crate::report::stored::{Activity, Interval, Stored};
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

/// The numbers of a chart by its name; none for one that has no table here.
pub(super) fn of(stored: &Stored, chart: &str) -> Option<Table> {
    let table = match chart {
        "service-through-the-day" => service(stored),
        "staff-against-load" => load(stored),
        "options-compared" => options(stored),
        "survival-of-waits" => waits(stored),
        "week-at-a-glance" => week(stored),
        "satisfaction-against-cost" => value(stored),
        "a-day-replayed" => replayed(stored),
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

/// The base's intervals of Monday to Friday, or of every day it is open, queue by queue.
fn day(stored: &Stored) -> Vec<&Interval> {
    let base = &stored.results.options[0];
    let own = |i: &&Interval| i.subject.option == base.name && i.subject.view == base.view;
    let weekdays: Vec<&Interval> =
        stored.intervals.iter().filter(own).filter(|i| i.weekday == "weekdays").collect();
    if weekdays.is_empty() { stored.intervals.iter().filter(own).collect() } else { weekdays }
}

/// What a row of a day is called.
fn hours(interval: &Interval) -> String {
    format!("{} to {}", time_of_day(interval.start), time_of_day(interval.end))
}

fn service(stored: &Stored) -> Table {
    let base = &stored.results.options[0].name;
    let rows = day(stored).into_iter().map(|i| {
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
        format!("{base}: share of calls answered in time by interval, Monday to Friday"),
        &["Queue", "Interval", "Calls a day", "Answered in time", "Worst day in ten", "Best day in ten"],
        rows.collect(),
    )
}

fn load(stored: &Stored) -> Table {
    let base = &stored.results.options[0].name;
    let rows = day(stored).into_iter().map(|i| {
        let shown = |v: Option<f64>| dash(v.map(|v| number(v, 1)));
        vec![i.queue.clone(), hours(i), shown(i.load), shown(i.rostered), shown(i.signed_on)]
    });
    table(
        format!("{base}: work that arrives and agents, by interval, Monday to Friday"),
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
        let mut row = vec![super::days::labelled(results, option)];
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

fn waits(stored: &Stored) -> Table {
    let results = &stored.results;
    let queue = stored.waits.first().map_or("", |w| w.queue.as_str());
    let mut columns = vec!["Option".to_owned()];
    columns.extend(WAITS.iter().map(|w| format!("Over {}", time(*w))));
    let rows = results.options.iter().filter_map(|option| {
        let own: Vec<_> = stored
            .waits
            .iter()
            .filter(|w| w.subject.option == option.name && w.subject.view == option.view && w.queue == queue)
            .collect();
        let at = |wait: &f64| own.iter().find(|w| w.wait == *wait).map(|w| share(w.still, Some(0.004)));
        let mut row = vec![super::days::labelled(results, option)];
        row.extend(WAITS.iter().map(|w| dash(at(w))));
        (!own.is_empty()).then_some(row)
    });
    Table { caption: format!("Share of calls to {queue} that wait longer"), columns, rows: rows.collect() }
}

/// The base's week.
fn week(stored: &Stored) -> Table {
    let base = &stored.results.options[0];
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
    table(caption, &["Queue", "Interval", "Calls", "Answered in time"], rows.collect())
}

/// Pay and satisfaction of every option.
fn value(stored: &Stored) -> Table {
    let results = &stored.results;
    let rows = results.options.iter().map(|option| {
        let mut row = vec![super::days::labelled(results, option)];
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
        "Means with 95% intervals".to_owned(),
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
