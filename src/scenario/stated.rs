//! What a scenario states, key by key: every value of the base, who gave it, and where it comes from.

use super::declaration::Kind;
use super::diff::OptionDiff;
use super::keys::SCENARIO;
use super::meant::Provenance;
use super::path::{Part, Path};
use super::tree::{Node, Value};
use super::write::inline;

/// What goes with every result besides the scenario as meant.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// Every value of the base, defaults too, in the order of the file.
    pub values: Vec<Stated>,
    /// What each option changes of the base under the same view, and each view of the base without one, in the
    /// order of the study's options; the base without a view changes nothing and is left out.
    pub changes: Vec<OptionDiff>,
    /// What the author should know: "message: help".
    pub warnings: Vec<String>,
}

/// One value of the base.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// Path of its key.
    pub path: String,
    /// The value, as people write it.
    pub value: String,
    /// What the key means: one sentence, lower case, no full stop.
    pub help: &'static str,
    /// Whether the author gave it; else it is the format's default.
    pub given: bool,
}

/// Keys of the top level that are about the file and not about the centre.
const ABOUT_THE_FILE: [&str; 9] =
    ["format", "name", "question", "baseline", "expect", "sources", "assumptions", "options", "views"];

/// Every value of a complete tree; `written` is the file as its author wrote it.
pub(super) fn values(base: &Node, written: &Node) -> Vec<Stated> {
    let mut found = Vec::new();
    let Some(table) = base.table() else { return found };
    for entry in table.entries.iter().filter(|e| !ABOUT_THE_FILE.contains(&e.key.as_str())) {
        if let Some(key) = SCENARIO.under(&entry.key) {
            gather(&entry.node, &key.kind, key.help, &Path::of([entry.key.as_str()]), written, &mut found);
        }
    }
    found
}

fn gather(
    node: &Node,
    kind: &Kind,
    help: &'static str,
    path: &Path,
    written: &Node,
    found: &mut Vec<Stated>,
) {
    match node.table() {
        Some(table) if !table.entries.is_empty() => {
            for entry in &table.entries {
                let Some(key) = kind.under(&entry.key) else { continue };
                let bare = entry.node.table().is_some_and(|t| t.entries.is_empty());
                if bare && matches!(kind, Kind::OneOf(_)) {
                    // A kind without keys of its own is itself the value: policy.closing is "finish-queue".
                    found.push(stated(path, entry.key.clone(), key.help, written));
                } else {
                    gather(&entry.node, &key.kind, key.help, &path.with(&entry.key), written, found);
                }
            }
        }
        Some(_) => {}
        None => found.push(stated(path, shown(node), help, written)),
    }
}

fn stated(path: &Path, value: String, help: &'static str, written: &Node) -> Stated {
    Stated { path: path.to_string(), value, help, given: written.at(path).is_some() }
}

/// A value as people write it: texts without quotes.
fn shown(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => text.clone(),
        _ => inline(node),
    }
}

/// Where the value at a path comes from: the most particular of the sources and assumptions that speak of it, be it of
/// the key itself, of a table that holds it, or of a part of it.
pub fn origin<'a>(provenance: &'a [Provenance], path: &str) -> Option<&'a Provenance> {
    let path = Path::parse(path)?;
    let depth = |p: &&Provenance| Path::parse(&p.path).map_or(0, |path| path.parts.len());
    let about = |p: &&Provenance| {
        Path::parse(&p.path).is_some_and(|of| of.parts.len() <= path.parts.len() && of.touches(&path))
    };
    provenance.iter().filter(about).max_by_key(depth)
}

/// The same for a value that an option or a view changes.
pub fn origin_of_change<'a>(
    provenance: &'a [Provenance],
    section: &str,
    name: &str,
    path: &str,
) -> Option<&'a Provenance> {
    let mut whole = Path::of([section, name]);
    whole.parts.extend(Path::parse(path)?.parts);
    origin(provenance, &whole.to_string()).filter(|p| {
        Path::parse(&p.path).is_some_and(|of| matches!(&of.parts[..], [_, Part::Key(key), ..] if key == name))
    })
}
