//! The run directory: it appears whole or not at all, and nothing that is the user's own is ever lost.
//!
//! Files are staged beside its place as `.NAME.partial` and brought safely to the disk; the old directory is set aside
//! as `.NAME.old`, the new one moved in, the old removed. The next start finishes or undoes a move cut short. A lock
//! on `.NAME.lock` keeps a second run out meanwhile; the system lets go of it when a run ends, however it ends. What a
//! long run has simulated is kept in `.NAME.blocks` until its results are written.

mod blocks;
mod disk;
mod lock;
mod own;
mod place;
mod remedy;
mod swap;

pub(super) use blocks::Blocks;
pub(super) use own::PART;

use super::exit::Failure;
use disk::write_files;
use lock::Lock;
use place::Place;
use remedy::Remedies;
use std::path::{Path, PathBuf};

/// A run directory in the making. Dropped without being written it leaves nothing behind.
#[derive(Debug)]
pub(super) struct Directory {
    place: Place,
    /// Let go before the folders are taken away again.
    lock: Option<Lock>,
    /// Folders that were made to hold the directory, outermost first.
    made: Vec<PathBuf>,
}

impl Directory {
    /// Prepares a place: finds out whether a run may be written there, keeps other runs out, and mends what an earlier
    /// run cut short has left.
    ///
    /// # Errors
    /// When the place is no directory to write to, holds what no run has written, or is being written to.
    pub(super) fn new(named: &Path) -> Result<Directory, Failure> {
        Directory::with(named, &remedy::OUTPUT)
    }

    /// The same for a directory that is read and written again.
    ///
    /// # Errors
    /// As [`Directory::new`], in other words.
    pub(super) fn again(named: &Path) -> Result<Directory, Failure> {
        Directory::with(named, &remedy::AGAIN)
    }

    fn with(named: &Path, remedies: &'static Remedies) -> Result<Directory, Failure> {
        let place = Place::of(named, remedies)?;
        place.refuse_foreign()?;
        let mut directory = Directory { lock: None, made: Vec::new(), place };
        directory.made = disk::make_folders(directory.place.folder(), remedies)?;
        directory.lock = Lock::take(&directory.place)?;
        swap::mend(&directory.place)?;
        swap::rehearse(&directory.place)?;
        Ok(directory)
    }

    /// Where a run keeps what it has simulated.
    ///
    /// # Errors
    /// When something of that name is not ours.
    pub(super) fn blocks(&self) -> Result<Blocks, Failure> {
        Blocks::beside(&self.place)
    }

    /// Writes all files and moves them into place.
    ///
    /// # Errors
    /// When the machine fails, or somebody has put a file of theirs there since; what was there then still is.
    pub(super) fn write(&self, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
        debug_assert!(
            files.iter().all(|(name, _)| own::is_own(name)),
            "a run writes only what it knows again"
        );
        let partial = &self.place.partial;
        if let Err(cause) = write_files(partial, files) {
            // Best effort: the next start removes what is left.
            let _ = std::fs::remove_dir_all(partial);
            let what = format!("{} could not be written", self.place.named.display());
            return Err(self.place.failed(what, cause));
        }
        swap::move_in(&self.place)
    }
}

impl Drop for Directory {
    fn drop(&mut self) {
        self.lock = None;
        for folder in self.made.iter().rev() {
            // Not removed where something lies in it.
            let _ = std::fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests;
