//! Call types as meant.

use super::code::Code;
use super::fields::Fields;
use super::files::Files;
use super::finding::Findings;
use super::laws::law;
use super::meant::{Demand, Opening, Queue, Shape, Volume};
use crate::law::Law;
use crate::unit::{HOUR, Micros, SECOND, duration, micros};

/// What a queue's demand needs to know of the rest.
pub(super) struct Around<'a> {
    /// When calls are accepted.
    pub(super) opening: &'a Opening,
    /// Length of an interval, where it is known.
    pub(super) interval: Option<Micros>,
    /// The share of counted calls that are no repeats: 1 − q(1 − r0) of the base option.
    pub(super) no_repeats: f64,
}

/// Reads a queue. Faulty parts become harmless ones: the scenario is refused in the end.
pub(super) fn queue(
    name: &str,
    f: &Fields<'_>,
    around: &Around<'_>,
    files: &mut Files<'_>,
    out: &mut Findings,
) -> Queue {
    let talk = law(f, "talk", out);
    let wrap = law(f, "wrap", out);
    let patience = law(f, "patience", out);
    unlikely(f, "talk", talk.as_ref(), (5.0, 3600.0), out);
    unlikely(f, "wrap", wrap.as_ref(), (0.0, 3600.0), out);
    unlikely(f, "patience", patience.as_ref(), (5.0, 7200.0), out);
    let target = f.child("target");
    Queue {
        name: name.to_owned(),
        demand: demand(&f.child("demand"), around, files, out),
        talk: talk.unwrap_or(Law::Deterministic { value: 1.0 }),
        wrap: wrap.unwrap_or(Law::Deterministic { value: 0.0 }),
        patience,
        answer_within: target.length("answered-within").unwrap_or(20 * SECOND),
        target_share: target.number("share").unwrap_or(0.8),
        short_abandon: f.length("short-abandon").unwrap_or(0),
        priority: f.whole("priority").unwrap_or(1) as u8,
    }
}

/// A warning where a mean is outside what call centres know.
fn unlikely(f: &Fields<'_>, name: &str, law: Option<&Law>, usual: (f64, f64), out: &mut Findings) {
    let Some(law) = law else { return };
    let mean = law.mean();
    if mean < usual.0 || mean > usual.1 {
        let rounded = micros(mean, 1000 * 24 * HOUR) / SECOND * SECOND;
        let message = format!("mean {name} is {}: is that meant?", duration(rounded));
        let help = "if it is, leave it: this is a question, not a fault; check the unit (s, m, h)";
        out.warn(Code::Unlikely, f.place_of(name), message, help);
    }
}

fn demand(f: &Fields<'_>, around: &Around<'_>, files: &mut Files<'_>, out: &mut Findings) -> Demand {
    type Per = (&'static str, fn(f64) -> Volume);
    let volumes: [Per; 5] = [
        ("per-year", Volume::PerYear),
        ("per-month", Volume::PerMonth),
        ("per-week", Volume::PerWeek),
        ("per-day", Volume::PerDay),
        ("per-hour", Volume::PerHour),
    ];
    let volume = volumes.iter().find_map(|(name, make)| f.number(name).map(make));
    let needs = f.text("counts") == "needs";
    let redial_share = f.number("redial-share").unwrap_or(0.0);
    let first_call_share = if needs { 1.0 } else { (1.0 - redial_share) * around.no_repeats };
    if redial_share >= 1.0 && !needs {
        let help = "leave some calls that are no redials";
        out.fault(Code::OutOfRange, f.place_of("redial-share"), "every counted call would be a redial", help);
    }
    let day_cv = f.number("day-cv").unwrap_or(0.0);
    for name in ["day-cv", "interval-cv"] {
        if f.number(name).is_some_and(|cv| cv > 1.0) {
            let message = format!("`{name}` above 1 means wild swings: is that meant?");
            out.warn(
                Code::Unlikely,
                f.place_of(name),
                message,
                "logs of call centres show 0.05 to 0.3; 15% is 0.15",
            );
        }
    }
    Demand {
        volume: volume.unwrap_or(Volume::PerYear(0.0)),
        shape: shape(f, around, files, out),
        times: f.number("times").unwrap_or(1.0),
        first_call_share,
        day_cv,
        day_phi: f.number("day-phi").unwrap_or(0.5),
        interval_cv: f.number("interval-cv").unwrap_or(0.0),
        interval_phi: f.number("interval-phi").unwrap_or(0.5),
    }
}

fn shape(f: &Fields<'_>, around: &Around<'_>, files: &mut Files<'_>, out: &mut Findings) -> Option<Shape> {
    let named_at = f.place_of("shape");
    let weights = files.weights(&f.file("shape")?, named_at, out)?;
    weights.hold_against(&around.opening.week, named_at, out);
    weights.shape(around.interval?, out)
}
