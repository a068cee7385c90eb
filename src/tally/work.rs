//! What answered calls take, by cell of arrival.

use super::interval::IntervalSums;
use crate::engine::Handling;
use crate::measure::Sum;
use crate::unit::Micros;

/// What else one cell's calls come to: one line of the cache beside their slot.
#[derive(Debug, Clone, Copy, Default)]
#[repr(C, align(64))]
pub(super) struct Work {
    /// Answered calls whose handling was completed, with their talk, the wrap they required, and the wrap done on line,
    /// padding included.
    handled: u64,
    talk: u64,
    required: u64,
    wrap: u64,
    /// Of those that were their cases' only calls, which are most: how many were resolved, and their satisfaction. One number
    /// here stands for several sums.
    resolved: u64,
    satisfied: u64,
    /// Calls that waited longer than the target, and their wait.
    beyond: u64,
    beyond_wait: u64,
}

impl Work {
    pub(super) fn merge(&mut self, other: &Work) {
        self.handled += other.handled;
        self.talk += other.talk;
        self.required += other.required;
        self.wrap += other.wrap;
        self.resolved += other.resolved;
        self.satisfied += other.satisfied;
        self.beyond += other.beyond;
        self.beyond_wait += other.beyond_wait;
    }

    /// Notes the time that an answered call took.
    #[inline(always)]
    pub(super) fn note(&mut self, h: &Handling) {
        self.handled += 1;
        self.talk += h.talk_end - h.answered;
        self.required += h.required;
        self.wrap += h.done + h.padding;
    }

    /// Notes that the call was its case's only one.
    #[inline(always)]
    pub(super) fn note_once(&mut self, resolved: bool, satisfied: u64) {
        self.resolved += u64::from(resolved);
        self.satisfied += satisfied;
    }

    /// Notes a wait, without a branch: whether it is over the target cannot be foreseen.
    #[inline(always)]
    pub(super) fn note_wait(&mut self, late: bool, wait: Micros) {
        self.beyond += u64::from(late);
        self.beyond_wait += if late { wait } else { 0 };
    }

    /// Adds a cell's work, and the wait of its answered calls, to its sums, which hold of talk, waits and calls handled only
    /// those of calls that were not their cases' only ones.
    pub(super) fn add_to(&self, sums: &mut IntervalSums, answered_wait: Micros) {
        let all = [(self.handled, Sum::Handled), (self.talk, Sum::Talk), (answered_wait, Sum::AnsweredWait)];
        // Those of the others.
        let [calls, talk, wait] = all.map(|(all, sum)| {
            let others = all - sums.of(sum);
            sums.add(sum, others);
            others
        });
        for sum in [
            Sum::Finished,
            Sum::Cases,
            Sum::CasesAnswered,
            Sum::CasesReachedFirst,
            Sum::CasesQuiet,
            Sum::CaseAttempts,
            Sum::CaseAnswers,
        ] {
            sums.add(sum, calls);
        }
        for sum in [Sum::CasesFirst, Sum::CasesResolved] {
            sums.add(sum, self.resolved);
        }
        for sum in [Sum::Satisfaction, Sum::SatisfactionAnswered] {
            sums.add(sum, self.satisfied);
        }
        sums.add(Sum::CaseTalk, talk);
        sums.add(Sum::CaseWait, wait);
        sums.add(Sum::Beyond, self.beyond);
        sums.add(Sum::BeyondWait, self.beyond_wait);
        sums.add(Sum::WrapRequired, self.required);
        sums.add(Sum::WrapDone, self.wrap - sums.of(Sum::WrapPadding));
    }
}
