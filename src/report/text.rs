//! The summary on the terminal: a sentence of finding, one table, what was simulated, and Erlang beside it.

use super::erlang::erlang_view;
use super::sentence::{Unit, number, share, time};
use super::summary::{OptionSummary, Summary};
use crate::experiment::{Figure, Verdict};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};

/// Columns of the table: measure and heading.
const COLUMNS: [(&str, &str); 6] = [
    ("service_level", "answered\nin time"),
    ("abandonment_rate", "gave\nup"),
    ("wait_p90", "9 in 10\nwait up to"),
    ("first_contact_resolution", "resolved\nat once"),
    ("occupancy_high_share", "hours\nover 85%"),
    ("late_finishes", "late\nfinishes"),
];

/// The widest an option's name may stand before it wraps.
const NAME_WIDTH: usize = 26;

/// One sentence on the base: how many calls are answered in time, how many callers give up.
pub fn finding(summary: &Summary<'_>) -> String {
    let base = &summary.options[0];
    let (Some(service), Some(queue)) = (base.figure("service_level"), base.setting.queues.first()) else {
        return "Nothing was simulated.".to_owned();
    };
    let Ok(service) = &service.value else { return "No calls were offered.".to_owned() };
    let half = service.half_width();
    let mut text = format!("{}: {} of calls are answered", base.setting.name, share(service.mean, half));
    if base.setting.queues.len() == 1 {
        text += &format!(" within {}", time(crate::unit::seconds(queue.answer_within)));
    } else {
        text += " within their targets";
    }
    if let Some((low, high)) = service.ci95 {
        text += &format!(" (95% interval {} to {})", share(low, half), share(high, half));
    }
    if let Some(Ok(lost)) = base.figure("abandonment_rate").map(|f| &f.value) {
        text += &format!("; {} of callers give up waiting", share(lost.mean, lost.half_width()));
    }
    text + "."
}

/// The whole summary as plain text.
pub fn summary_text(summary: &Summary<'_>) -> String {
    let mut text = format!("{}\n\n{}\n\n", folded(&summary.study.question), folded(&finding(summary)));
    text += &table(summary).trim_fmt();
    text += "\n\nAgainst the base, in time: ▲ better, ▼ worse, = no difference that matters,\n? cannot be told.\n\n";
    text += &counts(summary);
    text += &satisfaction(&summary.options[0]);
    let base = &summary.options[0];
    if let (Some(view), Some(service)) =
        (erlang_view(base, &summary.study.horizon), base.mean("service_level"))
    {
        text += "\n";
        text += &folded(&view.text(service, base.mean("abandonment_rate")));
        text += "\n";
    }
    text
}

fn table(summary: &Summary<'_>) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let mut header = vec![Cell::new("")];
    header.extend(COLUMNS.iter().map(|c| Cell::new(c.1).set_alignment(CellAlignment::Right)));
    table.set_header(header);
    let mut view = None;
    for option in &summary.options {
        // Results stand by view: every option under the first, then under the next.
        if option.setting.view != view {
            view = option.setting.view.clone();
            let title = format!("{}:", view.as_deref().unwrap_or_default());
            table.add_row([Cell::new(wrapped(&title, NAME_WIDTH))]);
        }
        let mut row = vec![Cell::new(wrapped(&option.setting.name, NAME_WIDTH))];
        row.extend(COLUMNS.iter().map(|(id, _)| {
            let shown = option.figure(id).map_or_else(|| "–".to_owned(), shown);
            let mark = if *id == "service_level" { mark(option) } else { "" };
            Cell::new(format!("{mark}{shown}")).set_alignment(CellAlignment::Right)
        }));
        table.add_row(row);
    }
    // Narrow enough for 80 columns.
    table.column_iter_mut().for_each(|column| {
        column.set_padding((1, 0));
    });
    table
}

fn mark(option: &OptionSummary<'_>) -> &'static str {
    match option.comparison("service_level").and_then(|c| c.verdict) {
        Some(Verdict::Better) => "▲ ",
        Some(Verdict::Worse) => "▼ ",
        Some(Verdict::NoDifference) => "= ",
        Some(Verdict::CannotBeTold) => "? ",
        _ => "",
    }
}

/// A figure with no more digits than its interval bears; a dash where it does not exist.
pub(super) fn shown(figure: &Figure) -> String {
    match &figure.value {
        Ok(e) => Unit::parse(figure.measure.unit.name()).figure(e.mean, e.half_width()),
        Err(_) => "–".to_owned(),
    }
}

/// Folds a paragraph to the terminal's width.
fn folded(text: &str) -> String {
    broken(text, 80, "")
}

/// Breaks a name at spaces into lines of at most `width` letters.
fn wrapped(name: &str, width: usize) -> String {
    broken(name, width, "  ")
}

/// Breaks a text at spaces into lines of at most `width` letters, all but the first indented.
fn broken(name: &str, width: usize, indent: &str) -> String {
    let (mut text, mut length) = (String::new(), 0);
    for word in name.split(' ') {
        let letters = word.chars().count();
        if length > 0 && length + 1 + letters > width {
            text.push('\n');
            text.push_str(indent);
            length = indent.len();
        } else if length > 0 {
            text.push(' ');
            length += 1;
        }
        text.push_str(word);
        length += letters;
    }
    text
}

/// Satisfaction of the base's callers, what a survey would see of it, and what it weighs.
fn satisfaction(base: &OptionSummary<'_>) -> String {
    let (Some(all), Some(survey)) = (base.mean("satisfaction"), base.mean("satisfaction_answered")) else {
        return String::new();
    };
    let b = base.setting.response.satisfaction;
    let mut text = format!(
        "Satisfied, on assumed weights: {} of all who call, {} as a survey of answered calls would see it",
        share(all, Some(0.001)),
        share(survey, Some(0.001)),
    );
    if b.per_minute != 0.0 {
        text += &format!(
            "; {} minutes of waiting weigh as much as one unresolved case",
            number(b.unresolved / b.per_minute, 0)
        );
    }
    folded(&(text + ".")) + "\n"
}

/// How much was simulated, for the base.
fn counts(summary: &Summary<'_>) -> String {
    let base = &summary.options[0];
    let mean = |id: &str| base.mean(id).unwrap_or(0.0);
    let text = format!(
        "A mean {} of the base: {} needs make {} calls ({} redials, {} repeats, {} chases). {} of rostered shifts are \
         worked; {} hours are paid, {} signed on. {} replications, seed {}, version {}.",
        if summary.study.horizon.days == 7 {
            "week".to_owned()
        } else {
            format!("{} days", summary.study.horizon.days)
        },
        number(mean("cases"), 0),
        number(mean("offered"), 0),
        number(mean("redials"), 0),
        number(mean("repeats"), 0),
        number(mean("chases"), 0),
        share(mean("present"), Some(0.001)),
        number(mean("hours_paid"), 0),
        number(mean("hours_signed_on"), 0),
        number(f64::from(summary.outcome.replications), 0),
        summary.outcome.seed,
        env!("CARGO_PKG_VERSION"),
    );
    folded(&text) + "\n"
}
