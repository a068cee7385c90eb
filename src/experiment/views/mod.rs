//! Where views disagree: the inputs on which a verdict turns, found by switching them from the one view's value to the
//! other's, one at a time and then together, and the value at which it turns, found by halving the way between both.
//!
//! Everything is run on the same drawn days. A verdict is a side of a level, told where the 95% interval of the
//! difference lies wholly on it. Which verdicts differ the run itself has found; the work of seeing why is bounded, and what
//! is not tried for that is counted.

mod agree;
mod found;
mod turn;
mod verdicts;

pub use agree::{Mixes, Pairs, Watch, agree};
pub use found::{Agreement, Asked, Contested, Decides, Rest, Side, Switched, Turn, Unsettled};
