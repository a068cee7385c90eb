//! What the replications of a study have brought: sums per replication, and what is pooled over them.

use super::precision::Attained;
use super::sparse;
use super::timed_waits::TimedWaits;
use super::weekdays::{Pair, Weekdays};
use crate::measure::{Sum, Sums};
use crate::scenario::{Horizon, Setting};
use crate::statistics::{Coarse, Eighths, Histogram};
use crate::tally::{IntervalSums, Slot, StaffCell, Tally, WeekOfWaits};
use crate::unit::Micros;
use serde::Serialize;
use std::cmp::Ordering;

/// Classes of an interval's service level on one day: 0%, 1%, … 100%.
pub const SERVICE_BINS: usize = 101;
/// Groups of replications whose waits are pooled apart, for the jackknife.
pub(super) const GROUPS: usize = 20;

/// The share below which a part of what is classed lies: the midpoint of the class that holds it.
pub fn class_percentile(classes: &[u64], p: f64) -> Option<f64> {
    let total: u64 = classes.iter().sum();
    let wanted = ((p * total as f64).ceil() as u64).max(1);
    let mut below = 0;
    let class = classes.iter().position(|n| {
        below += n;
        below >= wanted
    })?;
    Some(class as f64 / (SERVICE_BINS - 1) as f64)
}

/// The results of a study.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// Seed of the run.
    pub seed: u64,
    /// Replications run.
    pub replications: u32,
    /// Each option under each view, in the study's order.
    pub options: Vec<OptionOutcome>,
    /// How closely figures are known that were wanted so; empty where none was.
    pub precision: Vec<Attained>,
    /// The most replications that a run to a precision might have taken.
    pub limit: u32,
}

/// The results of one option. What is written of it is read as the stored option beside it, in this order of fields.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct OptionOutcome {
    /// Sums of the whole centre, by replication.
    pub centre: Vec<Sums>,
    /// Sums by queue, then replication.
    pub queues: Vec<Vec<Sums>>,
    /// Sums by team, then replication.
    pub teams: Vec<Vec<Sums>>,
    /// Sums by site, of several, then replication: of the callers sent to it, and of its teams.
    pub sites: Vec<Vec<Sums>>,
    /// Callers by queue, then site, and measured cell (day by day), summed over replications.
    #[serde(serialize_with = "sparse::cells::rows::serialize")]
    pub slots: Vec<Vec<Slot>>,
    /// What else calls come to by queue, then site, and weekday and cell of the day in which they came (cases: their first
    /// call), summed over replications.
    pub intervals: Vec<Vec<IntervalSums>>,
    /// Staff by measured cell, summed over replications.
    #[serde(serialize_with = "sparse::cells::serialize")]
    pub staff: Vec<StaffCell>,
    /// The same by team, of several, weekday and cell of the day: no larger however long the horizon is.
    #[serde(serialize_with = "sparse::cells::rows::serialize")]
    pub team_staff: Vec<Vec<StaffCell>>,
    /// By queue, then site, weekday and cell of the day: how often the interval's own service level fell in each class.
    #[serde(serialize_with = "sparse::rows::serialize")]
    pub service: Vec<Vec<u32>>,
    /// By weekday: how often the day's own service level, over all queues, fell in each class.
    #[serde(serialize_with = "sparse::serialize")]
    pub day_service: Vec<u32>,
    /// The same of the share of the day's calls that were abandoned.
    #[serde(serialize_with = "sparse::serialize")]
    pub day_abandoned: Vec<u32>,
    /// Days on which the option did better than its view's base on the very same day of the same replication, as well, and
    /// worse: by the day's service level, and by the share that gave up. All zero for the base.
    pub days_against: [[u64; 3]; 2],
    /// By group of replications, part, then site, weekday and cell of the day: calls well served, and the base of their share.
    pub(super) weeks: Vec<Vec<[u64; 2]>>,
    /// By part, then site: waits of answered and of unanswered calls, by group of replications.
    pub waits: Vec<Vec<[Histogram; 2]>>,
    /// The same by weekday, where the horizon has several.
    pub(super) week_waits: TimedWaits<Coarse>,
    /// The same by weekday and cell of the day in which calls came, all groups in one.
    pub(super) interval_waits: TimedWaits<Eighths>,
    /// By part, then site, weekday and cell of the day: the longest wait.
    pub(super) longest: Vec<Vec<Micros>>,
    /// What each weekday came to, over replications.
    pub weekdays: Weekdays,
    pub(super) cells_a_day: usize,
    pub(super) first_weekday: usize,
    /// Whether nothing is pooled over replications.
    #[serde(skip)]
    pub(super) sums_alone: bool,
}

/// A day over all queues: calls well served and calls given up, each with the calls of which they are a share.
struct OneDay {
    served: (u64, u64),
    lost: (u64, u64),
}

impl OneDay {
    /// The day of some measured cells; of the centre, callers passed on count once.
    fn of(tally: &Tally, queues: usize, cells: std::ops::Range<usize>) -> OneDay {
        let mut day = OneDay { served: (0, 0), lost: (0, 0) };
        for queue in 0..queues {
            let mut own = Slot::default();
            tally.slots_of_part(queue)[cells.clone()].iter().for_each(|slot| own.merge(slot));
            let (well_served, base) = own.served(tally.service_level(queue));
            day.served = (day.served.0 + well_served, day.served.1 + base);
            day.lost = (day.lost.0 + own.abandoned - own.short, day.lost.1 + own.offered - own.short);
        }
        day
    }
}

/// The waits of a part or, after all parts, of each part of the callers sent to a site.
fn waits_of(tally: &Tally, part: usize, site: Option<usize>) -> impl Iterator<Item = &WeekOfWaits> {
    let of_part = site.is_none().then(|| tally.waits(part));
    of_part.into_iter().chain(site.into_iter().flat_map(|site| tally.site_waits(site)))
}

impl OptionOutcome {
    /// An option without replications; `wanted` are measures whose differences are told by weekday beside the usual ones.
    pub fn new(setting: &Setting, horizon: &Horizon, wanted: &[String]) -> OptionOutcome {
        let (queues, teams, sites) = (setting.queues.len(), setting.teams.len(), setting.sites_told_apart());
        let places = queues + sites;
        let parts = if setting.passes_on() { 2 * queues } else { queues };
        let cells_a_day = horizon.intervals_per_day();
        let cells = horizon.days as usize * cells_a_day;
        OptionOutcome {
            centre: Vec::new(),
            queues: vec![Vec::new(); queues],
            teams: vec![Vec::new(); teams],
            sites: vec![Vec::new(); sites],
            slots: vec![vec![Slot::default(); cells]; places],
            intervals: vec![vec![IntervalSums::default(); 7 * cells_a_day]; places],
            staff: vec![StaffCell::default(); cells],
            team_staff: vec![vec![StaffCell::default(); 7 * cells_a_day]; setting.teams_told_apart()],
            service: vec![Vec::new(); places],
            day_service: vec![0; 7 * SERVICE_BINS],
            day_abandoned: vec![0; 7 * SERVICE_BINS],
            days_against: [[0; 3]; 2],
            weeks: Vec::new(),
            waits: vec![Vec::new(); parts + sites],
            week_waits: TimedWaits::new(if horizon.days > 1 { parts + sites } else { 0 }),
            interval_waits: TimedWaits::new(parts + sites),
            longest: vec![vec![0; 7 * cells_a_day]; parts + sites],
            weekdays: Weekdays::new(setting, horizon, wanted),
            cells_a_day,
            first_weekday: usize::from(horizon.start.weekday().0),
            sums_alone: false,
        }
    }

    /// An option without replications of which sums by replication will be all that is kept: what figures that are ratios
    /// and means are made of.
    pub(super) fn of_sums_alone(setting: &Setting) -> OptionOutcome {
        OptionOutcome {
            centre: Vec::new(),
            queues: vec![Vec::new(); setting.queues.len()],
            teams: vec![Vec::new(); setting.teams.len()],
            sites: vec![Vec::new(); setting.sites_told_apart()],
            sums_alone: true,
            ..OptionOutcome::default()
        }
    }

    /// The sums of the first replications alone; what is pooled over replications cannot be parted, and is empty.
    pub(super) fn first(&self, replications: usize, setting: &Setting, horizon: &Horizon) -> OptionOutcome {
        let rows = |all: &[Sums]| all[..replications.min(all.len())].to_vec();
        let places = |all: &[Vec<Sums>]| all.iter().map(|own| rows(own)).collect();
        OptionOutcome {
            centre: rows(&self.centre),
            queues: places(&self.queues),
            teams: places(&self.teams),
            sites: places(&self.sites),
            ..OptionOutcome::new(setting, horizon, &[])
        }
    }

    /// Adds one replication, of a group of replications; what its weekdays came to is worked out before.
    pub(super) fn add(&mut self, tally: &Tally, weekdays: &[Pair], group: usize) {
        self.add_sums(tally);
        #[cfg(debug_assertions)]
        self.check_weekdays(tally);
        if !self.sums_alone {
            self.weekdays.add(weekdays);
            self.pool(tally, group);
        }
    }

    /// Adds the sums of one replication.
    fn add_sums(&mut self, tally: &Tally) {
        let mut centre = tally.of_centre();
        for (queue, all) in self.queues.iter_mut().enumerate() {
            all.push(tally.queue(queue).clone());
        }
        for (team, sums) in tally.teams().iter().enumerate() {
            centre.merge(sums);
            self.teams[team].push(sums.clone());
        }
        for (site, all) in self.sites.iter_mut().enumerate() {
            all.push(tally.site_sums(site));
        }
        centre.replace([Sum::Days, Sum::DaysMet, Sum::Intervals, Sum::IntervalsMet], tally.centre_targets());
        self.centre.push(centre);
    }

    /// What weekdays come to adds up to what all of them do, in every sum of every place.
    #[cfg(debug_assertions)]
    fn check_weekdays(&self, tally: &Tally) {
        let total = |of: &dyn Fn(usize) -> Sums| {
            let mut all = Sums::default();
            (0..7).for_each(|weekday| all.merge(&of(weekday)));
            all
        };
        assert_eq!(self.centre.last(), Some(&total(&|weekday| tally.centre_on(weekday))));
        for (queue, all) in self.queues.iter().enumerate() {
            assert_eq!(all.last(), Some(&total(&|weekday| tally.queue_on(queue, weekday).clone())));
        }
        for (team, all) in self.teams.iter().enumerate() {
            assert_eq!(all.last(), Some(&total(&|weekday| tally.team_on(team, weekday).clone())));
        }
        for (site, all) in self.sites.iter().enumerate() {
            let week = tally.site_week(site);
            assert_eq!(all.last(), Some(&total(&|weekday| week[weekday].clone())));
        }
    }

    /// Adds what is pooled of one replication.
    fn pool(&mut self, tally: &Tally, group: usize) {
        for queue in 0..self.queues.len() {
            let slots = tally.slots(queue);
            self.slots[queue].iter_mut().zip(slots).for_each(|(all, slot)| all.merge(slot));
            tally.add_intervals(queue, &mut self.intervals[queue]);
            let level = tally.service_level(queue);
            self.note_service(queue, slots.iter().map(|slot| slot.served(level)));
        }
        for part in 0..self.parts() {
            let level = tally.service_level(part);
            self.note_week(part, tally.slots_of_part(part).iter().map(|slot| slot.served(level)), group);
        }
        for site in 0..self.sites.len() {
            self.pool_site(site, tally, group);
        }
        self.note_days(tally);
        self.staff.iter_mut().zip(tally.staff_cells()).for_each(|(all, cell)| all.merge(cell));
        let (week, first) = (7 * self.cells_a_day, self.first_weekday * self.cells_a_day);
        for (team, all) in self.team_staff.iter_mut().enumerate() {
            let cells = tally.team_staff(team).iter().enumerate();
            cells.for_each(|(i, cell)| all[(first + i) % week].merge(cell));
        }
    }

    /// Adds what is pooled of one replication of a site.
    fn pool_site(&mut self, site: usize, tally: &Tally, group: usize) {
        let (place, part) = (self.queues.len() + site, self.part_of_site(site));
        tally.add_intervals_at_site(site, &mut self.intervals[place]);
        let slots = tally.site_slots(site);
        self.slots[place].iter_mut().zip(&slots).for_each(|(all, (slot, _))| all.merge(slot));
        self.note_service(place, slots.iter().map(|(_, served)| *served));
        self.note_week(part, slots.iter().map(|(_, served)| *served), group);
    }

    /// Adds the waits of some replications of one group, and what weekdays hold of them.
    pub fn add_waits(&mut self, tally: &Tally, group: usize) {
        if self.sums_alone {
            return;
        }
        for part in 0..self.waits.len() {
            let groups = &mut self.waits[part];
            groups.resize(groups.len().max(group + 1), Default::default());
            for waits in waits_of(tally, part, part.checked_sub(self.parts())) {
                waits.add_to(&mut self.waits[part][group]);
                self.week_waits.add(part, group, |apart| waits.by_weekday(apart));
            }
            #[cfg(debug_assertions)]
            self.week_waits.check(part, group, &self.waits[part][group]);
        }
    }

    /// Adds what intervals hold of the waits of some replications, of whatever groups, and the longest.
    pub(super) fn add_interval_waits(&mut self, tally: &Tally) {
        if self.sums_alone {
            return;
        }
        for part in 0..self.waits.len() {
            for waits in waits_of(tally, part, part.checked_sub(self.parts())) {
                self.interval_waits.add(part, 0, |apart| waits.by_interval(apart));
                let longest = self.longest[part].iter_mut().zip(waits.longest());
                longest.for_each(|(all, more)| *all = (*all).max(more));
            }
        }
    }

    /// What intervals hold of the waits is what all groups of replications do.
    #[cfg(debug_assertions)]
    pub(super) fn check_interval_waits(&self) {
        for (part, groups) in self.waits.iter().enumerate() {
            let mut all = [Histogram::new(), Histogram::new()];
            groups.iter().for_each(|own| all.iter_mut().zip(own).for_each(|(all, own)| all.add(own)));
            self.interval_waits.check(part, 0, &all);
        }
    }

    /// Classes the service level of each interval of each day.
    fn note_service(&mut self, place: usize, served: impl Iterator<Item = (u64, u64)>) {
        let classes = &mut self.service[place];
        classes.resize(7 * self.cells_a_day * SERVICE_BINS, 0);
        for (i, (well_served, base)) in served.enumerate() {
            if base == 0 {
                continue;
            }
            let weekday = (self.first_weekday + i / self.cells_a_day) % 7;
            let cell = weekday * self.cells_a_day + i % self.cells_a_day;
            let class = (200 * well_served + base) / (2 * base);
            classes[cell * SERVICE_BINS + class as usize] += 1;
        }
    }

    /// Classes the service level and the abandonments of each day, over all queues.
    fn note_days(&mut self, tally: &Tally) {
        let cells = self.cells_a_day;
        let days = self.staff.len() / cells;
        for day in 0..days {
            let OneDay { served, lost } =
                OneDay::of(tally, self.queues.len(), day * cells..(day + 1) * cells);
            let first = (self.first_weekday + day) % 7 * SERVICE_BINS;
            let class = |(part, base): (u64, u64)| first + ((200 * part + base) / (2 * base)) as usize;
            if served.1 > 0 {
                self.day_service[class(served)] += 1;
            }
            if lost.1 > 0 {
                self.day_abandoned[class(lost)] += 1;
            }
        }
    }

    /// Compares each day of a replication with the same day of the base.
    pub(super) fn note_against(&mut self, own: &Tally, base: &Tally) {
        if self.sums_alone {
            return;
        }
        let cells = self.cells_a_day;
        for day in 0..self.staff.len() / cells {
            let range = day * cells..(day + 1) * cells;
            let of = |tally: &Tally| OneDay::of(tally, self.queues.len(), range.clone());
            let (own, base) = (of(own), of(base));
            // a/b against c/d as a d against c b: whole numbers, so that alike is alike.
            let side = |better: (u64, u64), worse: (u64, u64)| match (better.0 * worse.1)
                .cmp(&(worse.0 * better.1))
            {
                Ordering::Greater => 0,
                Ordering::Equal => 1,
                Ordering::Less => 2,
            };
            if own.served.1 > 0 && base.served.1 > 0 {
                self.days_against[0][side(own.served, base.served)] += 1;
            }
            if own.lost.1 > 0 && base.lost.1 > 0 {
                self.days_against[1][side(base.lost, own.lost)] += 1;
            }
        }
    }

    /// Parts that are pooled apart: each queue's own callers, then, where callers are passed on, those passed on to each.
    fn parts(&self) -> usize {
        self.waits.len() - self.sites.len()
    }

    /// The parts of a queue.
    pub fn parts_of(&self, queue: usize) -> impl Iterator<Item = usize> + Clone + use<> {
        (queue..self.parts()).step_by(self.queues.len())
    }

    /// The place of a site among what is pooled apart: after all parts.
    pub fn part_of_site(&self, site: usize) -> usize {
        self.parts() + site
    }

    /// Adds the intervals of a part or site to the week of a group of replications.
    fn note_week(&mut self, place: usize, served: impl Iterator<Item = (u64, u64)>, group: usize) {
        let week = 7 * self.cells_a_day;
        let width = week * self.waits.len();
        self.weeks.resize(self.weeks.len().max(group + 1), Vec::new());
        let all = &mut self.weeks[group];
        all.resize(width, [0; 2]);
        for (i, (well_served, base)) in served.enumerate() {
            let sums = &mut all[place * week + (self.first_weekday * self.cells_a_day + i) % week];
            sums[0] += well_served;
            sums[1] += base;
        }
    }

    /// Adds the replications of a later block.
    pub fn append(&mut self, later: OptionOutcome) {
        self.centre.extend(later.centre);
        for (all, more) in self.queues.iter_mut().zip(later.queues) {
            all.extend(more);
        }
        for (all, more) in self.teams.iter_mut().zip(later.teams) {
            all.extend(more);
        }
        for (all, more) in self.sites.iter_mut().zip(later.sites) {
            all.extend(more);
        }
        for (all, more) in self.slots.iter_mut().zip(&later.slots) {
            all.iter_mut().zip(more).for_each(|(a, b)| a.merge(b));
        }
        for (all, more) in self.intervals.iter_mut().zip(&later.intervals) {
            all.iter_mut().zip(more).for_each(|(a, b)| a.merge(b));
        }
        self.staff.iter_mut().zip(&later.staff).for_each(|(a, b)| a.merge(b));
        for (all, more) in self.team_staff.iter_mut().zip(&later.team_staff) {
            all.iter_mut().zip(more).for_each(|(a, b)| a.merge(b));
        }
        for (all, more) in self.service.iter_mut().zip(&later.service) {
            all.resize(all.len().max(more.len()), 0);
            all.iter_mut().zip(more).for_each(|(a, b)| *a += b);
        }
        let counts = self.days_against.iter_mut().flatten().zip(later.days_against.iter().flatten());
        counts.for_each(|(a, b)| *a += b);
        self.day_service.iter_mut().zip(&later.day_service).for_each(|(a, b)| *a += b);
        self.day_abandoned.iter_mut().zip(&later.day_abandoned).for_each(|(a, b)| *a += b);
        self.weeks.resize(self.weeks.len().max(later.weeks.len()), Vec::new());
        for (all, more) in self.weeks.iter_mut().zip(&later.weeks) {
            all.resize(all.len().max(more.len()), [0; 2]);
            for (a, b) in all.iter_mut().zip(more) {
                a[0] += b[0];
                a[1] += b[1];
            }
        }
        for (all, more) in self.waits.iter_mut().zip(&later.waits) {
            all.resize(all.len().max(more.len()), [Histogram::new(), Histogram::new()]);
            for (a, b) in all.iter_mut().zip(more) {
                a[0].add(&b[0]);
                a[1].add(&b[1]);
            }
        }
        for (all, more) in self.longest.iter_mut().flatten().zip(later.longest.into_iter().flatten()) {
            *all = (*all).max(more);
        }
        self.week_waits.append(later.week_waits);
        self.interval_waits.append(later.interval_waits);
        self.weekdays.append(&later.weekdays);
    }

    /// The longest wait of some parts in some cells of the week.
    pub(super) fn longest(&self, parts: &[usize], cells: std::ops::Range<usize>) -> Micros {
        parts.iter().flat_map(|part| &self.longest[*part][cells.clone()]).copied().max().unwrap_or(0)
    }

    /// Cells in a day.
    pub fn cells_a_day(&self) -> usize {
        self.cells_a_day
    }

    /// Classes of the service level of a queue's interval on a weekday (0 is Monday).
    pub fn service_classes(&self, queue: usize, weekday: usize, cell: usize) -> &[u32] {
        let at = (weekday * self.cells_a_day + cell) * SERVICE_BINS;
        self.service[queue].get(at..at + SERVICE_BINS).unwrap_or(&[])
    }
}
