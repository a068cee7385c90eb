//! Durations as people write them: "90s", "3m", "2m20s", "1h30m", "7d".

use super::{DAY, HOUR, MINUTE, Micros, SECOND};

/// Why a text is not a duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// Nothing was written.
    #[error("a duration is missing")]
    Empty,
    /// A number stands without its unit.
    #[error("the unit is missing")]
    NoUnit,
    /// The unit is none of those known.
    #[error("the unit is not known")]
    UnknownUnit,
    /// Not a number followed by a unit.
    #[error("not a duration")]
    Malformed,
    /// Longer than can be counted.
    #[error("the duration is too long")]
    TooLong,
}

/// The longest duration accepted: about 270 years, far below where counting would overflow.
const LONGEST: f64 = 1e5 * DAY as f64;

/// Reads a duration: numbers each followed by `ms`, `s`, `m`, `h`, `d` or `w` (also written out), for example
/// "90s", "2m20s", "1.5h", "7d".
///
/// # Errors
/// Says which part is wrong; a bare number is an error, since its unit would be a guess.
pub fn parse_duration(text: &str) -> Result<Micros, DurationError> {
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(DurationError::Empty);
    }
    let mut total = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == '_')).unwrap_or(rest.len());
        let (number, tail) = rest.split_at(digits);
        let value: f64 = number.replace('_', "").parse().map_err(|_| DurationError::Malformed)?;
        let tail = tail.trim_start();
        let letters = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        let unit = match unit {
            "" if tail.is_empty() => return Err(DurationError::NoUnit),
            "" => return Err(DurationError::Malformed),
            "ms" => SECOND / 1000,
            "s" | "sec" | "secs" | "second" | "seconds" => SECOND,
            "m" | "min" | "mins" | "minute" | "minutes" => MINUTE,
            "h" | "hr" | "hrs" | "hour" | "hours" => HOUR,
            "d" | "day" | "days" => DAY,
            "w" | "week" | "weeks" => 7 * DAY,
            _ => return Err(DurationError::UnknownUnit),
        };
        total += value * unit as f64;
        rest = tail.trim_start();
    }
    if total > LONGEST { Err(DurationError::TooLong) } else { Ok((total + 0.5) as Micros) }
}

/// Writes a duration with its units, shortest exact form: "2m20s", "36m", "7d", "0s".
pub fn duration(time: Micros) -> String {
    if time == 0 {
        return "0s".into();
    }
    let mut text = String::new();
    let mut rest = time;
    for (unit, name) in [(DAY, "d"), (HOUR, "h"), (MINUTE, "m"), (SECOND, "s")] {
        if rest >= unit && name != "s" {
            text.push_str(&format!("{}{name}", rest / unit));
            rest %= unit;
        }
    }
    if rest > 0 {
        if rest.is_multiple_of(SECOND) {
            text.push_str(&format!("{}s", rest / SECOND));
        } else {
            text.push_str(format!("{:.6}", rest as f64 / SECOND as f64).trim_end_matches('0'));
            text.push('s');
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_with_their_units() {
        assert_eq!(parse_duration("90s"), Ok(90 * SECOND));
        assert_eq!(parse_duration("2m20s"), Ok(140 * SECOND));
        assert_eq!(parse_duration("1h30m"), Ok(90 * MINUTE));
        assert_eq!(parse_duration("1.5h"), Ok(90 * MINUTE));
        assert_eq!(parse_duration("7 days"), Ok(7 * DAY));
        assert_eq!(parse_duration("250ms"), Ok(SECOND / 4));
    }

    #[test]
    fn a_bare_number_is_not_a_duration() {
        assert_eq!(parse_duration("90"), Err(DurationError::NoUnit));
        assert_eq!(parse_duration("3x"), Err(DurationError::UnknownUnit));
        assert_eq!(parse_duration(""), Err(DurationError::Empty));
        assert_eq!(parse_duration("-3m"), Err(DurationError::Malformed));
    }

    #[test]
    fn what_is_written_is_read_back() {
        for time in [0, 1, SECOND, 140 * SECOND, 36 * MINUTE, 7 * DAY, DAY + HOUR + 1_500_000] {
            assert_eq!(parse_duration(&duration(time)), Ok(time), "{}", duration(time));
        }
    }
}
