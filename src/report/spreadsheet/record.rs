//! The sheets of words: what the run is, what its figures mean, and what went in.

use super::sheet::{Cell, Sheet};
use crate::report::stored::Results;
use rust_xlsxwriter::{Workbook, XlsxError};

/// What the workbook holds, and how to read it.
const READING: [&str; 5] = [
    "A mean is the estimate over the whole run. Its 95% interval says how far chance could still move it; it says \
     nothing of doubt about the inputs.",
    "Differences are an option less the base under the same view; those of shares are in percentage points, shown with a % \
     sign. Each interval is for its comparison alone.",
    "“Better” and “worse” are told from the interval; “no difference that matters” where all of it is smaller than what was \
     said to matter; “cannot be told” where it holds both.",
    "An empty cell is a figure that does not exist; a column beside it says why.",
    "Numbers are stored at full precision; formats show fewer digits.",
];

/// The run itself.
pub(super) fn about(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(book, "About", &[("About this run", 26), ("", 100)])?;
    let replications = results.replications;
    let mut line = |name: &str, cell: Cell<'_>| sheet.row(&[Cell::Text(name), cell]);
    line("Scenario", Cell::Text(&results.scenario))?;
    line("Question", Cell::Text(&results.question))?;
    line("First day measured", Cell::Text(&results.horizon.start))?;
    line("Days measured", Cell::Whole(results.horizon.days))?;
    line("Histories of each option", Cell::Whole(replications))?;
    line("Seed", Cell::Text(&results.seed.to_string()))?;
    line("Made by", Cell::Text(&format!("answerable {}", results.version)))?;
    line("Currency", Cell::Text(&results.currency))?;
    for warning in &results.warnings {
        line("Mind", Cell::Text(warning))?;
    }
    for text in READING {
        line("How to read it", Cell::Text(text))?;
    }
    sheet.ended()
}

/// What every figure means.
pub(super) fn definitions(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    let columns =
        [("Identifier", 28), ("Figure", 34), ("Unit", 8), ("Better", 9), ("Group", 10), ("Meaning", 110)];
    let mut sheet = Sheet::new(book, "Definitions", &columns)?;
    for (id, d) in results.definitions.iter() {
        let texts = [id, &d.title, &d.unit, &d.better, &d.group, &d.text];
        sheet.row(&texts.map(Cell::Text))?;
    }
    sheet.filtered()
}

/// Every value of the base, with where it comes from.
pub(super) fn inputs(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    let columns =
        [("Input", 46), ("Value", 36), ("Origin", 12), ("Source, or why it is assumed", 60), ("Meaning", 80)];
    let mut sheet = Sheet::new(book, "Inputs", &columns)?;
    for input in &results.inputs {
        let texts = [&input.path, &input.value, &input.origin, &input.text, &input.help];
        sheet.row(&texts.map(|text| Cell::Text(text)))?;
    }
    sheet.filtered()
}

/// What options and views change.
pub(super) fn changes(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    let columns = [
        ("Option", 34),
        ("View", 16),
        ("Input", 46),
        ("Base", 36),
        ("Changed to", 36),
        ("Origin", 12),
        ("Source, or why it is assumed", 60),
    ];
    let mut sheet = Sheet::new(book, "Changes", &columns)?;
    for change in &results.changes {
        for row in &change.rows {
            let view = change.view.as_deref().unwrap_or_default();
            let texts = [&change.option, view, &row.path, &row.base, &row.option, &row.origin, &row.text];
            sheet.row(&texts.map(Cell::Text))?;
        }
    }
    sheet.filtered()
}
