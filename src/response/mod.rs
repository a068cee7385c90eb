//! Pure rules of how work and callers respond: how much wrap is done, what becomes of the rest, whether the case
//! is resolved, whether the caller is satisfied. No clock, no state.

mod satisfaction;
mod work;

pub use satisfaction::Satisfied;
pub use work::{Fate, at_speed, fate, loss, talk_done, wrap_done};
