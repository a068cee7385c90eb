//! The end of a call: what was done of its work, what becomes of its case.

use super::agent::{Agent, State};
use super::answering::Taken;
use super::backlog::Work;
use super::call::{Call, CallKind, Stage};
use super::case::{Case, SEVERAL, UNBORN};
use super::observer::{Handling, Observer};
use super::plan::{MANY, Plan};
use super::run::{Step, birth, note_call};
use super::timers::{Phase, place};
use crate::random::Purpose;
use crate::response::{Fate, fate, loss};
use crate::unit::{Micros, number, whole};

impl<O: Observer> Step<'_, O> {
    /// A call's wrap ends: the agent is free.
    ///
    /// Agent and call are looked up once: this is a third of the engine's work.
    #[inline(always)]
    pub(super) fn call_ends(&mut self, agent: u32, roster: u64) {
        let e = &mut *self.e;
        let now = e.now;
        let a = &mut e.agents[agent as usize];
        note_call(a, agent, now, self.seen);
        let slot = a.call;
        let call = &mut e.calls[slot];
        if call.case == UNBORN {
            let handling =
                settle::<true, false>(self.plan, now, agent, a, call, Past::default(), fate_of(call, 0));
            call.stage = Stage::Gone;
            e.calls.free.push(slot);
            if handling.deferred == 0 && !handling.repeats && !self.plan.tells_sites {
                // By far the most common end: a case of one call leaves nothing behind.
                self.seen.handled_once(&e.calls[slot], &handling);
            } else {
                let call = e.calls[slot];
                self.case_begins(agent, &call, &handling);
            }
        } else {
            self.case_goes_on(agent);
        }
        let e = &mut *self.e;
        let a = &mut e.agents[agent as usize];
        if a.is_plain() && e.freed.is_empty() && !e.looks && roster > place(now, Phase::Start) {
            let group = a.group;
            let taken = match self.plan.sole_line_of_group[usize::from(group)] {
                MANY => self.take_next_of_several(agent, group),
                queue => self.take_next(agent, queue),
            };
            match taken {
                Taken::Caller => return,
                Taken::Nobody => return self.rest(agent),
                Taken::NotAlone => {}
            }
        }
        // Something other than a caller may come first, or others are freed at this instant.
        self.free_among_others(agent, roster);
    }

    /// The same as [`Self::take_next`] for an agent who serves several queues.
    #[inline(never)]
    fn take_next_of_several(&mut self, agent: u32, group: u16) -> Taken {
        let next = match self.plan.rules {
            None => self.next_caller(group),
            Some(_) => None,
        };
        if let Some(call) = next {
            return self.take_alone(agent, call);
        }
        self.e.clock.withdraw(agent);
        match self.plan.rules.is_some() || self.e.clock.next_time() == self.e.now {
            true => Taken::NotAlone,
            false => Taken::Nobody,
        }
    }

    /// A call's wrap ends, of a case that has a past.
    #[inline(never)]
    pub(super) fn case_goes_on(&mut self, agent: u32) {
        let slot = self.e.agents[agent as usize].call;
        if self.e.calls[slot].not_reached {
            return self.is_not_reached(slot);
        }
        let mut call = self.e.calls[slot];
        self.e.calls.remove(slot);
        // At the run's end a first call may be cut short.
        birth(&mut self.e.cases, &mut call);
        self.case_continues(agent, &call);
    }

    /// An answered call is over, whose case has a past.
    #[inline(never)]
    pub(super) fn case_continues(&mut self, agent: u32, call: &Call) {
        let e = &mut *self.e;
        let now = e.now;
        let a = &e.agents[agent as usize];
        let case = &mut e.cases[call.case];
        let passed = call.is_passed_on();
        let past = Past {
            answers: if passed { call.n } else { case.answers },
            resolved: case.resolved,
            cut: match passed || call.leg > 0 {
                true => call.before.for_cut(),
                false => call.kind == CallKind::Repeat && case.repeats_for_cut,
            },
        };
        let handling = settle::<false, false>(
            self.plan,
            now,
            agent,
            a,
            call,
            past,
            fate_of(call, u32::from(past.answers)),
        );
        if !call.awaits_callback() {
            case.waited += a.answered - call.arrived;
        }
        // With two agents at a handover, the caller talks once.
        case.talked += a.talk_end.min(call.passed_at) - a.answered;
        case.answered_calls = case.answered_calls.saturating_add(u16::from(call.leg == 0));
        case.reached_first |= call.attempt == 0;
        if call.kind != CallKind::Chase && !passed {
            case.resolved = handling.resolved;
            case.repeats_for_cut = handling.repeats_for_cut;
            case.answers = case.answers.saturating_add(1);
            if handling.first_answer {
                case.first_resolved = handling.resolved;
                case.first_answer_end = now;
            }
        }
        self.seen.handled(call, &handling);
        if handling.deferred > 0 || handling.repeats {
            self.follow_up(agent, call, handling.deferred, handling.repeats.then_some(past.answers));
        }
        self.e.cases[call.case].live -= 1;
        self.close_if_over(call.case);
    }

    /// A case's first call, answered at the first attempt, is over and leaves something behind: the case is kept from
    /// now on.
    #[inline(never)]
    pub(super) fn case_begins(&mut self, agent: u32, call: &Call, handling: &Handling) {
        debug_assert!(call.case == UNBORN && !call.awaits_callback());
        let case = self.e.cases.insert(Case {
            waited: handling.answered - call.arrived,
            talked: handling.talk_end - handling.answered,
            attempts: 1,
            answered_calls: 1,
            answers: 1,
            // The call itself is over.
            live: 0,
            resolved: handling.resolved,
            first_resolved: handling.resolved,
            reached_first: true,
            repeats_for_cut: handling.repeats_for_cut,
            first_answer_end: self.e.now,
            ..Case::new(call.key, call.id)
        });
        let call = Call { case, ..*call };
        self.seen.handled(&call, handling);
        self.follow_up(agent, &call, handling.deferred, handling.repeats.then_some(0));
        if self.plan.tells_sites {
            self.close_if_over(case);
        }
    }

    /// Work to put off, a repeat: what follows a call.
    #[inline(always)]
    fn follow_up(&mut self, agent: u32, call: &Call, deferred: Micros, repeat: Option<u16>) {
        if deferred > 0 {
            self.put_off(agent, call.case, deferred);
        }
        if let Some(n) = repeat {
            self.repeat(call, u32::from(n));
        }
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
        let left = whole(number(size) * self.plan.setting.backlog.resume + 0.5);
        let work = Work { case, size, left, put_off: self.e.now };
        if self.plan.setting.response.chase > 0.0 {
            self.catch_up_with_case(case, agent);
        }
        self.e.backlog[agent as usize].push_back(work);
        self.e.agents[agent as usize].work_left += left;
        let case_of = &mut self.e.cases[case];
        case_of.pending += 1;
        let holder = u16::try_from(agent).unwrap_or(SEVERAL);
        if case_of.pending == 1 {
            case_of.holder = holder;
            self.chase(case);
        } else if case_of.holder != holder {
            case_of.holder = SEVERAL;
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
        let now = self.e.now;
        let a = &mut self.e.agents[agent as usize];
        if self.e.follows {
            // Callable from now on: whoever is settled next may take the agent.
            (a.state, a.since, a.callable_since) = (State::Idle, now, now);
            self.e.clock.set(agent, now);
            return;
        }
        if self.stands_by() {
            return self.hold_for_standby(agent);
        }
        let a = &mut self.e.agents[agent as usize];
        self.e.freed.push(agent);
        a.state = State::Closing;
        a.since = self.e.now;
        self.e.clock.withdraw(agent);
    }
}

/// What an answered call finds of its case: answers that drew a resolution, what the latest left, and whether this call
/// repeats it for cut work.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Past {
    answers: u16,
    resolved: bool,
    cut: bool,
}

/// The uniforms that say whether a call resolves its case, after so many others, and whether the caller of an unresolved
/// one tries again.
#[inline(always)]
pub(super) fn fate_of(call: &Call, n: u32) -> [f64; 2] {
    [call.key.uniform(Purpose::Resolution, n), call.key.uniform(Purpose::Repeat, n)]
}

/// Works out what was done of a call's work and what becomes of its case, at the end of its wrap, with the uniforms drawn
/// for that. `FIRST` says that it is a case's first call, `AS_NEEDED` that it gets the talk and the wrap it needs.
#[inline(always)]
pub(super) fn settle<const FIRST: bool, const AS_NEEDED: bool>(
    plan: &Plan,
    now: Micros,
    agent: u32,
    a: &Agent,
    call: &Call,
    past: Past,
    [resolution, repeat]: [f64; 2],
) -> Handling {
    let response = &plan.setting.response;
    let talk_end = a.talk_end;
    // The handover is no part of the talk that the call needs.
    let talk = talk_end - a.answered - if FIRST { 0 } else { call.handover };
    let passed = !FIRST && call.is_passed_on();
    let spent = now - talk_end;
    debug_assert!(!AS_NEEDED || (talk, spent, a.planned) == (call.talk, call.wrap, call.wrap));
    let (talk, spent) = if AS_NEEDED { (call.talk, call.wrap) } else { (talk, spent) };
    let done = spent.min(call.wrap);
    let by_policy = if AS_NEEDED { 0 } else { call.wrap - a.planned.min(call.wrap) };
    // What the end of the shift cut off is always put off.
    let by_shift = call.wrap - by_policy - done;
    let (mut absorbed, mut dropped, mut deferred) = (0, 0, by_shift);
    let is_chase = !FIRST && call.kind == CallKind::Chase;
    let n = u32::from(past.answers);
    if by_policy > 0 {
        let policy = plan.setting.wrap_policy(usize::from(call.queue), usize::from(a.team));
        let u = match is_chase {
            true => call.key.uniform(Purpose::ChaseFate, u32::from(call.chase)),
            false => call.key.uniform(Purpose::Fate, n),
        };
        match fate(policy, u) {
            Fate::Absorbed => absorbed = by_policy,
            Fate::Dropped => dropped = by_policy,
            Fate::Deferred => deferred += by_policy,
        }
    }
    let (mut resolved, mut repeats, mut repeats_for_cut) = (past.resolved, false, false);
    if !is_chase && !passed {
        let best = plan.resolves(a.profile, call.queue);
        let p = if dropped > 0 || talk < call.talk {
            let harm = loss(response, call.wrap, dropped, call.talk, talk);
            (best * (1.0 - harm)).clamp(0.0, 1.0)
        } else {
            best
        };
        resolved = resolution < p;
        // Drawn in any case: a branch here could not be foreseen.
        repeats = !resolved & (repeat < response.repeats);
        repeats_for_cut = repeats & (resolution < best);
    }
    Handling {
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
        first_answer: !is_chase && !passed && (n == 0 || !FIRST && call.leg > 0 && call.before.of_first()),
        resolved,
        repeats,
        repeats_for_cut,
        is_for_cut: past.cut,
    }
}
