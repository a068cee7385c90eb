//! What callers meet in each interval of the week, figure by figure.

use super::figures::Place;
use super::outcome::OptionOutcome;
use super::weekdays::scale;
use crate::measure::{CATALOGUE, Formula, Measure, Scope, ServiceLevel, Sum, Sums};
use crate::scenario::{Horizon, Setting};
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

/// The figures of callers that are told by interval, in the order of the catalogue: ratios and amounts of what can be laid
/// to the interval in which a call came, or the first call of its case. Not shares of days.
pub fn by_interval() -> impl Iterator<Item = &'static Measure> {
    let is_known = |(sum, _): &(Sum, i64)| IN_SLOTS.contains(sum) || IntervalSums::keeps(*sum);
    CATALOGUE.iter().filter(move |measure| {
        measure.scope == Scope::Calls
            && match measure.formula {
                Formula::Ratio(over, under, _) => over.iter().chain(under).all(is_known),
                Formula::Mean(terms, _) => terms.iter().all(is_known),
                Formula::Wait(_) | Formula::WorstInterval => false,
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
    let (Formula::Ratio(over, ..) | Formula::Mean(over, _)) = measure.formula else { return false };
    rows.iter().any(|sums| sums.whole(over) > 0)
}

/// The callers of a queue or of a site in one interval of the day on some weekdays, over all histories.
#[derive(Debug)]
pub struct IntervalOfCallers {
    /// Days summed, over all histories.
    pub days: u64,
    sums: Sums,
    /// Whether it is known how many count as well served: not where several ways to count meet.
    has_level: bool,
}

/// The queues and sites of an option whose callers are told of: sites where callers are sent to them.
pub fn places_of_callers(setting: &Setting) -> impl Iterator<Item = Place> {
    let sent_to = |site: &usize| setting.sent_to(*site).next().is_some();
    let sites = (0..setting.sites_told_apart()).filter(sent_to);
    (0..setting.queues.len()).map(Place::Queue).chain(sites.map(Place::Site))
}

/// The callers of a queue or site in an interval of the day on some weekdays (0 is Monday); none where nobody came and no
/// case began.
pub fn callers_in(
    (setting, outcome, horizon): (&Setting, &OptionOutcome, &Horizon),
    place: Place,
    weekdays: &[usize],
    cell: usize,
) -> Option<IntervalOfCallers> {
    let (at, levels): (usize, Vec<ServiceLevel>) = match place {
        Place::Queue(queue) => (queue, vec![setting.queues[queue].service_level]),
        Place::Site(site) => {
            (setting.queues.len() + site, setting.sent_to(site).map(|queue| queue.service_level).collect())
        }
        Place::Centre | Place::Team(_) => return None,
    };
    let a_day = outcome.cells_a_day();
    let (mut days, mut slot, mut further) = (0, Slot::default(), IntervalSums::default());
    for day in 0..horizon.days as usize {
        let weekday = usize::from(horizon.start.plus(day as i64).weekday().0);
        if weekdays.contains(&weekday) {
            slot.merge(&outcome.slots[at][day * a_day + cell]);
            days += outcome.centre.len() as u64;
        }
    }
    weekdays.iter().for_each(|weekday| further.merge(&outcome.intervals[at][weekday * a_day + cell]));
    if slot == Slot::default() && further == IntervalSums::default() {
        return None;
    }
    let level = levels.first().copied().filter(|first| levels.iter().all(|level| level == first));
    let (well_served, base) = level.map_or((0, 0), |level| slot.served(level));
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
    Some(IntervalOfCallers { days, sums, has_level: level.is_some() })
}

impl IntervalOfCallers {
    /// A figure told by interval, in its own unit; amounts are of one such day. None where it does not exist.
    pub fn value(&self, measure: &Measure) -> Option<f64> {
        let (over, under) = match measure.formula {
            Formula::Ratio(over, under, _) => (over, self.sums.whole(under)),
            Formula::Mean(terms, _) => (terms, self.days),
            Formula::Wait(_) | Formula::WorstInterval => return None,
        };
        let counts_service = over.iter().any(|(sum, _)| *sum == Sum::WellServed);
        let is_known = under > 0 && (self.has_level || !counts_service);
        is_known.then(|| self.sums.whole(over) as f64 / under as f64 * scale(measure))
    }
}
