//! Lines split into cells, each with its place.

use super::super::code::Code;
use super::super::finding::Findings;
use super::super::tree::Place;
use super::{Cell, Csv, MOST_COUNTED, MOST_ROWS};
use csv_core::{ReadFieldResult, Reader, ReaderBuilder, Terminator};

/// A stretch of a file: one line, or what is left of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    /// Number of the file.
    pub(super) file: u16,
    /// Lines up to here, counted from 1.
    pub(super) number: usize,
    /// First byte.
    pub(super) at: usize,
    /// Its text.
    pub(super) text: &'t str,
}

impl<'t> Line<'t> {
    /// Takes the next line that holds something, without its end; `#` begins a remark.
    pub(super) fn take_line(&mut self) -> Option<Line<'t>> {
        while !self.text.is_empty() {
            let end = self.text.find('\n').map_or(self.text.len(), |at| at + 1);
            let line = Line {
                number: self.number + 1,
                text: self.text[..end].trim_end_matches(['\r', '\n']),
                ..*self
            };
            *self = Line { number: self.number + 1, at: self.at + end, text: &self.text[end..], ..*self };
            if !line.text.trim().is_empty() && !line.text.starts_with('#') {
                return Some(line);
            }
        }
        None
    }

    /// Where it stands.
    pub(super) fn place(&self) -> Place {
        Place::new(self.file, self.at..self.at + self.text.trim_end().len())
    }
}

/// A reader of cells.
pub(super) fn reader(separator: u8) -> Reader {
    // A stray carriage return is part of its cell, not the end of the line.
    ReaderBuilder::new().delimiter(separator).terminator(Terminator::Any(b'\n')).build()
}

/// Splits a line into ranges of bytes, at most one more than `most`. An error is a quote that is not closed, or
/// text after a closing quote.
pub(super) fn split(
    reader: &mut Reader,
    line: &str,
    most: usize,
    spans: &mut Vec<(usize, usize)>,
) -> Result<(), ()> {
    reader.reset();
    spans.clear();
    let (mut start, mut at) = (0, 0);
    let mut unquoted = [0; 256];
    while spans.len() <= most {
        let (read, taken, _) = reader.read_field(&line.as_bytes()[at..], &mut unquoted);
        at += taken;
        match read {
            ReadFieldResult::Field { record_end } => {
                let end = if record_end { at } else { at - 1 };
                let raw = line[start..end].trim();
                let quotes = raw.bytes().filter(|b| *b == b'"').count();
                if raw.starts_with('"') && (quotes % 2 == 1 || !raw.ends_with('"')) {
                    return Err(());
                }
                spans.push((start, end));
                start = at;
                if record_end {
                    return Ok(());
                }
            }
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => {}
            ReadFieldResult::End => return Ok(()),
        }
    }
    Ok(())
}

/// The rows of a table, read one after another.
#[derive(Debug)]
pub(in crate::scenario) struct Rows<'c, 't> {
    csv: &'c Csv<'t>,
    rest: Line<'t>,
    reader: Box<Reader>,
    spans: Vec<(usize, usize)>,
    cells: Vec<Cell<'t>>,
    /// Rows given so far.
    given: usize,
}

/// One row: as many cells as the header has.
#[derive(Debug)]
pub(in crate::scenario) struct Row<'r, 't> {
    /// Its line in the file, counted from 1: the row that a spreadsheet shows.
    pub(in crate::scenario) number: usize,
    /// Where it stands.
    pub(in crate::scenario) place: Place,
    /// Its cells, one a column of the header.
    pub(in crate::scenario) cells: &'r [Cell<'t>],
}

impl<'c, 't> Rows<'c, 't> {
    pub(super) fn new(csv: &'c Csv<'t>, rest: Line<'t>) -> Rows<'c, 't> {
        Rows {
            csv,
            rest,
            reader: Box::new(reader(csv.separator)),
            spans: Vec::new(),
            cells: Vec::new(),
            given: 0,
        }
    }

    /// The next row that is as long as the header, empty cells at its end left out; others are faults and passed
    /// over. A row without anything in it is no row.
    pub(in crate::scenario) fn next(&mut self, out: &mut Findings) -> Option<Row<'_, 't>> {
        let columns = self.csv.header.len();
        loop {
            if self.csv.told.get() >= MOST_COUNTED {
                return None;
            }
            let line = self.rest.take_line()?;
            let number = line.number;
            let whole = split(&mut self.reader, line.text, columns, &mut self.spans);
            if whole.is_err() {
                let message = format!("row {number} has a quote that is not closed");
                let help = "close it where the cell ends, or remove it";
                self.csv.fault(Code::CsvRow, line.place(), message, help, out);
                continue;
            }
            let beyond = self.spans.get(columns).map_or("", |(start, _)| &line.text[*start..]);
            if beyond.bytes().all(|b| b == self.csv.separator || b == b' ') {
                self.spans.truncate(columns);
            }
            if self.spans.len() != columns {
                let has = line.text.bytes().filter(|b| *b == self.csv.separator).count() + 1;
                let message = format!("row {number} has {has} values, the header {columns}");
                self.csv.fault(Code::CsvRow, line.place(), message, self.csv.ragged_help(), out);
                continue;
            }
            self.cells.clear();
            self.cells.extend(self.spans.iter().map(|span| Cell::of(&line, *span)));
            if columns > 1 && self.cells.iter().all(|cell| cell.text.is_empty()) {
                continue;
            }
            self.given += 1;
            if self.given > MOST_ROWS {
                self.csv.too_many("rows", MOST_ROWS, line.place(), out);
                return None;
            }
            return Some(Row { number, place: line.place(), cells: &self.cells });
        }
    }
}

impl Csv<'_> {
    fn ragged_help(&self) -> &'static str {
        match self.separator {
            b',' => {
                "give every row as many values as the header; with decimal commas, separate by semicolons"
            }
            _ => "give every row as many values as the header",
        }
    }
}
