//! What is never lost in a replication: callers, cases, work, agents' time. All exact, in whole microseconds.

use super::told::{Attempt, Told};
use answerable::random::CaseId;
use answerable::unit::Micros;
use std::collections::{BTreeMap, BTreeSet};

/// Asserts every law of conservation on a run's log.
pub(super) fn assert_conserved(log: &[Told], scenario: &str) {
    assert_conserved_from(log, 0, scenario);
}

/// The same, of a run that began with so much put-off work.
pub(super) fn assert_conserved_from(log: &[Told], put_off_before: Micros, scenario: &str) {
    callers(log, scenario);
    cases(log, scenario);
    work(log, put_off_before, scenario);
    agents_time(log, scenario);
    shifts(log, scenario);
}

fn count(log: &[Told], which: impl Fn(&Told) -> bool) -> usize {
    log.iter().filter(|t| which(t)).count()
}

/// offered = answered + abandoned + balked + turned away + called back + callback failed + lost in an outage + waiting at the end; every
/// call answered or called back is handled.
fn callers(log: &[Told], scenario: &str) {
    let offered = count(log, |t| matches!(t, Told::Offered(..)));
    let answered = count(log, |t| matches!(t, Told::Answered(..)));
    let abandoned = count(log, |t| matches!(t, Told::Abandoned(..)));
    let turned_away = count(log, |t| matches!(t, Told::TurnedAway(..)));
    let waiting = count(log, |t| matches!(t, Told::StillWaiting(..)));
    let balked = count(log, |t| matches!(t, Told::Balked(..)));
    let called_back = count(log, |t| matches!(t, Told::CalledBack(..)));
    let failed = count(log, |t| matches!(t, Told::CallbackFailed(..)));
    let lost = count(log, |t| matches!(t, Told::LostInOutage(..)));
    // A call cut off in talk was answered, or called back, and does not count so.
    let by_attempt = |a: &Attempt| (a.id, a.attempt, a.leg);
    let begun: BTreeSet<_> = log
        .iter()
        .filter_map(|t| match t {
            Told::Answered(a, ..) | Told::CalledBack(a, ..) => Some(by_attempt(a)),
            _ => None,
        })
        .collect();
    let cut_off = count(log, |t| matches!(t, Told::LostInOutage(a, _) if begun.contains(&by_attempt(a))));
    let served = answered + called_back - cut_off;
    let accounted = served + abandoned + balked + turned_away + failed + lost + waiting;
    assert_eq!(offered, accounted, "{scenario}: callers");
    assert_eq!(served, count(log, |t| matches!(t, Told::Handled(..))), "{scenario}: answered calls");
    // Whoever is passed on comes to another queue, at that instant.
    let passed = log.iter().filter_map(|t| match t {
        Told::PassedOn(a, to, _, now) => Some((a.id, a.attempt, a.leg + 1, *to, *now)),
        _ => None,
    });
    let came = log.iter().filter_map(|t| match t {
        Told::Offered(a, now) if a.leg > 0 => Some((a.id, a.attempt, a.leg, a.queue, *now)),
        _ => None,
    });
    let (passed, came): (BTreeSet<_>, BTreeSet<_>) = (passed.collect(), came.collect());
    assert_eq!(passed, came, "{scenario}: callers passed on");
}

/// Every case that began closes, once, with the attempts and answered calls that were seen of it.
fn cases(log: &[Told], scenario: &str) {
    let mut seen: BTreeMap<CaseId, [u32; 4]> = BTreeMap::new();
    for told in log {
        let (id, what) = match told {
            // Legs are no calls of their own.
            Told::Offered(a, _) | Told::Handled(a, _) if a.leg > 0 => continue,
            Told::Offered(a, _) | Told::Blocked(a, _) | Told::LeftInMenu(a, _) => (a.id, 0),
            Told::Handled(a, _) => (a.id, 1),
            Told::Closed(case) => (case.id, 2),
            _ => continue,
        };
        seen.entry(id).or_default()[what] += 1;
        if let Told::Offered(a, _) | Told::Blocked(a, _) | Told::LeftInMenu(a, _) = told
            && a.attempt == 0
        {
            seen.entry(id).or_default()[3] += 1;
        }
    }
    assert!(seen.values().all(|s| s[2..] == [1, 1]), "{scenario}: every case begins once and closes once");
    for told in log {
        if let Told::Closed(case) = told {
            let counted = &seen[&case.id][..2];
            assert_eq!(counted, [case.attempts, case.answered_calls], "{scenario}: {case:?}");
        }
    }
}

/// required = done + absorbed + dropped + deferred, call by call; deferred, and put off before the run, = caught up + left
/// over at the end.
fn work(log: &[Told], put_off_before: Micros, scenario: &str) {
    let (mut deferred, mut caught_up, mut left_over): (Micros, Micros, Micros) = (0, 0, 0);
    for told in log {
        match told {
            Told::Handled(_, h) => {
                assert_eq!(h.required, h.done + h.absorbed + h.dropped + h.deferred, "{scenario}: {h:?}");
                assert_eq!(h.wrap_end - h.talk_end, h.done + h.padding, "{scenario}: {h:?}");
                deferred += h.deferred;
            }
            Told::CaughtUp { size, .. } => caught_up += size,
            Told::NeverCaughtUp { size, .. } => left_over += size,
            _ => {}
        }
    }
    assert_eq!(put_off_before + deferred, caught_up + left_over, "{scenario}: put-off work");
}

/// From start to leaving an agent's spells follow one on another without gap or overlap.
fn agents_time(log: &[Told], scenario: &str) {
    // By agent: starts, leavings, spells.
    let mut time: BTreeMap<u32, [Vec<(Micros, Micros)>; 3]> = BTreeMap::new();
    for told in log {
        let (agent, which, entry) = match told {
            Told::Started { agent, at } => (*agent, 0, (*at, 0)),
            Told::Left(s) => (s.agent, 1, (s.left, 0)),
            Told::Spent { agent, from, to, .. } => (*agent, 2, (*from, *to)),
            _ => continue,
        };
        time.entry(agent).or_default()[which].push(entry);
    }
    for (agent, mut lists) in time {
        lists.iter_mut().for_each(|l| l.sort_unstable());
        let [starts, leavings, spells] = lists;
        assert_eq!(starts.len(), leavings.len(), "{scenario}: agent {agent} starts and leaves");
        let mut spells = spells.into_iter().peekable();
        let mut turns = starts.iter().zip(&leavings).map(|(s, l)| (s.0, l.0)).peekable();
        while let Some((start, mut left)) = turns.next() {
            // Straight on into the next shift: a spell may go across.
            while let Some((_, later)) = turns.next_if(|next| next.0 == left) {
                left = later;
            }
            let mut at = start;
            while let Some((_, to)) = spells.next_if(|spell| spell.0 == at && spell.1 <= left) {
                at = to;
            }
            assert_eq!(at, left, "{scenario}: agent {agent} on duty from {start} to {left}");
        }
        assert_eq!(spells.next(), None, "{scenario}: agent {agent} off duty");
    }
}

/// Every shift begun is told of once when it is over, also where the next one follows without a gap: so what is counted
/// by shift, breaks missed for example, is counted once.
fn shifts(log: &[Told], scenario: &str) {
    let mut over: Vec<(u32, u32)> = Vec::new();
    let mut begun: Vec<(u32, u32)> = Vec::new();
    for told in log {
        match told {
            Told::Rostered { agent, day, absent: false, .. } => begun.push((*agent, *day)),
            Told::Left(s) => over.push((s.agent, s.day)),
            _ => {}
        }
    }
    over.sort_unstable();
    begun.sort_unstable();
    assert_eq!(over, begun, "{scenario}: shifts worked");
}
