//! A table read by its declaration: each value by name.
//!
//! Defaults were filled in and the form was checked before: a value that is faulty or missing is read as nothing,
//! so that what does not depend on it can still be judged, and the scenario is refused in the end.

use super::declaration::{HoursKind, Key, Kind};
use super::nearest::nearest;
use super::tree::{Entry, Node, Place, Table, Value};
use super::value;
use crate::unit::{Date, Micros};

/// A table, or the absence of one, with its declaration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'a> {
    table: Option<&'a Table>,
    kind: &'static Kind,
    /// Where the table stands.
    pub(super) place: Place,
}

impl<'a> Fields<'a> {
    /// Reads a node as a kind of table.
    pub(super) fn of(node: &'a Node, kind: &'static Kind) -> Fields<'a> {
        Fields { table: node.table(), kind, place: node.place }
    }

    fn key(&self, name: &str) -> &'static Key {
        self.kind.keys().iter().find(|k| k.name == name).expect("only declared keys are read")
    }

    /// From the first to the last byte of the table.
    pub(super) fn extent(&self) -> Place {
        let inside = self.table.into_iter().flat_map(|table| &table.entries);
        inside.fold(self.place, |extent, entry| extent.and(entry.key_place).and(entry.node.extent()))
    }

    /// The node of a key, where it is given.
    pub(super) fn node(&self, name: &str) -> Option<&'a Node> {
        self.table?.get(name)
    }

    /// Whether the kind of table knows a key and it is given.
    pub(super) fn has(&self, name: &str) -> bool {
        self.node(name).is_some()
    }

    /// Whether a key stands there misspelt: one that is not known and near this name.
    pub(super) fn is_misspelt(&self, name: &str) -> bool {
        let known = || self.kind.keys().iter().map(|k| k.name);
        let unknown = self.table.into_iter().flat_map(Table::keys).filter(|key| known().all(|k| k != *key));
        unknown.into_iter().any(|key| nearest(key, known()) == Some(name))
    }

    /// Where a key's value stands, or its table.
    pub(super) fn place_of(&self, name: &str) -> Place {
        self.node(name).map_or(self.place, |node| node.place)
    }

    fn read<T>(&self, name: &str, reader: impl Fn(&Key, &Node) -> Option<T>) -> Option<T> {
        reader(self.key(name), self.node(name)?)
    }

    /// A number.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        self.read(name, |key, node| value::number(key.name, &key.kind, node).ok())
    }

    /// A whole number.
    pub(super) fn whole(&self, name: &str) -> Option<i64> {
        self.read(name, |key, node| value::whole(key.name, &key.kind, node).ok())
    }

    /// A duration.
    pub(super) fn length(&self, name: &str) -> Option<Micros> {
        self.read(name, |key, node| value::length(key.name, &key.kind, node).ok())
    }

    /// A duration in seconds.
    pub(super) fn seconds(&self, name: &str) -> Option<f64> {
        self.length(name).map(crate::unit::seconds)
    }

    /// Whole days.
    pub(super) fn days(&self, name: &str) -> Option<u32> {
        self.read(name, |key, node| value::days(key.name, node).ok())
    }

    /// A text; empty where there is none.
    pub(super) fn text(&self, name: &str) -> String {
        self.read(name, |_, node| node.text().map(str::to_owned)).unwrap_or_default()
    }

    /// True or false.
    pub(super) fn flag(&self, name: &str) -> bool {
        let read =
            self.read(name, |_, node| if let Value::Flag(flag) = node.value { Some(flag) } else { None });
        read.unwrap_or_default()
    }

    /// A date.
    pub(super) fn date(&self, name: &str) -> Option<Date> {
        self.read(name, |key, node| value::date(key.name, node).ok())
    }

    /// A time of day.
    pub(super) fn time_of_day(&self, name: &str) -> Option<Micros> {
        self.read(name, |key, node| value::time_of_day(key.name, node).ok())
    }

    /// Hours of a shift.
    pub(super) fn shift_hours(&self, name: &str) -> Option<(Micros, Micros)> {
        self.read(name, |key, node| value::hours(key.name, HoursKind::Shift, node).ok().flatten())
    }

    /// A file.
    pub(super) fn file(&self, name: &str) -> Option<String> {
        self.read(name, |key, node| value::file(key.name, node).ok())
    }

    /// The entries of a list, where it is given.
    pub(super) fn list(&self, name: &str) -> &'a [Node] {
        self.node(name).and_then(Node::list).unwrap_or_default()
    }

    /// The numbers of a list; `None` where one of them is faulty.
    pub(super) fn numbers(&self, name: &str) -> Option<Vec<f64>> {
        let Kind::List { entry, .. } = self.key(name).kind else { unreachable!("declared as a list") };
        self.node(name)?.list()?.iter().map(|node| value::number(name, entry, node).ok()).collect()
    }

    /// The durations of a list in seconds; `None` where one of them is faulty.
    pub(super) fn lengths(&self, name: &str) -> Option<Vec<f64>> {
        let Kind::List { entry, .. } = self.key(name).kind else { unreachable!("declared as a list") };
        let lengths = self.node(name)?.list()?.iter().map(|node| value::length(name, entry, node).ok());
        lengths.map(|length| length.map(crate::unit::seconds)).collect()
    }

    /// The dates of a list; those that are faulty are left out.
    pub(super) fn dates(&self, name: &str) -> Vec<Date> {
        self.list(name).iter().filter_map(|node| value::date(name, node).ok()).collect()
    }

    /// The entries of a list, each a table.
    pub(super) fn tables(&self, name: &str) -> impl Iterator<Item = Fields<'a>> + use<'a> {
        let Kind::List { entry, .. } = self.key(name).kind else { unreachable!("declared as a list") };
        self.list(name).iter().map(move |node| Fields::of(node, entry))
    }

    /// A table below this one, given or not.
    pub(super) fn child(&self, name: &str) -> Fields<'a> {
        let key = self.key(name);
        match self.node(name) {
            Some(node) => Fields::of(node, &key.kind),
            None => Fields { table: None, kind: &key.kind, place: self.place },
        }
    }

    /// The entries by name of a map below this one.
    pub(super) fn named(&self, name: &str) -> impl Iterator<Item = (&'a Entry, Fields<'a>)> + use<'a> {
        self.child(name).names()
    }

    /// The length of time under a name of this map.
    pub(super) fn entry_length(&self, entry: &Entry) -> Option<Micros> {
        let Kind::Map { entry: key, .. } = *self.kind else { unreachable!("declared as a map") };
        value::length(&entry.key, &key.kind, &entry.node).ok()
    }

    /// The whole number under a name of this map.
    pub(super) fn entry_whole(&self, entry: &Entry) -> Option<i64> {
        let Kind::Map { entry: key, .. } = *self.kind else { unreachable!("declared as a map") };
        value::whole(&entry.key, &key.kind, &entry.node).ok()
    }

    /// The number under a name of this map.
    pub(super) fn entry_number(&self, entry: &Entry) -> Option<f64> {
        let Kind::Map { entry: key, .. } = *self.kind else { unreachable!("declared as a map") };
        value::number(&entry.key, &key.kind, &entry.node).ok()
    }

    /// The entries by name of this map.
    pub(super) fn names(self) -> impl Iterator<Item = (&'a Entry, Fields<'a>)> + use<'a> {
        let Kind::Map { keys, entry, .. } = *self.kind else { unreachable!("declared as a map") };
        let entries = self.table.map_or(&[][..], |table| &table.entries);
        entries
            .iter()
            .filter(move |e| keys.iter().all(|k| k.name != e.key))
            .map(move |e| (e, Fields::of(&e.node, &entry.kind)))
    }

    /// The kind that a choice names and its own keys; `None` where no known kind is named.
    pub(super) fn kind(&self, name: &str) -> Option<(&'static str, Fields<'a>)> {
        let key = self.key(name);
        let Kind::OneOf(kinds) = key.kind else { unreachable!("declared as a choice of kind") };
        self.node(name)?.table()?.entries.iter().find_map(|entry| {
            let kind = kinds.iter().find(|k| k.name == entry.key)?;
            Some((kind.name, Fields::of(&entry.node, &kind.kind)))
        })
    }
}
