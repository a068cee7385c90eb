//! The printed rota: who works when, and paid hours by agent and week, for every option whose rota is not the base's.

use super::file::csv;
use crate::scenario::{Horizon, Rota, Setting, Shift, Study, Team, hours};
use crate::unit::{DAY, Date, HOUR, Micros, Weekday, clock};
use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};

/// One agent's week: shifts by weekday and paid time, within the measured days.
struct Week {
    agent: u32,
    shifts: [Option<usize>; 7],
    paid: Micros,
}

/// Weeks of the measured window: the Monday, and every agent.
fn weeks(team: &Team, shifts: &[Shift], horizon: &Horizon) -> Vec<(Date, Vec<Week>)> {
    let mut weeks: Vec<(Date, Vec<Week>)> = Vec::new();
    for day in 0..i64::from(horizon.days) {
        let date = horizon.start.plus(day);
        let weekday = usize::from(date.weekday().0);
        if weeks.is_empty() || weekday == 0 {
            let blank = |agent| Week { agent, shifts: [None; 7], paid: 0 };
            weeks.push((date.plus(-(weekday as i64)), (0..team.agents).map(blank).collect()));
        }
        let at = weeks.len() - 1;
        let agents = &mut weeks[at].1;
        team.on(horizon, date, |agent, shift| {
            let week = &mut agents[agent as usize];
            week.shifts[weekday] = Some(shift);
            week.paid += shifts[shift].paid();
        });
    }
    weeks
}

/// Whether two options have the same people at work at the same times.
fn same_rota(a: &Setting, b: &Setting) -> bool {
    let key = |team: &Team| (team.name.clone(), team.agents, team.stagger.clone());
    let rota = |a: &Rota, b: &Rota| match (a, b) {
        (Rota::Dated(a), Rota::Dated(b)) => std::sync::Arc::ptr_eq(a, b) || a == b,
        _ => a == b,
    };
    a.shifts == b.shifts
        && a.teams.len() == b.teams.len()
        && a.teams.iter().zip(&b.teams).all(|(a, b)| key(a) == key(b) && rota(&a.rota, &b.rota))
}

/// The options to print: the first, and those whose rota differs from it.
fn printed(study: &Study) -> impl Iterator<Item = &Setting> {
    let base = study.options.first();
    study
        .options
        .iter()
        .enumerate()
        .filter(move |(n, o)| *n == 0 || base.is_none_or(|b| !same_rota(b, o)))
        .map(|o| o.1)
}

/// "08:00-16:00", with the breaks left out.
fn times(shift: &Shift) -> String {
    let end = if shift.end > DAY { shift.end - DAY } else { shift.end };
    format!("{}-{}", clock(shift.start % DAY), clock(end))
}

/// `rota.csv`: a row per option, team, week and agent; times by weekday, empty for a day off, and paid hours. An
/// option without rows has the base's rota.
pub fn rota_csv(study: &Study) -> String {
    let mut header = vec!["option", "view", "team", "agent", "week_from"];
    header.extend(Weekday::NAMES);
    header.push("paid_hours");
    let rows = printed(study).flat_map(|option| {
        option.teams.iter().flat_map(move |team| {
            weeks(team, &option.shifts, &study.horizon).into_iter().flat_map(move |(monday, agents)| {
                agents.into_iter().map(move |week| {
                    let mut row = vec![
                        option.name.clone(),
                        option.view.clone().unwrap_or_default(),
                        team.name.clone(),
                        team.agent_name(week.agent),
                        monday.to_string(),
                    ];
                    row.extend(week.shifts.map(|s| s.map_or(String::new(), |s| times(&option.shifts[s]))));
                    row.push(format!("{}", week.paid as f64 / HOUR as f64));
                    row
                })
            })
        })
    });
    csv(&header, rows)
}

/// The rota as tables to read: one a team and week, in which agents with the same week share a line.
pub fn rota_text(study: &Study) -> String {
    let mut text = String::new();
    let views = study.options.iter().any(|o| o.view.is_some());
    for option in printed(study) {
        let view = option.view.as_ref().filter(|_| views).map(|v| format!(" ({v})")).unwrap_or_default();
        text += &format!("{}{view}\n", option.name);
        for team in option.teams.iter().filter(|team| team.agents > 0) {
            for (monday, agents) in weeks(team, &option.shifts, &study.horizon) {
                let paid: Micros = agents.iter().map(|week| week.paid).sum();
                text += &format!(
                    "\n{}, week from {monday}: {} agents, {} paid\n{}\n",
                    team.name,
                    team.agents,
                    hours(paid),
                    table(team, &option.shifts, &agents).trim_fmt()
                );
            }
        }
        text.push('\n');
    }
    text
}

fn table(team: &Team, shifts: &[Shift], agents: &[Week]) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    let right = |text: &str| Cell::new(text).set_alignment(CellAlignment::Right);
    let mut header = vec![Cell::new("")];
    header.extend(Weekday::ALL.map(|day| Cell::new(day.short())));
    header.push(right("paid"));
    table.set_header(header);
    let mut at = 0;
    while at < agents.len() {
        let alike = agents[at..].iter().take_while(|week| week.shifts == agents[at].shifts).count();
        let (first, last) = (&agents[at], &agents[at + alike - 1]);
        let name = match alike {
            1 => team.agent_name(first.agent),
            _ => format!("{} to {}", team.agent_name(first.agent), team.agent_name(last.agent)),
        };
        let mut row = vec![Cell::new(name)];
        row.extend(first.shifts.map(|s| Cell::new(s.map_or("–".to_owned(), |s| times(&shifts[s])))));
        row.push(right(&if alike > 1 { format!("{} each", hours(first.paid)) } else { hours(first.paid) }));
        table.add_row(row);
        at += alike;
    }
    table.column_iter_mut().for_each(|column| {
        column.set_padding((1, 0));
    });
    table
}
