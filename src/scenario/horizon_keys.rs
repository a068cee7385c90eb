//! The keys of the state that a run begins in.

use super::declaration::{Key, Kind, Names};
use crate::unit::HOUR;

/// What there is when the first simulated day begins, in place of an empty centre.
pub(super) const START_STATE: Key = Key::optional(
    "start-state",
    Kind::Table { keys: STATE, ways: &[] },
    "what there is when the first simulated day begins, warm-up included; left out: nobody waits and nothing is put off",
);

const STATE: &[Key] = &[
    Key::optional(
        "waiting",
        Kind::Map { names: Names::Free, keys: &[], entry: &WAITING },
        "callers who ring at the first opening of the run, all at once, by queue",
    ),
    Key::optional(
        "backlog",
        Kind::Map { names: Names::Free, keys: &[], entry: &BACKLOG },
        "put-off work that each agent of a team has from the start",
    ),
];

static WAITING: Key = Key::optional(
    "QUEUE",
    Kind::Whole { low: 0, high: 100_000, unit: "callers" },
    "how many of this queue's callers",
);

static BACKLOG: Key =
    Key::optional("TEAM", Kind::duration(2000 * HOUR), "how long it takes each agent of this team");
