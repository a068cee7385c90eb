//! The replications of a study, in fixed blocks, on as many threads as asked for.
//!
//! Results are added up in order, and all that is added up are whole numbers, so they are the same whatever the threads.

use super::block::{BLOCK, Compiled, Worker};
use super::outcome::Outcome;
use super::stretch::Stretch;
use super::units;
use crate::scenario::Study;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

/// What is asked of a run.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Replications.
    pub replications: u32,
    /// Seed.
    pub seed: u64,
    /// Threads; 0 for as many as the machine has cores.
    pub threads: usize,
    /// Set from outside to stop the run.
    pub stop: &'a AtomicBool,
}

/// The run was stopped from outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the run was interrupted")]
pub struct Interrupted;

/// Runs the replications of a study; `done` is told of each as it ends.
///
/// # Errors
/// When the run is stopped from outside.
pub fn run(study: &Study, request: Request<'_>, done: &(dyn Fn() + Sync)) -> Result<Outcome, Interrupted> {
    let simulator = Simulator::new(study, request.seed, request.threads);
    let whole = simulator.stretch(0..request.replications, request.stop, done)?;
    Ok(whole.outcome(request.seed))
}

/// A study made ready to be simulated, a stretch of replications at a time.
#[derive(Debug)]
pub struct Simulator {
    compiled: Compiled,
    seed: u64,
    threads: usize,
}

impl Simulator {
    /// Replications of a block: stretches that end with one waste nothing.
    pub const BLOCK: u32 = BLOCK;

    /// Makes a study ready; 0 threads are as many as the machine has cores.
    pub fn new(study: &Study, seed: u64, threads: usize) -> Simulator {
        Simulator { compiled: Compiled::new(study, false), seed, threads }
    }

    /// The same where figures are wanted that are ratios or means over replications, and no others: less is kept.
    pub(super) fn of_sums_alone(study: &Study, seed: u64, threads: usize) -> Simulator {
        Simulator { compiled: Compiled::new(study, true), seed, threads }
    }

    /// Runs some replications: the same ones whatever was run before; `done` is told of each as it ends.
    ///
    /// # Errors
    /// When the run is stopped from outside.
    pub fn stretch(
        &self,
        replications: Range<u32>,
        stop: &AtomicBool,
        done: &(dyn Fn() + Sync),
    ) -> Result<Stretch, Interrupted> {
        let (from, options) = (replications.start, self.compiled.none());
        let mut stretch = Stretch { from, to: from, options };
        let workers: Mutex<Vec<Worker<'_>>> = Mutex::default();
        let units = units::cut(replications, BLOCK, self.threads);
        let unit = |number: usize| -> Option<Stretch> {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            let Range { start: from, end: to } = units[number].clone();
            // A replication forgets everything of those before it, so it does not matter whose workspace it gets.
            let rested = workers.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut worker = rested.unwrap_or_else(|| Worker::new(&self.compiled));
            let options = worker.block(self.seed, from..to, done);
            workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
            Some(Stretch { from, to, options })
        };
        units::in_order(self.threads, units.len(), &unit, &mut |later| stretch.append(later))?;
        let workers = workers.into_inner().unwrap_or_else(PoisonError::into_inner);
        workers.iter().for_each(|worker| worker.add_to(&mut stretch.options));
        #[cfg(debug_assertions)]
        stretch.options.iter().for_each(super::OptionOutcome::check_interval_waits);
        Ok(stretch)
    }
}
