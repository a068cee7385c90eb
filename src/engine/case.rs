//! One need of one member of the public, from its first call until it is resolved or given up.

use super::call::CallKind;
use crate::random::{CaseId, Key};
use crate::unit::{DAY, Micros};

/// A further call within this time of the first answer is what managers see as not resolved at first contact.
const OBSERVED: Micros = 7 * DAY;

/// An open case: one line of the cache.
#[derive(Debug, Clone, Copy)]
#[repr(align(64))]
pub(super) struct Case {
    pub(super) key: Key,
    pub(super) id: CaseId,
    pub(super) waited: Micros,
    pub(super) talked: Micros,
    pub(super) attempts: u16,
    /// Attempts that were chases: they take no part in the addresses of the others' draws.
    pub(super) chase_attempts: u16,
    /// Answered calls, chases included.
    pub(super) answered_calls: u16,
    /// Answered calls that drew a resolution: the address of the next conversation's draws.
    pub(super) answers: u16,
    pub(super) redials: u16,
    pub(super) chases: u16,
    /// Pieces of its work put off and not yet done.
    pub(super) pending: u16,
    /// Calls in the system or still to come.
    pub(super) live: u16,
    pub(super) resolved: bool,
    pub(super) first_resolved: bool,
    pub(super) called_again: bool,
    /// Whether the first attempt reached an agent.
    pub(super) reached_first: bool,
    /// Whether the latest answer's repeat is made only because work was cut.
    pub(super) repeats_for_cut: bool,
    pub(super) first_answer_end: Micros,
    /// The agent with whom its put-off work lies, or [`SEVERAL`].
    pub(super) holder: u16,
}

/// In place of a holder: any agent may have put-off work of the case.
pub(super) const SEVERAL: u16 = u16::MAX;

impl Case {
    #[inline(always)]
    pub(super) fn new(key: Key, id: CaseId) -> Case {
        Case {
            key,
            id,
            waited: 0,
            talked: 0,
            attempts: 0,
            chase_attempts: 0,
            answered_calls: 0,
            answers: 0,
            redials: 0,
            chases: 0,
            pending: 0,
            live: 1,
            resolved: false,
            first_resolved: false,
            called_again: false,
            reached_first: false,
            repeats_for_cut: false,
            first_answer_end: 0,
            holder: SEVERAL,
        }
    }

    /// Attempts that were no chases.
    #[inline(always)]
    pub(super) fn number(&self) -> u16 {
        self.attempts - self.chase_attempts
    }

    /// Notes that a call is made.
    #[inline(always)]
    pub(super) fn calls(&mut self, kind: CallKind, now: Micros) {
        self.attempts = self.attempts.saturating_add(1);
        if kind == CallKind::Chase {
            self.chase_attempts = self.chase_attempts.saturating_add(1);
        }
        if kind != CallKind::First && now < self.first_answer_end + OBSERVED {
            self.called_again = true;
        }
    }

    /// Whether the slot still holds the case of an identity.
    #[inline(always)]
    pub(super) fn is(&self, id: CaseId) -> bool {
        self.live != EMPTY && self.id == id
    }

    /// Whether nothing more can happen to it.
    #[inline(always)]
    pub(super) fn is_over(&self) -> bool {
        self.live == 0 && self.pending == 0
    }

    #[inline(always)]
    pub(super) fn summary(&self, open: bool) -> CaseSummary {
        CaseSummary {
            id: self.id,
            key: self.key,
            waited: self.waited,
            talked: self.talked,
            attempts: u32::from(self.attempts),
            answered_calls: u32::from(self.answered_calls),
            resolved: self.resolved && self.pending == 0,
            first_resolved: self.first_resolved,
            called_again: self.called_again,
            reached_first: self.reached_first,
            open,
        }
    }
}

/// A case as it closes, or as it stands when the run ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseSummary {
    /// Its identity: queue, day and cell of its first call.
    pub id: CaseId,
    /// The key of its draws.
    pub key: Key,
    /// Time waited over all attempts.
    pub waited: Micros,
    /// Time talked over all answered calls.
    pub talked: Micros,
    /// Attempts.
    pub attempts: u32,
    /// Answered calls.
    pub answered_calls: u32,
    /// Whether it was resolved, with no work pending.
    pub resolved: bool,
    /// Whether its first answered call resolved it.
    pub first_resolved: bool,
    /// Whether a further call was made within 7 days of the first answered call's end.
    pub called_again: bool,
    /// Whether its first attempt reached an agent, by an answer or a callback.
    pub reached_first: bool,
    /// Whether it was still open when the run ended.
    pub open: bool,
}

/// Open cases, in slots used again.
#[derive(Debug, Default)]
pub(super) struct Cases {
    slots: Vec<Case>,
    free: Vec<u32>,
}

/// The slot of a case that is not kept yet: all there is to know of it is its first call.
pub(super) const UNBORN: u32 = u32::MAX;
/// Marks a slot that holds no case.
const EMPTY: u16 = u16::MAX;
const _: () = assert!(size_of::<Case>() == 64);

impl Cases {
    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.free.clear();
    }

    /// Opens a case in a slot: one left free, or a new one.
    #[inline(always)]
    pub(super) fn insert(&mut self, case: Case) -> u32 {
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => self.grow(),
        };
        // Written where it stays, without a copy on the way.
        self.slots[slot as usize] = case;
        slot
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> u32 {
        self.slots.push(Case::new(Key::default(), CaseId::default()));
        (self.slots.len() - 1) as u32
    }

    #[inline(always)]
    pub(super) fn remove(&mut self, slot: u32) {
        self.slots[slot as usize].live = EMPTY;
        self.free.push(slot);
    }

    /// Every open case, by slot.
    pub(super) fn open(&self) -> impl Iterator<Item = &Case> {
        self.slots.iter().filter(|c| c.live != EMPTY)
    }
}

impl std::ops::Index<u32> for Cases {
    type Output = Case;
    #[inline(always)]
    fn index(&self, slot: u32) -> &Case {
        &self.slots[slot as usize]
    }
}

impl std::ops::IndexMut<u32> for Cases {
    #[inline(always)]
    fn index_mut(&mut self, slot: u32) -> &mut Case {
        &mut self.slots[slot as usize]
    }
}
