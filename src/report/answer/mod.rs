//! The answer to a scenario's question in a few sentences, by rules that say no more than the results do: how the base
//! does, which options can be told to do better or worse, what the best of them costs. With several views, what
//! holds under all of them comes first, then what does not, and which inputs the views differ in.

mod base;
mod options;
mod views;

use super::agreement::Agreed;
use super::sentence::{self, Unit};
use super::stored::{Difference, OptionResult, Results};

/// The measure that options are told apart by.
const SERVICE: &str = "service_level";

/// The sentences, each a paragraph of its own; `agreed` is what was found where views were held against each other.
pub fn answer(results: &Results, agreed: &[Agreed]) -> Vec<String> {
    let views = views_of(results);
    if views.len() > 1 {
        return views::sentences(results, &views, agreed);
    }
    let view = &views[0];
    let mut sentences = vec![base::sentence(results, view)];
    sentences.extend(options::sentence(results, view));
    sentences.extend(options::price(results, view));
    sentences
}

/// The views of a run in their order; one that has no name where the scenario has none.
pub(in crate::report) fn views_of(results: &Results) -> Vec<Option<String>> {
    let mut views: Vec<Option<String>> = Vec::new();
    for option in &results.options {
        if !views.contains(&option.view) {
            views.push(option.view.clone());
        }
    }
    views
}

/// The options of a view, its base first.
pub(in crate::report) fn options_of<'a>(
    results: &'a Results,
    view: &'a Option<String>,
) -> impl Iterator<Item = &'a OptionResult> {
    results.options.iter().filter(move |o| o.view == *view)
}

/// A difference between an option and the base of its view, for the whole centre.
pub(in crate::report) fn difference_of<'a>(
    results: &'a Results,
    option: &OptionResult,
    measure: &str,
) -> Option<&'a Difference> {
    let of = results.comparisons.iter().find(|c| c.option == option.name && c.view == option.view)?;
    of.measures.get(measure)
}

/// What may be said of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Told {
    /// Better, its interval on one side of zero.
    Better,
    /// Worse, likewise.
    Worse,
    /// Too small to matter.
    Alike,
    /// Neither.
    Not,
}

/// What may be said of a difference: a verdict counts only where its interval bears it.
pub(in crate::report) fn told(difference: Option<&Difference>) -> Told {
    let Some(difference) = difference else { return Told::Not };
    let clear = difference.interval().is_some_and(|(low, high)| low > 0.0 || high < 0.0);
    match difference.verdict.as_deref() {
        Some("better") if clear => Told::Better,
        Some("worse") if clear => Told::Worse,
        Some("no difference that matters") => Told::Alike,
        _ => Told::Not,
    }
}

/// How calls answered in time are called: "within 20 s" where one queue has one target, else "in time".
fn in_time(results: &Results) -> String {
    let targets =
        results.options.iter().flat_map(|o| o.queues.iter().map(|(_, q)| q.target.map(|t| t.within_s)));
    let mut distinct: Vec<Option<f64>> = Vec::new();
    for target in targets {
        if !distinct.contains(&target) {
            distinct.push(target);
        }
    }
    let counted = results.counted();
    match distinct[..] {
        [Some(within)] => format!("within {}{counted}", sentence::time(within)),
        _ => format!("within their queue’s target time{counted}"),
    }
}

/// A share and its interval: ("77.5%", " (95% interval 77.1% to 78.0%)"); the words stand with the first alone. Rounding
/// leaves each on its own side of the target it is judged by.
fn with_interval(
    mean: f64,
    interval: Option<(f64, f64)>,
    first: bool,
    target: Option<f64>,
) -> (String, String) {
    let own = interval.map(|(low, high)| (high - low) / 2.0);
    let half = match (target, interval) {
        (Some(target), Some((low, high))) => sentence::telling(own, &[mean, low, high], target),
        _ => own,
    };
    let text = sentence::share(mean, half);
    let label = if first { "95% interval " } else { "" };
    let interval = interval.map_or_else(String::new, |(low, high)| {
        format!(" ({label}{} to {})", sentence::share(low, half), sentence::share(high, half))
    });
    (text, interval)
}

/// "4.0 points higher (95% interval 3.6 to 4.4)"; without `label`, the words "95% interval" are left out. What is the
/// same in every history has no interval worth printing.
fn change(unit: Unit, difference: &Difference, label: bool) -> Option<String> {
    let (value, interval) = (difference.difference?, difference.interval()?);
    if interval.0 == interval.1 && value != 0.0 {
        let size = value.abs() * unit.scale();
        let places = usize::from(size != size.round());
        let name = unit.of_difference();
        let space = if name.is_empty() { "" } else { " " };
        let word = if value < 0.0 { "lower" } else { "higher" };
        return Some(format!("{}{space}{name} {word} in every history", sentence::number(size, places)));
    }
    let text = sentence::difference(unit, value, interval);
    Some(if label { text } else { text.replace("95% interval ", "") })
}

/// "a", "a and b", "a, b and c"; names of more than `most` are counted instead: "a, b and 3 others".
pub(in crate::report) fn some(items: &[String], most: usize) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [a, b] if most > 1 => format!("{a} and {b}"),
        _ if items.len() <= most => {
            format!("{} and {}", items[..items.len() - 1].join(", "), items[items.len() - 1])
        }
        _ => {
            let rest = items.len() - most;
            let others = if rest == 1 { "other" } else { "others" };
            format!("{} and {} {others}", items[..most].join(", "), sentence::count(rest))
        }
    }
}
