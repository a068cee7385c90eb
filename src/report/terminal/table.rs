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
#[derive(Debug, Clone)]
struct Column {
    measure: &'static str,
    heading: String,
    holds: Holds,
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    /// The option's own figure; its verdict stands in a column of differences.
    Figure,
    /// The difference from the base with its interval and its verdict.
    Difference,
    /// The option's own figure with its verdict.
    Judged,
}

/// Callers, then staff, then cost.
fn measures(currency: &str) -> [Column; 6] {
    let column = |measure, heading: &str, holds| Column { measure, heading: heading.to_owned(), holds };
    let currency = shortened(&clean(currency), 5);
    [
        column("service_level", "callers:\nanswered\nin time", Holds::Figure),
        column("service_level", "points\nagainst\nthe base", Holds::Difference),
        column("abandonment_rate", "\ngave\nup", Holds::Judged),
        column("occupancy_high_share", "staff:\nhours\nover 85%", Holds::Judged),
        column("late_finishes", "\nlate\nfinishes", Holds::Judged),
        column("cost", &format!("cost:\n\nin {currency}"), Holds::Judged),
    ]
}

/// Options of a screen.
const OPTIONS: usize = 8;
/// The least room for names.
const NAME: usize = 16;

/// The table with its key; where it must fit into so many rows, only the first options and long names cut short.
pub(super) fn table(summary: &Summary<'_>, room: Option<usize>) -> String {
    let shown = room.map_or(summary.options.len(), |_| OPTIONS.min(summary.options.len()));
    let options = &summary.options[..shown];
    let alone = summary.options.len() == 1;
    let columns: Vec<Column> = measures(&summary.study.currency)
        .into_iter()
        .filter(|c| {
            !(alone && c.holds == Holds::Difference) && options.iter().any(|o| o.mean(c.measure).is_some())
        })
        .collect();
    let key = key(summary, shown, room.map_or(Extent::All, |_| Extent::Screen));
    let cells: Vec<Vec<String>> =
        options.iter().map(|o| columns.iter().map(|c| c.cell(o)).collect()).collect();
    let names = names(options, name_room(&columns, &cells));
    let above = columns.iter().map(|c| c.heading.lines().count()).max().unwrap_or(0);
    let views: Vec<Option<&str>> = (0..shown).map(|i| view(summary, i)).collect();
    let lines = above
        + views.iter().flatten().count()
        + names.iter().map(Vec::len).sum::<usize>()
        + key.lines().count();
    let names = match room {
        Some(room) if lines > room => cut(options, name_room(&columns, &cells)),
        _ => names,
    };
    laid_out(&columns, &views, &names, &cells) + &key
}

impl Column {
    fn cell(&self, option: &OptionSummary<'_>) -> String {
        let row = option.comparison(self.measure);
        if self.holds == Holds::Difference {
            return row.map_or_else(String::new, difference);
        }
        let figure = option.figure(self.measure).map_or_else(|| "–".to_owned(), shown);
        let mark = if self.holds == Holds::Judged { row.map_or("", mark) } else { "" };
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

fn names(options: &[OptionSummary<'_>], room: usize) -> Vec<Vec<String>> {
    options.iter().map(|o| broken(&clean(&o.setting.name), room, "  ")).collect()
}

fn cut(options: &[OptionSummary<'_>], room: usize) -> Vec<Vec<String>> {
    options.iter().map(|o| vec![shortened(&clean(&o.setting.name), room)]).collect()
}

/// The heading above an option that is the first of its view, where there are several views.
fn view<'a>(summary: &'a Summary<'_>, place: usize) -> Option<&'a str> {
    let view = |i: usize| summary.options.get(i).and_then(|o| o.setting.view.as_deref());
    let several = (1..summary.options.len()).any(|i| view(i) != view(0));
    let first = place == 0 || view(place) != view(place - 1);
    view(place).filter(|_| several && first)
}

fn laid_out(
    columns: &[Column],
    views: &[Option<&str>],
    names: &[Vec<String>],
    cells: &[Vec<String>],
) -> String {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let mut header = vec![Cell::new("")];
    header.extend(columns.iter().map(|c| Cell::new(&c.heading).set_alignment(CellAlignment::Right)));
    table.set_header(header);
    for ((name, row), view) in names.iter().zip(cells).zip(views) {
        if let Some(view) = view {
            table.add_row(vec![Cell::new(shortened(&format!("View {}:", clean(view)), NAME + 8))]);
        }
        let mut line = vec![Cell::new(name.join("\n"))];
        line.extend(row.iter().map(|c| Cell::new(c).set_alignment(CellAlignment::Right)));
        table.add_row(line);
    }
    table.column_iter_mut().enumerate().for_each(|(i, column)| {
        column.set_padding((u16::from(i > 0), 0));
    });
    format!("{}\n", table.trim_fmt())
}

/// What the marks mean, and what is not shown.
fn key(summary: &Summary<'_>, shown: usize, extent: Extent) -> String {
    let mut text = String::new();
    if summary.options.len() > 1 {
        text += "▲ better ▼ worse = no difference that matters ? cannot be told, ± 95% interval\n";
    }
    let hidden = summary.options.len() - shown;
    if hidden > 0 {
        let rows = if hidden == 1 { "row" } else { "rows" };
        text += &format!("{hidden} more {rows}, and names in full: --all\n");
    }
    if extent == Extent::All || text.is_empty() {
        text.push('\n');
    }
    text
}
