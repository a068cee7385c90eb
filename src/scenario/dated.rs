//! Rotas by dates: a CSV file of who works when, one row a shift.

use super::code::Code;
use super::fields::Fields;
use super::files::Files;
use super::finding::Findings;
use super::meant::Shift;
use super::names::Names;
use super::rota::{DatedRota, DatedShift};
use super::rotas::number_of;
use super::setting::{MOST_AGENTS, MOST_SHIFTS, MOST_TEAMS};
use super::table::{Cell, Column, Csv};
use super::teams::{Around, OFF, known};
use super::tree::Place;
use crate::unit::{DAY, Date, Micros, clock};
use std::collections::BTreeMap;
use std::sync::Arc;

const COLUMNS: [Column; 6] = [
    Column::required(
        "agent",
        &["name", "agent-name", "employee", "employee-name", "staff", "person"],
        "who works, a name or a number",
    ),
    Column::required("date", &["day", "shift-date"], "the day the shift begins on, for example 2026-11-02"),
    Column::optional("shift", &["duty", "shift-name"], "the name of a shift of the scenario, or off"),
    Column::optional(
        "start",
        &["from", "begin", "shift-start", "start-time"],
        "when the shift begins, for example 08:00",
    ),
    Column::optional(
        "end",
        &["to", "finish", "until", "shift-end", "end-time"],
        "when it ends; before the start: next day",
    ),
    Column::optional("team", &["group"], "the team, where the file holds several"),
];

const EXAMPLE: &str = "agent,date,shift";

/// What a row says of its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Duty {
    Off,
    /// A name, by its number among the file's.
    Named(u32),
    Hours(Micros, Micros),
}

#[derive(Debug)]
struct Row {
    agent: u32,
    team: Option<u32>,
    date: Date,
    duty: Duty,
    place: Place,
    number: u32,
}

/// A file as read; agents, teams and shifts are numbers in the order in which it first names them.
#[derive(Debug)]
pub(super) struct Written {
    rows: Vec<Row>,
    agents: Names,
    teams: Names,
    shifts: Names,
    place: Place,
}

/// Reads a file of who works when.
pub(super) fn parse(file: u16, _name: &str, text: &str, out: &mut Findings) -> Option<Written> {
    let csv = Csv::open(file, text, EXAMPLE, out)?;
    let columns = csv.columns(&COLUMNS, out);
    let (mut rows, mut agents, mut teams, mut shifts) =
        (Vec::new(), Names::default(), Names::default(), Names::default());
    if let Some([Some(agent), Some(date), shift, start, end, team]) = columns {
        if shift.is_none() && start.is_none() || start.is_some() != end.is_some() {
            let help = "give `shift`, or `start` and `end`";
            csv.fault(Code::CsvHeader, csv.header_place, "the file does not say when they work", help, out);
        } else {
            let mut lines = csv.rows();
            while let Some(row) = lines.next(out) {
                let hours = start.zip(end).map(|(start, end)| (&row.cells[start], &row.cells[end]));
                let duty = duty(&csv, shift.map(|s| &row.cells[s]), hours, row.number, &mut shifts, out);
                let named = &row.cells[agent];
                if named.text.is_empty() {
                    let message = format!("row {} names no agent", row.number);
                    csv.fault(Code::CsvRow, row.place, message, "give a name or a number", out);
                }
                let Some(date) = csv.read(Csv::date, &row.cells[date], "the date", row.number, out) else {
                    continue;
                };
                let told = [
                    (&agents, "agents", MOST_AGENTS as usize),
                    (&shifts, "names of shifts", MOST_SHIFTS),
                    (&teams, "teams", MOST_TEAMS),
                ];
                if let Some((_, what, most)) = told.iter().find(|(names, _, most)| names.names.len() > *most)
                {
                    csv.too_many(what, *most, row.place, out);
                    break;
                }
                rows.push(Row {
                    agent: agents.number(&named.text),
                    team: team.map(|t| teams.number(&row.cells[t].text)),
                    date,
                    duty: duty.unwrap_or(Duty::Off),
                    place: row.place,
                    number: row.number as u32,
                });
            }
        }
    }
    for (one, other) in agents.alike().into_iter().take(MOST_TOLD) {
        let Some(row) = rows.iter().find(|row: &&Row| row.agent == one) else { continue };
        let message = format!(
            "\"{}\" and \"{}\" are two agents: is that meant?",
            agents.names[one as usize], agents.names[other as usize]
        );
        out.warn(Code::Unlikely, row.place, message, "write an agent's name alike in every row");
    }
    let place = csv.header_place;
    csv.close(out).then_some(Written { rows, agents, teams, shifts, place })
}

fn duty(
    csv: &Csv<'_>,
    shift: Option<&Cell<'_>>,
    hours: Option<(&Cell<'_>, &Cell<'_>)>,
    row: usize,
    shifts: &mut Names,
    out: &mut Findings,
) -> Option<Duty> {
    let named = shift.filter(|cell| !cell.text.is_empty() && cell.text != "-");
    let timed = hours.filter(|(start, end)| !start.text.is_empty() || !end.text.is_empty());
    match (named, timed) {
        (None, None) => Some(Duty::Off),
        (Some(name), None) if name.text.eq_ignore_ascii_case(OFF) => Some(Duty::Off),
        (Some(name), None) => Some(Duty::Named(shifts.number(&name.text))),
        (None, Some((start, end))) => {
            let from = csv.read(Csv::time, start, "the start", row, out);
            let to = csv.read(Csv::time, end, "the end", row, out);
            let (from, to) = (from?, to?);
            if from == to || from == DAY {
                let message = format!("the shift in row {row} has no length");
                let help = "write when it ends; on a day off leave start and end empty";
                csv.fault(Code::NotHours, start.place.and(end.place), message, help, out);
                return None;
            }
            Some(Duty::Hours(from, if to > from { to } else { to + DAY }))
        }
        (Some(name), Some(_)) => {
            let message = format!("row {row} has a shift, `{}`, besides a start and an end", name.text);
            csv.fault(Code::TwoWays, name.place, message, "leave one of them empty", out);
            None
        }
    }
}

/// A team's rota from its file, and the place of every shift where nothing is wrong with it.
pub(super) fn rota(
    name: &str,
    f: &Fields<'_>,
    around: &mut Around<'_>,
    files: &mut Files<'_>,
    out: &mut Findings,
) -> (Arc<DatedRota>, Option<Vec<Place>>) {
    let file = f.file("rota-file").unwrap_or_default();
    let named_at = f.place_of("rota-file");
    let mut dated = DatedRota { file: file.clone(), agents: Vec::new(), shifts: Vec::new() };
    let written = if file.is_empty() { None } else { files.rota(&file, named_at, out) };
    let Some(written) = written else { return (dated.into(), None) };
    let mine = |row: &&Row| row.team.is_none_or(|team| written.teams.names[team as usize] == name);
    if !written.rows.iter().any(|row| mine(&row)) {
        let teams: Vec<&str> = written.teams.names.iter().map(String::as_str).collect();
        let (message, help) = match teams.is_empty() {
            true => {
                (format!("`{file}` has no rows"), "give a row for every shift: agent, date, shift".into())
            }
            false => (format!("`{file}` has no row of the team \"{name}\""), known(name, &teams, "teams")),
        };
        out.fault(Code::EmptyRota, named_at, message, help);
        return (dated.into(), None);
    }
    let Some(numbers) = shift_numbers(&written, mine, around, out) else { return (dated.into(), None) };
    let mut agent_of = vec![u32::MAX; written.agents.names.len()];
    let mut shifts: Vec<(DatedShift, Place, u32)> = Vec::new();
    let mut by_hours: BTreeMap<(Micros, Micros), u32> = BTreeMap::new();
    for row in written.rows.iter().filter(mine) {
        let agent = &mut agent_of[row.agent as usize];
        if *agent == u32::MAX {
            *agent = dated.agents.len() as u32;
            dated.agents.push(written.agents.names[row.agent as usize].clone());
        }
        let shift = match row.duty {
            Duty::Off => continue,
            Duty::Named(name) => numbers[name as usize],
            Duty::Hours(start, end) => {
                *by_hours.entry((start, end)).or_insert_with(|| of_hours(start, end, around))
            }
        };
        if by_hours.len() > MOST_SHIFTS {
            let message = format!("`{file}` has over {MOST_SHIFTS} different starts and ends");
            out.fault(Code::CsvRow, row.place, message, "round them, for example to five minutes");
            return (dated.into(), None);
        }
        shifts.push((DatedShift { date: row.date, agent: *agent, shift }, row.place, row.number));
    }
    shifts.sort_unstable_by_key(|(s, _, number)| (s.date, s.agent, *number));
    if shifts.is_empty() {
        let message = format!("`{file}` names no shift: nobody in `{name}` ever works");
        out.fault(Code::EmptyRota, named_at, message, "name shifts, or start and end, in its rows");
        return (dated.into(), None);
    }
    dated.shifts = shifts.iter().map(|(s, ..)| *s).collect();
    let sound = refuse_doubled(&dated, &shifts, out) && refuse_overlaps(&dated, &shifts, around.shifts, out);
    ask_about_days(name, &dated, around.window, written.place, out);
    (dated.into(), sound.then(|| shifts.into_iter().map(|(_, place, _)| place).collect()))
}

/// The scenario's number of every shift that the file names for a team.
fn shift_numbers(
    written: &Written,
    mine: impl Fn(&&Row) -> bool,
    around: &Around<'_>,
    out: &mut Findings,
) -> Option<Vec<u32>> {
    let names: Vec<&str> =
        around.shifts[..around.named].iter().map(|s| s.name.as_str()).chain([OFF]).collect();
    let position = |name: &String| names.iter().position(|known| known == name).map(|n| n as u32);
    let numbers: Vec<Option<u32>> = written.shifts.names.iter().map(position).collect();
    let mut sound = true;
    let unknown = numbers.iter().enumerate().filter(|(_, number)| number.is_none());
    for (name, _) in unknown.take(MOST_TOLD) {
        let mut rows = written.rows.iter().filter(|r| mine(r) && r.duty == Duty::Named(name as u32));
        let Some(first) = rows.next() else { continue };
        sound = false;
        let name = &written.shifts.names[name];
        let more = match rows.count() {
            0 => String::new(),
            1 => " (and in one more row)".to_owned(),
            more => format!(" (and in {more} more rows)"),
        };
        let message = format!("there is no shift \"{name}\"{more}");
        out.fault(Code::UnknownShift, first.place, message, known(name, &names, "shifts"));
    }
    sound.then(|| numbers.into_iter().map(|number| number.unwrap_or(0)).collect())
}

/// The number of a shift that a file gives by its hours: paid throughout, without breaks.
fn of_hours(start: Micros, end: Micros, around: &mut Around<'_>) -> u32 {
    let name = format!("{}-{}", clock(start), clock(end % DAY));
    let added = around.shifts[around.named..].iter();
    let known = added.clone().position(|s| (s.start, s.end) == (start, end) && s.pauses.is_empty());
    match known {
        Some(number) => (around.named + number) as u32,
        None => number_of(Shift { name, start, end, pauses: Vec::new() }, around.shifts) as u32,
    }
}

/// More faults than this of one kind in one rota are not told.
const MOST_TOLD: usize = 20;

type Rowed = (DatedShift, Place, u32);

fn refuse_doubled(dated: &DatedRota, shifts: &[Rowed], out: &mut Findings) -> bool {
    let doubled = shifts
        .windows(2)
        .filter(|pair| (pair[0].0.date, pair[0].0.agent) == (pair[1].0.date, pair[1].0.agent));
    let mut sound = true;
    for pair in doubled.take(MOST_TOLD) {
        sound = false;
        let (s, place, row) = &pair[1];
        let agent = &dated.agents[s.agent as usize];
        let message = format!("{agent} has two shifts on {}, in rows {} and {row}", s.date, pair[0].2);
        let help = "give one shift a day, with an unpaid break between its parts";
        out.fault(Code::DoubledShift, *place, message, help);
    }
    sound
}

/// A shift that crosses midnight must end before the agent's next begins.
fn refuse_overlaps(dated: &DatedRota, shifts: &[Rowed], all: &[Shift], out: &mut Findings) -> bool {
    let mut last: Vec<Option<DatedShift>> = vec![None; dated.agents.len()];
    let mut told = 0;
    for (s, place, _) in shifts {
        let before = last[s.agent as usize].replace(*s);
        let Some(before) = before.filter(|before| before.date.plus(1) == s.date) else { continue };
        let (yesterday, today) = (&all[before.shift as usize], &all[s.shift as usize]);
        if yesterday.end > today.start + DAY && told < MOST_TOLD {
            told += 1;
            let message = format!(
                "{}'s shift of {} begins at {} and the one of the day before ends at {}",
                dated.agents[s.agent as usize],
                s.date,
                clock(today.start),
                clock(yesterday.end - DAY)
            );
            out.fault(Code::ShiftsOverlap, *place, message, "an agent cannot work two shifts at once");
        }
    }
    told == 0
}

/// Warns where the file leaves measured days without anybody at its beginning or end.
fn ask_about_days(
    name: &str,
    dated: &DatedRota,
    (start, days): (Date, i64),
    place: Place,
    out: &mut Findings,
) {
    let Some((first, last)) = dated.span() else { return };
    let end = start.plus(days - 1);
    let help = "add rows, or change `horizon`; days before and after the measured ones are worked like the file's \
                nearest of the same weekday";
    let mut warn = |from: Date, to: Date| {
        let message = format!("nobody of `{name}` works from {from} to {to}: the file has no row for them");
        out.warn(Code::RotaEnds, place, message, help);
    };
    // A day or two may be a weekend or a holiday.
    if last < start || first > end {
        warn(start, end);
    } else {
        if first.days_since(start) >= 4 {
            warn(start, first.plus(-1));
        }
        if end.days_since(last) >= 4 {
            warn(last.plus(1), end);
        }
    }
}
