//! The twin's agents: shifts, pauses, put-off work, going home.

use super::simulator::{Agent, Call, Doing, Event, NO_CASE, Phase, Twin, WorkTime};
use super::told::Told;
use answerable::engine::{Activity, ShiftSummary};
use answerable::scenario::{Closing, PauseKind, ShiftEnd};
use answerable::unit::{DAY, Micros};

impl Agent {
    pub(super) fn new(team: usize) -> Agent {
        Agent {
            team,
            doing: Doing::Off,
            serial: 0,
            since: 0,
            callable_since: 0,
            day: u32::MAX,
            shift: 0,
            start: 0,
            end: 0,
            ended: false,
            no_more_calls: false,
            next_pause: 0,
            pause_due: false,
            wants: false,
            hopes: false,
            delay: 0,
            overtime: 0,
            breaks: 0,
            breaks_late: 0,
            break_delay: 0,
            pieces: Vec::new(),
        }
    }
}

impl Twin<'_> {
    /// Tells what an agent did since the last change, and takes put-off work done off its piece.
    pub(super) fn spell(&mut self, agent: usize) {
        let (now, shifts) = (self.now, &self.setting.shifts);
        let a = &mut self.agents[agent];
        let length = now - a.since;
        let activity = match a.doing {
            Doing::Off => return,
            Doing::Idle | Doing::NoMoreCalls => Activity::Idle,
            Doing::Call { .. } | Doing::Stays { .. } => Activity::Call,
            Doing::Pause { pause, .. } => match shifts[a.shift].pauses[pause].kind {
                PauseKind::PaidBreak | PauseKind::UnpaidBreak => Activity::Break,
                PauseKind::OffPhone | PauseKind::Paperwork => Activity::OffPhone,
            },
            Doing::Work { time: WorkTime::Overtime, .. } => Activity::Overtime,
            Doing::Work { .. } => Activity::Backlog,
        };
        if let Doing::Work { .. } = a.doing {
            a.pieces[0].left -= length;
        }
        // A call answered before the shift's end, at the very instant even, is a late finish and not overtime.
        let after_shift =
            matches!(a.doing, Doing::Call { after_shift: true, .. } | Doing::Stays { after_shift: true, .. });
        if activity == Activity::Overtime || after_shift {
            a.overtime += length;
        }
        if length > 0 {
            self.log.tell(Told::Spent { agent: agent as u32, activity, from: a.since, to: now });
        }
        a.since = now;
    }

    /// Begins something that ends at a moment, if it has one.
    pub(super) fn begin(&mut self, agent: usize, doing: Doing, until: Option<Micros>) {
        let a = &mut self.agents[agent];
        a.doing = doing;
        a.since = self.now;
        a.serial += 1;
        let serial = a.serial;
        if let Some(until) = until {
            self.at(until, Phase::EndsOfWork, Event::WorkEnds { agent, serial });
        }
    }

    pub(super) fn work_ends(&mut self, agent: usize) {
        self.spell(agent);
        match self.agents[agent].doing {
            Doing::Call { talked, .. } => {
                // Without any wrap talk ends here.
                if talked || !self.passes_on(agent) {
                    self.settle(agent);
                    self.free(agent);
                }
            }
            Doing::Pause { .. } => self.free(agent),
            Doing::Work { time, pause, until } => self.work_pauses(agent, time, pause, until),
            Doing::Off | Doing::Idle | Doing::NoMoreCalls | Doing::Stays { .. } => {
                panic!("an agent at rest has no end of work")
            }
        }
    }

    /// An agent has finished something: goes home, takes the pause that is due, takes callers again.
    pub(super) fn free(&mut self, agent: usize) {
        let a = &self.agents[agent];
        if a.ended {
            self.stay_or_go(agent);
        } else if a.pause_due {
            self.begin_pause(agent);
        } else if a.no_more_calls {
            self.wind_down(agent);
        } else {
            self.become_idle(agent);
        }
    }

    /// Callable from now on; who is answered, and who turns to put-off work, is decided when all of this instant's
    /// ends of work and shift starts are over.
    fn become_idle(&mut self, agent: usize) {
        self.begin(agent, Doing::Idle, None);
        self.agents[agent].callable_since = self.now;
        self.at(self.now, Phase::Answering, Event::Answer);
    }

    /// After answering nobody waits whom an idle agent serves: those kept past their shift go, others turn to put-off
    /// work.
    pub(super) fn rest(&mut self) {
        for agent in 0..self.agents.len() {
            let a = &self.agents[agent];
            if a.doing != Doing::Idle {
                continue;
            }
            if a.ended {
                self.spell(agent);
                self.go_home(agent);
            } else if self.works_in_idle_time(a.team) && !a.pieces.is_empty() {
                self.spell(agent);
                self.work(agent, WorkTime::Idle, 0, Micros::MAX);
            }
        }
    }

    /// Begins or goes on with the first piece of put-off work.
    fn work(&mut self, agent: usize, time: WorkTime, pause: usize, until: Micros) {
        let done = self.now + self.agents[agent].pieces[0].left;
        self.begin(agent, Doing::Work { time, pause, until }, Some(done.min(until)));
    }

    /// A piece of put-off work is done, or the time for it is over.
    fn work_pauses(&mut self, agent: usize, time: WorkTime, pause: usize, until: Micros) {
        if self.agents[agent].pieces[0].left == 0 {
            let piece = self.agents[agent].pieces.remove(0);
            let (size, put_off) = (piece.size, piece.put_off);
            self.log.tell(Told::CaughtUp { agent: agent as u32, size, put_off, at: self.now });
            if piece.case != NO_CASE {
                self.cases[piece.case].pending -= 1;
                self.close_if_over(piece.case);
            }
        }
        let more = !self.agents[agent].pieces.is_empty() && self.now < until;
        match time {
            // Callers are looked for between two pieces.
            WorkTime::Idle if !self.setting.backlog.interruptible => self.free(agent),
            _ if more => self.work(agent, time, pause, until),
            // Callable all along: the place among the idle is kept.
            WorkTime::Idle => self.begin(agent, Doing::Idle, None),
            // The rest of the time is spent off the phone.
            WorkTime::Paperwork if self.now < until => {
                self.begin(agent, Doing::Pause { pause, until }, Some(until));
            }
            WorkTime::Paperwork => self.free(agent),
            WorkTime::LastMinutes => self.begin(agent, Doing::NoMoreCalls, None),
            WorkTime::Overtime => self.leave(agent),
        }
    }

    pub(super) fn shift_starts(&mut self, agent: usize, day: u32, shift: usize) {
        let s = &self.setting.shifts[shift];
        let midnight = u64::from(day) * DAY;
        if self.agents[agent].doing != Doing::Off {
            // Straight on from the shift before, or still busy from it.
            self.spell(agent);
            self.sum_up(agent);
        }
        let a = &mut self.agents[agent];
        (a.day, a.shift) = (day, shift);
        (a.start, a.end) = (midnight + s.start, midnight + s.end);
        (a.ended, a.no_more_calls, a.next_pause, a.pause_due, a.delay) = (false, false, 0, false, 0);
        (a.wants, a.hopes) = (false, false);
        (a.overtime, a.breaks, a.breaks_late, a.break_delay) = (0, 0, 0, 0);
        if let Doing::Call { after_shift, .. } | Doing::Stays { after_shift, .. } = &mut a.doing {
            *after_shift = false;
        }
        self.log.tell(Told::Started { agent: agent as u32, at: self.now });
        self.await_pause(agent);
        match self.agents[agent].doing {
            // Who was about to go can be called out of wrap again.
            Doing::Call { .. } => self.at(self.now, Phase::Answering, Event::Answer),
            // An idle agent stays idle, idle time's work goes on.
            Doing::Idle | Doing::Stays { .. } | Doing::Work { time: WorkTime::Idle, .. } => {}
            Doing::Off | Doing::NoMoreCalls | Doing::Pause { .. } | Doing::Work { .. } => {
                self.become_idle(agent);
            }
        }
    }

    /// The next pause falls due at its rostered time, moved by what earlier ones were late; one that would start
    /// at the shift's end or later is lost. A window opens when it opens.
    fn await_pause(&mut self, agent: usize) {
        let a = &self.agents[agent];
        let Some(pause) = self.setting.shifts[a.shift].pauses.get(a.next_pause) else { return };
        let fixed = pause.start == pause.latest;
        let due = (u64::from(a.day) * DAY + pause.start + if fixed { a.delay } else { 0 }).max(self.now);
        if due < a.end {
            let event = Event::BreakDue { agent, day: a.day, pause: a.next_pause };
            self.at(due, Phase::BreakStarts, event);
        }
    }

    pub(super) fn break_due(&mut self, agent: usize, day: u32, pause: usize) {
        let a = &self.agents[agent];
        if a.day != day || a.next_pause != pause || a.ended || self.must_ask(agent) {
            return;
        }
        self.go_on_pause(agent);
    }

    /// The next pause begins, at once or after what cannot be left.
    pub(super) fn go_on_pause(&mut self, agent: usize) {
        match self.agents[agent].doing {
            // A pause takes its full length, paperwork time as any other.
            Doing::Call { .. }
            | Doing::Stays { .. }
            | Doing::Pause { .. }
            | Doing::Work { time: WorkTime::Paperwork, .. } => self.agents[agent].pause_due = true,
            // Put-off work is interrupted at once.
            Doing::Idle | Doing::NoMoreCalls | Doing::Work { .. } => {
                self.spell(agent);
                self.begin_pause(agent);
            }
            Doing::Off => panic!("an agent leaves only after the shift's end"),
        }
    }

    fn begin_pause(&mut self, agent: usize) {
        let now = self.now;
        let a = &mut self.agents[agent];
        let pause = a.next_pause;
        let p = self.setting.shifts[a.shift].pauses[pause];
        // Late is what begins after the last moment at which it would have been in time.
        a.delay = now.saturating_sub(u64::from(a.day) * DAY + p.latest);
        if p.kind == PauseKind::PaidBreak || p.kind == PauseKind::UnpaidBreak {
            a.breaks += 1;
            a.breaks_late += u32::from(a.delay > 0);
            a.break_delay += a.delay;
        }
        a.pause_due = false;
        a.next_pause += 1;
        let until = now + p.length;
        let paperwork = p.kind == PauseKind::Paperwork && !a.pieces.is_empty();
        self.await_pause(agent);
        if paperwork {
            self.work(agent, WorkTime::Paperwork, pause, until);
        } else {
            self.begin(agent, Doing::Pause { pause, until }, Some(until));
        }
    }

    /// From now to the shift's end the agent takes no new call.
    pub(super) fn last_minutes(&mut self, agent: usize, day: u32) {
        if self.agents[agent].day != day {
            return;
        }
        self.agents[agent].no_more_calls = true;
        let interruptible = self.setting.backlog.interruptible;
        match self.agents[agent].doing {
            Doing::Idle => {
                self.spell(agent);
                self.wind_down(agent);
            }
            Doing::Work { time: WorkTime::Idle, .. } if interruptible => {
                self.spell(agent);
                self.wind_down(agent);
            }
            _ => {}
        }
    }

    /// What is left of the shift goes to put-off work, if idle time does.
    fn wind_down(&mut self, agent: usize) {
        let a = &self.agents[agent];
        if self.works_in_idle_time(a.team) && !a.pieces.is_empty() && self.now < a.end {
            let until = a.end;
            self.work(agent, WorkTime::LastMinutes, 0, until);
        } else {
            self.begin(agent, Doing::NoMoreCalls, None);
        }
    }

    pub(super) fn shift_ends(&mut self, agent: usize, day: u32) {
        // The end of a shift left for the next one is past.
        if self.agents[agent].day != day {
            return;
        }
        let a = &mut self.agents[agent];
        (a.ended, a.pause_due, a.wants, a.hopes) = (true, false, false, false);
        if let Doing::Call { talk_end, until, .. } = self.agents[agent].doing {
            // Under finish-call the wrap is put off, unless closing time keeps the agent on shift.
            let cut = talk_end.max(self.now);
            if self.setting.shift_end == ShiftEnd::FinishCall && !self.stays_to_finish(agent) && cut < until {
                let since = self.agents[agent].since;
                let mut doing = self.agents[agent].doing;
                if let Doing::Call { until, .. } = &mut doing {
                    *until = cut;
                }
                self.begin(agent, doing, Some(cut));
                self.agents[agent].since = since;
            }
        } else if !matches!(self.agents[agent].doing, Doing::Stays { .. }) {
            // On a break, at paperwork or at rest: whoever was there at closing stays while somebody waits.
            self.spell(agent);
            self.stay_or_go(agent);
        }
    }

    /// Past the shift's end: kept to finish the queue, or free to go.
    fn stay_or_go(&mut self, agent: usize) {
        if self.stays_to_finish(agent) && self.somebody_waits_for(agent) {
            self.become_idle(agent);
        } else {
            self.go_home(agent);
        }
    }

    /// Whether an agent was on shift at a closing time that has come, in a centre whose agents then stay.
    pub(super) fn stays_to_finish(&self, agent: usize) -> bool {
        let a = &self.agents[agent];
        self.setting.closing == Closing::StayToFinish
            && (0..self.horizon.total_days())
                .filter_map(|day| self.closing(day))
                .any(|close| a.start < close && close <= a.end && close <= self.now)
    }

    fn somebody_waits_for(&self, agent: usize) -> bool {
        let team = self.agents[agent].team;
        let waiting = |of: &Call| {
            self.calls.iter().filter(|c| c.waiting && (c.queue, c.site) == (of.queue, of.site)).count()
        };
        !self.is_cut_off(agent)
            && self.calls.iter().filter(|c| c.waiting).any(|c| {
                let mut steps = self.setting.queues[c.queue].overflow.iter();
                self.is_own(team, c.queue, c.site)
                    || steps.any(|o| {
                        o.teams.contains(&team)
                            && c.opened >= o.after
                            && waiting(c) > o.when_more_wait_than as usize
                    })
            })
    }

    /// After the shift: put-off work in overtime, if there is any and time for it.
    fn go_home(&mut self, agent: usize) {
        let latest = self.agents[agent].end + self.setting.backlog.overtime;
        if self.now < latest && !self.agents[agent].pieces.is_empty() {
            self.work(agent, WorkTime::Overtime, 0, latest);
        } else {
            self.leave(agent);
        }
    }

    pub(super) fn leave(&mut self, agent: usize) {
        self.sum_up(agent);
        self.begin(agent, Doing::Off, None);
    }

    fn sum_up(&mut self, agent: usize) {
        let a = &self.agents[agent];
        // What the rota has and the agent did not take.
        let is_break = |kind| kind == PauseKind::PaidBreak || kind == PauseKind::UnpaidBreak;
        let rostered = self.setting.shifts[a.shift].pauses.iter().filter(|p| is_break(p.kind)).count();
        self.log.tell(Told::Left(ShiftSummary {
            agent: agent as u32,
            day: a.day,
            shift: a.shift as u32,
            start: a.start,
            end: a.end,
            left: self.now,
            overtime: a.overtime,
            breaks: a.breaks,
            breaks_late: a.breaks_late,
            break_delay: a.break_delay,
            breaks_missed: rostered as u32 - a.breaks,
            backlog: a.pieces.iter().map(|p| p.left).sum(),
        }));
    }
}
