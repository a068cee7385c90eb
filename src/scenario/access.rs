//! How callers get through, as meant: telephone lines, full queues, balking.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use crate::unit::Micros;

/// The centre's telephone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Telephone {
    /// Lines of the centre; `None` for as many as are needed.
    pub lines: Option<u32>,
}

/// What stands between a queue's callers and an agent, besides the wait.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Access {
    /// Lines of the queue; `None` for as many as the centre has.
    pub lines: Option<u32>,
    /// Most callers who wait at a time; `None` for no limit.
    pub at_most_waiting: Option<u32>,
    /// The probability of ringing off at once, by announced wait: (from, probability), rising. Empty where nobody does.
    pub balking: Vec<(Micros, f64)>,
}

/// Reads the centre's telephone.
pub(super) fn telephone(f: &Fields<'_>) -> Telephone {
    Telephone { lines: f.whole("lines").map(|lines| lines as u32) }
}

/// Reads how a queue's callers get through.
pub(super) fn access(f: &Fields<'_>, out: &mut Findings) -> Access {
    Access {
        lines: f.whole("lines").map(|lines| lines as u32),
        at_most_waiting: f.whole("at-most-waiting").map(|most| most as u32),
        balking: balking(f, out),
    }
}

fn balking(f: &Fields<'_>, out: &mut Findings) -> Vec<(Micros, f64)> {
    let Some((kind, choice)) = f.kind("balking") else { return Vec::new() };
    if kind == "constant" {
        return choice.number("probability").map(|p| (0, p)).into_iter().collect();
    }
    let mut steps: Vec<(Micros, f64)> = Vec::new();
    for step in choice.tables("steps") {
        let (Some(from), Some(probability)) = (step.length("from"), step.number("probability")) else {
            continue;
        };
        if steps.last().is_some_and(|before| before.0 >= from) {
            let help = "let each step begin at a longer wait than the one before";
            out.fault(Code::WrongOrder, step.place_of("from"), "the steps are in the wrong order", help);
        }
        steps.push((from, probability));
    }
    if steps.is_empty()
        && f.kind("balking").is_some_and(|(_, f)| f.has("steps") && f.list("steps").is_empty())
    {
        let help = "give at least one: [{ from = \"2m\", probability = 0.2 }]";
        out.fault(Code::WrongLength, choice.place_of("steps"), "`steps` is empty", help);
    }
    steps
}

/// A warning where a queue has lines that the centre has not.
pub(super) fn compare(telephone: &Telephone, access: &Access, f: &Fields<'_>, out: &mut Findings) {
    if let (Some(centre), Some(queue)) = (telephone.lines, access.lines)
        && queue > centre
    {
        let message =
            format!("the queue has {queue} lines and the centre {centre}: the queue's change nothing");
        let help = "give the queue fewer lines than the centre, or leave `lines` out here";
        out.warn(Code::NoEffect, f.place_of("lines"), message, help);
    }
}
