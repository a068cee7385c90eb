//! The keys of routing: overflow, skills with a proficiency, priorities by team.

use super::declaration::{Key, Kind};
use crate::unit::HOUR;

/// Further teams for a queue, in turn.
pub(super) const OVERFLOW: Kind = Kind::List {
    entry: &Kind::table(&[
        Key::required(
            "teams",
            Kind::List { entry: &Kind::Text, length: None, noun: "team names" },
            "the teams whose agents answer too",
        ),
        Key::default("after", Kind::duration(12 * HOUR), "\"0s\"", "once a caller has waited so long"),
        Key::default(
            "when-more-wait-than",
            Kind::Whole { low: 0, high: 1_000_000, unit: "callers" },
            "0",
            "while more callers than this wait in the queue",
        ),
    ]),
    length: None,
    noun: "steps of overflow",
};

/// A team's own priority of a queue.
pub(super) static SKILL_PRIORITY: Key = Key::optional(
    "QUEUE",
    Kind::Whole { low: 1, high: 255, unit: "" },
    "the priority of this queue's calls for this team; 1 is answered first",
);

const FACTOR: Kind = Kind::Number { low: 0.05, above: false, high: 20.0, unit: "" };

/// A team's proficiency in a queue.
pub(super) static PROFICIENCY: Key = Key::optional(
    "QUEUE",
    Kind::table(&[
        Key::default("speed", FACTOR, "1.0", "calls take 1/speed of the talk they need"),
        Key::default(
            "resolution",
            FACTOR,
            "1.0",
            "the probability that a call resolves its case is multiplied by this",
        ),
        Key::optional(
            "speeds",
            Kind::List { entry: &FACTOR, length: None, noun: "numbers" },
            "the speed of each agent, in place of `speed`; the agent after the last has the first again",
        ),
        Key::optional(
            "resolutions",
            Kind::List { entry: &FACTOR, length: None, noun: "numbers" },
            "the resolution of each agent, in place of `resolution`",
        ),
    ]),
    "how fast and how well the team's agents handle this queue's calls",
);
