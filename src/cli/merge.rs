//! `answerable merge DIR... --output DIR`: parts of a run joined into exactly what one run gives.

use super::directory::Directory;
use super::exit::{Exit, Failure, stop_when_interrupted};
use super::input::Input;
use super::parts::{self, StoredPart};
use super::progress::Progress;
use super::run;
use super::shown::Shown;
use super::tried::{self, Means};
use crate::experiment::{Misfit, Stretch, both, each, order};
use crate::report::summarise;
use std::num::NonZero;
use std::path::{Path, PathBuf};

/// Arguments of `merge`.
#[derive(Debug, clap::Args)]
pub(super) struct Merge {
    /// The directories of the parts, in any order
    #[arg(required = true, value_name = "PART")]
    parts: Vec<PathBuf>,
    /// Where the results of the whole run are written
    #[arg(long, value_name = "DIR")]
    output: PathBuf,
    #[command(flatten)]
    shown: Shown,
}

impl Merge {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        self.refuse_to_replace_a_part()?;
        let directory = Directory::new(&self.output)?;
        // Where anything is wrong, all is looked at, so that everything is told at once.
        let (stored, of) = self.in_order(StoredPart::of).or_else(|_| self.in_order(StoredPart::undamaged))?;
        let [first, ..] = stored.as_slice() else {
            return Err(Failure::Defect("no parts were left to join".into()));
        };
        let input = first.input()?;
        let inputs = parts::inputs(&input);
        let (joined, known) = both(
            || joined(&stored, &input, &inputs),
            || stored.iter().find_map(|part| part.tried(&input, of)),
        );
        let joined = joined.or_else(|fault| self.in_order(StoredPart::undamaged).and(Err(fault)))?;
        let outcome = joined.outcome(of.0);
        let summary = summarise(&input.reading.study, &outcome);
        // What was once allowed to be simulated in parts may be simulated here.
        let stop = stop_when_interrupted();
        let means = Means { threads: 0, stop: &stop, allow_large: true };
        let bar = if self.shown.quiet { Progress::hidden() } else { Progress::running(0) };
        let points = match known {
            None => tried::points(&input, of, &means, &bar)?,
            known => known,
        };
        // On what views disagree only the whole run can tell.
        let tried = tried::whole(&input, points, summary.outcome, &means, &bar)?;
        let files = run::files(&input, &summary, tried, &bar)?;
        bar.end();
        directory.write(&files)?;
        let next = format!("answerable report {}  (draws everything again)", self.output.display());
        self.shown.print(&summary, &files, &self.output, &next)?;
        Ok(run::expectations(&summary))
    }

    /// The parts that are found in the order of their replications, and the seed of the run with all its replications.
    fn in_order(&self, found_at: Find) -> Result<(Vec<StoredPart>, (u64, u32)), Failure> {
        let (mut found, mut heads, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for (place, read) in self.parts.iter().zip(each(&self.parts, |place| found_at(place))) {
            match read {
                Ok(part) => {
                    heads.push((place.display().to_string(), part.head.clone()));
                    found.push(Some(part));
                }
                Err(fault) => faults.push(fault),
            }
        }
        let of = heads.first().map_or((0, 0), |(_, head)| (head.seed, head.replications));
        let order = order(&heads).unwrap_or_else(|misfits| {
            faults.extend(misfits.iter().map(Misfit::to_string));
            Vec::new()
        });
        refused(faults)?;
        Ok((order.into_iter().filter_map(|i| found[i].take()).collect(), of))
    }

    /// A part is input: it is never replaced by what it becomes a part of.
    fn refuse_to_replace_a_part(&self) -> Result<(), Failure> {
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        let Some(output) = real(&self.output) else { return Ok(()) };
        match self.parts.iter().find(|part| real(part).as_ref() == Some(&output)) {
            Some(part) => Err(Failure::Input(format!(
                "{}: is one of the parts, and would be replaced; choose another place with --output",
                part.display()
            ))),
            None => Ok(()),
        }
    }
}

/// How a part is found in a directory; in words, why there is none.
type Find = fn(&Path) -> Result<StoredPart, String>;

/// All parts added up in their order, neighbours together on as many threads as there are processors.
fn joined(stored: &[StoredPart], input: &Input, inputs: &[(String, Vec<u8>)]) -> Result<Stretch, Failure> {
    let empty = Stretch::none(&input.reading.study, 0);
    let added_up = |parts: &[StoredPart]| {
        let (mut sum, mut faults): (Option<Stretch>, Vec<String>) = (None, Vec::new());
        let mut bytes = Vec::new();
        for part in parts {
            match part.stretch(&empty, inputs, &mut bytes) {
                Ok(stretch) if faults.is_empty() => match &mut sum {
                    None => sum = Some(stretch.stretch(&empty)),
                    Some(sum) => sum.append_stored(stretch),
                },
                Ok(_) => {}
                Err(fault) => faults.push(fault),
            }
        }
        (sum, faults)
    };
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let neighbours: Vec<_> = stored.chunks(stored.len().div_ceil(threads).max(1)).collect();
    let (sums, faults): (Vec<_>, Vec<_>) = each(&neighbours, |parts| added_up(parts)).into_iter().unzip();
    refused(faults.concat())?;
    let whole = sums.into_iter().flatten().reduce(|mut whole, later| {
        whole.join(later);
        whole
    });
    Ok(whole.unwrap_or(empty))
}

fn refused(faults: Vec<String>) -> Result<(), Failure> {
    if faults.is_empty() { Ok(()) } else { Err(Failure::Input(faults.join("\n"))) }
}
