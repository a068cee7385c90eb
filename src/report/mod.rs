//! What a run leaves behind to be read: values in, files as values out. Nothing here writes a file, reads a
//! clock or knows a path.

pub mod agreement;
pub mod answer;
mod asked;
pub mod chart;
mod erlang;
pub mod explain;
mod file;
mod html;
mod rota;
pub mod sentence;
mod spreadsheet;
mod statement;
pub mod stored;
mod summary;
pub mod sweep;
mod terminal;
mod verify;

pub use chart::{Chart, ChartError, chart_files, charts, drawings_of, sweep_drawings, tried_drawings};
pub use erlang::{ErlangFigures, ErlangView, erlang_view};
pub use file::{
    callers_csv, comparison_csv, day_csv, figures_csv, intervals_csv, replications_csv, results_json,
    shortfall, waits_csv, weekdays_csv,
};
pub use html::{PageError, report_html};
pub use rota::{rota_csv, rota_text};
pub use spreadsheet::{SpreadsheetError, results_xlsx};
pub use statement::statement_md;
pub use stored::{RunFiles, Stored, StoredError};
pub use summary::{OptionSummary, Summary, WeekdaySummary, summarise};
pub use sweep::{Made, SWEEP_SCHEMA, Sweep, SweepError, sweep_csv, sweep_html, sweep_record, sweep_text};
pub use terminal::{Extent, finding, summary_text};
pub use verify::{in_words, verification_text};
