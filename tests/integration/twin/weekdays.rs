//! Waits by weekday and by interval of the week as they are tallied, held to those of the naive twin's own calls.

use super::days::{Case, tallied};
use super::scenarios;
use super::told::{Attempt, Told};
use answerable::statistics::{Buckets, Coarse, Eighths, Packed};
use answerable::unit::Micros;
use std::collections::BTreeSet;

/// Waits at one time: of answered calls, and of others.
type Sides = [Vec<Micros>; 2];

/// The twin's waits of a part by the weekday, from Monday, and the cell of the day in which the call came.
fn by_hand(case: &Case, log: &[Told], queue: usize, passed_on: Option<bool>) -> (Vec<Sides>, usize) {
    let a_day = case.horizon.intervals_per_day() as u32;
    let mut week = vec![Sides::default(); 7 * a_day as usize];
    let measured = case.horizon.warm_up_days..case.horizon.warm_up_days + case.horizon.days;
    // Whoever is cut off in talk as the telephone goes down is lost, not answered.
    let attempt = |call: &Attempt| (call.id, call.attempt, call.leg, call.chase);
    let lost = log.iter().filter_map(|told| match told {
        Told::LostInOutage(call, _) => Some(attempt(call)),
        _ => None,
    });
    let lost: BTreeSet<_> = lost.collect();
    let mut number = 0;
    for told in log {
        let (call, now, side) = match told {
            Told::Answered(call, ..) | Told::CalledBack(call, ..) if lost.contains(&attempt(call)) => {
                continue;
            }
            Told::Answered(call, _, now) => (call, now, 0),
            Told::Abandoned(call, now)
            | Told::TurnedAway(call, now)
            | Told::StillWaiting(call, now)
            | Told::Balked(call, now)
            | Told::LostInOutage(call, now)
            | Told::CallbackFailed(call, now)
            | Told::CalledBack(call, _, now) => (call, now, 1),
            _ => continue,
        };
        let day = call.cell / a_day;
        let is_part = passed_on.is_none_or(|passed_on| passed_on == (call.leg > 0));
        if usize::from(call.queue) == queue && is_part && measured.contains(&day) {
            let first = i64::from(case.horizon.start.weekday().0) - i64::from(measured.start);
            let weekday = (first + i64::from(day)).rem_euclid(7) as usize;
            // Whoever rang off to be called back waited until then.
            let cell = weekday * a_day as usize + (call.cell % a_day) as usize;
            week[cell][side].push(call.rung_off.map_or(*now, |rung_off| rung_off.min(*now)) - call.arrived);
            number += 1;
        }
    }
    (week, number)
}

/// Counts of waits by time, side and bucket are those of waits that are known. Returns how many times have any.
fn held<B: Buckets>(packed: &Packed, week: &[Sides], what: &str) -> usize {
    let (mut counts, mut used) = (packed.iter().peekable(), 0);
    let apart = B::MOST as u64;
    for (time, sides) in week.iter().enumerate() {
        for (side, waits) in sides.iter().enumerate() {
            let mut waits = waits.clone();
            waits.sort_unstable();
            let row = (2 * time + side) as u64;
            let (mut rest, mut below) = (waits.as_slice(), None);
            while let Some((number, count)) = counts.next_if(|(number, _)| number / apart == row) {
                let (lower, upper) = B::bounds((number % apart) as usize);
                let (own, more) = rest.split_at_checked(count as usize).expect("as many waits");
                assert!(own.iter().all(|wait| (lower..=upper).contains(wait)), "{what}: {own:?}");
                assert!(below.is_none_or(|below| below < lower), "{what}");
                (rest, below) = (more, Some(upper));
            }
            assert!(rest.is_empty(), "{what}: waits at time {time} are left: {rest:?}");
            used += usize::from(!waits.is_empty());
        }
    }
    assert_eq!(counts.next(), None, "{what}");
    used
}

#[test]
fn waits_by_weekday_and_interval_are_those_of_the_twins_calls() {
    let (mut calls, mut days, mut intervals) = (0, 0, 0);
    for seed in 0..180 {
        let case = match seed % 3 {
            0 => scenarios::scenario(seed),
            1 => scenarios::with_transfers(seed),
            _ => scenarios::at_sites(seed),
        };
        let (tally, log) = tallied(&case, seed);
        let queues = case.setting.queues.len();
        let passes_on = case.setting.queues.iter().any(|queue| !queue.transfers.is_empty());
        for part in 0..if passes_on { 2 * queues } else { queues } {
            let passed_on = passes_on.then_some(part >= queues);
            let (week, number) = by_hand(&case, &log, part % queues, passed_on);
            let what = format!("scenario {seed}, part {part}");
            let of_days = week.chunks_exact(week.len() / 7).map(|cells| {
                let side = |side: usize| cells.iter().flat_map(|cell| &cell[side]).copied().collect();
                [side(0), side(1)]
            });
            let waits = tally.waits(part);
            let by_weekday = waits.by_weekday(Coarse::MOST as u64);
            days += held::<Coarse>(&by_weekday, &of_days.collect::<Vec<_>>(), &what);
            intervals += held::<Eighths>(&waits.by_interval(Eighths::MOST as u64), &week, &what);
            let longest = week.iter().map(|sides| sides.iter().flatten().max().copied().unwrap_or(0));
            assert!(waits.longest().eq(longest), "{what}");
            calls += number;
        }
    }
    assert!(calls > 10_000 && days > 500 && intervals > 2_000, "{calls} calls, {days} days, {intervals}");
}
