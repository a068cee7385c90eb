//! How callers get through, as meant: telephone lines, menus, full queues, balking, announcements.

use super::code::Code;
use super::fields::Fields;
use super::files::Files;
use super::finding::Findings;
use super::laws::law;
use crate::law::Law;
use crate::unit::{Date, Micros};

/// The centre's telephone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Telephone {
    /// Lines of the centre; `None` for as many as are needed.
    pub lines: Option<u32>,
    /// When the telephone is down, as the file has them.
    pub outages: Vec<Outage>,
}

/// A time in which the telephone is down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outage {
    /// The day on which it begins.
    pub date: Date,
    /// When it begins, microseconds after midnight.
    pub start: Micros,
    /// How long it lasts.
    pub length: Micros,
    /// The only site that it is down at, by number; `None` for the whole centre.
    pub site: Option<usize>,
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
    /// The voice menu before the queue, where there is one.
    pub menu: Option<Menu>,
    /// Announcements to those who wait, where there are any.
    pub announcements: Option<Announcements>,
    /// The callback that is offered, where there is one.
    pub callback: Option<Callback>,
}

/// A callback offered to those who wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Callback {
    /// The wait after which it is offered.
    pub after: Micros,
    /// The probability that a caller accepts.
    pub accepted: f64,
    /// The probability that the caller is reached, each time anew.
    pub reached: f64,
    /// How long the agent rings.
    pub ringing: Micros,
    /// Most tries.
    pub tries: u32,
    /// How long after a try that reached nobody the next one is due.
    pub again_after: Micros,
}

/// A voice menu.
#[derive(Debug, Clone, PartialEq)]
pub struct Menu {
    /// How long it takes.
    pub time: Law,
    /// The probability that a caller leaves in it, at a moment spread evenly over the time it would take.
    pub leave: f64,
}

/// Announcements to those who wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Announcements {
    /// The wait at which the first is heard.
    pub first: Micros,
    /// How long after each the next one comes; `None` for one alone.
    pub every: Option<Micros>,
    /// The probability that a caller who hears one leaves, each time anew.
    pub leave: f64,
}

/// Reads the centre's telephone.
pub(super) fn telephone(
    f: &Fields<'_>,
    window: (Date, i64),
    sites: &[String],
    out: &mut Findings,
) -> Telephone {
    let outage = |f: Fields<'_>| {
        let (date, start, length) = (f.date("date")?, f.time_of_day("start")?, f.length("length")?);
        let day = date.days_since(window.0);
        if day < 0 || day >= window.1 {
            let help = "check the date; left as it is, it can only touch the days simulated before or after";
            let message = "the outage does not begin on a day that is measured";
            out.warn(Code::NoEffect, f.place_of("date"), message, help);
        }
        let site =
            f.has("site").then(|| super::sites::known_site(&f.text("site"), f.place_of("site"), sites, out));
        // An outage at a site that is not there is none.
        let site = match site {
            Some(found) => Some(found?),
            None => None,
        };
        Some(Outage { date, start, length, site })
    };
    let lines = f.whole("lines").map(|lines| lines as u32);
    Telephone { lines, outages: f.tables("outages").filter_map(outage).collect() }
}

/// Reads how a queue's callers get through.
pub(super) fn access(f: &Fields<'_>, files: &mut Files<'_>, out: &mut Findings) -> Access {
    Access {
        lines: f.whole("lines").map(|lines| lines as u32),
        at_most_waiting: f.whole("at-most-waiting").map(|most| most as u32),
        balking: balking(f, out),
        menu: menu(f, files, out),
        announcements: announcements(f),
        callback: callback(f),
    }
}

fn menu(f: &Fields<'_>, files: &mut Files<'_>, out: &mut Findings) -> Option<Menu> {
    let menu = f.child("menu");
    let time = law(&menu, "time", files, out)?;
    Some(Menu { time, leave: menu.number("leave").unwrap_or(0.0) })
}

fn callback(f: &Fields<'_>) -> Option<Callback> {
    let f = f.child("callback");
    Some(Callback {
        after: f.length("after")?,
        accepted: f.number("accepted")?,
        reached: f.number("reached")?,
        ringing: f.length("ringing")?,
        tries: f.whole("tries")? as u32,
        again_after: f.length("again-after")?,
    })
}

fn announcements(f: &Fields<'_>) -> Option<Announcements> {
    let f = f.child("announcements");
    Some(Announcements { first: f.length("first")?, every: f.length("every"), leave: f.number("leave")? })
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
