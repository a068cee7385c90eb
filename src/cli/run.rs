//! `answerable run`: the main job. All options and views, replications, comparison, charts.

use super::directory::Directory;
use super::drawn;
use super::exit::{DONE, Exit, Failure, NOT_MET, print, stop_when_interrupted, tell};
use super::input::{self, Input};
use super::limit;
use super::paint;
use super::progress::Progress;
use crate::experiment::{Request, Verdict, example_day, run};
use crate::report::{
    Extent, OptionSummary, Summary, comparison_csv, day_csv, figures_csv, intervals_csv, replications_csv,
    results_json, rota_csv, summarise, summary_text, waits_csv,
};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A summary to read
    Text,
    /// One JSON object, as in results.json
    Json,
    /// Every figure of every option as CSV, with its difference from the base
    Csv,
}

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
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print every option with its whole name, what was simulated, and what Erlang would have said
    #[arg(long)]
    all: bool,
    /// Print nothing but faults
    #[arg(long)]
    quiet: bool,
}

impl Run {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let input = input::scenario(&self.file)?;
        if !self.quiet && !input.reading.warnings.is_empty() {
            tell(&input::rendered(&input.reading.warnings));
        }
        let place = self.output.clone().unwrap_or_else(|| {
            Path::new("output").join(self.file.file_stem().unwrap_or_else(|| "scenario".as_ref()))
        });
        let directory = Directory::new(&place)?;
        let study = &input.reading.study;
        let replications = self.replications.unwrap_or(study.replications);
        let large = limit::within_limits(study, replications, self.threads, self.allow_large)?;
        if !self.quiet {
            tell(&format!("to simulate: {large}"));
        }
        let stop = stop_when_interrupted();
        let bar = if self.quiet { Progress::hidden() } else { Progress::running(u64::from(replications)) };
        let request = Request {
            replications,
            seed: self.seed.unwrap_or(study.seed),
            threads: self.threads,
            stop: &stop,
        };
        let outcome = run(study, request, &|| bar.done()).map_err(|_| Failure::Interrupted)?;
        let summary = summarise(study, &outcome);
        let files = files(&input, &summary, &bar)?;
        bar.end();
        if stop.load(Ordering::Relaxed) {
            return Err(Failure::Interrupted);
        }
        directory.write(&files)?;
        self.print(&summary, &files, &place)?;
        Ok(expectations(&summary))
    }

    fn print(&self, summary: &Summary<'_>, files: &[(String, Vec<u8>)], place: &Path) -> Result<(), Failure> {
        if self.quiet {
            return Ok(());
        }
        let stored = |name: &str| {
            let bytes = files.iter().find(|f| f.0 == name).map(|f| f.1.as_slice()).unwrap_or_default();
            String::from_utf8_lossy(bytes).into_owned()
        };
        let extent = if self.all { Extent::All } else { Extent::Screen };
        match self.format {
            Format::Json => print(&stored("results.json"))?,
            Format::Csv => print(&figures_csv(summary))?,
            Format::Text => paint::print(&summary_text(summary, extent))?,
        }
        warn_of_open_cases(summary);
        match self.format {
            Format::Text => print(&format!(
                "\nReport: {}\nNext: {}\n",
                place.join("report.html").display(),
                self.next(summary)
            )),
            _ => Ok(()),
        }
    }

    /// The command that most likely comes next.
    fn next(&self, summary: &Summary<'_>) -> String {
        let file = self.file.display();
        let untold = |o: &OptionSummary<'_>| {
            o.comparison("service_level").is_some_and(|c| c.verdict == Some(Verdict::CannotBeTold))
        };
        if summary.options.iter().any(untold) {
            let more = summary.outcome.replications.saturating_mul(4);
            format!("answerable run {file} --replications {more}  (tells more options apart)")
        } else {
            format!("answerable check {file}  (what it assumes)")
        }
    }
}

/// Every file of the run directory.
fn files(input: &Input, summary: &Summary<'_>, bar: &Progress) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let study = summary.study;
    let example = example_day(study, summary.outcome.seed);
    let day = study.options.first().map_or_else(String::new, |base| day_csv(base, example.as_ref()));
    let mut files = vec![
        ("results.json".to_owned(), results_json(summary).into_bytes()),
        ("replications.csv".to_owned(), replications_csv(summary).into_bytes()),
        ("intervals.csv".to_owned(), intervals_csv(summary).into_bytes()),
        ("waits.csv".to_owned(), waits_csv(summary).into_bytes()),
        ("comparison.csv".to_owned(), comparison_csv(summary).into_bytes()),
        ("day.csv".to_owned(), day.into_bytes()),
        ("rota.csv".to_owned(), rota_csv(summary.study).into_bytes()),
        ("scenario.toml".to_owned(), input.reading.resolved.clone().into_bytes()),
        ("inputs/scenario.toml".to_owned(), input.text.clone().into_bytes()),
    ];
    for (name, text) in &input.reading.inputs {
        files.push((format!("inputs/{name}"), text.clone().into_bytes()));
    }
    files.extend(drawn::drawn(&files, bar).map_err(|error| Failure::Defect(error.to_string()))?.files);
    Ok(files)
}

/// The share of cases still open at the end from which on the follow-up is too short.
const MANY_OPEN: f64 = 0.01;

/// Warns where the follow-up was too short to see cases closed.
fn warn_of_open_cases(summary: &Summary<'_>) {
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
fn expectations(summary: &Summary<'_>) -> Exit {
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
