//! The files a scenario names: each read once, by the caller's hand.

use super::code::Code;
use super::counts::{self, CountRows};
use super::dated;
use super::finding::Findings;
use super::shape::{self, Weights};
use super::tree::Place;
use super::{holidays, observations};
use crate::law::Observations;
use crate::unit::Date;
use std::rc::Rc;

/// Reads a file named in a scenario, relative to the scenario's folder; says why it cannot: [`NO_SUCH_FILE`],
/// [`OUTSIDE`] or in words of its own.
pub type ReadFile<'a> = dyn Fn(&str) -> Result<String, String> + 'a;

/// Why a file is not read that is not there.
pub const NO_SUCH_FILE: &str = "there is no such file";

/// Why a file is not read that a link takes out of the scenario's folder.
pub const OUTSIDE: &str = "it is a link out of the scenario's folder";

/// Larger files are refused: 64 MB hold a rota of 500 agents for ten years.
pub const LARGEST_FILE: u64 = 64_000_000;

/// No scenario names more files.
const MOST_FILES: usize = 1000;

/// What a file came to, by its name: the same file is not read anew for every option.
type Known<T> = Vec<(String, Option<Rc<T>>)>;

/// The scenario's own text and the files read so far.
pub(super) struct Files<'a> {
    read: &'a ReadFile<'a>,
    /// Names and texts, the scenario first, then what is changed from outside it.
    pub(super) sources: Vec<(String, String)>,
    /// Names of the files that were asked for, with their numbers among the sources.
    opened: Vec<(String, Option<u16>)>,
    weights: Known<Weights>,
    day_weights: Known<Weights>,
    counts: Known<CountRows>,
    holidays: Known<Vec<Date>>,
    rotas: Known<dated::Written>,
    /// By column and file.
    observations: Vec<(String, Known<Observations>)>,
}

impl<'a> Files<'a> {
    pub(super) fn new(name: &str, text: &str, read: &'a ReadFile<'a>) -> Files<'a> {
        let sources = vec![(name.to_owned(), text.to_owned())];
        Files {
            read,
            sources,
            opened: Vec::new(),
            weights: Vec::new(),
            rotas: Vec::new(),
            day_weights: Vec::new(),
            counts: Vec::new(),
            holidays: Vec::new(),
            observations: Vec::new(),
        }
    }

    /// The number of a file among the sources, named at a place; `None` where it cannot be read.
    pub(super) fn open(&mut self, name: &str, named_at: Place, out: &mut Findings) -> Option<u16> {
        if let Some((_, number)) = self.opened.iter().find(|(known, _)| known == name) {
            return *number;
        }
        let text = match (self.read)(name) {
            _ if self.opened.len() >= MOST_FILES => {
                Err(format!("a scenario names at most {MOST_FILES} files"))
            }
            Ok(text) if text.len() as u64 > LARGEST_FILE => Err(too_large(text.len() as u64)),
            read => read,
        };
        let number = match text {
            Ok(text) => {
                // Old Macintosh files end their lines with a carriage return alone.
                let text = if text.contains('\n') { text } else { text.replace('\r', "\n") };
                self.sources.push((name.to_owned(), text));
                Some(self.sources.len() as u16 - 1)
            }
            Err(why) => {
                let message = format!("`{name}` cannot be read: {why}");
                let (code, help) = match why.as_str() {
                    NO_SUCH_FILE => (
                        Code::FileUnreadable,
                        "the file is looked for beside the scenario: check its name and where it lies",
                    ),
                    OUTSIDE => (
                        Code::FileOutside,
                        "put the file itself in the scenario's folder, in place of the link",
                    ),
                    _ => (Code::FileUnreadable, "give a table as spreadsheets save it under \"CSV UTF-8\""),
                };
                out.fault(code, named_at, message, help);
                None
            }
        };
        self.opened.push((name.to_owned(), number));
        number
    }

    /// What a file comes to: read by `parse` (file number, name, text) the first time it is asked for.
    fn known<T>(
        &mut self,
        name: &str,
        named_at: Place,
        out: &mut Findings,
        known: impl Fn(&mut Self) -> &mut Known<T>,
        parse: impl Fn(u16, &str, &str, &mut Findings) -> Option<T>,
    ) -> Option<Rc<T>> {
        if let Some((_, found)) = known(self).iter().find(|(other, _)| other == name) {
            return found.clone();
        }
        let number = self.open(name, named_at, out);
        let found = number.and_then(|n| parse(n, name, &self.sources[usize::from(n)].1, out)).map(Rc::new);
        known(self).push((name.to_owned(), found.clone()));
        found
    }

    /// The weights in a CSV file, named at a place.
    pub(super) fn weights(&mut self, name: &str, named_at: Place, out: &mut Findings) -> Option<Rc<Weights>> {
        self.known(name, named_at, out, |files| &mut files.weights, shape::parse)
    }

    /// Who works when by a CSV file, named at a place.
    pub(super) fn rota(
        &mut self,
        name: &str,
        named_at: Place,
        out: &mut Findings,
    ) -> Option<Rc<dated::Written>> {
        self.known(name, named_at, out, |files| &mut files.rotas, dated::parse)
    }

    /// The weights of a day in a CSV file, named at a place.
    pub(super) fn day_weights(
        &mut self,
        name: &str,
        named_at: Place,
        out: &mut Findings,
    ) -> Option<Rc<Weights>> {
        self.known(name, named_at, out, |files| &mut files.day_weights, shape::parse_day)
    }

    /// The counts by date in a CSV file, named at a place.
    pub(super) fn counts(
        &mut self,
        name: &str,
        named_at: Place,
        out: &mut Findings,
    ) -> Option<Rc<CountRows>> {
        self.known(name, named_at, out, |files| &mut files.counts, counts::parse)
    }

    /// The observations in a column of a CSV file, named at a place.
    pub(super) fn observations(
        &mut self,
        name: &str,
        column: &str,
        named_at: Place,
        out: &mut Findings,
    ) -> Option<Rc<Observations>> {
        let at = self.observations.iter().position(|(known, _)| known == column).unwrap_or_else(|| {
            self.observations.push((column.to_owned(), Vec::new()));
            self.observations.len() - 1
        });
        let parse =
            |file, _: &str, text: &str, out: &mut Findings| observations::parse(file, column, text, out);
        self.known(name, named_at, out, |files| &mut files.observations[at].1, parse)
    }

    /// The dates in a CSV file, named at a place.
    pub(super) fn holidays(
        &mut self,
        name: &str,
        named_at: Place,
        out: &mut Findings,
    ) -> Option<Rc<Vec<Date>>> {
        self.known(name, named_at, out, |files| &mut files.holidays, holidays::parse)
    }
}

/// Why a file is not read.
pub fn too_large(bytes: u64) -> String {
    format!("it has {} MB, and files of up to {} MB are read", bytes / 1_000_000, LARGEST_FILE / 1_000_000)
}
