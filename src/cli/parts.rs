//! The directory of a part of a run: its sums, the scenario as resolved, and what it was read from.

use super::directory::PART;
use super::exit::Failure;
use super::input::Input;
use super::tried::{self, TRIED};
use crate::experiment::{
    PartError, PartHead, Shard, StoredStretch, Stretch, part_bytes, part_head, part_line,
};
use crate::report::sweep::TriedRecord;
use crate::scenario::read;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// The scenario as written.
const SCENARIO: &str = "inputs/scenario.toml";

/// What a run was read from, as it is stored: the scenario as written, and the files it names.
pub(super) fn inputs(input: &Input) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![(SCENARIO.to_owned(), input.text.clone().into_bytes())];
    for (name, text) in &input.reading.inputs {
        files.push((format!("inputs/{name}"), text.clone().into_bytes()));
    }
    files
}

/// Every file of a part's directory.
pub(super) fn part_files(
    input: &Input,
    seed: u64,
    replications: u32,
    shard: Shard,
    stretch: &Stretch,
) -> Vec<(String, Vec<u8>)> {
    let inputs = inputs(input);
    let sums = part_bytes(&input.reading.study, seed, replications, shard, stretch, &inputs);
    let mut files = vec![
        (PART.to_owned(), sums),
        ("scenario.toml".to_owned(), input.reading.resolved.clone().into_bytes()),
    ];
    files.extend(inputs);
    files
}

/// A part as found on the disk.
pub(super) struct StoredPart {
    pub(super) place: PathBuf,
    /// What it says of itself.
    pub(super) head: PartHead,
}

impl StoredPart {
    /// Finds the part in a directory, and reads no more of it than what it says of itself: its sums are large.
    ///
    /// # Errors
    /// In words, when there is none.
    pub(super) fn of(place: &Path) -> Result<StoredPart, String> {
        let shown = place.display();
        if !place.is_dir() {
            let what = if place.exists() { "is not a directory" } else { "there is no such directory" };
            return Err(format!("{shown}: {what}; name the directories of parts, made with --shard"));
        }
        let mut line = Vec::new();
        match open(place).and_then(|file| BufReader::new(file).read_until(b'\n', &mut line)) {
            Ok(_) => {
                let head = line.strip_suffix(b"\n").ok_or(PartError::NoPart).and_then(part_line);
                let head = head.map_err(|error| said(place, &error))?;
                Ok(StoredPart { place: place.to_owned(), head })
            }
            Err(_) if place.join("results.json").exists() => {
                Err(format!("{shown}: is a whole run, not a part; leave it out"))
            }
            Err(cause) => Err(unread(place, &cause)),
        }
    }

    /// The same of a part whose sums are what was written.
    ///
    /// # Errors
    /// In words, when there is none, or it is damaged.
    pub(super) fn undamaged(place: &Path) -> Result<StoredPart, String> {
        let part = StoredPart::of(place)?;
        part.sums(&mut Vec::new())?;
        Ok(part)
    }

    /// Its sums as stored, read in place of what was read before.
    fn sums<'b>(&self, bytes: &'b mut Vec<u8>) -> Result<&'b [u8], String> {
        bytes.clear();
        let read = open(&self.place).and_then(|mut file| file.read_to_end(bytes));
        read.map_err(|cause| unread(&self.place, &cause))?;
        match part_head(bytes) {
            Ok((head, sums)) if head == self.head => Ok(sums),
            Ok(_) => Err(self.said(&PartError::Damaged)),
            Err(error) => Err(self.said(&error)),
        }
    }

    /// The scenario that was run.
    pub(super) fn input(&self) -> Result<Input, Failure> {
        let text = self.text(SCENARIO).map_err(Failure::Input)?;
        let files = |file: &str| self.text(&format!("inputs/{file}"));
        let name = self.place.join(SCENARIO).display().to_string();
        match read(&name, &text, &files) {
            Ok(reading) => Ok(Input { text, reading }),
            Err(_) => Err(Failure::Input(self.said(&PartError::OtherInputs))),
        }
    }

    fn text(&self, file: &str) -> Result<String, String> {
        let path = self.place.join(file);
        std::fs::read_to_string(&path)
            .map_err(|cause| format!("{}: cannot be read ({cause})", path.display()))
    }

    /// The replications of this part of a scenario that was read from `inputs`, given its [`Stretch::none`]. What is read
    /// takes the place of what was read before.
    pub(super) fn stretch(
        &self,
        empty: &Stretch,
        inputs: &[(String, Vec<u8>)],
        bytes: &mut Vec<u8>,
    ) -> Result<StoredStretch, String> {
        let same = |(name, bytes): &(String, Vec<u8>)| {
            std::fs::read(self.place.join(name)).is_ok_and(|own| own == *bytes)
        };
        if !inputs.iter().all(same) {
            return Err(self.said(&PartError::OtherInputs));
        }
        let part = self.head.clone().part(empty, self.sums(bytes)?, inputs);
        part.map(|part| part.stretch).map_err(|error| self.said(&error))
    }

    /// What the first part has tried of this very run's ranges and sweeps; none where it has nothing sound of that kind.
    pub(super) fn tried(&self, input: &Input, (seed, replications): (u64, u32)) -> Option<TriedRecord> {
        let text = std::fs::read_to_string(self.place.join(TRIED)).ok()?;
        let record = TriedRecord::read(&text).ok()?;
        tried::belongs(&record, input, seed, replications).then_some(record)
    }

    fn said(&self, error: &PartError) -> String {
        said(&self.place, error)
    }
}

fn open(place: &Path) -> io::Result<File> {
    File::open(place.join(PART))
}

fn said(place: &Path, error: &PartError) -> String {
    format!("{}: {error}", place.display())
}

fn unread(place: &Path, cause: &io::Error) -> String {
    let shown = place.display();
    format!("{shown}: has no part of a run ({cause}); name the directory of one, made with --shard")
}
