//! What staff meet: by team, by cell of the clock, and by hour of each agent's shift.

use super::at_work::{AtWork, NOT_TAKING_CALLS};
use super::calendar::{Calendar, WEEK};
use super::cells::{BACKLOG, BUSY, Moment, ROSTERED, StaffCell, Steps, TAKING_CALLS, add, add_up};
use crate::engine::{Activity, Plan, ShiftSummary};
use crate::measure::{Sum, Sums};
use crate::response::Satisfied;
use crate::scenario::Shift;
use crate::unit::{DAY, HOUR, Micros};

/// What a stretch of an agent's time was spent on, as far as teams ask.
#[derive(Debug, Clone, Copy)]
enum Stretch {
    Call,
    Idle,
    CallThenIdle,
    Backlog,
    Otherwise,
}

/// What is kept of one team's time, of several.
#[derive(Debug)]
struct OfTeam {
    steps: Vec<Steps>,
    cells: Vec<StaffCell>,
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
    /// By team and weekday: of a shift, that on which it began; of time, by the clock.
    week: Vec<[Sums; WEEK]>,
    /// By team, all weekdays together, worked out at the end.
    pub(super) sums: Vec<Sums>,
    calendar: Calendar,
    /// 2⁶⁴ by the interval, so that a moment's cell needs no division.
    cells_a_tick: u64,
    /// By measured cell, and one more for the window's end; with several teams, theirs are in its place.
    steps: Vec<Steps>,
    /// By measured cell, worked out at the end.
    cells: Vec<StaffCell>,
    /// Worked shifts of the window: (team, day, shift, busy, idle).
    worked: Vec<(u32, u32, u32, u64, u64)>,
    /// By team, where there are several.
    by_team: Vec<OfTeam>,
    /// The window, or none at all where there are several teams: then nothing is within, and every stretch takes another way,
    /// on which it is told to its team. One team alone pays nothing for it.
    plain: (Micros, Micros),
}

impl Staff {
    pub(super) fn new(plan: &Plan) -> Staff {
        let setting = &plan.setting;
        let horizon = plan.horizon;
        let teams = setting.teams.len();
        let cells = horizon.days as usize * horizon.intervals_per_day();
        let of_team =
            |_| OfTeam { steps: vec![Steps::default(); cells + 1], cells: vec![StaffCell::default(); cells] };
        let by_team: Vec<OfTeam> = (0..setting.teams_told_apart()).map(of_team).collect();
        let window =
            (Plan::day_start(horizon.warm_up_days), Plan::day_start(horizon.warm_up_days + horizon.days));
        let mut team_of = vec![0; plan.workforce.agents() as usize];
        for team in 0..teams {
            plan.workforce.team(team).for_each(|agent| team_of[agent as usize] = team as u32);
        }
        Staff {
            shifts: setting.shifts.clone(),
            pay: setting.teams.iter().map(|t| t.pay_per_hour.unwrap_or(0.0)).collect(),
            late_paid: setting.teams.iter().map(|t| t.late_finishes_paid).collect(),
            at_work: vec![AtWork::NONE; team_of.len()],
            team_of,
            interval: horizon.interval,
            from: window.0,
            to: window.1,
            plain: if by_team.is_empty() { window } else { (Micros::MAX, 0) },
            by_team,
            first_day: horizon.warm_up_days,
            days: horizon.days,
            week: vec![std::array::from_fn(|_| Sums::default()); teams],
            sums: vec![Sums::default(); teams],
            calendar: Calendar::new(&horizon),
            cells_a_tick: (u128::from(u64::MAX) / u128::from(horizon.interval)) as u64,
            steps: vec![Steps::default(); cells + 1],
            cells: vec![StaffCell::default(); cells],
            worked: Vec::new(),
        }
    }

    pub(super) fn clear(&mut self) {
        self.week.iter_mut().flatten().for_each(Sums::clear);
        self.sums.iter_mut().for_each(Sums::clear);
        self.steps.fill(Steps::default());
        self.at_work.fill(AtWork::NONE);
        self.worked.clear();
        self.by_team.iter_mut().for_each(|team| team.steps.fill(Steps::default()));
    }

    fn is_measured(&self, day: u32) -> bool {
        day.wrapping_sub(self.first_day) < self.days
    }

    /// The sums of a team on a measured day.
    fn sums_of(&mut self, team: usize, day: u32) -> &mut Sums {
        &mut self.week[team][self.calendar.of_day(day.wrapping_sub(self.first_day))]
    }

    /// The sums of a team on a weekday (0 is Monday).
    pub(super) fn week_of(&self, team: usize, weekday: usize) -> &Sums {
        &self.week[team][weekday]
    }

    pub(super) fn rostered(&mut self, agent: u32, day: u32, shift: u32, _absent: bool) {
        let midnight = Plan::day_start(day);
        let shift = &self.shifts[shift as usize];
        let (start, end, paid) = (midnight + shift.start, midnight + shift.end, shift.paid());
        let (start, end) = (self.moment(start), self.moment(end));
        let team = self.team_of[agent as usize] as usize;
        let steps = self.by_team.get_mut(team).map_or(&mut self.steps, |team| &mut team.steps);
        add(steps, ROSTERED, start, end);
        if self.is_measured(day) {
            let sums = self.sums_of(team, day);
            sums.add(Sum::ShiftsRostered, 1);
            sums.add(Sum::RosteredPaid, paid);
            sums.add(Sum::Paid, paid);
        }
    }

    pub(super) fn started(&mut self, agent: u32, day: u32, now: Micros) {
        let measured = self.is_measured(day);
        let seen = measured || !self.by_team.is_empty();
        let at = &mut self.at_work[agent as usize];
        *at = AtWork {
            hour_start: now,
            hour_end: now + HOUR,
            rested: now,
            #[cfg(debug_assertions)]
            window_busy: at.window_busy,
            #[cfg(debug_assertions)]
            window_taking_calls: at.window_taking_calls,
            measured,
            seen,
            ..AtWork::NONE
        };
    }

    /// Whether a stretch of an agent's time need not be told any further: it moves no figure, since it lies before or after
    /// the window, in a shift that is not measured (of a week between two others, most stretches do); or it is told to one
    /// of several teams. A stretch is first one kind of time up to a turn, then another.
    #[inline(always)]
    fn is_unseen(&mut self, agent: u32, what: Stretch, from: Micros, turn: Micros, to: Micros) -> bool {
        if to > self.plain.0 && from < self.plain.1 {
            return false;
        }
        !self.at_work[agent as usize].seen || self.is_apart(agent, what, from, turn, to)
    }

    /// Whether a stretch is told to one of several teams, away from the way of all others, or to none since it moves no
    /// figure.
    #[cold]
    fn is_apart(&mut self, agent: u32, what: Stretch, from: Micros, turn: Micros, to: Micros) -> bool {
        if self.by_team.is_empty() {
            return false;
        }
        let within = to > self.from && from < self.to;
        (!within && !self.at_work[agent as usize].measured) || self.is_told(agent, what, from, turn, to)
    }

    /// Tells a stretch to the agent's team, of several, in place of the centre, whose cells are the sum of its teams'; and,
    /// unless it is neither a call nor idle, to the agent.
    #[inline(never)]
    fn is_told(&mut self, agent: u32, what: Stretch, from: Micros, turn: Micros, to: Micros) -> bool {
        let agent = agent as usize;
        let (begin, end) = (self.moment(from), self.moment(turn));
        let steps = &mut self.by_team[self.team_of[agent] as usize].steps;
        let at = &mut self.at_work[agent];
        match what {
            Stretch::Call | Stretch::CallThenIdle => {
                add(steps, BUSY, begin, end);
                at.call(from, turn, end.in_window - begin.in_window);
                if let Stretch::CallThenIdle = what {
                    at.idle(turn, to);
                }
            }
            Stretch::Idle => at.idle(from, to),
            Stretch::Backlog => {
                add(steps, BACKLOG, begin, end);
                return false;
            }
            Stretch::Otherwise => return false,
        }
        true
    }

    /// An agent was on a call.
    #[inline(always)]
    pub(super) fn called(&mut self, agent: u32, from: Micros, to: Micros) {
        if self.is_unseen(agent, Stretch::Call, from, to, to) {
            return;
        }
        let (begin, end) = (self.moment(from), self.moment(to));
        add(&mut self.steps, BUSY, begin, end);
        self.at_work[agent as usize].call(from, to, end.in_window - begin.in_window);
    }

    /// An agent was idle.
    #[inline(always)]
    pub(super) fn idled(&mut self, agent: u32, from: Micros, to: Micros) {
        if self.is_unseen(agent, Stretch::Idle, from, to, to) {
            return;
        }
        self.at_work[agent as usize].idle(from, to);
    }

    /// An agent was on a call, then idle, be it for no time at all.
    #[inline(always)]
    pub(super) fn called_then_idled(&mut self, agent: u32, from: Micros, idle: Micros, to: Micros) {
        if self.is_unseen(agent, Stretch::CallThenIdle, from, idle, to) {
            return;
        }
        let (begin, end) = (self.moment(from), self.moment(idle));
        add(&mut self.steps, BUSY, begin, end);
        let at = &mut self.at_work[agent as usize];
        at.call(from, idle, end.in_window - begin.in_window);
        at.idle(idle, to);
    }

    /// An agent takes no more calls from a moment on, up to which all has been told: the spell is counted.
    fn stops_taking_calls(&mut self, agent: u32, now: Micros) {
        let agent = agent as usize;
        let since = std::mem::replace(&mut self.at_work[agent].takes_calls_since, NOT_TAKING_CALLS);
        if since == NOT_TAKING_CALLS {
            return;
        }
        let (begin, end) = (self.moment(since), self.moment(now));
        let team = self.team_of[agent] as usize;
        let steps = self.by_team.get_mut(team).map_or(&mut self.steps, |team| &mut team.steps);
        add(steps, TAKING_CALLS, begin, end);
        #[cfg(debug_assertions)]
        {
            self.at_work[agent].window_taking_calls += end.in_window - begin.in_window;
        }
    }

    /// An agent was on something other than a call or idle.
    pub(super) fn otherwise(&mut self, agent: u32, activity: Activity, from: Micros, to: Micros) {
        let work = matches!(activity, Activity::Backlog | Activity::Overtime);
        let what = if work { Stretch::Backlog } else { Stretch::Otherwise };
        self.stops_taking_calls(agent, from);
        if self.is_unseen(agent, what, from, to, to) {
            return;
        }
        let (begin, end) = (self.moment(from), self.moment(to));
        let sum = match activity {
            Activity::Backlog | Activity::Overtime => {
                add(&mut self.steps, BACKLOG, begin, end);
                Sum::BacklogTime
            }
            Activity::Break => Sum::BreakTime,
            _ => Sum::OffPhone,
        };
        let week = &mut self.week[self.team_of[agent as usize] as usize];
        let mut at = begin.in_window;
        // Day by day: a stretch may reach over midnight.
        while at < end.in_window {
            let day = at / DAY;
            let next = ((day + 1) * DAY).min(end.in_window);
            week[self.calendar.of_day(day as u32)].add(sum, next - at);
            at = next;
        }
        let at = &mut self.at_work[agent as usize];
        let rest = activity == Activity::Break;
        at.note_rest(rest, from, to);
        at.add_over_hours(activity, rest, from, to);
    }

    /// Where a moment lies among the cells.
    #[inline(always)]
    fn moment(&self, time: Micros) -> Moment {
        let in_window = time.clamp(self.from, self.to) - self.from;
        // Rounded down, the product is the cell or, next to its start, the cell before.
        let cell = ((u128::from(in_window) * u128::from(self.cells_a_tick)) >> 64) as u64;
        let cell = cell + u64::from(in_window - cell * self.interval >= self.interval);
        Moment { in_window, cell: cell as usize, left: (cell + 1) * self.interval - in_window }
    }

    pub(super) fn left(&mut self, shift: &ShiftSummary) {
        self.stops_taking_calls(shift.agent, shift.left);
        if !self.is_measured(shift.day) {
            return;
        }
        let at = &mut self.at_work[shift.agent as usize];
        if shift.left > at.hour_start {
            at.close_hour(shift.left);
        }
        let at = self.at_work[shift.agent as usize];
        let team = self.team_of[shift.agent as usize] as usize;
        let late = shift.left.saturating_sub(shift.end);
        let unpaid = if self.late_paid[team] { 0 } else { late.saturating_sub(shift.overtime) };
        let sums = self.sums_of(team, shift.day);
        sums.add(Sum::ShiftsWorked, 1);
        sums.add(Sum::AgentHours, at.hours);
        sums.add(Sum::HoursHigh, at.hours_high);
        sums.add(Sum::HoursRested, at.hours_rested);
        sums.add(Sum::Breaks, u64::from(shift.breaks));
        sums.add(Sum::BreaksLate, u64::from(shift.breaks_late));
        sums.add(Sum::BreakDelay, shift.break_delay);
        sums.add(Sum::BreaksMissed, u64::from(shift.breaks_missed));
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
            let weekday = self.calendar.of_day(((now - self.from) / DAY) as u32);
            let sums = &mut self.week[self.team_of[agent as usize] as usize][weekday];
            sums.add(Sum::CaughtUp, 1);
            sums.add(Sum::CaughtUpAge, now - put_off);
        }
    }

    /// By measured cell.
    pub(super) fn cells(&self) -> &[StaffCell] {
        &self.cells
    }

    /// The same of a team, of several; nothing of the only one.
    pub(super) fn cells_of_team(&self, team: usize) -> &[StaffCell] {
        self.by_team.get(team).map_or(&[], |team| &team.cells)
    }

    /// Works out all cells; with several teams, the centre's are the sum of theirs.
    fn add_up(&mut self) {
        if self.by_team.is_empty() {
            return add_up(&mut self.cells, &self.steps, self.interval);
        }
        self.cells.fill(StaffCell::default());
        for team in &mut self.by_team {
            add_up(&mut team.cells, &team.steps, self.interval);
            self.cells.iter_mut().zip(&team.cells).for_each(|(all, own)| all.merge(own));
        }
    }

    /// Works out fairness, pay and what follows from other sums.
    pub(super) fn finish(&mut self) {
        self.add_up();
        for (team, week) in self.week.iter_mut().enumerate() {
            let cells = self.by_team.get(team).map_or(&self.cells, |own| &own.cells);
            for (day, cells) in cells.chunks(self.calendar.cells_a_day as usize).enumerate() {
                let sums = &mut week[self.calendar.of_day(day as u32)];
                for cell in cells {
                    sums.add(Sum::Busy, cell.busy);
                    sums.add(Sum::Available, cell.available);
                    sums.add(Sum::SignedOn, cell.signed_on);
                }
            }
        }
        self.worked.sort_unstable();
        for group in self.worked.chunk_by(|a, b| (a.0, a.1, a.2) == (b.0, b.1, b.2)) {
            let shares: Vec<f64> =
                group.iter().filter(|w| w.3 + w.4 > 0).map(|w| w.3 as f64 / (w.3 + w.4) as f64).collect();
            if shares.len() >= 2 {
                let n = shares.len() as f64;
                let mean = shares.iter().sum::<f64>() / n;
                let variance = shares.iter().map(|s| (s - mean) * (s - mean)).sum::<f64>() / (n - 1.0);
                let weekday = self.calendar.of_day(group[0].1 - self.first_day);
                let sums = &mut self.week[group[0].0 as usize][weekday];
                sums.add(Sum::FairGroups, 1);
                sums.add(Sum::FairSpread, (libm::sqrt(variance) * Satisfied::ONE + 0.5) as u64);
            }
        }
        for ((week, sums), pay) in self.week.iter_mut().zip(&mut self.sums).zip(&self.pay) {
            for day in week {
                sums.merge(day);
                // Microseconds times pay an hour, in millionths of the currency; rounded of the days so far, so that the
                // days add up to what all of them cost.
                let so_far = (sums.of(Sum::Paid) as f64 * pay / 3600.0 + 0.5) as u64;
                let cost = so_far - sums.of(Sum::Cost);
                day.add(Sum::Cost, cost);
                sums.add(Sum::Cost, cost);
            }
        }
        #[cfg(debug_assertions)]
        self.check_time();
    }

    /// The clock's cells and the agents' own stretches tell the same time.
    #[cfg(debug_assertions)]
    fn check_time(&self) {
        let mut time = vec![[0; 2]; self.sums.len()];
        for (at, team) in self.at_work.iter().zip(&self.team_of) {
            let [busy, idle] = &mut time[*team as usize];
            assert_eq!(at.takes_calls_since, NOT_TAKING_CALLS, "everybody has left");
            (*busy, *idle) = (*busy + at.window_busy, *idle + at.window_taking_calls - at.window_busy);
        }
        for (sums, [busy, idle]) in self.sums.iter().zip(time) {
            assert_eq!([Sum::Busy, Sum::Available].map(|sum| sums.of(sum)), [busy, idle]);
            assert_eq!(sums.of(Sum::SignedOn), busy + idle + sums.of(Sum::BacklogTime));
        }
    }
}
