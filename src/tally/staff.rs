//! What staff meet: by team, by cell of the clock, and by hour of each agent's shift.

use crate::engine::{Activity, Plan, ShiftSummary};
use crate::measure::{Sum, Sums};
use crate::response::Satisfied;
use crate::scenario::Shift;
use crate::unit::{HOUR, Micros, SECOND};
use serde::{Deserialize, Serialize};

/// Agent time in one cell of one day, all teams together, in microseconds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
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

impl StaffCell {
    /// Adds time of an activity; `signed_on` takes only what has no part of its own.
    #[inline(always)]
    fn add(&mut self, activity: Activity, length: Micros) {
        match activity {
            Activity::Call => self.busy += length,
            Activity::Idle => self.available += length,
            Activity::Backlog | Activity::Overtime => self.signed_on += length,
            Activity::Break | Activity::OffPhone => {}
        }
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
    /// Of the running hour.
    busy: Micros,
    idle: Micros,
    rest: Micros,
    /// End of the last rest, and the longest stretch without.
    rested: Micros,
    unbroken: Micros,
    /// On calls and idle within the window, over all shifts.
    window_busy: Micros,
    window_idle: Micros,
    /// Of the shift's closed hours.
    shift_busy: Micros,
    shift_idle: Micros,
    /// Hours closed, and those of high occupancy and with rest, by length.
    hours_high: Micros,
    hours: Micros,
    hours_rested: Micros,
}

/// The cell of the present moment and the one before it. All time before the window counts as one cell, all time
/// after it as another: one place beyond the measured cells takes what happens there.
#[derive(Debug, Clone, Copy)]
struct Present {
    number: usize,
    before: usize,
    /// Start of the cell before, start and end of this one.
    before_start: Micros,
    start: Micros,
    end: Micros,
    /// All ones where the cell lies in the window, else nought.
    measured: u64,
    before_measured: u64,
}

impl Present {
    /// Before the first moment.
    const NEVER: Present =
        Present { number: 0, before: 0, before_start: 0, start: 0, end: 0, measured: 0, before_measured: 0 };
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
    /// By measured cell, and one more for what is not measured. Until the end, `signed_on` lacks what is in `busy` and
    /// `available`.
    cells: Vec<StaffCell>,
    /// The cell of the latest moment told, where stretches end, and the one before it. Moments never decrease, so
    /// that no stretch needs a division.
    cell: Present,
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
            cells: vec![StaffCell::default(); horizon.days as usize * horizon.intervals_per_day() + 1],
            cell: Present::NEVER,
            worked: Vec::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.sums.iter_mut().for_each(Sums::clear);
        self.cells.fill(StaffCell::default());
        self.at_work.fill(AtWork::default());
        self.cell = Present::NEVER;
        self.worked.clear();
    }

    fn is_measured(&self, day: u32) -> bool {
        day.wrapping_sub(self.first_day) < self.days
    }

    pub(super) fn rostered(&mut self, agent: u32, day: u32, shift: u32, _absent: bool) {
        let midnight = Plan::day_start(day);
        let shift = &self.shifts[shift as usize];
        let (start, end, paid) = (midnight + shift.start, midnight + shift.end, shift.paid());
        self.add_rostered(start, end);
        if self.is_measured(day) {
            let sums = &mut self.sums[self.team_of[agent as usize] as usize];
            sums.add(Sum::ShiftsRostered, 1);
            sums.add(Sum::RosteredPaid, paid);
            sums.add(Sum::Paid, paid);
        }
    }

    pub(super) fn started(&mut self, agent: u32, now: Micros) {
        let at = &mut self.at_work[agent as usize];
        let AtWork { window_busy, window_idle, .. } = *at;
        let hour_end = now + HOUR;
        *at =
            AtWork { hour_start: now, hour_end, rested: now, window_busy, window_idle, ..AtWork::default() };
    }

    /// An agent was on a call.
    #[inline(always)]
    pub(super) fn called(&mut self, agent: u32, from: Micros, to: Micros) {
        let in_window = self.by_clock(Activity::Call, from, to);
        let at = &mut self.at_work[agent as usize];
        at.window_busy += in_window;
        if to <= at.hour_end {
            at.busy += to - from;
        } else {
            at.add_over_hours(Activity::Call, false, from, to);
        }
    }

    /// An agent was idle.
    #[inline(always)]
    pub(super) fn idled(&mut self, agent: u32, from: Micros, to: Micros) {
        let in_window = self.by_clock(Activity::Idle, from, to);
        let at = &mut self.at_work[agent as usize];
        at.window_idle += in_window;
        let rest = to - from >= REST_SPELL;
        at.note_rest(rest, from, to);
        if to <= at.hour_end {
            at.idle += to - from;
            at.rest += if rest { to - from } else { 0 };
        } else {
            at.add_over_hours(Activity::Idle, rest, from, to);
        }
    }

    /// An agent was on something other than a call or idle.
    pub(super) fn otherwise(&mut self, agent: u32, activity: Activity, from: Micros, to: Micros) {
        let in_window = self.by_clock(activity, from, to);
        let sum = match activity {
            Activity::Backlog | Activity::Overtime => Sum::BacklogTime,
            Activity::Break => Sum::BreakTime,
            _ => Sum::OffPhone,
        };
        self.sums[self.team_of[agent as usize] as usize].add(sum, in_window);
        let at = &mut self.at_work[agent as usize];
        let rest = activity == Activity::Break;
        at.note_rest(rest, from, to);
        at.add_over_hours(activity, rest, from, to);
    }

    /// Adds a stretch that ends now to the cells it covers; gives the part of it that lies within the window.
    #[inline(always)]
    fn by_clock(&mut self, activity: Activity, from: Micros, to: Micros) -> Micros {
        let cell = &self.cell;
        if to > cell.end || from < cell.before_start {
            return self.by_far_clock(activity, from, to);
        }
        // Both cells take their part, be it nought: where a stretch began cannot be foreseen.
        let here = to - from.max(cell.start);
        let before = to - from - here;
        let in_window = (here & cell.measured) + (before & cell.before_measured);
        self.cells[cell.number].add(activity, here);
        self.cells[cell.before].add(activity, before);
        in_window
    }

    /// The same where another cell has begun, or where the stretch began before the last two.
    #[cold]
    #[inline(never)]
    fn by_far_clock(&mut self, activity: Activity, from: Micros, to: Micros) -> Micros {
        self.move_cell(to);
        let (from, to) = (from.max(self.from), to.min(self.to));
        if from >= to {
            return 0;
        }
        let mut number = ((to - self.from - 1) / self.interval) as usize;
        let (mut start, mut end) = (self.from + number as u64 * self.interval, to);
        while from < start {
            self.cells[number].add(activity, end - start);
            end = start;
            start -= self.interval;
            number -= 1;
        }
        self.cells[number].add(activity, end - from);
        to - from
    }

    /// Makes the cell in which a moment ends the present one. A stretch that ends where a cell ends belongs to it.
    fn move_cell(&mut self, to: Micros) {
        let beside = self.cells.len() - 1;
        self.cell = if to <= self.from {
            Present { number: beside, before: beside, end: self.from, ..Present::NEVER }
        } else if to > self.to {
            Present {
                number: beside,
                before: beside - 1,
                before_start: self.to - self.interval,
                start: self.to,
                end: Micros::MAX,
                measured: 0,
                before_measured: !0,
            }
        } else {
            let number = (to - self.from - 1) / self.interval;
            let start = self.from + number * self.interval;
            let first = number == 0;
            Present {
                number: number as usize,
                before: if first { beside } else { number as usize - 1 },
                before_start: if first { 0 } else { start - self.interval },
                start,
                end: start + self.interval,
                measured: !0,
                before_measured: if first { 0 } else { !0 },
            }
        };
    }

    /// Spreads a rostered shift over the measured cells it covers.
    fn add_rostered(&mut self, from: Micros, to: Micros) {
        let (mut from, to) = (from.max(self.from), to.min(self.to));
        if from >= to {
            return;
        }
        let mut cell = ((from - self.from) / self.interval) as usize;
        let mut end = self.from + (cell as u64 + 1) * self.interval;
        while to > end {
            self.cells[cell].rostered += end - from;
            from = end;
            end += self.interval;
            cell += 1;
        }
        self.cells[cell].rostered += to - from;
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

    /// By measured cell.
    pub(super) fn cells(&self) -> &[StaffCell] {
        &self.cells[..self.cells.len() - 1]
    }

    /// Works out fairness, pay and what follows from other sums.
    pub(super) fn finish(&mut self) {
        for (at, team) in self.at_work.iter().zip(&self.team_of) {
            let sums = &mut self.sums[*team as usize];
            sums.add(Sum::Busy, at.window_busy);
            sums.add(Sum::Available, at.window_idle);
        }
        for sums in &mut self.sums {
            let signed_on = [Sum::Busy, Sum::Available, Sum::BacklogTime].map(|sum| sums.of(sum));
            sums.add(Sum::SignedOn, signed_on.iter().sum());
        }
        for cell in &mut self.cells {
            cell.signed_on += cell.busy + cell.available;
        }
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
    #[inline(always)]
    fn add(&mut self, activity: Activity, rest: bool, length: Micros) {
        match activity {
            Activity::Call => self.busy += length,
            Activity::Idle => self.idle += length,
            _ => {}
        }
        if rest {
            self.rest += length;
        }
    }

    /// Notes a stretch that may be rest, without a branch: it cannot be foreseen.
    #[inline(always)]
    fn note_rest(&mut self, rest: bool, from: Micros, to: Micros) {
        let worked = if rest { from.saturating_sub(self.rested) } else { 0 };
        self.unbroken = self.unbroken.max(worked);
        self.rested = if rest { to } else { self.rested };
    }

    /// Adds a stretch that may reach beyond the running hour.
    #[inline(never)]
    fn add_over_hours(&mut self, activity: Activity, rest: bool, mut from: Micros, to: Micros) {
        while to > self.hour_end {
            self.add(activity, rest, self.hour_end - from);
            from = self.hour_end;
            self.close_hour(from);
        }
        self.add(activity, rest, to - from);
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
        self.shift_busy += self.busy;
        self.shift_idle += self.idle;
        (self.busy, self.idle, self.rest) = (0, 0, 0);
        self.hour_start = now;
        self.hour_end = now + HOUR;
    }
}
