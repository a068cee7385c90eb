//! One simulated person, for as long as the run lasts.

use crate::unit::Micros;

/// What an agent is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Not on shift.
    Off,
    /// Callable, with nothing to do.
    Idle,
    /// Signed on but taking no more calls before the shift's end, with nothing to do.
    Closing,
    /// On a call, then its wrap; the next event is the end of both.
    Call,
    /// On a call, where the end of talk is an event of its own.
    Talk,
    /// In the wrap after such a talk.
    Wrap,
    /// With a caller who is being passed on, until the next agent answers and the handover is done.
    Staying,
    /// On a break or an off-phone activity.
    Pause,
    /// On put-off work; says in which time.
    Work(WorkTime),
}

/// In which time put-off work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WorkTime {
    /// When no caller waits.
    Idle,
    /// Rostered paperwork time.
    Rostered,
    /// The last minutes of a shift, when no new call is taken.
    LastMinutes,
    /// After the shift.
    Overtime,
}

/// In which lists of agents who can be called out of wrap an agent stands; one byte, so that what every call touches of an
/// agent fills one line of the cache.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Listed(u8);

impl Listed {
    /// Those whose wrap has lasted long enough to be ended for any caller.
    pub(super) const RELEASABLE: Listed = Listed(1);
    /// Those in wrap, whom an urgent call may take out of it.
    pub(super) const IN_WRAP: Listed = Listed(2);

    /// Whether the agent stands in a list.
    pub(super) fn has(self, list: Listed) -> bool {
        self.0 & list.0 != 0
    }

    /// The agent stands in a list from now on.
    pub(super) fn join(&mut self, list: Listed) {
        self.0 |= list.0;
    }

    /// The agent stands in a list no longer; says whether it was so.
    pub(super) fn leave(&mut self, list: Listed) -> bool {
        let was = self.has(list);
        self.0 &= !list.0;
        was
    }
}

/// An agent. What every call touches fills one line of the cache, the rest lies behind it: among ten thousand agents most
/// are far away when their call comes.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct Agent {
    pub(super) state: State,
    /// In which lists of agents who can be called out of wrap the agent stands.
    pub(super) listed: Listed,
    pub(super) team: u16,
    pub(super) group: u16,
    /// Which proficiency the agent has, among those there are.
    pub(super) profile: u16,
    /// Whether the shift's end has passed, or the last minutes without calls have begun.
    pub(super) ended: bool,
    pub(super) closing: bool,
    /// Whether the next pause of the shift is due.
    pub(super) pause_due: bool,
    /// Whether the call in hand was answered past the shift's end.
    pub(super) past_end: bool,
    /// The call in hand.
    pub(super) call: u32,
    /// Begin of the present activity.
    pub(super) since: Micros,
    /// When the agent last became callable.
    pub(super) callable_since: Micros,
    /// When the call in hand was answered, and the wrap it will get.
    pub(super) answered: Micros,
    pub(super) planned: Micros,
    /// When its caller goes.
    pub(super) talk_end: Micros,
    /// End of the present call with its wrap or of the present pause, or the latest end of the present spell of put-off
    /// work.
    pub(super) until: Micros,
    /// From when on the wrap in hand can be ended for a caller.
    pub(super) released_from: Micros,
    /// Put-off work left, as it will take.
    pub(super) work_left: Micros,
    /// The shift: number, day it belongs to, rostered start and end.
    pub(super) shift: u32,
    pub(super) shift_day: u32,
    pub(super) shift_start: Micros,
    pub(super) shift_end: Micros,
    /// The next pause of the shift, and by how much pauses have moved.
    pub(super) next_pause: u32,
    pub(super) delay: Micros,
    pub(super) overtime: Micros,
    pub(super) breaks: u32,
    pub(super) breaks_late: u32,
    pub(super) break_delay: Micros,
}

const _: () = assert!(std::mem::offset_of!(Agent, released_from) == 64);

impl State {
    /// Whether an agent is on a call or in its wrap.
    #[inline(always)]
    pub(super) fn is_on_call(self) -> bool {
        matches!(self, State::Call | State::Talk | State::Wrap | State::Staying)
    }
}

impl Agent {
    /// Whether nothing but the next caller, put-off work or rest can follow a call: no shift's end passed, no pause
    /// due, no last minutes begun.
    #[inline(always)]
    pub(super) fn is_plain(&self) -> bool {
        !(self.ended | self.pause_due | self.closing)
    }

    pub(super) fn new(team: u16, group: u16, profile: u16) -> Agent {
        Agent {
            state: State::Off,
            team,
            group,
            profile,
            listed: Listed::default(),
            released_from: 0,
            work_left: 0,
            since: 0,
            callable_since: 0,
            call: 0,
            answered: 0,
            planned: 0,
            talk_end: 0,
            until: 0,
            shift: 0,
            shift_day: u32::MAX,
            shift_start: 0,
            shift_end: 0,
            next_pause: 0,
            pause_due: false,
            delay: 0,
            ended: false,
            closing: false,
            past_end: false,
            overtime: 0,
            breaks: 0,
            breaks_late: 0,
            break_delay: 0,
        }
    }
}
