//! What a draw is for. Numbers are explicit and append-only: a new purpose moves no existing draw.

/// What a draw is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Purpose {
    /// The cloud of first calls, a stream per cell.
    FirstCalls = 1,
    /// The identity of a case.
    Case = 2,
    /// A queue's busyness of the day.
    DayFactor = 3,
    /// A queue's busyness of an interval.
    IntervalFactor = 4,
    /// Whether an agent is absent on a date.
    Absence = 5,
    /// Patience, by attempt.
    Patience = 8,
    /// Whether an abandoned caller tries again, by attempt.
    Redial = 9,
    /// How long until they do, by attempt.
    RedialDelay = 10,
    /// Whether a redial after closing is made on the next open day, by attempt.
    AfterClosing = 11,
    /// At what time of that day, by attempt.
    RedialMoment = 12,
    /// Talk needed, by times answered so far.
    Talk = 16,
    /// Wrap required, by times answered so far.
    Wrap = 17,
    /// What becomes of cut work, by times answered so far.
    Fate = 18,
    /// Whether the case is resolved, by times answered so far.
    Resolution = 19,
    /// Whether an unresolved case calls again, by times answered so far.
    Repeat = 20,
    /// How long until it does, by times answered so far.
    RepeatDelay = 21,
    /// At what time of a later day, by times answered so far.
    RepeatMoment = 22,
    /// Open time until the next chase, by chase.
    ChaseGap = 32,
    /// Patience of a chase, by chase and attempt.
    ChasePatience = 33,
    /// Talk of a chase, by chase.
    ChaseTalk = 34,
    /// Wrap of a chase, by chase.
    ChaseWrap = 35,
    /// What becomes of a chase's cut work, by chase.
    ChaseFate = 36,
    /// Whether an abandoned chase tries again, by chase and attempt.
    ChaseRedial = 37,
    /// How long until it does, by chase and attempt.
    ChaseRedialDelay = 38,
    /// Whether a chase's redial after closing is made on the next open day, by chase and attempt.
    ChaseAfterClosing = 39,
    /// At what time of that day, by chase and attempt.
    ChaseRedialMoment = 40,
    /// Whether a caller whom nobody can answer at once rings off, by attempt of any kind.
    Balking = 64,
    /// How long a caller's way through the menu takes, by attempt of any kind.
    MenuTime = 65,
    /// Whether a caller leaves in the menu, by attempt of any kind.
    MenuLeaving = 66,
    /// At what part of it, by attempt of any kind.
    MenuMoment = 67,
    /// At which announcement a caller leaves, by attempt of any kind.
    Announcement = 68,
    /// Whether a caller accepts a callback, by attempt of any kind.
    CallbackAccepted = 69,
    /// Whether a callback reaches the caller, by attempt of any kind and try.
    CallbackReached = 70,
    /// Whether a call is passed on, whatever the agent can do, by times answered so far.
    Transfer = 71,
    /// Whether a call that the agent cannot resolve is passed on, by times answered so far.
    Escalation = 72,
    /// How long it takes to hand a call over, by times answered so far.
    Handover = 73,
    /// The site that a case's callers are sent to, where a queue's sites are separate.
    Site = 96,
}
