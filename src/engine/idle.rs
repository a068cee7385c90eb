//! Callable agents in the order in which they became callable: a ring per group of agents with the same queues.
//!
//! Taking the longest idle and adding the newest cost nothing that grows; taking out of the middle (a break, the
//! end of a shift) costs a scan of one group. Ties go to the lower agent number.

use crate::unit::Micros;
use std::collections::VecDeque;

/// Callable agents of every group.
#[derive(Debug, Default)]
pub(super) struct Callable {
    groups: Vec<VecDeque<(Micros, u32)>>,
}

impl Callable {
    pub(super) fn clear(&mut self, groups: usize) {
        self.groups.resize_with(groups, VecDeque::new);
        for group in &mut self.groups {
            group.clear();
        }
    }

    /// Adds an agent callable since a moment.
    #[inline(always)]
    pub(super) fn add(&mut self, group: u16, since: Micros, agent: u32) {
        let ring = &mut self.groups[usize::from(group)];
        let entry = (since, agent);
        if ring.back().is_none_or(|last| *last < entry) {
            ring.push_back(entry);
        } else {
            insert(ring, entry);
        }
    }

    /// Takes out an agent callable since a moment.
    pub(super) fn remove(&mut self, group: u16, since: Micros, agent: u32) {
        let ring = &mut self.groups[usize::from(group)];
        let at = ring.partition_point(|e| *e < (since, agent));
        debug_assert_eq!(ring.get(at), Some(&(since, agent)));
        ring.remove(at);
    }

    /// Whether nobody of a group is callable.
    #[inline(always)]
    pub(super) fn is_empty(&self, group: u16) -> bool {
        self.groups[usize::from(group)].is_empty()
    }

    /// Takes the longest callable agent of a group.
    #[inline(always)]
    pub(super) fn take_of(&mut self, group: u16) -> Option<u32> {
        self.groups[usize::from(group)].pop_front().map(|e| e.1)
    }

    /// The longest callable agent of a group, and since when.
    #[inline(always)]
    pub(super) fn first(&self, group: u16) -> Option<(Micros, u32)> {
        self.groups[usize::from(group)].front().copied()
    }

    /// Callable agents of a group.
    pub(super) fn number(&self, group: usize) -> usize {
        self.groups[group].len()
    }

    /// Takes the longest callable agent of some groups.
    #[inline(always)]
    pub(super) fn take(&mut self, groups: &[u16]) -> Option<u32> {
        if let [group] = groups {
            return self.groups[usize::from(*group)].pop_front().map(|e| e.1);
        }
        self.take_of_several(groups)
    }

    #[inline(never)]
    fn take_of_several(&mut self, groups: &[u16]) -> Option<u32> {
        let best =
            groups.iter().filter_map(|g| self.groups[usize::from(*g)].front().map(|e| (*e, *g))).min()?;
        self.groups[usize::from(best.1)].pop_front().map(|e| e.1)
    }
}

/// Inserts an agent who became callable no later than the last of a ring: two at one instant, or one who comes back
/// to an earlier place.
#[cold]
#[inline(never)]
fn insert(ring: &mut VecDeque<(Micros, u32)>, entry: (Micros, u32)) {
    let at = ring.partition_point(|e| *e < entry);
    ring.insert(at, entry);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_idle_of_the_groups_asked_is_taken() {
        let mut callable = Callable::default();
        callable.clear(3);
        callable.add(0, 50, 1);
        callable.add(1, 20, 7);
        callable.add(1, 10, 9);
        callable.add(2, 10, 4);
        assert_eq!(callable.take(&[0, 1]), Some(9));
        assert_eq!(callable.take(&[0, 1, 2]), Some(4));
        callable.remove(1, 20, 7);
        assert_eq!(callable.take(&[1]), None);
        assert_eq!(callable.take(&[0, 1, 2]), Some(1));
    }
}
