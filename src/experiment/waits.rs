//! Waits pooled over replications, and the figures made of them: percentiles, and the wait of who never gives up.

use super::figures::Place;
use super::outcome::OptionOutcome;
use crate::measure::WaitFigure;
use crate::scenario::Setting;
use crate::statistics::{Histogram, Survival, kaplan_meier};
use crate::unit::{Micros, seconds};
use std::cell::OnceCell;

/// Pooled waits of a place: of answered and unanswered calls, over all replications and without each group.
pub(super) struct Waits {
    all: Pooled,
    without: Vec<Pooled>,
    within: Option<Micros>,
    longest: Micros,
}

impl Waits {
    pub(super) fn new(setting: &Setting, outcome: &OptionOutcome, place: Place) -> Option<Waits> {
        let number = outcome.queues.len();
        let parts: Vec<usize> = match place {
            Place::Centre => (0..number).collect(),
            Place::Queue(q) => outcome.parts_of(q).collect(),
            Place::Site(s) => vec![outcome.part_of_site(s)],
            Place::Team(_) => return None,
        };
        let groups = parts.iter().map(|q| outcome.waits[*q].len()).max()?;
        let empty = || [Histogram::new(), Histogram::new()];
        let mut by_group: Vec<[Histogram; 2]> = (0..groups).map(|_| empty()).collect();
        let mut all = empty();
        for part in &parts {
            for (group, pair) in outcome.waits[*part].iter().enumerate() {
                for side in 0..2 {
                    by_group[group][side].add(&pair[side]);
                    all[side].add(&pair[side]);
                }
            }
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
        let targets: Vec<Micros> = match place {
            Place::Site(s) => setting.sent_to(s).map(|queue| queue.answer_within).collect(),
            _ => parts.iter().map(|part| setting.queues[part % number].answer_within).collect(),
        };
        let first = targets.first().copied()?;
        let within = targets.iter().all(|target| *target == first).then_some(first);
        let longest = parts.iter().map(|part| outcome.longest[*part]).max()?;
        Some(Waits { all: Pooled::of(all), without, within, longest })
    }

    /// The target within which calls are to be answered, where all queues of the place have the same.
    pub(super) fn within(&self) -> Option<Micros> {
        self.within
    }

    /// Groups of replications.
    pub(super) fn groups(&self) -> usize {
        self.without.len()
    }

    /// A figure over all replications; none without waits.
    pub(super) fn value(&self, figure: WaitFigure) -> Option<f64> {
        self.of(figure, &self.all)
    }

    /// The figure without each group in turn, where it exists; percentiles not rounded to buckets, for intervals.
    pub(super) fn left_out(&self, figure: WaitFigure) -> Vec<f64> {
        let smooth = |waits: &Histogram, q| waits.smooth_quantile(q).map(|value| value / 1e6);
        let of = |rest: &Pooled| match figure {
            WaitFigure::Quantile(q) => smooth(rest.together(), q),
            WaitFigure::AnsweredQuantile(q) => smooth(&rest.answered, q),
            _ => self.of(figure, rest),
        };
        self.without.iter().filter_map(of).collect()
    }

    /// How far a percentile may lie from the middle of its bucket, seconds.
    pub(super) fn rounding(&self, figure: WaitFigure, value: f64) -> f64 {
        match figure {
            // Half of the widest bucket, 1/128 of its lower bound.
            WaitFigure::Quantile(_) | WaitFigure::AnsweredQuantile(_) => value / 256.0,
            _ => 0.0,
        }
    }

    fn of(&self, figure: WaitFigure, waits: &Pooled) -> Option<f64> {
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
struct Pooled {
    answered: Histogram,
    lost: Histogram,
    together: OnceCell<Histogram>,
    survival: OnceCell<Option<Survival>>,
}

impl Pooled {
    fn of([answered, lost]: [Histogram; 2]) -> Pooled {
        Pooled { answered, lost, together: OnceCell::new(), survival: OnceCell::new() }
    }

    /// All of them as one.
    fn together(&self) -> &Histogram {
        self.together.get_or_init(|| {
            let mut both = self.answered.clone();
            both.add(&self.lost);
            both
        })
    }

    /// The wait of a caller who never gives up.
    fn survival(&self) -> Option<&Survival> {
        self.survival.get_or_init(|| kaplan_meier(&self.answered, &self.lost)).as_ref()
    }
}
