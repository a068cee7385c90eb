//! Exact queueing theory: the oracle the engine is held to, which never sees the engine it judges.
//!
//! Times are in seconds, rates per second, everything is the steady state. A constructor gives `None` where the
//! formula does not apply, for example where a queue has no steady state.

mod birth_death;
mod constant;
mod erlang_a;
mod erlang_b;
mod erlang_c;
mod gamma;
mod general;
mod impatient;
mod lines;
mod matrix;
mod quadrature;
mod row_law;
mod rows;
mod table;
mod wrap;

pub use birth_death::birth_death;
pub use constant::ConstantService;
pub use erlang_a::ErlangA;
pub use erlang_b::erlang_b;
pub use erlang_c::ErlangC;
pub use general::GeneralService;
pub use impatient::ImpatientQueue;
pub use lines::LimitedLines;
pub use row_law::RowLaw;
pub use rows::{NextQueue, Row, RowMeasure, patience, rows};
pub use table::ExactTable;
pub use wrap::TalkWrap;
