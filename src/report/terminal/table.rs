//! The one table: callers, staff and cost. The base's own figures stand in its row, below it what every option changes
//! of them, each with its interval and its verdict.

use super::Extent;
use super::cell::Column;
use super::fold::{COLUMNS, broken, clean, shortened};
use crate::report::summary::{OptionSummary, Summary};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use unicode_width::UnicodeWidthStr;

/// Callers, then staff, then cost: measure, group and heading.
const MEASURES: [(&str, [&str; 3]); 5] = [
    ("service_level", ["callers:", "answered", "in time"]),
    ("abandonment_rate", ["", "gave", "up"]),
    ("occupancy_high_share", ["staff:", "hours", "over 85%"]),
    ("late_finishes", ["", "late", "finishes"]),
    ("cost", ["cost:", "", ""]),
];
/// Stands for cost where no pay is stated.
const HOURS: (&str, [&str; 3]) = ("hours_paid", ["cost:", "paid", "hours"]);

/// Options of a screen.
const OPTIONS: usize = 8;
/// The least room for names.
const NAME: usize = 14;

/// A row of the table.
#[derive(Debug)]
struct Row {
    name: Vec<String>,
    cells: Vec<String>,
}

/// The whole table with its key.
pub(super) fn whole(summary: &Summary<'_>) -> String {
    drawn(summary, Shape { extent: Extent::All, shown: summary.options.len(), short: false, groups: true })
}

/// The table with its key within so many rows, and whether up to eight options are shown. First whole names are tried, then
/// names cut short, then headings without their groups, at last fewer options.
pub(super) fn fitted(summary: &Summary<'_>, room: usize) -> (String, bool) {
    let most = OPTIONS.min(summary.options.len());
    let shape = |short, groups, shown| Shape { extent: Extent::Screen, shown, short, groups };
    let whole = [(false, true), (true, true), (true, false)];
    let fewer = (2..most).rev().map(|shown| shape(true, false, shown));
    let shapes = whole.into_iter().map(|(short, groups)| shape(short, groups, most)).chain(fewer);
    let mut text = String::new();
    for shape in shapes {
        text = drawn(summary, shape);
        if text.lines().count() <= room {
            return (text, shape.shown == most);
        }
    }
    (text, false)
}

/// How much of the table is drawn.
#[derive(Debug, Clone, Copy)]
struct Shape {
    extent: Extent,
    /// Options.
    shown: usize,
    /// Names cut short.
    short: bool,
    /// Headings with their groups.
    groups: bool,
}

fn drawn(summary: &Summary<'_>, shape: Shape) -> String {
    let Shape { extent, shown, short, groups } = shape;
    let options = &summary.options[..shown];
    let columns = columns(summary, options);
    let mut rows: Vec<(Option<&str>, Row)> = Vec::new();
    for (place, option) in options.iter().enumerate() {
        let base = option.comparisons.is_empty();
        let cells = |of: &dyn Fn(&Column) -> String| columns.iter().map(of).collect::<Vec<String>>();
        let name = vec![clean(&option.setting.name)];
        let view = view(summary, place);
        if base || extent == Extent::All {
            rows.push((view, Row { name: name.clone(), cells: cells(&|c| c.own(option)) }));
        }
        if !base {
            let name = if extent == Extent::All { vec!["  against the base".to_owned()] } else { name };
            let view = view.filter(|_| extent == Extent::Screen);
            rows.push((view, Row { name, cells: cells(&|c| c.against(option)) }));
        }
    }
    let names = name_room(&columns, rows.iter().map(|r| &r.1));
    for (_, row) in &mut rows {
        let whole = row.name.remove(0);
        row.name = if short { vec![shortened(&whole, names)] } else { broken(&whole, names, "  ") };
    }
    laid_out(&columns, &rows, groups) + &key(summary, shown, extent)
}

fn columns(summary: &Summary<'_>, options: &[OptionSummary<'_>]) -> Vec<Column> {
    let currency = shortened(&clean(&summary.study.currency), 5);
    let of = |(measure, heading): (&'static str, [&str; 3])| {
        let mut heading = heading.map(str::to_owned);
        if measure == "cost" {
            heading[2] = format!("in {currency}");
        }
        Column::new(measure, heading, options)
    };
    let mut found: Vec<Column> = MEASURES.into_iter().filter_map(of).collect();
    if found.iter().all(|c| c.measure != "cost") {
        found.extend(of(HOURS));
    }
    found
}

/// What is left for names beside the columns.
fn name_room<'a>(columns: &[Column], rows: impl Iterator<Item = &'a Row>) -> usize {
    let mut widths: Vec<usize> =
        columns.iter().map(|c| c.heading.iter().map(|h| h.width()).max().unwrap_or(0)).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(&row.cells) {
            *width = (*width).max(cell.width());
        }
    }
    let taken: usize = widths.iter().map(|w| w + 1).sum();
    COLUMNS.saturating_sub(taken).max(NAME)
}

/// The heading above an option that is the first of its view, where there are several views.
fn view<'a>(summary: &'a Summary<'_>, place: usize) -> Option<&'a str> {
    let view = |i: usize| summary.options.get(i).and_then(|o| o.setting.view.as_deref());
    let several = (1..summary.options.len()).any(|i| view(i) != view(0));
    let first = place == 0 || view(place) != view(place - 1);
    view(place).filter(|_| several && first)
}

fn laid_out(columns: &[Column], rows: &[(Option<&str>, Row)], groups: bool) -> String {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let right = |text: &str| Cell::new(text).set_alignment(CellAlignment::Right);
    let mut header = vec![Cell::new("")];
    header.extend(columns.iter().map(|c| right(&c.heading[usize::from(!groups)..].join("\n"))));
    table.set_header(header);
    for (view, row) in rows {
        if let Some(view) = view {
            table.add_row(vec![Cell::new(shortened(&format!("View {}:", clean(view)), NAME))]);
        }
        let mut line = vec![Cell::new(row.name.join("\n"))];
        line.extend(row.cells.iter().map(|cell| right(cell)));
        table.add_row(line);
    }
    table.column_iter_mut().enumerate().for_each(|(i, column)| {
        column.set_padding((u16::from(i > 0), 0));
    });
    format!("{}\n", table.trim_fmt())
}

/// What the rows and marks mean, and what is not shown.
fn key(summary: &Summary<'_>, shown: usize, extent: Extent) -> String {
    if summary.options.len() == 1 {
        return "±: 95% interval\n".to_owned();
    }
    let mut text = "Below the base: what changes, in points where % stands above; ± 95% interval\n\
                    ▲ better ▼ worse = no difference that matters ? cannot be told"
        .to_owned();
    let hidden = summary.options.len() - shown;
    if hidden > 0 {
        text += &format!("  {hidden} more: --all");
    }
    text + if extent == Extent::All { "\n\n" } else { "\n" }
}
