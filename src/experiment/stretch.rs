//! A stretch of replications, added up: what a whole run is made of.
//!
//! All that is kept are whole numbers: sums by replication, and sums over replications by group, a replication's group
//! being that of its block in the whole run. So stretches may be cut anywhere, through a block too, and added up in
//! their order they are exactly what one run over all of them gives.

use super::at_once::both;
use super::outcome::{OptionOutcome, Outcome};
use super::stored::StoredOption;
use super::weekdays::wanted;
use crate::scenario::Study;
use serde::{Deserialize, Serialize};

/// Replications from one on and up to another, each option's added up.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stretch {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) options: Vec<OptionOutcome>,
}

/// The same as read from the disk, of the shape of the study it was read for.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct StoredStretch {
    pub(super) from: u32,
    pub(super) to: u32,
    options: Vec<StoredOption>,
}

/// Why stored bytes are no stretch of a study's replications.
#[derive(Debug, thiserror::Error)]
pub enum StretchError {
    /// They cannot be read.
    #[error("its sums cannot be read ({0})")]
    Unreadable(#[from] postcard::Error),
    /// They are of another study.
    #[error("its sums are not of this scenario")]
    Unfitting,
}

impl Stretch {
    /// No replications yet.
    pub fn none(study: &Study, from: u32) -> Stretch {
        let wanted = wanted(study);
        let options = study.options.iter().map(|s| OptionOutcome::new(s, &study.horizon, &wanted)).collect();
        Stretch { from, to: from, options }
    }

    /// The first replication, counted from 0.
    pub fn from(&self) -> u32 {
        self.from
    }

    /// The replication after the last.
    pub fn to(&self) -> u32 {
        self.to
    }

    /// Adds the stretch that follows.
    ///
    /// # Panics
    /// When it does not follow.
    pub fn append(&mut self, later: Stretch) {
        self.go_on(later.from, later.to);
        self.options.iter_mut().zip(later.options).for_each(|(all, more)| all.append(more));
    }

    /// The same on as many threads as there are processors: where nothing is simulated meanwhile.
    ///
    /// # Panics
    /// When the later stretch does not begin where this one ends.
    pub fn join(&mut self, mut later: Stretch) {
        self.go_on(later.from, later.to);
        append_each(&mut self.options, &mut later.options);
    }

    /// Goes on to where a later stretch, which begins here, ends.
    fn go_on(&mut self, from: u32, to: u32) {
        assert_eq!(self.to, from, "a stretch goes on where the one before ended");
        self.to = to;
    }

    /// The results of a run, all of whose replications these are.
    pub fn outcome(self, seed: u64) -> Outcome {
        Outcome { seed, replications: self.to, options: self.options, precision: Vec::new(), limit: self.to }
    }

    /// As stored.
    pub fn bytes(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("sums are plain data")
    }

    /// Reads what was stored of a study's replications, given that study's [`Stretch::none`].
    ///
    /// # Errors
    /// When the bytes are no such thing.
    pub fn read(empty: &Stretch, bytes: &[u8]) -> Result<Stretch, StretchError> {
        Ok(StoredStretch::read(empty, bytes)?.stretch(empty))
    }

    /// Adds the stretch that follows, as it was stored.
    ///
    /// # Panics
    /// When it does not follow.
    pub fn append_stored(&mut self, later: StoredStretch) {
        self.go_on(later.from, later.to);
        for (all, more) in self.options.iter_mut().zip(later.options) {
            all.append_stored(more);
        }
    }
}

/// Adds to each option its later replications, which are taken: options on as many threads as there are processors.
fn append_each(all: &mut [OptionOutcome], later: &mut [OptionOutcome]) {
    match (all, later) {
        ([all], [later]) => all.append(std::mem::take(later)),
        ([], _) | (_, []) => {}
        (all, later) => {
            let half = all.len().min(later.len()).div_ceil(2);
            let (all, later) = (all.split_at_mut(half), later.split_at_mut(half));
            both(|| append_each(all.0, later.0), || append_each(all.1, later.1));
        }
    }
}

impl StoredStretch {
    /// Reads what was stored of a study's replications, given that study's [`Stretch::none`].
    ///
    /// # Errors
    /// When the bytes are no such thing.
    pub fn read(empty: &Stretch, bytes: &[u8]) -> Result<StoredStretch, StretchError> {
        let stretch: StoredStretch = postcard::from_bytes(bytes)?;
        let count = stretch.to.checked_sub(stretch.from).ok_or(StretchError::Unfitting)?;
        let mut pairs = stretch.options.iter().zip(&empty.options);
        let fits = stretch.options.len() == empty.options.len()
            && pairs.all(|(own, empty)| own.fits(empty, count as usize));
        if fits { Ok(stretch) } else { Err(StretchError::Unfitting) }
    }

    /// These replications alone, given the [`Stretch::none`] of their study.
    pub fn stretch(self, empty: &Stretch) -> Stretch {
        let mut alone = Stretch { from: self.from, to: self.from, options: empty.options.clone() };
        alone.append_stored(self);
        alone
    }
}
