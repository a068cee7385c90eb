//! Nanoseconds of one thread's CPU time per call where several teams with different skills answer several queues:
//! 3 queues, 4 teams, 200 agents, every measure on, a 10-hour day from empty; then the same with five and fifty times as
//! many agents and calls. `plain` knows priorities and the longest idle agent; `rules` has overflow, agents kept free,
//! proficiency, adaptive wrap and urgent calls that interrupt wrap besides.
//!
//! `cargo bench --bench skills`. The median and the lowest of interleaved rounds are printed; figures are kept in
//! `benches/FIGURES.md`. The environment asks for something else instead:
//!
//! - `COUNT=plain` (or `rules`) `TIMES=50`: few replications with so many times 200 agents and the number of their calls,
//!   to be run under callgrind;
//! - `DIGEST=3`: a fingerprint of every result of so many replications of each, to be compared before and after a change
//!   that must not move any.

use answerable::experiment::{Request, run};
use answerable::measure::Sum;
use answerable::scenario::{Study, read, render_all};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// CPU time of this thread, nanoseconds.
fn cpu_time() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("the bench runs on Linux");
    text.split(' ').next().and_then(|n| n.parse().ok()).expect("a number of nanoseconds")
}

fn scenario(times: u32, rules: bool) -> Study {
    let rate = 530 * times;
    let queue = |n: u32, more: &str| {
        format!(
            "[queues.q{n}]\npriority = {n}\ndemand = {{ per-hour = {rate}, counts = \"needs\" }}\n\
             talk.exponential = {{ mean = \"240s\" }}\nwrap.exponential = {{ mean = \"180s\" }}\n\
             patience.exponential = {{ mean = \"180s\" }}\n{more}\n"
        )
    };
    let team = |name: &str, answers: &str, more: &str| {
        format!(
            "[teams.{name}]\nagents = {}\nanswers = {answers}\nrota = [[\"day\", \"day\", \"day\", \"day\", \"day\", \"day\", \"day\"]]\n{more}\n",
            50 * times
        )
    };
    let with = |text: &'static str| if rules { text } else { "" };
    let text = [
        "format = 1\nname = \"Skills\"\n[horizon]\nstart = 2026-11-02\ndays = 1\nwarm-up = \"none\"\nfollow-up = \"none\"\n\
         [opening]\nmonday-sunday = \"08:00-18:00\"\n[shifts.day]\nhours = \"08:00-18:00\"\n[policy.closing.stay-to-finish]\n"
            .to_owned(),
        with("[policy.wrap.adaptive]\nwithin = \"2m\"\nabsorbed = 1.0\n").to_owned(),
        queue(1, with("interrupts-wrap = true\nkeep-free = 2")),
        queue(2, with("overflow = [{ teams = [\"a\"], after = \"30s\" }]\npolicy.routing = \"fewest-skills\"")),
        queue(3, with("overflow = [{ teams = [\"b\"], when-more-wait-than = 5 }]\nhead-start = \"20s\"")),
        team("a", "[\"q1\"]", with("proficiency.q1 = { speed = 1.1 }")),
        team("b", "[\"q1\", \"q2\"]", ""),
        team("c", "[\"q2\", \"q3\"]", with("priorities = { q3 = 1, q2 = 2 }")),
        team("d", "[\"q1\", \"q2\", \"q3\"]", ""),
    ]
    .concat();
    match read("skills.toml", &text, &|name: &str| Err(format!("{name}: no file is named"))) {
        Ok(reading) => reading.study,
        Err(faults) => panic!("the scenario is valid: {}", render_all(&faults)),
    }
}

/// CPU time and calls of some replications, without the first.
fn once(study: &Study, replications: u32) -> f64 {
    let stop = AtomicBool::new(false);
    let request = Request { replications, seed: 1, threads: 1, stop: &stop };
    let (from, to, counted) = (AtomicU64::new(0), AtomicU64::new(0), AtomicU64::new(0));
    let outcome = run(study, request, &|| {
        let now = cpu_time();
        if counted.fetch_add(1, Ordering::Relaxed) == 0 {
            from.store(now, Ordering::Relaxed);
        }
        to.store(now, Ordering::Relaxed);
    })
    .expect("nobody stops the bench");
    let calls: u64 = outcome.options[0].centre.iter().skip(1).map(|sums| sums.of(Sum::Offered)).sum();
    (to.into_inner() - from.into_inner()) as f64 / calls as f64
}

/// FNV-1a of everything some replications bring, written out.
fn digest(study: &Study, replications: u32) -> u64 {
    let stop = AtomicBool::new(false);
    let request = Request { replications, seed: 1, threads: 2, stop: &stop };
    let text = format!("{:?}", run(study, request, &|| {}).expect("nobody stops the bench"));
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn main() {
    let asked = |name: &str| std::env::var(name).ok();
    let number = |name: &str| asked(name).and_then(|n| n.parse::<u32>().ok());
    if let Some(which) = asked("COUNT") {
        let times = number("TIMES").unwrap_or(1);
        let (replications, stop) = ((20 / times).max(1), AtomicBool::new(false));
        let request = Request { replications, seed: 1, threads: 1, stop: &stop };
        let outcome =
            run(&scenario(times, which == "rules"), request, &|| {}).expect("nobody stops the bench");
        let calls: u64 = outcome.options[0].centre.iter().map(|sums| sums.of(Sum::Offered)).sum();
        return println!("{calls} calls");
    }
    if let Some(replications) = number("DIGEST") {
        for (times, rules) in [(1, false), (1, true), (5, false), (5, true)] {
            println!("{times} {rules} {:016x}", digest(&scenario(times, rules), replications));
        }
        return;
    }
    let rounds = number("ROUNDS").unwrap_or(15).max(7);
    println!("agents  rules    ns a call, median      lowest");
    for times in [1, 5, 50] {
        for rules in [false, true] {
            let study = scenario(times, rules);
            let replications = (60 / times).max(2) + 1;
            let mut all: Vec<f64> = (0..rounds).map(|_| once(&study, replications)).collect();
            all.sort_by(f64::total_cmp);
            let name = if rules { "rules" } else { "plain" };
            println!("{:6}  {name}  {:19.1}  {:10.1}", 200 * times, all[all.len() / 2], all[0]);
        }
    }
}
