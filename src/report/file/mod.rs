//! The files of a run directory as text: results as JSON, tables as CSV.

mod comparison;
mod day;
mod figures;
mod intervals;
mod json;
mod number;
mod record;
mod replications;
mod waits;

pub use comparison::comparison_csv;
pub use day::day_csv;
pub use figures::figures_csv;
pub use intervals::intervals_csv;
pub use json::results_json;
pub use replications::replications_csv;
pub use waits::waits_csv;

pub(super) use number::csv;
