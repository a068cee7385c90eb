//! Exit codes, and failures that end the command.

use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

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
    /// Interrupted, but what was simulated is kept.
    #[error(
        "interrupted: no results were written; {0} replications are kept: the same command with --resume goes on from there"
    )]
    Kept(u32),
    /// A defect of ours.
    #[error("a defect of ours: {0}\nplease report it with the scenario that shows it")]
    Defect(String),
}

impl Failure {
    /// Tells the user, and gives the exit code.
    pub(super) fn report(&self) -> Exit {
        tell(&self.to_string());
        match self {
            Failure::Input(_) => WRONG_INPUT,
            Failure::Machine { .. } => MACHINE,
            Failure::Interrupted | Failure::Kept(_) => INTERRUPTED,
            Failure::Defect(_) => DEFECT,
        }
    }
}

/// Tells the user something on standard error. Where nobody listens, as behind a closed pipe, nothing is lost.
pub(super) fn tell(text: &str) {
    use std::io::Write;
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Runs a command; a panic, which has told where it was, ends it as the defect of ours that it is.
pub(super) fn guarded(command: impl FnOnce() -> Result<Exit, Failure>) -> Result<Exit, Failure> {
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(command));
    result.unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Err(Failure::Defect(text.unwrap_or("a panic without words").to_owned()))
    })
}

/// Asks to stop when the user interrupts: what was begun is left cleanly. Asked twice, the program ends at once, which
/// is as safe: whatever is cut short, earlier results stay whole.
pub(super) fn stop_when_interrupted() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    // A second handler in one process cannot be set; then the first one serves.
    let _ = ctrlc::set_handler(move || {
        if asked.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(INTERRUPTED.0));
        }
    });
    stop
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_ends_as_a_defect_in_its_own_words() {
        let fallen = "the sky";
        for result in [guarded(|| panic!("it fell")), guarded(|| panic!("{fallen} fell"))] {
            let Err(failure @ Failure::Defect(_)) = result else { panic!("not told as a defect") };
            assert!(failure.to_string().contains(" fell\nplease report it"), "{failure}");
            assert_eq!(failure.report(), DEFECT);
        }
    }
}
