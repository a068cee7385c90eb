//! What an option differs from its base on each weekday, with intervals of its own and such as hold for all weekdays together.

use super::compare::{Comparison, Verdict, compare_pooled};
use super::figures::{Figure, Place, TOO_FEW};
use super::outcome::OptionOutcome;
use super::weekdays::{self, WEEK, is_amount, is_pooled, kind, named, scale, told, weekday_places};
use crate::measure::{Better, CATALOGUE, Measure};
use crate::scenario::Setting;
use crate::statistics::{Difference, Pairs};

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
        let crossed = to.crossed_of(place, weekday)?;
        Some((weekday, crossed, to.of(place, weekday)?, from.of(other, weekday)?))
    };
    let week: Vec<_> = (0..WEEK).filter_map(day).collect();
    let measures = told(place);
    for (at, number) in to.compared[kind(place)].iter().enumerate() {
        let number = usize::from(*number);
        let measure = measures[number];
        if is_pooled(option.0, place, measure) || is_pooled(base.0, other, measure) {
            continue;
        }
        let exists = |pairs: &Pairs| pairs.ratio().is_some();
        let days = || week.iter().filter(|(_, _, own, base)| exists(&own[number]) && exists(&base[number]));
        let together = days().count();
        let amount = if is_amount(measure) { to.days.max(1) as f64 } else { 1.0 };
        let zone = matters(measure.id) / amount;
        for (weekday, crossed, own, base) in days() {
            let difference = crossed[at].difference(&own[number], &base[number], together);
            found[*weekday].extend(difference.map(|difference| compared(measure, difference, zone)));
        }
    }
    of_waits(base, option, (other, place), matters, &mut found);
    found
}

/// Adds the differences of pooled waits, of measures of which the scenario says what matters or is expected, to those of
/// other measures, in the order of the catalogue.
fn of_waits(
    base: (&Setting, &OptionOutcome),
    option: (&Setting, &OptionOutcome),
    places: (Place, Place),
    matters: &dyn Fn(&str) -> f64,
    found: &mut [Vec<WeekdayComparison>; WEEK],
) {
    let wanted = |measure: &Measure| option.1.weekdays.wants(measure);
    let from = weekdays::of_waits(base, places.0, &wanted);
    let to = weekdays::of_waits(option, places.1, &wanted);
    for number in 0..to[0].len() {
        let exist = |(a, b): &(&Figure, &Figure)| a.value.is_ok() && b.value.is_ok();
        let day = |weekday: usize| Some((from[weekday].get(number)?, to[weekday].get(number)?)).filter(exist);
        let together = (0..WEEK).filter_map(day).count();
        for (weekday, rows) in found.iter_mut().enumerate() {
            rows.extend(day(weekday).and_then(|(a, b)| of_pooled(a, b, together, matters)));
        }
    }
    let place = |row: &WeekdayComparison| CATALOGUE.iter().position(|m| m.id == row.alone.measure.id);
    if !to[0].is_empty() {
        found.iter_mut().for_each(|rows| rows.sort_by_key(place));
    }
}

/// What a figure of pooled waits differs from the base's, with its intervals by leaving out the same groups of replications
/// of both.
fn of_pooled(
    base: &Figure,
    option: &Figure,
    together: usize,
    matters: &dyn Fn(&str) -> f64,
) -> Option<WeekdayComparison> {
    let alone = compare_pooled(base, option, 1, matters)?;
    let wider = compare_pooled(base, option, together, matters)?;
    Some(WeekdayComparison { alone, together: wider.ci95, verdict_together: wider.verdict })
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
