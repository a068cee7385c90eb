//! What callers meet: by queue, and by cell of arrival.

use crate::engine::{Call, CallKind, CaseSummary, Handling, Plan};
use crate::measure::{Sum, Sums};
use crate::response::Satisfied;
use crate::statistics::Histogram;
use crate::unit::Micros;

/// Calls that arrived in one cell of one day, by queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Slot {
    /// Calls offered.
    pub offered: u64,
    /// Answered.
    pub answered: u64,
    /// Answered within the target.
    pub within: u64,
    /// Abandoned.
    pub abandoned: u64,
    /// Abandoned within the short-abandon threshold.
    pub short: u64,
    /// Abandoned within the target.
    pub abandoned_within: u64,
    /// Wait of answered calls.
    pub answered_wait: u64,
    /// Wait of those not answered.
    pub lost_wait: u64,
}

impl Slot {
    /// Adds another slot.
    pub fn merge(&mut self, other: &Slot) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.within += other.within;
        self.abandoned += other.abandoned;
        self.short += other.short;
        self.abandoned_within += other.abandoned_within;
        self.answered_wait += other.answered_wait;
        self.lost_wait += other.lost_wait;
    }
}

/// Fewest calls for an interval to count in `target_met_intervals`.
const ENOUGH: u64 = 20;

/// Targets of a queue.
#[derive(Debug, Clone, Copy)]
struct Target {
    within: Micros,
    share: f64,
    short: Micros,
}

#[derive(Debug)]
pub(super) struct Callers {
    targets: Vec<Target>,
    satisfied: Satisfied,
    cells_a_day: usize,
    /// First measured cell and number of measured cells, counted from the start of the run.
    first_cell: u32,
    cells: u32,
    first_day: u32,
    days: u32,
    /// By queue, measured cell, and one more for what is not measured.
    all_slots: Vec<Slot>,
    pub(super) sums: Vec<Sums>,
    /// Sums of calls outside the window, kept apart so that the loop has no branch.
    beside: Sums,
    pub(super) answered: Vec<Histogram>,
    pub(super) abandoned: Vec<Histogram>,
    pub(super) longest: Vec<Micros>,
    pub(super) centre: [u64; 4],
    latest: Satisfaction,
}

/// The satisfaction worked out last for a handled call: a case of one call closes on the same value.
#[derive(Debug, Clone, Copy)]
struct Satisfaction {
    wait: Micros,
    unresolved: bool,
    value: u64,
}

impl Callers {
    pub(super) fn new(plan: &Plan) -> Callers {
        let queues = plan.setting.queues.len();
        let horizon = plan.horizon;
        let cells_a_day = horizon.intervals_per_day();
        let cells = horizon.days * cells_a_day as u32;
        let satisfied = Satisfied::new(plan.setting.response.satisfaction);
        let latest = Satisfaction { wait: 0, unresolved: false, value: satisfied.value(0, 1, false, false) };
        Callers {
            targets: plan
                .setting
                .queues
                .iter()
                .map(|q| Target { within: q.answer_within, share: q.target_share, short: q.short_abandon })
                .collect(),
            satisfied,
            latest,
            cells_a_day,
            first_cell: horizon.warm_up_days * cells_a_day as u32,
            cells,
            first_day: horizon.warm_up_days,
            days: horizon.days,
            all_slots: vec![Slot::default(); queues * (cells as usize + 1)],
            sums: vec![Sums::default(); queues],
            beside: Sums::default(),
            answered: vec![Histogram::new(); queues],
            abandoned: vec![Histogram::new(); queues],
            longest: vec![0; queues],
            centre: [0; 4],
        }
    }

    pub(super) fn clear(&mut self) {
        self.all_slots.fill(Slot::default());
        self.sums.iter_mut().for_each(Sums::clear);
        self.beside.clear();
        self.answered.iter_mut().for_each(Histogram::clear);
        self.abandoned.iter_mut().for_each(Histogram::clear);
        self.longest.fill(0);
        self.centre = [0; 4];
    }

    pub(super) fn slots(&self, queue: usize) -> &[Slot] {
        let width = self.cells as usize + 1;
        &self.all_slots[queue * width..(queue + 1) * width - 1]
    }

    /// The slot of a call, the last of its queue for calls outside the window.
    #[inline(always)]
    fn slot(&mut self, call: &Call) -> &mut Slot {
        let cell = call.cell.wrapping_sub(self.first_cell).min(self.cells);
        &mut self.all_slots[usize::from(call.queue) * (self.cells as usize + 1) + cell as usize]
    }

    #[inline(always)]
    fn is_measured(&self, call: &Call) -> bool {
        call.cell.wrapping_sub(self.first_cell) < self.cells
    }

    #[inline(always)]
    fn sums(&mut self, call: &Call) -> &mut Sums {
        if self.is_measured(call) { &mut self.sums[usize::from(call.queue)] } else { &mut self.beside }
    }

    #[inline(always)]
    pub(super) fn offered(&mut self, call: &Call) {
        self.slot(call).offered += 1;
        let kind = match (call.redial, call.kind) {
            (true, _) => Sum::Redials,
            // The rest of those offered, worked out at the end.
            (false, CallKind::First) => return,
            (false, CallKind::Repeat) => Sum::Repeats,
            (false, CallKind::Chase) => Sum::Chases,
        };
        self.sums(call).add(kind, 1);
    }

    #[inline(always)]
    pub(super) fn answered(&mut self, call: &Call, now: Micros) {
        let wait = now - call.arrived;
        let queue = usize::from(call.queue);
        let target = self.targets[queue];
        let slot = self.slot(call);
        slot.answered += 1;
        slot.within += u64::from(wait <= target.within);
        slot.answered_wait += wait;
        if call.kind != CallKind::First {
            let cause = if call.kind == CallKind::Chase { Sum::AnsweredChases } else { Sum::AnsweredRepeats };
            self.sums(call).add(cause, 1);
        }
        if self.is_measured(call) {
            self.answered[queue].record(wait);
            if wait > 0 {
                self.note_wait(queue, wait, target.within);
            }
        }
    }

    #[inline(always)]
    fn note_wait(&mut self, queue: usize, wait: Micros, within: Micros) {
        if wait > within {
            self.sums[queue].add(Sum::Beyond, 1);
            self.sums[queue].add(Sum::BeyondWait, wait);
        }
        self.longest[queue] = self.longest[queue].max(wait);
    }

    /// A call that ends unanswered.
    fn lost(&mut self, call: &Call, now: Micros) -> Micros {
        let wait = now - call.arrived;
        let queue = usize::from(call.queue);
        let within = self.targets[queue].within;
        self.slot(call).lost_wait += wait;
        if self.is_measured(call) {
            self.abandoned[queue].record(wait);
            self.note_wait(queue, wait, within);
        }
        wait
    }

    #[inline(always)]
    pub(super) fn abandoned(&mut self, call: &Call, now: Micros) {
        let wait = self.lost(call, now);
        let target = self.targets[usize::from(call.queue)];
        let slot = self.slot(call);
        slot.abandoned += 1;
        slot.short += u64::from(target.short > 0 && wait <= target.short);
        slot.abandoned_within += u64::from(wait <= target.within);
    }

    pub(super) fn turned_away(&mut self, call: &Call, now: Micros) {
        self.lost(call, now);
        self.sums(call).add(Sum::TurnedAway, 1);
    }

    pub(super) fn still_waiting(&mut self, call: &Call, now: Micros) {
        self.lost(call, now);
        self.sums(call).add(Sum::WaitingAtEnd, 1);
    }

    #[inline(always)]
    pub(super) fn handled(&mut self, call: &Call, h: &Handling) {
        if !self.is_measured(call) {
            return;
        }
        let wait = h.answered - call.arrived;
        let satisfied = self.satisfied.value(wait, 1, !h.resolved, false);
        self.latest = Satisfaction { wait, unresolved: !h.resolved, value: satisfied };
        let sums = &mut self.sums[usize::from(call.queue)];
        sums.add(Sum::Handled, 1);
        sums.add(Sum::Talk, h.talk_end - h.answered);
        sums.add(Sum::WrapRequired, h.required);
        sums.add(Sum::WrapDone, h.done);
        sums.add(Sum::SatisfactionAnswered, satisfied);
        sums.add(Sum::WrapPadding, h.padding);
        if h.done < h.required {
            sums.add(Sum::Cut, 1);
            sums.add(Sum::WrapAbsorbed, h.absorbed);
            sums.add(Sum::WrapDropped, h.dropped);
            sums.add(Sum::WrapDeferred, h.deferred);
        }
        sums.add(Sum::RepeatsForCut, u64::from(h.repeats_for_cut));
    }

    #[inline(always)]
    pub(super) fn closed(&mut self, case: &CaseSummary) {
        if case.id.day().wrapping_sub(self.first_day) >= self.days {
            return;
        }
        let never = case.answered_calls == 0;
        let latest = self.latest;
        let same = case.attempts <= 1 && !never && case.waited == latest.wait;
        let satisfied = if same && case.resolved != latest.unresolved {
            latest.value
        } else {
            self.satisfied.value(case.waited, case.attempts, !case.resolved, never)
        };
        let sums = &mut self.sums[case.id.queue()];
        sums.add(Sum::Cases, 1);
        sums.add(Sum::CasesAnswered, u64::from(!never));
        sums.add(Sum::CasesFirst, u64::from(case.first_resolved));
        sums.add(Sum::CasesQuiet, u64::from(!never && !case.called_again));
        sums.add(Sum::CasesResolved, u64::from(case.resolved));
        sums.add(Sum::CasesOpen, u64::from(case.open));
        sums.add(Sum::CaseAttempts, u64::from(case.attempts));
        sums.add(Sum::CaseAnswers, u64::from(case.answered_calls));
        sums.add(Sum::CaseWait, case.waited);
        sums.add(Sum::CaseTalk, case.talked);
        sums.add(Sum::Satisfaction, satisfied);
    }

    /// Adds the slots up to sums, days and intervals.
    pub(super) fn finish(&mut self) {
        let queues = self.targets.len();
        let width = self.cells as usize + 1;
        for queue in 0..queues {
            let mut total = Slot::default();
            let slots = &self.all_slots[queue * width..(queue + 1) * width - 1];
            let share = self.targets[queue].share;
            let sums = &mut self.sums[queue];
            for day in slots.chunks(self.cells_a_day) {
                let mut of_day = Slot::default();
                day.iter().for_each(|slot| of_day.merge(slot));
                total.merge(&of_day);
                let (day_base, met) = judged(&[(&of_day, share)]);
                sums.add(Sum::Days, u64::from(day_base > 0));
                sums.add(Sum::DaysMet, u64::from(met));
                for slot in day.iter().filter(|s| s.offered >= ENOUGH) {
                    sums.add(Sum::Intervals, 1);
                    sums.add(Sum::IntervalsMet, u64::from(judged(&[(slot, share)]).1));
                }
            }
            let later = [Sum::Redials, Sum::Repeats, Sum::Chases].map(|sum| sums.of(sum));
            sums.add(Sum::Offered, total.offered);
            sums.add(Sum::FirstCalls, total.offered - later.iter().sum::<u64>());
            sums.add(Sum::Answered, total.answered);
            sums.add(Sum::Within, total.within);
            sums.add(Sum::Abandoned, total.abandoned);
            sums.add(Sum::ShortAbandoned, total.short);
            sums.add(Sum::AbandonedWithin, total.abandoned_within);
            sums.add(Sum::AnsweredWait, total.answered_wait);
            sums.add(Sum::OfferedWait, total.answered_wait + total.lost_wait);
        }
        if queues == 1 {
            let s = &self.sums[0];
            self.centre = [Sum::Days, Sum::DaysMet, Sum::Intervals, Sum::IntervalsMet].map(|sum| s.of(sum));
        } else {
            self.judge_centre();
        }
    }

    /// Days and intervals of all queues together, each call against its own target.
    fn judge_centre(&mut self) {
        let width = self.cells as usize + 1;
        let cells = self.cells as usize;
        let of_queue = |queue: usize, cell: usize| &self.all_slots[queue * width + cell];
        let mut centre = [0; 4];
        for day in 0..cells / self.cells_a_day.max(1) {
            let range = day * self.cells_a_day..(day + 1) * self.cells_a_day;
            let mut days = vec![Slot::default(); self.targets.len()];
            for cell in range {
                let slots: Vec<_> =
                    (0..self.targets.len()).map(|q| (of_queue(q, cell), self.targets[q].share)).collect();
                slots.iter().zip(&mut days).for_each(|(slot, day)| day.merge(slot.0));
                if slots.iter().map(|s| s.0.offered).sum::<u64>() >= ENOUGH {
                    centre[2] += 1;
                    centre[3] += u64::from(judged(&slots).1);
                }
            }
            let slots: Vec<_> = days.iter().zip(&self.targets).map(|(d, t)| (d, t.share)).collect();
            let (base, met) = judged(&slots);
            centre[0] += u64::from(base > 0);
            centre[1] += u64::from(met);
        }
        self.centre = centre;
    }
}

/// The base of the service level over some slots, and whether their target shares were met.
fn judged(slots: &[(&Slot, f64)]) -> (u64, bool) {
    let base: u64 = slots.iter().map(|(s, _)| s.offered - s.short).sum();
    let within: u64 = slots.iter().map(|(s, _)| s.within).sum();
    let wanted: f64 = slots.iter().map(|(s, share)| (s.offered - s.short) as f64 * share).sum();
    // A share such as 0.8 of 10 calls is 8 calls, whatever the last bit of the product.
    (base, base > 0 && within as f64 >= wanted - 1e-9)
}
