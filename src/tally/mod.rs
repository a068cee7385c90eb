//! What the engine emits, summed into the catalogue's numerators and denominators, one replication of one option at
//! a time.
//!
//! Caller measures belong to the interval of arrival, staff measures to when they happen; both are cut at the
//! measured window. All sums are whole numbers.

mod at_work;
mod calendar;
mod callers;
mod cells;
mod interval;
mod legs;
mod sites;
mod staff;
mod standards;
mod tallied;
mod targets;
mod waits;
mod work;

pub use callers::Slot;
pub use cells::StaffCell;
pub use interval::{IntervalSums, StoredIntervalSums};
pub use tallied::Tally;
pub use waits::WeekOfWaits;
