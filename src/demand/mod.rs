//! Demand: rates by day and cell, busyness, and the cloud of first calls of a day, drawn once up to the highest
//! rate of any option; each option keeps what lies below its own rate.

mod busyness;
mod cloud;
mod lines;
mod profile;

pub use busyness::Busyness;
pub use cloud::{CallLaws, Cloud, Drawn, FirstCalls, Point, Variates};
pub use lines::{DayLines, Line, lines, open_cells};
pub use profile::{KnownRates, Rates, open_hours_a_year};
