//! What is simulated when, and how options are compared.

use super::{decimal, list};
use crate::report::sentence::{capitalised, count, named, number, time};
use crate::scenario::{Closing, Horizon, Opening, Setting, Study};
use crate::unit::{Weekday, clock, seconds};

/// Days simulated and measured, opening hours, closing time.
pub(super) fn time_simulated(study: &Study) -> Vec<String> {
    let base = &study.options[0];
    let mut paragraphs = vec![measured(&study.horizon)];
    paragraphs.extend(start_state(base));
    paragraphs.extend([opening(&base.opening), closing(base.closing)]);
    paragraphs
}

/// What there is at the start, where the centre does not begin empty.
fn start_state(base: &Setting) -> Option<String> {
    let state = &base.start_state;
    let waiting = state.waiting.iter().map(|(queue, callers)| {
        format!("{} callers of {} ring", number(f64::from(*callers), 0), named(&base.queues[*queue].name))
    });
    let backlog = state.backlog.iter().map(|(team, size)| {
        format!(
            "every agent of {} has {} of put-off work",
            named(&base.teams[*team].name),
            time(seconds(*size))
        )
    });
    let waiting: Vec<String> = waiting.collect();
    let backlog: Vec<String> = backlog.collect();
    let mut text = String::new();
    if !waiting.is_empty() {
        text += &format!("At the first opening of the run {} at once, besides all others. ", list(&waiting));
    }
    if !backlog.is_empty() {
        text +=
            &format!("When the first simulated day begins {}; nobody rings because of it.", list(&backlog));
    }
    (!text.is_empty()).then(|| text.trim_end().to_owned())
}

fn measured(horizon: &Horizon) -> String {
    let days = |n: u32| format!("{} {}", count(n as usize), if n == 1 { "day" } else { "days" });
    let mut text = format!(
        "{} from {} are measured, in intervals of {}.",
        capitalised(&days(horizon.days)),
        horizon.start,
        time(seconds(horizon.interval))
    );
    if horizon.warm_up_days > 0 {
        text += &format!(
            " The {} before are simulated but not counted (the warm-up), so that the measured window begins with \
             the repeat calls and the unfinished work of the days before it.",
            days(horizon.warm_up_days)
        );
    }
    if horizon.follow_up_days > 0 {
        text += &format!(
            " The {} after are simulated to see what becomes of the people who first called in the window.",
            days(horizon.follow_up_days)
        );
    }
    text
}

fn opening(opening: &Opening) -> String {
    let hours = |day: usize| match opening.week[day] {
        None => "closed".to_owned(),
        Some((from, to)) => format!("{} to {}", clock(from), clock(to)),
    };
    let mut parts = Vec::new();
    let mut from = 0;
    while from < 7 {
        let mut to = from;
        while to + 1 < 7 && opening.week[to + 1] == opening.week[from] {
            to += 1;
        }
        let name = |day: usize| Weekday(day as u8).title();
        let days = if to == from { name(from).to_owned() } else { format!("{} to {}", name(from), name(to)) };
        parts.push(format!("{days} {}", hours(from)));
        from = to + 1;
    }
    let mut text = format!("Calls are taken {}.", parts.join(", "));
    if !opening.closed.is_empty() {
        let n = opening.closed.len();
        text +=
            &format!(" The centre is closed on {} more {}.", count(n), if n == 1 { "date" } else { "dates" });
    }
    text
}

fn closing(closing: Closing) -> String {
    match closing {
        Closing::FinishQueue => {
            "Those who wait at closing time are served by whoever is still on shift. Where nobody is, they wait until \
             they give up."
        }
        Closing::StayToFinish => "Agents on shift at closing time stay until nobody waits.",
        Closing::TurnAway => "Those who wait at closing time are turned away.",
    }
    .to_owned()
}

/// How options are compared, and what the intervals mean.
pub(super) fn compared(study: &Study) -> Vec<String> {
    let views: Vec<String> = {
        let mut names: Vec<String> = Vec::new();
        for view in study.options.iter().filter_map(|o| o.view.as_deref()) {
            if !names.iter().any(|known| known == view) {
                names.push(view.to_owned());
            }
        }
        names
    };
    let others = study.options.iter().filter(|o| o.view == study.options[0].view).count() - 1;
    let mut paragraphs = vec![format!(
        "Chance is simulated as often as asked: {} histories unless told otherwise (replications), each independent \
         of the others. A 95% interval says how far chance could still move a figure's mean. It says nothing of \
         doubt about the inputs.",
        number(f64::from(study.replications), 0)
    )];
    if others > 0 {
        paragraphs.push(format!(
            "{} compared with the base, {}. Every option meets the same people on the same days: the same first \
             calls, the same conversations, the same patience, the same absences. So a difference between two options \
             comes from the options and not from luck.",
            if others == 1 {
                "One option is".to_owned()
            } else {
                format!("{} options are", capitalised(&count(others)))
            },
            named(&study.options[0].name)
        ));
    }
    if !views.is_empty() {
        let quoted: Vec<String> = views.iter().map(|v| named(v)).collect();
        paragraphs.push(format!(
            "Every option is run under each view: {}. A view is a set of assumptions that one side holds.",
            list(&quoted)
        ));
    }
    if !study.matters.is_empty() {
        let each: Vec<String> = study
            .matters
            .iter()
            .map(|(id, threshold)| {
                let title = crate::measure::find(id.rsplit('.').next().unwrap_or(id))
                    .map_or(id.as_str(), |m| m.title);
                format!("{} {}", title.to_lowercase(), decimal(*threshold))
            })
            .collect();
        paragraphs.push(format!("A smaller difference than this does not matter: {}.", list(&each)));
    }
    paragraphs
}
