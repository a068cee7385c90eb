//! What the fuzzer holds the readers to, whatever the bytes: they end, do not panic, and keep their promises. Shared
//! by the fuzzer's targets (`fuzz/`) and the test that replays its corpus.

use answerable::scenario::{Fault, Reading, Severity, read, render_all};

/// A scenario that names every kind of table, each with the name of its kind.
const TABLES: &str = include_str!("tables.toml");

/// Opens a further file in a folder told as one text.
const FILE: &str = "=== ";

/// The scenario reader: any text, no files beside it.
pub(super) fn scenario(text: &str) {
    hold("scenario.toml", text, &|_| Err("there is no such file".to_owned()));
}

/// The reader of CSV tables: the text in the place of every table a scenario may name.
pub(super) fn table(text: &str) {
    hold("tables.toml", TABLES, &|_| Ok(text.to_owned()));
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
