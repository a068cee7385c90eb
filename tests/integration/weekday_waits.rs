//! Figures of waits by weekday: held to those of the only day of a week, and to calls sorted by hand.

use super::weekdays::{outcome, scenario};
use answerable::experiment::{Fate, Figure, Place, example_day};
use answerable::measure::WaitFigure;
use answerable::report::{Summary, summarise};

/// A figure on a weekday, whether it exists or not, where it is told.
pub(super) fn told_or_why<'s>(
    summary: &'s Summary<'_>,
    place: Place,
    weekday: usize,
    id: &str,
) -> Option<&'s Figure> {
    let one = summary.options[0].weekdays.iter().find(|one| one.weekday == weekday)?;
    one.places.iter().find(|(known, _)| *known == place)?.1.iter().find(|f| f.measure.id == id)
}

/// Holds a figure of pooled waits on the only day of a week to the week's; whether there is one.
pub(super) fn is_alike(whole: &Figure, formula: WaitFigure, told: Option<&Figure>) -> bool {
    let id = whole.measure.id;
    let Ok(week) = &whole.value else {
        assert!(told.is_none(), "{id}: what exists on no weekday is left out");
        return false;
    };
    let Some(told) = told else {
        assert_eq!(week.mean, 0.0, "{id}: what is nought is left out");
        return false;
    };
    let day = told.value.as_ref().expect("it exists");
    // The week's own rounding to buckets, and the day's.
    let rounding = match formula {
        WaitFigure::Longest => 0.0,
        WaitFigure::Quantile(_) | WaitFigure::AnsweredQuantile(_) => (1.0 / 256.0 + 1.0 / 64.0) * week.mean,
        // The week's longest wait, which was given up, is the middle of its bucket.
        WaitFigure::Virtual | WaitFigure::VirtualWithin => 1.0 / 256.0 * week.mean,
    };
    assert!((day.mean - week.mean).abs() <= rounding, "{id}: {day:?} {week:?}");
    assert_eq!(told.unbounded, whole.unbounded, "{id}");
    let (Some(own), Some(wanted)) = (day.ci95, week.ci95) else {
        assert_eq!((day.ci95, formula), (None, WaitFigure::Longest), "{id}");
        return true;
    };
    let (width, wanted_width) = (own.1 - own.0, wanted.1 - wanted.0 + 2.0 * rounding);
    assert!(width > 0.75 * wanted_width && width < 1.3 * wanted_width, "{id}: {own:?} {wanted:?}");
    true
}

/// Figures of waits on one day of one history are those of its calls, seen one by one and sorted by hand.
#[test]
fn waits_of_a_weekday_are_those_of_its_calls_sorted() {
    let study = scenario("monday-sunday", "days = 7\nwarm-up = \"7d\"", "", "");
    let outcome = outcome(&study, 1);
    let summary = summarise(&study, &outcome);
    let day = example_day(&study, 3).expect("it is open");
    let weekday = usize::from(day.date.weekday().0);
    assert_eq!(weekday, 2, "the first measured day, of seven");
    for (place, queue) in [(Place::Centre, None), (Place::Queue(0), Some(0)), (Place::Queue(1), Some(1))] {
        let own = day.calls.iter().filter(|call| queue.is_none_or(|queue| call.queue == queue));
        let waits = |of_answered: bool| {
            let of = own.clone().filter(|call| !of_answered || call.fate == Fate::Answered);
            let mut waits: Vec<f64> = of.map(|call| (call.ended - call.arrived) as f64 / 1e6).collect();
            waits.sort_by(f64::total_cmp);
            waits
        };
        let (all, answered) = (waits(false), waits(true));
        assert!(answered.len() > 100 && all.len() > answered.len() + 10, "{place:?}");
        let at = |waits: &[f64], q: f64| waits[(q * waits.len() as f64).ceil() as usize - 1];
        // The wait of who never gives up, by the product over answers, one call after another.
        let mut calls: Vec<(f64, bool)> =
            own.clone().map(|c| ((c.ended - c.arrived) as f64 / 1e6, c.fate != Fate::Answered)).collect();
        calls.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let (mut survival, mut mean, mut before, mut within) = (1.0, 0.0, 0.0, 1.0);
        let target = if queue == Some(1) { 60.0 } else { 20.0 };
        for (number, (wait, lost)) in calls.iter().enumerate() {
            mean += survival * (wait - before);
            before = *wait;
            let waiting = (calls.len() - number) as f64;
            survival *= if *lost { 1.0 } else { 1.0 - 1.0 / waiting };
            within = if *wait <= target { survival } else { within };
        }
        let wanted = [
            ("wait_p50", at(&all, 0.5), 1.0 / 64.0),
            ("wait_p90", at(&all, 0.9), 1.0 / 64.0),
            ("wait_p99", at(&all, 0.99), 1.0 / 64.0),
            ("answered_wait_p90", at(&answered, 0.9), 1.0 / 64.0),
            ("max_wait", all[all.len() - 1], 1e-12),
            ("virtual_wait", mean, 1.0 / 64.0),
            ("virtual_within", 1.0 - within, 1.0 / 64.0),
        ];
        for (id, wanted, rounding) in wanted {
            let told =
                told_or_why(&summary, place, weekday, id).and_then(|figure| figure.value.as_ref().ok());
            // The queues have different targets.
            if (place, id) == (Place::Centre, "virtual_within") {
                assert!(told.is_none());
                continue;
            }
            let found = told.unwrap_or_else(|| panic!("no {id} of {place:?}")).mean;
            assert!((found - wanted).abs() <= rounding * wanted, "{id} of {place:?}: {found} {wanted}");
        }
    }
}
