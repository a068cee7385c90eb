//! The naive twin of the engine: the model page's sections 2 to 6 and 12 written down as plainly as possible.
//!
//! One sorted set holds every event of the whole horizon as (moment, phase, event); calls and cases live in plain
//! lists, never reused, scanned from end to end. Nothing here is fast. It shares with the engine the draws (addressed
//! keys), the laws' samplers, rates by day and the cloud of first calls; no line of `engine` or `response`.

use super::told::{Log, Told};
use answerable::demand::Rates;
use answerable::engine::CallKind;
use answerable::law::{Law, Sampler};
use answerable::random::{CaseId, Key, Purpose};
use answerable::scenario::{Closing, Horizon, Rota, Setting, ShiftEnd, Team};
use answerable::unit::{DAY, Date, Micros};
use std::collections::BTreeSet;

/// What happens at one instant, in this order (section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    EndsOfWork,
    ShiftStarts,
    Answering,
    ShiftEnds,
    Closing,
    Outage,
    BreakStarts,
    Arrivals,
    /// Those who arrived take their lines, by identity.
    Entering,
    AnsweringArrivals,
    Timers,
}

/// Why a call is made, in the order of ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    First,
    Repeat,
    Chase,
}

impl Kind {
    pub(super) fn told(self) -> CallKind {
        match self {
            Kind::First => CallKind::First,
            Kind::Repeat => CallKind::Repeat,
            Kind::Chase => CallKind::Chase,
        }
    }
}

/// A call to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Coming {
    pub(super) id: CaseId,
    pub(super) kind: Kind,
    pub(super) redial: bool,
    pub(super) chase: u16,
    pub(super) chase_attempt: u16,
}

/// An event. Within a phase the order is that of identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// What an agent is doing ends, if it still is the agent's `serial`-th doing.
    WorkEnds {
        agent: usize,
        serial: u64,
    },
    ShiftStarts {
        agent: usize,
        day: u32,
        shift: usize,
    },
    /// The caller of an agent's `serial`-th doing goes.
    TalkEnds {
        agent: usize,
        serial: u64,
    },
    /// The wrap of an agent's `serial`-th doing can be ended for a caller from now on.
    Releasable {
        agent: usize,
        serial: u64,
    },
    /// An agent's stay with a caller who is passed on ends, if it still is the agent's `serial`-th doing.
    StayEnds {
        agent: usize,
        serial: u64,
    },
    /// Waiting callers and callable agents are brought together.
    Answer,
    LastMinutes {
        agent: usize,
        day: u32,
    },
    ShiftEnds {
        agent: usize,
        day: u32,
    },
    CentreCloses,
    GoesDown {
        /// Two outages may be alike.
        nth: usize,
    },
    SiteGoesDown {
        site: usize,
        end: Micros,
        nth: usize,
    },
    BreakDue {
        agent: usize,
        day: u32,
        pause: usize,
    },
    /// Breaks that wait for a place or for quiet are looked at.
    Breaks,
    Arrives(Coming),
    /// A caller's way through the menu ends.
    MenuEnds {
        call: usize,
    },
    /// A callback is offered that the caller will accept.
    CallbackOffered {
        call: usize,
    },
    /// The next try to call back is due.
    CallbackDue {
        call: usize,
    },
    /// Whoever arrived at this instant comes in.
    Enter,
    PatienceEnds {
        call: usize,
    },
    /// The caller with whom an agent stayed has gone.
    LeftAlone {
        agent: usize,
    },
    /// A caller has waited so long that others may answer.
    Opens {
        call: usize,
    },
    /// They do.
    AnswerOpened,
}

/// An attempt, kept for good.
#[derive(Debug, Clone, Copy)]
pub(super) struct Call {
    pub(super) coming: Coming,
    pub(super) case: usize,
    /// Attempts of the case before it.
    pub(super) attempt: u16,
    /// The same without chases: the address of its patience and its redial.
    pub(super) number: u32,
    pub(super) queue: usize,
    /// The site the caller is sent to, where the queue's sites are separate.
    pub(super) site: Option<usize>,
    pub(super) arrived: Micros,
    pub(super) waiting: bool,
    /// The longest wait so far after which others may answer.
    pub(super) opened: Micros,
    pub(super) talk: Micros,
    pub(super) wrap: Micros,
    /// How long the caller would wait; none for one who never gives up.
    pub(super) patience: Option<Micros>,
    /// In the menu, and whether to leave in it.
    pub(super) menu: Option<bool>,
    /// When the caller rang off to be called back, tries so far, and whether one is due only later.
    pub(super) rung_off: Option<Micros>,
    pub(super) tries: u32,
    pub(super) rests: bool,
    /// Lost in the menu, whose end is still to come.
    pub(super) lost: bool,
    /// How often the caller was passed on before, and what is known of that.
    pub(super) leg: u8,
    pub(super) passing: Passing,
}

/// What transfers leave of a call.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Passing {
    /// On the way from one queue to another at this instant.
    pub(super) moves: bool,
    /// Whether the caller was passed on.
    pub(super) passed: bool,
    /// Answers of the case before this conversation.
    pub(super) n: u32,
    /// Whether its call is the first one answered of the case; whether it is a repeat for cut work.
    pub(super) of_first: bool,
    pub(super) for_cut: bool,
    /// Who stays with the caller, and how long that agent will hand over.
    pub(super) companion: Option<usize>,
    pub(super) handover: Micros,
    /// Whether the caller had been rung back, which takes no line.
    pub(super) off_line: bool,
}

/// A case, kept for good.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case {
    pub(super) id: CaseId,
    pub(super) key: Key,
    pub(super) waited: Micros,
    pub(super) talked: Micros,
    pub(super) attempts: u16,
    /// Attempts that were not chases.
    pub(super) own_attempts: u32,
    pub(super) answered_calls: u32,
    /// Answered calls that were not chases.
    pub(super) answers: u32,
    pub(super) redials: u32,
    pub(super) chases: u16,
    /// Pieces of put-off work not yet done.
    pub(super) pending: u32,
    /// Calls waiting, talking or certain to come.
    pub(super) live: u32,
    pub(super) resolved: bool,
    pub(super) first_resolved: bool,
    pub(super) called_again: bool,
    /// Whether the first attempt reached an agent, and whether the latest answer's repeat is for cut work alone.
    pub(super) reached_first: bool,
    pub(super) for_cut: bool,
    /// End of the first answered call.
    pub(super) first_end: Option<Micros>,
    pub(super) closed: bool,
}

/// In which time put-off work is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum WorkTime {
    /// While nobody waits.
    Idle,
    /// A rostered pause for paperwork.
    Paperwork,
    /// The last minutes of a shift, when no new call is taken.
    LastMinutes,
    /// After the shift.
    Overtime,
}

/// What an agent is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    Off,
    Idle,
    /// Signed on, but taking no more calls.
    NoMoreCalls,
    Call {
        call: usize,
        answered: Micros,
        talk_end: Micros,
        until: Micros,
        /// Whether the caller has gone, and whether the wrap can be ended for another.
        talked: bool,
        releasable: bool,
        /// Whether it was.
        released: bool,
        /// Whether it was answered after the shift's end.
        after_shift: bool,
        /// Whether anybody answered, where the agent rang.
        reached: bool,
    },
    /// With a caller who is passed on: until when, once the next agent has answered.
    Stays {
        call: usize,
        leg: usize,
        answered: Micros,
        after_shift: bool,
        until: Option<Micros>,
    },
    Pause {
        pause: usize,
        until: Micros,
    },
    Work {
        time: WorkTime,
        pause: usize,
        until: Micros,
    },
}

/// In place of a case: work put off before the run.
pub(super) const NO_CASE: usize = usize::MAX;

/// A piece of put-off work.
#[derive(Debug, Clone, Copy)]
pub(super) struct Piece {
    pub(super) case: usize,
    pub(super) size: Micros,
    pub(super) left: Micros,
    pub(super) put_off: Micros,
}

/// An agent.
#[derive(Debug, Clone)]
pub(super) struct Agent {
    pub(super) team: usize,
    pub(super) doing: Doing,
    /// Counts doings, so that the end of one withdrawn is known for what it is.
    pub(super) serial: u64,
    pub(super) since: Micros,
    pub(super) callable_since: Micros,
    /// The shift: day, number, start, end.
    pub(super) day: u32,
    pub(super) shift: usize,
    pub(super) start: Micros,
    pub(super) end: Micros,
    pub(super) ended: bool,
    pub(super) no_more_calls: bool,
    pub(super) next_pause: usize,
    /// The next pause begins when what the agent does is done.
    pub(super) pause_due: bool,
    /// The next pause is due and waits for a place; its window is open and it waits for quiet.
    pub(super) wants: bool,
    pub(super) hopes: bool,
    /// By how much pauses have moved.
    pub(super) delay: Micros,
    pub(super) overtime: Micros,
    pub(super) breaks: u32,
    pub(super) breaks_late: u32,
    pub(super) break_delay: Micros,
    pub(super) pieces: Vec<Piece>,
}

/// One simulated day's input, common to both simulators.
#[derive(Debug, Default)]
pub(super) struct Day {
    /// The cloud's points.
    pub(super) drawn: answerable::demand::Drawn,
    /// The option's rates by queue and cell, busyness included.
    pub(super) rates: Vec<Vec<f64>>,
}

/// The twin.
pub(super) struct Twin<'a> {
    pub(super) setting: &'a Setting,
    pub(super) horizon: &'a Horizon,
    pub(super) root: Key,
    pub(super) rates: Vec<Rates>,
    pub(super) talk: Vec<Sampler>,
    pub(super) wrap: Vec<Sampler>,
    pub(super) patience: Vec<Option<Sampler>>,
    /// Handovers by queue and rule.
    pub(super) handover: Vec<Vec<Option<Sampler>>>,
    pub(super) repeat_delay: Sampler,
    pub(super) redial_delay: Sampler,
    pub(super) now: Micros,
    /// The end of the run.
    pub(super) end: Micros,
    pub(super) events: BTreeSet<(Micros, Phase, Event)>,
    pub(super) agents: Vec<Agent>,
    pub(super) calls: Vec<Call>,
    pub(super) cases: Vec<Case>,
    /// Calls of this instant: on their way in; at their queues, not yet known to wait.
    pub(super) arriving: Vec<usize>,
    pub(super) newcomers: Vec<usize>,
    /// Sites that have gone down, each with the end of its outage.
    pub(super) fallen: Vec<(usize, Micros)>,
    pub(super) log: Log,
}

impl<'a> Twin<'a> {
    /// A twin for one replication.
    pub(super) fn new(setting: &'a Setting, horizon: &'a Horizon, root: Key) -> Twin<'a> {
        let sampler = |law: &Law| Sampler::new(law);
        let mut agents = Vec::new();
        for (team, t) in setting.teams.iter().enumerate() {
            agents.extend((0..t.agents).map(|_| Agent::new(team)));
        }
        Twin {
            setting,
            horizon,
            root,
            rates: setting.queues.iter().map(|q| Rates::new(&q.demand, &setting.opening, horizon)).collect(),
            talk: setting.queues.iter().map(|q| sampler(&q.talk)).collect(),
            wrap: setting.queues.iter().map(|q| sampler(&q.wrap)).collect(),
            patience: setting.queues.iter().map(|q| q.patience.as_ref().map(sampler)).collect(),
            handover: setting
                .queues
                .iter()
                .map(|q| {
                    q.transfers.iter().map(|rule| Some(sampler(&rule.warm.as_ref()?.handover))).collect()
                })
                .collect(),
            repeat_delay: sampler(&setting.response.repeat_delay),
            redial_delay: sampler(&setting.response.redial_delay),
            now: 0,
            end: u64::from(horizon.total_days()) * DAY,
            events: BTreeSet::new(),
            agents,
            calls: Vec::new(),
            cases: Vec::new(),
            arriving: Vec::new(),
            newcomers: Vec::new(),
            fallen: Vec::new(),
            log: Log::default(),
        }
    }

    /// Simulates the horizon.
    pub(super) fn run(mut self, days: &[Day]) -> Vec<Told> {
        for (number, day) in days.iter().enumerate() {
            self.lay_out(number as u32, day);
        }
        for (nth, (start, _)) in self.outages().into_iter().enumerate() {
            self.at(start, Phase::Outage, Event::GoesDown { nth });
        }
        self.lay_out_sites();
        self.lay_out_start();
        while let Some((time, phase, event)) = self.events.pop_first() {
            // The run goes up to its end, not at it.
            if time >= self.end {
                break;
            }
            self.now = time;
            match event {
                Event::WorkEnds { agent, serial } if self.agents[agent].serial == serial => {
                    self.work_ends(agent);
                }
                Event::WorkEnds { .. } => {}
                Event::TalkEnds { agent, serial } => self.talk_ends(agent, serial),
                Event::Releasable { agent, serial } => self.wrap_lasts(agent, serial),
                Event::StayEnds { agent, serial } => self.stay_ends(agent, serial),
                Event::LeftAlone { agent } => self.are_left_alone(agent, phase),
                Event::Opens { call } => self.opens(call),
                Event::AnswerOpened => self.answer_waiting(),
                Event::ShiftStarts { agent, day, shift } => self.shift_starts(agent, day, shift),
                Event::Answer => {
                    self.answer_waiting();
                    self.judge_newcomers();
                }
                Event::CallbackOffered { call } => self.callback_offered(call),
                Event::MenuEnds { call } | Event::CallbackDue { call } => {
                    self.arriving.push(call);
                    self.at(self.now, Phase::Entering, Event::Enter);
                }
                Event::Enter => self.enter(),
                Event::LastMinutes { agent, day } => self.last_minutes(agent, day),
                Event::ShiftEnds { agent, day } => self.shift_ends(agent, day),
                Event::CentreCloses => self.turn_away(),
                Event::GoesDown { .. } => self.goes_down(),
                Event::SiteGoesDown { site, end, .. } => self.site_goes_down(site, end),
                Event::BreakDue { agent, day, pause } => self.break_due(agent, day, pause),
                Event::Breaks => {
                    self.give_breaks();
                    continue;
                }
                Event::Arrives(coming) => self.arrives(coming),
                Event::PatienceEnds { call } => self.patience_ends(call),
            }
            self.look_again();
        }
        self.finish();
        self.log.sorted()
    }

    pub(super) fn at(&mut self, time: Micros, phase: Phase, event: Event) {
        self.events.insert((time, phase, event));
    }

    /// Opening and closing moments of a simulated day. What lies beyond the run counts as open: nobody is there to
    /// tell.
    pub(super) fn hours(&self, day: u32) -> Option<(Micros, Micros)> {
        if day >= self.horizon.total_days() {
            return Some((0, Micros::MAX));
        }
        let midnight = u64::from(day) * DAY;
        let (open, close) = self.setting.opening.hours(self.horizon.date(day))?;
        Some((midnight + open, midnight + close))
    }

    /// The moment at which the centre closes on a day; none when it is closed all day or goes straight on into the
    /// next, the day after the run's last included.
    pub(super) fn closing(&self, day: u32) -> Option<Micros> {
        let (_, close) = self.setting.opening.hours(self.horizon.date(day))?;
        let next = self.setting.opening.hours(self.horizon.date(day + 1));
        let goes_on = close == DAY && next.is_some_and(|(open, _)| open == 0);
        (!goes_on).then_some(u64::from(day) * DAY + close)
    }

    /// A day's roster, closing and first calls.
    fn lay_out(&mut self, day: u32, input: &Day) {
        let midnight = u64::from(day) * DAY;
        self.roster(day);
        if let (Closing::TurnAway, Some(close)) = (self.setting.closing, self.closing(day)) {
            self.at(close, Phase::Closing, Event::CentreCloses);
        }
        let Some((open, close)) = self.hours(day) else { return };
        let drawn = &input.drawn;
        for (i, point) in drawn.points.iter().enumerate() {
            let (id, time) = (point.id, point.time);
            let cell = ((time - midnight) / self.horizon.interval) as usize;
            if time < open || time >= close {
                continue;
            }
            let rate = match self.setting.queues[id.queue()].demand.straight_lines {
                true => self.rate(&input.rates[id.queue()], time - midnight, day),
                false => input.rates[id.queue()][cell],
            };
            if drawn.height[i] < rate {
                let coming = Coming { id, kind: Kind::First, redial: false, chase: 0, chase_attempt: 0 };
                self.at(time, Phase::Arrivals, Event::Arrives(coming));
            }
        }
    }

    /// The rate at a time of an open day where it runs in straight lines: from the cell's start over its middle to its
    /// end, in the part of the cell that is open.
    fn rate(&self, rates: &[f64], time: Micros, day: u32) -> f64 {
        let Some((open, close)) = self.setting.opening.hours(self.horizon.date(day)) else { return 0.0 };
        let interval = self.horizon.interval;
        let of_cell = |start: Micros| {
            let is_open = start < close && start + interval > open;
            is_open.then(|| rates[(start / interval) as usize])
        };
        let start = time / interval * interval;
        let Some(here) = of_cell(start) else { return 0.0 };
        // Where the neighbour is closed, or there is none, the rate is level.
        let edge = |neighbour: Option<f64>| match neighbour {
            Some(rate) => (0.5 * (rate + here)).min(2.0 * rate).min(2.0 * here),
            None => here,
        };
        let left = edge(start.checked_sub(interval).and_then(of_cell));
        let right = edge(if start + interval < DAY { of_cell(start + interval) } else { None });
        let middle = 2.0 * here - 0.5 * (left + right);
        let (from, to) = (start.max(open), (start + interval).min(close));
        let part = (time - from) as f64 / (to - from) as f64;
        if part < 0.5 {
            left + (middle - left) * (2.0 * part)
        } else {
            middle + (right - middle) * (2.0 * part - 1.0)
        }
    }

    /// A day's shifts: row (k + week) modulo rows, weeks counted from Monday, week 0 the first measured one.
    fn roster(&mut self, day: u32) {
        let midnight = u64::from(day) * DAY;
        let date = self.horizon.date(day);
        let monday = date.plus(-i64::from(date.weekday().0));
        let start = self.horizon.start;
        let week = monday.days_since(start.plus(-i64::from(start.weekday().0))) / 7;
        let setting = self.setting;
        let mut agent = 0;
        for (t, team) in setting.teams.iter().enumerate() {
            for k in 0..team.agents {
                if let Some(shift) = self.rostered(team, k, week, date) {
                    let u = self.root.purpose(Purpose::Absence);
                    let u = u.uniform_at((t as u64) << 48 | u64::from(k) << 24 | u64::from(day));
                    let absent = u < team.absence;
                    let number = agent as u32;
                    self.log.tell(Told::Rostered { agent: number, day, shift: shift as u32, absent });
                    let s = &setting.shifts[shift];
                    if !absent {
                        let (from, to) = (midnight + s.start, midnight + s.end);
                        self.at(from, Phase::ShiftStarts, Event::ShiftStarts { agent, day, shift });
                        self.at(to, Phase::ShiftEnds, Event::ShiftEnds { agent, day });
                        if let ShiftEnd::StopEarly(last) = setting.shift_end {
                            let last = to.saturating_sub(last).max(from);
                            self.at(last, Phase::ShiftEnds, Event::LastMinutes { agent, day });
                        }
                    }
                }
                agent += 1;
            }
        }
    }

    /// The shift of one agent on one date, looked up in the plainest way.
    fn rostered(&self, team: &Team, k: u32, week: i64, date: Date) -> Option<usize> {
        let shift = match &team.rota {
            Rota::Weeks(rows) => {
                let row = (i64::from(k) + week).checked_rem_euclid(rows.len() as i64)?;
                rows[row as usize][usize::from(date.weekday().0)]?
            }
            Rota::Cycle(cycle) => {
                // From the first measured day, on which group 0 begins the cycle, a day at a time.
                let days = cycle.days.len();
                let group = k as usize % cycle.groups();
                let (mut at, mut day) = (group * cycle.step, self.horizon.start);
                while day < date {
                    (at, day) = ((at + 1) % days, day.plus(1));
                }
                while day > date {
                    (at, day) = ((at + days - 1) % days, day.plus(-1));
                }
                cycle.days[at]?
            }
            Rota::Dated(dated) => {
                let dates: Vec<Date> = dated.shifts.iter().map(|s| s.date).collect();
                let (first, last) = (*dates.iter().min()?, *dates.iter().max()?);
                let (start, end) =
                    (self.horizon.start, self.horizon.start.plus(i64::from(self.horizon.days)));
                let mut like = date;
                // Before and after the measured days a file goes on as its own first or last such weekday.
                if date < start && first < start.plus(7) {
                    while like < first {
                        like = like.plus(7);
                    }
                }
                if date >= end && last >= end.plus(-7) {
                    while like > last {
                        like = like.plus(-7);
                    }
                }
                dated.shifts.iter().find(|s| s.date == like && s.agent == k)?.shift as usize
            }
        };
        match team.stagger.as_slice() {
            [] => Some(shift),
            steps => Some(steps[k as usize % steps.len()][shift]),
        }
    }
}
