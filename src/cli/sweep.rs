//! `answerable sweep`: one or two inputs over a range.

use super::directory::Directory;
use super::drawn::{self, DrawError};
use super::exit::{DONE, Exit, Failure, print, stop_when_interrupted, tell};
use super::input::{self, Input};
use super::limit;
use super::paint;
use super::parts;
use super::progress::Progress;
use crate::experiment::{Gauge, Request, rounds, sweep, together};
use crate::report::{self, Made, sweep_csv, sweep_drawings, sweep_html, sweep_record, sweep_text};
use crate::scenario::{Axis, Chosen, Study, Varied, nearest, vary};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

/// Arguments of `sweep`.
#[derive(Debug, clap::Args)]
pub(super) struct Sweep {
    /// The scenario file
    file: PathBuf,
    /// An input and its range, both ends included: a key's path as the file has it, such as teams.core.agents=8..16,
    /// queues.calls.patience.weibull.mean=1m..10m/10; once or twice
    #[arg(long, value_name = "PATH=FROM..TO[/POINTS]", required = true)]
    vary: Vec<String>,
    /// An option to run beside the base, by name; may be given several times [default: options that have an input
    /// which the base lacks]
    #[arg(long, value_name = "NAME")]
    option: Vec<String>,
    /// The view [default: the first]
    #[arg(long, value_name = "NAME")]
    view: Option<String>,
    /// A figure, such as asa or queues.calls.service_level, and the level it is to reach where there is one; may be
    /// given several times [default: service_level, abandonment_rate and what [matters] names]
    #[arg(long, value_name = "MEASURE[=LEVEL]")]
    measure: Vec<String>,
    /// How many independent histories of each point [default: the scenario's, at most 500]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
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
    /// Where results are written [default: output/ and the scenario's name with -sweep]
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// How results are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print nothing but faults
    #[arg(long)]
    quiet: bool,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// What is found, and a table of each measure
    Text,
    /// One JSON object, as in sweep.json
    Json,
    /// A row for every option, measure and point, as in sweep.csv
    Csv,
}

/// Replications of a point unless asked for otherwise: on the same drawn days, fewer tell as much as of a run.
const USUAL: u32 = 500;

impl Sweep {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let input = input::scenario(&self.file)?;
        let study = &input.reading.study;
        let (axes, gauges) = self.asked(study)?;
        let varied = self.varied(&input, axes)?;
        let place = self.output.clone().unwrap_or_else(|| usual_place(&self.file));
        let directory = Directory::new(&place)?;
        let replications = self.replications.unwrap_or(study.replications.clamp(2, USUAL));
        self.fits(&varied, replications)?;
        let stop = stop_when_interrupted();
        let seed = self.seed.unwrap_or(study.seed);
        let all = rounds(&varied.study) * u64::from(replications);
        let bar = if self.quiet { Progress::hidden() } else { Progress::running(all) };
        let request = Request { replications, seed, threads: self.threads, stop: &stop };
        let only: Vec<Gauge> = gauges.iter().map(|(gauge, _)| gauge.clone()).collect();
        let found = sweep(&varied.study, &only, request, &|| bar.done()).map_err(|_| Failure::Interrupted)?;
        let made = Made { varied: &varied, gauges: &gauges, found: &found, seed, replications };
        let record = sweep_record(made);
        let mut files = vec![
            (RECORD.to_owned(), record.json().into_bytes()),
            ("sweep.csv".to_owned(), sweep_csv(&record).into_bytes()),
            ("scenario.toml".to_owned(), input.reading.resolved.clone().into_bytes()),
        ];
        files.extend(parts::inputs(&input));
        files.extend(drawn(&record, &bar).map_err(|error| Failure::Defect(error.to_string()))?);
        bar.end();
        if stop.load(Ordering::Relaxed) {
            return Err(Failure::Interrupted);
        }
        directory.write(&files)?;
        if !self.quiet {
            match self.format {
                Format::Json => print(&record.json())?,
                Format::Csv => print(&sweep_csv(&record))?,
                Format::Text => {
                    paint::print(&sweep_text(&record))?;
                    print(&format!("\nReport: {}\n", place.join("report.html").display()))?;
                }
            }
        }
        Ok(DONE)
    }

    /// Inputs and figures as given on the command line: every fault at once.
    fn asked(&self, study: &Study) -> Result<(Vec<Axis>, Gauges), Failure> {
        let mut faults = Vec::new();
        let mut axes: Vec<Axis> = Vec::new();
        if self.vary.len() > 2 {
            faults.push(format!(
                "--vary is given {} times: at most two inputs are varied at once; sweep the others by themselves",
                self.vary.len()
            ));
        }
        for text in &self.vary {
            match Axis::parse(text) {
                Ok(axis) if axes.iter().any(|other| other.path == axis.path) => {
                    faults
                        .push(format!("--vary {text}: {} is varied already; name another input", axis.path));
                }
                Ok(axis) => axes.push(axis),
                Err(fault) => faults.push(format!("--vary {text}: {fault}")),
            }
        }
        let mut gauges: Gauges = Vec::new();
        for text in self.measures(study) {
            match gauge(&text, study) {
                Ok(one) if gauges.iter().any(|other| other.0.path == one.0.path) => {
                    faults.push(format!("--measure {text}: {} is given twice; keep one", one.0.path));
                }
                Ok(one) => gauges.push(one),
                Err(fault) => faults.push(format!("--measure {text}: {fault}")),
            }
        }
        faults.extend(self.option.iter().filter_map(|name| self.unknown_option(name, study)));
        faults.extend(self.view.iter().filter_map(|name| unknown_view(name, study)));
        if faults.is_empty() { Ok((axes, gauges)) } else { Err(Failure::Input(faults.join("\n"))) }
    }

    /// What is measured.
    fn measures(&self, study: &Study) -> Vec<String> {
        if !self.measure.is_empty() {
            return self.measure.clone();
        }
        usual_measures(study)
    }

    fn unknown_option(&self, name: &str, study: &Study) -> Option<String> {
        let names = || study.options.iter().map(|option| option.name.as_str());
        if names().any(|known| known == name) {
            return None;
        }
        let help = nearest(name, names()).map(|near| format!("did you mean \"{near}\"?"));
        let help = help.unwrap_or_else(|| format!("{} lists them", check(&self.file)));
        Some(format!("--option {name}: no option is called \"{name}\"; {help}"))
    }

    /// The scenario at every point.
    fn varied(&self, input: &Input, axes: Vec<Axis>) -> Result<Varied, Failure> {
        let name = self.file.display().to_string();
        let chosen = Chosen { options: &self.option, view: self.view.as_deref(), ..Chosen::default() };
        let files = |file: &str| input.file(file);
        let study = &input.reading.study;
        vary((&name, &input.text), &files, study, ("--vary", axes), chosen)
            .map_err(|faults| Failure::Input(input::rendered(&faults)))
    }

    /// Tells the size of the sweep, or refuses it.
    fn fits(&self, varied: &Varied, replications: u32) -> Result<(), Failure> {
        let (study, most) = (&varied.study, together(&varied.study));
        let size = limit::sweep_within_limits((study, &most), replications, self.threads, self.allow_large)?;
        if !self.quiet {
            tell(&format!(
                "to simulate: {} points, {} settings in all, {size}",
                varied.points(),
                varied.study.options.len()
            ));
        }
        Ok(())
    }
}

/// What is measured unless asked for otherwise: how many are answered, how many give up, and what matters.
pub(super) fn usual_measures(study: &Study) -> Vec<String> {
    let mut usual = vec!["service_level".to_owned(), "abandonment_rate".to_owned()];
    for (id, _) in &study.matters {
        if !usual.contains(id) && Gauge::parse(id, study).is_ok() {
            usual.push(id.clone());
        }
    }
    usual
}

/// Figures, each with the level asked for.
pub(super) type Gauges = Vec<(Gauge, Option<f64>)>;

/// The record that all else is drawn from.
pub(super) const RECORD: &str = "sweep.json";

/// Everything drawn from a sweep's record.
pub(super) fn drawn(record: &report::Sweep, bar: &Progress) -> Result<Vec<(String, Vec<u8>)>, DrawError> {
    let charts = sweep_drawings(record)?;
    bar.charts(charts.len() as u64);
    let mut files = drawn::pictures(&charts, bar)?;
    bar.report();
    files.push(("report.html".to_owned(), sweep_html(record, &charts)?.into_bytes()));
    Ok(files)
}

/// The same from a record that was stored; what is wrong with it, in words.
pub(super) fn drawn_again(record: &[u8]) -> Result<Vec<(String, Vec<u8>)>, String> {
    let text = std::str::from_utf8(record).map_err(|_| format!("{RECORD} is not text"))?;
    let record = report::Sweep::read(text).map_err(|error| format!("{RECORD}: {error}"))?;
    drawn(&record, &Progress::hidden()).map_err(|error| error.to_string())
}

/// `MEASURE` or `MEASURE=LEVEL`.
fn gauge(text: &str, study: &Study) -> Result<(Gauge, Option<f64>), String> {
    let (path, level) = match text.rsplit_once('=') {
        Some((path, level)) => {
            let level = level.trim();
            let wrong = || {
                format!(
                    "\"{level}\" is no level; write a number in the measure's own unit, such as service_level=0.8 or asa=30"
                )
            };
            (path, Some(level.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or_else(wrong)?))
        }
        None => (text, None),
    };
    let gauge = Gauge::parse(path.trim(), study)?;
    if let Some(level) =
        level.filter(|level| gauge.measure.unit == crate::measure::Unit::Share && *level > 1.0)
    {
        return Err(format!("shares are from 0 to 1; write {}={} for {level}%", path.trim(), level / 100.0));
    }
    Ok((gauge, level))
}

fn unknown_view(name: &str, study: &Study) -> Option<String> {
    let mut names: Vec<&str> = study.options.iter().filter_map(|option| option.view.as_deref()).collect();
    names.dedup();
    if names.contains(&name) {
        return None;
    }
    let help = match nearest(name, names.iter().copied()) {
        Some(near) => format!("did you mean \"{near}\"?"),
        None if names.is_empty() => "the scenario has no views: leave --view out".to_owned(),
        None => format!("its views are \"{}\"", names.join("\", \"")),
    };
    Some(format!("--view {name}: no view is called \"{name}\"; {help}"))
}

fn check(file: &Path) -> String {
    format!("`answerable check {}`", file.display())
}

/// Where results go unless said otherwise.
fn usual_place(file: &Path) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_else(|| "scenario".as_ref()).to_owned();
    name.push("-sweep");
    Path::new("output").join(name)
}
