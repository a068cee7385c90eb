//! What the fuzzer found worth keeping, played again: a corpus that reaches into every corner of the readers, and every
//! input that once broke them. `fuzz/README.md` says how to look for more.

mod readers;

use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

/// Files in a folder of the tests, in order of names.
fn files(within: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(within);
    let entries = fs::read_dir(&folder).unwrap_or_else(|why| panic!("{}: {why}", folder.display()));
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    found.retain(|path| path.is_file());
    found.sort();
    found
}

/// Plays every file of some folders; tells all that fail.
fn play(folders: &[&str], target: fn(&[u8])) {
    let (mut played, mut failed) = (0, Vec::new());
    for path in folders.iter().flat_map(|folder| files(folder)) {
        let bytes = fs::read(&path).expect("the file can be read");
        if catch_unwind(|| target(&bytes)).is_err() {
            failed.push(path);
        }
        played += 1;
    }
    assert!(played > 0 && failed.is_empty(), "{} of {played} fail: {failed:?}", failed.len());
}

/// The fuzzer's text targets see only what is text.
fn text(bytes: &[u8], target: fn(&str)) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        target(text);
    }
}

#[test]
fn the_scenario_reader_keeps_its_promises_whatever_it_reads() {
    let folders = [
        "tests/integration/fuzzed/corpus/scenario",
        "tests/integration/fuzzed/crashes/scenario",
        "tests/integration/faults",
        "scenarios",
    ];
    play(&folders, |bytes| text(bytes, readers::scenario));
}

#[test]
fn the_reader_of_tables_keeps_its_promises_whatever_it_reads() {
    let folders = [
        "tests/integration/fuzzed/corpus/table",
        "tests/integration/fuzzed/crashes/table",
        "tests/integration/faults",
        "scenarios/shapes",
    ];
    play(&folders, |bytes| text(bytes, readers::table));
}

#[test]
fn a_check_keeps_its_promises_whatever_lies_in_the_folder() {
    play(
        &["tests/integration/fuzzed/corpus/check", "tests/integration/fuzzed/crashes/check"],
        readers::check,
    );
}
