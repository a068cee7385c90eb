//! The twin's way in: telephone lines, full queues, balking.

use super::simulator::{Call, Doing, Event, Phase, Twin};
use super::told::Told;
use answerable::random::Purpose;
use answerable::unit::{Micros, micros};

/// The address of an attempt's draws: chases of a case are counted apart from its other attempts.
fn address(call: &Call) -> u32 {
    let coming = &call.coming;
    if coming.kind == super::simulator::Kind::Chase {
        (1 << 24) + 256 * u32::from(coming.chase) + u32::from(coming.chase_attempt.min(255))
    } else {
        call.number
    }
}

impl Twin<'_> {
    /// Whoever arrived at this instant takes a line, by identity, or hears the busy tone.
    pub(super) fn enter(&mut self) {
        let mut arriving = std::mem::take(&mut self.arriving);
        arriving.sort_by_key(|call| {
            let c = &self.calls[*call];
            (c.coming.id, c.coming.kind, c.attempt)
        });
        for call in arriving {
            let queue = self.calls[call].queue;
            let centre = self.setting.telephone.lines;
            let own = self.setting.queues[queue].access.lines;
            let full = centre.is_some_and(|lines| self.on_the_line(None) >= lines)
                || own.is_some_and(|lines| self.on_the_line(Some(queue)) >= lines);
            if full {
                self.busy_tone(call);
            } else {
                self.calls[call].waiting = true;
                self.newcomers.push(call);
                self.at(self.now, Phase::AnsweringArrivals, Event::Answer);
            }
        }
    }

    /// Callers who hold a line, of the centre or of a queue: who waits, and who talks.
    fn on_the_line(&self, queue: Option<usize>) -> u32 {
        let counts = |call: &Call| queue.is_none_or(|queue| call.queue == queue);
        let waiting = self.calls.iter().filter(|c| c.waiting && counts(c)).count();
        let talking = self.agents.iter().filter(|agent| match agent.doing {
            Doing::Call { call, talk_end, .. } => talk_end > self.now && counts(&self.calls[call]),
            _ => false,
        });
        (waiting + talking.count()) as u32
    }

    fn busy_tone(&mut self, call: usize) {
        self.calls[call].waiting = false;
        self.log.tell(Told::Blocked(self.attempt(call), self.now));
        let c = self.calls[call];
        self.redial(&c);
    }

    /// Those of this instant whom nobody could answer, one by one: the queue is full, or they ring off, or they wait.
    pub(super) fn judge_newcomers(&mut self) {
        while !self.newcomers.is_empty() {
            let call = self.newcomers.remove(0);
            if self.calls[call].waiting {
                self.judge(call);
            } else {
                self.log.tell(Told::Offered(self.attempt(call), self.now));
            }
        }
    }

    fn judge(&mut self, call: usize) {
        let queue = self.calls[call].queue;
        let access = &self.setting.queues[queue].access;
        if access.at_most_waiting.is_some_and(|most| self.ahead(call, |q| q == queue) >= u64::from(most)) {
            return self.busy_tone(call);
        }
        self.log.tell(Told::Offered(self.attempt(call), self.now));
        let c = self.calls[call];
        let wait = self.announced_wait(call);
        let mut probability = 0.0;
        for (from, p) in &access.balking {
            if wait >= *from {
                probability = *p;
            }
        }
        if self.cases[c.case].key.uniform(Purpose::Balking, address(&c)) < probability {
            self.calls[call].waiting = false;
            self.log.tell(Told::Balked(self.attempt(call), self.now));
            self.redial(&c);
        } else if let Some(patience) = c.patience {
            self.at(self.now + patience, Phase::Timers, Event::PatienceEnds { call });
        }
    }

    /// Callers known to wait in some queues, besides one.
    fn ahead(&self, call: usize, counts: impl Fn(usize) -> bool) -> u64 {
        let others = (0..self.calls.len()).filter(|c| *c != call && self.calls[*c].waiting);
        others.filter(|c| !self.newcomers.contains(c) && counts(self.calls[*c].queue)).count() as u64
    }

    /// (Callers ahead + 1) · mean handling time / agents on shift who serve the queue.
    fn announced_wait(&self, call: usize) -> Micros {
        let queue = self.calls[call].queue;
        let queues = &self.setting.queues;
        let serve = |team: usize, queue: usize| self.setting.teams[team].answers.contains(&queue);
        let shared =
            |other: usize| (0..self.setting.teams.len()).any(|team| serve(team, queue) && serve(team, other));
        let ahead = self.ahead(call, |other| {
            other == queue || queues[other].priority <= queues[queue].priority && shared(other)
        });
        let on_shift =
            |agent: &&super::simulator::Agent| agent.doing != Doing::Off && serve(agent.team, queue);
        let agents = self.agents.iter().filter(on_shift).count() as u64;
        let handling = micros(queues[queue].talk.mean() + queues[queue].wrap.mean(), answerable::unit::DAY);
        ((ahead + 1) * handling).checked_div(agents).unwrap_or(Micros::MAX)
    }
}
