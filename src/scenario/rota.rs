//! Rotas as meant: which agent works which shift on which date.

use super::meant::{Horizon, Shift, Team};
use crate::unit::{Date, Micros};
use std::sync::Arc;

/// Who works which shift when.
#[derive(Debug, Clone, PartialEq)]
pub enum Rota {
    /// One row a week, Monday to Sunday; agent k starts in row k modulo the number of rows in measured week 0.
    /// Entries are shift numbers, `None` for a day off.
    Weeks(Vec<[Option<usize>; 7]>),
    /// Shift by shift, from a file.
    Dated(Arc<DatedRota>),
}

/// A rota by dates.
#[derive(Debug, Clone, PartialEq)]
pub struct DatedRota {
    /// The file it came from.
    pub file: String,
    /// The agents' names, in the order in which the file first names them.
    pub agents: Vec<String>,
    /// Every shift, by date and agent; an agent has at most one a date.
    pub shifts: Vec<DatedShift>,
}

/// One agent's shift on one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct DatedShift {
    /// The date it starts on.
    pub date: Date,
    /// The agent's number in the team.
    pub agent: u32,
    /// The shift's number in the scenario.
    pub shift: u32,
}

impl DatedRota {
    /// The shifts of a date, by agent.
    pub fn on(&self, date: Date) -> &[DatedShift] {
        let from = self.shifts.partition_point(|s| s.date < date);
        let to = from + self.shifts[from..].partition_point(|s| s.date == date);
        &self.shifts[from..to]
    }

    /// First and last date with a shift.
    pub fn span(&self) -> Option<(Date, Date)> {
        Some((self.shifts.first()?.date, self.shifts.last()?.date))
    }

    /// The date whose shifts are worked on a date of a horizon. A file that begins within the first measured week
    /// stands for the days before it too, and one that ends within the last for those after: each such day is
    /// worked as the nearest of the file's on the same weekday.
    pub fn stands_for(&self, horizon: &Horizon, date: Date) -> Date {
        let Some((first, last)) = self.span() else { return date };
        let end = horizon.start.plus(i64::from(horizon.days));
        let weeks = |days: i64| (days + 6) / 7 * 7;
        if date < first && date < horizon.start && first < horizon.start.plus(7) {
            date.plus(weeks(first.days_since(date)))
        } else if date > last && date >= end && last >= end.plus(-7) {
            date.plus(-weeks(date.days_since(last)))
        } else {
            date
        }
    }
}

impl Team {
    /// The shift that agent `k` works in the place of one that is rostered, starts staggered.
    pub fn worked(&self, k: u32, shift: usize) -> usize {
        match self.stagger.len() {
            0 => shift,
            steps => self.stagger[k as usize % steps][shift],
        }
    }

    /// Tells everybody's shift on a date of a horizon: agent in the team, shift; by agent.
    pub fn on(&self, horizon: &Horizon, date: Date, mut each: impl FnMut(u32, usize)) {
        match &self.rota {
            Rota::Weeks(rows) if rows.is_empty() => {}
            Rota::Weeks(rows) => {
                let weekday = usize::from(date.weekday().0);
                let week = horizon.week(date);
                for k in 0..self.agents {
                    let row = (i64::from(k) + week).rem_euclid(rows.len() as i64) as usize;
                    if let Some(shift) = rows[row][weekday] {
                        each(k, self.worked(k, shift));
                    }
                }
            }
            Rota::Dated(dated) => {
                for s in dated.on(dated.stands_for(horizon, date)).iter().filter(|s| s.agent < self.agents) {
                    each(s.agent, self.worked(s.agent, s.shift as usize));
                }
            }
        }
    }

    /// Whether any shift that somebody works is such.
    pub(super) fn works_any(&self, is_such: impl Fn(usize) -> bool) -> bool {
        match &self.rota {
            Rota::Weeks(rows) => rows.iter().flatten().flatten().any(|shift| is_such(*shift)),
            Rota::Dated(dated) => dated.shifts.iter().any(|s| is_such(s.shift as usize)),
        }
    }

    /// What agent `k` of the team is called: the name in the rota's file, else the number, counted from 1.
    pub fn agent_name(&self, k: u32) -> String {
        match &self.rota {
            Rota::Dated(dated) if (k as usize) < dated.agents.len() => dated.agents[k as usize].clone(),
            _ => (k + 1).to_string(),
        }
    }
}

impl Team {
    /// What agent `k` is called in a sentence: the name in the rota's file, else "agent 1".
    pub fn agent_title(&self, k: u32) -> String {
        match self.rota {
            Rota::Weeks(_) => format!("agent {}", self.agent_name(k)),
            Rota::Dated(_) => self.agent_name(k),
        }
    }
}

impl Horizon {
    /// The week of a date, counted from the Monday of the week in which the measured window starts.
    pub fn week(&self, date: Date) -> i64 {
        let monday = self.start.plus(-i64::from(self.start.weekday().0));
        date.days_since(monday).div_euclid(7)
    }
}

impl Shift {
    /// Paid time: from start to end less unpaid breaks.
    pub fn paid(&self) -> Micros {
        let unpaid = self.pauses.iter().filter(|p| p.kind == super::meant::PauseKind::UnpaidBreak);
        self.end - self.start - unpaid.map(|p| p.length).sum::<Micros>().min(self.end - self.start)
    }
}
