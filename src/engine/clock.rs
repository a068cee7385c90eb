//! A winner tree with one pending event per agent, or per call that waits.
//!
//! Nodes hold four keys. The two lowest rows are always worked through, since whether their winners change cannot be
//! foreseen; of up to 128 owners the least of all is then looked for among the winners of the second row, of which there
//! are eight. Of more owners an update goes up node by node and stops where the winner of a node stays the same. Setting,
//! moving or withdrawing an owner's event costs at most log₄(owners) minima of four; reading the next costs nothing. Ties
//! go to the lower number. It is bad at nothing the engine needs, except that more owners than ever before cost a new tree.

use crate::unit::Micros;

/// The agents' clock: at most a million agents, events at most 200 days off.
pub(super) type AgentClock = Clock<20>;
/// The clock of patience: at most 67 million calls at a time, ends of patience at most three days off.
pub(super) type PatienceClock = Clock<26>;
/// No event.
const NONE: u64 = u64::MAX;
/// A node without events.
const EMPTY: [u64; 4] = [NONE; 4];

/// Nodes of the middle row of which the least is looked for at once.
const FEW: usize = 8;

/// One pending event per owner: keys are microseconds from `base`, then the owner's number in so many bits.
#[derive(Debug, Clone)]
pub(super) struct Clock<const BITS: u32> {
    /// Four owners each.
    leaves: Vec<[u64; 4]>,
    /// Four leaves each.
    middle: Vec<[u64; 4]>,
    /// The winners of the middle row, where it has few nodes but more than one.
    few: [u64; FEW],
    /// Empty if there are few nodes below; else node 0 is the root, those below node n are 4n + 1 to 4n + 4, and
    /// those above the middle lie from node `upper_leaves` on.
    upper: Vec<[u64; 4]>,
    upper_leaves: usize,
    /// The least key of all.
    winner: u64,
    base: Micros,
}

/// The least of a node.
#[inline(always)]
fn least(node: &[u64; 4]) -> u64 {
    node[0].min(node[1]).min(node[2].min(node[3]))
}

impl<const BITS: u32> Clock<BITS> {
    /// How far off an event may be.
    pub(super) const REACH: Micros = (NONE >> BITS) - 1;

    /// A clock for a number of owners, with no event pending.
    pub(super) fn new(owners: u32) -> Clock<BITS> {
        let middle = owners.div_ceil(16).max(1) as usize;
        let (mut upper_leaves, mut width) = (0, 1);
        while 4 * width < middle {
            upper_leaves = 4 * upper_leaves + 1;
            width *= 4;
        }
        let upper = if middle > FEW { upper_leaves + width } else { 0 };
        Clock {
            leaves: vec![EMPTY; 4 * middle],
            middle: vec![EMPTY; middle],
            few: [NONE; FEW],
            upper: vec![EMPTY; upper],
            upper_leaves,
            winner: NONE,
            base: 0,
        }
    }

    /// Makes room for an owner's number.
    #[inline(always)]
    pub(super) fn make_room(&mut self, owner: u32) {
        if owner as usize >= 4 * self.leaves.len() {
            self.grow(owner);
        }
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, owner: u32) {
        // Beyond this a number would run into the moment beside it, and the result would be wrong without a word.
        assert!(owner < 1 << BITS, "more calls wait at a time than a clock can hold: {owner}");
        let mut wider = Clock::<BITS>::new((2 * owner).max(64));
        wider.base = self.base;
        for key in self.leaves.iter().flatten().copied().filter(|key| *key != NONE) {
            wider.write((key & ((1 << BITS) - 1)) as u32, key);
        }
        *self = wider;
    }

    fn nodes(&mut self) -> impl Iterator<Item = &mut [u64; 4]> {
        let few = self.few.as_chunks_mut::<4>().0;
        self.leaves.iter_mut().chain(&mut self.middle).chain(few).chain(&mut self.upper)
    }

    /// Withdraws all events.
    pub(super) fn clear(&mut self) {
        self.nodes().for_each(|node| *node = EMPTY);
        self.winner = NONE;
        self.base = 0;
    }

    /// Moves the origin of the keys to a later moment, which no pending event precedes.
    pub(super) fn rebase(&mut self, base: Micros) {
        let moved = (base - self.base) << BITS;
        let move_key = |key: &mut u64| *key -= if *key == NONE { 0 } else { moved };
        self.nodes().flatten().for_each(move_key);
        move_key(&mut self.winner);
        self.base = base;
    }

    /// The moment of the next event; if none is pending, a moment out of reach.
    #[inline(always)]
    pub(super) fn next_time(&self) -> Micros {
        self.base + (self.winner >> BITS)
    }

    /// The owner of the next event.
    #[inline(always)]
    pub(super) fn next_owner(&self) -> u32 {
        (self.winner & ((1 << BITS) - 1)) as u32
    }

    /// Sets or moves an owner's event.
    #[inline(always)]
    pub(super) fn set(&mut self, owner: u32, time: Micros) {
        debug_assert!(time >= self.base && time - self.base <= Self::REACH && owner < 1 << BITS);
        self.write(owner, (time - self.base) << BITS | u64::from(owner));
    }

    /// Sets or moves an owner's event, which comes early where it would be out of reach.
    #[inline]
    pub(super) fn set_within_reach(&mut self, owner: u32, time: Micros) {
        self.set(owner, time.min(self.base + Self::REACH));
    }

    /// Sets an owner's event unless it is out of reach.
    #[inline(always)]
    pub(super) fn set_if_within_reach(&mut self, owner: u32, time: Micros) {
        if time - self.base <= Self::REACH {
            self.set(owner, time);
        }
    }

    /// Withdraws an owner's event.
    #[inline(always)]
    pub(super) fn withdraw(&mut self, owner: u32) {
        self.write(owner, NONE);
    }

    /// Withdraws an owner's event, if one is pending.
    #[inline]
    pub(super) fn withdraw_if_set(&mut self, owner: u32) {
        if self.leaves[owner as usize >> 2][owner as usize & 3] != NONE {
            self.write(owner, NONE);
        }
    }

    #[inline(always)]
    fn write(&mut self, owner: u32, key: u64) {
        let owner = owner as usize;
        let leaf = &mut self.leaves[owner >> 2];
        leaf[owner & 3] = key;
        let key = least(leaf);
        let node = &mut self.middle[owner >> 4];
        node[owner >> 2 & 3] = key;
        let key = least(node);
        if self.middle.len() == 1 {
            self.winner = key;
        } else {
            self.write_above(owner >> 4, key);
        }
    }

    /// Passes the winner of a node of the middle row up.
    #[inline(never)]
    fn write_above(&mut self, number: usize, mut key: u64) {
        if self.upper.is_empty() {
            let few = &mut self.few;
            few[number & (FEW - 1)] = key;
            let half = |at: usize| few[at].min(few[at + 1]).min(few[at + 2].min(few[at + 3]));
            self.winner = half(0).min(half(4));
            return;
        }
        let mut at = self.upper_leaves + (number >> 2);
        let mut part = number & 3;
        loop {
            let node = &mut self.upper[at];
            if node[part] == key {
                return;
            }
            node[part] = key;
            key = least(node);
            if at == 0 {
                self.winner = key;
                return;
            }
            part = (at - 1) & 3;
            at = (at - 1) >> 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Key;

    #[test]
    fn the_clock_equals_a_plain_list_and_grows() {
        for owners in [1u32, 2, 4, 5, 12, 16, 17, 33, 70, 128, 129, 300] {
            let mut clock = PatienceClock::new(owners.min(8));
            let mut list = vec![Micros::MAX; owners as usize];
            let mut stream = Key::replication(u64::from(owners), 0).stream();
            let mut now = 0;
            for step in 0..2000 {
                let owner = (stream.bits() % u64::from(owners)) as u32;
                clock.make_room(owner);
                if stream.bits().is_multiple_of(4) {
                    clock.withdraw(owner);
                    list[owner as usize] = Micros::MAX;
                } else {
                    let time = now + stream.bits() % 50;
                    clock.set(owner, time);
                    list[owner as usize] = time;
                }
                let least = *list.iter().min().unwrap();
                let expected = (least - clock.base).min(PatienceClock::REACH + 1);
                assert_eq!(clock.next_time() - clock.base, expected);
                if least < Micros::MAX {
                    let first = list.iter().position(|t| *t == least).unwrap() as u32;
                    assert_eq!(clock.next_owner(), first);
                    if step % 100 == 0 {
                        now = least;
                        clock.rebase(now);
                        assert_eq!(clock.next_time(), least);
                    }
                }
            }
        }
    }
}
