//! What an option changes, key by key.

use super::declaration::Kind;
use super::keys::{FIXED, SCENARIO};
use super::path::Path;
use super::tree::{Node, Table};
use super::write::inline;

/// The inputs in which one setting differs from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionDiff {
    /// The option's name.
    pub option: String,
    /// The view's name, where the scenario has views.
    pub view: Option<String>,
    /// Path, value in the base, value in the option; a value that is not there is a dash.
    pub rows: Vec<(String, String, String)>,
}

/// What stands for a value that is not there.
const ABSENT: &str = "—";

/// The rows in which two complete trees differ, in the order of the first, then what only the second has.
pub(super) fn rows(base: &Node, option: &Node) -> Vec<(String, String, String)> {
    let mut rows = Vec::new();
    compare(Some(base), Some(option), &SCENARIO, &Path::default(), &mut rows);
    rows
}

fn compare(
    base: Option<&Node>,
    option: Option<&Node>,
    kind: &Kind,
    path: &Path,
    rows: &mut Vec<(String, String, String)>,
) {
    // What an option leaves alone is the base's own, places and all: most of a scenario.
    if base == option {
        return;
    }
    let (left, right) = (base.and_then(Node::table), option.and_then(Node::table));
    if left.is_none() && right.is_none() {
        let shown = |node: Option<&Node>| match node {
            None => ABSENT.to_owned(),
            Some(node) => node.text().map_or_else(|| inline(node), str::to_owned),
        };
        let (left, right) = (shown(base), shown(option));
        if left != right {
            rows.push((path.to_string(), left, right));
        }
        return;
    }
    let empty = Table::default();
    let (left, right) = (left.unwrap_or(&empty), right.unwrap_or(&empty));
    if left.entries.is_empty() != right.entries.is_empty() || base.is_none() != option.is_none() {
        // A kind without keys of its own (`as-needed = {}`) would otherwise leave no row.
        let bare =
            |table: &Table, node: Option<&Node>| node.filter(|_| table.entries.is_empty()).map(|_| "{}");
        let (a, b) = (bare(left, base), bare(right, option));
        if a.is_some() || b.is_some() {
            rows.push((path.to_string(), a.unwrap_or(ABSENT).to_owned(), b.unwrap_or(ABSENT).to_owned()));
        }
    }
    let keys = left.keys().chain(right.keys().filter(|key| left.get(key).is_none()));
    for key in keys.filter(|key| !(path.parts.is_empty() && FIXED.contains(key))) {
        let below = kind.under(key).map_or(Kind::Text, |key| key.kind);
        compare(left.get(key), right.get(key), &below, &path.with(key), rows);
    }
}
