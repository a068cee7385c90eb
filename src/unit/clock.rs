//! Times of day as "HH:MM".

use super::{DAY, HOUR, MINUTE, Micros, SECOND};

/// Why a text is not a time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClockError {
    /// Not two digits, a colon and two digits.
    #[error("not a time of day")]
    Malformed,
    /// Hours over 24 or minutes over 59.
    #[error("there is no such time of day")]
    OutOfRange,
}

/// Reads "HH:MM" (or "HH:MM:SS") as microseconds after midnight; "24:00" is the end of the day.
///
/// # Errors
/// When the text has another form or names a time no day has.
pub fn parse_clock(text: &str) -> Result<Micros, ClockError> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    if parts.len() < 2 || parts.len() > 3 {
        return Err(ClockError::Malformed);
    }
    let mut fields = [0u64; 3];
    for (field, part) in fields.iter_mut().zip(&parts) {
        if part.is_empty() || part.len() > 2 || !part.bytes().all(|b| b.is_ascii_digit()) {
            return Err(ClockError::Malformed);
        }
        *field = part.parse().map_err(|_| ClockError::Malformed)?;
    }
    let time = fields[0] * HOUR + fields[1] * MINUTE + fields[2] * SECOND;
    if fields[1] > 59 || fields[2] > 59 || time > DAY { Err(ClockError::OutOfRange) } else { Ok(time) }
}

/// Writes a time of day as "HH:MM", with seconds only where there are any; past midnight it goes on counting.
pub fn clock(time: Micros) -> String {
    let (h, m, s) = (time / HOUR, time % HOUR / MINUTE, time % MINUTE / SECOND);
    if s == 0 { format!("{h:02}:{m:02}") } else { format!("{h:02}:{m:02}:{s:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_and_written() {
        assert_eq!(parse_clock("08:00"), Ok(8 * HOUR));
        assert_eq!(parse_clock("24:00"), Ok(DAY));
        assert_eq!(parse_clock("24:01"), Err(ClockError::OutOfRange));
        assert_eq!(parse_clock("8am"), Err(ClockError::Malformed));
        assert_eq!(clock(parse_clock("17:30").unwrap()), "17:30");
    }
}
