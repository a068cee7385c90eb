//! `waits.csv`: how long callers wait, as survival by queue and option.

use super::number::{cell, csv};
use crate::report::summary::Summary;
use crate::statistics::{Histogram, kaplan_meier};
use crate::unit::SECOND;

/// Waits at which survival is told, seconds: closely at first, then ever wider, to an hour.
fn waits() -> impl Iterator<Item = u64> {
    (0..60).chain((60..300).step_by(5)).chain((300..900).step_by(15)).chain((900..=3600).step_by(60))
}

/// A row per option, view, queue and wait: the share of offered calls that wait longer (abandoned ones until they
/// left), and of callers who never give up.
pub fn waits_csv(summary: &Summary<'_>) -> String {
    let header = ["option", "view", "queue", "wait_s", "still_waiting", "never_gives_up"];
    let rows = summary.options.iter().flat_map(|option| {
        option.setting.queues.iter().enumerate().flat_map(move |(q, queue)| {
            let (mut answered, mut lost) = (Histogram::new(), Histogram::new());
            for group in option.outcome.parts_of(q).flat_map(|part| &option.outcome.waits[part]) {
                answered.add(&group[0]);
                lost.add(&group[1]);
            }
            let virtual_wait = kaplan_meier(&answered, &lost);
            let mut all = answered;
            all.add(&lost);
            let within = all.shares_within(waits().map(|wait| wait * SECOND));
            waits().enumerate().map(move |(number, wait)| {
                let time = wait * SECOND;
                vec![
                    option.setting.name.clone(),
                    option.setting.view.clone().unwrap_or_default(),
                    queue.name.clone(),
                    wait.to_string(),
                    cell(within.as_ref().map(|shares| 1.0 - shares[number])),
                    cell(virtual_wait.as_ref().map(|s| s.at(time))),
                ]
            })
        })
    });
    csv(&header, rows)
}
