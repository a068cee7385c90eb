//! The figures of each weekday, each with its interval between replications.
//!
//! Of a replication's weekday only what an interval asks for is kept, summed over replications, so that a run takes no
//! more memory for it however long it is.

use super::compare::{Comparison, Verdict};
use super::figures::{Figure, POOLED, Place, TOO_FEW};
use super::outcome::OptionOutcome;
use crate::measure::{Better, Formula, Measure, Scope, Sums, find};
use crate::scenario::{Horizon, Setting};
use crate::statistics::{Crossed, Difference, Estimate, Pairs};
use crate::tally::Tally;
use serde::{Deserialize, Serialize};

/// The measures told by weekday: those that the tallies of cells give. Counts and hours are means of one such day.
pub const BY_WEEKDAY: [&str; 12] = [
    "service_level",
    "abandonment_rate",
    "asa",
    "mean_wait",
    "target_met",
    "target_met_intervals",
    "occupancy",
    "workload",
    "offered",
    "answered",
    "abandoned",
    "hours_signed_on",
];

/// Weekdays of a week.
const WEEK: usize = 7;

/// Numerator and denominator of a measure in one replication, before its scale.
pub(super) type Pair = (u64, u64);

/// The days of one option by weekday, over replications.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weekdays {
    /// Weekday of the first measured day; measured days.
    first: usize,
    days: usize,
    /// Queues, teams and sites that are told apart: none of one alone.
    apart: [usize; 3],
    /// By place, weekday and measure; empty where the horizon has but one weekday.
    pairs: Vec<Pairs>,
    /// The same together with the base's; empty of the base itself.
    crossed: Vec<Crossed>,
}

fn measures() -> impl Iterator<Item = &'static Measure> {
    BY_WEEKDAY.iter().filter_map(|id| find(id))
}

/// How many queues, teams and sites of an option are told apart.
fn apart(setting: &Setting) -> [usize; 3] {
    let queues = if setting.queues.len() > 1 { setting.queues.len() } else { 0 };
    [queues, setting.teams_told_apart(), setting.sites_told_apart()]
}

/// The places whose weekdays are told: the centre, then the queues, teams and sites that are told apart.
fn places_of([queues, teams, sites]: [usize; 3]) -> impl Iterator<Item = Place> {
    let of_queues = (0..queues).map(Place::Queue);
    let of_teams = (0..teams).map(Place::Team);
    std::iter::once(Place::Centre).chain(of_queues).chain(of_teams).chain((0..sites).map(Place::Site))
}

/// The places of an option whose weekdays are told.
pub fn weekday_places(setting: &Setting) -> impl Iterator<Item = Place> {
    places_of(apart(setting))
}

/// For each place of an option whose weekdays are told, the base's place of that name, where it has one.
pub(super) fn counterparts(setting: &Setting, base: &Setting) -> Vec<Option<usize>> {
    let known: Vec<(u8, &str)> = weekday_places(base).map(|place| named(base, place)).collect();
    let find = |place| known.iter().position(|other| *other == named(setting, place));
    weekday_places(setting).map(find).collect()
}

/// What sort of place it is, and its name.
fn named(setting: &Setting, place: Place) -> (u8, &str) {
    match place {
        Place::Centre => (0, ""),
        Place::Queue(queue) => (1, &setting.queues[queue].name),
        Place::Team(team) => (2, &setting.teams[team].name),
        Place::Site(site) => (3, &setting.sites[site]),
    }
}

/// Whether a measure is told of a place: callers' figures of queues, staff's figures of teams, both of the rest.
fn is_told(place: Place, measure: &Measure) -> bool {
    match place {
        Place::Centre | Place::Site(_) => true,
        Place::Queue(_) => measure.scope == Scope::Calls,
        Place::Team(_) => measure.scope == Scope::Staff,
    }
}

impl Weekdays {
    /// The weekdays of an option before any replication.
    pub(super) fn new(setting: &Setting, horizon: &Horizon) -> Weekdays {
        let days = horizon.days as usize;
        let apart = apart(setting);
        let width = if days > 1 { places_of(apart).count() * WEEK * BY_WEEKDAY.len() } else { 0 };
        let first = usize::from(horizon.start.weekday().0);
        Weekdays { first, days, apart, pairs: vec![Pairs::default(); width], crossed: Vec::new() }
    }

    /// The measured days that are a weekday (0 is Monday).
    fn days_of(&self, weekday: usize) -> impl Iterator<Item = usize> + use<> {
        ((WEEK + weekday - self.first) % WEEK..self.days).step_by(WEEK)
    }

    /// How many measured days are a weekday.
    pub fn days(&self, weekday: usize) -> usize {
        self.days_of(weekday).count()
    }

    /// What a replication's weekdays came to, by place, weekday and measure.
    pub(super) fn pairs_of(&self, tally: &Tally) -> Vec<Pair> {
        let mut found = Vec::with_capacity(self.pairs.len());
        if self.pairs.is_empty() {
            return found;
        }
        for place in places_of(self.apart) {
            for weekday in 0..WEEK {
                let days = self.days_of(weekday);
                let sums = match place {
                    Place::Centre => tally.of_days(None, days),
                    Place::Queue(queue) => tally.of_days(Some(queue), days),
                    Place::Team(team) => tally.team_of_days(team, days),
                    Place::Site(site) => tally.site_of_days(site, days),
                };
                let days = self.days(weekday) as u64;
                let told =
                    |measure| if is_told(place, measure) { terms(measure, &sums, days) } else { (0, 0) };
                found.extend(measures().map(told));
            }
        }
        found
    }

    /// Adds a replication.
    pub(super) fn add(&mut self, own: &[Pair]) {
        self.pairs.iter_mut().zip(own).for_each(|(pairs, (over, under))| pairs.push(*over, *under));
    }

    /// Adds a replication together with the base's; for each place, which of the base's is the same.
    pub(super) fn note_against(&mut self, own: &[Pair], base: &[Pair], counterparts: &[Option<usize>]) {
        self.crossed.resize(self.pairs.len(), Crossed::default());
        let width = WEEK * BY_WEEKDAY.len();
        let places = self.crossed.chunks_mut(width).zip(own.chunks(width)).zip(counterparts);
        for ((crossed, own), counterpart) in places {
            let Some(base) = counterpart.and_then(|place| base.chunks(width).nth(place)) else { continue };
            let pairs = crossed.iter_mut().zip(own).zip(base);
            pairs.for_each(|((crossed, own), base)| crossed.push(*own, *base));
        }
    }

    /// Adds later replications.
    pub(super) fn append(&mut self, later: &Weekdays) {
        self.pairs.iter_mut().zip(&later.pairs).for_each(|(all, more)| all.merge(more));
        self.crossed.resize(self.crossed.len().max(later.crossed.len()), Crossed::default());
        self.crossed.iter_mut().zip(&later.crossed).for_each(|(all, more)| all.merge(more));
    }

    /// Whether these are weekdays of an option of this shape.
    pub(super) fn fits(&self, empty: &Weekdays) -> bool {
        (self.first, self.days, self.apart, self.pairs.len())
            == (empty.first, empty.days, empty.apart, empty.pairs.len())
            && [0, empty.pairs.len()].contains(&self.crossed.len())
    }

    /// Where a place's weekday lies.
    fn at(&self, place: Place, weekday: usize) -> Option<std::ops::Range<usize>> {
        let number = places_of(self.apart).position(|known| known == place)?;
        let at = (number * WEEK + weekday) * BY_WEEKDAY.len();
        Some(at..at + BY_WEEKDAY.len())
    }

    /// The sums of a place's weekday, measure by measure; none where nobody calls and nobody is at work there.
    fn of(&self, place: Place, weekday: usize) -> Option<&[Pairs]> {
        let pairs = self.pairs.get(self.at(place, weekday)?)?;
        let happens = |(pairs, measure): (&Pairs, &Measure)| is_amount(measure) && pairs.over() > 0;
        pairs.iter().zip(measures()).any(happens).then_some(pairs)
    }
}

/// Numerator and denominator of a measure from the sums of so many days, before its scale.
fn terms(measure: &Measure, sums: &Sums, days: u64) -> Pair {
    let whole = |value: f64| value.max(0.0) as u64;
    match measure.formula {
        Formula::Ratio(over, under, _) => (whole(sums.combine(over)), whole(sums.combine(under))),
        Formula::Mean(terms, _) => (whole(sums.combine(terms)), days),
        Formula::Wait(_) | Formula::WorstInterval => (0, 0),
    }
}

/// The figures of a place on a weekday (0 is Monday), in the order of [`BY_WEEKDAY`]; none where the horizon has but one
/// weekday, or where nobody calls and nobody is at work there on that one. Of a queue, those of its callers; of a team,
/// those of its staff; of the only queue, team or site none, since they are the centre's.
pub fn weekday_figures(option: (&Setting, &OptionOutcome), place: Place, weekday: usize) -> Vec<Figure> {
    let Some(pairs) = option.1.weekdays.of(place, weekday) else { return Vec::new() };
    let pairs = pairs.iter().zip(measures()).filter(|(_, measure)| is_told(place, measure));
    pairs.map(|(pairs, measure)| figure(measure, pairs, is_pooled(option.0, place, measure))).collect()
}

/// Whether a measure is an amount, not a share or a mean of something.
fn is_amount(measure: &Measure) -> bool {
    matches!(measure.formula, Formula::Mean(..))
}

/// Whether a measure is of callers and the place a site to which none are sent.
pub(super) fn is_pooled(setting: &Setting, place: Place, measure: &Measure) -> bool {
    let nobody = |site| setting.sent_to(site).next().is_none();
    matches!(place, Place::Site(site) if measure.scope == Scope::Calls && nobody(site))
}

/// What a measure's ratio of sums is multiplied by.
fn scale(measure: &Measure) -> f64 {
    match measure.formula {
        Formula::Ratio(.., scale) | Formula::Mean(_, scale) => scale,
        Formula::Wait(_) | Formula::WorstInterval => 1.0,
    }
}

fn figure(measure: &'static Measure, pairs: &Pairs, pooled: bool) -> Figure {
    let scale = scale(measure);
    let estimate = pairs.ratio().filter(|_| !pooled).map(|(mean, ci95)| Estimate {
        mean: mean * scale,
        ci95: ci95.map(|(low, high)| (low * scale, high * scale)),
        sd: None,
        p10: None,
        p50: None,
        p90: None,
    });
    Figure {
        measure,
        unbounded: estimate.filter(|e| e.ci95.is_none()).map(|_| TOO_FEW),
        value: estimate.ok_or(if pooled { POOLED } else { measure.missing }),
        left_out: Vec::new(),
        rounding: 0.0,
    }
}

/// A measure's difference between an option and its base on one weekday.
#[derive(Debug, Clone, PartialEq)]
pub struct WeekdayComparison {
    /// The difference with the interval that is its own, as that of the whole horizon is.
    pub alone: Comparison,
    /// The interval that, with those of the same measure and place on all other weekdays, covers everything with 95%.
    pub together: Option<(f64, f64)>,
    /// What may be said from that one.
    pub verdict_together: Option<Verdict>,
}

/// Compares an option with its base at a place of each, weekday by weekday (0 is Monday), under common random numbers;
/// figures that do not exist in both are left out. `matters` gives the difference that matters by measure, over the whole
/// horizon: of amounts, that of one day is as much smaller as the horizon has days.
pub fn weekday_comparisons(
    base: (&Setting, &OptionOutcome),
    option: (&Setting, &OptionOutcome),
    place: Place,
    matters: &dyn Fn(&str) -> f64,
) -> [Vec<WeekdayComparison>; WEEK] {
    let mut found = [const { Vec::new() }; WEEK];
    let of_option = named(option.0, place);
    let Some(other) = weekday_places(base.0).find(|other| named(base.0, *other) == of_option) else {
        return found;
    };
    let (from, to) = (&base.1.weekdays, &option.1.weekdays);
    let day = |weekday: usize| {
        let crossed = to.crossed.get(to.at(place, weekday)?)?;
        Some((weekday, crossed, to.of(place, weekday)?, from.of(other, weekday)?))
    };
    let week: Vec<_> = (0..WEEK).filter_map(day).collect();
    for (number, measure) in measures().enumerate().filter(|(_, measure)| is_told(place, measure)) {
        if is_pooled(option.0, place, measure) || is_pooled(base.0, other, measure) {
            continue;
        }
        let exists = |pairs: &Pairs| pairs.ratio().is_some();
        let days = || week.iter().filter(|(_, _, own, base)| exists(&own[number]) && exists(&base[number]));
        let together = days().count();
        let amount = if is_amount(measure) { to.days.max(1) as f64 } else { 1.0 };
        let zone = matters(measure.id) / amount;
        for (weekday, crossed, own, base) in days() {
            let difference = crossed[number].difference(&own[number], &base[number], together);
            found[*weekday].extend(difference.map(|difference| compared(measure, difference, zone)));
        }
    }
    found
}

/// A difference as it is told, with its verdicts.
fn compared(
    measure: &'static Measure,
    (paired, together): (Difference, Option<(f64, f64)>),
    matters: f64,
) -> WeekdayComparison {
    let scale = scale(measure);
    let scaled = |interval: Option<(f64, f64)>| interval.map(|(low, high)| (low * scale, high * scale));
    let verdict = |interval: Option<(f64, f64)>| interval.map(|ci| Verdict::of(ci, measure.better, matters));
    let (ci95, together) = (scaled(paired.ci95), scaled(together));
    let alone = Comparison {
        measure,
        difference: paired.difference * scale,
        ci95,
        unbounded: ci95.is_none().then_some(TOO_FEW),
        share_better: paired.share_better(measure.better == Better::Lower),
        verdict: verdict(ci95),
        correlation: paired.correlation,
    };
    WeekdayComparison { alone, together, verdict_together: verdict(together) }
}
