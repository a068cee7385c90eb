//! A run in parts: shards of any split, in any order, are one run byte for byte; what was interrupted goes on.

use super::command::{SMALL, answerable, contents, folder_with, text};
use super::misfortune::until;
use super::views::VIEWS;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a command and holds it to its exit code.
fn exits(folder: &Path, code: i32, arguments: &[&str]) -> String {
    let output = answerable(folder, arguments);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

/// Runs the parts numbered, into `pI`, of a run of 43 replications: four whole blocks and a bit.
fn parts(folder: &Path, numbers: &[u32], of: u32) {
    for number in numbers {
        let (shard, place) = (format!("{number}/{of}"), format!("p{number}"));
        exits(folder, 0, &with(&["--shard", &shard, "--output", &place]));
    }
}

fn with<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["run", "small.toml", "--replications", "43", "--quiet"], more].concat()
}

fn merged(numbers: &[String]) -> Vec<&str> {
    let mut arguments = vec!["merge"];
    arguments.extend(numbers.iter().map(String::as_str));
    arguments.extend(["--output", "joined", "--quiet"]);
    arguments
}

fn same(folder: &Path, one: &str, other: &str) {
    let (one, other) = (contents(&folder.join(one)), contents(&folder.join(other)));
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(*bytes == other[name], "{name} differs");
    }
}

#[test]
fn shards_of_any_split_in_any_order_are_one_run_byte_for_byte() {
    // Views, a file read from a folder, and a warning: all that stands in a run directory.
    let scenario = SMALL.replace(
        "[options.\"four\"]",
        "[views.\"other\"]\nqueues.calls.patience.exponential.mean = \"1m\"\n\n[options.\"four\"]",
    );
    let scenario = scenario.replace(
        "monday-friday = \"09:00-12:00\"",
        "monday-friday = \"09:00-12:00\"\nholidays = \"tables/holidays.csv\"",
    );
    let folder = folder_with(&scenario);
    let home = folder.path();
    std::fs::create_dir(home.join("tables")).expect("a folder");
    std::fs::write(home.join("tables/holidays.csv"), "date\n2026-11-04\n").expect("a table");
    exits(home, 0, &with(&["--output", "one"]));
    for (of, order) in [(1, vec![1]), (2, vec![2, 1]), (3, vec![3, 1, 2]), (5, vec![2, 5, 1, 4, 3])] {
        parts(home, &order, of);
        let names: Vec<String> = order.iter().map(|number| format!("p{number}")).collect();
        exits(home, 0, &merged(&names));
        same(home, "one", "joined");
    }
    // More parts than replications: some have none.
    let of_fifty: Vec<u32> = (1..=50).collect();
    parts(home, &of_fifty, 50);
    let names: Vec<String> = of_fifty.iter().rev().map(|number| format!("p{number}")).collect();
    exits(home, 0, &merged(&names));
    same(home, "one", "joined");
}

#[test]
fn parts_that_do_not_belong_together_are_refused_by_name() {
    let folder = folder_with(SMALL);
    let home = folder.path();
    parts(home, &[1, 2, 3], 4);
    exits(home, 0, &with(&["--shard", "4/4", "--output", "seed", "--seed", "9"]));
    exits(home, 0, &with(&["--shard", "2/4", "--output", "again"]));
    exits(
        home,
        0,
        &["run", "small.toml", "--replications", "44", "--quiet", "--shard", "4/4", "--output", "more"],
    );
    std::fs::write(home.join("other.toml"), SMALL.replace("agents = 4", "agents = 5")).expect("another");
    exits(
        home,
        0,
        &["run", "other.toml", "--replications", "43", "--quiet", "--shard", "4/4", "--output", "other"],
    );
    exits(home, 0, &with(&["--output", "whole"]));
    let refused = |parts: &[&str], words: &[&str]| {
        let names: Vec<String> = parts.iter().map(|name| (*name).to_owned()).collect();
        let said = exits(home, 2, &merged(&names));
        for words in words {
            assert!(said.contains(words), "{said}");
        }
        assert!(!home.join("joined").exists(), "nothing is written");
    };
    refused(
        &["p1", "p2", "p3"],
        &["part 4 of 4 is missing: name its directory, or run what is missing with --shard 4/4"],
    );
    refused(
        &["p1", "p3", "again", "p2", "again"],
        &["again and p2: both are part 2/4; leave one of them out", "part 4 of 4 is missing"],
    );
    refused(&["p1", "p2", "p3", "seed"], &["seed: was run with seed 9, most of the others with"]);
    refused(&["p1", "p2", "p3", "more"], &["more: is a part of 44 replications, most of the others of 43"]);
    refused(
        &["p1", "p2", "p3", "other"],
        &["other: was run on another scenario than p1: compare their inputs"],
    );
    refused(
        &["p1", "whole", "nowhere"],
        &["whole: is a whole run, not a part; leave it out", "nowhere: there is no such directory"],
    );
    let broken = home.join("p3/replications.part");
    let mut bytes = std::fs::read(&broken).expect("its sums");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(&broken, bytes).expect("damaged");
    std::fs::write(home.join("p2/inputs/scenario.toml"), SMALL.replace("agents = 4", "agents = 6"))
        .expect("changed");
    refused(&["p1", "p2", "p3"], &["p3: is damaged: run this part again"]);
    parts(home, &[3], 4);
    exits(home, 0, &with(&["--shard", "4/4", "--output", "p4"]));
    refused(&["p1", "p2", "p3", "p4"], &["p2: the scenario in it is not the one that was run"]);
    let said = exits(home, 2, &["merge", "p1", "--output", "p1"]);
    assert!(said.contains("p1: is one of the parts, and would be replaced"), "{said}");
}

#[test]
fn a_part_is_never_taken_for_a_run() {
    let folder = folder_with(SMALL);
    let output = answerable(folder.path(), &["run", "small.toml", "--shard", "1/3"]);
    let printed = text(&output.stdout);
    assert!(
        printed.contains("Part 1/3: 6 replications from number 0, in output/small.part-1-of-3"),
        "{printed}"
    );
    let said = exits(folder.path(), 2, &["report", "output/small.part-1-of-3"]);
    assert!(
        said.contains("is a part of a run, which has no figures yet; join all parts first: answerable merge")
    );
    for (wrong, words) in [
        ("0/3", "parts are counted from 1 to 3"),
        ("4/3", "parts are counted from 1 to 3"),
        ("1/0", "a run has at least one part"),
        ("a", "write which part of how many, such as 3/10"),
    ] {
        let said = exits(folder.path(), 2, &["run", "small.toml", "--shard", wrong]);
        assert!(said.contains(words), "{said}");
    }
}

/// A run that goes on and on, killed once it has kept some replications.
fn killed(home: &Path, more: &[&str]) -> std::process::ExitStatus {
    let mut long = Command::new(env!("CARGO_BIN_EXE_answerable"));
    long.args(["run", "small.toml", "--allow-large", "--quiet", "--resume"]);
    long.args(["--output", "cut"]).args(more).current_dir(home).stdin(Stdio::null()).stderr(Stdio::null());
    let mut child = long.spawn().expect("it starts");
    let kept = || {
        let names = std::fs::read_dir(home.join(".cut.blocks")).into_iter().flatten().flatten();
        names.filter(|name| name.path().extension().is_some_and(|e| e == "part")).count()
    };
    until("something is kept", || kept() > 0);
    child.kill().expect("kill -9");
    child.wait().expect("it ends")
}

/// The replications that are kept.
fn kept(home: &Path) -> String {
    let mut names: Vec<String> = std::fs::read_dir(home.join(".cut.blocks"))
        .expect("blocks are kept")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.ends_with(".part"))
        .collect();
    names.sort();
    let last = names.pop().expect("something is kept");
    last[11..21].trim_start_matches('0').to_owned()
}

#[test]
fn an_interrupted_run_goes_on_from_its_complete_blocks() {
    let folder = folder_with(SMALL);
    let home = folder.path();
    killed(home, &["--replications", "4000000000"]);
    let more = (kept(home).parse::<u32>().expect("a number") + 7).to_string();
    let run = |more: &[&str]| -> Vec<String> {
        let all = [&["run", "small.toml", "--output", "cut", "--quiet", "--replications"], more].concat();
        all.into_iter().map(str::to_owned).collect()
    };
    let go = |arguments: Vec<String>, code| {
        exits(home, code, &arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let said = go(run(&[&more, "--resume", "--seed", "9"]), 2);
    assert!(said.contains("what an interrupted run has kept was run with seed"), "{said}");
    std::fs::write(home.join("small.toml"), SMALL.replace("agents = 4", "agents = 5")).expect("changed");
    let said = go(run(&[&more, "--resume"]), 2);
    assert!(said.contains("was run on another scenario, or one changed since"), "{said}");
    std::fs::write(home.join("small.toml"), SMALL).expect("as it was");
    let said = go(run(&[&more, "--resume", "--shard", "2/2"]), 2);
    assert!(said.contains("has kept begins with replication 0, this one with"), "{said}");
    go(run(&[&more, "--resume"]), 0);
    assert!(!home.join(".cut.blocks").exists(), "nothing is left");
    go(
        ["run", "small.toml", "--output", "one", "--quiet", "--replications", &more]
            .map(str::to_owned)
            .to_vec(),
        0,
    );
    same(home, "one", "cut");
}

#[test]
fn an_interrupted_run_with_ranges_sweeps_and_views_goes_on_to_the_same_bytes() {
    let folder = folder_with(&format!("{SMALL}{VIEWS}"));
    let home = folder.path();
    killed(home, &["--replications", "4000000000"]);
    let more = (kept(home).parse::<u32>().expect("a number") + 7).to_string();
    for (output, resume) in [("cut", &["--resume"][..]), ("one", &[])] {
        let all = ["run", "small.toml", "--quiet", "--replications", &more, "--output", output];
        exits(home, 0, &[&all[..], resume].concat());
    }
    assert!(home.join("one/tried.json").exists(), "nothing was tried");
    same(home, "one", "cut");
}

/// The command of docs/more-machines.md for GNU parallel, run as it stands there but for the number of parts.
#[test]
fn the_page_s_command_for_gnu_parallel_gives_the_bytes_of_one_run() {
    let there = Command::new("parallel").arg("--version").output();
    if !there.is_ok_and(|output| text(&output.stdout).starts_with("GNU parallel")) {
        println!("skipped: GNU parallel is not installed");
        return;
    }
    let page = include_str!("../../docs/more-machines.md");
    let line = page
        .lines()
        .find(|line| line.starts_with("seq 40 | parallel --bar answerable"))
        .expect("it is there");
    let folder = folder_with(SMALL);
    let home = folder.path();
    std::fs::copy(home.join("small.toml"), home.join("my-centre.toml")).expect("copied");
    let program = Path::new(env!("CARGO_BIN_EXE_answerable")).parent().expect("a folder");
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let command = line.replace("seq 40", "seq 4").replace("/40", "/4").replace(" --bar", "");
    let shell = |command: &str| {
        let output = Command::new("sh").args(["-c", command]).current_dir(home).env("PATH", &path).output();
        let output = output.expect("a shell");
        assert!(output.status.success(), "{command}: {}", text(&output.stderr));
    };
    shell(&command);
    shell("answerable merge parts/* --quiet --output joined");
    shell("answerable run my-centre.toml --quiet --output one");
    same(home, "one", "joined");
}

#[test]
fn a_run_without_resume_begins_anew_and_leaves_nothing() {
    let folder = folder_with(SMALL);
    let home = folder.path();
    killed(home, &["--replications", "4000000000"]);
    exits(home, 0, &with(&["--output", "cut"]));
    assert!(!home.join(".cut.blocks").exists(), "nothing is left");
    std::fs::create_dir(home.join(".cut.blocks")).expect("a folder");
    std::fs::write(home.join(".cut.blocks/minutes.docx"), "precious").expect("a file of the user's own");
    let said = exits(home, 2, &with(&["--output", "cut"]));
    assert!(said.contains("no run has written: `minutes.docx`"), "{said}");
}

#[test]
fn a_shard_killed_and_run_again_is_as_if_nothing_had_happened() {
    let folder = folder_with(SMALL);
    let home = folder.path();
    parts(home, &[1, 2], 3);
    // The third part is killed before anything of it is whole, and run again without more ado.
    let mut part = Command::new(env!("CARGO_BIN_EXE_answerable"));
    part.args(with(&["--shard", "3/3", "--output", "p3"])).current_dir(home).stdout(Stdio::null());
    let mut child = part.spawn().expect("it starts");
    child.kill().expect("kill -9");
    child.wait().expect("it ends");
    parts(home, &[3], 3);
    exits(home, 0, &merged(&["p2", "p3", "p1"].map(str::to_owned)));
    exits(home, 0, &with(&["--output", "one"]));
    same(home, "one", "joined");
}

#[test]
fn a_run_to_a_precision_goes_on_to_the_same_end() {
    let folder = folder_with(SMALL);
    let home = folder.path();
    killed(home, &["--precision", "service_level=0.00001", "--limit", "4000000000"]);
    let run = |output: &str, resume: &[&str]| {
        let wanted =
            ["run", "small.toml", "--quiet", "--precision", "service_level=0.01", "--output", output];
        exits(home, 0, &[&wanted[..], resume].concat());
    };
    run("cut", &["--resume"]);
    run("one", &[]);
    same(home, "one", "cut");
}
