//! The twin's sites: which of them a caller is sent to, and what happens while one is down; and the state a run begins in.

use super::simulator::{Coming, Doing, Event, Kind, NO_CASE, Phase, Piece, Twin};
use super::told::Told;
use answerable::random::{CaseId, Key, Purpose};
use answerable::unit::{DAY, Micros};

impl Twin<'_> {
    /// The site that a case's callers are sent to, where a queue's sites are separate: the first whose share, with all
    /// before it, lies above the case's number.
    pub(super) fn site_of(&self, queue: usize, key: Key) -> Option<usize> {
        let shares = &self.setting.queues[queue].site_shares;
        let u = key.uniform(Purpose::Site, 0);
        let mut below = 0.0;
        for (site, share) in shares {
            below += share;
            if u < below {
                return Some(*site);
            }
        }
        shares.last().map(|last| last.0)
    }

    /// Whether a team answers a queue's callers of a site as its own.
    pub(super) fn is_own(&self, team: usize, queue: usize, site: Option<usize>) -> bool {
        let team = &self.setting.teams[team];
        team.answers.contains(&queue) && site.is_none_or(|site| team.site == Some(site))
    }

    /// What a team answers: queues, those with separate sites each at the team's own.
    pub(super) fn skills(&self, team: usize) -> Vec<(usize, Option<usize>)> {
        let team = &self.setting.teams[team];
        let separate = |queue: &usize| !self.setting.queues[*queue].site_shares.is_empty();
        team.answers.iter().map(|queue| (*queue, team.site.filter(|_| separate(queue)))).collect()
    }

    /// Outages of one site that begin within the run: (start, end, site).
    fn site_outages(&self) -> Vec<(Micros, Micros, usize)> {
        let mut found = Vec::new();
        for day in 0..self.horizon.total_days() {
            for outage in &self.setting.telephone.outages {
                if let (true, Some(site)) = (outage.date == self.horizon.date(day), outage.site) {
                    let start = u64::from(day) * DAY + outage.start;
                    found.push((start, start + outage.length, site));
                }
            }
        }
        found
    }

    /// Lays out when sites go down and come up again.
    pub(super) fn lay_out_sites(&mut self) {
        for (nth, (start, end, site)) in self.site_outages().into_iter().enumerate() {
            self.at(start, Phase::Outage, Event::SiteGoesDown { site, end, nth });
            // Answering comes after the starts of shifts of the same instant.
            self.at(end, Phase::Answering, Event::Answer);
        }
    }

    /// Lays out the state the run begins in: who rings at the first opening, and put-off work of no case of the run.
    pub(super) fn lay_out_start(&mut self) {
        let state = &self.setting.start_state;
        let mut days = 0..self.horizon.total_days();
        if let Some(day) = days.find(|day| self.hours(*day).is_some()) {
            let open = self.hours(day).expect("it opens").0;
            let cell = open % DAY / self.horizon.interval;
            for (queue, callers) in &state.waiting {
                for index in 0..u64::from(*callers) {
                    let id = CaseId::new(*queue as u64, u64::from(day), cell, 31, index);
                    let coming = Coming { id, kind: Kind::First, redial: false, chase: 0, chase_attempt: 0 };
                    self.at(open, Phase::Arrivals, Event::Arrives(coming));
                }
            }
        }
        for (team, size) in &state.backlog {
            for agent in self.agents.iter_mut().filter(|agent| agent.team == *team) {
                agent.pieces.push(Piece { case: NO_CASE, size: *size, left: *size, put_off: 0 });
            }
        }
    }

    /// Until when a site is down that has gone down.
    pub(super) fn site_down_until(&self, site: usize) -> Option<Micros> {
        let own = self.fallen.iter().filter(|(fallen, end)| *fallen == site && *end > self.now);
        own.map(|fallen| fallen.1).max()
    }

    /// Whether an agent is at a site that is down.
    pub(super) fn is_cut_off(&self, agent: usize) -> bool {
        let site = self.setting.teams[self.agents[agent].team].site;
        site.is_some_and(|site| self.site_down_until(site).is_some())
    }

    /// Until when a caller cannot get to the line: the whole centre or the caller's site is down.
    pub(super) fn line_down_until(&self, call: usize) -> Option<Micros> {
        let own = self.calls[call].site.and_then(|site| self.site_down_until(site));
        own.max(self.down_until())
    }

    /// A site goes down: its own callers are lost, where they have to be answered there, and whoever talks to one of its
    /// agents.
    pub(super) fn site_goes_down(&mut self, site: usize, end: Micros) {
        self.log.tell(Told::Outage(self.now, Some(site)));
        self.fallen.push((site, end));
        for call in self.by_identity() {
            if self.calls[call].site == Some(site) {
                self.caller_goes_down(call);
            }
        }
        for agent in 0..self.agents.len() {
            if self.is_cut_off(agent) && self.setting.teams[self.agents[agent].team].site == Some(site) {
                self.talk_goes_down(agent);
            }
        }
    }

    /// All calls, by identity: of one case an earlier attempt first.
    pub(super) fn by_identity(&self) -> Vec<usize> {
        let mut all: Vec<usize> = (0..self.calls.len()).collect();
        all.sort_by_key(|call| (self.calls[*call].coming.id, self.calls[*call].attempt));
        all
    }

    /// A caller on the way in or in line is lost; a callback rests until the end.
    pub(super) fn caller_goes_down(&mut self, call: usize) {
        let c = self.calls[call];
        if c.rung_off.is_some() && c.waiting {
            (self.calls[call].waiting, self.calls[call].rests) = (false, true);
            let up = self.line_down_until(call).expect("it is down");
            self.at(up, Phase::Arrivals, Event::CallbackDue { call });
        } else if c.waiting {
            self.calls[call].waiting = false;
            self.cases[c.case].waited += self.now - c.arrived;
            self.log.tell(Told::LostInOutage(self.attempt(call), self.now));
            self.leave_alone(call, Phase::Outage);
            self.redial(&c);
        } else if c.menu.is_some() {
            (self.calls[call].menu, self.calls[call].lost) = (None, true);
            self.log.tell(Told::Offered(self.attempt(call), self.now));
            self.log.tell(Told::LostInOutage(self.attempt(call), self.now));
            self.redial(&c);
        }
    }

    /// Whoever talks to an agent is lost.
    pub(super) fn talk_goes_down(&mut self, agent: usize) {
        let Doing::Call { call, answered, talk_end, reached, .. } = self.agents[agent].doing else { return };
        if talk_end <= self.now {
            return;
        }
        self.spell(agent);
        if reached {
            let c = self.calls[call];
            // Told of the whole talk when it began.
            self.cases[c.case].talked -= talk_end - answered.max(self.now);
            self.log.tell(Told::LostInOutage(self.attempt(call), answered.min(self.now)));
            self.leave_alone(call, Phase::Outage);
            self.redial(&c);
        } else {
            self.nobody_reached(call);
        }
        self.free(agent);
    }
}
