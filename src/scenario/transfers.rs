//! Transfers as meant: who is passed on to which queue, and how.

use super::code::Code;
use super::fields::Fields;
use super::files::Files;
use super::finding::Findings;
use super::laws::law;
use super::meant::{Queue, Setting};
use super::setting::Source;
use super::teams::known;
use crate::law::Law;
use crate::unit::Micros;

/// A rule by which callers are passed on to another queue at the end of their talk.
#[derive(Debug, Clone, PartialEq)]
pub struct Transfer {
    /// The queue they are passed on to, by number.
    pub to: usize,
    /// The probability, of the calls it is for.
    pub probability: f64,
    /// Which calls it is for.
    pub when: When,
    /// How the agents hand over; `None` where the caller waits alone (cold).
    pub warm: Option<Warm>,
}

/// Which calls a rule of transfer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// All.
    Any,
    /// Those that the agent cannot resolve.
    Unresolved,
}

/// A handover from agent to agent.
#[derive(Debug, Clone, PartialEq)]
pub struct Warm {
    /// How long both agents are with the caller.
    pub handover: Law,
    /// How long the first one waits with the caller at most.
    pub stays_at_most: Micros,
}

impl Transfer {
    /// Most times that a caller is passed on in one call, so that no circle of queues lasts for ever.
    pub const MOST: u8 = 5;
}

/// Rules of one queue.
const MOST_RULES: usize = 100;

impl Setting {
    /// Whether callers of any queue may be passed on.
    pub fn passes_on(&self) -> bool {
        self.queues.iter().any(|queue| !queue.transfers.is_empty())
    }
}

/// Reads by which rules each queue's callers are passed on; `None` for queues that an option has taken away.
pub(super) fn transfers(
    queues: &[Queue],
    fields: &[Source<'_>],
    files: &mut Files<'_>,
    out: &mut Findings,
) -> Vec<Option<Vec<Transfer>>> {
    let names: Vec<&str> = queues
        .iter()
        .zip(fields)
        .map(|(queue, (f, _))| if f.is_some() { queue.name.as_str() } else { "" })
        .collect();
    let mut read = |number: usize, f: &Fields<'_>| {
        let number_of_rules = f.list("transfers").len();
        if number_of_rules > MOST_RULES {
            let message = format!("{number_of_rules} rules of transfer: at most {MOST_RULES} are read");
            let help = "put those together that go to the same queue";
            out.fault(Code::TooMany, f.place_of("transfers"), message, help);
            return Vec::new();
        }
        let rules: Vec<Transfer> =
            f.tables("transfers").filter_map(|rule| transfer(&rule, number, &names, files, out)).collect();
        for (when, whom) in [(When::Any, "any call"), (When::Unresolved, "calls left unresolved")] {
            let sum: f64 = rules.iter().filter(|rule| rule.when == when).map(|rule| rule.probability).sum();
            if sum > 1.0 + 1e-9 {
                let message = format!("the probabilities of being passed on, of {whom}, add up to {sum}");
                let help = "let them add up to 1 at most: the rest are not passed on";
                out.fault(Code::WrongSum, f.place_of("transfers"), message, help);
            }
        }
        rules
    };
    fields.iter().enumerate().map(|(number, (f, _))| f.as_ref().map(|f| read(number, f))).collect()
}

fn transfer(
    f: &Fields<'_>,
    from: usize,
    names: &[&str],
    files: &mut Files<'_>,
    out: &mut Findings,
) -> Option<Transfer> {
    let warm = f.child("warm");
    let warm = match f.has("warm") {
        true => Some(Warm {
            handover: law(&warm, "handover", files, out)?,
            stays_at_most: warm.length("stays-at-most")?,
        }),
        false => None,
    };
    let name = f.node("to")?.text()?;
    let Some(to) = names.iter().position(|known| *known == name) else {
        let message = format!("there is no queue \"{name}\"");
        out.fault(Code::UnknownQueue, f.place_of("to"), message, known(name, names, "queues"));
        return None;
    };
    if to == from {
        let message = format!("`{name}` passes its callers on to itself");
        let help = "name another queue: who is passed on leaves the one they are in";
        out.fault(Code::ToItself, f.place_of("to"), message, help);
        return None;
    }
    let when = match f.text("when").as_str() {
        "unresolved" => When::Unresolved,
        _ => When::Any,
    };
    Some(Transfer { to, probability: f.number("probability")?, when, warm })
}
