//! The twin's way in: telephone lines, menus, full queues, balking, announcements, callbacks, outages.

use super::callers::planned_wrap;
use super::simulator::{Call, Doing, Event, Phase, Twin};
use super::told::Told;
use answerable::law::Sampler;
use answerable::random::Purpose;
use answerable::scenario::{Closing, Outage, WrapRule};
use answerable::unit::{DAY, Micros, micros};

/// The address of an attempt's draws: chases of a case are counted apart from its other attempts.
pub(super) fn address(call: &Call) -> u32 {
    let coming = &call.coming;
    if call.leg > 0 {
        (1 << 25) + call.passing.n
    } else if coming.kind == super::simulator::Kind::Chase {
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
            if self.calls[call].lost {
                continue;
            }
            if std::mem::take(&mut self.calls[call].passing.moves) {
                self.leg_comes(call);
                continue;
            }
            if self.calls[call].rests
                && let Some(up) = self.line_down_until(call)
            {
                self.at(up, Phase::Arrivals, Event::CallbackDue { call });
                continue;
            }
            if std::mem::take(&mut self.calls[call].rests) {
                // A callback takes the caller's old place.
                let c = &mut self.calls[call];
                c.waiting = true;
                let steps = self.setting.queues[c.queue].overflow.iter().map(|step| step.after);
                c.opened = steps.filter(|after| *after <= self.now - c.arrived).max().unwrap_or(0);
                self.at(self.now, Phase::AnsweringArrivals, Event::Answer);
                continue;
            }
            if let Some(leaves) = self.calls[call].menu.take() {
                self.menu_is_over(call, leaves);
                continue;
            }
            let queue = self.calls[call].queue;
            let centre = self.setting.telephone.lines;
            let own = self.setting.queues[queue].access.lines;
            let full = self.line_down_until(call).is_some()
                || centre.is_some_and(|lines| self.on_the_line(None) >= lines)
                || own.is_some_and(|lines| self.on_the_line(Some(queue)) >= lines);
            if full {
                self.busy_tone(call);
            } else {
                self.announce(call);
                self.menu(call);
            }
        }
    }

    /// Who would leave at the n-th announcement has at most so much patience.
    pub(super) fn announce(&mut self, call: usize) {
        let c = self.calls[call];
        let Some(a) = &self.setting.queues[c.queue].access.announcements else { return };
        let u = self.cases[c.case].key.uniform(Purpose::Announcement, address(&c));
        let (mut at, mut stays) = (a.first, 1.0 - a.leave);
        while u < stays {
            // Nobody lives through so many.
            match a.every {
                Some(every) if at < 1000 * DAY => at += every,
                _ => return,
            }
            stays *= 1.0 - a.leave;
        }
        let patience = self.calls[call].patience.get_or_insert(at);
        *patience = at.min(*patience);
    }

    /// A caller with a line goes into the menu, if there is one.
    fn menu(&mut self, call: usize) {
        let c = self.calls[call];
        let Some(menu) = &self.setting.queues[c.queue].access.menu else { return self.comes_to_queue(call) };
        let draw = |purpose| self.cases[c.case].key.uniform(purpose, address(&c));
        let mut time = Sampler::new(&menu.time).micros(draw(Purpose::MenuTime));
        let leaves = draw(Purpose::MenuLeaving) < menu.leave;
        if leaves {
            time = (time as f64 * draw(Purpose::MenuMoment)) as Micros;
        }
        if time == 0 {
            self.menu_is_over(call, leaves);
        } else {
            self.calls[call].menu = Some(leaves);
            self.at(self.now + time, Phase::Arrivals, Event::MenuEnds { call });
        }
    }

    fn menu_is_over(&mut self, call: usize, leaves: bool) {
        if leaves {
            self.log.tell(Told::LeftInMenu(self.attempt(call), self.now));
            let c = self.calls[call];
            return self.redial(&c);
        }
        self.calls[call].arrived = self.now;
        let open = self.hours((self.now / DAY) as u32);
        let is_open = open.is_some_and(|(open, close)| open <= self.now && self.now < close);
        if self.setting.closing == Closing::TurnAway && !is_open {
            self.log.tell(Told::Offered(self.attempt(call), self.now));
            self.log.tell(Told::TurnedAway(self.attempt(call), self.now));
            let case = self.calls[call].case;
            self.cases[case].live -= 1;
            return self.close_if_over(case);
        }
        self.comes_to_queue(call);
    }

    pub(super) fn comes_to_queue(&mut self, call: usize) {
        self.calls[call].waiting = true;
        self.newcomers.push(call);
        self.at(self.now, Phase::AnsweringArrivals, Event::Answer);
    }

    /// Callers who hold a line, of the centre or of a queue: who is in the menu, who waits, and who talks.
    fn on_the_line(&self, queue: Option<usize>) -> u32 {
        // The line is of the queue rung up, wherever the caller is by now.
        let counts = |call: &Call| queue.is_none_or(|queue| call.coming.id.queue() == queue);
        let counts = |call: &Call| call.rung_off.is_none() && !call.passing.off_line && counts(call);
        let there = |c: &Call| c.waiting || c.menu.is_some() || c.passing.moves;
        let waiting = self.calls.iter().filter(|c| there(c) && counts(c)).count();
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
        if self.calls[call].leg > 0 {
            self.log.tell(Told::Offered(self.attempt(call), self.now));
            return self.will_leave(call);
        }
        let queue = self.calls[call].queue;
        let access = &self.setting.queues[queue].access;
        if access.at_most_waiting.is_some_and(|most| {
            self.ahead(call, |c| c.queue == queue && c.rung_off.is_none()) >= u64::from(most)
        }) {
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
        } else {
            self.will_leave(call);
        }
    }

    /// Whoever waits will give up or, if it is offered before, accept a callback.
    fn will_leave(&mut self, call: usize) {
        let c = self.calls[call];
        for step in &self.setting.queues[c.queue].overflow {
            if step.after > 0 {
                self.events.insert((self.now + step.after, Phase::Timers, Event::Opens { call }));
            }
        }
        if let Some(callback) = self.setting.queues[c.queue].access.callback.filter(|_| c.leg == 0) {
            let u = self.cases[c.case].key.uniform(Purpose::CallbackAccepted, address(&c));
            if u < callback.accepted && c.patience.is_none_or(|patience| callback.after < patience) {
                return self.at(self.now + callback.after, Phase::Timers, Event::CallbackOffered { call });
            }
        }
        if let Some(patience) = c.patience {
            self.at(self.now + patience, Phase::Timers, Event::PatienceEnds { call });
        }
    }

    pub(super) fn callback_offered(&mut self, call: usize) {
        if self.calls[call].waiting {
            self.calls[call].rung_off = Some(self.now);
            let c = self.calls[call];
            self.cases[c.case].waited += self.now - c.arrived;
        }
    }

    /// An agent rings a caller back: first the ringing, then the call if anybody answers.
    pub(super) fn ring(&mut self, agent: usize, call: usize) {
        self.spell(agent);
        self.calls[call].waiting = false;
        let c = self.calls[call];
        let callback = self.setting.queues[c.queue].access.callback.expect("one was promised");
        let number = address(&c) + (c.tries << 25);
        let reached = self.cases[c.case].key.uniform(Purpose::CallbackReached, number) < callback.reached;
        self.calls[call].tries += 1;
        let answered = self.now + callback.ringing;
        let after_shift = self.agents[agent].ended;
        let (mut talk_end, mut until) = (answered, answered);
        let serial = self.agents[agent].serial + 1;
        if reached {
            let speed = self.proficiency(agent, c.queue).speed;
            if speed != 1.0 {
                self.calls[call].talk = (c.talk as f64 / speed + 0.5) as Micros;
            }
            let talk = self.talk_done(self.calls[call].talk);
            let policy = self.setting.wrap_policy(c.queue, self.agents[agent].team);
            talk_end = answered + talk;
            until = talk_end + planned_wrap(policy, c.wrap);
            self.cases[c.case].talked += talk;
            self.log.tell(Told::CalledBack(self.attempt(call), agent as u32, answered));
            if talk_end < until {
                self.at(talk_end, Phase::EndsOfWork, Event::TalkEnds { agent, serial });
            }
            if let WrapRule::Adaptive { within } = policy.rule {
                let from = talk_end + within.max(policy.minimum);
                if from < until {
                    self.at(from, Phase::EndsOfWork, Event::Releasable { agent, serial });
                }
            }
        }
        let (talked, releasable, released) = (false, false, false);
        let doing = Doing::Call {
            call,
            answered,
            talk_end,
            until,
            talked,
            releasable,
            released,
            after_shift,
            reached,
        };
        self.begin(agent, doing, Some(until));
    }

    /// Nobody answered: once more later, or never again.
    pub(super) fn nobody_reached(&mut self, call: usize) {
        let c = self.calls[call];
        let callback = self.setting.queues[c.queue].access.callback.expect("one was promised");
        if c.tries >= callback.tries {
            self.log.tell(Told::CallbackFailed(self.attempt(call), self.now));
            return self.redial(&c);
        }
        self.calls[call].rests = true;
        let mut due = self.now + callback.again_after;
        let mut day = (due / DAY) as u32;
        let open = self.hours(day).is_some_and(|(open, close)| open <= due && due < close);
        if !open {
            let opens_later = |twin: &Self, day| twin.hours(day).filter(|(open, _)| *open > due);
            while day < self.horizon.total_days() && opens_later(self, day).is_none() {
                day += 1;
            }
            due = if day < self.horizon.total_days() {
                opens_later(self, day).expect("it opens").0
            } else {
                Micros::MAX
            };
        }
        self.at(due, Phase::Arrivals, Event::CallbackDue { call });
    }

    /// Callers known to wait in some queues, besides one.
    fn ahead(&self, call: usize, counts: impl Fn(&Call) -> bool) -> u64 {
        let others = (0..self.calls.len()).filter(|c| *c != call && self.calls[*c].waiting);
        others.filter(|c| !self.newcomers.contains(c) && counts(&self.calls[*c])).count() as u64
    }

    /// Starts and ends of outages of the whole centre that begin within the run.
    pub(super) fn outages(&self) -> Vec<(Micros, Micros)> {
        let days = 0..self.horizon.total_days();
        let on = |day: u32, outage: &Outage| outage.site.is_none() && outage.date == self.horizon.date(day);
        let of_day = |day: u32| {
            let from = u64::from(day) * DAY;
            let today = self.setting.telephone.outages.iter().filter(move |o| on(day, o));
            today.map(move |o| (from + o.start, from + o.start + o.length)).collect::<Vec<_>>()
        };
        days.flat_map(of_day).collect()
    }

    /// The latest end of the outages that hold now.
    pub(super) fn down_until(&self) -> Option<Micros> {
        self.outages().into_iter().filter(|o| o.0 <= self.now && self.now < o.1).map(|o| o.1).max()
    }

    /// Whoever waits, is in the menu or talks is lost; callbacks rest until the end.
    pub(super) fn goes_down(&mut self) {
        self.log.tell(Told::Outage(self.now, None));
        for call in self.by_identity() {
            self.caller_goes_down(call);
        }
        for agent in 0..self.agents.len() {
            self.talk_goes_down(agent);
        }
    }

    /// (Callers ahead + 1) · mean handling time / agents on shift who serve the queue.
    fn announced_wait(&self, call: usize) -> Micros {
        let (queue, site) = (self.calls[call].queue, self.calls[call].site);
        let queues = &self.setting.queues;
        let shared = |other: &Call| {
            let both = |team| self.is_own(team, queue, site) && self.is_own(team, other.queue, other.site);
            self.agents.iter().any(|agent| both(agent.team))
        };
        let ahead = self.ahead(call, |c| {
            (c.queue, c.site) == (queue, site)
                || queues[c.queue].priority <= queues[queue].priority && shared(c)
        });
        let on_shift = |agent: &usize| {
            let a = &self.agents[*agent];
            a.doing != Doing::Off && self.is_own(a.team, queue, site) && !self.is_cut_off(*agent)
        };
        let agents = (0..self.agents.len()).filter(on_shift).count() as u64;
        let handling = micros(queues[queue].talk.mean() + queues[queue].wrap.mean(), DAY);
        ((ahead + 1) * handling).checked_div(agents).unwrap_or(Micros::MAX)
    }
}
