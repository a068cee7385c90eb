//! Where views disagree: the inputs on which a verdict turns, found by switching them from the one view's value to the
//! other's, one at a time and then together, and the value at which it turns, found by halving the way between both.
//!
//! Everything is run on the same drawn days. A verdict is a side of a level, told where the 95% interval of the
//! difference lies wholly on it. The work is bounded: what is not tried for that is counted.

mod agree;
mod found;
mod turn;

pub use agree::{Mixes, Pairs, Watch, agree, of_views};
pub use found::{Agreement, Asked, Contested, Decides, Rest, Side, Switched, Turn};
