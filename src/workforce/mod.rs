//! Who is on which duty today: the rota of each team, and who is absent. A step a day; people with tenure,
//! sickness and strain will live here.

use crate::random::{Key, Purpose};
use crate::scenario::{Horizon, Setting};

/// One agent's duty of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Duty {
    /// Agent, counted over all teams in order.
    pub agent: u32,
    /// Team.
    pub team: u32,
    /// Shift, by its number in the scenario.
    pub shift: u32,
    /// Whether the agent is absent: the shift is rostered and paid, but not worked.
    pub absent: bool,
}

/// The agents of an option: agent numbers by team.
#[derive(Debug, Clone)]
pub struct Workforce {
    /// First agent number of each team, and the number of agents after the last.
    firsts: Vec<u32>,
}

impl Workforce {
    /// Counts the agents of an option.
    pub fn new(setting: &Setting) -> Workforce {
        let mut firsts = vec![0];
        for team in &setting.teams {
            firsts.push(firsts[firsts.len() - 1] + team.agents);
        }
        Workforce { firsts }
    }

    /// All agents.
    pub fn agents(&self) -> u32 {
        self.firsts[self.firsts.len() - 1]
    }

    /// Agent numbers of a team.
    pub fn team(&self, team: usize) -> std::ops::Range<u32> {
        self.firsts[team]..self.firsts[team + 1]
    }

    /// The duties of a simulated day, by agent. Absence is drawn by team, agent and
    /// date, so that no change elsewhere moves it.
    pub fn duties(&self, setting: &Setting, horizon: &Horizon, root: Key, day: u32, duties: &mut Vec<Duty>) {
        duties.clear();
        let date = horizon.date(day);
        let draws = root.purpose(Purpose::Absence);
        for (number, team) in setting.teams.iter().enumerate() {
            team.on(horizon, date, |k, shift| {
                let place = (number as u64) << 48 | u64::from(k) << 24 | u64::from(day);
                let absent = team.absence > 0.0 && draws.uniform_at(place) < team.absence;
                let agent = self.firsts[number] + k;
                duties.push(Duty { agent, team: number as u32, shift: shift as u32, absent });
            });
        }
    }
}
