//! Work in units, on as many threads as asked for, its results taken in order.
//!
//! No thread waits for another until nothing is left to begin, and the units become smaller towards the end (guided
//! self-scheduling: Polychronopoulos and Kuck, IEEE Transactions on Computers 36, 1987), so that all threads end at
//! nearly the same time.

use super::run::Interrupted;
use std::ops::Range;

/// Threads asked for; 0 are as many as the machine has cores.
fn wanted(threads: usize) -> usize {
    match threads {
        _ if cfg!(not(feature = "parallel")) => 1,
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    }
}

/// Cuts replications into units none of which reaches over the end of a block: whole blocks, and smaller units as the
/// end draws near.
pub(super) fn cut(replications: Range<u32>, block: u32, threads: usize) -> Vec<Range<u32>> {
    let threads = u32::try_from(wanted(threads)).unwrap_or(u32::MAX);
    let mut units = Vec::new();
    let mut from = replications.start;
    while from < replications.end {
        let left = replications.end - from;
        let share = if threads == 1 { block } else { (left / threads.saturating_mul(2)).max(1) };
        let of_block = block - from % block;
        let to = from + share.min(of_block).min(left);
        units.push(from..to);
        from = to;
    }
    units
}

/// Runs units and takes their results in order; a unit that gives none ends it all. So few results wait for an earlier
/// one that memory does not grow with the number of units.
pub(super) fn in_order<T: Send>(
    threads: usize,
    units: usize,
    unit: &(dyn Fn(usize) -> Option<T> + Sync),
    take: &mut dyn FnMut(T),
) -> Result<(), Interrupted> {
    #[cfg(feature = "parallel")]
    if let Ok(pool) = rayon::ThreadPoolBuilder::new().num_threads(wanted(threads)).build()
        && pool.current_num_threads() > 1
    {
        return parallel::in_order(&pool, units, unit, take);
    }
    let _ = threads;
    for number in 0..units {
        take(unit(number).ok_or(Interrupted)?);
    }
    Ok(())
}

#[cfg(feature = "parallel")]
mod parallel {
    use super::Interrupted;
    use std::collections::BTreeMap;
    use std::sync::{Condvar, Mutex, MutexGuard, PoisonError, mpsc};

    /// Results that may wait for an earlier one, for each thread.
    const AHEAD: usize = 8;

    /// Which unit is next.
    #[derive(Debug)]
    struct Turn {
        state: Mutex<State>,
        moved: Condvar,
    }

    #[derive(Debug)]
    struct State {
        next: usize,
        /// The unit before which one may begin.
        limit: usize,
        units: usize,
    }

    impl Turn {
        fn state(&self) -> MutexGuard<'_, State> {
            self.state.lock().unwrap_or_else(PoisonError::into_inner)
        }

        /// The unit to begin now, once it may; none when nothing is left.
        fn take(&self) -> Option<usize> {
            let mut state = self.state();
            while state.next >= state.limit && state.next < state.units {
                state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
            }
            (state.next < state.units).then(|| {
                state.next += 1;
                state.next - 1
            })
        }

        fn allow(&self, limit: usize) {
            self.state().limit = limit;
            self.moved.notify_all();
        }
    }

    /// However its holder ends, nothing new is begun after it and nobody goes on waiting.
    struct Last<'a>(&'a Turn);

    impl Drop for Last<'_> {
        fn drop(&mut self) {
            self.0.state().units = 0;
            self.0.moved.notify_all();
        }
    }

    pub(super) fn in_order<T: Send>(
        pool: &rayon::ThreadPool,
        units: usize,
        unit: &(dyn Fn(usize) -> Option<T> + Sync),
        take: &mut dyn FnMut(T),
    ) -> Result<(), Interrupted> {
        let threads = pool.current_num_threads();
        let ahead = AHEAD * threads;
        let turn = Turn { state: Mutex::new(State { next: 0, limit: ahead, units }), moved: Condvar::new() };
        pool.in_place_scope(|scope| {
            let (sender, results) = mpsc::channel();
            for _ in 0..threads.min(units) {
                let (sender, turn) = (sender.clone(), &turn);
                scope.spawn(move |_| {
                    let _last = Last(turn);
                    while let Some(number) = turn.take() {
                        let result = unit(number);
                        if sender.send((number, result)).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            let _last = Last(&turn);
            let (mut early, mut taken) = (BTreeMap::new(), 0);
            for (number, result) in results {
                early.insert(number, result.ok_or(Interrupted)?);
                while let Some(result) = early.remove(&taken) {
                    take(result);
                    taken += 1;
                    turn.allow(taken + ahead);
                }
            }
            // Short of units only where one panicked; the scope passes that on.
            if taken == units { Ok(()) } else { Err(Interrupted) }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn units_follow_one_another_within_blocks_and_become_smaller() {
        for threads in [1, 2, 3, 16] {
            for (from, to) in [(0, 0), (0, 1), (3, 200), (10, 20), (0, 1000), (17, 43)] {
                let units = cut(from..to, 10, threads);
                let ends = units.iter().map(|unit| unit.end);
                assert!(
                    units.iter().map(|unit| unit.start).eq([from].into_iter().chain(ends).take(units.len()))
                );
                assert_eq!(units.last().map_or(from, |unit| unit.end), to);
                assert!(units.iter().all(|unit| !unit.is_empty() && (unit.end - 1) / 10 == unit.start / 10));
                let last = units.last().map_or(0, |unit| unit.end - unit.start);
                assert!(threads == 1 || last <= 1, "{units:?}");
            }
        }
        let blocks = cut(0..1000, 10, 2);
        assert!(blocks.len() < 125, "hardly more than the hundred blocks: {}", blocks.len());
    }

    #[test]
    fn results_are_taken_in_order_whatever_the_threads() {
        for threads in [1, 2, 7] {
            let unit = |number: usize| {
                // Later units are done sooner.
                std::thread::sleep(std::time::Duration::from_micros(
                    200 * u64::from(number.is_multiple_of(7)),
                ));
                Some(number)
            };
            let mut taken = Vec::new();
            in_order(threads, 300, &unit, &mut |number| taken.push(number)).unwrap();
            assert!(taken.into_iter().eq(0..300));
        }
        in_order(2, 0, &|_| Some(()), &mut |()| unreachable!()).unwrap();
    }

    #[test]
    fn a_unit_without_result_ends_it_all() {
        for threads in [1, 2, 7] {
            let begun = AtomicUsize::new(0);
            let unit = |number: usize| {
                begun.fetch_add(1, Ordering::Relaxed);
                (number != 20).then_some(number)
            };
            let mut taken = 0;
            assert_eq!(in_order(threads, 100_000, &unit, &mut |_| taken += 1), Err(Interrupted));
            assert!(taken <= 20 && begun.into_inner() < 100_000);
        }
    }

    #[test]
    fn few_results_wait_for_a_slow_unit() {
        let begun = AtomicUsize::new(0);
        let unit = |number: usize| {
            begun.fetch_add(1, Ordering::SeqCst);
            if number == 0 {
                std::thread::sleep(std::time::Duration::from_millis(50));
                return Some(begun.load(Ordering::SeqCst));
            }
            Some(0)
        };
        let mut first = None;
        in_order(2, 1000, &unit, &mut |begun| first = first.or(Some(begun))).unwrap();
        assert!(first.unwrap() <= 16, "{first:?} were begun before the first was done");
    }

    #[cfg(feature = "parallel")]
    #[test]
    fn a_panic_in_a_unit_is_passed_on() {
        let unit = |number: usize| if number == 30 { panic!("a unit's own") } else { Some(()) };
        let caught = std::panic::catch_unwind(|| in_order(2, 1000, &unit, &mut |()| ()));
        assert!(caught.is_err());
    }
}
