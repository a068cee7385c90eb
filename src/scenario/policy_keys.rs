//! The keys of policies and of how callers respond.

use super::declaration::{Key, Kind};
use super::law_keys::TIME_LAW;
use crate::unit::{DAY, HOUR};

const NOTHING: Kind = Kind::table(&[]);
const WITHIN: Key = Key::required("within", Kind::duration(DAY), "the target or cap");
const PRESSURE: Key =
    Key::required("pressure", Kind::Share, "the share of what lies beyond the target that is cut");
const ABSORBED: Key = Key::default(
    "absorbed",
    Kind::Share,
    "0.0",
    "the probability that the work cut is done faster, nothing lost",
);
const DROPPED: Key = Key::default(
    "dropped",
    Kind::Share,
    "0.0",
    "the probability that the work cut is never done; the rest is put off",
);
const MINIMUM: Key = Key::default("minimum", Kind::duration(DAY), "\"0s\"", "wrap lasts at least this long");

/// The choice of a wrap policy.
pub(super) const WRAP: Kind = Kind::OneOf(&[
    Key::optional("as-needed", Kind::table(&[MINIMUM]), "the work decides"),
    Key::optional(
        "target",
        Kind::table(&[WITHIN, PRESSURE, ABSORBED, DROPPED, MINIMUM]),
        "agents cut short what lies beyond a target, under pressure",
    ),
    Key::optional(
        "cap",
        Kind::table(&[WITHIN, ABSORBED, DROPPED, MINIMUM]),
        "the system makes the agent available at the cap",
    ),
    Key::optional(
        "adaptive",
        Kind::table(&[WITHIN, ABSORBED, DROPPED, MINIMUM]),
        "beyond a time wrap goes on only while no caller waits; each caller releases at most one agent",
    ),
    Key::optional(
        "scheduled",
        Kind::table(&[WITHIN, MINIMUM]),
        "what lies beyond a time is put off to rostered paperwork time, none of it is dropped",
    ),
    Key::optional(
        "optional",
        NOTHING,
        "as telephone systems say: agents end wrap when the work is done; the same as as-needed",
    ),
    Key::optional(
        "mandatory",
        NOTHING,
        "as telephone systems say: wrap after every call, ended by the agent; the same as as-needed",
    ),
    Key::optional(
        "time-boxed",
        Kind::table(&[WITHIN, ABSORBED, DROPPED]),
        "as telephone systems say: wrap ends by itself at this time, or before by the agent; the same as a cap",
    ),
    Key::optional(
        "time-boxed-without-early-exit",
        Kind::table(&[WITHIN, ABSORBED, DROPPED]),
        "as telephone systems say: wrap always lasts this long; a cap and a minimum of the same length",
    ),
]);

const WRAP_OF_ITS_OWN: Key =
    Key::optional("wrap", WRAP, "what decides wrap, and what becomes of work that is cut");

/// A team's own wrap policy.
pub(super) const TEAM_POLICY: Kind = Kind::table(&[WRAP_OF_ITS_OWN]);

/// A queue's own policies.
pub(super) const QUEUE_POLICY: Kind = Kind::table(&[
    WRAP_OF_ITS_OWN,
    Key::optional("routing", ROUTING, "which of the agents who are free answers this queue's calls"),
]);

/// Which of the agents who are free answers a call.
const ROUTING: Kind = Kind::Choice(&[
    ("longest-idle", "the one who has been free longest"),
    ("best-proficiency", "the one with the highest product of speed and resolution in this queue"),
    ("fewest-skills", "the one who answers the fewest queues: generalists are kept free"),
    ("team-order", "one of the first team, in the order of the file, that has anybody free"),
]);

pub(super) const POLICY: &[Key] = &[
    Key::default(
        "wrap",
        WRAP,
        "{ as-needed = {} }",
        "what decides wrap, and what becomes of work that is cut",
    ),
    Key::default(
        "routing",
        ROUTING,
        "\"longest-idle\"",
        "which of the agents who are free answers a call; among equals the one free longest",
    ),
    Key::default(
        "talk",
        Kind::OneOf(&[
            Key::optional("as-needed", NOTHING, "the call decides"),
            Key::optional(
                "target",
                Kind::table(&[WITHIN, PRESSURE]),
                "agents cut short what lies beyond a target, under pressure",
            ),
        ]),
        "{ as-needed = {} }",
        "how much of the talk a call needs an agent may take",
    ),
    Key::default(
        "closing",
        Kind::OneOf(&[
            Key::optional("finish-queue", NOTHING, "those waiting are served by whoever is still on shift"),
            Key::optional(
                "stay-to-finish",
                NOTHING,
                "agents on shift at closing stay until the queue is empty",
            ),
            Key::optional("turn-away", NOTHING, "those waiting are turned away at closing"),
        ]),
        "{ finish-queue = {} }",
        "what happens at closing time",
    ),
    Key::default(
        "shift-end",
        Kind::OneOf(&[
            Key::optional("finish-work", NOTHING, "call and wrap are finished, then the agent leaves"),
            Key::optional("finish-call", NOTHING, "the call is finished, wrap is put off"),
            Key::optional(
                "stop-early",
                Kind::table(&[Key::required(
                    "last",
                    Kind::duration(HOUR),
                    "no new call in this time before the end",
                )]),
                "no new call at the end of the shift",
            ),
        ]),
        "{ finish-work = {} }",
        "what happens at the end of a shift to an agent who is busy",
    ),
    Key::default(
        "backlog",
        Kind::table(&[
            Key::default(
                "resume",
                Kind::Number { low: 1.0, above: false, high: 100.0, unit: "" },
                "1.0",
                "put-off work takes this many times as long",
            ),
            Key::default("in-idle-time", Kind::Flag, "true", "whether it is done when no caller waits"),
            Key::default("interruptible", Kind::Flag, "true", "whether a call interrupts it"),
            Key::default(
                "overtime",
                Kind::duration(12 * HOUR),
                "\"0s\"",
                "at most this much overtime after a shift",
            ),
        ]),
        "{}",
        "when put-off work is done",
    ),
];

const COEFFICIENT: Kind = Kind::Number { low: -50.0, above: false, high: 50.0, unit: "" };

pub(super) const RESPONSE: &[Key] = &[
    Key::default("resolved", Kind::Share, "1.0", "the probability that an answered call resolves its case"),
    Key::default(
        "repeats",
        Kind::Share,
        "0.0",
        "the probability that an answered caller whose case is unresolved calls again",
    ),
    Key::default(
        "repeat-delay",
        TIME_LAW,
        "{ exponential = { mean = \"36h\" } }",
        "how long after the call a repeat comes",
    ),
    Key::default(
        "redials",
        Kind::Share,
        "0.0",
        "the probability that a caller who gave up waiting tries again",
    ),
    Key::default(
        "redial-delay",
        TIME_LAW,
        "{ exponential = { mean = \"15m\" } }",
        "how long after giving up a redial comes",
    ),
    Key::default(
        "redials-at-most",
        Kind::Whole { low: 0, high: 1000, unit: "redials" },
        "3",
        "most redials of a case",
    ),
    Key::default(
        "after-closing",
        Kind::Share,
        "0.5",
        "the probability that a redial that would fall outside opening hours is made on the next open day",
    ),
    Key::default(
        "repeats-after-cut",
        Kind::from_zero(10.0, ""),
        "0.0",
        "the share of resolution lost when work of a call was dropped",
    ),
    Key::default(
        "repeats-per-share-cut",
        Kind::from_zero(10.0, ""),
        "0.0",
        "the share of resolution lost when all the wrap a call required is dropped; in proportion when part is",
    ),
    Key::default(
        "loss-per-talk-cut",
        Kind::from_zero(10.0, ""),
        "0.0",
        "the share of resolution lost when all the talk a call needs is cut; in proportion when part is",
    ),
    Key::default(
        "chase",
        Kind::from_zero(100.0, "calls an open day"),
        "0.0",
        "calls asking after put-off work",
    ),
    Key::default(
        "satisfaction",
        Kind::table(&[
            Key::default("base", COEFFICIENT, "2.2", "log-odds of being satisfied at best"),
            Key::default(
                "per-minute",
                COEFFICIENT,
                "-0.03",
                "change for each minute waited over all attempts",
            ),
            Key::default("per-contact", COEFFICIENT, "-0.5", "change for each contact after the first"),
            Key::default("unresolved", COEFFICIENT, "-2.2", "change when the case stays unresolved"),
            Key::default("never-answered", COEFFICIENT, "-3.0", "change when the caller was never answered"),
        ]),
        "{}",
        "how satisfied a person is when the case closes (log-odds)",
    ),
];
