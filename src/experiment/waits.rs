//! Waits pooled over replications, and the figures made of them: percentiles, and the wait of who never gives up.

use super::figures::{Figure, LONGEST, Place, pooled};
use super::outcome::OptionOutcome;
use super::weekdays::WEEK;
use crate::measure::{Measure, WaitFigure};
use crate::scenario::Setting;
use crate::statistics::{Buckets, Coarse, Counts, Eighths, Fine, Survival, kaplan_meier};
use crate::unit::{Micros, seconds};
use std::cell::OnceCell;

/// Pooled waits of a place: of answered and unanswered calls, over all replications and without each group; over the whole
/// time in fine buckets, on a weekday in coarse ones, in an interval in eighths of a second and in no groups.
pub(super) struct Waits<B> {
    all: Pooled<B>,
    without: Vec<Pooled<B>>,
    within: Option<Micros>,
    longest: Micros,
}

/// The parts, or the site, whose waits are a place's, and the time within which its calls are to be answered, where it is
/// the same for all of them; none where no calls are counted.
fn parts(setting: &Setting, outcome: &OptionOutcome, place: Place) -> Option<(Vec<usize>, Option<Micros>)> {
    let number = outcome.queues.len();
    let parts: Vec<usize> = match place {
        Place::Centre => (0..number).collect(),
        Place::Queue(q) => outcome.parts_of(q).collect(),
        Place::Site(s) => vec![outcome.part_of_site(s)],
        Place::Team(_) => return None,
    };
    let targets: Vec<Micros> = match place {
        Place::Site(s) => setting.sent_to(s).map(|queue| queue.answer_within).collect(),
        _ => parts.iter().map(|part| setting.queues[part % number].answer_within).collect(),
    };
    let first = targets.first().copied()?;
    Some((parts, targets.iter().all(|target| *target == first).then_some(first)))
}

impl Waits<Fine> {
    /// The waits of a place over the whole time.
    pub(super) fn new(setting: &Setting, outcome: &OptionOutcome, place: Place) -> Option<Waits<Fine>> {
        let (parts, within) = parts(setting, outcome, place)?;
        let groups = parts.iter().map(|part| outcome.waits[*part].len()).max()?;
        let mut by_group: Vec<[Counts<Fine>; 2]> =
            (0..groups).map(|_| [Counts::new(), Counts::new()]).collect();
        for part in &parts {
            for (all, own) in by_group.iter_mut().zip(&outcome.waits[*part]) {
                all.iter_mut().zip(own).for_each(|(all, own)| all.add(own));
            }
        }
        let longest = outcome.longest(&parts, 0..WEEK * outcome.cells_a_day());
        Some(Waits::of(by_group, within, longest))
    }
}

impl Waits<Coarse> {
    /// The waits of a place on each weekday, from Monday.
    pub(super) fn week(
        setting: &Setting,
        outcome: &OptionOutcome,
        place: Place,
    ) -> Option<[Waits<Coarse>; WEEK]> {
        let (parts, within) = parts(setting, outcome, place)?;
        let mut weeks = outcome.week_waits.of(&parts, WEEK);
        let a_day = outcome.cells_a_day();
        Some(std::array::from_fn(|weekday| {
            let longest = outcome.longest(&parts, weekday * a_day..(weekday + 1) * a_day);
            let mut waits = Waits::of(std::mem::take(&mut weeks[weekday]), within, longest);
            // Where it was given up, the wait of who never gives up hangs on it: too coarsely by its bucket.
            waits.all.longest = Some(waits.longest);
            waits
        }))
    }
}

/// Waits of a place by weekday and cell of the day, over all replications.
pub(super) struct IntervalWaits {
    /// By weekday and cell of the day: of answered and of other calls.
    counts: Vec<[Counts<Eighths>; 2]>,
    longest: Vec<Micros>,
    within: Option<Micros>,
}

impl IntervalWaits {
    /// The waits of a place.
    pub(super) fn new(setting: &Setting, outcome: &OptionOutcome, place: Place) -> Option<IntervalWaits> {
        let (parts, within) = parts(setting, outcome, place)?;
        let times = WEEK * outcome.cells_a_day();
        let of_time = outcome.interval_waits.of(&parts, times).into_iter();
        // There are none before the first replication.
        let counts = of_time.map(|groups| groups.into_iter().next().unwrap_or_default()).collect();
        let longest = (0..times).map(|cell| outcome.longest(&parts, cell..cell + 1)).collect();
        Some(IntervalWaits { counts, longest, within })
    }

    /// The waits of some of these times together.
    pub(super) fn of_cells(&self, cells: impl Iterator<Item = usize>) -> Waits<Eighths> {
        let (mut all, mut longest) = ([Counts::new(), Counts::new()], 0);
        for cell in cells {
            all.iter_mut().zip(&self.counts[cell]).for_each(|(all, own)| all.add(own));
            longest = self.longest[cell].max(longest);
        }
        let all = Pooled { longest: Some(longest), ..Pooled::of(all) };
        Waits { all, without: Vec::new(), within: self.within, longest }
    }
}

impl Waits<Eighths> {
    /// A figure alone; none where it does not exist.
    pub(super) fn value(&self, figure: WaitFigure) -> Option<f64> {
        self.of_waits(figure, &self.all)
    }
}

impl<B: Buckets> Waits<B> {
    /// Waits by group of replications.
    fn of(by_group: Vec<[Counts<B>; 2]>, within: Option<Micros>, longest: Micros) -> Waits<B> {
        let mut all = [Counts::new(), Counts::new()];
        for pair in &by_group {
            all.iter_mut().zip(pair).for_each(|(all, own)| all.add(own));
        }
        let without = by_group
            .iter()
            .map(|pair| {
                let mut rest = all.clone();
                rest[0].subtract(&pair[0]);
                rest[1].subtract(&pair[1]);
                Pooled::of(rest)
            })
            .collect();
        Waits { all: Pooled::of(all), without, within, longest }
    }

    /// A figure with its interval; or why it does not exist.
    pub(super) fn figure(&self, measure: &'static Measure, figure: WaitFigure) -> Figure {
        let none = |why| Figure::missing(measure, why);
        if matches!(figure, WaitFigure::VirtualWithin) && self.within.is_none() {
            return none("the queues have different targets");
        }
        let Some(mean) = self.of_waits(figure, &self.all) else { return none(measure.missing) };
        if figure == WaitFigure::Longest {
            return Figure { unbounded: Some(LONGEST), ..pooled(measure, mean, Vec::new(), 0.0) };
        }
        let left_out = self.left_out(figure);
        let whole = left_out.len() == self.without.len();
        let rounding = self.rounding(figure, mean);
        pooled(measure, mean, if whole { left_out } else { Vec::new() }, rounding)
    }

    /// The figure without each group in turn, where it exists; percentiles not rounded to buckets, for intervals.
    fn left_out(&self, figure: WaitFigure) -> Vec<f64> {
        let smooth = |waits: &Counts<B>, q| waits.smooth_quantile(q).map(|value| value / 1e6);
        let of = |rest: &Pooled<B>| match figure {
            WaitFigure::Quantile(q) => smooth(rest.together(), q),
            WaitFigure::AnsweredQuantile(q) => smooth(&rest.answered, q),
            _ => self.of_waits(figure, rest),
        };
        self.without.iter().filter_map(of).collect()
    }

    /// How far a percentile may lie from the middle of its bucket, seconds.
    fn rounding(&self, figure: WaitFigure, value: f64) -> f64 {
        match figure {
            WaitFigure::Quantile(_) | WaitFigure::AnsweredQuantile(_) => value * B::ROUNDING,
            _ => 0.0,
        }
    }

    fn of_waits(&self, figure: WaitFigure, waits: &Pooled<B>) -> Option<f64> {
        let micros = |value: f64| value / 1e6;
        match figure {
            WaitFigure::Quantile(q) => waits.together().quantile(q).map(micros),
            WaitFigure::AnsweredQuantile(q) => waits.answered.quantile(q).map(micros),
            WaitFigure::Longest => {
                (waits.answered.total() + waits.lost.total() > 0).then(|| seconds(self.longest))
            }
            WaitFigure::Virtual => waits.survival().map(|s| micros(s.mean())),
            WaitFigure::VirtualWithin => waits.survival().zip(self.within).map(|(s, t)| s.share_within(t)),
        }
    }
}

/// Waits of answered and of unanswered calls, and what is made of both when it is first asked for.
struct Pooled<B> {
    answered: Counts<B>,
    lost: Counts<B>,
    together: OnceCell<Counts<B>>,
    survival: OnceCell<Option<Survival>>,
    /// The longest, where it is known more exactly than by its bucket.
    longest: Option<Micros>,
}

impl<B: Buckets> Pooled<B> {
    fn of([answered, lost]: [Counts<B>; 2]) -> Pooled<B> {
        Pooled { answered, lost, together: OnceCell::new(), survival: OnceCell::new(), longest: None }
    }

    /// All of them as one.
    fn together(&self) -> &Counts<B> {
        self.together.get_or_init(|| {
            let mut both = self.answered.clone();
            both.add(&self.lost);
            both
        })
    }

    /// The wait of a caller who never gives up.
    fn survival(&self) -> Option<&Survival> {
        let work_out = || {
            let survival = kaplan_meier(&self.answered, &self.lost)?;
            Some(match self.longest {
                Some(longest) => survival.ending_at(longest),
                None => survival,
            })
        };
        self.survival.get_or_init(work_out).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::find;
    use crate::statistics::Histogram;

    fn figure(waits: &Waits<Coarse>, id: &str) -> Figure {
        let measure = find(id).expect("a measure");
        match measure.formula {
            crate::measure::Formula::Wait(figure) => waits.figure(measure, figure),
            _ => panic!("{id} is not of waits"),
        }
    }

    /// Two groups of histories: three callers answered after 0, 0 and 2 s and one who gave up after 4 s; two answered after
    /// 0 and 8 s, one who gave up after 1 s.
    #[test]
    fn a_weekday_by_hand() {
        let of = |waits: &[Micros]| {
            let mut histogram = Histogram::new();
            waits.iter().for_each(|seconds| histogram.record(seconds * 1_000_000));
            histogram.widened()
        };
        let by_group = vec![[of(&[0, 0, 2]), of(&[4])], [of(&[0, 8]), of(&[1])]];
        let mut waits = Waits::of(by_group, Some(3_000_000), 8_000_000);
        waits.all.longest = Some(waits.longest);
        let mean = |id: &str| figure(&waits, id).value.expect("it exists").mean;
        // In order 0, 0, 0, 1, 2, 4, 8: the fourth, the seventh; of the five answered the fifth.
        for (id, wanted) in [("wait_p50", 1.0), ("wait_p90", 8.0), ("answered_wait_p90", 8.0)] {
            assert!((mean(id) - wanted).abs() <= wanted / 64.0, "{id}: {}", mean(id));
        }
        assert_eq!(mean("max_wait"), 8.0);
        // Of seven four wait longer than 0 s, of three who then do two longer than 2 s, and nobody longer than 8 s.
        let after = [4.0 / 7.0, 4.0 / 7.0 * 2.0 / 3.0];
        let wanted = (after[0] - after[1]) * 2.0 + after[1] * 8.0;
        assert!((mean("virtual_wait") - wanted).abs() <= wanted / 64.0, "{}", mean("virtual_wait"));
        assert!((mean("virtual_within") - (1.0 - after[1])).abs() < 1e-12);
        // Without the first group a third is answered within 3 s, without the second three quarters: the error is half
        // of what lies between, and t of 0.975 with one degree of freedom 12.706205.
        let (low, high) = figure(&waits, "virtual_within").value.unwrap().ci95.unwrap();
        let half = 12.706_204_736 * 0.5 * (3.0 / 4.0 - 1.0 / 3.0);
        assert!(
            (low - (1.0 - after[1] - half)).abs() < 1e-8 && (high - (1.0 - after[1] + half)).abs() < 1e-8
        );
        assert_eq!(figure(&waits, "max_wait").unbounded, Some(LONGEST));
        // Nobody calls; or every queue has its own target.
        let none: Waits<Coarse> = Waits::of(vec![[Counts::new(), Counts::new()]], Some(0), 0);
        assert_eq!(figure(&none, "wait_p50").value, Err("no calls were offered"));
        let differ: Waits<Coarse> = Waits::of(vec![[of(&[1]), of(&[])]], None, 0);
        assert_eq!(figure(&differ, "virtual_within").value, Err("the queues have different targets"));
        assert!(figure(&differ, "virtual_wait").value.is_ok());
    }
}
