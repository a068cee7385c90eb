//! What the answer hangs on: inputs by origin, what Erlang's formulas would have said, what options change, the model.

use super::days::labelled;
use crate::report::erlang::together;
use crate::report::sentence::{number, share};
use crate::report::stored::{Change, Erlang, Input, Model, OptionResult, Results};
use serde::Serialize;

/// Inputs by origin, and Erlang beside the simulation.
#[derive(Debug, Serialize)]
pub(super) struct Hangs {
    assumed: Vec<Group>,
    unsourced: Vec<Group>,
    sourced: Vec<Group>,
    defaults: Vec<Group>,
    erlang: Vec<Formula>,
    /// Whether there are several queues.
    several: bool,
    /// What the formulas are, and the hour of the base that they are asked about.
    hour: String,
}

/// Values of which the same is said.
#[derive(Debug, Serialize)]
struct Group {
    text: String,
    inputs: Vec<Value>,
}

/// A value of the base.
#[derive(Debug, Serialize)]
struct Value {
    path: String,
    value: String,
    help: String,
}

/// What the formulas say of a queue of an option.
#[derive(Debug, Serialize)]
struct Formula {
    name: String,
    /// The queue, where there are several, and those counted as one with it.
    queue: String,
    /// Why they say nothing.
    why: String,
    load: String,
    agents: String,
    c: String,
    a: String,
    a_lost: String,
    simulated: String,
    lost: String,
}

/// What the answer hangs on.
pub(super) fn of(results: &Results) -> Hangs {
    let by = |origin: &str| -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for input in results.inputs.iter().filter(|i| i.origin == origin) {
            match groups.iter_mut().find(|group| group.text == input.text) {
                Some(group) => group.inputs.push(value(input)),
                None => groups.push(Group { text: input.text.clone(), inputs: vec![value(input)] }),
            }
        }
        groups
    };
    let several = results.options.iter().any(|o| o.erlang.len() > 1);
    let formulas = results.options.iter().flat_map(|o| o.erlang.iter().map(move |e| formula(results, o, e)));
    Hangs {
        assumed: by("assumption"),
        unsourced: by("none"),
        sourced: by("source"),
        defaults: by("default"),
        erlang: formulas.collect(),
        several,
        hour: hour(&results.options[0].erlang) + &counted(results),
    }
}

fn value(input: &Input) -> Value {
    Value { path: input.path.clone(), value: plain(&input.value), help: input.help.clone() }
}

/// A value without the marks of TOML: `["a", "b"]` is read as [a, b].
fn plain(value: &str) -> String {
    value.replace('"', "").replace(" = ", " ")
}

fn hour(erlang: &[Erlang]) -> String {
    let start = match erlang {
        [one] if one.why.is_none() => format!(
            "The usual formulas know one steady hour. For the base’s mean open hour ({} calls, {} agents signed on, {} s \
             of talk and wrap) they say what stands below.",
            number(one.calls_an_hour, 1),
            number(one.agents, 1),
            number(one.handling_s, 0)
        ),
        [_] | [] => "The usual formulas know one steady hour: here the mean open hour.".to_owned(),
        _ => "The usual formulas know one queue, agents who answer nothing else, and one steady hour: here the mean open \
              hour of each queue. Queues whose agents all answer all of them are counted as one, whose calls last \
              as long as theirs on average. Where agents are shared otherwise the formulas say nothing."
            .to_owned(),
    };
    format!(
        "{start} They know no peak, no lunch, no absent colleague, no busy day, and nobody who rings again. Erlang C lets \
         nobody give up; Erlang A does, and takes every length of time to be exponential (without memory, most of \
         them short)."
    )
}

/// A warning where the simulation's service level is another figure than the formulas'.
fn counted(results: &Results) -> String {
    let level = results.definitions.get("service_level");
    match level.and_then(|level| level.variant.as_deref()) {
        None | Some("offered-less-short" | "offered") => String::new(),
        Some(name) => format!(
            " The formulas count those answered in time, of all who call; the simulation’s figure here is counted otherwise \
             (“{name}”): compare it with the column of all in the table of ways to count."
        ),
    }
}

fn formula(results: &Results, option: &OptionResult, erlang: &Erlang) -> Formula {
    let exact = |value: Option<f64>| value.map(|v| share(v, Some(0.001)));
    let measures = match option.queues.get(&erlang.queue) {
        Some(queue) if option.queues.iter().count() > 1 => &queue.measures,
        _ => &option.measures,
    };
    let own = |id: &str| {
        let estimate = measures.get(id);
        estimate.and_then(|e| Some(share(e.mean?, e.half_width()))).unwrap_or_else(|| "–".to_owned())
    };
    let said = |text: String| if erlang.why.is_some() { "–".to_owned() } else { text };
    let dash = || "–".to_owned();
    Formula {
        name: labelled(results, option),
        queue: together(&erlang.queue, &erlang.with),
        why: erlang.why.clone().unwrap_or_default(),
        load: said(number(erlang.calls_an_hour * erlang.handling_s / 3600.0, 1)),
        agents: said(number(erlang.agents, 1)),
        c: said(exact(erlang.c_service).unwrap_or_else(|| "grows without end".to_owned())),
        a: said(exact(erlang.a_service).unwrap_or_else(dash)),
        a_lost: said(exact(erlang.a_abandoned).unwrap_or_else(dash)),
        simulated: own("service_level"),
        lost: own("abandonment_rate"),
    }
}

/// What an option or a view changes.
#[derive(Debug, Serialize)]
pub(super) struct Changed {
    name: String,
    view: Option<String>,
    /// Whether a view changes the base, not an option.
    of_view: bool,
    rows: Vec<ChangedValue>,
}

/// One changed value.
#[derive(Debug, Serialize)]
struct ChangedValue {
    path: String,
    base: String,
    option: String,
    origin: &'static str,
    text: String,
}

/// What options and views change. Options change the same under every view: they are told once.
pub(super) fn changes(results: &Results) -> Vec<Changed> {
    let base = results.options.first().map_or("", |o| o.name.as_str());
    let first = results.options.first().and_then(|o| o.view.clone());
    let told = |c: &&Change| c.option == base || c.view == first;
    results
        .changes
        .iter()
        .filter(told)
        .map(|c| Changed {
            name: c.option.clone(),
            view: c.view.clone(),
            of_view: c.option == base,
            rows: c
                .rows
                .iter()
                .map(|r| ChangedValue {
                    path: r.path.clone(),
                    base: plain(&r.base),
                    option: plain(&r.option),
                    origin: match r.origin.as_str() {
                        "source" => "Source",
                        "assumption" => "Assumed",
                        _ => "No source given",
                    },
                    text: r.text.clone(),
                })
                .collect(),
        })
        .collect()
}

/// The model in words.
#[derive(Debug, Serialize)]
pub(super) struct Words {
    sections: Vec<(String, Vec<String>)>,
    left_out: Vec<String>,
}

/// The model of the base.
pub(super) fn model(results: &Results) -> Words {
    let Model { sections, left_out } = &results.model;
    Words {
        sections: sections.iter().map(|s| (s.title.clone(), s.paragraphs.clone())).collect(),
        left_out: left_out.clone(),
    }
}
