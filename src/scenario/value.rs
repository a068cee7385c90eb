//! Values with units: one function a kind, which either reads a value or says what is wrong with it.

use super::code::Code;
use super::declaration::{HoursKind, Kind, either};
use super::nearest::nearest;
use super::path::Path;
use super::tree::{Node, Value};
use crate::unit::{
    ClockError, DAY, Date, DurationError, Micros, Weekday, clock, parse_clock, parse_date, parse_duration,
};

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Complaint {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) help: String,
}

fn complain<T>(code: Code, message: impl Into<String>, help: impl Into<String>) -> Result<T, Complaint> {
    Err(Complaint { code, message: message.into(), help: help.into() })
}

/// The complaint that a value is of another type than expected.
pub(super) fn wrong_type<T>(name: &str, kind: &Kind, node: &Node) -> Result<T, Complaint> {
    let expects = kind.expects();
    let help = match (kind, &node.value) {
        (Kind::OneOf(keys), Value::Text(text)) if keys.iter().any(|k| k.name == text) => {
            format!("the kind is a key: write `{name}.{text} = {{}}`")
        }
        (Kind::Number { .. } | Kind::Share | Kind::Whole { .. }, Value::Text(text))
            if text.trim().parse::<f64>().is_ok() =>
        {
            format!("write it without quotes: {}", text.trim())
        }
        (Kind::Share, Value::Text(text)) if text.trim().ends_with('%') => {
            let percent = text.trim().trim_end_matches('%').trim().parse::<f64>();
            percent.map_or_else(|_| "shares are from 0 to 1".into(), |p| format!("write {}", tidy(p / 100.0)))
        }
        (Kind::List { .. }, Value::Text(text)) => format!("put it in brackets: [\"{text}\"]"),
        (Kind::Whole { .. }, Value::Number(n)) if n.is_finite() => {
            format!("write it without a fraction: {}", n.round())
        }
        _ => format!("give {expects}"),
    };
    complain(Code::WrongType, format!("`{name}` should be {expects}, not {}", node.describe()), help)
}

/// A number without the noise of binary fractions.
pub(super) fn tidy(number: f64) -> String {
    let text = format!("{number:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A number, in its kind's range.
pub(super) fn number(name: &str, kind: &Kind, node: &Node) -> Result<f64, Complaint> {
    let value = match node.value {
        Value::Number(n) => n,
        Value::Whole(n) if !matches!(kind, Kind::Whole { .. }) => n as f64,
        _ => return wrong_type(name, kind, node),
    };
    if !value.is_finite() {
        return complain(
            Code::NotFinite,
            format!("`{name}` is not a finite number"),
            format!("give {}", kind.expects()),
        );
    }
    let (low, above, high) = match *kind {
        Kind::Share => (0.0, false, 1.0),
        Kind::Number { low, above, high, .. } => (low, above, high),
        _ => (f64::MIN, false, f64::MAX),
    };
    if value < low || value > high || (above && value <= low) {
        let help = match kind {
            Kind::Share if value > 1.0 && value <= 100.0 => {
                format!("shares are from 0 to 1: write {} for {}%", tidy(value / 100.0), tidy(value))
            }
            _ => format!("allowed: {}", kind.range()),
        };
        return complain(Code::OutOfRange, format!("`{name}` is out of range"), help);
    }
    Ok(value)
}

/// A whole number, in its kind's range.
pub(super) fn whole(name: &str, kind: &Kind, node: &Node) -> Result<i64, Complaint> {
    let value = match node.value {
        Value::Whole(n) => n,
        _ => return wrong_type(name, kind, node),
    };
    let Kind::Whole { low, high, .. } = *kind else { return Ok(value) };
    if value < low || value > high {
        let help = format!("allowed: {}", kind.range());
        return complain(Code::OutOfRange, format!("`{name}` is out of range"), help);
    }
    Ok(value)
}

/// The version of the format.
pub(super) fn format(name: &str, node: &Node) -> Result<(), Complaint> {
    match node.value {
        Value::Whole(1) => Ok(()),
        Value::Whole(number) => complain(
            Code::UnknownFormat,
            format!("format {number} is not one this version reads"),
            "write format = 1, or use a newer version of answerable",
        ),
        _ => wrong_type(name, &Kind::Format, node),
    }
}

/// A length of time, in its kind's range.
pub(super) fn length(name: &str, kind: &Kind, node: &Node) -> Result<Micros, Complaint> {
    let text = match &node.value {
        Value::Text(text) => text,
        Value::Whole(n) if *n >= 0 => {
            let help = format!("write \"{n}s\", \"{n}m\" or \"{n}h\", whichever is meant");
            return complain(Code::MissingUnit, format!("`{name}` has no unit"), help);
        }
        Value::Number(n) if *n >= 0.0 && n.is_finite() => {
            let help = format!("write \"{n}s\", \"{n}m\" or \"{n}h\", whichever is meant");
            return complain(Code::MissingUnit, format!("`{name}` has no unit"), help);
        }
        _ => return wrong_type(name, kind, node),
    };
    let time = match parse_duration(text) {
        Ok(time) => time,
        Err(DurationError::NoUnit) => {
            let n = text.trim();
            let help = format!("write \"{n}s\", \"{n}m\" or \"{n}h\", whichever is meant");
            return complain(Code::MissingUnit, format!("`{name}` has no unit"), help);
        }
        Err(error) => {
            let message = match error {
                DurationError::UnknownUnit => format!("`{name}` has a unit that is not known"),
                DurationError::TooLong => format!("`{name}` is too long"),
                _ if text.trim().starts_with('-') => format!("`{name}` is negative"),
                _ => format!("`{name}` is not a duration"),
            };
            let help = "durations are numbers with units: ms, s, m, h, d or w, for example \"2m20s\"";
            return complain(Code::NotADuration, message, help);
        }
    };
    let Kind::Duration { zero, longest } = *kind else { return Ok(time) };
    if time == 0 && !zero {
        let help = "give a duration such as \"90s\" or \"4m\"";
        return complain(Code::OutOfRange, format!("`{name}` must be longer than zero"), help);
    }
    if time > longest {
        let help = format!("allowed: {}", kind.range());
        return complain(Code::OutOfRange, format!("`{name}` is too long"), help);
    }
    Ok(time)
}

/// Whole days; "none" is 0.
pub(super) fn days(name: &str, node: &Node) -> Result<u32, Complaint> {
    if node.text() == Some("none") {
        return Ok(0);
    }
    let time = length(name, &Kind::Duration { zero: true, longest: 3700 * DAY }, node)?;
    if time % DAY != 0 {
        let help = "days are simulated whole: \"7d\", \"2w\" or \"none\"";
        return complain(Code::UnevenInterval, format!("`{name}` is not a whole number of days"), help);
    }
    Ok((time / DAY) as u32)
}

/// A date, bare as TOML has it or in quotes.
pub(super) fn date(name: &str, node: &Node) -> Result<Date, Complaint> {
    let text = match &node.value {
        Value::Date(text) | Value::Text(text) => text,
        _ => return wrong_type(name, &Kind::Date, node),
    };
    match parse_date(text) {
        Some(date) => Ok(date),
        None => complain(
            Code::NotADate,
            format!("`{name}` is not a date of the calendar"),
            "write year-month-day, for example 2004-11-01",
        ),
    }
}

/// A time of day.
pub(super) fn time_of_day(name: &str, node: &Node) -> Result<Micros, Complaint> {
    let Value::Text(text) = &node.value else { return wrong_type(name, &Kind::Clock, node) };
    parse_clock(text).or_else(|error| {
        let help = match error {
            ClockError::OutOfRange => "times of day go from \"00:00\" to \"24:00\"",
            ClockError::Malformed => "write hours and minutes, for example \"08:00\"",
        };
        complain(Code::NotATime, format!("`{name}` is not a time of day"), help)
    })
}

/// Hours of a day; `None` for "closed".
pub(super) fn hours(
    name: &str,
    meant: HoursKind,
    node: &Node,
) -> Result<Option<(Micros, Micros)>, Complaint> {
    let Value::Text(text) = &node.value else { return wrong_type(name, &Kind::Hours(meant), node) };
    if meant == HoursKind::Opening && text == "closed" {
        return Ok(None);
    }
    let example = match meant {
        HoursKind::Opening => "write opening and closing time, for example \"08:00-18:00\", or \"closed\"",
        HoursKind::Shift => "write start and end, for example \"08:00-16:00\"",
    };
    let parts = text.split_once(['-', '–']);
    let parsed = parts.map(|(from, to)| (parse_clock(from), parse_clock(to)));
    if let Some((Ok(_), Err(ClockError::OutOfRange))) = parsed {
        let help = match meant {
            HoursKind::Opening => "opening hours lie within one day, and end at \"24:00\" at the latest",
            HoursKind::Shift => {
                "a shift is at most a day long; one past midnight is written with the next day's time: \"22:00-06:00\""
            }
        };
        return complain(Code::NotHours, format!("`{name}` goes on beyond 24:00"), help);
    }
    let Some((Ok(start), Ok(end))) = parsed else {
        return complain(Code::NotHours, format!("`{name}` holds no hours of a day"), example);
    };
    if start == DAY || end == start {
        return complain(Code::NotHours, format!("`{name}` has no length"), example);
    }
    if end > start {
        return Ok(Some((start, end)));
    }
    match meant {
        HoursKind::Shift => Ok(Some((start, end + DAY))),
        HoursKind::Opening => complain(
            Code::NotHours,
            format!("`{name}` closes at {} before it opens at {}", clock(end), clock(start)),
            "opening hours lie within one day; a centre that never closes has \"00:00-24:00\"",
        ),
    }
}

/// One of some texts.
pub(super) fn choice(
    name: &str,
    choices: &'static [(&'static str, &'static str)],
    node: &Node,
) -> Result<&'static str, Complaint> {
    let Value::Text(text) = &node.value else { return wrong_type(name, &Kind::Choice(choices), node) };
    if let Some((known, _)) = choices.iter().find(|(known, _)| known == text) {
        return Ok(known);
    }
    let known: Vec<String> = choices.iter().map(|(known, _)| format!("\"{known}\"")).collect();
    let help = match nearest(text, choices.iter().map(|(known, _)| *known)) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None => format!("write {}", either(&known)),
    };
    complain(Code::NotAChoice, format!("`{name}` cannot be \"{text}\""), help)
}

/// A file beside the scenario: a relative path that does not climb out of its folder.
pub(super) fn file(name: &str, node: &Node) -> Result<String, Complaint> {
    let Value::Text(text) = &node.value else { return wrong_type(name, &Kind::File, node) };
    let climbs = text.split(['/', '\\']).any(|part| part == "..");
    let absolute = text.starts_with(['/', '\\', '~']) || text.chars().nth(1) == Some(':');
    if text.trim().is_empty() || climbs || absolute || text.contains('\0') {
        return complain(
            Code::FileOutside,
            format!("`{name}` names no file beside the scenario"),
            "put the file in the scenario's folder, or in one below it, and name it from there: \"shapes/week.csv\"",
        );
    }
    let parts = text.split(['/', '\\']).filter(|part| !part.is_empty() && *part != ".");
    Ok(parts.collect::<Vec<_>>().join("/"))
}

/// A path of keys.
pub(super) fn path(name: &str, node: &Node) -> Result<Path, Complaint> {
    let Value::Text(text) = &node.value else { return wrong_type(name, &Kind::Path, node) };
    Path::parse(text).map_or_else(|| bad_path(text), Ok)
}

/// The complaint that a text is no path of keys.
pub(super) fn bad_path<T>(text: &str) -> Result<T, Complaint> {
    complain(
        Code::NotAPath,
        format!("\"{text}\" is not a path of keys"),
        "join keys with dots and quote those with spaces: \"queues.enquiries.talk\", \"teams.'first line'.agents\"",
    )
}

/// Two numbers, low and high.
pub(super) fn interval(name: &str, node: &Node) -> Result<(f64, f64), Complaint> {
    let Some([low, high]) = node.list() else { return wrong_type(name, &Kind::Interval, node) };
    let any = Kind::Number { low: f64::MIN, above: false, high: f64::MAX, unit: "" };
    let (low, high) = (number(name, &any, low)?, number(name, &any, high)?);
    if low > high {
        let help = format!("write [{high}, {low}]");
        return complain(Code::WrongOrder, format!("`{name}` has its bounds in the wrong order"), help);
    }
    Ok((low, high))
}

/// The weekdays that a key of opening hours names: "monday", "monday-friday".
pub(super) fn weekdays(key: &str) -> Option<Vec<Weekday>> {
    let (first, last) = key.split_once('-').unwrap_or((key, key));
    let (first, last) = (Weekday::parse(first)?, Weekday::parse(last)?);
    let length = (7 + last.0 - first.0) % 7;
    Some((0..=length).map(|n| Weekday((first.0 + n) % 7)).collect())
}

#[cfg(test)]
mod tests {
    use super::super::tree::Place;
    use super::*;

    fn text(text: &str) -> Node {
        Node { value: Value::Text(text.into()), place: Place::default() }
    }

    #[test]
    fn ranges_of_weekdays_are_read() {
        let days = |key| weekdays(key).map(|d| d.iter().map(|w| w.0).collect::<Vec<_>>());
        assert_eq!(days("monday-friday"), Some(vec![0, 1, 2, 3, 4]));
        assert_eq!(days("saturday"), Some(vec![5]));
        assert_eq!(days("saturday-monday"), Some(vec![5, 6, 0]));
        assert_eq!(days("weekday"), None);
    }

    #[test]
    fn a_shift_may_cross_midnight_and_opening_may_not() {
        let night = text("22:00-06:00");
        assert_eq!(hours("hours", HoursKind::Shift, &night), Ok(Some((22 * DAY / 24, 30 * DAY / 24))));
        assert_eq!(hours("monday", HoursKind::Opening, &night).unwrap_err().code, Code::NotHours);
        assert_eq!(hours("sunday", HoursKind::Opening, &text("00:00-24:00")), Ok(Some((0, DAY))));
    }

    #[test]
    fn files_stay_in_the_scenarios_folder() {
        assert_eq!(file("shape", &text("./shapes/week.csv")), Ok("shapes/week.csv".into()));
        for outside in ["../week.csv", "/etc/passwd", "a/../../b", "C:\\week.csv", "~/x.csv", "", "a\\..\\b"]
        {
            assert_eq!(file("shape", &text(outside)).unwrap_err().code, Code::FileOutside, "{outside}");
        }
    }

    #[test]
    fn a_percentage_is_told_its_share() {
        let fault = number("share", &Kind::Share, &Node { value: Value::Whole(80), place: Place::default() });
        assert_eq!(fault.unwrap_err().help, "shares are from 0 to 1: write 0.8 for 80%");
        assert_eq!(wrong_type::<()>("share", &Kind::Share, &text("80%")).unwrap_err().help, "write 0.8");
    }
}
