//! Teams as meant.

use super::code::Code;
use super::fields::Fields;
use super::files::Files;
use super::finding::Findings;
use super::meant::{Shift, Team};
use super::nearest::nearest;
use super::path::quoted;
use super::rota::Rota;
use super::tree::{Node, Place};
use super::working_time::Rules;
use super::{contract, dated, rotas, routing, sites};
use crate::unit::Date;

/// The name in a rota that means a day off.
pub(super) const OFF: &str = "off";

/// What a team is read against.
pub(super) struct Around<'a> {
    /// The queues' names, empty for those taken away.
    pub(super) queues: &'a [&'a str],
    /// The sites' names so far; teams add to them.
    pub(super) sites: &'a mut Vec<String>,
    /// All shifts; rotas that give hours and staggered starts add to them.
    pub(super) shifts: &'a mut Vec<Shift>,
    /// How many of them are the scenario's own.
    pub(super) named: usize,
    /// The rules that rotas must keep.
    pub(super) rules: &'a Rules,
    /// First day measured, and how many.
    pub(super) window: (Date, i64),
}

/// Reads a team; queues and shifts are known by name.
pub(super) fn team(
    name: &str,
    f: &Fields<'_>,
    around: &mut Around<'_>,
    files: &mut Files<'_>,
    out: &mut Findings,
) -> Team {
    let absence = f.number("absence").unwrap_or(0.0);
    if absence > 0.5 {
        let message = "more than half of all agent-days are lost: is that meant?";
        out.warn(Code::Unlikely, f.place_of("absence"), message, "16% is written 0.16");
    }
    let answers = answers(f, around.queues, out);
    if answers.is_empty() && f.node("answers").and_then(Node::list).is_some_and(<[Node]>::is_empty) {
        let message = format!("`{name}` answers no queue: its agents are paid and never take a call");
        out.warn(Code::AnswersNothing, f.place_of("answers"), message, "name the queues it answers");
    }
    let (rota, places) = rota(name, f, around, files, out);
    let agents = agents(name, f, &rota, out);
    if agents > 5000 {
        let message = format!("{agents} agents in one team: is that meant?");
        let help = "if it is, leave it: this is a question, not a fault";
        out.warn(Code::Unlikely, f.place_of("agents"), message, help);
    }
    let stagger = rotas::stagger(&f.child("stagger"), around.shifts);
    let team = Team {
        name: name.to_owned(),
        site: sites::site(f, around.sites, out),
        agents,
        answers,
        rota,
        stagger,
        absence,
        pay_per_hour: f.number("pay-per-hour"),
        late_finishes_paid: f.flag("late-finishes-paid"),
        away_at_most: f.whole("away-at-most").map(|most| most as u32),
        priorities: routing::priorities(f, around.queues, out),
        proficiency: routing::proficiency(f, around.queues, out),
    };
    if let Some(places) = places {
        contract::check(f, &team, around.shifts, out);
        around.rules.check(&team, around.shifts, around.window.0, &places, out);
        ask_about_windows(f, &team, around.shifts, out);
    }
    team
}

/// The rota, by weeks, by a cycle of days or from a file, and the places of its entries where nothing is wrong with it.
fn rota(
    name: &str,
    f: &Fields<'_>,
    around: &mut Around<'_>,
    files: &mut Files<'_>,
    out: &mut Findings,
) -> (Rota, Option<Vec<Place>>) {
    if f.has("rota-file") && !f.has("rota") && !f.has("cycle") {
        let (dated, places) = dated::rota(name, f, around, files, out);
        return (Rota::Dated(dated), places);
    }
    let shifts = &around.shifts[..around.named];
    match f.has("cycle") && !f.has("rota") {
        true => rotas::cycle(f, shifts, out),
        false => rotas::weeks(f, shifts, out),
    }
}

/// Windows alone send everybody on break at once when they open: that is seldom meant.
fn ask_about_windows(f: &Fields<'_>, team: &Team, shifts: &[Shift], out: &mut Findings) {
    let opens =
        |shift: usize| shifts[shift].pauses.iter().any(|p| p.latest > p.start && p.when_quiet.is_none());
    let works = match &team.rota {
        Rota::Weeks(rows) => rows.iter().flatten().flatten().find(|shift| opens(**shift)).copied(),
        Rota::Cycle(cycle) => cycle.days.iter().flatten().find(|shift| opens(**shift)).copied(),
        Rota::Dated(dated) => dated.shifts.iter().map(|s| s.shift as usize).find(|shift| opens(*shift)),
    };
    if let (Some(shift), None, 2..) = (works, team.away_at_most, team.agents) {
        let message = format!(
            "all of `{}` on `{}` leave for a break when its window opens: is that meant?",
            team.name, shifts[shift].name
        );
        let help = "give the team `away-at-most`, or the break `when-quiet = true`, so that they take turns";
        out.warn(Code::Unlikely, f.place, message, help);
    }
}

/// How many agents there are: as the team says, or as its file names.
fn agents(name: &str, f: &Fields<'_>, rota: &Rota, out: &mut Findings) -> u32 {
    let given = f.whole("agents").map(|agents| agents as u32);
    match rota {
        Rota::Dated(dated) => {
            let named = dated.agents.len() as u32;
            if let Some(given) = given.filter(|given| *given != named && named > 0) {
                let message = format!("{given} agents, and `{}` names {named} of `{name}`", dated.file);
                let help = "take `agents` away: the file says how many there are";
                out.fault(Code::AgentsDiffer, f.place_of("agents"), message, help);
            }
            named
        }
        Rota::Weeks(_) | Rota::Cycle(_) => {
            if f.node("agents").is_none() && (f.has("rota") || f.has("cycle")) && !f.is_misspelt("agents") {
                let help = "give `agents`: how many agents (a whole number)";
                out.fault(
                    Code::MissingKey,
                    f.place,
                    format!("`agents` is missing in `teams.{}`", quoted(name)),
                    help,
                );
            }
            given.unwrap_or(0)
        }
    }
}

/// Whether faults leave open which queues a team answers, if any.
pub(super) fn unclear(f: &Fields<'_>, queues: &[&str]) -> bool {
    let known = |node: &Node| node.text().is_some_and(|name| queues.contains(&name));
    f.whole("agents").is_none() && !f.has("rota-file")
        || !f.node("answers").and_then(Node::list).is_some_and(|list| list.iter().all(known))
}

fn answers(f: &Fields<'_>, queues: &[&str], out: &mut Findings) -> Vec<usize> {
    let mut answers = Vec::new();
    for node in f.list("answers") {
        let Some(name) = node.text() else { continue };
        match queues.iter().position(|queue| *queue == name) {
            Some(number) if answers.contains(&number) => {
                let message = format!("\"{name}\" is named twice");
                out.fault(Code::DoubledName, node.place, message, "name each queue once");
            }
            Some(number) => answers.push(number),
            None => {
                let message = format!("there is no queue \"{name}\"");
                out.fault(Code::UnknownQueue, node.place, message, known(name, queues, "queues"));
            }
        }
    }
    answers.sort_unstable();
    answers
}

pub(super) fn known(name: &str, names: &[&str], noun: &str) -> String {
    let names: Vec<&str> = names.iter().copied().filter(|name| !name.is_empty()).collect();
    match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if names.is_empty() => format!("there are no {noun} at all"),
        None => format!(
            "the {noun} are {}",
            names.iter().map(|n| format!("\"{n}\"")).collect::<Vec<_>>().join(", ")
        ),
    }
}
