//! Figures of waits by weekday and by interval: held to those of the only day of a week, and to calls sorted by hand.

use super::weekdays::{outcome, rows, scenario};
use answerable::experiment::{ExampleCall, Fate, Figure, Place, example_day};
use answerable::measure::WaitFigure;
use answerable::report::{Summary, callers_csv, summarise};
use answerable::statistics::{Buckets, Coarse, Eighths};
use answerable::unit::{DAY, Micros, clock};

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

/// Waits of calls that are known, each with whether it ended without an answer, and the time within which to answer.
struct Known {
    waits: Vec<(Micros, bool)>,
    target: Micros,
}

/// The wait of who never gives up and the share of these who are answered in time, by the product over answers, one call
/// after another.
struct Virtual {
    mean: f64,
    within: f64,
}

impl Known {
    fn new<'c>(calls: impl Iterator<Item = &'c ExampleCall>, target: Micros) -> Known {
        Known { waits: calls.map(|c| (c.ended - c.arrived, c.fate != Fate::Answered)).collect(), target }
    }

    /// The wait that a share of all, or of the answered, does not exceed.
    fn quantile(&self, q: f64, of_answered: bool) -> Option<Micros> {
        let own = self.waits.iter().filter(|(_, lost)| !of_answered || !lost);
        let mut waits: Vec<Micros> = own.map(|(wait, _)| *wait).collect();
        waits.sort_unstable();
        waits.get(((q * waits.len() as f64).ceil() as usize).saturating_sub(1)).copied()
    }

    /// The least that can come out, or the most, where of each wait its bucket alone is known: answers come after losses
    /// of the same bucket and at its beginning, or before and at its end.
    fn extreme<B: Buckets>(&self, least: bool) -> Virtual {
        let mut calls = self.waits.clone();
        calls.sort_by_key(|(wait, lost)| (B::of(*wait), *lost != least));
        let (mut waiting, mut mean) = (1.0, 0.0);
        let mut beyond = waiting;
        let mut longest = self.quantile(1.0, false).unwrap_or(0);
        for (number, (wait, lost)) in calls.iter().enumerate() {
            let before = waiting;
            if !lost {
                waiting *= 1.0 - 1.0 / (calls.len() - number) as f64;
            }
            let (lower, upper) = B::bounds(B::of(*wait));
            longest = longest.max(if least { 0 } else { upper });
            mean += (before - waiting) * if least { lower } else { upper } as f64;
            // In the bucket of the target, none are in time or all.
            let in_time = B::of(*wait) < B::of(self.target) + usize::from(least);
            beyond = if in_time { waiting } else { beyond };
        }
        Virtual { mean: (mean + waiting * longest as f64) / 1e6, within: 1.0 - beyond }
    }

    /// Holds every figure of waits in these buckets to these calls; how many there are.
    fn hold<B: Buckets>(&self, found: &dyn Fn(&str) -> Option<f64>, what: &str) -> usize {
        let percentiles =
            [("wait_p50", 0.5), ("wait_p90", 0.9), ("wait_p99", 0.99), ("answered_wait_p90", 0.9)];
        let mut held = 0;
        for (id, q) in percentiles {
            let wanted = self.quantile(q, id == "answered_wait_p90").map(|wait| {
                let (lower, upper) = B::bounds(B::of(wait));
                0.5 * (lower + upper) as f64 / 1e6
            });
            let found = found(id);
            assert_eq!(found.is_some(), wanted.is_some(), "{id} of {what}");
            let (Some(found), Some(wanted)) = (found, wanted) else { continue };
            assert!((found - wanted).abs() <= 1e-9 * wanted, "{id} of {what}: {found} {wanted}");
            held += 1;
        }
        let Some(longest) = self.quantile(1.0, false) else { return held };
        let told = found("max_wait").expect("there are calls");
        assert!((told - longest as f64 / 1e6).abs() <= 1e-9 * told, "max_wait of {what}: {told} {longest}");
        let (least, most) = (self.extreme::<B>(true), self.extreme::<B>(false));
        let digits = 1e-9;
        if let Some(mean) = found("virtual_wait") {
            let range = least.mean * (1.0 - digits)..=most.mean * (1.0 + digits);
            assert!(range.contains(&mean), "virtual_wait of {what}: {mean} {range:?}");
            held += 1;
        }
        if let Some(within) = found("virtual_within") {
            let range = most.within - digits..=least.within + digits;
            assert!(range.contains(&within), "virtual_within of {what}: {within} {range:?}");
            held += 1;
        }
        held + 1
    }
}

/// Figures of waits on one day of one history, and in each of its half-hours, are those of its calls, seen one by one and
/// sorted by hand.
#[test]
fn waits_of_a_weekday_and_of_its_intervals_are_those_of_its_calls_sorted() {
    let study = scenario("monday-sunday", "days = 7\nwarm-up = \"7d\"", "", "");
    let outcome = outcome(&study, 1);
    let summary = summarise(&study, &outcome);
    let table = rows(&callers_csv(&summary));
    let day = example_day(&study, 3).expect("it is open");
    let weekday = usize::from(day.date.weekday().0);
    assert_eq!(weekday, 2, "the first measured day, of seven");
    let (mut intervals, mut held) = (0, 0);
    for (place, queue) in [(Place::Centre, None), (Place::Queue(0), Some(0)), (Place::Queue(1), Some(1))] {
        let own = || day.calls.iter().filter(|call| queue.is_none_or(|queue| call.queue == queue));
        let target = study.options[0].queues[queue.unwrap_or(0)].answer_within;
        let calls = Known::new(own(), target);
        let answered = calls.waits.iter().filter(|(_, lost)| !lost).count();
        assert!(answered > 100 && calls.waits.len() > answered + 10, "{place:?}");
        let told = |id: &str| {
            let figure = told_or_why(&summary, place, weekday, id);
            Some(figure?.value.as_ref().ok()?.mean)
        };
        // The queues have different targets.
        let figures = if place == Place::Centre { 6 } else { 7 };
        assert_eq!(calls.hold::<Coarse>(&told, &format!("{place:?}")), figures);
        let Some(queue) = queue else { continue };
        let of_day = |row: &super::weekdays::Row| {
            row["weekday"] == "wednesday" && row["queue"] == ["calls", "others"][queue]
        };
        for row in table.iter().filter(|row| of_day(row)) {
            let interval = study.horizon.interval;
            let within =
                |call: &&ExampleCall| clock(call.arrived % DAY / interval * interval) == row["start"];
            let calls = Known::new(own().filter(within), target);
            let told = |id: &str| row[id].parse().ok();
            held += calls.hold::<Eighths>(&told, &format!("{place:?} from {}", row["start"]));
            intervals += 1;
        }
    }
    assert!(intervals > 50 && held > 6 * intervals, "{intervals} intervals, {held} figures");
}
