//! Several views: what holds under all of them, what does not, and which inputs they differ in.

use super::{SERVICE, Told, base, difference_of, options_of, some, told};
use crate::report::sentence::{capitalised, count, named, number};
use crate::report::stored::Results;

/// The answer under several views.
pub(super) fn sentences(results: &Results, views: &[Option<String>]) -> Vec<String> {
    let mut sentences = Vec::new();
    let verdicts = verdicts(results, views);
    if let Some(held) = held(&verdicts, views.len()) {
        sentences.push(held);
    }
    for view in views {
        let name = named(view.as_deref().unwrap_or_default());
        sentences.push(format!("Under the view {name}: {}", lowered(&base::sentence(results, view))));
    }
    sentences.extend(split(&verdicts, views));
    sentences.push(inputs(results, views));
    sentences
}

/// "With" within a sentence.
fn lowered(text: &str) -> String {
    text.strip_prefix("With").map_or_else(|| text.to_owned(), |rest| format!("with{rest}"))
}

/// An option, and under each view what may be said of it and by how much it differs.
struct Verdicts {
    name: String,
    told: Vec<Told>,
    difference: Vec<Option<f64>>,
}

fn verdicts(results: &Results, views: &[Option<String>]) -> Vec<Verdicts> {
    let names = options_of(results, &views[0]).skip(1).map(|o| o.name.clone());
    names
        .map(|name| {
            let of = views.iter().map(|view| {
                let option = options_of(results, view).find(|o| o.name == name);
                option.and_then(|o| difference_of(results, o, SERVICE))
            });
            let (told, difference) = of.map(|d| (told(d), d.and_then(|d| d.difference))).unzip();
            Verdicts { name, told, difference }
        })
        .collect()
}

/// What holds under every view, with the least difference that any of them gives.
fn held(verdicts: &[Verdicts], views: usize) -> Option<String> {
    let all = |told: Told| -> Vec<&Verdicts> {
        verdicts.iter().filter(|v| v.told.iter().all(|t| *t == told)).collect()
    };
    let names = |found: &[&Verdicts], range: bool| {
        let words = found.iter().map(|v| {
            let sizes: Vec<f64> = v.difference.iter().flatten().map(|d| d.abs() * 100.0).collect();
            let low = sizes.iter().copied().fold(f64::INFINITY, f64::min);
            let high = sizes.iter().copied().fold(0.0, f64::max);
            let points = if number(low, 1) == number(high, 1) {
                format!("{} points", number(high, 1))
            } else {
                format!("{} to {} points", number(low, 1), number(high, 1))
            };
            if range { format!("{} (by {points})", named(&v.name)) } else { named(&v.name) }
        });
        some(&words.collect::<Vec<_>>(), 4)
    };
    let (better, worse, alike) = (all(Told::Better), all(Told::Worse), all(Told::Alike));
    let mut parts = Vec::new();
    if !better.is_empty() {
        parts.push(format!("more calls are answered in time with {}", names(&better, true)));
    }
    if !worse.is_empty() {
        parts.push(format!("fewer with {}", names(&worse, true)));
        if better.is_empty() {
            parts = vec![format!("fewer calls are answered in time with {}", names(&worse, true))];
        }
    }
    if !alike.is_empty() {
        parts.push(format!("no difference that matters is made by {}", names(&alike, false)));
    }
    let under =
        if views == 2 { "Under both views".to_owned() } else { format!("Under all {} views", count(views)) };
    match parts.is_empty() {
        false => Some(format!("{under}, against the base, {}.", parts.join("; "))),
        true if verdicts.is_empty() => None,
        true => Some(format!("Nothing that compares options can be told {} alike.", under.to_lowercase())),
    }
}

/// The options whose verdict depends on the view.
fn split(verdicts: &[Verdicts], views: &[Option<String>]) -> Option<String> {
    let apart: Vec<String> = verdicts
        .iter()
        .filter(|v| v.told.iter().any(|t| *t != v.told[0]))
        .map(|v| {
            let each: Vec<String> = v
                .told
                .iter()
                .zip(views)
                .map(|(told, view)| {
                    format!("{} under {}", word(*told), named(view.as_deref().unwrap_or_default()))
                })
                .collect();
            format!("{} ({})", named(&v.name), each.join(", "))
        })
        .collect();
    if apart.is_empty() {
        return (!verdicts.is_empty()).then(|| "No option's verdict depends on the view.".replace('\'', "’"));
    }
    Some(format!("The verdict depends on the view for {}.", some(&apart, 4)))
}

fn word(told: Told) -> &'static str {
    match told {
        Told::Better => "better",
        Told::Worse => "worse",
        Told::Alike => "no difference that matters",
        Told::Not => "cannot be told",
    }
}

/// The inputs in which the views differ. Which of several the answer turns on is not claimed: nobody has looked.
fn inputs(results: &Results, views: &[Option<String>]) -> String {
    let base = options_of(results, &views[0]).next().map_or("", |o| o.name.as_str());
    let of_views: Vec<_> = results.changes.iter().filter(|c| c.option == base && c.view.is_some()).collect();
    let mut paths: Vec<&str> = Vec::new();
    for row in of_views.iter().flat_map(|c| &c.rows) {
        if !paths.contains(&row.path.as_str()) {
            paths.push(&row.path);
        }
    }
    let values = |path: &str| -> Vec<Option<&str>> {
        let of = |view: &Option<String>| {
            let change = of_views.iter().find(|c| c.view == *view)?;
            change.rows.iter().find(|r| r.path == path).map(|r| r.option.as_str())
        };
        views.iter().map(of).collect()
    };
    let differing: Vec<&str> =
        paths.into_iter().filter(|path| values(path).windows(2).any(|pair| pair[0] != pair[1])).collect();
    match differing[..] {
        [] => "The views differ in no input.".to_owned(),
        [path] => {
            let stated = results.inputs.iter().find(|i| i.path == path).map(|i| i.value.as_str());
            let each: Vec<String> = values(path)
                .iter()
                .zip(views)
                .map(|(value, view)| {
                    let view = named(view.as_deref().unwrap_or_default());
                    format!("{} under {view}", value.or(stated).unwrap_or("as in the base"))
                })
                .collect();
            format!(
                "The views differ in one input alone, {path}: {}. What else differs turns on it.",
                each.join(", ")
            )
        }
        _ => {
            let list: Vec<String> = differing.iter().map(|p| (*p).to_owned()).collect();
            format!(
                "{} Which of them the answer turns on has not been worked out.",
                capitalised(&format!(
                    "the views differ in {} inputs: {}.",
                    count(list.len()),
                    some(&list, 6)
                ))
            )
        }
    }
}
