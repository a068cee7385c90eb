//! Experiments: replications of every option in parallel, their figures with intervals, comparisons under common
//! random numbers, and the engine held to exact theory. The only room that names rayon.

mod alike;
mod at_once;
mod besides;
mod block;
mod callers;
mod compare;
mod conclude;
mod control;
mod example;
mod figures;
mod gauge;
mod join;
mod outcome;
mod part;
mod precision;
mod run;
mod size;
mod sparse;
mod stored;
mod stretch;
mod sweep;
mod tie;
mod timed_waits;
mod units;
mod verify;
mod views;
mod waits;
mod weekday_differences;
mod weekdays;

pub use at_once::{both, each};
pub use besides::{MOST_TRIED, allowed, replications_of};
pub use callers::{IntervalOfCallers, WeekOfCallers, by_interval, happens, places_of_callers};
pub use compare::{Comparison, Verdict, compare};
pub use conclude::{Conclusion, Pair, conclude};
pub use control::{controls, expected_first_calls};
pub use example::{ExampleCall, ExampleDay, ExampleDuty, Fate, Spell, SpellKind, example_day};
pub use figures::{Figure, Place, figures};
pub use gauge::Gauge;
pub use join::{Misfit, order};
pub use outcome::{OptionOutcome, Outcome, SERVICE_BINS, class_percentile};
pub use part::{Files, PART_SCHEMA, Part, PartError, PartHead, Shard, part_bytes, part_head, part_line};
pub use precision::{Attained, Wanted, attained, farthest};
pub use run::{Interrupted, Request, Simulator, run};
pub use size::{Size, size};
pub use stretch::{StoredStretch, Stretch, StretchError};
pub use sweep::{Gauged, Known, calls, rounds, sweep, together};
pub use tie::tie;
pub use verify::{
    Days, Depth, FARTHEST, FARTHEST_AGAIN, Pooled, Verification, VerifiedFigure, VerifiedRow, VerifyError,
    days, scenario_text, verify,
};
pub use views::{
    Agreement, Asked, Contested, Decides, Mixes, Pairs, Rest, Side, Switched, Turn, Unsettled, Watch, agree,
};
pub use weekday_differences::{WeekdayComparison, weekday_comparisons};
pub use weekdays::{ALWAYS_BY_WEEKDAY, Weekdays, weekday_figures, weekday_places};
