//! The end of a call: what was done of its work, what becomes of its case.

use super::agent::{Agent, State};
use super::backlog::Work;
use super::call::{Call, CallKind, Stage};
use super::case::Case;
use super::observer::{Handling, Observer};
use super::plan::Plan;
use super::run::{Step, note_call};
use super::timers::{Phase, place};
use crate::random::Purpose;
use crate::response::{Fate, fate, loss};
use crate::unit::Micros;

impl<O: Observer> Step<'_, O> {
    /// A call's wrap ends: the agent is free.
    ///
    /// Agent, call and case are looked up once: this is a third of the engine's work.
    #[inline(always)]
    pub(super) fn call_ends(&mut self, agent: u32, roster: u64) {
        let plan = self.plan;
        let e = &mut *self.e;
        let now = e.now;
        let a = &mut e.agents[agent as usize];
        note_call(a, agent, now, self.seen);
        let slot = a.call;
        let call = &mut e.calls[slot];
        let number = call.case;
        let case = &mut e.cases[number];
        let after = settle(plan, now, agent, a, call, case, self.seen);
        if after.is_nothing() {
            call.stage = Stage::Gone;
            e.calls.free.push(slot);
            case.live -= 1;
            if case.is_over() {
                self.seen.closed(&case.summary(false));
                e.cases.remove(number);
            }
        } else {
            self.follow_up(agent, slot, after);
        }
        let e = &mut *self.e;
        let a = &mut e.agents[agent as usize];
        if a.is_plain() && e.freed.is_empty() {
            e.clock.withdraw(agent);
            let group = a.group;
            if e.clock.next_time() != now && roster > place(now, Phase::Start) {
                // By far the most common end: nobody else is freed at this instant.
                return match self.next_caller(group) {
                    Some(call) => self.take_waiting(agent, call),
                    None => self.rest(agent),
                };
            }
        }
        self.free_among_others(agent, roster);
    }

    /// A call's wrap is over when the run ends.
    #[cold]
    #[inline(never)]
    pub(super) fn settle_at_end(&mut self, agent: u32) {
        let e = &mut *self.e;
        let a = &e.agents[agent as usize];
        let slot = a.call;
        let call = &e.calls[slot];
        let after = settle(self.plan, e.now, agent, a, call, &mut e.cases[call.case], self.seen);
        self.follow_up(agent, slot, after);
    }

    /// Work to put off, a repeat: what follows a call; then the call is gone.
    #[inline(never)]
    fn follow_up(&mut self, agent: u32, slot: u32, after: After) {
        let call = self.e.calls[slot];
        if after.deferred > 0 {
            self.put_off(agent, call.case, after.deferred);
        }
        if let Some(n) = after.repeat {
            self.repeat(&call, n);
        }
        self.e.calls.remove(slot);
        self.e.cases[call.case].live -= 1;
        self.close_if_over(call.case);
    }

    /// Frees an agent for whom something other than a caller may come first, or beside whom others are freed at this
    /// instant.
    #[cold]
    #[inline(never)]
    fn free_among_others(&mut self, agent: u32, roster: u64) {
        self.free(agent);
        self.answer_if_last(self.e.clock.next_time(), roster);
    }

    /// Work is put off: it joins the end of the agent's backlog.
    #[inline(never)]
    fn put_off(&mut self, agent: u32, case: u32, size: Micros) {
        let left = (size as f64 * self.plan.setting.backlog.resume + 0.5) as Micros;
        let work = Work { case, size, left, put_off: self.e.now };
        self.e.backlog[agent as usize].push_back(work);
        self.e.cases[case].pending += 1;
        if self.e.cases[case].pending == 1 {
            self.chase(case);
        }
    }

    /// An agent on shift has finished something: the shift's end, a pause that is due, the next caller, put-off
    /// work, rest; in this order.
    pub(super) fn free(&mut self, agent: u32) {
        let a = self.e.agents[agent as usize];
        if a.ended {
            if self.stays(agent) {
                self.hold(agent);
            } else {
                self.go_home(agent);
            }
        } else if a.pause_due {
            self.begin_pause(agent);
        } else if a.closing {
            self.wind_down(agent);
        } else {
            self.hold(agent);
        }
    }

    /// Keeps a freed agent without an event until answering, which comes at the same instant.
    pub(super) fn hold(&mut self, agent: u32) {
        self.e.freed.push(agent);
        let a = &mut self.e.agents[agent as usize];
        a.state = State::Closing;
        a.since = self.e.now;
        self.e.clock.withdraw(agent);
    }
}

/// What follows a call.
#[derive(Debug, Clone, Copy)]
struct After {
    /// Work put off.
    deferred: Micros,
    /// Answers of the case before the one that makes it call again.
    repeat: Option<u32>,
}

impl After {
    #[inline(always)]
    fn is_nothing(&self) -> bool {
        self.deferred == 0 && self.repeat.is_none()
    }
}

/// Works out what was done of a call's work and what follows for its case, at the end of its wrap.
#[inline(always)]
fn settle(
    plan: &Plan,
    now: Micros,
    agent: u32,
    a: &Agent,
    call: &Call,
    case: &mut Case,
    seen: &mut impl Observer,
) -> After {
    let response = &plan.setting.response;
    let talk_end = a.talk_end;
    let talk = talk_end - a.answered;
    let spent = now - talk_end;
    let done = spent.min(call.wrap);
    let by_policy = call.wrap - a.planned.min(call.wrap);
    // What the end of the shift cut off is always put off.
    let by_shift = call.wrap - by_policy - done;
    let (mut absorbed, mut dropped, mut deferred) = (0, 0, by_shift);
    let is_chase = call.kind == CallKind::Chase;
    if by_policy > 0 {
        let policy = plan.setting.wrap_policy(usize::from(call.queue), usize::from(a.team));
        let u = match is_chase {
            true => case.key.uniform(Purpose::ChaseFate, u32::from(call.chase)),
            false => case.key.uniform(Purpose::Fate, u32::from(case.answers)),
        };
        match fate(policy, u) {
            Fate::Absorbed => absorbed = by_policy,
            Fate::Dropped => dropped = by_policy,
            Fate::Deferred => deferred += by_policy,
        }
    }
    case.answered_calls = case.answered_calls.saturating_add(1);
    let first_answer = !is_chase && case.answers == 0;
    let mut repeat = None;
    let mut repeats_for_cut = false;
    if !is_chase {
        let n = u32::from(case.answers);
        let p = if dropped > 0 || talk < call.talk {
            let harm = loss(response, call.wrap, dropped, call.talk, talk);
            (response.resolved * (1.0 - harm)).clamp(0.0, 1.0)
        } else {
            response.resolved
        };
        let u = case.key.uniform(Purpose::Resolution, n);
        case.resolved = u < p;
        if !case.resolved && case.key.uniform(Purpose::Repeat, n) < response.repeats {
            repeat = Some(n);
            repeats_for_cut = u < response.resolved;
        }
        case.answers = case.answers.saturating_add(1);
        if first_answer {
            case.first_resolved = case.resolved;
            case.first_answer_end = now;
        }
    }
    let handling = Handling {
        agent,
        answered: a.answered,
        talk_end,
        wrap_end: now,
        talk_needed: call.talk,
        required: call.wrap,
        done,
        absorbed,
        dropped,
        deferred,
        padding: spent - done,
        first_answer,
        resolved: case.resolved,
        repeats: repeat.is_some(),
        repeats_for_cut,
    };
    seen.handled(call, &handling);
    After { deferred, repeat }
}
