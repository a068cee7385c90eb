//! The keys of transfers: to which queue callers are passed on, which of them, and how.

use super::declaration::{Key, Kind};
use super::law_keys::TIME_LAW;
use crate::unit::DAY;

/// Where a queue's callers are passed on.
pub(super) const TRANSFERS: Key = Key::default(
    "transfers",
    Kind::List { entry: RULE, length: None, noun: "tables with to and probability" },
    "[]",
    "callers who are passed on to another queue when their talk ends; at most 5 times in one call",
);

const RULE: &Kind = &Kind::table(&[
    Key::required("to", Kind::Text, "the queue to which they are passed on"),
    Key::required("probability", Kind::Share, "the probability of being passed on by this rule"),
    Key::default(
        "when",
        Kind::Choice(&[
            ("any", "whatever the agent can do"),
            ("unresolved", "only what the agent cannot resolve: escalation to a team leader, for example"),
        ]),
        "\"any\"",
        "which calls the rule is for",
    ),
    Key::optional(
        "warm",
        Kind::table(&[
            Key::required("handover", TIME_LAW, "how long both agents are with the caller"),
            Key::default(
                "stays-at-most",
                Kind::duration(DAY),
                "\"5m\"",
                "how long the first agent waits with the caller at most; then the caller waits on alone",
            ),
        ]),
        "the first agent stays until the second answers, and hands over; left out: the caller waits alone (cold)",
    ),
]);
