//! The replications of a run as they are simulated: progress, and blocks kept so that an interrupted run can go on.

use super::directory::Blocks;
use super::exit::{Failure, tell};
use crate::experiment::{Files, PartHead, Shard, Simulator, Stretch, part_bytes, part_head, size};
use crate::scenario::Study;
use indicatif::ProgressBar;
use std::ops::Range;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// A run shorter than this is as quickly run again: nothing is kept of it.
const KEEP_AFTER: Duration = Duration::from_secs(10);
/// The same where it was asked for.
const KEEP_SOON: Duration = Duration::from_millis(500);
/// About so much is lost when a run is interrupted.
const CHUNK: Duration = Duration::from_secs(5);
/// Replications a chunk consists of are a multiple of this, as long as that is possible.
const BLOCK: u32 = Simulator::BLOCK;

/// What is asked of a simulation.
pub(super) struct Asked<'a> {
    pub(super) study: &'a Study,
    pub(super) seed: u64,
    pub(super) threads: usize,
    /// The replications wanted.
    pub(super) range: Range<u32>,
    /// The scenario as written and the files it names.
    pub(super) inputs: Files<'a>,
    /// Whether to go on from what an interrupted run has kept.
    pub(super) resume: bool,
    pub(super) stop: &'a AtomicBool,
    pub(super) bar: &'a ProgressBar,
}

/// A run on its way.
pub(super) struct Simulation<'a> {
    asked: Asked<'a>,
    simulator: Simulator<'a>,
    blocks: Blocks,
    /// What has been simulated.
    whole: Stretch,
    /// The replication up to which it is kept.
    kept: Option<u32>,
    /// Blocks of the next chunk.
    chunk: u32,
    /// Fewest blocks worth a chunk: one for every thread.
    least: u32,
}

impl<'a> Simulation<'a> {
    /// Makes a run ready, with what an interrupted one has kept where that is wanted.
    ///
    /// # Errors
    /// When what is kept is of another run.
    pub(super) fn new(asked: Asked<'a>, blocks: Blocks) -> Result<Simulation<'a>, Failure> {
        let threads = match asked.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let least = u32::try_from(threads).unwrap_or(1).max(1);
        let a_block = size(asked.study, BLOCK, threads).seconds.max(1e-6);
        // Short at first: the estimate may be far off.
        let chunk = (0.1 * CHUNK.as_secs_f64() / a_block).clamp(f64::from(least), 1e6) as u32;
        let mut whole = Stretch::none(asked.study, asked.range.start);
        let mut kept = None;
        if asked.resume {
            resumed(&asked, &blocks, &mut whole)?;
            kept = (whole.to() > whole.from()).then(|| whole.to());
            asked.bar.inc(u64::from(whole.to() - whole.from()));
        } else {
            blocks.forget()?;
        }
        let simulator = Simulator::new(asked.study, asked.seed, asked.threads);
        Ok(Simulation { asked, simulator, blocks, whole, kept, chunk, least })
    }

    /// Simulates up to a replication.
    ///
    /// # Errors
    /// When it is interrupted, or blocks cannot be kept.
    pub(super) fn up_to(&mut self, end: u32) -> Result<&Stretch, Failure> {
        while self.whole.to() < end {
            let begun = self.asked.bar.elapsed();
            let from = self.whole.to();
            let to = (from / BLOCK).saturating_add(self.chunk).saturating_mul(BLOCK).min(end);
            let bar = self.asked.bar;
            let next = self.simulator.stretch(from..to, self.asked.stop, &|| bar.inc(1));
            let next = next.map_err(|_| self.interrupted())?;
            self.pace(bar.elapsed().saturating_sub(begun));
            self.add(next)?;
        }
        Ok(&self.whole)
    }

    /// Chunks of about the length wanted.
    fn pace(&mut self, took: Duration) {
        if took < CHUNK / 2 {
            self.chunk = self.chunk.saturating_mul(2);
        } else if took > CHUNK * 2 {
            self.chunk = (self.chunk / 2).max(self.least);
        }
    }

    /// Adds a chunk, and keeps it where the run is long enough for that.
    fn add(&mut self, next: Stretch) -> Result<(), Failure> {
        let after = if self.asked.resume { KEEP_SOON } else { KEEP_AFTER };
        let done = next.to() >= self.asked.range.end;
        if self.kept.is_some() && !done {
            self.keep(&next)?;
            self.kept = Some(next.to());
        }
        self.whole.append(next);
        if self.kept.is_none() && !done && self.asked.bar.elapsed() >= after {
            self.keep(&self.whole)?;
            self.kept = Some(self.whole.to());
        }
        Ok(())
    }

    fn keep(&self, stretch: &Stretch) -> Result<(), Failure> {
        let Asked { study, seed, range, inputs, .. } = &self.asked;
        let bytes = part_bytes(study, *seed, range.end, WHOLE, stretch, inputs);
        self.blocks.keep(stretch.from(), stretch.to(), &bytes)
    }

    /// The failure that an interruption is.
    pub(super) fn interrupted(&self) -> Failure {
        match self.kept {
            Some(to) => Failure::Kept(to - self.asked.range.start),
            None => Failure::Interrupted,
        }
    }

    /// What has been simulated.
    pub(super) fn whole(&self) -> &Stretch {
        &self.whole
    }

    /// Takes what has been simulated.
    pub(super) fn take(&mut self) -> Stretch {
        let none = Stretch::none(self.asked.study, self.whole.from());
        std::mem::replace(&mut self.whole, none)
    }

    /// Lets go of what was kept, once the results are written.
    pub(super) fn forget(&self) -> Result<(), Failure> {
        self.blocks.forget()
    }
}

/// Blocks kept belong to no shard: their range says what they are.
const WHOLE: Shard = Shard { number: 1, of: 1 };

/// Adds what an interrupted run has kept.
fn resumed(asked: &Asked<'_>, blocks: &Blocks, whole: &mut Stretch) -> Result<(), Failure> {
    for (name, bytes) in blocks.kept()? {
        // What was being written when the machine went down ends what can be used.
        let Ok((head, sums)) = part_head(&bytes) else { return told_damaged(&name) };
        belongs(asked, &head)?;
        let some = whole.to() > whole.from();
        if some && head.from < whole.to() {
            continue;
        }
        if !some && head.from != whole.to() {
            return Err(of_another_part(&head, whole));
        }
        // Blocks that reach beyond the replications wanted are left, and so are those after a gap.
        if head.from != whole.to() || head.to > asked.range.end {
            return Ok(());
        }
        match head.part(asked.study, sums, asked.inputs) {
            Ok(part) => whole.append(part.stretch),
            Err(_) => return told_damaged(&name),
        }
    }
    Ok(())
}

fn told_damaged(name: &str) -> Result<(), Failure> {
    tell(&format!(
        "warning: {name} of the blocks kept is damaged: its replications and all later are run again"
    ));
    Ok(())
}

/// Refuses blocks of another run.
fn belongs(asked: &Asked<'_>, head: &PartHead) -> Result<(), Failure> {
    let own = env!("CARGO_PKG_VERSION");
    let why = if head.version != own {
        format!("by version {}, this is {own}", head.version)
    } else if head.seed != asked.seed {
        format!("with seed {}, this one has {}", head.seed, asked.seed)
    } else if head.inputs != PartHead::checksum(asked.inputs) {
        "on another scenario, or one changed since".to_owned()
    } else {
        return Ok(());
    };
    Err(Failure::Input(format!(
        "what an interrupted run has kept was run {why}\ngo on with that one, or begin anew without --resume"
    )))
}

fn of_another_part(head: &PartHead, whole: &Stretch) -> Failure {
    Failure::Input(format!(
        "what an interrupted run has kept begins with replication {}, this one with {}\ngo on with the part it was run \
         for, or begin anew without --resume",
        head.from,
        whole.from()
    ))
}
