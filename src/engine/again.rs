//! Calls to come: redials after abandonment, repeats of unresolved cases, chases of put-off work.

use super::backlog::Work;
use super::call::{Before, Call, CallKind, NOT_RUNG_OFF, Stage};
use super::case::{Case, UNBORN};
use super::observer::Observer;
use super::plan::Plan;
use super::run::{Engine, Step};
use super::timers::{Phase, place};
use super::transfer::{NONE, NOT_PASSED};
use crate::random::{CaseId, Key, Purpose};
use crate::unit::{DAY, Micros, number, whole};

/// A call still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Again {
    pub(super) time: Micros,
    pub(super) id: CaseId,
    what: What,
    redial: bool,
    case: u32,
    queue: u16,
    chase: u16,
    chase_attempt: u16,
}

/// Talk, wrap and patience of a call still to come, where they have been drawn (but of a chase).
pub(super) type Drawn = Option<[Micros; 3]>;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    First,
    Repeat,
    Chase,
    /// No new call: one that is under way goes on, its slot in the place of the case's.
    Underway,
}

impl Again {
    /// A call under way that goes on at a moment.
    pub(super) fn underway(time: Micros, slot: u32, call: &Call) -> Again {
        Again {
            time,
            id: call.id,
            what: What::Underway,
            redial: false,
            case: slot,
            queue: call.queue,
            chase: call.chase,
            chase_attempt: call.chase_attempt,
        }
    }

    #[inline]
    pub(super) fn place(&self) -> u64 {
        place(self.time, Phase::Arrival)
    }
}

impl Engine {
    /// Lays out the state that a replication begins in: callers who ring at the first opening, and put-off work, which
    /// belongs to no case of the run.
    pub(super) fn take_start_state(&mut self, plan: &Plan) {
        let state = &plan.setting.start_state;
        let opening = (0..plan.horizon.total_days()).find_map(|day| Some((day, plan.hours(day)?.0)));
        for (queue, callers) in &state.waiting {
            let Some((day, time)) = opening else { break };
            let cell = (time - Plan::day_start(day)) / plan.horizon.interval;
            for index in 0..u64::from(*callers) {
                // No calls an hour reach the highest band of the cloud.
                let id = CaseId::new(*queue as u64, u64::from(day), cell, CaseId::LIMITS[3] - 1, index);
                let key = self.root.purpose(Purpose::Case).at(id.0);
                let case = self.cases.insert(Case::new(key, id));
                let (what, queue) = (What::First, *queue as u16);
                self.later[day as usize].push(Again {
                    time,
                    id,
                    what,
                    redial: false,
                    case,
                    queue,
                    chase: 0,
                    chase_attempt: 0,
                });
            }
        }
        for (team, size) in &state.backlog {
            for agent in plan.workforce.team(*team) {
                let work = Work { case: UNBORN, size: *size, left: *size, put_off: 0 };
                self.backlog[agent as usize].push_back(work);
                self.agents[agent as usize].work_left += size;
            }
        }
    }

    /// Lays out the calls that come back on a day.
    pub(super) fn take_returns(&mut self, plan: &Plan, day: u32) {
        self.returns.clear();
        self.next_return = 0;
        let later = &mut self.later[day as usize];
        // Put in order as single words, which is four times as fast: the moment of the day, then the number among them.
        let midnight = Plan::day_start(day);
        let word = |(number, again): (usize, &Again)| (again.time - midnight) << NUMBER | number as u64;
        self.return_order.clear();
        self.return_order.extend(later.iter().enumerate().map(word));
        self.return_order.sort_unstable();
        let number = |word: &u64| (word & ((1 << NUMBER) - 1)) as usize;
        self.returns.extend(self.return_order.iter().map(|word| later[number(word)]));
        // Those of one instant go by identity; and numbers of more than so many calls would not fit into a word.
        let ties = self.returns.windows(2).any(|two| two[0].time == two[1].time);
        if ties || later.len() >= 1 << NUMBER {
            self.returns.clone_from(later);
            self.returns.sort_unstable();
        }
        later.clear();
        // Their cases and the tables of the laws lie anywhere. Drawn for one after another here, all comes from memory at
        // once; drawn for when each calls, every piece would be waited for. What they are drawn from does not change until
        // they call: of a case only chases may come meanwhile.
        let cases = &self.cases;
        self.return_draws.clear();
        self.return_draws.extend(self.returns.iter().map(|again| match again.what {
            What::First | What::Repeat => {
                let case = &cases[again.case];
                plan.next_conversation(usize::from(again.queue), case.key, case.number(), case.answers)
            }
            What::Chase | What::Underway => [0; 3],
        }));
    }
}

/// Bits of a number among the returning calls of a day; the moment within the day has the others.
const NUMBER: u32 = 27;
const _: () = assert!(DAY < 1 << (64 - NUMBER));

/// Draws of a call's second attempt: those of the case, or those of one of its chases.
struct Draws {
    redial: Purpose,
    delay: Purpose,
    after_closing: Purpose,
    moment: Purpose,
    number: u32,
}

impl Draws {
    fn of(call: &Call) -> Draws {
        match call.kind {
            CallKind::Chase => Draws {
                redial: Purpose::ChaseRedial,
                delay: Purpose::ChaseRedialDelay,
                after_closing: Purpose::ChaseAfterClosing,
                moment: Purpose::ChaseRedialMoment,
                number: chase_number(call.chase, call.chase_attempt),
            },
            _ => Draws {
                redial: Purpose::Redial,
                delay: Purpose::RedialDelay,
                after_closing: Purpose::AfterClosing,
                moment: Purpose::RedialMoment,
                number: u32::from(call.number),
            },
        }
    }
}

fn chase_number(chase: u16, attempt: u16) -> u32 {
    u32::from(chase) << 8 | u32::from(attempt.min(255))
}

impl<O: Observer> Step<'_, O> {
    /// A caller who hung up tries again, or gives the case up (a chase: gives that chase up).
    pub(super) fn redial(&mut self, call: &Call) {
        let response = &self.plan.setting.response;
        let case = &self.e.cases[call.case];
        let draws = Draws::of(call);
        let key = call.key;
        let tries = u32::from(case.redials) < response.redials_at_most
            && key.uniform(draws.redial, draws.number) < response.redials;
        let time = if tries {
            let delay = self.plan.redial_delay.micros(key.uniform(draws.delay, draws.number));
            let time = self.e.now.saturating_add(delay.max(1));
            if self.is_open(time) {
                Some(time)
            } else if key.uniform(draws.after_closing, draws.number) < response.after_closing {
                Some(self.next_open_moment(call.rung(), time, key.uniform(draws.moment, draws.number)))
            } else {
                None
            }
        } else {
            None
        };
        match time {
            Some(time) => {
                self.e.cases[call.case].redials += 1;
                self.come_back(Again {
                    time,
                    id: call.id,
                    what: match call.kind {
                        // Somebody has answered the case before.
                        CallKind::First if call.leg > 0 => What::Repeat,
                        CallKind::First => What::First,
                        CallKind::Repeat => What::Repeat,
                        CallKind::Chase => What::Chase,
                    },
                    redial: true,
                    case: call.case,
                    queue: call.rung(),
                    chase: call.chase,
                    chase_attempt: call.chase_attempt.saturating_add(1),
                });
            }
            None => {
                self.e.cases[call.case].live -= 1;
                self.close_if_over(call.case);
            }
        }
    }

    /// An unresolved case calls again; `n` counts the answers before this one.
    #[inline(never)]
    pub(super) fn repeat(&mut self, call: &Call, n: u32) {
        let key = call.key;
        let delay = self.plan.repeat_delay.micros(key.uniform(Purpose::RepeatDelay, n));
        let time = self.e.now.saturating_add(delay.max(1));
        let time = if self.is_open(time) {
            time
        } else {
            self.next_open_moment(call.rung(), time, key.uniform(Purpose::RepeatMoment, n))
        };
        self.e.cases[call.case].live += 1;
        self.come_back(Again {
            time,
            id: call.id,
            what: What::Repeat,
            redial: false,
            case: call.case,
            queue: call.rung(),
            chase: 0,
            chase_attempt: 0,
        });
    }

    /// A case's first piece of put-off work starts its chases.
    pub(super) fn chase(&mut self, case: u32) {
        if self.plan.setting.response.chase > 0.0 {
            self.next_chase(case);
        }
    }

    /// The next chase of a case whose work is pending, after open time drawn for it.
    fn next_chase(&mut self, slot: u32) {
        let rate = self.plan.setting.response.chase;
        let case = &mut self.e.cases[slot];
        if case.pending == 0 || rate <= 0.0 {
            return;
        }
        let chase = case.chases;
        case.chases = case.chases.saturating_add(1);
        let gap = -libm::log(case.key.uniform(Purpose::ChaseGap, u32::from(chase))) / rate;
        let id = case.id;
        let Some(time) = self.after_open_days(gap) else { return };
        self.come_back(Again {
            time,
            id,
            what: What::Chase,
            redial: false,
            case: slot,
            queue: id.queue() as u16,
            chase,
            chase_attempt: 0,
        });
    }

    /// The moment that comes after a number of open days (each day's opening hours are one unit), from now on;
    /// `None` when the run ends first.
    fn after_open_days(&self, mut days: f64) -> Option<Micros> {
        let mut from = self.e.now;
        for day in self.day_of(from)..self.plan.horizon.total_days() {
            let Some((open, close)) = self.plan.hours(day) else { continue };
            let begin = from.max(open);
            if begin >= close {
                continue;
            }
            let unit = number(close - open);
            let left = number(close - begin) / unit;
            if days < left {
                return Some((begin + whole(days * unit) + 1).min(close - 1).max(from + 1));
            }
            days -= left;
            from = close;
        }
        None
    }

    pub(super) fn day_of(&self, time: Micros) -> u32 {
        (time / DAY) as u32
    }

    /// Whether calls are accepted at a moment. Beyond the run's end nobody asks.
    pub(super) fn is_open(&self, time: Micros) -> bool {
        self.plan.hours(self.day_of(time)).is_some_and(|(open, close)| time >= open && time < close)
    }

    /// A moment, drawn by `u` from the queue's own profile, on the next open day from a moment on: today if opening
    /// is still to come. [`Micros::MAX`] when the run ends first.
    fn next_open_moment(&self, queue: u16, time: Micros, u: f64) -> Micros {
        for day in self.day_of(time)..self.plan.horizon.total_days() {
            let Some((open, _)) = self.plan.hours(day) else { continue };
            if open <= time {
                continue;
            }
            if let Some(moment) = self.plan.rates[usize::from(queue)].moment(day, u) {
                return Plan::day_start(day) + moment;
            }
        }
        Micros::MAX
    }

    /// Notes a call to come, today or on a later day; one beyond the run's end leaves its case open.
    pub(super) fn come_back(&mut self, again: Again) {
        if again.time < self.end {
            match self.e.follows {
                true => self.e.coming.push(again),
                false => self.e.timers.await_call(again),
            }
        } else if let Some(day) = self.e.later.get_mut((again.time / DAY) as usize) {
            day.push(again);
        }
    }

    /// The next of the callers who come back today, with what was drawn for it.
    #[inline(always)]
    pub(super) fn take_return(&mut self) -> (Again, Drawn) {
        let at = self.e.next_return;
        self.e.next_return += 1;
        (self.e.returns[at], Some(self.e.return_draws[at]))
    }

    /// A call comes back as a new attempt of its case; `None` for a chase whose work has been done meanwhile.
    #[inline(always)]
    pub(super) fn call_again(&mut self, again: Again, drawn: Drawn) -> Option<u32> {
        if again.what == What::Underway {
            return Some(again.case);
        }
        self.attempt(again, drawn).map(|call| self.e.calls.insert(call))
    }

    /// The new attempt of a case that a call to come makes.
    #[inline(never)]
    pub(super) fn attempt(&mut self, again: Again, drawn: Drawn) -> Option<Call> {
        self.attempt_here(again, drawn)
    }

    /// The same, written where it is asked for.
    #[inline(always)]
    pub(super) fn attempt_here(&mut self, again: Again, drawn: Drawn) -> Option<Call> {
        let now = self.e.now;
        let plan = self.plan;
        let queue = usize::from(again.queue);
        let kind = match again.what {
            What::First => CallKind::First,
            What::Repeat => CallKind::Repeat,
            What::Chase => CallKind::Chase,
            What::Underway => unreachable!("it is no new attempt"),
        };
        let chase = chase_number(again.chase, again.chase_attempt);
        if kind == CallKind::Chase && !again.redial {
            if self.e.cases[again.case].is(again.id) {
                self.catch_up_with_case(again.case, u32::MAX);
            }
            let case = &mut self.e.cases[again.case];
            if !case.is(again.id) || case.pending == 0 || case.chases != again.chase + 1 {
                return None;
            }
            case.live += 1;
            self.next_chase(again.case);
        }
        let case = &mut self.e.cases[again.case];
        let key = case.key;
        let attempt = case.attempts;
        let number = case.number();
        case.calls(kind, now);
        let [talk, wrap, patience] = match drawn {
            Some(drawn) if kind != CallKind::Chase => drawn,
            _ if kind == CallKind::Chase => {
                let piece = u32::from(again.chase);
                plan.talk_wrap_patience(
                    queue,
                    key.uniform(Purpose::ChaseTalk, piece),
                    key.uniform(Purpose::ChaseWrap, piece),
                    key.uniform(Purpose::ChasePatience, chase),
                )
            }
            _ => plan.next_conversation(queue, key, number, case.answers),
        };
        Some(Call {
            id: again.id,
            kind,
            redial: again.redial,
            attempt,
            queue: again.queue,
            line: plan.lines.of(again.queue, key),
            chase: again.chase,
            chase_attempt: again.chase_attempt,
            cell: (now / plan.horizon.interval) as u32,
            arrived: now,
            leg: 0,
            waited_before: 0,
            rung_off: NOT_RUNG_OFF,
            takes_callback: false,
            tries: 0,
            not_reached: false,
            number,
            stage: Stage::Waiting,
            leaves_menu: false,
            case: again.case,
            key,
            deadline: now.saturating_add(patience),
            opened: 0,
            talk,
            wrap,
            passed_at: NOT_PASSED,
            handover: 0,
            companion: NONE,
            onward: NONE,
            n: 0,
            before: Before::NOTHING,
        })
    }
}

impl Plan {
    /// Talk, wrap and patience of a case's attempt of a number, after so many conversations.
    #[inline(always)]
    fn next_conversation(&self, queue: usize, key: Key, number: u16, answers: u16) -> [Micros; 3] {
        let n = u32::from(answers);
        self.talk_wrap_patience(
            queue,
            key.uniform(Purpose::Talk, n),
            key.uniform(Purpose::Wrap, n),
            key.uniform(Purpose::Patience, u32::from(number)),
        )
    }

    /// Talk, wrap and patience of three uniforms.
    #[inline(always)]
    fn talk_wrap_patience(&self, queue: usize, talk: f64, wrap: f64, patience: f64) -> [Micros; 3] {
        let wrap = self.wrap_with_talk[queue].map_or(wrap, |copula| copula.second(talk, wrap));
        let patience = self.patience[queue].as_ref().map_or(Micros::MAX, |law| law.micros(patience));
        [self.talk[queue].micros(talk), self.wrap[queue].micros(wrap), patience]
    }
}
