//! Sources and assumptions: paths of keys, each of which must be there.

use super::code::Code;
use super::declaration::{Key, Kind, Need};
use super::defaults::parsed;
use super::fields::Fields;
use super::finding::Findings;
use super::keys::SCENARIO;
use super::meant::Provenance;
use super::nearest::nearest;
use super::path::{Part, Path};
use super::tree::{Node, Value};
use super::write::inline;

/// Reads `sources` and `assumptions`; a path must lead somewhere in one of the trees: the file as written and the
/// resolved options.
pub(super) fn provenance(written: &Node, trees: &[&Node], out: &mut Findings) -> Vec<Provenance> {
    let f = Fields::of(written, &SCENARIO);
    let mut found = Vec::new();
    for (section, assumed) in [("sources", false), ("assumptions", true)] {
        for (entry, _) in f.named(section) {
            let Some(path) = Path::parse(&entry.key) else { continue };
            let there = trees.iter().any(|tree| tree.at(&path).is_some());
            if !there && !trees.iter().any(|tree| is_mistyped(&path, tree)) {
                let message = format!("`{path}` is in no option of this scenario");
                out.fault(Code::NoSuchPath, entry.key_place, message, remedy(&path, trees));
            }
            let text = entry.node.text().unwrap_or_default().to_owned();
            found.push((entry.key_place, Provenance { path: entry.key.clone(), text, assumed }));
        }
    }
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().map(|(_, provenance)| provenance).collect()
}

/// Tables whose numbers decide the results; what is measured against (targets, thresholds) is a choice, not a fact.
const MATTER: [&str; 4] = ["queues", "teams", "policy", "response"];
const CHOSEN: [&str; 3] = ["target", "short-abandon", "priority"];

/// Paths of the base's numbers and files that matter and carry neither source nor assumption. A kind with its numbers
/// (`queues.enquiries.talk.lognormal`) is named as one where none of them carries either.
pub(super) fn unsourced(written: &Node, provenance: &[Provenance]) -> Vec<String> {
    let known: Vec<Path> = provenance.iter().filter_map(|p| Path::parse(&p.path)).collect();
    let mut found = Vec::new();
    for section in MATTER {
        let Some((key, node)) =
            SCENARIO.under(section).zip(written.table().and_then(|table| table.get(section)))
        else {
            continue;
        };
        bare(node, &key.kind, &Path::of([section]), &known, &mut found);
    }
    found.iter().map(Path::to_string).collect()
}

/// Whether a value is what would hold without it: written or not, it is the program's assumption.
fn is_default(node: &Node, key: &Key) -> bool {
    matches!(key.need, Need::Default(default) if inline(node) == inline(&parsed(default)))
}

/// Whether a value is a number, or a file of numbers.
fn is_number(kind: &Kind) -> bool {
    match kind {
        Kind::Share | Kind::Number { .. } | Kind::Whole { .. } | Kind::Duration { .. } | Kind::File => true,
        Kind::List { entry, .. } => is_number(entry) || matches!(entry, Kind::Table { .. }),
        _ => false,
    }
}

/// Adds the paths below a node that carry neither; whether that is all of its numbers.
fn bare(node: &Node, kind: &Kind, path: &Path, known: &[Path], found: &mut Vec<Path>) -> bool {
    if known.iter().any(|known| path.parts.starts_with(&known.parts)) {
        return false;
    }
    if is_number(kind) {
        // A part of it may carry one: an entry of a list.
        let of_part = known.iter().any(|known| known.parts.starts_with(&path.parts));
        if !of_part {
            found.push(path.clone());
        }
        return !of_part;
    }
    let Some(table) = node.table() else { return true };
    let before = found.len();
    let mut all = true;
    for entry in table.entries.iter().filter(|entry| !CHOSEN.contains(&entry.key.as_str())) {
        let Some(key) = kind.under(&entry.key) else { continue };
        if is_default(&entry.node, key) {
            continue;
        }
        all &= bare(&entry.node, &key.kind, &path.with(&entry.key), known, found);
    }
    // Of a law, one line will do.
    if all && found.len() > before + 1 && matches!(kind, Kind::OneOf(_)) {
        found.truncate(before);
        found.push(path.clone());
    }
    all
}

/// Whether a path is right and the key it leads to is mistyped where it stands: that fault is told there, and mending it
/// mends the path.
fn is_mistyped(path: &Path, tree: &Node) -> bool {
    let (mut node, mut kind) = (tree, &SCENARIO);
    for part in &path.parts {
        let (Part::Key(wanted), Some(table)) = (part, node.table()) else { return false };
        let Some(declared) = kind.under(wanted) else { return false };
        let Some(found) = table.get(wanted) else {
            let unknown = |key: &&str| kind.under(key).is_none();
            return table.keys().filter(unknown).any(|key| nearest(key, [wanted.as_str()]).is_some());
        };
        (node, kind) = (found, &declared.kind);
    }
    false
}

/// The first step that leads nowhere, and what it was probably meant to be.
pub(super) fn remedy(path: &Path, trees: &[&Node]) -> String {
    for length in (0..path.parts.len()).rev() {
        let before = Path { parts: path.parts[..length].to_vec() };
        let Some(node) = trees.iter().find_map(|tree| tree.at(&before)) else { continue };
        let (Value::Table(table), Part::Key(key)) = (&node.value, &path.parts[length]) else { break };
        if let Some(near) = nearest(key, table.keys()) {
            let mut meant = before.with(near);
            meant.parts.extend_from_slice(&path.parts[length + 1..]);
            return format!("did you mean \"{meant}\"?");
        }
        break;
    }
    "name a key by its path from the top of the file".into()
}
