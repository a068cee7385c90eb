//! How the base does: calls answered in time, callers who give up, and whether the target is met.

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
    let (share, interval) = with_interval(mean, service.interval(), true);
    let mut text =
        format!("With {}, {share} of calls are answered {}{interval}", named(&base.name), in_time(results));
    if let Some((lost, mean)) = base.measures.get("abandonment_rate").and_then(|e| Some((e, e.mean?))) {
        let (share, interval) = with_interval(mean, lost.interval(), false);
        text += &format!(", and {share} of callers give up{interval}");
    }
    text += ".";
    text += &target(base);
    if service.interval().is_none() {
        text += " Too few histories were run to say how far chance moves these figures.";
    }
    text
}

/// Whether each queue's target is met; nothing where the interval does not exist.
fn target(base: &OptionResult) -> String {
    let judged = |own: &Estimate, share: f64| {
        let (low, high) = own.interval()?;
        Some(if low >= share {
            Some(true)
        } else if high < share {
            Some(false)
        } else {
            None
        })
    };
    let queues: Vec<(&str, f64, Option<bool>)> = base
        .queues
        .iter()
        .filter_map(|(name, queue)| {
            let wanted = queue.target?.share?;
            let own = queue.measures.get(SERVICE)?;
            Some((name, wanted, judged(own, wanted)?))
        })
        .collect();
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
        _ => {
            let those = |met: Option<bool>| {
                let names: Vec<String> = queues.iter().filter(|q| q.2 == met).map(|q| named(q.0)).collect();
                (!names.is_empty()).then(|| super::some(&names, 4))
            };
            let mut parts = Vec::new();
            parts.extend(those(Some(true)).map(|names| format!("met for {names}")));
            parts.extend(those(Some(false)).map(|names| format!("missed for {names}")));
            parts.extend(those(None).map(|names| format!("not to be told for {names}")));
            format!(" The target is {}.", super::some(&parts, 3))
        }
    }
}
