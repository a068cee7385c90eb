//! `day.csv`: one day of one replication of the base, moment by moment, as an example to look at.

use super::number::csv;
use crate::experiment::{ExampleDay, Fate, SpellKind};
use crate::scenario::Setting;
use crate::unit::{MINUTE, Micros, SECOND};

/// A row per rostered shift, per spell of an agent, and per call. `kind` says which: "shift" ("left" is when the agent
/// went, empty where absent; "shift of the day before" starts on that day), "talk", "wrap", "put-off work", "break", "off-phone", "idle", or "call" (from arrival
/// until the wait ended as "outcome" says). Times are of the day, to the second; past midnight they go on counting.
/// Without a day there is only the header.
pub fn day_csv(base: &Setting, day: Option<&ExampleDay>) -> String {
    let header = [
        "date",
        "kind",
        "team",
        "agent",
        "shift",
        "queue",
        "start",
        "end",
        "left",
        "breaks",
        "breaks_late",
        "outcome",
    ];
    let mut rows = Vec::new();
    if let Some(day) = day {
        rows.extend(shifts(base, day));
        rows.extend(spells(base, day));
        rows.extend(calls(base, day));
    }
    csv(&header, rows)
}

/// A time of day to the second: "08:00:12".
fn clock(time: Micros) -> String {
    let seconds = (time + SECOND / 2) / SECOND;
    let minute = MINUTE / SECOND;
    format!("{:02}:{:02}:{:02}", seconds / (60 * minute), seconds / minute % 60, seconds % minute)
}

/// A team's name and an agent's number within it, from 1, as people count.
fn person(base: &Setting, agent: u32) -> (String, String) {
    let mut first = 0;
    for team in &base.teams {
        if agent < first + team.agents {
            return (team.name.clone(), (agent - first + 1).to_string());
        }
        first += team.agents;
    }
    (String::new(), agent.to_string())
}

/// A row whose cells are empty but for those given.
fn row(day: &ExampleDay, kind: &str, cells: [String; 10]) -> Vec<String> {
    let mut row = vec![day.date.to_string(), kind.to_owned()];
    row.extend(cells);
    row
}

fn shifts<'a>(base: &'a Setting, day: &'a ExampleDay) -> impl Iterator<Item = Vec<String>> + 'a {
    day.duties.iter().map(move |duty| {
        let (team, agent) = person(base, duty.agent);
        let shift = base.shifts.get(duty.shift).map_or_else(String::new, |s| s.name.clone());
        let worked = duty.left.is_some();
        let count = |n: u32| if worked { n.to_string() } else { String::new() };
        let cells = [
            team,
            agent,
            shift,
            String::new(),
            clock(duty.start),
            clock(duty.end),
            duty.left.map_or_else(String::new, clock),
            count(duty.breaks.0),
            count(duty.breaks.1),
            if worked { String::new() } else { "absent".into() },
        ];
        row(day, if duty.began_before { "shift of the day before" } else { "shift" }, cells)
    })
}

fn spells<'a>(base: &'a Setting, day: &'a ExampleDay) -> impl Iterator<Item = Vec<String>> + 'a {
    let queue = |q: usize| base.queues.get(q).map_or_else(String::new, |queue| queue.name.clone());
    let mut spells = day.spells.clone();
    spells.sort_by_key(|s| (s.agent, s.start, s.end));
    spells.into_iter().map(move |spell| {
        let (team, agent) = person(base, spell.agent);
        let (kind, queue) = match spell.kind {
            SpellKind::Talk(q) => ("talk", queue(q)),
            SpellKind::Wrap(q) => ("wrap", queue(q)),
            SpellKind::Backlog => ("put-off work", String::new()),
            SpellKind::Break => ("break", String::new()),
            SpellKind::OffPhone => ("off-phone", String::new()),
            SpellKind::Idle => ("idle", String::new()),
        };
        let none = String::new;
        let cells = [
            team,
            agent,
            none(),
            queue,
            clock(spell.start),
            clock(spell.end),
            none(),
            none(),
            none(),
            none(),
        ];
        row(day, kind, cells)
    })
}

fn calls<'a>(base: &'a Setting, day: &'a ExampleDay) -> impl Iterator<Item = Vec<String>> + 'a {
    let mut calls = day.calls.clone();
    calls.sort_by_key(|c| (c.arrived, c.queue, c.ended));
    calls.into_iter().map(move |call| {
        let queue = base.queues.get(call.queue).map_or_else(String::new, |q| q.name.clone());
        let outcome = match call.fate {
            Fate::Answered => "answered",
            Fate::Abandoned => "gave up",
            Fate::TurnedAway => "turned away",
            Fate::Blocked => "busy tone",
            Fate::LeftInMenu => "left in the menu",
            Fate::CalledBack => "called back",
            Fate::CallbackFailed => "callback failed",
            Fate::LostInOutage => "lost in an outage",
            Fate::Balked => "rang off at once",
        };
        let none = String::new;
        let cells = [
            none(),
            none(),
            none(),
            queue,
            clock(call.arrived),
            clock(call.ended),
            none(),
            none(),
            none(),
            outcome.to_owned(),
        ];
        row(day, "call", cells)
    })
}
