//! Randomness by address: every draw is a pure function of (seed, replication, purpose, identity), never of the
//! order in which events happen.
//!
//! Coordinates are packed into disjoint bits, multiplied by an odd constant and mixed by a bijection, so that
//! distinct coordinates give distinct keys. A key's draws are the outputs of a SplitMix64 generator that starts
//! at the key (Steele, Lea & Flood 2014), read at the position the purpose names.

mod key;
mod purpose;
mod stream;

pub use key::{CaseId, Key, unit};
pub use purpose::Purpose;
pub use stream::Stream;
