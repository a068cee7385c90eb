//! Callbacks: a caller who has waited for a while may be offered one. Who accepts rings off, which frees the line, and
//! keeps the place in the queue. When the turn comes the agent rings the caller, with a line that is not counted.
//!
//! Ringing takes its time. Reached, the caller talks as needed; not reached, the agent is free again, and it is tried
//! anew after a while, in the same place of the queue; a moment outside opening hours becomes the next opening. After
//! the last try the callback has failed, and the caller may try again as one who gave up. Closing time takes no
//! callback away: it is made when somebody is on shift.

use super::again::Again;
use super::answering::{begin, plan_call};
use super::call::{Call, NOT_RUNG_OFF, Stage};
use super::observer::Observer;
use super::run::Step;
use crate::random::Purpose;
use crate::scenario::Callback;
use crate::unit::Micros;

/// Bits below the number of a try in the address of its draw: attempts of chases have 25.
const ATTEMPT_BITS: u32 = 25;

impl<O: Observer> Step<'_, O> {
    fn callback(&self, call: &Call) -> Option<&Callback> {
        self.plan.setting.queues[usize::from(call.queue)].access.callback.as_ref()
    }

    /// A caller is about to wait: whoever will accept the callback that is offered before patience ends does so then.
    pub(super) fn foresee_callback(&mut self, call: u32) {
        let c = self.e.calls[call];
        let Some(callback) = self.callback(&c) else { return };
        let offered = c.arrived + callback.after;
        let accepts = c.key.uniform(Purpose::CallbackAccepted, c.attempt_number()) < callback.accepted;
        if accepts && offered < c.deadline {
            let c = &mut self.e.calls[call];
            (c.takes_callback, c.deadline) = (true, offered);
        }
    }

    /// A waiting caller accepts a callback and rings off.
    pub(super) fn rings_off(&mut self, call: u32) {
        let now = self.e.now;
        self.birth(call);
        let c = self.e.calls[call];
        self.release_line(&c);
        self.e.cases[c.case].waited += now - c.arrived;
        let c = &mut self.e.calls[call];
        (c.rung_off, c.stage) = (now, Stage::Callback);
    }

    /// A callback takes the caller's place in the line again.
    pub(super) fn wait_in_place(&mut self, call: u32) {
        self.take_place(call);
        // Whoever may answer after so long a wait may do so now.
        if let Some(rules) = self.plan.rules.as_deref() {
            let waited = self.e.now - self.e.calls[call].arrived;
            let open = rules.looks[usize::from(self.e.calls[call].queue)]
                .iter()
                .copied()
                .filter(|after| *after <= waited)
                .max();
            self.e.calls[call].opened = open.unwrap_or(0);
        }
    }

    /// A caller takes the place in the line that the moment of arrival gives, then identity.
    pub(super) fn take_place(&mut self, call: u32) {
        let rank = |c: &Call| (c.arrived, c.id, c.kind as u8, c.attempt);
        let (line, calls) = (usize::from(self.e.calls[call].line), &self.e.calls);
        let own = rank(&calls[call]);
        let at = self.e.lines[line].partition_point(|other| rank(&calls[*other]) < own);
        self.e.lines[line].insert(at, call);
        self.e.waiting.joins(line);
    }

    /// Callers of a line who have been promised a callback.
    pub(super) fn callbacks_in(&self, line: usize) -> u32 {
        let promised = |call: &&u32| self.e.calls[**call].stage == Stage::Callback;
        self.e.lines[line].iter().filter(promised).count() as u32
    }

    /// An agent rings a caller whose turn has come.
    #[cold]
    #[inline(never)]
    pub(super) fn ring(&mut self, agent: u32, call: u32) {
        let now = self.e.now;
        let c = self.e.calls[call];
        let Some(callback) = self.callback(&c).copied() else { unreachable!("a callback was promised") };
        let draw = c.attempt_number() | u32::from(c.tries) << ATTEMPT_BITS;
        let is_reached = c.key.uniform(Purpose::CallbackReached, draw) < callback.reached;
        let reached = now + callback.ringing;
        let e = &mut *self.e;
        let (a, c) = (&mut e.agents[agent as usize], &mut e.calls[call]);
        c.tries += 1;
        c.not_reached = !is_reached;
        let needed = c.talk;
        let mut next = plan_call(self.plan, reached, a, c);
        begin::<false>(self.plan, now, a, call, c);
        a.answered = reached;
        if is_reached {
            self.seen.called_back(c, agent, reached);
        } else {
            // Whoever reaches the caller may be quicker or slower.
            c.talk = needed;
            (a.planned, a.talk_end, a.until) = (0, reached, reached);
            next = reached;
        }
        e.clock.set(agent, next);
    }

    /// A caller was not reached: another try after a while, or none any more.
    pub(super) fn is_not_reached(&mut self, call: u32) {
        let now = self.e.now;
        let c = self.e.calls[call];
        let Some(callback) = self.callback(&c).copied() else { unreachable!("a callback was promised") };
        if u32::from(c.tries) >= callback.tries {
            self.seen.callback_failed(&c, now);
            return self.is_away(call);
        }
        self.e.calls[call].stage = Stage::Resting;
        let time = self.open_moment_from(now + callback.again_after);
        self.come_back(Again::underway(time, call, &c));
    }

    /// A moment, or the next opening if it is not within opening hours.
    fn open_moment_from(&self, time: Micros) -> Micros {
        if self.is_open(time) {
            return time;
        }
        let openings =
            (self.day_of(time)..self.plan.horizon.total_days()).filter_map(|day| self.plan.hours(day));
        openings.map(|(open, _)| open).find(|open| *open > time).unwrap_or(Micros::MAX)
    }

    /// Those whose callback is still to come when the run ends.
    pub(super) fn end_callbacks(&mut self, end: Micros) {
        for call in self.e.calls.at(Stage::Resting) {
            self.seen.still_waiting(&self.e.calls[call], end);
            self.e.calls.remove(call);
        }
    }

    /// Turns away those who wait on the line, and leaves callbacks where they stand.
    pub(super) fn turn_away_beside_callbacks(&mut self) {
        for line in 0..self.e.lines.len() {
            let on_the_line = |call: &u32| self.e.calls[*call].stage == Stage::Waiting;
            let waiting: Vec<u32> = self.e.lines[line].iter().copied().filter(on_the_line).collect();
            for call in waiting {
                self.e.patience.withdraw(call);
                self.e.waiting.leaves(line);
                self.birth(call);
                // The slot itself is cleared away when it comes to the head of its line.
                self.e.calls[call].stage = Stage::Gone;
                let c = self.e.calls[call];
                self.leave_alone(call);
                self.is_turned_away(&c);
            }
        }
    }
}

impl Call {
    /// Time waited on the line by a moment: until the caller rang off, where a callback was promised.
    pub fn waited(&self, now: Micros) -> Micros {
        now.min(self.rung_off) - self.arrived
    }

    /// Whether the caller has rung off, to be called back.
    pub fn awaits_callback(&self) -> bool {
        self.rung_off != NOT_RUNG_OFF
    }
}
