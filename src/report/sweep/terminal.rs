//! A sweep on the terminal: what it finds, then a table for each measure.

use super::record::{Sweep, SweptCurve, SweptMeasure, SweptPoint};
use super::words::{range, value};
use crate::report::sentence::{Unit, named, number};
use crate::report::terminal::fold::{COLUMNS, broken, clean, folded};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};

/// Columns of figures of one table, at most; the rest is in sweep.csv.
const WIDEST: usize = 7;

/// The sweep as plain text.
pub fn sweep_text(sweep: &Sweep) -> String {
    let mut text = String::new();
    if !sweep.question.is_empty() {
        text += &format!("{}\n\n", folded(&clean(&sweep.question)));
    }
    text += &format!("{}\n", folded(&clean(&varied(sweep))));
    for finding in sweep.measures.iter().flat_map(|measure| &measure.findings) {
        text += &format!("\n{}\n", broken(&clean(finding), COLUMNS, "  ").join("\n"));
    }
    for measure in &sweep.measures {
        text += &format!("\n{}\n", table(sweep, measure));
    }
    text
}

/// What was varied, in a sentence.
pub(super) fn varied(sweep: &Sweep) -> String {
    let inputs: Vec<String> = sweep
        .inputs
        .iter()
        .map(|input| {
            let points = input.values.len();
            format!("{} {} ({points} points)", input.path, range(input, &sweep.currency))
        })
        .collect();
    let view = sweep.view.as_ref().map_or_else(String::new, |view| format!(", view {}", named(view)));
    let replications = number(f64::from(sweep.replications), 0);
    format!(
        "Varied: {}. {replications} replications of every point, seed {}{view}.",
        inputs.join(", and "),
        sweep.seed
    )
}

fn table(sweep: &Sweep, measure: &SweptMeasure) -> String {
    let tables: Vec<String> = match sweep.inputs.len() {
        1 => vec![of_one(sweep, measure)],
        _ => measure.curves.iter().map(|curve| of_two(sweep, measure, curve)).collect(),
    };
    tables.join("\n")
}

fn drawn(rows: Vec<Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    for row in rows {
        let cells = row.into_iter().enumerate().map(|(column, text)| {
            let side = if column == 0 { CellAlignment::Left } else { CellAlignment::Right };
            Cell::new(text).set_alignment(side)
        });
        table.add_row(cells.collect::<Vec<_>>());
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// A row a point: each option's figure, then its difference from the base.
fn of_one(sweep: &Sweep, measure: &SweptMeasure) -> String {
    let input = &sweep.inputs[0];
    let unit = Unit::parse(&measure.unit);
    let shown = measure.curves.len().min(WIDEST / 2 + 1);
    let curves = &measure.curves[..shown];
    let names: Vec<String> = (1..=shown).map(|n| format!("({n})")).collect();
    let mut head = vec![format!("{} by {}", measure.title, input.path)];
    head.extend(names.iter().cloned());
    head.extend(names.iter().skip(1).map(|name| format!("{name} - (1)")));
    let mut rows = Vec::new();
    for (point, at) in input.values.iter().enumerate() {
        let mut row = vec![value(input, &sweep.currency, *at)];
        row.extend(curves.iter().map(|curve| figure(unit, &curve.figures[point])));
        let differences = curves.iter().filter_map(|curve| curve.differences.as_ref());
        row.extend(differences.map(|all| difference(unit, &all[point])));
        rows.push(row);
    }
    let mut text = format!("{}\n", clean(&head.remove(0)));
    head.insert(0, String::new());
    rows.insert(0, head);
    if curves.len() == 1 {
        rows.remove(0);
    } else {
        for (name, curve) in names.iter().zip(curves) {
            text += &format!("{name} {}\n", clean(&curve.option));
        }
    }
    if shown < measure.curves.len() {
        text += &format!("{} more options in sweep.csv\n", measure.curves.len() - shown);
    }
    text + &drawn(rows)
}

/// A row a value of the first input, a column a value of the second: figures of the base, differences of others.
fn of_two(sweep: &Sweep, measure: &SweptMeasure, curve: &SweptCurve) -> String {
    let [first, second] = &sweep.inputs[..] else { return String::new() };
    let unit = Unit::parse(&measure.unit);
    let columns = second.values.len();
    // Both ends, and as many between as there is room for.
    let shown: Vec<usize> = match columns {
        0..=WIDEST => (0..columns).collect(),
        _ => (0..WIDEST).map(|k| k * (columns - 1) / (WIDEST - 1)).collect(),
    };
    let mut head = vec![String::new()];
    head.extend(shown.iter().map(|j| value(second, &sweep.currency, second.values[*j])));
    let mut rows = vec![head];
    for (i, at) in first.values.iter().enumerate() {
        let mut row = vec![value(first, &sweep.currency, *at)];
        row.extend(shown.iter().map(|j| match &curve.differences {
            Some(all) => difference(unit, &all[i * columns + j]),
            None => figure(unit, &curve.figures[i * columns + j]),
        }));
        rows.push(row);
    }
    let what = match &curve.differences {
        Some(_) => format!("{}, {} less {}", measure.title, curve.option, sweep.options[0]),
        None => format!("{}, {}", measure.title, curve.option),
    };
    let left_out = if shown.len() < columns { "; every value in sweep.csv" } else { "" };
    let caption = clean(&format!("{what}: {} down, {} across{left_out}", first.path, second.path));
    format!("{}\n{}", folded(&caption), drawn(rows))
}

fn half(point: &SweptPoint) -> Option<f64> {
    point.ci95.map(|[low, high]| (high - low) / 2.0)
}

/// "77.5% ±0.4".
pub(super) fn figure(unit: Unit, point: &SweptPoint) -> String {
    let Some(mean) = point.mean else { return "–".to_owned() };
    let half = half(point);
    let text = unit.figure(mean, half);
    match half.filter(|half| *half > 0.0) {
        Some(half) => format!("{text} ±{}", spread(unit, half)),
        None => text,
    }
}

fn spread(unit: Unit, half: f64) -> String {
    let half = half * unit.scale();
    number(half, if half < 0.05 { 2 } else { usize::from(half < 9.95) })
}

/// "+6.4 ±0.4".
pub(super) fn difference(unit: Unit, point: &SweptPoint) -> String {
    let Some(mean) = point.mean else { return "–".to_owned() };
    let (mean, half) = (mean * unit.scale(), half(point).unwrap_or(0.0));
    if mean == 0.0 && half == 0.0 {
        return "0".to_owned();
    }
    let wide = half * unit.scale();
    let sign = if mean > 0.0 { "+" } else { "" };
    format!("{sign}{} ±{}", number(mean, if wide < 0.05 { 2 } else { 1 }), spread(unit, half))
}
