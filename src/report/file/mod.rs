//! The files of a run directory as text: results as JSON, tables as CSV.

mod callers;
mod comparison;
mod conclusions;
mod day;
mod figures;
mod intervals;
mod json;
pub(super) mod number;
mod precision;
mod pretty;
mod record;
mod replications;
mod waits;
mod weekdays;

pub use callers::callers_csv;
pub use comparison::comparison_csv;
pub use day::day_csv;
pub use figures::figures_csv;
pub use intervals::intervals_csv;
pub use json::results_json;
pub use precision::shortfall;
pub use replications::replications_csv;
pub use waits::waits_csv;
pub use weekdays::weekdays_csv;

pub(super) use number::csv;
