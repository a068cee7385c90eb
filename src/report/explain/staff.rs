//! Staff: who works when, what wrap is done, and what becomes of work that is cut.

use super::{decimal, given, list};
use crate::report::sentence::{count, named, number, time};
use crate::scenario::{Backlog, Response, Rota, Setting, ShiftEnd, Team, WrapPolicy, WrapRule};
use crate::unit::seconds;

/// Every team, and what happens at the end of a shift.
pub(super) fn teams(base: &Setting) -> Vec<String> {
    let mut paragraphs: Vec<String> =
        base.teams.iter().filter(|t| t.agents > 0).map(|t| team(base, t)).collect();
    paragraphs.push(
        "Breaks and activities away from the telephone come at their rostered time, or in their window, or as soon after as the call in \
         hand and its wrap are finished; they are never cut short."
            .to_owned(),
    );
    paragraphs.push(match base.shift_end {
        ShiftEnd::FinishWork => {
            "At the end of a shift an agent finishes the call in hand and its wrap.".to_owned()
        }
        ShiftEnd::FinishCall => {
            "At the end of a shift an agent finishes the call in hand; its wrap is put off.".to_owned()
        }
        ShiftEnd::StopEarly(last) => {
            format!("In the last {} of a shift an agent takes no new call.", time(seconds(last)))
        }
    });
    paragraphs
}

fn team(base: &Setting, team: &Team) -> String {
    let queues: Vec<String> = team.answers.iter().map(|q| named(&base.queues[*q].name)).collect();
    let at = team.site.map_or_else(String::new, |site| format!(" at {}", named(&base.sites[site])));
    let mut text = format!(
        "Team {}{at}: {} {}, answering {}.",
        named(&team.name),
        number(f64::from(team.agents), 0),
        if team.agents == 1 { "agent" } else { "agents" },
        list(&queues)
    );
    text += &match &team.rota {
        Rota::Weeks(rows) if rows.len() == 1 => " All work the same week.".to_owned(),
        Rota::Weeks(rows) => format!(
            " The rota has {} weeks; agents start one row apart and move through all of them.",
            count(rows.len())
        ),
        Rota::Cycle(cycle) => format!(
            " The rota is a cycle of {} days, whatever the weekday, worked by {} groups; each group is {} further on \
             than the one before.",
            count(cycle.days.len()),
            count(cycle.groups()),
            match cycle.step {
                1 => "a day".to_owned(),
                days => format!("{} days", count(days)),
            }
        ),
        Rota::Dated(_) => " Who works when is given date by date.".to_owned(),
    };
    text += &if team.absence > 0.0 {
        format!(
            " Each rostered day of an agent is lost with a probability of {}, for whatever reason.",
            given(team.absence)
        )
    } else {
        " Nobody is ever absent.".to_owned()
    };
    if let Some(most) = team.away_at_most {
        text += &format!(" At most {} of the team are away on breaks at once.", number(f64::from(most), 0));
    }
    if let Some(pay) = team.pay_per_hour {
        text += &format!(" A paid hour costs {}.", decimal(pay));
    }
    text
}

/// Wrap policies, and what cut work does.
pub(super) fn wrap(base: &Setting) -> Vec<String> {
    let mut paragraphs = Vec::new();
    let first = base.wrap_policies[0];
    if base.wrap_policies.iter().all(|p| *p == first) {
        paragraphs.push(policy(&first));
    } else {
        for (q, queue) in base.queues.iter().enumerate() {
            for (t, team) in base.teams.iter().enumerate() {
                let policy = policy(base.wrap_policy(q, t));
                paragraphs.push(format!(
                    "Calls of {} taken by {}: {policy}",
                    named(&queue.name),
                    named(&team.name)
                ));
            }
        }
    }
    if base.wrap_policies.iter().any(|p| p.rule != WrapRule::AsNeeded) {
        paragraphs.push(backlog(&base.backlog));
    }
    paragraphs.push(harm(&base.response));
    paragraphs
}

fn policy(policy: &WrapPolicy) -> String {
    let fate = format!(
        "Of calls whose wrap is cut, {} lose nothing (the same work is done faster), {} have the rest of their work \
         dropped, and the others have it put off.",
        given(policy.absorbed),
        given(policy.dropped)
    );
    let mut text = match policy.rule {
        WrapRule::AsNeeded => "Wrap lasts as long as the work needs.".to_owned(),
        WrapRule::Target { within, pressure } => format!(
            "Agents aim to finish wrap within {}: of what lies beyond, they cut {}. {fate}",
            time(seconds(within)),
            given(pressure)
        ),
        WrapRule::Cap { within } => {
            format!("The telephone system ends wrap after {}. {fate}", time(seconds(within)))
        }
        WrapRule::Adaptive { within } => format!(
            "Wrap lasts as long as the work needs, unless a caller waits whom nobody free can answer: then one agent \
             whose wrap has lasted {} is released for that caller. {fate}",
            time(seconds(within))
        ),
        WrapRule::Scheduled { within } => format!(
            "At most {} of wrap follow a call; the rest is put off to rostered paperwork time, and none is dropped.",
            time(seconds(within))
        ),
    };
    if policy.minimum > 0 {
        text += &format!(" Wrap lasts at least {}.", time(seconds(policy.minimum)));
    }
    text
}

fn backlog(backlog: &Backlog) -> String {
    let mut text = "Put-off work stays with its agent, oldest first.".to_owned();
    text += if backlog.in_idle_time {
        " It is done when no caller waits"
    } else {
        " It is done in time kept for it"
    };
    text += if backlog.interruptible && backlog.in_idle_time { ", and a call interrupts it." } else { "." };
    if backlog.resume != 1.0 {
        text += &format!(" It then takes {} times as long.", decimal(backlog.resume));
    }
    if backlog.overtime > 0 {
        text +=
            &format!(" Up to {} of it is done in overtime after the shift.", time(seconds(backlog.overtime)));
    }
    text
}

fn harm(response: &Response) -> String {
    if response.loss_dropped == 0.0 && response.loss_share == 0.0 && response.loss_talk == 0.0 {
        return "Cutting work does no harm to whether a matter is settled: this scenario sets none."
            .to_owned();
    }
    let mut parts = Vec::new();
    if response.loss_dropped > 0.0 {
        parts.push(format!("by a share of {} where work was dropped", decimal(response.loss_dropped)));
    }
    if response.loss_share > 0.0 {
        parts.push(format!("by {} times the share of wrap dropped", decimal(response.loss_share)));
    }
    if response.loss_talk > 0.0 {
        parts.push(format!("by {} times the share of talk cut", decimal(response.loss_talk)));
    }
    format!(
        "Cut work makes it less likely that a call settles the matter: {}. No reliable number exists for this.",
        list(&parts)
    )
}
