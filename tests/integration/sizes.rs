//! What is said of a run's size before it is begun, held to what the run then comes to.

use answerable::experiment::{Request, run, size};
use answerable::report::summarise;
use answerable::scenario::{Study, read, render_all};
use std::sync::atomic::AtomicBool;

/// Replications: an option's mean of calls has a standard error of about 3% (days differ by 15%, six a week).
const REPLICATIONS: u32 = 6;
/// The estimate is told with one or two digits; the warm-up's first days lack the repeats of days before them, and
/// wrap that is cut short makes for repeats that nobody can foresee.
const FACTOR: f64 = 1.2;

fn study(name: &str) -> Study {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let text = std::fs::read_to_string(folder.join(name)).expect("the scenario is there");
    let beside = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    read(name, &text, &beside).unwrap_or_else(|faults| panic!("{}", render_all(&faults))).study
}

fn near(what: &str, said: f64, found: f64) {
    let ratio = said / found;
    println!("{what}: said {said:.0}, found {found:.0}");
    assert!((1.0 / FACTOR..FACTOR).contains(&ratio), "{what}: said {said}, found {found}");
}

/// The measured window has its share of the days simulated.
fn said_and_found(mut study: Study, option: usize) {
    study.options = vec![study.options.swap_remove(option)];
    study.matters.clear();
    study.expectations.clear();
    let share =
        f64::from(study.horizon.days) / f64::from(study.horizon.total_days()) / f64::from(REPLICATIONS);
    let said = size(&study, REPLICATIONS, 1);
    let stop = AtomicBool::new(false);
    let request = Request { replications: REPLICATIONS, seed: 1, threads: 1, stop: &stop };
    let outcome = run(&study, request, &|| {}).expect("nobody stops it");
    let summary = summarise(&study, &outcome);
    let found = |measure: &str| summary.options[0].mean(measure).expect("it has a mean");
    let name = &study.options[0].name;
    near(&format!("calls of {name}"), said.calls * share, found("offered"));
    let present = 1.0 - study.options[0].teams[0].absence;
    near(&format!("shifts of {name}"), said.shifts * share * present, found("shifts_worked"));
}

#[test]
fn the_size_said_before_a_run_is_what_the_run_comes_to() {
    let council = study("district-council.toml");
    // With plenty of staff, with few, and at the base.
    let by_name = |name: &str| council.options.iter().position(|o| o.name == name).expect("an option");
    for option in [0, by_name("16 posts"), by_name("reading C")] {
        said_and_found(council.clone(), option);
    }
    said_and_found(study("repairs-desk.toml"), 0);
}

#[test]
fn the_scenario_of_the_repairs_desk_runs_and_is_what_its_author_expects() {
    let folder = tempfile::tempdir().expect("a folder of its own");
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/repairs-desk.toml");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_answerable"));
    let output =
        command.args(["run", file, "--output", "results", "--quiet"]).current_dir(folder.path()).output();
    let output = output.expect("the command starts");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}
