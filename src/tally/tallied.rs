//! One replication of one option, tallied.

use super::callers::{Callers, Slot};
use super::cells::StaffCell;
use super::interval::IntervalSums;
use super::sites::Sites;
use super::staff::Staff;
use super::waits::WeekOfWaits;
use crate::engine::{Activity, Call, CaseSummary, Handling, Observer, Plan, ShiftSummary};
use crate::measure::{ServiceLevel, Sums};
use crate::unit::Micros;

/// Tallies one replication of one option; cleared and used again for the next.
#[derive(Debug)]
pub struct Tally {
    pub(super) callers: Callers,
    pub(super) staff: Staff,
    /// Where there are several sites.
    sites: Option<Box<Sites>>,
}

impl Tally {
    /// A tally for an option.
    pub fn new(plan: &Plan) -> Tally {
        Tally { callers: Callers::new(plan), staff: Staff::new(plan), sites: Sites::new(plan) }
    }

    /// Begins a replication.
    pub fn start(&mut self) {
        self.callers.clear();
        self.staff.clear();
        self.by_line(Callers::clear);
        self.sites.iter_mut().for_each(|sites| sites.start());
    }

    /// Forgets the waits, which no replication's start does, but not those by interval.
    pub fn forget_waits(&mut self) {
        self.callers.clear_waits();
        self.by_line(Callers::clear_waits);
    }

    /// Ends a replication: what needs whole days is worked out.
    pub fn finish(&mut self) {
        self.callers.finish();
        self.staff.finish();
        self.by_line(Callers::finish);
    }

    /// Does the same with the callers of each site's lines, where they are kept.
    fn by_line(&mut self, what: impl FnOnce(&mut Callers)) {
        if let Some(callers) = self.sites.as_mut().and_then(|sites| sites.callers.as_mut()) {
            what(callers);
        }
    }

    /// Tells a site's callers of a call, where they are kept.
    #[inline(always)]
    fn tell_site(&mut self, call: &Call, tell: impl FnOnce(&mut Callers, &Call)) {
        if let Some(sites) = &mut self.sites {
            // A copy, so that where there are no sites most of a call need never be written down.
            let own = *call;
            sites.tell(&own, tell);
        }
    }

    /// Sums of a site, of several: of the callers sent to it, and of its teams.
    pub fn site_sums(&self, site: usize) -> Sums {
        let mut sums = Sums::default();
        self.site_week(site).iter().for_each(|day| sums.merge(day));
        sums
    }

    /// Callers sent to a site by measured cell, each with those well served and the calls of which they are a share; empty
    /// where none are.
    pub fn site_slots(&self, site: usize) -> Vec<(Slot, (u64, u64))> {
        self.sites.as_ref().map_or_else(Vec::new, |sites| sites.slots(site))
    }

    /// Sums of a site, of several, on each weekday from Monday; none where there are not several.
    pub fn site_week(&self, site: usize) -> Vec<Sums> {
        self.sites.as_ref().map_or_else(Vec::new, |sites| sites.week(site, &self.staff).into())
    }

    /// Waits of each part of the callers sent to a site, since they were last forgotten.
    pub fn site_waits(&self, site: usize) -> impl Iterator<Item = &WeekOfWaits> {
        self.sites.iter().flat_map(move |sites| sites.waits(site))
    }

    /// Sums of a queue, callers passed on to it among them.
    pub fn queue(&self, queue: usize) -> &Sums {
        self.callers.sums_of(queue)
    }

    /// Sums of all callers of the centre: callers passed on are not counted again, but the work for them is.
    pub fn of_centre(&self) -> Sums {
        let mut centre = Sums::default();
        for queue in 0..self.callers.number {
            centre.merge(&self.callers.queues[queue].sums);
            self.callers.add_to_centre(queue, &mut centre);
        }
        centre
    }

    /// Sums of the whole centre on a weekday (0 is Monday): of its callers by the day on which they came, of its staff by
    /// the day on which their shifts began and, where it is time that is told, by the clock.
    pub fn centre_on(&self, weekday: usize) -> Sums {
        let mut centre = self.callers.centre_on(weekday);
        (0..self.staff.sums.len()).for_each(|team| centre.merge(self.staff.week_of(team, weekday)));
        centre
    }

    /// Sums of a queue on a weekday, callers passed on to it among them.
    pub fn queue_on(&self, queue: usize, weekday: usize) -> &Sums {
        self.callers.week_of(queue, weekday)
    }

    /// Sums of a team on a weekday.
    pub fn team_on(&self, team: usize, weekday: usize) -> &Sums {
        self.staff.week_of(team, weekday)
    }

    /// Sums of each team.
    pub fn teams(&self) -> &[Sums] {
        &self.staff.sums
    }

    /// Days and intervals on which the centre as a whole met its targets: [days, met, intervals, met].
    pub fn centre_targets(&self) -> [u64; 4] {
        let week = &self.callers.centre;
        std::array::from_fn(|kind| week.iter().map(|day| day[kind]).sum())
    }

    /// Callers of a queue by measured cell (day by day, cell by cell), those passed on to it among them.
    pub fn slots(&self, queue: usize) -> &[Slot] {
        self.callers.slots_of(queue)
    }

    /// Adds what a queue's calls come to, those passed on to it among them, by weekday from Monday and cell of the day.
    pub fn add_intervals(&self, queue: usize, week: &mut [IntervalSums]) {
        self.callers.add_intervals(&[queue], week);
    }

    /// The same of the calls sent to a site.
    pub fn add_intervals_at_site(&self, site: usize, week: &mut [IntervalSums]) {
        self.sites.iter().for_each(|sites| sites.add_intervals(site, week));
    }

    /// The same of one part: a queue's own callers, or after all of these those passed on to a queue.
    pub fn slots_of_part(&self, part: usize) -> &[Slot] {
        self.callers.queues[part].slots()
    }

    /// How a queue's service level is counted.
    pub fn service_level(&self, queue: usize) -> ServiceLevel {
        self.callers.queues[queue].level()
    }

    /// Staff by measured cell.
    pub fn staff_cells(&self) -> &[StaffCell] {
        self.staff.cells()
    }

    /// Staff of a team, of several, by measured cell; nothing of the only one.
    pub fn team_staff(&self, team: usize) -> &[StaffCell] {
        self.staff.cells_of_team(team)
    }

    /// Waits of a part's calls, over all replications since they were last forgotten.
    pub fn waits(&self, part: usize) -> &WeekOfWaits {
        &self.callers.queues[part].waits
    }
}

impl Observer for Tally {
    const ANY_ORDER: bool = true;

    #[inline(always)]
    fn offered(&mut self, call: &Call, _now: Micros) {
        self.callers.offered(call);
        self.tell_site(call, |callers, call| callers.offered(call));
    }

    #[inline(always)]
    fn abandoned(&mut self, call: &Call, now: Micros) {
        self.callers.abandoned(call, now);
        self.tell_site(call, |callers, call| callers.abandoned(call, now));
    }

    fn blocked(&mut self, call: &Call, _now: Micros) {
        self.callers.blocked(call);
        self.tell_site(call, |callers, call| callers.blocked(call));
    }

    fn left_in_menu(&mut self, call: &Call, _now: Micros) {
        self.callers.left_in_menu(call);
        self.tell_site(call, |callers, call| callers.left_in_menu(call));
    }

    fn callback_failed(&mut self, call: &Call, now: Micros) {
        self.callers.callback_failed(call, now);
        self.tell_site(call, |callers, call| callers.callback_failed(call, now));
    }

    fn outage(&mut self, now: Micros, _site: Option<usize>) {
        self.callers.outage(now);
    }

    fn lost_in_outage(&mut self, call: &Call, now: Micros) {
        self.callers.lost_in_outage(call, now);
        self.tell_site(call, |callers, call| callers.lost_in_outage(call, now));
    }

    fn balked(&mut self, call: &Call, now: Micros) {
        self.callers.balked(call, now);
        self.tell_site(call, |callers, call| callers.balked(call, now));
    }

    fn turned_away(&mut self, call: &Call, now: Micros) {
        self.callers.turned_away(call, now);
        self.tell_site(call, |callers, call| callers.turned_away(call, now));
    }

    fn still_waiting(&mut self, call: &Call, now: Micros) {
        self.callers.still_waiting(call, now);
        self.tell_site(call, |callers, call| callers.still_waiting(call, now));
    }

    fn passed_on(&mut self, call: &Call, _to: u16, escalated: bool, _now: Micros) {
        self.callers.passed_on(call, escalated);
        self.tell_site(call, |callers, call| callers.passed_on(call, escalated));
    }

    #[inline(always)]
    fn handled(&mut self, call: &Call, handling: &Handling) {
        self.callers.handled(call, handling);
        if let Some(sites) = &mut self.sites {
            let own = *call;
            sites.handled(&own, handling);
        }
    }

    #[inline(always)]
    fn handled_once(&mut self, call: &Call, handling: &Handling) {
        self.callers.handled_once(call, handling);
    }

    #[inline(always)]
    fn closed(&mut self, case: &CaseSummary) {
        self.callers.closed(case);
        if let Some(sites) = &mut self.sites {
            sites.closed(case);
        }
    }

    fn rostered(&mut self, agent: u32, day: u32, shift: u32, absent: bool) {
        self.staff.rostered(agent, day, shift, absent);
    }

    fn started(&mut self, agent: u32, day: u32, now: Micros) {
        self.staff.started(agent, day, now);
    }

    #[inline(always)]
    fn spent(&mut self, agent: u32, activity: Activity, from: Micros, to: Micros) {
        match activity {
            Activity::Call => self.staff.called(agent, from, to),
            Activity::Idle => self.staff.idled(agent, from, to),
            _ => self.staff.otherwise(agent, activity, from, to),
        }
    }

    #[inline(always)]
    fn called_then_idled(&mut self, agent: u32, from: Micros, idle: Micros, to: Micros) {
        self.staff.called_then_idled(agent, from, idle, to);
    }

    fn left(&mut self, shift: &ShiftSummary) {
        self.staff.left(shift);
    }

    fn caught_up(&mut self, agent: u32, _size: Micros, put_off: Micros, now: Micros) {
        self.staff.caught_up(agent, put_off, now);
    }
}
