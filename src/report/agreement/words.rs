//! Where views disagree, in sentences.

use super::record::{Agreed, Alone, Crossed, Disputed, Way};
use crate::report::answer::some;
use crate::report::sentence::{Unit, capitalised, count, named, number};
use crate::report::sweep::words::value;
use crate::report::sweep::{SweptPoint, change};

/// "a, b and c".
fn together(items: &[String]) -> String {
    some(items, items.len())
}

/// How many verdicts both views share, and how many they do not.
pub fn summary(agreed: &Agreed) -> String {
    let views = format!("{} and {}", named(&agreed.views[0]), named(&agreed.views[1]));
    if agreed.inputs.is_empty() {
        return format!("The views {views} differ in no input that was looked at.");
    }
    let differ = agreed.disputed.len() + agreed.left.len();
    let verdicts = |n: usize| format!("{} verdict{}", count(n), if n == 1 { "" } else { "s" });
    let mut parts = vec![match agreed.agreed {
        0 => format!("{views} agree on no verdict"),
        n => format!("{views} agree on {}", verdicts(n)),
    }];
    parts.push(match differ {
        0 => "differ on none that can be told under both".to_owned(),
        n => format!("differ on {}", count(n)),
    });
    let untold = match agreed.untold {
        0 => String::new(),
        n => format!(
            "; {} cannot be told under both with {} histories",
            count(n),
            number(f64::from(agreed.compared), 0)
        ),
    };
    capitalised(&format!("{}{untold}.", parts.join(", and ")))
}

/// A figure as a heading has it: "Service level", "Service level of queue 999".
pub fn titled(title: &str, measure: &str) -> String {
    let of = measure.rsplit_once('.').and_then(|(place, _)| place.split_once('.'));
    match of {
        Some((section, name)) => {
            format!("{title} of {} {}", section.trim_end_matches('s'), named(name.trim_matches('"')))
        }
        None => title.to_owned(),
    }
}

/// The same within a sentence.
fn lowered(title: &str, measure: &str) -> String {
    titled(&title.to_lowercase(), measure)
}

/// What is disputed: "service level of ‘four’ against ‘three’ (better under ‘one’, worse under ‘two’)".
fn subject(agreed: &Agreed, one: &Disputed) -> String {
    let title = lowered(&one.title, &one.measure);
    let [first, second] = [0, 1].map(|i| format!("{} under {}", one.verdicts[i], named(&agreed.views[i])));
    match one.target {
        true => {
            format!("whether {} meets its target for {title} ({first}, {second})", named(&agreed.baseline))
        }
        false => format!("the verdict on {}, {title} ({first}, {second}),", named(&one.option)),
    }
}

/// What a disputed verdict turns on, in sentences.
pub fn dispute(agreed: &Agreed, one: &Disputed) -> String {
    let path = |input: &usize| agreed.inputs[*input].path.clone();
    let subject = capitalised(&subject(agreed, one));
    let mut text = match (one.decides.as_str(), &one.by[..]) {
        ("alone", [input]) => {
            let from = from(agreed, one.alone.get(*input));
            format!("{subject} turns on {} alone{from}{}.", path(input), whole(agreed, *input))
        }
        ("alone", inputs) => {
            let each = inputs.iter().map(|i| format!("{}{}", path(i), from(agreed, one.alone.get(*i))));
            format!("{subject} turns on any of these alone: {}.", each.collect::<Vec<_>>().join("; "))
        }
        ("together", inputs) => {
            let paths: Vec<String> = inputs.iter().map(path).collect();
            let none = if one.alone.is_empty() { "" } else { "no input alone; " };
            format!("{subject} turns on {none}{} together, none of which can be left out.", together(&paths))
        }
        _ => {
            let why = one.why.as_deref().unwrap_or("it cannot be told");
            format!("{subject} turns on no input alone; on which of them together is not known: {why}.")
        }
    };
    for way in &one.ways {
        text += &format!(" {}", turned(agreed, one, way));
    }
    text
}

/// The first disputed verdict in one sentence: what it turns on and at what value; none where nothing is disputed.
pub fn brief(agreed: &Agreed) -> Option<String> {
    agreed.disputed.first().map(|one| finding(agreed, one))
}

/// A disputed verdict in one sentence: what it turns on and at what value.
pub fn finding(agreed: &Agreed, one: &Disputed) -> String {
    let paths: Vec<String> = one.by.iter().map(|input| agreed.inputs[*input].path.clone()).collect();
    let title = lowered(&one.title, &one.measure);
    let what = match one.target {
        true => format!("Whether the target for {title} is met"),
        false => format!("The views’ verdict on {}, {title},", named(&one.option)),
    };
    let crossed = one.ways.iter().find_map(|way| Some((way, way.crossed.as_ref()?.first()?)));
    match (one.decides.as_str(), crossed) {
        (_, Some((way, at))) => format!("{what} turns at {}.", place(agreed, way, at)),
        ("unknown", None) => format!("{what} turns on no input alone."),
        ("alone", None) if paths.len() > 1 => {
            format!("{what} turns on any of these alone: {}.", together(&paths))
        }
        (_, None) => format!("{what} turns on {}.", together(&paths)),
    }
}

/// From which view an input turns the verdict, where it does so from one alone.
fn from(agreed: &Agreed, alone: Option<&Alone>) -> String {
    match alone.map(|alone| alone.turns) {
        Some([true, false]) => format!(", as long as all else is as under {}", named(&agreed.views[0])),
        Some([false, true]) => format!(", as long as all else is as under {}", named(&agreed.views[1])),
        _ => String::new(),
    }
}

/// That an input has nothing between its two values.
fn whole(agreed: &Agreed, input: usize) -> String {
    let input = &agreed.inputs[input];
    match input.number {
        Some(_) => String::new(),
        None => {
            let [first, second] = &input.values;
            format!(", which has nothing between its two values ({first} and {second})")
        }
    }
}

/// Where on a way the verdict turns.
fn turned(agreed: &Agreed, one: &Disputed, way: &Way) -> String {
    let rest = match way.inputs.len() {
        // Nothing else differs.
        n if n == agreed.inputs.len() => String::new(),
        _ if !way.but.is_empty() => {
            let but: Vec<String> = way.but.iter().map(|i| agreed.inputs[*i].path.clone()).collect();
            let own = named(&agreed.views[1 - way.rest]);
            format!(
                "With {} as under {own} and all else as under {}, ",
                together(&but),
                named(&agreed.views[way.rest])
            )
        }
        _ => format!("With all else as under {}, ", named(&agreed.views[way.rest])),
    };
    let Some(crossed) = &way.crossed else {
        return capitalised(&format!(
            "{rest}where it turns cannot be worked out: a figure between has no interval."
        ));
    };
    let places: Vec<String> = crossed.iter().map(|at| place(agreed, way, at)).collect();
    match places.is_empty() {
        // It is at the level at one end and never beyond it.
        true => {
            let at = one.ends.iter().position(|end| end.mean == Some(one.level)).unwrap_or(1);
            let own = named(&agreed.views[at]);
            capitalised(&format!("{rest}it turns nowhere before the very value under {own}."))
        }
        false => capitalised(&format!("{rest}it turns at {}.", places.join(", and again at "))),
    }
}

/// "response.repeats-after-cut = 21% (95% interval 18% to 25%)".
fn place(agreed: &Agreed, way: &Way, at: &Crossed) -> String {
    let shown = |input: usize, v: f64| {
        agreed.inputs[input].number.as_ref().map_or_else(String::new, |n| value(n, &agreed.currency, v))
    };
    let pairs = way.inputs.iter().zip(&at.values);
    let values: Vec<String> =
        pairs.map(|(input, v)| format!("{} = {}", agreed.inputs[*input].path, shown(*input, *v))).collect();
    let [low, high] = at.ci95;
    let interval = match &way.inputs[..] {
        [input] => {
            let number = agreed.inputs[*input].number.as_ref();
            let between = |share: f64| {
                let ends = number.map(|n| (n.values[0], n.values[n.values.len() - 1])).unwrap_or_default();
                ends.0 + share * (ends.1 - ends.0)
            };
            let ends = [
                low.map_or_else(
                    || format!("that of {} or nearer", named(&agreed.views[0])),
                    |s| shown(*input, between(s)),
                ),
                high.map_or_else(
                    || format!("that of {} or beyond", named(&agreed.views[1])),
                    |s| shown(*input, between(s)),
                ),
            ];
            // The lower value first.
            let falls = between(1.0) < between(0.0);
            let [a, b] = if falls && low.is_some() && high.is_some() {
                [&ends[1], &ends[0]]
            } else {
                [&ends[0], &ends[1]]
            };
            format!("(95% interval {a} to {b})")
        }
        _ => {
            let percent =
                |share: Option<f64>, end: f64| format!("{}%", number(100.0 * share.unwrap_or(end), 0));
            format!(
                "({} of the way from {} to {}, 95% interval {} to {})",
                percent(Some(at.share), 0.0),
                named(&agreed.views[0]),
                named(&agreed.views[1]),
                percent(low, 0.0),
                percent(high, 1.0)
            )
        }
    };
    format!("{} {interval}", together(&values))
}

/// At most so many verdicts are named of which it is not known what they turn on.
const NAMED: usize = 6;

/// The verdicts that differ without it being known what they turn on, and why, in sentences; empty where there is none.
pub fn unsettled(agreed: &Agreed) -> String {
    let of = |why: &str, begun: &str, one: &str, several: &str| -> Option<String> {
        let own: Vec<_> = agreed.left.iter().filter(|left| left.why == why).collect();
        let told = own.iter().take(NAMED).map(|left| {
            let what = match left.target {
                true => format!("{} and its target for", named(&left.option)),
                false => format!("{},", named(&left.option)),
            };
            let [first, second] = &left.verdicts;
            format!("{what} {} ({first}, {second})", lowered(&left.title, &left.measure))
        });
        let mut told: Vec<String> = told.collect();
        if own.len() > NAMED {
            told.push(format!("and {} more (tried.json names them)", count(own.len() - NAMED)));
        }
        let predicate = if own.len() == 1 { one } else { several };
        (!own.is_empty()).then(|| format!("{begun} {} {predicate}: {}.", count(own.len()), told.join("; ")))
    };
    let histories = number(f64::from(agreed.replications), 0);
    let few = format!("With {histories} histories of every setting it cannot be told on what");
    let work = of(
        "work",
        "So that the run does not become much longer,",
        "verdict that differs was not looked into",
        "verdicts that differ were not looked into",
    );
    let few = of("few", &few, "further verdict that differs turns", "further verdicts that differ turn");
    [few, work].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// What an input is, in the words of the format: nothing where it has none.
pub fn meaning<'a>(agreed: &'a Agreed, path: &str) -> Option<&'a str> {
    let input = agreed.inputs.iter().find(|input| input.path == path)?;
    (!input.help.is_empty()).then_some(input.help.as_str())
}

/// What the two sides should go and measure; none where nothing is disputed.
pub fn measured(agreed: &Agreed) -> Option<String> {
    let mut paths: Vec<&str> = Vec::new();
    for input in agreed.disputed.iter().flat_map(|one| &one.by) {
        let path = agreed.inputs[*input].path.as_str();
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    let explained = |path: &str| match meaning(agreed, path) {
        Some(meaning) => format!("{path} (“{meaning}”)"),
        None => path.to_owned(),
    };
    let paths: Vec<String> = paths.into_iter().map(explained).collect();
    (!paths.is_empty()).then(|| format!("What the two sides should go and measure: {}.", together(&paths)))
}

/// What comes of an input switched alone: "+3.2 points ±0.4, which turns it".
pub fn switch(one: &Disputed, alone: &Alone, view: usize) -> String {
    let point: &SweptPoint = &alone.found[view];
    match (point.mean, &point.why) {
        (None, Some(why)) => format!("cannot be had alone: {why}"),
        _ => figure(one, point) + if alone.turns[view] { ", which turns it" } else { "" },
    }
}

/// A difference, or the figure itself where the base is held against its target.
pub fn figure(one: &Disputed, point: &SweptPoint) -> String {
    let unit = Unit::parse(&one.unit);
    match (one.target, point.mean) {
        (true, Some(mean)) => unit.figure(mean, point.ci95.map(|[low, high]| 0.5 * (high - low))),
        _ => change(unit, point),
    }
}
