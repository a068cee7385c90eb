//! The command line: one file a command. The only room that writes files.

mod check;
mod directory;
mod exit;
mod explain;
mod input;
mod limit;
mod run;
mod verify;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Settles arguments about staffing in call centres.
#[derive(Debug, Parser)]
#[command(name = "answerable", version, about, long_about = None, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Every fault of a scenario at once, then the assumptions it rests on
    Check(check::Check),
    /// What the code of a fault means, in two sentences
    Explain(explain::Explain),
    /// All options of a scenario: replications, comparison, charts
    Run(run::Run),
    /// The simulation against exact theory: a table anyone can read
    Verify(verify::Verify),
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
        Command::Explain(explain) => explain.run(),
        Command::Run(run) => run.run(),
        Command::Verify(verify) => verify.run(),
    };
    result.unwrap_or_else(|failure| failure.report()).into()
}
