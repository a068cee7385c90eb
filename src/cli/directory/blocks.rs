//! Complete blocks of replications, kept beside a run directory in the making, so that an interrupted run can go on.

use super::super::exit::Failure;
use super::disk::failed;
use super::place::{Place, listed};
use super::remedy::Remedies;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

/// Where blocks are kept: a file for each stretch of them, called by its replications.
#[derive(Debug)]
pub(in super::super) struct Blocks {
    folder: PathBuf,
    remedies: &'static Remedies,
}

/// What is being written.
const UNFINISHED: &str = "unfinished";

fn is_own(name: &str) -> bool {
    let range = name.strip_suffix(".part").and_then(|range| range.split_once('-'));
    let number = |text: &str| text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit());
    name == UNFINISHED || range.is_some_and(|(from, to)| number(from) && number(to))
}

impl Blocks {
    /// Those beside a place.
    ///
    /// # Errors
    /// When something of that name is not ours.
    pub(super) fn beside(place: &Place) -> Result<Blocks, Failure> {
        let blocks = Blocks { folder: place.blocks.clone(), remedies: place.remedies };
        let names = blocks.names().map_err(|cause| blocks.unreadable(cause))?;
        let foreign: Vec<String> = names.into_iter().filter(|name| !is_own(name)).collect();
        if foreign.is_empty() {
            return Ok(blocks);
        }
        Err(Failure::Input(format!(
            "{}: this name is used for what a run has simulated so far, but no run has written: {}\nmove it away, or \
             {}",
            blocks.folder.display(),
            listed(&foreign),
            blocks.remedies.elsewhere
        )))
    }

    /// Names of all that lies there, in order.
    fn names(&self) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(&self.folder) {
            Err(cause) if cause.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) if cause.kind() == ErrorKind::NotADirectory => return Ok(vec![".".to_owned()]),
            entries => entries?,
        };
        let names = entries.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()));
        let mut names = names.collect::<io::Result<Vec<String>>>()?;
        names.sort();
        Ok(names)
    }

    /// What is kept, from the first replication on: names and bytes.
    pub(in super::super) fn kept(&self) -> Result<Vec<(String, Vec<u8>)>, Failure> {
        let read = || -> io::Result<Vec<(String, Vec<u8>)>> {
            let names = self.names()?.into_iter().filter(|name| name != UNFINISHED);
            names.map(|name| Ok((name.clone(), fs::read(self.folder.join(&name))?))).collect()
        };
        read().map_err(|cause| self.unreadable(cause))
    }

    /// Keeps the replications from one on and up to another: whole or not at all.
    pub(in super::super) fn keep(&self, from: u32, to: u32, bytes: &[u8]) -> Result<(), Failure> {
        let write = || -> io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            let unfinished = self.folder.join(UNFINISHED);
            let mut file = File::create(&unfinished)?;
            file.write_all(bytes)?;
            file.sync_all()?;
            fs::rename(&unfinished, self.folder.join(format!("{from:010}-{to:010}.part")))
        };
        write().map_err(|cause| {
            failed(format!("{} could not be written", self.folder.display()), cause, self.remedies)
        })
    }

    /// Forgets what is kept.
    pub(in super::super) fn forget(&self) -> Result<(), Failure> {
        match fs::remove_dir_all(&self.folder) {
            Err(cause) if cause.kind() != ErrorKind::NotFound => {
                Err(failed(format!("{} could not be removed", self.folder.display()), cause, self.remedies))
            }
            _ => Ok(()),
        }
    }

    fn unreadable(&self, cause: io::Error) -> Failure {
        failed(format!("{} could not be read", self.folder.display()), cause, self.remedies)
    }
}
