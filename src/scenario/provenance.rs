//! Sources and assumptions: paths of keys, each of which must be there.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use super::keys::SCENARIO;
use super::meant::Provenance;
use super::nearest::nearest;
use super::path::{Part, Path};
use super::tree::{Node, Value};

/// Reads `sources` and `assumptions`; a path must lead somewhere in one of the trees: the file as written and the
/// resolved options.
pub(super) fn provenance(written: &Node, trees: &[&Node], out: &mut Findings) -> Vec<Provenance> {
    let f = Fields::of(written, &SCENARIO);
    let mut found = Vec::new();
    for (section, assumed) in [("sources", false), ("assumptions", true)] {
        for (entry, _) in f.named(section) {
            let Some(path) = Path::parse(&entry.key) else { continue };
            let there = trees.iter().any(|tree| tree.at(&path).is_some());
            if !there {
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
