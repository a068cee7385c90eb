//! A tree written as TOML.

use super::path::quoted;
use super::tree::{Entry, Node, Table, Value};

/// A tree as a TOML file: plain values first, then a header for each table.
pub(super) fn document(tree: &Table) -> String {
    let mut text = String::new();
    section(tree, &mut Vec::new(), &mut text);
    text
}

/// Tables this deep are written inline.
const DEEPEST_HEADER: usize = 2;

fn section(table: &Table, path: &mut Vec<String>, text: &mut String) {
    let headed = |entry: &&Entry| {
        path.len() < DEEPEST_HEADER
            && entry.node.table().is_some_and(|t| !t.entries.is_empty())
            && !is_kind(&entry.node)
    };
    let (tables, values): (Vec<&Entry>, Vec<&Entry>) = table.entries.iter().partition(headed);
    if !path.is_empty() && (!values.is_empty() || tables.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&format!("[{}]\n", path.join(".")));
    }
    for entry in values {
        text.push_str(&format!("{} = {}\n", quoted(&entry.key), inline(&entry.node)));
    }
    for entry in tables {
        path.push(quoted(&entry.key));
        if let Some(table) = entry.node.table() {
            section(table, path, text);
        }
        path.pop();
    }
}

/// A table of one entry that is a table too reads better on one line: `{ lognormal = { … } }`.
fn is_kind(node: &Node) -> bool {
    node.table().is_some_and(|t| t.entries.len() == 1 && t.entries[0].node.table().is_some())
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
