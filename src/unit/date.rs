//! Civil dates: local days without a time zone.

use jiff::{ToSpan, civil};

/// A day of the week; Monday is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Weekday(pub u8);

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Weekday; 7] =
        [Weekday(0), Weekday(1), Weekday(2), Weekday(3), Weekday(4), Weekday(5), Weekday(6)];
    /// The names used in scenario files, lower case, Monday first.
    pub const NAMES: [&'static str; 7] =
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    /// Its English name, capitalised.
    pub fn title(self) -> &'static str {
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][usize::from(self.0)]
    }

    /// Three letters, capitalised: "Mon".
    pub fn short(self) -> &'static str {
        &self.title()[..3]
    }

    /// The weekday of a name or of its first three letters, in any case.
    pub fn parse(text: &str) -> Option<Weekday> {
        let lower = text.trim().to_lowercase();
        let found = Self::NAMES.iter().position(|n| *n == lower || n[..3] == lower)?;
        Some(Weekday(found as u8))
    }
}

/// A civil date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Date(civil::Date);

/// Reads "2004-11-01".
pub fn parse_date(text: &str) -> Option<Date> {
    text.trim().parse().ok().map(Date)
}

impl Date {
    /// The date `days` later (or earlier, when negative); the calendar's edges hold it.
    pub fn plus(self, days: i64) -> Date {
        Date(self.0.saturating_add(days.days()))
    }

    /// Its day of the week.
    pub fn weekday(self) -> Weekday {
        Weekday(self.0.weekday().to_monday_zero_offset() as u8)
    }

    /// Its calendar year.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// Its month of the year, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The first day of a calendar year.
    pub fn new_year(year: i16) -> Date {
        Date(civil::date(year, 1, 1))
    }

    /// The first day of its month.
    pub fn month_start(self) -> Date {
        Date(self.0.first_of_month())
    }

    /// Whole days from `other` to this date.
    pub fn days_since(self, other: Date) -> i64 {
        self.0.since(other.0).map_or(0, |span| i64::from(span.get_days()))
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_has_its_days_in_order() {
        let monday = parse_date("2004-11-01").unwrap();
        assert_eq!(monday.weekday(), Weekday(0));
        assert_eq!(monday.plus(6).weekday().title(), "Sunday");
        assert_eq!(monday.plus(-1).to_string(), "2004-10-31");
        assert_eq!(monday.plus(400).days_since(monday), 400);
    }

    #[test]
    fn weekdays_are_known_by_name() {
        assert_eq!(Weekday::parse("Sat"), Some(Weekday(5)));
        assert_eq!(Weekday::parse("friday"), Some(Weekday(4)));
        assert_eq!(Weekday::parse("someday"), None);
    }
}
