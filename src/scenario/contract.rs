//! Contracts in hours a week, held against the paid hours of the rota.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use super::meant::{Shift, Team};
use super::rota::Rota;
use super::tree::Place;
use crate::unit::{HOUR, MINUTE, Micros};

/// Agents named in one warning.
const MOST_NAMED: usize = 3;

/// An agent's contract and rota: agent, paid hours a week by contract and on average by rota, where the contract
/// stands.
struct Held {
    agent: u32,
    contract: Micros,
    rostered: Micros,
    place: Place,
}

/// Warns of agents whose rota pays other hours than their contract.
pub(super) fn check(f: &Fields<'_>, team: &Team, shifts: &[Shift], out: &mut Findings) {
    if !f.has("contract") && !f.has("contracts") || team.agents == 0 {
        return;
    }
    let rostered = rostered(team, shifts);
    let own = own_contracts(f, team, out);
    let general = f.length("contract");
    let mut differing: Vec<Held> = Vec::new();
    let mut with_contract = 0;
    for agent in 0..team.agents {
        let found = own.iter().find(|(known, ..)| *known == agent).map(|(_, hours, place)| (*hours, *place));
        let Some((contract, place)) = found.or(general.map(|hours| (hours, f.place_of("contract")))) else {
            continue;
        };
        with_contract += 1;
        let rostered = rostered[agent as usize % rostered.len()];
        if rostered.abs_diff(contract) >= MINUTE {
            differing.push(Held { agent, contract, rostered, place });
        }
    }
    tell(team, &differing, with_contract, out);
}

/// Mean paid time a week by agent; one entry where it is the same for all.
fn rostered(team: &Team, shifts: &[Shift]) -> Vec<Micros> {
    match &team.rota {
        Rota::Weeks(rows) => {
            let paid: Micros = rows.iter().flatten().flatten().map(|shift| shifts[*shift].paid()).sum();
            vec![paid / rows.len().max(1) as u64]
        }
        Rota::Cycle(cycle) => {
            let paid: Micros = cycle.days.iter().flatten().map(|shift| shifts[*shift].paid()).sum();
            vec![7 * paid / cycle.days.len() as u64]
        }
        Rota::Dated(dated) => {
            let mut paid = vec![0; team.agents.max(1) as usize];
            for s in &dated.shifts {
                paid[s.agent as usize] += shifts[s.shift as usize].paid();
            }
            let days = dated.span().map_or(7, |(first, last)| last.days_since(first) + 1);
            let weeks = (days as u64).div_ceil(7);
            paid.iter_mut().for_each(|p| *p /= weeks);
            paid
        }
    }
}

fn own_contracts(f: &Fields<'_>, team: &Team, out: &mut Findings) -> Vec<(u32, Micros, Place)> {
    let mut own = Vec::new();
    for (entry, _) in f.named("contracts") {
        let agent = (0..team.agents).find(|k| team.agent_name(*k) == entry.key);
        let hours = f.child("contracts").entry_length(entry);
        match (agent, hours) {
            (Some(agent), Some(hours)) => own.push((agent, hours, entry.node.place)),
            (None, _) => {
                let message = format!("`{}` has no agent \"{}\"", team.name, entry.key);
                let help = match &team.rota {
                    Rota::Dated(dated) => format!("use a name from `{}`", dated.file),
                    Rota::Weeks(_) | Rota::Cycle(_) => format!("its agents are \"1\" to \"{}\"", team.agents),
                };
                out.fault(Code::UnknownAgent, entry.key_place, message, help);
            }
            _ => {}
        }
    }
    own
}

fn tell(team: &Team, differing: &[Held], of: usize, out: &mut Findings) {
    let Some(first) = differing.first() else { return };
    let alike = |h: &Held| (h.contract, h.rostered) == (first.contract, first.rostered);
    let message = if differing.len() == of && differing.iter().all(alike) {
        format!("the rota of `{}` pays {}", team.name, compared(first))
    } else {
        let named: Vec<String> = differing
            .iter()
            .take(MOST_NAMED)
            .map(|h| format!("{} {}", team.agent_title(h.agent), compared(h)))
            .collect();
        let more = differing.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!("; {more} more") } else { String::new() };
        format!(
            "agents of `{}` paid other hours than their contract, {} of {of}: {}{more}",
            team.name,
            differing.len(),
            named.join("; ")
        )
    };
    let help = "paid hours are rostered hours less unpaid breaks: change a shift, a break or the contract";
    out.warn(Code::Contract, first.place, message, help);
}

/// "36h30m a week on average, 30m less than the contract of 37h".
fn compared(h: &Held) -> String {
    let (more, by) = match h.rostered > h.contract {
        true => ("more", h.rostered - h.contract),
        false => ("less", h.contract - h.rostered),
    };
    format!(
        "{} a week on average, {} {more} than the contract of {}",
        hours(h.rostered),
        hours(by),
        hours(h.contract)
    )
}

/// A length in hours and minutes, never in days: "37h", "18h30m", "45m".
pub fn hours(time: Micros) -> String {
    let minutes = (time + MINUTE / 2) / MINUTE;
    match (minutes / (HOUR / MINUTE), minutes % (HOUR / MINUTE)) {
        (0, minutes) => format!("{minutes}m"),
        (hours, 0) => format!("{hours}h"),
        (hours, minutes) => format!("{hours}h{minutes:02}m"),
    }
}
