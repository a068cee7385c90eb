//! What `results.json` carries besides figures: inputs with their origin, what options change, the model in words,
//! warnings, a day's spread, Erlang's answers.

use super::number::json;
use super::precision;
use crate::experiment::{OptionOutcome, SERVICE_BINS, class_percentile};
use crate::report::erlang::erlang_view;
use crate::report::explain::{Origin, explain, left_out, origin_words};
use crate::report::summary::{OptionSummary, Summary};
use crate::scenario::{Horizon, OptionDiff, Provenance, Study, origin_of_change};
use crate::unit::{Weekday, seconds};
use serde_json::{Map, Value, json as object};

/// The measured window and what surrounds it.
pub(super) fn horizon(horizon: &Horizon) -> Value {
    object!({
        "start": horizon.start.to_string(),
        "days": horizon.days,
        "warm_up_days": horizon.warm_up_days,
        "follow_up_days": horizon.follow_up_days,
        "interval_s": seconds(horizon.interval),
    })
}

/// Differences that matter, by measure.
pub(super) fn matters(study: &Study) -> Value {
    let entries = study.matters.iter().map(|(id, threshold)| (id.clone(), json(Some(*threshold))));
    Value::Object(entries.collect::<Map<String, Value>>())
}

/// Every value of the base with its origin.
pub(super) fn inputs(study: &Study) -> Value {
    let values = study.record.values.iter().map(|value| {
        let (origin, text) = origin_words(&study.provenance, value);
        object!({ "path": value.path, "value": value.value, "help": value.help, "origin": origin.name(), "text": text })
    });
    values.collect()
}

/// What each option changes of its base, and each view of the base without one.
pub(super) fn changes(study: &Study) -> Value {
    let base = &study.options[0].name;
    study.record.changes.iter().map(|diff| change(diff, base, &study.provenance)).collect()
}

fn change(diff: &OptionDiff, base: &str, provenance: &[Provenance]) -> Value {
    let rows = diff.rows.iter().map(|(path, from, to)| {
        let said = match (&diff.view, diff.option == base) {
            (Some(view), true) => origin_of_change(provenance, "views", view, path),
            _ => origin_of_change(provenance, "options", &diff.option, path),
        };
        object!({
            "path": path, "base": from, "option": to,
            "origin": Origin::of(said).name(), "text": said.map_or("", |p| p.text.as_str()),
        })
    });
    object!({ "option": diff.option, "view": diff.view, "rows": rows.collect::<Vec<Value>>() })
}

/// The model in words.
pub(super) fn model(study: &Study) -> Value {
    let sections =
        explain(study).into_iter().map(|s| object!({ "title": s.title, "paragraphs": s.paragraphs }));
    object!({ "sections": sections.collect::<Vec<Value>>(), "left_out": left_out(study) })
}

/// The share of cases still open at the end from which on the follow-up is too short.
const MANY_OPEN: f64 = 0.01;

/// What a reader should know: warnings of the scenario, and of the run.
pub(super) fn warnings(summary: &Summary<'_>) -> Value {
    let mut all = summary.study.record.warnings.clone();
    all.extend(precision::warnings(summary));
    let open = |o: &&OptionSummary<'_>| o.mean("open_cases").is_some_and(|open| open > MANY_OPEN);
    let many = summary.options.iter().filter(open).count();
    if many > 0 {
        all.push(format!(
            "in {many} of {} results over 1% of cases were still open when the follow-up ended: give horizon.follow-up \
             more days",
            summary.options.len()
        ));
    }
    Value::from(all)
}

/// How the days of an option differ: each weekday and all together, shares to a hundredth.
pub(super) fn days(outcome: &OptionOutcome) -> Value {
    let groups = std::iter::once(("all", 0..7))
        .chain(Weekday::NAMES.iter().enumerate().map(|(i, name)| (*name, i..i + 1)));
    let rows = groups.filter_map(|(name, weekdays)| {
        let sum = |classes: &[u32]| -> Vec<u64> {
            let of = |class| weekdays.clone().map(|d| u64::from(classes[d * SERVICE_BINS + class])).sum();
            (0..SERVICE_BINS).map(of).collect()
        };
        let (service, abandoned) = (sum(&outcome.day_service), sum(&outcome.day_abandoned));
        let count: u64 = service.iter().sum();
        let spread = |classes: &[u64]| {
            let at = |p| json(class_percentile(classes, p));
            object!({ "p10": at(0.1), "p50": at(0.5), "p90": at(0.9) })
        };
        (count > 0).then(|| {
            object!({
                "weekday": name, "days": count,
                "service_level": spread(&service), "abandonment_rate": spread(&abandoned),
            })
        })
    });
    rows.collect()
}

/// Erlang's answers to the mean hour of each of an option's queues, or why there are none.
pub(super) fn erlang(option: &OptionSummary<'_>, horizon: &Horizon) -> Value {
    let views = erlang_view(option, horizon).into_iter().map(|view| match view.said {
        Ok(said) => object!({
            "queue": view.queue,
            "with": view.with,
            "calls_an_hour": json(Some(said.calls_an_hour)),
            "agents": json(Some(said.agents)),
            "handling_s": json(Some(said.handling_s)),
            "patience_s": json(said.patience_s),
            "c_service": json(said.c_service),
            "a_service": json(said.a_service),
            "a_abandoned": json(said.a_abandon),
        }),
        Err(why) => object!({ "queue": view.queue, "with": view.with, "why": why }),
    });
    views.collect()
}

/// The weights of an option's satisfaction.
pub(super) fn weights(option: &OptionSummary<'_>) -> Value {
    let b = option.setting.response.satisfaction;
    object!({
        "base": json(Some(b.base)),
        "per_minute": json(Some(b.per_minute)),
        "per_contact": json(Some(b.per_contact)),
        "unresolved": json(Some(b.unresolved)),
        "never_answered": json(Some(b.never_answered)),
    })
}
