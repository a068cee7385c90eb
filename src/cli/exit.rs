//! Exit codes, and failures that end the command.

use std::process::ExitCode;

/// An exit code of the command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Exit(pub(super) u8);

/// Done.
pub(super) const DONE: Exit = Exit(0);
/// An expectation failed or a target was not met.
pub(super) const NOT_MET: Exit = Exit(1);
/// The input or the command is wrong.
pub(super) const WRONG_INPUT: Exit = Exit(2);
/// A defect of ours.
pub(super) const DEFECT: Exit = Exit(70);
/// The machine failed us: disk, rights.
pub(super) const MACHINE: Exit = Exit(74);
/// Interrupted.
pub(super) const INTERRUPTED: Exit = Exit(130);

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit.0)
    }
}

/// Why the command ends early.
#[derive(Debug, thiserror::Error)]
pub(super) enum Failure {
    /// Faults in the input, already rendered.
    #[error("{0}")]
    Input(String),
    /// The machine failed us.
    #[error("{what}: {cause}\n{help}")]
    Machine {
        /// What was tried.
        what: String,
        /// Why it failed.
        cause: std::io::Error,
        /// What to do.
        help: String,
    },
    /// Interrupted.
    #[error("interrupted: nothing was written")]
    Interrupted,
    /// A defect of ours.
    #[error("a defect of ours: {0}\nplease report it with the scenario that shows it")]
    Defect(String),
}

impl Failure {
    /// Tells the user, and gives the exit code.
    pub(super) fn report(&self) -> Exit {
        eprintln!("{self}");
        match self {
            Failure::Input(_) => WRONG_INPUT,
            Failure::Machine { .. } => MACHINE,
            Failure::Interrupted => INTERRUPTED,
            Failure::Defect(_) => DEFECT,
        }
    }
}

/// Prints to standard output; a closed pipe ends quietly.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    printed(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}

/// What became of printing: a closed pipe is no failure.
pub(super) fn printed(result: std::io::Result<()>) -> Result<(), Failure> {
    match result {
        Err(cause) if cause.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Machine {
            what: "the result could not be printed".into(),
            cause,
            help: "print to a place that takes it, or use --quiet".into(),
        }),
        _ => Ok(()),
    }
}
