//! Calls still to come today, in order of their moment, then of their identity.

use super::again::Again;
use super::timers::{Phase, place};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Redials and repeats of today.
#[derive(Debug, Default)]
pub(super) struct Coming {
    heap: BinaryHeap<Reverse<Again>>,
}

impl Coming {
    pub(super) fn clear(&mut self) {
        self.heap.clear();
    }

    pub(super) fn push(&mut self, again: Again) {
        self.heap.push(Reverse(again));
    }

    /// The place of the next.
    #[inline(always)]
    pub(super) fn next(&self) -> u64 {
        self.heap.peek().map_or(u64::MAX, |next| place(next.0.time, Phase::Arrival))
    }

    /// The next, which stays.
    #[inline(always)]
    pub(super) fn peek(&self) -> Option<&Again> {
        self.heap.peek().map(|next| &next.0)
    }

    /// Takes the next of those there are.
    pub(super) fn take(&mut self) -> Again {
        match self.heap.pop() {
            Some(next) => next.0,
            None => unreachable!("nobody comes"),
        }
    }
}
