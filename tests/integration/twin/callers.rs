//! The twin's callers: arriving, waiting, being answered, trying again; and what becomes of a call's work.

use super::routing::How;
use super::simulator::{Call, Case, Coming, Doing, Event, Kind, Passing, Phase, Piece, Twin};
use super::told::{Attempt, Told};
use answerable::engine::{CaseSummary, Handling};
use answerable::law::special::{normal_cdf, normal_quantile};
use answerable::random::{CaseId, Key, Purpose};
use answerable::scenario::{TalkPolicy, WrapPolicy, WrapRule};
use answerable::unit::{DAY, Micros};

/// What is left of an overshoot over `within` under pressure; the cut is rounded half up to a microsecond.
fn compressed(needed: Micros, within: Micros, pressure: f64) -> Micros {
    let over = needed.saturating_sub(within);
    needed - ((pressure * over as f64 + 0.5) as Micros).min(over)
}

/// Wrap done of wrap required (section 5): w by the rule, then at least the minimum.
pub(super) fn planned_wrap(policy: &WrapPolicy, required: Micros) -> Micros {
    let w = match policy.rule {
        WrapRule::AsNeeded | WrapRule::Adaptive { .. } => required,
        WrapRule::Target { within, pressure } => compressed(required, within, pressure),
        WrapRule::Cap { within } | WrapRule::Scheduled { within } => required.min(within),
    };
    w.max(policy.minimum)
}

/// The address of a chase's draws by chase and attempt.
fn chase_number(coming: &Coming) -> u32 {
    u32::from(coming.chase) * 256 + u32::from(coming.chase_attempt.min(255))
}

impl Twin<'_> {
    pub(super) fn attempt(&self, call: usize) -> Attempt {
        let c = &self.calls[call];
        Attempt {
            id: c.coming.id,
            kind: c.coming.kind.told(),
            redial: c.coming.redial,
            attempt: c.attempt,
            queue: c.queue as u16,
            chase: (c.coming.chase, c.coming.chase_attempt),
            cell: (c.arrived / self.horizon.interval) as u32,
            arrived: c.arrived,
            rung_off: c.rung_off,
            leg: c.leg,
        }
    }

    /// A case's place in the list; a first call makes a new one.
    fn case_of(&mut self, id: CaseId) -> usize {
        if let Some(known) = self.cases.iter().position(|c| c.id == id) {
            return known;
        }
        self.cases.push(Case {
            id,
            key: self.root.purpose(Purpose::Case).at(id.0),
            waited: 0,
            talked: 0,
            attempts: 0,
            own_attempts: 0,
            answered_calls: 0,
            answers: 0,
            redials: 0,
            chases: 0,
            pending: 0,
            live: 1,
            resolved: false,
            first_resolved: false,
            called_again: false,
            reached_first: false,
            for_cut: false,
            first_end: None,
            closed: false,
        });
        self.cases.len() - 1
    }

    /// A call arrives.
    pub(super) fn arrives(&mut self, coming: Coming) {
        let case = self.case_of(coming.id);
        if coming.kind == Kind::Chase && !coming.redial {
            let c = &mut self.cases[case];
            // The work has been done meanwhile; it may even be other work that pends now, with chases of its own.
            if c.closed || c.pending == 0 || c.chases != coming.chase + 1 {
                return;
            }
            c.live += 1;
            self.next_chase(case);
        }
        let queue = coming.id.queue();
        let c = &mut self.cases[case];
        let (attempt, number, key) = (c.attempts, c.own_attempts, c.key);
        c.attempts += 1;
        if coming.kind != Kind::Chase {
            c.own_attempts += 1;
        }
        if coming.kind != Kind::First && c.first_end.is_some_and(|end| self.now < end + 7 * DAY) {
            c.called_again = true;
        }
        let [patience, talk, wrap] = if coming.kind == Kind::Chase {
            let chase = u32::from(coming.chase);
            [
                key.uniform(Purpose::ChasePatience, chase_number(&coming)),
                key.uniform(Purpose::ChaseTalk, chase),
                key.uniform(Purpose::ChaseWrap, chase),
            ]
        } else {
            [
                key.uniform(Purpose::Patience, number),
                key.uniform(Purpose::Talk, c.answers),
                key.uniform(Purpose::Wrap, c.answers),
            ]
        };
        // Rank correlation rho: normal scores with Pearson's r = 2 sin(rho pi/6).
        let wrap = match self.setting.queues[queue].talk_wrap_rho {
            0.0 => wrap,
            rho => {
                let r = 2.0 * libm::sin(std::f64::consts::PI * rho / 6.0);
                normal_cdf(r * normal_quantile(talk) + (1.0 - r * r).sqrt() * normal_quantile(wrap))
            }
        };
        let call = self.calls.len();
        let site = self.site_of(queue, key);
        self.calls.push(Call {
            coming,
            case,
            attempt,
            number,
            queue,
            site,
            arrived: self.now,
            waiting: false,
            opened: 0,
            talk: self.talk[queue].micros(talk),
            wrap: self.wrap[queue].micros(wrap),
            patience: None,
            menu: None,
            rung_off: None,
            tries: 0,
            rests: false,
            lost: false,
            leg: 0,
            passing: Passing::default(),
        });
        self.calls[call].patience = self.patience[queue].as_ref().map(|law| law.micros(patience));
        self.arriving.push(call);
        self.at(self.now, Phase::Entering, Event::Enter);
    }

    /// Pairs of a caller and an agent, the best first, until nobody who waits can be answered: by callable agents, then
    /// by agents whose adaptive wrap has lasted long enough, then by agents taken out of wrap.
    pub(super) fn answer_waiting(&mut self) {
        for how in [How::FromWork, How::Released, How::Interrupted] {
            while let Some((call, agent, how)) = self.best_pair(how) {
                match how {
                    How::Idle | How::FromWork => {}
                    How::Released | How::Interrupted => self.out_of_wrap(agent, how),
                }
                self.answer(agent, call);
            }
        }
        self.rest();
    }

    fn answer(&mut self, agent: usize, call: usize) {
        if self.calls[call].rung_off.is_some() {
            return self.ring(agent, call);
        }
        self.spell(agent);
        let now = self.now;
        let team = self.agents[agent].team;
        self.calls[call].waiting = false;
        let speed = self.proficiency(agent, self.calls[call].queue).speed;
        if speed != 1.0 {
            self.calls[call].talk = (self.calls[call].talk as f64 / speed + 0.5) as Micros;
        }
        let c = self.calls[call];
        let policy = self.setting.wrap_policy(c.queue, team);
        let talk = self.joins(call) + self.talk_done(c.talk);
        let talk_end = now + talk;
        let until = talk_end + planned_wrap(policy, c.wrap);
        self.cases[c.case].waited += now - c.arrived;
        self.cases[c.case].talked += talk;
        self.log.tell(Told::Answered(self.attempt(call), agent as u32, now));
        let after_shift = self.agents[agent].ended;
        let (talked, releasable, released) = (false, false, false);
        let reached = true;
        let doing = Doing::Call {
            call,
            answered: now,
            talk_end,
            until,
            talked,
            releasable,
            released,
            after_shift,
            reached,
        };
        self.begin(agent, doing, Some(until));
        let serial = self.agents[agent].serial;
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

    pub(super) fn talk_done(&self, needed: Micros) -> Micros {
        match self.setting.talk_policy {
            TalkPolicy::AsNeeded => needed,
            TalkPolicy::Target { within, pressure } => compressed(needed, within, pressure),
        }
    }

    /// A call's wrap has ended: what was done, what becomes of the rest, whether the case is resolved.
    pub(super) fn settle(&mut self, agent: usize) {
        let Doing::Call { call, answered, talk_end, released, reached, .. } = self.agents[agent].doing else {
            panic!("only a call is settled")
        };
        if !reached {
            return self.nobody_reached(call);
        }
        let now = self.now;
        let response = &self.setting.response;
        let c = self.calls[call];
        let is_chase = c.coming.kind == Kind::Chase;
        let policy = self.setting.wrap_policy(c.queue, self.agents[agent].team);
        let skill = self.proficiency(agent, c.queue).resolution;
        let best = if skill == 1.0 { response.resolved } else { (response.resolved * skill).min(1.0) };
        let case = &mut self.cases[c.case];

        // U = W - w by the policy, and what the shift's end took, which is always put off.
        let spent = now - talk_end;
        let done = spent.min(c.wrap);
        let cut = match released {
            true => c.wrap - done,
            false => c.wrap.saturating_sub(planned_wrap(policy, c.wrap)),
        };
        let mut deferred = c.wrap - done - cut;
        let (mut absorbed, mut dropped) = (0, 0);
        let (leg, passed) = (c.leg > 0, c.passing.passed);
        let n = if passed { c.passing.n } else { case.answers };
        let u = match is_chase {
            true => case.key.uniform(Purpose::ChaseFate, u32::from(c.coming.chase)),
            false => case.key.uniform(Purpose::Fate, n),
        };
        if u < policy.absorbed {
            absorbed = cut;
        } else if u < policy.absorbed + policy.dropped {
            dropped = cut;
        } else {
            deferred += cut;
        }

        // Legs are no calls of their own.
        case.answered_calls += u32::from(!leg);
        case.reached_first = case.reached_first || c.attempt == 0;
        let is_for_cut = match leg || passed {
            true => c.passing.for_cut,
            false => c.coming.kind == Kind::Repeat && case.for_cut,
        };
        let first_answer = !is_chase && !passed && if leg { c.passing.of_first } else { n == 0 };
        let (mut repeats, mut repeats_for_cut) = (false, false);
        if !is_chase && !passed {
            let mut h = 0.0;
            if dropped > 0 {
                h += response.loss_dropped + response.loss_share * (dropped as f64 / c.wrap as f64);
            }
            let talk_cut = c.talk - (talk_end - answered - c.passing.handover);
            if talk_cut > 0 {
                h += response.loss_talk * (talk_cut as f64 / c.talk as f64);
            }
            let u = case.key.uniform(Purpose::Resolution, n);
            case.resolved = u < (best * (1.0 - h)).clamp(0.0, 1.0);
            repeats = !case.resolved && case.key.uniform(Purpose::Repeat, n) < response.repeats;
            repeats_for_cut = repeats && u < best;
            case.answers += 1;
            if first_answer {
                case.first_resolved = case.resolved;
                case.first_end = Some(now);
            }
        }
        let handling = Handling {
            agent: agent as u32,
            answered,
            talk_end,
            wrap_end: now,
            talk_needed: c.talk,
            required: c.wrap,
            done,
            absorbed,
            dropped,
            deferred,
            padding: spent - done,
            first_answer,
            resolved: case.resolved,
            repeats,
            repeats_for_cut,
            is_for_cut,
        };
        if !is_chase && !passed {
            self.cases[c.case].for_cut = repeats_for_cut;
        }
        self.log.tell(Told::Handled(self.attempt(call), handling));
        if deferred > 0 {
            self.put_off(agent, c.case, deferred);
        }
        if repeats {
            self.cases[c.case].live += 1;
            self.repeat(&c, n);
        }
        self.cases[c.case].live -= 1;
        self.close_if_over(c.case);
    }

    fn put_off(&mut self, agent: usize, case: usize, size: Micros) {
        let left = (size as f64 * self.setting.backlog.resume + 0.5) as Micros;
        self.agents[agent].pieces.push(Piece { case, size, left, put_off: self.now });
        self.cases[case].pending += 1;
        if self.cases[case].pending == 1 {
            self.next_chase(case);
        }
    }

    /// The next chase comes after an exponential number of open days, each day's opening hours being one.
    fn next_chase(&mut self, case: usize) {
        let rate = self.setting.response.chase;
        if rate <= 0.0 {
            return;
        }
        let c = &mut self.cases[case];
        let chase = c.chases;
        c.chases += 1;
        let id = c.id;
        let mut days = -libm::log(c.key.uniform(Purpose::ChaseGap, u32::from(chase))) / rate;
        for day in 0..self.horizon.total_days() {
            let Some((open, close)) = self.hours(day) else { continue };
            if close <= self.now {
                continue;
            }
            let from = open.max(self.now);
            let left = (close - from) as f64 / (close - open) as f64;
            if days < left {
                // The first whole microsecond after, but within opening hours.
                let time = from + (days * (close - open) as f64) as Micros + 1;
                let time = time.min(close - 1).max(self.now + 1);
                let coming = Coming { id, kind: Kind::Chase, redial: false, chase, chase_attempt: 0 };
                self.at(time, Phase::Arrivals, Event::Arrives(coming));
                return;
            }
            days -= left;
        }
    }

    pub(super) fn patience_ends(&mut self, call: usize) {
        if !self.calls[call].waiting || self.calls[call].rung_off.is_some() {
            return;
        }
        self.calls[call].waiting = false;
        let c = self.calls[call];
        self.cases[c.case].waited += self.now - c.arrived;
        self.log.tell(Told::Abandoned(self.attempt(call), self.now));
        self.leave_alone(call, Phase::Timers);
        self.redial(&c);
    }

    /// A caller who did not get through tries again, or the case (of a chase: the chase) is given up.
    pub(super) fn redial(&mut self, call: &Call) {
        let response = &self.setting.response;
        let key = self.cases[call.case].key;
        let (purposes, number) = match call.coming.kind {
            Kind::Chase => (
                [
                    Purpose::ChaseRedial,
                    Purpose::ChaseRedialDelay,
                    Purpose::ChaseAfterClosing,
                    Purpose::ChaseRedialMoment,
                ],
                chase_number(&call.coming),
            ),
            _ => (
                [Purpose::Redial, Purpose::RedialDelay, Purpose::AfterClosing, Purpose::RedialMoment],
                call.number,
            ),
        };
        let [tries, delay, after_closing, moment] = purposes.map(|p| key.uniform(p, number));
        let mut time = None;
        if self.cases[call.case].redials < response.redials_at_most && tries < response.redials {
            // Never at the very instant of hanging up.
            let wanted = self.now + self.redial_delay.micros(delay).max(1);
            if self.is_open(wanted) {
                time = Some(wanted);
            } else if after_closing < response.after_closing {
                time = Some(self.next_open_moment(call.coming.id.queue(), wanted, moment));
            }
        }
        match time {
            Some(time) => {
                self.cases[call.case].redials += 1;
                let chase_attempt = match call.coming.kind {
                    Kind::Chase => call.coming.chase_attempt + 1,
                    _ => 0,
                };
                // Whoever was answered and passed on calls about a case that was answered before.
                let kind = match call.coming.kind {
                    Kind::First if call.leg > 0 => Kind::Repeat,
                    kind => kind,
                };
                let coming = Coming { kind, redial: true, chase_attempt, ..call.coming };
                self.at(time, Phase::Arrivals, Event::Arrives(coming));
            }
            None => {
                self.cases[call.case].live -= 1;
                self.close_if_over(call.case);
            }
        }
    }

    /// An unresolved case calls again: after its delay if the centre is open then, else on the next open day.
    fn repeat(&mut self, call: &Call, n: u32) {
        let key: Key = self.cases[call.case].key;
        let wanted = self.now + self.repeat_delay.micros(key.uniform(Purpose::RepeatDelay, n)).max(1);
        let time = match self.is_open(wanted) {
            true => wanted,
            false => {
                let u = key.uniform(Purpose::RepeatMoment, n);
                self.next_open_moment(call.coming.id.queue(), wanted, u)
            }
        };
        let id = call.coming.id;
        let coming = Coming { id, kind: Kind::Repeat, redial: false, chase: 0, chase_attempt: 0 };
        self.at(time, Phase::Arrivals, Event::Arrives(coming));
    }

    fn is_open(&self, time: Micros) -> bool {
        self.hours((time / DAY) as u32).is_some_and(|(open, close)| open <= time && time < close)
    }

    /// A moment drawn from the queue's profile on the first open day whose opening is still to come, on which anybody
    /// calls at all; after the run if there is none.
    fn next_open_moment(&self, queue: usize, time: Micros, u: f64) -> Micros {
        for day in 0..self.horizon.total_days() {
            if self.hours(day).is_some_and(|(open, _)| open > time)
                && let Some(moment) = self.rates[queue].moment(day, u)
            {
                return u64::from(day) * DAY + moment;
            }
        }
        Micros::MAX
    }

    /// At closing, those who wait are turned away; they do not try again.
    pub(super) fn turn_away(&mut self) {
        for call in 0..self.calls.len() {
            if self.calls[call].waiting && self.calls[call].rung_off.is_none() {
                self.calls[call].waiting = false;
                let c = self.calls[call];
                self.cases[c.case].waited += self.now - c.arrived;
                self.log.tell(Told::TurnedAway(self.attempt(call), self.now));
                self.leave_alone(call, Phase::Closing);
                self.cases[c.case].live -= 1;
                self.close_if_over(c.case);
            }
        }
    }

    /// A case closes when no call of it is live or certain to come and none of its work is pending.
    pub(super) fn close_if_over(&mut self, case: usize) {
        if self.cases[case].live == 0 && self.cases[case].pending == 0 {
            self.close(case, false);
        }
    }

    fn close(&mut self, case: usize, open: bool) {
        let c = &mut self.cases[case];
        assert!(!c.closed, "a case closes once");
        c.closed = true;
        self.log.tell(Told::Closed(CaseSummary {
            id: c.id,
            key: c.key,
            waited: c.waited,
            talked: c.talked,
            attempts: u32::from(c.attempts),
            answered_calls: c.answered_calls,
            resolved: c.resolved && c.pending == 0,
            first_resolved: c.first_resolved,
            called_again: c.called_again,
            reached_first: c.reached_first,
            open,
        }));
    }

    /// The run ends: who waits is told as waiting, calls in hand are finished, open cases told as they stand.
    pub(super) fn finish(&mut self) {
        self.now = self.end;
        for call in 0..self.calls.len() {
            if self.calls[call].menu.is_some() {
                // Whoever is in the menu comes to the queue at the end.
                self.calls[call].arrived = self.end;
                self.log.tell(Told::Offered(self.attempt(call), self.end));
                self.log.tell(Told::StillWaiting(self.attempt(call), self.end));
            } else if self.calls[call].waiting {
                self.calls[call].waiting = false;
                let c = self.calls[call];
                if c.rung_off.is_none() {
                    self.cases[c.case].waited += self.end - c.arrived;
                }
                self.log.tell(Told::StillWaiting(self.attempt(call), self.end));
            }
        }
        for agent in 0..self.agents.len() {
            let doing = self.agents[agent].doing;
            if doing == Doing::Off {
                continue;
            }
            self.spell(agent);
            if let Doing::Stays { until, .. } = doing {
                self.stay_is_over(agent, until.unwrap_or(self.end));
            }
            if let Doing::Call { until, .. } = self.agents[agent].doing {
                // What follows the run's end is told of the call, not of the agent.
                self.now = until;
                self.settle(agent);
                self.now = self.end;
            }
            self.leave(agent);
        }
        for call in 0..self.calls.len() {
            if self.calls[call].rests {
                self.log.tell(Told::StillWaiting(self.attempt(call), self.end));
            }
        }
        for agent in 0..self.agents.len() {
            for piece in std::mem::take(&mut self.agents[agent].pieces) {
                self.log.tell(Told::NeverCaughtUp { agent: agent as u32, size: piece.size });
            }
        }
        for case in 0..self.cases.len() {
            if !self.cases[case].closed {
                self.close(case, true);
            }
        }
    }
}
