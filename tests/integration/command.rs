//! The command as a user meets it: exit codes, messages, what is written and what is not.

use std::path::Path;
use std::process::{Command, Output};

/// A small scenario that runs in no time.
pub(crate) const SMALL: &str = r#"format = 1
name = "Small"
question = "Do three agents do?"
baseline = "three"

[run]
replications = 20

[horizon]
start = 2026-11-02
days = 5
warm-up = "none"
follow-up = "7d"

[opening]
monday-friday = "09:00-12:00"

[queues.calls]
demand = { per-hour = 30, counts = "needs" }
talk.exponential = { mean = "3m" }
wrap.exponential = { mean = "1m" }
patience.exponential = { mean = "2m" }
target = { answered-within = "20s", share = 0.8 }

[teams.team]
agents = 3
answers = ["calls"]
rota = [["day", "day", "day", "day", "day", "off", "off"]]

[shifts]
day = { hours = "09:00-12:00" }

[policy.wrap]
as-needed = {}

[options."four"]
teams.team.agents = 4
"#;

pub(crate) fn answerable(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_answerable"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the command starts")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

pub(crate) fn folder_with(scenario: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder of its own");
    std::fs::write(folder.path().join("small.toml"), scenario).expect("the scenario is written");
    folder
}

#[test]
fn a_run_writes_its_directory_and_prints_its_finding() {
    let folder = folder_with(SMALL);
    let output = answerable(folder.path(), &["run", "small.toml"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    assert!(printed.starts_with("Do three agents do?\n\nthree: "), "{printed}");
    assert!(printed.contains("Report: output/small/report.html"), "{printed}");
    for file in [
        "report.html",
        "statement.md",
        "results.json",
        "replications.csv",
        "intervals.csv",
        "callers.csv",
        "weekdays.csv",
        "waits.csv",
        "comparison.csv",
        "day.csv",
        "scenario.toml",
        "inputs/scenario.toml",
        "charts/service-through-the-day.svg",
        "charts/service-through-the-day.png",
        "charts/staff-against-load.png",
        "charts/options-compared.png",
        "charts/survival-of-waits.png",
        "charts/week-at-a-glance.svg",
        "charts/satisfaction-against-cost.png",
        "charts/a-day-replayed.svg",
    ] {
        assert!(folder.path().join("output/small").join(file).is_file(), "{file} is missing");
    }
}

#[test]
fn two_runs_write_the_same_bytes_whatever_the_threads() {
    let folder = folder_with(SMALL);
    for (place, threads) in [("a", "1"), ("b", "3")] {
        let output = answerable(
            folder.path(),
            &["run", "small.toml", "--threads", threads, "--output", place, "--quiet"],
        );
        assert_eq!(output.status.code(), Some(0));
        assert!(output.stdout.is_empty() && output.stderr.is_empty(), "quiet is quiet");
    }
    for file in ["results.json", "charts/options-compared.svg", "charts/survival-of-waits.png"] {
        let read =
            |place: &str| std::fs::read(folder.path().join(place).join(file)).expect("the file is there");
        assert!(read("a") == read("b"), "{file} differs");
    }
}

#[test]
fn the_resolved_scenario_runs_to_the_same_results() {
    let folder = folder_with(SMALL);
    answerable(folder.path(), &["run", "small.toml", "--output", "first", "--quiet"]);
    let again = answerable(folder.path(), &["run", "first/scenario.toml", "--output", "second", "--quiet"]);
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
    let read = |place: &str| std::fs::read(folder.path().join(place).join("results.json")).expect("results");
    assert!(read("first") == read("second"));
}

#[test]
fn a_fault_is_shown_on_its_line_and_nothing_is_written() {
    let folder = folder_with(
        &SMALL.replace("talk.exponential = { mean = \"3m\" }", "talk.exponential = { mean = \"3\" }"),
    );
    let output = answerable(folder.path(), &["run", "small.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("small.toml:20:29"), "{}", text(&output.stderr));
    assert!(!folder.path().join("output").exists());
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let folder = folder_with(SMALL);
    let output = answerable(folder.path(), &["run", "smal.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("smal.toml: there is no such file"), "{}", text(&output.stderr));
}

#[test]
fn an_output_that_is_a_file_is_refused_and_left_alone() {
    let folder = folder_with(SMALL);
    std::fs::write(folder.path().join("taken"), "precious").expect("a file");
    let output = answerable(folder.path(), &["run", "small.toml", "--output", "taken"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(folder.path().join("taken")).expect("still there"), "precious");
}

#[test]
fn a_move_cut_short_is_mended_at_the_next_start() {
    let folder = folder_with(SMALL);
    answerable(folder.path(), &["run", "small.toml", "--output", "results", "--quiet"]);
    let before = std::fs::read(folder.path().join("results/results.json")).expect("results");
    // As if a run had been stopped between setting the old directory aside and moving the new one in.
    std::fs::rename(folder.path().join("results"), folder.path().join(".results.old")).expect("set aside");
    std::fs::create_dir(folder.path().join(".results.partial")).expect("left over");
    let output = answerable(folder.path(), &["run", "small.toml", "--output", "results", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(before == std::fs::read(folder.path().join("results/results.json")).expect("results"));
    assert!(!folder.path().join(".results.old").exists() && !folder.path().join(".results.partial").exists());
}

#[test]
fn an_expectation_that_fails_gives_exit_code_one() {
    let folder = folder_with(&format!("{SMALL}\n[expect.\"three\"]\nservice_level = [0.999, 1.0]\n"));
    let output = answerable(folder.path(), &["run", "small.toml"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("expected service_level of \"three\" between 0.999 and 1"));
}

#[test]
fn json_goes_to_standard_output_and_is_the_stored_file() {
    let folder = folder_with(SMALL);
    let output = answerable(folder.path(), &["run", "small.toml", "--format", "json"]);
    let stored = std::fs::read(folder.path().join("output/small/results.json")).expect("results");
    assert!(output.stdout == stored);
    let results: serde_json::Value = serde_json::from_slice(&stored).expect("JSON");
    assert_eq!(results["schema"], "answerable/results/1");
    assert_eq!(results["options"][1]["name"], "four");
    assert_eq!(results["comparisons"][0]["option"], "four");
    assert_eq!(results["options"][0]["measures"]["cost"]["why"], "the scenario states no pay");
    assert!(!text(&stored).contains("NaN") && !text(&stored).contains("-0.0,"));
}

#[test]
fn the_replayed_day_is_the_very_day_of_the_results() {
    // One day measured, so that the first row of replications.csv is that day.
    let one = SMALL.replace("days = 5", "days = 1").replace("follow-up = \"7d\"", "follow-up = \"1d\"");
    let folder = folder_with(&one);
    answerable(folder.path(), &["run", "small.toml", "--output", "results", "--quiet"]);
    let rows = |file: &str| -> Vec<std::collections::BTreeMap<String, String>> {
        let mut reader = csv::Reader::from_path(folder.path().join("results").join(file)).expect("a table");
        reader.deserialize().map(|row| row.expect("a row")).collect()
    };
    let (day, replications) = (rows("day.csv"), rows("replications.csv"));
    let first = |measure: &str| replications[0][measure].parse::<f64>().expect("a figure");
    let count = |is: &dyn Fn(&std::collections::BTreeMap<String, String>) -> bool| {
        day.iter().filter(|row| is(row)).count() as f64
    };
    let calls = |outcome: &'static str| count(&move |row| row["kind"] == "call" && row["outcome"] == outcome);
    assert_eq!(replications[0]["option"], "three");
    assert!(calls("answered") > 50.0);
    assert_eq!(calls("answered"), first("answered"));
    assert_eq!(calls("gave up"), first("abandoned"));
    assert_eq!(count(&|row| row["kind"] == "talk"), first("answered"));
    assert_eq!(count(&|row| row["kind"] == "shift" && row["outcome"].is_empty()), first("shifts_worked"));
    // Rounded to the second at both ends, talk adds up to what the results say.
    let seconds =
        |text: &str| text.split(':').fold(0.0, |sum, part| 60.0 * sum + part.parse::<f64>().expect("a time"));
    let talk: f64 = day
        .iter()
        .filter(|row| row["kind"] == "talk")
        .map(|row| seconds(&row["end"]) - seconds(&row["start"]))
        .sum();
    let mean = talk / first("answered");
    assert!((mean - first("talk_time")).abs() < 1.0, "{mean} for {}", first("talk_time"));
    let late =
        day.iter().filter(|row| row["kind"] == "shift" && seconds(&row["left"]) > seconds(&row["end"]) + 0.5);
    let share = late.count() as f64 / first("shifts_worked");
    assert!((share - first("late_finishes")).abs() < 1e-9, "{share} for {}", first("late_finishes"));
}

#[test]
fn whoever_comes_from_last_night_is_replayed_too() {
    let night = SMALL
        .replace("monday-friday = \"09:00-12:00\"", "monday-sunday = \"00:00-24:00\"")
        .replace("hours = \"09:00-12:00\"", "hours = \"22:00-06:00\"")
        .replace("warm-up = \"none\"", "warm-up = \"1d\"")
        .replace("start = 2026-11-02", "start = 2026-11-03");
    let folder = folder_with(&night);
    let output = answerable(folder.path(), &["run", "small.toml", "--output", "results", "--quiet"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let day = std::fs::read_to_string(folder.path().join("results/day.csv")).expect("a day");
    assert_eq!(day.matches(",shift of the day before,team,").count(), 3, "{day}");
    assert_eq!(day.matches(",shift,team,").count(), 3, "{day}");
    let rows = |from: &str| day.lines().filter(|l| l.contains(",talk,team,") && l.contains(from)).count();
    assert!(rows(",,calls,03:") > 0 && rows(",,calls,23:") > 0 && rows(",,calls,12:") == 0, "{day}");
    let again = answerable(folder.path(), &["report", "results"]);
    assert!(text(&again.stdout).contains("all three agents are there"), "{}", text(&again.stdout));
}

/// Every file of a directory, by name within it.
pub(crate) fn contents(place: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    let mut folders = vec![place.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(place).expect("below it").display().to_string();
                found.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

#[test]
fn a_run_is_drawn_again_byte_for_byte_from_its_files_alone() {
    let folder = folder_with(SMALL);
    answerable(folder.path(), &["run", "small.toml", "--output", "results", "--quiet"]);
    let place = folder.path().join("results");
    let before = contents(&place);
    // Nothing but the stored files is left, and the scenario is gone.
    std::fs::remove_dir_all(place.join("charts")).expect("the charts are taken away");
    std::fs::remove_file(folder.path().join("small.toml")).expect("the scenario is taken away");
    let output = answerable(folder.path(), &["report", "results"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert!(text(&output.stdout).contains("charts/week-at-a-glance.svg"), "{}", text(&output.stdout));
    let after = contents(&place);
    assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
    for (name, bytes) in &before {
        assert!(*bytes == after[name], "{name} differs");
    }
    let quiet = answerable(folder.path(), &["report", "results", "--quiet"]);
    assert!(quiet.stdout.is_empty() && quiet.stderr.is_empty(), "quiet is quiet");
}

#[test]
fn what_is_no_run_directory_is_refused_in_words_and_left_alone() {
    let folder = folder_with(SMALL);
    let refused = |words: &str| {
        let output = answerable(folder.path(), &["report", "results"]);
        assert_eq!(output.status.code(), Some(2), "{words}");
        assert!(text(&output.stderr).contains(words), "{}", text(&output.stderr));
    };
    refused("results: there is no such directory; name the directory of a run");
    answerable(folder.path(), &["run", "small.toml", "--output", "results", "--quiet"]);
    let place = folder.path().join("results");
    std::fs::write(place.join("minutes.docx"), "precious").expect("a file of the user's own");
    refused("results: holds what no run has written: `minutes.docx`");
    assert_eq!(std::fs::read(place.join("minutes.docx")).expect("still there"), b"precious");
    std::fs::remove_file(place.join("minutes.docx")).expect("moved away");
    let waits = std::fs::read(place.join("waits.csv")).expect("waits");
    std::fs::remove_file(place.join("waits.csv")).expect("taken away");
    refused("results: waits.csv missing");
    std::fs::write(place.join("waits.csv"), "not,a,table of waits\n1,2,3\n").expect("another table");
    refused("results: waits.csv has no column");
    std::fs::write(place.join("waits.csv"), waits).expect("waits again");
    std::fs::write(place.join("results.json"), "{\"schema\": \"answerable/results/1\", not json")
        .expect("no results");
    refused("results: results.json cannot be read");
    assert!(place.join("charts/week-at-a-glance.svg").is_file(), "the charts are left alone");
}

#[test]
fn the_summary_of_eight_options_fits_one_screen() {
    let mut scenario = SMALL.to_owned();
    for i in 2..10 {
        scenario += &format!(
            "\n[options.\"{i} agents on the early shift and a name that goes on for far longer than any column\"]\n\
             teams.team.agents = {i}\n"
        );
    }
    let folder = folder_with(&scenario);
    let output = answerable(folder.path(), &["run", "small.toml"]);
    let printed = text(&output.stdout);
    assert!(printed.lines().count() <= 23, "{printed}");
    assert!(printed.lines().all(|line| line.chars().count() <= 80), "{printed}");
    assert!(printed.contains("2 more: --all"), "{printed}");
    assert!(!printed.contains('\u{1b}'), "no colour where nobody sees it");
    let whole = text(&answerable(folder.path(), &["run", "small.toml", "--all"]).stdout);
    assert!(whole.contains("9 agents on the") && whole.contains("Erlang"), "{whole}");
    assert!(whole.lines().all(|line| line.chars().count() <= 80), "{whole}");
}

#[test]
fn every_figure_is_printed_as_csv() {
    let folder = folder_with(SMALL);
    let output = answerable(folder.path(), &["run", "small.toml", "--format", "csv"]);
    let printed = text(&output.stdout);
    let mut reader = csv::Reader::from_reader(printed.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    let of = |option: &str| rows.iter().filter(|r| &r[0] == option).count();
    assert!(of("three") > 50 && of("three") == of("four"), "{printed}");
    let service = |option: &str| {
        rows.iter().find(|r| &r[0] == option && &r[2] == "service_level").expect("a service level").clone()
    };
    assert_eq!(&service("three")[8], "", "the base has no difference from itself");
    let difference: f64 = service("four")[8].parse().expect("a number");
    let (four, three): (f64, f64) =
        (service("four")[5].parse().expect("a number"), service("three")[5].parse().expect("a number"));
    assert!((difference - (four - three)).abs() < 1e-12);
}

#[test]
fn help_begins_with_examples_and_shells_get_their_completions() {
    let folder = folder_with(SMALL);
    for arguments in [&["--help"][..], &["run", "--help"], &["report", "--help"]] {
        let output = answerable(folder.path(), arguments);
        assert!(text(&output.stdout).starts_with("Example"), "{}", text(&output.stdout));
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = answerable(folder.path(), &["completions", shell]);
        assert_eq!(output.status.code(), Some(0));
        assert!(text(&output.stdout).contains("replications"), "{shell}");
    }
}

#[test]
fn a_slip_of_the_pen_is_answered_with_what_was_meant() {
    let folder = folder_with(SMALL);
    for (typed, meant) in [
        (&["rn", "small.toml"][..], "'run'"),
        (&["small.toml"], "'run small.toml'"),
        (&["run", "small.toml", "--replicatons", "3"], "'--replications'"),
        (&["run", "small.toml", "--format", "jsn"], "'json'"),
    ] {
        let output = answerable(folder.path(), typed);
        assert_eq!(output.status.code(), Some(2), "{typed:?}");
        assert!(text(&output.stderr).contains(meant), "{typed:?}: {}", text(&output.stderr));
    }
}

#[test]
fn a_mistyped_command_suggests_the_right_one() {
    let folder = folder_with(SMALL);
    let output = answerable(folder.path(), &["chekc", "small.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("'check'"), "{}", text(&output.stderr));
}

#[test]
fn check_tells_what_options_change_and_prints_the_rota() {
    let folder = folder_with(SMALL);
    let output = answerable(folder.path(), &["check", "small.toml", "--rota"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    assert!(
        printed.contains("\nfour\n  path               base  option\n  teams.team.agents  3     4\n"),
        "{printed}"
    );
    assert!(printed.contains("team, week from 2026-11-02: 3 agents, 45h paid"), "{printed}");
    assert!(printed.contains("1 to 4"), "{printed}");
}

#[test]
fn the_printed_rota_stands_with_the_results() {
    let folder = folder_with(SMALL);
    answerable(folder.path(), &["run", "small.toml", "--quiet"]);
    let rota = std::fs::read_to_string(folder.path().join("output/small/rota.csv")).expect("the rota");
    let lines: Vec<&str> = rota.lines().collect();
    assert_eq!(
        lines[0],
        "option,view,team,agent,week_from,monday,tuesday,wednesday,thursday,friday,saturday,sunday,paid_hours"
    );
    let day = "09:00-12:00";
    assert_eq!(lines[1], format!("three,,team,1,2026-11-02,{day},{day},{day},{day},{day},,,15"));
    assert_eq!(lines.len(), 1 + 3 + 4);
}

#[test]
fn a_code_is_explained_and_an_unknown_one_refused() {
    let folder = folder_with(SMALL);
    let output = answerable(folder.path(), &["explain", "pause-outside"]);
    assert_eq!(output.status.code(), Some(0));
    assert!(text(&output.stdout).starts_with("pause-outside: A break"), "{}", text(&output.stdout));
    let output = answerable(folder.path(), &["explain", "pause-inside"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("there is no fault with the code pause-inside"));
}

#[test]
fn a_run_too_large_is_refused_with_its_size_and_nothing_written() {
    let folder = folder_with(SMALL);
    let output = answerable(folder.path(), &["run", "small.toml", "--replications", "4000000000"]);
    assert_eq!(output.status.code(), Some(2));
    let told = text(&output.stderr);
    assert!(told.contains("the run is too large") && told.contains("--allow-large"), "{told}");
    assert!(!folder.path().join("output").exists());
}

#[test]
fn results_stand_by_view() {
    let views = "\n[views.calm]\nresponse.redials = 0.1\n[views.keen]\nresponse.redials = 0.9\n";
    let folder = folder_with(&format!("{SMALL}{views}"));
    let output = answerable(folder.path(), &["run", "small.toml"]);
    let printed = text(&output.stdout);
    let at = |what: &str| printed.find(what).unwrap_or_else(|| panic!("{what} is missing in\n{printed}"));
    assert!(at("View calm:") < at("View keen:"), "{printed}");
    assert_eq!(printed.matches("four").count(), 2, "{printed}");
}
