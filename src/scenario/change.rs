//! Values changed from outside the file: by a sweep or on the command line.

use std::fmt;

use super::code::Code;
use super::defaults::moved;
use super::finding::Findings;
use super::path::Path;
use super::tree::{self, Node, Place, Value};

/// A value to put in the place of the file's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What the change is called in faults, for example `--vary`.
    pub origin: String,
    /// Path of the key.
    pub path: String,
    /// The value as TOML; a text may lack its quotes.
    pub value: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} = {}", self.path, self.value)
    }
}

/// A change as read.
pub(super) struct Changed {
    path: Path,
    value: Node,
    /// Where its path stands.
    place: Place,
}

/// Reads changes; each is a source of its own, numbered from 1.
pub(super) fn parse(changes: &[Change], out: &mut Findings) -> Vec<Changed> {
    let mut read = Vec::new();
    for (number, change) in changes.iter().enumerate() {
        let file = number as u16 + 1;
        let place = Place::new(file, 0..change.path.len());
        let Some(path) = Path::parse(&change.path) else {
            let help = "join keys with dots: queues.enquiries.demand.per-year, teams.core.agents";
            out.fault(Code::NotAPath, place, format!("\"{}\" is not a path of keys", change.path), help);
            continue;
        };
        let start = change.path.len() + " = ".len();
        let value_place = Place::new(file, start..start + change.value.len());
        let parsed = tree::parse(&format!("v = {}", change.value), &mut Findings::default());
        let found = parsed.as_ref().and_then(|node| node.table()?.get("v")).map(|node| node.value.clone());
        let value = found.unwrap_or_else(|| Value::Text(change.value.clone()));
        let value = moved(Node { value, place: value_place }, value_place);
        read.push(Changed { path, value, place });
    }
    read
}

impl Changed {
    /// Puts the value in, where the tree has the key.
    pub(super) fn apply(&self, tree: &mut Node) -> bool {
        let found = tree.at_mut(&self.path);
        found.map(|node| *node = self.value.clone()).is_some()
    }

    /// A change that found no place is a fault.
    pub(super) fn report(&self, places: usize, out: &mut Findings) {
        if places == 0 {
            let help = "name a key by its path from the top of the file, as the file or its defaults have it";
            out.fault(Code::NoSuchPath, self.place, format!("no option has `{}`", self.path), help);
        }
    }
}
