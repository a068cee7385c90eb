//! Policies and responses as meant.

use super::code::Code;
use super::fields::Fields;
use super::files::Files;
use super::finding::Findings;
use super::laws::law;
use super::meant::{
    Backlog, Closing, Response, Routing, Satisfaction, ShiftEnd, TalkPolicy, WrapPolicy, WrapRule,
};
use crate::law::Law;
use crate::unit::{HOUR, MINUTE, seconds};

/// Reads the wrap policy in a table `wrap`; `None` where it is not given.
pub(super) fn wrap(f: &Fields<'_>, out: &mut Findings) -> Option<WrapPolicy> {
    let (kind, f) = f.kind("wrap")?;
    let whole = |rule, minimum| Some(WrapPolicy { rule, minimum, absorbed: 0.0, dropped: 0.0 });
    let within = || f.length("within").unwrap_or(0);
    let minimum = || f.length("minimum").unwrap_or(0);
    let (rule, minimum) = match kind {
        "as-needed" => return whole(WrapRule::AsNeeded, minimum()),
        "optional" | "mandatory" => return whole(WrapRule::AsNeeded, 0),
        "scheduled" => return whole(WrapRule::Scheduled { within: within() }, minimum()),
        "target" => {
            let pressure = f.number("pressure").unwrap_or(0.0);
            (WrapRule::Target { within: within(), pressure }, minimum())
        }
        "adaptive" => (WrapRule::Adaptive { within: within() }, minimum()),
        "time-boxed" => (WrapRule::Cap { within: within() }, 0),
        "time-boxed-without-early-exit" => (WrapRule::Cap { within: within() }, within()),
        _ => (WrapRule::Cap { within: within() }, minimum()),
    };
    let (absorbed, dropped) = (f.number("absorbed").unwrap_or(0.0), f.number("dropped").unwrap_or(0.0));
    if absorbed + dropped > 1.0 + 1e-12 {
        let message =
            format!("`absorbed` and `dropped` add up to {}", super::value::tidy(absorbed + dropped));
        let help = "they are shares of the same work and add up to 1 at most; the rest is put off";
        let place = f.place_of("absorbed").max(f.place_of("dropped"));
        out.fault(Code::WrongSum, place, message, help);
    }
    Some(WrapPolicy { rule, minimum, absorbed, dropped })
}

/// Reads which of the callable agents answers; `None` where it is not given.
pub(super) fn routing(f: &Fields<'_>) -> Option<Routing> {
    f.has("routing").then(|| match f.text("routing").as_str() {
        "best-proficiency" => Routing::BestProficiency,
        "fewest-skills" => Routing::FewestSkills,
        "team-order" => Routing::TeamOrder,
        _ => Routing::LongestIdle,
    })
}

/// Reads the talk policy.
pub(super) fn talk(f: &Fields<'_>) -> TalkPolicy {
    match f.kind("talk") {
        Some(("target", f)) => TalkPolicy::Target {
            within: f.length("within").unwrap_or(0),
            pressure: f.number("pressure").unwrap_or(0.0),
        },
        _ => TalkPolicy::AsNeeded,
    }
}

/// Reads what happens at closing time.
pub(super) fn closing(f: &Fields<'_>) -> Closing {
    match f.kind("closing") {
        Some(("stay-to-finish", _)) => Closing::StayToFinish,
        Some(("turn-away", _)) => Closing::TurnAway,
        _ => Closing::FinishQueue,
    }
}

/// Reads what happens at the end of a shift.
pub(super) fn shift_end(f: &Fields<'_>) -> ShiftEnd {
    match f.kind("shift-end") {
        Some(("finish-call", _)) => ShiftEnd::FinishCall,
        Some(("stop-early", f)) => ShiftEnd::StopEarly(f.length("last").unwrap_or(0)),
        _ => ShiftEnd::FinishWork,
    }
}

/// Reads when put-off work is done.
pub(super) fn backlog(f: &Fields<'_>) -> Backlog {
    Backlog {
        resume: f.number("resume").unwrap_or(1.0),
        in_idle_time: f.flag("in-idle-time"),
        interruptible: f.flag("interruptible"),
        overtime: f.length("overtime").unwrap_or(0),
    }
}

/// Reads resolution, second attempts and satisfaction.
pub(super) fn response(f: &Fields<'_>, files: &mut Files<'_>, out: &mut Findings) -> Response {
    let number = |name: &str, otherwise: f64| f.number(name).unwrap_or(otherwise);
    let s = f.child("satisfaction");
    let coefficient = |name: &str| s.number(name).unwrap_or(0.0);
    let mut delay =
        |name: &str, otherwise: f64| law(f, name, files, out).unwrap_or(Law::Exponential { mean: otherwise });
    let repeat_delay = delay("repeat-delay", seconds(36 * HOUR));
    let redial_delay = delay("redial-delay", seconds(15 * MINUTE));
    if number("repeats", 0.0) > 0.0 && repeat_delay.mean() < seconds(MINUTE) {
        // Repeats of a call that takes no time would follow one another without end.
        let message = format!("repeats come {} seconds after the call on average", repeat_delay.mean());
        let help =
            "give a mean of \"1m\" or more; people who try again after hours or days are what is meant";
        out.fault(Code::OutOfRange, f.place_of("repeat-delay"), message, help);
    }
    Response {
        resolved: number("resolved", 1.0),
        loss_dropped: number("repeats-after-cut", 0.0),
        loss_share: number("repeats-per-share-cut", 0.0),
        loss_talk: number("loss-per-talk-cut", 0.0),
        repeats: number("repeats", 0.0),
        repeat_delay,
        redials: number("redials", 0.0),
        redial_delay,
        redials_at_most: f.whole("redials-at-most").unwrap_or(0) as u32,
        after_closing: number("after-closing", 0.5),
        chase: number("chase", 0.0),
        satisfaction: Satisfaction {
            base: coefficient("base"),
            per_minute: coefficient("per-minute"),
            per_contact: coefficient("per-contact"),
            unresolved: coefficient("unresolved"),
            never_answered: coefficient("never-answered"),
        },
    }
}
