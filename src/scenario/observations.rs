//! Observations of a duration, from a column of a CSV file.

use super::code::Code;
use super::finding::Findings;
use super::table::Csv;
use crate::law::{LONGEST, Observations};
use crate::unit::duration;

/// Reads a column of durations; an empty name stands for the file's only column.
pub(super) fn parse(file: u16, column: &str, text: &str, out: &mut Findings) -> Option<Observations> {
    let csv = Csv::open(file, text, "seconds", out)?;
    let mut observed = Vec::new();
    if let Some(column) = csv.column(column, out) {
        let mut rows = csv.rows();
        while let Some(row) = rows.next(out) {
            let cell = &row.cells[column];
            match csv.read(Csv::duration, cell, "the observation", row.number, out) {
                Some(length) if length > LONGEST => {
                    let message =
                        format!("the observation in row {} is longer than {}", row.number, duration(LONGEST));
                    csv.fault(Code::NotADuration, cell.place, message, "is it in seconds?", out);
                }
                Some(length) => observed.push(length),
                None => {}
            }
        }
        if observed.is_empty() && csv.sound() {
            let help = "give one observation a row";
            csv.fault(Code::CsvRow, csv.header_place, "the file holds no observation", help, out);
        }
    }
    (csv.close(out) && !observed.is_empty()).then(|| Observations::new(observed))
}
