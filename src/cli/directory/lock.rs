//! One run at a time writes to a place.

use super::super::exit::{Failure, tell};
use super::place::Place;
use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

/// A lock on a place, held until it is dropped. A run that is killed lets go of it too: the system sees to that.
#[derive(Debug)]
pub(super) struct Lock {
    file: PathBuf,
    _held: File,
}

impl Lock {
    /// Takes the lock on a place; `None` where the disk knows no locks, which is told.
    ///
    /// # Errors
    /// When another run holds it, or the folder may not be written to.
    pub(super) fn take(place: &Place) -> Result<Option<Lock>, Failure> {
        let shown = place.named.display();
        loop {
            let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&place.lock);
            let held =
                opened.map_err(|cause| place.failed(format!("{shown} cannot be written to"), cause))?;
            match held.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(Failure::Machine {
                        what: format!("{shown} cannot be written to"),
                        cause: io::Error::new(io::ErrorKind::ResourceBusy, "another run is writing there"),
                        help: format!("wait until that run has ended, or {}", place.remedies.elsewhere),
                    });
                }
                Err(TryLockError::Error(cause)) => {
                    let _ = std::fs::remove_file(&place.lock);
                    tell(&format!(
                        "warning: {shown}: this disk cannot keep other runs out ({cause}); do not start two at once"
                    ));
                    return Ok(None);
                }
            }
            // The run before may have removed the file between our opening and our locking it: then it is no lock.
            if is_there(&held, &place.lock) {
                return Ok(Some(Lock { file: place.lock.clone(), _held: held }));
            }
        }
    }
}

fn is_there(held: &File, path: &Path) -> bool {
    let held = held.try_clone().and_then(same_file::Handle::from_file);
    match (held, same_file::Handle::from_path(path)) {
        (Ok(held), Ok(there)) => held == there,
        _ => false,
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is still held: whoever opened it meanwhile finds that it is gone.
        let _ = std::fs::remove_file(&self.file);
    }
}
