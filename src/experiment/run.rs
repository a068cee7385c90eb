//! The replications of a study, in fixed blocks, on as many threads as asked for.
//!
//! Blocks are collected in order and added up one after another, so results are the same whatever the threads.

use super::block::{BLOCK, Compiled, Worker};
use super::outcome::Outcome;
use super::stretch::Stretch;
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
pub struct Simulator<'a> {
    study: &'a Study,
    compiled: Compiled,
    seed: u64,
    threads: usize,
}

impl<'a> Simulator<'a> {
    /// Replications of a block: stretches that end with one waste nothing.
    pub const BLOCK: u32 = BLOCK;

    /// Makes a study ready; 0 threads are as many as the machine has cores.
    pub fn new(study: &'a Study, seed: u64, threads: usize) -> Simulator<'a> {
        Simulator { study, compiled: Compiled::new(study), seed, threads }
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
        let mut stretch = Stretch::none(self.study, replications.start);
        let workers: Mutex<Vec<Worker<'_>>> = Mutex::default();
        let first = replications.start / BLOCK;
        let blocks = replications.end.div_ceil(BLOCK).saturating_sub(first);
        let block = |number: u32| -> Option<Stretch> {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            let from = (first + number).saturating_mul(BLOCK).max(replications.start);
            let to = (first + number + 1).saturating_mul(BLOCK).min(replications.end);
            // A replication forgets everything of those before it, so it does not matter whose workspace it gets.
            let rested = workers.lock().unwrap_or_else(PoisonError::into_inner).pop();
            let mut worker = rested.unwrap_or_else(|| Worker::new(&self.compiled));
            let options = worker.block(self.seed, from..to, done);
            workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
            Some(Stretch { from, to, options })
        };
        waves(self.threads, blocks, &block, &mut |later| stretch.append(later))?;
        Ok(stretch)
    }
}

/// Runs blocks and takes their results in order; so many at a time that memory does not grow with their number.
#[cfg(feature = "parallel")]
pub(super) fn waves<T: Send>(
    threads: usize,
    blocks: u32,
    block: &(dyn Fn(u32) -> Option<T> + Sync),
    take: &mut dyn FnMut(T),
) -> Result<(), Interrupted> {
    use rayon::prelude::*;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    let Ok(pool) = pool else { return one_by_one(blocks, block, take) };
    // Long enough that the wait for a wave's last block is small beside it.
    let wave = (8 * pool.current_num_threads() as u32).max(16);
    let mut first = 0;
    while first < blocks {
        let last = (first + wave).min(blocks);
        let results: Vec<Option<T>> = pool.install(|| (first..last).into_par_iter().map(block).collect());
        for result in results {
            take(result.ok_or(Interrupted)?);
        }
        first = last;
    }
    Ok(())
}

#[cfg(not(feature = "parallel"))]
pub(super) fn waves<T>(
    _threads: usize,
    blocks: u32,
    block: &dyn Fn(u32) -> Option<T>,
    take: &mut dyn FnMut(T),
) -> Result<(), Interrupted> {
    one_by_one(blocks, block, take)
}

/// Runs blocks one after another.
fn one_by_one<T>(
    blocks: u32,
    block: &dyn Fn(u32) -> Option<T>,
    take: &mut dyn FnMut(T),
) -> Result<(), Interrupted> {
    for number in 0..blocks {
        take(block(number).ok_or(Interrupted)?);
    }
    Ok(())
}
