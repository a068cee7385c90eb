//! The replications of a run as they are simulated: progress, and blocks kept so that an interrupted run can go on.

use super::directory::Blocks;
use super::exit::{Failure, tell};
use super::progress::Progress;
use crate::experiment::{Files, PartHead, Shard, Simulator, Stretch, part_bytes, part_head, size};
use crate::scenario::Study;
use std::collections::VecDeque;
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
    /// Whether it may end before the end of its range, after any stretch that is asked for.
    pub(super) open: bool,
    pub(super) stop: &'a AtomicBool,
    pub(super) bar: &'a Progress,
}

/// A run on its way.
pub(super) struct Simulation<'a> {
    asked: Asked<'a>,
    simulator: Simulator,
    blocks: Blocks,
    /// What has been simulated.
    whole: Stretch,
    /// The replication up to which it is kept.
    kept: Option<u32>,
    /// What an interrupted run has kept, and this one has not come to yet.
    waiting: VecDeque<Stretch>,
    /// Where looks decide when a run ends, an interrupted one must look at the same stretches: they are kept apart.
    unkept: Vec<Stretch>,
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
        let whole = Stretch::none(asked.study, asked.range.start);
        let mut waiting = VecDeque::new();
        if asked.resume {
            waiting = resumed(&asked, &blocks)?;
        } else {
            blocks.forget()?;
        }
        let kept = waiting.back().map(Stretch::to);
        let simulator = Simulator::new(asked.study, asked.seed, asked.threads);
        Ok(Simulation { asked, simulator, blocks, whole, kept, waiting, unkept: Vec::new(), chunk, least })
    }

    /// Simulates up to a replication.
    ///
    /// # Errors
    /// When it is interrupted, or blocks cannot be kept.
    pub(super) fn up_to(&mut self, end: u32) -> Result<&Stretch, Failure> {
        self.take_waiting(end);
        while self.whole.to() < end {
            let begun = self.asked.bar.elapsed();
            let from = self.whole.to();
            let to = (from / BLOCK).saturating_add(self.chunk).saturating_mul(BLOCK).min(end);
            let bar = self.asked.bar;
            let next = self.simulator.stretch(from..to, self.asked.stop, &|| bar.done());
            let next = next.map_err(|_| self.interrupted())?;
            self.pace(bar.elapsed().saturating_sub(begun));
            self.add(next)?;
        }
        Ok(&self.whole)
    }

    /// Takes what an interrupted run has kept, as far as it is wanted.
    fn take_waiting(&mut self, end: u32) {
        while let Some(next) = self.waiting.pop_front() {
            if next.from() == self.whole.to() && next.to() <= end {
                self.asked.bar.done_more(u64::from(next.to() - next.from()));
                self.whole.append(next);
            } else if next.from() >= self.whole.to() {
                self.waiting.push_front(next);
                return;
            }
        }
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
        let early = self.kept.is_none();
        if early && self.asked.open {
            self.unkept.push(next.clone());
        }
        if !early && !done {
            self.keep(&next)?;
            self.kept = self.kept.max(Some(next.to()));
        }
        self.whole.append(next);
        if early && !done && self.asked.bar.elapsed() >= after {
            match self.asked.open {
                true => std::mem::take(&mut self.unkept).iter().try_for_each(|one| self.keep(one))?,
                false => self.keep(&self.whole)?,
            }
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
            Some(to) => Failure::Kept(to.saturating_sub(self.asked.range.start)),
            None => Failure::Interrupted,
        }
    }

    /// The study simulated.
    pub(super) fn study(&self) -> &'a Study {
        self.asked.study
    }

    /// Expects so many replications in all.
    pub(super) fn expect(&self, replications: u32) {
        self.asked.bar.expect(u64::from(replications));
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

/// What an interrupted run has kept, in order, as far as it hangs together.
fn resumed(asked: &Asked<'_>, blocks: &Blocks) -> Result<VecDeque<Stretch>, Failure> {
    let mut kept: VecDeque<Stretch> = VecDeque::new();
    let empty = Stretch::none(asked.study, asked.range.start);
    for (name, bytes) in blocks.kept()? {
        // What was being written when the machine went down ends what can be used.
        let Ok((head, sums)) = part_head(&bytes) else {
            tell_damaged(&name);
            break;
        };
        belongs(asked, &head)?;
        let reached = kept.back().map_or(asked.range.start, Stretch::to);
        if kept.is_empty() && head.from != reached {
            return Err(of_another_part(&head, reached));
        }
        // Blocks after a gap are left, and so are those that reach beyond the replications wanted.
        if head.from > reached || head.to > asked.range.end {
            break;
        }
        if head.from < reached {
            continue;
        }
        match head.part(&empty, sums, asked.inputs) {
            Ok(part) => kept.push_back(part.stretch.stretch(&empty)),
            Err(_) => {
                tell_damaged(&name);
                break;
            }
        }
    }
    Ok(kept)
}

fn tell_damaged(name: &str) {
    tell(&format!(
        "warning: {name} of the blocks kept is damaged: its replications and all later are run again"
    ));
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

fn of_another_part(head: &PartHead, wanted: u32) -> Failure {
    Failure::Input(format!(
        "what an interrupted run has kept begins with replication {}, this one with {}\ngo on with the part it was run \
         for, or begin anew without --resume",
        head.from, wanted
    ))
}
