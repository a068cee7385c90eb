//! Nothing is allocated per event: a day costs the allocator nothing once the buffers have grown.
//!
//! A binary of its own, since the counting allocator holds for all of it.

use answerable::demand::{Cloud, Drawn, FirstCalls};
use answerable::engine::Plan;
use answerable::history::History;
use answerable::random::Key;
use answerable::scenario::{read, render_all};
use answerable::tally::Tally;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

thread_local! {
    /// Allocations of this thread so far.
    static ALLOCATIONS: Cell<u64> = const { Cell::new(0) };
}

/// The system's allocator, counting.
struct Counting;

#[allow(unsafe_code, reason = "an allocator cannot be had without; it only counts and hands on")]
// SAFETY: every request is handed on unchanged to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: as asked of this one.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as asked of this one.
        unsafe { System.dealloc(pointer, layout) }
    }

    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        ALLOCATIONS.set(ALLOCATIONS.get() + 1);
        // SAFETY: as asked of this one.
        unsafe { System.realloc(pointer, layout, size) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// An option of the scenario that ships with the package, whose callers redial, repeat and, where wrap is capped,
/// chase work put off.
fn plan(option: &str) -> Plan {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/");
    let file = |name: &str| std::fs::read_to_string(format!("{folder}{name}")).map_err(|e| e.to_string());
    match read("district-council.toml", &file("district-council.toml").expect("it is there"), &file) {
        Ok(reading) => {
            let setting = reading.study.options.iter().find(|s| s.name == option).expect("an option");
            Plan::new(setting.clone(), reading.study.horizon)
        }
        Err(faults) => panic!("{}", render_all(&faults)),
    }
}

#[test]
fn days_allocate_nothing_once_buffers_have_grown() {
    for option in ["12 FTE, 175,000 calls", "60-second wrap cap at 200,000"] {
        check(&plan(option));
    }
}

fn check(plan: &Plan) {
    let cloud = Cloud::new(plan.horizon.interval, vec![plan.variates()]);
    let (mut history, mut tally) = (History::new(plan), Tally::new(plan));
    let (mut drawn, mut picked, mut rates) = (Drawn::default(), Vec::new(), Vec::new());
    let mut calls = 0;
    let mut replicate = |number: u32| {
        let root = Key::replication(1, number);
        history.start(plan, root);
        tally.start();
        let mut days = 0;
        for day in 0..plan.horizon.total_days() {
            rates.clear();
            let none = vec![0.0; plan.horizon.intervals_per_day()];
            rates.extend(plan.rates.iter().map(|r| r.of_day(day).map_or(none.clone(), <[f64]>::to_vec)));
            let before = ALLOCATIONS.get();
            cloud.draw(root, day, Plan::day_start(day), &rates, &mut drawn);
            let (open, close) = plan.hours(day).unwrap_or((0, 0));
            drawn.pick(&rates, open, close, &mut picked);
            calls += picked.len();
            let first = FirstCalls { index: &picked, drawn: &drawn, variates: 0 };
            history.day(plan, day, first, &mut tally);
            days += ALLOCATIONS.get() - before;
        }
        history.finish(plan, &mut tally);
        tally.finish();
        days
    };
    // A buffer may still grow at a day busier than any before it: 60 replications see almost the busiest.
    let grown: u64 = (0..60).map(&mut replicate).sum();
    assert!(grown > 0, "the allocator counts");
    let later: u64 = (60..70).map(&mut replicate).sum();
    assert!(calls > 100_000, "{calls} calls");
    // About 60,000 calls in ten replications. Twenty allocations are a few buffers that double once more.
    assert!(later <= 20, "{later} allocations in ten replications");
}
