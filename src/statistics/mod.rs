//! What replications say: means, ratios and paired differences with their intervals, percentiles, waits.
//!
//! Pure functions of values in replication order, folded one after another, so that the same replications give the
//! same bits whoever computed them. An interval covers 95% and is by Student's t over replications (or over groups
//! of them, for the jackknife); percentiles and standard deviations are between replications and say how much days
//! and weeks differ, not how well the mean is known.

mod control;
#[cfg(test)]
mod coverage;
mod crossed;
mod curve;
mod difference;
mod estimate;
mod fieller;
mod histogram;
mod jackknife;
mod moments;
mod packed;
mod pairs;
mod percentile;
mod recorder;
mod selection;
mod stopping;
mod survival;
pub mod wide;

pub use control::{Controlled, Controls, controlled};
pub use crossed::Crossed;
pub use curve::{Curve, Meeting, Span};
pub use difference::{Difference, difference_of_means, difference_of_ratios};
pub use estimate::{Estimate, contender, mean_of, ratio};
pub use fieller::{Quotient, Terms, quotient_of_differences};
pub use histogram::{Bucket, Buckets, Coarse, Counts, Eighths, Fine, Histogram, StoredHistogram};
pub use jackknife::{jackknife, jackknife_difference};
pub use moments::Moments;
pub use packed::{Packed, PackedSum};
pub use pairs::Pairs;
pub use percentile::{percentile, percentiles, sorted};
pub use recorder::Recorder;
pub use selection::{Best, Contender, Paired, best, paired, to_settle};
pub use stopping::{FEWEST, Look, Precision, Stopping, excess};
pub use survival::{Step, Survival, kaplan_meier};
