//! Demand as meant: a volume, how it is spread, and what changes it by date.

use super::calendar::{Calendar, Dated, Event, Phase, Trend};
use super::code::Code;
use super::counts;
use super::fields::Fields;
use super::files::Files;
use super::finding::Findings;
use super::meant::{Demand, Shape, Volume};
use super::queues::Around;
use crate::unit::{DAY, Micros, duration};
use std::sync::Arc;

/// Reads a queue's demand.
pub(super) fn demand(
    f: &Fields<'_>,
    around: &Around<'_>,
    files: &mut Files<'_>,
    out: &mut Findings,
) -> Demand {
    let needs = f.text("counts") == "needs";
    let redial_share = f.number("redial-share").unwrap_or(0.0);
    let first_call_share = if needs { 1.0 } else { (1.0 - redial_share) * around.no_repeats };
    if redial_share >= 1.0 && !needs {
        let help = "leave some calls that are no redials";
        out.fault(Code::OutOfRange, f.place_of("redial-share"), "every counted call would be a redial", help);
    }
    for name in ["day-cv", "interval-cv"] {
        if f.number(name).is_some_and(|cv| cv > 1.0) {
            let message = format!("`{name}` above 1 means wild swings: is that meant?");
            let help = "logs of call centres show 0.05 to 0.3; 15% is 0.15";
            out.warn(Code::Unlikely, f.place_of(name), message, help);
        }
    }
    let day_cv = f.number("day-cv").unwrap_or(0.0);
    let day_correlation = f.number("day-correlation").unwrap_or(0.0);
    if day_correlation > 0.0 && day_cv == 0.0 {
        let message = "every day is equally busy: the correlation changes nothing";
        out.warn(
            Code::Unlikely,
            f.place_of("day-correlation"),
            message,
            "give `day-cv` too, or leave this out",
        );
    }
    let (volume, shape) = volume(f, around, files, out);
    Demand {
        volume,
        shape,
        times: f.number("times").unwrap_or(1.0),
        calendar: calendar(f, around, files, out),
        straight_lines: f.flag("straight-lines"),
        first_call_share,
        day_cv,
        day_phi: f.number("day-phi").unwrap_or(0.5),
        day_correlation,
        interval_cv: f.number("interval-cv").unwrap_or(0.0),
        interval_phi: f.number("interval-phi").unwrap_or(0.5),
    }
}

/// The volume and how it is spread over the week.
fn volume(
    f: &Fields<'_>,
    around: &Around<'_>,
    files: &mut Files<'_>,
    out: &mut Findings,
) -> (Volume, Option<Shape>) {
    type Per = (&'static str, fn(f64) -> Volume);
    let volumes: [Per; 5] = [
        ("per-year", Volume::PerYear),
        ("per-month", Volume::PerMonth),
        ("per-week", Volume::PerWeek),
        ("per-day", Volume::PerDay),
        ("per-hour", Volume::PerHour),
    ];
    for (name, an_hour) in [("per-interval", false), ("rates", true)] {
        if f.node(name).is_some() {
            for extra in ["shape", "week-shape", "day-shape"].iter().filter(|extra| f.node(extra).is_some()) {
                let message = format!("`{name}` says already when calls come");
                out.fault(Code::TwoWays, f.place_of(extra), message, format!("leave `{extra}` out"));
            }
            let shape = table(f, name, an_hour, around, files, out);
            let calls = shape.iter().flat_map(|shape| shape.weights.iter().flatten()).sum();
            return (Volume::PerWeek(calls), shape);
        }
    }
    let volume = volumes.iter().find_map(|(name, make)| f.number(name).map(make));
    let parts = ["week-shape", "day-shape"].into_iter().filter(|name| f.node(name).is_some());
    if f.node("shape").is_some() {
        for part in parts {
            let help = "give `shape` alone, or `week-shape` and `day-shape`";
            out.fault(Code::TwoWays, f.place_of(part), format!("`{part}` besides `shape`"), help);
        }
        return (volume.unwrap_or(Volume::PerYear(0.0)), shape(f, around, files, out));
    }
    let shape = if parts.count() > 0 { by_parts(f, around, files, out) } else { None };
    (volume.unwrap_or(Volume::PerYear(0.0)), shape)
}

fn shape(f: &Fields<'_>, around: &Around<'_>, files: &mut Files<'_>, out: &mut Findings) -> Option<Shape> {
    let named_at = f.place_of("shape");
    let weights = files.weights(&f.file("shape")?, named_at, out)?;
    weights.hold_against(&around.opening?.week, named_at, out);
    weights.shape(around.interval?, out)
}

/// A table of calls, or of calls an hour, as weights that are calls themselves.
fn table(
    f: &Fields<'_>,
    name: &str,
    an_hour: bool,
    around: &Around<'_>,
    files: &mut Files<'_>,
    out: &mut Findings,
) -> Option<Shape> {
    let named_at = f.place_of(name);
    let weights = files.weights(&f.file(name)?, named_at, out)?;
    weights.hold_against(&around.opening?.week, named_at, out);
    weights.calls(&around.opening?.week, around.interval?, an_hour, out)
}

/// A shape made of the weights of weekdays and those of the day.
fn by_parts(f: &Fields<'_>, around: &Around<'_>, files: &mut Files<'_>, out: &mut Findings) -> Option<Shape> {
    let week = &around.opening?.week;
    let days = f.numbers("week-shape");
    if let Some(days) = &days {
        for (number, (weight, hours)) in days.iter().zip(week).enumerate() {
            if (*weight > 0.0) != hours.is_some() {
                let day = crate::unit::Weekday(number as u8).title();
                let place = f.list("week-shape").get(number).map_or(f.place, |node| node.place);
                match hours {
                    None => {
                        let message = format!("calls on {day}, when the centre does not open");
                        out.fault(
                            Code::ShapeOutside,
                            place,
                            message,
                            "set this weight to 0, or change `opening`",
                        );
                    }
                    Some(_) => {
                        let message = format!("the centre opens on {day} and has no calls then");
                        let help = "nobody will call that day; if that is wrong, give a weight";
                        out.warn(Code::ShapeEmptyDay, place, message, help);
                    }
                }
            }
        }
    } else if f.node("week-shape").is_some() {
        return None;
    }
    let interval = around.interval?;
    let mut shape = match f.node("day-shape") {
        Some(_) => {
            let named_at = f.place_of("day-shape");
            let weights = files.day_weights(&f.file("day-shape")?, named_at, out)?;
            weights.hold_day_against(week, out);
            weights.calls(week, interval, false, out)?
        }
        None => Shape { file: String::new(), weights: super::shape::open_hours(week, interval) },
    };
    for (number, weights) in shape.weights.iter_mut().enumerate() {
        let (sum, target) = (weights.iter().sum::<f64>(), days.as_ref().map(|days| days[number]));
        if let Some(target) = target.filter(|_| sum > 0.0) {
            weights.iter_mut().for_each(|weight| *weight *= target / sum);
        }
    }
    Some(shape)
}

/// What changes demand by date.
fn calendar(f: &Fields<'_>, around: &Around<'_>, files: &mut Files<'_>, out: &mut Findings) -> Calendar {
    let trend = f.child("trend");
    let trend = trend.number("per-year").zip(trend.date("from").or(around.start));
    let phases: Vec<Phase> = f
        .tables("phases")
        .filter_map(|phase| Some(Phase { from: phase.date("from")?, share: phase.number("share")? }))
        .collect();
    if phases.windows(2).any(|pair| pair[0].from >= pair[1].from) {
        let help = "put them in the order of their dates, each date once";
        out.fault(Code::WrongOrder, f.place_of("phases"), "the phases are in the wrong order", help);
    }
    Calendar {
        trend: trend.map(|(per_year, from)| Trend { per_year, from }),
        events: f.tables("events").filter_map(|event| self::event(&event, around, out)).flatten().collect(),
        phases,
        dated: ["dated", "known-days"]
            .iter()
            .find_map(|name| dated(f, name, around, files, out))
            .map(Arc::new),
    }
}

/// An event; one that goes on past midnight is the evening of each of its dates and the morning after.
fn event(f: &Fields<'_>, around: &Around<'_>, out: &mut Findings) -> Option<Vec<Event>> {
    let from = f.date("from")?;
    let to = if f.node("to").is_some() { f.date("to")? } else { from };
    let (start, end) = (f.time_of_day("start")?, f.time_of_day("end")?);
    if to < from || end == start {
        let name = if to < from { "to" } else { "end" };
        let help = "an event ends after it begins; an end earlier in the day than its start is next day";
        out.fault(Code::WrongOrder, f.place_of(name), "the event ends before it begins", help);
        return None;
    }
    for (name, time) in [("start", start), ("end", end)] {
        if !time.is_multiple_of(around.interval?) {
            whole(f, name, around.interval?, out);
            return None;
        }
    }
    let times = f.number("times")?;
    if start < end {
        return Some(vec![Event { from, to, start, end, times }]);
    }
    let evening = Event { from, to, start, end: DAY, times };
    let morning = Event { from: from.plus(1), to: to.plus(1), start: 0, end, times };
    Some(if end > 0 { vec![evening, morning] } else { vec![evening] })
}

fn whole(f: &Fields<'_>, name: &str, interval: Micros, out: &mut Findings) {
    let message = format!("`{name}` lies within an interval of {}", duration(interval));
    let help = "let events begin and end with intervals, or shorten `horizon.interval`";
    out.fault(Code::UnevenInterval, f.place_of(name), message, help);
}

fn dated(
    f: &Fields<'_>,
    name: &str,
    around: &Around<'_>,
    files: &mut Files<'_>,
    out: &mut Findings,
) -> Option<Dated> {
    let file = f.file(name)?;
    let rows = files.counts(&file, f.place_of(name), out)?;
    debug_assert!(around.interval.is_none_or(|interval| DAY.is_multiple_of(interval)));
    counts::dated(&rows, &file, around.opening?, around.interval?, out)
}
