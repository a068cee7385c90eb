//! The engine held to exact queueing theory, through ordinary scenario texts.
//!
//! Each row of theory is written as a scenario, read as any other, and simulated in independent replications from
//! empty, with a warm-up, until the standard errors are as small as asked for or the row's budget of calls is spent.
//! Everything is decided by counts alone, so the same seed gives the same table whatever the threads.

mod count;
mod judge;
mod text;

pub use judge::{FARTHEST, FARTHEST_AGAIN, Pooled, VerifiedFigure};
pub use text::scenario_text;

use super::run::{Interrupted, Request};
use super::units;
use crate::scenario::{Study, read};
use crate::theory::{Row, rows};
use crate::unit::{DAY, seconds};
use count::{Counts, Trial};
use std::sync::atomic::Ordering;

/// How closely the engine is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Some rows, standard errors of 1%: a minute.
    Quick,
    /// Every row, standard errors of 0.3%.
    Full,
}

impl Depth {
    /// The rows it takes.
    pub fn rows(self) -> Vec<Row> {
        rows().into_iter().filter(|row| self == Depth::Full || row.quick).collect()
    }

    /// Measured days for each day of warm-up: more waste less of the budget, fewer need less of it at the least.
    fn measured(self) -> u32 {
        match self {
            Depth::Quick => 5,
            Depth::Full => 10,
        }
    }

    /// Most calls spent on a row, warm-up included.
    fn budget(self) -> f64 {
        match self {
            Depth::Quick => 6e7,
            Depth::Full => 5e8,
        }
    }
}

/// Days simulated in a replication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// Before the measured window.
    pub warm_up: u32,
    /// Measured.
    pub measured: u32,
    /// After it, so that whoever waits at its end is seen to the end of the wait.
    pub follow_up: u32,
}

/// A row and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifiedRow {
    /// The row.
    pub row: Row,
    /// Seed of its replications.
    pub seed: u64,
    /// Independent replications.
    pub replications: u32,
    /// Days of each.
    pub days: Days,
    /// Calls measured, over all replications; who is passed on has made one.
    pub calls: u64,
    /// Each exact number.
    pub figures: Vec<VerifiedFigure>,
}

impl VerifiedRow {
    /// Whether every standard error is as small as asked for; if not, the row is not tested.
    pub fn is_tested(&self) -> bool {
        self.figures.iter().all(VerifiedFigure::is_precise)
    }

    /// Whether no figure is beyond chance. Asked of rows that are not tested, too: a z too far is one whatever its
    /// standard error.
    pub fn holds(&self) -> bool {
        self.figures.iter().all(VerifiedFigure::holds)
    }

    /// The z-score that enters the pooled test.
    pub fn gate(&self) -> Option<f64> {
        let gate = self.row.gate.filter(|_| self.is_tested())?;
        self.figures.iter().find(|f| f.measure == gate)?.z
    }
}

/// All rows, and what is said of them together.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    /// How closely.
    pub depth: Depth,
    /// The seed asked for.
    pub seed: u64,
    /// Each row.
    pub rows: Vec<VerifiedRow>,
    /// One z-score of each row, together; none of fewer than two.
    pub pooled: Option<Pooled>,
}

impl Verification {
    /// Whether the engine agrees with theory, as far as this could see.
    pub fn holds(&self) -> bool {
        self.rows.iter().all(VerifiedRow::holds)
            && self.pooled.is_none_or(|pooled| pooled.mean_holds() && pooled.variance_holds())
    }
}

/// Fewest replications: Student's t with 39 degrees of freedom is near enough to normal that turning it into a normal
/// score does not rest on its far tail.
const FIRST: u32 = 40;
/// Replications of a work unit.
const BLOCK: u32 = 2;
/// Warm-up in relaxation times: what is left of a start from empty, e⁻¹⁵ = 3e-7 of it at the window's beginning, is
/// far below any standard error.
const RELAXATIONS: f64 = 15.0;
/// Fewest calls measured in a replication, so that each is itself near normal.
const CALLS: f64 = 50_000.0;
/// Seeds tried again where a z-score is far.
const AGAIN: u64 = 3;

/// Days of a replication of a row: whole days of warm-up, and a window of at least five or ten times as many.
pub fn days(row: &Row, depth: Depth) -> Days {
    let calls_a_day = row.arrivals_per_s * seconds(DAY);
    let warm_up = (RELAXATIONS * row.relaxation_s / seconds(DAY)).ceil().max(1.0) as u32;
    let measured = (depth.measured() * warm_up).max((CALLS / calls_a_day).ceil() as u32);
    Days { warm_up, measured, follow_up: 1 }
}

/// Reads a row's scenario text as any other scenario.
///
/// # Errors
/// The faults in it: a defect of ours.
fn study(row: &Row, days: Days) -> Result<Study, VerifyError> {
    let no_files = |name: &str| Err(format!("{name}: a row names no file"));
    let faulty = |faults: Vec<_>| VerifyError::Scenario(row.id.clone(), crate::scenario::render_all(&faults));
    read(&row.id, &scenario_text(row, days), &no_files).map(|reading| reading.study).map_err(faulty)
}

/// Why a verification did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// It was stopped from outside.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
    /// A row's scenario is refused: a defect of ours.
    #[error("the scenario of {0} is refused:\n{1}")]
    Scenario(String, String),
}

/// Runs rows of theory under one seed; `request.replications` is not used. `done` is told of each row as it ends.
///
/// Row n of all rows has the seed 1000 × seed + n, so that rows do not share their callers.
///
/// # Errors
/// When it is stopped from outside.
pub fn verify(
    rows: Vec<Row>,
    depth: Depth,
    request: Request<'_>,
    done: &mut dyn FnMut(&VerifiedRow),
) -> Result<Verification, VerifyError> {
    let numbers: Vec<String> = crate::theory::rows().into_iter().map(|row| row.id).collect();
    let mut verified = Vec::new();
    for row in rows {
        let number = numbers.iter().position(|id| *id == row.id).map_or(0, |n| n as u64 + 1);
        let own = Request { seed: request.seed.wrapping_mul(1000).wrapping_add(number), ..request };
        verified.push(verify_row(row, depth, own)?);
        verified.last().into_iter().for_each(&mut *done);
    }
    let gates: Vec<f64> = verified.iter().filter_map(VerifiedRow::gate).collect();
    Ok(Verification { depth, seed: request.seed, rows: verified, pooled: Pooled::of(&gates) })
}

fn verify_row(row: Row, depth: Depth, request: Request<'_>) -> Result<VerifiedRow, VerifyError> {
    let days = days(&row, depth);
    let trial = Trial::new(&study(&row, days)?);
    let calls_each = (row.arrivals_per_s + row.passed_on_per_s())
        * seconds(DAY)
        * f64::from(days.warm_up + days.measured + days.follow_up);
    let most = ((depth.budget() / calls_each) as u32).max(FIRST);
    let mut counts = Vec::new();
    let mut wanted = FIRST;
    let mut figures;
    loop {
        replicate(&trial, &request, counts.len() as u32..wanted, &mut counts)?;
        figures = judge::figures(&row, &counts, depth);
        let more = more(&row, &figures, wanted).min(most);
        if more <= wanted {
            break;
        }
        wanted = more;
    }
    let suspects: Vec<usize> = (0..figures.len()).filter(|f| figures[*f].is_suspect()).collect();
    if !suspects.is_empty() {
        for other in 1..=AGAIN {
            let seed = request.seed.wrapping_add(1000 * other);
            let mut counts = Vec::new();
            replicate(&trial, &Request { seed, ..request }, 0..wanted, &mut counts)?;
            let again = judge::figures(&row, &counts, depth);
            for suspect in &suspects {
                figures[*suspect].again.extend(again[*suspect].z);
            }
        }
    }
    let calls = counts.iter().map(|c: &Counts| c.first.offered).sum();
    Ok(VerifiedRow { row, seed: request.seed, replications: wanted, days, calls, figures })
}

/// How many replications should do, going by the standard errors of those there are; no more than `now` where they
/// do already. A tenth more than needed, so that one step mostly does; at most eight times as many at a time.
fn more(row: &Row, figures: &[VerifiedFigure], now: u32) -> u32 {
    let excess = figures
        .iter()
        .map(|f| {
            let mut asked = f.asked;
            if row.gate == Some(f.measure) {
                asked = asked.min(judge::asked_of_gate(f.measure, f.exact));
            }
            f.error / asked
        })
        .fold(0.0, f64::max);
    if excess <= 1.0 {
        return now;
    }
    let wanted = f64::from(now) * (1.1 * excess * excess).min(8.0);
    ((wanted / f64::from(BLOCK)).ceil() as u32 * BLOCK).max(now + BLOCK)
}

/// Runs replications in blocks, collected in order.
fn replicate(
    trial: &Trial,
    request: &Request<'_>,
    range: std::ops::Range<u32>,
    counts: &mut Vec<Counts>,
) -> Result<(), Interrupted> {
    let units = units::cut(range, BLOCK, request.threads);
    let unit = |number: usize| -> Option<Vec<Counts>> {
        if request.stop.load(Ordering::Relaxed) {
            return None;
        }
        Some(trial.replications(request.seed, units[number].clone()))
    };
    units::in_order(request.threads, units.len(), &unit, &mut |more| {
        counts.extend(more);
    })
}

#[cfg(test)]
mod tests;
