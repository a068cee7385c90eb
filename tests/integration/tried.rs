//! `[ranges]` and `[sweeps]` of a scenario: judged, run beside the options, in the report.

use super::command::{SMALL, answerable, contents, folder_with, text};
use answerable::experiment::{allowed, calls, replications_of};
use answerable::report::sweep::ranges_study;
use answerable::scenario::read;
use serde_json::Value;
use std::path::Path;

const TRIED: &str = r#"
[ranges]
"queues.calls.patience.exponential.mean" = ["1m", "5m"]
"teams.team.agents" = [2, 4]
"policy.wrap.target.within" = ["20s", "60s"]

[sweeps."policy.wrap.target.within"]
between = ["10s", "90s"]
points = 3

[options."target"]
policy.wrap.target = { within = "30s", pressure = 0.8, dropped = 0.5 }
"#;

fn exits(folder: &Path, code: i32, arguments: &[&str]) -> String {
    let output = answerable(folder, arguments);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

#[test]
fn ranges_and_sweeps_are_run_the_same_bytes_however_the_run_is_made() {
    let folder = folder_with(&format!("{SMALL}{TRIED}"));
    let home = folder.path();
    exits(home, 0, &["run", "small.toml", "--quiet", "--threads", "1", "--output", "one"]);
    let one = contents(&home.join("one"));
    let record: Value = serde_json::from_slice(&one["tried.json"]).expect("a record");
    assert_eq!(record["replications"], 20);
    let bars = record["ranges"]["bars"].as_array().expect("bars");
    assert_eq!(bars.len(), 3);
    assert_eq!(bars[0]["input"]["path"], "teams.team.agents", "the widest first");
    let target = bars.iter().find(|bar| bar["option"] == "target").expect("the base has no target");
    assert_eq!(target["input"]["own"][0], 30.0);
    for bar in bars {
        assert!(bar["changes"][0]["ci95"].is_array() && bar["stands"]["mean"].is_number(), "{bar}");
    }
    // Three agents less two is what the option's own figures say.
    let results: Value = serde_json::from_slice(&one["results.json"]).expect("results");
    let service = |option: usize| results["options"][option]["measures"]["service_level"]["mean"].as_f64();
    let four = bars[0]["changes"][1]["mean"].as_f64().expect("a change");
    assert!((four - (service(1).expect("four") - service(0).expect("three"))).abs() < 1e-12);
    assert_eq!(record["sweeps"][0]["options"], serde_json::json!(["three", "target"]));
    let page = text(&one["report.html"]);
    assert!(page.contains("How far numbers may be off") && page.contains("hangs most on teams.team.agents"));
    assert!(
        one.contains_key("charts/what-the-inputs-move.svg")
            && one.contains_key("charts/sweep-service-level-1.png")
    );

    exits(home, 0, &["run", "small.toml", "--quiet", "--threads", "3", "--output", "two"]);
    assert!(contents(&home.join("two")) == one, "other threads, other bytes");
    for part in ["1", "2"] {
        exits(home, 0, &["run", "small.toml", "--quiet", "--shard", &format!("{part}/2"), "--output", part]);
    }
    exits(home, 0, &["merge", "1", "2", "--quiet", "--output", "joined"]);
    assert!(contents(&home.join("joined")) == one, "parts joined, other bytes");
    // What the first part has tried may be lost: then it is simulated anew.
    std::fs::remove_file(home.join("1/tried.json")).expect("the first part tries");
    exits(home, 0, &["merge", "2", "1", "--quiet", "--output", "joined"]);
    assert!(contents(&home.join("joined")) == one, "parts joined without it, other bytes");
    assert!(text(&one["statement.md"]).contains("- teams.team.agents at 2 and at 4, in “three”"));
    std::fs::remove_dir_all(home.join("two/charts")).expect("charts");
    exits(home, 0, &["report", "two"]);
    assert!(contents(&home.join("two")) == one, "drawn again, other bytes");
    // The scenario as resolved says the same.
    std::fs::copy(home.join("one/scenario.toml"), home.join("small.toml")).expect("copied");
    exits(home, 0, &["run", "small.toml", "--quiet", "--output", "three"]);
    assert_eq!(contents(&home.join("three"))["tried.json"], one["tried.json"]);
    let explained = exits(home, 0, &["explain", "small.toml"]);
    assert!(explained.contains("policy.wrap.target.within from 10s to 1m30s, 3 points"), "{explained}");
}

#[test]
fn a_range_that_cannot_be_tried_is_a_fault_at_its_place() {
    for (line, words) in [
        ("[ranges]\n\"teams.team.agent\" = [2, 4]", "did you mean `teams.team.agents`?"),
        ("[ranges]\n\"teams.tem.agents\" = [2, 4]", "did you mean \"teams.team.agents\"?"),
        ("[ranges]\n\"teams.team.agents\" = [4, 2]", "write the lower value first"),
        ("[ranges]\n\"teams.team.agents\" = [2, 3, 4]", "two values of that number, [low, high]"),
        ("[ranges]\n\"teams.team.agents\" = 4", "two values of that number, [low, high]"),
        ("[ranges]\n\"queues.calls.patience.exponential.mean\" = [60, 90]", "has no unit"),
        ("[ranges]\n\"response.redials\" = [0.5, 1.5]", "is out of range"),
        ("[ranges]\n\"horizon.days\" = [1, 5]", "is not an input of an option"),
        (
            "[sweeps.\"response.redials\"]\nbetween = [0.1, 0.5]\noptions = [\"fuor\"]",
            "did you mean \"four\"?",
        ),
        (
            "[sweeps.\"response.redials\"]\nbetween = [0.1, 0.5]\nmeasures = [\"aza\"]",
            "there is no measure \"aza\"",
        ),
        ("[sweeps.\"response.redials\"]\npoints = 3", "`between` is missing"),
        ("[sweeps.\"teams.team.agents\"]\nbetween = [2, 9]\npoints = 3", "do not all fall on whole numbers"),
        ("[options.\"other\"]\nranges = {}", "`ranges`"),
    ] {
        let folder = folder_with(&format!("{SMALL}\n{line}\n"));
        let said = exits(folder.path(), 2, &["check", "small.toml"]);
        assert!(said.contains(words), "{line}: {said}");
        assert!(said.starts_with("small.toml:"), "{line}: {said}");
    }
}

/// Expected calls, not time: of the council 1,000 replications let a tenth be tried, and 60 about as many calls as the options
/// themselves; the points are the same whatever is asked, the replications fewer. Of the police control room at 200, which has
/// views alone, some 15%: its options that are alike are run once.
#[test]
fn what_is_tried_besides_costs_little_beside_the_options() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let reading = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name)).expect("it is shipped");
        let files = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
        read(name, &text, &files).expect("sound")
    };
    let council = reading("district-council.toml");
    let study = &council.study;
    let tried = calls(&ranges_study(study, &council.tried.ranges).0)
        + council.tried.sweeps.iter().map(|swept| calls(&swept.varied.study)).sum::<f64>();
    for (run, most) in [(1000, 0.1), (200, 0.3), (60, 1.0)] {
        let found = replications_of(tried, allowed(study, run), run);
        let share = tried * f64::from(found) / (calls(study) * f64::from(run));
        assert!(found >= 20 && share <= most, "{run}: {found} replications, {share}");
    }
    let police = reading("police-control-room.toml").study;
    let share = allowed(&police, 200) / (200.0 * calls(&police));
    assert!(share < 0.15, "{share}");
}
