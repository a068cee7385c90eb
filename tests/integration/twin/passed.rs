//! Whether the random scenarios with transfers bring about everything that can become of a caller passed on.

use super::told::{Attempt, Told};
use answerable::engine::CallKind;
use answerable::random::CaseId;
use answerable::scenario::Transfer;
use answerable::unit::Micros;
use std::collections::BTreeMap;

/// How often each thing happened.
#[derive(Debug, Default)]
pub(super) struct Happened(BTreeMap<&'static str, u64>);

/// Everything that must happen, and that at least ten times.
const WANTED: [&str; 17] = [
    "passed on",
    "escalated",
    "as often as can be",
    "alone",
    "with the agent",
    "answered",
    "answered at once",
    "given up",
    "given up, and tries again",
    "turned away",
    "turned away on arrival",
    "lost in line",
    "left to wait alone",
    "lost in talk",
    "waiting at the end",
    "resolved at first contact by a further leg",
    "passed on in a repeat for cut work",
];

impl Happened {
    fn add(&mut self, what: &'static str, happened: bool) {
        *self.0.entry(what).or_default() += u64::from(happened);
    }

    /// Counts what happened in a run.
    pub(super) fn count(&mut self, log: &[Told]) {
        let of = |a: &Attempt| (a.id, a.attempt, a.leg);
        let mut passed: BTreeMap<(CaseId, u16, u8), Micros> = BTreeMap::new();
        let mut answered: BTreeMap<(CaseId, u16, u8), Micros> = BTreeMap::new();
        let mut gave_up: BTreeMap<CaseId, u16> = BTreeMap::new();
        // When the agent who passed a caller on had done with the call.
        let mut left: BTreeMap<(CaseId, u16, u8), Micros> = BTreeMap::new();
        for told in log {
            match told {
                Told::PassedOn(a, _, escalated, now) => {
                    passed.insert(of(a), *now);
                    self.add("passed on", true);
                    self.add("escalated", *escalated);
                    self.add("as often as can be", a.leg + 1 == Transfer::MOST);
                }
                Told::Handled(a, h) => {
                    if let Some(at) = passed.get(&of(a)) {
                        left.insert((a.id, a.attempt, a.leg + 1), h.talk_end);
                        self.add("alone", h.talk_end == *at);
                        self.add("with the agent", h.talk_end > *at);
                        self.add("passed on in a repeat for cut work", h.is_for_cut);
                    }
                    self.add(
                        "resolved at first contact by a further leg",
                        a.leg > 0 && h.first_answer && h.resolved,
                    );
                }
                Told::Offered(a, _) if a.leg == 0 && a.kind == CallKind::Repeat && a.redial => {
                    let again = gave_up.remove(&a.id).is_some_and(|attempt| attempt < a.attempt);
                    self.add("given up, and tries again", again);
                }
                Told::Answered(a, _, now) if a.leg > 0 => {
                    answered.insert(of(a), *now);
                    let stayed = left.get(&of(a)).is_some_and(|end| a.arrived < *end && end < now);
                    self.add("left to wait alone", stayed);
                    self.add("answered", true);
                    self.add("answered at once", a.arrived == *now);
                }
                Told::Abandoned(a, _) if a.leg > 0 => {
                    gave_up.insert(a.id, a.attempt);
                    self.add("given up", true);
                }
                Told::TurnedAway(a, now) if a.leg > 0 => {
                    self.add("turned away", a.arrived < *now);
                    self.add("turned away on arrival", a.arrived == *now);
                }
                Told::LostInOutage(a, now) if a.leg > 0 => {
                    let in_talk = answered.contains_key(&of(a));
                    self.add("lost in talk", in_talk);
                    self.add("lost in line", !in_talk && a.arrived < *now);
                    self.add("lost on arrival", !in_talk && a.arrived == *now);
                }
                Told::StillWaiting(a, _) if a.leg > 0 => self.add("waiting at the end", true),
                _ => {}
            }
        }
    }

    /// Everything wanted happened.
    pub(super) fn assert_all(&self) {
        let often = |what: &&&str| self.0.get(**what).copied().unwrap_or(0) >= 10;
        let rare: Vec<_> = WANTED.iter().filter(|what| !often(what)).collect();
        assert!(self.0.get("lost on arrival").is_some_and(|times| *times > 0), "{self:#?}");
        assert!(rare.is_empty(), "the scenarios hardly bring about: {rare:?}\n{self:#?}");
    }
}
