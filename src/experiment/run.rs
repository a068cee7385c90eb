//! The replications of a study, in fixed blocks, on as many threads as asked for.
//!
//! Blocks are collected in order and added up one after another, so results are the same whatever the threads.

use super::block::{BLOCK, Compiled, Worker};
use super::outcome::{OptionOutcome, Outcome};
use crate::scenario::Study;
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
    let compiled = Compiled::new(study);
    let mut options: Vec<OptionOutcome> =
        study.options.iter().map(|s| OptionOutcome::new(s, &study.horizon)).collect();
    let blocks = request.replications.div_ceil(BLOCK);
    let workers: Mutex<Vec<Worker<'_>>> = Mutex::default();
    let block = |number: u32| -> Option<Vec<OptionOutcome>> {
        if request.stop.load(Ordering::Relaxed) {
            return None;
        }
        let range = number * BLOCK..((number + 1) * BLOCK).min(request.replications);
        // A replication forgets everything of those before it, so it does not matter whose workspace it gets.
        let rested = workers.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut worker = rested.unwrap_or_else(|| Worker::new(&compiled));
        let outcomes = worker.block(request.seed, range, done);
        workers.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        Some(outcomes)
    };
    waves(request.threads, blocks, &block, &mut |outcomes| {
        for (all, more) in options.iter_mut().zip(outcomes) {
            all.append(more);
        }
    })?;
    Ok(Outcome { seed: request.seed, replications: request.replications, options })
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
