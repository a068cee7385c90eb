//! Shapes of demand: CSV files of weights by weekday and time of day.

use super::code::Code;
use super::finding::Findings;
use super::meant::Shape;
use super::table::{Column, Csv};
use super::tree::Place;
use crate::unit::{DAY, HOUR, Micros, Weekday, clock, duration};

/// A CSV file as read: one row a stretch of the day, one column a weekday.
#[derive(Debug, Clone)]
pub(super) struct Weights {
    /// Its name.
    name: String,
    /// Length of a row.
    step: Micros,
    /// Start of each row and where it stands.
    rows: Vec<(Micros, Place)>,
    /// For each weekday, one weight a row; `None` where the file has no such column.
    columns: [Option<Vec<f64>>; 7],
}

/// The columns of a shape: when a row begins, and a weight a weekday.
const COLUMNS: [Column; 8] = [
    Column::required(
        "start",
        &["time", "from", "begin", "begins", "interval", "hour", "half-hour", "start-time", "interval-start"],
        "when the row begins, for example 08:30",
    ),
    day("monday", &["mon"]),
    day("tuesday", &["tue", "tues"]),
    day("wednesday", &["wed"]),
    day("thursday", &["thu", "thur", "thurs"]),
    day("friday", &["fri"]),
    day("saturday", &["sat"]),
    day("sunday", &["sun"]),
];

const fn day(name: &'static str, also: &'static [&'static str]) -> Column {
    Column::optional(name, also, "the day's weights")
}

const HEADER: &str = "start,Mon,Tue,Wed,Thu,Fri";

/// Reads a CSV file: a header of a time column and weekdays, then one row a stretch of the day.
pub(super) fn parse(file: u16, name: &str, text: &str, out: &mut Findings) -> Option<Weights> {
    let csv = Csv::open(file, text, HEADER, out)?;
    let weights = csv.columns(&COLUMNS, out).and_then(|found| table(&csv, name, &found, out));
    weights.filter(|_| csv.close(out))
}

fn table(csv: &Csv<'_>, name: &str, found: &[Option<usize>; 8], out: &mut Findings) -> Option<Weights> {
    let start_column = found[0]?;
    let days: Vec<(Weekday, usize)> = Weekday::ALL
        .into_iter()
        .zip(&found[1..])
        .filter_map(|(day, column)| Some((day, (*column)?)))
        .collect();
    if days.is_empty() {
        let help = format!("begin with a header such as: {HEADER}");
        csv.fault(Code::CsvHeader, csv.header_place, "the header names no weekday", help, out);
        return None;
    }
    let title = |day: Weekday| format!("{}'s weight", day.title());
    stretches(csv, name, start_column, &days, title, out)
}

/// The columns of the shape of a day.
const DAY_COLUMNS: [Column; 2] = [
    COLUMNS[0],
    Column::required("weight", &["weights", "calls", "share"], "how busy that stretch of the day is"),
];

/// Reads the shape of a day: the same weights for every weekday.
pub(super) fn parse_day(file: u16, name: &str, text: &str, out: &mut Findings) -> Option<Weights> {
    let csv = Csv::open(file, text, "start,weight", out)?;
    let weights = csv.columns(&DAY_COLUMNS, out).and_then(|found| {
        let title = |_| "the weight".to_owned();
        let mut weights = stretches(&csv, name, found[0]?, &[(Weekday(0), found[1]?)], title, out)?;
        let column = weights.columns[0].clone();
        weights.columns.fill(column);
        Some(weights)
    });
    weights.filter(|_| csv.close(out))
}

/// Reads the rows: when each begins, and a weight in each of some columns.
fn stretches(
    csv: &Csv<'_>,
    name: &str,
    start_column: usize,
    days: &[(Weekday, usize)],
    title: impl Fn(Weekday) -> String,
    out: &mut Findings,
) -> Option<Weights> {
    let mut starts: Vec<(Micros, Place)> = Vec::new();
    let mut columns: [Option<Vec<f64>>; 7] = Default::default();
    days.iter().for_each(|(day, _)| columns[usize::from(day.0)] = Some(Vec::new()));
    let mut rows = csv.rows();
    while let Some(row) = rows.next(out) {
        let number = row.number;
        let cell = &row.cells[start_column];
        let Some(start) = csv.read(Csv::time, cell, "the time", number, out) else { continue };
        if starts.last().is_some_and(|(before, _)| *before >= start) || start == DAY {
            let message = format!("row {number} does not come after the row before it");
            csv.fault(
                Code::CsvTimes,
                cell.place,
                message,
                "put the rows in the order of the day, each time once",
                out,
            );
            continue;
        }
        starts.push((start, row.place));
        for (day, column) in days {
            let weight = csv.read(Csv::number, &row.cells[*column], &title(*day), number, out);
            columns[usize::from(day.0)].get_or_insert_default().push(weight.unwrap_or(0.0));
        }
    }
    if starts.is_empty() {
        if csv.sound() {
            let help = "give one row a half-hour";
            csv.fault(Code::CsvRow, csv.header_place, "the file has a header and no rows", help, out);
        }
        return None;
    }
    let gaps = starts.windows(2).map(|pair| pair[1].0 - pair[0].0);
    let step = gaps.min().unwrap_or(DAY - starts[0].0);
    if let Some(pair) = starts.windows(2).find(|pair| (pair[1].0 - pair[0].0) % step != 0) {
        let message = format!("the row at {} does not fit rows of {}", clock(pair[1].0), duration(step));
        csv.fault(Code::CsvTimes, pair[1].1, message, "let all rows be equally long", out);
    }
    Some(Weights { name: name.to_owned(), step, rows: starts, columns })
}

/// Shares calls of a stretch of the day out among its open intervals, by how long each is open.
pub(super) fn share_out(
    calls: f64,
    (from, to): (Micros, Micros),
    (open, close): (Micros, Micros),
    interval: Micros,
    cells: &mut [f64],
) {
    let (from, to) = (from.max(open), to.min(close));
    let mut at = from;
    while at < to {
        let end = (at / interval * interval + interval).min(to);
        cells[(at / interval) as usize] += calls * ((end - at) as f64 / (to - from) as f64);
        at = end;
    }
}

/// Hours in which each interval of the week is open.
pub(super) fn open_hours(week: &[Option<(Micros, Micros)>; 7], interval: Micros) -> [Vec<f64>; 7] {
    std::array::from_fn(|day| {
        let mut cells = vec![0.0; (DAY / interval) as usize];
        if let Some((open, close)) = week[day] {
            let hours = (close - open) as f64 / HOUR as f64;
            share_out(hours, (0, DAY), (open, close), interval, &mut cells);
        }
        cells
    })
}

impl Weights {
    /// Calls by reporting interval, from a table that holds calls, or calls an hour: each row's calls come in the part
    /// of it in which the centre is open.
    pub(super) fn calls(
        &self,
        week: &[Option<(Micros, Micros)>; 7],
        interval: Micros,
        an_hour: bool,
        out: &mut Findings,
    ) -> Option<Shape> {
        self.fits(interval, out)?;
        let weights = std::array::from_fn(|day| {
            let mut cells = vec![0.0; (DAY / interval) as usize];
            let Some((open, close)) = week[day] else { return cells };
            for ((start, _), weight) in self.rows.iter().zip(self.columns[day].iter().flatten()) {
                let (from, to) = ((*start).max(open), (start + self.step).min(close));
                let hours = to.saturating_sub(from) as f64 / HOUR as f64;
                let calls = if an_hour { weight * hours } else { *weight };
                share_out(calls, (*start, start + self.step), (open, close), interval, &mut cells);
            }
            cells
        });
        Some(Shape { file: self.name.clone(), weights })
    }

    /// Faults where no weekday is open in a stretch that has weight: the shape of a day is cut to each weekday's hours.
    pub(super) fn hold_day_against(&self, week: &[Option<(Micros, Micros)>; 7], out: &mut Findings) {
        let open_in = |start: Micros| {
            week.iter().flatten().any(|(open, close)| start + self.step > *open && start < *close)
        };
        let busy =
            self.rows.iter().zip(self.columns[0].iter().flatten()).filter(|(_, weight)| **weight > 0.0);
        if let Some(((start, place), _)) = { busy }.find(|((start, _), _)| !open_in(*start)) {
            let message = format!("calls at {}, when the centre opens on no day", clock(*start));
            out.fault(Code::ShapeOutside, *place, message, "set this weight to 0, or change `opening`");
        }
    }

    /// The weights by reporting interval; a row that covers several is split evenly among them.
    pub(super) fn shape(&self, interval: Micros, out: &mut Findings) -> Option<Shape> {
        self.fits(interval, out)?;
        let cells = (DAY / interval) as usize;
        let split = (self.step / interval) as usize;
        let mut weights: [Vec<f64>; 7] = Default::default();
        for (column, weights) in self.columns.iter().zip(&mut weights) {
            weights.resize(cells, 0.0);
            for ((start, _), weight) in self.rows.iter().zip(column.iter().flatten()) {
                let first = (start / interval) as usize;
                for cell in weights.iter_mut().skip(first).take(split) {
                    *cell = weight / split as f64;
                }
            }
        }
        Some(Shape { file: self.name.clone(), weights })
    }

    /// Faults where rows do not hold whole intervals.
    fn fits(&self, interval: Micros, out: &mut Findings) -> Option<()> {
        let place = Place { end: self.rows[0].1.end, ..self.rows[0].1 };
        if !self.step.is_multiple_of(interval) {
            let message = format!(
                "rows of {} do not hold whole intervals of {}",
                duration(self.step),
                duration(interval)
            );
            out.fault(
                Code::CsvTimes,
                place,
                message,
                "let a row be as long as `horizon.interval` or a multiple of it",
            );
            return None;
        }
        if let Some((start, place)) = self.rows.iter().find(|(start, _)| !start.is_multiple_of(interval)) {
            let message =
                format!("the row at {} begins within an interval of {}", clock(*start), duration(interval));
            out.fault(Code::CsvTimes, *place, message, "let rows begin where intervals of the day begin");
            return None;
        }
        Some(())
    }

    /// Faults where weights and opening hours do not fit each other.
    pub(super) fn hold_against(
        &self,
        week: &[Option<(Micros, Micros)>; 7],
        named_at: Place,
        out: &mut Findings,
    ) {
        for (day, hours) in Weekday::ALL.into_iter().zip(week) {
            let Some(column) = &self.columns[usize::from(day.0)] else {
                if hours.is_some() {
                    let message = format!(
                        "the centre opens on {} and `{}` has no column for it",
                        day.title(),
                        self.name
                    );
                    out.fault(
                        Code::ShapeEmptyDay,
                        named_at,
                        message,
                        "add the column, or close the centre that day",
                    );
                }
                continue;
            };
            let busy = self.rows.iter().zip(column).filter(|(_, weight)| **weight > 0.0);
            let mut outside = busy.filter(|((start, _), _)| {
                hours.is_none_or(|(open, close)| start + self.step <= open || *start >= close)
            });
            if let Some(((start, place), _)) = outside.next() {
                let more = outside.count();
                let when = match hours {
                    Some((open, close)) => format!("it opens {}-{}", clock(*open), clock(*close)),
                    None => "it does not open".into(),
                };
                let and = match more {
                    0 => String::new(),
                    1 => " and in one more row".into(),
                    _ => format!(" and in {more} more rows"),
                };
                let message = format!("calls on {} at {}{and}, when {when}", day.title(), clock(*start));
                out.fault(Code::ShapeOutside, *place, message, "set these weights to 0, or change `opening`");
            } else if hours.is_some() && column.iter().all(|weight| *weight == 0.0) {
                let message =
                    format!("the centre opens on {} and `{}` has no calls then", day.title(), self.name);
                out.warn(
                    Code::ShapeEmptyDay,
                    named_at,
                    message,
                    "nobody will call that day; if that is wrong, give weights",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::MINUTE;

    fn read(text: &str) -> Result<Weights, Vec<String>> {
        let mut out = Findings::default();
        let weights = parse(0, "week.csv", text, &mut out);
        let (faults, _) = out.faults(&[("week.csv".into(), text.into())]);
        weights.ok_or(faults.iter().map(|f| format!("{}:{} {}", f.line, f.column, f.message)).collect())
    }

    #[test]
    fn a_row_is_split_evenly_among_the_intervals_it_covers() {
        let weights = read("start,Mon,Sat\n08:00,4,0\n09:00,6,1\n").unwrap();
        let shape = weights.shape(30 * MINUTE, &mut Findings::default()).unwrap();
        assert_eq!(shape.weights[0][15..21], [0.0, 2.0, 2.0, 3.0, 3.0, 0.0]);
        assert_eq!(shape.weights[5][18..20], [0.5, 0.5]);
        assert_eq!(shape.weights[6], vec![0.0; 48]);
        assert_eq!(weights.step, HOUR);
    }

    #[test]
    fn files_of_other_spreadsheets_are_understood() {
        let plain = read("start,Mon\n08:00,1.5\n08:30,2\n").unwrap();
        for text in [
            "\u{feff}start;Mon\r\n08:00;1,5\r\n08:30;2\r\n",
            "# weights\n\n\"start\",\"Mon\"\n\"08:00\",\"1.5\"\n08:30,2",
            "start\tMonday\n08:00\t1,5\n08:30\t2\n",
        ] {
            assert_eq!(read(text).unwrap().columns, plain.columns, "{text}");
        }
    }

    #[test]
    fn every_faulty_cell_is_reported_at_its_place() {
        let faults = read("start,Mon,Tue,Mon,Blue\n").unwrap_err();
        assert_eq!(faults, ["1:15 the column `monday` is there twice", "1:19 there is no column `Blue`"]);
        let faults = read("start,Mon,Tue\n08:00,x,-1\n08:30,1\nnoon,1,1\n09:00,inf,\n").unwrap_err();
        assert_eq!(
            faults,
            [
                "2:7 Monday's weight in row 2 is not a number: \"x\"",
                "2:9 Tuesday's weight in row 2 is negative",
                "3:1 row 3 has 2 values, the header 3",
                "4:1 the time in row 4 is not a time of day: \"noon\"",
                "5:7 Monday's weight in row 5 is not a finite number",
                "5:11 Tuesday's weight in row 5 is missing",
            ]
        );
    }
}
