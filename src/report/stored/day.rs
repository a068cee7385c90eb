//! `day.csv`: one day of one replication of the base, as charts and report use it.

use super::StoredError;
use super::table::{Row, Table};

/// A day replayed. Times are minutes after midnight.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Day {
    /// Its date, "2004-11-01"; empty where the run has no such day.
    pub date: String,
    /// Rostered shifts, by team and agent.
    pub duties: Vec<Duty>,
    /// What agents did.
    pub spells: Vec<Spell>,
    /// Calls by arrival.
    pub calls: Vec<Waited>,
}

/// An agent, by team and number within it, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The team's name.
    pub team: String,
    /// The agent's number.
    pub number: u32,
}

/// A rostered shift.
#[derive(Debug, Clone, PartialEq)]
pub struct Duty {
    /// Whose it is.
    pub person: Person,
    /// Rostered start; below zero where the shift began the day before.
    pub start: f64,
    /// Rostered end.
    pub end: f64,
    /// When the agent left; none where absent.
    pub left: Option<f64>,
    /// Breaks begun.
    pub breaks: u32,
    /// Breaks begun late.
    pub breaks_late: u32,
}

/// What an agent did for a while.
#[derive(Debug, Clone, PartialEq)]
pub struct Spell {
    /// Who.
    pub person: Person,
    /// What.
    pub activity: Activity,
    /// From when.
    pub start: f64,
    /// Until when.
    pub end: f64,
}

/// What an agent can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Activity {
    /// With a caller.
    Talk,
    /// Work after a call.
    Wrap,
    /// Work put off from earlier calls.
    PutOff,
    /// A break.
    Break,
    /// Briefing, training, casework.
    OffPhone,
    /// Waiting for a call.
    Idle,
}

/// A call's wait.
#[derive(Debug, Clone, PartialEq)]
pub struct Waited {
    /// Its queue.
    pub queue: String,
    /// Moment of arrival.
    pub arrived: f64,
    /// When the wait ended.
    pub ended: f64,
    /// Whether by an answer.
    pub answered: bool,
}

const FILE: &str = "day.csv";

/// Reads `day.csv`; an empty text is a run without a day.
pub(super) fn day(text: &str) -> Result<Day, StoredError> {
    let mut day = Day::default();
    if text.trim().is_empty() {
        return Ok(day);
    }
    Table::open(FILE, text)?.rows(|row| {
        if day.date.is_empty() {
            day.date = row.needed("date")?.to_owned();
        }
        let (start, end) = (time(row, "start")?, time(row, "end")?);
        let activity = match row.needed("kind")? {
            kind @ ("shift" | "shift of the day before") => {
                let start = if kind == "shift" { start } else { start - 1440.0 };
                let left = if row.text("left").is_empty() { None } else { Some(time(row, "left")?) };
                let count = |column| Ok::<_, StoredError>(row.number(column)?.unwrap_or(0.0) as u32);
                let (breaks, breaks_late) = (count("breaks")?, count("breaks_late")?);
                day.duties.push(Duty { person: person(row)?, start, end, left, breaks, breaks_late });
                return Ok(None::<()>);
            }
            "call" => {
                let (queue, answered) = (row.text("queue").to_owned(), row.text("outcome") == "answered");
                day.calls.push(Waited { queue, arrived: start, ended: end, answered });
                return Ok(None);
            }
            "talk" => Activity::Talk,
            "wrap" => Activity::Wrap,
            "put-off work" => Activity::PutOff,
            "break" => Activity::Break,
            "off-phone" => Activity::OffPhone,
            "idle" => Activity::Idle,
            _ => return Err(row.fault("kind")),
        };
        day.spells.push(Spell { person: person(row)?, activity, start, end });
        Ok(None)
    })?;
    Ok(day)
}

fn person(row: &Row<'_>) -> Result<Person, StoredError> {
    let number = row.needed("agent")?.parse().map_err(|_| row.fault("agent"))?;
    Ok(Person { team: row.needed("team")?.to_owned(), number })
}

/// "08:00:12" as minutes after midnight; hours may go beyond 24.
fn time(row: &Row<'_>, column: &'static str) -> Result<f64, StoredError> {
    let fields: Vec<Option<u32>> = row.needed(column)?.split(':').map(|part| part.parse().ok()).collect();
    match fields.as_slice() {
        [Some(hours), Some(minutes), Some(seconds)] if *minutes < 60 && *seconds < 60 => {
            Ok(f64::from(hours * 60 + minutes) + f64::from(*seconds) / 60.0)
        }
        _ => Err(row.fault(column)),
    }
}
