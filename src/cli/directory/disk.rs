//! Writing to the disk so that it holds after a power cut, and what to say when it fails.

use super::super::exit::Failure;
use super::remedy::Remedies;
use crate::experiment::each;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A failure of the machine, with what to do about it.
pub(super) fn failed(what: impl Into<String>, cause: io::Error, remedies: &Remedies) -> Failure {
    let help = match cause.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            format!("free some space, or {}", remedies.elsewhere)
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => remedies.writable.to_owned(),
        ErrorKind::InvalidFilename => remedies.plainer.to_owned(),
        ErrorKind::ResourceBusy | ErrorKind::CrossesDevices => remedies.inside.to_owned(),
        _ => remedies.elsewhere.to_owned(),
    };
    Failure::Machine { what: what.into(), cause, help }
}

/// Makes a folder and those above it; gives those that were not there, outermost first.
pub(super) fn make_folders(folder: &Path, remedies: &Remedies) -> Result<Vec<PathBuf>, Failure> {
    let missing: Vec<&Path> = folder.ancestors().take_while(|f| *f != Path::new("") && !f.exists()).collect();
    let made: Vec<PathBuf> = missing.into_iter().rev().map(Path::to_owned).collect();
    fs::create_dir_all(folder).map_err(|cause| {
        made.iter().rev().for_each(|folder| _ = fs::remove_dir(folder));
        failed(format!("the folder {} could not be made", folder.display()), cause, remedies)
    })?;
    Ok(made)
}

/// Writes files into a new directory and waits until the disk has them.
pub(super) fn write_files(directory: &Path, files: &[(String, Vec<u8>)]) -> io::Result<()> {
    fs::create_dir(directory)?;
    let mut folders = vec![directory.to_owned()];
    for (name, _) in files {
        let path = directory.join(name);
        for folder in path.ancestors().skip(1).take_while(|f| *f != directory) {
            if !folders.iter().any(|known| known == folder) {
                fs::create_dir_all(folder)?;
                folders.push(folder.to_owned());
            }
        }
    }
    let write = |(name, bytes): &(String, Vec<u8>)| File::create_new(directory.join(name))?.write_all(bytes);
    each(files, write).into_iter().collect::<io::Result<()>>()?;
    // After all are written, so that the first wait serves most of the others; opened anew, since there may be more
    // files than a program may hold open at once.
    let sync =
        |(name, _): &(String, Vec<u8>)| OpenOptions::new().write(true).open(directory.join(name))?.sync_all();
    each(files, sync).into_iter().collect::<io::Result<()>>()?;
    folders.iter().for_each(|folder| sync_folder(folder));
    Ok(())
}

/// Waits until the disk has the names in a folder. Not every system can, and none leaves files half-written for it:
/// so it is asked for, and not insisted upon.
pub(super) fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}
