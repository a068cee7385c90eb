//! Rotas by weeks and by cycles of days, and staggered starts: read from the scenario's own lists.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use super::meant::Shift;
use super::rota::{DayCycle, Rota};
use super::teams::{OFF, known};
use super::tree::{Node, Place};
use crate::unit::{DAY, clock, duration};

/// A rota as read, and the places of its entries in order where nothing is wrong with it so far.
pub(super) type Read = (Rota, Option<Vec<Place>>);

/// Reads the rows of a rota by weeks.
pub(super) fn weeks(f: &Fields<'_>, shifts: &[Shift], out: &mut Findings) -> Read {
    let names = names(shifts);
    let mut rota = Vec::new();
    let mut days: Vec<(Option<usize>, Place)> = Vec::new();
    let mut sound = true;
    for row in f.list("rota") {
        let entries = row.list().unwrap_or_default();
        sound &= entries.len() == 7;
        let mut week = [None; 7];
        for (day, node) in entries.iter().enumerate().take(7) {
            let shift = shift_number(node, &names, &mut sound, out);
            week[day] = shift;
            days.push((shift, node.place));
        }
        rota.push(week);
    }
    if rota.is_empty() {
        if let Some(node) = f.node("rota").filter(|node| node.list().is_some()) {
            let help = "give one row a week: [\"early\", \"early\", \"late\", \"late\", \"early\", \"off\", \"off\"]";
            out.fault(Code::WrongLength, node.place, "the rota has no weeks", help);
        }
        rota.push([None; 7]);
    } else if sound {
        judge(&days, f.place_of("rota"), shifts, out);
    }
    (Rota::Weeks(rota), sound.then(|| days.into_iter().map(|(_, place)| place).collect()))
}

/// Reads a cycle of days, worked by groups one after another.
pub(super) fn cycle(f: &Fields<'_>, shifts: &[Shift], out: &mut Findings) -> Read {
    let names = names(shifts);
    let f = f.child("cycle");
    let mut sound = true;
    let mut days: Vec<(Option<usize>, Place)> = Vec::new();
    for node in f.list("days") {
        days.push((shift_number(node, &names, &mut sound, out), node.place));
    }
    if days.is_empty() {
        if let Some(node) = f.node("days").filter(|node| node.list().is_some()) {
            let help = "give one shift a day: [\"early\", \"early\", \"late\", \"late\", \"off\", \"off\"]";
            out.fault(Code::WrongLength, node.place, "the cycle has no days", help);
        }
        return (Rota::Cycle(DayCycle { days: vec![None], step: 1 }), None);
    }
    let groups = match f.node("groups") {
        Some(_) => f.whole("groups").unwrap_or(1) as usize,
        None => days.len(),
    };
    if !days.len().is_multiple_of(groups) {
        let message = format!("{groups} groups cannot share a cycle of {} days evenly", days.len());
        let able: Vec<String> =
            (2..=days.len()).filter(|n| days.len().is_multiple_of(*n)).map(|n| n.to_string()).collect();
        let help = match able.is_empty() {
            true => "a cycle of one day has one group: leave `groups` out".to_owned(),
            false => format!("each group is equally many days further on: groups may be {}", able.join(", ")),
        };
        out.fault(Code::UnevenInterval, f.place_of("groups"), message, help);
        return (Rota::Cycle(DayCycle { days: vec![None], step: 1 }), None);
    }
    if sound {
        judge(&days, f.place_of("days"), shifts, out);
    }
    let step = days.len() / groups;
    let (days, places) = days.into_iter().unzip();
    (Rota::Cycle(DayCycle { days, step }), sound.then_some(places))
}

fn names(shifts: &[Shift]) -> Vec<&str> {
    shifts.iter().map(|s| s.name.as_str()).chain([OFF]).collect()
}

/// Faults of days that come round: shifts that overlap, or none at all.
fn judge(days: &[(Option<usize>, Place)], rota: Place, shifts: &[Shift], out: &mut Findings) {
    refuse_overlaps(days, shifts, out);
    if days.iter().all(|(shift, _)| shift.is_none()) {
        let message = "the rota names no shift: nobody in this team ever works";
        let help = "name a shift on at least one day, or take the team away";
        out.fault(Code::EmptyRota, rota, message, help);
    }
}

fn shift_number(node: &Node, names: &[&str], sound: &mut bool, out: &mut Findings) -> Option<usize> {
    let name = node.text().unwrap_or(OFF);
    let number = names.iter().position(|known| *known == name);
    if number.is_none() {
        *sound = false;
        let message = format!("there is no shift \"{name}\"");
        out.fault(Code::UnknownShift, node.place, message, known(name, names, "shifts"));
    }
    number.filter(|number| names[*number] != OFF)
}

/// A shift that crosses midnight must end before the next day's begins, also from one row to the next.
fn refuse_overlaps(days: &[(Option<usize>, Place)], shifts: &[Shift], out: &mut Findings) {
    for (day, (today, _)) in days.iter().enumerate() {
        let (tomorrow, place) = days[(day + 1) % days.len()];
        if let (Some(today), Some(tomorrow)) = (*today, tomorrow) {
            let (today, tomorrow) = (&shifts[today], &shifts[tomorrow]);
            if today.end > tomorrow.start + DAY {
                let message = format!(
                    "`{}` begins at {} and `{}` of the day before ends at {}",
                    tomorrow.name,
                    clock(tomorrow.start),
                    today.name,
                    clock(today.end - DAY)
                );
                out.fault(Code::ShiftsOverlap, place, message, "an agent cannot work two shifts at once");
            }
        }
    }
}

/// Adds the shifts of staggered starts after the others; by step, the shift worked in the place of each.
pub(super) fn stagger(f: &Fields<'_>, shifts: &mut Vec<Shift>) -> Vec<Vec<usize>> {
    let (Some(by), Some(starts)) = (f.length("by"), f.whole("starts")) else { return Vec::new() };
    let rostered = shifts.clone();
    let mut steps = vec![(0..rostered.len()).collect::<Vec<_>>()];
    for step in 1..starts as u64 {
        let later = step * by;
        let moved = rostered.iter().map(|shift| number_of(shift.moved(later), shifts)).collect();
        steps.push(moved);
    }
    steps
}

/// The number of a shift among others, which it joins if it is new.
pub(super) fn number_of(shift: Shift, shifts: &mut Vec<Shift>) -> usize {
    match shifts.iter().position(|known| *known == shift) {
        Some(number) => number,
        None => {
            shifts.push(shift);
            shifts.len() - 1
        }
    }
}

impl Shift {
    /// The same shift, breaks and all, so much later.
    fn moved(&self, later: crate::unit::Micros) -> Shift {
        let mut shift = self.clone();
        shift.name = format!("{} +{}", self.name, duration(later));
        shift.start += later;
        shift.end += later;
        for pause in &mut shift.pauses {
            pause.start += later;
            pause.latest += later;
        }
        shift
    }
}
