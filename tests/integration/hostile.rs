//! Files made to hurt, and files that lead elsewhere: each is refused within seconds and in little memory.
//!
//! Memory is held by the system: the command may not even address more than 500 MB, and what it cannot have ends it
//! with another code than 2.
#![cfg(unix)]
#![allow(clippy::disallowed_types, reason = "how long it takes is what is tried: no result depends on it")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A sound scenario whose demand stands in `rates.csv`.
const SMALL: &str = r#"format = 1
name = "Small"
baseline = "one"

[horizon]
start = 2026-11-02
days = 5
warm-up = "none"
follow-up = "none"

[opening]
monday-friday = "09:00-12:00"

[queues.calls]
demand = { rates = "rates.csv", counts = "needs" }
talk.exponential = { mean = "3m" }
patience.exponential = { mean = "2m" }

[teams.team]
agents = 2
answers = ["calls"]
rota = [["day", "day", "day", "day", "day", "off", "off"]]

[shifts]
day = { hours = "09:00-12:00" }
"#;
const RATES: &str = "Time,Mon,Tue,Wed,Thu,Fri\n09:00,12,11,11,11,11\n10:00,12,11,11,11,11\n11:00,9,9,9,9,9\n";
/// Memory that the command may address, in units of 1,024 bytes: 500 MB.
const MEMORY: u32 = 488_281;
/// Seconds on a busy machine, the program built without much care for speed.
const LONGEST: Duration = Duration::from_secs(30);

fn folder(scenario: &str, rates: &[u8]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder of its own");
    fs::write(folder.path().join("hostile.toml"), scenario).expect("the scenario is written");
    fs::write(folder.path().join("rates.csv"), rates).expect("the table is written");
    folder
}

/// Runs the scenario within the memory allowed.
fn run(folder: &Path) -> Output {
    let script =
        format!("ulimit -v {MEMORY}; exec \"$0\" run hostile.toml --output results --replications 1");
    let begun = Instant::now();
    let mut shell = Command::new("sh");
    shell.args(["-c", &script, env!("CARGO_BIN_EXE_answerable")]).current_dir(folder).stdin(Stdio::null());
    let output = shell.output().expect("a shell");
    assert!(begun.elapsed() < LONGEST, "it took {:?}", begun.elapsed());
    output
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Asserts that the scenario is refused with a text that says so, and nothing written.
fn refused(what: &str, folder: &Path, because: &str) {
    let output = run(folder);
    let said = said(&output);
    let beginning: String = said.chars().take(2000).collect();
    assert_eq!(output.status.code(), Some(2), "{what}: {beginning}");
    assert!(said.contains(because), "{what}: {beginning}");
    assert!(said.len() < 1_000_000, "{what}: a message of {} bytes", said.len());
    assert!(!folder.join("results").exists(), "{what}: something was written");
}

#[test]
fn a_sound_scenario_runs_in_the_memory_that_hostile_ones_are_refused_in() {
    let folder = folder(SMALL, RATES.as_bytes());
    let output = run(folder.path());
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

#[test]
fn hostile_scenarios_are_refused_within_seconds_and_500_mb() {
    let of = |text: String, because: &str, what: &str| {
        refused(what, folder(&text, RATES.as_bytes()).path(), because);
    };
    let options = |number: u32| (0..number).map(|n| format!("[options.o{n}]\n")).collect::<String>();
    of(format!("{SMALL}{}", options(1_000_000)), "at most 2 MB are read", "a million options");
    of(format!("{SMALL}{}", options(100_000)), "at most 1000 are run", "100,000 options");
    let volume = |number: &str| SMALL.replace("rates = \"rates.csv\"", &format!("per-year = {number}"));
    of(volume("1e300"), "`per-year` is out of range", "a volume of 10^300");
    of(volume(&format!("1{}", "0".repeat(300))), "`per-year` is out of range", "10^300 in digits");
    let agents = SMALL.replace("agents = 2", "agents = 1_000_000");
    of(agents, "`agents` is out of range", "a million agents in a team");
    let team = |n: u32| {
        format!(
            "[teams.t{n}]\nagents = 100_000\nanswers = [\"calls\"]\nrota = [[{}]]\n",
            "\"day\",".repeat(7)
        )
    };
    let teams: String = (0..10).map(team).collect();
    of(format!("{SMALL}{teams}"), "at most 200000 are simulated", "a million agents in ten teams");
    for (what, nested) in [
        ("lists", format!("x = {}", "[".repeat(1_900_000))),
        ("closed lists", format!("x = {}1{}", "[".repeat(900_000), "]".repeat(900_000))),
        ("tables", format!("x = {}", "{a=".repeat(600_000))),
        ("dotted keys", format!("x{} = 1", ".x".repeat(900_000))),
        ("headers", format!("[x{}]", ".x".repeat(900_000))),
    ] {
        of(format!("{SMALL}{nested}\n"), "", what);
    }
    let faulty: String = (0..150_000).map(|n| format!("a{n}=1,")).collect();
    of(format!("{SMALL}[policy]\nx = {{ {faulty} }}\n"), "", "a line of 1.5 MB with a fault in every word");
}

#[test]
fn hostile_tables_are_refused_within_seconds_and_500_mb() {
    let of = |rates: &[u8], because: &str, what: &str| refused(what, folder(SMALL, rates).path(), because);
    let large = folder(SMALL, b"");
    let sparse = fs::OpenOptions::new().write(true).open(large.path().join("rates.csv")).expect("the table");
    sparse.set_len(1_000_000_000).expect("a file with a hole");
    refused("a table of 1 GB", large.path(), "files of up to 64 MB are read");
    of(&[0; 60_000_000], "it is not a text file", "60 MB of nothing");
    of("x".repeat(60_000_000).as_bytes(), "names no column", "60 MB in one word");
    of(format!("{RATES}{}1\n", ",".repeat(60_000_000)).as_bytes(), "60000001 values", "60 MB of commas");
    of(format!("{RATES}12:00,{}\n", "x".repeat(60_000_000)).as_bytes(), "row 5 has 2 values", "a long cell");
    let row = format!("{},1,1,1,1,1\n", "9".repeat(200_000));
    of(format!("{RATES}{}", row.repeat(250)).as_bytes(), "is not a time of day", "long cells");
    of(
        format!("{RATES}{}", "x,1,1,1,1,1\n".repeat(4_000_000)).as_bytes(),
        "over 10000 faults in this file",
        "4 million faults",
    );
}

/// A day's shifts in seconds: as many different ones as wanted.
fn hours(n: u32) -> String {
    format!("a{n},2026-11-02,00:{:02}:{:02},12:{:02}:00\n", n / 60 % 60, n % 60, n / 3600)
}

#[test]
fn sound_tables_of_millions_of_rows_are_refused_within_seconds_and_500_mb() {
    let of = |scenario: &str, table: &str, because: &str| {
        refused(because, folder(scenario, table.as_bytes()).path(), because);
    };
    let agents = SMALL.replace("rates = \"rates.csv\", counts = \"needs\"", "per-day = 100").replace(
        "agents = 2\nanswers = [\"calls\"]\nrota = [[\"day\", \"day\", \"day\", \"day\", \"day\", \"off\", \"off\"]]",
        "answers = [\"calls\"]\nrota-file = \"rates.csv\"",
    );
    assert!(agents.contains("rota-file"));
    let rota = |row: &dyn Fn(u32) -> String, rows: u32| {
        format!("agent,date,shift\n{}", (0..rows).map(row).collect::<String>())
    };
    of(&agents, &rota(&|_| "a,2026-11-02,\n".to_owned(), 4_000_000), "over 2000000 rows");
    of(&agents, &rota(&|n| format!("a{n},2026-11-02,off\n"), 2_500_000), "over 200000 agents");
    of(&agents, &rota(&|n| format!("a,2026-11-02,s{n}\n"), 2_500_000), "over 5000 names of shifts");
    let timed = (0..80_000).map(hours).collect::<String>();
    of(&agents, &format!("agent,date,start,end\n{timed}"), "over 5000 different starts and ends");
    let dates = |rows: u32| {
        let day = |n: u32| format!("{:04}-{:02}-{:02},1\n", n / 336, n / 28 % 12 + 1, n % 28 + 1);
        format!("date,calls\n{}", (336..336 + rows).map(day).collect::<String>())
    };
    let dated = SMALL.replace("rates = \"rates.csv\", counts = \"needs\"", "dated = \"rates.csv\"");
    of(&dated, &dates(3_000_000), "over 20000 dates");
    let observed = SMALL
        .replace("rates = \"rates.csv\", counts = \"needs\"", "per-day = 100")
        .replace("talk.exponential = { mean = \"3m\" }", "talk.empirical = { file = \"rates.csv\" }");
    of(&observed, &format!("seconds\n{}", "1\n".repeat(30_000_000)), "over 2000000 rows");
}

#[test]
fn files_that_are_no_files_are_refused_at_once() {
    let home = folder(SMALL, b"");
    let rates = home.path().join("rates.csv");
    let anew = |make: &dyn Fn()| {
        let _ = fs::remove_file(&rates);
        make();
    };
    anew(&|| std::os::unix::fs::symlink("/dev/zero", &rates).expect("a link"));
    refused("a link to zeros without end", home.path(), "it is a link out of the scenario's folder");
    anew(&|| assert!(Command::new("mkfifo").arg(&rates).status().expect("mkfifo").success()));
    refused("a pipe that nobody fills", home.path(), "it is not a plain file");
    anew(&|| fs::create_dir(&rates).expect("a folder"));
    refused("a folder", home.path(), "it is a folder, not a file");
}

#[test]
fn a_link_may_lead_about_the_scenarios_folder_and_not_out_of_it() {
    let home = folder(SMALL, b"");
    let inside = home.path().join("inside");
    fs::create_dir(&inside).expect("a folder");
    let rates = inside.join("rates.csv");
    let scenario = inside.join("hostile.toml");
    fs::write(&scenario, SMALL).expect("the scenario is written");
    fs::write(home.path().join("secret.csv"), RATES).expect("the table is written");
    std::os::unix::fs::symlink("../secret.csv", &rates).expect("a link");
    refused("a linked file", &inside, "it is a link out of the scenario's folder");
    assert!(said(&run(&inside)).contains("answerable explain file-outside"));
    fs::remove_file(&rates).expect("the link");
    // A folder that is a link, from within the scenario's own name for it.
    std::os::unix::fs::symlink("..", inside.join("above")).expect("a link");
    fs::write(&scenario, SMALL.replace("rates.csv", "above/secret.csv")).expect("written");
    refused("a linked folder", &inside, "it is a link out of the scenario's folder");
    for climbing in ["../secret.csv", "above/../../secret.csv", "/etc/passwd"] {
        fs::write(&scenario, SMALL.replace("rates.csv", climbing)).expect("written");
        refused(climbing, &inside, "`rates` names no file beside the scenario");
    }
    // Within the folder links are followed, also where the folder itself is reached by one.
    fs::write(&scenario, SMALL).expect("written");
    fs::create_dir(inside.join("tables")).expect("a folder");
    fs::write(inside.join("tables/may.csv"), RATES).expect("written");
    std::os::unix::fs::symlink("tables/may.csv", &rates).expect("a link");
    std::os::unix::fs::symlink("inside", home.path().join("by-link")).expect("a link");
    for folder in ["inside", "by-link"] {
        let output = run(&home.path().join(folder));
        assert_eq!(output.status.code(), Some(0), "{folder}: {}", said(&output));
    }
}

#[test]
fn text_in_another_code_is_told_as_what_it_is() {
    let wide: Vec<u8> = RATES.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let of = |rates: &[u8], because: &str| refused(because, folder(SMALL, rates).path(), because);
    of(&[&[0xFF, 0xFE][..], &wide].concat(), "it is in UTF-16");
    of(&[RATES.as_bytes(), b"# caf\xe9\n"].concat(), "a character in line 5 is not in UTF-8");
}
