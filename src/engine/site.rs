//! Sites: a queue whose sites are separate has a line for each of them; a site can be down by itself.
//!
//! A queue's first line has the queue's own number, further ones come after all queues. Which line a case's callers
//! stand in hangs on the case alone, so that all its attempts go to one site.
//!
//! While a site is down its agents answer nobody; what they do else goes on, a stay with a caller passed on too. Who talks to one of them as it goes down is
//! lost. Where sites are separate, the site's callers meet what all meet when the telephone is down; where they are
//! pooled, they wait for the other sites' agents.

use super::observer::Observer;
use super::plan::Plan;
use super::run::Step;
use crate::random::{Key, Purpose};
use crate::scenario::{Setting, Team};
use crate::unit::Micros;

/// In place of a site where there is none.
const NOWHERE: u16 = u16::MAX;

/// Lines of callers.
#[derive(Debug, Clone)]
pub struct Lines {
    /// By line: its queue.
    pub(super) queue: Vec<u16>,
    /// By line: its site, [`NOWHERE`] where all answer together.
    site: Vec<u16>,
    /// By queue: where its sites are separate, its lines and the sum of the shares up to and with each.
    by_share: Vec<Vec<(f64, u16)>>,
    /// Whether any queue has several.
    pub(super) any_separate: bool,
}

impl Lines {
    /// The lines of an option.
    pub(super) fn new(setting: &Setting) -> Lines {
        let queues = setting.queues.len();
        let mut lines = Lines {
            queue: (0..queues as u16).collect(),
            site: vec![NOWHERE; queues],
            by_share: vec![Vec::new(); queues],
            any_separate: false,
        };
        for (number, queue) in setting.queues.iter().enumerate() {
            let mut sum = 0.0;
            for (nth, (site, share)) in queue.site_shares.iter().enumerate() {
                let line = if nth == 0 { number } else { lines.queue.len() };
                if nth > 0 {
                    lines.queue.push(number as u16);
                    lines.site.push(NOWHERE);
                    lines.any_separate = true;
                }
                lines.site[line] = *site as u16;
                sum += share;
                lines.by_share[number].push((sum, line as u16));
            }
        }
        lines
    }

    /// How many there are.
    pub fn number(&self) -> usize {
        self.queue.len()
    }

    /// The line of a queue that a case's callers stand in.
    #[inline(always)]
    pub fn of(&self, queue: u16, key: Key) -> u16 {
        if self.any_separate { self.by_key(queue, key) } else { queue }
    }

    #[inline(never)]
    fn by_key(&self, queue: u16, key: Key) -> u16 {
        let shares = &self.by_share[usize::from(queue)];
        let u = key.uniform(Purpose::Site, 0);
        let found = shares.iter().find(|(upto, _)| u < *upto).or(shares.last());
        found.map_or(queue, |one| one.1)
    }

    /// The lines that a team answers as its own, ascending.
    pub(super) fn of_team(&self, team: &Team) -> Vec<usize> {
        let own = |line: &usize| {
            team.answers.contains(&usize::from(self.queue[*line]))
                && (self.site[*line] == NOWHERE || team.site == Some(usize::from(self.site[*line])))
        };
        (0..self.number()).filter(own).collect()
    }

    /// The lines of a queue.
    pub(super) fn of_queue(&self, queue: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.number()).filter(move |line| usize::from(self.queue[*line]) == queue)
    }

    /// The queue of a line.
    pub fn queue(&self, line: usize) -> usize {
        usize::from(self.queue[line])
    }

    /// The site of a line; `None` where all who answer its queue do so together.
    pub fn site(&self, line: usize) -> Option<usize> {
        Some(usize::from(self.site[line])).filter(|site| *site != usize::from(NOWHERE))
    }
}

impl Plan {
    /// The site that a queue's callers of a case are sent to, where they are sent to one.
    pub fn site_of(&self, queue: usize, key: Key) -> Option<usize> {
        self.lines.site(usize::from(self.lines.of(queue as u16, key)))
    }

    /// Lines of callers: one of each queue, and more where sites are separate.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }
}

impl<O: Observer> Step<'_, O> {
    /// Whether the site of a group of agents is down.
    #[inline]
    pub(super) fn is_cut_off(&self, group: u16) -> bool {
        let Some(rules) = self.plan.rules.as_deref() else { return false };
        let site = rules.site_of_group.get(usize::from(group)).copied().flatten();
        site.is_some_and(|site| self.is_site_down(site))
    }

    fn is_site_down(&self, site: usize) -> bool {
        self.e.up_again.get(site).is_some_and(|up| self.e.now < *up)
    }

    /// Until when a line is down: its site or the whole centre.
    pub(super) fn line_down_until(&self, line: usize) -> Option<Micros> {
        let own = self.plan.lines.site(line).filter(|site| self.is_site_down(*site));
        let own = own.map(|site| self.e.up_again[site]);
        own.max(self.plan.down_until(self.e.now))
    }

    /// A site goes down until a moment.
    pub(super) fn site_goes_down(&mut self, site: usize, until: Micros) {
        self.seen.outage(self.e.now, Some(site));
        let up = &mut self.e.up_again[site];
        *up = until.max(*up);
        let lines = &self.plan.lines;
        self.lines_go_down(|line| lines.site(line) == Some(site));
        for agent in 0..self.e.agents.len() as u32 {
            let team = usize::from(self.e.agents[agent as usize].team);
            if self.plan.setting.teams[team].site == Some(site) {
                self.talk_goes_down(agent);
            }
        }
    }

    /// A site that was down may be up again: its agents are free for those who wait.
    pub(super) fn site_comes_up(&mut self) {
        self.e.looks = true;
    }
}
