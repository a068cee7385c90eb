//! British standards of answering: what is measured of 999, 101, NHS 111 and HMRC's helplines.

use crate::unit::{Micros, SECOND};

/// A standard that a queue is held to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standard {
    /// Police 999: 90% answered within 10 s; told in three bands, up to 10 s, up to 60 s, later.
    Emergency,
    /// Police 101: 90% in 30 s once; none is in force nationwide.
    NonEmergency,
    /// NHS 111: 95% of those answered within 60 s; fewer than 5% of those offered give up after more than 30 s.
    Nhs111,
    /// HMRC: 85% of attempts to reach an adviser.
    Hmrc,
}

impl Standard {
    /// The standard of a name in the file.
    pub(super) fn named(name: &str) -> Option<Standard> {
        Some(match name {
            "999" => Standard::Emergency,
            "101" => Standard::NonEmergency,
            "111" => Standard::Nhs111,
            "HMRC" => Standard::Hmrc,
            _ => return None,
        })
    }

    /// Waits up to this one are in time.
    pub fn in_time(self) -> Micros {
        match self {
            Standard::Emergency => 10 * SECOND,
            Standard::NonEmergency => 30 * SECOND,
            Standard::Nhs111 | Standard::Hmrc => 60 * SECOND,
        }
    }

    /// Waits beyond this one are very late.
    pub const LATE: Micros = 60 * SECOND;
    /// Who gives up within this wait does not count.
    pub const SOON: Micros = 30 * SECOND;
}
