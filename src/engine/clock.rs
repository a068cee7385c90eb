//! The agents' clock: a winner tree with one pending event per agent.
//!
//! Setting, moving or withdrawing an agent's event costs log₂(agents) minima; reading the next costs nothing. Ties
//! go to the lower agent number. It is bad at nothing the engine needs, except that agents cannot be added while
//! it runs.

use crate::unit::Micros;

/// Bits of an agent's number in a key.
const AGENT_BITS: u32 = 20;
/// Most agents of one option.
pub(super) const MOST_AGENTS: u32 = 1 << AGENT_BITS;
/// No event.
const NONE: u64 = u64::MAX;

/// One pending event per agent: keys are microseconds from `base`, then the agent's number.
#[derive(Debug, Clone)]
pub(super) struct AgentClock {
    /// `tree[1]` is the winner; leaves start at `leaves`.
    tree: Vec<u64>,
    leaves: usize,
    base: Micros,
}

impl AgentClock {
    /// A clock for a number of agents, with no event pending.
    pub(super) fn new(agents: u32) -> AgentClock {
        let leaves = (agents.max(1) as usize).next_power_of_two();
        AgentClock { tree: vec![NONE; 2 * leaves], leaves, base: 0 }
    }

    /// Withdraws all events.
    pub(super) fn clear(&mut self) {
        self.tree.fill(NONE);
        self.base = 0;
    }

    /// Moves the origin of the keys to a later moment, which no pending event precedes.
    pub(super) fn rebase(&mut self, base: Micros) {
        let moved = (base - self.base) << AGENT_BITS;
        for key in &mut self.tree {
            if *key != NONE {
                *key -= moved;
            }
        }
        self.base = base;
    }

    /// The moment of the next event, [`Micros::MAX`] if none is pending.
    #[inline]
    pub(super) fn next_time(&self) -> Micros {
        let key = self.tree[1];
        if key == NONE { Micros::MAX } else { self.base + (key >> AGENT_BITS) }
    }

    /// The agent of the next event.
    #[inline]
    pub(super) fn next_agent(&self) -> u32 {
        (self.tree[1] & u64::from(MOST_AGENTS - 1)) as u32
    }

    /// Sets or moves an agent's event.
    #[inline]
    pub(super) fn set(&mut self, agent: u32, time: Micros) {
        debug_assert!(time >= self.base);
        // Events more than 200 days off would overflow the key: the plan limits durations far below that.
        self.write(agent, (time - self.base) << AGENT_BITS | u64::from(agent));
    }

    /// Withdraws an agent's event.
    #[inline]
    pub(super) fn withdraw(&mut self, agent: u32) {
        self.write(agent, NONE);
    }

    #[inline]
    fn write(&mut self, agent: u32, key: u64) {
        let mut at = self.leaves + agent as usize;
        self.tree[at] = key;
        let mut winner = key;
        while at > 1 {
            // The sibling's key does not depend on the walk, so loads run ahead of the minima.
            winner = winner.min(self.tree[at ^ 1]);
            at >>= 1;
            self.tree[at] = winner;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Key;

    #[test]
    fn the_clock_equals_a_plain_list() {
        for agents in [1u32, 2, 5, 12, 33] {
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
                assert_eq!(clock.next_time(), least);
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
