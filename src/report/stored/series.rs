//! The rows of `intervals.csv`, `waits.csv` and `comparison.csv` as charts use them.

use crate::unit::{self, SECOND};

use super::StoredError;
use super::table::{Row, Table};

/// The option, and the view if any, that a row is about.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The option's name.
    pub option: String,
    /// The view's name.
    pub view: Option<String>,
}

impl Subject {
    fn read(row: &Row<'_>) -> Result<Subject, StoredError> {
        let view = row.text("view");
        let view = (!view.is_empty()).then(|| view.to_owned());
        Ok(Subject { option: row.needed("option")?.to_owned(), view })
    }
}

/// An open interval of a weekday in one queue, a mean over its days.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// Whose it is.
    pub subject: Subject,
    /// The queue's name.
    pub queue: String,
    /// Lower case, as written; "weekdays" is Monday to Friday together.
    pub weekday: String,
    /// Minutes after midnight.
    pub start: f64,
    /// Minutes after midnight, later than `start`.
    pub end: f64,
    /// Calls a day.
    pub offered: f64,
    /// Calls a day answered in time.
    pub within: f64,
    /// Share answered in time, as the queue counts it.
    pub service_level: Option<f64>,
    /// Calls a day of which it is a share, where that is stored.
    pub base: Option<f64>,
    /// The worst day in ten.
    pub service_p10: Option<f64>,
    /// The best day in ten.
    pub service_p90: Option<f64>,
    /// Work that arrives, in agents kept busy.
    pub load: Option<f64>,
    /// Agents rostered, on average.
    pub rostered: Option<f64>,
    /// Agents signed on, on average.
    pub signed_on: Option<f64>,
    /// Further figures, where they are stored, in the order of [`FURTHER`].
    pub further: [Option<f64>; FURTHER.len()],
}

/// Columns of further figures of an interval: shares and seconds.
pub const FURTHER: [&str; 8] =
    ["mean_wait_s", "asa_s", "abandonment_rate", "aht_s", "talk_s", "wrap_s", "occupancy", "workload"];

fn minutes(row: &Row<'_>, column: &'static str) -> Result<f64, StoredError> {
    let time = unit::parse_clock(row.needed(column)?).map_err(|_| row.fault(column))?;
    Ok((time / SECOND) as f64 / 60.0)
}

/// Reads `intervals.csv`.
pub(super) fn intervals(text: &str) -> Result<Vec<Interval>, StoredError> {
    Table::open("intervals.csv", text)?.rows(|row| {
        // Rows of a site or a team are for readers of the file.
        if !row.text("site").is_empty() || !row.text("team").is_empty() {
            return Ok(None);
        }
        let start = minutes(row, "start")?;
        let end = minutes(row, "end")?;
        Ok(Some(Interval {
            subject: Subject::read(row)?,
            queue: row.needed("queue")?.to_owned(),
            weekday: row.needed("weekday")?.to_lowercase(),
            start,
            end: if end > start { end } else { end + 24.0 * 60.0 },
            offered: row.number("offered")?.unwrap_or(0.0),
            within: row.number("answered_within")?.unwrap_or(0.0),
            service_level: row.number("service_level")?,
            base: row.text("service_base").parse().ok(),
            service_p10: row.number("service_p10")?,
            service_p90: row.number("service_p90")?,
            load: row.number("load_erlangs")?,
            rostered: row.number("rostered")?,
            signed_on: row.number("signed_on")?,
            further: FURTHER.map(|column| row.text(column).parse().ok()),
        }))
    })
}

/// How many calls of a queue wait longer than a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Wait {
    /// Whose it is.
    pub subject: Subject,
    /// The queue's name.
    pub queue: String,
    /// Seconds.
    pub wait: f64,
    /// Share of offered calls still waiting.
    pub still: f64,
    /// The same for a caller who never gives up.
    pub never: Option<f64>,
}

/// Reads `waits.csv`.
pub(super) fn waits(text: &str) -> Result<Vec<Wait>, StoredError> {
    Table::open("waits.csv", text)?.rows(|row| {
        let (Some(wait), Some(still)) = (row.number("wait_s")?, row.number("still_waiting")?) else {
            return Ok(None);
        };
        let queue = row.needed("queue")?.to_owned();
        Ok(Some(Wait {
            subject: Subject::read(row)?,
            queue,
            wait,
            still,
            never: row.number("never_gives_up")?,
        }))
    })
}

/// What may be concluded from a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Better than the base.
    Better,
    /// Worse than the base.
    Worse,
    /// The whole interval is too small to matter.
    NoMatter,
    /// More replications might tell.
    CannotBeTold,
    /// The measure has no better or worse.
    None,
}

/// A measure of an option against the base.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Whose it is.
    pub subject: Subject,
    /// Its identifier.
    pub measure: String,
    /// The option's figure less the base's.
    pub difference: f64,
    /// The 95% interval of the difference.
    pub interval: (f64, f64),
    /// What may be said.
    pub verdict: Verdict,
}

impl Comparison {
    /// Whether the interval leaves out zero and the verdict is `verdict`.
    pub fn shows(&self, verdict: Verdict) -> bool {
        self.verdict == verdict && (self.interval.0 > 0.0 || self.interval.1 < 0.0)
    }
}

/// Reads `comparison.csv`; rows whose difference does not exist are left out.
pub(super) fn comparisons(text: &str) -> Result<Vec<Comparison>, StoredError> {
    Table::open("comparison.csv", text)?.rows(|row| {
        let measure = row.needed("measure")?.to_owned();
        let (Some(difference), Some(low), Some(high)) =
            (row.number("difference")?, row.number("ci_low")?, row.number("ci_high")?)
        else {
            return Ok(None);
        };
        let verdict = match row.text("verdict") {
            "better" => Verdict::Better,
            "worse" => Verdict::Worse,
            "no difference that matters" => Verdict::NoMatter,
            "cannot be told" => Verdict::CannotBeTold,
            _ => Verdict::None,
        };
        Ok(Some(Comparison {
            subject: Subject::read(row)?,
            measure,
            difference,
            interval: (low, high),
            verdict,
        }))
    })
}
