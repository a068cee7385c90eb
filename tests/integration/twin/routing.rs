//! The twin's answering: every pair of a caller who waits and an agent who may answer, the best first.

use super::simulator::{Doing, Event, Phase, Twin, WorkTime};
use answerable::random::CaseId;
use answerable::scenario::{Proficiency, Routing, WrapRule};
use answerable::unit::Micros;

/// How an agent comes to answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum How {
    Idle,
    FromWork,
    Released,
    Interrupted,
}

/// What comes first among callers: priority as an agent sees it, arrival with head start, identity of the call.
type Turn = (u8, i64, CaseId, usize);

/// What comes first among agents: how they come to answer, step of overflow, rank by the queue's rule (high proficiency
/// first: as a negative number), since when, number.
type Rank = (How, usize, f64, Micros, usize);

fn least<T: PartialOrd + Copy>(items: impl Iterator<Item = T>) -> Option<T> {
    items.reduce(|a, b| if b < a { b } else { a })
}

impl Twin<'_> {
    /// How fast and how well an agent handles a queue.
    pub(super) fn proficiency(&self, agent: usize, queue: usize) -> Proficiency {
        let team = self.agents[agent].team;
        let first = self.agents.iter().position(|a| a.team == team).expect("the agent is in the team");
        self.setting.teams[team].proficiency(queue, agent - first)
    }

    /// The caller who comes first of those whom an agent may answer in no worse way, and that agent.
    pub(super) fn best_pair(&self, worst: How) -> Option<(usize, usize, How)> {
        let busy = |agent: usize| match self.agents[agent].doing {
            Doing::Call { talked, releasable, .. } => !talked && !releasable,
            Doing::Idle | Doing::Work { .. } => false,
            _ => true,
        };
        let free: Vec<usize> = (0..self.agents.len()).filter(|agent| !busy(*agent)).collect();
        if free.is_empty() {
            return None;
        }
        let calls: Vec<usize> = (0..self.calls.len()).filter(|call| self.calls[*call].waiting).collect();
        let line = |call: usize| (self.calls[call].queue, self.calls[call].site.map_or(0, |site| site + 1));
        let mut waiting = vec![vec![0; self.setting.sites.len() + 1]; self.setting.queues.len()];
        calls.iter().map(|call| line(*call)).for_each(|(queue, site)| waiting[queue][site] += 1);
        let pairs = |call: usize| {
            let (free, waiting) = (&free, waiting[line(call).0][line(call).1]);
            free.iter()
                .filter_map(move |agent| self.pair(call, *agent, waiting))
                .filter(move |pair| pair.1.0 <= worst)
        };
        let first = least(calls.iter().flat_map(|call| pairs(*call)).map(|pair| pair.0))?;
        let agent = least(pairs(first.3).map(|pair| pair.1))?;
        Some((first.3, agent.4, agent.0))
    }

    /// The rank of a pair; `None` where the agent may not answer the caller now. So many wait in the caller's line.
    fn pair(&self, call: usize, agent: usize, waiting: usize) -> Option<(Turn, Rank)> {
        if self.is_cut_off(agent) {
            return None;
        }
        let c = &self.calls[call];
        let a = &self.agents[agent];
        let queue = &self.setting.queues[c.queue];
        let team = &self.setting.teams[a.team];
        let step = match self.is_own(a.team, c.queue, c.site) {
            true => 0,
            false => {
                let step = queue.overflow.iter().position(|o| o.teams.contains(&a.team))?;
                let rule = &queue.overflow[step];
                if c.opened < rule.after || waiting <= rule.when_more_wait_than as usize {
                    return None;
                }
                step + 1
            }
        };
        let stays = !a.ended && !a.no_more_calls && !a.pause_due;
        let (how, since) = match a.doing {
            Doing::Idle => (How::Idle, a.callable_since),
            Doing::Work { time: WorkTime::Idle, .. } if self.setting.backlog.interruptible => {
                (How::FromWork, a.callable_since)
            }
            Doing::Call { call, talk_end, releasable: true, .. } if stays => {
                let policy = self.setting.wrap_policy(self.calls[call].queue, a.team);
                let WrapRule::Adaptive { within } = policy.rule else {
                    panic!("only adaptive wrap is released")
                };
                (How::Released, talk_end + within.max(policy.minimum))
            }
            Doing::Call { talked: true, talk_end, .. } if stays && queue.interrupts_wrap => {
                (How::Interrupted, talk_end)
            }
            _ => return None,
        };
        for (other, kept) in self.setting.queues.iter().enumerate() {
            if other == c.queue || !team.answers.contains(&other) {
                continue;
            }
            let left = (0..self.agents.len())
                .filter(|one| {
                    *one != agent
                        && self.is_callable(*one)
                        && !self.is_cut_off(*one)
                        && self.setting.teams[self.agents[*one].team].answers.contains(&other)
                })
                .count();
            if left < kept.keep_free as usize {
                return None;
            }
        }
        let skill = self.proficiency(agent, c.queue);
        let rank = match queue.routing {
            Routing::LongestIdle => 0.0,
            Routing::BestProficiency => -skill.speed * skill.resolution,
            Routing::FewestSkills => team.answers.len() as f64,
            Routing::TeamOrder => a.team as f64,
        };
        // Who is called out of wrap is who has been in it longest, nothing else.
        let (step, rank) = if how >= How::Released { (0, 0.0) } else { (step, rank) };
        let arrived = c.arrived as i64 - queue.head_start as i64;
        let turn = (team.priority(c.queue, queue.priority), arrived, c.coming.id, call);
        Some((turn, (how, step, rank, since, agent)))
    }

    /// Whether a team does its put-off work in idle time: not where its wrap is scheduled for time of its own.
    pub(super) fn works_in_idle_time(&self, team: usize) -> bool {
        let scheduled =
            |q: &usize| matches!(self.setting.wrap_policy(*q, team).rule, WrapRule::Scheduled { .. });
        self.setting.backlog.in_idle_time && !self.setting.teams[team].answers.iter().any(scheduled)
    }

    pub(super) fn talk_ends(&mut self, agent: usize, of: u64) {
        if self.agents[agent].serial != of {
            return;
        }
        if let Doing::Call { talked, .. } = &mut self.agents[agent].doing {
            *talked = true;
            self.at(self.now, Phase::Answering, Event::Answer);
            self.passes_on(agent);
        }
    }

    pub(super) fn opens(&mut self, call: usize) {
        let c = &mut self.calls[call];
        if c.waiting {
            c.opened = c.opened.max(self.now - c.arrived);
            self.at(self.now, Phase::Timers, Event::AnswerOpened);
        }
    }

    pub(super) fn wrap_lasts(&mut self, agent: usize, of: u64) {
        if self.agents[agent].serial != of {
            return;
        }
        if let Doing::Call { releasable, .. } = &mut self.agents[agent].doing {
            *releasable = true;
            self.at(self.now, Phase::Answering, Event::Answer);
        }
    }

    /// A wrap ends before its time: what is left is cut by the policy, or put off where an urgent call interrupts.
    pub(super) fn out_of_wrap(&mut self, agent: usize, how: How) {
        self.spell(agent);
        if let Doing::Call { released, .. } = &mut self.agents[agent].doing {
            *released = how == How::Released;
        }
        self.settle(agent);
    }
}
