//! `answerable run`: the main job. All options and views, replications, comparison, charts.

use super::directory::Directory;
use super::drawn;
use super::exit::{DONE, Exit, Failure, NOT_MET, print, stop_when_interrupted, tell};
use super::input::{self, Input};
use super::limit;
use super::parts;
use super::precision;
use super::progress::Progress;
use super::shown::Shown;
use super::simulation::{Asked, Simulation};
use super::tried::{self, Means};
use crate::experiment::{Shard, Simulator, both, each, example_day};
use crate::report::{
    OptionSummary, Summary, callers_csv, comparison_csv, day_csv, intervals_csv, replications_csv,
    results_json, rota_csv, summarise, waits_csv, weekdays_csv,
};
use crate::statistics::{FEWEST, Stopping};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Arguments of `run`.
#[derive(Debug, clap::Args)]
pub(super) struct Run {
    /// The scenario file
    file: PathBuf,
    /// How many independent histories of each option [default: the scenario's]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    replications: Option<u32>,
    /// Seed of all randomness [default: the scenario's]
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Threads to use; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
    /// Run even more than 10 billion calls, or what takes over half of this machine's memory
    #[arg(long)]
    allow_large: bool,
    /// Where results are written [default: output/ and the scenario's name]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Go on until figures are known so closely: MEASURE=HALF-WIDTH of the 95% interval, in the measure's unit or with %
    /// of the figure; may be given several times; at least 50 replications
    #[arg(long, value_name = "MEASURE=X", conflicts_with_all = ["replications", "shard"])]
    precision: Vec<String>,
    /// The most replications that --precision may take
    #[arg(long, value_name = "N", default_value_t = 100_000, requires = "precision")]
    #[arg(value_parser = clap::value_parser!(u32).range(i64::from(FEWEST)..))]
    limit: u32,
    /// Simulate one part of so many, such as 3/10, on one of several machines; `merge` joins the parts
    #[arg(long, value_name = "I/N", conflicts_with_all = ["format", "all"])]
    shard: Option<Shard>,
    /// Go on from the complete blocks that an interrupted run of the same scenario and seed has kept
    #[arg(long)]
    resume: bool,
    #[command(flatten)]
    shown: Shown,
}

impl Run {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let input = input::scenario(&self.file)?;
        let quiet = self.shown.quiet;
        if !quiet && !input.reading.warnings.is_empty() {
            tell(&input::rendered(&input.reading.warnings));
        }
        let place = self.output.clone().unwrap_or_else(|| self.usual_place());
        let directory = Directory::new(&place)?;
        let study = &input.reading.study;
        let wanted = precision::wanted(&self.precision, study)?;
        let mut rule = Stopping::new(Simulator::BLOCK, self.limit);
        let replications = match wanted.is_empty() {
            true => self.replications.unwrap_or(study.replications),
            false => rule.first(),
        };
        let range = self.shard.map_or(0..replications, |shard| shard.range(replications));
        let count = range.end - range.start;
        let large = limit::within_limits(study, count, self.threads, self.allow_large)?;
        if !quiet {
            tell(&format!("to simulate: {large}"));
        }
        let stop = stop_when_interrupted();
        let means = Means { threads: self.threads, stop: &stop, allow_large: self.allow_large };
        tried::fits(&input, replications, &means)?;
        let bar = if quiet { Progress::hidden() } else { Progress::running(u64::from(count)) };
        let (seed, inputs) = (self.seed.unwrap_or(study.seed), parts::inputs(&input));
        let asked = Asked {
            study,
            seed,
            threads: self.threads,
            range: range.start..if wanted.is_empty() { range.end } else { self.limit },
            inputs: &inputs,
            resume: self.resume,
            open: !wanted.is_empty(),
            stop: &stop,
            bar: &bar,
        };
        let mut simulation = Simulation::new(asked, directory.blocks()?)?;
        let attained = match wanted.is_empty() {
            true => simulation.up_to(range.end).map(|_| Vec::new())?,
            false => {
                let fits = |n| limit::within_limits(study, n, self.threads, self.allow_large).map(|_| ());
                precision::reached(&mut simulation, &wanted, &mut rule, &fits)?
            }
        };
        if let Some(shard) = self.shard {
            let mut part = parts::part_files(&input, seed, replications, shard, simulation.whole());
            // Ranges and sweeps are small beside the options: the first part does all of them.
            if shard.number == 1
                && let Some(record) = tried::points(&input, (seed, replications), &means, &bar)?
            {
                part.push((tried::TRIED.to_owned(), record.json().into_bytes()));
            }
            bar.end();
            directory.write(&part)?;
            simulation.forget()?;
            return if quiet { Ok(DONE) } else { self.tell_part(shard, range, &place) };
        }
        let took = bar.elapsed();
        let mut outcome = simulation.take().outcome(seed);
        (outcome.precision, outcome.limit) = (attained, self.limit);
        let summary = summarise(study, &outcome);
        let of = (seed, summary.outcome.replications);
        let tried = tried::points(&input, of, &means, &bar)
            .and_then(|points| tried::whole(&input, points, &outcome, &means, &bar))
            .map_err(|failure| match failure {
                Failure::Interrupted => simulation.interrupted(),
                other => other,
            })?;
        let files = files(&input, &summary, tried, &bar)?;
        bar.end();
        if stop.load(Ordering::Relaxed) {
            return Err(simulation.interrupted());
        }
        directory.write(&files)?;
        simulation.forget()?;
        self.shown.print(&summary, &files, &place, &self.next(&summary))?;
        if !quiet {
            self.tell_of_time(&summary, took);
            precision::tell_of(&summary.outcome.precision, study, self.limit);
        }
        Ok(precision::exit(&summary.outcome.precision, expectations(&summary)))
    }

    /// Where results go unless said otherwise: each part to a place of its own.
    fn usual_place(&self) -> PathBuf {
        let mut name = self.file.file_stem().unwrap_or_else(|| "scenario".as_ref()).to_owned();
        if let Some(shard) = self.shard {
            name.push(format!(".part-{}-of-{}", shard.number, shard.of));
        }
        Path::new("output").join(name)
    }

    /// What was written, and how parts are joined.
    fn tell_part(&self, shard: Shard, range: Range<u32>, place: &Path) -> Result<Exit, Failure> {
        let which = match range.len() {
            0 => "no replications".to_owned(),
            count => format!("{count} replications from number {}", range.start),
        };
        print(&format!(
            "Part {shard}: {which}, in {}\nNext, when all {} parts are there: answerable merge PART... --output DIR\n",
            place.display(),
            shard.of
        ))?;
        Ok(DONE)
    }

    /// The command that most likely comes next.
    fn next(&self, summary: &Summary<'_>) -> String {
        let file = self.file.display();
        let service = summary.conclusions.iter().filter(|c| c.measure.id == "service_level");
        match service.flat_map(|c| &c.pairs).filter_map(|pair| pair.to_settle).max() {
            Some(more) => format!("answerable run {file} --replications {more}  (tells more options apart)"),
            None => format!("answerable check {file}  (what it assumes)"),
        }
    }

    /// How long it would take to tell more apart, at the pace of this run: for this terminal alone.
    fn tell_of_time(&self, summary: &Summary<'_>, took: Duration) {
        let told = summary.conclusions.iter().filter(|c| c.matters(summary.study));
        let untold = told.flat_map(|c| &c.pairs).filter_map(|pair| pair.to_settle);
        let Some(most) = untold.max().filter(|_| !self.resume) else { return };
        let seconds = took.as_secs_f64() * f64::from(most) / f64::from(summary.outcome.replications);
        let long = match (seconds / 60.0).ceil() {
            minutes if minutes <= 1.0 => "under a minute".to_owned(),
            minutes => format!("some {minutes:.0} minutes"),
        };
        tell(&format!(
            "to settle each verdict that reads \"cannot be told\" on what matters would take about {most} replications, \
             {long} on this machine"
        ));
    }
}

/// Every file of the run directory.
pub(super) fn files(
    input: &Input,
    summary: &Summary<'_>,
    tried: Option<(String, Vec<u8>)>,
    bar: &Progress,
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let study = summary.study;
    let day = || {
        let example = example_day(study, summary.outcome.seed);
        study.options.first().map_or_else(String::new, |base| day_csv(base, example.as_ref()))
    };
    type Written = fn(&Summary<'_>) -> String;
    let written: [(&str, Written); 7] = [
        ("results.json", results_json),
        ("replications.csv", replications_csv),
        ("intervals.csv", intervals_csv),
        ("callers.csv", callers_csv),
        ("weekdays.csv", weekdays_csv),
        ("waits.csv", waits_csv),
        ("comparison.csv", comparison_csv),
    ];
    let written = || each(&written, |(name, text)| ((*name).to_owned(), text(summary).into_bytes()));
    let (mut files, day) = both(written, day);
    files.push(("day.csv".to_owned(), day.into_bytes()));
    files.push(("rota.csv".to_owned(), rota_csv(study).into_bytes()));
    files.push(("scenario.toml".to_owned(), input.reading.resolved.clone().into_bytes()));
    files.extend(tried);
    files.extend(parts::inputs(input));
    files.extend(drawn::drawn(&files, bar).map_err(|error| Failure::Defect(error.to_string()))?.files);
    Ok(files)
}

/// The share of cases still open at the end from which on the follow-up is too short.
const MANY_OPEN: f64 = 0.01;

/// Warns where the follow-up was too short to see cases closed.
pub(super) fn warn_of_open_cases(summary: &Summary<'_>) {
    let open = |o: &OptionSummary<'_>| o.mean("open_cases").unwrap_or(0.0);
    let many: Vec<_> = summary.options.iter().filter(|o| open(o) > MANY_OPEN).collect();
    if let Some(worst) = many.iter().max_by(|a, b| open(a).total_cmp(&open(b))) {
        tell(&format!(
            "warning: {:.1}% of cases of \"{}\" were still open when the follow-up ended{}; give horizon.follow-up \
             more days",
            open(worst) * 100.0,
            worst.setting.name,
            if many.len() > 1 {
                format!(", and over 1% of {} other options", many.len() - 1)
            } else {
                String::new()
            },
        ));
    }
}

/// Holds the results to what the scenario's author expects of them. Ranges are meant for the scenario's own number of
/// replications: with fewer, chance alone could fail them.
pub(super) fn expectations(summary: &Summary<'_>) -> Exit {
    let mut exit = DONE;
    if summary.outcome.replications < summary.study.replications {
        return exit;
    }
    for expected in &summary.study.expectations {
        let option = summary.options.iter().find(|o| o.setting.name == expected.option);
        let value = option.and_then(|o| o.named(&expected.measure)).and_then(|f| f.value.as_ref().ok());
        let met = value.is_some_and(|e| e.mean >= expected.low && e.mean <= expected.high);
        if !met {
            let found = value.map_or("which does not exist".to_owned(), |e| format!("found {}", e.mean));
            tell(&format!(
                "expected {} of \"{}\" between {} and {}, {found}",
                expected.measure, expected.option, expected.low, expected.high
            ));
            exit = NOT_MET;
        }
    }
    exit
}
