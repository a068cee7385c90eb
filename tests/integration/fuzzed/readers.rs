//! What the fuzzer holds the readers to, whatever the bytes: they end, do not panic, and keep their promises. Shared
//! by the fuzzer's targets (`fuzz/`) and the test that replays its corpus.

use answerable::experiment::{Request, run, size};
use answerable::scenario::{Fault, Reading, Severity, Study, read, render_all};
use std::sync::atomic::AtomicBool;

/// A scenario that names no table.
const PLAIN: &str = include_str!("tables.toml");
const DEMAND: &str = "demand = { per-day = 100 }";
const TALK: &str = "talk.exponential = { mean = \"3m\" }";
const AGENTS: &str = "agents = 4\n";
const ROTA: &str = "rota = [[\"day\", \"day\", \"day\", \"day\", \"day\", \"off\", \"off\"]]";
/// Every kind of table that a scenario may name: the line that names it, in the place of which line.
const KINDS: &[(&str, &str)] = &[
    ("[opening]\n", "[opening]\nholidays = \"t.csv\"\n"),
    (DEMAND, "demand = { per-day = 100, shape = \"t.csv\" }"),
    (DEMAND, "demand = { per-week = 500, week-shape = [5, 4, 3, 2, 1, 0, 0], day-shape = \"t.csv\" }"),
    (DEMAND, "demand = { per-interval = \"t.csv\", straight-lines = true }"),
    (DEMAND, "demand = { rates = \"t.csv\" }"),
    (DEMAND, "demand = { dated = \"t.csv\" }"),
    (DEMAND, "demand = { per-year = 20_000, known-days = \"t.csv\" }"),
    (TALK, "talk.empirical = { file = \"t.csv\" }"),
    (TALK, "talk.empirical = { file = \"t.csv\", column = \"talk\" }"),
    (ROTA, "rota-file = \"t.csv\""),
];

/// Opens a further file in a folder told as one text.
const FILE: &str = "=== ";

/// The scenario reader: any text, no files beside it.
pub(super) fn scenario(text: &str) {
    hold("scenario.toml", text, &|_| Err("there is no such file".to_owned()));
}

/// The reader of CSV tables: the text in the place of every table a scenario may name, one after another.
pub(super) fn table(text: &str) {
    for (instead_of, line) in KINDS {
        let mut scenario = PLAIN.replacen(instead_of, line, 1);
        if line.starts_with("rota-file") {
            scenario = scenario.replacen(AGENTS, "", 1);
        }
        assert!(scenario.contains(line), "tables.toml lacks {instead_of}");
        hold("tables.toml", &scenario, &|_| Ok(text.to_owned()));
    }
}

/// All that `answerable check` does with a folder. The folder is told as one: the scenario, then each file beside it
/// after a line `=== NAME`. Bytes that are not UTF-8 are refused as the command does.
pub(super) fn check(folder: &[u8]) {
    let Ok(folder) = std::str::from_utf8(folder) else { return };
    let (scenario, files) = parted(folder);
    hold("scenario.toml", scenario, &|name| {
        let found = files.iter().find(|(other, _)| *other == name);
        found.map(|(_, text)| (*text).to_owned()).ok_or_else(|| "there is no such file".to_owned())
    });
}

/// The scenario and the files beside it.
fn parted(folder: &str) -> (&str, Vec<(&str, &str)>) {
    let mut starts: Vec<usize> = folder.match_indices(FILE).map(|(at, _)| at).collect();
    starts.retain(|at| *at == 0 || folder.as_bytes()[at - 1] == b'\n');
    let scenario = &folder[..starts.first().copied().unwrap_or(folder.len())];
    let ends = starts.iter().copied().skip(1).chain([folder.len()]);
    let file = |(start, end): (&usize, usize)| {
        let told = &folder[start + FILE.len()..end];
        told.split_once('\n').unwrap_or((told, ""))
    };
    (scenario, starts.iter().zip(ends).map(file).collect())
}

/// Reads, and holds the outcome to its promises.
fn hold(name: &str, text: &str, files: &dyn Fn(&str) -> Result<String, String>) {
    match read(name, text, files) {
        Err(faults) => {
            assert!(faults.iter().any(|f| f.severity == Severity::Fault), "refused without a fault");
            told(&faults);
        }
        Ok(reading) => {
            told(&reading.warnings);
            again(&reading, files);
            runs(reading.study);
        }
    }
}

/// Every fault has its place, its words and its remedy.
fn told(faults: &[Fault]) {
    let shown = render_all(faults);
    for fault in faults {
        assert!(!fault.message.is_empty() && !fault.help.is_empty(), "a fault without words: {fault:?}");
        assert!(fault.line > 0 && fault.column > 0, "a fault without a place: {fault:?}");
        assert!(shown.contains(&fault.message), "not shown: {fault:?}");
    }
}

/// The scenario as run is the same scenario.
fn again(reading: &Reading, files: &dyn Fn(&str) -> Result<String, String>) {
    match read("resolved.toml", &reading.resolved, files) {
        Ok(second) => {
            assert!(second.study == reading.study, "as run it is another study:\n{}", reading.resolved);
        }
        Err(faults) => panic!("as run it has faults:\n{}\n{}", render_all(&faults), reading.resolved),
    }
}

/// Most calls and agents of what is simulated here.
const MOST_CALLS: f64 = 500.0;
const MOST_AGENTS: u32 = 30;

/// What is accepted runs: a replication of two days of the first two options, where that is quickly done.
fn runs(mut study: Study) {
    study.horizon.warm_up_days = study.horizon.warm_up_days.min(1);
    study.horizon.days = study.horizon.days.min(2);
    study.horizon.follow_up_days = study.horizon.follow_up_days.min(1);
    study.options.truncate(2);
    let few = |teams: u32| teams <= MOST_AGENTS;
    let agents = study.options.iter().map(|o| o.teams.iter().map(|t| t.agents).fold(0, u32::saturating_add));
    if agents.into_iter().all(few) && size(&study, 1, 1).calls <= MOST_CALLS {
        let stop = AtomicBool::new(false);
        let request = Request { replications: 1, seed: study.seed, threads: 1, stop: &stop };
        run(&study, request, &|| {}).expect("nobody stops it");
    }
}
