//! Arrivals: first calls, callers who come back, and calls that arrive together.

use super::call::{Before, Call, CallKind, NOT_RUNG_OFF, Stage};
use super::case::UNBORN;
use super::observer::Observer;
use super::run::Step;
use super::timers::{Phase, Timer, place};
use super::transfer::{NONE, NOT_PASSED};
use super::work::fate_of;
use crate::demand::{Drawn, FirstCalls, Point};
use crate::unit::Micros;

/// The day's first calls of one option.
#[derive(Debug, Clone, Copy)]
pub(super) struct Arrivals<'a> {
    /// Where its calls lie among the points.
    pub(super) index: &'a [u32],
    pub(super) points: &'a [Point],
    variates: &'a [[Micros; 3]],
    fates: &'a [[f64; 2]],
}

impl<'a> Arrivals<'a> {
    /// No calls.
    pub(super) const NONE: Arrivals<'static> =
        Arrivals { index: &[], points: &[], variates: &[], fates: &[] };

    pub(super) fn new(first: &FirstCalls<'a>) -> Arrivals<'a> {
        let variates = first.drawn.variates.get(first.variates).map_or(&[][..], Vec::as_slice);
        let Drawn { points, fates, .. } = first.drawn;
        Arrivals { index: first.index, points, variates, fates }
    }

    /// What is drawn for the fate of a first call, by its place among the day's.
    #[inline(always)]
    pub(super) fn fate(&self, at: usize, call: &Call) -> [f64; 2] {
        match self.fates.get(self.index[at] as usize) {
            Some(fate) => *fate,
            None => fate_of(call, 0),
        }
    }
}

impl<O: Observer> Step<'_, O> {
    /// Callers who tried before call; `first` is the place of the next first call.
    #[inline(never)]
    pub(super) fn calls_come_back(&mut self, first: u64) {
        let here = place(self.e.now, Phase::Arrival);
        let (back, timer) = (self.back_place(), self.e.timers.next());
        let again = if first == here || (back == here && timer == here) {
            None
        } else if back == here {
            let again = self.take_return();
            if self.back_place() == here {
                self.e.next_return -= 1;
                None
            } else {
                Some(again)
            }
        } else {
            match self.e.timers.pop() {
                Some(Timer::Again(again)) if self.e.timers.next() == here => {
                    self.e.timers.await_call(again);
                    None
                }
                Some(Timer::Again(again)) => Some((again, None)),
                other => unreachable!("only calls come among arrivals: {other:?}"),
            }
        };
        match again {
            Some((again, drawn)) if self.stands_by() => {
                if let Some(call) = self.attempt(again, drawn) {
                    self.arrives_again(call);
                }
            }
            Some((again, drawn)) => {
                if let Some(call) = self.call_again(again, drawn) {
                    self.join(call);
                }
            }
            None => self.arrive_together(),
        }
    }

    /// All calls of this instant arrive, by identity, and only then are answered, by priority.
    #[cold]
    #[inline(never)]
    pub(super) fn arrive_together(&mut self) {
        let now = self.e.now;
        let here = place(now, Phase::Arrival);
        let mut calls = std::mem::take(&mut self.e.together);
        while self.first_place() == here {
            self.next_first += 1;
            let call = self.first_call(self.next_first - 1);
            calls.push(self.e.calls.insert(call));
        }
        while self.back_place() == here {
            let (again, drawn) = self.take_return();
            calls.extend(self.call_again(again, drawn));
        }
        // In an order that does not depend on when they were put down.
        let mut due = Vec::new();
        while self.e.timers.next() == here {
            if let Some(Timer::Again(again)) = self.e.timers.pop() {
                due.push(again);
            }
        }
        due.sort_unstable();
        for again in due {
            calls.extend(self.call_again(again, None));
        }
        calls.sort_by_key(|c| {
            let call = &self.e.calls[*c];
            (call.id, call.kind as u8, call.attempt)
        });
        if self.plan.door.is_some() {
            self.enter_together(&mut calls);
        } else {
            for call in calls.drain(..) {
                self.seen.offered(&self.e.calls[call], now);
                self.wait(call);
                self.await_overflow(call);
            }
            self.match_waiting();
        }
        self.e.together = calls;
    }

    /// A first call of the day: its case is kept only when there is more to remember than this call.
    #[inline(always)]
    pub(super) fn first_call(&self, at: usize) -> Call {
        let i = self.arrivals.index[at] as usize;
        let Point { id, key, .. } = self.arrivals.points[i];
        let [talk, wrap, patience] = self.arrivals.variates[i];
        let now = self.e.now;
        Call {
            id,
            kind: CallKind::First,
            redial: false,
            attempt: 0,
            queue: id.queue() as u16,
            line: self.plan.lines.of(id.queue() as u16, key),
            chase: 0,
            chase_attempt: 0,
            cell: self.first_cell + id.cell() as u32,
            arrived: now,
            leg: 0,
            waited_before: 0,
            rung_off: NOT_RUNG_OFF,
            takes_callback: false,
            tries: 0,
            not_reached: false,
            number: 0,
            stage: Stage::Waiting,
            leaves_menu: false,
            case: UNBORN,
            key,
            deadline: now.saturating_add(patience),
            opened: 0,
            talk,
            wrap,
            passed_at: NOT_PASSED,
            handover: 0,
            companion: NONE,
            onward: NONE,
            n: 0,
            before: Before::NOTHING,
        }
    }
}
