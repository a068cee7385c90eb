//! Who answers whom, where more than order of arrival and the longest idle agent decide.

use super::{decimal, list};
use crate::report::sentence::{self, named, number, time};
use crate::scenario::{Queue, Routing, Setting, Team};
use crate::unit::seconds;

/// What the base's queues and teams say of it; empty where they say nothing.
pub(super) fn answering(base: &Setting) -> Vec<String> {
    let mut paragraphs: Vec<String> =
        base.queues.iter().filter_map(|queue| queue_rules(base, queue)).collect();
    paragraphs.extend(base.teams.iter().filter(|team| team.agents > 0).filter_map(|team| skills(base, team)));
    paragraphs
}

fn queue_rules(base: &Setting, queue: &Queue) -> Option<String> {
    let mut sentences = Vec::new();
    match queue.routing {
        Routing::LongestIdle => {}
        Routing::BestProficiency => sentences.push(
            "it goes to whoever of those who are free handles it best (speed times resolution)".to_owned(),
        ),
        Routing::FewestSkills => {
            sentences.push("it goes to whoever of those who are free answers the fewest queues".to_owned());
        }
        Routing::TeamOrder => {
            sentences.push("it goes to the first team of the file that has anybody free".to_owned());
        }
    }
    for step in &queue.overflow {
        let teams: Vec<String> = step.teams.iter().map(|team| named(&base.teams[*team].name)).collect();
        let mut when = Vec::new();
        if step.after > 0 {
            when.push(format!("once it has waited {}", time(seconds(step.after))));
        }
        if step.when_more_wait_than > 0 {
            when.push(format!("while more than {} wait", number(f64::from(step.when_more_wait_than), 0)));
        }
        let when = if when.is_empty() { "when nobody else is free".to_owned() } else { list(&when) };
        sentences.push(format!("{when}, it may be answered by {} as well", list(&teams)));
    }
    if !queue.site_shares.is_empty() {
        let shares: Vec<String> = queue
            .site_shares
            .iter()
            .map(|(site, share)| {
                format!("{} to {}", sentence::share(*share, None), named(&base.sites[*site]))
            })
            .collect();
        sentences.insert(
            0,
            format!(
                "each caller is sent to one site ({}), on every attempt the same, and is answered there",
                list(&shares)
            ),
        );
    }
    if queue.head_start > 0 {
        let by = time(seconds(queue.head_start));
        sentences.push(format!("it counts as if it had come {by} earlier, within its priority"));
    }
    if queue.keep_free > 0 {
        let kept = number(f64::from(queue.keep_free), 0);
        sentences.push(format!("other queues' calls leave at least {kept} of those who answer it free"));
    }
    if queue.interrupts_wrap {
        sentences.push(
            "when nobody is free it takes the agent longest in wrap out of it, and the rest of that work is put off"
                .to_owned(),
        );
    }
    (!sentences.is_empty()).then(|| format!("A call of {}: {}.", named(&queue.name), sentences.join("; ")))
}

fn skills(base: &Setting, team: &Team) -> Option<String> {
    let mut sentences = Vec::new();
    for (queue, priority) in &team.priorities {
        sentences.push(format!(
            "gives {} the priority {} in place of the queue's own",
            named(&base.queues[*queue].name),
            number(f64::from(*priority), 0)
        ));
    }
    for (queue, all) in &team.proficiency {
        let name = named(&base.queues[*queue].name);
        let factors = |of: &dyn Fn(usize) -> f64| {
            let all: Vec<String> = (0..all.len()).map(|k| decimal(of(k))).collect();
            if all.iter().all(|one| *one == all[0]) {
                all[0].clone()
            } else {
                format!("{} (agent by agent)", list(&all))
            }
        };
        let (speed, resolution) = (factors(&|k| all[k].speed), factors(&|k| all[k].resolution));
        sentences.push(format!(
            "handles {name} at speed {speed}, and resolves {resolution} times as many of its cases"
        ));
    }
    (!sentences.is_empty()).then(|| format!("Team {} {}.", named(&team.name), sentences.join("; ")))
}
