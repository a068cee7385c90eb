//! Transfers: who is passed on, where to, and how.

use super::{given, law, list};
use crate::report::sentence::{named, time};
use crate::scenario::{Queue, Setting, Transfer, When};
use crate::unit::seconds;

/// What the base's queues say of transfers; empty where nobody is passed on.
pub(super) fn passing_on(base: &Setting) -> Vec<String> {
    let mut paragraphs: Vec<String> = base
        .queues
        .iter()
        .filter(|queue| !queue.transfers.is_empty())
        .map(|queue| of_queue(base, queue))
        .collect();
    if !paragraphs.is_empty() {
        paragraphs.push(format!(
            "A caller who is passed on queues there from that moment on, by that queue's priority and patience, keeps \
             the telephone line, and meets no menu, no busy tone and no offer to be called back. In one call this \
             happens {} times at most. The call counts in every queue it comes to, and once for the centre. The last \
             agent decides whether it is settled; who gives up meanwhile may ring again, in the queue first rung.",
            Transfer::MOST
        ));
    }
    paragraphs
}

fn of_queue(base: &Setting, queue: &Queue) -> String {
    let rule = |rule: &Transfer| {
        let to = named(&base.queues[rule.to].name);
        let of = match rule.when {
            When::Any => "of the calls",
            When::Unresolved => "of what the agent cannot resolve",
        };
        let how = match &rule.warm {
            None => "and wait there alone (cold)".to_owned(),
            Some(warm) => format!(
                "and the agent stays until somebody answers, {} at most, then hands over (warm), which takes {}",
                time(seconds(warm.stays_at_most)),
                law(&warm.handover)
            ),
        };
        format!("{} {of} are passed on to {to}, {how}", given(rule.probability))
    };
    let rules: Vec<String> = queue.transfers.iter().map(rule).collect();
    format!("When talk ends in {}: {}.", named(&queue.name), list(&rules))
}
