//! A CSV text read by the names of its columns: columns nobody asks for are passed over, an empty cell is a
//! figure that does not exist.

use super::StoredError;

/// A table under reading.
pub(super) struct Table<'a> {
    file: &'static str,
    header: Vec<String>,
    reader: csv::Reader<&'a [u8]>,
}

impl<'a> Table<'a> {
    /// Reads the header; a byte order mark before it is ignored.
    pub(super) fn open(file: &'static str, text: &'a str) -> Result<Table<'a>, StoredError> {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
        let header = reader.headers().map_err(|source| StoredError::Table { file, source })?;
        let header = header.iter().map(|name| name.trim().to_owned()).collect();
        Ok(Table { file, header, reader })
    }

    /// Reads every row with a function that asks the row for its cells.
    pub(super) fn rows<T>(
        mut self,
        mut read: impl FnMut(&Row<'_>) -> Result<Option<T>, StoredError>,
    ) -> Result<Vec<T>, StoredError> {
        let mut rows = Vec::new();
        let mut cells = csv::StringRecord::new();
        loop {
            let more = self.reader.read_record(&mut cells);
            if !more.map_err(|source| StoredError::Table { file: self.file, source })? {
                return Ok(rows);
            }
            rows.extend(read(&Row { file: self.file, header: &self.header, cells: &cells })?);
        }
    }
}

/// One row of a table.
pub(super) struct Row<'a> {
    file: &'static str,
    header: &'a [String],
    cells: &'a csv::StringRecord,
}

impl Row<'_> {
    /// Where a column stands.
    fn place(&self, column: &str) -> Option<usize> {
        self.header.iter().position(|name| name == column)
    }

    /// The text of a cell; empty where the row or the whole column is missing.
    pub(super) fn text(&self, column: &str) -> &str {
        self.place(column).map_or("", |place| self.at(place))
    }

    fn at(&self, place: usize) -> &str {
        self.cells.get(place).unwrap_or("").trim()
    }

    /// The text of a cell in a column that must be there.
    pub(super) fn needed(&self, column: &'static str) -> Result<&str, StoredError> {
        let place = self.place(column).ok_or(StoredError::Column { file: self.file, column })?;
        Ok(self.at(place))
    }

    /// A number, or none where the cell is empty.
    pub(super) fn number(&self, column: &'static str) -> Result<Option<f64>, StoredError> {
        let text = self.needed(column)?;
        if text.is_empty() {
            return Ok(None);
        }
        let number = text.parse::<f64>().ok().filter(|n| n.is_finite());
        number.map(Some).ok_or_else(|| self.fault(column))
    }

    /// The fault of a cell that cannot be read.
    pub(super) fn fault(&self, column: &'static str) -> StoredError {
        let line = self.cells.position().map_or(0, csv::Position::line);
        StoredError::Cell { file: self.file, line, column, text: self.text(column).to_owned() }
    }
}
