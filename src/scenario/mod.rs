//! The scenario: as written (a tree that remembers where each value stands) and as meant (valid, resolved for
//! every option and view), with faults that name file, line, column and remedy.

mod calendar;
mod change;
mod check;
mod code;
mod counts;
mod declaration;
mod defaults;
mod demand_keys;
mod demands;
mod diff;
mod fault;
mod fields;
mod files;
mod finding;
mod holidays;
mod horizon;
mod keys;
mod law_keys;
mod laws;
pub mod meant;
mod measures;
mod nearest;
mod observations;
mod patch;
mod path;
mod policies;
mod policy_keys;
mod provenance;
mod queues;
mod read;
mod setting;
mod shape;
mod stated;
mod table;
mod teams;
#[cfg(test)]
mod tests;
mod tree;
mod value;
mod write;

pub use calendar::{Calendar, Counts, Dated, Event, Phase, Trend};
pub use change::Change;
pub use code::{CODES, Code};
pub use declaration::{HoursKind, Key, Kind, Names, Need, Reference, reference};
pub use diff::OptionDiff;
pub use fault::{Fault, Severity, render_all};
pub use files::{LARGEST_FILE, ReadFile, too_large};
pub use keys::SCENARIO;
pub use meant::*;
pub use path::{Part, Path};
pub use read::{Reading, read, read_changed};
pub use stated::{Record, Stated, origin, origin_of_change};
