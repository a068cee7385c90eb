//! An agent's shift so far: hour by hour, and from rest to rest.

use crate::engine::Activity;
use crate::unit::{HOUR, Micros, SECOND};

/// Idle spells from this length on are rest.
const REST_SPELL: Micros = 10 * SECOND;
/// Rest asked for in an hour: a twelfth of it.
const REST_PART: u64 = 12;

/// No moment at which calls were taken.
pub(super) const NOT_TAKING_CALLS: Micros = Micros::MAX;

/// An agent's shift so far. What every call touches fills one line of the cache, the rest lies behind it.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub(super) struct AtWork {
    /// End of the hour of the shift that runs.
    pub(super) hour_end: Micros,
    /// Of the running hour.
    pub(super) busy: Micros,
    pub(super) idle: Micros,
    pub(super) rest: Micros,
    /// End of the last rest, and the longest stretch without.
    pub(super) rested: Micros,
    pub(super) unbroken: Micros,
    /// Since when the agent has done nothing but take calls and wait for them; `NOT_TAKING_CALLS` for another, or one of
    /// whom nothing was told since.
    pub(super) takes_calls_since: Micros,
    /// In tests, on calls, and on calls or idle, within the window, over all shifts, up to the latest spell that is over: the
    /// cells must add up to the same.
    #[cfg(debug_assertions)]
    pub(super) window_busy: Micros,
    #[cfg(debug_assertions)]
    pub(super) window_taking_calls: Micros,
    /// Start of the hour of the shift that runs.
    pub(super) hour_start: Micros,
    /// Of the shift's closed hours.
    pub(super) shift_busy: Micros,
    pub(super) shift_idle: Micros,
    /// Hours closed, and those of high occupancy and with rest, by length.
    pub(super) hours_high: Micros,
    pub(super) hours: Micros,
    pub(super) hours_rested: Micros,
    /// Whether the shift is measured.
    pub(super) measured: bool,
    /// Whether stretches outside what is plain are of interest: the shift is measured, or teams are told apart.
    pub(super) seen: bool,
}

impl AtWork {
    /// Before the first shift.
    pub(super) const NONE: AtWork = AtWork {
        hour_end: 0,
        busy: 0,
        idle: 0,
        rest: 0,
        rested: 0,
        unbroken: 0,
        takes_calls_since: NOT_TAKING_CALLS,
        #[cfg(debug_assertions)]
        window_busy: 0,
        #[cfg(debug_assertions)]
        window_taking_calls: 0,
        hour_start: 0,
        shift_busy: 0,
        shift_idle: 0,
        hours_high: 0,
        hours: 0,
        hours_rested: 0,
        measured: false,
        seen: false,
    };

    /// Adds a call; so much of it lies in the window.
    #[inline(always)]
    pub(super) fn call(&mut self, from: Micros, to: Micros, _in_window: Micros) {
        // The earliest of a spell: later ones follow each other without a gap.
        self.takes_calls_since = self.takes_calls_since.min(from);
        #[cfg(debug_assertions)]
        {
            self.window_busy += _in_window;
        }
        if to <= self.hour_end {
            self.busy += to - from;
        } else {
            self.add_over_hours(Activity::Call, false, from, to);
        }
    }

    /// Adds an idle spell.
    #[inline(always)]
    pub(super) fn idle(&mut self, from: Micros, to: Micros) {
        self.takes_calls_since = self.takes_calls_since.min(from);
        let rest = to - from >= REST_SPELL;
        self.note_rest(rest, from, to);
        if to <= self.hour_end {
            self.idle += to - from;
            self.rest += if rest { to - from } else { 0 };
        } else {
            self.add_over_hours(Activity::Idle, rest, from, to);
        }
    }

    #[inline(always)]
    fn add(&mut self, activity: Activity, rest: bool, length: Micros) {
        match activity {
            Activity::Call => self.busy += length,
            Activity::Idle => self.idle += length,
            _ => {}
        }
        if rest {
            self.rest += length;
        }
    }

    /// Notes a stretch that may be rest, without a branch: it cannot be foreseen.
    #[inline(always)]
    pub(super) fn note_rest(&mut self, rest: bool, from: Micros, to: Micros) {
        let worked = if rest { from.saturating_sub(self.rested) } else { 0 };
        self.unbroken = self.unbroken.max(worked);
        self.rested = if rest { to } else { self.rested };
    }

    /// Adds a stretch that may reach beyond the running hour.
    #[inline(never)]
    pub(super) fn add_over_hours(&mut self, activity: Activity, rest: bool, mut from: Micros, to: Micros) {
        while to > self.hour_end {
            // Hours of a shift that is not measured may have gone by unseen.
            self.add(activity, rest, self.hour_end.saturating_sub(from));
            from = from.max(self.hour_end);
            self.close_hour(self.hour_end);
        }
        self.add(activity, rest, to - from);
    }

    /// Judges the running hour, which ends now, and begins the next.
    pub(super) fn close_hour(&mut self, now: Micros) {
        let length = now - self.hour_start;
        self.hours += length;
        // Over 0.85: more than 17 twentieths.
        if 20 * self.busy > 17 * (self.busy + self.idle) {
            self.hours_high += length;
        }
        if REST_PART * self.rest >= length {
            self.hours_rested += length;
        }
        self.shift_busy += self.busy;
        self.shift_idle += self.idle;
        (self.busy, self.idle, self.rest) = (0, 0, 0);
        self.hour_start = now;
        self.hour_end = now + HOUR;
    }
}
