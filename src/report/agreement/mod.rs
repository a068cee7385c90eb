//! Where views disagree, as it is stored among what was tried, and as it is told: which inputs a verdict turns on, and at
//! what value.

mod charted;
mod made;
mod record;
mod words;

pub use charted::{Charted, charted};
pub use made::agreement_record;
pub use record::{Agreed, AgreedInput, Alone, Crossed, Disputed, Left, Way};
pub use words::{brief, dispute, figure, finding, meaning, measured, summary, switch, titled, unsettled};
