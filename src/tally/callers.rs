//! What callers meet: by queue, and by cell of arrival.

use super::legs::Whole;
use super::standards::ByStandard;
use crate::engine::{Call, CallKind, CaseSummary, Handling, Plan};
use crate::measure::{Fates, ServiceLevel, Sum, Sums};
use crate::response::Satisfied;
use crate::scenario::Queue;
use crate::statistics::Histogram;
use crate::unit::{DAY, Micros};
use serde::{Deserialize, Serialize};

/// Calls that arrived in one cell of one day, by queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
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

    /// Calls well served, and the calls of which they are a share, as a service level counts.
    #[inline]
    pub fn served(&self, level: ServiceLevel) -> (u64, u64) {
        let Slot { offered, answered, within, abandoned, short, abandoned_within, .. } = *self;
        level.of(Fates { offered, answered, within, abandoned, short, abandoned_within })
    }
}

/// Fewest calls for an interval to count in `target_met_intervals`.
const ENOUGH: u64 = 20;

/// Targets of a queue.
#[derive(Debug, Clone, Copy)]
pub(super) struct Target {
    within: Micros,
    share: f64,
    short: Micros,
    level: ServiceLevel,
}

/// What the callers of one queue meet.
#[derive(Debug)]
pub(super) struct OfQueue {
    pub(super) target: Target,
    /// By measured cell, and one more for what is not measured.
    slots: Vec<Slot>,
    pub(super) sums: Sums,
    once: Once,
    pub(super) answered: Histogram,
    pub(super) abandoned: Histogram,
    pub(super) longest: Micros,
    beyond: u64,
    beyond_wait: u64,
    standard: Option<ByStandard>,
    /// In tests, calls offered by cell as they came: what became of them must add up to the same.
    #[cfg(debug_assertions)]
    offered: Vec<u64>,
}

/// Measured calls that were their cases' only ones, kept apart because most are: one number here stands for several
/// sums.
#[derive(Debug, Clone, Copy, Default)]
struct Once {
    calls: u64,
    resolved: u64,
    wait: u64,
    talk: u64,
    required: u64,
    satisfied: u64,
}

#[derive(Debug)]
pub(super) struct Callers {
    satisfied: Satisfied,
    pub(super) cells_a_day: usize,
    /// First measured cell and number of measured cells, counted from the start of the run.
    first_cell: u32,
    cells: u32,
    first_day: u32,
    days: u32,
    /// What callers meet in the queue they rang, by queue; then, where callers are passed on, what they meet after that.
    pub(super) queues: Vec<OfQueue>,
    /// Queues there are.
    pub(super) number: usize,
    /// Both parts together, by queue, where callers are passed on.
    pub(super) whole: Vec<Whole>,
    pub(super) centre: [u64; 4],
}

impl OfQueue {
    fn new(queue: &Queue, cells: u32) -> OfQueue {
        OfQueue {
            target: Target {
                within: queue.answer_within,
                share: queue.target_share,
                short: queue.short_abandon,
                level: queue.service_level,
            },
            slots: vec![Slot::default(); cells as usize + 1],
            sums: Sums::default(),
            once: Once::default(),
            answered: Histogram::new(),
            abandoned: Histogram::new(),
            longest: 0,
            beyond: 0,
            beyond_wait: 0,
            standard: queue.standard.map(ByStandard::new),
            #[cfg(debug_assertions)]
            offered: vec![0; cells as usize + 1],
        }
    }

    fn clear(&mut self) {
        self.slots.fill(Slot::default());
        self.sums.clear();
        self.once = Once::default();
        self.longest = 0;
        (self.beyond, self.beyond_wait) = (0, 0);
        self.standard = self.standard.map(|s| ByStandard::new(s.standard));
        #[cfg(debug_assertions)]
        self.offered.fill(0);
    }

    /// How its service level is counted.
    pub(super) fn level(&self) -> ServiceLevel {
        self.target.level
    }

    /// By measured cell.
    pub(super) fn slots(&self) -> &[Slot] {
        &self.slots[..self.slots.len() - 1]
    }

    /// Notes the wait of a measured call.
    #[inline(always)]
    fn note_wait(&mut self, wait: Micros) {
        let late = wait > self.target.within;
        self.beyond += u64::from(late);
        self.beyond_wait += if late { wait } else { 0 };
        self.longest = self.longest.max(wait);
    }

    /// Notes that a measured call was answered.
    #[inline(always)]
    fn answer(&mut self, cell: u32, wait: Micros) {
        let within = self.target.within;
        let slot = &mut self.slots[cell as usize];
        slot.answered += 1;
        slot.within += u64::from(wait <= within);
        slot.answered_wait += wait;
        self.answered.record(wait);
        self.note_wait(wait);
        if let Some(by) = &mut self.standard {
            by.answered(wait);
        }
    }

    /// Notes what became of cut or padded wrap.
    #[inline(always)]
    fn note_wrap(&mut self, h: &Handling) {
        debug_assert_eq!(h.done + h.absorbed + h.dropped + h.deferred, h.required);
        if h.done < h.required {
            self.sums.add(Sum::Cut, 1);
            self.sums.add(Sum::WrapAbsorbed, h.absorbed);
            self.sums.add(Sum::WrapDropped, h.dropped);
            self.sums.add(Sum::WrapDeferred, h.deferred);
        }
        if h.padding > 0 {
            self.sums.add(Sum::WrapPadding, h.padding);
        }
    }
}

impl Callers {
    pub(super) fn new(plan: &Plan) -> Callers {
        Callers::of(plan, &plan.setting.queues.iter().collect::<Vec<_>>())
    }

    /// The same, of lines in the place of queues.
    pub(super) fn by_line(plan: &Plan) -> Callers {
        let lines = plan.lines();
        let queue = |line: usize| &plan.setting.queues[lines.queue(line)];
        Callers::of(plan, &(0..lines.number()).map(queue).collect::<Vec<_>>())
    }

    /// What is tallied apart: the own callers of each queue (or line), then, where callers are passed on, the further legs
    /// that come to each.
    fn of(plan: &Plan, own: &[&Queue]) -> Callers {
        let legs = if plan.setting.passes_on() { own } else { &[] };
        let horizon = plan.horizon;
        let cells_a_day = horizon.intervals_per_day();
        let cells = horizon.days * cells_a_day as u32;
        Callers {
            satisfied: Satisfied::new(plan.setting.response.satisfaction),
            cells_a_day,
            first_cell: horizon.warm_up_days * cells_a_day as u32,
            cells,
            first_day: horizon.warm_up_days,
            days: horizon.days,
            queues: own.iter().chain(legs).map(|q| OfQueue::new(q, cells)).collect(),
            number: own.len(),
            whole: Vec::new(),
            centre: [0; 4],
        }
    }

    pub(super) fn clear(&mut self) {
        self.queues.iter_mut().for_each(OfQueue::clear);
        self.whole.clear();
        self.centre = [0; 4];
    }

    /// Forgets the waits, which are pooled over several replications.
    pub(super) fn clear_waits(&mut self) {
        for queue in &mut self.queues {
            queue.answered.clear();
            queue.abandoned.clear();
        }
    }

    /// The measured cell of a call; the number of cells for a call outside the window.
    #[inline(always)]
    fn cell(&self, call: &Call) -> u32 {
        call.cell.wrapping_sub(self.first_cell).min(self.cells)
    }

    /// Where a call is counted: legs after the first apart.
    #[inline(always)]
    fn part(&self, call: &Call) -> usize {
        usize::from(call.queue) + if call.leg > 0 { self.number } else { 0 }
    }

    /// The sums of a call's part, if the call is measured.
    pub(super) fn sums(&mut self, call: &Call) -> Option<&mut Sums> {
        let part = self.part(call);
        (self.cell(call) < self.cells).then(|| &mut self.queues[part].sums)
    }

    /// A call is offered. How many were is worked out at the end, from what became of them; here second attempts are
    /// counted by cause.
    #[inline(always)]
    pub(super) fn offered(&mut self, call: &Call) {
        #[cfg(debug_assertions)]
        {
            let (cell, part) = (self.cell(call) as usize, self.part(call));
            self.queues[part].offered[cell] += 1;
        }
        if (call.redial || call.kind != CallKind::First) && call.leg == 0 {
            self.offered_again(call);
        }
    }

    fn offered_again(&mut self, call: &Call) {
        let kind = match (call.redial, call.kind) {
            (true, _) => Sum::Redials,
            (false, CallKind::Chase) => Sum::Chases,
            (false, _) => Sum::Repeats,
        };
        if let Some(sums) = self.sums(call) {
            sums.add(kind, 1);
        }
    }

    /// A call that ends unanswered.
    fn lost(&mut self, call: &Call, now: Micros) -> Micros {
        let wait = call.waited(now);
        let (cell, part) = (self.cell(call), self.part(call));
        if cell < self.cells {
            let queue = &mut self.queues[part];
            queue.slots[cell as usize].lost_wait += wait;
            queue.abandoned.record(wait);
            queue.note_wait(wait);
        }
        wait
    }

    #[inline(always)]
    pub(super) fn abandoned(&mut self, call: &Call, now: Micros) {
        let wait = self.lost(call, now);
        let (cell, part) = (self.cell(call) as usize, self.part(call));
        let queue = &mut self.queues[part];
        let slot = &mut queue.slots[cell];
        slot.abandoned += 1;
        slot.short += u64::from(queue.target.short > 0 && wait <= queue.target.short);
        slot.abandoned_within += u64::from(wait <= queue.target.within);
        if let Some(by) = queue.standard.as_mut().filter(|_| cell < self.cells as usize) {
            by.given_up(wait);
        }
    }

    /// A caller who never came to the queue.
    pub(super) fn blocked(&mut self, call: &Call) {
        if let Some(sums) = self.sums(call) {
            sums.add(Sum::Blocked, 1);
        }
    }

    pub(super) fn left_in_menu(&mut self, call: &Call) {
        if let Some(sums) = self.sums(call) {
            sums.add(Sum::LeftInMenu, 1);
        }
    }

    pub(super) fn callback_failed(&mut self, call: &Call, now: Micros) {
        self.lost_otherwise(call, now, Sum::CallbackFailed);
    }

    pub(super) fn lost_in_outage(&mut self, call: &Call, now: Micros) {
        self.lost_otherwise(call, now, Sum::LostInOutage);
    }

    /// The telephone goes down for every queue: noted of the first alone.
    pub(super) fn outage(&mut self, now: Micros) {
        if ((now / DAY) as u32).wrapping_sub(self.first_day) < self.days {
            self.queues.iter_mut().take(1).for_each(|queue| queue.sums.add(Sum::Outages, 1));
        }
    }

    pub(super) fn balked(&mut self, call: &Call, now: Micros) {
        self.lost_otherwise(call, now, Sum::Balked);
    }

    pub(super) fn turned_away(&mut self, call: &Call, now: Micros) {
        self.lost_otherwise(call, now, Sum::TurnedAway);
    }

    pub(super) fn still_waiting(&mut self, call: &Call, now: Micros) {
        self.lost_otherwise(call, now, Sum::WaitingAtEnd);
    }

    fn lost_otherwise(&mut self, call: &Call, now: Micros, sum: Sum) {
        self.lost(call, now);
        let (cell, part) = (self.cell(call) as usize, self.part(call));
        let queue = &mut self.queues[part];
        queue.slots[cell].offered += 1;
        if let Some(sums) = self.sums(call) {
            sums.add(sum, 1);
        }
    }

    /// An answered call is over, and its case goes on or had a past.
    pub(super) fn handled(&mut self, call: &Call, h: &Handling) {
        let (cell, part) = (self.cell(call), self.part(call));
        if call.awaits_callback() {
            self.lost_otherwise(call, h.answered, Sum::CalledBack);
        } else if cell >= self.cells {
            #[cfg(debug_assertions)]
            {
                self.queues[part].slots[cell as usize].answered += 1;
            }
        }
        if cell >= self.cells {
            return;
        }
        let wait = call.waited(h.answered);
        let satisfied = self.satisfied.value(call.waited_before + wait, 1, !h.resolved, false);
        let queue = &mut self.queues[part];
        if call.awaits_callback() {
            queue.sums.add(Sum::CallbackTime, h.answered - call.arrived);
        } else {
            queue.answer(cell, wait);
        }
        queue.note_wrap(h);
        let sums = &mut queue.sums;
        match call.kind {
            CallKind::First => {}
            CallKind::Repeat => sums.add(Sum::AnsweredRepeats, 1),
            CallKind::Chase => sums.add(Sum::AnsweredChases, 1),
        }
        sums.add(Sum::AnsweredRedials, u64::from(call.redial));
        sums.add(Sum::AnsweredForCut, u64::from(h.is_for_cut));
        sums.add(Sum::Handled, 1);
        sums.add(Sum::Talk, h.talk_end - h.answered);
        sums.add(Sum::WrapRequired, h.required);
        // A survey comes at the end of a call, not when the caller is passed on.
        if !call.is_passed_on() {
            sums.add(Sum::Finished, 1);
            sums.add(Sum::SatisfactionAnswered, satisfied);
        }
        sums.add(Sum::RepeatsForCut, u64::from(h.repeats_for_cut));
    }

    /// An answered call is over that was its case's only one.
    #[inline(always)]
    pub(super) fn handled_once(&mut self, call: &Call, h: &Handling) {
        let cell = self.cell(call);
        let queue = &mut self.queues[usize::from(call.queue)];
        if cell >= self.cells {
            #[cfg(debug_assertions)]
            {
                queue.slots[cell as usize].answered += 1;
            }
            return;
        }
        let wait = h.answered - call.arrived;
        queue.answer(cell, wait);
        queue.note_wrap(h);
        let once = &mut queue.once;
        once.calls += 1;
        once.resolved += u64::from(h.resolved);
        once.wait += wait;
        once.talk += h.talk_end - h.answered;
        once.required += h.required;
        once.satisfied += self.satisfied.value(wait, 1, !h.resolved, false);
    }

    pub(super) fn closed(&mut self, case: &CaseSummary) {
        self.closed_in(case.id.queue(), case);
    }

    /// A case of a queue is closed.
    pub(super) fn closed_in(&mut self, queue: usize, case: &CaseSummary) {
        if case.id.day().wrapping_sub(self.first_day) >= self.days {
            return;
        }
        let never = case.answered_calls == 0;
        let satisfied = self.satisfied.value(case.waited, case.attempts, !case.resolved, never);
        let sums = &mut self.queues[queue].sums;
        sums.add(Sum::Cases, 1);
        sums.add(Sum::CasesAnswered, u64::from(!never));
        sums.add(Sum::CasesReachedFirst, u64::from(case.reached_first));
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
        for queue in &mut self.queues {
            queue.finish(self.cells_a_day);
        }
        self.add_legs();
        if let [queue] = self.queues.as_slice() {
            self.centre = BY_DAY.map(|sum| queue.sums.of(sum));
        } else {
            let own = &self.queues[..self.number];
            self.centre = self.judge(&own.iter().map(|q| (q.slots(), q.target)).collect::<Vec<_>>());
        }
    }

    /// Days and intervals of some queues together, each call against its own target: [days, met, intervals, met].
    pub(super) fn judge(&self, queues: &[(&[Slot], Target)]) -> [u64; 4] {
        let mut centre = [0; 4];
        for day in 0..self.cells as usize / self.cells_a_day.max(1) {
            let range = day * self.cells_a_day..(day + 1) * self.cells_a_day;
            let own: Vec<_> = queues.iter().map(|(slots, target)| (&slots[range.clone()], *target)).collect();
            centre.iter_mut().zip(judge_day(&own)).for_each(|(all, of_day)| *all += of_day);
        }
        centre
    }
}

/// The same of the cells of one day.
pub(super) fn judge_day(queues: &[(&[Slot], Target)]) -> [u64; 4] {
    let (mut days, mut found) = (vec![Slot::default(); queues.len()], [0; 4]);
    for cell in 0..queues.first().map_or(0, |queue| queue.0.len()) {
        let slots: Vec<_> = queues.iter().map(|q| (&q.0[cell], q.1)).collect();
        slots.iter().zip(&mut days).for_each(|(slot, day)| day.merge(slot.0));
        if slots.iter().map(|s| s.0.offered).sum::<u64>() >= ENOUGH {
            found[2] += 1;
            found[3] += u64::from(judged(&slots).1);
        }
    }
    let slots: Vec<_> = days.iter().zip(queues).map(|(d, q)| (d, q.1)).collect();
    let (base, met) = judged(&slots);
    found[0] = u64::from(base > 0);
    found[1] = u64::from(met);
    found
}

impl OfQueue {
    /// Adds what was kept apart and the slots up to sums, days and intervals.
    fn finish(&mut self, cells_a_day: usize) {
        for slot in &mut self.slots {
            slot.offered += slot.answered + slot.abandoned;
        }
        #[cfg(debug_assertions)]
        {
            // No call is lost, and none counted twice.
            assert!(self.slots.iter().map(|slot| slot.offered).eq(self.offered.iter().copied()));
        }
        self.add_once();
        let (cells, target) = (self.slots.len() - 1, self.target);
        let (total, met) = judged_by_day(&self.slots[..cells], cells_a_day, target);
        let sums = &mut self.sums;
        sums.replace(BY_DAY, met);
        let later = [Sum::Redials, Sum::Repeats, Sum::Chases].map(|sum| sums.of(sum));
        sums.add(Sum::Offered, total.offered);
        sums.add(Sum::FirstCalls, total.offered - later.iter().sum::<u64>());
        sums.add(Sum::Answered, total.answered);
        sums.add(Sum::Within, total.within);
        let (well_served, base) = total.served(target.level);
        sums.add(Sum::WellServed, well_served);
        sums.add(Sum::ServiceBase, base);
        sums.add(Sum::Abandoned, total.abandoned);
        sums.add(Sum::ShortAbandoned, total.short);
        sums.add(Sum::AbandonedWithin, total.abandoned_within);
        sums.add(Sum::AnsweredWait, total.answered_wait);
        sums.add(Sum::OfferedWait, total.answered_wait + total.lost_wait);
        self.standard.iter().for_each(|by| by.sum_up(sums));
    }

    /// Adds what was kept apart to the sums it stands for.
    fn add_once(&mut self) {
        let (once, sums) = (self.once, &mut self.sums);
        sums.add(Sum::Beyond, self.beyond);
        sums.add(Sum::BeyondWait, self.beyond_wait);
        for sum in [
            Sum::Handled,
            Sum::Finished,
            Sum::Cases,
            Sum::CasesAnswered,
            Sum::CasesReachedFirst,
            Sum::CasesQuiet,
        ] {
            sums.add(sum, once.calls);
        }
        for sum in [Sum::CaseAttempts, Sum::CaseAnswers] {
            sums.add(sum, once.calls);
        }
        for sum in [Sum::CasesFirst, Sum::CasesResolved] {
            sums.add(sum, once.resolved);
        }
        for sum in [Sum::Talk, Sum::CaseTalk] {
            sums.add(sum, once.talk);
        }
        for sum in [Sum::Satisfaction, Sum::SatisfactionAnswered] {
            sums.add(sum, once.satisfied);
        }
        sums.add(Sum::CaseWait, once.wait);
        sums.add(Sum::WrapRequired, once.required);
        let cut = [Sum::WrapAbsorbed, Sum::WrapDropped, Sum::WrapDeferred].map(|sum| sums.of(sum));
        sums.add(Sum::WrapDone, sums.of(Sum::WrapRequired) - cut.iter().sum::<u64>());
    }
}

/// Sums of days and of intervals, and of those that met the target.
pub(super) const BY_DAY: [Sum; 4] = [Sum::Days, Sum::DaysMet, Sum::Intervals, Sum::IntervalsMet];

/// All slots of a queue added up, and its days and intervals judged.
pub(super) fn judged_by_day(slots: &[Slot], cells_a_day: usize, target: Target) -> (Slot, [u64; 4]) {
    let (mut total, mut met) = (Slot::default(), [0; 4]);
    for day in slots.chunks(cells_a_day) {
        let mut of_day = Slot::default();
        day.iter().for_each(|slot| of_day.merge(slot));
        total.merge(&of_day);
        let (day_base, day_met) = judged(&[(&of_day, target)]);
        met[0] += u64::from(day_base > 0);
        met[1] += u64::from(day_met);
        for slot in day.iter().filter(|s| s.offered >= ENOUGH) {
            met[2] += 1;
            met[3] += u64::from(judged(&[(slot, target)]).1);
        }
    }
    (total, met)
}

/// The base of the service level over some slots, and whether their target shares were met.
fn judged(slots: &[(&Slot, Target)]) -> (u64, bool) {
    let served = || slots.iter().map(|(slot, target)| (slot.served(target.level), target.share));
    let base: u64 = served().map(|((_, base), _)| base).sum();
    let well: u64 = served().map(|((well, _), _)| well).sum();
    let wanted: f64 = served().map(|((_, base), share)| base as f64 * share).sum();
    // A share such as 0.8 of 10 calls is 8 calls, whatever the last bit of the product.
    (base, base > 0 && well as f64 >= wanted - 1e-9)
}
