//! `answerable verify`: the engine against exact theory, a table anyone can read.

use super::exit::{DONE, Exit, Failure, NOT_MET, print, stop_when_interrupted};
use crate::experiment::{Depth, Request, VerifyError, verify};
use crate::report::verification_text;
use indicatif::{ProgressBar, ProgressStyle};

/// Arguments of `verify`.
#[derive(Debug, clap::Args)]
pub(super) struct Verify {
    /// Every queue, to 0.3%, which takes 15 minutes or more [default: some, to 1%: a minute]
    #[arg(long)]
    full: bool,
    /// Seed of all randomness
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Threads to use; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
}

impl Verify {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let depth = if self.full { Depth::Full } else { Depth::Quick };
        let stop = stop_when_interrupted();
        let rows = depth.rows();
        let bar = progress(rows.len() as u64);
        let request = Request { replications: 0, seed: self.seed, threads: self.threads, stop: &stop };
        let verification =
            verify(rows, depth, request, &mut |_| bar.inc(1)).map_err(|error| match error {
                VerifyError::Interrupted(_) => Failure::Interrupted,
                refused => Failure::Defect(refused.to_string()),
            })?;
        bar.finish_and_clear();
        print(&verification_text(&verification))?;
        Ok(if verification.holds() { DONE } else { NOT_MET })
    }
}

/// The bar on standard error; silent when that is no terminal.
fn progress(rows: u64) -> ProgressBar {
    let bar = ProgressBar::new(rows);
    match ProgressStyle::with_template("{bar:30} {pos}/{len} queues, {elapsed}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
