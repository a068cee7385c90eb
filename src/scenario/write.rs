//! A tree written as TOML: headers for tables, one line a value, names in the order of the file.

use super::declaration::{Kind, Names};
use super::path::quoted;
use super::tree::{Node, Table, Value};

/// A whole scenario as a TOML file.
pub(super) fn document(tree: &Table, kind: &'static Kind) -> String {
    let mut text = String::new();
    section(tree, kind, "", &mut text);
    text
}

/// Plain values first, then a header for each table. Only tables of keys and tables of names have headers: their
/// order among the plain values means nothing, and the order of names is kept.
fn section(table: &Table, kind: &'static Kind, path: &str, text: &mut String) {
    let mut lines = String::new();
    let mut headed = Vec::new();
    for entry in &table.entries {
        let below = kind.under(&entry.key).map(|key| &key.kind);
        match (entry.node.table(), below) {
            (Some(inner), Some(below)) if has_header(kind, below) => headed.push((entry, inner, below)),
            (Some(_), None) if matches!(kind, Kind::Patch(_)) => {
                dotted(&entry.node, &quoted(&entry.key), &mut lines);
            }
            _ => line(&quoted(&entry.key), &entry.node, &mut lines),
        }
    }
    if !path.is_empty() && (!lines.is_empty() || headed.is_empty()) {
        text.push_str(&format!("\n[{path}]\n"));
    }
    text.push_str(&lines);
    for (entry, inner, below) in headed {
        let key = quoted(&entry.key);
        let path = if path.is_empty() { key } else { format!("{path}.{key}") };
        section(inner, below, &path, text);
    }
}

/// The scenario's own tables, and those under names of the author's, have headers; what lies deeper has none.
fn has_header(kind: &Kind, below: &Kind) -> bool {
    let top = kind.keys().iter().any(|key| key.name == "format");
    let named = matches!(kind, Kind::Map { names: Names::Free, .. });
    (top || named) && matches!(below, Kind::Table { .. } | Kind::Map { .. } | Kind::Patch(_))
}

/// What a patch changes, one line a value: `queues.enquiries.demand.per-year = 200000`.
fn dotted(node: &Node, path: &str, text: &mut String) {
    match node.table().filter(|table| !table.entries.is_empty()) {
        Some(table) => {
            table.entries.iter().for_each(|e| dotted(&e.node, &format!("{path}.{}", quoted(&e.key)), text));
        }
        None => line(path, node, text),
    }
}

fn line(key: &str, node: &Node, text: &mut String) {
    match node.list().filter(|list| list.iter().any(|item| item.table().is_some() || item.list().is_some())) {
        Some(list) => {
            let items: String = list.iter().map(|item| format!("  {},\n", inline(item))).collect();
            text.push_str(&format!("{key} = [\n{items}]\n"));
        }
        None => text.push_str(&format!("{key} = {}\n", inline(node))),
    }
}

/// A value on one line.
pub(super) fn inline(node: &Node) -> String {
    match &node.value {
        Value::Text(text) => quote(text),
        Value::Whole(number) => number.to_string(),
        Value::Number(number) => format!("{number:?}"),
        Value::Flag(flag) => flag.to_string(),
        Value::Date(date) => date.clone(),
        Value::List(list) => format!("[{}]", list.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Table(table) if table.entries.is_empty() => "{}".into(),
        Value::Table(table) => {
            let entries: Vec<String> =
                table.entries.iter().map(|e| format!("{} = {}", quoted(&e.key), inline(&e.node))).collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}

fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
