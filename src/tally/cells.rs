//! Agents' time by cell of the clock.

use crate::unit::Micros;
use serde::{Deserialize, Serialize};

/// Agent time in one cell of one day, all teams together, in microseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffCell {
    /// On shift by the rota, absent or not, breaks included.
    pub rostered: u64,
    /// Signed on.
    pub signed_on: u64,
    /// Talk and wrap.
    pub busy: u64,
    /// Idle.
    pub available: u64,
}

impl StaffCell {
    /// Adds another cell.
    pub fn merge(&mut self, other: &StaffCell) {
        self.rostered += other.rostered;
        self.signed_on += other.signed_on;
        self.busy += other.busy;
        self.available += other.available;
    }
}

/// What is kept of one cell while a replication runs: for each kind of time what stretches that begin or end in the
/// cell add to it, and by how many agents they change all later cells. So a stretch touches the two cells where it
/// begins and ends, however long it is, and stretches may be told in any order. Numbers wrap; sums come out right.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
pub(super) struct Steps {
    here: [u64; KINDS],
    later: [u64; KINDS],
}

/// Kinds of time in a cell: rostered, on calls, on calls or idle, on put-off work.
const KINDS: usize = 4;
pub(super) const ROSTERED: usize = 0;
pub(super) const BUSY: usize = 1;
pub(super) const TAKING_CALLS: usize = 2;
pub(super) const BACKLOG: usize = 3;

/// A moment among the cells.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moment {
    /// Microseconds from the window's start, cut to the window.
    pub(super) in_window: Micros,
    /// Its cell, one place beyond the last for the window's end.
    pub(super) cell: usize,
    /// What is left of the cell.
    pub(super) left: Micros,
}

/// Adds a stretch of a kind of time.
#[inline(always)]
pub(super) fn add(steps: &mut [Steps], kind: usize, from: Moment, to: Moment) {
    steps[from.cell].begin(kind, from.left);
    steps[to.cell].end(kind, to.left);
}

/// Works out cells from what began and ended in them.
pub(super) fn add_up(cells: &mut [StaffCell], steps: &[Steps], interval: Micros) {
    let mut on = [0u64; KINDS];
    for (cell, steps) in cells.iter_mut().zip(steps) {
        let time = |kind: usize| steps.here[kind].wrapping_add(on[kind].wrapping_mul(interval));
        let (busy, taking_calls) = (time(BUSY), time(TAKING_CALLS));
        *cell = StaffCell {
            rostered: time(ROSTERED),
            signed_on: taking_calls + time(BACKLOG),
            busy,
            available: taking_calls - busy,
        };
        for (on, later) in on.iter_mut().zip(steps.later) {
            *on = on.wrapping_add(later);
        }
    }
}

impl Steps {
    /// A stretch of a kind of time begins with so much of the cell left.
    #[inline(always)]
    fn begin(&mut self, kind: usize, left: Micros) {
        self.here[kind] = self.here[kind].wrapping_add(left);
        self.later[kind] = self.later[kind].wrapping_add(1);
    }

    /// A stretch ends.
    #[inline(always)]
    fn end(&mut self, kind: usize, left: Micros) {
        self.here[kind] = self.here[kind].wrapping_sub(left);
        self.later[kind] = self.later[kind].wrapping_sub(1);
    }
}
