//! Parts of a run: what one machine of several has simulated.

use super::stretch::{StoredStretch, Stretch, StretchError};
use crate::scenario::Study;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Which part of a run: the first of ten is 1/10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Shard {
    /// Its number, from 1.
    pub number: u32,
    /// How many parts there are.
    pub of: u32,
}

impl Shard {
    /// The replications of this part of a run of so many: ⌊(number − 1) R / of⌋ to ⌊number R / of⌋.
    pub fn range(self, replications: u32) -> Range<u32> {
        let bound = |number: u32| {
            let bound = u64::from(number) * u64::from(replications) / u64::from(self.of.max(1));
            u32::try_from(bound).unwrap_or(replications)
        };
        bound(self.number.saturating_sub(1))..bound(self.number)
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}

impl std::str::FromStr for Shard {
    type Err = String;

    fn from_str(text: &str) -> Result<Shard, String> {
        let numbers =
            text.split_once('/').and_then(|(i, n)| i.trim().parse().ok().zip(n.trim().parse().ok()));
        let Some((number, of)) = numbers else {
            return Err("write which part of how many, such as 3/10".into());
        };
        match number {
            1.. if number <= of => Ok(Shard { number, of }),
            _ if of == 0 => Err("a run has at least one part; write 1/1 for the whole".into()),
            _ => Err(format!(
                "parts are counted from 1 to {of}; write 1/{of} for the first, {of}/{of} for the last"
            )),
        }
    }
}

/// How stored parts begin. The number rises whenever the stored sums change their shape, so that sums of another shape are
/// never read as if they were these.
pub const PART_SCHEMA: &str = "answerable/part/5";

/// What a stored part says of itself: its first line, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartHead {
    schema: String,
    /// Name of the scenario.
    pub scenario: String,
    /// Version that ran it.
    pub version: String,
    /// Seed of the run.
    pub seed: u64,
    /// Replications of the whole run.
    pub replications: u32,
    /// Which part.
    pub shard: Shard,
    /// Its first replication, counted from 0.
    pub from: u32,
    /// The replication after its last.
    pub to: u32,
    /// CRC-32 of the scenario as written and of the files it names.
    pub inputs: u32,
    /// CRC-32 of the sums that follow.
    pub sums: u32,
}

/// Why a stored part cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PartError {
    /// It does not begin as one.
    #[error("is no part of a run that this version knows")]
    NoPart,
    /// It is not what was written.
    #[error("is damaged: run this part again")]
    Damaged,
    /// The scenario beside it is not the one that was run.
    #[error("the scenario in it is not the one that was run: run this part again")]
    OtherInputs,
    /// The sums are no sums of this study.
    #[error("cannot be used, {0}: run this part again")]
    Sums(#[from] StretchError),
}

/// A part of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it says of itself.
    pub head: PartHead,
    /// Its replications.
    pub stretch: StoredStretch,
}

/// Files with their names, as they are stored with a part.
pub type Files<'a> = &'a [(String, Vec<u8>)];

/// CRC-32 of files, their names and lengths included.
fn checksum_of(files: Files<'_>) -> u32 {
    let mut sum = crc32fast::Hasher::new();
    for (name, bytes) in files {
        for part in [name.as_bytes(), bytes] {
            sum.update(&(part.len() as u64).to_le_bytes());
            sum.update(part);
        }
    }
    sum.finalize()
}

/// A part as it is stored: its head in a line, then its sums.
pub fn part_bytes(
    study: &Study,
    seed: u64,
    replications: u32,
    shard: Shard,
    stretch: &Stretch,
    inputs: Files<'_>,
) -> Vec<u8> {
    let sums = stretch.bytes();
    let head = PartHead {
        schema: PART_SCHEMA.into(),
        scenario: study.name.clone(),
        version: env!("CARGO_PKG_VERSION").into(),
        seed,
        replications,
        shard,
        from: stretch.from,
        to: stretch.to,
        inputs: checksum_of(inputs),
        sums: crc32fast::hash(&sums),
    };
    let mut bytes = serde_json::to_vec(&head).expect("a head is plain data");
    bytes.push(b'\n');
    bytes.extend(sums);
    bytes
}

/// What a stored part says of itself, given its first line without the line's end.
///
/// # Errors
/// When it is none.
pub fn part_line(line: &[u8]) -> Result<PartHead, PartError> {
    let head: PartHead = serde_json::from_slice(line).map_err(|_| PartError::NoPart)?;
    if head.schema == PART_SCHEMA { Ok(head) } else { Err(PartError::NoPart) }
}

/// What a stored part says of itself, and its sums as stored.
///
/// # Errors
/// When it is none, or damaged.
pub fn part_head(bytes: &[u8]) -> Result<(PartHead, &[u8]), PartError> {
    let end = bytes.iter().position(|b| *b == b'\n').ok_or(PartError::NoPart)?;
    let head = part_line(&bytes[..end])?;
    let sums = &bytes[end + 1..];
    if crc32fast::hash(sums) != head.sums || head.to < head.from {
        return Err(PartError::Damaged);
    }
    Ok((head, sums))
}

impl PartHead {
    /// The head of a part of some run.
    #[cfg(test)]
    pub(super) fn example(shard: Shard, replications: u32, range: Range<u32>) -> PartHead {
        PartHead {
            schema: PART_SCHEMA.into(),
            scenario: "Small".into(),
            version: env!("CARGO_PKG_VERSION").into(),
            seed: 1,
            replications,
            shard,
            from: range.start,
            to: range.end,
            inputs: 7,
            sums: 0,
        }
    }

    /// What [`PartHead::inputs`] is for these files.
    pub fn checksum(inputs: Files<'_>) -> u32 {
        checksum_of(inputs)
    }

    /// Reads the sums of this part, given the [`Stretch::none`] of its study.
    ///
    /// # Errors
    /// When they are not of this study, or the scenario beside them is not the one that was run.
    pub fn part(self, empty: &Stretch, sums: &[u8], inputs: Files<'_>) -> Result<Part, PartError> {
        if self.inputs != checksum_of(inputs) {
            return Err(PartError::OtherInputs);
        }
        let stretch = StoredStretch::read(empty, sums)?;
        if (stretch.from, stretch.to) != (self.from, self.to) {
            return Err(PartError::Damaged);
        }
        Ok(Part { head: self, stretch })
    }
}
