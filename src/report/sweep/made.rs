//! A sweep's record, made of what was simulated.

use super::record::{
    BreakEven, Crossing, SWEEP_SCHEMA, Sweep, SweptCurve, SweptInput, SweptLevel, SweptMeasure, SweptPoint,
    SweptSpan,
};
use super::words;
use crate::experiment::{Gauge, Gauged, Known};
use crate::scenario::{Axis, Quantity, Varied};

/// How intervals are made, as told beside them.
const METHOD: &str = "Every point is run on the same drawn days. Intervals are at 95%, each for itself: of figures by Student's \
                      t over replications, of differences by pairs. Between points a curve bends as its neighbours say, \
                      and its interval is wider by how far they disagree. The interval of a break-even point holds every \
                      value of the input at which the level lies within the curve's interval (Fieller's principle).";

/// What a record is made of.
#[derive(Debug, Clone, Copy)]
pub struct Made<'a> {
    /// The scenario at every point.
    pub varied: &'a Varied,
    /// The figures, each with the level asked for.
    pub gauges: &'a [(Gauge, Option<f64>)],
    /// Every setting's figures.
    pub found: &'a [Vec<Gauged>],
    /// Seed of all randomness.
    pub seed: u64,
    /// Replications of every point.
    pub replications: u32,
}

/// The record of a sweep.
pub fn sweep_record(made: Made<'_>) -> Sweep {
    let Made { varied, gauges, seed, replications, .. } = made;
    let study = &varied.study;
    let mut sweep = Sweep {
        schema: SWEEP_SCHEMA.to_owned(),
        scenario: study.name.clone(),
        question: study.question.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed,
        replications,
        currency: study.currency.clone(),
        view: varied.view.clone(),
        method: METHOD.to_owned(),
        inputs: varied.axes.iter().enumerate().map(|(number, axis)| input(varied, number, axis)).collect(),
        options: varied.options.iter().map(|option| option.name.clone()).collect(),
        measures: (0..gauges.len()).map(|number| measure(made, number)).collect(),
    };
    for number in 0..sweep.measures.len() {
        sweep.measures[number].findings = words::findings(&sweep, &sweep.measures[number]);
    }
    sweep
}

/// Never −0, which would be written so.
pub(in crate::report) fn plain(value: f64) -> f64 {
    value + 0.0
}

/// The name of what an input is.
pub(in crate::report) fn quantity(axis: &Axis) -> &'static str {
    match axis.quantity {
        Quantity::Share => "share",
        Quantity::Number => "number",
        Quantity::Whole => "whole",
        Quantity::Seconds => "s",
        Quantity::Money => "money",
    }
}

fn input(varied: &Varied, number: usize, axis: &Axis) -> SweptInput {
    SweptInput {
        path: axis.path.clone(),
        help: axis.help.to_owned(),
        quantity: quantity(axis).to_owned(),
        unit: axis.unit.to_owned(),
        values: axis.values.iter().map(|v| plain(*v)).collect(),
        texts: axis.texts.clone(),
        own: varied.options.iter().map(|option| option.own[number].filter(|v| v.is_finite())).collect(),
    }
}

fn measure(made: Made<'_>, number: usize) -> SweptMeasure {
    let (gauge, asked) = &made.gauges[number];
    let study = &made.varied.study;
    let target = study.options.first().and_then(|base| gauge.target(base));
    let level = match (asked, target) {
        (Some(value), _) => Some(SweptLevel { value: *value, origin: "asked".to_owned() }),
        (None, Some(value)) => Some(SweptLevel { value, origin: "target".to_owned() }),
        _ => None,
    };
    let figures = |option: usize| -> Vec<&Gauged> {
        made.varied.options[option].settings.iter().map(|setting| &made.found[*setting][number]).collect()
    };
    let base = figures(0);
    let curve = |option: usize| {
        let own = figures(option);
        let pairs = || own.iter().zip(&base);
        let less = |(own, base): (&&Gauged, &&Gauged)| -> Gauged {
            Ok(own.as_ref().map_err(|why| *why)?.less(base.as_ref().map_err(|why| *why)?))
        };
        let less: Option<Vec<Gauged>> = (option > 0).then(|| pairs().map(less).collect());
        let meets = |points: &[&Gauged], level: f64| break_even(made.varied, points, level);
        SweptCurve {
            option: made.varied.options[option].name.clone(),
            figures: own.iter().map(|one| point(one)).collect(),
            differences: less.as_ref().map(|all| all.iter().map(point).collect()),
            meets_level: level.as_ref().map(|level| meets(&own, level.value)),
            meets_base: less.as_ref().map(|all| meets(&all.iter().collect::<Vec<_>>(), 0.0)),
        }
    };
    let curves = (0..made.varied.options.len()).map(curve).collect();
    let matters = study.matters.iter().find(|(id, _)| *id == gauge.path).map_or(0.0, |(_, matters)| *matters);
    SweptMeasure {
        path: gauge.path.clone(),
        title: gauge.measure.title.to_owned(),
        unit: gauge.measure.unit.name().to_owned(),
        better: gauge.measure.better.name().to_owned(),
        text: gauge.measure.text.to_owned(),
        level,
        matters,
        curves,
        findings: Vec::new(),
    }
}

pub(in crate::report) fn point(one: &Gauged) -> SweptPoint {
    match one {
        Ok(known) => SweptPoint {
            mean: Some(plain(known.mean)),
            ci95: known.ci95.map(|(low, high)| [plain(low), plain(high)]),
            why: known.ci95.is_none().then(|| "its interval cannot be worked out".to_owned()),
        },
        Err(why) => SweptPoint { mean: None, ci95: None, why: Some((*why).to_owned()) },
    }
}

/// Where a curve meets a level, along the first input at each value of the second.
fn break_even(varied: &Varied, points: &[&Gauged], level: f64) -> Vec<BreakEven> {
    let first = &varied.axes[0].values;
    let lines = varied.axes.get(1).map_or(1, |second| second.values.len());
    let line = |j: usize| -> BreakEven {
        let along: Option<Vec<&Known>> =
            (0..first.len()).map(|i| points[i * lines + j].as_ref().ok()).collect();
        let second = (lines > 1).then_some(j);
        let Some(along) = along else { return BreakEven { second, ends: [0.0; 2], spans: None } };
        let ends = [along[0], along[along.len() - 1]].map(|end| plain(end.mean - level));
        let Some(curve) = Known::curve(&along) else { return BreakEven { second, ends, spans: None } };
        let value = |place: f64| {
            let before = (place as usize).min(first.len() - 2);
            plain(first[before] + (place - before as f64) * (first[before + 1] - first[before]))
        };
        let crossing = |place: &f64| {
            let before = along[place.floor() as usize].mean;
            let after = along[(place.ceil() as usize).min(along.len() - 1)].mean;
            // At a point itself its neighbours tell.
            let last = along[along.len() - 1].mean;
            let rising = if before == after { last > along[0].mean } else { after > before };
            Crossing { at: value(*place), rising }
        };
        let spans = curve.meets(level).spans.into_iter().map(|span| SweptSpan {
            ci95: [span.low.map(value), span.high.map(value)],
            crossings: span.crossings.iter().map(crossing).collect(),
        });
        BreakEven { second, ends, spans: Some(spans.collect()) }
    };
    (0..lines).map(line).collect()
}
