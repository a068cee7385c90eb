//! What callers meet: by queue, by cell of arrival and by weekday.

use super::calendar::{Calendar, WEEK};
use super::interval::IntervalSums;
use super::legs::Whole;
use super::standards::ByStandard;
use super::targets::{BY_DAY, Target, judge, judged_by_weekday};
use super::waits::WeekOfWaits;
use super::work::Work;
use crate::engine::{Call, CallKind, CaseSummary, Handling, Plan};
use crate::measure::{Fates, ServiceLevel, Sum, Sums};
use crate::response::Satisfied;
use crate::scenario::Queue;
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

/// What the callers of one queue meet.
#[derive(Debug)]
pub(super) struct OfQueue {
    pub(super) target: Target,
    /// By measured cell, and one more for what is not measured.
    pub(super) slots: Vec<Slot>,
    /// By measured cell.
    pub(super) work: Vec<Work>,
    /// By weekday, from Monday, and cell of arrival (of a case: of its first call): what is not in slots and work, and at the
    /// end what is in work as well.
    pub(super) cells: Vec<IntervalSums>,
    /// Whether anything happened in each of them: at most centres most stay empty, and are passed over.
    pub(super) used: Vec<bool>,
    /// By weekday, worked out at the end.
    pub(super) week: Vec<Sums>,
    /// All weekdays together, worked out at the end.
    pub(super) sums: Sums,
    calendar: Calendar,
    pub(super) waits: WeekOfWaits,
    /// By weekday and cell, where the queue is held to a standard.
    standard: Vec<ByStandard>,
    /// In tests, calls offered by cell as they came: what became of them must add up to the same.
    #[cfg(debug_assertions)]
    offered: Vec<u64>,
}

#[derive(Debug)]
pub(super) struct Callers {
    satisfied: Satisfied,
    pub(super) calendar: Calendar,
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
    /// By weekday: days and intervals of all queues together, and those that met the targets.
    pub(super) centre: [[u64; 4]; WEEK],
}

impl OfQueue {
    fn new(queue: &Queue, cells: u32, calendar: Calendar) -> OfQueue {
        let in_week = calendar.cells_a_week();
        OfQueue {
            target: Target {
                within: queue.answer_within,
                share: queue.target_share,
                short: queue.short_abandon,
                level: queue.service_level,
            },
            slots: vec![Slot::default(); cells as usize + 1],
            work: vec![Work::default(); cells as usize],
            cells: vec![IntervalSums::default(); in_week],
            used: vec![false; in_week],
            week: vec![Sums::default(); WEEK],
            sums: Sums::default(),
            calendar,
            waits: WeekOfWaits::new(cells, calendar),
            standard: queue.standard.map_or_else(Vec::new, |own| vec![ByStandard::new(own); in_week]),
            #[cfg(debug_assertions)]
            offered: vec![0; cells as usize + 1],
        }
    }

    fn clear(&mut self) {
        self.slots.fill(Slot::default());
        self.work.fill(Work::default());
        for (cell, used) in self.cells.iter_mut().zip(&mut self.used).filter(|(_, used)| **used) {
            (*cell, *used) = (IntervalSums::default(), false);
        }
        self.week.iter_mut().for_each(Sums::clear);
        self.sums.clear();
        self.standard.iter_mut().for_each(|by| *by = ByStandard::new(by.standard));
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

    /// The sums of a measured cell's place in the week.
    #[inline]
    fn sums_at(&mut self, cell: u32) -> &mut IntervalSums {
        self.sums_of_week(self.calendar.in_week(cell as usize))
    }

    /// The sums of a cell of the week.
    #[inline]
    fn sums_of_week(&mut self, cell: usize) -> &mut IntervalSums {
        self.used[cell] = true;
        &mut self.cells[cell]
    }

    /// Notes the wait of a measured call, answered or not.
    #[inline(always)]
    fn note_wait(&mut self, cell: u32, wait: Micros, answered: bool) {
        let late = wait > self.target.within;
        self.work[cell as usize].note_wait(late, wait);
        self.waits.note(cell, wait, answered);
    }

    /// Notes that a measured call was answered.
    #[inline(always)]
    fn answer(&mut self, cell: u32, wait: Micros) {
        let within = self.target.within;
        let slot = &mut self.slots[cell as usize];
        slot.answered += 1;
        slot.within += u64::from(wait <= within);
        slot.answered_wait += wait;
        self.note_wait(cell, wait, true);
        if !self.standard.is_empty() {
            self.standard[self.calendar.in_week(cell as usize)].answered(wait);
        }
    }

    /// Notes what became of cut or padded wrap.
    #[inline(always)]
    fn note_wrap(&mut self, cell: u32, h: &Handling) {
        debug_assert_eq!(h.done + h.absorbed + h.dropped + h.deferred, h.required);
        if h.done < h.required {
            let sums = self.sums_at(cell);
            sums.add(Sum::Cut, 1);
            sums.add(Sum::WrapAbsorbed, h.absorbed);
            sums.add(Sum::WrapDropped, h.dropped);
            sums.add(Sum::WrapDeferred, h.deferred);
        }
        if h.padding > 0 {
            self.sums_at(cell).add(Sum::WrapPadding, h.padding);
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
        let calendar = Calendar::new(&horizon);
        let cells_a_day = calendar.cells_a_day;
        let cells = horizon.days * cells_a_day;
        Callers {
            satisfied: Satisfied::new(plan.setting.response.satisfaction),
            calendar,
            first_cell: horizon.warm_up_days * cells_a_day,
            cells,
            first_day: horizon.warm_up_days,
            days: horizon.days,
            queues: own.iter().chain(legs).map(|q| OfQueue::new(q, cells, calendar)).collect(),
            number: own.len(),
            whole: Vec::new(),
            centre: [[0; 4]; WEEK],
        }
    }

    pub(super) fn clear(&mut self) {
        self.queues.iter_mut().for_each(OfQueue::clear);
        self.whole.clear();
        self.centre = [[0; 4]; WEEK];
    }

    /// Forgets the waits, which are pooled over several replications, but not those by interval.
    pub(super) fn clear_waits(&mut self) {
        self.queues.iter_mut().for_each(|queue| queue.waits.forget());
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

    /// The sums of a call's part and of the cell in which it came, if the call is measured.
    pub(super) fn sums(&mut self, call: &Call) -> Option<&mut IntervalSums> {
        let (cell, part) = (self.cell(call), self.part(call));
        (cell < self.cells).then(|| self.queues[part].sums_at(cell))
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

    #[inline]
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
            queue.note_wait(cell, wait, false);
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
        if cell < self.cells as usize && !queue.standard.is_empty() {
            queue.standard[queue.calendar.in_week(cell)].given_up(wait);
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
        let day = ((now / DAY) as u32).wrapping_sub(self.first_day);
        if day < self.days {
            let weekday = self.calendar.of_day(day);
            self.queues.iter_mut().take(1).for_each(|queue| queue.week[weekday].add(Sum::Outages, 1));
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
        if !call.awaits_callback() {
            queue.answer(cell, wait);
        }
        queue.note_wrap(cell, h);
        queue.work[cell as usize].note(h);
        let sums = queue.sums_at(cell);
        if call.awaits_callback() {
            sums.add(Sum::CallbackTime, h.answered - call.arrived);
        } else {
            sums.add(Sum::AnsweredWait, wait);
        }
        match call.kind {
            CallKind::First => {}
            CallKind::Repeat => sums.add(Sum::AnsweredRepeats, 1),
            CallKind::Chase => sums.add(Sum::AnsweredChases, 1),
        }
        sums.add(Sum::AnsweredRedials, u64::from(call.redial));
        sums.add(Sum::AnsweredForCut, u64::from(h.is_for_cut));
        // Of calls that were not their cases' only ones, until all are added up.
        sums.add(Sum::Handled, 1);
        sums.add(Sum::Talk, h.talk_end - h.answered);
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
        queue.note_wrap(cell, h);
        let work = &mut queue.work[cell as usize];
        work.note(h);
        work.note_once(h.resolved, self.satisfied.value(wait, 1, !h.resolved, false));
    }

    pub(super) fn closed(&mut self, case: &CaseSummary) {
        self.closed_in(case.id.queue(), case);
    }

    /// A case of a queue is closed.
    pub(super) fn closed_in(&mut self, queue: usize, case: &CaseSummary) {
        let day = case.id.day().wrapping_sub(self.first_day);
        if day >= self.days {
            return;
        }
        let never = case.answered_calls == 0;
        let satisfied = self.satisfied.value(case.waited, case.attempts, !case.resolved, never);
        let cell = day as usize * self.calendar.cells_a_day as usize + case.id.cell();
        let sums = self.queues[queue].sums_of_week(self.calendar.in_week(cell));
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
        self.queues.iter_mut().for_each(OfQueue::finish);
        self.add_legs();
        if let [queue] = self.queues.as_slice() {
            self.centre = std::array::from_fn(|weekday| BY_DAY.map(|sum| queue.week[weekday].of(sum)));
        } else {
            let own = &self.queues[..self.number];
            self.centre =
                judge(&own.iter().map(|q| (q.slots(), q.target)).collect::<Vec<_>>(), self.calendar);
        }
    }
}

impl OfQueue {
    /// Adds slots and work up to the sums of weekdays, and these up to the sums of all.
    fn finish(&mut self) {
        self.waits.finish();
        for slot in &mut self.slots {
            slot.offered += slot.answered + slot.abandoned;
        }
        for (cell, slot) in self.slots[..self.work.len()].iter().enumerate() {
            if slot.offered > 0 {
                self.used[self.calendar.in_week(cell)] = true;
            }
        }
        #[cfg(debug_assertions)]
        {
            // No call is lost, and none counted twice.
            assert!(self.slots.iter().map(|slot| slot.offered).eq(self.offered.iter().copied()));
        }
        for weekday in 0..WEEK {
            self.finish_cells_of(weekday);
        }
        let judged = judged_by_weekday(self.slots(), self.calendar, self.target);
        for (weekday, (total, met)) in judged.iter().enumerate() {
            let sums = &mut self.week[weekday];
            sums.replace(BY_DAY, *met);
            let later = [Sum::Redials, Sum::Repeats, Sum::Chases].map(|sum| sums.of(sum));
            sums.add(Sum::Offered, total.offered);
            sums.add(Sum::FirstCalls, total.offered - later.iter().sum::<u64>());
            sums.add(Sum::Answered, total.answered);
            sums.add(Sum::Within, total.within);
            let (well_served, base) = total.served(self.target.level);
            sums.add(Sum::WellServed, well_served);
            sums.add(Sum::ServiceBase, base);
            sums.add(Sum::Abandoned, total.abandoned);
            sums.add(Sum::ShortAbandoned, total.short);
            sums.add(Sum::AbandonedWithin, total.abandoned_within);
            sums.add(Sum::OfferedWait, total.answered_wait + total.lost_wait);
        }
        self.add_up();
    }

    /// Completes the sums of a weekday's cells by what their measured days have in slots and work, and adds them up.
    fn finish_cells_of(&mut self, weekday: usize) {
        let a_day = self.calendar.cells_a_day as usize;
        let mut all = IntervalSums::default();
        for cell in (weekday * a_day..(weekday + 1) * a_day).filter(|cell| self.used[*cell]) {
            let (mut total, mut work) = (Slot::default(), Work::default());
            for measured in self.calendar.measured(cell, self.work.len()) {
                total.merge(&self.slots[measured]);
                work.merge(&self.work[measured]);
            }
            let sums = &mut self.cells[cell];
            if total.offered > 0 {
                work.add_to(sums, total.answered_wait);
            }
            if let Some(by) = self.standard.get(cell) {
                by.sum_up(sums, total.offered, total.answered);
            }
            all.merge(sums);
        }
        all.add_to(&mut self.week[weekday]);
    }

    /// Adds the weekdays up.
    pub(super) fn add_up(&mut self) {
        self.sums.clear();
        self.week.iter().for_each(|day| self.sums.merge(day));
    }
}
