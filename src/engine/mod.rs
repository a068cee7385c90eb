//! The simulation of one option, event by event: clocks, queues, agents, routing, wrap and breaks.
//!
//! State never ends at midnight: a day is a unit of drawing and of rosters only. Five clocks are compared at each
//! step: the agents' (each has at most one pending event, in a winner tree), the patience of those who wait (another),
//! the day's first calls and returning callers (sorted arrays), the roster's shift starts and ends (a sorted array),
//! and timers for redials and breaks (a binary heap). At one instant: ends of work, shift starts, answering; shift ends, closing, break starts;
//! arrivals, answering; timers; within a kind by identity.
//!
//! Where one line of callers meets one group of agents and nothing is put off, calls need no events: each is followed
//! to its end when it arrives, with the same results (`follow`). Where several lines meet several groups, ends of calls
//! that nobody waits for need no events, again with the same results (`standby`), and neither does put-off work that calls
//! interrupt (`spare`).
//!
//! The engine knows no thread, no wall clock and no measure: what happens is told to an [`Observer`].

mod again;
mod agent;
mod announcement;
mod answering;
mod arrival;
mod backlog;
mod balking;
mod breaks;
mod call;
mod callback;
mod case;
mod clock;
mod coming;
mod door;
mod follow;
mod groups;
mod idle;
mod lines;
mod menu;
mod observer;
mod outage;
mod plan;
mod ranked;
mod routing;
mod rules;
mod run;
mod shift;
mod site;
mod spare;
mod standby;
mod timers;
mod transfer;
mod waiting;
mod work;
mod wrap;

pub use call::{Call, CallKind};
pub use case::CaseSummary;
pub use observer::{Activity, Handling, Observer, ShiftSummary};
pub use plan::Plan;
pub use run::{DayInput, Engine};
pub use site::Lines;
