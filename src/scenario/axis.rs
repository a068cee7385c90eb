//! An input varied over a range: its key, its unit, and the values it takes.

use super::code::Code;
use super::declaration::{Key, Kind, names};
use super::finding::Findings;
use super::keys::{FIXED, SCENARIO};
use super::nearest::nearest;
use super::path::{Part, Path};
use super::tree::{Node, Place, Value, parse};
use super::value::{self, Complaint};
use crate::unit::{Micros, duration, seconds};

/// What kind of number an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// A share of one.
    Share,
    /// A plain number.
    Number,
    /// A whole number.
    Whole,
    /// A length of time, in seconds.
    Seconds,
    /// Money, in the scenario's currency.
    Money,
}

/// A number of the scenario, varied from one value to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    /// Path of its key.
    pub path: String,
    /// What it is.
    pub quantity: Quantity,
    /// Its unit for people where it is a plain or whole number, such as "agents".
    pub unit: &'static str,
    /// What the key means: one sentence, lower case, no full stop.
    pub help: &'static str,
    /// The values, equally spaced, both ends included; durations in seconds.
    pub values: Vec<f64>,
    /// The same as the file would have them.
    pub texts: Vec<String>,
    pub(super) steps: Path,
    pub(super) nodes: Vec<Node>,
}

/// Points of a range that says nothing of them, unless whole numbers go by one.
const POINTS: usize = 11;
/// More points than this are refused, those of two inputs multiplied.
pub const MOST_POINTS: usize = 1000;

impl Axis {
    /// Reads `PATH=FROM..TO` or `PATH=FROM..TO/POINTS`, both ends included.
    ///
    /// # Errors
    /// What is wrong, and what to write instead.
    pub fn parse(text: &str) -> Result<Axis, String> {
        let (path, range) = at_equals(text).ok_or(
            "no path and range; write a key and two values, such as teams.core.agents=8..16 or response.redials=0..0.5/6",
        )?;
        let (range, points) = match range.rsplit_once('/') {
            Some((range, points)) => {
                let points = points.trim();
                let wrong = || {
                    format!("\"{points}\" is no number of points; write a whole number from 2, such as /9")
                };
                (range, Some(points.parse::<usize>().map_err(|_| wrong())?))
            }
            None => (range, None),
        };
        let (from, to) = range.split_once("..").ok_or_else(|| {
            format!("\"{}\" is no range; write FROM..TO, such as 8..16 or 20s..3m", range.trim())
        })?;
        let said = |complaint: Complaint| format!("{}; {}", complaint.message, complaint.help);
        let path = Path::parse(path).map_or_else(|| value::bad_path(path), Ok).map_err(said)?;
        Axis::between(&path, &as_toml(from), &as_toml(to), points).map_err(said)
    }

    /// An input from one value to another.
    pub(super) fn between(
        path: &Path,
        from: &Node,
        to: &Node,
        points: Option<usize>,
    ) -> Result<Axis, Complaint> {
        let (key, kind) = key_at(path)?;
        let quantity = quantity(path, kind)?;
        let read = |node: &Node| match quantity {
            Quantity::Whole => value::whole(key.name, kind, node).map(|n| n as f64),
            Quantity::Seconds => value::length(key.name, kind, node).map(|t| t as f64),
            _ => value::number(key.name, kind, node),
        };
        let (low, high) = (read(from)?, read(to)?);
        let whole = quantity == Quantity::Whole;
        let count = count(low, high, points, whole)?;
        let at = |i: usize| low + (high - low) * i as f64 / (count - 1) as f64;
        let nodes: Vec<Node> = (0..count).map(|i| node(quantity, at(i))).collect();
        let unit = match *kind {
            Kind::Number { unit, .. } | Kind::Whole { unit, .. } => unit,
            _ => "",
        };
        Ok(Axis {
            path: path.to_string(),
            quantity,
            unit,
            help: key.help,
            values: nodes.iter().map(number).collect(),
            texts: nodes.iter().map(super::stated::shown).collect(),
            steps: path.clone(),
            nodes,
        })
    }
}

/// Splits at the first equals sign outside quotation marks.
fn at_equals(text: &str) -> Option<(&str, &str)> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if c == open => quote = None,
            (None, '=') => return Some((&text[..at], &text[at + 1..])),
            _ => {}
        }
    }
    None
}

/// A value as TOML has it; a text may lack its quotes.
pub(super) fn as_toml(text: &str) -> Node {
    let text = text.trim();
    let parsed = parse(&format!("v = {text}"), &mut Findings::default());
    let value = parsed.as_ref().and_then(|node| node.table()?.get("v")).map(|node| node.value.clone());
    Node { value: value.unwrap_or_else(|| Value::Text(text.to_owned())), place: Place::default() }
}

/// The number a value of an axis is; durations in seconds.
pub(super) fn number(node: &Node) -> f64 {
    match &node.value {
        Value::Whole(n) => *n as f64,
        Value::Number(n) => *n,
        Value::Text(text) => crate::unit::parse_duration(text).map_or(f64::NAN, seconds),
        _ => f64::NAN,
    }
}

/// The value of a quantity; durations come in microseconds.
fn node(quantity: Quantity, value: f64) -> Node {
    let value = match quantity {
        Quantity::Whole => Value::Whole(value.round() as i64),
        Quantity::Seconds => Value::Text(duration((value + 0.5) as Micros)),
        // Without the noise of binary fractions.
        _ => Value::Number(format!("{value:.11e}").parse().unwrap_or(value)),
    };
    Node { value, place: Place::default() }
}

fn complain<T>(code: Code, message: impl Into<String>, help: impl Into<String>) -> Result<T, Complaint> {
    Err(Complaint { code, message: message.into(), help: help.into() })
}

/// How many points a range has.
fn count(low: f64, high: f64, points: Option<usize>, whole: bool) -> Result<usize, Complaint> {
    if low >= high {
        let help = if low > high { "write the lower value first" } else { "give two different values" };
        let what = if low > high { "begins above its end" } else { "has one value only" };
        return complain(Code::WrongOrder, format!("the range {what}"), help);
    }
    let by_one = high - low + 1.0;
    let count = match points {
        Some(points) => points,
        None if whole && by_one > MOST_POINTS as f64 => {
            let message =
                format!("{by_one} points, one for each whole number: at most {MOST_POINTS} are run");
            return complain(Code::TooMany, message, "give fewer, as in 0..10000/11");
        }
        None if whole => by_one as usize,
        None => POINTS,
    };
    if count < 2 {
        return complain(
            Code::OutOfRange,
            format!("a range of {count} points"),
            "both ends are points: give at least 2",
        );
    }
    if count > MOST_POINTS {
        return complain(
            Code::TooMany,
            format!("{count} points: at most {MOST_POINTS} are run"),
            "give fewer",
        );
    }
    let fits = |count: usize| (high - low) % (count - 1) as f64 == 0.0;
    if whole && !fits(count) {
        let near = (2..=MOST_POINTS).filter(|n| fits(*n)).min_by_key(|n| n.abs_diff(count)).unwrap_or(2);
        let message = format!("{count} points from {low} to {high} do not all fall on whole numbers");
        return complain(Code::UnevenInterval, message, format!("write /{near}, or leave the points out"));
    }
    Ok(count)
}

/// The key that a path leads to, and what it holds, be it an entry of its list.
fn key_at(path: &Path) -> Result<(&'static Key, &'static Kind), Complaint> {
    let mut kind: &'static Kind = &SCENARIO;
    let mut found = None;
    let mut so_far = Path::default();
    for (depth, part) in path.parts.iter().enumerate() {
        match part {
            Part::Key(key) => {
                if depth == 0 && FIXED.contains(&key.as_str()) {
                    return complain(
                        Code::NoSuchPath,
                        format!("`{path}` is not an input of an option"),
                        fixed(key),
                    );
                }
                let Some(under) = kind.under(key) else { return unknown(kind, key, &so_far, path, depth) };
                found = Some(under);
                kind = &under.kind;
            }
            Part::Entry(_) => {
                let Kind::List { entry, .. } = kind else {
                    let help = "only entries of lists are numbered, as in shifts.early.breaks[1].length";
                    return complain(Code::NoSuchPath, format!("`{so_far}` is no list"), help);
                };
                kind = entry;
            }
        }
        so_far.parts.push(part.clone());
    }
    match found {
        Some(key) => Ok((key, kind)),
        None => value::bad_path(&path.to_string()),
    }
}

fn fixed(section: &str) -> &'static str {
    match section {
        "options" => {
            "name the key as the base has it, such as policy.wrap.target.within, and the option with --option"
        }
        "views" => "name the key as the base has it, such as response.redials, and the view with --view",
        _ => "vary what an option may change: opening, queues, teams, shifts, policy, response",
    }
}

fn unknown<T>(
    kind: &'static Kind,
    key: &str,
    so_far: &Path,
    path: &Path,
    depth: usize,
) -> Result<T, Complaint> {
    let message = match depth {
        0 => format!("a scenario has no key `{key}`"),
        _ => format!("`{so_far}` has no key `{key}`"),
    };
    let help = match nearest(key, kind.keys().iter().map(|k| k.name)) {
        Some(near) => {
            let mut meant = so_far.with(near);
            meant.parts.extend_from_slice(&path.parts[depth + 1..]);
            format!("did you mean `{meant}`?")
        }
        None if kind.keys().is_empty() => "it has no keys of its own".to_owned(),
        None => format!("its keys are {}", names(kind.keys()).replace(" or ", " and ")),
    };
    complain(Code::UnknownKey, message, help)
}

/// What kind of number a key holds.
fn quantity(path: &Path, kind: &'static Kind) -> Result<Quantity, Complaint> {
    match kind {
        Kind::Share => Ok(Quantity::Share),
        Kind::Number { .. } if kind.is_money() => Ok(Quantity::Money),
        Kind::Number { .. } => Ok(Quantity::Number),
        Kind::Whole { .. } => Ok(Quantity::Whole),
        Kind::Duration { .. } => Ok(Quantity::Seconds),
        _ => {
            let help = match kind.keys() {
                [] => "numbers, shares and durations can be varied".to_owned(),
                keys => format!("vary a number in it; it holds {}", names(keys)),
            };
            complain(Code::WrongType, format!("`{path}` should be a number, not {}", kind.expects()), help)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        Axis::parse(text).expect_err(text)
    }

    #[test]
    fn both_ends_are_points_and_units_are_the_keys_own() {
        let agents = Axis::parse("teams.full-time.agents=8..16").unwrap();
        assert_eq!(agents.values, (8..=16).map(f64::from).collect::<Vec<_>>());
        assert_eq!((agents.quantity, agents.unit), (Quantity::Whole, "agents"));
        let within = Axis::parse("policy.wrap.target.within=20s..3m/9").unwrap();
        assert_eq!(within.values, (1..=9).map(|i| 20.0 * f64::from(i)).collect::<Vec<_>>());
        assert_eq!((within.texts[3].as_str(), within.quantity), ("1m20s", Quantity::Seconds));
        let share = Axis::parse("response.redials = 0 .. 0.5").unwrap();
        assert_eq!(share.texts[3], "0.15");
        assert_eq!(Axis::parse("teams.\"a = b\".pay-per-hour=9..12.5/8").unwrap().quantity, Quantity::Money);
        assert_eq!(
            Axis::parse("shifts.early.breaks[2].length=10m..20m/3").unwrap().values,
            [600.0, 900.0, 1200.0]
        );
        assert_eq!(Axis::parse("teams.x.agents=8..16/5").unwrap().values, [8.0, 10.0, 12.0, 14.0, 16.0]);
    }

    #[test]
    fn what_is_no_range_is_told_with_what_to_write() {
        for (wrong, words) in [
            ("teams.core.agents", "write a key and two values, such as"),
            ("teams.core.agents=8", "\"8\" is no range; write FROM..TO"),
            ("teams.core.agents=8..16/x", "\"x\" is no number of points"),
            ("teams.core.agents=8..16/1", "both ends are points: give at least 2"),
            (
                "teams.core.agents=8..16/4",
                "do not all fall on whole numbers; write /5, or leave the points out",
            ),
            ("teams.core.agents=16..8", "begins above its end; write the lower value first"),
            ("teams.core.agents=8..8", "has one value only"),
            ("teams.core.agents=8..9000", "at most 1000 are run; give fewer"),
            ("teams.core.agents=8.5..9", "write it without a fraction: 9"),
            ("teams.core.agent=8..9", "did you mean `teams.core.agents`?"),
            ("team.core.agents=8..9", "did you mean `teams.core.agents`?"),
            ("queues.a.patience.weibull.mean=20..180", "write \"20s\", \"20m\" or \"20h\""),
            ("response.redials=0..1.5", "shares are from 0 to 1"),
            ("response.redials=10%..50%", "write 0.1"),
            ("policy.wrap=1..2", "should be a number, not a table"),
            ("horizon.weeks=1..2", "not an input of an option; vary what an option may change"),
            ("options.four.teams.core.agents=1..2", "and the option with --option"),
            ("teams[1].agents=1..2", "`teams` is no list"),
            ("a b=1..2", "is not a path of keys"),
        ] {
            assert!(fault(wrong).contains(words), "{wrong}: {}", fault(wrong));
        }
    }
}
