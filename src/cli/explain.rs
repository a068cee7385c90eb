//! `answerable explain`: the model of a scenario in plain words, every value with its origin, what is left out; or, of
//! an argument that can only be the code of a fault, what it means.

use super::exit::{DONE, Exit, Failure, print};
use super::input;
use crate::report::explain::{explanation_text, tried_text};
use crate::scenario::{CODES, explained};
use std::path::Path;

/// Arguments of `explain`.
#[derive(Debug, clap::Args)]
pub(super) struct Explain {
    /// A scenario file, or the code of a fault or warning such as pause-outside
    #[arg(value_name = "FILE or CODE")]
    what: String,
}

impl Explain {
    pub(super) fn run(self) -> Result<Exit, Failure> {
        let path = Path::new(&self.what);
        if path.is_file() || !looks_like_a_code(&self.what) {
            return file(path);
        }
        match explained(&self.what) {
            Some(text) => print(&format!("{}: {text}\n", self.what)).map(|()| DONE),
            None => Err(Failure::Input(unknown(&self.what))),
        }
    }
}

/// The model of a scenario.
fn file(path: &Path) -> Result<Exit, Failure> {
    let input = input::scenario(path)?;
    if !input.reading.warnings.is_empty() {
        eprintln!("{}", input::rendered(&input.reading.warnings));
    }
    print(&(explanation_text(&input.reading.study) + &tried_text(&input.reading.tried)))?;
    Ok(DONE)
}

/// Whether an argument could be meant as a code: small letters and dashes, and no file's ending.
fn looks_like_a_code(what: &str) -> bool {
    !what.is_empty() && what.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

fn unknown(what: &str) -> String {
    let codes: Vec<&str> = CODES.iter().map(|(_, name)| *name).collect();
    format!("there is no fault with the code {what}; the codes are: {}", codes.join(", "))
}
