//! One cell, and what may stand in it: numbers, dates, times of day, durations.

use super::super::code::Code;
use super::super::finding::Findings;
use super::super::tree::Place;
use super::Csv;
use super::rows::Line;
use crate::unit::{DAY, Date, HOUR, Micros, SECOND, parse_clock, parse_date, parse_duration};
use std::borrow::Cow;

/// A cell: its text without quotes and the space around it, and its place.
#[derive(Debug, Clone)]
pub(in crate::scenario) struct Cell<'t> {
    /// The text.
    pub(in crate::scenario) text: Cow<'t, str>,
    /// Where it stands, without its quotes.
    pub(in crate::scenario) place: Place,
}

impl<'t> Cell<'t> {
    pub(super) fn of(line: &Line<'t>, (start, end): (usize, usize)) -> Cell<'t> {
        let raw = line.text[start..end].trim();
        let quoted = raw.strip_prefix('"').and_then(|raw| raw.strip_suffix('"'));
        let inner = quoted.unwrap_or(raw);
        let text = match quoted {
            Some(inner) if inner.contains("\"\"") => Cow::Owned(inner.trim().replace("\"\"", "\"")),
            _ => Cow::Borrowed(inner.trim()),
        };
        let at = line.at + (inner.as_ptr() as usize - line.text.as_ptr() as usize);
        Cell { text, place: Place::new(line.file, at..at + inner.len()) }
    }
}

/// What is wrong with a cell, and what to write instead.
type Wrong = (Code, String, String);

/// How a cell is read: [`Csv::number`], [`Csv::date`], [`Csv::time`] or [`Csv::duration`].
type Reader<'t, T> = fn(&Csv<'t>, &str) -> Result<T, Wrong>;

impl<'t> Csv<'t> {
    /// What a cell holds; `what` says in words what it means, with its article.
    pub(in crate::scenario) fn read<T>(
        &self,
        reader: Reader<'t, T>,
        cell: &Cell<'_>,
        what: &str,
        row: usize,
        out: &mut Findings,
    ) -> Option<T> {
        let read = reader(self, &cell.text);
        read.map_err(|(code, wrong, help)| {
            self.fault(code, cell.place, format!("{what} in row {row} {wrong}"), help, out);
        })
        .ok()
    }

    /// A finite number from zero.
    pub(in crate::scenario) fn number(&self, text: &str) -> Result<f64, Wrong> {
        let wrong = |wrong: String| {
            Err((Code::CsvNumber, wrong, "write a number from 0, for example 12.5".to_owned()))
        };
        let grouped = is_grouped(text);
        let mark = text.chars().find(|c| matches!(c, ',' | '.'));
        let point =
            if self.separator == b',' { Cow::Borrowed(text) } else { Cow::Owned(text.replace(',', ".")) };
        let number = match point.parse::<f64>() {
            _ if text.is_empty() => return wrong("is missing".into()),
            Ok(number) if !number.is_finite() => return wrong("is not a finite number".into()),
            Ok(number) if number < 0.0 => return wrong("is negative".into()),
            Ok(number) => number,
            Err(_) => {
                let help = if grouped {
                    "write it without separators of thousands: 1234.5"
                } else if mark == Some(',') && text.replace(',', ".").parse::<f64>().is_ok() {
                    "is a comma its decimal mark? then separate cells by semicolons; else write it without separators of thousands"
                } else {
                    "write a number from 0, for example 12.5"
                };
                return Err((Code::CsvNumber, format!("is not a number: \"{text}\""), help.into()));
            }
        };
        // 1.234 beside 1,5 may mean a thousand and more: nobody should have to guess.
        match (self.decimal.get(), mark) {
            (Some(known), Some(mark)) if known != mark => {
                let message =
                    format!("has a decimal {}, numbers before it a decimal {}", word(mark), word(known));
                let help = "use one decimal mark in the whole file and no separator of thousands";
                Err((Code::CsvNumber, message, help.into()))
            }
            (None, Some(mark)) => {
                self.decimal.set(Some(mark));
                Ok(number)
            }
            _ => Ok(number),
        }
    }

    /// A date: 2004-11-01, or 1.11.2004.
    pub(in crate::scenario) fn date(&self, text: &str) -> Result<Date, Wrong> {
        parse_day(text)
    }

    /// A time of day from 00:00 to 24:00, or from 12:00 AM to 11:59 PM.
    pub(in crate::scenario) fn time(&self, text: &str) -> Result<Micros, Wrong> {
        let help = |help: &str| help.to_owned();
        parse_clock(text).ok().or_else(|| twelve_hours(text)).ok_or_else(|| match text {
            "" => (Code::CsvTimes, "is missing".into(), help("write a time of day, for example 08:30")),
            text => (
                Code::CsvTimes,
                format!("is not a time of day: \"{text}\""),
                match text.replace(',', ".").parse() {
                    Ok(0.0..1.0) => help("in the spreadsheet, format the column as times: 08:30"),
                    _ if text.split(['-', '\u{2013}']).all(|end| parse_clock(end).is_ok()) => {
                        help("write only when it begins, for example 08:30")
                    }
                    _ => help(
                        "write hours and minutes from 00:00 to 24:00, for example 08:30; leave out totals",
                    ),
                },
            ),
        })
    }

    /// A length of time: seconds, a duration with its unit ("2m20s") or hours, minutes and seconds ("0:02:20").
    pub(in crate::scenario) fn duration(&self, text: &str) -> Result<Micros, Wrong> {
        const HELP: &str = "write seconds such as 140, or a duration with its unit such as 2m20s";
        if let Some(time) = clock_length(text) {
            return Ok(time);
        }
        let code = Code::NotADuration;
        if text.contains(':') {
            let help = "write hours, minutes and seconds, such as 0:02:20, or a duration such as 2m20s";
            return Err((code, format!("could be minutes or hours: \"{text}\""), help.into()));
        }
        if text.ends_with(char::is_alphabetic) {
            let time = parse_duration(text);
            return time.map_err(|_| (code, format!("is not a duration: \"{text}\""), HELP.into()));
        }
        match self.number(text) {
            Ok(seconds) if seconds <= 1e9 => Ok((seconds * SECOND as f64 + 0.5) as Micros),
            Ok(_) => Err((code, "is absurdly long".into(), HELP.into())),
            Err((_, wrong, help)) if wrong.contains("decimal") => Err((code, wrong, help)),
            Err((_, wrong, _)) => {
                Err((code, wrong.replace("is not a number", "is not a duration"), HELP.into()))
            }
        }
    }
}

/// Digits with separators of thousands: more than one mark, or a space or an apostrophe between digits.
fn is_grouped(text: &str) -> bool {
    let marks = text.matches([',', '.']).count();
    let gaps = text.matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '\u{2019}')).count();
    marks + 2 * gaps > 1
        && text.matches(|c: char| c.is_ascii_digit()).count() + marks + gaps == text.chars().count()
}

/// "9:30 PM", as spreadsheets of some countries write times.
fn twelve_hours(text: &str) -> Option<Micros> {
    let plain = text.to_ascii_lowercase().replace('.', "");
    let (time, noon) = match (plain.strip_suffix("am"), plain.strip_suffix("pm")) {
        (Some(time), _) => (time, 0),
        (_, Some(time)) => (time, DAY / 2),
        _ => return None,
    };
    let time = parse_clock(time.trim_end()).ok()?;
    (HOUR..DAY / 2 + HOUR).contains(&time).then_some(time % (DAY / 2) + noon)
}

fn word(mark: char) -> &'static str {
    if mark == ',' { "comma" } else { "point" }
}

fn parse_day(text: &str) -> Result<Date, Wrong> {
    const HELP: &str = "write year-month-day, for example 2004-11-01";
    let wrong = |wrong: String, help: String| Err((Code::NotADate, wrong, help));
    let day = without_midnight(text);
    let iso = day.len() == 10 && day.as_bytes()[4] == b'-';
    match if iso { parse_date(day) } else { numbers(day, '.').and_then(of_numbers) } {
        Some(date) => return Ok(date),
        None if text.is_empty() => return wrong("is missing".into(), HELP.into()),
        None => {}
    }
    if let Some(day) = text.split_once(['T', ' ']).and_then(|(day, time)| time.contains(':').then_some(day))
        && looks_like_a_date(day)
    {
        let help = "write the date alone; the time of day has a column of its own";
        return wrong(format!("has a time of day with it: \"{text}\""), help.into());
    }
    if let Some([first, second, year]) = numbers(day, '/') {
        let readings = [of_numbers([first, second, year]), of_numbers([second, first, year])];
        let how = "(in a spreadsheet, format the column as year-month-day)";
        match readings {
            [Some(one), Some(other)] if one != other => {
                let help = format!("write {one} if the day comes first, {other} if the month does {how}");
                return wrong(format!("can be read in two ways: \"{text}\""), help);
            }
            [Some(date), _] | [_, Some(date)] => {
                return wrong(format!("is written with slashes: \"{text}\""), format!("write {date} {how}"));
            }
            [None, None] => {}
        }
    }
    let help = match day.parse() {
        // Days since 1900, as spreadsheets count them.
        Ok(20_000..80_000) => {
            "in the spreadsheet, format the column as year-month-day: 2004-11-01".to_owned()
        }
        _ if numbers(day, '.').is_some_and(|[_, _, year]| year < 100) => {
            format!("{HELP}, the year in four digits")
        }
        _ => HELP.to_owned(),
    };
    wrong(format!("is not a date: \"{text}\""), help)
}

/// Spreadsheets add a midnight to a date.
fn without_midnight(text: &str) -> &str {
    match text.split_once(['T', ' ']) {
        Some((day, time)) if time.trim_end_matches(['0', ':', '.']).is_empty() => day,
        _ => text,
    }
}

/// Three numbers with a mark between them.
fn numbers(text: &str, mark: char) -> Option<[u16; 3]> {
    let mut parts = text.split(mark).map(|part| part.parse::<u16>().ok());
    let three = [parts.next()??, parts.next()??, parts.next()??];
    parts.next().is_none().then_some(three)
}

/// The date of a day, a month and a year in four digits.
fn of_numbers([day, month, year]: [u16; 3]) -> Option<Date> {
    (year > 999).then(|| parse_date(&format!("{year:04}-{month:02}-{day:02}")))?
}

/// Whether a text is a date, in whatever order its parts stand.
pub(super) fn looks_like_a_date(text: &str) -> bool {
    let order = |[a, b, year]: [u16; 3]| of_numbers([a, b, year]).or_else(|| of_numbers([b, a, year]));
    parse_day(text).is_ok() || numbers(text, '/').and_then(order).is_some()
}

/// "0:02:20": hours, minutes, seconds.
fn clock_length(text: &str) -> Option<Micros> {
    let mut parts = text.split(':');
    let (hours, minutes, seconds) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = |part: &str, most: usize| {
        (!part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u64>().ok())?
    };
    let (hours, minutes) = (digits(hours, 4)?, digits(minutes, 2).filter(|m| *m < 60)?);
    let seconds: f64 = seconds.replace(',', ".").parse().ok().filter(|s| (0.0..60.0).contains(s))?;
    let whole = (hours * 3600 + minutes * 60) * SECOND;
    parts.next().is_none().then_some(whole + (seconds * SECOND as f64 + 0.5) as Micros)
}
