//! What a run writes, and so what a run may replace.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

/// Files of a run directory beside its folders.
const FILES: [&str; 17] = [
    "results.json",
    "replications.csv",
    "intervals.csv",
    "callers.csv",
    "weekdays.csv",
    "waits.csv",
    "comparison.csv",
    "day.csv",
    "rota.csv",
    "scenario.toml",
    "report.html",
    "statement.md",
    "results.xlsx",
    PART,
    "sweep.json",
    "sweep.csv",
    "tried.json",
];

/// The sums of a part of a run.
pub(in super::super) const PART: &str = "replications.part";

/// How the results of a run begin, how a part of one does, and a sweep.
const BEGINNINGS: [(&str, &[u8]); 3] = [
    ("results.json", b"answerable/results/"),
    (PART, b"answerable/part/"),
    ("sweep.json", b"answerable/sweep/"),
];
/// So many bytes of them are read to see it.
const BEGINNING: u64 = 200;

/// Whether a run writes a file of this name, folders parted by "/".
pub(super) fn is_own(name: &str) -> bool {
    match name.split_once('/') {
        None => FILES.contains(&name),
        Some(("inputs", _)) => true,
        Some(("charts", chart)) => {
            !chart.contains('/') && (chart.ends_with(".svg") || chart.ends_with(".png"))
        }
        Some(_) => false,
    }
}

/// What lies in a directory.
#[derive(Debug, Default)]
pub(super) struct Content {
    /// Whether there is anything.
    pub(super) any: bool,
    /// Whether there are results of a run.
    pub(super) results: bool,
    /// What no run has written, in order of names.
    pub(super) foreign: Vec<String>,
}

/// What lies in a directory; nothing where there is none.
pub(super) fn content(directory: &Path) -> io::Result<Content> {
    let mut content = Content::default();
    match directory.symlink_metadata() {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(content),
        Err(cause) => return Err(cause),
        Ok(found) if !found.is_dir() => {
            content.any = true;
            content.foreign.push(directory.file_name().unwrap_or_default().to_string_lossy().into_owned());
            return Ok(content);
        }
        Ok(_) => walk(directory, "", &mut content)?,
    }
    content.results = BEGINNINGS.iter().any(|(name, words)| begins_with(&directory.join(name), words));
    content.foreign.sort();
    Ok(content)
}

/// Looks at all below a folder; links are not followed.
fn walk(folder: &Path, within: &str, content: &mut Content) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        content.any = true;
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() && (!within.is_empty() || ["inputs", "charts"].contains(&name.as_str())) {
            walk(&entry.path(), &format!("{name}/"), content)?;
        } else if !kind.is_file() || !is_own(&name) {
            content.foreign.push(name);
        }
    }
    Ok(())
}

fn begins_with(file: &Path, words: &[u8]) -> bool {
    let mut beginning = Vec::new();
    let read = fs::File::open(file).and_then(|file| file.take(BEGINNING).read_to_end(&mut beginning));
    read.is_ok() && beginning.windows(words.len()).any(|part| part == words)
}
