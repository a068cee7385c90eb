//! Which queues and teams belong together, as far as formulas for one queue can tell.

use crate::report::sentence::named;
use crate::scenario::Setting;

/// Queues that are one to their agents, and those agents' teams, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pool {
    pub(super) queues: Vec<usize>,
    pub(super) teams: Vec<usize>,
}

/// Whether anybody answers a queue.
pub(super) fn is_staffed(setting: &Setting, queue: usize) -> bool {
    teams_of(setting, queue).next().is_some()
}

fn teams_of(setting: &Setting, queue: usize) -> impl Iterator<Item = usize> {
    let answers = move |t: &usize| setting.teams[*t].agents > 0 && setting.teams[*t].answers.contains(&queue);
    (0..setting.teams.len()).filter(answers)
}

/// The pool of a queue.
///
/// # Errors
/// With the reason, where its agents are shared in a way that formulas for one queue do not know.
pub(super) fn of(setting: &Setting, queue: usize) -> Result<Pool, String> {
    let mut pool = Pool { queues: vec![queue], teams: Vec::new() };
    loop {
        let reached: Vec<usize> = pool.queues.iter().flat_map(|q| teams_of(setting, *q)).collect();
        let before = (pool.queues.len(), pool.teams.len());
        add(&mut pool.teams, reached);
        let answered: Vec<usize> =
            pool.teams.iter().flat_map(|t| setting.teams[*t].answers.clone()).collect();
        add(&mut pool.queues, answered);
        if before == (pool.queues.len(), pool.teams.len()) {
            break;
        }
    }
    if pool.teams.is_empty() {
        return Err("nobody answers it".to_owned());
    }
    let partial = pool.teams.iter().find(|t| setting.teams[**t].answers.len() < pool.queues.len());
    if let Some(team) = partial {
        let team = &setting.teams[*team];
        return Err(format!(
            "its agents are shared with other queues, but not all of them (team {} answers {} of {} queues), and the \
             formulas know no such sharing",
            named(&team.name),
            team.answers.len(),
            pool.queues.len()
        ));
    }
    if pool.queues.iter().any(|q| setting.queues[*q].site_shares.len() > 1) {
        return Err("its callers are sent to one site or another, and the formulas know one place".to_owned());
    }
    if pool.queues.iter().any(|q| setting.queues[*q].priority != setting.queues[queue].priority) {
        return Err(
            "its agents answer other queues before or after it, and the formulas know one order".to_owned()
        );
    }
    Ok(pool)
}

/// Adds numbers that are not there yet, in order.
fn add(known: &mut Vec<usize>, more: Vec<usize>) {
    known.extend(more);
    known.sort_unstable();
    known.dedup();
}
