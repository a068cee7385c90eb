//! One block of replications: replication, day, option; each option carries its own state, all share the day drawn.
//! Options that cannot differ are simulated once.

use super::alike::Alike;
use super::outcome::{GROUPS, OptionOutcome};
use super::weekdays::{Pair, counterparts, wanted};
use crate::demand::{Busyness, Cloud, DayLines, Drawn, FirstCalls, KnownRates, Variates};
use crate::engine::{Observer, Plan};
use crate::history::History;
use crate::law::Samplers;
use crate::random::Key;
use crate::scenario::{Opening, Queue, Setting, Study};
use crate::tally::Tally;
use crate::unit::Micros;

/// Replications per work unit. Results do not depend on how blocks are shared out, but waits are pooled by block for
/// the jackknife, so this number is part of the method.
pub(super) const BLOCK: u32 = 10;

/// Options that must look at the fates of first calls before these are drawn together: at a point in three options the
/// instructions saved in each are those spent once.
const FATES_WORTH: usize = 3;

/// A study compiled: plans of its options, and what they share.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) plans: Vec<Plan>,
    cloud: Cloud,
    /// For each option, which set of laws is its own.
    variates: Vec<usize>,
    /// Kinds of demand: options of one kind meet the same first calls.
    demands: Vec<DemandKind>,
    demand_of: Vec<usize>,
    /// For each option, the base of its view.
    bases: Vec<usize>,
    /// For each option, which of its base's places are those whose weekdays it tells.
    counterparts: Vec<Vec<Option<usize>>>,
    /// Which options are simulated, and which of these tells each option's histories.
    alike: Alike,
    days: u32,
    /// Measures whose differences are told by weekday beside the usual ones.
    wanted: Vec<String>,
    /// Whether only sums by replication are wanted, nothing pooled over them.
    sums_alone: bool,
}

/// Options with the same demand and opening hours.
#[derive(Debug)]
struct DemandKind {
    option: usize,
    busyness: Vec<Busyness>,
}

/// What a kind of demand needs while a replication runs.
#[derive(Debug, Default)]
struct DemandState {
    rates: Vec<Vec<f64>>,
    scores: Vec<Option<f64>>,
    lines: DayLines,
    picked: Vec<u32>,
}

fn same_demand(a: (&[Queue], &Opening), b: (&[Queue], &Opening)) -> bool {
    a.1 == b.1 && a.0.len() == b.0.len() && a.0.iter().zip(b.0).all(|(x, y)| x.demand == y.demand)
}

impl Compiled {
    pub(super) fn new(study: &Study, sums_alone: bool) -> Compiled {
        let mut samplers = Samplers::default();
        let mut rates = KnownRates::default();
        let plan = |setting: &Setting| Plan::with(setting.clone(), study.horizon, &mut samplers, &mut rates);
        let plans: Vec<Plan> = study.options.iter().map(plan).collect();
        let mut shared: Vec<Variates> = Vec::new();
        let mut variates = Vec::new();
        let mut demands: Vec<DemandKind> = Vec::new();
        let mut demand_of = Vec::new();
        for (option, plan) in plans.iter().enumerate() {
            let own = plan.variates();
            variates.push(shared.iter().position(|other| *other == own).unwrap_or_else(|| {
                shared.push(own);
                shared.len() - 1
            }));
            let own = (plan.setting.queues.as_slice(), &plan.setting.opening);
            let kind = demands.iter().position(|kind| {
                let other = &study.options[kind.option];
                same_demand(own, (&other.queues, &other.opening))
            });
            demand_of.push(kind.unwrap_or_else(|| {
                let busyness =
                    plan.setting.queues.iter().map(|q| Busyness::with(&q.demand, &mut samplers)).collect();
                demands.push(DemandKind { option, busyness });
                demands.len() - 1
            }));
        }
        let options = &study.options;
        let base = |own: &Setting| options.iter().position(|other| other.view == own.view).unwrap_or(0);
        let bases: Vec<usize> = options.iter().map(base).collect();
        let counterparts =
            options.iter().zip(&bases).map(|(own, base)| counterparts(own, &options[*base])).collect();
        let (alike, days) = (Alike::of(options), study.horizon.total_days());
        let wanted = wanted(study);
        let following = alike.simulated.iter().filter(|option| plans[**option].can_follow()).count();
        let cloud = Cloud::new(study.horizon.interval, shared).with_fates(following >= FATES_WORTH);
        Compiled {
            plans,
            cloud,
            variates,
            demands,
            demand_of,
            bases,
            counterparts,
            alike,
            days,
            wanted,
            sums_alone,
        }
    }

    /// Every option without replications.
    pub(super) fn none(&self) -> Vec<OptionOutcome> {
        let none = |plan: &Plan| match self.sums_alone {
            true => OptionOutcome::of_sums_alone(&plan.setting),
            false => OptionOutcome::new(&plan.setting, &plan.horizon, &self.wanted),
        };
        self.plans.iter().map(none).collect()
    }
}

/// Workspace of one worker.
#[derive(Debug)]
pub(super) struct Worker<'a> {
    compiled: &'a Compiled,
    /// Of those options that are simulated.
    runs: Vec<OptionRun>,
    demands: Vec<DemandState>,
    ceilings: Vec<Vec<f64>>,
    drawn: Drawn,
}

/// The state of an option that is simulated.
#[derive(Debug)]
struct OptionRun {
    option: usize,
    history: History,
    tally: Tally,
}

impl<'a> Worker<'a> {
    pub(super) fn new(compiled: &'a Compiled) -> Worker<'a> {
        let run = |option: &usize| {
            let plan = &compiled.plans[*option];
            OptionRun { option: *option, history: History::new(plan), tally: Tally::new(plan) }
        };
        Worker {
            compiled,
            runs: compiled.alike.simulated.iter().map(run).collect(),
            demands: compiled.demands.iter().map(|_| DemandState::default()).collect(),
            ceilings: Vec::new(),
            drawn: Drawn::default(),
        }
    }

    /// Runs the replications of a block. What is not pooled by block is [added](Self::add_to) when all blocks are done.
    pub(super) fn block(
        &mut self,
        seed: u64,
        replications: std::ops::Range<u32>,
        done: &dyn Fn(),
    ) -> Vec<OptionOutcome> {
        let mut outcomes = self.compiled.none();
        let group = (replications.start / BLOCK) as usize % GROUPS;
        debug_assert!(
            replications.is_empty() || (replications.end - 1) / BLOCK == replications.start / BLOCK
        );
        self.runs.iter_mut().for_each(|run| run.tally.forget_waits());
        for replication in replications {
            self.replication(Key::replication(seed, replication));
            let weekdays = |run: &OptionRun| outcomes[run.option].weekdays.pairs_of(&run.tally);
            let weekdays: Vec<Vec<Pair>> = self.runs.iter().map(weekdays).collect();
            let of = |option: usize| &weekdays[self.compiled.alike.told_by[option]];
            for (option, outcome) in outcomes.iter_mut().enumerate() {
                let tally = self.tally_of(option);
                outcome.add(tally, of(option), group);
                let base = self.compiled.bases[option];
                if base != option {
                    outcome.note_against(tally, self.tally_of(base));
                    outcome.weekdays.note_against(of(option), of(base), &self.compiled.counterparts[option]);
                }
            }
            done();
        }
        for (option, outcome) in outcomes.iter_mut().enumerate() {
            outcome.add_waits(self.tally_of(option), group);
        }
        outcomes
    }

    /// Adds what is pooled over all that was run here, whatever blocks it was of.
    pub(super) fn add_to(&self, outcomes: &mut [OptionOutcome]) {
        for (option, outcome) in outcomes.iter_mut().enumerate() {
            outcome.add_interval_waits(self.tally_of(option));
        }
    }

    /// What was counted of an option.
    fn tally_of(&self, option: usize) -> &Tally {
        &self.runs[self.compiled.alike.told_by[option]].tally
    }

    /// One replication of every option: not inlined, so that a profiler can count it alone.
    #[inline(never)]
    fn replication(&mut self, root: Key) {
        let compiled = self.compiled;
        for run in &mut self.runs {
            run.history.start(&compiled.plans[run.option], root);
            run.tally.start();
        }
        self.forget_busyness();
        for day in 0..compiled.days {
            self.draw(root, day);
            for run in &mut self.runs {
                let state = &self.demands[compiled.demand_of[run.option]];
                let first = FirstCalls {
                    index: &state.picked,
                    drawn: &self.drawn,
                    variates: compiled.variates[run.option],
                };
                run.history.day(&compiled.plans[run.option], day, first, &mut run.tally);
            }
        }
        for run in &mut self.runs {
            run.history.finish(&compiled.plans[run.option], &mut run.tally);
            run.tally.finish();
        }
    }

    /// A replication knows nothing of the busyness of the one before.
    fn forget_busyness(&mut self) {
        for (state, kind) in self.demands.iter_mut().zip(&self.compiled.demands) {
            state.scores.clear();
            state.scores.resize(kind.busyness.len(), None);
        }
    }

    /// One replication of the first option, told to an observer.
    pub(super) fn replay<O: Observer>(&mut self, root: Key, seen: &mut O) {
        let compiled = self.compiled;
        let (Some(plan), Some(run)) = (compiled.plans.first(), self.runs.first_mut()) else {
            return;
        };
        run.history.start(plan, root);
        self.forget_busyness();
        for day in 0..compiled.days {
            self.draw(root, day);
            let state = &self.demands[compiled.demand_of[0]];
            let first =
                FirstCalls { index: &state.picked, drawn: &self.drawn, variates: compiled.variates[0] };
            self.runs[0].history.day(plan, day, first, seen);
        }
        self.runs[0].history.finish(plan, seen);
    }

    /// Draws a day's first calls up to the highest rate of any option; each kind of demand picks its own.
    fn draw(&mut self, root: Key, day: u32) {
        let compiled = self.compiled;
        self.ceilings.iter_mut().for_each(|c| c.fill(0.0));
        for (state, kind) in self.demands.iter_mut().zip(&compiled.demands) {
            state.day(kind, &compiled.plans[kind.option], root, day);
            for (queue, rates) in state.rates.iter().enumerate() {
                if self.ceilings.len() <= queue {
                    self.ceilings.push(Vec::new());
                }
                let ceiling = &mut self.ceilings[queue];
                ceiling.resize(ceiling.len().max(rates.len()), 0.0);
                ceiling.iter_mut().zip(rates).for_each(|(c, r)| *c = c.max(*r));
            }
        }
        compiled.cloud.draw(root, day, Plan::day_start(day), &self.ceilings, &mut self.drawn);
        for (state, kind) in self.demands.iter_mut().zip(&compiled.demands) {
            let (open, close) = compiled.plans[kind.option].hours(day).unwrap_or((0, 0));
            self.drawn.pick(&state.rates, open, close as Micros, &mut state.picked);
            let cell = compiled.plans[kind.option].horizon.interval;
            state.lines.thin(&self.drawn, open, close, cell, &mut state.picked);
        }
    }
}

impl DemandState {
    /// Works out a day's rates, busyness included.
    fn day(&mut self, kind: &DemandKind, plan: &Plan, root: Key, day: u32) {
        self.rates.resize_with(plan.rates.len(), Vec::new);
        for (queue, rates) in plan.rates.iter().enumerate() {
            let row = &mut self.rates[queue];
            row.clear();
            let Some((profile, hours)) = rates.of_day(day).zip(rates.hours(day)) else {
                row.resize(plan.horizon.intervals_per_day(), 0.0);
                continue;
            };
            row.extend_from_slice(profile);
            let busyness = &kind.busyness[queue];
            if !busyness.is_none() {
                let score = busyness.day_score(root, queue as u64, day, self.scores[queue]);
                self.scores[queue] = Some(score);
                busyness.apply(root, queue as u64, day, score, row);
            }
            let straight = plan.setting.queues[queue].demand.straight_lines;
            self.lines.bend(queue, straight, hours, plan.horizon.interval, row);
        }
    }
}
