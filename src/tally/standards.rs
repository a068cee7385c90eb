//! What British standards ask of a queue's calls.

use super::interval::IntervalSums;
use crate::measure::Sum;
use crate::scenario::Standard;
use crate::unit::Micros;

/// Measured calls of a queue that is held to a standard.
#[derive(Debug, Clone, Copy)]
pub(super) struct ByStandard {
    pub(super) standard: Standard,
    in_time: u64,
    late: u64,
    given_up: u64,
}

impl ByStandard {
    pub(super) fn new(standard: Standard) -> ByStandard {
        ByStandard { standard, in_time: 0, late: 0, given_up: 0 }
    }

    /// A call is answered after a wait.
    #[cold]
    #[inline(never)]
    pub(super) fn answered(&mut self, wait: Micros) {
        self.in_time += u64::from(wait <= self.standard.in_time());
        self.late += u64::from(wait > Standard::LATE);
    }

    /// A caller gives up after a wait.
    pub(super) fn given_up(&mut self, wait: Micros) {
        self.given_up += u64::from(wait > Standard::SOON);
    }

    /// Adds what was counted to the sums of an interval, with the calls offered and answered in it.
    pub(super) fn sum_up(&self, sums: &mut IntervalSums, offered: u64, answered: u64) {
        match self.standard {
            Standard::Emergency => {
                sums.add(Sum::EmergencyAnswered, answered);
                sums.add(Sum::EmergencyInTime, self.in_time);
                sums.add(Sum::EmergencyLate, self.late);
            }
            Standard::NonEmergency => {
                sums.add(Sum::NonEmergencyAnswered, answered);
                sums.add(Sum::NonEmergencyInTime, self.in_time);
            }
            Standard::Nhs111 => {
                sums.add(Sum::Nhs111Offered, offered);
                sums.add(Sum::Nhs111Answered, answered);
                sums.add(Sum::Nhs111InTime, self.in_time);
                sums.add(Sum::Nhs111GivenUp, self.given_up);
            }
            Standard::Hmrc => {
                let kept_out = sums.of(Sum::Blocked) + sums.of(Sum::LeftInMenu);
                sums.add(Sum::HmrcArrivals, offered + kept_out);
                sums.add(Sum::HmrcAnswered, answered);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::SECOND;

    #[test]
    fn bands_of_999_and_limits_of_111_include_their_upper_ends() {
        let mut by = ByStandard::new(Standard::Emergency);
        for wait in [0, 10 * SECOND, 10 * SECOND + 1, 60 * SECOND, 60 * SECOND + 1] {
            by.answered(wait);
        }
        assert_eq!((by.in_time, by.late), (2, 1));
        let mut by = ByStandard::new(Standard::Nhs111);
        for wait in [30 * SECOND, 30 * SECOND + 1] {
            by.given_up(wait);
        }
        by.answered(60 * SECOND);
        let mut sums = IntervalSums::default();
        by.sum_up(&mut sums, 3, 1);
        let told = [Sum::Nhs111Offered, Sum::Nhs111Answered, Sum::Nhs111InTime, Sum::Nhs111GivenUp];
        assert_eq!(told.map(|sum| sums.of(sum)), [3, 1, 1, 1]);
        assert_eq!(sums.of(Sum::EmergencyAnswered), 0);
    }
}
