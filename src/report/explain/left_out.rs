//! What the model leaves out, whatever the scenario.

/// What no scenario of this version holds: a sentence each.
pub const LEFT_OUT: &[&str] = &[
    "Clock changes: every day has 24 hours of local time.",
    "Limited telephone lines: nobody hears an engaged tone, and nobody is lost in a menu.",
    "Announcements: no caller hears how long the wait will be, and none is offered a callback.",
    "Transfers from one queue to another.",
    "Differences between agents: within a team nobody is quicker, slower or better informed than another.",
    "Effects of load on people: handling does not slow or quicken under pressure unless the wrap or talk policy says \
     so, and strain raises neither sickness nor leaving.",
    "Absence that lasts: each rostered day is lost by itself, with the team's probability.",
    "Other costs than pay.",
];
