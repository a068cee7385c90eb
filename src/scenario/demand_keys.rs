//! The keys of a queue's demand.

use super::declaration::{Key, Kind};

/// How many first calls come, and when.
pub(super) const DEMAND: Kind = Kind::Table {
    keys: &[
        Key::optional("per-year", Kind::from_zero(1e10, "calls"), "calls in a calendar year"),
        Key::optional("per-month", Kind::from_zero(1e9, "calls"), "calls in a calendar month"),
        Key::optional("per-week", Kind::from_zero(1e9, "calls"), "calls in a week with every day open"),
        Key::optional("per-day", Kind::from_zero(1e8, "calls"), "calls on an average open day"),
        Key::optional("per-hour", Kind::from_zero(1e7, "calls"), "calls an hour, whenever open"),
        Key::optional(
            "per-interval",
            Kind::File,
            "a CSV file of calls by weekday and time of day: how many come in each row's stretch of the day",
        ),
        Key::optional("rates", Kind::File, "a CSV file of calls an hour by weekday and time of day"),
        Key::optional(
            "dated",
            Kind::File,
            "a CSV file of calls by date, or by date and time of day, for every day that is simulated",
        ),
        Key::optional(
            "known-days",
            Kind::File,
            "a CSV file of calls by date, or by date and time of day, which stand instead of the volume's",
        ),
        Key::optional(
            "shape",
            Kind::File,
            "a CSV file of weights by weekday and time of day; left out: even over opening hours",
        ),
        Key::optional(
            "week-shape",
            Kind::List {
                entry: &Kind::from_zero(1e9, ""),
                length: Some(7),
                noun: "weights, Monday to Sunday",
            },
            "weights of the weekdays, where no file gives them by time of day too",
        ),
        Key::optional(
            "day-shape",
            Kind::File,
            "a CSV file of weights by time of day, the same for every weekday as far as it is open",
        ),
        Key::default(
            "straight-lines",
            Kind::Flag,
            "false",
            "whether the rate runs in straight lines instead of steps; every interval keeps its calls",
        ),
        Key::default("times", Kind::from_zero(1000.0, ""), "1.0", "multiplies the volume"),
        Key::optional("trend", TREND, "growth from year to year"),
        Key::default(
            "events",
            Kind::List { entry: EVENT, length: None, noun: "tables with from and times" },
            "[]",
            "windows of dates and times in which more calls come, or fewer",
        ),
        Key::default(
            "phases",
            Kind::List { entry: PHASE, length: None, noun: "tables with from and share" },
            "[]",
            "a service transferred in phases: which share of its calls is there from which date on",
        ),
        Key::default(
            "day-cv",
            Kind::from_zero(5.0, ""),
            "0.0",
            "coefficient of variation of the day's busyness",
        ),
        Key::default("day-phi", PHI, "0.5", "correlation of busyness from one open day to the next"),
        Key::default(
            "day-correlation",
            Kind::Share,
            "0.0",
            "correlation of the day's busyness with that of other queues that say the same",
        ),
        Key::default(
            "interval-cv",
            Kind::from_zero(5.0, ""),
            "0.0",
            "coefficient of variation of an interval's busyness",
        ),
        Key::default("interval-phi", PHI, "0.5", "correlation of busyness from one interval to the next"),
        Key::default(
            "counts",
            Kind::Choice(&[
                ("all-calls", "logs and plans that count every call: repeats are taken out first"),
                ("needs", "first calls alone"),
            ]),
            "\"all-calls\"",
            "what the volume counts: every call, or first calls alone",
        ),
        Key::default("redial-share", Kind::Share, "0.0", "the share of counted calls that are redials"),
    ],
    ways: &[
        &["per-year"],
        &["per-month"],
        &["per-week"],
        &["per-day"],
        &["per-hour"],
        &["per-interval"],
        &["rates"],
        &["dated"],
    ],
};

const PHI: Kind = Kind::Number { low: -0.999, above: false, high: 0.999, unit: "" };

const TREND: Kind = Kind::table(&[
    Key::required(
        "per-year",
        Kind::Number { low: -0.9, above: false, high: 10.0, unit: "" },
        "growth in a year: 0.03 is three more in a hundred, a minus means fewer",
    ),
    Key::optional(
        "from",
        Kind::Date,
        "the date on which the volume is the one given; left out: the first measured day",
    ),
]);

const EVENT: &Kind = &Kind::table(&[
    Key::required("from", Kind::Date, "the first date"),
    Key::optional("to", Kind::Date, "the last date; left out: that day only"),
    Key::default("start", Kind::Clock, "\"00:00\"", "from this time of day on"),
    Key::default("end", Kind::Clock, "\"24:00\"", "up to this time of day; earlier than the start: next day"),
    Key::required("times", Kind::from_zero(1000.0, ""), "multiplies demand: 1.5 is half as many again"),
    Key::default("name", Kind::Text, "\"\"", "what happens"),
]);

const PHASE: &Kind = &Kind::table(&[
    Key::required("from", Kind::Date, "the date of the transfer"),
    Key::required("share", Kind::Share, "the share of the volume that is there from that date on"),
]);
