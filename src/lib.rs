//! Answerable tells people who argue about staffing what a rota, a wrap-time policy or a vacancy does to
//! callers and to staff, with evidence that both sides of a table can rerun and accept.
//!
//! The modules form a ladder, bottom to top: `unit`, `random`, `law`, `statistics`, `theory`, `measure`,
//! `scenario`, `demand`, `response`, `workforce`, `engine`, `history`, `tally`, `experiment`, `report`, `cli`.
//! Each names only those listed before it; a test keeps it so.
#![forbid(unsafe_code)]

#[cfg(feature = "cli")]
pub mod cli;
pub mod demand;
pub mod engine;
pub mod experiment;
pub mod history;
pub mod law;
pub mod measure;
pub mod random;
#[cfg(feature = "cli")]
pub mod report;
pub mod response;
pub mod scenario;
pub mod statistics;
pub mod tally;
pub mod theory;
pub mod unit;
pub mod workforce;
