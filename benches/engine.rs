//! Nanoseconds of one thread's CPU time per call on the bench model: Poisson arrivals, c agents, exponential talk
//! (240 s), wrap (180 s) and patience (180 s), first come first served, a 10-hour day from empty, then served out.
//!
//! `cargo bench --bench engine`. The median of interleaved rounds is printed, for one option and for each further
//! option on a drawn day, with every measure on. The environment asks for something else instead:
//!
//! - `COUNT=S` (or `M`, `L`): few replications and the number of their calls, to be run under callgrind;
//! - `COUNT=district-council` (or another scenario of the package) `REPLICATIONS=20`: the same for that scenario; with
//!   `OPTION=0`, for its first option alone;
//! - `WHOLE=1000`: so many replications of the scenario that ships with the package, on two threads and on one;
//! - `DIGEST=30`: a fingerprint of every result of so many replications of that scenario, of the police room and of the
//!   bench models, to be compared before and after a change that must not move any.
//!
//! Figures are kept in `benches/FIGURES.md`.

use answerable::experiment::{Outcome, Request, run};
use answerable::law::Law;
use answerable::scenario::*;
use answerable::unit::{HOUR, MINUTE, SECOND, parse_date};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// CPU time of this thread, nanoseconds.
fn cpu_time() -> u64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("the bench runs on Linux");
    text.split(' ').next().and_then(|n| n.parse().ok()).expect("a number of nanoseconds")
}

/// CPU time of all threads of this process, those that have ended included, in seconds.
fn cpu_time_of_all() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").expect("the bench runs on Linux");
    // Fields 14 and 15, counted after the name in brackets, in hundredths of a second.
    let after_name = text.rsplit(')').next().unwrap_or("");
    let ticks = |n: usize| after_name.split_whitespace().nth(n).and_then(|t| t.parse::<f64>().ok());
    ticks(11).zip(ticks(12)).map(|(user, system)| (user + system) / 100.0).expect("two numbers of ticks")
}

#[derive(Clone, Copy)]
struct Size {
    name: &'static str,
    agents: u32,
    calls_an_hour: f64,
    replications: u32,
}

const SIZES: [Size; 3] = [
    Size { name: "S", agents: 12, calls_an_hour: 90.0, replications: 400 },
    Size { name: "M", agents: 100, calls_an_hour: 800.0, replications: 45 },
    Size { name: "L", agents: 1000, calls_an_hour: 8400.0, replications: 5 },
];

fn setting(size: &Size, name: &str, laws: Laws) -> Setting {
    let queue = Queue {
        name: "calls".into(),
        demand: Demand {
            volume: Volume::PerHour(size.calls_an_hour),
            shape: None,
            times: 1.0,
            calendar: Calendar::default(),
            straight_lines: false,
            first_call_share: 1.0,
            day_cv: 0.0,
            day_phi: 0.5,
            day_correlation: 0.0,
            interval_cv: 0.0,
            interval_phi: 0.5,
        },
        talk: laws.talk,
        wrap: laws.wrap,
        talk_wrap_rho: 0.0,
        patience: Some(laws.patience),
        answer_within: 20 * SECOND,
        target_share: 0.8,
        service_level: Default::default(),
        short_abandon: 0,
        priority: 1,
        access: Access::default(),
        standard: None,
        head_start: 0,
        keep_free: 0,
        interrupts_wrap: false,
        routing: Routing::LongestIdle,
        overflow: Vec::new(),
        transfers: Vec::new(),
        site_shares: Vec::new(),
    };
    let shift = Shift { name: "day".into(), start: 8 * HOUR, end: 18 * HOUR, pauses: Vec::new() };
    let team = Team {
        name: "team".into(),
        site: None,
        agents: size.agents,
        answers: vec![0],
        rota: Rota::Weeks(vec![[Some(0); 7]]),
        stagger: Vec::new(),
        absence: 0.0,
        pay_per_hour: Some(10.0),
        late_finishes_paid: false,
        away_at_most: None,
        priorities: Vec::new(),
        proficiency: Vec::new(),
    };
    Setting {
        name: name.into(),
        view: None,
        opening: Opening { week: [Some((8 * HOUR, 18 * HOUR)); 7], closed: Vec::new() },
        telephone: Telephone::default(),
        queues: vec![queue],
        teams: vec![team],
        sites: Vec::new(),
        shifts: vec![shift],
        closing: Closing::StayToFinish,
        shift_end: ShiftEnd::FinishWork,
        talk_policy: TalkPolicy::AsNeeded,
        wrap_policies: vec![WrapPolicy { rule: WrapRule::AsNeeded, minimum: 0, absorbed: 0.0, dropped: 0.0 }],
        backlog: Backlog { resume: 1.0, in_idle_time: true, interruptible: true, overtime: 0 },
        response: Response {
            resolved: 0.75,
            loss_dropped: 0.0,
            loss_share: 0.0,
            loss_talk: 0.0,
            repeats: 0.0,
            repeat_delay: Law::exponential(3600.0),
            redials: 0.0,
            redial_delay: Law::exponential(600.0),
            redials_at_most: 0,
            after_closing: 0.5,
            chase: 0.0,
            satisfaction: Satisfaction {
                base: 2.2,
                per_minute: -0.03,
                per_contact: -0.5,
                unresolved: -2.2,
                never_answered: -3.0,
            },
        },
        start_state: Default::default(),
    }
}

#[derive(Clone)]
struct Laws {
    talk: Law,
    wrap: Law,
    patience: Law,
}

fn exponential() -> Laws {
    Laws { talk: Law::exponential(240.0), wrap: Law::exponential(180.0), patience: Law::exponential(180.0) }
}

fn lifelike() -> Laws {
    Laws {
        talk: Law::lognormal_by_mean(240.0, 0.9),
        wrap: Law::lognormal_by_mean(180.0, 1.0),
        patience: Law::weibull_by_mean(180.0, 0.85),
    }
}

/// An option of its own: options that cannot differ would be simulated once.
fn apart(number: usize, mut setting: Setting) -> Setting {
    setting.name = format!("option {number}");
    setting.queues[0].target_share -= 0.01 * number as f64;
    setting
}

fn study(size: &Size, options: usize, laws: &Laws) -> Study {
    Study {
        name: "bench".into(),
        question: String::new(),
        replications: size.replications,
        seed: 1,
        horizon: Horizon {
            start: parse_date("2026-11-02").expect("a date"),
            warm_up_days: 0,
            days: 1,
            follow_up_days: 0,
            interval: 30 * MINUTE,
        },
        currency: "£".into(),
        options: (0..options).map(|number| apart(number, setting(size, "", laws.clone()))).collect(),
        matters: Vec::new(),
        expectations: Vec::new(),
        provenance: Vec::new(),
        record: answerable::scenario::Record::default(),
        unsourced: Vec::new(),
    }
}

/// Nanoseconds of CPU time and calls of one run, without its first `skip` replications.
fn once(study: &Study, skip: usize) -> (u64, u64) {
    let stop = AtomicBool::new(false);
    let request = Request { replications: study.replications, seed: study.seed, threads: 1, stop: &stop };
    // The run's one worker thread does the work: its own CPU time is taken from inside, at its first and last replication.
    let (from, to) = (AtomicU64::new(0), AtomicU64::new(0));
    let counted = AtomicU64::new(0);
    let outcome = run(study, request, &|| {
        let now = cpu_time();
        if counted.fetch_add(1, Ordering::Relaxed) == 0 {
            from.store(now, Ordering::Relaxed);
        }
        to.store(now, Ordering::Relaxed);
    })
    .expect("nobody stops the bench");
    let calls: u64 =
        outcome.options[0].centre.iter().skip(skip).map(|s| s.of(answerable::measure::Sum::Offered)).sum();
    (to.into_inner() - from.into_inner(), calls)
}

fn lowest(values: &[f64]) -> f64 {
    values.iter().copied().fold(f64::INFINITY, f64::min)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The scenario that ships with the package.
fn council() -> Study {
    shipped("district-council")
}

/// A scenario that ships with the package.
fn shipped(name: &str) -> Study {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/");
    let file = |name: &str| std::fs::read_to_string(format!("{folder}{name}")).map_err(|e| e.to_string());
    let name = format!("{name}.toml");
    let text = file(&name).expect("the scenario is there");
    match read(&name, &text, &file) {
        Ok(reading) => reading.study,
        Err(faults) => panic!("the scenario is valid: {}", render_all(&faults)),
    }
}

fn outcome(study: &Study, replications: u32, threads: usize) -> Outcome {
    let stop = AtomicBool::new(false);
    let request = Request { replications, seed: study.seed, threads, stop: &stop };
    run(study, request, &|| {}).expect("nobody stops the bench")
}

/// Few replications for an instruction count.
fn count(name: &str) {
    let number = |name: &str| std::env::var(name).ok().and_then(|n| n.parse().ok());
    let Some(size) = SIZES.iter().find(|s| s.name == name) else {
        return count_shipped(shipped(name), number("REPLICATIONS").unwrap_or(20), number("OPTION"));
    };
    let calls_a_day = 10.0 * size.calls_an_hour;
    let size = Size { replications: (90_000.0 / calls_a_day) as u32 + 1, ..*size };
    let options = number("OPTIONS").unwrap_or(1) as usize;
    let (_, calls) = once(&study(&size, options, &exponential()), 0);
    println!("{calls} calls");
}

/// The same for a shipped scenario, or for one of its options. Calls are those of the measured window alone.
fn count_shipped(mut study: Study, replications: u32, option: Option<u32>) {
    if let Some(option) = option {
        study.options = vec![study.options.swap_remove(option as usize)];
    }
    study.replications = replications;
    let before = cpu_time_of_all();
    let outcome = outcome(&study, replications, 1);
    let offered = |o: &answerable::experiment::OptionOutcome| {
        o.centre.iter().map(|s| s.of(answerable::measure::Sum::Offered)).sum::<u64>()
    };
    let calls: u64 = outcome.options.iter().map(offered).sum();
    println!("{calls} calls measured, {:.2} s of CPU time", cpu_time_of_all() - before);
}

/// The whole of the shipped scenario.
fn whole(replications: u32) {
    let study = council();
    let options = study.options.len();
    println!("{options} options, {replications} replications");
    for threads in [2, 1, 2, 1] {
        #[allow(clippy::disallowed_types, reason = "a bench measures time")]
        let start = std::time::Instant::now();
        let before = cpu_time_of_all();
        outcome(&study, replications, threads);
        let each = |seconds: f64| seconds / options as f64;
        let (wall, cpu) = (each(start.elapsed().as_secs_f64()), each(cpu_time_of_all() - before));
        println!("{threads} threads: {wall:.3} s an option, {cpu:.3} s of CPU time an option");
    }
}

/// FNV-1a of everything a run brings, written out.
fn digest(replications: u32) {
    let print = |name: &str, study: &Study, replications: u32| {
        let text = format!("{:?}", outcome(study, replications, 2));
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        println!("{name:20} {hash:016x}");
    };
    print("district council", &council(), replications);
    print("police room", &shipped("police-control-room"), replications);
    for size in &SIZES {
        let few = (size.replications / 10).max(1);
        print(size.name, &study(size, 2, &exponential()), few);
        print(&format!("{} lifelike", size.name), &study(size, 1, &lifelike()), few);
    }
}

fn main() {
    let asked = |name: &str| std::env::var(name).ok();
    let number = |name: &str| asked(name).and_then(|n| n.parse().ok());
    if let Some(size) = asked("COUNT") {
        return count(&size);
    }
    if let Some(replications) = number("WHOLE") {
        return whole(replications);
    }
    if let Some(replications) = number("DIGEST") {
        return digest(replications);
    }
    let rounds = number("ROUNDS").unwrap_or(25).max(7);
    let more = 5;
    println!("                   one option, ns a call   each further option, ns a call");
    println!("size  laws            median      lowest      median      lowest");
    for (laws_name, laws) in [("exponential", exponential()), ("lifelike", lifelike())] {
        for size in &SIZES {
            let (mut first, mut all, mut further) = (Vec::new(), Vec::new(), Vec::new());
            let (one, many) = (study(size, 1, &laws), study(size, 1 + more, &laws));
            for _ in 0..rounds {
                let (t1, calls) = once(&one, 1);
                let (t2, _) = once(&many, 1);
                first.push(t1 as f64 / calls as f64);
                all.push(t2 as f64 / calls as f64);
                further.push((t2 as f64 - t1 as f64) / (more as f64 * calls as f64));
            }
            // Others on the machine can only slow a round down: the lowest of many is nearest to the machine alone.
            let (low, low_all) = (lowest(&first), lowest(&all));
            println!(
                "{:4}  {:11}  {:10.1}  {low:10.1}  {:10.1}  {:10.1}",
                size.name,
                laws_name,
                median(first),
                median(further),
                (low_all - low) / more as f64
            );
        }
    }
}
