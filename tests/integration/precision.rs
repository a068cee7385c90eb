//! A run to a precision: it ends when every option's interval holds, and gives the same bytes whatever the threads.

use super::command::{SMALL, answerable, contents, folder_with, text};

/// The results of a run with more arguments, and how it ended.
fn run(folder: &std::path::Path, more: &[&str]) -> (serde_json::Value, Option<i32>, String) {
    let arguments = [&["run", "small.toml", "--output", "out", "--quiet"], more].concat();
    let output = answerable(folder, &arguments);
    let stored = std::fs::read_to_string(folder.join("out/results.json")).unwrap_or("null".into());
    (serde_json::from_str(&stored).expect("results"), output.status.code(), text(&output.stderr))
}

#[test]
fn replications_are_added_until_every_option_is_known_so_closely() {
    let folder = folder_with(SMALL);
    let wanted =
        ["--precision", "service_level=0.02", "--precision", "queues.calls.asa=10%", "--threads", "1"];
    let (results, code, said) = run(folder.path(), &wanted);
    assert_eq!(code, Some(0), "{said}");
    let replications = results["replications"].as_u64().expect("a number");
    assert!((60..10_000).contains(&replications) && replications % 10 == 0, "{replications}");
    for option in results["options"].as_array().expect("options") {
        let half = |measure: &serde_json::Value| {
            let at = |i: usize| measure["ci95"][i].as_f64().expect("a number");
            (0.5 * (at(1) - at(0)), measure["mean"].as_f64().expect("a number"))
        };
        assert!(half(&option["measures"]["service_level"]).0 <= 0.02);
        let (asa, mean) = half(&option["queues"]["calls"]["measures"]["asa"]);
        assert!(asa <= 0.1 / 1.1 * mean);
    }
    assert_eq!(results["precision"][0]["held"], true);
    assert_eq!(results["precision"][1]["relative"], 0.1);
    let before = contents(&folder.path().join("out"));
    let statement = text(&before["statement.md"]);
    let reached = format!(
        "in every option and view: reached after {replications} replications; the nearest to missing it is"
    );
    assert!(statement.contains(&reached), "{statement}");
    let (_, code, _) = run(folder.path(), &[&wanted[..5], &["3"]].concat());
    assert_eq!(code, Some(0));
    assert!(contents(&folder.path().join("out")) == before, "other threads, other bytes");
    // A fixed number of replications gives the very same figures.
    let (fixed, ..) = run(folder.path(), &["--replications", &replications.to_string()]);
    assert_eq!(fixed["options"], results["options"]);
}

#[test]
fn a_precision_that_is_not_reached_is_told() {
    let folder = folder_with(SMALL);
    let (results, code, _) = run(folder.path(), &["--precision", "service_level=0.0001", "--limit", "70"]);
    assert_eq!((code, results["replications"].as_u64()), (Some(1), Some(70)));
    assert_eq!(results["precision"][0]["held"], false);
    let warning = results["warnings"][0].as_str().expect("a warning");
    assert!(warning.starts_with("service_level of \"three\" is known to ±0.0"), "{warning}");
    assert!(
        warning.contains("after 70 replications, not to ±0.000100 as asked for; that would take about "),
        "{warning}"
    );
    let statement = std::fs::read_to_string(folder.path().join("out/statement.md")).expect("a statement");
    assert!(statement.contains("in every option and view: not reached. service"), "{statement}");
}

#[test]
fn what_is_no_precision_is_refused_with_a_remedy() {
    let folder = folder_with(SMALL);
    for (wrong, words) in [
        (
            "service_level",
            "names no precision; write a measure and a half-width, such as service_level=0.005",
        ),
        ("service_level=0", "\"0\" is no precision; write a number above zero"),
        ("servic_level=0.1", "there is no measure \"servic_level\"; did you mean service_level?"),
        ("queues.call.asa=1", "no option has a queue \"call\"; did you mean \"calls\"?"),
        ("queues.calls.occupancy=1", "there is no queues.calls.occupancy; write teams.NAME.occupancy"),
        ("max_wait=1", "max_wait has no interval, so no precision"),
        ("cost=5%", "the figure does not exist: the scenario states no pay"),
    ] {
        let (results, code, said) = run(folder.path(), &["--precision", wrong]);
        assert_eq!(code, Some(2), "{wrong}: {said}");
        assert!(said.contains(words), "{wrong}: {said}");
        assert!(results.is_null(), "nothing is written");
    }
}

#[test]
fn too_few_replications_for_percentiles_are_told() {
    let folder = folder_with(SMALL);
    let (results, ..) = run(folder.path(), &["--replications", "35"]);
    let warnings = results["warnings"].to_string();
    assert!(
        warnings.contains("35 replications are too few for the percentiles of single histories"),
        "{warnings}"
    );
    let (results, ..) = run(folder.path(), &["--replications", "36"]);
    assert_eq!(results["warnings"].to_string(), "[]");
}
