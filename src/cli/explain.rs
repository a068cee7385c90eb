//! `answerable explain`: a code of a fault in two sentences.

use super::exit::{DONE, Exit, Failure, print};
use crate::scenario::{CODES, explained};

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// The code of a fault or warning, for example pause-outside
    what: String,
}

impl Explain {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        match explained(&self.what) {
            Some(text) => print(&format!("{}: {text}\n", self.what)).map(|()| DONE),
            None => Err(Failure::Input(unknown(&self.what))),
        }
    }
}

/// Whether an argument could be meant as a code: small letters and dashes, and no file's ending.
fn looks_like_a_code(what: &str) -> bool {
    !what.is_empty() && what.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

fn unknown(what: &str) -> String {
    if !looks_like_a_code(what) {
        return format!(
            "{what}: explain takes the code of a fault; `answerable check` tells what a scenario assumes"
        );
    }
    let codes: Vec<&str> = CODES.iter().map(|(_, name)| *name).collect();
    format!("there is no fault with the code {what}; the codes are: {}", codes.join(", "))
}
