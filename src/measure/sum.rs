//! Whole-number sums kept per replication: the numerators and denominators of every measure.

use serde::{Deserialize, Serialize};

macro_rules! sums {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// A sum over the measured window of one replication. Times are in microseconds, satisfaction in 2⁻³², money
        /// in millionths of the currency.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(usize)]
        pub enum Sum {
            $($(#[$doc])* $name),*
        }

        impl Sum {
            /// All of them, in order.
            pub const ALL: &'static [Sum] = &[$(Sum::$name),*];
            /// How many there are.
            pub const COUNT: usize = Sum::ALL.len();
        }
    };
}

sums! {
    /// Calls offered.
    Offered,
    /// Calls answered.
    Answered,
    /// Calls answered within their queue's target.
    Within,
    /// Calls abandoned.
    Abandoned,
    /// Calls abandoned within the short-abandon threshold.
    ShortAbandoned,
    /// Calls abandoned within their queue's target.
    AbandonedWithin,
    /// Callers turned away at closing.
    TurnedAway,
    /// Callers still waiting when the run ended.
    WaitingAtEnd,
    /// Wait of answered calls.
    AnsweredWait,
    /// Wait of all offered calls, abandoned ones until they left.
    OfferedWait,
    /// Calls that waited longer than the target.
    Beyond,
    /// Their wait.
    BeyondWait,
    /// Offered calls that were first calls.
    FirstCalls,
    /// Offered calls that were redials.
    Redials,
    /// Offered calls, redials apart, that were repeats.
    Repeats,
    /// Offered calls, redials apart, that were chases.
    Chases,
    /// Answered calls whose case had been answered before.
    AnsweredRepeats,
    /// Answered chases.
    AnsweredChases,
    /// Answered calls whose handling was completed.
    Handled,
    /// Talk of handled calls.
    Talk,
    /// Wrap their cases required.
    WrapRequired,
    /// Wrap done on line.
    WrapDone,
    /// Cut work absorbed.
    WrapAbsorbed,
    /// Cut work dropped.
    WrapDropped,
    /// Cut work put off.
    WrapDeferred,
    /// Wrap beyond the required that a minimum added.
    WrapPadding,
    /// Calls whose wrap was cut.
    Cut,
    /// Repeat calls that would not have been made had nothing been cut.
    RepeatsForCut,
    /// Satisfaction of answered calls.
    SatisfactionAnswered,
    /// Cases whose first call fell in the window.
    Cases,
    /// Of these, answered at least once.
    CasesAnswered,
    /// Of these, resolved by the first answered call.
    CasesFirst,
    /// Of these, with no further call within 7 days of the first answer.
    CasesQuiet,
    /// Cases resolved.
    CasesResolved,
    /// Cases still open when the run ended.
    CasesOpen,
    /// Attempts of the cases.
    CaseAttempts,
    /// Answered calls of the cases.
    CaseAnswers,
    /// Time waited by the cases.
    CaseWait,
    /// Time talked by the cases.
    CaseTalk,
    /// Satisfaction of the cases.
    Satisfaction,
    /// Days with calls.
    Days,
    /// Days on which the target was met.
    DaysMet,
    /// Intervals with at least 20 calls.
    Intervals,
    /// Of these, those in which the target was met.
    IntervalsMet,
    /// Agent-shifts rostered.
    ShiftsRostered,
    /// Agent-shifts worked.
    ShiftsWorked,
    /// Rostered hours less rostered unpaid breaks, absent people's included.
    RosteredPaid,
    /// Paid time: that, and paid overtime and late finishes.
    Paid,
    /// Time worked unpaid.
    Unpaid,
    /// Time from shift start to leaving, less breaks and off-phone activities.
    SignedOn,
    /// Talk and wrap.
    Busy,
    /// Idle, signed on.
    Available,
    /// On put-off work within the shift.
    BacklogTime,
    /// On breaks.
    BreakTime,
    /// Off the phone: briefings, training, paperwork time with no paperwork.
    OffPhone,
    /// After the shift's end, on calls answered after it or put-off work.
    Overtime,
    /// Agent-hours, by their length.
    AgentHours,
    /// Of these, with occupancy over 0.85.
    HoursHigh,
    /// Of these, with at least 5 minutes of rest in the hour.
    HoursRested,
    /// Breaks taken.
    Breaks,
    /// Breaks begun after their rostered time.
    BreaksLate,
    /// How late breaks began.
    BreakDelay,
    /// Rostered breaks that had not begun when the shift was over.
    BreaksMissed,
    /// Shifts whose agent left after their end.
    LateFinishes,
    /// How late.
    LateTime,
    /// Put-off work left at the end of shifts.
    BacklogLeft,
    /// Pieces of put-off work done.
    CaughtUp,
    /// Their age when done.
    CaughtUpAge,
    /// Longest stretches without rest, one a shift.
    Unbroken,
    /// Groups of at least two agents of the same team, shift and day.
    FairGroups,
    /// Their standard deviations of occupancy, in 2⁻³².
    FairSpread,
    /// Pay of all paid time.
    Cost,
    /// Callers who heard the busy tone.
    Blocked,
    /// Callers who rang off at once instead of waiting.
    Balked,
    /// Callers who rang off in the menu.
    LeftInMenu,
    /// Callers who were called back and reached.
    CalledBack,
    /// Time from their arrival until they were reached.
    CallbackTime,
    /// Callers whom no callback reached.
    CallbackFailed,
    /// Callers lost as the telephone went down.
    LostInOutage,
    /// Times that it went down.
    Outages,
    /// Of the cases, those whose first attempt reached an agent.
    CasesReachedFirst,
    /// Answered calls whose attempt before had not reached an agent.
    AnsweredRedials,
    /// Answered repeats that were made only because work was cut.
    AnsweredForCut,
    /// Calls answered of queues held to the standard of 999.
    EmergencyAnswered,
    /// Of these, within 10 s.
    EmergencyInTime,
    /// Of these, after more than 60 s.
    EmergencyLate,
    /// Calls answered of queues held to the standard of 101.
    NonEmergencyAnswered,
    /// Of these, within 30 s.
    NonEmergencyInTime,
    /// Calls offered to queues held to the standard of NHS 111.
    Nhs111Offered,
    /// Of these, answered.
    Nhs111Answered,
    /// Of these, within 60 s.
    Nhs111InTime,
    /// Of those offered, given up after more than 30 s.
    Nhs111GivenUp,
    /// Calls that arrived at queues held to the standard of HMRC.
    HmrcArrivals,
    /// Of these, answered.
    HmrcAnswered,
    /// Calls that came to a queue by a transfer.
    TransferLegs,
    /// Answered calls that were passed on.
    Transferred,
    /// Of these, because the agent could not resolve them.
    Escalated,
    /// Answered calls whose handling was completed and that were not passed on.
    Finished,
    /// Calls that count as well served, as each queue's service level counts.
    WellServed,
    /// Calls of which they are a share.
    ServiceBase,
    /// Callers who gave up in the queue to which they had been passed on.
    LegsAbandoned,
    /// Of a site: calls that its agents answered.
    AnsweredHere,
    /// Of these, within their queue's target.
    WithinHere,
    /// How long these had waited.
    WaitHere,
}

/// All sums of one replication in one place: the centre, a queue or a team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Stored", into = "Stored")]
pub struct Sums(Box<[u64; Sum::COUNT]>);

/// Sums as they are stored: which are not nought, one bit each, and their values, since most are nought at most centres.
type Stored = ([u64; 2], Vec<u64>);
const _: () = assert!(Sum::COUNT < 128);

impl From<Sums> for Stored {
    fn from(sums: Sums) -> Stored {
        let (mut which, mut values) = ([0; 2], Vec::new());
        for (at, value) in sums.0.iter().enumerate().filter(|(_, value)| **value > 0) {
            which[at / 64] |= 1 << (at % 64);
            values.push(*value);
        }
        (which, values)
    }
}

impl TryFrom<Stored> for Sums {
    type Error = &'static str;

    fn try_from((which, values): Stored) -> Result<Sums, &'static str> {
        let mut which = u128::from(which[1]) << 64 | u128::from(which[0]);
        if which >> Sum::COUNT != 0 || which.count_ones() as usize != values.len() {
            return Err("stored sums are of another number than the catalogue's");
        }
        let mut sums = Sums::default();
        for value in values {
            sums.0[which.trailing_zeros() as usize] = value;
            which &= which - 1;
        }
        Ok(sums)
    }
}

impl Default for Sums {
    fn default() -> Sums {
        Sums(Box::new([0; Sum::COUNT]))
    }
}

impl Sums {
    /// Sets all to zero.
    pub fn clear(&mut self) {
        self.0.fill(0);
    }

    /// Adds to one.
    #[inline]
    pub fn add(&mut self, sum: Sum, value: u64) {
        self.0[sum as usize] += value;
    }

    /// Reads one.
    #[inline]
    pub fn of(&self, sum: Sum) -> u64 {
        self.0[sum as usize]
    }

    /// Adds another place's sums.
    pub fn merge(&mut self, other: &Sums) {
        for (a, b) in self.0.iter_mut().zip(other.0.iter()) {
            *a += b;
        }
    }

    /// Replaces some by others.
    pub fn replace<const N: usize>(&mut self, sums: [Sum; N], values: [u64; N]) {
        for (sum, value) in sums.into_iter().zip(values) {
            self.0[sum as usize] = value;
        }
    }

    /// A signed combination, nought where it were less.
    pub fn whole(&self, terms: &[(Sum, i64)]) -> u64 {
        let sum: i64 = terms.iter().map(|(sum, sign)| self.of(*sum) as i64 * sign).sum();
        sum.max(0) as u64
    }

    /// A signed combination; exact as long as it stays below 2⁵³.
    pub fn combine(&self, terms: &[(Sum, i64)]) -> f64 {
        terms.iter().map(|(sum, sign)| self.of(*sum) as i64 * sign).sum::<i64>() as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stored_sums_come_back_and_what_is_none_is_refused() {
        let mut sums = Sums::default();
        for (at, sum) in Sum::ALL.iter().enumerate() {
            sums.add(*sum, (at as u64 % 3) * 1_000_003);
        }
        for sums in [sums, Sums::default()] {
            let stored = postcard::to_allocvec(&sums).unwrap();
            assert_eq!(postcard::from_bytes::<Sums>(&stored).unwrap(), sums);
        }
        for wrong in [([0u64, 1 << 63], vec![1u64]), ([3, 0], vec![1]), ([0, 0], vec![1])] {
            let stored = postcard::to_allocvec(&wrong).unwrap();
            assert!(postcard::from_bytes::<Sums>(&stored).is_err(), "{wrong:?}");
        }
    }
}
