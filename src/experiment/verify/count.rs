//! Replications of one row, counted: an observer of its own that counts exactly what theory speaks of.

use crate::demand::{Cloud, Drawn, FirstCalls};
use crate::engine::{Activity, Call, CallKind, Observer, Plan};
use crate::history::History;
use crate::random::Key;
use crate::scenario::Study;
use crate::theory::RowMeasure;
use crate::unit::{DAY, Micros, SECOND, seconds};

/// Waits beyond these many seconds are counted.
const TIMES: [u32; 6] = [10, 20, 60, 150, 300, 450];

/// What one replication brought.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// To the queue that callers ring up.
    pub(super) first: QueueCounts,
    /// To the queue to which they are passed on, if there is one.
    pub(super) next: QueueCounts,
}

impl Counts {
    /// What the queue saw that a measure is of.
    pub(super) fn of(&self, measure: RowMeasure) -> &QueueCounts {
        if measure.of_next().is_some() { &self.next } else { &self.first }
    }

    /// Numerator and denominator of a measure; `None` for one that is not counted.
    pub(super) fn terms(&self, measure: RowMeasure) -> Option<(f64, f64)> {
        self.of(measure).terms(measure.of_next().unwrap_or(measure))
    }
}

/// What a queue and its agents saw, by calls that arrived in the measured window; busy time by the clock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct QueueCounts {
    pub(super) offered: u64,
    pub(super) answered: u64,
    pub(super) abandoned: u64,
    /// Calls that were not answered at once.
    pub(super) waited: u64,
    /// Microseconds waited by answered calls, and by those given up.
    pub(super) answered_wait: u64,
    pub(super) abandoned_wait: u64,
    /// Answered calls, and those given up, that waited longer than each of `TIMES`.
    answered_beyond: [u64; TIMES.len()],
    abandoned_beyond: [u64; TIMES.len()],
    /// Calls that heard the busy tone.
    blocked: u64,
    /// First calls that came to the queue, and those of them that found nobody free.
    first: u64,
    first_waited: u64,
    /// Agents' time on talk and wrap, and all of it, in the window.
    busy: u64,
    staffed: u64,
}

impl QueueCounts {
    /// Numerator and denominator of a measure, as if of the queue rung up; `None` for one that is not counted.
    fn terms(&self, measure: RowMeasure) -> Option<(f64, f64)> {
        let at = |t: u32| TIMES.iter().position(|known| *known == t);
        let offered = self.offered as f64;
        Some(match measure {
            RowMeasure::PWait => (self.waited as f64, offered),
            RowMeasure::PAbandon => (self.abandoned as f64, offered),
            RowMeasure::MeanWait => (seconds(self.answered_wait + self.abandoned_wait), offered),
            RowMeasure::Asa => (seconds(self.answered_wait), self.answered as f64),
            RowMeasure::PBlock => (self.blocked as f64, (self.blocked + self.offered) as f64),
            RowMeasure::ArrivalsServedWithin(t) => {
                ((self.answered - self.answered_beyond[at(t)?]) as f64, (self.blocked + self.offered) as f64)
            }
            RowMeasure::PWaitFirst => (self.first_waited as f64, self.first as f64),
            RowMeasure::EventuallyServed => (self.answered as f64, self.first as f64),
            RowMeasure::Occupancy => (seconds(self.busy), seconds(self.staffed)),
            RowMeasure::ServedWithin(t) => ((self.answered - self.answered_beyond[at(t)?]) as f64, offered),
            RowMeasure::WaitsBeyond(t) => {
                let at = at(t)?;
                ((self.answered_beyond[at] + self.abandoned_beyond[at]) as f64, offered)
            }
            RowMeasure::PWaitNext
            | RowMeasure::AsaNext
            | RowMeasure::OccupancyNext
            | RowMeasure::WaitsBeyondNext(_) => return None,
        })
    }
}

/// Counts one replication.
#[derive(Debug)]
struct Counter {
    counts: Counts,
    /// First measured cell and number of measured cells, from the start of the run.
    first_cell: u32,
    cells: u32,
    /// Number of the first agent of the queue to which callers are passed on.
    next_from: u32,
    /// The measured window.
    from: Micros,
    to: Micros,
}

impl Counter {
    #[inline]
    fn is_measured(&self, call: &Call) -> bool {
        call.cell.wrapping_sub(self.first_cell) < self.cells
    }

    /// The counts of a call's queue.
    #[inline]
    fn queue(&mut self, call: &Call) -> &mut QueueCounts {
        if call.queue == 0 { &mut self.counts.first } else { &mut self.counts.next }
    }
}

/// Whether a call is its case's first.
fn is_first(call: &Call) -> bool {
    call.kind == CallKind::First && !call.redial && call.leg == 0
}

/// Adds one to the count of each time that a wait is longer than.
#[inline]
fn add_beyond(beyond: &mut [u64; TIMES.len()], wait: Micros) {
    for (count, time) in beyond.iter_mut().zip(TIMES) {
        *count += u64::from(wait > u64::from(time) * SECOND);
    }
}

impl Observer for Counter {
    #[inline]
    fn offered(&mut self, call: &Call, _now: Micros) {
        let counts = u64::from(self.is_measured(call));
        let queue = self.queue(call);
        queue.offered += counts;
        queue.first += if is_first(call) { counts } else { 0 };
    }

    fn blocked(&mut self, call: &Call, _now: Micros) {
        let counts = u64::from(self.is_measured(call));
        self.queue(call).blocked += counts;
    }

    /// A caller who rings off at once gives up after no time.
    fn balked(&mut self, call: &Call, now: Micros) {
        self.abandoned(call, now);
    }

    #[inline]
    fn answered(&mut self, call: &Call, _agent: u32, now: Micros) {
        if !self.is_measured(call) {
            return;
        }
        let wait = now - call.arrived;
        let queue = self.queue(call);
        queue.answered += 1;
        if wait > 0 {
            queue.waited += 1;
            queue.first_waited += u64::from(is_first(call));
            queue.answered_wait += wait;
            add_beyond(&mut queue.answered_beyond, wait);
        }
    }

    #[inline]
    fn abandoned(&mut self, call: &Call, now: Micros) {
        if !self.is_measured(call) {
            return;
        }
        let wait = now - call.arrived;
        let queue = self.queue(call);
        queue.abandoned += 1;
        queue.waited += 1;
        queue.first_waited += u64::from(is_first(call));
        queue.abandoned_wait += wait;
        add_beyond(&mut queue.abandoned_beyond, wait);
    }

    #[inline]
    fn spent(&mut self, agent: u32, activity: Activity, from: Micros, to: Micros) {
        if activity == Activity::Call {
            let time = to.min(self.to).saturating_sub(from.max(self.from));
            let queue = if agent < self.next_from { &mut self.counts.first } else { &mut self.counts.next };
            queue.busy += time;
        }
    }
}

/// A row's scenario, compiled.
#[derive(Debug)]
pub(super) struct Trial {
    plan: Plan,
    cloud: Cloud,
}

impl Trial {
    /// Compiles the one option of a study.
    pub(super) fn new(study: &Study) -> Trial {
        let plan = Plan::new(study.options[0].clone(), study.horizon);
        let cloud = Cloud::new(study.horizon.interval, vec![plan.variates()]);
        Trial { plan, cloud }
    }

    /// Runs some replications: the same days of the same people as `run` meets, seen by another observer.
    pub(super) fn replications(&self, seed: u64, range: std::ops::Range<u32>) -> Vec<Counts> {
        let mut history = History::new(&self.plan);
        let (mut drawn, mut picked) = (Drawn::default(), Vec::new());
        let mut rates = vec![Vec::new(); self.plan.rates.len()];
        range
            .map(|replication| {
                let root = Key::replication(seed, replication);
                let mut counter = self.counter();
                history.start(&self.plan, root);
                for day in 0..self.plan.horizon.total_days() {
                    for (own, rates) in self.plan.rates.iter().zip(&mut rates) {
                        rates.clear();
                        rates.extend_from_slice(own.of_day(day).unwrap_or(&[]));
                    }
                    self.cloud.draw(root, day, Plan::day_start(day), &rates, &mut drawn);
                    let (open, close) = self.plan.hours(day).unwrap_or((0, 0));
                    drawn.pick(&rates, open, close, &mut picked);
                    let first = FirstCalls { index: &picked, drawn: &drawn, variates: 0 };
                    history.day(&self.plan, day, first, &mut counter);
                }
                history.finish(&self.plan, &mut counter);
                counter.counts
            })
            .collect()
    }

    fn counter(&self) -> Counter {
        let horizon = &self.plan.horizon;
        let cells = horizon.intervals_per_day() as u32;
        let agents = |team: usize| self.plan.setting.teams.get(team).map_or(0, |team| team.agents);
        let of = |agents: u32| QueueCounts {
            staffed: u64::from(agents) * u64::from(horizon.days) * DAY,
            ..QueueCounts::default()
        };
        Counter {
            counts: Counts { first: of(agents(0)), next: of(agents(1)) },
            next_from: agents(0),
            first_cell: horizon.warm_up_days * cells,
            cells: horizon.days * cells,
            from: Plan::day_start(horizon.warm_up_days),
            to: Plan::day_start(horizon.warm_up_days + horizon.days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Days, study};
    use super::*;
    use crate::experiment::{Request, run};
    use crate::measure::Sum;
    use crate::theory::rows;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn counts_are_those_of_a_run_of_the_same_scenario() {
        for id in ["EA079", "TW001", "MG+003", "MK005", "MG+013", "RT001", "TR001"] {
            let row = rows().into_iter().find(|r| r.id == id).unwrap();
            let study = study(&row, Days { warm_up: 1, measured: 2, follow_up: 1 }).unwrap();
            let stop = AtomicBool::new(false);
            let request = Request { replications: 3, seed: 5, threads: 1, stop: &stop };
            let outcome = run(&study, request, &|| ()).unwrap();
            let ours = Trial::new(&study).replications(5, 0..3);
            let option = &outcome.options[0];
            let queues = option.queues.iter().zip(&option.teams).enumerate();
            let pairs = queues.flat_map(|(number, (queues, teams))| {
                let counts = ours.iter().map(move |c| if number == 0 { &c.first } else { &c.next });
                counts.zip(queues).zip(teams)
            });
            for ((counts, queue), team) in pairs {
                assert_eq!(counts.offered, queue.of(Sum::Offered));
                assert_eq!(counts.answered, queue.of(Sum::Answered));
                assert_eq!(counts.abandoned, queue.of(Sum::Abandoned) + queue.of(Sum::Balked));
                assert_eq!(counts.blocked, queue.of(Sum::Blocked));
                assert_eq!(counts.first, queue.of(Sum::FirstCalls));
                assert_eq!(counts.answered - counts.answered_beyond[1], queue.of(Sum::Within));
                assert_eq!(counts.answered_wait, queue.of(Sum::AnsweredWait));
                assert_eq!(counts.answered_wait + counts.abandoned_wait, queue.of(Sum::OfferedWait));
                assert_eq!(counts.busy, team.of(Sum::Busy));
                assert_eq!(counts.staffed, team.of(Sum::Busy) + team.of(Sum::Available));
                assert_eq!(counts.answered + counts.abandoned, counts.offered);
            }
        }
    }

    #[test]
    fn every_measure_of_every_row_is_counted() {
        for row in rows() {
            for (measure, _) in &row.exact {
                assert!(Counts::default().terms(*measure).is_some(), "{}: {measure:?}", row.id);
            }
        }
    }
}
