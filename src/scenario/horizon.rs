//! Dates held against the horizon: counts that are missing, and windows that no simulated day reaches.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use super::keys::SCENARIO;
use super::meant::{Demand, Horizon, Setting};
use super::tree::Node;
use crate::unit::Date;

/// Tells of dates that do not fit the simulated days.
pub(super) fn hold_against(tree: &Node, setting: &Setting, horizon: &Horizon, out: &mut Findings) {
    let f = Fields::of(tree, &SCENARIO);
    for (entry, queue) in f.named("queues") {
        let Some(meant) = setting.queues.iter().find(|queue| queue.name == entry.key) else { continue };
        let demand = queue.child("demand");
        if demand.node("dated").is_some() {
            all_counted(&demand, &meant.demand, setting, horizon, out);
        }
        if demand.node("known-days").is_some() {
            some_counted(&demand, &meant.demand, horizon, out);
        }
        windows(&demand, horizon, out);
    }
    let opening = f.child("opening");
    if opening.node("holidays").is_some() && !setting.opening.closed.is_empty() {
        // A volume is divided among the open days of its calendar year.
        let (first, last) = (horizon.first_date().year(), last(horizon).year());
        if !setting.opening.closed.iter().any(|date| (first..=last).contains(&date.year())) {
            let message = format!("no holiday of the list lies in {first}{}", to(first, last));
            let help = "is it the list of another year?";
            out.warn(Code::Unlikely, opening.place_of("holidays"), message, help);
        }
    }
}

fn to(first: i16, last: i16) -> String {
    if first == last { String::new() } else { format!(" to {last}") }
}

fn last(horizon: &Horizon) -> Date {
    horizon.date(horizon.total_days().saturating_sub(1))
}

/// Every open day that is simulated must have its count.
fn all_counted(f: &Fields<'_>, demand: &Demand, setting: &Setting, horizon: &Horizon, out: &mut Findings) {
    let Some(dated) = &demand.calendar.dated else { return };
    let dates = (0..horizon.total_days()).map(|day| horizon.date(day));
    let mut missing = dates
        .filter(|date| setting.opening.hours(*date).is_some() && demand.calendar.counts(*date).is_none());
    let Some(first) = missing.next() else { return };
    let more = match missing.count() {
        0 => String::new(),
        n => format!(" and for {n} more open days"),
    };
    let message = format!("`{}` has no calls for {first}{more}", dated.file);
    let help = format!(
        "{} to {} is simulated, warm-up and follow-up included: give every open day, or a volume with `known-days`",
        horizon.first_date(),
        last(horizon)
    );
    out.fault(Code::DayMissing, f.place_of("dated"), message, help);
}

/// At least one simulated day should have a count.
fn some_counted(f: &Fields<'_>, demand: &Demand, horizon: &Horizon, out: &mut Findings) {
    let Some(dated) = &demand.calendar.dated else { return };
    let simulated = horizon.first_date()..=last(horizon);
    if !dated.days.iter().any(|(date, _)| simulated.contains(date)) {
        let message = format!("no date of `{}` is simulated: it changes nothing", dated.file);
        out.warn(Code::Unlikely, f.place_of("known-days"), message, simulates(horizon));
    }
}

/// Events that no simulated day reaches.
fn windows(f: &Fields<'_>, horizon: &Horizon, out: &mut Findings) {
    let (first, last) = (horizon.first_date(), last(horizon));
    for event in f.tables("events") {
        let Some(from) = event.date("from") else { continue };
        let to = event.date("to").unwrap_or(from);
        if to < first || from > last {
            let message = "no day of this event is simulated: it changes nothing";
            out.warn(Code::Unlikely, event.place_of("from"), message, simulates(horizon));
        }
    }
}

fn simulates(horizon: &Horizon) -> String {
    format!("{} to {} is simulated, warm-up and follow-up included", horizon.first_date(), last(horizon))
}
