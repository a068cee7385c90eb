//! Who answers whom: arriving calls take the longest idle agent who serves them, freed agents take the caller first
//! in priority and arrival.

use super::agent::{Agent, State};
use super::call::{Call, Stage};
use super::observer::Observer;
use super::plan::{MANY, Plan};
use super::run::{Step, note_idle};
use super::transfer::NONE;
use crate::response::{at_speed, talk_done, wrap_done};
use crate::unit::Micros;

impl<O: Observer> Step<'_, O> {
    /// A call joins: it is answered at once if an agent who serves it is callable, else it waits.
    #[inline(always)]
    pub(super) fn join(&mut self, call: u32) {
        if self.plan.door.is_some() {
            return self.enter(call);
        }
        let e = &mut *self.e;
        let now = e.now;
        let c = &mut e.calls[call];
        self.seen.offered(c, now);
        let line = usize::from(c.line);
        let group = self.plan.sole_group_of_line[line];
        if group == MANY {
            if self.plan.rules.is_some() {
                return self.join_by_rules(call);
            }
            return match self.callable(line) {
                Some(agent) => self.answer(agent, call),
                None => self.wait(call),
            };
        }
        // By far the most common: one group of agents to ask.
        match e.idle.take_of(group) {
            Some(agent) => {
                let a = &mut e.agents[agent as usize];
                note_idle(a, agent, now, self.seen);
                e.clock.set(agent, plan_call(self.plan, now, a, c));
                begin::<false>(self.plan, now, a, call, c);
                self.seen.answered(c, agent, now);
            }
            None if self.plan.interruptible && !e.interruptible.is_empty(group)
                || self.plan.adapts && e.releasable.first(group).0 <= now =>
            {
                if let Some(agent) = self.callable(line) {
                    self.answer(agent, call);
                }
            }
            None => self.wait(call),
        }
    }

    /// Takes the agent to whom the next call of a line goes: the longest idle, else the longest callable of those
    /// on put-off work that may be interrupted, else who has been longest in adaptive wrap that may be ended.
    #[inline(never)]
    pub(super) fn callable(&mut self, line: usize) -> Option<u32> {
        let groups = &self.plan.groups_of_line[line];
        if let Some(agent) = self.e.idle.take(groups) {
            note_idle(&mut self.e.agents[agent as usize], agent, self.e.now, self.seen);
            return Some(agent);
        }
        if self.plan.interruptible
            && let Some(agent) = self.e.interruptible.take(groups)
        {
            self.note_progress(agent);
            return Some(agent);
        }
        if !self.plan.adapts {
            return None;
        }
        let (_, agent) = self.e.releasable.first_by(self.e.now, groups)?;
        self.release(agent, true);
        Some(agent)
    }

    /// A call waits in its line.
    #[inline(always)]
    pub(super) fn wait(&mut self, call: u32) {
        let e = &mut *self.e;
        let c = &e.calls[call];
        e.lines[usize::from(c.line)].push_back(call);
        e.waiting.joins(usize::from(c.line));
        e.patience.make_room(call);
        e.patience.set_if_within_reach(call, c.deadline);
    }

    /// A call waits no longer: it leaves the head of its line.
    #[inline(always)]
    pub(super) fn leave_line(&mut self, line: usize, call: u32) {
        self.e.lines[line].pop_front();
        if !self.e.follows {
            self.e.waiting.leaves(line);
            self.e.patience.withdraw(call);
        }
    }

    /// The first caller of a line who still waits; those who have gone are cleared away.
    #[inline(always)]
    pub(super) fn head(&mut self, line: usize) -> Option<u32> {
        while let Some(call) = self.e.lines[line].front().copied() {
            if matches!(self.e.calls[call].stage, Stage::Waiting | Stage::Callback) {
                return Some(call);
            }
            self.e.lines[line].pop_front();
            self.e.calls.remove(call);
        }
        None
    }

    /// The caller an agent takes next: priority first, then order of arrival, over all lines the agent serves.
    #[inline(always)]
    pub(super) fn next_caller(&mut self, group: u16) -> Option<u32> {
        debug_assert!(self.plan.rules.is_none());
        match self.plan.lines_of_group[usize::from(group)].as_slice() {
            [line] => self.head(usize::from(*line)),
            lines => self.next_of_several(lines),
        }
    }

    #[inline(never)]
    fn next_of_several(&mut self, lines: &[u16]) -> Option<u32> {
        let plan = self.plan;
        let mut best = None;
        for line in lines {
            let line = usize::from(*line);
            if let Some(call) = self.head(line) {
                let c = &self.e.calls[call];
                let rank = (plan.setting.queues[usize::from(c.queue)].priority, c.arrived, c.id, call);
                if best.is_none_or(|b| rank < b) {
                    best = Some(rank);
                }
            }
        }
        best.map(|b| b.3)
    }

    /// Whether anybody waits whom a group of agents serves.
    #[inline(always)]
    pub(super) fn somebody_waits(&mut self, group: u16) -> bool {
        if self.e.follows {
            return self.waits_since < self.e.now;
        }
        match self.plan.rules.as_deref() {
            Some(_) if self.is_cut_off(group) => false,
            Some(rules) => rules.of_group[usize::from(group)].iter().any(|(line, reach)| {
                let line = usize::from(*line);
                self.head(line)
                    .is_some_and(|call| reach.is_open(self.e.calls[call].opened, self.e.waiting[line]))
            }),
            None => self.next_caller(group).is_some(),
        }
    }

    /// Agents freed at this instant take waiting callers; the others turn to put-off work or idle.
    #[inline(never)]
    pub(super) fn answer_freed(&mut self) {
        if self.stands_by() {
            return self.answer_who_waits();
        }
        if let Some(rules) = self.plan.rules.as_deref() {
            return self.answer_by_rules(rules);
        }
        let looks = std::mem::take(&mut self.e.looks);
        if !looks && let [agent] = *self.e.freed.as_slice() {
            self.e.freed.clear();
            let group = self.e.agents[agent as usize].group;
            return match self.next_caller(group) {
                Some(call) => self.take_waiting(agent, call),
                None => self.rest(agent),
            };
        }
        let mut freed = std::mem::take(&mut self.e.freed);
        freed.sort_unstable();
        // Freed by an end of work and again by a shift that starts at the same instant.
        freed.dedup();
        for agent in &freed {
            self.set_idle(*agent);
        }
        self.match_waiting();
        for agent in freed.drain(..) {
            self.rest_if_idle(agent);
        }
        self.e.freed = freed;
        self.note_quiet();
    }

    /// A freed agent whom no caller took goes home if the shift is over, else turns to put-off work or idles.
    pub(super) fn rest_if_idle(&mut self, agent: u32) {
        let a = self.e.agents[agent as usize];
        if a.state != State::Idle {
            return;
        }
        if a.ended {
            // Stayed to finish, but a colleague took the last caller.
            self.note_spell(agent);
            self.no_longer_idle(agent);
            self.go_home(agent);
        } else {
            self.turn_to_backlog(agent);
        }
    }

    /// Matches waiting callers with callable agents: the best caller whom anybody callable serves, then the next.
    #[cold]
    #[inline(never)]
    pub(super) fn match_waiting(&mut self) {
        if let Some(rules) = self.plan.rules.as_deref() {
            return self.match_by_rules(rules);
        }
        if self.stands_by() {
            return self.match_with_standby(false);
        }
        let mut lines = std::mem::take(&mut self.e.unmatched);
        lines.clear();
        lines.extend(0..self.e.lines.len());
        loop {
            let plan = self.plan;
            let best = lines
                .iter()
                .filter_map(|line| {
                    let call = self.head(*line)?;
                    let c = &self.e.calls[call];
                    let priority = plan.setting.queues[usize::from(c.queue)].priority;
                    Some((priority, c.arrived, c.id, *line, call))
                })
                .min();
            let Some((.., line, call)) = best else { break };
            match self.callable(line) {
                Some(agent) => self.take_waiting(agent, call),
                // Nobody callable serves this line: leave it aside.
                None => lines.retain(|l| *l != line),
            }
        }
        self.e.unmatched = lines;
    }

    /// A caller at the head of a line is answered.
    #[inline(always)]
    pub(super) fn take_waiting(&mut self, agent: u32, call: u32) {
        self.leave_line(usize::from(self.e.calls[call].line), call);
        self.answer(agent, call);
    }

    /// An agent answers a call: talk and wrap run from now on.
    #[inline(always)]
    pub(super) fn answer(&mut self, agent: u32, call: u32) {
        if self.e.calls[call].stage == Stage::Callback {
            return self.ring(agent, call);
        }
        let e = &mut *self.e;
        let (a, c) = (&mut e.agents[agent as usize], &mut e.calls[call]);
        e.clock.set(agent, plan_call(self.plan, e.now, a, c));
        begin::<false>(self.plan, e.now, a, call, c);
        self.seen.answered(c, agent, e.now);
        if c.companion != NONE {
            self.hands_over(call);
        }
    }

    /// A freed agent takes the caller who waits at the head of the only line there is for the agent, unless others
    /// are freed at this instant; gives back whether it did.
    #[inline(always)]
    pub(super) fn take_next(&mut self, agent: u32, line: u16) -> Taken {
        if let Some(call) = self.head(usize::from(line)) {
            return self.take_alone(agent, call);
        }
        self.e.clock.withdraw(agent);
        if self.e.clock.next_time() == self.e.now { Taken::NotAlone } else { Taken::Nobody }
    }

    /// A freed agent takes the caller at the head of a line, unless others are freed at this instant.
    #[inline(always)]
    pub(super) fn take_alone(&mut self, agent: u32, call: u32) -> Taken {
        let e = &mut *self.e;
        let now = e.now;
        let c = &mut e.calls[call];
        if c.stage == Stage::Callback || c.companion != NONE {
            return self.take_another_way(agent, call);
        }
        // One change of the clock for both the old event and the new.
        let a = &mut e.agents[agent as usize];
        e.clock.set(agent, plan_call(self.plan, now, a, c));
        if e.clock.next_time() == now {
            e.clock.withdraw(agent);
            return Taken::NotAlone;
        }
        let line = usize::from(c.line);
        e.lines[line].pop_front();
        e.waiting.leaves(line);
        e.patience.withdraw(call);
        begin::<false>(self.plan, now, a, call, c);
        self.seen.answered(c, agent, now);
        Taken::Caller
    }

    /// The same where the head of the line is promised a callback, or an agent stays with the caller.
    #[cold]
    #[inline(never)]
    fn take_another_way(&mut self, agent: u32, call: u32) -> Taken {
        self.e.clock.withdraw(agent);
        if self.e.clock.next_time() == self.e.now {
            return Taken::NotAlone;
        }
        self.take_waiting(agent, call);
        Taken::Caller
    }

    /// Patience is at its end. All who go at one instant do so before an agent who stayed with one of them can answer.
    #[inline(never)]
    pub(super) fn patience_ends(&mut self) {
        self.one_patience_ends();
        while self.plan.passes_on() && self.e.patience.next_time() == self.e.now {
            self.one_patience_ends();
        }
    }

    /// A caller's patience is at its end, or a callback is offered that the caller accepts.
    #[inline(always)]
    fn one_patience_ends(&mut self) {
        let now = self.e.now;
        let call = self.e.patience.next_owner();
        self.e.patience.withdraw(call);
        let c = &mut self.e.calls[call];
        debug_assert!(c.stage == Stage::Waiting && c.deadline == now);
        if c.takes_callback {
            return self.rings_off(call);
        }
        c.stage = Stage::Gone;
        self.e.waiting.leaves(usize::from(c.line));
        self.birth(call);
        let gone = self.e.calls[call];
        self.release_line(&gone);
        self.e.cases[gone.case].waited += now - gone.arrived;
        self.seen.abandoned(&gone, now);
        self.leave_alone(call);
        self.redial(&gone);
        // The slot itself is cleared away when it comes to the head of its line.
        let _ = self.head(usize::from(gone.line));
    }

    /// At closing, those who wait are turned away.
    pub(super) fn turn_away(&mut self) {
        if self.plan.door.is_some() {
            return self.turn_away_beside_callbacks();
        }
        for line in 0..self.e.lines.len() {
            while let Some(call) = self.head(line) {
                self.leave_line(line, call);
                self.birth(call);
                let c = self.e.calls[call];
                self.e.calls.remove(call);
                self.is_turned_away(&c);
            }
        }
    }

    /// A caller is turned away, who does not try again.
    pub(super) fn is_turned_away(&mut self, c: &Call) {
        self.release_line(c);
        self.e.cases[c.case].waited += self.e.now - c.arrived;
        self.seen.turned_away(c, self.e.now);
        self.e.cases[c.case].live -= 1;
        self.close_if_over(c.case);
    }

    /// An agent without a pending event becomes idle and callable from now on.
    #[inline(always)]
    pub(super) fn set_idle(&mut self, agent: u32) {
        let now = self.e.now;
        let a = &mut self.e.agents[agent as usize];
        a.state = State::Idle;
        a.since = now;
        a.callable_since = now;
        self.e.idle.add(a.group, now, agent);
    }

    /// An agent with no caller to take turns to put-off work, else idles.
    #[inline(always)]
    pub(super) fn rest(&mut self, agent: u32) {
        if self.works_in_idle_time(agent) {
            self.e.agents[agent as usize].callable_since = self.e.now;
            self.work_in_idle_time(agent);
        } else {
            self.set_idle(agent);
        }
        self.note_quiet();
    }
}

/// What became of an agent's wish for the next caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    /// The agent has a caller.
    Caller,
    /// Nobody waits whom the agent serves.
    Nobody,
    /// Something else happens at this instant and must be known first.
    NotAlone,
}

/// Works out how long an agent who answers a call now will be at it, and gives the next event: the end, or the end of
/// talk where that is an event of its own.
#[inline(always)]
pub(super) fn plan_call(plan: &Plan, now: Micros, a: &mut Agent, c: &Call) -> Micros {
    if plan.as_needed {
        plan_as_needed(now, a, c);
    } else {
        let setting = &plan.setting;
        let policy = setting.wrap_policy(usize::from(c.queue), usize::from(a.team));
        a.planned = wrap_done(policy, c.wrap).max(policy.minimum);
        a.talk_end = now + c.handover + talk_done(setting.talk_policy, talk_needed(plan, a, c));
        a.until = a.talk_end + a.planned;
    }
    if plan.talk_ends { a.talk_end } else { a.until }
}

/// The same, where every call gets the talk and the wrap it needs; gives the end.
#[inline(always)]
pub(super) fn plan_as_needed(now: Micros, a: &mut Agent, c: &Call) -> Micros {
    a.planned = c.wrap;
    a.talk_end = now + c.talk;
    a.until = a.talk_end + a.planned;
    a.until
}

/// Talk that a call needs of an agent.
#[inline(always)]
fn talk_needed(plan: &Plan, a: &Agent, c: &Call) -> Micros {
    match plan.proficiency.is_empty() {
        true => c.talk,
        false => at_speed(c.talk, plan.proficiency_of(a.profile, c.queue).speed),
    }
}

/// An agent begins a call planned before; `FOLLOWED`: of which everything is known, where every call gets the talk it needs.
#[inline(always)]
pub(super) fn begin<const FOLLOWED: bool>(plan: &Plan, now: Micros, a: &mut Agent, call: u32, c: &mut Call) {
    c.stage = Stage::Talking;
    if !FOLLOWED {
        c.talk = talk_needed(plan, a, c);
    }
    a.state = if !FOLLOWED && plan.talk_ends { State::Talk } else { State::Call };
    a.since = now;
    a.past_end = a.ended;
    a.call = call;
    a.answered = now;
}
