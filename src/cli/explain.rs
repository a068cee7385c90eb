//! `answerable explain`: the model of a scenario in plain words, every value with its origin, what is left out.

use super::exit::{DONE, Exit, Failure, print};
use super::input;
use crate::report::explain::explanation_text;
use std::path::PathBuf;

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The scenario file
    file: PathBuf,
}

impl Explain {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let input = input::scenario(&self.file)?;
        if !input.reading.warnings.is_empty() {
            eprintln!("{}", input::rendered(&input.reading.warnings));
        }
        print(&explanation_text(&input.reading.study))?;
        Ok(DONE)
    }
}
