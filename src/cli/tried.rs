//! What a run tries beside the options of its scenario: `[ranges]`, `[sweeps]`, and mixtures of its views.

use super::exit::Failure;
use super::input::Input;
use super::limit;
use super::progress::Progress;
use super::sweep::{Gauges, usual_measures};
use crate::experiment::{
    Gauge, Interrupted, MOST_TRIED, Outcome, Request, Watch, agree, allowed, calls, replications_of, rounds,
    sweep, together,
};
use crate::report::agreement::{Agreed, agreement_record};
use crate::report::sweep::{TRIED_SCHEMA, TriedRecord, ranges_study, tornado};
use crate::report::{Made, sweep_record};
use crate::scenario::{Study, sides};
use std::sync::atomic::AtomicBool;

/// The stored record of it.
pub(super) const TRIED: &str = "tried.json";

/// How a run is made.
#[derive(Debug, Clone, Copy)]
pub(super) struct Means<'a> {
    pub(super) threads: usize,
    pub(super) stop: &'a AtomicBool,
    pub(super) allow_large: bool,
}

/// What may be simulated for ranges and sweeps in a run of so many replications, and how often.
struct Points {
    /// Calls allowed for everything tried.
    allowed: f64,
    /// Expected calls of one replication of all ranges and sweeps.
    calls: f64,
    /// Replications of each of their points.
    replications: u32,
}

impl Points {
    fn of(input: &Input, run: u32) -> Points {
        let (study, tried) = (&input.reading.study, &input.reading.tried);
        let allowed = allowed(study, run);
        let of_ranges = calls(&ranges_study(study, &tried.ranges).0);
        let calls = of_ranges + tried.sweeps.iter().map(|swept| calls(&swept.varied.study)).sum::<f64>();
        // Views to be compared have half of it kept for them.
        let own = if views(study) > 1 { allowed / 2.0 } else { allowed };
        Points { allowed, calls, replications: replications_of(calls, own, run) }
    }

    /// Calls that are left for views: half of all at least.
    fn left(&self) -> f64 {
        (self.allowed - self.calls * f64::from(self.replications)).max(self.allowed / 2.0)
    }
}

/// Refuses what is too large, before anything is simulated.
pub(super) fn fits(input: &Input, replications: u32, means: &Means<'_>) -> Result<(), Failure> {
    let tried = &input.reading.tried;
    let points = Points::of(input, replications);
    for swept in &tried.sweeps {
        let study = &swept.varied.study;
        let most = together(study);
        limit::sweep_within_limits((study, &most), points.replications, means.threads, means.allow_large)?;
    }
    let study = &input.reading.study;
    if views(study) > 1 {
        // As much work as the run, or less; but so many settings are in memory at once as of a sweep.
        let most = together(&repeated(study));
        let replications = replications.min(MOST_TRIED);
        limit::sweep_within_limits((study, &most), replications, means.threads, means.allow_large)?;
    }
    Ok(())
}

/// Whether a stored record is what a run of so many replications of this scenario tries for its ranges and sweeps.
pub(super) fn belongs(record: &TriedRecord, input: &Input, seed: u64, replications: u32) -> bool {
    let tried = &input.reading.tried;
    let ranges = record.ranges.as_ref().map_or(0, |tornado| tornado.bars.len());
    let seeds = record.ranges.iter().map(|t| t.seed).chain(record.sweeps.iter().map(|s| s.seed));
    let versions = record.ranges.iter().map(|t| &t.version).chain(record.sweeps.iter().map(|s| &s.version));
    record.replications == Points::of(input, replications).replications
        && ranges == tried.ranges.len()
        && record.sweeps.len() == tried.sweeps.len()
        && seeds.into_iter().all(|own| own == seed)
        && versions.into_iter().all(|own| own == env!("CARGO_PKG_VERSION"))
}

/// Simulates the scenario's ranges and sweeps; none where it has none. `replications` are those of the run. They need nothing
/// of what the run itself has brought, so the first of several parts of it can do this.
pub(super) fn points(
    input: &Input,
    (seed, replications): (u64, u32),
    means: &Means<'_>,
    bar: &Progress,
) -> Result<Option<TriedRecord>, Failure> {
    let tried = &input.reading.tried;
    let study = &input.reading.study;
    if tried.is_empty() {
        return Ok(None);
    }
    let replications = Points::of(input, replications).replications;
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
    Ok(Some(TriedRecord { schema: TRIED_SCHEMA.to_owned(), replications, ranges, sweeps, views: Vec::new() }))
}

/// What was tried beside the options, once the whole run is there: what [`points`] has brought, and the run's views held
/// against each other; none where there is nothing of either.
pub(super) fn whole(
    input: &Input,
    points: Option<TriedRecord>,
    outcome: &Outcome,
    means: &Means<'_>,
    bar: &Progress,
) -> Result<Option<(String, Vec<u8>)>, Failure> {
    let study = &input.reading.study;
    if points.is_none() && views(study) < 2 {
        return Ok(None);
    }
    let own = || Points::of(input, outcome.replications);
    let mut record = points.unwrap_or_else(|| TriedRecord {
        schema: TRIED_SCHEMA.to_owned(),
        replications: own().replications,
        ranges: None,
        sweeps: Vec::new(),
        views: Vec::new(),
    });
    if views(study) > 1 {
        record.views = agreed(input, outcome, own().left(), means, bar).map_err(|_| Failure::Interrupted)?;
    }
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

/// The figures that views are held against each other by: those the answer speaks of, those the scenario says matter or has
/// expectations of, and of several queues each one's service level.
fn looked_at(study: &Study) -> Vec<Gauge> {
    let mut paths: Vec<String> = vec!["service_level".into(), "satisfaction".into()];
    paths.extend(study.matters.iter().map(|(path, _)| path.clone()));
    paths.extend(study.expectations.iter().map(|expected| expected.measure.clone()));
    if let Some(base) = study.options.first().filter(|base| base.queues.len() > 1) {
        paths.extend(base.queues.iter().map(|queue| format!("queues.{}.service_level", queue.name)));
    }
    let mut gauges: Vec<Gauge> = Vec::new();
    for gauge in paths.iter().filter_map(|path| Gauge::parse(path, study).ok()) {
        if !gauges.iter().any(|known| known.same(&gauge)) {
            gauges.push(gauge);
        }
    }
    gauges
}

/// Holds the views of a scenario that has several against each other, with so many calls to see why they differ.
fn agreed(
    input: &Input,
    outcome: &Outcome,
    allowed: f64,
    means: &Means<'_>,
    bar: &Progress,
) -> Result<Vec<Agreed>, Interrupted> {
    let study = &input.reading.study;
    let (replications, seed) = (outcome.replications, outcome.seed);
    let request = Request { replications, seed, threads: means.threads, stop: means.stop };
    bar.comparing();
    let watch = Watch { more: &|more| bar.expect_more(more), done: &|| bar.done() };
    let files = |name: &str| input.file(name);
    let pairs = |views: [&str; 2], options: &[&str]| sides(&input.text, study, views, options);
    let mixes = |sides: &crate::scenario::Sides, wanted: &[crate::scenario::Mixed]| {
        sides.settings(("the scenario", &input.text), &files, study, wanted)
    };
    let found = agree((study, outcome), &looked_at(study), (&pairs, &mixes), allowed, request, &watch)?;
    Ok(found.iter().map(|one| agreement_record(study, one, seed)).collect())
}
