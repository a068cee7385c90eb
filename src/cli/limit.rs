//! Whether a run is too large for this machine, told before it is begun.

use super::exit::Failure;
use crate::experiment::{Size, size};
use crate::scenario::Study;

/// More calls than this are asked about.
const MOST_CALLS: f64 = 1e10;
/// Memory taken for granted where the system does not say how much there is.
const USUAL_MEMORY: f64 = 8e9;

/// The size of a run in a sentence, or the refusal to begin it.
pub(super) fn within_limits(
    study: &Study,
    replications: u32,
    threads: usize,
    allow_large: bool,
) -> Result<String, Failure> {
    let size = size(study, replications, counted(threads));
    judged(&size, allow_large, ("run", "fewer options or less demand"))
}

/// The same of a sweep, of which only some settings, those of `most`, lie in memory at once.
pub(super) fn sweep_within_limits(
    (study, most): (&Study, &Study),
    replications: u32,
    threads: usize,
    allow_large: bool,
) -> Result<String, Failure> {
    let threads = counted(threads);
    let bytes = size(most, replications, threads).bytes;
    let size = Size { bytes, ..size(study, replications, threads) };
    judged(&size, allow_large, ("sweep", "fewer points or options, or less demand"))
}

fn counted(threads: usize) -> usize {
    match threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    }
}

fn judged(size: &Size, allow_large: bool, (what, fewer): (&str, &str)) -> Result<String, Failure> {
    let memory = memory().unwrap_or(USUAL_MEMORY);
    let text = in_words(size);
    let mut reasons = Vec::new();
    if size.calls > MOST_CALLS {
        reasons.push("more than 10 billion calls");
    }
    if size.bytes > memory / 2.0 {
        reasons.push("more than half of this machine's memory");
    }
    if reasons.is_empty() || allow_large {
        return Ok(text);
    }
    Err(Failure::Input(format!(
        "the {what} is too large: {text}. That is {}.\nAsk for fewer replications (--replications), a shorter horizon, \
         {fewer}; or run it all the same with --allow-large.",
        reasons.join(" and ")
    )))
}

fn in_words(size: &Size) -> String {
    format!(
        "about {} calls, {} of memory, {} (an estimate)",
        scaled(size.calls, &[(1e9, "billion "), (1e6, "million "), (1e3, "thousand ")]).trim_end(),
        scaled(size.bytes.max(1e6), &[(1e9, "GB"), (1e6, "MB")]),
        match size.seconds {
            s if s < 1.0 => "under a second".to_owned(),
            s if s < 1.5 => "about a second".to_owned(),
            s if s < 120.0 => format!("some {s:.0} seconds"),
            s if s < 7200.0 => format!("some {:.0} minutes", s / 60.0),
            s if s < 172_800.0 => format!("some {:.0} hours", s / 3600.0),
            s => format!("some {:.0} days", s / 86_400.0),
        }
    )
}

fn scaled(value: f64, units: &[(f64, &str)]) -> String {
    let found = units.iter().find(|(unit, _)| value >= *unit);
    match found {
        Some((unit, name)) if value / unit < 10.0 => format!("{:.1} {name}", value / unit),
        Some((unit, name)) => format!("{:.0} {name}", value / unit),
        None => format!("{value:.0}"),
    }
}

/// The machine's memory in bytes, where the system tells it in the manner of Linux.
fn memory() -> Option<f64> {
    let told = std::fs::read_to_string("/proc/meminfo").ok()?;
    let line = told.lines().find_map(|line| line.strip_prefix("MemTotal:"))?;
    let kilobytes: f64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024.0)
}
