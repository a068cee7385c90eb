//! Answering by rules: pairs of callers and agents in the order that [`Rules`](super::rules::Rules) gives.

use super::call::Stage;
use super::observer::Observer;
use super::rules::{Reach, Rules};
use super::run::{Step, note_idle};
use super::timers::{Phase, Timer, place};
use crate::random::CaseId;
use crate::unit::Micros;

/// How an agent comes to answer, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    /// Idle.
    Idle,
    /// Called away from put-off work.
    FromWork,
    /// Released from a wrap that has lasted long enough.
    Released,
    /// Taken out of wrap by an urgent call.
    Interrupted,
}

/// An agent who may answer; the least is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Choice {
    how: How,
    /// Step of overflow and rank by the queue's rule, where agents are callable.
    order: (u16, u32),
    since: Micros,
    agent: u32,
    group: u16,
}

/// The place of a caller among those an agent may answer: priority, arrival with head start, identity.
type Turn = (u8, i64, CaseId, u32);

impl<O: Observer> Step<'_, O> {
    /// A call joins its line and is answered if it can be, or if now so many wait that others may answer.
    #[inline(never)]
    pub(super) fn join_by_rules(&mut self, call: u32) {
        let line = usize::from(self.e.calls[call].line);
        self.wait(call);
        let Some(rules) = self.plan.rules.as_deref() else { return };
        if let Some(head) = self.head(line)
            && let Some(choice) = self.choose(rules, line, head, How::Interrupted)
        {
            self.take_by_rules(choice, head);
        }
        if self.e.calls[call].stage == Stage::Waiting {
            self.await_overflow(call);
        }
    }

    /// Others may answer a caller after some waiting.
    pub(super) fn await_overflow(&mut self, call: u32) {
        let Some(rules) = self.plan.rules.as_deref() else { return };
        let (queue, arrived) = (self.e.calls[call].queue, self.e.calls[call].arrived);
        for after in &rules.looks[usize::from(queue)] {
            self.e.timers.await_overflow(arrived + after, call);
        }
    }

    /// Agents freed at this instant, and those who can be called out of wrap from now on, take waiting callers; the
    /// others turn to put-off work or idle.
    #[inline(never)]
    pub(super) fn answer_by_rules(&mut self, rules: &Rules) {
        let looks = std::mem::take(&mut self.e.looks);
        let mut freed = std::mem::take(&mut self.e.freed);
        freed.sort_unstable();
        // Freed by an end of work and again by a shift that starts at the same instant.
        freed.dedup();
        for agent in &freed {
            self.set_idle(*agent);
        }
        match *freed.as_slice() {
            // Nobody else could be answered before, and nobody else can be now.
            [agent] if !looks && rules.kept_free.is_empty() => {
                let group = self.e.agents[agent as usize].group;
                let only = usize::from(group)..usize::from(group) + 1;
                if let Some((choice, call)) = self.best_pair(rules, only, How::Idle) {
                    self.take_by_rules(choice, call);
                }
            }
            _ => self.match_by_rules(rules),
        }
        for agent in &freed {
            self.rest_if_idle(*agent);
        }
        freed.clear();
        self.e.freed = freed;
        self.note_quiet();
    }

    /// Matches waiting callers with agents, pair by pair, until nobody who waits can be answered.
    #[inline(never)]
    pub(super) fn match_by_rules(&mut self, rules: &Rules) {
        for how in [How::FromWork, How::Released, How::Interrupted] {
            match how {
                How::Released if !self.plan.adapts => continue,
                How::Interrupted if !rules.any_interrupts => continue,
                _ => {}
            }
            while let Some((choice, call)) = self.best_pair(rules, 0..rules.of_group.len(), how) {
                self.take_by_rules(choice, call);
            }
        }
    }

    /// The first caller whom an agent of some groups may answer, and who answers.
    fn best_pair(
        &mut self,
        rules: &Rules,
        groups: std::ops::Range<usize>,
        worst: How,
    ) -> Option<(Choice, u32)> {
        let mut best: Option<(Turn, usize)> = None;
        for group in groups {
            for (line, reach) in &rules.of_group[group] {
                let line = usize::from(*line);
                if self.e.waiting[line] == 0 {
                    continue;
                }
                let Some(call) = self.head(line) else { continue };
                let c = &self.e.calls[call];
                let turn = (
                    reach.priority,
                    c.arrived as i64 - rules.head_start[usize::from(c.queue)] as i64,
                    c.id,
                    call,
                );
                if best.is_none_or(|b| turn < b.0)
                    && self.choice_of(rules, line, reach, call, worst).is_some()
                {
                    best = Some((turn, line));
                }
            }
        }
        let (turn, line) = best?;
        Some((self.choose(rules, line, turn.3, worst)?, turn.3))
    }

    /// The agent who answers the first caller of a line.
    fn choose(&self, rules: &Rules, line: usize, call: u32, worst: How) -> Option<Choice> {
        rules.of_line[line].iter().filter_map(|r| self.choice_of(rules, line, r, call, worst)).min()
    }

    /// The best agent of a group for the first caller of a line.
    #[inline]
    fn choice_of(&self, rules: &Rules, line: usize, reach: &Reach, call: u32, worst: How) -> Option<Choice> {
        let group = reach.group;
        let c = &self.e.calls[call];
        let queue = usize::from(c.queue);
        if !reach.is_open(c.opened, self.e.waiting[line]) || self.is_cut_off(group) {
            return None;
        }
        let may = |how: How| match how {
            How::Idle | How::FromWork => true,
            How::Released => self.plan.adapts,
            How::Interrupted => rules.interrupts[queue],
        };
        for how in [How::Idle, How::FromWork, How::Released, How::Interrupted] {
            if how > worst || !may(how) {
                continue;
            }
            let (first, order) = match how {
                How::Idle => (self.e.idle.first(group), reach.order()),
                How::FromWork => (self.e.interruptible.first(group), reach.order()),
                // Who has been in wrap longest, nothing else.
                How::Released => (self.e.releasable.first_by(self.e.now, &[group]), (0, 0)),
                How::Interrupted => (self.e.in_wrap.first_by(self.e.now, &[group]), (0, 0)),
            };
            if let Some((since, agent)) = first
                && self.leaves_enough_free(rules, queue, group, how)
            {
                return Some(Choice { how, order, since, agent, group });
            }
        }
        None
    }

    /// Whether enough agents stay callable for the queues for which some are kept free.
    #[inline]
    fn leaves_enough_free(&self, rules: &Rules, queue: usize, group: u16, how: How) -> bool {
        rules.kept_free.iter().all(|kept| {
            if kept.queue == queue || !kept.answers[usize::from(group)] {
                return true;
            }
            let counts = |group: &usize| kept.answers[*group] && !self.is_cut_off(*group as u16);
            let groups = (0..kept.answers.len()).filter(counts);
            let callable: usize =
                groups.map(|g| self.e.idle.number(g) + self.e.interruptible.number(g)).sum();
            let taken = usize::from(how <= How::FromWork);
            callable - taken >= kept.number
        })
    }

    /// An agent answers the first caller of a line.
    fn take_by_rules(&mut self, choice: Choice, call: u32) {
        let agent = choice.agent;
        match choice.how {
            How::Idle => {
                self.e.idle.take_of(choice.group);
                note_idle(&mut self.e.agents[agent as usize], agent, self.e.now, self.seen);
            }
            How::FromWork => {
                self.e.interruptible.take_of(choice.group);
                self.note_progress(agent);
            }
            How::Released => self.release(agent, true),
            How::Interrupted => self.release(agent, false),
        }
        self.take_waiting(agent, call);
    }

    /// Callers have waited so long that others may answer: all of this instant, then they are answered.
    #[inline(never)]
    pub(super) fn waits_open_lines(&mut self, call: u32) {
        let Some(rules) = self.plan.rules.as_deref() else { return };
        let here = place(self.e.now, Phase::Timer);
        self.opens(rules, call);
        while self.e.timers.next() == here {
            if let Some(Timer::Overflow(call)) = self.e.timers.pop() {
                self.opens(rules, call);
            }
        }
        self.match_by_rules(rules);
    }

    /// Notes that a caller has waited so long that others may answer. The caller may be gone, and another in the slot.
    fn opens(&mut self, rules: &Rules, call: u32) {
        let c = &mut self.e.calls[call];
        let waited = self.e.now - c.arrived;
        if matches!(c.stage, Stage::Waiting | Stage::Callback)
            && rules.looks[usize::from(c.queue)].contains(&waited)
        {
            c.opened = waited;
        }
    }
}
