//! `results.xlsx`: the figures of a run for those who go on working with them. Numbers are numbers at full precision with
//! formats that fit their unit, texts are texts whatever they begin with; the same run gives the same bytes.

mod figures;
mod record;
mod sheet;
mod tried;
mod weekdays;

use super::stored::Stored;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

/// Why the spreadsheet could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the spreadsheet cannot be made: {0}")]
pub struct SpreadsheetError(#[from] XlsxError);

/// How closely the file is packed, 1 to 9: as spreadsheets pack theirs, in two thirds of the time of the usual 6, and
/// about a tenth larger.
const PACKED: u8 = 3;

/// The results of a run as a workbook.
///
/// # Errors
/// When the writer refuses a cell: a defect of ours.
pub fn results_xlsx(stored: &Stored) -> Result<Vec<u8>, SpreadsheetError> {
    let results = &stored.results;
    let mut book = Workbook::new();
    book.set_zip_compression_level(PACKED);
    // No clock: the same results give the same bytes.
    let properties = DocProperties::new()
        .set_title(sheet::bounded(&results.scenario))
        .set_author("answerable")
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    book.set_properties(&properties);
    record::about(&mut book, results)?;
    figures::comparison(&mut book, results)?;
    figures::measures(&mut book, results)?;
    figures::queues(&mut book, results)?;
    figures::teams(&mut book, results)?;
    if results.options.iter().any(|option| option.sites.iter().next().is_some()) {
        figures::sites(&mut book, results)?;
    }
    if results.options.iter().any(|option| !option.weekdays.is_empty()) {
        weekdays::weekdays(&mut book, results)?;
    }
    figures::intervals(&mut book, stored)?;
    if let Some(tried) = &stored.tried {
        tried::sheets(&mut book, tried)?;
    }
    record::definitions(&mut book, results)?;
    record::inputs(&mut book, results)?;
    record::changes(&mut book, results)?;
    Ok(book.save_to_buffer()?)
}
