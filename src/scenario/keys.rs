//! The keys of the scenario file: each declared once.

use super::access_keys::{
    ANNOUNCEMENTS, AT_MOST_WAITING, BALKING, CALLBACK, MEASURES, MENU, QUEUE_LINES, TELEPHONE,
};
use super::declaration::{HoursKind, Key, Kind, MONEY, Names};
use super::demand_keys::DEMAND;
use super::horizon_keys::START_STATE;
use super::law_keys::{PATIENCE_LAW, TIME_LAW};
use super::policy_keys::{POLICY, QUEUE_POLICY, RESPONSE, TEAM_POLICY};
use super::routing_keys::{OVERFLOW, PROFICIENCY, SITE, SITE_SHARES, SITES, SKILL_PRIORITY};
use super::transfer_keys::TRANSFERS;
use crate::measure::ServiceLevel;
use crate::unit::{DAY, HOUR, MINUTE};

const NO_UNIT: f64 = f64::INFINITY;

/// The whole scenario file.
pub static SCENARIO: Kind = Kind::table(KEYS);

const KEYS: &[Key] = &[
    Key::required("format", Kind::Format, "the version of the format, 1"),
    Key::required("name", Kind::Text, "the scenario's name, shown in every result"),
    Key::default("question", Kind::Text, "\"\"", "the question somebody is arguing about"),
    Key::default("baseline", Kind::Text, "\"base\"", "the base's own name: the first option of every result"),
    Key::default("currency", Kind::Text, "\"£\"", "the symbol or code of the currency that pay is in"),
    Key::default(
        "run",
        Kind::table(RUN),
        "{}",
        "how much is simulated, unless the command line says otherwise",
    ),
    Key::required("horizon", HORIZON, "what is simulated and what is measured"),
    Key::required("opening", OPENING, "when calls are accepted"),
    Key::optional("telephone", TELEPHONE, "telephone lines, and how callers get through to the centre"),
    Key::required(
        "queues",
        Kind::Map { names: Names::Free, keys: &[], entry: &QUEUE },
        "call types, each with its demand, handling, patience and target",
    ),
    Key::required(
        "teams",
        Kind::Map { names: Names::Free, keys: &[], entry: &TEAM },
        "agents who share a contract, skills and a rota",
    ),
    Key::required(
        "shifts",
        Kind::Map { names: Names::Free, keys: &[], entry: &SHIFT },
        "paid hours of one day",
    ),
    Key::optional(
        "working-time",
        WORKING_TIME,
        "rules that every rota must keep: each breach is a fault that names agent and date",
    ),
    Key::default("policy", Kind::table(POLICY), "{}", "rules for wrap, talk, closing time and put-off work"),
    Key::default("response", Kind::table(RESPONSE), "{}", "resolution, second attempts and satisfaction"),
    Key::optional(
        "matters",
        Kind::Map { names: Names::Free, keys: &[], entry: &THRESHOLD },
        "how large a difference must be to matter, by measure",
    ),
    Key::optional(
        "expect",
        Kind::Map { names: Names::Free, keys: &[], entry: &EXPECTED },
        "what the author expects of the results, by option",
    ),
    Key::optional(
        "sources",
        Kind::Map { names: Names::Paths, keys: &[], entry: &SOURCE },
        "where numbers come from, by path",
    ),
    Key::optional(
        "assumptions",
        Kind::Map { names: Names::Paths, keys: &[], entry: &ASSUMPTION },
        "numbers that are assumed, by path, each with its reason",
    ),
    Key::optional(
        "ranges",
        Kind::Map { names: Names::Paths, keys: &[], entry: &RANGE },
        "how far numbers may be off, by path: the report tries each at both ends, one at a time",
    ),
    Key::optional(
        "sweeps",
        Kind::Map { names: Names::Paths, keys: &[], entry: &SWEEP },
        "numbers nobody knows, by path: the report runs each over a range and says where the answer turns",
    ),
    Key::optional(
        "options",
        Kind::Map { names: Names::Free, keys: &[], entry: &OPTION },
        "named changes to the base, in the same keys",
    ),
    Key::optional(
        "views",
        Kind::Map { names: Names::Free, keys: &[], entry: &VIEW },
        "named sets of assumptions: every option is run under every view",
    ),
];

const RUN: &[Key] = &[
    Key::default(
        "replications",
        Kind::Whole { low: 1, high: 10_000_000, unit: "" },
        "1000",
        "how many independent histories are simulated",
    ),
    Key::default(
        "seed",
        Kind::Whole { low: 0, high: i64::MAX, unit: "" },
        "1",
        "the seed of all random numbers",
    ),
];

const HORIZON: Kind = Kind::Table {
    keys: &[
        Key::required("start", Kind::Date, "the first day that is measured"),
        Key::optional("weeks", Kind::Whole { low: 1, high: 530, unit: "weeks" }, "weeks measured"),
        Key::optional("days", Kind::Whole { low: 1, high: 3700, unit: "days" }, "days measured"),
        Key::optional(
            "warm-up",
            Kind::DaysOrNone,
            "days simulated before the start, not counted; left out: whole weeks that cover 99% of repeat delays",
        ),
        Key::optional(
            "follow-up",
            Kind::DaysOrNone,
            "days simulated after the end, to follow cases; left out: whole weeks that cover 99% of repeat delays",
        ),
        Key::default("interval", Kind::longer(DAY), "\"30m\"", "the length of a reporting interval"),
        START_STATE,
    ],
    ways: &[&["weeks"], &["days"]],
};

const OPENING: Kind = Kind::Map {
    names: Names::Weekdays,
    keys: &[
        Key::default(
            "closed",
            Kind::List { entry: &Kind::Date, length: None, noun: "dates" },
            "[]",
            "dates on which the centre is closed all day",
        ),
        Key::optional(
            "holidays",
            Kind::File,
            "a CSV file of dates on which the centre is closed all day, as bank holidays are published",
        ),
    ],
    entry: &Key::optional(
        "WEEKDAYS",
        Kind::Hours(HoursKind::Opening),
        "opening hours of a weekday or of a range such as monday-friday",
    ),
};

static QUEUE: Key = Key::optional(
    "QUEUE",
    Kind::table(&[
        Key::required("demand", DEMAND, "how many first calls come, and when"),
        Key::required("talk", TIME_LAW, "talk that a call needs, with hold"),
        Key::default("wrap", TIME_LAW, "{ deterministic = { value = \"0s\" } }", "wrap that a call requires"),
        Key::default(
            "talk-wrap-correlation",
            Kind::Number { low: -1.0, above: false, high: 1.0, unit: "" },
            "0.0",
            "Spearman's rank correlation of a call's talk and wrap: above 0, long calls need long wrap",
        ),
        Key::optional(
            "patience",
            PATIENCE_LAW,
            "how long a caller waits before hanging up; left out: callers never give up",
        ),
        Key::default("target", TARGET, "{}", "what counts as good service"),
        Key::default(
            "short-abandon",
            Kind::duration(HOUR),
            "\"0s\"",
            "abandonments within this wait are left out of the rates",
        ),
        Key::default("priority", Kind::Whole { low: 1, high: 255, unit: "" }, "1", "1 is answered first"),
        QUEUE_LINES,
        AT_MOST_WAITING,
        BALKING,
        MENU,
        ANNOUNCEMENTS,
        CALLBACK,
        MEASURES,
        Key::default(
            "head-start",
            Kind::duration(HOUR),
            "\"0s\"",
            "callers of this queue are answered as if they had come so much earlier, within their priority",
        ),
        Key::default(
            "keep-free",
            Kind::Whole { low: 0, high: 10_000, unit: "agents" },
            "0",
            "other queues' calls leave at least so many agents who answer this queue free",
        ),
        Key::default(
            "interrupts-wrap",
            Kind::Flag,
            "false",
            "when nobody is free, a call takes the agent longest in wrap out of it; the rest of that work is put off",
        ),
        Key::optional("overflow", OVERFLOW, "further teams that answer when the queue's own cannot"),
        TRANSFERS,
        SITES,
        SITE_SHARES,
        Key::optional("policy", QUEUE_POLICY, "policies of this queue's own"),
    ]),
    "a call type",
);

const TARGET: Kind = Kind::table(&[
    Key::default("answered-within", Kind::duration(DAY), "\"20s\"", "a wait up to this long is good service"),
    Key::default("share", Kind::Share, "0.8", "the share of calls to be answered within that time"),
    Key::optional(
        "service-level",
        Kind::Choice(&ServiceLevel::CHOICES),
        "how the service level is counted; left out: answered within that time, of calls offered less short abandonments",
    ),
]);

static TEAM: Key = Key::optional(
    "TEAM",
    Kind::Table { keys: TEAM_KEYS, ways: &[&["rota"], &["cycle"], &["rota-file"]] },
    "agents who share a contract, skills and a rota",
);

const TEAM_KEYS: &[Key] = &[
    Key::optional(
        "agents",
        Kind::Whole { low: 0, high: 100_000, unit: "agents" },
        "how many agents; left out with a rota-file: as many as it names",
    ),
    Key::required(
        "answers",
        Kind::List { entry: &Kind::Text, length: None, noun: "queue names" },
        "the queues the team answers",
    ),
    SITE,
    Key::optional(
        "rota",
        Kind::List {
            entry: &Kind::List { entry: &Kind::Text, length: Some(7), noun: "shift names" },
            length: None,
            noun: "weeks, each of 7 shift names",
        },
        "one row a week of 7 shift names or \"off\"; agent k starts in row k",
    ),
    Key::optional(
        "cycle",
        CYCLE,
        "a rota of days that come round whatever the weekday, worked by groups one after another",
    ),
    Key::optional(
        "rota-file",
        Kind::File,
        "a CSV file of who works when: columns agent, date, and shift or start and end; team where it holds several",
    ),
    Key::optional(
        "stagger",
        STAGGER,
        "staggered starts: each agent's shifts, breaks and all, begin so much later than the agent's before",
    ),
    Key::optional(
        "away-at-most",
        Kind::Whole { low: 1, high: 100_000, unit: "agents" },
        "at most so many of the team are on breaks at once, the longest overdue first; left out: no limit",
    ),
    Key::optional(
        "contract",
        Kind::longer(7 * DAY),
        "paid hours a week in each agent's contract, with which the rota is compared",
    ),
    Key::optional(
        "contracts",
        Kind::Map { names: Names::Free, keys: &[], entry: &CONTRACT },
        "paid hours a week of agents whose contract is another than the team's",
    ),
    Key::default("absence", Kind::Share, "0.0", "the probability that a rostered agent-day is lost"),
    Key::optional("pay-per-hour", Kind::from_zero(1e6, MONEY), "pay of a paid hour"),
    Key::default(
        "late-finishes-paid",
        Kind::Flag,
        "false",
        "whether time worked on a call past the shift's end is paid",
    ),
    Key::optional(
        "priorities",
        Kind::Map { names: Names::Free, keys: &[], entry: &SKILL_PRIORITY },
        "priorities that this team's agents give to queues, in place of the queues' own",
    ),
    Key::optional(
        "proficiency",
        Kind::Map { names: Names::Free, keys: &[], entry: &PROFICIENCY },
        "how fast and how well the team's agents handle a queue's calls",
    ),
    Key::optional("policy", TEAM_POLICY, "a wrap policy for this team's agents"),
];

const CYCLE: Kind = Kind::table(&[
    Key::required(
        "days",
        Kind::List { entry: &Kind::Text, length: None, noun: "shift names" },
        "the shift of each day, or \"off\"; on the first measured day the first group is on the first",
    ),
    Key::optional(
        "groups",
        Kind::Whole { low: 1, high: 1000, unit: "groups" },
        "agents 1, 2, 3 are in groups 1, 2, 3, and so round; each group is as many days further on than the one \
         before; left out: a group for every day",
    ),
]);

const STAGGER: Kind = Kind::table(&[
    Key::required("by", Kind::longer(6 * HOUR), "how much later each begins than the one before"),
    Key::required(
        "starts",
        Kind::Whole { low: 2, high: 100, unit: "starts" },
        "how many different starts there are; the agent after the last begins at the first again",
    ),
]);

static CONTRACT: Key = Key::optional(
    "AGENT",
    Kind::longer(7 * DAY),
    "paid hours a week of the agent of this name in the rota-file, or of this number, counted from 1",
);

const WORKING_TIME: Kind = Kind::table(&[
    Key::optional(
        "weekly-hours",
        Kind::longer(7 * DAY),
        "at most so many paid hours in a week from Monday to Sunday",
    ),
    Key::optional(
        "daily-rest",
        Kind::longer(2 * DAY),
        "at least so long from the end of a shift to the agent's next",
    ),
    Key::optional(
        "days-in-a-row",
        Kind::Whole { low: 1, high: 100, unit: "days" },
        "at most so many days with a shift one after another",
    ),
]);

static SHIFT: Key = Key::optional(
    "SHIFT",
    Kind::table(&[
        Key::required(
            "hours",
            Kind::Hours(HoursKind::Shift),
            "start and end; an end before the start is next day",
        ),
        Key::default("breaks", pauses(BREAK), "[]", "breaks, paid unless unpaid = true"),
        Key::default("off-phone", pauses(OFF_PHONE), "[]", "briefings, training and the like: paid, no rest"),
        Key::default("paperwork", pauses(PAPERWORK), "[]", "time kept for put-off work"),
    ]),
    "paid hours of one day",
);

const fn pauses(entry: &'static Kind) -> Kind {
    Kind::List { entry, length: None, noun: "tables with start and length" }
}

const START: Key = Key::required("start", Kind::Clock, "when it is due");
const LENGTH: Key = Key::required("length", Kind::longer(12 * HOUR), "how long it lasts");
const BREAK: &Kind = &Kind::Table {
    keys: &[
        Key::optional("start", Kind::Clock, "when it is due"),
        Key::optional(
            "between",
            Kind::Hours(HoursKind::Shift),
            "the window it is taken in, whole: due when the window opens, late if it begins too late to end in it",
        ),
        LENGTH,
        Key::default("unpaid", Kind::Flag, "false", "whether it is unpaid"),
        Key::default(
            "when-quiet",
            Kind::Flag,
            "false",
            "within its window it begins only while the agent is free and colleagues are too, until it must",
        ),
        Key::optional(
            "idle-left",
            Kind::Whole { low: 0, high: 100_000, unit: "colleagues" },
            "how many colleagues who answer one of the agent's queues must be free besides; left out: 1",
        ),
    ],
    ways: &[&["start"], &["between"]],
};
const OFF_PHONE: &Kind =
    &Kind::table(&[START, LENGTH, Key::default("name", Kind::Text, "\"\"", "what is done in that time")]);
const PAPERWORK: &Kind = &Kind::table(&[START, LENGTH]);

static THRESHOLD: Key =
    Key::optional("MEASURE", Kind::above_zero(NO_UNIT, ""), "a smaller difference does not matter");
static EXPECTED: Key = Key::optional(
    "OPTION",
    Kind::Map {
        names: Names::Free,
        keys: &[],
        entry: &Key::optional("MEASURE", Kind::Interval, "the range the result is expected in"),
    },
    "expected ranges by measure",
);
static SOURCE: Key = Key::optional("PATH", Kind::Text, "where the number comes from");
static ASSUMPTION: Key = Key::optional("PATH", Kind::Text, "why this is assumed, and from what");

static RANGE: Key =
    Key::optional("PATH", Kind::Range, "the lowest and the highest value it may have, in its own unit");
static SWEEP: Key = Key::optional(
    "PATH",
    Kind::table(&[
        Key::required("between", Kind::Range, "the first and the last value, in its own unit; both are run"),
        Key::optional(
            "points",
            Kind::Whole { low: 2, high: 100, unit: "points" },
            "how many values are run; left out: whole numbers go by one, others take 11",
        ),
        Key::default(
            "options",
            Kind::List { entry: &Kind::Text, length: None, noun: "options" },
            "[]",
            "options run beside the base; left out: those that have the number where the base lacks it",
        ),
        Key::default(
            "measures",
            Kind::List { entry: &Kind::Text, length: None, noun: "measures" },
            "[]",
            "figures; left out: service_level, abandonment_rate and what matters",
        ),
    ]),
    "how it is swept",
);

const PATCH_KEYS: &[Key] = &[
    Key::optional("based-on", Kind::Text, "the option that this one changes further; left out: the base"),
    Key::default(
        "remove",
        Kind::List { entry: &Kind::Path, length: None, noun: "paths" },
        "[]",
        "paths of keys that are taken away",
    ),
];
static OPTION: Key = Key::optional("OPTION", Kind::Patch(PATCH_KEYS), "a named change to the base");
static VIEW: Key = Key::optional("VIEW", Kind::Patch(PATCH_KEYS), "a named set of assumptions");

/// Top-level keys that an option or a view may not change.
pub(super) const FIXED: &[&str] = &[
    "format",
    "name",
    "question",
    "baseline",
    "currency",
    "run",
    "horizon",
    "matters",
    "expect",
    "ranges",
    "sweeps",
    "sources",
    "assumptions",
    "options",
    "views",
];

/// Shortest reporting interval.
pub(super) const SHORTEST_INTERVAL: u64 = MINUTE;

#[cfg(test)]
mod tests {
    use super::super::declaration::{Need, reference};
    use super::*;

    #[test]
    fn every_key_has_a_sentence_and_stands_once() {
        let lines = reference(&SCENARIO);
        assert!(lines.len() > 150, "{}", lines.len());
        for (n, line) in lines.iter().enumerate() {
            assert!(!line.help.is_empty() && !line.help.ends_with('.'), "{}", line.path);
            assert!(lines[n + 1..].iter().all(|l| l.path != line.path), "{}", line.path);
        }
        let absence = lines.iter().find(|l| l.path == "teams.TEAM.absence").unwrap();
        assert_eq!((absence.range.as_str(), absence.need), ("0 to 1", Need::Default("0.0")));
    }
}
