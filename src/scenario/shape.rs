//! Shapes of demand: CSV files of weights by weekday and time of day.

use super::code::Code;
use super::finding::Findings;
use super::meant::Shape;
use super::nearest::nearest;
use super::tree::Place;
use crate::unit::{DAY, Micros, Weekday, clock, duration, parse_clock};

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

/// One cell of a CSV line and its place.
struct Cell<'a> {
    text: &'a str,
    place: Place,
}

/// Reads a CSV file: a header of a time column and weekdays, then one row a stretch of the day. Semicolons and
/// tabs separate too; with them a decimal comma is understood, as spreadsheets in many countries write it.
pub(super) fn parse(file: u16, name: &str, text: &str, out: &mut Findings) -> Option<Weights> {
    let mut lines = lines(file, text);
    let Some((header, _)) = lines.next() else {
        out.fault(Code::CsvHeader, Place::new(file, 0..0), "the file is empty", HEADER_HELP);
        return None;
    };
    let separator = [';', '\t', ','].into_iter().find(|c| header.text.contains(*c)).unwrap_or(',');
    let days = header_days(&split(&header, separator), &header, out)?;
    let mut rows: Vec<(Micros, Place)> = Vec::new();
    let mut columns: [Option<Vec<f64>>; 7] = Default::default();
    days.iter().for_each(|day| columns[usize::from(day.0)] = Some(Vec::new()));
    let mut sound = true;
    for (line, number) in lines {
        let cells = split(&line, separator);
        if cells.len() != days.len() + 1 {
            let message = format!("row {number} has {} values, the header {}", cells.len(), days.len() + 1);
            let help = match separator {
                ',' => {
                    "give every row as many values as the header; with decimal commas, separate by semicolons"
                }
                _ => "give every row as many values as the header",
            };
            out.fault(Code::CsvRow, line.place, message, help);
            sound = false;
            continue;
        }
        let Ok(start) = parse_clock(cells[0].text) else {
            let message = format!("row {number} does not begin with a time of day");
            out.fault(
                Code::CsvTimes,
                cells[0].place,
                message,
                "write when the row begins, for example 08:30",
            );
            sound = false;
            continue;
        };
        if rows.last().is_some_and(|(before, _)| *before >= start) || start == DAY {
            let message = format!("row {number} does not come after the row before it");
            out.fault(
                Code::CsvTimes,
                cells[0].place,
                message,
                "put the rows in the order of the day, each time once",
            );
            sound = false;
            continue;
        }
        rows.push((start, line.place));
        for (cell, day) in cells[1..].iter().zip(&days) {
            let weight = weight(cell, separator, number, *day, out);
            sound &= weight.is_some();
            if let Some(column) = &mut columns[usize::from(day.0)] {
                column.push(weight.unwrap_or(0.0));
            }
        }
    }
    if rows.is_empty() {
        if sound {
            out.fault(
                Code::CsvRow,
                header.place,
                "the file has a header and no rows",
                "give one row a half-hour",
            );
        }
        return None;
    }
    let gaps = rows.windows(2).map(|pair| pair[1].0 - pair[0].0);
    let step = gaps.min().unwrap_or(DAY - rows[0].0);
    if let Some(pair) = rows.windows(2).find(|pair| (pair[1].0 - pair[0].0) % step != 0) {
        let message = format!("the row at {} does not fit rows of {}", clock(pair[1].0), duration(step));
        out.fault(Code::CsvTimes, pair[1].1, message, "let all rows be equally long");
        sound = false;
    }
    sound.then(|| Weights { name: name.to_owned(), step, rows, columns })
}

const HEADER_HELP: &str = "begin with a header such as: start,Mon,Tue,Wed,Thu,Fri";

/// Lines that hold something, without their ends, with their place and number; `#` begins a remark.
fn lines(file: u16, text: &str) -> impl Iterator<Item = (Cell<'_>, usize)> {
    let mut at = 0;
    text.split_inclusive('\n').enumerate().filter_map(move |(n, line)| {
        let mark = if n == 0 && line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let start = at + mark;
        at += line.len();
        let line = line[mark..].trim_end();
        let cell = Cell { text: line, place: Place::new(file, start..start + line.len()) };
        (!line.is_empty() && !line.starts_with('#')).then_some((cell, n + 1))
    })
}

fn split<'a>(line: &Cell<'a>, separator: char) -> Vec<Cell<'a>> {
    let mut at = line.place.start as usize;
    let mut cells = Vec::new();
    for part in line.text.split(separator) {
        let text = part.trim().trim_matches('"');
        let offset = text.as_ptr() as usize - part.as_ptr() as usize;
        cells.push(Cell { text, place: Place::new(line.place.file, at + offset..at + offset + text.len()) });
        at += part.len() + separator.len_utf8();
    }
    cells
}

fn header_days(cells: &[Cell<'_>], header: &Cell<'_>, out: &mut Findings) -> Option<Vec<Weekday>> {
    let mut days: Vec<Weekday> = Vec::new();
    let mut sound = true;
    for cell in cells.iter().skip(1) {
        match Weekday::parse(cell.text) {
            Some(day) if days.contains(&day) => {
                let message = format!("{} has two columns", day.title());
                out.fault(Code::CsvHeader, cell.place, message, "give each weekday one column");
                sound = false;
            }
            Some(day) => days.push(day),
            None => {
                let help = match nearest(cell.text, Weekday::ALL.map(Weekday::title)) {
                    Some(near) => format!("did you mean {near}?"),
                    None => HEADER_HELP.to_owned(),
                };
                out.fault(Code::CsvHeader, cell.place, format!("\"{}\" is not a weekday", cell.text), help);
                sound = false;
            }
        }
    }
    if days.is_empty() && sound {
        out.fault(Code::CsvHeader, header.place, "the header names no weekday", HEADER_HELP);
        sound = false;
    }
    sound.then_some(days)
}

fn weight(cell: &Cell<'_>, separator: char, row: usize, day: Weekday, out: &mut Findings) -> Option<f64> {
    let point = if separator == ',' { cell.text.to_owned() } else { cell.text.replace(',', ".") };
    match point.parse::<f64>() {
        Ok(number) if number.is_finite() && number >= 0.0 => Some(number),
        parsed => {
            let what = match parsed {
                _ if cell.text.is_empty() => "is missing".to_owned(),
                Ok(number) if number < 0.0 => "is negative".to_owned(),
                Ok(_) => "is not a finite number".to_owned(),
                Err(_) => format!("is not a number: \"{}\"", cell.text),
            };
            let message = format!("{}'s weight in row {row} {what}", day.title());
            out.fault(Code::CsvNumber, cell.place, message, "write a number from 0, for example 12.5");
            None
        }
    }
}

impl Weights {
    /// The weights by reporting interval; a row that covers several is split evenly among them.
    pub(super) fn shape(&self, interval: Micros, out: &mut Findings) -> Option<Shape> {
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
    use crate::unit::{HOUR, MINUTE};

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
        assert_eq!(faults, ["1:15 Monday has two columns", "1:19 \"Blue\" is not a weekday"]);
        let faults = read("start,Mon,Tue\n08:00,x,-1\n08:30,1\nnoon,1,1\n09:00,inf,\n").unwrap_err();
        assert_eq!(
            faults,
            [
                "2:7 Monday's weight in row 2 is not a number: \"x\"",
                "2:9 Tuesday's weight in row 2 is negative",
                "3:1 row 3 has 2 values, the header 3",
                "4:1 row 4 does not begin with a time of day",
                "5:7 Monday's weight in row 5 is not a finite number",
                "5:11 Tuesday's weight in row 5 is missing",
            ]
        );
    }
}
