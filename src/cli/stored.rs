//! Reading a run directory back: all of it. That it holds nothing else has been seen to by [`super::directory`].

use super::directory::PART;
use super::exit::Failure;
use super::sweep::RECORD;
use std::path::{Path, PathBuf};

/// Files that a run directory holds beside those drawn and its `inputs/`.
const KNOWN: [&str; 10] = [
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
];

/// The same of a sweep's directory.
const SWEPT: [&str; 3] = [RECORD, "sweep.csv", "scenario.toml"];

/// Every file of a run directory by its name within it, in order of names.
///
/// # Errors
/// When it is no directory, or a run's file is missing.
pub(super) fn files(place: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let shown = place.display();
    if !place.is_dir() {
        let what = if place.exists() { "is not a directory" } else { "there is no such directory" };
        let help = "name the directory of a run, such as output/district-council";
        return Err(Failure::Input(format!("{shown}: {what}; {help}")));
    }
    let mut names = Vec::new();
    walk(place, "", &mut names)?;
    names.sort();
    if names.iter().any(|name| name == PART) {
        let help = "join all parts first: answerable merge PART... --output DIR";
        return Err(Failure::Input(format!("{shown}: is a part of a run, which has no figures yet; {help}")));
    }
    let known: &[&str] = if names.iter().any(|name| name == RECORD) { &SWEPT } else { &KNOWN };
    let missing: Vec<&str> =
        known.iter().copied().filter(|known| !names.iter().any(|name| name == known)).collect();
    if !missing.is_empty() {
        let list = missing.join(", ");
        let help = "name the directory of a whole run, or run the scenario again";
        return Err(Failure::Input(format!("{shown}: {list} missing; {help}")));
    }
    names.into_iter().map(|name| Ok((name.clone(), content(&place.join(&name))?))).collect()
}

/// The names of all files below a folder; "/" parts folder and file whatever the system's own sign.
fn walk(folder: &Path, within: &str, names: &mut Vec<String>) -> Result<(), Failure> {
    let entries = std::fs::read_dir(folder).map_err(|cause| unreadable(folder, cause))?;
    for entry in entries {
        let path = entry.map_err(|cause| unreadable(folder, cause))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = if within.is_empty() { name.into_owned() } else { format!("{within}/{name}") };
        if path.is_dir() {
            walk(&path, &name, names)?;
        } else {
            names.push(name);
        }
    }
    Ok(())
}

fn content(path: &PathBuf) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|cause| unreadable(path, cause))
}

fn unreadable(path: &Path, cause: std::io::Error) -> Failure {
    let what = format!("{} could not be read", path.display());
    Failure::Machine { what, cause, help: "see that you may read the directory of the run".into() }
}
