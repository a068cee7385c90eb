//! What may be concluded from all options of a view together: comparisons that hold at once, what pairing has saved, which
//! option is best, and what it would take to tell more.

use super::block::BLOCK;
use super::compare::Verdict;
use super::control::{controls, saved};
use super::figures::terms;
use super::outcome::Outcome;
use crate::measure::{Better, CATALOGUE, Measure, Scope};
use crate::scenario::Study;
use crate::statistics::{Best, Contender, Controls, Paired, best, contender, paired, to_settle};

/// Conclusions on a measure of the whole centre, under one view.
#[derive(Debug, Clone, PartialEq)]
pub struct Conclusion {
    /// The measure.
    pub measure: &'static Measure,
    /// The base of the view, by number among the study's options.
    pub base: usize,
    /// Each other option against the base.
    pub pairs: Vec<Pair>,
    /// The best option; none of measures that have no better side.
    pub best: Option<Best>,
    /// The difference below which none matters.
    pub zone: f64,
    /// Replications that control variates would have saved for the base's own figure, where they help.
    pub saved: Option<u32>,
}

/// The measure concluded on in words where the scenario does not say what matters.
const USUAL: &str = "service_level";

impl Conclusion {
    /// Whether it is on a measure of which the scenario says what matters, or else the usual one.
    pub fn matters(&self, study: &Study) -> bool {
        match study.matters.is_empty() {
            true => self.measure.id == USUAL,
            false => study.matters.iter().any(|(id, _)| id == self.measure.id),
        }
    }
}

/// An option against the base, with what holds of all such comparisons at once.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// The option, by number.
    pub option: usize,
    /// The difference, its intervals, and what pairing has saved.
    pub paired: Paired,
    /// The verdict on the interval that holds with all others.
    pub verdict: Verdict,
    /// Replications it would take until the comparison alone can be told; none where it can be, or that cannot be said.
    pub to_settle: Option<u32>,
    /// Replications that control variates would have saved for the difference's interval, where they help.
    pub saved: Option<u32>,
}

/// The conclusions on every measure that is a ratio or mean over replications, view by view. Measures that some option
/// lacks are left out.
pub fn conclude(study: &Study, outcome: &Outcome) -> Vec<Conclusion> {
    let mut bases: Vec<usize> = Vec::new();
    for (number, option) in study.options.iter().enumerate() {
        if bases.iter().all(|base| study.options[*base].view != option.view) {
            bases.push(number);
        }
    }
    let of_view = |base: &usize| -> Vec<usize> {
        let same = |i: &usize| study.options[*i].view == study.options[*base].view;
        (0..study.options.len()).filter(same).collect()
    };
    let known: Vec<[Vec<f64>; 2]> = study
        .options
        .iter()
        .zip(&outcome.options)
        .map(|(option, outcome)| controls(study, option, outcome))
        .collect();
    let replications = outcome.options.first().map_or(0, |option| option.centre.len());
    let together = |options: Vec<usize>| {
        let (base, others) = options.split_first()?;
        let own = std::iter::once(Controls::new(replications, &known[*base]));
        let both = |other: &usize| Controls::new(replications, known[*base].iter().chain(&known[*other]));
        let controls = own.chain(others.iter().map(both)).collect();
        Some(View { options, controls })
    };
    let views = bases.iter().map(of_view).filter(|options| options.len() > 1);
    let views: Vec<View> = views.filter_map(together).collect();
    let all = views.iter().flat_map(|view| of_centre().map(move |measure| (measure, view)));
    all.filter_map(|(measure, view)| one(measure, view, (study, outcome))).collect()
}

/// The options of a view, the base first.
struct View {
    options: Vec<usize>,
    /// The base's controls; of each other option, the base's and its own.
    controls: Vec<Controls>,
}

/// The figures that a whole centre has.
fn of_centre() -> impl Iterator<Item = &'static Measure> {
    CATALOGUE.iter().filter(|measure| measure.scope != Scope::Site)
}

fn one(
    measure: &'static Measure,
    View { options, controls }: &View,
    (study, outcome): (&Study, &Outcome),
) -> Option<Conclusion> {
    let of = |option: &usize| {
        let (over, under) = terms(measure, &outcome.options[*option].centre)?;
        contender(&over, &under)
    };
    let contenders: Vec<Contender> = options.iter().map(of).collect::<Option<_>>()?;
    let zone = study.matters.iter().find(|(id, _)| id == measure.id).map_or(0.0, |(_, zone)| *zone);
    let pair = |i: usize| -> Option<Pair> {
        let paired = paired(&contenders[0], &contenders[i], options.len() - 1)?;
        let alone = (paired.difference - paired.half_width, paired.difference + paired.half_width);
        let told = Verdict::of(alone, measure.better, zone) != Verdict::CannotBeTold;
        let (n, half) = (outcome.replications, paired.half_width);
        let to_settle = if told { None } else { to_settle(n, paired.difference, half, zone, BLOCK) };
        let verdict = Verdict::of(paired.joint, measure.better, zone);
        let residuals = contenders[i].residuals.iter().zip(&contenders[0].residuals).map(|(b, a)| b - a);
        let difference = Contender { figure: paired.difference, residuals: residuals.collect() };
        let saved = saved(&difference, &controls[i]);
        Some(Pair { option: options[i], paired, verdict, to_settle, saved })
    };
    let pairs = (1..options.len()).map(pair).collect::<Option<Vec<Pair>>>()?;
    let saved = saved(&contenders[0], &controls[0]);
    let best = best_of(measure, contenders, zone).map(|found| Best {
        option: options[found.option],
        contenders: found.contenders.iter().map(|i| options[*i]).collect(),
        ..found
    });
    Some(Conclusion { measure, base: options[0], pairs, best, zone, saved })
}

/// The best by a measure; its side turned so that more is better.
fn best_of(measure: &Measure, mut contenders: Vec<Contender>, zone: f64) -> Option<Best> {
    match measure.better {
        Better::Neither => return None,
        Better::Higher => {}
        Better::Lower => contenders.iter_mut().for_each(|option| {
            option.figure = -option.figure;
            option.residuals.iter_mut().for_each(|residual| *residual = -*residual);
        }),
    }
    best(&contenders, zone)
}
