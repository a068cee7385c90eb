//! The sheets of what was tried beside the options: ranges, sweeps, and views held against each other.

use super::sheet::{Cell, Sheet};
use crate::report::agreement::{Agreed, Crossed, Disputed, Way, dispute};
use crate::report::sweep::{Bar, Sweep, SweptCurve, SweptInput, SweptMeasure, SweptPoint, TriedRecord};
use rust_xlsxwriter::{Workbook, XlsxError};

const FIGURE: [(&str, u8); 3] = [("Figure", 34), ("Identifier", 26), ("Unit", 8)];
const CHANGE: [(&str, u8); 4] = [
    ("Difference", 12),
    ("95% interval, low", 12),
    ("95% interval, high", 12),
    ("Why there is none, or no interval", 40),
];

/// What the sheets hold, and what their columns mean.
const MEANING: [(&str, &str); 11] = [
    (
        "Ranges",
        "Each number of [ranges] at both ends of its range, one at a time, all else as it stands, on the same days.",
    ),
    (
        "Ranges: Difference",
        "The figure at that end less the figure as the option stands, by pairs of histories.",
    ),
    ("Sweeps", "Each number of [sweeps] at every point of its range; a row an option, figure and point."),
    (
        "Sweeps: Mean",
        "The figure at the point. Difference: the option’s figure less the base’s at the same point, by pairs of histories.",
    ),
    (
        "Break-even",
        "What each sweep finds: where a figure meets its target or the base’s figure. The interval holds every value at which the level lies within the curve’s 95% interval.",
    ),
    (
        "Views switched",
        "Verdicts that differ between two views, and each input in which the views differ switched alone to the other view’s value.",
    ),
    (
        "Views switched: Difference",
        "The option’s figure less the base’s with that input switched and all else as under the view named; of the base against its target, the figure itself.",
    ),
    (
        "Views switched: Turns it",
        "Yes, if the verdict is then the other view’s: the 95% interval lies wholly on the other side of where the verdict changes.",
    ),
    (
        "Views turn",
        "Where on the way from the first view’s value to the second’s the verdict turns, with its 95% interval; an empty end lies beyond the views’ values.",
    ),
    (
        "Views turn: Share of the way",
        "0 is the first view’s value, 1 the second’s. Inputs that turn a verdict only together go along in step: a row each, with the same share.",
    ),
    (
        "Seconds",
        "Values of durations are in seconds; differences of shares are in percentage points, shown with a % sign.",
    ),
];

/// The sheets, as far as there is something to show.
pub(super) fn sheets(book: &mut Workbook, tried: &TriedRecord) -> Result<(), XlsxError> {
    meaning(book, tried)?;
    ranges(book, tried)?;
    sweeps(book, tried)?;
    if !tried.views.is_empty() {
        switched(book, &tried.views)?;
        turns(book, &tried.views)?;
    }
    Ok(())
}

fn meaning(book: &mut Workbook, tried: &TriedRecord) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(book, "What was tried", &[("Sheet, or column of it", 32), ("Meaning", 120)])?;
    let shown = |name: &str| match name {
        _ if name.starts_with("Ranges") => tried.ranges.is_some(),
        _ if name.starts_with("Sweeps") || name == "Break-even" => !tried.sweeps.is_empty(),
        _ if name.starts_with("Views") => !tried.views.is_empty(),
        _ => true,
    };
    for (name, text) in MEANING.iter().filter(|(name, _)| shown(name)) {
        sheet.row(&[Cell::Text(name), Cell::Text(text)])?;
    }
    sheet.row(&[Cell::Text("Histories of every range and sweep"), Cell::Whole(tried.replications.into())])?;
    for agreed in &tried.views {
        let name = format!("Histories of views {} and {}", agreed.views[0], agreed.views[1]);
        sheet.row(&[Cell::Text(&name), Cell::Whole(agreed.replications.into())])?;
    }
    sheet.ended()
}

/// A difference with its interval.
fn change<'a>(unit: &'a str, point: &'a SweptPoint) -> [Cell<'a>; 4] {
    let (low, high) = point.ci95.map(|[low, high]| (low, high)).unzip();
    [
        Cell::Change(unit, point.mean),
        Cell::Change(unit, low),
        Cell::Change(unit, high),
        Cell::Text(point.why.as_deref().unwrap_or_default()),
    ]
}

/// A figure with its interval.
fn figure<'a>(unit: &'a str, point: &SweptPoint) -> [Cell<'a>; 3] {
    let (low, high) = point.ci95.map(|[low, high]| (low, high)).unzip();
    [Cell::Figure(unit, point.mean), Cell::Figure(unit, low), Cell::Figure(unit, high)]
}

/// How the values of an input are shown.
fn value<'a>(input: &SweptInput, value: f64) -> Cell<'a> {
    match input.quantity.as_str() {
        "share" => Cell::Figure("share", Some(value)),
        "s" => Cell::Figure("s", Some(value)),
        "money" => Cell::Figure("money", Some(value)),
        "whole" => Cell::Figure("calls", Some(value)),
        _ => Cell::Figure("", Some(value)),
    }
}

fn ranges(book: &mut Workbook, tried: &TriedRecord) -> Result<(), XlsxError> {
    let Some(tornado) = &tried.ranges else { return Ok(()) };
    let own = [
        ("Input", 46),
        ("Option", 34),
        ("Now", 12),
        ("End of the range", 12),
        ("Value", 12),
        ("As written", 14),
    ];
    let mut sheet = Sheet::new(book, "Ranges", &[&own[..], &FIGURE, &CHANGE].concat())?;
    let unit = tornado.unit.as_str();
    let row = |bar: &Bar, end: usize, sheet: &mut Sheet<'_>| {
        let now = bar.input.own.first().copied().flatten();
        let mut cells = vec![
            Cell::Text(&bar.input.path),
            Cell::Text(&bar.option),
            now.map_or(Cell::Text(""), |now| value(&bar.input, now)),
            Cell::Text(["lower", "higher"][end]),
            value(&bar.input, bar.input.values[end]),
            Cell::Text(&bar.input.texts[end]),
            Cell::Text(&tornado.title),
            Cell::Text(&tornado.measure),
            Cell::Text(unit),
        ];
        cells.extend(change(unit, &bar.changes[end]));
        sheet.row(&cells)
    };
    for bar in &tornado.bars {
        row(bar, 0, &mut sheet)?;
        row(bar, 1, &mut sheet)?;
    }
    sheet.filtered()
}

fn sweeps(book: &mut Workbook, tried: &TriedRecord) -> Result<(), XlsxError> {
    if tried.sweeps.is_empty() {
        return Ok(());
    }
    let own = [("Input", 46), ("View", 16), ("Option", 34), ("Value", 12), ("As written", 14)];
    let mean = [("Mean", 12), ("95% interval, low", 12), ("95% interval, high", 12)];
    let mut sheet = Sheet::new(book, "Sweeps", &[&own[..], &FIGURE, &mean, &CHANGE].concat())?;
    for sweep in &tried.sweeps {
        for measure in &sweep.measures {
            measure.curves.iter().try_for_each(|curve| points(&mut sheet, sweep, measure, curve))?;
        }
    }
    sheet.filtered()?;
    let columns = [("Input", 46), ("Figure", 34), ("What is found", 130)];
    let mut sheet = Sheet::new(book, "Break-even", &columns)?;
    for sweep in &tried.sweeps {
        for measure in &sweep.measures {
            for finding in &measure.findings {
                let texts = [&sweep.inputs[0].path, &measure.title, finding];
                sheet.row(&texts.map(|text| Cell::Text(text)))?;
            }
        }
    }
    sheet.filtered()
}

fn points(
    sheet: &mut Sheet<'_>,
    sweep: &Sweep,
    measure: &SweptMeasure,
    curve: &SweptCurve,
) -> Result<(), XlsxError> {
    let input = &sweep.inputs[0];
    let unit = measure.unit.as_str();
    for (number, point) in curve.figures.iter().enumerate() {
        let mut cells = vec![
            Cell::Text(&input.path),
            Cell::Text(sweep.view.as_deref().unwrap_or_default()),
            Cell::Text(&curve.option),
            value(input, input.values[number]),
            Cell::Text(&input.texts[number]),
            Cell::Text(&measure.title),
            Cell::Text(&measure.path),
            Cell::Text(unit),
        ];
        cells.extend(figure(unit, point));
        if let Some(differences) = &curve.differences {
            cells.extend(change(unit, &differences[number]));
        }
        sheet.row(&cells)?;
    }
    Ok(())
}

/// What stands at the head of every row about a disputed verdict.
const DISPUTED: [(&str, u8); 5] = [
    ("First view", 16),
    ("Second view", 16),
    ("Option", 34),
    ("Verdict under the first", 18),
    ("Verdict under the second", 18),
];

fn disputed<'a>(agreed: &'a Agreed, one: &'a Disputed) -> Vec<Cell<'a>> {
    let [first, second] = &agreed.views;
    let texts =
        [first, second, &one.option, &one.verdicts[0], &one.verdicts[1], &one.title, &one.measure, &one.unit];
    texts.map(|text| Cell::Text(text)).into()
}

fn switched(book: &mut Workbook, views: &[Agreed]) -> Result<(), XlsxError> {
    let own = [("Input", 46), ("Under the first", 24), ("Under the second", 24), ("All else as under", 16)];
    let turns = [("Turns it", 9)];
    let mut sheet =
        Sheet::new(book, "Views switched", &[&DISPUTED[..], &FIGURE, &own, &CHANGE, &turns].concat())?;
    for (agreed, one) in views.iter().flat_map(|agreed| agreed.disputed.iter().map(move |one| (agreed, one)))
    {
        for (input, alone) in agreed.inputs.iter().zip(&one.alone) {
            for (view, found) in alone.found.iter().enumerate() {
                let mut cells = disputed(agreed, one);
                let texts = [&input.path, &input.values[0], &input.values[1], &agreed.views[view]];
                cells.extend(texts.map(|text| Cell::Text(text)));
                cells.extend(change(&one.unit, found));
                cells.push(Cell::Text(if alone.turns[view] { "yes" } else { "no" }));
                sheet.row(&cells)?;
            }
        }
    }
    sheet.filtered()
}

fn turns(book: &mut Workbook, views: &[Agreed]) -> Result<(), XlsxError> {
    let own = [
        ("Input", 46),
        ("All else as under", 16),
        ("Turns at", 12),
        ("95% interval, low", 12),
        ("95% interval, high", 12),
        ("Share of the way", 10),
        ("What is found", 110),
    ];
    let mut sheet = Sheet::new(book, "Views turn", &[&DISPUTED[..], &FIGURE, &own].concat())?;
    for (agreed, one) in views.iter().flat_map(|agreed| agreed.disputed.iter().map(move |one| (agreed, one)))
    {
        let finding = dispute(agreed, one);
        let crossed: Vec<(&Way, &Crossed)> =
            one.ways.iter().flat_map(|way| way.crossed.iter().flatten().map(move |at| (way, at))).collect();
        if crossed.is_empty() {
            let mut cells = disputed(agreed, one);
            cells.extend([""; 6].map(Cell::Text));
            cells.push(Cell::Text(&finding));
            sheet.row(&cells)?;
        }
        for (way, at) in crossed {
            for (place, input) in way.inputs.iter().enumerate() {
                let Some(number) = &agreed.inputs[*input].number else { continue };
                let (first, last) = (number.values[0], number.values[number.values.len() - 1]);
                let between = |share: f64| first + share * (last - first);
                let mut ends = at.ci95.map(|end| end.map(between));
                // The lower value first.
                if last < first {
                    ends.swap(0, 1);
                }
                let shown = |v: Option<f64>| v.map_or(Cell::Text(""), |v| value(number, v));
                let mut cells = disputed(agreed, one);
                cells.extend([
                    Cell::Text(&number.path),
                    Cell::Text(&agreed.views[way.rest]),
                    value(number, at.values[place]),
                    shown(ends[0]),
                    shown(ends[1]),
                    Cell::Share(Some(at.share)),
                    Cell::Text(&finding),
                ]);
                sheet.row(&cells)?;
            }
        }
    }
    sheet.filtered()
}
