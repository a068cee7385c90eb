//! What callers meet in one interval of the week: every sum of theirs that is not among its slot's.

use crate::measure::{Sum, Sums};
use serde::{Deserialize, Serialize, Serializer};

/// What is kept of callers by interval beside their [`Slot`](super::Slot).
const KEPT: [Sum; 60] = [
    Sum::TurnedAway,
    Sum::WaitingAtEnd,
    Sum::AnsweredWait,
    Sum::Beyond,
    Sum::BeyondWait,
    Sum::Redials,
    Sum::Repeats,
    Sum::Chases,
    Sum::AnsweredRepeats,
    Sum::AnsweredChases,
    Sum::AnsweredRedials,
    Sum::AnsweredForCut,
    Sum::Handled,
    Sum::Finished,
    Sum::Talk,
    Sum::WrapRequired,
    Sum::WrapDone,
    Sum::WrapAbsorbed,
    Sum::WrapDropped,
    Sum::WrapDeferred,
    Sum::WrapPadding,
    Sum::Cut,
    Sum::RepeatsForCut,
    Sum::SatisfactionAnswered,
    Sum::Cases,
    Sum::CasesAnswered,
    Sum::CasesReachedFirst,
    Sum::CasesFirst,
    Sum::CasesQuiet,
    Sum::CasesResolved,
    Sum::CasesOpen,
    Sum::CaseAttempts,
    Sum::CaseAnswers,
    Sum::CaseWait,
    Sum::CaseTalk,
    Sum::Satisfaction,
    Sum::Blocked,
    Sum::LeftInMenu,
    Sum::Balked,
    Sum::CalledBack,
    Sum::CallbackTime,
    Sum::CallbackFailed,
    Sum::LostInOutage,
    Sum::EmergencyAnswered,
    Sum::EmergencyInTime,
    Sum::EmergencyLate,
    Sum::NonEmergencyAnswered,
    Sum::NonEmergencyInTime,
    Sum::Nhs111Offered,
    Sum::Nhs111Answered,
    Sum::Nhs111InTime,
    Sum::Nhs111GivenUp,
    Sum::HmrcArrivals,
    Sum::HmrcAnswered,
    Sum::TransferLegs,
    Sum::Transferred,
    Sum::Escalated,
    Sum::LegsAbandoned,
    // Of a queue or site as a whole, when it is told of.
    Sum::Intervals,
    Sum::IntervalsMet,
];

/// In place of a sum that is not kept.
const NOWHERE: u8 = u8::MAX;

/// Where each sum is kept.
const PLACE: [u8; Sum::COUNT] = {
    let mut place = [NOWHERE; Sum::COUNT];
    let mut at = 0;
    while at < KEPT.len() {
        place[KEPT[at] as usize] = at as u8;
        at += 1;
    }
    place
};

/// Sums of the calls that came in one interval of the week, and of the cases whose first call did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntervalSums([u64; KEPT.len()]);

impl Default for IntervalSums {
    fn default() -> IntervalSums {
        IntervalSums([0; KEPT.len()])
    }
}

impl IntervalSums {
    /// Whether a sum is kept by interval.
    pub fn keeps(sum: Sum) -> bool {
        PLACE[sum as usize] != NOWHERE
    }

    /// Adds to a sum that is kept.
    #[inline(always)]
    pub(super) fn add(&mut self, sum: Sum, value: u64) {
        self.0[usize::from(PLACE[sum as usize])] += value;
    }

    /// Reads a sum that is kept.
    #[inline(always)]
    pub fn of(&self, sum: Sum) -> u64 {
        self.0[usize::from(PLACE[sum as usize])]
    }

    /// Adds another interval's.
    pub fn merge(&mut self, other: &IntervalSums) {
        self.0.iter_mut().zip(&other.0).for_each(|(all, more)| *all += more);
    }

    /// Adds all of them to the sums of a longer time.
    pub fn add_to(&self, sums: &mut Sums) {
        KEPT.iter().zip(&self.0).for_each(|(sum, value)| sums.add(*sum, *value));
    }
}

/// Stored as which sums are not nought, one bit each, and their values: most are nought at most centres.
impl Serialize for IntervalSums {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let used = |at: &usize| self.0[*at] > 0;
        let which: u64 = (0..KEPT.len()).filter(used).map(|at| 1 << at).sum();
        let values: Vec<u64> = self.0.iter().copied().filter(|value| *value > 0).collect();
        (which, values).serialize(serializer)
    }
}

/// The sums of an interval as they are stored: read, they are added without being laid out.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "(u64, Vec<u64>)")]
pub struct StoredIntervalSums {
    which: u64,
    values: Vec<u64>,
}

impl TryFrom<(u64, Vec<u64>)> for StoredIntervalSums {
    type Error = &'static str;

    fn try_from((which, values): (u64, Vec<u64>)) -> Result<StoredIntervalSums, &'static str> {
        if which >> KEPT.len() != 0 || which.count_ones() as usize != values.len() {
            return Err("stored sums of an interval are not those that are kept");
        }
        Ok(StoredIntervalSums { which, values })
    }
}

impl StoredIntervalSums {
    /// Adds them to an interval's.
    pub fn add_to(&self, sums: &mut IntervalSums) {
        let mut which = self.which;
        for value in &self.values {
            sums.0[which.trailing_zeros() as usize] += value;
            which &= which - 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_and_adds_up() {
        let mut sums = IntervalSums::default();
        for (at, sum) in KEPT.iter().enumerate() {
            assert_eq!((PLACE[*sum as usize], sums.of(*sum)), (at as u8, 0), "{sum:?} is kept once");
            sums.add(*sum, at as u64 * 1_000_003);
        }
        assert!(!IntervalSums::keeps(Sum::Offered) && IntervalSums::keeps(Sum::Cases));
        for sums in [sums, IntervalSums::default()] {
            let stored = postcard::to_allocvec(&sums).unwrap();
            let mut read = IntervalSums::default();
            postcard::from_bytes::<StoredIntervalSums>(&stored).unwrap().add_to(&mut read);
            assert_eq!(read, sums);
        }
        let mut twice = sums;
        twice.merge(&sums);
        let mut longer = Sums::default();
        twice.add_to(&mut longer);
        assert!(KEPT.iter().enumerate().all(|(at, sum)| longer.of(*sum) == 2 * at as u64 * 1_000_003));
    }

    #[test]
    fn stored_sums_that_are_none_are_refused() {
        for wrong in [(1u64 << 63, vec![1u64]), (3, vec![1]), (0, vec![1])] {
            let stored = postcard::to_allocvec(&wrong).unwrap();
            assert!(postcard::from_bytes::<StoredIntervalSums>(&stored).is_err(), "{wrong:?}");
        }
    }
}
