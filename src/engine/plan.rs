//! One option made ready for the engine: laws compiled, groups of agents formed. Shared by all replications.

use super::door::Door;
use super::follow::can_follow;
use super::groups::Groups;
use super::rules::Rules;
use super::site::Lines;
use super::standby::can_stand_by;
use super::transfer::handovers;
use crate::demand::{CallLaws, KnownRates, Rates, Variates};
use crate::law::{Copula, Law, Sampler, Samplers};
use crate::scenario::{
    Horizon, Proficiency, Queue, Setting, ShiftEnd, StartState, TalkPolicy, WrapPolicy, WrapRule,
};
use crate::unit::{DAY, Micros};
use crate::workforce::Workforce;
use std::sync::Arc;

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
    pub rates: Vec<Arc<Rates>>,
    /// The agents.
    pub workforce: Workforce,
    pub(super) talk: Vec<Sampler>,
    pub(super) wrap: Vec<Sampler>,
    /// How a queue's wrap goes with its talk.
    pub(super) wrap_with_talk: Vec<Option<Copula>>,
    pub(super) patience: Vec<Option<Sampler>>,
    pub(super) repeat_delay: Sampler,
    pub(super) redial_delay: Sampler,
    /// Lines of callers.
    pub(super) lines: Lines,
    /// Lines that a group's agents serve, ascending.
    pub(super) lines_of_group: Vec<Vec<u16>>,
    /// By agent: group and profile.
    pub(super) group_of_agent: Vec<(u16, u16)>,
    /// Proficiency by profile and queue: entry `profile * queues + queue`. Empty where nobody has one.
    pub(super) proficiency: Vec<Proficiency>,
    /// Who answers whom, where more than order of arrival and the longest idle decide.
    pub(super) rules: Option<Box<Rules>>,
    /// By team: whether put-off work is done in idle time.
    pub(super) idle_time_for_work: Vec<bool>,
    /// Groups that serve a line.
    pub(super) groups_of_line: Vec<Vec<u16>>,
    /// The only group that serves a line, or [`MANY`].
    pub(super) sole_group_of_line: Vec<u16>,
    /// The only line that a group serves, or [`MANY`].
    pub(super) sole_line_of_group: Vec<u16>,
    /// Whether every call gets the talk and the wrap it needs.
    pub(super) as_needed: bool,
    /// Whether any wrap is adaptive.
    pub(super) adapts: bool,
    /// Whether there are several sites, of which figures are told: then every call is told in full
    /// ([`Observer::handled`](super::Observer::handled)), that of a case of one call too.
    pub(super) tells_sites: bool,
    /// Whether the end of talk is an event of its own: something hangs on the moment at which a caller goes.
    pub(super) talk_ends: bool,
    /// Whether calls can be followed to their end as they arrive.
    can_follow: bool,
    /// Whether agents can stand by.
    can_stand_by: bool,
    /// Whether any work can be put off.
    pub(super) puts_work_off: bool,
    /// How long handovers take, by queue and rule of transfer; `None` where nobody is passed on.
    pub(super) handovers: Option<Vec<Vec<Option<Sampler>>>>,
    /// What callers meet before they wait, or are passed on; `None` where all come straight to their queue and stay there.
    pub(super) door: Option<Door>,
    /// Whether an agent on put-off work in idle time can be called away.
    pub(super) interruptible: bool,
    hours: Vec<Option<(Micros, Micros)>>,
    closings: Vec<Option<Micros>>,
}

impl Plan {
    /// Compiles an option.
    pub fn new(setting: Setting, horizon: Horizon) -> Plan {
        Plan::with(setting, horizon, &mut Samplers::default(), &mut KnownRates::default())
    }

    /// Compiles an option whose laws may be compiled and whose rates may be worked out already.
    pub fn with(setting: Setting, horizon: Horizon, samplers: &mut Samplers, rates: &mut KnownRates) -> Plan {
        let mut sampler = |law: &Law| samplers.of(law);
        let workforce = Workforce::new(&setting);
        let lines = Lines::new(&setting);
        let Groups { lines: lines_of_group, of_agent: group_of_agent, teams: teams_of_group, proficiency } =
            Groups::new(&setting, &lines, &workforce);
        let rules =
            Rules::new(&setting, &lines, &lines_of_group, &teams_of_group, &proficiency).map(Box::new);
        let groups_of_line: Vec<Vec<u16>> = (0..lines.number() as u16)
            .map(|line| {
                (0..lines_of_group.len() as u16)
                    .filter(|g| lines_of_group[usize::from(*g)].contains(&line))
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
        let door = Door::new(&setting, &horizon, (&lines, &groups_of_line), &mut sampler);
        let handovers = handovers(&setting, &mut sampler);
        let passes_on = handovers.is_some();
        let tells_sites = setting.sites_told_apart() > 0;
        let adapts = setting.wrap_policies.iter().any(|p| matches!(p.rule, WrapRule::Adaptive { .. }));
        let talk_ends = adapts
            || rules.as_ref().is_some_and(|rules| rules.any_interrupts)
            || door.as_ref().is_some_and(|door| door.asks_when_talk_ends);
        // With rules of its own, or agents who wait with their callers, answering never takes the short ways.
        let soles = |lists: &[Vec<u16>]| match rules.is_some() || passes_on {
            true => vec![MANY; lists.len()],
            false => soles(lists),
        };
        let talk: Vec<Sampler> = setting.queues.iter().map(|q| sampler(&q.talk)).collect();
        let wrap: Vec<Sampler> = setting.queues.iter().map(|q| sampler(&q.wrap)).collect();
        let plain = rules.is_none() && !adapts && door.is_none();
        let can_follow = plain
            && !tells_sites
            && setting.start_state == StartState::default()
            && can_follow(&setting, lines_of_group.len(), &talk, &wrap);
        let pairs = groups_of_line.iter().map(Vec::len).sum();
        let can_stand_by =
            plain && !can_follow && can_stand_by(&setting, pairs, &proficiency, (&talk, &wrap));
        let puts_work_off = !plain
            || setting.shift_end == ShiftEnd::FinishCall
            || !setting.start_state.backlog.is_empty()
            || setting.wrap_policies.iter().any(WrapPolicy::puts_off);
        Plan {
            hours,
            closings,
            rates: setting.queues.iter().map(|q| rates.of(&q.demand, &setting.opening, &horizon)).collect(),
            workforce,
            can_follow,
            can_stand_by,
            puts_work_off,
            door,
            handovers,
            adapts,
            tells_sites,
            talk_ends,
            talk,
            wrap,
            wrap_with_talk: setting.queues.iter().map(|q| Copula::spearman(q.talk_wrap_rho)).collect(),
            patience: setting.queues.iter().map(|q| q.patience.as_ref().map(&mut sampler)).collect(),
            repeat_delay: sampler(&setting.response.repeat_delay),
            redial_delay: sampler(&setting.response.redial_delay),
            sole_group_of_line: soles(&groups_of_line),
            sole_line_of_group: soles(&lines_of_group),
            idle_time_for_work: (0..setting.teams.len())
                .map(|team| puts_work_off && works_in_idle_time(&setting, team))
                .collect(),
            as_needed: proficiency.is_empty()
                && !passes_on
                && setting.talk_policy == TalkPolicy::AsNeeded
                && setting.wrap_policies.iter().all(|p| p.rule == WrapRule::AsNeeded && p.minimum == 0),
            lines,
            lines_of_group,
            group_of_agent,
            proficiency,
            rules,
            groups_of_line,
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

    /// Whether ends of calls that nobody waits for can go without an event.
    pub fn can_stand_by(&self) -> bool {
        self.can_stand_by
    }

    /// The probability that an agent resolves a call from which nothing is cut.
    #[inline(always)]
    pub(super) fn resolves(&self, profile: u16, queue: u16) -> f64 {
        let resolved = self.setting.response.resolved;
        if self.proficiency.is_empty() {
            return resolved;
        }
        (resolved * self.proficiency_of(profile, queue).resolution).min(1.0)
    }

    /// An agent's proficiency in a queue, where anybody has one.
    #[inline]
    pub(super) fn proficiency_of(&self, profile: u16, queue: u16) -> Proficiency {
        self.proficiency[usize::from(profile) * self.setting.queues.len() + usize::from(queue)]
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

/// Whether a team does its put-off work in idle time: not where its wrap is scheduled for time of its own.
fn works_in_idle_time(setting: &Setting, team: usize) -> bool {
    let scheduled =
        |queue: &usize| matches!(setting.wrap_policy(*queue, team).rule, WrapRule::Scheduled { .. });
    setting.backlog.in_idle_time && !setting.teams[team].answers.iter().any(scheduled)
}

/// The only member of each list, [`MANY`] for a list of none or several.
fn soles(lists: &[Vec<u16>]) -> Vec<u16> {
    lists.iter().map(|list| if let [one] = list.as_slice() { *one } else { MANY }).collect()
}
