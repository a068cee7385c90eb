//! The agents' clock: a winner tree with one pending event per agent.
//!
//! Nodes hold four keys. The two lowest rows are always worked through, since whether their winners change cannot be
//! foreseen; above them an update stops where the winner of a node stays the same. Setting, moving or withdrawing an
//! agent's event costs at most log₄(agents) minima of four; reading the next costs nothing. Ties go to the lower agent
//! number. It is bad at nothing the engine needs, except that agents cannot be added while it runs.

use crate::unit::Micros;

/// Bits of an agent's number in a key.
const AGENT_BITS: u32 = 20;
/// Most agents of one option.
pub(super) const MOST_AGENTS: u32 = 1 << AGENT_BITS;
/// No event.
const NONE: u64 = u64::MAX;
/// A node without events.
const EMPTY: [u64; 4] = [NONE; 4];

/// One pending event per agent: keys are microseconds from `base`, then the agent's number.
#[derive(Debug, Clone)]
pub(super) struct AgentClock {
    /// Four agents each.
    leaves: Vec<[u64; 4]>,
    /// Four leaves each.
    middle: Vec<[u64; 4]>,
    /// Empty if there is but one node below; else node 0 is the root, those below node n are 4n + 1 to 4n + 4, and
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

impl AgentClock {
    /// A clock for a number of agents, with no event pending.
    pub(super) fn new(agents: u32) -> AgentClock {
        let middle = agents.div_ceil(16).max(1) as usize;
        let (mut upper_leaves, mut width) = (0, 1);
        while 4 * width < middle {
            upper_leaves = 4 * upper_leaves + 1;
            width *= 4;
        }
        let upper = if middle > 1 { upper_leaves + width } else { 0 };
        AgentClock {
            leaves: vec![EMPTY; 4 * middle],
            middle: vec![EMPTY; middle],
            upper: vec![EMPTY; upper],
            upper_leaves,
            winner: NONE,
            base: 0,
        }
    }

    fn nodes(&mut self) -> impl Iterator<Item = &mut [u64; 4]> {
        self.leaves.iter_mut().chain(&mut self.middle).chain(&mut self.upper)
    }

    /// Withdraws all events.
    pub(super) fn clear(&mut self) {
        self.nodes().for_each(|node| *node = EMPTY);
        self.winner = NONE;
        self.base = 0;
    }

    /// Moves the origin of the keys to a later moment, which no pending event precedes.
    pub(super) fn rebase(&mut self, base: Micros) {
        let moved = (base - self.base) << AGENT_BITS;
        let move_key = |key: &mut u64| *key -= if *key == NONE { 0 } else { moved };
        self.nodes().flatten().for_each(move_key);
        move_key(&mut self.winner);
        self.base = base;
    }

    /// The moment of the next event; if none is pending, a moment over 200 days off, which nothing reaches.
    #[inline(always)]
    pub(super) fn next_time(&self) -> Micros {
        self.base + (self.winner >> AGENT_BITS)
    }

    /// The agent of the next event.
    #[inline(always)]
    pub(super) fn next_agent(&self) -> u32 {
        (self.winner & u64::from(MOST_AGENTS - 1)) as u32
    }

    /// Sets or moves an agent's event.
    #[inline(always)]
    pub(super) fn set(&mut self, agent: u32, time: Micros) {
        debug_assert!(time >= self.base);
        // Events more than 200 days off would overflow the key: the plan limits durations far below that.
        self.write(agent, (time - self.base) << AGENT_BITS | u64::from(agent));
    }

    /// Withdraws an agent's event.
    #[inline(always)]
    pub(super) fn withdraw(&mut self, agent: u32) {
        self.write(agent, NONE);
    }

    #[inline(always)]
    fn write(&mut self, agent: u32, key: u64) {
        let leaf = &mut self.leaves[agent as usize >> 2];
        leaf[agent as usize & 3] = key;
        let key = least(leaf);
        let node = &mut self.middle[agent as usize >> 4];
        node[agent as usize >> 2 & 3] = key;
        let key = least(node);
        if self.upper.is_empty() {
            self.winner = key;
        } else {
            self.write_above(agent as usize >> 4, key);
        }
    }

    /// Passes the winner of a node of the middle row up.
    #[inline(never)]
    fn write_above(&mut self, number: usize, mut key: u64) {
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
    fn the_clock_equals_a_plain_list() {
        for agents in [1u32, 2, 4, 5, 12, 16, 17, 33, 70] {
            let mut clock = AgentClock::new(agents);
            let mut list = vec![Micros::MAX; agents as usize];
            let mut stream = Key::replication(u64::from(agents), 0).stream();
            let mut now = 0;
            for step in 0..2000 {
                let agent = (stream.bits() % u64::from(agents)) as u32;
                if stream.bits().is_multiple_of(4) {
                    clock.withdraw(agent);
                    list[agent as usize] = Micros::MAX;
                } else {
                    let time = now + stream.bits() % 50;
                    clock.set(agent, time);
                    list[agent as usize] = time;
                }
                let least = *list.iter().min().unwrap();
                assert_eq!(clock.next_time() - clock.base, (least - clock.base).min(NONE >> AGENT_BITS));
                if least < Micros::MAX {
                    let first = list.iter().position(|t| *t == least).unwrap() as u32;
                    assert_eq!(clock.next_agent(), first);
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
