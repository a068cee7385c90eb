//! The run directory: it appears whole or not at all.
//!
//! Files are staged beside its place as `.NAME.partial`; the old directory is set aside as `.NAME.old`, the new one
//! moved in, the old removed. The next start finishes or undoes a move cut short.

use super::exit::Failure;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A run directory in the making.
#[derive(Debug)]
pub(super) struct Directory {
    place: PathBuf,
    partial: PathBuf,
    old: PathBuf,
}

fn failed(what: impl Into<String>, cause: io::Error) -> Failure {
    let help = match cause.kind() {
        io::ErrorKind::StorageFull => "free some space or choose another place with --output",
        io::ErrorKind::PermissionDenied => "choose a place you may write to with --output",
        _ => "choose another place with --output",
    };
    Failure::Machine { what: what.into(), cause, help: help.into() }
}

impl Directory {
    /// Prepares a place, and mends what an earlier run cut short has left there.
    pub(super) fn new(place: &Path) -> Result<Directory, Failure> {
        let name = place.file_name().and_then(|n| n.to_str()).ok_or_else(|| {
            Failure::Input(format!("{}: not the name of a directory to write to", place.display()))
        })?;
        if place.is_file() {
            return Err(Failure::Input(format!(
                "{}: is a file; name a directory with --output",
                place.display()
            )));
        }
        let beside = |prefix: &str| place.with_file_name(format!(".{name}.{prefix}"));
        let directory = Directory { place: place.to_owned(), partial: beside("partial"), old: beside("old") };
        directory.mend()?;
        Ok(directory)
    }

    fn mend(&self) -> Result<(), Failure> {
        if self.old.exists() {
            if self.place.exists() {
                fs::remove_dir_all(&self.old)
            } else {
                fs::rename(&self.old, &self.place)
            }
            .map_err(|cause| failed("what an earlier run left could not be mended", cause))?;
        }
        if self.partial.exists() {
            fs::remove_dir_all(&self.partial)
                .map_err(|cause| failed("what an earlier run left could not be removed", cause))?;
        }
        Ok(())
    }

    /// Writes all files and moves them into place.
    pub(super) fn write(&self, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        let staged = self.stage(files).and_then(|()| self.swap());
        if staged.is_err() {
            // Best effort: the next start removes what is left.
            let _ = fs::remove_dir_all(&self.partial);
        }
        staged.map_err(|cause| failed(format!("{} could not be written", self.place.display()), cause))
    }

    fn stage(&self, files: &[(String, Vec<u8>)]) -> io::Result<()> {
        fs::create_dir_all(&self.partial)?;
        for (name, bytes) in files {
            let path = self.partial.join(name);
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::write(path, bytes)?;
        }
        Ok(())
    }

    fn swap(&self) -> io::Result<()> {
        if self.place.exists() {
            fs::rename(&self.place, &self.old)?;
        }
        if let Err(error) = fs::rename(&self.partial, &self.place) {
            if self.old.exists() {
                fs::rename(&self.old, &self.place)?;
            }
            return Err(error);
        }
        if self.old.exists() {
            fs::remove_dir_all(&self.old)?;
        }
        Ok(())
    }
}
