//! Why the files of a run directory cannot be read.

/// A file of a run directory that is not what its name promises.
#[derive(Debug, thiserror::Error)]
pub enum StoredError {
    /// A file is not there.
    #[error("{file} is missing: is this the directory of a run?")]
    Missing {
        /// Which one.
        file: &'static str,
    },
    /// A file is not text.
    #[error("{file} is not text in UTF-8")]
    NotText {
        /// Which one.
        file: &'static str,
    },
    /// The results are not JSON of the expected form.
    #[error("results.json cannot be read: {0}")]
    Results(#[source] serde_json::Error),
    /// What was tried beside the options cannot be read.
    #[error("tried.json: {0}")]
    Tried(#[from] crate::report::sweep::SweepError),
    /// There is nothing to draw.
    #[error("results.json holds no option")]
    NoOptions,
    /// A table is not CSV.
    #[error("{file} cannot be read: {source}")]
    Table {
        /// Which one.
        file: &'static str,
        /// What is wrong with it.
        source: csv::Error,
    },
    /// A table lacks a column.
    #[error("{file} has no column {column}: was it written by another version?")]
    Column {
        /// Which table.
        file: &'static str,
        /// The column's name.
        column: &'static str,
    },
    /// A cell is neither empty nor what its column holds.
    #[error("{file}:{line}: {column} cannot be {text:?}")]
    Cell {
        /// Which table.
        file: &'static str,
        /// Its line, the header being 1.
        line: u64,
        /// The column's name.
        column: &'static str,
        /// What stands there.
        text: String,
    },
}
