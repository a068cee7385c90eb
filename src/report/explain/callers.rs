//! Callers: how many ring, how long they are served, whether they try again, how satisfied they are.

use super::{decimal, given, law};
use crate::measure::ServiceLevel;
use crate::report::sentence::{named, number, time};
use crate::scenario::{Calendar, Demand, Queue, Response, Setting, Standard, TalkPolicy, Volume};
use crate::unit::{clock, seconds};

/// Demand of every queue that has any.
pub(super) fn arriving(base: &Setting) -> Vec<String> {
    let mut paragraphs: Vec<String> = base
        .queues
        .iter()
        .map(|queue| format!("{} {}", heading(base, queue), demand(&queue.demand)).trim_start().to_owned())
        .collect();
    paragraphs.push(
        "First calls come at random around their expected rate (a Poisson process): each caller decides without \
         knowing of the others."
            .to_owned(),
    );
    paragraphs
}

/// "Queue enquiries:" where there are several.
fn heading(base: &Setting, queue: &Queue) -> String {
    if base.queues.len() == 1 { String::new() } else { format!("Queue {}:", named(&queue.name)) }
}

fn demand(demand: &Demand) -> String {
    let (calls, period) = match demand.volume {
        Volume::PerYear(v) => (v, "a year"),
        Volume::PerMonth(v) => (v, "a month"),
        Volume::PerWeek(v) => (v, "a week"),
        Volume::PerDay(v) => (v, "an open day"),
        Volume::PerHour(v) => (v, "an hour"),
    };
    let mut text = match (&demand.volume, &demand.shape) {
        (Volume::PerHour(_), Some(_)) => format!("{} times the calls an hour of a file", decimal(calls)),
        _ => format!("{} calls {period}", number(calls, 0)),
    };
    if demand.times != 1.0 {
        text += &format!(", times {}", decimal(demand.times));
    }
    text += &match &demand.shape {
        Some(shape) => format!(", spread over weekdays and hours as in {}.", shape.file),
        None => ", spread evenly over opening hours.".to_owned(),
    };
    if demand.straight_lines {
        text += " Between the middles of intervals the rate runs in straight lines.";
    }
    if demand.calendar != Calendar::default() {
        text += " What changes it by date (trends, events, phases, counted days) stands among the inputs.";
    }
    if demand.first_call_share < 1.0 {
        text += &format!(
            " These count every call; {} of them are first calls, the rest are expected repeats and redials.",
            given(demand.first_call_share)
        );
    }
    if demand.day_cv > 0.0 {
        text += &format!(
            " Days differ in busyness by a coefficient of variation (standard deviation over mean) of {}, and one busy \
             day tends to follow another (correlation {}).",
            decimal(demand.day_cv),
            decimal(demand.day_phi)
        );
    }
    if demand.interval_cv > 0.0 {
        text += &format!(
            " Intervals of a day differ by a further {}, with a correlation of {} from one to the next.",
            decimal(demand.interval_cv),
            decimal(demand.interval_phi)
        );
    }
    text.trim_start().to_owned()
}

/// How long calls of every queue last and wait, and who is answered first.
pub(super) fn served(base: &Setting) -> Vec<String> {
    let mut paragraphs: Vec<String> = base.queues.iter().map(|queue| call(base, queue)).collect();
    let several = base.queues.iter().any(|q| q.priority != base.queues[0].priority);
    paragraphs.push(format!(
        "{} The agent who has been idle longest answers; if none is idle the caller waits. {}",
        if several {
            "Queues with priority 1 are answered first; within a priority, who rang first is answered first."
        } else {
            "Who rang first is answered first."
        },
        if base.telephone.outages.is_empty() {
            "A call in hand is never dropped."
        } else {
            "No agent drops a call in hand."
        }
    ));
    for outage in &base.telephone.outages {
        let (date, start, length) = (outage.date, clock(outage.start), time(seconds(outage.length)));
        paragraphs.push(match outage.site {
            None => format!(
                "On {date} at {start} the telephone goes down for {length}: whoever waits or talks is lost, whoever \
                 rings meanwhile hears the busy tone."
            ),
            Some(site) => format!(
                "On {date} at {start} {} goes down for {length}: its agents answer nobody, and whoever talks to one is \
                 lost. Callers who are sent to that site alone, waiting or ringing meanwhile, are lost or hear the busy \
                 tone; others wait for the agents of other sites.",
                named(&base.sites[site])
            ),
        });
    }
    if let TalkPolicy::Target { within, pressure } = base.talk_policy {
        paragraphs.push(format!(
            "Agents are pressed to keep talk to {}: of what lies beyond, {} is cut.",
            time(seconds(within)),
            given(pressure)
        ));
    }
    paragraphs
}

fn call(base: &Setting, queue: &Queue) -> String {
    let patience = match &queue.patience {
        Some(patience) => {
            format!("A caller hangs up when the wait exceeds their patience: {}.", law(patience))
        }
        None => "Callers wait however long it takes.".to_owned(),
    };
    let short = if queue.short_abandon > 0 {
        format!(" Those who hang up within {} are left out of the rates.", time(seconds(queue.short_abandon)))
    } else {
        String::new()
    };
    let text = format!(
        "{} Talk lasts {}. The work after it (wrap), when the caller has gone, needs {}. {patience}{short} The \
         target: {} of calls answered within {}.",
        heading(base, queue),
        law(&queue.talk),
        law(&queue.wrap),
        given(queue.target_share),
        time(seconds(queue.answer_within)),
    );
    let counted = match queue.service_level {
        ServiceLevel::OfferedLessShort => String::new(),
        level => format!(" Its service level counts calls {}.", level.meaning()),
    };
    format!("{}{counted}{}", text.trim_start(), getting_through(base, queue))
}

/// What stands between a queue's callers and an agent, besides the wait.
fn getting_through(base: &Setting, queue: &Queue) -> String {
    let access = &queue.access;
    let mut text = String::new();
    let mut lines = |lines: Option<u32>, whose: &str| {
        if let Some(lines) = lines {
            text += &format!(
                " {whose} {lines} telephone lines, each held from ringing up until the caller goes; further callers \
                 hear the busy tone."
            );
        }
    };
    if std::ptr::eq(queue, &base.queues[0]) {
        lines(base.telephone.lines, "The centre has");
    }
    lines(access.lines, "The queue has");
    if let Some(menu) = &access.menu {
        text += &format!(
            " First comes a voice menu, which takes {}; {} of the callers ring off in it.",
            law(&menu.time),
            given(menu.leave)
        );
    }
    if let Some(a) = &access.announcements {
        let again = a
            .every
            .map_or(String::new(), |every| format!(", and every {} from then on,", time(seconds(every))));
        text += &format!(
            " After {} of waiting{again} an announcement is heard; at each one {} of those who hear it ring off.",
            time(seconds(a.first)),
            given(a.leave)
        );
    }
    if let Some(c) = &access.callback {
        text += &format!(
            " After {} of waiting a callback is offered; {} of the callers accept it, ring off and keep their place. \
             When the turn comes the agent rings for {} and reaches {} of them; else it is tried again after {}, at most \
             {} times in all.",
            time(seconds(c.after)),
            given(c.accepted),
            time(seconds(c.ringing)),
            given(c.reached),
            time(seconds(c.again_after)),
            c.tries
        );
    }
    if let Some(most) = access.at_most_waiting {
        text += &format!(" At most {most} callers wait; further ones hear the busy tone.");
    }
    if let Some(standard) = queue.standard {
        let of = match standard {
            Standard::Emergency => "999: answered within 10 seconds, in 10 to 60, and later",
            Standard::NonEmergency => "101: answered within 30 seconds",
            Standard::Nhs111 => "NHS 111: answered within 60 seconds, and given up after more than 30",
            Standard::Hmrc => "HMRC: answered, of all attempts",
        };
        text += &format!(" It is also held to the standard of {of}.");
    }
    let [(first, p), more @ ..] = access.balking.as_slice() else { return text };
    text += &match (first, more.last()) {
        (0, None) => {
            format!(" A caller whom nobody can answer at once rings off with a probability of {}.", given(*p))
        }
        _ => {
            let steps: Vec<String> = access
                .balking
                .iter()
                .map(|(from, p)| format!("{} from {}", given(*p), time(seconds(*from))))
                .collect();
            format!(
                " A caller whom nobody can answer at once is told the wait (callers ahead and the caller, times the \
                 mean handling time, over the agents on shift) and rings off with a probability by its length: {}.",
                steps.join(", ")
            )
        }
    };
    text
}

/// Redials, repeats and chases.
pub(super) fn again(response: &Response) -> Vec<String> {
    let mut paragraphs = Vec::new();
    paragraphs.push(if response.redials > 0.0 {
        format!(
            "A caller who gives up, or does not get through, tries again with a probability of {} (a redial), after {}, at most {} times. If \
             that falls outside opening hours, it is made on the next open day with a probability of {}; else the \
             caller gives up for good.",
            given(response.redials), law(&response.redial_delay), response.redials_at_most, given(response.after_closing)
        )
    } else {
        "A caller who gives up does not try again.".to_owned()
    });
    let mut text =
        format!("An answered call settles the matter with a probability of {}.", given(response.resolved));
    if response.resolved < 1.0 || response.loss_dropped > 0.0 {
        text += &if response.repeats > 0.0 {
            format!(
                " If it does not, the caller rings again with a probability of {} (a repeat), after {}; on a later \
                 day at a time when people ring.",
                given(response.repeats),
                law(&response.repeat_delay)
            )
        } else {
            " If it does not, the caller does not ring again.".to_owned()
        };
    }
    paragraphs.push(text);
    if response.chase > 0.0 {
        paragraphs.push(format!(
            "While work on a case is put off, its caller asks after it {} times an open day on average (a chase).",
            decimal(response.chase)
        ));
    }
    paragraphs
}

/// The rule of satisfaction.
pub(super) fn satisfied(response: &Response) -> String {
    let b = &response.satisfaction;
    let mut text = format!(
        "How likely a person is to be satisfied is worked out once, when the matter closes. The log-odds are {} at \
         best, and change by {} for each minute waited, {} for each call after the first, {} if the matter stays \
         unsettled and {} if nobody ever answered.",
        signed(b.base),
        signed(b.per_minute),
        signed(b.per_contact),
        signed(b.unresolved),
        signed(b.never_answered)
    );
    if b.per_minute != 0.0 {
        text += &format!(
            " So {} minutes of waiting weigh as much as one unsettled matter.",
            number(b.unresolved / b.per_minute, 0)
        );
    }
    text + " No such weights are measured anywhere: compare what lies beneath before relying on them."
}

fn signed(value: f64) -> String {
    decimal(value)
}
