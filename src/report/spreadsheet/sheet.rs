//! A sheet written row by row below a heading that stays in sight.

use crate::report::sentence::Unit;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use std::ops::RangeInclusive;

/// Characters of a cell: a spreadsheet takes 32,767.
const MOST_TEXT: usize = 32_000;
/// Rows of a sheet: a spreadsheet takes 1,048,576.
const MOST_ROWS: u32 = 1_000_000;

/// A text no longer than a cell takes.
pub(super) fn bounded(text: &str) -> &str {
    // A letter is a byte at least.
    let end = (text.len() > MOST_TEXT).then(|| text.char_indices().nth(MOST_TEXT)).flatten();
    end.map_or(text, |(end, _)| &text[..end])
}

/// What stands in a cell.
pub(super) enum Cell<'a> {
    /// A text, never a formula.
    Text(&'a str),
    /// A number in the manner of a unit.
    Figure(&'a str, Option<f64>),
    /// The same with its sign.
    Change(&'a str, Option<f64>),
    /// A share.
    Share(Option<f64>),
    /// A number with one decimal.
    Number(Option<f64>),
    /// A whole number.
    Whole(u64),
}

/// A sheet being written.
pub(super) struct Sheet<'b> {
    sheet: &'b mut Worksheet,
    columns: u16,
    row: u32,
    /// Formats of numbers in use, each made once: whether with a sign, and the form.
    formats: Vec<((bool, &'static str), Format)>,
    /// Blocks of numbers that end in the last row, and have not got their format yet.
    open: Vec<Block>,
}

/// Numbers of one format: so many columns wide, from a row down to the last.
struct Block {
    format: usize,
    columns: RangeInclusive<u16>,
    from: u32,
}

impl<'b> Sheet<'b> {
    /// A sheet with its headings and the widths of its columns, in characters.
    pub(super) fn new(
        book: &'b mut Workbook,
        name: &str,
        columns: &[(&str, u8)],
    ) -> Result<Sheet<'b>, XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        let heading = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Bottom)
            .set_border_bottom(FormatBorder::Thin);
        for (column, (title, width)) in (0u16..).zip(columns) {
            sheet.write_string_with_format(0, column, *title, &heading)?;
            sheet.set_column_width(column, f64::from(*width))?;
        }
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_repeat_rows(0, 0)?;
        sheet.set_landscape();
        // As wide as a page, as many pages as it takes.
        sheet.set_print_fit_to_pages(1, 0);
        Ok(Sheet { sheet, columns: columns.len() as u16, row: 0, formats: Vec::new(), open: Vec::new() })
    }

    /// Writes a row; beyond what a sheet takes, nothing.
    pub(super) fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        if self.row >= MOST_ROWS {
            return Ok(());
        }
        self.row += 1;
        let mut blocks: Vec<Block> = Vec::new();
        for (column, cell) in (0u16..).zip(cells) {
            let Some(format) = self.cell(column, cell)? else { continue };
            match blocks.last_mut() {
                Some(last) if last.format == format && *last.columns.end() + 1 == column => {
                    last.columns = *last.columns.start()..=column;
                }
                _ => blocks.push(Block { format, columns: column..=column, from: self.row }),
            }
        }
        self.follow(blocks, self.row - 1)
    }

    /// The blocks of a row: those that go on from the row above stay open, all others above get their format. To look up a
    /// format takes as long as to write thirty numbers, so it is looked up for blocks, not for each number.
    fn follow(&mut self, mut blocks: Vec<Block>, above: u32) -> Result<(), XlsxError> {
        for block in std::mem::take(&mut self.open) {
            let goes_on = |own: &&mut Block| own.format == block.format && own.columns == block.columns;
            if let Some(own) = blocks.iter_mut().find(goes_on) {
                own.from = block.from;
            } else {
                let (first, last) = block.columns.into_inner();
                let format = &self.formats[block.format].1;
                self.sheet.set_range_format(block.from, first, above, last, format)?;
            }
        }
        self.open = blocks;
        Ok(())
    }

    /// Writes a cell; of a number, which format it is still to get.
    fn cell(&mut self, column: u16, cell: &Cell<'_>) -> Result<Option<usize>, XlsxError> {
        let (value, form) = match cell {
            Cell::Text(text) => return self.text(column, text).map(|()| None),
            Cell::Figure(unit, value) => (*value, (false, form(unit))),
            Cell::Change(unit, value) => (*value, (true, form(unit))),
            Cell::Share(value) => (*value, (false, "0.0%")),
            Cell::Number(value) => (*value, (false, "#,##0.0")),
            Cell::Whole(value) => (Some(*value as f64), (false, "0")),
        };
        // What does not exist is an empty cell.
        let Some(value) = value.filter(|v| v.is_finite()) else { return Ok(None) };
        if let Some(known) = self.formats.iter().position(|(known, _)| *known == form) {
            self.sheet.write_number(self.row, column, value)?;
            return Ok(Some(known));
        }
        // Formats are numbered in the workbook in the order in which they are first used.
        let (signed, plain) = form;
        let text = if signed { format!("+{plain};-{plain};{plain}") } else { plain.to_owned() };
        let format = Format::new().set_num_format(text);
        self.sheet.write_number_with_format(self.row, column, value, &format)?;
        self.formats.push((form, format));
        Ok(Some(self.formats.len() - 1))
    }

    /// A text; one that looks like a formula is marked as text, so that it stays one when somebody edits it.
    fn text(&mut self, column: u16, text: &str) -> Result<(), XlsxError> {
        if text.is_empty() {
            return Ok(());
        }
        let text = bounded(text);
        if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']) {
            let format = Format::new().set_quote_prefix();
            self.sheet.write_string_with_format(self.row, column, text, &format)?;
        } else {
            self.sheet.write_string(self.row, column, text)?;
        }
        Ok(())
    }

    /// The finished sheet.
    pub(super) fn ended(mut self) -> Result<(), XlsxError> {
        self.follow(Vec::new(), self.row)
    }

    /// The finished sheet, with filters at its headings.
    pub(super) fn filtered(mut self) -> Result<(), XlsxError> {
        self.follow(Vec::new(), self.row)?;
        if self.row > 0 {
            self.sheet.autofilter(0, 0, self.row, self.columns - 1)?;
        }
        Ok(())
    }
}

/// How numbers of a unit are shown.
fn form(unit: &str) -> &'static str {
    match (Unit::parse(unit), unit) {
        (Unit::Share, _) => "0.0%",
        (Unit::Seconds | Unit::Minutes, _) => "#,##0.0",
        (Unit::Hours, _) => "#,##0.0",
        (Unit::Money, _) => "#,##0.00",
        (Unit::Number, "calls") => "#,##0.0",
        (Unit::Number, _) => "#,##0.000",
    }
}
