//! Where a value comes from, in a word and in words.

use crate::scenario::{Provenance, Stated, origin};

/// Where a value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From a source that the scenario names.
    Source,
    /// Assumed, for a reason that the scenario gives.
    Assumption,
    /// Left out by the author: the format's default.
    Default,
    /// Given without a word.
    None,
}

impl Origin {
    /// Its name in results.json.
    pub fn name(self) -> &'static str {
        match self {
            Origin::Source => "source",
            Origin::Assumption => "assumption",
            Origin::Default => "default",
            Origin::None => "none",
        }
    }

    /// Of what a scenario says of a value.
    pub fn of(provenance: Option<&Provenance>) -> Origin {
        match provenance {
            Some(p) if p.assumed => Origin::Assumption,
            Some(_) => Origin::Source,
            None => Origin::None,
        }
    }
}

/// The origin of a value of the base, with the scenario's own words for it.
pub fn origin_words<'a>(provenance: &'a [Provenance], value: &Stated) -> (Origin, &'a str) {
    // What is said of a table speaks of what its author wrote in it; the defaults it leaves stay defaults.
    let said = origin(provenance, &value.path).filter(|p| value.given || p.assumed || p.path == value.path);
    match said {
        Some(p) => (Origin::of(Some(p)), p.text.as_str()),
        None if value.given => (Origin::None, ""),
        None => (Origin::Default, ""),
    }
}
