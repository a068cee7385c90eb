//! The command line: one file a command. The only room that writes files.

mod check;
mod completions;
mod directory;
mod exit;
mod input;
mod paint;
mod run;
mod verify;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// What help begins with: somebody who has never opened a terminal copies a line and changes a name.
const EXAMPLES: &str = "\
Examples:
  answerable check scenarios/district-council.toml   Is the scenario sound, what does it assume?
  answerable run scenarios/district-council.toml     All its options: tables, charts, comparison
  answerable run my-centre.toml --replications 200   A quick first look
  answerable run my-centre.toml --all                The whole table, and what Erlang would say
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
    /// All options of a scenario: replications, comparison, charts
    #[command(before_help = RUN)]
    Run(run::Run),
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
        Err(error) => {
            // Help and version are no faults.
            let code = if error.use_stderr() { exit::WRONG_INPUT } else { exit::DONE };
            let _ = error.print();
            return code.into();
        }
    };
    let result = match arguments.command {
        Command::Check(check) => check.run(),
        Command::Run(run) => run.run(),
        Command::Verify(verify) => verify.run(),
        Command::Completions(completions) => completions.run(),
    };
    result.unwrap_or_else(|failure| failure.report()).into()
}
