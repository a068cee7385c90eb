//! Experiments: replications of every option in parallel, their figures with intervals, and comparisons under common
//! random numbers. The only room that names rayon.

mod block;
mod compare;
mod figures;
mod outcome;
mod run;

pub use compare::{Comparison, Verdict, compare};
pub use figures::{Figure, Place, figures};
pub use outcome::{OptionOutcome, Outcome, SERVICE_BINS};
pub use run::{Interrupted, Request, run};
