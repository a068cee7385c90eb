//! How the base does: calls answered in time, callers who give up, and whether the target is met.

use super::views::name;
use super::{SERVICE, in_time, options_of, with_interval};
use crate::report::sentence::{named, share};
use crate::report::stored::{Estimate, OptionResult, Results};

/// The base of a view in one or two sentences.
pub(super) fn sentence(results: &Results, view: &Option<String>) -> String {
    let Some(base) = options_of(results, view).next() else { return String::new() };
    let Some((service, mean)) = base.measures.get(SERVICE).and_then(|e| Some((e, e.mean?))) else {
        return format!(
            "With {}, no calls were offered, so nothing can be said of callers.",
            named(&base.name)
        );
    };
    let (share, interval) = with_interval(mean, service.interval(), true, alone(base));
    let mut text =
        format!("With {}, {share} of calls are answered {}{interval}", named(&base.name), in_time(results));
    if let Some((lost, mean)) = base.measures.get("abandonment_rate").and_then(|e| Some((e, e.mean?))) {
        let (share, interval) = with_interval(mean, lost.interval(), false, None);
        text += &format!(", and {share} of callers give up{interval}");
    }
    text += ".";
    text += &target(base);
    if service.interval().is_none() {
        text += " Too few histories were run to say how far chance moves these figures.";
    }
    text
}

/// The base under each of several views, in one sentence.
pub(super) fn under_views(results: &Results, views: &[Option<String>]) -> String {
    let Some(base) = options_of(results, &views[0]).next() else { return String::new() };
    let mut too_few = false;
    let mut parts = Vec::new();
    for (place, view) in views.iter().enumerate() {
        let Some(base) = options_of(results, view).next() else { continue };
        let figure = |id: &str| base.measures.get(id).and_then(|e| Some((e, e.mean?)));
        let Some((service, mean)) = figure(SERVICE) else {
            parts.push(format!("nobody calls under {}", name(view)));
            continue;
        };
        too_few |= service.interval().is_none();
        let first = place == 0;
        let (answered, interval) = with_interval(mean, service.interval(), first, alone(base));
        let mut text = if first {
            format!("{answered} of calls are answered {}{interval}", in_time(results))
        } else {
            format!("{answered}{interval}")
        };
        if let Some((lost, mean)) = figure("abandonment_rate") {
            let (lost, interval) = with_interval(mean, lost.interval(), false, None);
            let callers = if first { " of callers give up" } else { "" };
            text += &format!(" and {lost}{callers}{interval}");
        }
        parts.push(format!("{text} under {}", name(view)));
    }
    let mut text = format!("With {}, {}.", named(&base.name), parts.join("; "));
    if too_few {
        text += " Too few histories were run to say how far chance moves these figures.";
    }
    text
}

/// What may be said of the base's targets under every view alike: "base misses the target of 80%".
pub(super) fn held(results: &Results, views: &[Option<String>]) -> Option<String> {
    let said = |view| options_of(results, view).next().and_then(verdict);
    let first = said(&views[0])?;
    views.iter().all(|view| said(view).as_ref() == Some(&first)).then_some(first)
}

/// The share wanted where there is one queue, so that the centre's own share is judged by it.
fn alone(base: &OptionResult) -> Option<f64> {
    let mut queues = base.queues.iter();
    let (_, queue) = queues.next()?;
    queues.next().is_none().then_some(queue.target?.share).flatten()
}

/// Each queue with a target, its share, and whether it is met as far as the interval tells.
fn judged(base: &OptionResult) -> Vec<(&str, f64, Option<bool>)> {
    let met = |own: &Estimate, share: f64| {
        let (low, high) = own.interval()?;
        Some((low >= share).then_some(true).or((high < share).then_some(false)))
    };
    base.queues
        .iter()
        .filter_map(|(name, queue)| {
            let wanted = queue.target?.share?;
            Some((name, wanted, met(queue.measures.get(SERVICE)?, wanted)?))
        })
        .collect()
}

/// "met for letters; missed for calls".
fn by_queue(queues: &[(&str, f64, Option<bool>)]) -> String {
    let those = |met: Option<bool>| {
        let names: Vec<String> = queues.iter().filter(|q| q.2 == met).map(|q| named(q.0)).collect();
        (!names.is_empty()).then(|| super::some(&names, 4))
    };
    let mut parts = Vec::new();
    parts.extend(those(Some(true)).map(|names| format!("met for {names}")));
    parts.extend(those(Some(false)).map(|names| format!("missed for {names}")));
    parts.extend(those(None).map(|names| format!("not to be told for {names}")));
    super::some(&parts, 3)
}

fn verdict(base: &OptionResult) -> Option<String> {
    let queues = judged(base);
    let base = named(&base.name);
    match queues[..] {
        [] => None,
        [(_, wanted, met)] => {
            let wanted = share(wanted, None);
            Some(match met {
                Some(true) => format!("{base} meets the target of {wanted}"),
                Some(false) => format!("{base} misses the target of {wanted}"),
                None => format!("whether {base} meets the target of {wanted} cannot be told"),
            })
        }
        _ => Some(format!("with {base} the target is {}", by_queue(&queues))),
    }
}

/// Whether each queue's target is met; nothing where the interval does not exist.
fn target(base: &OptionResult) -> String {
    let queues = judged(base);
    match queues[..] {
        [] => String::new(),
        [(_, wanted, met)] => {
            let wanted = share(wanted, None);
            match met {
                Some(true) => format!(" That meets the target of {wanted}."),
                Some(false) => format!(" That misses the target of {wanted}."),
                None => format!(" Whether that meets the target of {wanted} cannot be told."),
            }
        }
        _ => format!(" The target is {}.", by_queue(&queues)),
    }
}
