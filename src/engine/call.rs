//! One attempt of a case to be served.

use super::case::UNBORN;
use super::transfer::{NONE, NOT_PASSED};
use crate::random::{CaseId, Key};
use crate::unit::Micros;

/// Why a call is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallKind {
    /// The case's first call.
    First,
    /// An earlier call was answered but left the case unresolved.
    Repeat,
    /// Asking after work that was put off.
    Chase,
}

/// The caller has not rung off to be called back.
pub(super) const NOT_RUNG_OFF: Micros = Micros::MAX;

/// Where a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// In the voice menu.
    Menu,
    Waiting,
    /// Promised a callback, in the line.
    Callback,
    /// Promised a callback, until the next try.
    Resting,
    /// Lost in the menu; the slot is still to be cleared away.
    Void,
    Talking,
    /// Passed on, on the way to the next queue.
    Passed,
    Gone,
}

/// A call. Its place among others is found by a shift, not by a product.
#[derive(Debug, Clone, Copy)]
#[repr(align(128))]
pub struct Call {
    /// Identity of its case.
    pub id: CaseId,
    /// Why it is made.
    pub kind: CallKind,
    /// Whether it is a redial: the attempt before it did not reach an agent.
    pub redial: bool,
    /// Attempts of the case before it.
    pub attempt: u16,
    /// The queue.
    pub queue: u16,
    /// Its line, of several where the queue's sites are separate.
    pub line: u16,
    /// Which chase, counted from 0.
    pub chase: u16,
    /// Attempts of the same chase before it.
    pub chase_attempt: u16,
    /// Cell of arrival, counted from the start of the run.
    pub cell: u32,
    /// Moment of arrival; of a leg, at its queue.
    pub arrived: Micros,
    /// How often the caller has been passed on in this call before: 0 in the queue rung up.
    pub leg: u8,
    /// Time waited in earlier legs of the call.
    pub waited_before: Micros,
    /// When the caller accepted a callback and rang off; `Micros::MAX` for one who did not.
    pub rung_off: Micros,
    /// Whether the caller will accept a callback: then the end of patience is the moment at which it is offered.
    pub(super) takes_callback: bool,
    /// Tries to ring the caller so far, and whether the latest is without success.
    pub(super) tries: u8,
    pub(super) not_reached: bool,
    /// Attempts of the case before it that were no chases: the address of its patience and of its redial.
    pub(super) number: u16,
    pub(super) stage: Stage,
    /// Whether a caller in the menu will leave in it.
    pub(super) leaves_menu: bool,
    /// Slot of its case, [`UNBORN`] as long as the case has nothing to remember but this call.
    pub(super) case: u32,
    /// Key of the case's draws.
    pub(super) key: Key,
    /// When patience runs out.
    pub(super) deadline: Micros,
    /// The longest of the waits so far after which further agents may answer.
    pub(super) opened: Micros,
    /// Talk needed and wrap required.
    pub(super) talk: Micros,
    pub(super) wrap: Micros,
    /// When the caller was passed on to another queue, if that happened.
    pub(super) passed_at: Micros,
    /// How long the agent who passed the caller on will take part in the talk.
    pub(super) handover: Micros,
    /// Of a leg, the agent who stays with the caller.
    pub(super) companion: u32,
    /// Of a call passed on whose agent stays with the caller, the leg to which it was passed on.
    pub(super) onward: u32,
    /// Of a leg or a call passed on: the address of its conversation's draws, and what is known of the legs before.
    pub(super) n: u16,
    pub(super) before: Before,
}

/// What a leg keeps of the legs before it; in one byte, since a call must not outgrow its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Before(u8);

const _: () = assert!(size_of::<Call>() == 128);

impl Before {
    /// Nothing.
    pub(super) const NOTHING: Before = Before(0);

    /// Whether its call is the first of the case that was answered, whether it is a repeat for cut work, and whether the
    /// caller was rung back, which takes no line.
    pub(super) fn new(of_first: bool, for_cut: bool, off_line: bool) -> Before {
        Before(u8::from(of_first) | u8::from(for_cut) << 1 | u8::from(off_line) << 2)
    }

    pub(super) fn of_first(self) -> bool {
        self.0 & 1 != 0
    }

    pub(super) fn for_cut(self) -> bool {
        self.0 & 2 != 0
    }

    pub(super) fn off_line(self) -> bool {
        self.0 & 4 != 0
    }
}

impl Call {
    /// The queue that was rung up: whoever tries again rings the same.
    pub(super) fn rung(&self) -> u16 {
        self.id.queue() as u16
    }

    /// The address of an attempt's draws, attempts of chases and further legs apart from all others.
    pub(super) fn attempt_number(&self) -> u32 {
        match self.kind {
            _ if self.leg > 0 => 1 << 25 | u32::from(self.n),
            CallKind::Chase => 1 << 24 | u32::from(self.chase) << 8 | u32::from(self.chase_attempt.min(255)),
            _ => u32::from(self.number),
        }
    }
}

/// What a new slot holds before its first call.
const NOBODY: Call = Call {
    id: CaseId(0),
    kind: CallKind::First,
    redial: false,
    attempt: 0,
    queue: 0,
    line: 0,
    chase: 0,
    chase_attempt: 0,
    cell: 0,
    arrived: 0,
    leg: 0,
    waited_before: 0,
    rung_off: NOT_RUNG_OFF,
    takes_callback: false,
    tries: 0,
    not_reached: false,
    number: 0,
    stage: Stage::Gone,
    leaves_menu: false,
    case: UNBORN,
    key: Key::ZERO,
    deadline: 0,
    opened: 0,
    talk: 0,
    wrap: 0,
    passed_at: NOT_PASSED,
    handover: 0,
    companion: NONE,
    onward: NONE,
    n: 0,
    before: Before::NOTHING,
};

/// Calls in the system, in slots used again.
#[derive(Debug, Default)]
pub(super) struct Calls {
    slots: Vec<Call>,
    pub(super) free: Vec<u32>,
}

impl Calls {
    pub(super) fn clear(&mut self) {
        self.slots.clear();
        self.free.clear();
    }

    /// Puts a call into a slot: one left free, or a new one.
    #[inline(always)]
    pub(super) fn insert(&mut self, call: Call) -> u32 {
        let slot = match self.free.pop() {
            Some(slot) => slot,
            None => self.grow(),
        };
        // Written where it stays, without a copy on the way.
        self.slots[slot as usize] = call;
        slot
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self) -> u32 {
        self.slots.push(NOBODY);
        (self.slots.len() - 1) as u32
    }

    /// Slots of calls at a stage, ascending.
    pub(super) fn at(&self, stage: Stage) -> Vec<u32> {
        (0..self.slots.len() as u32).filter(|slot| self[*slot].stage == stage).collect()
    }

    #[inline(always)]
    pub(super) fn remove(&mut self, slot: u32) {
        self.slots[slot as usize].stage = Stage::Gone;
        self.free.push(slot);
    }
}

impl std::ops::Index<u32> for Calls {
    type Output = Call;
    #[inline(always)]
    fn index(&self, slot: u32) -> &Call {
        &self.slots[slot as usize]
    }
}

impl std::ops::IndexMut<u32> for Calls {
    #[inline(always)]
    fn index_mut(&mut self, slot: u32) -> &mut Call {
        &mut self.slots[slot as usize]
    }
}
