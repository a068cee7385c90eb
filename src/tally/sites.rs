//! What happens by site: callers who are sent to one, and the staff who sit there.

use super::calendar::{Calendar, WEEK};
use super::callers::{Callers, Slot};
use super::interval::IntervalSums;
use super::staff::Staff;
use super::targets::{BY_DAY, judge};
use super::waits::WeekOfWaits;
use crate::engine::{Call, CaseSummary, Handling, Lines, Plan};
use crate::measure::{Sum, Sums};
use crate::unit::Micros;

/// Callers by line, for centres of several sites.
#[derive(Debug)]
pub(super) struct Sites {
    lines: Lines,
    /// By line, where any queue's callers are sent to one site or another.
    pub(super) callers: Option<Callers>,
    of_team: Vec<Option<usize>>,
    /// By agent.
    of_agent: Vec<Option<usize>>,
    /// Calls answered at each site, by weekday on which they came.
    here: Vec<[Here; WEEK]>,
    calendar: Calendar,
    /// The target time of each queue.
    within: Vec<Micros>,
    /// First measured cell and number of measured cells, counted from the start of the run.
    first_cell: u32,
    cells: u32,
}

/// Calls that agents of a site answered, whoever's they were.
#[derive(Debug, Clone, Copy, Default)]
struct Here {
    answered: u64,
    within: u64,
    wait: u64,
}

impl Sites {
    /// The sites of an option; `None` where there are not several.
    pub(super) fn new(plan: &Plan) -> Option<Box<Sites>> {
        let setting = &plan.setting;
        let separate = setting.queues.iter().any(|queue| !queue.site_shares.is_empty());
        let calendar = Calendar::new(&plan.horizon);
        let cells_a_day = calendar.cells_a_day;
        (setting.sites_told_apart() > 0).then(|| {
            Box::new(Sites {
                lines: plan.lines().clone(),
                callers: separate.then(|| Callers::by_line(plan)),
                of_team: setting.teams.iter().map(|team| team.site).collect(),
                of_agent: of_agent(plan),
                here: vec![[Here::default(); WEEK]; setting.sites.len()],
                calendar,
                within: setting.queues.iter().map(|queue| queue.answer_within).collect(),
                first_cell: plan.horizon.warm_up_days * cells_a_day,
                cells: plan.horizon.days * cells_a_day,
            })
        })
    }

    /// Tells of a call, by its line.
    #[inline(never)]
    pub(super) fn tell(&mut self, call: &Call, tell: impl FnOnce(&mut Callers, &Call)) {
        if let Some(callers) = &mut self.callers {
            let mut by_line = *call;
            by_line.queue = call.line;
            tell(callers, &by_line);
        }
    }

    /// Begins a replication.
    pub(super) fn start(&mut self) {
        self.here.fill([Here::default(); WEEK]);
    }

    /// An answered call is over.
    #[inline(never)]
    pub(super) fn handled(&mut self, call: &Call, handling: &Handling) {
        self.tell(call, |callers, call| callers.handled(call, handling));
        let cell = call.cell.wrapping_sub(self.first_cell);
        let is_measured = cell < self.cells;
        let site = self.of_agent.get(handling.agent as usize).copied().flatten();
        // Who is called back has not been answered.
        if let Some(site) = site.filter(|_| is_measured && !call.awaits_callback()) {
            let here = &mut self.here[site][self.calendar.of_cell(cell)];
            let wait = call.waited(handling.answered);
            here.answered += 1;
            here.within += u64::from(wait <= self.within[usize::from(call.queue)]);
            here.wait += wait;
        }
    }

    /// A case is closed.
    pub(super) fn closed(&mut self, case: &CaseSummary) {
        if let Some(callers) = &mut self.callers {
            let line = self.lines.of(case.id.queue() as u16, case.key);
            callers.closed_in(usize::from(line), case);
        }
    }

    /// The lines of a site.
    fn lines(&self, site: usize) -> impl Iterator<Item = usize> + '_ {
        let lines = if self.callers.is_some() { self.lines.number() } else { 0 };
        (0..lines).filter(move |line| self.lines.site(*line) == Some(site))
    }

    /// Sums of a site on each weekday: of the callers sent to it, and of its teams.
    pub(super) fn week(&self, site: usize, staff: &Staff) -> [Sums; WEEK] {
        let mut week: [Sums; WEEK] = std::array::from_fn(|_| Sums::default());
        if let Some(callers) = &self.callers {
            let own = self.lines(site).map(|line| (callers.slots_of(line), callers.queues[line].target));
            let judged = judge(&own.collect::<Vec<_>>(), self.calendar);
            for (weekday, (sums, met)) in week.iter_mut().zip(judged).enumerate() {
                self.lines(site).for_each(|line| sums.merge(callers.week_of(line, weekday)));
                sums.replace(BY_DAY, met);
            }
        }
        for (weekday, sums) in week.iter_mut().enumerate() {
            self.teams(site).for_each(|team| sums.merge(staff.week_of(team, weekday)));
            let here = self.here[site][weekday];
            sums.replace(
                [Sum::AnsweredHere, Sum::WithinHere, Sum::WaitHere],
                [here.answered, here.within, here.wait],
            );
        }
        week
    }

    /// Callers sent to a site by measured cell, and of them those well served and the calls of which they are a share.
    pub(super) fn slots(&self, site: usize) -> Vec<(Slot, (u64, u64))> {
        let mut all: Vec<(Slot, (u64, u64))> = Vec::new();
        for line in self.lines(site) {
            let Some(callers) = &self.callers else { break };
            let (own, level) = (callers.slots_of(line), callers.queues[line].level());
            all.resize(own.len(), Default::default());
            for ((sum, served), slot) in all.iter_mut().zip(own) {
                sum.merge(slot);
                let (well, base) = slot.served(level);
                *served = (served.0 + well, served.1 + base);
            }
        }
        all
    }

    /// Adds what the calls sent to a site come to, by weekday and cell of the day.
    pub(super) fn add_intervals(&self, site: usize, week: &mut [IntervalSums]) {
        let lines: Vec<usize> = self.lines(site).collect();
        self.callers.iter().for_each(|callers| callers.add_intervals(&lines, week));
    }

    /// The teams of a site.
    fn teams(&self, site: usize) -> impl Iterator<Item = usize> {
        let here = move |(team, of): (usize, &Option<usize>)| (*of == Some(site)).then_some(team);
        self.of_team.iter().enumerate().filter_map(here)
    }

    /// Waits of each part of a site's callers since they were last forgotten.
    pub(super) fn waits(&self, site: usize) -> impl Iterator<Item = &WeekOfWaits> {
        let of = move |callers| self.lines(site).flat_map(move |line| Callers::parts_of(callers, line));
        self.callers.iter().flat_map(of).map(|part| &part.waits)
    }
}

/// The site of each agent.
fn of_agent(plan: &Plan) -> Vec<Option<usize>> {
    let mut sites = vec![None; plan.workforce.agents() as usize];
    for (team, setting) in plan.setting.teams.iter().enumerate() {
        plan.workforce.team(team).for_each(|agent| sites[agent as usize] = setting.site);
    }
    sites
}
