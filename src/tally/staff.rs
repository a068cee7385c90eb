//! What staff meet: by team, by cell of the clock, and by hour of each agent's shift.

use crate::engine::{Activity, Plan, ShiftSummary};
use crate::measure::{Sum, Sums};
use crate::response::Satisfied;
use crate::scenario::{PauseKind, Shift};
use crate::unit::{HOUR, Micros, SECOND};

/// Agent time in one cell of one day, all teams together, in microseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StaffCell {
    /// On shift by the rota, absent or not, breaks included.
    pub rostered: u64,
    /// Signed on.
    pub signed_on: u64,
    /// Talk and wrap.
    pub busy: u64,
    /// Idle.
    pub available: u64,
}

impl StaffCell {
    /// Adds another cell.
    pub fn merge(&mut self, other: &StaffCell) {
        self.rostered += other.rostered;
        self.signed_on += other.signed_on;
        self.busy += other.busy;
        self.available += other.available;
    }
}

/// Idle spells from this length on are rest.
const REST_SPELL: Micros = 10 * SECOND;
/// Rest asked for in an hour: a twelfth of it.
const REST_PART: u64 = 12;

/// An agent's shift so far.
#[derive(Debug, Clone, Copy, Default)]
struct AtWork {
    /// Start and end of the hour of the shift that runs.
    hour_start: Micros,
    hour_end: Micros,
    busy: Micros,
    idle: Micros,
    rest: Micros,
    /// The whole shift's.
    shift_busy: Micros,
    shift_idle: Micros,
    /// End of the last rest, and the longest stretch without.
    rested: Micros,
    unbroken: Micros,
    /// Hours closed, and those of high occupancy and with rest, by length.
    hours_high: Micros,
    hours: Micros,
    hours_rested: Micros,
}

#[derive(Debug)]
pub(super) struct Staff {
    shifts: Vec<Shift>,
    pay: Vec<f64>,
    late_paid: Vec<bool>,
    team_of: Vec<u32>,
    interval: Micros,
    from: Micros,
    to: Micros,
    first_day: u32,
    days: u32,
    at_work: Vec<AtWork>,
    pub(super) sums: Vec<Sums>,
    pub(super) cells: Vec<StaffCell>,
    /// Worked shifts of the window: (team, day, shift, busy, idle).
    worked: Vec<(u32, u32, u32, u64, u64)>,
}

impl Staff {
    pub(super) fn new(plan: &Plan) -> Staff {
        let setting = &plan.setting;
        let horizon = plan.horizon;
        let teams = setting.teams.len();
        let mut team_of = vec![0; plan.workforce.agents() as usize];
        for team in 0..teams {
            plan.workforce.team(team).for_each(|agent| team_of[agent as usize] = team as u32);
        }
        Staff {
            shifts: setting.shifts.clone(),
            pay: setting.teams.iter().map(|t| t.pay_per_hour.unwrap_or(0.0)).collect(),
            late_paid: setting.teams.iter().map(|t| t.late_finishes_paid).collect(),
            at_work: vec![AtWork::default(); team_of.len()],
            team_of,
            interval: horizon.interval,
            from: Plan::day_start(horizon.warm_up_days),
            to: Plan::day_start(horizon.warm_up_days + horizon.days),
            first_day: horizon.warm_up_days,
            days: horizon.days,
            sums: vec![Sums::default(); teams],
            cells: vec![StaffCell::default(); horizon.days as usize * horizon.intervals_per_day()],
            worked: Vec::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.sums.iter_mut().for_each(Sums::clear);
        self.cells.fill(StaffCell::default());
        self.at_work.fill(AtWork::default());
        self.worked.clear();
    }

    fn is_measured(&self, day: u32) -> bool {
        day.wrapping_sub(self.first_day) < self.days
    }

    pub(super) fn rostered(&mut self, agent: u32, day: u32, shift: u32, _absent: bool) {
        let midnight = Plan::day_start(day);
        let shift = &self.shifts[shift as usize];
        let (start, end) = (midnight + shift.start, midnight + shift.end);
        let unpaid: Micros =
            shift.pauses.iter().filter(|p| p.kind == PauseKind::UnpaidBreak).map(|p| p.length).sum();
        self.add_to_cells(start, end, |cell| &mut cell.rostered);
        if self.is_measured(day) {
            let sums = &mut self.sums[self.team_of[agent as usize] as usize];
            sums.add(Sum::ShiftsRostered, 1);
            sums.add(Sum::RosteredPaid, end - start - unpaid);
            sums.add(Sum::Paid, end - start - unpaid);
        }
    }

    pub(super) fn started(&mut self, agent: u32, now: Micros) {
        self.at_work[agent as usize] =
            AtWork { hour_start: now, hour_end: now + HOUR, rested: now, ..AtWork::default() };
    }

    #[inline]
    pub(super) fn spent(&mut self, agent: u32, activity: Activity, from: Micros, to: Micros) {
        self.by_clock(agent, activity, from.max(self.from), to.min(self.to));
        let at = &mut self.at_work[agent as usize];
        let rest = match activity {
            Activity::Break => true,
            Activity::Idle => to - from >= REST_SPELL,
            _ => false,
        };
        if rest {
            at.unbroken = at.unbroken.max(from.saturating_sub(at.rested));
            at.rested = to;
        }
        let mut from = from;
        while to > at.hour_end {
            at.add(activity, rest, at.hour_end - from);
            from = at.hour_end;
            at.close_hour(from);
        }
        at.add(activity, rest, to - from);
    }

    /// Adds a stretch within the window to the team's sums and to the cells it covers.
    #[inline]
    fn by_clock(&mut self, agent: u32, activity: Activity, from: Micros, to: Micros) {
        if from >= to {
            return;
        }
        let length = to - from;
        let sums = &mut self.sums[self.team_of[agent as usize] as usize];
        match activity {
            Activity::Call => sums.add(Sum::Busy, length),
            Activity::Idle => sums.add(Sum::Available, length),
            Activity::Backlog | Activity::Overtime => sums.add(Sum::BacklogTime, length),
            Activity::Break => return sums.add(Sum::BreakTime, length),
            Activity::OffPhone => return sums.add(Sum::OffPhone, length),
        }
        sums.add(Sum::SignedOn, length);
        self.add_to_cells(from, to, |cell| &mut cell.signed_on);
        match activity {
            Activity::Call => self.add_to_cells(from, to, |cell| &mut cell.busy),
            Activity::Idle => self.add_to_cells(from, to, |cell| &mut cell.available),
            _ => {}
        }
    }

    /// Spreads a stretch over the measured cells it covers.
    #[inline]
    fn add_to_cells(&mut self, from: Micros, to: Micros, field: impl Fn(&mut StaffCell) -> &mut u64) {
        let (mut from, to) = (from.max(self.from), to.min(self.to));
        if from >= to {
            return;
        }
        let mut cell = ((from - self.from) / self.interval) as usize;
        let mut end = self.from + (cell as u64 + 1) * self.interval;
        while to > end {
            *field(&mut self.cells[cell]) += end - from;
            from = end;
            end += self.interval;
            cell += 1;
        }
        *field(&mut self.cells[cell]) += to - from;
    }

    pub(super) fn left(&mut self, shift: &ShiftSummary) {
        let at = &mut self.at_work[shift.agent as usize];
        if shift.left > at.hour_start {
            at.close_hour(shift.left);
        }
        if !self.is_measured(shift.day) {
            return;
        }
        let at = self.at_work[shift.agent as usize];
        let team = self.team_of[shift.agent as usize] as usize;
        let late = shift.left.saturating_sub(shift.end);
        let unpaid = if self.late_paid[team] { 0 } else { late.saturating_sub(shift.overtime) };
        let sums = &mut self.sums[team];
        sums.add(Sum::ShiftsWorked, 1);
        sums.add(Sum::AgentHours, at.hours);
        sums.add(Sum::HoursHigh, at.hours_high);
        sums.add(Sum::HoursRested, at.hours_rested);
        sums.add(Sum::Breaks, u64::from(shift.breaks));
        sums.add(Sum::BreaksLate, u64::from(shift.breaks_late));
        sums.add(Sum::BreakDelay, shift.break_delay);
        sums.add(Sum::LateFinishes, u64::from(late > 0));
        sums.add(Sum::LateTime, late);
        sums.add(Sum::Overtime, shift.overtime);
        sums.add(Sum::Unpaid, unpaid);
        sums.add(Sum::Paid, late - unpaid);
        sums.add(Sum::BacklogLeft, shift.backlog);
        sums.add(Sum::Unbroken, at.unbroken.max(shift.left.saturating_sub(at.rested)));
        self.worked.push((team as u32, shift.day, shift.shift, at.shift_busy, at.shift_idle));
    }

    pub(super) fn caught_up(&mut self, agent: u32, put_off: Micros, now: Micros) {
        if now >= self.from && now < self.to {
            let sums = &mut self.sums[self.team_of[agent as usize] as usize];
            sums.add(Sum::CaughtUp, 1);
            sums.add(Sum::CaughtUpAge, now - put_off);
        }
    }

    /// Works out fairness and pay.
    pub(super) fn finish(&mut self) {
        self.worked.sort_unstable();
        for group in self.worked.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            let shares: Vec<f64> =
                group.iter().filter(|w| w.3 + w.4 > 0).map(|w| w.3 as f64 / (w.3 + w.4) as f64).collect();
            if shares.len() >= 2 {
                let n = shares.len() as f64;
                let mean = shares.iter().sum::<f64>() / n;
                let variance = shares.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / (n - 1.0);
                let sums = &mut self.sums[group[0].0 as usize];
                sums.add(Sum::FairGroups, 1);
                sums.add(Sum::FairSpread, (libm::sqrt(variance) * Satisfied::ONE + 0.5) as u64);
            }
        }
        for (sums, pay) in self.sums.iter_mut().zip(&self.pay) {
            // Microseconds times pay an hour, in millionths of the currency.
            sums.add(Sum::Cost, (sums.of(Sum::Paid) as f64 * pay / 3600.0 + 0.5) as u64);
        }
    }
}

impl AtWork {
    #[inline]
    fn add(&mut self, activity: Activity, rest: bool, length: Micros) {
        match activity {
            Activity::Call => {
                self.busy += length;
                self.shift_busy += length;
            }
            Activity::Idle => {
                self.idle += length;
                self.shift_idle += length;
            }
            _ => {}
        }
        if rest {
            self.rest += length;
        }
    }

    /// Judges the running hour, which ends now, and begins the next.
    fn close_hour(&mut self, now: Micros) {
        let length = now - self.hour_start;
        self.hours += length;
        // Over 0.85: more than 17 twentieths.
        if 20 * self.busy > 17 * (self.busy + self.idle) {
            self.hours_high += length;
        }
        if REST_PART * self.rest >= length {
            self.hours_rested += length;
        }
        (self.busy, self.idle, self.rest) = (0, 0, 0);
        self.hour_start = now;
        self.hour_end = now + HOUR;
    }
}
