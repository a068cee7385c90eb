//! Agents of each group in the order of a moment of theirs: since when, or from when on, each is to be had. A clock a
//! group.
//!
//! Adding an agent, and taking one out from anywhere, cost a few steps in however large a group; of rings
//! ([`Callable`](super::idle::Callable)) that is so at the ends alone. Ties go to the lower agent number.

use super::clock::AgentClock;
use super::plan::Plan;
use crate::unit::Micros;

/// Agents of every group by a moment.
#[derive(Debug)]
pub(super) struct Ranked {
    groups: Vec<Group>,
}

/// Those of one group.
#[derive(Debug)]
struct Group {
    /// The lowest number among the group's agents: those of a group are mostly neighbours.
    first: u32,
    clock: AgentClock,
}

impl Ranked {
    /// Nobody yet; without room for anybody where there never will be.
    pub(super) fn new(plan: &Plan, is_used: bool) -> Ranked {
        let group = |group: usize| {
            let is_in = |of: &(u16, u16)| usize::from(of.0) == group && is_used;
            let first = plan.group_of_agent.iter().position(is_in).unwrap_or(0);
            let last = plan.group_of_agent.iter().rposition(is_in).unwrap_or(0);
            Group { first: first as u32, clock: AgentClock::new((last + 1 - first) as u32) }
        };
        Ranked { groups: (0..plan.lines_of_group.len()).map(group).collect() }
    }

    pub(super) fn clear(&mut self) {
        self.groups.iter_mut().for_each(|group| group.clock.clear());
    }

    /// Moves the origin of a group's moments on to one that `base` gives, or to the first of them.
    pub(super) fn rebase(&mut self, base: impl Fn(u16) -> Micros) {
        for (number, group) in (0u16..).zip(&mut self.groups) {
            group.clock.rebase(base(number).min(group.clock.next_time()));
        }
    }

    /// Sets or moves an agent's moment.
    #[inline(always)]
    pub(super) fn set(&mut self, group: u16, agent: u32, moment: Micros) {
        let group = &mut self.groups[usize::from(group)];
        group.clock.set(agent - group.first, moment);
    }

    /// Takes an agent out, if there.
    pub(super) fn withdraw(&mut self, group: u16, agent: u32) {
        let group = &mut self.groups[usize::from(group)];
        group.clock.withdraw_if_set(agent - group.first);
    }

    /// The first of a group, with the moment; if there is nobody, a moment out of reach.
    #[inline(always)]
    pub(super) fn first(&self, group: u16) -> (Micros, u32) {
        let group = &self.groups[usize::from(group)];
        (group.clock.next_time(), group.first.wrapping_add(group.clock.next_owner()))
    }

    /// The same among some groups.
    #[inline(always)]
    pub(super) fn first_of(&self, groups: &[u16]) -> (Micros, u32) {
        groups.iter().map(|group| self.first(*group)).min().unwrap_or((Micros::MAX, 0))
    }

    /// The first of some groups, if the moment has come.
    pub(super) fn first_by(&self, now: Micros, groups: &[u16]) -> Option<(Micros, u32)> {
        Some(self.first_of(groups)).filter(|first| first.0 <= now)
    }
}
