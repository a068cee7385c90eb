//! How much may be simulated besides the options of a run, for its ranges, its sweeps and what its views disagree on: a share
//! of what the options themselves take, counted in calls that are expected, so that it is the same on every machine.

use super::block::BLOCK;
use super::sweep::calls;
use crate::scenario::Study;

/// One call in so many of the run's own; of options that are alike those of one.
const SHARE: f64 = 10.0;
/// Calls that may be simulated in any case: two or three seconds of one processor.
const LEAST: f64 = 1e7;
/// Fewest replications of a setting tried, where the run itself has as many: fewer tell nothing worth knowing.
const FEWEST: u32 = 20;
/// Most: enough to tell what moves the answer.
pub const MOST_TRIED: u32 = 200;

/// Calls that may be simulated besides the options of a run of so many replications.
pub fn allowed(study: &Study, replications: u32) -> f64 {
    (calls(study) * f64::from(replications) / SHARE).max(LEAST)
}

/// Replications of everything tried, of which one takes so many calls: as many as are allowed, in whole blocks, but neither
/// fewer than is worth while nor more than the run has.
pub fn replications_of(calls: f64, allowed: f64, run: u32) -> u32 {
    let fits = if calls > 0.0 { allowed / calls } else { f64::INFINITY };
    let fits = fits.clamp(f64::from(FEWEST), f64::from(MOST_TRIED)) as u32;
    (fits / BLOCK * BLOCK).min(run)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replications_follow_the_calls_allowed_within_bounds() {
        assert_eq!(replications_of(1e5, 4.75e6, 1000), 40);
        assert_eq!(replications_of(1e5, 1e5, 1000), FEWEST);
        assert_eq!(replications_of(1.0, 1e9, 1000), MOST_TRIED);
        assert_eq!(replications_of(0.0, 1e7, 1000), MOST_TRIED);
        assert_eq!(replications_of(1e5, 4.75e6, 12), 12);
    }
}
