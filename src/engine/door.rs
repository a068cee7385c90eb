//! The way from ringing up to waiting, where something may keep a caller from it.
//!
//! A call that arrives takes a telephone line or hears the busy tone. It may go through a [menu](super::menu). Then it
//! comes to its queue: an agent who is callable answers. If none is, the caller hears the busy tone where the queue is
//! full, or rings off at once ([balking](super::balking)), or waits. Calls of one instant take their lines by identity; then all of them are
//! answered, by priority; then those nobody could answer are judged, by identity, each with the ones before it in
//! line. Who is passed on from another queue is through all this: such a caller is answered or waits.

use super::call::Stage;
use super::observer::Observer;
use super::outage::{self, Down};
use super::plan::Plan;
use super::run::Step;
use super::site::Lines;
use crate::law::{Law, Sampler};
use crate::scenario::{Access, Horizon, Setting, Telephone};
use crate::unit::{DAY, Micros, micros};

/// What callers of an option meet before they wait.
#[derive(Debug)]
pub(super) struct Door {
    /// By line: mean talk and wrap of a call.
    pub(super) handling: Vec<Micros>,
    /// By line: the lines whose callers are answered before a new caller of it, itself included.
    pub(super) ahead: Vec<Vec<u16>>,
    /// By queue: how long the menu takes.
    pub(super) menu: Vec<Option<Sampler>>,
    /// Outages of the run, by start.
    pub(super) outages: Vec<Down>,
    /// Whether the moment at which a caller goes matters.
    pub(super) asks_when_talk_ends: bool,
}

impl Door {
    /// The door of an option; `None` where every caller comes straight to the queue and waits.
    pub(super) fn new(
        setting: &Setting,
        horizon: &Horizon,
        (lines, groups_of_line): (&Lines, &[Vec<u16>]),
        sampler: &mut impl FnMut(&Law) -> Sampler,
    ) -> Option<Door> {
        let plain = setting.telephone == Telephone::default()
            && setting.queues.iter().all(|q| q.access == Access::default())
            && !setting.passes_on();
        if plain {
            return None;
        }
        let queue = |line: usize| &setting.queues[usize::from(lines.queue[line])];
        let mean = |line: usize| micros(queue(line).talk.mean() + queue(line).wrap.mean(), DAY);
        let shares = |a: usize, b: usize| groups_of_line[a].iter().any(|g| groups_of_line[b].contains(g));
        let before = |line: usize, other: usize| {
            line == other || queue(other).priority <= queue(line).priority && shares(line, other)
        };
        let all = || 0..lines.number();
        let ahead = all()
            .map(|q| all().filter(|other| before(q, *other)).map(|other| other as u16).collect())
            .collect();
        let handling = all().map(mean).collect();
        let outages = outage::within(&setting.telephone.outages, horizon);
        let asks_when_talk_ends = setting.telephone.lines.is_some()
            || setting.queues.iter().any(|q| q.access.lines.is_some())
            || !outages.is_empty()
            || setting.passes_on();
        let menu = setting.queues.iter().map(|q| Some(sampler(&q.access.menu.as_ref()?.time))).collect();
        Some(Door { handling, ahead, menu, outages, asks_when_talk_ends })
    }
}

/// Who is between the door and the end of talk, as far as a [`Door`] asks.
#[derive(Debug, Default)]
pub(super) struct Lobby {
    /// By group: agents on shift.
    pub(super) on_duty: Vec<u32>,
    /// Lines in use: of the centre, by queue.
    pub(super) lines: u32,
    pub(super) lines_of: Vec<u32>,
}

impl Lobby {
    pub(super) fn clear(&mut self, plan: &Plan) {
        let queues = plan.setting.queues.len();
        self.on_duty.clear();
        self.on_duty.resize(plan.lines_of_group.len(), 0);
        self.lines = 0;
        self.lines_of.clear();
        self.lines_of.resize(queues, 0);
    }
}

impl<O: Observer> Step<'_, O> {
    /// A call arrives, alone at its instant.
    #[inline(never)]
    pub(super) fn enter(&mut self, call: u32) {
        if self.plan.rules.is_some() {
            let mut alone = vec![call];
            return self.enter_together(&mut alone);
        }
        if !self.comes_in(call) {
            return;
        }
        let line = usize::from(self.e.calls[call].line);
        let is_callback = self.e.calls[call].stage == Stage::Callback;
        match self.callable(line) {
            Some(agent) if is_callback => self.ring(agent, call),
            None if is_callback => self.wait_in_place(call),
            Some(agent) => {
                self.seen.offered(&self.e.calls[call], self.e.now);
                self.answer(agent, call);
            }
            None => self.judge(call),
        }
    }

    /// Calls arrive at one instant, given by identity.
    pub(super) fn enter_together(&mut self, calls: &mut Vec<u32>) {
        calls.retain(|call| self.comes_in(*call));
        for call in calls.iter() {
            match self.e.calls[*call].stage {
                Stage::Callback => self.wait_in_place(*call),
                _ if self.e.calls[*call].leg > 0 => self.wait_as_leg(*call),
                _ => self.wait(*call),
            }
        }
        self.match_waiting();
        // Those whom nobody could answer stand at the ends of their lines, among those who came at this instant; they are
        // judged one by one.
        for line in 0..self.e.lines.len() {
            let mut at = self.e.lines[line].len();
            while at > 0 && self.e.calls[self.e.lines[line][at - 1]].arrived == self.e.now {
                at -= 1;
                let call = self.e.lines[line][at];
                if calls.contains(&call) && self.e.calls[call].stage == Stage::Waiting {
                    self.e.lines[line].remove(at);
                    self.e.waiting.leaves(line);
                    self.e.patience.withdraw(call);
                }
            }
        }
        for call in calls.drain(..) {
            match self.e.calls[call].stage {
                Stage::Waiting => self.judge(call),
                _ if self.e.calls[call].awaits_callback() => {}
                _ => self.seen.offered(&self.e.calls[call], self.e.now),
            }
        }
    }

    /// Whether a call that arrives comes to its queue.
    fn comes_in(&mut self, call: u32) -> bool {
        match self.e.calls[call].stage {
            Stage::Menu => return self.menu_ends(call),
            Stage::Passed => return self.leg_comes(call),
            Stage::Void => {
                self.e.calls.remove(call);
                return false;
            }
            Stage::Resting if self.is_down(call) => {
                self.rests_until_up(call);
                return false;
            }
            Stage::Resting => {
                self.e.calls[call].stage = Stage::Callback;
                return true;
            }
            _ => {}
        }
        if self.is_down(call) || !self.take_line(call) {
            self.is_blocked(call);
            return false;
        }
        self.hear_announcements(call);
        self.goes_straight_on(call)
    }

    /// A caller whom nobody can answer at once hears the busy tone, rings off or waits.
    fn judge(&mut self, call: u32) {
        let c = self.e.calls[call];
        if c.leg > 0 {
            self.seen.offered(&c, self.e.now);
            self.wait_as_leg(call);
            return self.await_overflow(call);
        }
        let queue = usize::from(c.queue);
        let most = self.plan.setting.queues[queue].access.at_most_waiting;
        let on_the_line = |line: usize| self.e.waiting[line] - self.callbacks_in(line);
        let waiting = || self.plan.lines.of_queue(queue).map(on_the_line).sum::<u32>();
        if most.is_some_and(|most| waiting() >= most) {
            self.release_line(&c);
            return self.is_blocked(call);
        }
        self.seen.offered(&c, self.e.now);
        if self.balks(&c) {
            self.release_line(&c);
            self.birth(call);
            self.seen.balked(&self.e.calls[call], self.e.now);
            self.is_away(call);
        } else {
            self.foresee_callback(call);
            self.wait(call);
            self.await_overflow(call);
        }
    }

    /// A caller hears the busy tone.
    fn is_blocked(&mut self, call: u32) {
        self.birth(call);
        self.seen.blocked(&self.e.calls[call], self.e.now);
        self.is_away(call);
    }

    /// A caller who stands in no line has gone, and may try again.
    pub(super) fn is_away(&mut self, call: u32) {
        let gone = self.e.calls[call];
        self.e.calls.remove(call);
        self.redial(&gone);
    }
}
