//! What a run tries beside the options of its scenario: `[ranges]`, `[sweeps]`, and mixtures of its views.

use super::exit::Failure;
use super::input::Input;
use super::limit;
use super::progress::Progress;
use super::sweep::{Gauges, usual_measures};
use crate::experiment::{Gauge, Interrupted, Request, Watch, agree, of_views, rounds, sweep, together};
use crate::report::agreement::{Agreed, agreement_record};
use crate::report::sweep::{TRIED_SCHEMA, TriedRecord, ranges_study, tornado};
use crate::report::{Made, sweep_record};
use crate::scenario::{Study, sides};
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
    let own = replications;
    let replications = replications.min(MOST);
    for swept in &tried.sweeps {
        let study = &swept.varied.study;
        let most = together(study);
        limit::sweep_within_limits((study, &most), replications, means.threads, means.allow_large)?;
    }
    let study = &input.reading.study;
    if views(study) > 1 {
        // As much work as the run, or less; but so many settings are in memory at once as of a sweep.
        let most = together(&repeated(study));
        limit::sweep_within_limits((study, &most), of_views(own), means.threads, means.allow_large)?;
    }
    Ok(())
}

/// Whether a stored record is what a run of so many replications of this scenario tries.
pub(super) fn belongs(record: &TriedRecord, input: &Input, seed: u64, replications: u32) -> bool {
    let tried = &input.reading.tried;
    let ranges = record.ranges.as_ref().map_or(0, |tornado| tornado.bars.len());
    let seeds = record.ranges.iter().map(|t| t.seed).chain(record.sweeps.iter().map(|s| s.seed));
    let seeds = seeds.chain(record.views.iter().map(|v| v.seed));
    let versions = record.ranges.iter().map(|t| &t.version).chain(record.sweeps.iter().map(|s| &s.version));
    let versions = versions.chain(record.views.iter().map(|v| &v.version));
    let study = &input.reading.study;
    let of_view = |agreed: &Agreed| agreed.replications == of_views(replications);
    record.replications == replications.min(MOST)
        && record.views.len() == views(study).saturating_sub(1)
        && record.views.iter().all(of_view)
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
    let study = &input.reading.study;
    if tried.is_empty() && views(study) < 2 {
        return Ok(None);
    }
    let own = replications;
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
    let views = agreed(input, Request { replications: own, ..request }, bar).map_err(interrupted)?;
    let record = TriedRecord { schema: TRIED_SCHEMA.to_owned(), replications, ranges, sweeps, views };
    Ok(Some((TRIED.to_owned(), record.json().into_bytes())))
}

/// How many views a study has.
fn views(study: &Study) -> usize {
    let mut views: Vec<&str> = study.options.iter().filter_map(|option| option.view.as_deref()).collect();
    views.dedup();
    views.len()
}

/// So many settings as are in memory at once, of the study's own.
fn repeated(study: &Study) -> Study {
    let options = study.options.iter().cycle().take(study.options.len().max(16)).cloned().collect();
    Study { options, ..study.clone() }
}

/// The figures that views are held against each other by, at most.
const FIGURES: usize = 6;

/// Holds the views of a scenario against each other; `request` has the replications of the run.
fn agreed(input: &Input, request: Request<'_>, bar: &Progress) -> Result<Vec<Agreed>, Interrupted> {
    let study = &input.reading.study;
    if views(study) < 2 {
        return Ok(Vec::new());
    }
    // What the answer speaks of, and what matters.
    let mut gauges: Vec<Gauge> = Vec::new();
    let spoken = ["service_level", "satisfaction"].into_iter();
    for path in spoken.chain(study.matters.iter().map(|(id, _)| id.as_str())) {
        if let Ok(gauge) = Gauge::parse(path, study)
            && gauges.len() < FIGURES
            && !gauges.contains(&gauge)
        {
            gauges.push(gauge);
        }
    }
    bar.comparing();
    let watch = Watch { more: &|more| bar.expect_more(more), done: &|| bar.done() };
    let files = |name: &str| input.file(name);
    let pairs = |views: [&str; 2], options: &[&str]| sides(&input.text, study, views, options);
    let mixes = |sides: &crate::scenario::Sides, wanted: &[crate::scenario::Mixed]| {
        sides.settings(("the scenario", &input.text), &files, study, wanted)
    };
    let found = agree(study, &gauges, (&pairs, &mixes), request, &watch)?;
    Ok(found.iter().map(|one| agreement_record(study, one, request.seed)).collect())
}
