//! A sweep as it is stored, told, tabled and shown: `sweep.json` is one value, and all else is made from it.

mod csv;
mod made;
mod page;
mod record;
mod terminal;
mod tried;
pub mod words;

pub use csv::sweep_csv;
pub use made::{Made, sweep_record};
pub(super) use made::{plain, point, quantity};
pub use page::sweep_html;
pub use record::{
    BreakEven, Crossing, SWEEP_SCHEMA, Sweep, SweepError, SweptCurve, SweptInput, SweptLevel, SweptMeasure,
    SweptPoint, SweptSpan,
};
pub use terminal::sweep_text;
pub use tried::{Bar, TRIED_SCHEMA, Tornado, TriedRecord, change, ranges_study, tornado, width};
