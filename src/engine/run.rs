//! The loop: which clock is next, and what it does.

use super::again::Again;
use super::agent::{Agent, State};
use super::arrival::Arrivals;
use super::backlog::Work;
use super::breaks::Breaks;
use super::call::{Call, Calls, Stage};
use super::case::{Case, Cases, UNBORN};
use super::clock::{AgentClock, PatienceClock};
use super::coming::Coming;
use super::door::Lobby;
use super::idle::Callable;
use super::observer::{Activity, Observer};
use super::plan::Plan;
use super::ranked::Ranked;
use super::shift::RosterEvent;
use super::standby::SETTLED;
use super::timers::{Phase, Timer, Timers, place};
use super::waiting::Waiting;
use crate::demand::FirstCalls;
use crate::random::Key;
use crate::scenario::StartState;
use crate::unit::{DAY, Micros};
use crate::workforce::Duty;
use std::collections::VecDeque;

/// The state of one option through a run.
#[derive(Debug)]
pub struct Engine {
    pub(super) root: Key,
    pub(super) now: Micros,
    pub(super) clock: AgentClock,
    /// Ends of the patience of those who wait, by slot of the call.
    pub(super) patience: PatienceClock,
    pub(super) agents: Vec<Agent>,
    pub(super) backlog: Vec<VecDeque<Work>>,
    pub(super) calls: Calls,
    pub(super) cases: Cases,
    pub(super) lines: Vec<VecDeque<u32>>,
    /// Callers who wait in each line; where calls are followed nobody counts them.
    pub(super) waiting: Waiting,
    pub(super) idle: Callable,
    pub(super) interruptible: Callable,
    /// Agents in adaptive wrap that can be ended for any caller, by since when; agents in wrap who can be taken out of
    /// it by an urgent call, by the end of talk.
    pub(super) releasable: Ranked,
    pub(super) in_wrap: Ranked,
    pub(super) freed: Vec<u32>,
    /// Whether callers are looked for though nobody was freed: somebody can be called out of wrap from now on.
    pub(super) looks: bool,
    pub(super) timers: Timers,
    /// The next pause of each agent's shift, where calls are followed; else it is among the timers.
    pub(super) pauses: AgentClock,
    /// Where calls are followed, the place of the next turn of the roster or of the next pause.
    pub(super) next_turn: u64,
    /// Calls still to come today, where calls are followed; else they are among the timers.
    pub(super) coming: Coming,
    /// Whether calls are followed to their end as they arrive.
    pub(super) follows: bool,
    /// Whether agents stand by; who is callable, by since when, or will be without an event, by from when on.
    pub(super) stands_by: bool,
    pub(super) standby: Ranked,
    /// Where agents stand by: who is on put-off work that calls interrupt, or will be without an event, by since when, or
    /// from when on, they are callable.
    pub(super) at_work: Ranked,
    pub(super) breaks: Breaks,
    /// Calls still to come on later days, by day.
    pub(super) later: Vec<Vec<Again>>,
    pub(super) returns: Vec<Again>,
    /// Talk, wrap and patience of each, but of chases and of calls that go on.
    pub(super) return_draws: Vec<[Micros; 3]>,
    /// Working space, to put them in order.
    pub(super) return_order: Vec<u64>,
    pub(super) next_return: usize,
    pub(super) roster: Vec<RosterEvent>,
    pub(super) next_roster: usize,
    pub(super) together: Vec<u32>,
    pub(super) unmatched: Vec<usize>,
    pub(super) lobby: Lobby,
    /// By site: when it is up again after its latest outage.
    pub(super) up_again: Vec<Micros>,
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
    /// Number of the day's first cell, counted from the start of the run.
    pub(super) first_cell: u32,
    pub(super) end: Micros,
    /// When callers who wait are turned away, if they are.
    pub(super) turned_away_at: Micros,
    /// Where calls are followed, the arrival of the one being followed.
    pub(super) waits_since: Micros,
    pub(super) arrivals: Arrivals<'a>,
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
            patience: PatienceClock::new(0),
            agents: Vec::new(),
            backlog: Vec::new(),
            calls: Calls::default(),
            cases: Cases::default(),
            lines: Vec::new(),
            waiting: Waiting::default(),
            idle: Callable::default(),
            interruptible: Callable::default(),
            releasable: Ranked::new(plan, plan.adapts),
            in_wrap: Ranked::new(plan, plan.rules.as_ref().is_some_and(|rules| rules.any_interrupts)),
            freed: Vec::new(),
            looks: false,
            timers: Timers::default(),
            pauses: AgentClock::new(agents),
            next_turn: 0,
            coming: Coming::default(),
            follows: false,
            stands_by: false,
            standby: Ranked::new(plan, plan.can_stand_by()),
            at_work: Ranked::new(plan, plan.can_stand_by() && plan.puts_work_off && plan.interruptible),
            breaks: Breaks::default(),
            later: Vec::new(),
            returns: Vec::new(),
            return_draws: Vec::new(),
            return_order: Vec::new(),
            next_return: 0,
            roster: Vec::new(),
            next_roster: 0,
            together: Vec::new(),
            unmatched: Vec::new(),
            lobby: Lobby::default(),
            up_again: Vec::new(),
        };
        engine.start(plan, Key::default());
        engine
    }

    /// Begins a replication: everything of an earlier one is forgotten.
    pub fn start(&mut self, plan: &Plan, root: Key) {
        self.root = root;
        self.now = 0;
        self.clock.clear();
        self.standby.clear();
        self.at_work.clear();
        self.patience.clear();
        self.agents.clear();
        for team in 0..plan.setting.teams.len() {
            let agent = |number: u32| {
                let (group, profile) = plan.group_of_agent[number as usize];
                Agent::new(team as u16, group, profile)
            };
            self.agents.extend(plan.workforce.team(team).map(agent));
        }
        self.backlog.resize_with(self.agents.len(), VecDeque::new);
        self.backlog.iter_mut().for_each(VecDeque::clear);
        self.calls.clear();
        self.cases.clear();
        self.lines.resize_with(plan.lines.number(), VecDeque::new);
        self.lines.iter_mut().for_each(VecDeque::clear);
        self.waiting.clear(plan.lines.number());
        self.idle.clear(plan.lines_of_group.len());
        self.interruptible.clear(plan.lines_of_group.len());
        self.releasable.clear();
        self.in_wrap.clear();
        self.freed.clear();
        self.looks = false;
        self.timers.clear();
        self.pauses.clear();
        self.coming.clear();
        self.breaks.clear(plan);
        self.later.resize_with(plan.horizon.total_days() as usize, Vec::new);
        self.later.iter_mut().for_each(Vec::clear);
        self.returns.clear();
        self.next_return = 0;
        self.roster.clear();
        self.next_roster = 0;
        self.lobby.clear(plan);
        self.up_again.clear();
        self.up_again.resize(plan.setting.sites.len(), 0);
        if plan.setting.start_state != StartState::default() {
            self.take_start_state(plan);
        }
    }

    /// Simulates one day, from its midnight up to (not at) the next. Not inlined, so that a profiler can count it alone.
    #[inline(never)]
    pub fn run_day<O: Observer>(&mut self, plan: &Plan, input: &DayInput<'_>, seen: &mut O) {
        let day = input.day;
        let start = Plan::day_start(day);
        self.follows = O::ANY_ORDER && plan.can_follow();
        self.stands_by = O::ANY_ORDER && plan.can_stand_by();
        // Where calls are followed, agents who are callable stand in the clock since when they are.
        self.clock.rebase(start.min(self.clock.next_time()));
        // Who is callable keeps the moment while on put-off work.
        let callable = |group| self.at_work.first(group).0.min(start);
        self.standby.rebase(callable);
        self.at_work.rebase(|_| start);
        // Who is in wrap, or will be, may be put among those who can be called out of it later.
        let wraps = self.agents.iter().filter(|a| a.state.is_on_call()).map(|a| a.talk_end);
        let wraps_since = wraps.min().map_or(start, |since| since.min(start));
        self.releasable.rebase(|_| wraps_since);
        self.in_wrap.rebase(|_| wraps_since);
        if self.follows {
            // An agent who has not been caught up yet may begin a pause, and await the next, from when the clock says.
            let behind = start.min(self.clock.next_time());
            self.pauses.rebase(behind.min(self.pauses.next_time()));
        } else {
            self.rebase_patience(start);
        }
        self.take_returns(plan, day);
        self.take_roster(plan, day, input.duties, seen);
        let first_cell = day * plan.horizon.intervals_per_day() as u32;
        let turned_away_at = plan.turns_away_at(day);
        let (follows, stands_by) = (self.follows, self.stands_by);
        let arrivals = Arrivals::new(&input.first);
        let step = Step::new(self, plan, seen, start + DAY, arrivals);
        let mut step = Step { first_cell, turned_away_at, ..step };
        if follows {
            step.follow_day();
        } else if stands_by {
            step.stand_by_day();
        } else {
            step.run();
        }
        self.now = start + DAY;
    }

    /// Ends of patience that were out of the clock's reach may be within it from now on.
    fn rebase_patience(&mut self, start: Micros) {
        self.patience.rebase(start);
        for call in self.lines.iter().flatten() {
            let c = &self.calls[*call];
            if c.stage == Stage::Waiting {
                self.patience.set_if_within_reach(*call, c.deadline);
            }
        }
    }

    /// Ends a replication: calls in hand are finished, callers still waiting and cases still open are told as they
    /// stand.
    pub fn finish<O: Observer>(&mut self, plan: &Plan, seen: &mut O) {
        let end = Plan::day_start(plan.horizon.total_days());
        let mut step = Step::new(self, plan, seen, end, Arrivals::NONE);
        step.finish_run(end);
    }
}

impl<'a, O: Observer> Step<'a, O> {
    /// An engine at work up to a moment, at which nobody is turned away, counting cells from the run's first.
    fn new(
        e: &'a mut Engine,
        plan: &'a Plan,
        seen: &'a mut O,
        end: Micros,
        arrivals: Arrivals<'a>,
    ) -> Step<'a, O> {
        let (turned_away_at, waits_since) = (Micros::MAX, Micros::MAX);
        Step { e, plan, seen, first_cell: 0, end, turned_away_at, waits_since, arrivals, next_first: 0 }
    }

    fn run(&mut self) {
        let end = place(self.end, Phase::Start) & !7;
        let mut first = self.first_place();
        let mut back = self.back_place();
        let mut roster = self.roster_place();
        loop {
            let work = self.e.clock.next_time() << 3;
            let timer = self.e.timers.next();
            let patience = place(self.e.patience.next_time(), Phase::Timer);
            let next = work.min(first).min(back.min(roster)).min(timer.min(patience));
            if next >= end {
                return;
            }
            self.e.now = next >> 3;
            if next == work {
                self.work_ends(roster);
            } else if next == first && next != back && next != timer {
                let at = self.next_first;
                self.next_first += 1;
                first = self.first_place();
                if first == next {
                    self.next_first = at;
                    self.arrive_together();
                    first = self.first_place();
                } else {
                    let call = self.first_call(at);
                    let call = self.e.calls.insert(call);
                    self.join(call);
                }
            } else if next == roster {
                self.roster_turns(work);
                roster = self.roster_place();
            } else if next == patience {
                self.patience_ends();
            } else if next & 7 != Phase::Arrival as u64 {
                self.timer_rings();
            } else {
                self.calls_come_back(first);
                first = self.first_place();
                back = self.back_place();
            }
        }
    }

    /// The place of the next first call of the day.
    #[inline(always)]
    pub(super) fn first_place(&self) -> u64 {
        match self.arrivals.index.get(self.next_first) {
            Some(i) => place(self.arrivals.points[*i as usize].time, Phase::Arrival),
            None => u64::MAX,
        }
    }

    /// The place of the next returning caller of the day.
    #[inline(always)]
    pub(super) fn back_place(&self) -> u64 {
        self.e.returns.get(self.e.next_return).map_or(u64::MAX, Again::place)
    }

    /// The place of the next turn of the roster.
    #[inline(always)]
    pub(super) fn roster_place(&self) -> u64 {
        self.e.roster.get(self.e.next_roster).map_or(u64::MAX, |r| r.place)
    }

    /// An agent's talk, wrap, pause or spell of put-off work ends.
    #[inline(always)]
    fn work_ends(&mut self, roster: u64) {
        let agent = self.e.clock.next_owner();
        if self.e.agents[agent as usize].state == State::Call {
            self.call_ends(agent, roster);
        } else {
            self.other_work_ends(agent, roster);
        }
    }

    /// An agent's pause or spell of put-off work ends.
    #[cold]
    #[inline(never)]
    fn other_work_ends(&mut self, agent: u32, roster: u64) {
        match self.e.agents[agent as usize].state {
            State::Pause => self.pause_ends(agent),
            State::Work(_) => self.work_pauses(agent),
            State::Talk => return self.talk_ends(agent, roster),
            State::Wrap => return self.wrap_turns(agent, roster),
            State::Staying => return self.stay_ends(agent, roster),
            state => unreachable!("an agent {state:?} has no event of this kind"),
        }
        self.answer_if_last(self.e.clock.next_time(), roster);
    }

    #[cold]
    #[inline(never)]
    fn roster_turns(&mut self, work: u64) {
        let event = self.e.roster[self.e.next_roster];
        self.e.next_roster += 1;
        self.turn(event);
        self.answer_if_last(work >> 3, self.roster_place());
    }

    /// Whether an end of work or a shift start of this instant is still to come; answering waits for it.
    #[inline(always)]
    pub(super) fn is_last(&self, work: Micros, roster: u64) -> bool {
        work != self.e.now && roster > place(self.e.now, Phase::Start)
    }

    /// Answers once every end of work and shift start of this instant is done.
    #[inline(always)]
    pub(super) fn answer_if_last(&mut self, work: Micros, roster: u64) {
        if (!self.e.freed.is_empty() | self.e.looks) && self.is_last(work, roster) {
            self.answer_freed();
        }
    }

    #[inline(never)]
    pub(super) fn timer_rings(&mut self) {
        match self.e.timers.pop() {
            Some(Timer::Pause(due)) => self.pause_falls_due(due),
            Some(Timer::Look) => self.look_for_breaks(),
            Some(Timer::Overflow(call)) => self.waits_open_lines(call),
            other => unreachable!("calls come as arrivals: {other:?}"),
        }
    }

    /// Keeps the case of a call from now on, if it was not kept before; gives its slot.
    #[inline(always)]
    pub(super) fn birth(&mut self, call: u32) -> u32 {
        let e = &mut *self.e;
        birth(&mut e.cases, &mut e.calls[call])
    }

    /// Closes a case if nothing more can happen to it.
    #[inline(always)]
    pub(super) fn close_if_over(&mut self, case: u32) {
        let c = &self.e.cases[case];
        if c.is_over() {
            self.seen.closed(&c.summary(false));
            self.e.cases.remove(case);
        }
    }

    #[cold]
    #[inline(never)]
    fn finish_run(&mut self, end: Micros) {
        for line in 0..self.e.lines.len() {
            while let Some(call) = self.head(line) {
                self.leave_line(line, call);
                let now = end;
                let case = self.birth(call);
                if !self.e.calls[call].awaits_callback() {
                    self.e.cases[case].waited += now - self.e.calls[call].arrived;
                }
                self.seen.still_waiting(&self.e.calls[call], now);
                self.e.calls.remove(call);
            }
        }
        self.end_menus(end);
        if self.e.follows {
            self.catch_all_up();
        }
        for agent in 0..self.e.agents.len() as u32 {
            // What is to happen at the run's end itself happens no more.
            self.e.now = end - 1;
            self.wake(agent);
            self.e.now = end;
            let Agent { state, call, .. } = self.e.agents[agent as usize];
            match state {
                State::Off => continue,
                State::Call | State::Talk | State::Wrap | State::Staying => {
                    self.note_spell(agent);
                    if state == State::Staying {
                        let talk_end = self.e.agents[agent as usize].talk_end;
                        self.talk_is_over(agent, if talk_end == Micros::MAX { end } else { talk_end });
                    }
                    if !self.e.follows && call != SETTLED {
                        self.e.now = end.max(self.e.agents[agent as usize].until);
                        self.case_goes_on(agent);
                        self.e.now = end;
                    }
                }
                State::Work(_) => self.note_progress(agent),
                State::Idle | State::Closing | State::Pause => self.note_spell(agent),
            }
            self.leave(agent);
        }
        self.end_callbacks(end);
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
    #[cold]
    #[inline(never)]
    pub(super) fn note_spell(&mut self, agent: u32) {
        let a = &mut self.e.agents[agent as usize];
        let activity = match a.state {
            State::Off => return,
            State::Idle | State::Closing => Activity::Idle,
            State::Call | State::Talk | State::Wrap | State::Staying => Activity::Call,
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

/// Keeps the case of a call from now on, if it was not kept before; gives its slot.
#[inline(always)]
pub(super) fn birth(cases: &mut Cases, call: &mut Call) -> u32 {
    if call.case == UNBORN {
        call.case = cases.insert(Case { attempts: 1, ..Case::new(call.key, call.id) });
    }
    call.case
}

/// Tells that an agent was idle since its last change.
#[inline(always)]
pub(super) fn note_idle(a: &mut Agent, agent: u32, now: Micros, seen: &mut impl Observer) {
    debug_assert_eq!(a.state, State::Idle);
    if now > a.since {
        seen.spent(agent, Activity::Idle, a.since, now);
    }
    a.since = now;
}

/// Tells that an agent was on a call since its last change.
#[inline(always)]
pub(super) fn note_call(a: &mut Agent, agent: u32, now: Micros, seen: &mut impl Observer) {
    debug_assert!(a.state.is_on_call());
    // A call in hand at the shift's end is a late finish, one answered after it is overtime.
    if a.ended && a.past_end {
        a.overtime += now - a.since;
    }
    if now > a.since {
        seen.spent(agent, Activity::Call, a.since, now);
    }
    a.since = now;
}
