//! The command line: one file a command. The only room that writes files.

mod check;
mod completions;
mod directory;
mod drawn;
mod exit;
mod explain;
mod input;
mod limit;
mod merge;
mod paint;
mod parts;
mod precision;
mod progress;
mod report;
mod run;
mod shown;
mod simulation;
mod stored;
mod sweep;
mod tried;
mod verify;

use clap::{CommandFactory, Parser, Subcommand};
use std::process::ExitCode;

/// What help begins with: somebody who has never opened a terminal copies a line and changes a name.
const EXAMPLES: &str = "\
Examples:
  answerable check scenarios/district-council.toml   Is the scenario sound, what does it assume?
  answerable run scenarios/district-council.toml     All its options: tables, charts, comparison
  answerable run my-centre.toml --replications 200   A quick first look
  answerable run my-centre.toml --all                The whole table, and what Erlang would say
  answerable report output/my-centre                 Charts again, from the results of a run
";

const CHECK: &str = "\
Example:
  answerable check my-centre.toml
";

const RUN: &str = "\
Examples:
  answerable run my-centre.toml                      Results in output/my-centre
  answerable run my-centre.toml --replications 200   A quick first look, wider intervals
  answerable run my-centre.toml --output reports/may Results in another place
  answerable run my-centre.toml --format csv > figures.csv
  answerable run my-centre.toml --precision service_level=0.005 --precision asa=5%
                                                     Until both are known so closely
  answerable run my-centre.toml --resume             On from where a long run was interrupted
  answerable run my-centre.toml --shard 1/4          One of four parts, each on a machine of its own
";

const SWEEP: &str = "\
Examples:
  answerable sweep my-centre.toml --vary teams.full-time.agents=8..16
                                                     How many agents meet the target?
  answerable sweep my-centre.toml --vary policy.wrap.target.within=20s..180s/9
                                                     From which target on is it worse than the base?
  answerable sweep my-centre.toml --vary response.redials=0..0.5 --option \"four\" --measure asa=30
                                                     One option against the base; a wait to keep to
  answerable sweep my-centre.toml --vary teams.full-time.agents=8..16 \\
    --vary queues.enquiries.patience.weibull.mean=1m..10m/10
                                                     Two inputs: a map with the break-even line
";

const MERGE: &str = "\
Example, after `answerable run my-centre.toml --shard 1/2` and `--shard 2/2`:
  answerable merge output/my-centre.part-*-of-2 --output output/my-centre
";

const REPORT: &str = "\
Example:
  answerable report output/my-centre                 Draws everything in it again
";

const COMPLETIONS: &str = "\
Examples:
  answerable completions bash > ~/.local/share/bash-completion/completions/answerable
  answerable completions powershell >> $PROFILE
";

/// Settles arguments about staffing in call centres.
#[derive(Debug, Parser)]
#[command(name = "answerable", version, about, long_about = None, arg_required_else_help = true)]
#[command(before_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Every fault of a scenario at once, then the assumptions it rests on
    #[command(before_help = CHECK)]
    Check(check::Check),
    /// The model of a scenario in plain words with the source of every value; or what the code of a fault means
    Explain(explain::Explain),
    /// All options of a scenario: replications, comparison, charts
    #[command(before_help = RUN)]
    Run(run::Run),
    /// One or two inputs varied over a range: curves, break-even points
    #[command(before_help = SWEEP)]
    Sweep(sweep::Sweep),
    /// Charts and report again from the stored results of a run, without simulating
    #[command(before_help = REPORT)]
    Report(report::Report),
    /// Parts made with --shard, joined into exactly what one run gives
    #[command(before_help = MERGE)]
    Merge(merge::Merge),
    /// The simulation against exact theory: a table anyone can read
    Verify(verify::Verify),
    /// Completion of commands and options for a shell
    #[command(before_help = COMPLETIONS)]
    Completions(completions::Completions),
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(mut error) => {
            suggest(&mut error);
            // Help and version are no faults.
            let code = if error.use_stderr() { exit::WRONG_INPUT } else { exit::DONE };
            let _ = error.print();
            return code.into();
        }
    };
    let result = exit::guarded(|| match arguments.command {
        Command::Check(check) => check.run(),
        Command::Explain(explain) => explain.run(),
        Command::Run(run) => run.run(),
        Command::Sweep(sweep) => sweep.run(),
        Command::Report(report) => report.run(),
        Command::Merge(merge) => merge.run(),
        Command::Verify(verify) => verify.run(),
        Command::Completions(completions) => completions.run(),
    });
    result.unwrap_or_else(|failure| failure.report()).into()
}

/// Adds to a mistyped command what was meant where clap finds nothing near enough: to a scenario file without a
/// command `run`, to a word of a few letters the command that begins like it.
fn suggest(error: &mut clap::Error) {
    use clap::error::{ContextKind, ContextValue, ErrorKind};
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return };
    if error.kind() != ErrorKind::InvalidSubcommand || error.get(ContextKind::SuggestedSubcommand).is_some() {
        return;
    }
    let command = Arguments::command();
    let meant = if word.ends_with(".toml") {
        Some(format!("run {word}"))
    } else {
        let names = command.get_subcommands().map(clap::Command::get_name);
        let distances = names.map(|name| (strsim::damerau_levenshtein(word, name), name));
        let nearest = distances.min_by_key(|(distance, _)| *distance);
        nearest.filter(|(distance, _)| *distance <= 1 + word.len() / 4).map(|(_, name)| name.to_owned())
    };
    if let Some(meant) = meant {
        error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![meant]));
    }
}
