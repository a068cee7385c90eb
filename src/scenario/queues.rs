//! Call types as meant.

use super::access::access;
use super::code::Code;
use super::demands::demand;
use super::fields::Fields;
use super::files::Files;
use super::finding::Findings;
use super::laws::law;
use super::meant::{Opening, Queue, Routing};
use super::policies;
use super::standard::Standard;
use crate::law::Law;
use crate::measure::ServiceLevel;
use crate::unit::{Date, HOUR, Micros, SECOND, duration, micros};

/// What a queue's demand needs to know of the rest.
pub(super) struct Around<'a> {
    /// When calls are accepted, where that is understood.
    pub(super) opening: Option<&'a Opening>,
    /// Length of an interval, where it is known.
    pub(super) interval: Option<Micros>,
    /// The first measured day, where it is known.
    pub(super) start: Option<Date>,
    /// The share of counted calls that are no repeats: 1 − q(1 − r0) of the base option.
    pub(super) no_repeats: f64,
    /// Which of the callable agents answers, where the queue does not say.
    pub(super) routing: Routing,
}

/// Reads a queue. Faulty parts become harmless ones: the scenario is refused in the end.
pub(super) fn queue(
    name: &str,
    f: &Fields<'_>,
    around: &Around<'_>,
    files: &mut Files<'_>,
    out: &mut Findings,
) -> Queue {
    let talk = law(f, "talk", files, out);
    let wrap = law(f, "wrap", files, out);
    let patience = law(f, "patience", files, out);
    unlikely(f, "talk", talk.as_ref(), (5.0, 3600.0), out);
    unlikely(f, "wrap", wrap.as_ref(), (0.0, 3600.0), out);
    unlikely(f, "patience", patience.as_ref(), (5.0, 7200.0), out);
    let talk_wrap_rho = f.number("talk-wrap-correlation").unwrap_or(0.0);
    for (name, law) in [("talk", &talk), ("wrap", &wrap)] {
        if talk_wrap_rho != 0.0 && law.as_ref().is_some_and(|law| law.variance() == 0.0) {
            let message = format!("`{name}` is always the same: the correlation changes nothing");
            let help = "give a law that varies, or leave `talk-wrap-correlation` out";
            out.warn(Code::Unlikely, f.place_of("talk-wrap-correlation"), message, help);
        }
    }
    let target = f.child("target");
    Queue {
        name: name.to_owned(),
        demand: demand(&f.child("demand"), around, files, out),
        talk: talk.unwrap_or(Law::Deterministic { value: 1.0 }),
        wrap: wrap.unwrap_or(Law::Deterministic { value: 0.0 }),
        talk_wrap_rho,
        patience,
        answer_within: target.length("answered-within").unwrap_or(20 * SECOND),
        target_share: target.number("share").unwrap_or(0.8),
        service_level: ServiceLevel::named(&target.text("service-level")),
        short_abandon: f.length("short-abandon").unwrap_or(0),
        priority: f.whole("priority").unwrap_or(1) as u8,
        access: access(f, files, out),
        standard: Standard::named(&f.text("measures")),
        head_start: f.length("head-start").unwrap_or(0),
        keep_free: f.whole("keep-free").unwrap_or(0) as u32,
        interrupts_wrap: f.flag("interrupts-wrap"),
        routing: policies::routing(&f.child("policy")).unwrap_or(around.routing),
        // Known once the teams are, and all queues.
        overflow: Vec::new(),
        transfers: Vec::new(),
        site_shares: Vec::new(),
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
