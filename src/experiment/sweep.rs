//! Sweeps: the settings of a scenario with inputs varied, all on the same drawn days, and the figures asked for.
//!
//! So many settings are run together as share a drawn day cheaply, and of each only the wanted figures are kept: memory
//! does not grow with the number of points. What is run together moves no figure. Of settings that come to the same one is
//! run for all.

use super::alike::Alike;
use super::at_once::each;
use super::figures::terms;
use super::gauge::Gauge;
use super::outcome::OptionOutcome;
use super::run::{Interrupted, Request, Simulator};
use super::size::calls_of;
use crate::measure::Formula;
use crate::scenario::{Setting, Study};
use crate::statistics::{Contender, Curve, contender, mean_of};

/// Settings that are run together: the day is drawn once for them, and their sums lie in memory at once.
pub(super) const TOGETHER: usize = 32;

/// A figure of one setting, with what is needed to compare it with others of the same replications.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// The figure over the whole run.
    pub mean: f64,
    /// Its 95% interval, where it has one.
    pub ci95: Option<(f64, f64)>,
    /// A residual for each replication, or for each group of them where waits are pooled.
    errors: Option<Contender>,
    /// What rounding to buckets may hide of a percentile, to either side.
    slack: f64,
}

/// A figure, or why it does not exist.
pub type Gauged = Result<Known, &'static str>;

/// How many times the replications are run, so that progress can be told: once for so many settings.
pub fn rounds(study: &Study) -> u64 {
    Alike::of(&study.options).simulated.len().div_ceil(TOGETHER) as u64
}

/// Expected calls of one replication of everything that a sweep of the study runs.
pub fn calls(study: &Study) -> f64 {
    let calls = |number: &usize| calls_of(study, &study.options[*number]);
    each(&Alike::of(&study.options).simulated, calls).into_iter().sum()
}

/// The most settings that are in memory at once.
pub fn together(study: &Study) -> Study {
    let most = study.options.iter().take(TOGETHER).cloned().collect();
    Study { options: most, ..study.clone() }
}

/// Runs every setting of a study and gives its figures, in the order asked for.
///
/// # Errors
/// When the run is stopped from outside.
pub fn sweep(
    study: &Study,
    gauges: &[Gauge],
    request: Request<'_>,
    done: &(dyn Fn() + Sync),
) -> Result<Vec<Vec<Gauged>>, Interrupted> {
    let alike = Alike::of(&study.options);
    let of_sums = |gauge: &Gauge| matches!(gauge.measure.formula, Formula::Ratio(..) | Formula::Mean(..));
    let sums_alone = gauges.iter().all(of_sums);
    let mut found: Vec<Vec<Gauged>> = Vec::new();
    let mut part = Study { options: Vec::new(), ..study.clone() };
    for numbers in alike.simulated.chunks(TOGETHER) {
        let settings: Vec<Setting> = numbers.iter().map(|number| study.options[*number].clone()).collect();
        part.options.clone_from(&settings);
        let simulator = match sums_alone {
            true => Simulator::of_sums_alone(&part, request.seed, request.threads),
            false => Simulator::new(&part, request.seed, request.threads),
        };
        let outcome = simulator.stretch(0..request.replications, request.stop, done)?.outcome(request.seed);
        let of = |(setting, outcome): (&Setting, &OptionOutcome)| {
            gauges.iter().map(|gauge| known(gauge, setting, outcome)).collect()
        };
        found.extend(settings.iter().zip(&outcome.options).map(of));
    }
    Ok(alike.told_by.iter().map(|place| found[*place].clone()).collect())
}

/// A figure of one setting, made of its replications.
pub(super) fn known(gauge: &Gauge, setting: &Setting, outcome: &OptionOutcome) -> Gauged {
    let absent = "the option has no such queue or team";
    let (Some(place), Some(figure)) = (gauge.place(setting), gauge.figure(setting, outcome)) else {
        return Err(absent);
    };
    let estimate = figure.value?;
    let errors = match terms(gauge.measure, super::figures::rows(outcome, place)) {
        Some((over, under)) => contender(&over, &under),
        None if estimate.ci95.is_some() => pseudo(estimate.mean, &figure.left_out),
        None => None,
    };
    Ok(Known { mean: estimate.mean, ci95: estimate.ci95, errors, slack: figure.rounding })
}

/// The jackknife's pseudo-values less their mean stand for residuals: g·θ − (g − 1)·θ₍ᵢ₎.
fn pseudo(full: f64, left_out: &[f64]) -> Option<Contender> {
    let mean = mean_of(left_out)?.mean;
    let scale = left_out.len() as f64 - 1.0;
    Some(Contender { figure: full, residuals: left_out.iter().map(|one| scale * (mean - one)).collect() })
}

impl Known {
    /// This figure less another's of the same replications, by pairs.
    pub fn less(&self, other: &Known) -> Known {
        let pairs = self.errors.as_ref().zip(other.errors.as_ref());
        let errors = pairs.filter(|(a, b)| a.residuals.len() == b.residuals.len()).map(|(a, b)| Contender {
            figure: a.figure - b.figure,
            residuals: a.residuals.iter().zip(&b.residuals).map(|(a, b)| a - b).collect(),
        });
        let mean = self.mean - other.mean;
        let slack = self.slack + other.slack;
        let half = errors.as_ref().and_then(|e| mean_of(&e.residuals)?.half_width()).map(|half| half + slack);
        Known { mean, ci95: half.map(|half| (mean - half, mean + half)), errors, slack }
    }

    /// The curve through figures at equally spaced values of an input; none where one of them has no interval.
    pub fn curve(points: &[&Known]) -> Option<Curve> {
        let errors: Vec<&Contender> = points.iter().map(|p| p.errors.as_ref()).collect::<Option<_>>()?;
        let slack: Vec<f64> = points.iter().map(|p| p.slack).collect();
        Curve::new(&errors, &slack)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::read;
    use std::path::Path;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn a_figure_is_the_same_whether_or_not_waits_are_pooled_for_another() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let files = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
        let text = files("district-council.toml").expect("the scenario is there");
        let study = read("district-council.toml", &text, &files).expect("it is valid").study;
        let study = Study { options: study.options.into_iter().take(2).collect(), ..study };
        let gauge = |path: &str| Gauge::parse(path, &study).expect("the figure exists");
        let stop = AtomicBool::new(false);
        let request = Request { replications: 12, seed: 1, threads: 2, stop: &stop };
        let found = |gauges: &[Gauge]| sweep(&study, gauges, request, &|| ()).expect("nobody stops it");
        let figures = ["service_level", "target_met", "satisfaction", "teams.full-time.occupancy"];
        let alone = found(&figures.map(gauge));
        let beside =
            found(&[&figures[..], &["wait_p90"]].concat().into_iter().map(gauge).collect::<Vec<_>>());
        for (alone, beside) in alone.iter().zip(&beside) {
            assert_eq!(alone[..], beside[..figures.len()]);
            assert!(alone.iter().all(Result::is_ok) && beside.iter().all(Result::is_ok));
        }
    }
}
