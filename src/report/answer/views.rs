//! Several views: what holds under all of them, then what the rest turns on, then the base under each.

use super::{SERVICE, Told, base, difference_of, options_of, some, told};
use crate::report::agreement::{Agreed, dispute, meaning, measured, summary};
use crate::report::sentence::{capitalised, count, named, number};
use crate::report::stored::Results;

/// The answer under several views.
pub(super) fn sentences(results: &Results, views: &[Option<String>], agreed: &[Agreed]) -> Vec<String> {
    let in_time = verdicts(results, views, SERVICE);
    let mut sentences = vec![held(results, &in_time, views)];
    sentences.extend(match agreed {
        [] => vec![turns(results, &in_time, views)],
        agreed => found(results, &in_time, views, agreed),
    });
    sentences.extend(opposed(&verdicts(results, views, "satisfaction"), views));
    sentences.push(base::under_views(results, views));
    sentences
}

/// An option, and under each view what may be said of it and the interval of its difference.
struct Verdicts {
    name: String,
    told: Vec<Told>,
    intervals: Vec<Option<(f64, f64)>>,
}

fn verdicts(results: &Results, views: &[Option<String>], measure: &str) -> Vec<Verdicts> {
    let names = options_of(results, &views[0]).skip(1).map(|o| o.name.clone());
    names
        .map(|name| {
            let of = views.iter().map(|view| {
                let option = options_of(results, view).find(|o| o.name == name);
                option.and_then(|o| difference_of(results, o, measure))
            });
            let (told, intervals) = of.map(|d| (told(d), d.and_then(|d| d.interval()))).unzip();
            Verdicts { name, told, intervals }
        })
        .collect()
}

/// By how much at least and at most, in points, all views' intervals together.
fn range(v: &Verdicts) -> String {
    let ends = v.intervals.iter().flatten().flat_map(|(low, high)| [low.abs(), high.abs()]);
    let (low, high) =
        ends.fold((f64::INFINITY, 0.0f64), |a, end| (a.0.min(end * 100.0), a.1.max(end * 100.0)));
    let places = if high - low < 0.2 { 2 } else { 1 };
    format!("{} to {} points", number(low, places), number(high, places))
}

/// Options named in the first sentence, of each verdict.
const NAMED: usize = 2;

/// How large an effect is, over all views.
fn middle(v: &Verdicts) -> f64 {
    v.intervals.iter().flatten().map(|(low, high)| (low + high).abs()).sum()
}

/// What holds under every view: the base's target, and the options that are alike in all.
fn held(results: &Results, verdicts: &[Verdicts], views: &[Option<String>]) -> String {
    let all = |told: Told| -> Vec<&Verdicts> {
        let mut found: Vec<&Verdicts> =
            verdicts.iter().filter(|v| v.told.iter().all(|t| *t == told)).collect();
        // The largest effects are named, the rest counted.
        found.sort_by(|a, b| middle(b).total_cmp(&middle(a)));
        found
    };
    // The first range says what it is.
    let mut explained = false;
    let mut names = |found: &[&Verdicts]| {
        let words = found.iter().map(|v| {
            let what = if explained { "" } else { ", all views’ 95% intervals together" };
            explained = true;
            format!("{} (by {}{what})", named(&v.name), range(v))
        });
        some(&words.collect::<Vec<_>>(), NAMED)
    };
    let (better, worse, alike) = (all(Told::Better), all(Told::Worse), all(Told::Alike));
    let mut parts = Vec::new();
    if !better.is_empty() {
        parts.push(format!("more calls are answered in time with {}", names(&better)));
    }
    if !worse.is_empty() {
        let verb = if better.is_empty() { "fewer calls are answered in time" } else { "fewer" };
        parts.push(format!("{verb} with {}", names(&worse)));
    }
    if !alike.is_empty() {
        let plain: Vec<String> = alike.iter().map(|v| named(&v.name)).collect();
        parts.push(format!("no difference that matters is made by {}", some(&plain, NAMED)));
    }
    let under = if views.len() == 2 {
        "under both views".to_owned()
    } else {
        format!("under all {} views", count(views.len()))
    };
    let base = base::held(results, views);
    match (base, parts.is_empty()) {
        (Some(base), false) => {
            format!("{}, {base}; against that, {}.", capitalised(&under), parts.join("; "))
        }
        (Some(base), true) if verdicts.is_empty() => format!("{}, {base}.", capitalised(&under)),
        (Some(base), true) => {
            format!("{}, {base}; no option is better, or worse, under all of them.", capitalised(&under))
        }
        (None, false) => {
            format!("{}, against the base, {}.", capitalised(&under), parts.join("; "))
        }
        (None, true) => format!("Nothing that is compared here can be told {under} alike."),
    }
}

/// What differs between the views, and what of the answer with it. Which of several inputs the rest turns on is not claimed:
/// nobody has looked.
fn turns(results: &Results, verdicts: &[Verdicts], views: &[Option<String>]) -> String {
    let inputs = inputs(results, views);
    let apart = apart(verdicts, views);
    match &inputs[..] {
        [] => "The views differ in no input.".to_owned(),
        [(path, values)] => {
            let each: Vec<String> = values
                .iter()
                .zip(views)
                .map(|(value, view)| format!("{value} under {}", name(view)))
                .collect();
            let rest = match &apart {
                Some(apart) => format!("the verdict on {apart}"),
                None if verdicts.is_empty() => "how well the base does".to_owned(),
                None => {
                    "no verdict on calls answered in time, but the size of effects and how well the base does"
                        .to_owned()
                }
            };
            format!("The rest turns on one input, {path} ({}): {rest}.", each.join(", "))
        }
        _ => {
            let paths: Vec<String> = inputs.iter().map(|(path, _)| path.clone()).collect();
            let depends = match apart {
                Some(apart) => format!("The verdict depends on the view for {apart}"),
                None if verdicts.is_empty() => "How well the base does depends on the view".to_owned(),
                None => "On calls answered in time no option’s verdict depends on the view".to_owned(),
            };
            format!(
                "{depends}. The views differ in {} inputs: {}; which of them the rest turns on has not been worked out.",
                count(paths.len()),
                some(&paths, 6)
            )
        }
    }
}

/// Disputed verdicts told in the answer, of each pair of views; the rest stands further below.
const TOLD: usize = 2;

/// What differs between the views, and what of the answer turns on which of it, as far as that was found.
fn found(
    results: &Results,
    verdicts: &[Verdicts],
    views: &[Option<String>],
    agreed: &[Agreed],
) -> Vec<String> {
    let inputs: Vec<String> = inputs(results, views)
        .into_iter()
        .map(|(path, values)| {
            let known = agreed.iter().find_map(|pair| meaning(pair, &path));
            let meaning = known.map(|meaning| format!("“{meaning}”"));
            let values = (views.len() == 2).then(|| format!("{} and {}", values[0], values[1]));
            let beside: Vec<String> = [meaning, values].into_iter().flatten().collect();
            if beside.is_empty() { path } else { format!("{path} ({})", beside.join(": ")) }
        })
        .collect();
    let apart = match apart(verdicts, views) {
        Some(apart) => format!(" On calls answered in time the verdict depends on the view for {apart}."),
        None if verdicts.is_empty() => String::new(),
        None => " On calls answered in time no option’s verdict depends on the view.".to_owned(),
    };
    let differ = match inputs.len() {
        0 => "The views differ in no input.".to_owned(),
        1 => format!("The views differ in one input: {}.", inputs[0]),
        n => format!("The views differ in {} inputs: {}.", count(n), some(&inputs, 6)),
    };
    let mut sentences = vec![format!("{differ}{apart}")];
    for pair in agreed {
        let mut told: Vec<String> = pair.disputed.iter().take(TOLD).map(|one| dispute(pair, one)).collect();
        if told.is_empty() {
            told.push(summary(pair));
        }
        told.extend(measured(pair));
        sentences.push(told.join(" "));
    }
    sentences
}

/// What leaves people more satisfied under one view and less under another.
fn opposed(verdicts: &[Verdicts], views: &[Option<String>]) -> Option<String> {
    let opposed: Vec<Verdicts> = verdicts
        .iter()
        .filter(|v| v.told.contains(&Told::Better) && v.told.contains(&Told::Worse))
        .map(|v| Verdicts { name: v.name.clone(), told: v.told.clone(), intervals: Vec::new() })
        .collect();
    let apart = apart(&opposed, views)?;
    Some(format!("Whether people are more satisfied, or less, depends on the view for {apart}."))
}

/// The options whose verdict depends on the view.
fn apart(verdicts: &[Verdicts], views: &[Option<String>]) -> Option<String> {
    let apart: Vec<String> = verdicts
        .iter()
        .filter(|v| v.told.iter().any(|t| *t != v.told[0]))
        .map(|v| {
            let each =
                v.told.iter().zip(views).map(|(told, view)| format!("{} under {}", word(*told), name(view)));
            format!("{} ({})", named(&v.name), each.collect::<Vec<_>>().join(", "))
        })
        .collect();
    (!apart.is_empty()).then(|| some(&apart, 4))
}

/// A view's name within a sentence.
pub(super) fn name(view: &Option<String>) -> String {
    named(view.as_deref().unwrap_or_default())
}

fn word(told: Told) -> &'static str {
    match told {
        Told::Better => "better",
        Told::Worse => "worse",
        Told::Alike => "no difference that matters",
        Told::Not => "cannot be told",
    }
}

/// The inputs in which the views differ, with each view's value.
fn inputs(results: &Results, views: &[Option<String>]) -> Vec<(String, Vec<String>)> {
    let base = options_of(results, &views[0]).next().map_or("", |o| o.name.as_str());
    let of_views: Vec<_> = results.changes.iter().filter(|c| c.option == base && c.view.is_some()).collect();
    let mut paths: Vec<&str> = Vec::new();
    for row in of_views.iter().flat_map(|c| &c.rows) {
        if !paths.contains(&row.path.as_str()) {
            paths.push(&row.path);
        }
    }
    let value = |path: &str, view: &Option<String>| {
        let change = of_views.iter().find(|c| c.view == *view);
        let changed = change.and_then(|c| c.rows.iter().find(|r| r.path == path)).map(|r| r.option.as_str());
        let stated = || results.inputs.iter().find(|i| i.path == path).map(|i| i.value.as_str());
        changed.or_else(stated).unwrap_or("as in the base").to_owned()
    };
    paths
        .into_iter()
        .map(|path| (path.to_owned(), views.iter().map(|view| value(path, view)).collect::<Vec<_>>()))
        .filter(|(_, values)| values.windows(2).any(|pair| pair[0] != pair[1]))
        .collect()
}
