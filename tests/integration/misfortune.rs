//! Misfortune: a full disk, a folder that may not be written to, a run that is killed, two runs at once. Earlier
//! results stay whole, what is partial is never taken for complete, and the message says what to do.
#![cfg(unix)]
#![allow(clippy::disallowed_types, reason = "moments are of the clock: no result depends on them")]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

/// A scenario that is run in a moment.
const SMALL: &str = r#"format = 1
name = "Small"
baseline = "one"

[run]
replications = 10

[horizon]
start = 2026-11-02
days = 1
warm-up = "none"
follow-up = "none"

[opening]
monday = "09:00-10:00"

[queues.calls]
demand = { per-hour = 30, counts = "needs" }
talk.exponential = { mean = "3m" }
patience.exponential = { mean = "2m" }

[teams.team]
agents = 2
answers = ["calls"]
rota = [["day", "off", "off", "off", "off", "off", "off"]]

[shifts]
day = { hours = "09:00-10:00" }
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder of its own");
    fs::write(folder.path().join("small.toml"), SMALL).expect("the scenario is written");
    folder
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_answerable"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A run of the small scenario with a seed, into `results`.
fn run(folder: &Path, seed: &str) -> Command {
    command(
        folder,
        &["run", "small.toml", "--output", "results", "--quiet", "--threads", "1", "--seed", seed],
    )
}

/// A run that goes on until it is stopped.
fn long_run(folder: &Path) -> Command {
    let mut long = run(folder, "1");
    long.args(["--replications", "4000000000", "--allow-large"]);
    long
}

fn done(mut command: Command) {
    let output = command.output().expect("the command starts");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder with its content; empty where there is none.
fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).into_iter().flatten() {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(
                    path.strip_prefix(folder).expect("within").to_owned(),
                    fs::read(&path).expect("a file"),
                );
            }
        }
    }
    found
}

/// Names in a folder, hidden ones included.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> =
        entries.map(|e| e.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Waits until something is so.
pub(crate) fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(60), "waited in vain until {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Whole numbers from a seed: splitmix64.
fn dice(seed: u64) -> impl FnMut(u64) -> u64 {
    let mut state = seed;
    move |below| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (z ^ (z >> 31)) % below
    }
}

/// Seed of the moments at which runs are killed.
const MOMENTS: u64 = 20_261_122;
/// How many runs are killed: in so many folders at once, so many in each.
const KILLS: (u64, u64) = (4, 50);

#[test]
fn a_run_killed_at_any_moment_leaves_the_old_results_or_the_new_whole() {
    let threads: Vec<_> =
        (0..KILLS.0).map(|n| std::thread::spawn(move || killed(dice(MOMENTS + n), KILLS.1))).collect();
    let while_writing: u32 = threads.into_iter().map(|t| t.join().expect("whole results")).sum();
    println!("killed {} runs, {while_writing} of them while they wrote", KILLS.0 * KILLS.1);
    assert!(while_writing >= 10, "only {while_writing} were killed while they wrote");
}

/// Kills runs into one place at moments that the dice choose; gives how many were cut while they wrote.
fn killed(mut below: impl FnMut(u64) -> u64, kills: u64) -> u32 {
    let home = folder();
    let place = home.path().join("results");
    let whole = ["2", "1"].map(|seed| {
        done(run(home.path(), seed));
        tree(&place)
    });
    assert!(whole[0] != whole[1], "the two runs can be told apart");
    let begun = Instant::now();
    done(run(home.path(), "1"));
    let length = begun.elapsed().as_micros() as u64;
    let left = |name: &str| home.path().join(name).exists();
    let mut while_writing = 0;
    for kill in 0..kills {
        let mut child = run(home.path(), if kill % 2 == 0 { "2" } else { "1" }).spawn().expect("it starts");
        if kill % 5 == 0 {
            // At any moment from when it begins to write.
            while !left(".results.partial") && child.try_wait().expect("a child").is_none() {
                std::thread::sleep(Duration::from_micros(50));
            }
            std::thread::sleep(Duration::from_micros(below(length / 20 + 1)));
        } else {
            // At any moment of the run.
            std::thread::sleep(Duration::from_micros(below(length + length / 8)));
        }
        child.kill().expect("kill -9");
        child.wait().expect("it ends");
        while_writing += u32::from(left(".results.partial"));
        // Between two renamings the old one is set aside, whole.
        let there = if place.exists() { &place } else { &home.path().join(".results.old") };
        let found = tree(there);
        assert!(whole.contains(&found), "kill {kill}: {:?}", found.keys().collect::<Vec<_>>());
    }
    // The next start mends what the last left.
    done(run(home.path(), "2"));
    assert!(tree(&place) == whole[0]);
    assert_eq!(names(home.path()), ["results", "small.toml"]);
    while_writing
}

/// Sends a signal by the shell's own `kill`.
fn signal(child: &Child, signal: &str) {
    let sent = Command::new("sh").args(["-c", &format!("kill -{signal} {}", child.id())]).status();
    assert!(sent.expect("a shell").success());
}

#[test]
fn an_interrupted_run_changes_nothing_and_says_so() {
    let home = folder();
    done(run(home.path(), "2"));
    let before = tree(home.path());
    let child = long_run(home.path()).spawn().expect("it starts");
    until("the run holds the place", || home.path().join(".results.lock").exists());
    // The handler is set right after.
    std::thread::sleep(Duration::from_millis(200));
    signal(&child, "INT");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(130), "{}", said(&output));
    assert_eq!(said(&output), "interrupted: nothing was written\n");
    assert!(tree(home.path()) == before, "{:?}", names(home.path()));
}

#[test]
fn a_second_run_into_the_same_directory_is_refused_at_once() {
    let home = folder();
    let mut first = long_run(home.path()).spawn().expect("it starts");
    until("the first holds the place", || home.path().join(".results.lock").exists());
    // It is locked right after.
    std::thread::sleep(Duration::from_millis(200));
    let output = run(home.path(), "2").output().expect("it starts");
    assert_eq!(output.status.code(), Some(74));
    assert_eq!(
        said(&output),
        "results cannot be written to: another run is writing there\n\
         wait until that run has ended, or choose another place with --output\n"
    );
    first.kill().expect("kill -9");
    first.wait().expect("it ends");
    assert!(home.path().join(".results.lock").exists(), "it had no time to clear up");
    done(run(home.path(), "2"));
    assert_eq!(names(home.path()), ["results", "small.toml"]);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let home = folder();
    fs::write(home.path().join("faulty.toml"), SMALL.replace("\"3m\"", "\"3\"")).expect("written");
    let shell = |script: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-c", script, env!("CARGO_BIN_EXE_answerable")]).current_dir(home.path());
        shell.output().expect("a shell")
    };
    // The reader has gone before anything is written.
    let output = shell("{ sleep 0.5; \"$0\" check small.toml; echo $? >&2; } | true");
    assert_eq!(said(&output), "0\n");
    let output = shell("\"$0\" check small.toml | head -0");
    assert_eq!((output.status.code(), said(&output).as_str()), (Some(0), ""));
    // Nobody to hear of the faults: the code says it all the same.
    let output = shell("{ sleep 0.5; \"$0\" check faulty.toml 2>&1; echo $? >&3; } 3>&2 | true");
    assert_eq!(said(&output), "2\n");
}

#[test]
fn standard_output_on_a_full_disk_is_told() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        return println!("skipped: this system has no /dev/full");
    };
    let home = folder();
    let output = command(home.path(), &["check", "small.toml"]).stdout(full).output().expect("it starts");
    assert_eq!(output.status.code(), Some(74));
    assert!(said(&output).starts_with("the result could not be printed: "), "{}", said(&output));
}

/// The same run through a shell that first does something: `$0` is the command, `$@` its arguments.
fn run_after(home: &Path, shell: &mut Command, script: &str) -> Output {
    shell.args(["-c", &format!("{script}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_answerable")]);
    shell.args(["run", "small.toml", "--output", "disk/results", "--quiet", "--seed", "1"]);
    shell.current_dir(home).output().expect("a shell")
}

/// Files cannot grow beyond a size: as on a full disk, a part of what is written arrives and the rest does not.
#[test]
fn what_cannot_be_written_whole_leaves_the_old_results() {
    let home = folder();
    fs::create_dir(home.path().join("disk")).expect("a folder");
    let place = home.path().join("disk/results");
    done({
        let mut first = command(home.path(), &["run", "small.toml", "--output", "disk/results", "--quiet"]);
        first.args(["--seed", "2"]);
        first
    });
    let before = tree(home.path());
    // 512 bytes a block; the signal that goes with it is ignored, so that the write fails instead.
    let output = run_after(home.path(), &mut Command::new("sh"), "trap '' XFSZ; ulimit -f 4");
    assert_eq!(output.status.code(), Some(74), "{}", said(&output));
    assert!(said(&output).starts_with("disk/results could not be written: "), "{}", said(&output));
    assert!(said(&output).ends_with("\nfree some space, or choose another place with --output\n"));
    assert!(tree(home.path()) == before);
    // Not ignored, the signal kills it in the middle of writing.
    let output = run_after(home.path(), &mut Command::new("sh"), "ulimit -f 4");
    assert_eq!(output.status.code(), None, "killed: {}", said(&output));
    assert!(place.exists() && home.path().join("disk/.results.partial").exists());
    let output = run_after(home.path(), &mut Command::new("sh"), "true");
    assert_eq!(output.status.code(), Some(0), "{}", said(&output));
    assert!(tree(&place) != before);
    assert_eq!(names(&home.path().join("disk")), ["results"]);
}

/// A real disk that is full, where the system lets its users mount one.
#[test]
fn a_full_disk_leaves_the_old_results() {
    let home = folder();
    fs::create_dir(home.path().join("disk")).expect("a folder");
    let unshared = || {
        let mut unshared = Command::new("unshare");
        unshared.args(["-rm", "sh"]);
        unshared
    };
    let mount = "mount -t tmpfs -o size=64k none disk";
    let may = unshared().args(["-c", mount]).current_dir(home.path()).output();
    if !may.is_ok_and(|output| output.status.success()) {
        return println!("skipped: this system lets nobody mount a small disk");
    }
    // The disk lives as long as the shell: it looks for itself. The results that were there are the user's `mine`.
    let script = format!(
        "{mount}; mkdir disk/results; echo '{{\"schema\": \"answerable/results/1\"}}' > disk/results/results.json; \
         \"$0\" \"$@\"; echo $?; ls -A disk; cat disk/results/results.json; exit; :"
    );
    let output = run_after(home.path(), &mut unshared(), &script);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "74\nresults\n{\"schema\": \"answerable/results/1\"}\n",
        "{}",
        said(&output)
    );
    assert!(
        said(&output).starts_with("disk/results could not be written: No space left on device"),
        "{}",
        said(&output)
    );
    assert!(said(&output).ends_with("\nfree some space, or choose another place with --output\n"));
}

/// A directory on which a disk is mounted cannot be replaced, and a name may be too long for those beside it: told
/// before anything is simulated.
#[test]
fn a_place_that_cannot_be_replaced_is_told_before_anything_is_simulated() {
    let home = folder();
    let long = "x".repeat(247);
    let endless = ["run", "small.toml", "--replications", "4000000000", "--allow-large", "--output", &long];
    let output = command(home.path(), &endless).output().expect("it starts");
    assert_eq!(output.status.code(), Some(74), "{}", said(&output));
    assert!(
        said(&output).ends_with("\nchoose a shorter or plainer name with --output\n"),
        "{}",
        said(&output)
    );
    assert_eq!(names(home.path()), ["small.toml"]);

    done(run(home.path(), "2"));
    fs::rename(home.path().join("results"), home.path().join("kept")).expect("moved");
    let script = "mkdir disk; mount -t tmpfs none disk || exit 9; cp -r kept/. disk; \
                  \"$0\" run small.toml --replications 4000000000 --allow-large --output disk; echo $?; \
                  \"$0\" report disk; echo $?; ls -A; ls disk/results.json";
    let mut unshared = Command::new("unshare");
    unshared.args(["-rm", "sh", "-c", script, env!("CARGO_BIN_EXE_answerable")]).current_dir(home.path());
    let Ok(output) = unshared.output() else { return println!("skipped: there is no unshare") };
    if output.status.code() == Some(9) || !home.path().join("disk").exists() {
        return println!("skipped: this system lets nobody mount a small disk");
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    assert_eq!(printed, "74\n74\ndisk\nkept\nsmall.toml\ndisk/results.json\n", "{}", said(&output));
    assert_eq!(
        said(&output),
        "disk cannot be replaced: Device or resource busy (os error 16)\n\
         name a directory inside it with --output\n\
         disk cannot be replaced: Device or resource busy (os error 16)\n\
         copy what is in it to a directory inside it, and name that\n"
    );
}

/// The number of the user who owns nothing.
const NOBODY: u32 = 65_534;

/// Rights do not bind whoever may do all: then the command is run as nobody.
#[test]
fn a_folder_that_may_not_be_written_to_is_told_before_anything_is_simulated() {
    let home = folder();
    let closed = home.path().join("closed");
    fs::create_dir(&closed).expect("a folder");
    fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).expect("rights");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).expect("rights");
    let mut long = long_run(home.path());
    if fs::write(closed.join("probe"), "").is_ok() {
        fs::remove_file(closed.join("probe")).expect("removed");
        let copy = home.path().join("answerable");
        fs::copy(env!("CARGO_BIN_EXE_answerable"), &copy).expect("a copy that everybody may run");
        long = Command::new(copy);
        long.args(["run", "small.toml", "--replications", "4000000000"]).current_dir(home.path()).uid(NOBODY);
    }
    let output = match long.args(["--output", "closed/results"]).output() {
        Ok(output) => output,
        Err(why) => return println!("skipped: rights do not bind here, and nobody cannot be asked: {why}"),
    };
    assert_eq!(output.status.code(), Some(74), "{}", said(&output));
    assert_eq!(
        said(&output),
        "closed/results cannot be written to: Permission denied (os error 13)\n\
         choose a place you may write to with --output\n"
    );
    assert!(names(&closed).is_empty());
}

#[test]
fn foreign_files_and_places_that_are_no_directory_are_refused_and_left_alone() {
    let home = folder();
    fs::create_dir(home.path().join("mine")).expect("a folder");
    fs::write(home.path().join("mine/thesis.odt"), "years of work").expect("a file");
    let before = tree(home.path());
    for (place, why) in [
        ("mine", "mine: holds what no run has written: `thesis.odt`\n"),
        ("small.toml", "small.toml: is a file; name a directory with --output\n"),
        ("small.toml/below", "small.toml/below: lies below a file; name a directory with --output\n"),
        (".", ".: is where you are, and would be replaced as a whole; "),
        ("/", "/: is not the name of a directory to write to; name a directory with --output"),
    ] {
        let output =
            command(home.path(), &["run", "small.toml", "--output", place]).output().expect("it starts");
        assert_eq!(output.status.code(), Some(2), "{place}: {}", said(&output));
        assert!(said(&output).starts_with(why), "{}", said(&output));
        assert!(tree(home.path()) == before, "{place}");
    }
    assert_eq!(names(home.path()), ["mine", "small.toml"]);
}
