//! Figures in words: shares, times, counts and differences as they stand in titles and tables, with no more
//! digits than their intervals bear.

use crate::unit::{self, SECOND};

/// Decimals worth printing for a figure whose 95% interval reaches `half_width` to either side: the first
/// digit that the interval leaves in doubt is the last one shown, and never more than two decimals.
fn decimals(half_width: Option<f64>) -> usize {
    match half_width {
        Some(h) if h < 0.05 => 2,
        Some(h) if h < 0.5 => 1,
        _ => 0,
    }
}

/// The half-width to print shares with that are judged against `bound`: finer than their own where rounding would put one
/// of them at the bound, or beyond it, when it is not ("up to 80%" of a share that misses 80%).
pub fn telling(half_width: Option<f64>, shares: &[f64], bound: f64) -> Option<f64> {
    let side = |value: f64| value.partial_cmp(&bound);
    // As it is printed, ties and all.
    let printed = |v: f64, places: usize| format!("{:.places$}", v * 100.0).parse::<f64>().unwrap_or(v);
    let true_at = |places: usize| {
        shares.iter().all(|v| printed(*v, places).partial_cmp(&printed(bound, places)) == side(*v))
    };
    let own = decimals(half_width.map(|h| h * 100.0));
    match (own..3).find(|places| true_at(*places)) {
        Some(places) if places == own => half_width,
        Some(1) => Some(0.004),
        _ => Some(0.0004),
    }
}

/// A number with thousands separators and a true minus sign: "175,000", "−3.2".
pub fn number(value: f64, decimals: usize) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let (whole, rest) = plain.split_at(plain.find('.').unwrap_or(plain.len()));
    let mut text = String::new();
    if value < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        text.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text + rest
}

/// A share as a percentage: "75%", or "75.3%" when its interval is narrow enough (`half_width` is a share
/// too). What is not quite all or nothing is not printed as such: "over 99%", "under 1%".
pub fn share(value: f64, half_width: Option<f64>) -> String {
    bounded_share(value, half_width, "under ", "over ")
}

/// The same in the fewest letters, for labels: "75%", "<1%", ">99%".
pub fn short_share(value: f64, half_width: Option<f64>) -> String {
    bounded_share(value, half_width, "<", ">")
}

fn bounded_share(value: f64, half_width: Option<f64>, under: &str, over: &str) -> String {
    let places = decimals(half_width.map(|h| h * 100.0));
    let step = [1.0, 0.1, 0.01][places];
    let points = value * 100.0;
    if points > 0.0 && points < step / 2.0 {
        format!("{under}{}%", number(step, places))
    } else if points < 100.0 && points >= 100.0 - step / 2.0 {
        format!("{over}{}%", number(100.0 - step, places))
    } else {
        format!("{}%", number(points, places))
    }
}

/// A length of time: "4.2 s", "41 s", "2 min 20 s", "1 h 5 min".
pub fn time(seconds: f64) -> String {
    if !(0.0..1e9).contains(&seconds) {
        return format!("{} s", number(seconds, 0));
    }
    if seconds > 0.0 && seconds < 9.95 {
        let text = number(seconds, 1);
        return format!("{} s", text.strip_suffix(".0").unwrap_or(&text));
    }
    let whole = (seconds + 0.5) as u64;
    let (h, m, s) = (whole / 3600, whole % 3600 / 60, whole % 60);
    match (h, m, s) {
        (0, 0, s) => format!("{s} s"),
        (0, m, 0) => format!("{m} min"),
        (0, m, s) => format!("{m} min {s} s"),
        (h, 0, _) => format!("{} h", number(h as f64, 0)),
        (h, m, _) => format!("{} h {m} min", number(h as f64, 0)),
    }
}

/// A time of day from minutes after midnight; past midnight it begins again: "14:30".
pub fn time_of_day(minutes: f64) -> String {
    let minutes = minutes.max(0.0).round() as u64 % (24 * 60);
    unit::clock(minutes * 60 * SECOND)
}

/// How a measure is printed, by the unit that its definition names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A share of something, printed in percent; its differences are in percentage points.
    Share,
    /// Seconds.
    Seconds,
    /// Minutes.
    Minutes,
    /// Hours.
    Hours,
    /// A plain number, of calls or of anything else.
    Number,
    /// Money, printed without its currency, which the caption names.
    Money,
}

impl Unit {
    /// The unit of a definition's `unit`; what is not known is a plain number.
    pub fn parse(text: &str) -> Unit {
        match text {
            "share" => Unit::Share,
            "s" => Unit::Seconds,
            "min" => Unit::Minutes,
            "h" => Unit::Hours,
            "money" => Unit::Money,
            _ => Unit::Number,
        }
    }

    /// By how much a figure is multiplied before it is printed: shares are printed in percent.
    pub fn scale(self) -> f64 {
        if self == Unit::Share { 100.0 } else { 1.0 }
    }

    /// The unit of a difference, as it follows the number; empty for plain numbers.
    pub fn of_difference(self) -> &'static str {
        match self {
            Unit::Share => "points",
            Unit::Seconds => "s",
            Unit::Minutes => "min",
            Unit::Hours => "h",
            Unit::Number | Unit::Money => "",
        }
    }

    /// A figure in this unit with the digits that its interval bears.
    pub fn figure(self, value: f64, half_width: Option<f64>) -> String {
        match self {
            Unit::Share => short_share(value, half_width),
            Unit::Seconds if value.abs() < 60.0 => format!("{} s", plain(value, half_width)),
            Unit::Seconds => time(value),
            Unit::Minutes => format!("{} min", plain(value, half_width)),
            Unit::Hours => format!("{} h", plain(value, half_width)),
            Unit::Number | Unit::Money => plain(value, half_width),
        }
    }
}

/// A plain number with the digits its interval bears; small ones without an interval get two.
fn plain(value: f64, half_width: Option<f64>) -> String {
    let places = match half_width {
        Some(h) if h > 0.0 => decimals(Some(h)),
        _ if value.abs() < 10.0 && value != value.round() => 2,
        _ if value.abs() < 100.0 && value != value.round() => 1,
        _ => 0,
    };
    number(value, places)
}

/// At least so many decimals, and up to two more where a figure that is not zero would be printed as zero.
pub fn places_from(places: usize, nearest: f64) -> usize {
    let zero = |places: &usize| number(nearest, *places).bytes().all(|b| !(b'1'..=b'9').contains(&b));
    (places..places + 2).find(|places| !zero(places)).unwrap_or(places + 2)
}

/// A difference from the base with its 95% interval: "2.1 points lower (95% interval 1.8 to 2.4)". An
/// interval that reaches zero says that no difference can be shown.
pub fn difference(unit: Unit, value: f64, interval: (f64, f64)) -> String {
    let scale = unit.scale();
    let (value, low, high) = (value * scale, interval.0 * scale, interval.1 * scale);
    let places = decimals(Some((high - low) / 2.0)).max(usize::from(value.abs() < 9.95));
    let name = match unit.of_difference() {
        "" => String::new(),
        name => format!(" {name}"),
    };
    // An end that is not zero is not printed as zero where the interval leaves zero out.
    let clear = low > 0.0 || high < 0.0;
    let places = if clear { places_from(places, low.abs().min(high.abs())) } else { places };
    let text = |v: f64| number(v.abs(), places);
    if low <= 0.0 && high >= 0.0 {
        let side = |v: f64, word: &str| if text(v) == text(0.0) { "0".into() } else { text(v) + word };
        return format!(
            "no difference can be shown (95% interval {} to {}{name})",
            side(low, " lower"),
            if text(high) == text(0.0) { "0".into() } else { format!("{}{name} higher", text(high)) },
        )
        .replace(&format!("higher{name})"), "higher)");
    }
    let (word, near, far) = if value < 0.0 { ("lower", high, low) } else { ("higher", low, high) };
    format!("{}{name} {word} (95% interval {} to {})", text(value), text(near), text(far))
}

/// An option's name within a sentence: a plain short one as it is, any other between quotation marks, so
/// that its commas and figures are not read as the sentence's own.
pub fn named(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == ' ' || c == '-');
    let short = shortened(name, 90);
    if plain && name.chars().count() <= 30 { short } else { format!("‘{short}’") }
}

/// A text of at most `most` characters: a longer one is cut between words and ends with "…".
pub fn shortened(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most.saturating_sub(1)).collect();
    let at = cut.rfind(' ').filter(|at| *at > cut.len() / 2).unwrap_or(cut.len());
    format!("{}…", cut[..at].trim_end_matches([' ', ',', ';']))
}

/// A small count in words, a larger one in figures: "three", "14".
pub fn count(n: usize) -> String {
    const WORDS: [&str; 11] =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n).map_or_else(|| number(n as f64, 0), |word| (*word).to_owned())
}

/// The same text with a capital first letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().collect::<String>() + letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_follow_the_half_width() {
        assert_eq!(share(0.7534, None), "75%");
        assert_eq!(share(0.7534, Some(0.006)), "75%");
        assert_eq!(share(0.7534, Some(0.004)), "75.3%");
        assert_eq!(share(0.75342, Some(0.0002)), "75.34%");
    }

    #[test]
    fn nearly_all_is_not_all() {
        assert_eq!(share(1.0, None), "100%");
        assert_eq!(share(0.9991, None), "over 99%");
        assert_eq!(share(0.9991, Some(0.001)), "99.9%");
        assert_eq!(share(0.9999, Some(0.001)), "over 99.9%");
        assert_eq!(share(0.0, None), "0%");
        assert_eq!(share(0.002, None), "under 1%");
        assert_eq!(short_share(0.002, None), "<1%");
        assert_eq!(short_share(0.9991, None), ">99%");
    }

    #[test]
    fn times_are_read_aloud() {
        assert_eq!(time(0.0), "0 s");
        assert_eq!(time(4.23), "4.2 s");
        assert_eq!(time(5.0), "5 s");
        assert_eq!(time(9.97), "10 s");
        assert_eq!(time(41.2), "41 s");
        assert_eq!(time(59.7), "1 min");
        assert_eq!(time(140.0), "2 min 20 s");
        assert_eq!(time(3900.0), "1 h 5 min");
        assert_eq!(time_of_day(14.0 * 60.0 + 30.0), "14:30");
        assert_eq!(time_of_day(25.0 * 60.0), "01:00");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(number(175_000.0, 0), "175,000");
        assert_eq!(number(1_234_567.891, 2), "1,234,567.89");
        assert_eq!(number(999.0, 0), "999");
        assert_eq!(number(-3.25, 1), "−3.2");
        assert_eq!(number(-0.01, 0), "0");
    }

    #[test]
    fn a_difference_has_its_interval_and_direction() {
        assert_eq!(
            difference(Unit::Share, -0.021, (-0.024, -0.018)),
            "2.1 points lower (95% interval 1.8 to 2.4)"
        );
        assert_eq!(difference(Unit::Share, 0.214, (0.19, 0.238)), "21 points higher (95% interval 19 to 24)");
        assert_eq!(difference(Unit::Seconds, 3.4, (2.9, 3.9)), "3.4 s higher (95% interval 2.9 to 3.9)");
    }

    #[test]
    fn an_end_that_is_not_zero_is_not_printed_as_zero() {
        assert_eq!(
            difference(Unit::Share, 0.0002, (0.00004, 0.00036)),
            "0.020 points higher (95% interval 0.004 to 0.036)"
        );
        assert_eq!(
            difference(Unit::Share, -0.02, (-0.0397, -0.0003)),
            "2.00 points lower (95% interval 0.03 to 3.97)"
        );
        assert_eq!(
            difference(Unit::Share, -0.2, (-0.4, 0.0)),
            "no difference can be shown (95% interval 40 lower to 0 points)"
        );
    }

    #[test]
    fn rounding_never_contradicts_a_target() {
        let printed = |shares: [f64; 3], half: f64, target: f64| {
            let half = telling(Some(half), &shares, target);
            shares.map(|v| share(v, half))
        };
        // It misses the target, by so little that whole percentages would hide it.
        assert_eq!(printed([0.789, 0.779, 0.799], 0.01, 0.8), ["78.9%", "77.9%", "79.9%"]);
        assert_eq!(printed([0.7985, 0.7975, 0.79968], 0.001, 0.8), ["79.85%", "79.75%", "79.97%"]);
        // It meets the target with a little to spare.
        assert_eq!(printed([0.82, 0.803, 0.837], 0.017, 0.8), ["82.0%", "80.3%", "83.7%"]);
        // It cannot be told, and the interval says so.
        assert_eq!(printed([0.81, 0.799, 0.821], 0.011, 0.8), ["81.0%", "79.9%", "82.1%"]);
        // Far from the target, or right on it, nothing more is needed.
        assert_eq!(printed([0.76, 0.75, 0.77], 0.01, 0.8), ["76%", "75%", "77%"]);
        assert_eq!(printed([0.81, 0.8, 0.82], 0.01, 0.8), ["81%", "80%", "82%"]);
    }

    #[test]
    fn an_interval_across_zero_shows_no_difference() {
        assert_eq!(
            difference(Unit::Share, -0.001, (-0.008, 0.003)),
            "no difference can be shown (95% interval 0.8 lower to 0.3 points higher)"
        );
        assert_eq!(
            difference(Unit::Share, 0.0, (0.0, 0.0)),
            "no difference can be shown (95% interval 0 to 0 points)"
        );
    }

    #[test]
    fn names_that_could_be_misread_are_quoted() {
        assert_eq!(named("12 FTE"), "12 FTE");
        assert_eq!(named("12 FTE, 175,000 calls"), "‘12 FTE, 175,000 calls’");
        assert_eq!(shortened("a rather long name of an option", 16), "a rather long…");
        assert_eq!(count(3), "three");
        assert_eq!(count(14), "14");
        assert_eq!(capitalised("two"), "Two");
    }
}
