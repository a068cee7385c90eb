//! One option through the horizon: warm-up, the measured window, follow-up, day by day; the workforce's duties, then
//! the engine's day; what carries over stays with the engine.

use crate::demand::FirstCalls;
use crate::engine::{DayInput, Engine, Observer, Plan};
use crate::random::Key;
use crate::workforce::Duty;

/// The state of one option within a replication.
#[derive(Debug)]
pub struct History {
    engine: Engine,
    duties: Vec<Duty>,
    root: Key,
}

impl History {
    /// A history of an option, before its first replication.
    pub fn new(plan: &Plan) -> History {
        History { engine: Engine::new(plan), duties: Vec::new(), root: Key::default() }
    }

    /// Begins a replication.
    pub fn start(&mut self, plan: &Plan, root: Key) {
        self.root = root;
        self.engine.start(plan, root);
    }

    /// Simulates one day.
    pub fn day<O: Observer>(&mut self, plan: &Plan, day: u32, first: FirstCalls<'_>, seen: &mut O) {
        plan.workforce.duties(&plan.setting, &plan.horizon, self.root, day, &mut self.duties);
        self.engine.run_day(plan, &DayInput { day, first, duties: &self.duties }, seen);
    }

    /// Ends the replication after its last day.
    pub fn finish<O: Observer>(&mut self, plan: &Plan, seen: &mut O) {
        self.engine.finish(plan, seen);
    }
}
