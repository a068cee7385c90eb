//! The figures of an option, each with its interval, for the centre, each queue, each team and each of several sites.

use super::outcome::OptionOutcome;
use super::waits::Waits;
use super::weekdays::is_pooled;
use crate::measure::{CATALOGUE, Formula, Measure, Scope, Sum, Sums};
use crate::scenario::Setting;
use crate::statistics::{Estimate, Fine, jackknife, mean_of, ratio};

/// Where a figure is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The whole centre.
    Centre,
    /// A queue, by number.
    Queue(usize),
    /// A team, by number.
    Team(usize),
    /// A site, of several, by number.
    Site(usize),
}

/// A figure, or why it does not exist.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// The measure.
    pub measure: &'static Measure,
    /// The estimate.
    pub value: Result<Estimate, &'static str>,
    /// Why it has no interval, where it has none.
    pub unbounded: Option<&'static str>,
    /// For figures of what is pooled, their value with each group of replications left out.
    pub(super) left_out: Vec<f64>,
    /// How far a percentile of pooled waits may lie from its bucket's middle, which is what is printed.
    pub(super) rounding: f64,
}

impl Figure {
    /// A figure that does not exist, and why.
    pub(super) fn missing(measure: &'static Measure, why: &'static str) -> Figure {
        Figure { measure, value: Err(why), unbounded: None, left_out: Vec::new(), rounding: 0.0 }
    }
}

/// Why a figure or a difference of one replication has no interval.
pub(super) const TOO_FEW: &str = "too few histories for an interval";
/// Why a figure of what is pooled has none.
const TOO_FEW_GROUPS: &str = "pooled over all histories: an interval takes more than ten of them";
/// Why the longest wait has none.
pub(super) const LONGEST: &str =
    "the longest of all histories: the more of them, the longer, so no interval bounds it";
/// Why a figure that no group of histories changes has none.
const SAME: &str =
    "the same whichever of the histories are left out, so they cannot say how far chance moves it";

/// Why a site has no figures of callers.
pub(super) const POOLED: &str =
    "no callers are sent to this site: the sites of every queue it answers are pooled";

/// The numerators and denominators of a measure, by replication.
pub(super) fn terms(measure: &Measure, rows: &[Sums]) -> Option<(Vec<f64>, Vec<f64>)> {
    match measure.formula {
        Formula::Ratio(over, under, scale) => Some((column(rows, over, scale), column(rows, under, 1.0))),
        Formula::Mean(terms, scale) => Some((column(rows, terms, scale), vec![1.0; rows.len()])),
        Formula::Wait(_) | Formula::WorstInterval => None,
    }
}

/// A combination of sums by replication, to a scale. Most are of one sum or two, which take a third of the time of more.
fn column(rows: &[Sums], terms: &[(Sum, i64)], scale: f64) -> Vec<f64> {
    match *terms {
        [(sum, 1)] => rows.iter().map(|row| row.of(sum) as i64 as f64 * scale).collect(),
        [(one, a), (other, b)] => {
            let both = |row: &Sums| row.of(one) as i64 * a + row.of(other) as i64 * b;
            rows.iter().map(|row| both(row) as f64 * scale).collect()
        }
        _ => rows.iter().map(|row| row.combine(terms) * scale).collect(),
    }
}

/// The sums of a place, by replication.
pub(super) fn rows(outcome: &OptionOutcome, place: Place) -> &[Sums] {
    match place {
        Place::Centre => &outcome.centre,
        Place::Queue(q) => &outcome.queues[q],
        Place::Team(t) => &outcome.teams[t],
        Place::Site(s) => &outcome.sites[s],
    }
}

/// The figures of a place, in the order of the catalogue.
pub fn figures(setting: &Setting, outcome: &OptionOutcome, place: Place) -> Vec<Figure> {
    let wanted = |scope: Scope| match place {
        Place::Centre => scope != Scope::Site,
        Place::Queue(_) => scope == Scope::Calls,
        Place::Team(_) => scope == Scope::Staff,
        Place::Site(_) => scope != Scope::Centre,
    };
    let waits = Waits::new(setting, outcome, place);
    CATALOGUE
        .iter()
        .filter(|m| wanted(m.scope))
        .map(|measure| figure(measure, setting, outcome, place, waits.as_ref()))
        .collect()
}

/// One figure of a place.
pub(super) fn figure_at(
    measure: &'static Measure,
    setting: &Setting,
    outcome: &OptionOutcome,
    place: Place,
) -> Figure {
    let waits = matches!(measure.formula, Formula::Wait(_)).then(|| Waits::new(setting, outcome, place));
    figure(measure, setting, outcome, place, waits.flatten().as_ref())
}

fn figure(
    measure: &'static Measure,
    setting: &Setting,
    outcome: &OptionOutcome,
    place: Place,
    waits: Option<&Waits<Fine>>,
) -> Figure {
    let missing = Figure::missing(measure, measure.missing);
    if is_cost(measure) && setting.teams.iter().all(|t| t.pay_per_hour.is_none()) {
        return Figure { value: Err("the scenario states no pay"), ..missing };
    }
    if is_pooled(setting, place, measure) {
        return Figure { value: Err(POOLED), ..missing };
    }
    let rows = rows(outcome, place);
    let of_replications = |value: Option<Estimate>| {
        let unbounded = value.filter(|e| e.ci95.is_none()).map(|_| TOO_FEW);
        Figure { value: value.ok_or(measure.missing), unbounded, ..missing.clone() }
    };
    match measure.formula {
        Formula::Ratio(..) => of_replications(terms(measure, rows).and_then(|(n, d)| ratio(&n, &d))),
        Formula::Mean(..) => of_replications(terms(measure, rows).and_then(|(n, _)| mean_of(&n))),
        Formula::WorstInterval => match worst(outcome, place) {
            Some((mean, left_out)) => pooled(measure, mean, left_out, 0.0),
            None => missing,
        },
        Formula::Wait(figure) => waits.map_or(missing, |waits| waits.figure(measure, figure)),
    }
}

fn is_cost(measure: &Measure) -> bool {
    let has = |terms: &[(Sum, i64)]| terms.iter().any(|t| t.0 == Sum::Cost);
    match measure.formula {
        Formula::Ratio(over, ..) => has(over),
        Formula::Mean(terms, _) => has(terms),
        _ => false,
    }
}

/// The lowest service level of an interval of the week, and the same with each group of replications left out.
fn worst(outcome: &OptionOutcome, place: Place) -> Option<(f64, Vec<f64>)> {
    // Of the centre, callers passed on count once.
    let parts: Vec<usize> = match place {
        Place::Centre => (0..outcome.queues.len()).collect(),
        Place::Queue(q) => outcome.parts_of(q).collect(),
        Place::Site(s) => vec![outcome.part_of_site(s)],
        Place::Team(_) => return None,
    };
    let week = 7 * outcome.cells_a_day();
    let mut all = vec![[0; 2]; week];
    let groups: Vec<Vec<[u64; 2]>> = outcome
        .weeks
        .iter()
        .filter(|group| !group.is_empty())
        .map(|group| {
            let mut sums = vec![[0; 2]; week];
            for part in parts.iter().copied() {
                for (i, cell) in group[part * week..(part + 1) * week].iter().enumerate() {
                    for side in 0..2 {
                        sums[i][side] += cell[side];
                        all[i][side] += cell[side];
                    }
                }
            }
            sums
        })
        .collect();
    let lowest = |cells: &mut dyn Iterator<Item = [u64; 2]>| {
        cells.filter(|c| c[1] > 0).map(|c| c[0] as f64 / c[1] as f64).min_by(f64::total_cmp)
    };
    let mean = lowest(&mut all.iter().copied())?;
    let left_out = groups
        .iter()
        .filter_map(|group| lowest(&mut all.iter().zip(group).map(|(a, g)| [a[0] - g[0], a[1] - g[1]])))
        .collect();
    Some((mean, left_out))
}

/// A figure of what is pooled over replications, with its interval by leaving out groups of them, wider by what
/// rounding to buckets may hide. Where no group moves the figure there is no interval: one of no width would claim more
/// than is known.
pub(super) fn pooled(measure: &'static Measure, mean: f64, left_out: Vec<f64>, rounding: f64) -> Figure {
    let (ci95, unbounded) = bounded(jackknife(mean, &left_out), rounding);
    Figure {
        measure,
        value: Ok(Estimate { mean, ci95, sd: None, p10: None, p50: None, p90: None }),
        unbounded,
        left_out,
        rounding,
    }
}

/// An interval of the jackknife widened by rounding; of no width, none, and why.
pub(super) fn bounded(
    interval: Option<(f64, f64)>,
    rounding: f64,
) -> (Option<(f64, f64)>, Option<&'static str>) {
    match interval {
        None => (None, Some(TOO_FEW_GROUPS)),
        Some((low, high)) if low == high => (None, Some(SAME)),
        Some((low, high)) => (Some((low - rounding, high + rounding)), None),
    }
}
