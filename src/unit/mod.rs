//! Microseconds, clock times, dates and shares: parsed with their units and printed with them.
//!
//! Inside the simulation time is a whole number of microseconds ([`Micros`]); durations in probability laws
//! are seconds as `f64`, rounded once to microseconds when a variate is drawn.

mod clock;
mod date;
mod duration;

pub use clock::{ClockError, clock, parse_clock};
pub use date::{Date, Weekday, parse_date};
pub use duration::{DurationError, duration, parse_duration};

/// A moment or a length of time in whole microseconds.
pub type Micros = u64;

/// One second, in microseconds.
pub const SECOND: Micros = 1_000_000;
/// One minute, in microseconds.
pub const MINUTE: Micros = 60 * SECOND;
/// One hour, in microseconds.
pub const HOUR: Micros = 60 * MINUTE;
/// One day, in microseconds: every day has 86,400 s, clock changes are ignored.
pub const DAY: Micros = 24 * HOUR;

/// Seconds as microseconds, rounded half up; negative and absurd values are clamped to 0 and to `longest`.
#[inline]
pub fn micros(seconds: f64, longest: Micros) -> Micros {
    let rounded = seconds * 1e6 + 0.5;
    if rounded >= longest as f64 { longest } else { rounded as Micros }
}

/// A time as a number of microseconds, exact below 2⁵³. By way of a signed number: one instruction where an unsigned one
/// takes five.
#[inline(always)]
pub fn number(time: Micros) -> f64 {
    time as i64 as f64
}

/// A number of microseconds from 0 up to 2⁶³, rounded down. By way of a signed number, as for [`number`].
#[inline(always)]
pub fn whole(number: f64) -> Micros {
    debug_assert!((0.0..9e18).contains(&number));
    number as i64 as Micros
}

/// Microseconds as seconds.
#[inline]
pub fn seconds(time: Micros) -> f64 {
    time as f64 / 1e6
}
