//! What callers meet in each interval of the week, figure by figure.

use super::figures::Place;
use super::outcome::OptionOutcome;
use super::waits::{IntervalWaits, Waits};
use super::weekdays::scale;
use crate::measure::{CATALOGUE, Formula, Measure, Scope, ServiceLevel, Sum, Sums};
use crate::scenario::{Horizon, Setting};
use crate::statistics::Eighths;
use crate::tally::{IntervalSums, Slot};

/// Sums of callers that lie in the slots of intervals.
const IN_SLOTS: [Sum; 9] = [
    Sum::Offered,
    Sum::Answered,
    Sum::Within,
    Sum::Abandoned,
    Sum::ShortAbandoned,
    Sum::AbandonedWithin,
    Sum::OfferedWait,
    Sum::WellServed,
    Sum::ServiceBase,
];

/// The figures of callers that are told by interval, in the order of the catalogue: those that can be laid to the interval
/// in which a call came, or the first call of its case. Not shares of days.
pub fn by_interval() -> impl Iterator<Item = &'static Measure> {
    let is_known = |(sum, _): &(Sum, i64)| IN_SLOTS.contains(sum) || IntervalSums::keeps(*sum);
    CATALOGUE.iter().filter(move |measure| {
        measure.scope == Scope::Calls
            && match measure.formula {
                Formula::Ratio(over, under, _) => over.iter().chain(under).all(is_known),
                Formula::Mean(terms, _) => terms.iter().all(is_known),
                Formula::Wait(_) => true,
                Formula::WorstInterval => false,
            }
    })
}

/// Whether anything of what a measure counts happens at a place in any history.
pub fn happens(measure: &Measure, outcome: &OptionOutcome, place: Place) -> bool {
    let rows = match place {
        Place::Queue(queue) => &outcome.queues[queue],
        Place::Site(site) => &outcome.sites[site],
        Place::Centre | Place::Team(_) => return false,
    };
    let counted: &[(Sum, i64)] = match measure.formula {
        Formula::Ratio(over, ..) | Formula::Mean(over, _) => over,
        Formula::Wait(_) => &[(Sum::Offered, 1)],
        Formula::WorstInterval => return false,
    };
    rows.iter().any(|sums| sums.whole(counted) > 0)
}

/// The queues and sites of an option whose callers are told of: sites where callers are sent to them.
pub fn places_of_callers(setting: &Setting) -> impl Iterator<Item = Place> {
    let sent_to = |site: &usize| setting.sent_to(*site).next().is_some();
    let sites = (0..setting.sites_told_apart()).filter(sent_to);
    (0..setting.queues.len()).map(Place::Queue).chain(sites.map(Place::Site))
}

/// The callers of a queue or of a site over all histories, by interval.
pub struct WeekOfCallers<'a> {
    outcome: &'a OptionOutcome,
    horizon: Horizon,
    at: usize,
    /// How the calls well served are counted; none where several ways meet.
    level: Option<ServiceLevel>,
    waits: IntervalWaits,
}

/// The callers of a queue or of a site in one interval of the day on some weekdays, over all histories.
pub struct IntervalOfCallers {
    /// Days summed, over all histories.
    pub days: u64,
    sums: Sums,
    /// Whether it is known how many count as well served: not where several ways to count meet.
    has_level: bool,
    waits: Waits<Eighths>,
}

impl<'a> WeekOfCallers<'a> {
    /// The callers of a queue or site; none of any other place.
    pub fn new(
        setting: &Setting,
        outcome: &'a OptionOutcome,
        horizon: Horizon,
        place: Place,
    ) -> Option<WeekOfCallers<'a>> {
        let (at, levels): (usize, Vec<ServiceLevel>) = match place {
            Place::Queue(queue) => (queue, vec![setting.queues[queue].service_level]),
            Place::Site(site) => (
                setting.queues.len() + site,
                setting.sent_to(site).map(|queue| queue.service_level).collect(),
            ),
            Place::Centre | Place::Team(_) => return None,
        };
        let level = levels.first().copied().filter(|first| levels.iter().all(|level| level == first));
        let waits = IntervalWaits::new(setting, outcome, place)?;
        Some(WeekOfCallers { outcome, horizon, at, level, waits })
    }

    /// Those of an interval of the day on some weekdays (0 is Monday); none where nobody came and no case began.
    pub fn in_interval(&self, weekdays: &[usize], cell: usize) -> Option<IntervalOfCallers> {
        let a_day = self.outcome.cells_a_day();
        let (mut days, mut slot, mut further) = (0, Slot::default(), IntervalSums::default());
        for day in 0..self.horizon.days as usize {
            let weekday = usize::from(self.horizon.start.plus(day as i64).weekday().0);
            if weekdays.contains(&weekday) {
                slot.merge(&self.outcome.slots[self.at][day * a_day + cell]);
                days += self.outcome.centre.len() as u64;
            }
        }
        let cells = || weekdays.iter().map(|weekday| weekday * a_day + cell);
        cells().for_each(|cell| further.merge(&self.outcome.intervals[self.at][cell]));
        if slot == Slot::default() && further == IntervalSums::default() {
            return None;
        }
        let (well_served, base) = self.level.map_or((0, 0), |level| slot.served(level));
        let mut sums = Sums::default();
        further.add_to(&mut sums);
        let in_slots = [
            slot.offered,
            slot.answered,
            slot.within,
            slot.abandoned,
            slot.short,
            slot.abandoned_within,
            slot.answered_wait + slot.lost_wait,
            well_served,
            base,
        ];
        sums.replace(IN_SLOTS, in_slots);
        let waits = self.waits.of_cells(cells());
        Some(IntervalOfCallers { days, sums, has_level: self.level.is_some(), waits })
    }
}

impl IntervalOfCallers {
    /// A figure told by interval, in its own unit; amounts are of one such day. None where it does not exist.
    pub fn value(&self, measure: &Measure) -> Option<f64> {
        let (over, under) = match measure.formula {
            Formula::Ratio(over, under, _) => (over, self.sums.whole(under)),
            Formula::Mean(terms, _) => (terms, self.days),
            Formula::Wait(figure) => return self.waits.value(figure),
            Formula::WorstInterval => return None,
        };
        let counts_service = over.iter().any(|(sum, _)| *sum == Sum::WellServed);
        let is_known = under > 0 && (self.has_level || !counts_service);
        is_known.then(|| self.sums.whole(over) as f64 / under as f64 * scale(measure))
    }
}
