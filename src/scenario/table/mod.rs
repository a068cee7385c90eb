//! Tables in CSV files beside the scenario: one reader for all of them.
//!
//! A table is a header, then one row a line. Commas, semicolons or tabs separate; with the latter two a decimal
//! comma is understood. A byte-order mark, Windows line ends, empty lines, rows and columns, remarks after `#` and
//! quoted cells are taken as spreadsheets write them. Whatever is wrong is a fault at its cell; all of them are told at once, up to
//! [`MOST_TOLD`] a file.
//!
//! How to read one: [`Csv::open`], then [`Csv::columns`] with the columns it may have, then [`Csv::rows`] and
//! [`Rows::next`] until none is left, reading cells with [`Csv::read`]; at the end [`Csv::close`] says whether all was sound.

mod cell;
mod columns;
mod rows;

pub(super) use cell::Cell;
pub(super) use columns::Column;
pub(super) use rows::Rows;

use super::code::Code;
use super::finding::Findings;
use super::tree::Place;
use rows::Line;
use std::cell::Cell as Slot;

/// More faults than this in one file are the echo of the first: the rest are counted.
pub(super) const MOST_TOLD: usize = 20;

/// After so many faults no more rows are read: the file is something else.
const MOST_COUNTED: usize = 10_000;

/// Longer tables are refused: 2 million rows hold a rota of 500 agents for ten years.
const MOST_ROWS: usize = 2_000_000;

/// Wider tables are refused.
const MOST_COLUMNS: usize = 1000;

/// A CSV file whose header has been read.
#[derive(Debug)]
pub(super) struct Csv<'t> {
    separator: u8,
    header: Vec<Cell<'t>>,
    /// Where the header stands.
    pub(super) header_place: Place,
    /// What follows the header.
    body: Line<'t>,
    /// Faults so far.
    told: Slot<usize>,
    /// The place of the first fault that is counted only.
    more_at: Slot<Option<Place>>,
    /// The decimal mark that the file uses, once one was met.
    decimal: Slot<Option<char>>,
}

impl<'t> Csv<'t> {
    /// Reads the header of a file; `example` is a header it might have.
    pub(super) fn open(file: u16, text: &'t str, example: &str, out: &mut Findings) -> Option<Csv<'t>> {
        let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut body = Line { file, number: 0, at: mark, text: &text[mark..] };
        let Some(mut line) = body.take_line() else {
            let help = format!("begin with a header such as: {example}");
            out.fault(Code::CsvHeader, Place::new(file, 0..0), "the file is empty", help);
            return None;
        };
        let mut separator = None;
        // Some spreadsheets say it in a line of its own.
        if let Some(said) = line.text.strip_prefix("sep=").filter(|said| said.len() == 1) {
            separator = said.bytes().next();
            line = body.take_line()?;
        }
        let separator = separator.unwrap_or_else(|| {
            [b';', b'\t', b','].into_iter().find(|c| line.text.as_bytes().contains(c)).unwrap_or(b',')
        });
        let place = line.place();
        let mut spans = Vec::new();
        let whole = rows::split(&mut rows::reader(separator), line.text, MOST_COLUMNS, &mut spans);
        if whole.is_err() || spans.len() > MOST_COLUMNS {
            let (message, help) = match whole {
                Err(()) => ("the header has a quote that is not closed", "close it, or remove it"),
                Ok(()) => ("the header has more than 1000 columns", "keep the columns that are needed"),
            };
            out.fault(Code::CsvHeader, place, message, help);
            return None;
        }
        let mut header: Vec<Cell<'_>> = spans.iter().map(|span| Cell::of(&line, *span)).collect();
        // Spreadsheets write columns that were used once and are empty now.
        while header.len() > 1 && header.last().is_some_and(|cell| cell.text.is_empty()) {
            header.pop();
        }
        Some(Csv {
            separator,
            header,
            header_place: place,
            body,
            told: Slot::new(0),
            more_at: Slot::new(None),
            decimal: Slot::new(None),
        })
    }

    /// The rows after the header.
    pub(super) fn rows(&self) -> Rows<'_, 't> {
        Rows::new(self, self.body)
    }

    /// Records a fault; beyond [`MOST_TOLD`] they are counted only.
    pub(super) fn fault(
        &self,
        code: Code,
        place: Place,
        message: impl Into<String>,
        help: impl Into<String>,
        out: &mut Findings,
    ) {
        let told = self.told.get() + 1;
        self.told.set(told);
        if told <= MOST_TOLD {
            out.fault(code, place, message, help);
        } else if self.more_at.get().is_none() {
            self.more_at.set(Some(place));
        }
    }

    /// Records that a table holds more of something than is read; the rest is passed over.
    pub(super) fn too_many(&self, what: &str, most: usize, place: Place, out: &mut Findings) {
        let message = format!("the file has over {most} {what}: the rest was not read");
        self.fault(Code::CsvRow, place, message, "keep those that the scenario is about", out);
    }

    /// Whether no fault was found so far.
    pub(super) fn sound(&self) -> bool {
        self.told.get() == 0
    }

    /// Tells how many more faults there are; whether there was none at all.
    pub(super) fn close(self, out: &mut Findings) -> bool {
        if let Some(place) = self.more_at.get() {
            let more = self.told.get() - MOST_TOLD;
            let message = match more {
                _ if self.told.get() >= MOST_COUNTED => {
                    format!("over {MOST_COUNTED} faults in this file: the rest was not read")
                }
                1 => "one more fault in this file".to_owned(),
                _ => format!("{more} more faults in this file, this one the first of them"),
            };
            out.fault(Code::CsvRow, place, message, "mend those above, then check again");
        }
        self.told.get() == 0
    }
}

#[cfg(test)]
mod tests;
