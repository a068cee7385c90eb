//! The twin's breaks that cannot simply begin: those that need one of a team's places, and those that wait for quiet.
//!
//! Everything is counted anew whenever it is asked: who is away, who could answer, whose turn it is.

use super::simulator::{Doing, Event, Phase, Twin, WorkTime};
use answerable::unit::{DAY, Micros};

impl Twin<'_> {
    fn is_break(&self, agent: usize, pause: usize) -> bool {
        self.setting.shifts[self.agents[agent].shift].pauses[pause].kind.is_break()
    }

    /// The last moment at which an agent's next pause is in time: a window's is fixed on the clock, a pause at a time
    /// moves with what went before.
    fn in_time_until(&self, agent: usize) -> Micros {
        let a = &self.agents[agent];
        let p = &self.setting.shifts[a.shift].pauses[a.next_pause];
        let midnight = u64::from(a.day) * DAY;
        if p.start == p.latest { midnight + p.start + a.delay } else { midnight + p.latest }
    }

    /// Whether a pause whose moment has come must ask first; then it is written down as a wish.
    pub(super) fn must_ask(&mut self, agent: usize) -> bool {
        let pause = self.agents[agent].next_pause;
        if !self.is_break(agent, pause) {
            return false;
        }
        let last = self.in_time_until(agent);
        let shift = self.agents[agent].shift;
        if self.setting.shifts[shift].pauses[pause].when_quiet.is_some() && self.now < last {
            self.agents[agent].hopes = true;
            if last < self.agents[agent].end {
                let day = self.agents[agent].day;
                self.at(last, Phase::BreakStarts, Event::BreakDue { agent, day, pause });
            }
            return true;
        }
        self.agents[agent].hopes = false;
        let limited = self.setting.teams[self.agents[agent].team].away_at_most.is_some();
        self.agents[agent].wants = limited;
        limited
    }

    /// Those of a team who are on a break, and those who will be as soon as what they do is done.
    fn away(&self, team: usize) -> usize {
        let mut away = 0;
        for (agent, a) in self.agents.iter().enumerate().filter(|(_, a)| a.team == team) {
            if let Doing::Pause { pause, .. } = a.doing
                && self.is_break(agent, pause)
            {
                away += 1;
            }
            if a.pause_due && self.is_break(agent, a.next_pause) {
                away += 1;
            }
        }
        away
    }

    fn has_place(&self, team: usize) -> bool {
        self.setting.teams[team].away_at_most.is_none_or(|most| self.away(team) < most as usize)
    }

    /// Could take a call this instant.
    pub(super) fn is_callable(&self, agent: usize) -> bool {
        match self.agents[agent].doing {
            Doing::Idle => true,
            Doing::Work { time: WorkTime::Idle, .. } => self.setting.backlog.interruptible,
            _ => false,
        }
    }

    /// How many others, of whatever team, could take a call and answer what this agent answers.
    fn could_stand_in(&self, agent: usize) -> usize {
        let mine = self.skills(self.agents[agent].team);
        (0..self.agents.len())
            .filter(|other| *other != agent && self.is_callable(*other))
            .filter(|other| {
                let theirs = self.skills(self.agents[*other].team);
                theirs == mine || theirs.iter().any(|queue| mine.contains(queue))
            })
            .count()
    }

    /// All wishes, the most pressing first.
    fn wishes(&self, which: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut wishes: Vec<usize> = (0..self.agents.len()).filter(|agent| which(*agent)).collect();
        wishes.sort_by_key(|agent| (self.in_time_until(*agent), *agent));
        wishes
    }

    /// Places go to the longest overdue; then those go who can be spared.
    pub(super) fn give_breaks(&mut self) {
        for agent in self.wishes(|agent| self.agents[agent].wants) {
            if self.has_place(self.agents[agent].team) {
                self.agents[agent].wants = false;
                self.go_on_pause(agent);
            }
        }
        for agent in self.wishes(|agent| self.agents[agent].hopes) {
            let (a, pause) = (&self.agents[agent], self.agents[agent].next_pause);
            let needed = self.setting.shifts[a.shift].pauses[pause].when_quiet.unwrap_or(0) as usize;
            let spared = self.is_callable(agent) && self.could_stand_in(agent) >= needed;
            if spared && self.has_place(a.team) {
                self.agents[agent].hopes = false;
                self.go_on_pause(agent);
            }
        }
    }

    /// After anything at all, wishes are looked at once more, when the breaks of this instant begin.
    pub(super) fn look_again(&mut self) {
        if self.agents.iter().any(|a| a.wants || a.hopes) {
            self.at(self.now, Phase::BreakStarts, Event::Breaks);
        }
    }
}
