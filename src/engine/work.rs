//! The end of a call: what was done of its work, what becomes of its case.

use super::agent::State;
use super::backlog::Work;
use super::call::CallKind;
use super::observer::{Handling, Observer};
use super::run::Step;
use crate::random::Purpose;
use crate::response::{Fate, fate, loss, talk_done, wrap_done};
use crate::unit::Micros;

impl<O: Observer> Step<'_, O> {
    /// A call's wrap ends: the agent is free.
    #[inline(always)]
    pub(super) fn call_ends(&mut self, agent: u32, roster: u64) {
        self.note_call(agent);
        self.settle_call(agent);
        if self.e.agents[agent as usize].is_plain() && self.e.freed.is_empty() {
            self.e.clock.withdraw(agent);
            if self.is_last(self.e.clock.next_time(), roster) {
                // By far the most common end: nobody else is freed at this instant.
                return self.next_or_rest(agent);
            }
        }
        self.free_among_others(agent, roster);
    }

    /// Frees an agent for whom something other than a caller may come first, or beside whom others are freed at this
    /// instant.
    #[cold]
    #[inline(never)]
    fn free_among_others(&mut self, agent: u32, roster: u64) {
        self.free(agent);
        self.answer_if_last(self.e.clock.next_time(), roster);
    }

    /// Works out what was done of a call's work and what follows for its case, at the end of its wrap.
    #[inline(always)]
    pub(super) fn settle_call(&mut self, agent: u32) {
        let now = self.e.now;
        let response = &self.plan.setting.response;
        let a = &self.e.agents[agent as usize];
        let (slot, talk_end) = (a.call, a.talk_end);
        let call = &self.e.calls[slot];
        let policy = self.plan.setting.wrap_policy(usize::from(call.queue), usize::from(a.team));
        let talk = talk_done(self.plan.setting.talk_policy, call.talk);
        let spent = now - talk_end;
        let planned = wrap_done(policy, call.wrap).max(policy.minimum);
        let done = spent.min(call.wrap);
        let by_policy = call.wrap - planned.min(call.wrap);
        // What the end of the shift cut off is always put off.
        let by_shift = call.wrap - by_policy - done;
        let (mut absorbed, mut dropped, mut deferred) = (0, 0, by_shift);
        let case = &mut self.e.cases[call.case];
        let is_chase = call.kind == CallKind::Chase;
        if by_policy > 0 {
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
            let harm = loss(response, call.wrap, dropped, call.talk, talk);
            let p = (response.resolved * (1.0 - harm)).clamp(0.0, 1.0);
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
            answered: talk_end - talk,
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
        self.seen.handled(call, &handling);
        let case = call.case;
        if deferred > 0 {
            self.put_off(agent, case, deferred);
        }
        if let Some(n) = repeat {
            let call = self.e.calls[slot];
            self.repeat(&call, n);
        }
        self.e.calls.remove(slot);
        self.e.cases[case].live -= 1;
        self.close_if_over(case);
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
