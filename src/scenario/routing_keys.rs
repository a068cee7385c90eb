//! The keys of routing: overflow, sites, skills with a proficiency, priorities by team.

use super::declaration::{Key, Kind, Names};
use crate::unit::HOUR;

/// Further teams for a queue, in turn.
pub(super) const OVERFLOW: Kind = Kind::List {
    entry: &Kind::table(&[
        Key::optional(
            "teams",
            Kind::List { entry: &Kind::Text, length: None, noun: "team names" },
            "the teams whose agents answer too",
        ),
        Key::optional(
            "sites",
            Kind::List { entry: &Kind::Text, length: None, noun: "site names" },
            "the sites whose agents answer too: those of their teams that answer the queue for their own site, else all \
             their teams",
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

/// Where a team sits.
pub(super) const SITE: Key =
    Key::optional("site", Kind::Text, "where the team's agents sit; left out: nothing is told by site");

/// Whether a queue's callers are shared out among sites.
pub(super) const SITES: Key = Key::optional(
    "sites",
    Kind::Choice(&[
        ("pooled", "whoever answers the queue takes its calls, at whatever site"),
        ("separate", "each caller is sent to one site, and waits for the agents of that site"),
    ]),
    "whether the sites whose teams answer the queue take its calls together; left out: pooled",
);

/// How callers are shared out.
pub(super) const SITE_SHARES: Key = Key::optional(
    "site-shares",
    Kind::Map { names: Names::Free, keys: &[], entry: &SITE_SHARE },
    "the share of callers sent to each site, where sites are separate; left out: as the numbers of agents there",
);

static SITE_SHARE: Key =
    Key::optional("SITE", Kind::Share, "the share of the queue's callers sent to this site");

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
