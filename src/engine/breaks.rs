//! Breaks that wait: for a place, where a team allows only so many away at once, or for quiet within a window.
//!
//! Places are given once all that falls due at an instant is known, the break longest overdue first (by the latest
//! moment at which it should have begun, then by agent), whatever its agent is doing: who is on a call goes when the
//! call ends, and the place is kept until then. A place given is held until the break ends, or the shift.
//! A break that waits for quiet begins before its latest start only while its agent is callable, a place is free and
//! enough colleagues who serve one of the agent's queues are callable besides; at its latest start it is due like any.
//!
//! Lists are short and sorted; adding and taking out costs a scan of one. Scenarios without such breaks pay nothing.

use super::agent::{State, WorkTime};
use super::observer::Observer;
use super::plan::Plan;
use super::run::Step;
use super::timers::PauseDue;
use crate::unit::Micros;

/// A break that waits: the latest moment at which it should begin, and its agent.
type Waiting = (Micros, u32);

/// Breaks that wait, and places taken.
#[derive(Debug, Default)]
pub(super) struct Breaks {
    /// By team: those that are due and wait for a place, the longest overdue first.
    due: Vec<Vec<Waiting>>,
    /// Those whose window is open and that wait for quiet.
    hoping: Vec<Waiting>,
    /// By team: places left.
    places: Vec<u32>,
    /// By agent: places held. Two where one break runs and the next is sure.
    held: Vec<u8>,
    /// Whether a look is coming.
    looking: bool,
}

impl Breaks {
    pub(super) fn clear(&mut self, plan: &Plan) {
        let teams = &plan.setting.teams;
        self.due.resize_with(teams.len(), Vec::new);
        self.due.iter_mut().for_each(Vec::clear);
        self.hoping.clear();
        self.places.clear();
        self.places.extend(teams.iter().map(|team| team.away_at_most.unwrap_or(u32::MAX)));
        self.held.clear();
        self.held.resize(plan.workforce.agents() as usize, 0);
        self.looking = false;
    }
}

fn insert(list: &mut Vec<Waiting>, entry: Waiting) {
    let at = list.partition_point(|e| *e < entry);
    list.insert(at, entry);
}

fn take_out(list: &mut Vec<Waiting>, agent: u32) {
    list.retain(|e| e.1 != agent);
}

impl<O: Observer> Step<'_, O> {
    /// Whether a pause that falls due, or whose window opens, has to wait; then it is noted.
    pub(super) fn must_wait(&mut self, due: PauseDue) -> bool {
        let a = &self.e.agents[due.agent as usize];
        let pause = &self.plan.setting.shifts[a.shift as usize].pauses[a.next_pause as usize];
        if !pause.kind.is_break() {
            return false;
        }
        let window = pause.latest > pause.start;
        let latest = Plan::day_start(a.shift_day) + pause.latest + if window { 0 } else { a.delay };
        let (team, shift_end) = (usize::from(a.team), a.shift_end);
        if pause.when_quiet.is_some() {
            take_out(&mut self.e.breaks.hoping, due.agent);
            if self.e.now < latest {
                insert(&mut self.e.breaks.hoping, (latest, due.agent));
                if latest < shift_end {
                    self.e.timers.await_pause(latest, due);
                }
                self.look();
                return true;
            }
        }
        if self.plan.setting.teams[team].away_at_most.is_none() {
            return false;
        }
        insert(&mut self.e.breaks.due[team], (latest, due.agent));
        self.look();
        true
    }

    /// An agent has become callable: a break that waits for quiet may begin.
    #[inline(always)]
    pub(super) fn note_quiet(&mut self) {
        if !self.e.breaks.hoping.is_empty() {
            self.look();
        }
    }

    /// Breaks that wait are looked at when all that falls due at this instant is known.
    #[cold]
    #[inline(never)]
    fn look(&mut self) {
        if !std::mem::replace(&mut self.e.breaks.looking, true) {
            self.e.timers.await_look(self.e.now);
        }
    }

    /// Gives the places that are free, then lets agents go who wait for quiet.
    pub(super) fn look_for_breaks(&mut self) {
        self.e.breaks.looking = false;
        for team in 0..self.e.breaks.due.len() {
            while self.e.breaks.places[team] > 0 && !self.e.breaks.due[team].is_empty() {
                let (_, agent) = self.e.breaks.due[team].remove(0);
                self.give_place(agent);
            }
        }
        let mut at = 0;
        while let Some((_, agent)) = self.e.breaks.hoping.get(at).copied() {
            if self.is_quiet_for(agent) {
                self.e.breaks.hoping.remove(at);
                self.give_place(agent);
            } else {
                at += 1;
            }
        }
    }

    fn give_place(&mut self, agent: u32) {
        let team = usize::from(self.e.agents[agent as usize].team);
        if self.plan.setting.teams[team].away_at_most.is_some() {
            self.e.breaks.places[team] -= 1;
            self.e.breaks.held[agent as usize] += 1;
        }
        self.take_pause(agent);
    }

    /// Whether an agent can be spared for a break that waits for quiet.
    fn is_quiet_for(&self, agent: u32) -> bool {
        let a = &self.e.agents[agent as usize];
        let callable = match a.state {
            State::Idle => true,
            State::Work(WorkTime::Idle) => self.plan.interruptible,
            _ => false,
        };
        let pause = &self.plan.setting.shifts[a.shift as usize].pauses[a.next_pause as usize];
        let wanted = pause.when_quiet.unwrap_or(0) as usize;
        callable && self.e.breaks.places[usize::from(a.team)] > 0 && self.callable_beside(a.group) > wanted
    }

    /// Callable agents who serve one of a group's lines, that group's own included (or none, where it has none).
    fn callable_beside(&self, group: u16) -> usize {
        let lines = &self.plan.lines_of_group;
        let mine = &lines[usize::from(group)];
        let shares =
            |other: &usize| lines[*other] == *mine || lines[*other].iter().any(|line| mine.contains(line));
        (0..lines.len())
            .filter(shares)
            .map(|other| self.e.idle.number(other) + self.e.interruptible.number(other))
            .sum()
    }

    /// A pause has ended: if it was a break, its place is free.
    pub(super) fn end_break(&mut self, agent: u32) {
        let a = &self.e.agents[agent as usize];
        let pause = &self.plan.setting.shifts[a.shift as usize].pauses[a.next_pause as usize - 1];
        if pause.kind.is_break() && self.e.breaks.held[agent as usize] > 0 {
            self.free_places(agent, 1);
        }
    }

    /// A shift is over: what its agent waited for is void, and places held are free.
    pub(super) fn forget_breaks(&mut self, agent: u32) {
        let team = usize::from(self.e.agents[agent as usize].team);
        take_out(&mut self.e.breaks.due[team], agent);
        take_out(&mut self.e.breaks.hoping, agent);
        let held = self.e.breaks.held[agent as usize];
        if held > 0 {
            self.free_places(agent, held);
        }
    }

    fn free_places(&mut self, agent: u32, number: u8) {
        let team = usize::from(self.e.agents[agent as usize].team);
        self.e.breaks.held[agent as usize] -= number;
        self.e.breaks.places[team] += u32::from(number);
        if !self.e.breaks.due[team].is_empty() || !self.e.breaks.hoping.is_empty() {
            self.look();
        }
    }
}
