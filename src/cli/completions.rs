//! `answerable completions SHELL`: what a shell needs to complete the command's words.

use super::Arguments;
use super::exit::{DONE, Exit, Failure, print};
use clap::CommandFactory;
use clap_complete::Shell;

/// Arguments of `completions`.
#[derive(Debug, clap::Args)]
pub(super) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

impl Completions {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Arguments::command(), "answerable", &mut script);
        print(&String::from_utf8_lossy(&script))?;
        Ok(DONE)
    }
}
