//! What a run leaves behind to be read: values in, files as values out. Nothing here writes a file, reads a
//! clock or knows a path.

pub mod chart;
pub mod sentence;

pub use chart::{Chart, ChartError, RunFiles, charts};
