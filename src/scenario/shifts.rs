//! Shifts: their hours, and the breaks, activities and paperwork within them.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use super::meant::{Pause, PauseKind, Shift};
use super::setting::MOST_SHIFTS;
use super::teams::OFF;
use super::tree::Place;
use crate::unit::{DAY, HOUR, Micros, clock};

/// Reads all shifts, in the order of the file.
pub(super) fn shifts(f: &Fields<'_>, out: &mut Findings) -> Vec<Shift> {
    let mut shifts = Vec::new();
    for (entry, shift) in f.named("shifts").take(MOST_SHIFTS) {
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

/// Hours of a shift.
type Hours = (Micros, Micros);

/// Reads breaks, activities and paperwork of a shift, by start.
fn pauses(shift: &Fields<'_>, hours: Option<Hours>, out: &mut Findings) -> Vec<Pause> {
    let hours = hours.unwrap_or((0, 2 * DAY));
    let mut found: Vec<(Pause, Place)> = Vec::new();
    for (list, noun) in [("breaks", "break"), ("off-phone", "time off the phone"), ("paperwork", "paperwork")]
    {
        for f in shift.tables(list) {
            let kind = match list {
                "breaks" if f.flag("unpaid") => PauseKind::UnpaidBreak,
                "breaks" => PauseKind::PaidBreak,
                "off-phone" => PauseKind::OffPhone,
                _ => PauseKind::Paperwork,
            };
            let pause = match kind.is_break() && f.has("between") {
                true => in_window(&f, hours, kind, out),
                false => at_a_time(&f, hours, (kind, noun), out),
            };
            found.extend(pause.map(|pause| (pause, f.place)));
        }
    }
    found.sort_by_key(|(pause, place)| (pause.start, *place));
    for pair in found.windows(2) {
        let (before, after) = (&pair[0].0, &pair[1].0);
        if after.start < before.latest + before.length {
            let what = if before.latest > before.start { "the window that opens" } else { "what begins" };
            let message = format!(
                "this begins at {} while {what} at {} goes on until {}",
                clock(after.start),
                clock(before.start),
                clock(before.latest + before.length)
            );
            out.fault(Code::PausesOverlap, pair[1].1, message, "let one end before the next begins");
        }
    }
    found.into_iter().map(|(pause, _)| pause).collect()
}

/// A time before the shift's start is meant on the next day, if the shift reaches it.
fn within((start, end): Hours, time: Micros) -> Micros {
    if time < start && end > DAY { time + DAY } else { time }
}

/// Whether a stretch lies inside the shift; if not, that is a fault.
fn is_inside(f: &Fields<'_>, hours: Hours, what: &str, from: Micros, to: Micros, out: &mut Findings) -> bool {
    let inside = hours.0 <= from && to <= hours.1;
    if !inside {
        let message = format!("the {what} {}-{} is not inside the shift", clock(from), clock(to));
        let help = format!("the shift is from {} to {}", clock(hours.0), clock(hours.1));
        out.fault(Code::PauseOutside, f.place, message, help);
    }
    inside
}

fn at_a_time(
    f: &Fields<'_>,
    hours: Hours,
    (kind, noun): (PauseKind, &str),
    out: &mut Findings,
) -> Option<Pause> {
    let (due, length) = (f.time_of_day("start")?, f.length("length")?);
    if kind.is_break() {
        if f.flag("when-quiet") {
            let help = "give the break a window in the place of its start: between = \"10:00-11:30\"";
            let message = "`when-quiet` has no effect on a break at a time";
            out.fault(Code::NoEffect, f.place_of("when-quiet"), message, help);
        }
        refuse_idle_left(f, out);
    }
    let due = within(hours, due);
    let pause = Pause { start: due, latest: due, length, kind, when_quiet: None };
    is_inside(f, hours, noun, due, due + length, out).then_some(pause)
}

fn in_window(f: &Fields<'_>, hours: Hours, kind: PauseKind, out: &mut Findings) -> Option<Pause> {
    let ((opens, closes), length) = (f.shift_hours("between")?, f.length("length")?);
    refuse_idle_left(f, out);
    let from = within(hours, opens);
    let to = closes + (from - opens);
    if !is_inside(f, hours, "window", from, to, out) {
        return None;
    }
    if from + length > to {
        let message = format!(
            "a break of {} does not fit its window {}-{}",
            crate::unit::duration(length),
            clock(from),
            clock(to)
        );
        out.fault(Code::PauseOutside, f.place, message, "make the window at least as long as the break");
        return None;
    }
    let quiet = f.flag("when-quiet").then(|| f.whole("idle-left").unwrap_or(1) as u32);
    Some(Pause { start: from, latest: to - length, length, kind, when_quiet: quiet })
}

fn refuse_idle_left(f: &Fields<'_>, out: &mut Findings) {
    if f.has("idle-left") && !f.flag("when-quiet") {
        let message = "`idle-left` has no effect without `when-quiet = true`";
        let help = "add `when-quiet = true`, or take `idle-left` away";
        out.fault(Code::NoEffect, f.place_of("idle-left"), message, help);
    }
}
