//! Days and intervals held against the targets of queues.

use super::calendar::{Calendar, WEEK};
use super::callers::Slot;
use crate::measure::{ServiceLevel, Sum};
use crate::unit::Micros;

/// Fewest calls for an interval to count in `target_met_intervals`.
const ENOUGH: u64 = 20;

/// Targets of a queue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    pub(super) within: Micros,
    pub(super) share: f64,
    pub(super) short: Micros,
    pub(super) level: ServiceLevel,
}

/// Sums of days and of intervals, and of those that met the target.
pub(super) const BY_DAY: [Sum; 4] = [Sum::Days, Sum::DaysMet, Sum::Intervals, Sum::IntervalsMet];

/// Days and intervals of some queues together, each call against its own target, by weekday: days, met, intervals, met.
pub(super) fn judge(queues: &[(&[Slot], Target)], calendar: Calendar) -> [[u64; 4]; WEEK] {
    let mut centre = [[0; 4]; WEEK];
    let cells_a_day = calendar.cells_a_day as usize;
    for day in 0..queues.first().map_or(0, |queue| queue.0.len() / cells_a_day) {
        let range = day * cells_a_day..(day + 1) * cells_a_day;
        let own: Vec<_> = queues.iter().map(|(slots, target)| (&slots[range.clone()], *target)).collect();
        let found = &mut centre[calendar.of_day(day as u32)];
        found.iter_mut().zip(judge_day(&own)).for_each(|(all, of_day)| *all += of_day);
    }
    centre
}

/// The same of the cells of one day.
fn judge_day(queues: &[(&[Slot], Target)]) -> [u64; 4] {
    let (mut days, mut found) = (vec![Slot::default(); queues.len()], [0; 4]);
    for cell in 0..queues.first().map_or(0, |queue| queue.0.len()) {
        let slots: Vec<_> = queues.iter().map(|q| (&q.0[cell], q.1)).collect();
        slots.iter().zip(&mut days).for_each(|(slot, day)| day.merge(slot.0));
        if slots.iter().map(|s| s.0.offered).sum::<u64>() >= ENOUGH {
            found[2] += 1;
            found[3] += u64::from(judged(&slots).1);
        }
    }
    let slots: Vec<_> = days.iter().zip(queues).map(|(d, q)| (d, q.1)).collect();
    let (base, met) = judged(&slots);
    found[0] = u64::from(base > 0);
    found[1] = u64::from(met);
    found
}

/// Tells of each measured cell with enough calls whether some queues met their targets in it.
pub(super) fn judge_intervals(queues: &[(&[Slot], Target)], mut tell: impl FnMut(usize, bool)) {
    let mut slots = Vec::with_capacity(queues.len());
    for cell in 0..queues.first().map_or(0, |queue| queue.0.len()) {
        slots.clear();
        slots.extend(queues.iter().map(|queue| (&queue.0[cell], queue.1)));
        if slots.iter().map(|slot| slot.0.offered).sum::<u64>() >= ENOUGH {
            tell(cell, judged(&slots).1);
        }
    }
}

/// The slots of a queue added up by weekday, and its days and intervals judged.
pub(super) fn judged_by_weekday(
    slots: &[Slot],
    calendar: Calendar,
    target: Target,
) -> [(Slot, [u64; 4]); WEEK] {
    let mut week = [(Slot::default(), [0; 4]); WEEK];
    for (number, day) in slots.chunks(calendar.cells_a_day as usize).enumerate() {
        let (total, met) = &mut week[calendar.of_day(number as u32)];
        let mut of_day = Slot::default();
        day.iter().for_each(|slot| of_day.merge(slot));
        total.merge(&of_day);
        let (day_base, day_met) = judged(&[(&of_day, target)]);
        met[0] += u64::from(day_base > 0);
        met[1] += u64::from(day_met);
        for slot in day.iter().filter(|s| s.offered >= ENOUGH) {
            met[2] += 1;
            met[3] += u64::from(judged(&[(slot, target)]).1);
        }
    }
    week
}

/// The base of the service level over some slots, and whether their target shares were met.
fn judged(slots: &[(&Slot, Target)]) -> (u64, bool) {
    let served = || slots.iter().map(|(slot, target)| (slot.served(target.level), target.share));
    let base: u64 = served().map(|((_, base), _)| base).sum();
    let well: u64 = served().map(|((well, _), _)| well).sum();
    let wanted: f64 = served().map(|((_, base), share)| base as f64 * share).sum();
    // A share such as 0.8 of 10 calls is 8 calls, whatever the last bit of the product.
    (base, base > 0 && well as f64 >= wanted - 1e-9)
}
