//! Which options can be told from the base, and what the best of them costs.

use super::{SERVICE, Told, change, difference_of, options_of, some, told};
use crate::report::sentence::{Unit, capitalised, count, named};
use crate::report::stored::{OptionResult, Results};

/// What else is said of the option that answers most in time: measure, and how it is called in a sentence.
const PRICE: [(&str, &str); 6] = [
    ("first_contact_resolution", "the share of people helped by their first answered call"),
    ("occupancy_high_share", "the share of working hours spent over 85% busy"),
    ("rest_met", "the share of working hours with five minutes of rest"),
    ("late_finishes", "the share of shifts that end late"),
    ("backlog_hours", "put-off work left at the end"),
    ("cost", "pay"),
];

/// The options against the base by calls answered in time; none where there is nothing to compare.
pub(super) fn sentence(results: &Results, view: &Option<String>) -> Option<String> {
    let others: Vec<&OptionResult> = options_of(results, view).skip(1).collect();
    let of = |told_so: Told| -> Vec<&OptionResult> {
        let mut found: Vec<&OptionResult> =
            others.iter().copied().filter(|o| told(difference_of(results, o, SERVICE)) == told_so).collect();
        let size = |o: &OptionResult| {
            difference_of(results, o, SERVICE).and_then(|d| d.difference).map_or(0.0, f64::abs)
        };
        found.sort_by(|a, b| size(b).total_cmp(&size(a)));
        found
    };
    if let [one] = others[..] {
        return Some(single(results, one));
    }
    if others.is_empty() {
        return None;
    }
    let furthest = |found: &[&OptionResult]| {
        let first = found.first()?;
        let words = change(Unit::Share, difference_of(results, first, SERVICE)?, true)?;
        Some(format!("{}, {words}", named(&first.name)))
    };
    let (better, worse, alike, not) = (of(Told::Better), of(Told::Worse), of(Told::Alike), of(Told::Not));
    let mut parts = Vec::new();
    for (found, verb, far) in [(&better, "more", "most"), (&worse, "fewer", "fewest")] {
        if !found.is_empty() {
            let furthest = furthest(found).map_or_else(String::new, |f| format!(", {far} with {f}"));
            parts.push(format!(
                "{} {} {verb} calls in time{furthest}",
                count(found.len()),
                answers(found.len())
            ));
        }
    }
    if !alike.is_empty() {
        parts.push(format!("{} {} no difference that matters", count(alike.len()), make(alike.len())));
    }
    if !not.is_empty() {
        parts.push(format!("for {} it cannot be told", count(not.len())));
    }
    Some(format!("Of {} other options, {}.", count(others.len()), parts.join("; ")))
}

fn answers(n: usize) -> &'static str {
    if n == 1 { "answers" } else { "answer" }
}

fn make(n: usize) -> &'static str {
    if n == 1 { "makes" } else { "make" }
}

/// One option against the base.
fn single(results: &Results, option: &OptionResult) -> String {
    let name = named(&option.name);
    let difference = difference_of(results, option, SERVICE);
    let words = difference.and_then(|d| change(Unit::Share, d, true));
    match (told(difference), words) {
        (Told::Better | Told::Worse, Some(words)) => format!("With {name} that share is {words}."),
        (Told::Alike, _) => format!("{} makes no difference to that which matters.", capitalised(&name)),
        _ => format!("Whether {name} raises or lowers that cannot be told from this many histories."),
    }
}

/// What the option that can be told to answer most in time does to staff, resolution and pay.
pub(super) fn price(results: &Results, view: &Option<String>) -> Option<String> {
    let best = options_of(results, view)
        .skip(1)
        .filter_map(|o| {
            let difference = difference_of(results, o, SERVICE)?;
            (told(Some(difference)) == Told::Better).then_some((o, difference.difference?))
        })
        .max_by(|a, b| a.1.total_cmp(&b.1))?
        .0;
    let said = |wanted: Told| -> Vec<String> {
        PRICE
            .iter()
            .filter_map(|(measure, words)| {
                let difference = difference_of(results, best, measure)?;
                let unit = Unit::parse(&results.definitions.get(measure)?.unit);
                let told_so = told(Some(difference)) == wanted;
                told_so.then(|| change(unit, difference, false)).flatten().map(|c| {
                    let money = if unit == Unit::Money { results.currency.as_str() } else { "" };
                    format!("{words} is {money}{c}")
                })
            })
            .collect()
    };
    let (worse, better) = (said(Told::Worse), said(Told::Better));
    let name = named(&best.name);
    let text = match (worse.is_empty(), better.is_empty()) {
        (true, true) => return None,
        (false, true) => format!("Its price, with {name}: {}.", some(&worse, 6)),
        (true, false) => format!(
            "Besides, with {name}, {}; of what is compared here nothing can be told to be worse.",
            some(&better, 6)
        ),
        (false, false) => {
            format!("Its price, with {name}: {}. On the other hand {}.", some(&worse, 6), some(&better, 6))
        }
    };
    Some(text)
}
