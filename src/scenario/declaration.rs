//! How a key is declared: name, kind, range, default and one sentence, once. Reading, faults, remedies, the
//! schema and `explain` all follow from it.

use crate::unit::{Micros, duration};

/// One key of the format.
#[derive(Debug, Clone, Copy)]
pub struct Key {
    /// Its name; for the entries of a map, the word that stands for the name.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it must be given, and what holds if not.
    pub need: Need,
    /// One sentence of help, lower case, no full stop.
    pub help: &'static str,
}

/// The unit of money, which the currency stands before.
pub(super) const MONEY: &str = "an hour";

/// Whether a key must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It must.
    Required,
    /// It may be left out, which means something of its own.
    Optional,
    /// Left out, it is this (as TOML).
    Default(&'static str),
}

/// What a key holds.
#[derive(Debug, Clone, Copy)]
pub enum Kind {
    /// The version of the format.
    Format,
    /// Any text.
    Text,
    /// True or false.
    Flag,
    /// A number from 0 to 1.
    Share,
    /// A number.
    Number {
        /// Lowest value.
        low: f64,
        /// Whether the lowest value itself is outside.
        above: bool,
        /// Highest value.
        high: f64,
        /// Unit, for people.
        unit: &'static str,
    },
    /// A whole number.
    Whole {
        /// Lowest value.
        low: i64,
        /// Highest value.
        high: i64,
        /// Unit, for people.
        unit: &'static str,
    },
    /// A duration with its unit.
    Duration {
        /// Whether it may be zero.
        zero: bool,
        /// Longest.
        longest: Micros,
    },
    /// Whole days as a duration, or "none".
    DaysOrNone,
    /// A date.
    Date,
    /// A time of day.
    Clock,
    /// Hours of a day, "08:00-18:00".
    Hours(HoursKind),
    /// One of some texts, each with its meaning.
    Choice(&'static [(&'static str, &'static str)]),
    /// A file beside the scenario.
    File,
    /// Two numbers, low and high.
    Interval,
    /// Two values of the number whose path it stands under, low and high.
    Range,
    /// A path of keys.
    Path,
    /// Entries of one kind; `length` where there must be so many.
    List {
        /// The entries.
        entry: &'static Kind,
        /// How many, where that is fixed.
        length: Option<usize>,
        /// What an entry is, for people.
        noun: &'static str,
    },
    /// A table of keys.
    Table {
        /// Its keys.
        keys: &'static [Key],
        /// Sets of keys of which exactly one must be given whole; keys in no set stand by themselves.
        ways: &'static [&'static [&'static str]],
    },
    /// Exactly one of these keys: the kind is the key itself.
    OneOf(&'static [Key]),
    /// Entries by name, besides some keys of its own.
    Map {
        /// What names there may be.
        names: Names,
        /// Keys that are not names.
        keys: &'static [Key],
        /// What stands under a name.
        entry: &'static Key,
    },
    /// A patch in the keys of the scenario itself, besides some keys of its own.
    Patch(&'static [Key]),
}

/// Which hours are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HoursKind {
    /// Opening hours: within a day, or "closed".
    Opening,
    /// A shift: may cross midnight.
    Shift,
}

/// What names a map may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    /// Any but the empty text.
    Free,
    /// Weekdays and ranges of weekdays.
    Weekdays,
    /// Paths of keys.
    Paths,
}

impl Key {
    /// A key that must be given.
    pub const fn required(name: &'static str, kind: Kind, help: &'static str) -> Key {
        Key { name, kind, need: Need::Required, help }
    }

    /// A key that may be left out.
    pub const fn optional(name: &'static str, kind: Kind, help: &'static str) -> Key {
        Key { name, kind, need: Need::Optional, help }
    }

    /// A key with a default, written as TOML.
    pub const fn default(name: &'static str, kind: Kind, default: &'static str, help: &'static str) -> Key {
        Key { name, kind, need: Need::Default(default), help }
    }
}

impl Kind {
    /// A duration longer than zero.
    pub const fn longer(longest: Micros) -> Kind {
        Kind::Duration { zero: false, longest }
    }

    /// A duration from zero.
    pub const fn duration(longest: Micros) -> Kind {
        Kind::Duration { zero: true, longest }
    }

    /// A number above zero.
    pub const fn above_zero(high: f64, unit: &'static str) -> Kind {
        Kind::Number { low: 0.0, above: true, high, unit }
    }

    /// A number from zero.
    pub const fn from_zero(high: f64, unit: &'static str) -> Kind {
        Kind::Number { low: 0.0, above: false, high, unit }
    }

    /// A table in which every key stands by itself.
    pub const fn table(keys: &'static [Key]) -> Kind {
        Kind::Table { keys, ways: &[] }
    }

    /// Whether it is money, in the scenario's currency.
    pub(super) fn is_money(&self) -> bool {
        matches!(self, Kind::Number { unit, .. } if *unit == MONEY)
    }

    /// The keys of a table of this kind that have names of their own.
    pub fn keys(&self) -> &'static [Key] {
        match self {
            Kind::Table { keys, .. } | Kind::OneOf(keys) | Kind::Map { keys, .. } | Kind::Patch(keys) => keys,
            _ => &[],
        }
    }

    /// What stands under a key of a table of this kind.
    pub fn under(&self, key: &str) -> Option<&'static Key> {
        let own = self.keys().iter().find(|k| k.name == key);
        match self {
            Kind::Map { entry, .. } => own.or(Some(entry)),
            _ => own,
        }
    }

    /// What is expected, in words.
    pub fn expects(&self) -> String {
        match self {
            Kind::Format => "the number 1".into(),
            Kind::Text => "a text in quotes".into(),
            Kind::Flag => "true or false".into(),
            Kind::Share => "a share from 0 to 1".into(),
            Kind::Number { .. } => "a number".into(),
            Kind::Whole { .. } => "a whole number".into(),
            Kind::Duration { .. } => "a duration in quotes, with its unit, for example \"90s\"".into(),
            Kind::DaysOrNone => "whole days such as \"7d\", or \"none\"".into(),
            Kind::Date => "a date such as 2004-11-01".into(),
            Kind::Clock => "a time of day in quotes, for example \"08:00\"".into(),
            Kind::Hours(HoursKind::Opening) => {
                "hours in quotes, for example \"08:00-18:00\", or \"closed\"".into()
            }
            Kind::Hours(HoursKind::Shift) => "hours in quotes, for example \"08:00-16:00\"".into(),
            Kind::Choice(choices) => {
                either(&choices.iter().map(|(name, _)| format!("\"{name}\"")).collect::<Vec<_>>())
            }
            Kind::File => "the name of a file beside the scenario, in quotes".into(),
            Kind::Interval => "two numbers, [low, high]".into(),
            Kind::Range => "two values of that number, [low, high]".into(),
            Kind::Path => "a path of keys in quotes, for example \"teams.part-time\"".into(),
            Kind::List { length: Some(n), noun, .. } => format!("a list of {n} {noun}"),
            Kind::List { noun, .. } => format!("a list of {noun}"),
            Kind::Table { .. } | Kind::Patch(_) => "a table of keys".into(),
            Kind::OneOf(keys) => format!("a table with one of {}", names(keys)),
            Kind::Map { .. } => "a table of names".into(),
        }
    }

    /// The range of allowed values, in words; empty where any value will do.
    pub fn range(&self) -> String {
        match *self {
            Kind::Share => "0 to 1".into(),
            Kind::Number { low, above, high, unit } => {
                let from = if above { format!("above {low}") } else { format!("{low}") };
                let to = if high.is_finite() { format!(" to {high}") } else { " or more".into() };
                let to = if above && !high.is_finite() { String::new() } else { to };
                format!("{from}{to} {unit}").trim_end().to_owned()
            }
            Kind::Whole { low, high, unit } if high == i64::MAX => {
                format!("{low} or more {unit}").trim_end().to_owned()
            }
            Kind::Whole { low, high, unit } => format!("{low} to {high} {unit}").trim_end().to_owned(),
            Kind::Duration { zero: true, longest } => format!("0s to {}", duration(longest)),
            Kind::Duration { zero: false, longest } => {
                format!("longer than zero, at most {}", duration(longest))
            }
            _ => String::new(),
        }
    }
}

/// The names of some keys: "`a`, `b` or `c`".
pub(super) fn names(keys: &[Key]) -> String {
    let quoted: Vec<String> = keys.iter().map(|k| format!("`{}`", k.name)).collect();
    either(&quoted)
}

/// "a, b or c".
pub(super) fn either(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// One line of the reference of all keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The key's path; a word in capitals stands for a name of the author's.
    pub path: String,
    /// What it holds.
    pub expects: String,
    /// Its range, where it has one.
    pub range: String,
    /// Whether it must be given, and its default.
    pub need: Need,
    /// One sentence.
    pub help: &'static str,
}

/// Every key below a kind, in the order of declaration.
pub fn reference(kind: &Kind) -> Vec<Reference> {
    let mut lines = Vec::new();
    gather(kind, "", &mut lines);
    lines
}

fn gather(kind: &Kind, path: &str, lines: &mut Vec<Reference>) {
    let mut add = |key: &Key| {
        let path = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
        lines.push(Reference {
            path: path.clone(),
            expects: key.kind.expects(),
            range: key.kind.range(),
            need: key.need,
            help: key.help,
        });
        gather(&key.kind, &path, lines);
    };
    kind.keys().iter().for_each(&mut add);
    match kind {
        Kind::Map { entry, .. } => add(entry),
        Kind::List { entry, .. } => gather(entry, &format!("{path}[]"), lines),
        _ => {}
    }
}
