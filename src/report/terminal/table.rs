//! The one table: callers, staff and cost of each option, each figure with its verdict against the base, and for
//! the service level the difference with its interval.

use super::Extent;
use super::fold::{COLUMNS, broken, clean, shortened};
use crate::experiment::{Comparison, Figure, Verdict};
use crate::report::sentence::{Unit, number};
use crate::report::summary::{OptionSummary, Summary};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use unicode_width::UnicodeWidthStr;

/// A column: what its cells hold, and what stands above them.
#[derive(Debug, Clone, Copy)]
struct Column {
    measure: &'static str,
    heading: &'static str,
    /// The difference from the base with its interval, instead of the option's own figure.
    difference: bool,
}

const fn figure(measure: &'static str, heading: &'static str) -> Column {
    Column { measure, heading, difference: false }
}

/// Callers, then staff, then cost.
const MEASURES: [Column; 6] = [
    figure("service_level", "callers:\nanswered\nin time"),
    Column { measure: "service_level", heading: "points\nagainst\nthe base", difference: true },
    figure("abandonment_rate", "\ngave\nup"),
    figure("occupancy_high_share", "staff:\nhours\nover 85%"),
    figure("late_finishes", "\nlate\nfinishes"),
    figure("cost", "cost:\n\nin all"),
];

/// Options of a screen.
const OPTIONS: usize = 8;
/// The least room for names.
const NAME: usize = 16;

/// The table with its key; where it must fit into so many rows, only the first options and long names cut short.
pub(super) fn table(summary: &Summary<'_>, room: Option<usize>) -> String {
    let shown = room.map_or(summary.options.len(), |_| OPTIONS.min(summary.options.len()));
    let options = &summary.options[..shown];
    let alone = summary.options.len() == 1;
    let columns: Vec<Column> = MEASURES
        .into_iter()
        .filter(|c| !(alone && c.difference) && options.iter().any(|o| o.mean(c.measure).is_some()))
        .collect();
    let key = key(summary, shown, room.map_or(Extent::All, |_| Extent::Screen));
    let cells: Vec<Vec<String>> =
        options.iter().map(|o| columns.iter().map(|c| c.cell(o)).collect()).collect();
    let names = names(summary, options, name_room(&columns, &cells));
    let above = columns.iter().map(|c| c.heading.lines().count()).max().unwrap_or(0);
    let lines = above + names.iter().map(Vec::len).sum::<usize>() + key.lines().count();
    let names = match room {
        Some(room) if lines > room => cut(summary, options, name_room(&columns, &cells)),
        _ => names,
    };
    laid_out(&columns, &names, &cells) + &key
}

impl Column {
    fn cell(&self, option: &OptionSummary<'_>) -> String {
        let row = option.comparison(self.measure);
        if self.difference {
            return row.map_or_else(String::new, difference);
        }
        let figure = option.figure(self.measure).map_or_else(|| "–".to_owned(), shown);
        // The verdict on a measure whose difference is shown stands there.
        let beside = MEASURES.iter().any(|c| c.difference && c.measure == self.measure);
        let mark = if beside { "" } else { row.map_or("", mark) };
        format!("{mark}{figure}")
    }
}

/// A figure with no more digits than its interval bears; a dash where it does not exist.
fn shown(figure: &Figure) -> String {
    match &figure.value {
        Ok(e) => Unit::parse(figure.measure.unit.name()).figure(e.mean, e.half_width()),
        Err(_) => "–".to_owned(),
    }
}

/// A difference with its interval and its verdict: "▲ +6.4 ±0.4".
fn difference(row: &Comparison) -> String {
    let scale = Unit::parse(row.measure.unit.name()).scale();
    let half = row.ci95.map(|(low, high)| (high - low) / 2.0 * scale);
    let places = if half.is_none_or(|h| h >= 0.05) { 1 } else { 2 };
    let value = row.difference * scale;
    let sign = if value >= 0.0 { "+" } else { "" };
    let interval = half.map_or_else(String::new, |h| format!(" ±{}", number(h, places)));
    format!("{}{sign}{}{interval}", mark(row), number(value, places))
}

fn mark(row: &Comparison) -> &'static str {
    match row.verdict {
        Some(Verdict::Better) => "▲ ",
        Some(Verdict::Worse) => "▼ ",
        Some(Verdict::NoDifference) => "= ",
        Some(Verdict::CannotBeTold) => "? ",
        _ => "",
    }
}

/// What is left for names beside the columns.
fn name_room(columns: &[Column], cells: &[Vec<String>]) -> usize {
    let wide = |i: usize| {
        let headings = columns[i].heading.lines().map(UnicodeWidthStr::width);
        headings.chain(cells.iter().map(|row| row[i].width())).max().unwrap_or(0)
    };
    let taken: usize = (0..columns.len()).map(|i| wide(i) + 1).sum();
    COLUMNS.saturating_sub(taken).max(NAME)
}

/// An option's name, with its view where there are several.
fn name(summary: &Summary<'_>, option: &OptionSummary<'_>) -> String {
    let several = summary.options.iter().any(|o| o.setting.view != option.setting.view);
    match &option.setting.view {
        Some(view) if several => clean(&format!("{} ({view})", option.setting.name)),
        _ => clean(&option.setting.name),
    }
}

fn names(summary: &Summary<'_>, options: &[OptionSummary<'_>], room: usize) -> Vec<Vec<String>> {
    options.iter().map(|o| broken(&name(summary, o), room, "  ")).collect()
}

fn cut(summary: &Summary<'_>, options: &[OptionSummary<'_>], room: usize) -> Vec<Vec<String>> {
    options.iter().map(|o| vec![shortened(&name(summary, o), room)]).collect()
}

fn laid_out(columns: &[Column], names: &[Vec<String>], cells: &[Vec<String>]) -> String {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let mut header = vec![Cell::new("")];
    header.extend(columns.iter().map(|c| Cell::new(c.heading).set_alignment(CellAlignment::Right)));
    table.set_header(header);
    for (name, row) in names.iter().zip(cells) {
        let mut line = vec![Cell::new(name.join("\n"))];
        line.extend(row.iter().map(|c| Cell::new(c).set_alignment(CellAlignment::Right)));
        table.add_row(line);
    }
    table.column_iter_mut().enumerate().for_each(|(i, column)| {
        column.set_padding((u16::from(i > 0), 0));
    });
    format!("{}\n\n", table.trim_fmt())
}

/// What the marks mean, and what is not shown.
fn key(summary: &Summary<'_>, shown: usize, extent: Extent) -> String {
    let mut text = String::new();
    if summary.options.len() > 1 {
        text += "▲ better  ▼ worse  = no difference that matters  ? cannot be told  ± 95% interval\n";
    }
    let hidden = summary.options.len() - shown;
    if hidden > 0 {
        let rows = if hidden == 1 { "row" } else { "rows" };
        text += &format!("{hidden} more {rows}, and names in full: --all\n");
    }
    if extent == Extent::All && !text.is_empty() {
        text.push('\n');
    }
    text
}
