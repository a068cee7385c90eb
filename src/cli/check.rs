//! `answerable check`: every fault at once, then the assumptions a scenario rests on.

use super::exit::{DONE, Exit, Failure, print};
use super::input;
use std::path::PathBuf;

/// Arguments of `check`.
#[derive(Debug, clap::Args)]
pub(super) struct Check {
    /// The scenario file
    file: PathBuf,
}

impl Check {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let input = input::scenario(&self.file)?;
        let study = &input.reading.study;
        if !input.reading.warnings.is_empty() {
            eprintln!("{}", input::rendered(&input.reading.warnings));
        }
        let mut text = format!(
            "{}: no fault; {} options, {} replications.\n",
            self.file.display(),
            study.options.len(),
            study.replications
        );
        let sourced = study.provenance.iter().filter(|p| !p.assumed).count();
        if sourced > 0 {
            text += &format!("{sourced} sources are given.\n");
        }
        let assumed: Vec<_> = study.provenance.iter().filter(|p| p.assumed).collect();
        if !assumed.is_empty() {
            text += "\nIt assumes:\n";
            for p in assumed {
                text += &format!("  {}: {}\n", p.path, p.text);
            }
        }
        if !study.unsourced.is_empty() {
            text += "\nNeither source nor assumption is given for:\n";
            for path in &study.unsourced {
                text += &format!("  {path}\n");
            }
            text += "Say where each comes from under [sources], or why it is assumed under [assumptions].\n";
        }
        print(&text)?;
        Ok(DONE)
    }
}
