//! Where views disagree, as it is stored among what was tried, and as it is told: which inputs a verdict turns on, and at
//! what value.

mod made;
mod record;
mod words;

pub use made::agreement_record;
pub use record::{Agreed, AgreedInput, Alone, Crossed, Disputed, Left, Way};
pub use words::{brief, dispute, measured, summary, switch};
