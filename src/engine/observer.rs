//! What the engine tells of what happens. Measures are somebody else's business.

use super::call::Call;
use super::case::CaseSummary;
use crate::unit::Micros;

/// What an agent is doing while signed on or on break.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// On a call or its wrap.
    Call,
    /// Signed on with nothing to do.
    Idle,
    /// On put-off work within the shift.
    Backlog,
    /// On a break, paid or not.
    Break,
    /// Briefing, training, or paperwork time with no paperwork.
    OffPhone,
    /// On put-off work after the shift.
    Overtime,
}

/// How an answered call was handled, told when its wrap ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handling {
    /// The agent.
    pub agent: u32,
    /// When it was answered.
    pub answered: Micros,
    /// When the caller went.
    pub talk_end: Micros,
    /// When the wrap ended.
    pub wrap_end: Micros,
    /// Talk the call needed.
    pub talk_needed: Micros,
    /// Wrap the case required (W).
    pub required: Micros,
    /// Wrap done, at most W.
    pub done: Micros,
    /// Cut work absorbed.
    pub absorbed: Micros,
    /// Cut work dropped.
    pub dropped: Micros,
    /// Cut work put off.
    pub deferred: Micros,
    /// Wrap beyond W that a minimum added.
    pub padding: Micros,
    /// Whether it is the first answered call of its case.
    pub first_answer: bool,
    /// Whether the call left its case drawn as resolved.
    pub resolved: bool,
    /// Whether the case will call again because of this call.
    pub repeats: bool,
    /// Whether it will only because work was cut: with the same draw and no cut it would have been resolved.
    pub repeats_for_cut: bool,
    /// Whether the call itself is a repeat that was made only because work of the call before was cut.
    pub is_for_cut: bool,
}

/// One worked shift, told when the agent leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShiftSummary {
    /// The agent.
    pub agent: u32,
    /// The simulated day the shift belongs to.
    pub day: u32,
    /// The shift's number.
    pub shift: u32,
    /// Rostered start.
    pub start: Micros,
    /// Rostered end.
    pub end: Micros,
    /// When the agent left.
    pub left: Micros,
    /// Time after the shift's end on calls answered after it, or on overtime.
    pub overtime: Micros,
    /// Breaks taken.
    pub breaks: u32,
    /// Breaks begun after their rostered time.
    pub breaks_late: u32,
    /// How late, in all.
    pub break_delay: Micros,
    /// Rostered breaks that had not begun when the shift was over.
    pub breaks_missed: u32,
    /// Put-off work left over, as it will take.
    pub backlog: Micros,
}

/// Told of everything that happens. Every method may be left out.
pub trait Observer {
    /// Whether it may be told of one call before it is told of another that arrived, waited or ended earlier: what
    /// concerns one case, and what concerns one agent, is told in order of time in any case. Otherwise all is.
    const ANY_ORDER: bool = false;

    /// A caller hears the busy tone: no line is free, or the queue is full.
    fn blocked(&mut self, _call: &Call, _now: Micros) {}
    /// A caller rings off in the menu.
    fn left_in_menu(&mut self, _call: &Call, _now: Micros) {}
    /// A call comes to its queue.
    fn offered(&mut self, _call: &Call, _now: Micros) {}
    /// A call is answered by an agent.
    fn answered(&mut self, _call: &Call, _agent: u32, _now: Micros) {}
    /// A caller hangs up.
    fn abandoned(&mut self, _call: &Call, _now: Micros) {}
    /// A caller who was promised a callback is reached by an agent; told when the agent begins to ring.
    fn called_back(&mut self, _call: &Call, _agent: u32, _reached: Micros) {}
    /// The last try to ring a caller back has reached nobody.
    fn callback_failed(&mut self, _call: &Call, _now: Micros) {}
    /// A caller rings off at once instead of waiting.
    fn balked(&mut self, _call: &Call, _now: Micros) {}
    /// The telephone goes down: of the whole centre, or of one site.
    fn outage(&mut self, _now: Micros, _site: Option<usize>) {}
    /// A caller in the menu, in line or in talk is lost as the telephone goes down; `now` is when the wait ended: at the
    /// answer, for one in talk, who then counts as not answered.
    fn lost_in_outage(&mut self, _call: &Call, _now: Micros) {}
    /// A waiting caller is turned away at closing.
    fn turned_away(&mut self, _call: &Call, _now: Micros) {}
    /// A caller still waits when the run ends.
    fn still_waiting(&mut self, _call: &Call, _now: Micros) {}
    /// An agent passes a caller on to a queue when their talk ends; `escalated` where the agent could not resolve the call.
    fn passed_on(&mut self, _call: &Call, _to: u16, _escalated: bool, _now: Micros) {}
    /// An answered call's wrap has ended.
    fn handled(&mut self, _call: &Call, _handling: &Handling) {}
    /// The same of a call that was its case's only one: it was answered at the first attempt and leaves nothing
    /// behind, and so its case is closed.
    #[inline(always)]
    fn handled_once(&mut self, call: &Call, handling: &Handling) {
        self.handled(call, handling);
        self.closed(&CaseSummary {
            id: call.id,
            key: call.key,
            waited: handling.answered - call.arrived,
            talked: handling.talk_end - handling.answered,
            attempts: 1,
            answered_calls: 1,
            resolved: handling.resolved,
            first_resolved: handling.resolved,
            called_again: false,
            reached_first: true,
            open: false,
        });
    }
    /// A case is closed, or the run has ended.
    fn closed(&mut self, _case: &CaseSummary) {}
    /// An agent's shift is rostered; when `absent` it is not worked.
    fn rostered(&mut self, _agent: u32, _day: u32, _shift: u32, _absent: bool) {}
    /// An agent begins the shift of a simulated day, or goes straight on into it.
    fn started(&mut self, _agent: u32, _day: u32, _now: Micros) {}
    /// An agent has spent a stretch of time on something.
    fn spent(&mut self, _agent: u32, _activity: Activity, _from: Micros, _to: Micros) {}
    /// An agent was on a call, then idle; either may have lasted no time at all.
    #[inline(always)]
    fn called_then_idled(&mut self, agent: u32, from: Micros, idle: Micros, to: Micros) {
        if idle > from {
            self.spent(agent, Activity::Call, from, idle);
        }
        if to > idle {
            self.spent(agent, Activity::Idle, idle, to);
        }
    }
    /// An agent leaves.
    fn left(&mut self, _shift: &ShiftSummary) {}
    /// A piece of put-off work is done: its size as required, and when it was put off.
    fn caught_up(&mut self, _agent: u32, _size: Micros, _put_off: Micros, _now: Micros) {}
    /// A piece of put-off work is left when the run ends.
    fn never_caught_up(&mut self, _agent: u32, _size: Micros) {}
}

/// Sees nothing.
impl Observer for () {}
