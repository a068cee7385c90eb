//! Which figures stand in tables that people read. Files of numbers hold all of them, always.

use super::stored::{Estimate, Results};

/// Figures of standards that a queue must ask for (`measures`): how their identifiers begin, and the standard.
const STANDARDS: [(&str, &str); 4] =
    [("police_999_", "999"), ("police_101_", "101"), ("nhs_111_", "111"), ("hmrc_", "HMRC")];
/// Figures of callers who are passed on.
const TRANSFERS: [&str; 5] =
    ["transfers_per_100", "transfer_legs", "transferred", "escalated", "transfer_abandoned"];

/// Figures that sites alone have.
const SITES: [&str; 3] = ["answered_here", "in_time_here", "asa_here"];

/// Whether a figure is worth a row: not that of a standard which no queue is held to, nor one of callers passed on where
/// nobody ever is, nor one of sites where there are not several.
pub(super) fn is_asked(results: &Results, id: &str) -> bool {
    let any = |wanted: &dyn Fn(&Estimate) -> bool, id: &str| {
        results.options.iter().any(|option| option.measures.get(id).is_some_and(wanted))
    };
    match STANDARDS.iter().find(|(beginning, _)| id.starts_with(beginning)) {
        Some((_, standard)) => any(&|e| e.mean.is_some(), id) || is_held_to(results, standard),
        None if SITES.contains(&id) => results.options.iter().any(|o| o.sites.iter().next().is_some()),
        None if TRANSFERS.contains(&id) => any(&|e| e.mean.is_some_and(|mean| mean != 0.0), "transferred"),
        None => true,
    }
}

/// Whether a queue of any option names a standard, whatever calls came to it.
fn is_held_to(results: &Results, standard: &str) -> bool {
    let named = |path: &str, value: &str| {
        path.starts_with("queues.") && path.ends_with(".measures") && value.trim_matches('"') == standard
    };
    let changed = || results.changes.iter().flat_map(|change| &change.rows);
    results.inputs.iter().any(|input| named(&input.path, &input.value))
        || changed().any(|row| named(&row.path, &row.option))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn results(measures: &str, inputs: &str) -> Results {
        let text =
            format!(r#"{{"options": [{{"name": "a", "measures": {{{measures}}}}}], "inputs": [{inputs}]}}"#);
        serde_json::from_str(&text).unwrap()
    }

    #[test]
    fn standards_that_no_queue_names_and_transfers_of_nobody_are_left_out() {
        let plain = results(r#""police_999_over_60": {"mean": null}, "transferred": {"mean": 0}"#, "");
        for id in ["police_999_over_60", "nhs_111_abandoned", "hmrc_answered", "transferred", "escalated"] {
            assert!(!is_asked(&plain, id), "{id}");
        }
        assert!(!is_asked(&plain, "answered_here"), "there are no sites");
        assert!(is_asked(&plain, "service_level") && is_asked(&plain, "redials"));
    }

    #[test]
    fn what_is_asked_for_stands_even_where_it_does_not_exist() {
        let held = r#"{"path": "queues.emergency.measures", "value": "\"999\""}"#;
        let asked = results(r#""police_999_over_60": {"mean": null}, "transferred": {"mean": 3.5}"#, held);
        assert!(is_asked(&asked, "police_999_over_60") && !is_asked(&asked, "police_101_within_30"));
        assert!(is_asked(&asked, "escalated"), "of those passed on, none because the agent could not help");
        assert!(is_asked(&results(r#""hmrc_answered": {"mean": 0.0}"#, ""), "hmrc_answered"));
    }
}
