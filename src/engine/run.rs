//! The loop: which clock is next, and what it does.

use super::again::Again;
use super::agent::{Agent, State};
use super::backlog::Work;
use super::call::{Call, CallKind, Calls, Stage};
use super::case::{Case, Cases};
use super::clock::AgentClock;
use super::idle::Callable;
use super::observer::{Activity, Observer};
use super::plan::Plan;
use super::shift::RosterEvent;
use crate::demand::FirstCalls;
use crate::random::Key;
use crate::unit::{DAY, Micros};
use crate::workforce::Duty;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// Kinds of event at one instant, in order; answering comes after `Start` and after `Arrival`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    Start = 1,
    End = 3,
    Arrival = 4,
    Timer = 6,
}

/// The place of an event among all: its moment, then its phase.
#[inline]
pub(super) const fn place(time: Micros, phase: Phase) -> u64 {
    time << 3 | phase as u64
}

/// What a timer does when it rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Timer {
    /// A pause of a shift is due: agent, day of the shift, number of the pause.
    Pause(u32, u32, u32),
    /// A caller tries again later the same day.
    Again(Again),
    /// A caller's patience is at its end: slot of the call.
    Patience(u32),
}

/// The state of one option through a run.
#[derive(Debug)]
pub struct Engine {
    pub(super) root: Key,
    pub(super) now: Micros,
    pub(super) clock: AgentClock,
    pub(super) agents: Vec<Agent>,
    pub(super) backlog: Vec<VecDeque<Work>>,
    pub(super) calls: Calls,
    pub(super) cases: Cases,
    pub(super) lines: Vec<VecDeque<u32>>,
    pub(super) idle: Callable,
    pub(super) interruptible: Callable,
    pub(super) freed: Vec<u32>,
    pub(super) timers: BinaryHeap<Reverse<(u64, Timer)>>,
    /// Calls still to come on later days, by day.
    pub(super) later: Vec<Vec<Again>>,
    pub(super) returns: Vec<Again>,
    pub(super) next_return: usize,
    pub(super) roster: Vec<RosterEvent>,
    pub(super) next_roster: usize,
    pub(super) together: Vec<u32>,
}

/// What a day brings to one option.
#[derive(Debug, Clone, Copy)]
pub struct DayInput<'a> {
    /// The simulated day.
    pub day: u32,
    /// Its first calls.
    pub first: FirstCalls<'a>,
    /// Who is on which duty.
    pub duties: &'a [Duty],
}

/// An engine at work on a day.
pub(super) struct Step<'a, O: Observer> {
    pub(super) e: &'a mut Engine,
    pub(super) plan: &'a Plan,
    pub(super) seen: &'a mut O,
    pub(super) day: u32,
    pub(super) end: Micros,
    pub(super) first: FirstCalls<'a>,
    pub(super) next_first: usize,
}

impl Engine {
    /// An engine for an option, before its first replication.
    pub fn new(plan: &Plan) -> Engine {
        let agents = plan.workforce.agents();
        let mut engine = Engine {
            root: Key::default(),
            now: 0,
            clock: AgentClock::new(agents),
            agents: Vec::new(),
            backlog: Vec::new(),
            calls: Calls::default(),
            cases: Cases::default(),
            lines: Vec::new(),
            idle: Callable::default(),
            interruptible: Callable::default(),
            freed: Vec::new(),
            timers: BinaryHeap::new(),
            later: Vec::new(),
            returns: Vec::new(),
            next_return: 0,
            roster: Vec::new(),
            next_roster: 0,
            together: Vec::new(),
        };
        engine.start(plan, Key::default());
        engine
    }

    /// Begins a replication: everything of an earlier one is forgotten.
    pub fn start(&mut self, plan: &Plan, root: Key) {
        self.root = root;
        self.now = 0;
        self.clock.clear();
        self.agents.clear();
        for team in 0..plan.setting.teams.len() {
            let agent = Agent::new(team as u16, plan.group_of_team[team]);
            self.agents.extend(plan.workforce.team(team).map(|_| agent));
        }
        self.backlog.resize_with(self.agents.len(), VecDeque::new);
        self.backlog.iter_mut().for_each(VecDeque::clear);
        self.calls.clear();
        self.cases.clear();
        self.lines.resize_with(plan.setting.queues.len(), VecDeque::new);
        self.lines.iter_mut().for_each(VecDeque::clear);
        self.idle.clear(plan.queues_of_group.len());
        self.interruptible.clear(plan.queues_of_group.len());
        self.freed.clear();
        self.timers.clear();
        self.later.resize_with(plan.horizon.total_days() as usize, Vec::new);
        self.later.iter_mut().for_each(Vec::clear);
        self.returns.clear();
        self.next_return = 0;
        self.roster.clear();
        self.next_roster = 0;
    }

    /// Simulates one day, from its midnight up to (not at) the next.
    pub fn run_day<O: Observer>(&mut self, plan: &Plan, input: &DayInput<'_>, seen: &mut O) {
        let day = input.day;
        let start = Plan::day_start(day);
        self.clock.rebase(start);
        self.take_returns(day);
        self.take_roster(plan, day, input.duties, seen);
        let mut step = Step { e: self, plan, seen, day, end: start + DAY, first: input.first, next_first: 0 };
        step.run();
        self.now = start + DAY;
    }

    /// Ends a replication: calls in hand are finished, callers still waiting and cases still open are told as they
    /// stand.
    pub fn finish<O: Observer>(&mut self, plan: &Plan, seen: &mut O) {
        let end = Plan::day_start(plan.horizon.total_days());
        let day = plan.horizon.total_days().saturating_sub(1);
        let drawn = crate::demand::Drawn::default();
        let first = FirstCalls { index: &[], drawn: &drawn, columns: [0; 3] };
        let mut step = Step { e: self, plan, seen, day, end, first, next_first: 0 };
        step.finish_run(end);
    }
}

impl<O: Observer> Step<'_, O> {
    fn run(&mut self) {
        let end = place(self.end, Phase::Start) & !7;
        let mut arrival = self.next_arrival();
        loop {
            let agents = self.e.clock.next_time();
            let work = if agents == Micros::MAX { u64::MAX } else { agents << 3 };
            let roster = self.e.roster.get(self.e.next_roster).map_or(u64::MAX, |r| r.place);
            let timer = self.e.timers.peek().map_or(u64::MAX, |t| t.0.0);
            let next = work.min(arrival).min(roster.min(timer));
            if next >= end {
                return;
            }
            self.e.now = next >> 3;
            if next == work {
                self.work_ends(roster);
            } else if next == arrival && next != timer {
                self.arrive(timer);
                arrival = self.next_arrival();
            } else if next == roster {
                self.roster_turns(work);
            } else if next & 7 == Phase::Arrival as u64 {
                self.arrive_together();
                arrival = self.next_arrival();
            } else {
                self.timer_rings();
            }
        }
    }

    /// The place of the next first call or returning caller of the day.
    #[inline]
    fn next_arrival(&self) -> u64 {
        let first = match self.first.index.get(self.next_first) {
            Some(i) => place(self.first.drawn.time[*i as usize], Phase::Arrival),
            None => u64::MAX,
        };
        let back = self.e.returns.get(self.e.next_return).map_or(u64::MAX, |r| r.place());
        first.min(back)
    }

    /// An agent's talk, wrap, pause or spell of put-off work ends.
    #[inline]
    fn work_ends(&mut self, roster: u64) {
        let agent = self.e.clock.next_agent();
        match self.e.agents[agent as usize].state {
            State::Call => self.call_ends(agent),
            State::Pause => self.pause_ends(agent),
            State::Work(_) => self.work_pauses(agent),
            State::Off | State::Idle | State::Closing => unreachable!("an agent at rest has no event"),
        }
        self.answer_if_last(self.e.clock.next_time(), roster);
    }

    fn roster_turns(&mut self, work: u64) {
        let event = self.e.roster[self.e.next_roster];
        self.e.next_roster += 1;
        self.turn(event);
        let roster = self.e.roster.get(self.e.next_roster).map_or(u64::MAX, |r| r.place);
        self.answer_if_last(work >> 3, roster);
    }

    /// Answers once every end of work and shift start of this instant is done.
    #[inline]
    fn answer_if_last(&mut self, work: Micros, roster: u64) {
        if self.e.freed.is_empty() || work == self.e.now || roster <= place(self.e.now, Phase::Start) {
            return;
        }
        self.answer_freed();
    }

    /// One call arrives; if others do at the same instant, they arrive together.
    #[inline]
    fn arrive(&mut self, timer: u64) {
        let now = self.e.now;
        let is_first = match self.first.index.get(self.next_first) {
            Some(i) => self.first.drawn.time[*i as usize] == now,
            None => false,
        };
        let is_back = self.e.returns.get(self.e.next_return).is_some_and(|r| r.time == now);
        if is_first && !is_back {
            let next = self.first.index.get(self.next_first + 1);
            if next.is_none_or(|i| self.first.drawn.time[*i as usize] != now) {
                let call = self.first_call();
                return self.join(call);
            }
        } else if is_back && !is_first {
            let next = self.e.returns.get(self.e.next_return + 1);
            if next.is_none_or(|r| r.time != now) {
                let again = self.e.returns[self.e.next_return];
                self.e.next_return += 1;
                if let Some(call) = self.call_again(again) {
                    self.join(call);
                }
                return;
            }
        }
        debug_assert!(timer >= place(now, Phase::Arrival));
        self.arrive_together();
    }

    /// All calls of this instant arrive, by identity, and only then are answered, by priority.
    fn arrive_together(&mut self) {
        let now = self.e.now;
        let mut calls = std::mem::take(&mut self.e.together);
        while self.first.index.get(self.next_first).is_some_and(|i| self.first.drawn.time[*i as usize] == now)
        {
            calls.push(self.first_call());
        }
        while let Some(again) = self.e.returns.get(self.e.next_return).copied().filter(|r| r.time == now) {
            self.e.next_return += 1;
            calls.extend(self.call_again(again));
        }
        while self.e.timers.peek().is_some_and(|t| t.0.0 == place(now, Phase::Arrival)) {
            if let Some(Reverse((_, Timer::Again(again)))) = self.e.timers.pop() {
                calls.extend(self.call_again(again));
            }
        }
        calls.sort_by_key(|c| {
            let call = &self.e.calls[*c];
            (call.id, call.kind as u8, call.attempt)
        });
        for call in calls.drain(..) {
            self.seen.offered(&self.e.calls[call], now);
            self.wait(call);
        }
        self.e.together = calls;
        self.match_waiting();
    }

    /// The next first call of the day, as a new case.
    #[inline]
    fn first_call(&mut self) -> u32 {
        let i = self.first.index[self.next_first] as usize;
        self.next_first += 1;
        let drawn = self.first.drawn;
        let (id, key) = (drawn.id[i], drawn.key[i]);
        let mut case = Case::new(key, id);
        case.attempts = 1;
        let case = self.e.cases.insert(case);
        let patience = drawn.columns[self.first.columns[2]][i];
        self.e.calls.insert(Call {
            id,
            kind: CallKind::First,
            redial: false,
            attempt: 0,
            queue: id.queue() as u16,
            chase: 0,
            chase_attempt: 0,
            cell: self.day * self.plan.horizon.intervals_per_day() as u32 + id.cell() as u32,
            arrived: self.e.now,
            number: 0,
            stage: Stage::Waiting,
            case,
            deadline: self.e.now.saturating_add(patience),
            talk: drawn.columns[self.first.columns[0]][i],
            wrap: drawn.columns[self.first.columns[1]][i],
        })
    }

    fn timer_rings(&mut self) {
        let Some(Reverse((_, timer))) = self.e.timers.pop() else { return };
        match timer {
            Timer::Pause(agent, day, pause) => self.pause_falls_due(agent, day, pause),
            Timer::Patience(call) => self.patience_ends(call),
            Timer::Again(again) => unreachable!("arrivals come together: {again:?}"),
        }
    }

    /// Closes a case if nothing more can happen to it.
    #[inline]
    pub(super) fn close_if_over(&mut self, case: u32) {
        if self.e.cases[case].is_over() {
            self.seen.closed(&self.e.cases[case].summary(false));
            self.e.cases.remove(case);
        }
    }

    fn finish_run(&mut self, end: Micros) {
        for line in 0..self.e.lines.len() {
            while let Some(call) = self.head(line) {
                self.e.lines[line].pop_front();
                let now = end;
                self.e.cases[self.e.calls[call].case].waited += now - self.e.calls[call].arrived;
                self.seen.still_waiting(&self.e.calls[call], now);
                self.e.calls.remove(call);
            }
        }
        for agent in 0..self.e.agents.len() as u32 {
            self.e.now = end;
            let state = self.e.agents[agent as usize].state;
            match state {
                State::Off => continue,
                State::Call => {
                    self.note_spell(agent);
                    self.e.now = end.max(self.e.agents[agent as usize].until);
                    self.settle_call(agent);
                    self.e.now = end;
                }
                State::Work(_) => self.note_progress(agent),
                State::Idle | State::Closing | State::Pause => self.note_spell(agent),
            }
            self.leave(agent);
        }
        for agent in 0..self.e.agents.len() {
            for work in self.e.backlog[agent].drain(..) {
                self.seen.never_caught_up(agent as u32, work.size);
            }
        }
        let open: Vec<_> = self.e.cases.open().map(|c| c.summary(true)).collect();
        for case in open {
            self.seen.closed(&case);
        }
        self.e.cases.clear();
    }

    /// Tells how an agent spent the time since its last change.
    #[inline]
    pub(super) fn note_spell(&mut self, agent: u32) {
        let a = &mut self.e.agents[agent as usize];
        let activity = match a.state {
            State::Off => return,
            State::Idle | State::Closing => Activity::Idle,
            State::Call => Activity::Call,
            State::Pause => self.plan.pause_activity(a.shift, a.next_pause),
            State::Work(super::agent::WorkTime::Overtime) => Activity::Overtime,
            State::Work(_) => Activity::Backlog,
        };
        // A call in hand at the shift's end is a late finish, one answered after it is overtime.
        if activity == Activity::Overtime || a.ended && a.past_end && activity == Activity::Call {
            a.overtime += self.e.now - a.since;
        }
        if self.e.now > a.since {
            self.seen.spent(agent, activity, a.since, self.e.now);
        }
        a.since = self.e.now;
    }
}
