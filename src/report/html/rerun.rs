//! How to run it again: the command, and the files it needs.

use crate::report::stored::Stored;
use serde::Serialize;

/// Longer files are named, not shown.
const LONGEST: usize = 200_000;

/// The command and the files.
#[derive(Debug, Serialize)]
pub(super) struct Rerun {
    command: String,
    version: String,
    files: Vec<File>,
}

/// A file of the scenario.
#[derive(Debug, Serialize)]
struct File {
    name: String,
    text: String,
    /// Why the text is not shown.
    absent: String,
}

/// How a run is run again.
pub(super) fn of(stored: &Stored) -> Rerun {
    let results = &stored.results;
    let file = |(name, text): &(String, String)| {
        let long = text.len() > LONGEST;
        File {
            name: name.clone(),
            text: if long { String::new() } else { text.clone() },
            absent: if long {
                "This file is long: it stands under inputs/ in the directory of the run.".to_owned()
            } else {
                String::new()
            },
        }
    };
    Rerun {
        command: format!(
            "answerable run scenario.toml --replications {} --seed {}",
            results.replications, results.seed
        ),
        version: results.version.clone(),
        files: stored.inputs.iter().map(file).collect(),
    }
}
