//! A tree held against its declaration: every fault of form, all at once.

use super::code::Code;
use super::declaration::{Key, Kind, Names, Need, either, names};
use super::finding::Findings;
use super::nearest::nearest;
use super::path::{Path, quoted};
use super::tree::{Entry, Node, Place, Table, Value};
use super::value::{self, Complaint};
use crate::unit::Weekday;

/// Checks a node against its kind; `name` is what the key is called, `path` where it is, both for messages.
pub(super) fn check(node: &Node, kind: &'static Kind, name: &str, path: &str, out: &mut Findings) {
    if let Some(keys) = table_keys(kind) {
        match &node.value {
            Value::Table(table) => check_table(table, node.place, kind, keys, path, out),
            _ => report(value::wrong_type::<()>(name, kind, node), node.place, out),
        }
        return;
    }
    let place = node.place;
    match *kind {
        Kind::Text if node.text().is_none() => report(value::wrong_type::<()>(name, kind, node), place, out),
        Kind::Flag if !matches!(node.value, Value::Flag(_)) => {
            report(value::wrong_type::<()>(name, kind, node), place, out);
        }
        Kind::Format => report(value::format(name, node), place, out),
        Kind::Share | Kind::Number { .. } => report(value::number(name, kind, node), place, out),
        Kind::Whole { .. } => report(value::whole(name, kind, node), place, out),
        Kind::Duration { .. } => report(value::length(name, kind, node), place, out),
        Kind::DaysOrNone => report(value::days(name, node), place, out),
        Kind::Date => report(value::date(name, node), place, out),
        Kind::Clock => report(value::time_of_day(name, node), place, out),
        Kind::Hours(meant) => report(value::hours(name, meant, node), place, out),
        Kind::Choice(choices) => report(value::choice(name, choices, node), place, out),
        Kind::File => report(value::file(name, node), place, out),
        Kind::Interval => report(value::interval(name, node), place, out),
        Kind::Range if node.list().is_none_or(|list| list.len() != 2) => {
            report(value::wrong_type::<()>(name, kind, node), place, out);
        }
        Kind::Path => report(value::path(name, node), place, out),
        Kind::List { entry, length, noun } => match node.list() {
            None => report(value::wrong_type::<()>(name, kind, node), place, out),
            Some(list) => {
                if let Some(length) = length.filter(|length| *length != list.len()) {
                    let message = format!("{} {noun} instead of {length}", list.len());
                    out.fault(Code::WrongLength, place, message, format!("give {length} {noun}"));
                }
                list.iter().for_each(|item| check(item, entry, name, path, out));
            }
        },
        _ => {}
    }
}

fn table_keys(kind: &Kind) -> Option<&'static [Key]> {
    matches!(kind, Kind::Table { .. } | Kind::OneOf(_) | Kind::Map { .. } | Kind::Patch(_))
        .then(|| kind.keys())
}

fn report<T>(result: Result<T, Complaint>, place: Place, out: &mut Findings) {
    if let Err(complaint) = result {
        out.fault(complaint.code, place, complaint.message, complaint.help);
    }
}

fn check_table(
    table: &Table,
    place: Place,
    kind: &'static Kind,
    keys: &'static [Key],
    path: &str,
    out: &mut Findings,
) {
    let mut meant = Vec::new();
    for entry in &table.entries {
        let below =
            if path.is_empty() { quoted(&entry.key) } else { format!("{path}.{}", quoted(&entry.key)) };
        let own = keys.iter().find(|k| k.name == entry.key);
        match (own, kind) {
            (Some(key), _) => check(&entry.node, &key.kind, key.name, &below, out),
            (None, Kind::Map { names, entry: key, .. }) => {
                check_name(&entry.key, *names, keys, entry.key_place, out);
                check(&entry.node, &key.kind, &entry.key, &below, out);
            }
            // What a patch holds is judged where it lands.
            (None, Kind::Patch(_)) => {}
            // Every other choice of kind that lacks it has no mixture because it is a part of one.
            (None, Kind::OneOf(_)) if entry.key == "mixture" && path.contains("mixture") => {
                let help = "put its parts into the outer mixture, each with the product of the two shares";
                out.fault(Code::NestedMixture, entry.key_place, "a mixture within a mixture", help);
            }
            (None, _) => meant.extend(unknown_key(entry, keys, path, out)),
        }
    }
    // A key that stands there misspelt is not reported as missing too.
    let missing = |key: &&Key| table.get(key.name).is_none() && !meant.contains(&key.name);
    for key in keys.iter().filter(|k| k.need == Need::Required).filter(missing) {
        let message = format!("`{}` is missing in {}", key.name, place_name(path));
        let help = format!("give `{}`: {} ({})", key.name, key.help, key.kind.expects());
        out.fault(Code::MissingKey, place, message, help);
    }
    match kind {
        Kind::OneOf(kinds) => check_one(table, place, kinds, path, out),
        Kind::Table { ways, .. } if !ways.is_empty() => check_ways(table, place, ways, path, out),
        Kind::Map { names: Names::Weekdays, .. } => check_days(table, out),
        _ => {}
    }
}

fn place_name(path: &str) -> String {
    if path.is_empty() { "the scenario".into() } else { format!("`{path}`") }
}

/// Reports a key that is not known; gives the one that was probably meant.
fn unknown_key(entry: &Entry, keys: &'static [Key], path: &str, out: &mut Findings) -> Option<&'static str> {
    let message = match path {
        "" => format!("a scenario has no key `{}`", entry.key),
        _ => format!("`{path}` has no key `{}`", entry.key),
    };
    let near = nearest(&entry.key, keys.iter().map(|k| k.name));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if keys.is_empty() => "it takes no keys: write {}".to_owned(),
        None => format!("its keys are {}", names(keys).replace(" or ", " and ")),
    };
    out.fault(Code::UnknownKey, entry.key_place, message, help);
    near
}

fn check_name(name: &str, kind: Names, keys: &'static [Key], place: Place, out: &mut Findings) {
    match kind {
        Names::Weekdays if value::weekdays(name).is_none() => {
            let known = || Weekday::NAMES.into_iter().chain(keys.iter().map(|k| k.name));
            let parts: Option<Vec<&str>> = name.split('-').map(|part| nearest(part, known())).collect();
            let help = match parts {
                Some(parts) => format!("did you mean `{}`?", parts.join("-")),
                None => "its keys are weekdays, ranges such as `monday-friday`, and `closed`".into(),
            };
            out.fault(Code::UnknownKey, place, format!("`opening` has no key `{name}`"), help);
        }
        Names::Paths if Path::parse(name).is_none() => report(value::bad_path::<()>(name), place, out),
        Names::Free if name.trim().is_empty() => {
            out.fault(Code::ReservedName, place, "an empty name", "give it a name people will know it by");
        }
        _ => {}
    }
}

fn check_one(table: &Table, place: Place, kinds: &'static [Key], path: &str, out: &mut Findings) {
    let known = |key: &str| kinds.iter().any(|k| k.name == key);
    let mut given = table.entries.iter().filter(|e| known(&e.key));
    match (given.next(), given.next()) {
        (None, _) if table.entries.is_empty() => {
            let help = format!("give one of {}", names(kinds));
            out.fault(Code::MissingKind, place, format!("{} names no kind", place_name(path)), help);
        }
        (Some(first), Some(second)) => {
            let message =
                format!("{} names two kinds, `{}` and `{}`", place_name(path), first.key, second.key);
            out.fault(Code::TwoKinds, second.key_place, message, "keep the one that is meant");
        }
        _ => {}
    }
}

fn check_ways(
    table: &Table,
    place: Place,
    ways: &'static [&'static [&'static str]],
    path: &str,
    out: &mut Findings,
) {
    let in_ways = |key: &str| ways.iter().any(|way| way.contains(&key));
    let given: Vec<&str> = table.keys().filter(|key| in_ways(key)).collect();
    let complete = |way: &&&[&str]| way.iter().all(|key| given.contains(key));
    let spelled: Vec<String> = ways
        .iter()
        .map(|way| way.iter().map(|k| format!("`{k}`")).collect::<Vec<_>>().join(" and "))
        .collect();
    let help = format!("give {}", either(&spelled));
    // Of two ways the one begun first is taken to be meant.
    let begun_at = |way: &&&[&str]| given.iter().position(|key| way.contains(key));
    match ways.iter().filter(complete).min_by_key(begun_at) {
        Some(way) => {
            if let Some(extra) =
                table.entries.iter().find(|e| in_ways(&e.key) && !way.contains(&e.key.as_str()))
            {
                let other: Vec<String> = way.iter().map(|k| format!("`{k}`")).collect();
                let message =
                    format!("{} has `{}` besides {}", place_name(path), extra.key, other.join(" and "));
                out.fault(Code::TwoWays, extra.key_place, message, help);
            }
        }
        None => {
            let begun = ways.iter().find(|way| given.iter().any(|key| way.contains(key)));
            let message = match begun {
                Some(way) => {
                    let missing: Vec<String> =
                        way.iter().filter(|k| !given.contains(*k)).map(|k| format!("`{k}`")).collect();
                    format!("{} is missing in {}", missing.join(" and "), place_name(path))
                }
                None => format!("{} is missing in {}", either(&spelled), place_name(path)),
            };
            out.fault(Code::MissingKey, place, message, help);
        }
    }
}

fn check_days(table: &Table, out: &mut Findings) {
    let mut seen = [false; 7];
    for entry in &table.entries {
        for day in value::weekdays(&entry.key).unwrap_or_default() {
            if std::mem::replace(&mut seen[usize::from(day.0)], true) {
                let message = format!("{}'s hours are given twice", day.title());
                out.fault(Code::DoubledDay, entry.key_place, message, "name each weekday once");
                break;
            }
        }
    }
}
