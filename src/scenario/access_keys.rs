//! The keys of how callers get through: telephone lines, menus, full queues, balking, announcements.

use super::declaration::{Key, Kind};
use super::law_keys::TIME_LAW;
use crate::unit::{DAY, HOUR};

/// Telephone lines of the centre.
pub(super) const TELEPHONE: Kind = Kind::table(&[
    Key::optional(
        "lines",
        LINES,
        "at most so many callers are in the centre at a time, waiting or talking; further ones hear the busy tone",
    ),
    Key::default(
        "outages",
        Kind::List { entry: OUTAGE, length: None, noun: "tables with date, start and length" },
        "[]",
        "when the telephone is down: who waits or talks is lost, who rings meanwhile hears the busy tone",
    ),
]);

const OUTAGE: &Kind = &Kind::table(&[
    Key::required("date", Kind::Date, "the day on which it begins"),
    Key::required("start", Kind::Clock, "when it begins"),
    Key::required("length", Kind::longer(31 * DAY), "how long it lasts"),
    Key::optional("site", Kind::Text, "the only site it is down at; left out: the whole centre"),
]);

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

/// The way through a voice menu.
pub(super) const MENU: Key = Key::optional(
    "menu",
    Kind::table(&[
        Key::required("time", TIME_LAW, "how long the menu takes"),
        Key::default(
            "leave",
            Kind::Share,
            "0.0",
            "the probability that a caller rings off in the menu, at any moment of it alike",
        ),
    ]),
    "a voice menu that callers go through before they come to the queue",
);

/// Announcements to those who wait.
pub(super) const ANNOUNCEMENTS: Key = Key::optional(
    "announcements",
    Kind::table(&[
        Key::required("first", Kind::duration(DAY), "the wait at which the first one is heard"),
        Key::optional(
            "every",
            Kind::longer(HOUR),
            "how long after each the next one comes; left out: there is only one",
        ),
        Key::required("leave", Kind::Share, "the probability that a caller who hears one rings off"),
    ]),
    "announcements to those who wait, at each of which some ring off, however patient they are",
);

/// Being rung back.
pub(super) const CALLBACK: Key = Key::optional(
    "callback",
    Kind::table(&[
        Key::required("after", Kind::duration(DAY), "the wait after which it is offered"),
        Key::required(
            "accepted",
            Kind::Share,
            "the probability that a caller accepts, rings off and keeps the place",
        ),
        Key::default(
            "reached",
            Kind::Share,
            "1.0",
            "the probability that the caller is reached, each time anew",
        ),
        Key::default(
            "ringing",
            Kind::duration(HOUR),
            "\"20s\"",
            "how long the agent rings, whether it is answered or not",
        ),
        Key::default("tries", Kind::Whole { low: 1, high: 20, unit: "tries" }, "2", "most times it is tried"),
        Key::default(
            "again-after",
            Kind::longer(7 * DAY),
            "\"30m\"",
            "how long after a try that reached nobody the next one is due, in the caller's old place",
        ),
    ]),
    "callers who have waited for a while are offered to be rung back",
);

/// A British standard that a queue is held to.
pub(super) const MEASURES: Key = Key::optional(
    "measures",
    Kind::Choice(&[
        ("999", "emergency calls: answered within 10 s, in 10 to 60 s, and later, of those answered"),
        ("101", "calls to the police that are no emergencies: answered within 30 s, of those answered"),
        (
            "111",
            "NHS 111: answered within 60 s, of those answered; given up after more than 30 s, of those offered",
        ),
        ("HMRC", "answered, of all attempts"),
    ]),
    "a British standard whose figures are worked out for the queue, besides those that every queue has",
);
