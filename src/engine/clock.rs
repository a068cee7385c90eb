//! The agents' clock: a winner tree with one pending event per agent.
//!
//! Nodes hold four keys. Setting, moving or withdrawing an agent's event costs at most log₄(agents) minima of four
//! and stops where the winner of a node stays the same; reading the next costs nothing. Ties go to the lower agent
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
    /// Node 0 is the root, those below node n are 4n + 1 to 4n + 4; agents' own keys lie from node `leaves` on.
    nodes: Vec<[u64; 4]>,
    leaves: usize,
    /// The least key of all.
    winner: u64,
    base: Micros,
}

impl AgentClock {
    /// A clock for a number of agents, with no event pending.
    pub(super) fn new(agents: u32) -> AgentClock {
        let (mut leaves, mut width) = (0, 1);
        while 4 * width < agents as usize {
            leaves = 4 * leaves + 1;
            width *= 4;
        }
        AgentClock { nodes: vec![EMPTY; leaves + width], leaves, winner: NONE, base: 0 }
    }

    /// Withdraws all events.
    pub(super) fn clear(&mut self) {
        self.nodes.fill(EMPTY);
        self.winner = NONE;
        self.base = 0;
    }

    /// Moves the origin of the keys to a later moment, which no pending event precedes.
    pub(super) fn rebase(&mut self, base: Micros) {
        let moved = (base - self.base) << AGENT_BITS;
        for key in self.nodes.as_flattened_mut().iter_mut().chain([&mut self.winner]) {
            if *key != NONE {
                *key -= moved;
            }
        }
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
    fn write(&mut self, agent: u32, mut key: u64) {
        let nodes = self.nodes.as_mut_slice();
        let mut at = self.leaves + (agent >> 2) as usize;
        let mut part = (agent & 3) as usize;
        loop {
            let node = &mut nodes[at];
            if node[part] == key {
                return;
            }
            node[part] = key;
            key = node[0].min(node[1]).min(node[2].min(node[3]));
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
