//! Shifts: their starts and ends, the pauses within them, closing time.

use super::agent::{State, WorkTime};
use super::observer::{Activity, Observer, ShiftSummary};
use super::outage::Down;
use super::plan::Plan;
use super::run::{Engine, Step};
use super::timers::{PauseDue, Phase, place};
use crate::scenario::{Closing, PauseKind, ShiftEnd};
use crate::unit::{DAY, Micros};
use crate::workforce::Duty;

/// A turn of the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RosterEvent {
    /// When, and in which phase.
    pub(super) place: u64,
    turn: Turn,
    pub(super) agent: u32,
    day: u32,
    shift: u32,
}

impl RosterEvent {
    /// Whether it is an agent's, not the centre's.
    pub(super) fn is_of_an_agent(&self) -> bool {
        !matches!(self.turn, Turn::Up | Turn::Closing | Turn::Outage | Turn::SiteOutage(..))
    }
}

/// Kinds of turn, in order at one instant and phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Turn {
    Start,
    LastCall,
    End,
    Closing,
    Outage,
    /// A site goes down until a moment.
    SiteOutage(u16, Micros),
    /// A site may be up again.
    Up,
}

impl Plan {
    /// What an agent on the pause before `next` of a shift is doing.
    pub(super) fn pause_activity(&self, shift: u32, next: u32) -> Activity {
        match self.setting.shifts[shift as usize].pauses[next as usize - 1].kind {
            PauseKind::PaidBreak | PauseKind::UnpaidBreak => Activity::Break,
            PauseKind::OffPhone | PauseKind::Paperwork => Activity::OffPhone,
        }
    }
}

impl Engine {
    /// Lays out the day's roster beside what is left of earlier days.
    pub(super) fn take_roster<O: Observer>(&mut self, plan: &Plan, day: u32, duties: &[Duty], seen: &mut O) {
        self.roster.drain(..self.next_roster);
        self.next_roster = 0;
        let midnight = Plan::day_start(day);
        for duty in duties {
            seen.rostered(duty.agent, day, duty.shift, duty.absent);
            if duty.absent {
                continue;
            }
            let shift = &plan.setting.shifts[duty.shift as usize];
            let event = |time: Micros, phase, turn| RosterEvent {
                place: place(midnight + time, phase),
                turn,
                agent: duty.agent,
                day,
                shift: duty.shift,
            };
            self.roster.push(event(shift.start, Phase::Start, Turn::Start));
            if let ShiftEnd::StopEarly(last) = plan.setting.shift_end {
                let from = shift.end.saturating_sub(last).max(shift.start);
                self.roster.push(event(from, Phase::End, Turn::LastCall));
            }
            self.roster.push(event(shift.end, Phase::End, Turn::End));
        }
        if let (Some(close), Closing::TurnAway) = (plan.closing(day), plan.setting.closing) {
            let place = place(close, Phase::End);
            self.roster.push(RosterEvent { place, turn: Turn::Closing, agent: 0, day, shift: 0 });
        }
        let today = midnight..midnight + DAY;
        for Down { start, end, site } in plan.door.iter().flat_map(|door| &door.outages) {
            let mut turn = |time: &Micros, phase, turn| {
                if today.contains(time) {
                    self.roster.push(RosterEvent {
                        place: place(*time, phase),
                        turn,
                        agent: 0,
                        day,
                        shift: 0,
                    });
                }
            };
            match site {
                None => turn(start, Phase::End, Turn::Outage),
                Some(site) => {
                    turn(start, Phase::End, Turn::SiteOutage(*site as u16, *end));
                    turn(end, Phase::Start, Turn::Up);
                }
            }
        }
        self.roster.sort_unstable();
    }
}

impl<O: Observer> Step<'_, O> {
    /// A turn of the roster.
    pub(super) fn turn(&mut self, event: RosterEvent) {
        if event.is_of_an_agent() {
            self.wake(event.agent);
        }
        match event.turn {
            Turn::Start => self.start_shift(event),
            Turn::Closing => self.turn_away(),
            Turn::Outage => self.goes_down(),
            Turn::SiteOutage(site, until) => self.site_goes_down(usize::from(site), until),
            Turn::Up => self.site_comes_up(),
            // The end of a shift that the agent has already left for the next one is past.
            _ if self.e.agents[event.agent as usize].shift_day != event.day => {}
            Turn::LastCall => self.stop_taking_calls(event.agent),
            Turn::End => self.end_shift(event.agent),
        }
    }

    fn start_shift(&mut self, event: RosterEvent) {
        let (agent, now) = (event.agent, self.e.now);
        let state = self.e.agents[agent as usize].state;
        if state != State::Off {
            // Straight on from the shift before, or still busy from it.
            match state {
                State::Work(_) => self.note_progress(agent),
                _ => self.note_spell(agent),
            }
            self.sum_up(agent, now);
        }
        self.forget_breaks(agent);
        let shift = &self.plan.setting.shifts[event.shift as usize];
        let midnight = Plan::day_start(event.day);
        let a = &mut self.e.agents[agent as usize];
        a.shift = event.shift;
        a.shift_day = event.day;
        a.shift_start = midnight + shift.start;
        a.shift_end = midnight + shift.end;
        a.next_pause = 0;
        (a.pause_due, a.delay, a.ended, a.closing, a.past_end) = (false, 0, false, false, false);
        (a.overtime, a.breaks, a.breaks_late, a.break_delay) = (0, 0, 0, 0);
        a.since = now;
        self.seen.started(agent, event.day, now);
        if state == State::Off {
            self.note_on_duty(agent, 1);
        }
        self.await_pause(agent);
        match state {
            State::Off | State::Closing | State::Pause => self.hold(agent),
            State::Wrap => self.list(agent),
            State::Work(WorkTime::Idle) | State::Idle | State::Call | State::Talk | State::Staying => {}
            State::Work(time) => {
                self.stop_work(agent, time);
                self.hold(agent);
            }
        }
    }

    /// Sets a timer for the next pause of the shift: one at a time is moved by what earlier ones were late, a window
    /// stays where it is.
    fn await_pause(&mut self, agent: u32) {
        let due = self.next_pause_due(agent);
        if self.e.follows {
            match due {
                Some(due) => self.e.pauses.set(agent, due),
                None => self.e.pauses.withdraw_if_set(agent),
            }
            self.look_for_next_turn();
        } else if let Some(due) = due {
            let a = &self.e.agents[agent as usize];
            self.e.timers.await_pause(due, PauseDue { agent, day: a.shift_day, pause: a.next_pause });
        }
    }

    /// When the next pause of an agent's shift is due, if there is one.
    fn next_pause_due(&self, agent: u32) -> Option<Micros> {
        let a = &self.e.agents[agent as usize];
        let pause = self.plan.setting.shifts[a.shift as usize].pauses.get(a.next_pause as usize)?;
        let moved = if pause.latest > pause.start { 0 } else { a.delay };
        let due = (Plan::day_start(a.shift_day) + pause.start + moved).max(self.e.now);
        (due < a.shift_end).then_some(due)
    }

    /// A pause falls due: it begins at once unless the agent is on a call or another pause, or it is a break that
    /// must wait for a place or for quiet.
    pub(super) fn pause_falls_due(&mut self, due: PauseDue) {
        let a = &self.e.agents[due.agent as usize];
        if a.shift_day != due.day || a.next_pause != due.pause || a.ended || self.must_wait(due) {
            return;
        }
        self.take_pause(due.agent);
    }

    /// The next pause begins, or will when the call or the pause in hand ends.
    pub(super) fn take_pause(&mut self, agent: u32) {
        self.wake(agent);
        let a = self.e.agents[agent as usize];
        match a.state {
            State::Idle => self.no_longer_idle(agent),
            State::Work(WorkTime::Overtime) | State::Off => return,
            State::Work(time @ (WorkTime::Idle | WorkTime::LastMinutes)) => self.stop_work(agent, time),
            State::Closing => {}
            State::Call
            | State::Talk
            | State::Wrap
            | State::Staying
            | State::Pause
            | State::Work(WorkTime::Rostered) => {
                self.unlist(agent);
                self.e.agents[agent as usize].pause_due = true;
                if a.state == State::Call {
                    self.must_be_seen_to(agent);
                }
                return;
            }
        }
        self.note_spell(agent);
        self.begin_pause(agent);
    }

    /// Begins the pause that is due; it takes its full length, and later ones move by what it is late.
    pub(super) fn begin_pause(&mut self, agent: u32) {
        let now = self.e.now;
        let a = &mut self.e.agents[agent as usize];
        let pause = self.plan.setting.shifts[a.shift as usize].pauses[a.next_pause as usize];
        let latest = Plan::day_start(a.shift_day) + pause.latest;
        a.delay = now.saturating_sub(latest);
        if pause.kind.is_break() {
            a.breaks += 1;
            if a.delay > 0 {
                a.breaks_late += 1;
                a.break_delay += a.delay;
            }
        }
        a.pause_due = false;
        a.next_pause += 1;
        a.since = now;
        a.state = State::Pause;
        a.until = now + pause.length;
        let until = a.until;
        self.await_pause(agent);
        if pause.kind == PauseKind::Paperwork && !self.e.backlog[agent as usize].is_empty() {
            self.begin_work(agent, WorkTime::Rostered, until);
        } else {
            self.e.clock.set(agent, until);
        }
    }

    /// A pause ends.
    pub(super) fn pause_ends(&mut self, agent: u32) {
        self.note_spell(agent);
        self.end_break(agent);
        self.free(agent);
    }

    /// From now on the agent takes no new call.
    fn stop_taking_calls(&mut self, agent: u32) {
        self.e.agents[agent as usize].closing = true;
        let a = self.e.agents[agent as usize];
        match a.state {
            State::Idle => {
                self.no_longer_idle(agent);
                self.wind_down(agent);
            }
            State::Work(WorkTime::Idle) if self.plan.interruptible => {
                self.stop_work(agent, WorkTime::Idle);
                self.wind_down(agent);
            }
            State::Wrap => self.unlist(agent),
            State::Call => self.must_be_seen_to(agent),
            _ => {}
        }
    }

    /// What is left of the shift is for put-off work, if that is done in idle time.
    pub(super) fn wind_down(&mut self, agent: u32) {
        self.note_spell(agent);
        let until = self.e.agents[agent as usize].shift_end;
        if self.works_in_idle_time(agent) && until > self.e.now {
            self.begin_work(agent, WorkTime::LastMinutes, until);
        } else {
            let a = &mut self.e.agents[agent as usize];
            a.state = State::Closing;
            a.since = self.e.now;
            self.e.clock.withdraw(agent);
        }
    }

    /// A shift ends: an agent who is not on a call goes, another when the call is done.
    fn end_shift(&mut self, agent: u32) {
        let now = self.e.now;
        self.e.agents[agent as usize].ended = true;
        self.forget_breaks(agent);
        let a = self.e.agents[agent as usize];
        match a.state {
            // When the stay is over it is seen what becomes of the wrap.
            State::Off | State::Staying => {}
            State::Call | State::Talk | State::Wrap => {
                self.unlist(agent);
                if a.state == State::Call {
                    self.must_be_seen_to(agent);
                }
                if self.plan.setting.shift_end == ShiftEnd::FinishCall && !self.stays_open(agent) {
                    let until = a.talk_end.max(now);
                    if until < a.until {
                        self.e.agents[agent as usize].until = until;
                        self.e.clock.set(agent, until);
                    }
                }
            }
            State::Idle => {
                self.note_spell(agent);
                self.no_longer_idle(agent);
                self.go_home(agent);
            }
            State::Work(time) => {
                self.stop_work(agent, time);
                self.stay_or_go(agent);
            }
            State::Pause | State::Closing => {
                self.note_spell(agent);
                self.stay_or_go(agent);
            }
        }
    }

    /// An agent away from calls at the shift's end stays as well where agents stay to finish and somebody waits.
    fn stay_or_go(&mut self, agent: u32) {
        if self.stays(agent) {
            self.hold(agent);
            if !self.e.follows {
                self.answer_freed();
            }
        } else {
            self.go_home(agent);
        }
    }

    /// Whether an agent was on shift at a closing time, in a centre whose agents then stay until the queue is empty.
    pub(super) fn stays_open(&self, agent: u32) -> bool {
        let a = &self.e.agents[agent as usize];
        let last = (a.shift_end.min(self.e.now) / DAY) as u32;
        self.plan.setting.closing == Closing::StayToFinish
            && (a.shift_day..=last)
                .filter_map(|day| self.plan.closing(day))
                .any(|close| a.shift_start < close && close <= a.shift_end && close <= self.e.now)
    }

    /// Whether an agent past the shift's end stays for callers who still wait.
    pub(super) fn stays(&mut self, agent: u32) -> bool {
        let group = self.e.agents[agent as usize].group;
        self.stays_open(agent) && self.somebody_waits(group)
    }

    /// An agent past the shift's end does put-off work in overtime, if there is any, else leaves.
    pub(super) fn go_home(&mut self, agent: u32) {
        let latest = self.e.agents[agent as usize].shift_end + self.plan.setting.backlog.overtime;
        if self.e.now < latest && !self.e.backlog[agent as usize].is_empty() {
            self.begin_work(agent, WorkTime::Overtime, latest);
        } else {
            self.leave(agent);
        }
    }

    /// An agent leaves.
    pub(super) fn leave(&mut self, agent: u32) {
        self.sum_up(agent, Micros::MAX);
        self.note_on_duty(agent, -1);
        self.e.agents[agent as usize].state = State::Off;
        self.e.clock.withdraw(agent);
    }

    /// Tells of a worked shift, with what work was put off by a moment: that of a call in hand may be known before its end.
    fn sum_up(&mut self, agent: u32, by: Micros) {
        let a = &self.e.agents[agent as usize];
        let backlog = self.e.backlog[agent as usize].iter().filter(|w| w.put_off <= by).map(|w| w.left).sum();
        let pauses = &self.plan.setting.shifts[a.shift as usize].pauses[a.next_pause as usize..];
        let breaks_missed = pauses.iter().filter(|pause| pause.kind.is_break()).count() as u32;
        self.seen.left(&ShiftSummary {
            agent,
            day: a.shift_day,
            shift: a.shift,
            start: a.shift_start,
            end: a.shift_end,
            left: self.e.now,
            overtime: a.overtime,
            breaks: a.breaks,
            breaks_late: a.breaks_late,
            break_delay: a.break_delay,
            breaks_missed,
            backlog,
        });
    }
}
