//! The keys of probability laws: the kind is the key itself.

use super::declaration::{Key, Kind};
use crate::unit::{DAY, Micros};

/// No talk, wrap or patience is longer.
const LONGEST: Micros = 400 * DAY;

const MEAN: Key = Key::optional("mean", Kind::longer(LONGEST), "how long it lasts on average");
const CV: Key = Key::optional("cv", Kind::above_zero(20.0, ""), "standard deviation over mean");
const SHAPE: Key = Key::optional("shape", Kind::above_zero(1000.0, ""), "the shape parameter");
const SCALE: Key = Key::optional("scale", Kind::longer(LONGEST), "the scale parameter");
const NEEDED_MEAN: Key = Key::required("mean", Kind::longer(LONGEST), "how long it lasts on average");

/// Laws of a length of time.
pub(super) const TIME_LAW: Kind = Kind::OneOf(&[
    LAWS[0], LAWS[1], LAWS[2], LAWS[3], LAWS[4], LAWS[5], LAWS[6], LAWS[7], LAWS[8], LAWS[9], MIXTURE,
]);

/// Laws that may be parts of a mixture.
const PART_LAW: Kind = Kind::OneOf(&LAWS);

const MIXTURE: Key = Key::optional(
    "mixture",
    Kind::List {
        entry: &Kind::table(&[
            Key::required("share", Kind::Share, "how many of all follow this law; all shares add up to 1"),
            Key::required("law", PART_LAW, "the law they follow"),
        ]),
        length: None,
        noun: "parts, each with its share and law",
    },
    "one of several laws, chosen by chance: a spike of very short calls beside the rest",
);

/// Laws of patience: callers may also never give up.
pub(super) const PATIENCE_LAW: Kind = Kind::OneOf(&[
    LAWS[0],
    LAWS[1],
    LAWS[2],
    LAWS[3],
    LAWS[4],
    LAWS[5],
    LAWS[6],
    LAWS[7],
    LAWS[8],
    LAWS[9],
    MIXTURE,
    Key::optional("never", Kind::table(&[]), "callers never give up"),
]);

const LAWS: [Key; 10] = [
    Key::optional("exponential", Kind::table(&[NEEDED_MEAN]), "an exponential law: no memory"),
    Key::optional(
        "lognormal",
        Kind::Table {
            keys: &[
                MEAN,
                CV,
                Key::optional("median", Kind::longer(LONGEST), "half of all are shorter"),
                Key::optional(
                    "mu",
                    Kind::Number { low: -20.0, above: false, high: 20.0, unit: "" },
                    "mean of the logarithm of seconds",
                ),
                Key::optional("sigma", Kind::above_zero(5.0, ""), "standard deviation of the logarithm"),
            ],
            ways: &[&["mean", "cv"], &["median", "cv"], &["mu", "sigma"]],
        },
        "a lognormal law: what phone times usually follow",
    ),
    Key::optional(
        "gamma",
        Kind::Table { keys: &[MEAN, CV, SHAPE, SCALE], ways: &[&["mean", "cv"], &["shape", "scale"]] },
        "a gamma law",
    ),
    Key::optional(
        "erlang",
        Kind::table(&[
            Key::required("k", Kind::Whole { low: 1, high: 1000, unit: "stages" }, "how many equal stages"),
            NEEDED_MEAN,
        ]),
        "an Erlang law: k exponential stages one after another",
    ),
    Key::optional(
        "weibull",
        Kind::Table {
            keys: &[
                MEAN,
                CV,
                SCALE,
                Key::optional(
                    "shape",
                    Kind::Number { low: 0.1, above: false, high: 100.0, unit: "" },
                    "below 1, those who have waited long are the more patient",
                ),
            ],
            ways: &[&["mean", "shape"], &["mean", "cv"], &["scale", "shape"]],
        },
        "a Weibull law: what patience usually follows",
    ),
    Key::optional(
        "hyperexponential",
        Kind::Table {
            keys: &[
                MEAN,
                CV,
                Key::optional(
                    "weights",
                    Kind::List { entry: &Kind::Share, length: None, noun: "shares that add up to 1" },
                    "probabilities of the branches, adding up to 1",
                ),
                Key::optional(
                    "means",
                    Kind::List { entry: &Kind::longer(LONGEST), length: None, noun: "durations" },
                    "means of the branches",
                ),
            ],
            ways: &[&["mean", "cv"], &["weights", "means"]],
        },
        "one of several exponential laws, chosen by chance",
    ),
    Key::optional(
        "uniform",
        Kind::table(&[
            Key::required("low", Kind::duration(LONGEST), "the shortest"),
            Key::required("high", Kind::longer(LONGEST), "the longest"),
        ]),
        "any length between two bounds, all equally likely",
    ),
    Key::optional(
        "triangular",
        Kind::table(&[
            Key::required("low", Kind::duration(LONGEST), "the shortest"),
            Key::required("mode", Kind::duration(LONGEST), "the most likely"),
            Key::required("high", Kind::longer(LONGEST), "the longest"),
        ]),
        "between two bounds, one length the most likely",
    ),
    Key::optional(
        "deterministic",
        Kind::table(&[Key::required("value", Kind::duration(LONGEST), "how long it always lasts")]),
        "always the same",
    ),
    Key::optional(
        "empirical",
        Kind::table(&[
            Key::required("file", Kind::File, "a CSV file of observations: seconds, or durations with units"),
            Key::optional("column", Kind::Text, "the column that holds them; left out: the file's only one"),
        ]),
        "as observed: each observation as likely as any other",
    ),
];
