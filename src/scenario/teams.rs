//! Shifts, rotas and teams as meant.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use super::meant::{Pause, PauseKind, Shift, Team};
use super::nearest::nearest;
use super::tree::{Node, Place};
use crate::unit::{DAY, HOUR, Micros, clock};

/// The name in a rota that means a day off.
pub(super) const OFF: &str = "off";

/// Reads all shifts, in the order of the file.
pub(super) fn shifts(f: &Fields<'_>, out: &mut Findings) -> Vec<Shift> {
    let mut shifts = Vec::new();
    for (entry, shift) in f.named("shifts") {
        if entry.key == OFF {
            let help = "`off` means a day off in every rota: call the shift something else";
            out.fault(Code::ReservedName, entry.key_place, "a shift may not be called `off`", help);
        }
        // Hours that are faulty overlap nothing and hold any pause, so that nothing more is said about them.
        let hours = shift.shift_hours("hours");
        let (start, end) = hours.unwrap_or((DAY, DAY));
        if hours.is_some() && end - start > 13 * HOUR {
            let message = format!("a shift of {}: is that meant?", crate::unit::duration(end - start));
            let help = "an end before the start means the next day; most shifts last 4 to 12 hours";
            out.warn(Code::Unlikely, shift.place_of("hours"), message, help);
        }
        shifts.push(Shift { name: entry.key.clone(), start, end, pauses: pauses(&shift, hours, out) });
    }
    shifts
}

fn pauses(shift: &Fields<'_>, hours: Option<(Micros, Micros)>, out: &mut Findings) -> Vec<Pause> {
    let (start, end) = hours.unwrap_or((0, 2 * DAY));
    let mut found: Vec<(Pause, Place)> = Vec::new();
    for (list, noun) in [("breaks", "break"), ("off-phone", "time off the phone"), ("paperwork", "paperwork")]
    {
        for f in shift.tables(list) {
            let (Some(due), Some(length)) = (f.time_of_day("start"), f.length("length")) else { continue };
            // A time before the shift's start is meant on the next day, if the shift reaches it.
            let due = if due < start && end > DAY { due + DAY } else { due };
            if due < start || due + length > end {
                let message =
                    format!("the {noun} {}-{} is not inside the shift", clock(due), clock(due + length));
                let help = format!("the shift is from {} to {}", clock(start), clock(end));
                out.fault(Code::PauseOutside, f.place, message, help);
                continue;
            }
            let kind = match list {
                "breaks" if f.flag("unpaid") => PauseKind::UnpaidBreak,
                "breaks" => PauseKind::PaidBreak,
                "off-phone" => PauseKind::OffPhone,
                _ => PauseKind::Paperwork,
            };
            found.push((Pause { start: due, length, kind }, f.place));
        }
    }
    found.sort_by_key(|(pause, place)| (pause.start, *place));
    for pair in found.windows(2) {
        let (before, after) = (&pair[0].0, &pair[1].0);
        if after.start < before.start + before.length {
            let message = format!(
                "this begins at {} while what begins at {} goes on until {}",
                clock(after.start),
                clock(before.start),
                clock(before.start + before.length)
            );
            out.fault(Code::PausesOverlap, pair[1].1, message, "let one end before the next begins");
        }
    }
    found.into_iter().map(|(pause, _)| pause).collect()
}

/// Reads a team; queues and shifts are known by name.
pub(super) fn team(
    name: &str,
    f: &Fields<'_>,
    queues: &[&str],
    shifts: &[Shift],
    out: &mut Findings,
) -> Team {
    let agents = f.whole("agents").unwrap_or(0);
    if agents > 5000 {
        let message = format!("{agents} agents in one team: is that meant?");
        out.warn(
            Code::Unlikely,
            f.place_of("agents"),
            message,
            "if it is, leave it: this is a question, not a fault",
        );
    }
    let absence = f.number("absence").unwrap_or(0.0);
    if absence > 0.5 {
        let message = "more than half of all agent-days are lost: is that meant?";
        out.warn(Code::Unlikely, f.place_of("absence"), message, "16% is written 0.16");
    }
    Team {
        name: name.to_owned(),
        agents: agents as u32,
        answers: answers(f, queues, out),
        rota: rota(f, shifts, out),
        absence,
        pay_per_hour: f.number("pay-per-hour"),
        late_finishes_paid: f.flag("late-finishes-paid"),
    }
}

/// Whether faults leave open which queues a team answers, if any.
pub(super) fn unclear(f: &Fields<'_>, queues: &[&str]) -> bool {
    let known = |node: &Node| node.text().is_some_and(|name| queues.contains(&name));
    f.whole("agents").is_none()
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

fn known(name: &str, names: &[&str], noun: &str) -> String {
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

fn rota(f: &Fields<'_>, shifts: &[Shift], out: &mut Findings) -> Vec<[Option<usize>; 7]> {
    let names: Vec<&str> = shifts.iter().map(|s| s.name.as_str()).chain([OFF]).collect();
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
        refuse_overlaps(&days, shifts, out);
    }
    rota
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
