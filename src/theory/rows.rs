//! The rows of exact numbers against which `answerable verify` runs the simulation.

use super::row_law::RowLaw;
use super::table::ExactTable;

/// What an exact number is of. Shares are of all calls that came to the queue, attempts all alike, unless said
/// otherwise; times are in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowMeasure {
    /// Share that find nobody free: the offered wait is above 0.
    PWait,
    /// Share that give up.
    PAbandon,
    /// Mean wait of all, those that give up until they leave.
    MeanWait,
    /// Mean wait of answered calls.
    Asa,
    /// Busy time over time of the servers, wrap being busy.
    Occupancy,
    /// Share answered within this many seconds.
    ServedWithin(u32),
    /// Share that wait longer than this many seconds, whatever their fate.
    WaitsBeyond(u32),
    /// Share of all calls that arrived that hear the busy tone.
    PBlock,
    /// Share of all calls that arrived that are answered within this many seconds.
    ArrivalsServedWithin(u32),
    /// Share of first calls that find nobody free.
    PWaitFirst,
    /// Answered calls per first call: the share of people who are answered at last.
    EventuallyServed,
    /// The same as without `Next`, of the queue to which callers are passed on, its calls and its servers.
    PWaitNext,
    /// Mean wait there.
    AsaNext,
    /// Busy time over time of its servers.
    OccupancyNext,
    /// Share that wait longer than this many seconds there.
    WaitsBeyondNext(u32),
}

impl RowMeasure {
    /// Its name, as `verify` prints it; the number is of seconds.
    pub fn name(self) -> String {
        match self {
            RowMeasure::PWait => "p_wait".into(),
            RowMeasure::PAbandon => "p_abandon".into(),
            RowMeasure::MeanWait => "mean_wait_s".into(),
            RowMeasure::Asa => "asa_s".into(),
            RowMeasure::Occupancy => "occupancy".into(),
            RowMeasure::ServedWithin(t) => format!("served_within_{t}"),
            RowMeasure::WaitsBeyond(t) => format!("waits_beyond_{t}"),
            RowMeasure::PBlock => "p_block".into(),
            RowMeasure::ArrivalsServedWithin(t) => format!("arrivals_served_within_{t}"),
            RowMeasure::PWaitFirst => "p_wait_first".into(),
            RowMeasure::EventuallyServed => "eventually_served".into(),
            RowMeasure::PWaitNext => "p_wait_next".into(),
            RowMeasure::AsaNext => "asa_next_s".into(),
            RowMeasure::OccupancyNext => "occupancy_next".into(),
            RowMeasure::WaitsBeyondNext(t) => format!("waits_beyond_{t}_next"),
        }
    }

    /// Whether it is a share (else seconds).
    pub fn is_share(self) -> bool {
        !matches!(self, RowMeasure::MeanWait | RowMeasure::Asa | RowMeasure::AsaNext)
    }

    /// Of a measure of the queue to which callers are passed on, what it measures of that queue.
    pub fn of_next(self) -> Option<RowMeasure> {
        match self {
            RowMeasure::PWaitNext => Some(RowMeasure::PWait),
            RowMeasure::AsaNext => Some(RowMeasure::Asa),
            RowMeasure::OccupancyNext => Some(RowMeasure::Occupancy),
            RowMeasure::WaitsBeyondNext(t) => Some(RowMeasure::WaitsBeyond(t)),
            _ => None,
        }
    }
}

/// Columns that hold a measure; a table has some of them. `ew_served_s` and `asa_s` are the same thing.
const MEASURES: [(&str, RowMeasure); 38] = [
    ("p_wait", RowMeasure::PWait),
    ("p_offered_wait_pos", RowMeasure::PWait),
    ("p_abandon", RowMeasure::PAbandon),
    ("ew_all_s", RowMeasure::MeanWait),
    ("ew_served_s", RowMeasure::Asa),
    ("asa_s", RowMeasure::Asa),
    ("occupancy", RowMeasure::Occupancy),
    ("sl_10", RowMeasure::ServedWithin(10)),
    ("sl_20", RowMeasure::ServedWithin(20)),
    ("sl_60", RowMeasure::ServedWithin(60)),
    ("p_served_within_10", RowMeasure::ServedWithin(10)),
    ("p_served_within_20", RowMeasure::ServedWithin(20)),
    ("p_served_within_60", RowMeasure::ServedWithin(60)),
    ("p_w_gt_10", RowMeasure::WaitsBeyond(10)),
    ("p_w_gt_20", RowMeasure::WaitsBeyond(20)),
    ("p_w_gt_60", RowMeasure::WaitsBeyond(60)),
    ("p_w_gt_150", RowMeasure::WaitsBeyond(150)),
    ("p_w_gt_300", RowMeasure::WaitsBeyond(300)),
    ("p_w_gt_450", RowMeasure::WaitsBeyond(450)),
    ("rho", RowMeasure::Occupancy),
    ("p_block", RowMeasure::PBlock),
    ("p_wait_given_accepted", RowMeasure::PWait),
    ("mean_wait_accepted_s", RowMeasure::MeanWait),
    ("mean_wait_accepted_s", RowMeasure::Asa),
    ("p_w_gt_10_accepted", RowMeasure::WaitsBeyond(10)),
    ("p_w_gt_20_accepted", RowMeasure::WaitsBeyond(20)),
    ("p_w_gt_60_accepted", RowMeasure::WaitsBeyond(60)),
    ("sl20_of_offered", RowMeasure::ArrivalsServedWithin(20)),
    ("p_wait_attempt", RowMeasure::PWait),
    ("p_abandon_attempt", RowMeasure::PAbandon),
    ("ew_attempt_s", RowMeasure::MeanWait),
    ("p_wait_fresh", RowMeasure::PWaitFirst),
    ("p_eventually_served", RowMeasure::EventuallyServed),
    ("p_wait_next", RowMeasure::PWaitNext),
    ("asa_next_s", RowMeasure::AsaNext),
    ("occupancy_next", RowMeasure::OccupancyNext),
    ("p_w_gt_20_next", RowMeasure::WaitsBeyondNext(20)),
    ("p_w_gt_60_next", RowMeasure::WaitsBeyondNext(60)),
];

/// Rows of the quick run: one per mechanism and size, none that converges slowly.
const QUICK: [&str; 26] = [
    "EC009", "EC021", "EC033", "EC039", "EC053", // patient callers; 2, 10, 50, 100, 500 servers
    "EA003", "EA015", "EA079", "EA041", "EA057", "EA069", // impatient; 1, 5, 10, 50, 100, 500
    "TW001", "TW009", // wrap after talk; 5, 50
    "MG001", "MG005", "MG011", // constant, gamma and lognormal service; 1
    "MD007", "MD011", // constant service; 10, 50
    "MG+003", "MG+011", // constant and lognormal patience; 10, 50
    "MK001", "MK009", "MK015",  // limited lines; 1, 10, 50
    "MG+013", // ringing off at once; 8
    "RT003",  // second attempts of those who give up; 10
    "TR001",  // callers passed on; 10, then 3
];

/// A gate must lie in this range and below 1 less it: rarer events (or near certainties) are not seen often
/// enough in a run for their share to be near normal.
const RAREST_GATE: f64 = 1e-3;

/// A queue to which callers are passed on when their talk ends, answered by servers of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct NextQueue {
    /// Probability that an answered caller is passed on.
    pub probability: f64,
    /// Number of agents there.
    pub servers: u32,
    /// Talk there.
    pub service: RowLaw,
}

/// One queue with its exact numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Identifier, as in the tables.
    pub id: String,
    /// The table it stands in: `erlang_c`, `erlang_a`, `talk_wrap`, `mg1`, `mdc`, `mmc_gi_patience`, `mmck`,
    /// `retrial` or `tandem`.
    pub family: &'static str,
    /// Number of agents.
    pub servers: u32,
    /// Poisson rate of calls, per second.
    pub arrivals_per_s: f64,
    /// Service: talk, where there is a wrap.
    pub service: RowLaw,
    /// Wrap: the agent is busy, the caller gone.
    pub wrap: Option<RowLaw>,
    /// Patience; `None` for callers who wait as long as it takes.
    pub patience: Option<RowLaw>,
    /// Telephone lines; `None` for as many as are needed.
    pub lines: Option<u32>,
    /// Probability of ringing off at once where nobody is free.
    pub balking: Option<f64>,
    /// Probability that a caller who gives up tries again, each time anew, and the mean of the exponential delay, s.
    pub redials: Option<(f64, f64)>,
    /// Where callers are passed on to.
    pub next: Option<NextQueue>,
    /// What is exactly known.
    pub exact: Vec<(RowMeasure, f64)>,
    /// The one measure whose z enters the pooled test, named beforehand: P(wait), or P(abandon) where callers are
    /// impatient, P(busy tone) where lines are limited; the other of the two where that is within 0.001 of 0 or 1;
    /// `None` where both are. P(wait) in the second queue where callers are passed on to one.
    pub gate: Option<RowMeasure>,
    /// Whether the quick run takes it.
    pub quick: bool,
    /// Roughly how long the queue remembers, s: a start from empty fades like e^(−t / this). For choosing a
    /// warm-up, never for a figure. The least of these times, with s the mean handling time and ρ the load per server:
    ///
    /// - if ρ < 1: s / (c (1 − √ρ)²), the relaxation time of M/M/1 at c times the speed, and at least s; times
    ///   (1 + cv²)/2 of service where that is above 1;
    /// - with K lines: s (1 + (K − c)²/c), more than the time in which a queue of that length diffuses from end to end;
    /// - with impatience: the longer of s and mean patience, which bounds Erlang A's relaxation time (two copies of
    ///   the queue meet at least at the slower of the two rates), times the like factor of patience.
    ///
    /// Where callers are passed on, that of the second queue comes on top.
    pub relaxation_s: f64,
}

impl Row {
    /// The exact value of a measure, where it is known.
    pub fn value(&self, measure: RowMeasure) -> Option<f64> {
        self.exact.iter().find(|(m, _)| *m == measure).map(|(_, value)| *value)
    }

    /// Mean seconds of talk and wrap together.
    pub fn handling_s(&self) -> f64 {
        self.service.mean() + self.wrap.as_ref().map_or(0.0, RowLaw::mean)
    }

    /// Calls a second that come to the queue to which callers are passed on; nobody gives up before it.
    pub fn passed_on_per_s(&self) -> f64 {
        self.next.as_ref().map_or(0.0, |next| self.arrivals_per_s * next.probability)
    }

    /// The rough time told at the field.
    fn relaxation(&self) -> f64 {
        let s = self.handling_s();
        let spread = |law: &RowLaw| (0.5 * (1.0 + law.cv() * law.cv())).max(1.0);
        let patient = patient_relaxation(self.servers, self.arrivals_per_s, s);
        let next = self.next.as_ref().map_or(0.0, |next| {
            patient_relaxation(next.servers, self.passed_on_per_s(), next.service.mean())
        });
        let impatient = self.patience.as_ref().map_or(f64::INFINITY, |law| s.max(law.mean()) * spread(law));
        let room = self.lines.map_or(f64::INFINITY, |lines| f64::from(lines - self.servers));
        let filled = s * (1.0 + room * room / f64::from(self.servers));
        let delay = self.redials.map_or(0.0, |(again, delay)| delay / (1.0 - again));
        (patient * spread(&self.service)).min(impatient).min(filled) + delay + next
    }

    /// The gate, by the rule told at the field.
    fn choose_gate(&self) -> Option<RowMeasure> {
        if self.next.is_some() {
            return Some(RowMeasure::PWaitNext);
        }
        let order = match (self.lines, &self.patience) {
            (Some(_), _) => [RowMeasure::PBlock, RowMeasure::PWait],
            (None, Some(_)) => [RowMeasure::PAbandon, RowMeasure::PWait],
            (None, None) => [RowMeasure::PWait; 2],
        };
        let seen = |p: f64| (RAREST_GATE..=1.0 - RAREST_GATE).contains(&p);
        order.into_iter().find(|m| self.value(*m).is_some_and(seen))
    }
}

/// The rough time told at [`Row::relaxation_s`], of a queue where nobody gives up; without end where it is overloaded.
fn patient_relaxation(servers: u32, arrivals_per_s: f64, s: f64) -> f64 {
    let load = arrivals_per_s * s / f64::from(servers);
    let gap = 1.0 - load.sqrt();
    if load < 1.0 { s * (1.0 / (f64::from(servers) * gap * gap)).max(1.0) } else { f64::INFINITY }
}

/// Every row the simulation can be held to: nine families. The seeds of rows go by their places in this list, so
/// what came later stands last: rows with limited lines, the row with balking, rows with second attempts, rows of callers
/// who are passed on.
pub fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |families: &[&'static str], with_balking: bool| {
        for family in families {
            let table = ExactTable::named(family).expect("the table is compiled in");
            let of_kind = |line: &usize| table.text(*line, "patience").is_some_and(balks) == with_balking;
            let lines = (0..table.len()).filter(of_kind);
            rows.extend(lines.map(|line| row(family, &table, line).expect("the tables are complete")));
        }
    };
    add(&["erlang_c", "erlang_a", "talk_wrap", "mg1", "mdc", "mmc_gi_patience", "mmck"], false);
    add(&["mmc_gi_patience"], true);
    add(&["retrial", "tandem"], false);
    rows
}

/// Whether a patience is described as balking.
fn balks(patience: &str) -> bool {
    patience.starts_with("balk")
}

/// One line of a table as a row.
fn row(family: &'static str, table: &ExactTable, line: usize) -> Option<Row> {
    let number = |column: &str| table.number(line, column);
    let exponential = |mean: f64| RowLaw::Exponential { mean };
    let id = table.text(line, "id")?.to_owned();
    let service = match family {
        "mg1" => service(table, line)?,
        "mdc" => RowLaw::Deterministic { value: number("D_s")? },
        _ => exponential(number("talk_mean_s").or(number("aht_s"))?),
    };
    let patience = match table.text(line, "patience") {
        Some(text) => Some(patience(text)?),
        None => number("patience_mean_s").map(exponential),
    };
    let mut exact: Vec<(RowMeasure, f64)> = Vec::new();
    for (column, measure) in MEASURES {
        // `rho` is the occupancy only where nobody gives up and the table has no column for it.
        let counts = column != "rho" || patience.is_none();
        if let Some(value) = number(column).filter(|_| counts && !exact.iter().any(|(m, _)| *m == measure)) {
            exact.push((measure, value));
        }
    }
    let (patience, balking) = match patience {
        Some(RowLaw::Hyperexponential { weights, means }) if means[0] == 0.0 => {
            (Some(exponential(means[1])), Some(weights[0]))
        }
        patience => (patience, None),
    };
    let lines = number("K_total_lines").map(|lines| lines as u32);
    if patience.is_none() && lines.is_none() {
        exact.push((RowMeasure::MeanWait, number("asa_s")?));
    }
    let mut row = Row {
        quick: QUICK.contains(&id.as_str()),
        id,
        family,
        servers: number("c")? as u32,
        arrivals_per_s: number("lambda_per_s").or(number("lambda_fresh_per_s"))?,
        service,
        wrap: number("wrap_mean_s").map(exponential),
        patience,
        lines,
        balking,
        redials: number("p_retry_after_abandon").zip(number("retry_delay_mean_s")),
        next: next(table, line),
        exact,
        gate: None,
        relaxation_s: 0.0,
    };
    row.gate = row.choose_gate();
    row.relaxation_s = row.relaxation();
    Some(row)
}

/// The queue to which a line of `tandem` passes callers on.
fn next(table: &ExactTable, line: usize) -> Option<NextQueue> {
    Some(NextQueue {
        probability: table.number(line, "p_pass_on")?,
        servers: table.number(line, "c_next")? as u32,
        service: RowLaw::Exponential { mean: table.number(line, "aht_next_s")? },
    })
}

/// The service law of a line of `mg1`; from mean and variation, since the printed parameters are cut short.
fn service(table: &ExactTable, line: usize) -> Option<RowLaw> {
    let (mean, cv) = (table.number(line, "mean_s")?, table.number(line, "cv")?);
    match table.text(line, "dist")? {
        "deterministic" => Some(RowLaw::Deterministic { value: mean }),
        "gamma" => Some(RowLaw::gamma(mean, cv)),
        "lognormal" => Some(RowLaw::lognormal(mean, cv)),
        _ => None,
    }
}

/// Reads a description of patience as `mmc_gi_patience` has it, for example `uniform(0,240.0)`.
///
/// Balking with probability p is a hyperexponential law with share p at 0. `None` if it is none of those known.
pub fn patience(text: &str) -> Option<RowLaw> {
    // The digits that matter come before a bracketed remark; a name may hold a digit too ("Erlang-2").
    let plain = if text.starts_with("uniform") { text } else { text.split(" (").next()? };
    let numbers: Vec<f64> =
        plain.split(|c: char| !c.is_ascii_digit() && c != '.').filter_map(|part| part.parse().ok()).collect();
    let at = |i: usize| numbers.get(i).copied();
    let name: String = plain.chars().take_while(char::is_ascii_alphabetic).collect();
    Some(match name.as_str() {
        "exponential" => RowLaw::Exponential { mean: at(0)? },
        "deterministic" => RowLaw::Deterministic { value: at(0)? },
        "uniform" => RowLaw::Uniform { low: at(0)?, high: at(1)? },
        "Erlang" => RowLaw::Erlang { k: at(0)? as u32, mean: at(1)? },
        "lognormal" => RowLaw::lognormal(at(0)?, at(1)?),
        "hyperexp" => {
            RowLaw::Hyperexponential { weights: vec![at(0)?, 1.0 - at(0)?], means: vec![at(1)?, at(2)?] }
        }
        "balk" => {
            RowLaw::Hyperexponential { weights: vec![at(1)?, 1.0 - at(1)?], means: vec![at(0)?, at(2)?] }
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_complete_and_their_names_differ() {
        let rows = rows();
        let mut ids: Vec<&str> = rows.iter().map(|r| r.id.as_str()).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), rows.len());
        assert_eq!(rows.len(), 31 + 42 + 5 + 7 + 7 + 8 + 12 + 2 + 3);
        assert_eq!(rows.iter().filter(|r| r.quick).count(), QUICK.len());
        for row in &rows {
            assert!(row.exact.len() >= 5, "{}", row.id);
            assert!(row.relaxation_s.is_finite() && row.relaxation_s > 0.0, "{}", row.id);
            assert!(!row.quick || (row.gate.is_some() && row.relaxation_s < 30_000.0), "{row:?}");
            assert!(row.value(RowMeasure::Occupancy).is_some(), "{}", row.id);
        }
    }

    #[test]
    fn descriptions_of_patience_are_read() {
        let law = patience("hyperexp: 0.3 of mean 15.0, rest mean 300.0").unwrap();
        assert_eq!(law, RowLaw::Hyperexponential { weights: vec![0.3, 0.7], means: vec![15.0, 300.0] });
        assert_eq!(patience("Erlang-2 mean=180.0"), Some(RowLaw::Erlang { k: 2, mean: 180.0 }));
        assert_eq!(patience("uniform(0,240.0)"), Some(RowLaw::Uniform { low: 0.0, high: 240.0 }));
        let law = patience("balk at 0 w.p. 0.1 else exponential mean=1000.0").unwrap();
        assert_eq!(law, RowLaw::Hyperexponential { weights: vec![0.1, 0.9], means: vec![0.0, 1000.0] });
        assert_eq!(patience("endless"), None);
    }

    #[test]
    fn the_gate_is_a_share_that_can_be_seen() {
        for row in rows() {
            match row.gate {
                Some(gate) => assert!(row.value(gate).is_some_and(|p| p > 9e-4 && p < 0.9991), "{}", row.id),
                None => assert!(row.value(RowMeasure::PWait).is_some_and(|p| p < 1e-3), "{}", row.id),
            }
        }
    }
}
