//! The scenario as written: a tree of values, each of which remembers where it stands in which file.

use toml::de::{DeTable, DeValue};

use super::code::Code;
use super::finding::Findings;
use super::path::{Part, Path};
use super::slip;

/// Where a key or a value stands: a file by number (0 is the scenario itself) and a range of bytes in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Place {
    /// Number of the file.
    pub(super) file: u16,
    /// First byte.
    pub(super) start: u32,
    /// The byte after the last.
    pub(super) end: u32,
}

impl Place {
    /// A range of bytes of a file.
    pub(super) fn new(file: u16, span: std::ops::Range<usize>) -> Place {
        Place { file, start: span.start as u32, end: span.end as u32 }
    }

    /// From the first byte of the two to the last.
    pub(super) fn and(self, other: Place) -> Place {
        Place { file: self.file, start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Whether another place lies inside this one.
    pub(super) fn holds(self, other: Place) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// A value and its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    /// The value.
    pub(super) value: Value,
    /// Where it stands.
    pub(super) place: Place,
}

/// A value as TOML knows it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// A text.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number with a fraction; may be infinite or not a number, as TOML allows.
    Number(f64),
    /// True or false.
    Flag(bool),
    /// A date, a time or both, as written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// Keys and values in the order of the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Table {
    /// The entries.
    pub(super) entries: Vec<Entry>,
}

/// One key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    /// The key.
    pub(super) key: String,
    /// Where the key stands.
    pub(super) key_place: Place,
    /// The value.
    pub(super) node: Node,
}

impl Table {
    /// The entry of a key.
    pub(super) fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|e| e.key == key)
    }

    /// The value of a key.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|e| &e.node)
    }

    /// The value of a key, to be changed.
    pub(super) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.entries.iter_mut().find(|e| e.key == key).map(|e| &mut e.node)
    }

    /// Takes a key out.
    pub(super) fn remove(&mut self, key: &str) -> Option<Entry> {
        let at = self.entries.iter().position(|e| e.key == key)?;
        Some(self.entries.remove(at))
    }

    /// Puts an entry in the place of the one with the same key, or at the end.
    pub(super) fn put(&mut self, entry: Entry) {
        match self.entries.iter_mut().find(|e| e.key == entry.key) {
            Some(old) => *old = entry,
            None => self.entries.push(entry),
        }
    }

    /// The keys, in order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|e| e.key.as_str())
    }
}

impl Node {
    /// The table it is, if it is one.
    pub(super) fn table(&self) -> Option<&Table> {
        if let Value::Table(table) = &self.value { Some(table) } else { None }
    }

    /// The table it is, to be changed.
    pub(super) fn table_mut(&mut self) -> Option<&mut Table> {
        if let Value::Table(table) = &mut self.value { Some(table) } else { None }
    }

    /// The list it is, if it is one.
    pub(super) fn list(&self) -> Option<&[Node]> {
        if let Value::List(list) = &self.value { Some(list) } else { None }
    }

    /// The text it is, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    /// The value at a path below this one.
    pub(super) fn at(&self, path: &Path) -> Option<&Node> {
        path.parts.iter().try_fold(self, |node, part| match part {
            Part::Key(key) => node.table()?.get(key),
            Part::Entry(number) => node.list()?.get(number.checked_sub(1)?),
        })
    }

    /// The value at a path below this one, to be changed.
    pub(super) fn at_mut(&mut self, path: &Path) -> Option<&mut Node> {
        path.parts.iter().try_fold(self, |node, part| match part {
            Part::Key(key) => node.table_mut()?.get_mut(key),
            Part::Entry(number) => match &mut node.value {
                Value::List(list) => list.get_mut(number.checked_sub(1)?),
                _ => None,
            },
        })
    }

    /// From the first to the last byte of this value and all below it, in the scenario's own file. A table
    /// opened by a header reaches as far as its last key.
    pub(super) fn extent(&self) -> Place {
        match &self.value {
            Value::Table(table) => table
                .entries
                .iter()
                .fold(self.place, |extent, entry| extent.and(entry.key_place).and(entry.node.extent())),
            Value::List(list) => list.iter().fold(self.place, |extent, node| extent.and(node.extent())),
            _ => self.place,
        }
    }

    /// What kind of value it is, in words.
    pub(super) fn describe(&self) -> &'static str {
        match self.value {
            Value::Text(_) => "a text",
            Value::Whole(_) => "a whole number",
            Value::Number(_) => "a number with a fraction",
            Value::Flag(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// More faulty lines than this are the echo of the first.
const MOST_SYNTAX_ERRORS: usize = 5;

/// Parses a scenario file. Every syntax error becomes a finding; with any, there is no tree.
pub(super) fn parse(text: &str, findings: &mut Findings) -> Option<Node> {
    let (document, errors) = DeTable::parse_recoverable(text);
    if errors.is_empty() && document.get_ref().is_empty() {
        let help = "begin with one that is there, for example scenarios/district-council.toml";
        findings.fault(Code::EmptyFile, Place::default(), "the file is empty", help);
        return None;
    }
    if errors.is_empty() {
        let place = Place::default();
        return Some(Node { value: Value::Table(table(document.get_ref())), place });
    }
    let mut told = Vec::new();
    for error in &errors {
        let span = error.span().unwrap_or(0..0);
        let line = text.get(..span.start).map_or(0, |before| before.matches('\n').count());
        if told.last().is_none_or(|(last, _, _)| *last != line) {
            told.push((line, span, error.message().lines().next().unwrap_or("this is not TOML")));
        }
    }
    told.sort_by_key(|(line, span, _)| (*line, span.start));
    // A bracket or quote left open makes nonsense of the lines that follow: their faults are its echo.
    let mut last = None;
    let mut lost = false;
    told.retain(|(line, _, _)| {
        let echo = last.is_some_and(|last| *line <= last + 1);
        lost |= last.is_some_and(|last| *line == last + 1);
        last = Some(*line);
        !echo
    });
    lost |= told.len() > MOST_SYNTAX_ERRORS;
    told.truncate(if lost { 1 } else { MOST_SYNTAX_ERRORS });
    for (_, span, parser) in told {
        let empty = text.get(span.clone()).is_some_and(|part| part.trim().is_empty());
        let message = if empty && parser.contains("must be quoted") { "a value is missing" } else { parser };
        // What the grammar would have allowed instead helps nobody who has not read it.
        let message = message.split(", expected").next().unwrap_or(message);
        let slip = slip::remedy(text, span.start, parser);
        let help = match message {
            _ if slip.is_some() => slip.as_deref().unwrap_or_default(),
            _ if lost => {
                "look for a bracket or a quote left open here or just before; then check again for more"
            }
            _ if message.contains("duplicate key") => {
                "a key may be given once in its table: remove one of the two"
            }
            _ => "the file is written in TOML: texts in quotes, key = value, one table a [header]",
        };
        findings.fault(Code::Syntax, Place::new(0, span), message, help);
    }
    None
}

fn table(source: &DeTable<'_>) -> Table {
    let entries = source.iter().map(|(key, value)| Entry {
        key: key.get_ref().to_string(),
        key_place: Place::new(0, key.span()),
        node: node(value.get_ref(), Place::new(0, value.span())),
    });
    Table { entries: entries.collect() }
}

fn node(source: &DeValue<'_>, place: Place) -> Node {
    let value = match source {
        DeValue::String(text) => Value::Text(text.to_string()),
        // A number too long for 64 bits is kept as the nearest floating-point number: the range check refuses it.
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix())
            .map_or_else(|_| Value::Number(n.as_str().parse().unwrap_or(f64::INFINITY)), Value::Whole),
        DeValue::Float(n) => Value::Number(n.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(list) => {
            Value::List(list.iter().map(|item| node(item.get_ref(), Place::new(0, item.span()))).collect())
        }
        DeValue::Table(inner) => Value::Table(table(inner)),
    };
    Node { value, place }
}
