//! The twin's transfers: callers passed on when their talk ends, alone or with the agent, and how that goes on.

use super::callers::planned_wrap;
use super::getting_through::address;
use super::simulator::{Call, Doing, Event, Kind, Passing, Phase, Twin};
use super::told::Told;
use answerable::law::special::{normal_cdf, normal_quantile};
use answerable::random::Purpose;
use answerable::scenario::{Closing, ShiftEnd, Transfer, When, WrapRule};
use answerable::unit::{DAY, Micros};

impl Twin<'_> {
    /// An agent's talk is over: the caller may be passed on. Gives back whether the agent stays with the caller.
    pub(super) fn passes_on(&mut self, agent: usize) -> bool {
        let Doing::Call { call, answered, talk_end, after_shift, reached, .. } = self.agents[agent].doing
        else {
            panic!("only talk ends so")
        };
        let c = self.calls[call];
        let can = reached && c.coming.kind != Kind::Chase && c.leg < Transfer::MOST;
        let talk = talk_end - answered - c.passing.handover;
        let Some(number) = can.then(|| self.rule_of(agent, &c, talk)).flatten() else { return false };
        let rule = &self.setting.queues[c.queue].transfers[number];
        let (to, now) = (rule.to, self.now);
        let case = &mut self.cases[c.case];
        let n = case.answers;
        let of_first = if c.leg > 0 { c.passing.of_first } else { n == 0 };
        let for_cut = c.coming.kind == Kind::Repeat && case.for_cut;
        case.answers += 1;
        case.live += 1;
        if of_first {
            case.first_end = Some(now);
        }
        let key = case.key;
        let off_line = c.passing.off_line || c.rung_off.is_some();
        let own = Passing { passed: true, n, of_first, for_cut, ..c.passing };
        self.calls[call].passing = own;
        let escalated = rule.when == When::Unresolved;
        self.log.tell(Told::PassedOn(self.attempt(call), to as u16, escalated, now));
        let (talk, wrap) = (key.uniform(Purpose::Talk, n + 1), key.uniform(Purpose::Wrap, n + 1));
        let wrap = match self.setting.queues[to].talk_wrap_rho {
            0.0 => wrap,
            rho => {
                let r = 2.0 * libm::sin(std::f64::consts::PI * rho / 6.0);
                normal_cdf(r * normal_quantile(talk) + (1.0 - r * r).sqrt() * normal_quantile(wrap))
            }
        };
        let leg = self.calls.len();
        self.calls.push(Call {
            queue: to,
            site: self.site_of(to, key),
            arrived: now,
            waiting: false,
            opened: 0,
            talk: self.talk[to].micros(talk),
            wrap: self.wrap[to].micros(wrap),
            patience: None,
            menu: None,
            rung_off: None,
            tries: 0,
            rests: false,
            lost: false,
            leg: c.leg + 1,
            passing: Passing { moves: true, n: n + 1, of_first, for_cut, off_line, ..Passing::default() },
            ..c
        });
        let u = key.uniform(Purpose::Patience, address(&self.calls[leg]));
        self.calls[leg].patience = self.patience[to].as_ref().map(|law| law.micros(u));
        self.announce(leg);
        self.arriving.push(leg);
        self.at(now, Phase::Entering, Event::Enter);
        let Some(warm) = &rule.warm else { return false };
        let law = self.handover[c.queue][number].as_ref().expect("it is warm");
        self.calls[leg].passing.handover = law.micros(key.uniform(Purpose::Handover, n));
        self.calls[leg].passing.companion = Some(agent);
        self.spell(agent);
        self.begin(agent, Doing::Stays { call, leg, answered, after_shift, until: None }, None);
        let serial = self.agents[agent].serial;
        self.at(now + warm.stays_at_most, Phase::EndsOfWork, Event::StayEnds { agent, serial });
        true
    }

    /// The rule that passes a call on, of so much talk: those for any call first; then, if the agent cannot resolve it as
    /// far as is known by now, those for such calls.
    fn rule_of(&self, agent: usize, c: &Call, talk: Micros) -> Option<usize> {
        let case = &self.cases[c.case];
        let draw = |purpose| case.key.uniform(purpose, case.answers);
        let rules = &self.setting.queues[c.queue].transfers;
        let one_of = |when: When, u: f64| {
            let mut below = 0.0;
            for (number, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.when == when) {
                below += rule.probability;
                if u < below {
                    return Some(number);
                }
            }
            None
        };
        if let Some(number) = one_of(When::Any, draw(Purpose::Transfer)) {
            return Some(number);
        }
        let response = &self.setting.response;
        let skill = self.proficiency(agent, c.queue).resolution;
        let mut p = if skill == 1.0 { response.resolved } else { (response.resolved * skill).min(1.0) };
        if talk < c.talk {
            let h = response.loss_talk * ((c.talk - talk) as f64 / c.talk as f64);
            p = (p * (1.0 - h)).clamp(0.0, 1.0);
        }
        if draw(Purpose::Resolution) < p { None } else { one_of(When::Unresolved, draw(Purpose::Escalation)) }
    }

    /// A caller passed on comes to the next queue: it has its line, and is through everything but the wait.
    pub(super) fn leg_comes(&mut self, call: usize) {
        let open = self.hours((self.now / DAY) as u32);
        let is_open = open.is_some_and(|(open, close)| open <= self.now && self.now < close);
        if self.line_down_until(call).is_some() {
            self.log.tell(Told::Offered(self.attempt(call), self.now));
            self.log.tell(Told::LostInOutage(self.attempt(call), self.now));
            self.leave_alone(call, Phase::AnsweringArrivals);
            let c = self.calls[call];
            self.redial(&c);
        } else if self.setting.closing == Closing::TurnAway && !is_open {
            self.log.tell(Told::Offered(self.attempt(call), self.now));
            self.log.tell(Told::TurnedAway(self.attempt(call), self.now));
            self.leave_alone(call, Phase::AnsweringArrivals);
            let case = self.calls[call].case;
            self.cases[case].live -= 1;
            self.close_if_over(case);
        } else {
            self.comes_to_queue(call);
        }
    }

    /// A caller is answered with whom somebody may have stayed: how long those two agents are on the line together.
    pub(super) fn joins(&mut self, call: usize) -> Micros {
        let passing = self.calls[call].passing;
        let Some(agent) = passing.companion else { return 0 };
        let over = self.now + passing.handover;
        let a = &mut self.agents[agent];
        let Doing::Stays { until, .. } = &mut a.doing else { panic!("the agent stays with the caller") };
        *until = Some(over);
        a.serial += 1;
        let serial = a.serial;
        self.at(over, Phase::EndsOfWork, Event::StayEnds { agent, serial });
        passing.handover
    }

    /// A caller has gone: whoever stayed is told when all that happens in this phase is over.
    pub(super) fn leave_alone(&mut self, call: usize, phase: Phase) {
        if let Some(agent) = self.calls[call].passing.companion.take() {
            self.at(self.now, phase, Event::LeftAlone { agent });
        }
    }

    /// All who are left alone in one phase of an instant are before any of them answers anybody.
    pub(super) fn are_left_alone(&mut self, agent: usize, phase: Phase) {
        let mut alone = vec![agent];
        while let Some((time, of, Event::LeftAlone { agent })) = self.events.first().copied()
            && (time, of) == (self.now, phase)
        {
            self.events.pop_first();
            alone.push(agent);
        }
        for agent in alone {
            let serial = self.agents[agent].serial;
            self.at(self.now, Phase::EndsOfWork, Event::StayEnds { agent, serial });
        }
    }

    /// The handover is done, the caller has gone, or the agent has waited long enough.
    pub(super) fn stay_ends(&mut self, agent: usize, of: u64) {
        if self.agents[agent].serial != of {
            return;
        }
        let Doing::Stays { leg, until, .. } = self.agents[agent].doing else { panic!("the agent stays") };
        let passing = &mut self.calls[leg].passing;
        if passing.companion.take().is_some() && until.is_none() {
            passing.handover = 0;
        }
        self.spell(agent);
        self.stay_is_over(agent, self.now);
        let Doing::Call { call, until, .. } = self.agents[agent].doing else { panic!("wrap begins") };
        let doing = self.agents[agent].doing;
        self.begin(agent, doing, Some(until));
        let serial = self.agents[agent].serial;
        let policy = self.setting.wrap_policy(self.calls[call].queue, self.agents[agent].team);
        if let WrapRule::Adaptive { within } = policy.rule {
            let from = self.now + within.max(policy.minimum);
            if from < until {
                self.at(from, Phase::EndsOfWork, Event::Releasable { agent, serial });
            }
        }
        if until > self.now {
            self.at(self.now, Phase::Answering, Event::Answer);
        }
    }

    /// From a moment on the agent is in wrap, which the end of a shift may take away.
    pub(super) fn stay_is_over(&mut self, agent: usize, talk_end: Micros) {
        let Doing::Stays { call, answered, after_shift, .. } = self.agents[agent].doing else {
            panic!("the agent stays")
        };
        let c = self.calls[call];
        let policy = self.setting.wrap_policy(c.queue, self.agents[agent].team);
        let cut = self.agents[agent].ended
            && self.setting.shift_end == ShiftEnd::FinishCall
            && !self.stays_to_finish(agent);
        let until = talk_end + if cut { 0 } else { planned_wrap(policy, c.wrap) };
        self.agents[agent].doing = Doing::Call {
            call,
            answered,
            talk_end,
            until,
            talked: true,
            releasable: false,
            released: false,
            after_shift,
            reached: true,
        };
    }
}
