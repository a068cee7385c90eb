//! Defaults, filled into a tree so that a scenario says everything it means.

use super::declaration::{Kind, Need};
use super::finding::Findings;
use super::tree::{self, Entry, Node, Place, Value};

/// Puts in every key that has a default and was left out; it stands where its table stands.
pub(super) fn fill(node: &mut Node, kind: &'static Kind) {
    let place = node.place;
    match (&mut node.value, kind) {
        (Value::Table(table), _) => {
            if let Kind::Table { keys, .. } | Kind::Map { keys, .. } = kind {
                for key in *keys {
                    if let Need::Default(default) = key.need
                        && table.get(key.name).is_none()
                    {
                        let node = moved(parsed(default), place);
                        table.entries.push(Entry { key: key.name.to_owned(), key_place: place, node });
                    }
                }
            }
            for entry in &mut table.entries {
                if let Some(key) = kind.under(&entry.key) {
                    fill(&mut entry.node, &key.kind);
                }
            }
        }
        (Value::List(list), Kind::List { entry, .. }) => list.iter_mut().for_each(|item| fill(item, entry)),
        _ => {}
    }
}

/// A default as a node; defaults are written as TOML in the declarations.
pub(super) fn parsed(default: &str) -> Node {
    let mut findings = Findings::default();
    let mut tree = tree::parse(&format!("d = {default}"), &mut findings).expect("defaults are TOML");
    tree.table_mut().and_then(|table| table.remove("d")).expect("a default is a value").node
}

/// A value taken to another place, with all that is in it.
pub(super) fn moved(mut node: Node, place: Place) -> Node {
    node.place = place;
    match &mut node.value {
        Value::Table(table) => {
            for entry in &mut table.entries {
                entry.key_place = place;
                entry.node = moved(
                    std::mem::replace(&mut entry.node, Node { value: Value::Flag(false), place }),
                    place,
                );
            }
        }
        Value::List(list) => list.iter_mut().for_each(|item| {
            *item = moved(std::mem::replace(item, Node { value: Value::Flag(false), place }), place);
        }),
        _ => {}
    }
    node
}
