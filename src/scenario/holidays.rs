//! Lists of dates on which the centre is closed: bank holidays, as published, in a CSV file.

use super::finding::Findings;
use super::table::{Column, Csv};
use crate::unit::Date;

const COLUMNS: [Column; 2] = [
    Column::required("date", &["day"], "a day on which the centre is closed, for example 2024-12-25"),
    Column::optional("name", &["title", "event", "holiday", "note", "notes"], "what the day is called"),
];

/// Reads a list of dates: a header, then one date a row.
pub(super) fn parse(file: u16, _name: &str, text: &str, out: &mut Findings) -> Option<Vec<Date>> {
    let csv = Csv::open(file, text, "date,name", out)?;
    let mut dates = Vec::new();
    if let Some([Some(date), _]) = csv.columns(&COLUMNS, out) {
        let mut rows = csv.rows();
        while let Some(row) = rows.next(out) {
            dates.extend(csv.read(Csv::date, &row.cells[date], "the date", row.number, out));
        }
    }
    csv.close(out).then_some(dates)
}
