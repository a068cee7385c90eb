//! Groups of agents who can stand in for one another: the same lines, the same priorities, the same proficiency as
//! far as it decides who answers.

use super::rules::any_site_goes_down;
use super::site::Lines;
use crate::scenario::{Proficiency, Routing, Setting};
use crate::workforce::Workforce;

/// The groups of an option.
#[derive(Debug)]
pub(super) struct Groups {
    /// The lines that a group's agents answer as their own, ascending.
    pub(super) lines: Vec<Vec<u16>>,
    /// A team of each group: what holds for its agents holds for all of the group.
    pub(super) teams: Vec<Sample>,
    /// By agent: group and profile.
    pub(super) of_agent: Vec<(u16, u16)>,
    /// Proficiency by profile and queue; empty where nobody has any.
    pub(super) proficiency: Vec<Proficiency>,
}

/// A member of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sample {
    /// The agent's team.
    pub(super) team: usize,
    /// The agent's proficiency.
    pub(super) profile: u16,
}

/// What agents of a group have in common.
#[derive(Debug, PartialEq)]
struct Alike {
    /// Lines.
    answers: Vec<usize>,
    /// Where a site can be down by itself.
    site: Option<usize>,
    /// Queues that overflow to the team, each with its step.
    overflow: Vec<(usize, usize)>,
    priorities: Vec<u8>,
    /// Where proficiency decides who answers.
    profile: Option<u16>,
    /// Where the order of teams does.
    team: Option<usize>,
}

impl Groups {
    /// Forms the groups.
    pub(super) fn new(setting: &Setting, lines: &Lines, workforce: &Workforce) -> Groups {
        let queues = setting.queues.len();
        let ranked = setting.queues.iter().any(|q| q.routing == Routing::BestProficiency);
        let by_team = setting.queues.iter().any(|q| q.routing == Routing::TeamOrder);
        let by_site = any_site_goes_down(setting);
        let differs = setting.teams.iter().any(|t| !t.proficiency.is_empty());
        let mut profiles: Vec<Vec<Proficiency>> = Vec::new();
        let mut keys: Vec<Alike> = Vec::new();
        let mut groups =
            Groups { lines: Vec::new(), teams: Vec::new(), of_agent: Vec::new(), proficiency: Vec::new() };
        for (number, team) in setting.teams.iter().enumerate() {
            let steps = |q: usize| {
                let step = setting.queues[q].overflow.iter().position(|o| o.teams.contains(&number));
                step.map(|step| (q, step))
            };
            let overflow: Vec<(usize, usize)> = (0..queues).filter_map(steps).collect();
            let priorities: Vec<u8> = setting
                .queues
                .iter()
                .enumerate()
                .map(|(q, queue)| team.priority(q, queue.priority))
                .collect();
            for (k, _) in workforce.team(number).enumerate() {
                let profile: Vec<Proficiency> = (0..queues).map(|q| team.proficiency(q, k)).collect();
                let profile = match differs {
                    true => place(&mut profiles, profile),
                    false => 0,
                };
                let key = Alike {
                    answers: lines.of_team(team),
                    site: team.site.filter(|_| by_site),
                    overflow: overflow.clone(),
                    priorities: priorities.clone(),
                    profile: ranked.then_some(profile),
                    team: by_team.then_some(number),
                };
                let known = keys.len();
                let group = place(&mut keys, key);
                if usize::from(group) == known {
                    groups.lines.push(lines.of_team(team).iter().map(|line| *line as u16).collect());
                    groups.teams.push(Sample { team: number, profile });
                }
                groups.of_agent.push((group, profile));
            }
        }
        groups.proficiency = profiles.concat();
        groups
    }
}

/// The place of an entry in a list, at its end if it is new.
fn place<T: PartialEq>(list: &mut Vec<T>, entry: T) -> u16 {
    let at = list.iter().position(|known| *known == entry).unwrap_or_else(|| {
        list.push(entry);
        list.len() - 1
    });
    u16::try_from(at).expect("fewer than 65,536 kinds of agents: the reader bounds agents told apart")
}
