//! What a run tries beside the options of its scenario: `[ranges]` and `[sweeps]`.

use super::exit::Failure;
use super::input::Input;
use super::limit;
use super::progress::Progress;
use super::sweep::{Gauges, usual_measures};
use crate::experiment::{Gauge, Request, rounds, sweep, together};
use crate::report::sweep::{TRIED_SCHEMA, TriedRecord, ranges_study, tornado};
use crate::report::{Made, sweep_record};
use std::sync::atomic::AtomicBool;

/// Replications of what is tried: enough to tell what moves the answer, few beside those of the options.
const MOST: u32 = 200;

/// The stored record of it.
pub(super) const TRIED: &str = "tried.json";

/// How a run is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Means<'a> {
    pub(super) threads: usize,
    pub(super) stop: &'a AtomicBool,
    pub(super) allow_large: bool,
}

/// Refuses what is too large, before anything is simulated.
pub(super) fn fits(input: &Input, replications: u32, means: &Means<'_>) -> Result<(), Failure> {
    let tried = &input.reading.tried;
    let replications = replications.min(MOST);
    for swept in &tried.sweeps {
        let study = &swept.varied.study;
        let most = together(study);
        limit::sweep_within_limits((study, &most), replications, means.threads, means.allow_large)?;
    }
    Ok(())
}

/// Whether a stored record is what a run of so many replications of this scenario tries.
pub(super) fn belongs(record: &TriedRecord, input: &Input, seed: u64, replications: u32) -> bool {
    let tried = &input.reading.tried;
    let ranges = record.ranges.as_ref().map_or(0, |tornado| tornado.bars.len());
    let seeds = record.ranges.iter().map(|t| t.seed).chain(record.sweeps.iter().map(|s| s.seed));
    let versions = record.ranges.iter().map(|t| &t.version).chain(record.sweeps.iter().map(|s| &s.version));
    record.replications == replications.min(MOST)
        && ranges == tried.ranges.len()
        && record.sweeps.len() == tried.sweeps.len()
        && seeds.into_iter().all(|own| own == seed)
        && versions.into_iter().all(|own| own == env!("CARGO_PKG_VERSION"))
}

/// Simulates what the scenario wants tried; none where that is nothing. `replications` are those of the run.
pub(super) fn tried(
    input: &Input,
    (seed, replications): (u64, u32),
    means: &Means<'_>,
    bar: &Progress,
) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let tried = &input.reading.tried;
    if tried.is_empty() {
        return Ok(None);
    }
    let study = &input.reading.study;
    let replications = replications.min(MOST);
    let request = Request { replications, seed, threads: means.threads, stop: means.stop };
    let (all, places) = ranges_study(study, &tried.ranges);
    let of_sweeps: u64 = tried.sweeps.iter().map(|swept| rounds(&swept.varied.study)).sum();
    bar.trying((rounds(&all) + of_sweeps) * u64::from(replications));
    let done = || bar.done();
    let interrupted = |_| Failure::Interrupted;
    let gauge =
        |path: &str| Gauge::parse(path, study).map_err(|fault| Failure::Input(format!("{path}: {fault}")));
    let ranges = match tried.ranges.is_empty() {
        true => None,
        false => {
            let first =
                study.matters.iter().map(|(id, _)| id.as_str()).find(|id| Gauge::parse(id, study).is_ok());
            let gauge = gauge(first.unwrap_or("service_level"))?;
            let found = sweep(&all, std::slice::from_ref(&gauge), request, &done).map_err(interrupted)?;
            let found: Vec<_> = found.into_iter().flatten().collect();
            Some(tornado(study, &tried.ranges, (&gauge, &found, &places), (seed, replications)))
        }
    };
    let mut sweeps = Vec::new();
    for swept in &tried.sweeps {
        let paths = if swept.measures.is_empty() { usual_measures(study) } else { swept.measures.clone() };
        let gauges: Gauges =
            paths.iter().map(|path| Ok((gauge(path)?, None))).collect::<Result<_, Failure>>()?;
        let only: Vec<Gauge> = gauges.iter().map(|(gauge, _)| gauge.clone()).collect();
        let found = sweep(&swept.varied.study, &only, request, &done).map_err(interrupted)?;
        sweeps.push(sweep_record(Made {
            varied: &swept.varied,
            gauges: &gauges,
            found: &found,
            seed,
            replications,
        }));
    }
    let record = TriedRecord { schema: TRIED_SCHEMA.to_owned(), replications, ranges, sweeps };
    Ok(Some((TRIED.to_owned(), record.json().into_bytes())))
}
