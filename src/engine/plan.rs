//! One option made ready for the engine: laws compiled, groups of agents formed. Shared by all replications.

use crate::demand::{Column, Rates};
use crate::law::{Copula, Law, Sampler, Samplers};
use crate::random::Purpose;
use crate::scenario::{Horizon, Queue, Setting};
use crate::unit::{DAY, Micros};
use crate::workforce::Workforce;

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
        let groups_of_queue = (0..setting.queues.len() as u16)
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
        Plan {
            hours,
            closings,
            rates: setting.queues.iter().map(|q| Rates::new(&q.demand, &setting.opening, &horizon)).collect(),
            workforce: Workforce::new(&setting),
            talk: setting.queues.iter().map(|q| sampler(&q.talk)).collect(),
            wrap: setting.queues.iter().map(|q| sampler(&q.wrap)).collect(),
            wrap_with_talk: setting.queues.iter().map(|q| Copula::spearman(q.talk_wrap_rho)).collect(),
            patience: setting.queues.iter().map(|q| q.patience.as_ref().map(&mut sampler)).collect(),
            repeat_delay: sampler(&setting.response.repeat_delay),
            redial_delay: sampler(&setting.response.redial_delay),
            queues_of_group,
            group_of_team,
            groups_of_queue,
            interruptible: setting.backlog.in_idle_time && setting.backlog.interruptible,
            setting,
            horizon,
        }
    }

    /// The columns of variates this option reads: talk, wrap and patience of every first call.
    pub fn columns(&self) -> [Column; 3] {
        let queues = &self.setting.queues;
        let column = |purpose, law: fn(&Queue) -> Option<&Law>, samplers: Vec<Option<Sampler>>| {
            Column::of(purpose, queues.iter().map(|q| law(q).cloned()).collect(), samplers)
        };
        [
            column(Purpose::Talk, |q| Some(&q.talk), self.talk.iter().cloned().map(Some).collect()),
            column(Purpose::Wrap, |q| Some(&q.wrap), self.wrap.iter().cloned().map(Some).collect())
                .with_talk(&self.wrap_with_talk),
            column(Purpose::Patience, |q| q.patience.as_ref(), self.patience.clone()),
        ]
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
