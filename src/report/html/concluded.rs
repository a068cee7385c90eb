//! What may be concluded from all options together, and on how many days each is better than the base.

use crate::report::sentence::{number, share};
use crate::report::stored::{ComparisonResult, Results};
use serde::Serialize;

/// The sentences, and how they came about.
#[derive(Debug, Serialize)]
pub(super) struct Concluded {
    sentences: Vec<String>,
    method: String,
}

/// What the page says of all options together; nothing where there is one.
pub(super) fn of(results: &Results) -> Option<Concluded> {
    if results.comparisons.is_empty() {
        return None;
    }
    let mut sentences = results.conclusions.sentences.clone();
    sentences.extend(results.comparisons.iter().filter_map(days));
    Some(Concluded { sentences, method: results.conclusions.method.replace('`', "") })
}

/// On how many of the same days the option answered more in time than the base.
fn days(one: &ComparisonResult) -> Option<String> {
    let days = one.days.get("service_level")?;
    let all = days.better + days.alike + days.worse;
    let part = |count: u64| share(count as f64 / all as f64, Some(0.005));
    let view = one.view.as_ref().map_or_else(String::new, |view| format!(" (view “{view}”)"));
    (all > 0).then(|| {
        format!(
            "“{}”{view} answers more in time than “{}” on {} of the same {} days, as many on {}, fewer on {}.",
            one.option,
            one.baseline,
            part(days.better),
            number(all as f64, 0),
            part(days.alike),
            part(days.worse)
        )
    })
}
