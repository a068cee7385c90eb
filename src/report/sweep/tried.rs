//! `tried.json`: what a report tries beside the options of a scenario, its `[ranges]` and its `[sweeps]`, and what views
//! disagree on.

use super::made::{plain, point, quantity};
use super::record::{Sweep, SweepError, SweptInput, SweptPoint};
use super::words::value;
use crate::experiment::{Gauge, Gauged, Known};
use crate::report::agreement::Agreed;
use crate::report::sentence::{Unit, named, number};
use crate::scenario::{Ranged, Study};
use serde::{Deserialize, Serialize};

/// The schema that `tried.json` names.
pub const TRIED_SCHEMA: &str = "answerable/tried/1";

/// Everything tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TriedRecord {
    /// [`TRIED_SCHEMA`].
    pub schema: String,
    /// Replications of every point: fewer than of the options, on the first of the same days.
    pub replications: u32,
    /// Numbers that may be off, by the figure they move; null where none is given.
    pub ranges: Option<Tornado>,
    /// Numbers that are swept.
    pub sweeps: Vec<Sweep>,
    /// Every further view held against the first.
    pub views: Vec<Agreed>,
}

/// What each range moves one figure, the widest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tornado {
    /// The scenario's name.
    pub scenario: String,
    /// Version of the program.
    pub version: String,
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications of every end.
    pub replications: u32,
    /// Symbol or code of the currency.
    pub currency: String,
    /// The view, where the scenario has views.
    pub view: Option<String>,
    /// The figure: "service_level".
    pub measure: String,
    /// Its title.
    pub title: String,
    /// Its unit.
    pub unit: String,
    /// A bar for each number.
    pub bars: Vec<Bar>,
    /// What is found, in a sentence.
    pub finding: String,
}

/// What a number moves the figure at both ends of its range.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bar {
    /// The number and its two values.
    pub input: SweptInput,
    /// The option it is tried in.
    pub option: String,
    /// The figure as the option stands.
    pub stands: SweptPoint,
    /// What the figure changes at each of the two values, on the same days.
    pub changes: [SweptPoint; 2],
}

impl TriedRecord {
    /// As stored, with a line end.
    pub fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).expect("what is tried is plain data");
        text.push('\n');
        text
    }

    /// Reads what was stored.
    ///
    /// # Errors
    /// When it is nothing of this version.
    pub fn read(text: &str) -> Result<TriedRecord, SweepError> {
        let record: TriedRecord = serde_json::from_str(text)?;
        let bar = |bar: &Bar| bar.input.values.len() == 2 && bar.input.texts.len() == 2;
        let ranges = record.ranges.as_ref().is_none_or(|tornado| tornado.bars.iter().all(bar));
        let sound = record.schema == TRIED_SCHEMA
            && ranges
            && record.sweeps.iter().all(Sweep::fits)
            && record.views.iter().all(Agreed::fits);
        if sound { Ok(record) } else { Err(SweepError::Unfitting) }
    }
}

/// The settings of all ranges in one study, and for each range where in it the option as it stands and both ends are.
pub fn ranges_study(study: &Study, ranges: &[Ranged]) -> (Study, Vec<[usize; 3]>) {
    let mut all = Study { options: Vec::new(), ..study.clone() };
    let mut places = Vec::new();
    let mut standing: Vec<(usize, usize)> = Vec::new();
    for range in ranges {
        // All under the longest warm-up and follow-up that one of them needs: the same days for all.
        let own = range.varied.study.horizon;
        all.horizon.warm_up_days = all.horizon.warm_up_days.max(own.warm_up_days);
        all.horizon.follow_up_days = all.horizon.follow_up_days.max(own.follow_up_days);
        let stands = match standing.iter().find(|(option, _)| *option == range.stands) {
            Some((_, place)) => *place,
            None => {
                all.options.push(study.options[range.stands].clone());
                standing.push((range.stands, all.options.len() - 1));
                all.options.len() - 1
            }
        };
        let ends = range.varied.options.last().map_or(&[][..], |option| option.settings.as_slice());
        let first = all.options.len();
        all.options.extend(ends.iter().map(|setting| range.varied.study.options[*setting].clone()));
        places.push([stands, first, first + ends.len().saturating_sub(1)]);
    }
    (all, places)
}

/// The bars of all ranges, made of the figures of [`ranges_study`]'s settings.
pub fn tornado(
    study: &Study,
    ranges: &[Ranged],
    (gauge, found, places): (&Gauge, &[Gauged], &[[usize; 3]]),
    (seed, replications): (u64, u32),
) -> Tornado {
    let bar = |(range, place): (&Ranged, &[usize; 3])| {
        let [stands, low, high] = place.map(|at| &found[at]);
        let axis = &range.varied.axes[0];
        let own = range.varied.options.last().and_then(|option| option.own[0]);
        let input = SweptInput {
            path: axis.path.clone(),
            help: axis.help.to_owned(),
            quantity: quantity(axis).to_owned(),
            unit: axis.unit.to_owned(),
            values: axis.values.iter().map(|v| plain(*v)).collect(),
            texts: axis.texts.clone(),
            own: vec![own.filter(|v| v.is_finite())],
        };
        let change = |end: &Gauged| -> Gauged {
            let less = |end: &Known, stands: &Known| end.less(stands);
            Ok(less(end.as_ref().map_err(|why| *why)?, stands.as_ref().map_err(|why| *why)?))
        };
        let option = study.options[range.stands].name.clone();
        Bar { input, option, stands: point(stands), changes: [point(&change(low)), point(&change(high))] }
    };
    let mut bars: Vec<Bar> = ranges.iter().zip(places).map(bar).collect();
    bars.sort_by(|a, b| width(b).total_cmp(&width(a)));
    let mut tornado = Tornado {
        scenario: study.name.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed,
        replications,
        currency: study.currency.clone(),
        view: study.options.first().and_then(|base| base.view.clone()),
        measure: gauge.path.clone(),
        title: gauge.measure.title.to_owned(),
        unit: gauge.measure.unit.name().to_owned(),
        bars,
        finding: String::new(),
    };
    tornado.finding = finding(&tornado);
    tornado
}

/// How far apart a bar's ends lie, the option as it stands among them.
pub fn width(bar: &Bar) -> f64 {
    let ends = bar.changes.iter().filter_map(|change| change.mean);
    let (low, high) = ends.fold((0.0_f64, 0.0_f64), |a, v| (a.0.min(v), a.1.max(v)));
    high - low
}

/// What one end changes: "+3.2 points", or that no difference can be shown.
pub fn change(unit: Unit, change: &SweptPoint) -> String {
    let (Some(mean), Some([low, high])) = (change.mean, change.ci95) else { return "–".to_owned() };
    if mean == 0.0 && low == 0.0 && high == 0.0 {
        return "no difference".to_owned();
    }
    let scale = unit.scale();
    let half = 0.5 * (high - low) * scale;
    let places = if half < 0.05 { 2 } else { 1 };
    let sign = if mean > 0.0 { "+" } else { "" };
    let untold = if low <= 0.0 && high >= 0.0 { ", no difference can be shown" } else { "" };
    let name = match unit.of_difference() {
        "" => String::new(),
        name => format!(" {name}"),
    };
    format!("{sign}{}{name} ±{}{untold}", number(mean * scale, places), number(half, places))
}

fn finding(tornado: &Tornado) -> String {
    let told = |bar: &&Bar| {
        let clear = |change: &SweptPoint| change.ci95.is_some_and(|[low, high]| low > 0.0 || high < 0.0);
        bar.changes.iter().any(clear)
    };
    let unit = Unit::parse(&tornado.unit);
    match tornado.bars.iter().find(told) {
        None => format!("No range is shown to move the {}", tornado.title.to_lowercase()),
        Some(bar) => {
            let at = |end: usize| {
                let shown = value(&bar.input, &tornado.currency, bar.input.values[end]);
                format!("{} at {shown}", change(unit, &bar.changes[end]))
            };
            format!(
                "{} of {} hangs most on {}: {}, {}",
                tornado.title,
                named(&bar.option),
                bar.input.path,
                at(0),
                at(1)
            )
        }
    }
}
