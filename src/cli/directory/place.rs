//! Where a run is to be written, and what lies beside it meanwhile.

use super::super::exit::Failure;
use super::disk::failed;
use super::own;
use super::remedy::Remedies;
use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The place of a run directory, and the names beside it that are ours.
#[derive(Debug)]
pub(super) struct Place {
    /// As the user named it.
    pub(super) named: PathBuf,
    /// The directory itself, with links followed.
    pub(super) path: PathBuf,
    /// The new one until it is whole; the old one while it is removed.
    pub(super) partial: PathBuf,
    /// The old one, whole, while the new one is moved in.
    pub(super) old: PathBuf,
    /// Locked while a run writes.
    pub(super) lock: PathBuf,
    /// What to do where it does not serve.
    pub(super) remedies: &'static Remedies,
    /// What a long run has simulated so far.
    pub(super) blocks: PathBuf,
}

impl Place {
    /// The place that a user named.
    pub(super) fn of(named: &Path, remedies: &'static Remedies) -> Result<Place, Failure> {
        let path = followed(named, remedies)?;
        let Some(name) = path.file_name() else { return Err(refused(named, NO_NAME, remedies.directory)) };
        let beside = |what: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(what);
            path.with_file_name(hidden)
        };
        Ok(Place {
            named: named.to_owned(),
            partial: beside(".partial"),
            old: beside(".old"),
            lock: beside(".lock"),
            blocks: beside(".blocks"),
            path,
            remedies,
        })
    }

    /// A failure of the machine here, with what to do about it.
    pub(super) fn failed(&self, what: impl Into<String>, cause: std::io::Error) -> Failure {
        failed(what, cause, self.remedies)
    }

    /// The folder that holds the directory.
    pub(super) fn folder(&self) -> &Path {
        match self.path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        }
    }

    /// Refuses a place that holds anything but a run's results: it is replaced as a whole.
    pub(super) fn refuse_foreign(&self) -> Result<(), Failure> {
        let shown = self.named.display();
        let look = |path: &Path| {
            own::content(path)
                .map_err(|cause| self.failed(format!("{} could not be read", path.display()), cause))
        };
        let content = look(&self.path)?;
        if !content.foreign.is_empty() {
            return Err(Failure::Input(format!(
                "{shown}: holds what no run has written: {}\nthe directory would be replaced as a whole: move what is \
                 yours out of it, or choose another place",
                listed(&content.foreign)
            )));
        }
        if content.any && !content.results {
            return Err(Failure::Input(format!(
                "{shown}: is not empty, and holds no results of a run\n{}, or empty this one",
                self.remedies.elsewhere
            )));
        }
        for left in [&self.old, &self.partial] {
            let foreign = look(left)?.foreign;
            if !foreign.is_empty() {
                return Err(Failure::Input(format!(
                    "{}: this name is used for results in the making, but no run has written: {}\nmove it away, or \
                     {}",
                    left.display(),
                    listed(&foreign),
                    self.remedies.elsewhere
                )));
            }
        }
        Ok(())
    }
}

const NO_NAME: &str = "is not the name of a directory to write to";

/// Names of at most three files, and how many more.
pub(super) fn listed(names: &[String]) -> String {
    let shown = names.iter().take(3).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names.len() {
        0..=3 => shown,
        more => format!("{shown} and {} more", more - 3),
    }
}

fn refused(named: &Path, why: &str, help: &str) -> Failure {
    Failure::Input(format!("{}: {why}; {help}", named.display()))
}

/// The directory that is meant: itself, or what a link leads to.
fn followed(named: &Path, remedies: &Remedies) -> Result<PathBuf, Failure> {
    let no_directory = |why: &str| Err(refused(named, why, remedies.directory));
    let path = match std::fs::canonicalize(named) {
        Ok(path) => path,
        Err(_) if named.is_symlink() => {
            let help = format!("remove it, or {}", remedies.elsewhere);
            return Err(refused(named, "is a link that leads nowhere", &help));
        }
        Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(named.to_owned()),
        Err(cause) if cause.kind() == ErrorKind::NotADirectory => return no_directory("lies below a file"),
        Err(cause) => {
            return Err(failed(format!("{} could not be looked at", named.display()), cause, remedies));
        }
    };
    if path.is_file() {
        return no_directory("is a file");
    }
    if !path.is_dir() {
        return no_directory("is not a directory");
    }
    if path.file_name().is_none() {
        return no_directory(NO_NAME);
    }
    // What is replaced goes away, and with it the ground under whoever stands in it.
    if std::env::current_dir().and_then(std::fs::canonicalize).is_ok_and(|here| here.starts_with(&path)) {
        return Err(refused(
            named,
            "is where you are, and would be replaced as a whole",
            "name a directory in it, such as output/may, or go to another folder first",
        ));
    }
    Ok(path)
}
