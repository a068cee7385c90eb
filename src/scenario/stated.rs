//! What a scenario states, key by key: every value of the base, who gave it, and where it comes from.

use super::declaration::{Key, Kind, Need};
use super::diff::OptionDiff;
use super::keys::SCENARIO;
use super::meant::{Horizon, Provenance};
use super::path::{Part, Path};
use super::tree::{Entry, Node, Value};
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
    /// Whether it differs from the format's default, or the format has none.
    pub given: bool,
}

/// Keys of the top level that are about the file and not about the centre.
const ABOUT_THE_FILE: [&str; 11] = [
    "format",
    "name",
    "question",
    "baseline",
    "expect",
    "ranges",
    "sweeps",
    "sources",
    "assumptions",
    "options",
    "views",
];

/// Every value of a complete tree, in the order of declaration, names in the order of the file. Nothing depends on
/// whether a default was written out: a scenario and its resolved form state the same.
pub(super) fn values(base: &Node, horizon: &Horizon) -> Vec<Stated> {
    let mut found = Vec::new();
    for (entry, key) in in_order(base, &SCENARIO).filter(|(e, _)| !ABOUT_THE_FILE.contains(&e.key.as_str())) {
        gather(&entry.node, key, &Path::of([entry.key.as_str()]), &mut found);
    }
    // Left out, these two are worked out; their values stand among those of the horizon.
    let worked_out = [("warm-up", horizon.warm_up_days), ("follow-up", horizon.follow_up_days)];
    let after = found.iter().rposition(|v| v.path.starts_with("horizon.")).map_or(0, |last| last + 1);
    for (name, days) in worked_out.into_iter().rev() {
        let help = SCENARIO.under("horizon").and_then(|key| key.kind.under(name)).map_or("", |key| key.help);
        let value = if days == 0 { "none".to_owned() } else { format!("{days}d") };
        let path = format!("horizon.{name}");
        found.insert(after, Stated { path, value, help, given: false });
    }
    found
}

/// The entries of a table with their keys: declared ones in the order of declaration, then names.
fn in_order<'a>(node: &'a Node, kind: &'static Kind) -> impl Iterator<Item = (&'a Entry, &'static Key)> {
    let mut entries: Vec<(&Entry, &Key)> = node
        .table()
        .into_iter()
        .flat_map(|table| &table.entries)
        .filter_map(|entry| Some((entry, kind.under(&entry.key)?)))
        .collect();
    entries.sort_by_key(|(e, _)| kind.keys().iter().position(|k| k.name == e.key).unwrap_or(usize::MAX));
    entries.into_iter()
}

fn gather(node: &Node, key: &'static Key, path: &Path, found: &mut Vec<Stated>) {
    if matches!(path.parts[..], [_, Part::Key(ref last)] if ["warm-up", "follow-up"].contains(&last.as_str()))
    {
        return;
    }
    if node.table().is_none() {
        let value = shown(node);
        let given = !matches!(key.need, Need::Default(default) if default == inline(node));
        found.push(Stated { path: path.to_string(), value, help: key.help, given });
        return;
    }
    for (entry, below) in in_order(node, &key.kind) {
        let bare = entry.node.table().is_some_and(|t| t.entries.is_empty());
        if bare && matches!(key.kind, Kind::OneOf(_)) {
            // A kind without keys of its own is itself the value: policy.closing is "finish-queue".
            let given = !matches!(key.need, Need::Default(default) if default == format!("{{ {} = {{}} }}", entry.key));
            found.push(Stated { path: path.to_string(), value: entry.key.clone(), help: below.help, given });
        } else {
            gather(&entry.node, below, &path.with(&entry.key), found);
        }
    }
}

/// A value as people write it: texts without quotes.
pub(super) fn shown(node: &Node) -> String {
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
