//! `--precision`: replications are added until every wanted figure is known as closely as asked for.

use super::exit::{DONE, Exit, Failure, NOT_MET, tell};
use super::simulation::Simulation;
use crate::experiment::{Attained, Wanted, attained, farthest};
use crate::report::shortfall;
use crate::scenario::Study;
use crate::statistics::{Look, Stopping};

/// What is wanted, as given on the command line: every fault at once.
pub(super) fn wanted(texts: &[String], study: &Study) -> Result<Vec<Wanted>, Failure> {
    let (mut wanted, mut faults) = (Vec::<Wanted>::new(), Vec::new());
    for text in texts {
        match Wanted::parse(text, study) {
            Ok(one) if wanted.iter().any(|other| other.path == one.path) => {
                faults.push(format!("--precision {text}: {} is wanted twice; give one precision", one.path));
            }
            Ok(one) => wanted.push(one),
            Err(fault) => faults.push(format!("--precision {text}: {fault}")),
        }
    }
    if faults.is_empty() { Ok(wanted) } else { Err(Failure::Input(faults.join("\n"))) }
}

/// Simulates until the precisions hold, or the limit is reached; `fits` refuses what is too large for this machine.
pub(super) fn reached(
    simulation: &mut Simulation<'_>,
    wanted: &[Wanted],
    rule: &mut Stopping,
    fits: &dyn Fn(u32) -> Result<(), Failure>,
) -> Result<Vec<Attained>, Failure> {
    let study = simulation.study();
    let mut next = rule.first();
    loop {
        simulation.expect(next);
        let found = attained(wanted, study, simulation.up_to(next)?);
        let nowhere = found.iter().find_map(|a| a.nowhere.map(|why| (a, why)));
        if let Some((one, why)) = nowhere {
            return Err(Failure::Input(format!(
                "--precision {}: the figure does not exist: {why}; ask for the precision of another",
                one.wanted.path
            )));
        }
        match rule.look(next, farthest(&found)) {
            Look::At(more) => {
                fits(more)?;
                next = more;
            }
            Look::Held | Look::Limit => return Ok(found),
        }
    }
}

/// Says where a precision was not reached, and what it would take.
pub(super) fn tell_of(attained: &[Attained], study: &Study, limit: u32) {
    for one in attained.iter().filter(|one| !one.held) {
        tell(&format!("warning: {}", shortfall(one, study, limit)));
    }
}

/// A precision that was not reached is a target not met.
pub(super) fn exit(attained: &[Attained], otherwise: Exit) -> Exit {
    if otherwise == DONE && attained.iter().any(|one| !one.held) { NOT_MET } else { otherwise }
}
