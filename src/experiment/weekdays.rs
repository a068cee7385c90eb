//! The figures of each weekday, each with its interval between replications.
//!
//! Of a replication's weekday only what an interval asks for is kept, summed over replications, so that a run takes no
//! more memory for it however long it is.

use super::figures::{Figure, POOLED, Place, TOO_FEW};
use super::outcome::OptionOutcome;
use super::waits::Waits;
use crate::measure::{CATALOGUE, Formula, Measure, Scope, Sums, WaitFigure};
use crate::scenario::{Horizon, Setting, Study};
use crate::statistics::{Crossed, Estimate, Pairs, wide};
use crate::tally::Tally;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::ops::Range;

/// Measures that are told by weekday even where they are nought on every one, and whose differences from the base are told
/// by weekday, as are those of measures of which the scenario says what matters or is expected. Counts and hours are means of one such day.
pub const ALWAYS_BY_WEEKDAY: [&str; 12] = [
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

/// What is paid on a weekday is not paid for the cases that began on it.
const OF_NO_WEEKDAY: &str = "cost_per_resolved_case";

/// Weekdays of a week.
pub(super) const WEEK: usize = 7;

/// Numerator and denominator of a measure in one replication, before its scale.
pub(super) type Pair = (u64, u64);

/// The days of one option by weekday, over replications.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weekdays {
    /// Weekday of the first measured day; measured days.
    first: usize,
    pub(super) days: usize,
    /// Queues, teams and sites that are told apart: none of one alone.
    apart: [usize; 3],
    /// By kind of place, of the measures told of one those whose differences are told: where each stands among them.
    pub(super) compared: [Vec<u16>; 4],
    /// Beside these, measures of which the scenario says what matters or is expected: of those made of pooled waits, the
    /// differences are told too.
    wanted: Vec<String>,
    /// By place, weekday and measure; empty where the horizon has but one weekday.
    #[serde(with = "wide")]
    pairs: Vec<Pairs>,
    /// The same together with the base's; empty of the base itself.
    #[serde(with = "wide")]
    crossed: Vec<Crossed>,
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

/// For each place of an option whose weekdays are told, where the base's place of that name begins among the base's pairs,
/// where it has one.
pub(super) fn counterparts(setting: &Setting, base: &Setting) -> Vec<Option<usize>> {
    let known: Vec<(u8, &str)> = weekday_places(base).map(|place| named(base, place)).collect();
    let starts: Vec<usize> = spans(apart(base), |_, told| told).into_iter().map(|span| span.start).collect();
    let find = |place| known.iter().position(|other| *other == named(setting, place));
    weekday_places(setting).map(|place| find(place).map(|number| starts[number])).collect()
}

/// Where each place's weekdays lie: so many of the measures that are told of it on each.
fn spans(apart: [usize; 3], width: impl Fn(Place, usize) -> usize) -> Vec<Range<usize>> {
    let mut end = 0;
    let span = |place| {
        let start = end;
        end += WEEK * width(place, told(place).len());
        start..end
    };
    places_of(apart).map(span).collect()
}

/// What sort of place it is, and its name.
pub(super) fn named(setting: &Setting, place: Place) -> (u8, &str) {
    match place {
        Place::Centre => (0, ""),
        Place::Queue(queue) => (1, &setting.queues[queue].name),
        Place::Team(team) => (2, &setting.teams[team].name),
        Place::Site(site) => (3, &setting.sites[site]),
    }
}

/// The measures made of sums that are told of a place by weekday, in the order of the catalogue: ratios and amounts;
/// callers' figures of queues, staff's figures of teams, both of the rest.
pub(super) fn told(place: Place) -> Vec<&'static Measure> {
    let is_told = |measure: &&Measure| {
        let of_sums = matches!(measure.formula, Formula::Ratio(..) | Formula::Mean(..));
        of_sums && is_of(place, measure) && measure.id != OF_NO_WEEKDAY
    };
    CATALOGUE.iter().filter(is_told).collect()
}

/// The same of those made of pooled waits.
pub(super) fn told_of_waits(place: Place) -> impl Iterator<Item = (&'static Measure, WaitFigure)> {
    let of_waits = |measure: &'static Measure| match measure.formula {
        Formula::Wait(figure) => Some((measure, figure)),
        _ => None,
    };
    CATALOGUE.iter().filter(move |measure| is_of(place, measure)).filter_map(of_waits)
}

/// Whether a measure is one of those of a place.
fn is_of(place: Place, measure: &Measure) -> bool {
    let scope = measure.scope;
    match place {
        Place::Centre => scope != Scope::Site,
        Place::Site(_) => scope != Scope::Centre,
        Place::Queue(_) => scope == Scope::Calls,
        Place::Team(_) => scope == Scope::Staff,
    }
}

/// What kind of place it is.
pub(super) fn kind(place: Place) -> usize {
    match place {
        Place::Centre => 0,
        Place::Queue(_) => 1,
        Place::Team(_) => 2,
        Place::Site(_) => 3,
    }
}

/// Of the measures told of a kind of place, those whose differences are told, beside the usual ones those wanted.
fn compared_among(told: &[&Measure], wanted: &[String]) -> Vec<u16> {
    let is_compared = |id: &str| ALWAYS_BY_WEEKDAY.contains(&id) || wanted.iter().any(|wanted| wanted == id);
    (0..).zip(told).filter(|(_, measure)| is_compared(measure.id)).map(|(number, _)| number).collect()
}

/// The measures of which a study says what matters or what is expected.
pub(super) fn wanted(study: &Study) -> Vec<String> {
    let matters = study.matters.iter().map(|(id, _)| id.as_str());
    let of_place = |path: &'_ str| path.rsplit('.').next().unwrap_or_default().to_owned();
    let expected = study.expectations.iter().map(|expectation| of_place(&expectation.measure));
    let mut wanted: Vec<String> = matters.map(str::to_owned).chain(expected).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

impl Weekdays {
    /// The weekdays of an option before any replication.
    pub(super) fn new(setting: &Setting, horizon: &Horizon, wanted: &[String]) -> Weekdays {
        let days = horizon.days as usize;
        let apart = apart(setting);
        let end = spans(apart, |_, told| told).last().map_or(0, |span| span.end);
        let width = if days > 1 { end } else { 0 };
        let first = usize::from(horizon.start.weekday().0);
        let pairs = vec![Pairs::default(); width];
        let kinds = [Place::Centre, Place::Queue(0), Place::Team(0), Place::Site(0)];
        let compared = kinds.map(|place| compared_among(&told(place), wanted));
        Weekdays { first, days, apart, compared, wanted: wanted.to_vec(), pairs, crossed: Vec::new() }
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
            let measures = told(place);
            let week = if let Place::Site(site) = place { tally.site_week(site) } else { Vec::new() };
            let mut of_site = week.into_iter();
            for weekday in 0..WEEK {
                let sums = match place {
                    Place::Centre => Cow::Owned(tally.centre_on(weekday)),
                    Place::Queue(queue) => Cow::Borrowed(tally.queue_on(queue, weekday)),
                    Place::Team(team) => Cow::Borrowed(tally.team_on(team, weekday)),
                    Place::Site(_) => Cow::Owned(of_site.next().unwrap_or_default()),
                };
                let days = self.days(weekday) as u64;
                found.extend(measures.iter().map(|measure| terms(measure, &sums, days)));
            }
        }
        found
    }

    /// Adds a replication.
    pub(super) fn add(&mut self, own: &[Pair]) {
        self.pairs.iter_mut().zip(own).for_each(|(pairs, (over, under))| pairs.push(*over, *under));
    }

    /// Adds a replication together with the base's; for each place, where the base's place that is the same begins.
    pub(super) fn note_against(&mut self, own: &[Pair], base: &[Pair], counterparts: &[Option<usize>]) {
        if self.pairs.is_empty() {
            return;
        }
        let mut all = std::mem::take(&mut self.crossed);
        all.resize(self.crossed_width(), Crossed::default());
        let (mut crossed, mut start) = (all.iter_mut(), 0);
        for (place, counterpart) in places_of(self.apart).zip(counterparts) {
            let measures = told(place);
            let compared = &self.compared[kind(place)];
            for weekday in 0..WEEK {
                for (number, crossed) in compared.iter().zip(&mut crossed) {
                    let at = weekday * measures.len() + usize::from(*number);
                    if let Some(base) = counterpart.and_then(|first| base.get(first + at)) {
                        crossed.push(own[start + at], *base);
                    }
                }
            }
            start += WEEK * measures.len();
        }
        self.crossed = all;
    }

    /// How many differences are told.
    fn crossed_width(&self) -> usize {
        self.crossed_spans().last().map_or(0, |span| span.end)
    }

    /// Where each place's differences lie.
    fn crossed_spans(&self) -> Vec<Range<usize>> {
        spans(self.apart, |place, _| self.compared[kind(place)].len())
    }

    /// Adds later replications.
    pub(super) fn append(&mut self, later: &Weekdays) {
        self.pairs.iter_mut().zip(&later.pairs).for_each(|(all, more)| all.merge(more));
        self.crossed.resize(self.crossed.len().max(later.crossed.len()), Crossed::default());
        self.crossed.iter_mut().zip(&later.crossed).for_each(|(all, more)| all.merge(more));
    }

    /// Whether these are weekdays of an option of this shape.
    pub(super) fn fits(&self, empty: &Weekdays) -> bool {
        (self.first, self.days, self.apart, &self.compared, &self.wanted, self.pairs.len())
            == (empty.first, empty.days, empty.apart, &empty.compared, &empty.wanted, empty.pairs.len())
            && (self.crossed.is_empty() || self.crossed.len() == empty.crossed_width())
    }

    /// Whether a measure of pooled waits is one whose differences are told.
    pub(super) fn wants(&self, measure: &Measure) -> bool {
        self.wanted.iter().any(|id| id == measure.id)
    }

    /// The number of a place among those told.
    fn number(&self, place: Place) -> Option<usize> {
        places_of(self.apart).position(|known| known == place)
    }

    /// The pairs of a place: weekday after weekday, measure after measure.
    fn of_place(&self, place: Place) -> Option<&[Pairs]> {
        self.pairs.get(spans(self.apart, |_, told| told).get(self.number(place)?)?.clone())
    }

    /// The sums of a place's weekday, measure by measure; none where nobody calls and nobody is at work there.
    pub(super) fn of(&self, place: Place, weekday: usize) -> Option<&[Pairs]> {
        let measures = told(place);
        let pairs = self.of_place(place)?.chunks(measures.len()).nth(weekday)?;
        let happens = |(pairs, measure): (&Pairs, &&Measure)| {
            is_amount(measure) && measure.scope != Scope::Centre && pairs.over() > 0
        };
        pairs.iter().zip(&measures).any(happens).then_some(pairs)
    }

    /// What a place's weekday differs from the base's, measure by measure of those of which it is told.
    pub(super) fn crossed_of(&self, place: Place, weekday: usize) -> Option<&[Crossed]> {
        let crossed = self.crossed.get(self.crossed_spans().get(self.number(place)?)?.clone())?;
        crossed.chunks(crossed.len() / WEEK).nth(weekday)
    }
}

/// Numerator and denominator of a measure from the sums of so many days, before its scale.
fn terms(measure: &Measure, sums: &Sums, days: u64) -> Pair {
    match measure.formula {
        Formula::Ratio(over, under, _) => (sums.whole(over), sums.whole(under)),
        Formula::Mean(terms, _) => (sums.whole(terms), days),
        Formula::Wait(_) | Formula::WorstInterval => (0, 0),
    }
}

/// The figures of a place on each weekday, from Monday, in the order of the catalogue; none where the horizon has but one
/// weekday, or where nobody calls and nobody is at work there on that one. Of a queue, those of its callers; of a team,
/// those of its staff; of the only queue, team or site none, since they are the centre's. What is nought on every weekday,
/// or exists on none, is left out unless its differences are told: it is nought over the whole horizon.
pub fn weekday_figures(option: (&Setting, &OptionOutcome), place: Place) -> [Vec<Figure>; WEEK] {
    let weekdays = &option.1.weekdays;
    let Some(all) = weekdays.of_place(place) else { return Default::default() };
    let measures = told(place);
    let happens = |number: usize| all.iter().skip(number).step_by(measures.len()).any(|own| own.over() > 0);
    let compared = &weekdays.compared[kind(place)];
    let is_told = |number: usize| compared.contains(&(number as u16)) || happens(number);
    let told: Vec<usize> = (0..measures.len()).filter(|number| is_told(*number)).collect();
    let mut waits = wait_figures(option, place);
    std::array::from_fn(|weekday| {
        let Some(pairs) = weekdays.of(place, weekday) else { return Vec::new() };
        let of_sums = |number: &usize| {
            let measure = measures[*number];
            figure(measure, &pairs[*number], is_pooled(option.0, place, measure))
        };
        in_order(told.iter().map(of_sums), std::mem::take(&mut waits[weekday]))
    })
}

/// The figures of pooled waits of a place on each weekday that are told.
fn wait_figures(option: (&Setting, &OptionOutcome), place: Place) -> [Vec<Figure>; WEEK] {
    let mut week = of_waits(option, place, &|_| true);
    let is_compared = |measure: &Measure| option.1.weekdays.wants(measure);
    let is_nought = |figure: &Figure| figure.value.as_ref().map_or(true, |e| e.mean == 0.0);
    let told = |number: usize| {
        let mut days = week.iter().filter_map(|day| day.get(number));
        days.any(|figure| is_compared(figure.measure) || !is_nought(figure))
    };
    let told: Vec<bool> = (0..week[0].len()).map(told).collect();
    for day in &mut week {
        let mut told = told.iter();
        day.retain(|_| *told.next().unwrap_or(&true));
    }
    week
}

/// Figures of pooled waits of a place on each weekday: of those wanted, all, whether they exist or not.
pub(super) fn of_waits(
    option: (&Setting, &OptionOutcome),
    place: Place,
    wanted: &dyn Fn(&Measure) -> bool,
) -> [Vec<Figure>; WEEK] {
    let measures: Vec<_> = told_of_waits(place).filter(|(measure, _)| wanted(measure)).collect();
    if measures.is_empty() {
        return Default::default();
    }
    let pooled = |measure| is_pooled(option.0, place, measure);
    let waits = Waits::week(option.0, option.1, place);
    std::array::from_fn(|weekday| {
        let figure = |(measure, figure): &(&'static Measure, WaitFigure)| match &waits {
            _ if pooled(measure) => Figure::missing(measure, POOLED),
            Some(week) => week[weekday].figure(measure, *figure),
            None => Figure::missing(measure, measure.missing),
        };
        measures.iter().map(figure).collect()
    })
}

/// Figures of both kinds, each in the order of the catalogue, in that order.
fn in_order(of_sums: impl Iterator<Item = Figure>, of_waits: Vec<Figure>) -> Vec<Figure> {
    let (mut of_sums, mut of_waits) = (of_sums.peekable(), of_waits.into_iter().peekable());
    let next = |measure: &Measure| {
        let is_next = |figure: &Figure| figure.measure.id == measure.id;
        of_sums.next_if(is_next).or_else(|| of_waits.next_if(is_next))
    };
    CATALOGUE.iter().filter_map(next).collect()
}

/// Whether a measure is an amount, not a share or a mean of something.
pub(super) fn is_amount(measure: &Measure) -> bool {
    matches!(measure.formula, Formula::Mean(..))
}

/// Whether a measure is of callers and the place a site to which none are sent.
pub(super) fn is_pooled(setting: &Setting, place: Place, measure: &Measure) -> bool {
    let nobody = |site| setting.sent_to(site).next().is_none();
    matches!(place, Place::Site(site) if measure.scope == Scope::Calls && nobody(site))
}

/// What a measure's ratio of sums is multiplied by.
pub(super) fn scale(measure: &Measure) -> f64 {
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
