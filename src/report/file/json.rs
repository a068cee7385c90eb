//! `results.json`: one object, in the order of the scenario.

use super::conclusions;
use super::number::json;
use super::precision;
use super::pretty;
use super::record;
use crate::experiment::{Comparison, Figure, OptionOutcome, Place, WeekdayComparison, each};
use crate::measure::{CATALOGUE, Group, ServiceLevel, find};
use crate::report::stored::BY_QUEUE;
use crate::report::summary::{OptionSummary, Summary};
use crate::scenario::{Horizon, Study};
use crate::statistics::Quotient;
use crate::unit::{Weekday, seconds};
use serde_json::{Map, Value, json as object};

/// The results as JSON text, with a line end.
pub fn results_json(summary: &Summary<'_>) -> String {
    let study = summary.study;
    let options: Vec<Value> = each(&summary.options, |o| option(o, &study.horizon));
    let compared =
        |o: &OptionSummary<'_>| (!o.comparisons.is_empty()).then(|| comparison(o, &summary.options[o.base]));
    let comparisons: Vec<Value> = each(&summary.options, compared).into_iter().flatten().collect();
    let provenance: Vec<Value> = study
        .provenance
        .iter()
        .map(|p| object!({ "path": p.path, "text": p.text, "assumed": p.assumed }))
        .collect();
    let mut all = object!({
        "schema": "answerable/results/1",
        "scenario": study.name,
        "question": study.question,
        "version": env!("CARGO_PKG_VERSION"),
        "seed": summary.outcome.seed,
        "replications": summary.outcome.replications,
        "currency": study.currency,
        "definitions": null,
        "options": null,
        "comparisons": null,
        "provenance": provenance,
        "horizon": record::horizon(&study.horizon),
        "matters": record::matters(study),
        "conclusions": null,
        "precision": precision::precision(summary),
        "warnings": record::warnings(summary),
        "inputs": null,
        "changes": null,
        "model": null,
        "unsourced": study.unsourced,
    });
    // Moved to their places, where the macro would copy them.
    for (name, value) in [
        ("definitions", definitions(study)),
        ("options", options.into()),
        ("comparisons", comparisons.into()),
        ("conclusions", conclusions::conclusions(summary)),
        ("inputs", record::inputs(study)),
        ("changes", record::changes(study)),
        ("model", record::model(study)),
    ] {
        all[name] = value;
    }
    pretty::text(&all)
}

fn definitions(study: &Study) -> Value {
    let mut map = Map::new();
    for measure in CATALOGUE {
        let group = match measure.group {
            Group::Callers => "callers",
            Group::Staff => "staff",
            Group::Cost => "cost",
            Group::Counts => "counts",
        };
        let mut definition = object!({
            "title": measure.title,
            "unit": measure.unit.name(),
            "better": measure.better.name(),
            "text": measure.text,
            "group": group,
        });
        if measure.id == "service_level" {
            let (name, text) = service_level(study);
            definition["text"] = text.into();
            definition["variant"] = name.into();
        }
        map.insert(measure.id.into(), definition);
    }
    Value::Object(map)
}

/// How the service level is counted, by name and in words: the same for every queue, or queue by queue.
fn service_level(study: &Study) -> (&'static str, String) {
    let queues = || study.options.iter().flat_map(|option| &option.queues);
    let first = queues().next().map(|queue| queue.service_level).unwrap_or_default();
    let usual = find("service_level").map_or("", |measure| measure.text);
    if queues().any(|queue| queue.service_level != first) {
        let text = "Calls well served as a share of calls, counted in each queue as the queue says (its target's variant). \
                    Over several queues each call counts against its own target.";
        return (BY_QUEUE, text.to_owned());
    }
    let text = match first {
        ServiceLevel::OfferedLessShort => usual.to_owned(),
        chosen => format!(
            "Calls {}. Over several queues each call counts against its own target.",
            chosen.meaning()
        ),
    };
    (first.name(), text)
}

/// An object whose values are moved into it, where the macro would copy each.
fn fields<const N: usize>(fields: [(&str, Value); N]) -> Value {
    Value::Object(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn interval(ci: Option<(f64, f64)>) -> Value {
    ci.map_or(Value::Null, |(low, high)| Value::Array(vec![json(Some(low)), json(Some(high))]))
}

/// A figure, and why it has no interval where it has none.
fn with_why(mut figure: Value, why: Option<&'static str>) -> Value {
    if let (Value::Object(map), Some(why)) = (&mut figure, why) {
        map.insert("why".into(), why.into());
    }
    figure
}

fn measures(figures: &[Figure]) -> Value {
    let mut map = Map::new();
    for figure in figures {
        let value = match &figure.value {
            Ok(e) => with_why(
                fields([
                    ("mean", json(Some(e.mean))),
                    ("ci95", interval(e.ci95)),
                    ("sd", json(e.sd)),
                    ("p10", json(e.p10)),
                    ("p50", json(e.p50)),
                    ("p90", json(e.p90)),
                ]),
                figure.unbounded,
            ),
            Err(why) => object!({ "mean": null, "why": why }),
        };
        map.insert(figure.measure.id.into(), value);
    }
    Value::Object(map)
}

/// Figures of a weekday, which have a mean and its interval, and no spread between replications.
fn of_weekday(figures: &[Figure]) -> Value {
    let told = |figure: &Figure| match &figure.value {
        Ok(e) => {
            with_why(object!({ "mean": json(Some(e.mean)), "ci95": interval(e.ci95) }), figure.unbounded)
        }
        Err(why) => object!({ "mean": null, "why": why }),
    };
    figures.iter().map(|figure| (figure.measure.id.to_owned(), told(figure))).collect()
}

fn option(option: &OptionSummary<'_>, horizon: &Horizon) -> Value {
    let (mut queues, mut teams, mut sites) = (Map::new(), Map::new(), Map::new());
    let mut centre = Value::Null;
    for (place, figures) in &option.places {
        match place {
            Place::Centre => centre = measures(figures),
            Place::Queue(q) => {
                let queue = &option.setting.queues[*q];
                let target = object!({
                    "within_s": seconds(queue.answer_within),
                    "share": queue.target_share,
                    "variant": queue.service_level.name(),
                });
                let own = fields([("target", target), ("measures", measures(figures))]);
                queues.insert(queue.name.clone(), own);
            }
            Place::Team(t) => {
                let team = &option.setting.teams[*t];
                teams.insert(team.name.clone(), fields([("measures", measures(figures))]));
            }
            Place::Site(s) => {
                sites.insert(option.setting.sites[*s].clone(), fields([("measures", measures(figures))]));
            }
        }
    }
    fields([
        ("name", option.setting.name.as_str().into()),
        ("view", option.setting.view.as_deref().into()),
        ("measures", centre),
        ("queues", queues.into()),
        ("teams", teams.into()),
        ("sites", sites.into()),
        ("days", record::days(option.outcome)),
        ("weekdays", weekdays(option)),
        ("satisfaction_weights", record::weights(option)),
        ("erlang", record::erlang(option, horizon)),
    ])
}

/// Figures by weekday; counts and hours are of one such day.
fn weekdays(option: &OptionSummary<'_>) -> Value {
    let rows = option.weekdays.iter().map(|one| {
        let mut day = Map::new();
        day.insert("weekday".into(), Weekday::NAMES[one.weekday].into());
        day.insert("days".into(), one.days.into());
        day.extend(by_place(option, &one.places, of_weekday));
        Value::Object(day)
    });
    rows.collect()
}

/// What is told of places: the centre's own as `measures`, that of queues, teams and sites by name.
fn by_place<T>(
    option: &OptionSummary<'_>,
    places: &[(Place, Vec<T>)],
    told: impl Fn(&[T]) -> Value,
) -> Map<String, Value> {
    let setting = option.setting;
    let (mut queues, mut teams, mut sites) = (Map::new(), Map::new(), Map::new());
    let mut centre = Value::Null;
    for (place, rows) in places {
        let rows = told(rows);
        let (map, name) = match place {
            Place::Centre => {
                centre = rows;
                continue;
            }
            Place::Queue(q) => (&mut queues, &setting.queues[*q].name),
            Place::Team(t) => (&mut teams, &setting.teams[*t].name),
            Place::Site(s) => (&mut sites, &setting.sites[*s]),
        };
        map.insert(name.clone(), fields([("measures", rows)]));
    }
    let mut all = Map::new();
    all.insert("measures".into(), centre);
    for (name, map) in [("queues", queues), ("teams", teams), ("sites", sites)] {
        all.insert(name.into(), map.into());
    }
    all
}

/// Differences from the base by weekday.
fn weekday_differences(option: &OptionSummary<'_>) -> Value {
    let rows = option.weekdays.iter().filter(|one| !one.comparisons.is_empty()).map(|one| {
        let mut day = Map::new();
        day.insert("weekday".into(), Weekday::NAMES[one.weekday].into());
        day.extend(by_place(option, &one.comparisons, |rows| {
            rows.iter().map(|row| (row.alone.measure.id.to_owned(), weekday_difference(row))).collect()
        }));
        Value::Object(day)
    });
    rows.collect()
}

fn weekday_difference(row: &WeekdayComparison) -> Value {
    let mut told = difference(&row.alone);
    told["ci95_together"] = interval(row.together);
    told["verdict_together"] = row.verdict_together.map(|v| v.text()).into();
    told
}

fn differences(rows: &[Comparison]) -> Value {
    rows.iter().map(|row| (row.measure.id.to_owned(), difference(row))).collect()
}

fn difference(row: &Comparison) -> Value {
    with_why(
        fields([
            ("difference", json(Some(row.difference))),
            ("ci95", interval(row.ci95)),
            ("share_better", json(row.share_better)),
            ("verdict", row.verdict.map(|v| v.text()).into()),
        ]),
        row.unbounded,
    )
}

/// The rate at which an option and the base tie.
fn tie(tie: Quotient) -> Value {
    let why = (tie.ci95.is_none()).then_some(if tie.over == 0.0 && tie.under == 0.0 {
        "neither waiting nor what is settled differs"
    } else {
        "whether more or fewer matters are settled cannot be told"
    });
    let minutes = (tie.under != 0.0).then_some(tie.over / tie.under);
    let rate = object!({
        "wait_min": json(Some(tie.over)),
        "settled": json(Some(tie.under)),
        "minutes": json(minutes),
        "ci95": interval(tie.ci95),
    });
    with_why(rate, why)
}

fn comparison(option: &OptionSummary<'_>, base: &OptionSummary<'_>) -> Value {
    let mut told = Map::new();
    told.insert("baseline".into(), base.setting.name.as_str().into());
    told.insert("option".into(), option.setting.name.as_str().into());
    told.insert("view".into(), option.setting.view.as_deref().into());
    told.extend(by_place(option, &option.comparisons, differences));
    told.insert("tie".into(), option.tie.map_or(Value::Null, tie));
    told.insert("days".into(), days_against(option.outcome));
    told.insert("weekdays".into(), weekday_differences(option));
    Value::Object(told)
}

/// On how many days of all replications the option did better than the base on the very same day, as well, and worse.
fn days_against(outcome: &OptionOutcome) -> Value {
    let of = |[better, alike, worse]: [u64; 3]| object!({ "better": better, "alike": alike, "worse": worse });
    let [service, abandoned] = outcome.days_against;
    object!({ "service_level": of(service), "abandonment_rate": of(abandoned) })
}
