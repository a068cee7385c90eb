//! The files a scenario names: each read once, by the caller's hand.

use super::code::Code;
use super::finding::Findings;
use super::shape::{self, Weights};
use super::tree::Place;

/// Reads a file named in a scenario, relative to the scenario's folder; says why it cannot.
pub type ReadFile<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

/// The scenario's own text and the files read so far.
pub(super) struct Files<'a> {
    read: &'a ReadFile<'a>,
    /// Names and texts, the scenario first, then what is changed from outside it.
    pub(super) sources: Vec<(String, String)>,
    /// Names of the files that were asked for, with what came of it.
    weights: Vec<(String, Option<Weights>)>,
}

impl<'a> Files<'a> {
    pub(super) fn new(name: &str, text: &str, read: &'a ReadFile<'a>) -> Files<'a> {
        Files { read, sources: vec![(name.to_owned(), text.to_owned())], weights: Vec::new() }
    }

    /// The weights in a CSV file, named at a place.
    pub(super) fn weights(&mut self, name: &str, named_at: Place, out: &mut Findings) -> Option<Weights> {
        if let Some((_, weights)) = self.weights.iter().find(|(known, _)| known == name) {
            return weights.clone();
        }
        let weights = match (self.read)(name) {
            Ok(text) => {
                let number = self.sources.len() as u16;
                let weights = shape::parse(number, name, &text, out);
                self.sources.push((name.to_owned(), text));
                weights
            }
            Err(why) => {
                let message = format!("`{name}` cannot be read: {why}");
                let help = "the file is looked for beside the scenario: check its name and where it lies";
                out.fault(Code::FileUnreadable, named_at, message, help);
                None
            }
        };
        self.weights.push((name.to_owned(), weights.clone()));
        weights
    }
}
