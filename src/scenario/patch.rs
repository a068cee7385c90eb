//! Options and views: patches of the scenario's tree.

use super::code::Code;
use super::declaration::{Kind, Names};
use super::finding::Findings;
use super::keys::{FIXED, SCENARIO};
use super::nearest::nearest;
use super::path::{Part, Path, quoted};
use super::provenance::remedy;
use super::tree::{Entry, Node, Place, Table, Value};
use super::value;
use crate::unit::Weekday;

/// An option or a view as written.
#[derive(Debug, Clone)]
pub(super) struct Patch {
    /// Its name.
    pub(super) name: String,
    /// What it changes, without its own keys.
    pub(super) node: Node,
    /// From its first byte to its last.
    pub(super) extent: Place,
    /// The patch it is based on, by number.
    based_on: Option<usize>,
    /// Paths it takes away, with where they are written.
    remove: Vec<(Path, Place)>,
}

/// What a patch may put into a table of names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Adding {
    /// New names, as options may.
    New,
    /// Changes of what is there alone: a view is about things, it does not make them.
    Known,
}

/// Reads the patches under `options` or `views`; `base` is the name that means the base itself.
pub(super) fn patches(tree: &Node, section: &str, base: &str, out: &mut Findings) -> Vec<Patch> {
    let table = tree.table().and_then(|t| t.get(section)).and_then(Node::table);
    let entries = table.map_or(&[][..], |t| &t.entries);
    let names: Vec<&str> = entries.iter().map(|e| e.key.as_str()).collect();
    let noun = section.trim_end_matches('s');
    let mut patches = Vec::new();
    for entry in entries {
        if entry.key == base && section == "options" {
            let help = "the base is an option already: give this one another name, or change `baseline`";
            out.fault(
                Code::ReservedName,
                entry.key_place,
                format!("\"{base}\" is the base's own name"),
                help,
            );
        }
        let extent = entry.node.extent();
        let extent = Place { start: extent.start.min(entry.key_place.start), ..extent };
        let mut node = entry.node.clone();
        let mut based_on = None;
        let mut remove = Vec::new();
        if let Some(table) = node.table_mut() {
            if let Some(found) = table.remove("based-on")
                && let Some(text) = found.node.text().filter(|text| *text != base || section == "views")
            {
                based_on = names.iter().position(|name| *name == text);
                if based_on.is_none() {
                    let help = match nearest(text, names.iter().copied().chain([base])) {
                        Some(near) => format!("did you mean \"{near}\"?"),
                        None => format!("name another {noun} of this file"),
                    };
                    out.fault(
                        Code::UnknownOption,
                        found.node.place,
                        format!("no {noun} is called \"{text}\""),
                        help,
                    );
                }
            }
            if let Some(found) = table.remove("remove") {
                for item in found.node.list().unwrap_or_default() {
                    if let Ok(path) = value::path("remove", item) {
                        remove.push((path, item.place));
                    }
                }
            }
            forbid(table, &mut remove, noun, out);
        }
        patches.push(Patch { name: entry.key.clone(), node, extent, based_on, remove });
    }
    refuse_circles(&mut patches, entries, noun, out);
    patches
}

/// Keys that are the scenario's and not an option's.
fn forbid(table: &mut Table, remove: &mut Vec<(Path, Place)>, noun: &str, out: &mut Findings) {
    let help = "it is the same for the whole scenario: change it at the top of the file";
    for key in FIXED {
        if let Some(entry) = table.remove(key) {
            out.fault(Code::NotInPatch, entry.key_place, format!("{} may not change `{key}`", a(noun)), help);
        }
    }
    remove.retain(|(path, place)| {
        let Some(Part::Key(key)) = path.parts.first() else { return true };
        let fixed = FIXED.contains(&key.as_str());
        if fixed {
            out.fault(Code::NotInPatch, *place, format!("{} may not take away `{key}`", a(noun)), help);
        }
        !fixed
    });
}

fn a(noun: &str) -> String {
    if noun.starts_with('o') { format!("an {noun}") } else { format!("a {noun}") }
}

fn refuse_circles(patches: &mut [Patch], entries: &[Entry], noun: &str, out: &mut Findings) {
    for start in 0..patches.len() {
        let mut way = vec![start];
        let mut at = start;
        while let Some(next) = patches[at].based_on {
            if next == start {
                let names: Vec<String> = way.iter().map(|n| format!("\"{}\"", patches[*n].name)).collect();
                let message = match names.len() {
                    1 => format!("{} is based on itself", names[0]),
                    _ => format!("{} are based on one another in a circle", names.join(" and ")),
                };
                let help = format!("base one of them on the base or on another {noun}");
                let place = entries[start]
                    .node
                    .table()
                    .and_then(|t| t.get("based-on"))
                    .map_or(entries[start].key_place, |n| n.place);
                out.fault(Code::BasedOnCycle, place, message, help);
                patches[start].based_on = None;
                break;
            }
            if way.contains(&next) {
                break;
            }
            way.push(next);
            at = next;
        }
    }
}

/// The patches that make up one of them, the furthest first.
pub(super) fn chain(patches: &[Patch], number: usize) -> Vec<&Patch> {
    let mut chain = vec![&patches[number]];
    let mut at = number;
    while let Some(next) = patches[at].based_on {
        if chain.len() > patches.len() {
            break;
        }
        chain.push(&patches[next]);
        at = next;
    }
    chain.reverse();
    chain
}

/// Applies one patch to a tree. Names that a view changes and this option has not are added to `absent`.
pub(super) fn apply(
    tree: &mut Node,
    patch: &Patch,
    adding: Adding,
    absent: &mut Vec<(Path, Place)>,
    out: &mut Findings,
) {
    for (path, place) in &patch.remove {
        match adding {
            _ if remove(tree, path) => {}
            Adding::Known => absent.push((path.clone(), *place)),
            Adding::New => {
                let message = format!("there is no `{path}` to take away");
                out.fault(Code::NoSuchPath, *place, message, remedy(path, &[tree]));
            }
        }
    }
    merge(tree, &patch.node, &SCENARIO, adding, &Path::default(), absent);
}

/// Takes away what a path leads to; false where it leads nowhere.
fn remove(tree: &mut Node, path: &Path) -> bool {
    let Some((last, before)) = path.parts.split_last() else { return false };
    let Some(parent) = tree.at_mut(&Path { parts: before.to_vec() }) else { return false };
    match (&mut parent.value, last) {
        (Value::Table(table), Part::Key(key)) => table.remove(key).is_some(),
        (Value::List(list), Part::Entry(number)) if *number <= list.len() => {
            list.remove(number - 1);
            true
        }
        _ => false,
    }
}

/// Merges a patch into a tree: tables merge, any other value is replaced whole; a table that names a kind is
/// replaced whole when the patch names another.
fn merge(
    base: &mut Node,
    patch: &Node,
    kind: &'static Kind,
    adding: Adding,
    path: &Path,
    absent: &mut Vec<(Path, Place)>,
) {
    let (Value::Table(old), Value::Table(new)) = (&mut base.value, &patch.value) else {
        *base = patch.clone();
        return;
    };
    if matches!(kind, Kind::OneOf(_)) && !new.keys().eq(old.keys()) {
        *base = patch.clone();
        return;
    }
    if let Kind::Map { names: Names::Weekdays, .. } = kind {
        spread_weekdays(old);
    }
    for entry in &new.entries {
        if let Kind::Map { names: Names::Weekdays, .. } = kind
            && let Some(days) = value::weekdays(&entry.key)
        {
            set_weekdays(old, entry, &days);
            continue;
        }
        let below = path.with(&entry.key);
        let named = matches!(kind, Kind::Map { names: Names::Free, .. });
        match (old.get_mut(&entry.key), kind.under(&entry.key)) {
            (Some(node), Some(key)) => merge(node, &entry.node, &key.kind, adding, &below, absent),
            (None, Some(_)) if adding == Adding::Known && named => absent.push((below, entry.key_place)),
            _ => old.put(entry.clone()),
        }
    }
    if let Kind::Table { ways, .. } = kind {
        leave_other_ways(old, new, ways);
    }
}

/// A thing given one way in the base and another in the patch is given the patch's way.
fn leave_other_ways(merged: &mut Table, patch: &Table, ways: &[&[&str]]) {
    let in_ways = |key: &str| ways.iter().any(|way| way.contains(&key));
    let has = |table: &Table, key: &str| table.get(key).is_some();
    let chosen = ways.iter().find(|way| {
        way.iter().all(|key| has(merged, key))
            && patch.keys().filter(|key| in_ways(key)).all(|key| way.contains(&key))
    });
    if let Some(way) = chosen
        && patch.keys().any(in_ways)
    {
        merged.entries.retain(|e| !in_ways(&e.key) || way.contains(&e.key.as_str()));
    }
}

/// Writes ranges of weekdays out, so that a patch may change one of them.
fn spread_weekdays(table: &mut Table) {
    let entries = std::mem::take(&mut table.entries);
    for entry in entries {
        match value::weekdays(&entry.key) {
            Some(days) => set_weekdays(table, &entry, &days),
            None => table.entries.push(entry),
        }
    }
}

fn set_weekdays(table: &mut Table, entry: &Entry, days: &[Weekday]) {
    for day in days {
        table.put(Entry { key: Weekday::NAMES[usize::from(day.0)].to_owned(), ..entry.clone() });
    }
}

/// Faults where options and views change the same key.
pub(super) fn keep_apart(options: &[Patch], views: &[Patch], out: &mut Findings) {
    let touched = |patches: &[Patch]| {
        let mut paths = Vec::new();
        for patch in patches {
            leaves(&patch.node, &SCENARIO, &Path::default(), patch.extent, &mut paths);
            paths.extend(patch.remove.iter().map(|(path, place)| Touch {
                path: path.clone(),
                place: *place,
                kind: None,
            }));
        }
        paths
    };
    let changed = touched(options);
    for touch in touched(views) {
        let clash = changed.iter().find(|other| match (&touch.kind, &other.kind) {
            (Some(mine), Some(theirs)) => touch.path == other.path && mine != theirs,
            (None, None) => touch.path.touches(&other.path),
            _ => false,
        });
        if let Some(clash) = clash {
            out.fault(
                Code::OptionAndView,
                touch.place,
                format!("both an option and a view change `{}`", clash.path),
                "a key belongs to options or to views: say the rest of it in new options, or in new views",
            );
        }
    }
}

/// A key that a patch changes; `kind` where it is a choice of kind, which may be shared if the kind is the same.
struct Touch {
    path: Path,
    place: Place,
    kind: Option<String>,
}

fn leaves(node: &Node, kind: &Kind, path: &Path, place: Place, found: &mut Vec<Touch>) {
    let Some(table) = node.table().filter(|t| !t.entries.is_empty() || path.parts.is_empty()) else {
        found.push(Touch { path: path.clone(), place, kind: None });
        return;
    };
    for entry in &table.entries {
        if matches!(kind, Kind::OneOf(_)) {
            found.push(Touch { path: path.clone(), place: entry.key_place, kind: Some(entry.key.clone()) });
        }
        let below = kind.under(&entry.key).map_or(Kind::Text, |key| key.kind);
        leaves(&entry.node, &below, &path.with(&entry.key), entry.key_place, found);
    }
}

/// How faults name a patch: `option "x"`, or `option "x" under view "y"`.
pub(super) fn label(option: Option<&str>, view: Option<&str>) -> String {
    let quote = |name: &str| if quoted(name) == name { format!("\"{name}\"") } else { quoted(name) };
    match (option, view) {
        (Some(option), Some(view)) => format!("option {} under view {}", quote(option), quote(view)),
        (Some(option), None) => format!("option {}", quote(option)),
        (None, Some(view)) => format!("view {}", quote(view)),
        (None, None) => "the base".into(),
    }
}
