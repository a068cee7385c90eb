//! `answerable sweep`: inputs over a range, with the figures of a run at every point.

use super::command::{SMALL, answerable, contents, folder_with, text};
use serde_json::Value;
use std::path::Path;

/// The record of a sweep with more arguments, how it ended, and what it said.
fn sweep(folder: &Path, more: &[&str]) -> (Value, Option<i32>, String) {
    let arguments = [&["sweep", "small.toml", "--output", "out"], more].concat();
    let output = answerable(folder, &arguments);
    let stored = std::fs::read_to_string(folder.join("out/sweep.json")).unwrap_or("null".into());
    let said = text(&output.stdout) + &text(&output.stderr);
    (serde_json::from_str(&stored).expect("a record"), output.status.code(), said)
}

const AGENTS: [&str; 4] = ["--vary", "teams.team.agents=2..6", "--replications", "30"];

#[test]
fn every_point_has_the_figures_of_a_run() {
    let folder = folder_with(SMALL);
    let (record, code, said) = sweep(folder.path(), &AGENTS);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(record["schema"], "answerable/sweep/1");
    assert_eq!(record["inputs"][0]["texts"], serde_json::json!(["2", "3", "4", "5", "6"]));
    // The option changes the very input that is varied, so the base alone is run.
    assert_eq!(record["options"], serde_json::json!(["three"]));
    let run = answerable(
        folder.path(),
        &["run", "small.toml", "--output", "run", "--replications", "30", "--quiet"],
    );
    assert_eq!(run.status.code(), Some(0), "{}", text(&run.stderr));
    let stored = std::fs::read_to_string(folder.path().join("run/results.json")).expect("results");
    let results: Value = serde_json::from_str(&stored).expect("results");
    for (option, point) in [(0, 1), (1, 2)] {
        for (measure, id) in [(0, "service_level"), (1, "abandonment_rate")] {
            let own = &record["measures"][measure]["curves"][0]["figures"][point];
            let theirs = &results["options"][option]["measures"][id];
            assert_eq!((&own["mean"], &own["ci95"]), (&theirs["mean"], &theirs["ci95"]), "{id} at {point}");
        }
    }
    assert!(said.contains("Service level of three is above 80% from teams.team.agents = "), "{said}");
}

#[test]
fn a_sweep_is_the_same_bytes_on_any_threads_and_drawn_again() {
    let folder = folder_with(SMALL);
    let (_, code, said) = sweep(folder.path(), &[&AGENTS[..], &["--threads", "1"]].concat());
    assert_eq!(code, Some(0), "{said}");
    let out = folder.path().join("out");
    let before = contents(&out);
    for file in [
        "sweep.csv",
        "report.html",
        "scenario.toml",
        "inputs/scenario.toml",
        "charts/sweep-service-level.png",
    ] {
        assert!(out.join(file).is_file(), "{file}");
    }
    let (_, code, _) = sweep(folder.path(), &[&AGENTS[..], &["--threads", "3"]].concat());
    assert_eq!(code, Some(0));
    assert!(contents(&out) == before, "other threads, other bytes");
    std::fs::remove_dir_all(out.join("charts")).expect("there are charts");
    let again = answerable(folder.path(), &["report", "out"]);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
    assert!(contents(&out) == before, "drawn again, other bytes");
}

#[test]
fn an_option_is_compared_with_the_base_at_every_point() {
    let folder = folder_with(SMALL);
    let more = [
        "--vary",
        "queues.calls.patience.exponential.mean=30s..4m/5",
        "--option",
        "four",
        "--measure",
        "service_level",
        "--measure",
        "asa=20",
        "--replications",
        "40",
    ];
    let (record, code, said) = sweep(folder.path(), &more);
    assert_eq!(code, Some(0), "{said}");
    let service = &record["measures"][0];
    let four = &service["curves"][1];
    for point in 0..5 {
        let mean = |curve: &Value| curve["figures"][point]["mean"].as_f64().expect("a figure");
        let difference = four["differences"][point]["mean"].as_f64().expect("a difference");
        assert!((difference - (mean(four) - mean(&service["curves"][0]))).abs() < 1e-12);
        assert!(four["differences"][point]["ci95"][0].as_f64().expect("an end") > 0.0);
    }
    let never = "Service level of four against three is better throughout queues.calls.patience.exponential.mean from 30 s to \
                 4 min, with no break-even point in the range.";
    assert_eq!(service["findings"].as_array().expect("findings").last().expect("one"), never);
    let asa = &record["measures"][1];
    assert_eq!(asa["level"], serde_json::json!({ "value": 20.0, "origin": "asked" }));
    let csv = std::fs::read_to_string(folder.path().join("out/sweep.csv")).expect("a table");
    assert!(
        csv.starts_with("option,view,measure,unit,queues.calls.patience.exponential.mean,figure,"),
        "{csv}"
    );
    assert_eq!(csv.lines().count(), 1 + 2 * 2 * 5);
    assert!(csv.contains("\nfour,,asa,s,30,"), "{csv}");
}

#[test]
fn options_that_alone_have_an_input_are_run_beside_the_base() {
    let scenario = SMALL.to_owned()
        + "\n[options.\"target\"]\npolicy.wrap.target = { within = \"30s\", pressure = 0.8, dropped = 0.5 }\n";
    let folder = folder_with(&scenario);
    let (record, code, said) =
        sweep(folder.path(), &["--vary", "policy.wrap.target.within=10s..70s/4", "--replications", "20"]);
    assert_eq!(code, Some(0), "{said}");
    assert_eq!(record["options"], serde_json::json!(["three", "target"]));
    assert_eq!(record["inputs"][0]["own"], serde_json::json!([null, 30.0]));
    let none = sweep(folder.path(), &["--vary", "policy.wrap.target.within=10s..70s/4", "--option", "four"]);
    assert_eq!(none.1, Some(2), "{}", none.2);
    assert!(
        none.2.contains("none of the options that are run has `policy.wrap.target.within`"),
        "{}",
        none.2
    );
    assert!(none.2.contains("such as \"target\""), "{}", none.2);
    let base = record["measures"][0]["curves"][0]["figures"].as_array().expect("points");
    assert!(base.iter().all(|point| point == &base[0]), "the base has no target and stays as it is");
}

#[test]
fn two_inputs_give_a_map_with_the_break_even_line() {
    let folder = folder_with(SMALL);
    let more = [
        "--vary",
        "queues.calls.demand.per-hour=15..45/4",
        "--vary",
        "teams.team.agents=2..4",
        "--measure",
        "service_level",
        "--replications",
        "20",
    ];
    let (record, code, said) = sweep(folder.path(), &more);
    assert_eq!(code, Some(0), "{said}");
    let curve = &record["measures"][0]["curves"][0];
    assert_eq!(curve["figures"].as_array().expect("points").len(), 12);
    let lines = curve["meets_level"].as_array().expect("a line a value");
    assert_eq!(lines.iter().map(|l| l["second"].as_u64()).collect::<Vec<_>>(), [Some(0), Some(1), Some(2)]);
    // With more agents the target bears more calls.
    let at = |line: &Value| line["spans"][0]["crossings"][0]["at"].as_f64();
    let (three, four) = (at(&lines[1]), at(&lines[2]));
    assert!(three.zip(four).is_none_or(|(three, four)| three < four), "{three:?} {four:?}");
    assert!(said.contains("Service level of three at teams.team.agents = 2 is below 80%"), "{said}");
    assert!(folder.path().join("out/charts/sweep-map-service-level.svg").is_file());
}

#[test]
fn what_cannot_be_swept_is_told_with_what_to_write() {
    let scenario = SMALL.to_owned() + "\n[views.\"bold\"]\nresponse.redials = 0.3\n";
    let folder = folder_with(&scenario);
    for (wrong, words) in [
        (&["--vary", "teams.team.agent=2..6"][..], "did you mean `teams.team.agents`?"),
        (&["--vary", "teams.tem.agents=2..6"], "did you mean \"teams.team.agents\"?"),
        (&["--vary", "teams.team.pay-per-hour=9..12"], "no option has `teams.team.pay-per-hour`"),
        (&["--vary", "queues.calls.patience.exponential.mean=20..180"], "write \"20s\", \"20m\" or \"20h\""),
        (&["--vary", "response.redials=0.5..1.5"], "`redials` is out of range; shares are from 0 to 1"),
        (&["--vary", "teams.team.agents=2..6", "--option", "fuor"], "did you mean \"four\"?"),
        (&["--vary", "teams.team.agents=2..6", "--view", "bald"], "did you mean \"bold\"?"),
        (&["--vary", "teams.team.agents=2..6", "--measure", "servic_level"], "did you mean service_level?"),
        (
            &["--vary", "teams.team.agents=2..6", "--measure", "service_level=80"],
            "write service_level=0.8 for 80%",
        ),
        (&["--vary", "teams.team.agents=2..6", "--measure", "asa=soon"], "\"soon\" is no level"),
        (&["--vary", "teams.team.agents=2..6", "--vary", "teams.team.agents=2..4"], "is varied already"),
        (
            &["--vary", "teams.team.agents=2..61", "--vary", "response.redials=0..0.5/50"],
            "3000 points of two inputs together: at most 1000 are run",
        ),
        (
            &[
                "--vary",
                "teams.team.agents=2..6",
                "--vary",
                "response.redials=0..0.5",
                "--vary",
                "response.repeats=0..1",
            ],
            "at most two inputs are varied at once",
        ),
        (&["--vary", "shifts.day.hours=1..2"], "should be a number, not hours"),
    ] {
        let (record, code, said) = sweep(folder.path(), wrong);
        assert_eq!(code, Some(2), "{wrong:?}: {said}");
        assert!(said.contains(words), "{wrong:?}: {said}");
        assert!(record.is_null(), "nothing is written");
    }
}

#[test]
fn what_a_point_makes_of_the_scenario_is_judged() {
    // A break of 30 minutes fits the shift; one of 4 hours does not.
    let scenario = SMALL.replace(
        "day = { hours = \"09:00-12:00\" }",
        "day = { hours = \"09:00-12:00\", breaks = [{ start = \"10:00\", length = \"30m\" }] }",
    );
    let folder = folder_with(&scenario);
    let (_, code, said) =
        sweep(folder.path(), &["--vary", "shifts.day.breaks[1].length=30m..4h/8", "--replications", "2"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("(in three with shifts.day.breaks[1].length = "), "{said}");
}
