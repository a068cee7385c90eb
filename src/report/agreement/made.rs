//! The record of two views held against each other, made of what was simulated.

use super::record::{Agreed, AgreedInput, Alone, Crossed, Disputed, Left, Way};
use crate::experiment::{Agreement, Contested, Decides, Known, Rest, Switched, Turn};
use crate::report::sweep::{SweptInput, SweptPoint, plain, point, quantity};
use crate::scenario::{Apart, Study};
use crate::statistics::Span;

/// How it is worked out, as told beside it.
const METHOD: &str = "Every setting is run on the same drawn days. A verdict is on one side of where it changes if the 95% interval \
                      of the difference lies wholly on it. Each input is switched alone to the other view's value, from \
                      either view; where none alone turns the verdict, inputs are left out of the whole switch, by halves \
                      and then one by one, as long as it still turns. The way of a number from the one value to the \
                      other is halved three times; between these points a curve bends as its neighbours say, and the \
                      interval of the place where the verdict turns holds every place at which the level lies within the \
                      curve's 95% interval (Fieller's principle). Intervals are each for itself.";

/// The record of one pair of views.
pub fn agreement_record(study: &Study, found: &Agreement, seed: u64) -> Agreed {
    Agreed {
        views: found.sides.views.clone(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        seed,
        replications: found.replications,
        compared: found.compared,
        currency: study.currency.clone(),
        baseline: study.options.first().map_or_else(String::new, |base| base.name.clone()),
        method: METHOD.to_owned(),
        inputs: found.sides.inputs.iter().map(input).collect(),
        agreed: found.agreed,
        untold: found.untold,
        disputed: found.contested.iter().map(|one| disputed(found, one)).collect(),
        left: found
            .left
            .iter()
            .map(|(asked, why)| Left {
                option: asked.option.clone(),
                target: asked.target,
                measure: asked.gauge.path.clone(),
                title: asked.gauge.measure.title.to_owned(),
                verdicts: asked.verdicts.map(str::to_owned),
                why: why.name().to_owned(),
            })
            .collect(),
    }
}

fn input(apart: &Apart) -> AgreedInput {
    let number = apart.way.as_ref().map(|way| SweptInput {
        path: apart.path.clone(),
        help: apart.help.to_owned(),
        quantity: quantity(&way.axis).to_owned(),
        unit: way.axis.unit.to_owned(),
        values: (0..way.points()).map(|step| plain(way.value(step))).collect(),
        texts: (0..way.points()).map(|step| way.text(step).to_owned()).collect(),
        own: Vec::new(),
    });
    AgreedInput {
        path: apart.path.clone(),
        help: apart.help.to_owned(),
        values: apart.values.clone(),
        number,
    }
}

fn disputed(found: &Agreement, one: &Contested) -> Disputed {
    let measure = one.asked.gauge.measure;
    let (decides, by, why) = match &one.decides {
        Decides::Alone(by) => ("alone", by.clone(), None),
        Decides::Together(by) => ("together", by.clone(), None),
        Decides::Unknown(why) => ("unknown", Vec::new(), Some((*why).to_owned())),
    };
    Disputed {
        option: one.asked.option.clone(),
        target: one.asked.target,
        measure: one.asked.gauge.path.clone(),
        title: measure.title.to_owned(),
        unit: measure.unit.name().to_owned(),
        better: measure.better.name().to_owned(),
        level: plain(one.asked.level),
        verdicts: one.asked.verdicts.map(str::to_owned),
        ends: [0, 1].map(|end| known(&one.ends[end])),
        alone: one.alone.iter().map(alone).collect(),
        decides: decides.to_owned(),
        by,
        why,
        ways: one.turns.iter().map(|turn| way(found, turn)).collect(),
    }
}

fn known(known: &Known) -> SweptPoint {
    point(&Ok(known.clone()))
}

fn alone(switched: &Switched) -> Alone {
    let found = [0, 1].map(|view: usize| match &switched.found[view] {
        Ok(one) => known(one),
        Err(why) => SweptPoint { why: Some(why.clone()), ..SweptPoint::default() },
    });
    Alone { found, turns: switched.turns }
}

fn way(found: &Agreement, turn: &Turn) -> Way {
    let steps = turn.steps as f64;
    let values = |share: f64| -> Vec<f64> {
        let of = |input: &usize| found.sides.inputs[*input].way.as_ref();
        let between = |way: &crate::scenario::Way| {
            let (first, last) = (way.value(0), way.value(way.points() - 1));
            plain(first + share * (last - first))
        };
        turn.inputs.iter().filter_map(of).map(between).collect()
    };
    // Where the sign has changed in the end, the middle crossing stands for the stretch.
    let crossed = |span: &Span| {
        let at = (span.crossings.len() % 2 == 1).then(|| span.crossings[span.crossings.len() / 2])?;
        let share = plain(at / steps);
        let ci95 = [span.low, span.high].map(|end| end.map(|end| plain(end / steps)));
        Some(Crossed { share, ci95, values: values(share) })
    };
    let (rest, but) = match &turn.rest {
        Rest::First => (0, Vec::new()),
        Rest::Second => (1, Vec::new()),
        Rest::FirstBut(but) => (0, but.clone()),
    };
    Way {
        inputs: turn.inputs.clone(),
        rest,
        but,
        figures: turn.figures.iter().map(point).collect(),
        crossed: turn.spans.as_ref().map(|spans| spans.iter().filter_map(crossed).collect()),
    }
}
