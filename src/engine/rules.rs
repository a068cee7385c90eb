//! Who answers whom, where more than order of arrival and the longest idle agent decide: overflow, priorities by team,
//! a choice among agents, agents kept free, a head start, agents called out of wrap.
//!
//! At an answering, of all callers whom some callable agent may answer, the one comes first whose priority, as any of
//! these agents sees it, is the lowest number; then who came first, head start included; then by identity. Of the
//! agents who may answer, the one is taken who is idle rather than on put-off work; then of the earlier step of
//! overflow; then by the rule of the queue; then who has been callable longest; then by number. When no callable agent
//! is left for anybody who waits, agents whose adaptive wrap has lasted long enough are released for those who wait,
//! then agents in wrap are taken out of it by urgent calls, longest first.

use super::groups::Sample;
use super::site::Lines;
use crate::scenario::{Overflow, Proficiency, Queue, Routing, Setting};
use crate::unit::Micros;

/// A group that may answer a queue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reach {
    pub(super) group: u16,
    /// The priority its agents give to the queue.
    pub(super) priority: u8,
    /// 0 for the queue's own agents, else the step of overflow.
    step: u16,
    /// By the queue's rule: the lower is taken first.
    rank: u32,
    /// Once a caller has waited so long.
    after: Micros,
    /// While more callers than this wait.
    more_than: u32,
}

impl Reach {
    /// Whether the group may answer the first caller of a line, of whom so many wait.
    #[inline]
    pub(super) fn is_open(&self, opened: Micros, waiting: u32) -> bool {
        opened >= self.after && waiting > self.more_than
    }

    /// The order among groups that may answer a caller.
    #[inline]
    pub(super) fn order(&self) -> (u16, u32) {
        (self.step, self.rank)
    }
}

/// Agents kept free for a queue.
#[derive(Debug)]
pub(super) struct KeptFree {
    pub(super) queue: usize,
    pub(super) number: usize,
    /// By group: whether it answers the queue as its own.
    pub(super) answers: Vec<bool>,
}

/// Who answers whom.
#[derive(Debug)]
pub(super) struct Rules {
    /// By line: the groups that may answer.
    pub(super) of_line: Vec<Vec<Reach>>,
    /// By group: the lines that it may answer.
    pub(super) of_group: Vec<Vec<(u16, Reach)>>,
    /// By group: its site, where a site can be down by itself; else empty.
    pub(super) site_of_group: Vec<Option<usize>>,
    /// By queue: after how much waiting further groups may answer.
    pub(super) looks: Vec<Vec<Micros>>,
    /// By queue.
    pub(super) head_start: Vec<Micros>,
    /// By queue: whether its calls take agents out of wrap.
    pub(super) interrupts: Vec<bool>,
    pub(super) kept_free: Vec<KeptFree>,
    /// Whether any call takes agents out of wrap.
    pub(super) any_interrupts: bool,
}

impl Rules {
    /// The rules of an option; `None` where order of arrival and the longest idle decide, be it that agents are released
    /// from adaptive wrap when nobody else can answer.
    pub(super) fn new(
        setting: &Setting,
        lines: &Lines,
        lines_of_group: &[Vec<u16>],
        groups: &[Sample],
        proficiency: &[Proficiency],
    ) -> Option<Rules> {
        let queues = &setting.queues;
        let any_interrupts = queues.iter().any(|q| q.interrupts_wrap);
        let plain = |q: &Queue| {
            q.overflow.is_empty()
                && q.head_start == 0
                && q.keep_free == 0
                && q.routing == Routing::LongestIdle
        };
        let sites_go_down = any_site_goes_down(setting);
        if !any_interrupts
            && !sites_go_down
            && queues.iter().all(plain)
            && setting.teams.iter().all(|t| t.priorities.is_empty())
        {
            return None;
        }
        let around = Around { setting, lines, lines_of_group, groups, proficiency };
        let of_line: Vec<Vec<Reach>> = (0..lines.number()).map(|line| reach(&around, line)).collect();
        let of_group = (0..groups.len())
            .map(|g| {
                let mine = |line: usize| of_line[line].iter().find(|r| usize::from(r.group) == g);
                (0..lines.number()).filter_map(|line| Some((line as u16, *mine(line)?))).collect()
            })
            .collect();
        let kept = queues.iter().enumerate().filter(|(_, q)| q.keep_free > 0);
        let kept_free = kept
            .map(|(queue, q)| KeptFree {
                queue,
                number: q.keep_free as usize,
                answers: groups.iter().map(|g| setting.teams[g.team].answers.contains(&queue)).collect(),
            })
            .collect();
        let looks = |q: &Queue| {
            let mut looks: Vec<Micros> = q.overflow.iter().map(|o| o.after).filter(|a| *a > 0).collect();
            looks.sort_unstable();
            looks.dedup();
            looks
        };
        Some(Rules {
            of_group,
            looks: queues.iter().map(looks).collect(),
            head_start: queues.iter().map(|q| q.head_start).collect(),
            interrupts: queues.iter().map(|q| q.interrupts_wrap).collect(),
            kept_free,
            any_interrupts,
            of_line,
            site_of_group: match sites_go_down {
                true => groups.iter().map(|g| setting.teams[g.team].site).collect(),
                false => Vec::new(),
            },
        })
    }
}

/// Whether a site goes down by itself: then agents of different sites cannot stand in for one another.
pub(super) fn any_site_goes_down(setting: &Setting) -> bool {
    setting.telephone.outages.iter().any(|outage| outage.site.is_some())
}

/// What decides who may answer a line.
struct Around<'a> {
    setting: &'a Setting,
    lines: &'a Lines,
    lines_of_group: &'a [Vec<u16>],
    groups: &'a [Sample],
    proficiency: &'a [Proficiency],
}

/// The groups that may answer a line.
fn reach(around: &Around<'_>, line: usize) -> Vec<Reach> {
    let &Around { setting, lines, lines_of_group, groups, proficiency } = around;
    let queue = usize::from(lines.queue[line]);
    let q = &setting.queues[queue];
    let worth = |group: usize| {
        let entry = usize::from(groups[group].profile) * setting.queues.len() + queue;
        proficiency.get(entry).map_or(1.0, |p| p.speed * p.resolution)
    };
    let rank = |group: usize| match q.routing {
        Routing::LongestIdle => 0,
        Routing::FewestSkills => lines_of_group[group].len() as u32,
        Routing::TeamOrder => groups[group].team as u32,
        Routing::BestProficiency => {
            // How many are better.
            (0..groups.len()).filter(|other| worth(*other) > worth(group)).count() as u32
        }
    };
    let of_step = |group: usize, step: usize, overflow: Option<&Overflow>| Reach {
        group: group as u16,
        priority: setting.teams[groups[group].team].priority(queue, q.priority),
        step: step as u16,
        rank: rank(group),
        after: overflow.map_or(0, |o| o.after),
        more_than: overflow.map_or(0, |o| o.when_more_wait_than),
    };
    (0..groups.len())
        .filter_map(|group| {
            if lines_of_group[group].contains(&(line as u16)) {
                return Some(of_step(group, 0, None));
            }
            let step = q.overflow.iter().position(|o| o.teams.contains(&groups[group].team))?;
            Some(of_step(group, step + 1, Some(&q.overflow[step])))
        })
        .collect()
}
