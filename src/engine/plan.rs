//! One option made ready for the engine: laws compiled, groups of agents formed. Shared by all replications.

use super::door::Door;
use super::follow::can_follow;
use crate::demand::{CallLaws, Rates, Variates};
use crate::law::{Copula, Law, Sampler, Samplers};
use crate::scenario::{Horizon, Queue, Setting, TalkPolicy, WrapRule};
use crate::unit::{DAY, Micros};
use crate::workforce::Workforce;

/// In place of the only one of several.
pub(super) const MANY: u16 = u16::MAX;

/// An option, compiled.
#[derive(Debug)]
pub struct Plan {
    /// The option as meant.
    pub setting: Setting,
    /// What is simulated and measured.
    pub horizon: Horizon,
    /// Rates of each queue.
    pub rates: Vec<Rates>,
    /// The agents.
    pub workforce: Workforce,
    pub(super) talk: Vec<Sampler>,
    pub(super) wrap: Vec<Sampler>,
    /// How a queue's wrap goes with its talk.
    pub(super) wrap_with_talk: Vec<Option<Copula>>,
    pub(super) patience: Vec<Option<Sampler>>,
    pub(super) repeat_delay: Sampler,
    pub(super) redial_delay: Sampler,
    /// Queues that a group's agents serve, ascending.
    pub(super) queues_of_group: Vec<Vec<u16>>,
    pub(super) group_of_team: Vec<u16>,
    /// Groups that serve a queue.
    pub(super) groups_of_queue: Vec<Vec<u16>>,
    /// The only group that serves a queue, or [`MANY`].
    pub(super) sole_group_of_queue: Vec<u16>,
    /// The only queue that a group serves, or [`MANY`].
    pub(super) sole_queue_of_group: Vec<u16>,
    /// Whether every call gets the talk and the wrap it needs.
    pub(super) as_needed: bool,
    /// Whether the end of talk is an event of its own: something hangs on the moment at which a caller goes.
    pub(super) talk_ends: bool,
    /// Whether calls can be followed to their end as they arrive.
    can_follow: bool,
    /// What callers meet before they wait; `None` where all come straight to their queue.
    pub(super) door: Option<Door>,
    /// Whether an agent on put-off work in idle time can be called away.
    pub(super) interruptible: bool,
    hours: Vec<Option<(Micros, Micros)>>,
    closings: Vec<Option<Micros>>,
}

impl Plan {
    /// Compiles an option.
    pub fn new(setting: Setting, horizon: Horizon) -> Plan {
        Plan::with(setting, horizon, &mut Samplers::default())
    }

    /// Compiles an option whose laws may be compiled already.
    pub fn with(setting: Setting, horizon: Horizon, samplers: &mut Samplers) -> Plan {
        let mut sampler = |law: &Law| samplers.of(law);
        let mut queues_of_group: Vec<Vec<u16>> = Vec::new();
        let mut group_of_team = Vec::new();
        for team in &setting.teams {
            let queues: Vec<u16> = team.answers.iter().map(|q| *q as u16).collect();
            let group = queues_of_group.iter().position(|g| *g == queues).unwrap_or_else(|| {
                queues_of_group.push(queues);
                queues_of_group.len() - 1
            });
            group_of_team.push(group as u16);
        }
        let groups_of_queue: Vec<Vec<u16>> = (0..setting.queues.len() as u16)
            .map(|q| {
                (0..queues_of_group.len() as u16)
                    .filter(|g| queues_of_group[usize::from(*g)].contains(&q))
                    .collect()
            })
            .collect();
        let hours_of = |day: u32| {
            let start = Plan::day_start(day);
            setting.opening.hours(horizon.date(day)).map(|(o, c)| (start + o, start + c))
        };
        let hours = (0..horizon.total_days()).map(hours_of).collect();
        // Whether the centre goes on into the next day is asked of the calendar, on the run's last day too.
        let closings = (0..horizon.total_days())
            .map(|day| {
                let (_, close) = hours_of(day)?;
                let goes_on = hours_of(day + 1).is_some_and(|(open, _)| open <= close);
                (!goes_on).then_some(close)
            })
            .collect();
        let door = Door::new(&setting, &horizon, &groups_of_queue, &mut sampler);
        let talk_ends = door.as_ref().is_some_and(|door| door.asks_when_talk_ends);
        let talk: Vec<Sampler> = setting.queues.iter().map(|q| sampler(&q.talk)).collect();
        let wrap: Vec<Sampler> = setting.queues.iter().map(|q| sampler(&q.wrap)).collect();
        Plan {
            hours,
            closings,
            rates: setting.queues.iter().map(|q| Rates::new(&q.demand, &setting.opening, &horizon)).collect(),
            workforce: Workforce::new(&setting),
            can_follow: !talk_ends
                && door.is_none()
                && can_follow(&setting, queues_of_group.len(), &talk, &wrap),
            door,
            talk_ends,
            talk,
            wrap,
            wrap_with_talk: setting.queues.iter().map(|q| Copula::spearman(q.talk_wrap_rho)).collect(),
            patience: setting.queues.iter().map(|q| q.patience.as_ref().map(&mut sampler)).collect(),
            repeat_delay: sampler(&setting.response.repeat_delay),
            redial_delay: sampler(&setting.response.redial_delay),
            sole_group_of_queue: soles(&groups_of_queue),
            sole_queue_of_group: soles(&queues_of_group),
            as_needed: setting.talk_policy == TalkPolicy::AsNeeded
                && setting.wrap_policies.iter().all(|p| p.rule == WrapRule::AsNeeded && p.minimum == 0),
            queues_of_group,
            group_of_team,
            groups_of_queue,
            interruptible: setting.backlog.in_idle_time && setting.backlog.interruptible,
            setting,
            horizon,
        }
    }

    /// The laws of this option's first calls.
    pub fn variates(&self) -> Variates {
        let laws = |number: usize, queue: &Queue| CallLaws {
            talk: (queue.talk.clone(), self.talk[number].clone()),
            wrap: (queue.wrap.clone(), self.wrap[number].clone()),
            patience: queue.patience.clone().zip(self.patience[number].clone()),
            with_talk: self.wrap_with_talk[number],
        };
        Variates::new(self.setting.queues.iter().enumerate().map(|(n, q)| laws(n, q)).collect())
    }

    /// Whether one line of callers meets one group of agents and no work can be put off, so that calls can be followed
    /// to their end as they arrive.
    pub fn can_follow(&self) -> bool {
        self.can_follow
    }

    /// Start of a simulated day, from the start of the run.
    pub fn day_start(day: u32) -> Micros {
        u64::from(day) * DAY
    }

    /// Opening and closing moments of a simulated day, from the start of the run; every queue keeps the centre's hours.
    /// Beyond the run's end it counts as open: nobody is there to tell.
    #[inline]
    pub fn hours(&self, day: u32) -> Option<(Micros, Micros)> {
        self.hours.get(day as usize).copied().unwrap_or(Some((0, Micros::MAX)))
    }

    /// The moment at which the centre closes on a simulated day; `None` when it stays open into the next.
    #[inline]
    pub(super) fn closing(&self, day: u32) -> Option<Micros> {
        self.closings.get(day as usize).copied().flatten()
    }
}

/// The only member of each list, [`MANY`] for a list of none or several.
fn soles(lists: &[Vec<u16>]) -> Vec<u16> {
    lists.iter().map(|list| if let [one] = list.as_slice() { *one } else { MANY }).collect()
}
