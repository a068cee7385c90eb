//! Whatever `check` accepts, runs: without panic, and no call, case or work is lost.
//!
//! Sound scenarios are changed at random, in their numbers, kinds, lines and values, so that a fair share is still
//! accepted (of 300 with one to four changes each, seed 1, 99 were); what is accepted and small is simulated.
//! ANSWERABLE_MUTANTS sets how many are tried (default 100), ANSWERABLE_MUTANTS_SEED from which seed (default 1).

use crate::twin::assert_nothing_is_lost;
use answerable::engine::Plan;
use answerable::experiment::{Request, run};
use answerable::report::{
    comparison_csv, intervals_csv, replications_csv, results_json, summarise, waits_csv,
};
use answerable::scenario::{Study, read, render_all};
use answerable::unit::HOUR;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::cell::Cell;
use std::sync::atomic::AtomicBool;

/// A scenario of two queues and two teams in which nearly every key stands.
const RICH: &str = include_str!("accepted/rich.toml");
/// Another, whose rota, demand and wrap come from files.
const DATED: &str = include_str!("accepted/dated.toml");
/// Other things that may stand in the place of a value, by the end of its key.
const OTHERS: &[(&str, &str)] = &[
    ("talk", "{ lognormal = { mean = \"3m\", cv = 0.9 } }"),
    ("talk", "{ gamma = { shape = 2.0, scale = \"90s\" } }"),
    ("talk", "{ uniform = { low = \"0s\", high = \"5m\" } }"),
    ("talk", "{ deterministic = { value = \"0s\" } }"),
    ("wrap", "{ as-needed = { minimum = \"90s\" } }"),
    ("wrap", "{ target = { within = \"30s\", pressure = 0.8, dropped = 0.3 } }"),
    ("wrap", "{ cap = { within = \"0s\", absorbed = 0.5, dropped = 0.5 } }"),
    ("wrap", "{ triangular = { low = \"0s\", mode = \"30s\", high = \"10m\" } }"),
    ("patience", "{ weibull = { mean = \"4m\", shape = 0.5 } }"),
    ("patience", "{ hyperexponential = { weights = [0.25, 0.75], means = [\"5s\", \"5m\"] } }"),
    ("patience", "{ never = {} }"),
    ("demand", "{ per-hour = 20, counts = \"needs\" }"),
    ("demand", "{ per-year = 30_000, interval-cv = 0.4, interval-phi = -0.5 }"),
    ("rota-file", "\"rota.csv\""),
    ("stagger", "{ by = \"45m\", starts = 2 }"),
    ("away-at-most", "1"),
    ("breaks", "[{ between = \"11:00-12:00\", length = \"1h\", when-quiet = true }]"),
    ("breaks", "[{ start = \"14:59\", length = \"10m\" }]"),
    ("talk", "{ empirical = { file = \"observed.csv\" } }"),
    ("demand", "{ dated = \"days.csv\" }"),
    (
        "demand",
        "{ per-interval = \"rates.csv\", straight-lines = true, day-cv = 0.5, day-correlation = 0.9 }",
    ),
    ("closing", "{ stay-to-finish = {} }"),
    ("closing", "{ turn-away = {} }"),
    ("shift-end", "{ finish-call = {} }"),
    ("shift-end", "{ stop-early = { last = \"10m\" } }"),
    ("interval", "\"1h\""),
    ("start", "2024-02-28"),
    ("hours", "\"22:00-06:00\""),
    ("hours", "\"00:00-24:00\""),
    ("monday-friday", "\"00:00-24:00\""),
    ("monday-friday", "\"13:00-13:30\""),
    ("answers", "[]"),
];
/// What a number may become, beside multiples of itself.
const NUMBERS: [&str; 12] = ["0", "1", "2", "0.5", "0.999", "1.0", "3", "24", "60", "1000", "-1", "1e9"];
/// Most calls and agents of a replication of an option that is simulated here.
const MOST_CALLS: f64 = 5_000.0;
const MOST_AGENTS: u32 = 60;

/// A change: what is done, where, and with what.
#[derive(Debug, Clone)]
enum Change {
    Number { at: usize, to: usize },
    Scale { at: usize, percent: u32 },
    Other { at: usize },
    Delete { at: usize },
    Double { at: usize },
    Borrow { from: usize, to: usize },
}

fn change() -> impl Strategy<Value = Change> {
    let any = || any::<u16>().prop_map(usize::from);
    prop_oneof![
        3 => (any(), 0..NUMBERS.len()).prop_map(|(at, to)| Change::Number { at, to }),
        4 => (any(), 1..400_u32).prop_map(|(at, percent)| Change::Scale { at, percent }),
        4 => any().prop_map(|at| Change::Other { at }),
        2 => any().prop_map(|at| Change::Delete { at }),
        1 => any().prop_map(|at| Change::Double { at }),
        2 => (any(), any()).prop_map(|(from, to)| Change::Borrow { from, to }),
    ]
}

/// The key and the value of a line, where it has both.
fn parts(line: &str) -> Option<(&str, &str)> {
    line.split_once(" = ").filter(|_| !line.starts_with(['[', '#']))
}

/// Where the numbers of a text stand: runs of digits, with a point within.
fn numbers(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        let belongs = c.is_ascii_digit() || c == '.' || c == '_';
        match found.last_mut() {
            Some(last) if last.end == at && belongs => last.end = at + 1,
            _ if c.is_ascii_digit() => found.push(at..at + 1),
            _ => {}
        }
    }
    found
}

fn apply(text: &str, change: &Change) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let valued: Vec<usize> = (0..lines.len()).filter(|n| parts(&lines[*n]).is_some()).collect();
    let replace = |at: usize, with: &dyn Fn(&str) -> String| {
        let places = numbers(text);
        let Some(place) = places.get(at % places.len().max(1)) else { return text.to_owned() };
        format!("{}{}{}", &text[..place.start], with(&text[place.clone()]), &text[place.end..])
    };
    match change {
        Change::Number { at, to } => return replace(*at, &|_| NUMBERS[*to].to_owned()),
        Change::Scale { at, percent } => {
            return replace(*at, &|old| {
                let old = old.replace('_', "");
                match (old.parse::<u64>(), old.parse::<f64>()) {
                    (Ok(whole), _) => (whole.saturating_mul(u64::from(*percent)) / 100).to_string(),
                    (_, Ok(number)) => format!("{:?}", number * f64::from(*percent) / 100.0),
                    _ => old,
                }
            });
        }
        Change::Other { at } => {
            let (key, value) = OTHERS[at % OTHERS.len()];
            let places: Vec<usize> = valued
                .into_iter()
                .filter(|n| parts(&lines[*n]).is_some_and(|(k, _)| k.rsplit('.').next() == Some(key)))
                .collect();
            if let Some(n) = places.get(at / OTHERS.len() % places.len().max(1)) {
                let line = &mut lines[*n];
                *line = format!("{} = {value}", parts(line).map_or("", |(key, _)| key));
            }
        }
        Change::Delete { at } => _ = lines.remove(at % text.lines().count().max(1)),
        Change::Double { at } => {
            let n = at % lines.len().max(1);
            lines.insert(n, lines[n].clone());
        }
        Change::Borrow { from, to } => {
            let value = parts(&lines[valued[from % valued.len()]]).map(|(_, v)| v.to_owned());
            let n = valued[to % valued.len()];
            if let (Some(value), Some((key, _))) = (value, parts(&lines[n])) {
                lines[n] = format!("{key} = {value}");
            }
        }
    }
    lines.join("\n")
}

/// What became of the scenarios that were tried.
#[derive(Debug, Default)]
struct Tried {
    refused: Cell<u32>,
    large: Cell<u32>,
    ran: Cell<u32>,
    /// Events of calls and agents.
    happened: Cell<usize>,
}

fn count(cell: &Cell<u32>) {
    cell.set(cell.get() + 1);
}

#[test]
fn whatever_is_accepted_runs_and_loses_nothing() {
    let from_environment = |name: &str, otherwise: u64| {
        std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
    };
    let cases = from_environment("ANSWERABLE_MUTANTS", 100) as u32;
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&from_environment("ANSWERABLE_MUTANTS_SEED", 1).to_le_bytes());
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let texts = sound();
    let tried = Tried::default();
    let strategy = (0..texts.len(), prop::collection::vec(change(), 1..4));
    let result = runner.run(&strategy, |(which, changes)| {
        let text = changes.iter().fold(texts[which].clone(), |text, change| apply(&text, change));
        try_one(&text, &tried);
        Ok(())
    });
    println!("{tried:?} of {cases}");
    if let Err(error) = result {
        panic!("{error}");
    }
    let accepted = cases - tried.refused.get();
    assert!(accepted * 5 >= cases, "too few are accepted to mean anything: {tried:?}");
    assert!(
        tried.ran.get() * 6 >= cases && tried.happened.get() > 20_000,
        "too little is simulated: {tried:?}"
    );
}

/// Sound scenarios to begin with: two rich small ones, and the same with all defaults written out.
fn sound() -> Vec<String> {
    let both = |text: &str| {
        let reading =
            read("sound.toml", text, &files).unwrap_or_else(|faults| panic!("{}", render_all(&faults)));
        [text.to_owned(), reading.resolved]
    };
    [RICH, DATED].map(both).concat()
}

fn files(name: &str) -> Result<String, String> {
    match name {
        "shape.csv" => Ok(include_str!("accepted/shape.csv").to_owned()),
        "holidays.csv" => Ok(include_str!("accepted/holidays.csv").to_owned()),
        "day.csv" => Ok(include_str!("accepted/day.csv").to_owned()),
        "days.csv" => Ok(include_str!("accepted/days.csv").to_owned()),
        "rates.csv" => Ok(include_str!("accepted/rates.csv").to_owned()),
        "observed.csv" => Ok(include_str!("accepted/observed.csv").to_owned()),
        "rota.csv" => Ok(include_str!("accepted/rota.csv").to_owned()),
        _ => Err("there is no such file".to_owned()),
    }
}

fn try_one(text: &str, tried: &Tried) {
    let Ok(reading) = read("changed.toml", text, &files) else { return count(&tried.refused) };
    let mut study = reading.study;
    study.horizon.warm_up_days = study.horizon.warm_up_days.min(1);
    study.horizon.days = study.horizon.days.min(7);
    study.horizon.follow_up_days = study.horizon.follow_up_days.min(2);
    study.options.truncate(2);
    study.matters.clear();
    study.expectations.clear();
    if !study.options.iter().all(|option| is_small(&study, option)) {
        return count(&tried.large);
    }
    count(&tried.ran);
    for option in &study.options {
        let happened = assert_nothing_is_lost(option, study.horizon, study.seed, text);
        tried.happened.set(tried.happened.get() + happened);
    }
    let stop = AtomicBool::new(false);
    let request = Request { replications: 2, seed: study.seed, threads: 1, stop: &stop };
    let outcome = run(&study, request, &|| {}).expect("nobody stops it");
    let summary = summarise(&study, &outcome);
    let results = results_json(&summary);
    let tables = [comparison_csv, intervals_csv, replications_csv, waits_csv].map(|table| table(&summary));
    for written in tables.iter().chain([&results]) {
        assert!(!written.contains("NaN") && !written.contains("inf,"), "{text}\n{written}");
    }
}

fn is_small(study: &Study, option: &answerable::scenario::Setting) -> bool {
    let plan = Plan::new(option.clone(), study.horizon);
    let hours = study.horizon.interval as f64 / HOUR as f64;
    let of_day = |day| plan.rates.iter().filter_map(move |rates| rates.of_day(day));
    let calls: f64 = (0..study.horizon.total_days()).flat_map(of_day).flatten().sum::<f64>() * hours;
    calls <= MOST_CALLS && option.teams.iter().map(|team| team.agents).sum::<u32>() <= MOST_AGENTS
}
