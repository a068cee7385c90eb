//! Timers: one binary heap for what is due at a moment of its own and is no end of work or of patience, first call or
//! roster turn.
//!
//! An entry is one number, the place above and what rings below, so that a comparison is one subtraction; calls to
//! come, which are larger, lie beside the heap.

use super::again::Again;
use crate::unit::Micros;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Kinds of event at one instant, in order; answering comes after `Start` and after `Arrival`. Only where agents stand
/// by is it an event of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Start = 1,
    Answering = 2,
    End = 3,
    Arrival = 4,
    Timer = 6,
}

/// The place of an event among all: its moment, then its phase.
#[inline(always)]
pub(super) const fn place(time: Micros, phase: Phase) -> u64 {
    time << 3 | phase as u64
}

/// A pause of a shift that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PauseDue {
    pub(super) agent: u32,
    /// The day of the shift.
    pub(super) day: u32,
    /// The number of the pause.
    pub(super) pause: u32,
}

/// Bits of the number of a pause, and of the day: with the agent's 20 they fill 60.
const PAUSE_BITS: u32 = 16;
const DAY_BITS: u32 = 24;

/// What a timer does when it rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Timer {
    /// A pause falls due.
    Pause(PauseDue),
    /// Whether a break that waits for a place or for quiet can begin.
    Look,
    /// A caller has waited so long that further agents may answer.
    Overflow(u32),
    /// A caller tries again later the same day.
    Again(Again),
}

/// What a look for breaks carries: it comes after every pause that falls due at its moment.
const LOOK: u64 = u64::MAX;

/// Pending timers. At one moment: pauses by agent, looks for breaks, then calls.
#[derive(Debug, Default)]
pub(super) struct Timers {
    heap: BinaryHeap<Reverse<u128>>,
    again: Vec<Again>,
    free: Vec<u32>,
}

impl Timers {
    pub(super) fn clear(&mut self) {
        self.heap.clear();
        self.again.clear();
        self.free.clear();
    }

    /// The place of the next timer.
    #[inline(always)]
    pub(super) fn next(&self) -> u64 {
        self.heap.peek().map_or(u64::MAX, |entry| (entry.0 >> 64) as u64)
    }

    #[inline(always)]
    fn push(&mut self, place: u64, payload: u64) {
        self.heap.push(Reverse(u128::from(place) << 64 | u128::from(payload)));
    }

    /// A pause is due at a moment.
    pub(super) fn await_pause(&mut self, due: Micros, pause: PauseDue) {
        debug_assert!(pause.pause < 1 << PAUSE_BITS && pause.day < 1 << DAY_BITS);
        let agent = u64::from(pause.agent) << (PAUSE_BITS + DAY_BITS);
        let payload = agent | u64::from(pause.day) << PAUSE_BITS | u64::from(pause.pause);
        self.push(place(due, Phase::End), payload);
    }

    /// Breaks that wait are looked at, at a moment.
    pub(super) fn await_look(&mut self, now: Micros) {
        self.push(place(now, Phase::End), LOOK);
    }

    /// Further agents may answer from a moment on.
    pub(super) fn await_overflow(&mut self, from: Micros, call: u32) {
        self.push(place(from, Phase::Timer), u64::from(call));
    }

    /// A call comes.
    pub(super) fn await_call(&mut self, again: Again) {
        let slot = match self.free.pop() {
            Some(slot) => {
                self.again[slot as usize] = again;
                slot
            }
            None => {
                self.again.push(again);
                (self.again.len() - 1) as u32
            }
        };
        self.push(again.place(), u64::from(slot));
    }

    /// Takes the next timer.
    pub(super) fn pop(&mut self) -> Option<Timer> {
        let Reverse(entry) = self.heap.pop()?;
        let payload = entry as u64;
        let phase = (entry >> 64) as u64 & 7;
        Some(if phase == Phase::Arrival as u64 {
            self.free.push(payload as u32);
            Timer::Again(self.again[payload as usize])
        } else if phase == Phase::Timer as u64 {
            Timer::Overflow(payload as u32)
        } else if payload == LOOK {
            Timer::Look
        } else {
            Timer::Pause(PauseDue {
                agent: (payload >> (PAUSE_BITS + DAY_BITS)) as u32,
                day: (payload >> PAUSE_BITS) as u32 & ((1 << DAY_BITS) - 1),
                pause: payload as u32 & ((1 << PAUSE_BITS) - 1),
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn timers_ring_by_moment_then_phase_and_keep_what_they_carry() {
        let mut timers = Timers::default();
        let pause = PauseDue { agent: (1 << 20) - 1, day: (1 << DAY_BITS) - 1, pause: (1 << PAUSE_BITS) - 1 };
        timers.await_look(50);
        timers.await_pause(50, pause);
        timers.await_pause(50, PauseDue { agent: 3, ..pause });
        timers.await_pause(40, pause);
        assert_eq!(timers.next(), place(40, Phase::End));
        let order: Vec<Timer> = std::iter::from_fn(|| timers.pop()).collect();
        let expected = [
            Timer::Pause(pause),
            Timer::Pause(PauseDue { agent: 3, ..pause }),
            Timer::Pause(pause),
            Timer::Look,
        ];
        assert_eq!(order, expected);
        assert_eq!(timers.next(), u64::MAX);
    }
}
