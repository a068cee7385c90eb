//! The keys of how callers get through: telephone lines, full queues, balking.

use super::declaration::{Key, Kind};
use crate::unit::DAY;

/// Telephone lines of the centre.
pub(super) const TELEPHONE: Kind = Kind::table(&[Key::optional(
    "lines",
    LINES,
    "at most so many callers are in the centre at a time, waiting or talking; further ones hear the busy tone",
)]);

const LINES: Kind = Kind::Whole { low: 1, high: 1_000_000, unit: "lines" };

/// A queue's own lines.
pub(super) const QUEUE_LINES: Key = Key::optional(
    "lines",
    LINES,
    "at most so many of the queue's callers are in the centre at a time, waiting or talking; left out: the centre's lines alone",
);

/// The longest a queue may be.
pub(super) const AT_MOST_WAITING: Key = Key::optional(
    "at-most-waiting",
    Kind::Whole { low: 0, high: 1_000_000, unit: "callers" },
    "at most so many wait in the queue; further callers whom nobody can answer at once hear the busy tone",
);

const PROBABILITY: Key = Key::required("probability", Kind::Share, "the probability of ringing off");

/// Ringing off at once.
pub(super) const BALKING: Key = Key::optional(
    "balking",
    Kind::OneOf(&[
        Key::optional("constant", Kind::table(&[PROBABILITY]), "as likely whatever the wait"),
        Key::optional(
            "by-wait",
            Kind::table(&[Key::required(
                "steps",
                Kind::List {
                    entry: &Kind::table(&[
                        Key::required("from", Kind::duration(DAY), "announced waits from this one on"),
                        PROBABILITY,
                    ]),
                    length: None,
                    noun: "tables with from and probability",
                },
                "the probability by announced wait: the last step that the wait reaches holds; below the first, nobody rings off",
            )]),
            "it depends on the wait that is announced",
        ),
    ]),
    "callers whom nobody can answer at once ring off with a probability instead of waiting",
);
