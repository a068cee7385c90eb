//! Whole-number sums kept per replication: the numerators and denominators of every measure.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt::Formatter;

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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sums(Box<[u64; Sum::COUNT]>);

/// Bytes that tell, bit by bit, which sums are not nought: most are nought at most centres.
const WHICH: usize = Sum::COUNT.div_ceil(8);
/// The bits of a sum of so many bytes.
const BITS: [u64; 9] = {
    let mut bits = [u64::MAX; 9];
    let mut length = 0;
    while length < 8 {
        bits[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    bits
};
const _: () = assert!(Sum::COUNT < 128);

/// Stored as which sums are not nought; of these, how many bytes each takes, half a byte each; and their bytes, the lowest
/// first. All are one text of bytes, since a run has millions of them to be read.
impl Serialize for Sums {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let length = |sum: u64| 8 - sum.leading_zeros() as usize / 8;
        let (mut which, mut lengths, mut values) = (0u128, Vec::new(), Vec::new());
        for (at, sum) in self.0.iter().enumerate().filter(|(_, sum)| **sum > 0) {
            which |= 1 << at;
            lengths.push(length(*sum) as u8);
            values.extend(&sum.to_le_bytes()[..length(*sum)]);
        }
        let halves = lengths.chunks(2).map(|two| two[0] | two.get(1).map_or(0, |high| high << 4));
        let which = which.to_le_bytes().into_iter().take(WHICH);
        let stored: Vec<u8> = which.chain(halves).chain(values).collect();
        serializer.serialize_bytes(&stored)
    }
}

impl<'de> Deserialize<'de> for Sums {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Sums, D::Error> {
        struct Stored;
        impl Visitor<'_> for Stored {
            type Value = Sums;

            fn expecting(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
                f.write_str("sums")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Sums, E> {
                let sums = Sums::read(bytes);
                sums.ok_or_else(|| E::custom("stored sums are of another number than the catalogue's"))
            }
        }
        deserializer.deserialize_bytes(Stored)
    }
}

impl Sums {
    /// Reads what was stored; none where it is no sums.
    fn read(stored: &[u8]) -> Option<Sums> {
        let (own, rest) = stored.split_first_chunk::<WHICH>()?;
        let mut which = [0; 16];
        which[..WHICH].copy_from_slice(own);
        let mut which = u128::from_le_bytes(which);
        let (lengths, mut values) = rest.split_at_checked((which.count_ones() as usize).div_ceil(2))?;
        let mut sums = Sums::default();
        for number in 0..which.count_ones() as usize {
            let length = usize::from(lengths[number / 2] >> (number % 2 * 4) & 0xf);
            let (own, rest) = values.split_at_checked(length)?;
            let sum = values.first_chunk().map_or_else(|| last(own), |eight| u64::from_le_bytes(*eight));
            *sums.0.get_mut(which.trailing_zeros() as usize)? = sum & BITS.get(length)?;
            which &= which - 1;
            values = rest;
        }
        values.is_empty().then_some(sums)
    }
}

/// A sum of which no eight bytes are left.
fn last(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
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
            sums.add(*sum, (at as u64 % 3) << (at % 63));
        }
        for sums in [sums, Sums::default()] {
            let stored = postcard::to_allocvec(&sums).unwrap();
            assert_eq!(postcard::from_bytes::<Sums>(&stored).unwrap(), sums);
        }
        let some = |at: usize, rest: &[u8]| {
            let mut which = vec![0u8; WHICH];
            which[at / 8] = 1 << (at % 8);
            [&which, rest].concat()
        };
        assert_eq!(Sums::read(&some(Sum::Answered as usize, &[2, 5, 1])).unwrap().of(Sum::Answered), 261);
        // Too short, more bytes than a sum has, fewer or more than it says.
        let more = [1; 12];
        for wrong in [
            vec![0; WHICH - 1],
            some(1, &[[9].as_slice(), &more[..9]].concat()),
            some(1, &[2, 1]),
            some(1, &[1, 1, 1]),
            some(1, &[]),
        ] {
            assert_eq!(Sums::read(&wrong), None, "{wrong:?}");
        }
    }
}
