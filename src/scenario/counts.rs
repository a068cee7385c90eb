//! Counts of calls by date, or by date and time of day, from a CSV file: as logs of telephone systems give them.

use super::calendar::{Counts, Dated};
use super::code::Code;
use super::finding::Findings;
use super::meant::Opening;
use super::table::{Column, Csv};
use super::tree::Place;
use crate::unit::{DAY, Date, Micros, clock, duration};
use std::collections::BTreeMap;

const COLUMNS: [Column; 3] = [
    Column::required("date", &["day", "call-date"], "the date, for example 2024-01-08"),
    Column::optional(
        "start",
        &["time", "from", "begin", "begins", "interval", "hour", "half-hour", "start-time", "interval-start"],
        "the time of day",
    ),
    Column::required(
        "calls",
        &["count", "counts", "offered", "volume", "calls-offered", "number-of-calls"],
        "how many calls came",
    ),
];

/// Dates in one file: over fifty years of them.
const MOST_DATES: usize = 20_000;

/// A file as read: by date, the time of day (`None` where the file has none), the calls and where the row stands.
pub(super) type CountRows = BTreeMap<Date, Vec<(Option<Micros>, f64, Place)>>;

/// Reads a file of counts; a date, or a date's time, may stand once.
pub(super) fn parse(file: u16, _name: &str, text: &str, out: &mut Findings) -> Option<CountRows> {
    let csv = Csv::open(file, text, "date,start,calls", out)?;
    let mut found = CountRows::new();
    if let Some([Some(date), start, Some(calls)]) = csv.columns(&COLUMNS, out) {
        let mut rows = csv.rows();
        while let Some(row) = rows.next(out) {
            let day = csv.read(Csv::date, &row.cells[date], "the date", row.number, out);
            let time = start.map(|start| csv.read(Csv::time, &row.cells[start], "the time", row.number, out));
            let number = csv.read(Csv::number, &row.cells[calls], "the number of calls", row.number, out);
            let (Some(day), Some(number)) = (day, number) else { continue };
            let time = match time {
                Some(Some(time)) if time < DAY => Some(time),
                Some(_) => continue,
                None => None,
            };
            if found.len() >= MOST_DATES && !found.contains_key(&day) {
                csv.too_many("dates", MOST_DATES, row.place, out);
                break;
            }
            let of_day = found.entry(day).or_default();
            if of_day.last().is_some_and(|(before, _, _)| *before >= time) {
                let message = match time {
                    Some(time) => format!(
                        "row {}: {day} {} is there already, or later ones are",
                        row.number,
                        clock(time)
                    ),
                    None => format!("row {}: {day} is there already", row.number),
                };
                let help = "give each date and time one row, in the order of the day";
                csv.fault(Code::CsvTimes, row.place, message, help, out);
                continue;
            }
            of_day.push((time, number, row.place));
        }
        if found.is_empty() && csv.sound() {
            csv.fault(Code::CsvRow, csv.header_place, "the file has no counts", "give one row a date", out);
        }
    }
    csv.close(out).then_some(found)
}

/// Counts held against the opening hours: calls come only while the centre is open, in whole intervals.
pub(super) fn dated(
    rows: &CountRows,
    file: &str,
    opening: &Opening,
    interval: Micros,
    out: &mut Findings,
) -> Option<Dated> {
    let step = step(rows);
    let mut sound = true;
    let mut days = Vec::new();
    for (date, of_day) in rows {
        let hours = opening.hours(*date);
        let outside = |(time, calls, _): &&(Option<Micros>, f64, Place)| {
            *calls > 0.0
                && match (hours, time) {
                    (None, _) => true,
                    (Some((open, close)), Some(time)) => time + step <= open || *time >= close,
                    _ => false,
                }
        };
        if let Some((time, _, place)) = of_day.iter().find(outside) {
            let when = time.map_or(String::new(), |time| format!(" at {}", clock(time)));
            let closed = match hours {
                Some((open, close)) => format!("the centre opens {}-{}", clock(open), clock(close)),
                None => "the centre is closed".to_owned(),
            };
            let message = format!("calls on {date}{when}, when {closed}");
            out.fault(Code::ShapeOutside, *place, message, "set these calls to 0, or change `opening`");
            sound = false;
            continue;
        }
        let (Some((first, _, place)), Some(hours)) = (of_day.first(), hours) else { continue };
        let counts = match first {
            None => Counts::Day(of_day[0].1),
            Some(_) => match cells(of_day, step, hours, interval) {
                Some(cells) => Counts::Cells(cells),
                None => {
                    let message = format!(
                        "rows of {} do not hold whole intervals of {}",
                        duration(step),
                        duration(interval)
                    );
                    let help = "let a row be as long as `horizon.interval` or a multiple of it";
                    out.fault(Code::CsvTimes, *place, message, help);
                    return None;
                }
            },
        };
        days.push((*date, counts));
    }
    sound.then(|| Dated { file: file.to_owned(), days })
}

/// Length of a row: the shortest gap between two rows of a date.
fn step(rows: &CountRows) -> Micros {
    let gaps = rows.values().flat_map(|day| day.windows(2)).filter_map(|pair| Some(pair[1].0? - pair[0].0?));
    gaps.min().unwrap_or(DAY)
}

/// The calls of each interval: a row's are shared among its open intervals by how long they are open.
fn cells(
    of_day: &[(Option<Micros>, f64, Place)],
    step: Micros,
    (open, close): (Micros, Micros),
    interval: Micros,
) -> Option<Vec<f64>> {
    let mut cells = vec![0.0; (DAY / interval) as usize];
    for (time, calls, _) in of_day {
        let from = (*time)?;
        if !from.is_multiple_of(interval) || !step.is_multiple_of(interval) {
            return None;
        }
        super::shape::share_out(*calls, (from, from + step), (open, close), interval, &mut cells);
    }
    Some(cells)
}
