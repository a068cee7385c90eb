//! A day replayed: everything that happens on one day of one replication of the base, as an example to look at.
//!
//! Which day is fixed by rule, so that nobody picks one: the first open day of the measured window, in the first
//! replication. It is run once more apart from the experiment, whose own way stays free of it; as every replication is
//! a pure function of the seed, it is the very day that the results hold.

use super::block::{Compiled, Worker};
use crate::engine::{Activity, Call, Handling, Observer, Plan, ShiftSummary};
use crate::random::Key;
use crate::scenario::Study;
use crate::unit::{DAY, Date, Micros};

/// One day of one replication. Times are microseconds after its midnight; what began before or ended after the day is
/// cut at its edges, but for the shifts, whose end may lie beyond.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleDay {
    /// Its date.
    pub date: Date,
    /// Who was rostered, by agent.
    pub duties: Vec<ExampleDuty>,
    /// What agents did, in the order in which it ended.
    pub spells: Vec<Spell>,
    /// Who called, in the order in which their wait ended.
    pub calls: Vec<ExampleCall>,
}

/// A rostered shift.
#[derive(Debug, Clone, PartialEq)]
pub struct ExampleDuty {
    /// The agent, counted over all teams.
    pub agent: u32,
    /// The team's number.
    pub team: usize,
    /// The shift's number.
    pub shift: usize,
    /// Whether it began the day before and ends on this day; its start is then a time of the day before.
    pub began_before: bool,
    /// Rostered start.
    pub start: Micros,
    /// Rostered end.
    pub end: Micros,
    /// When the agent left; none where absent.
    pub left: Option<Micros>,
    /// Breaks begun, and begun late.
    pub breaks: (u32, u32),
}

/// What an agent did for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spell {
    /// The agent.
    pub agent: u32,
    /// What it was.
    pub kind: SpellKind,
    /// From when.
    pub start: Micros,
    /// Until when.
    pub end: Micros,
}

/// Kinds of spell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpellKind {
    /// With a caller, on a call of a queue.
    Talk(usize),
    /// Work after a call of a queue.
    Wrap(usize),
    /// Put-off work, within the shift or after it.
    Backlog,
    /// A break, paid or not.
    Break,
    /// Briefing, training, casework.
    OffPhone,
    /// Waiting for a call.
    Idle,
}

/// A call's wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExampleCall {
    /// The queue's number.
    pub queue: usize,
    /// Moment of arrival.
    pub arrived: Micros,
    /// When the wait ended.
    pub ended: Micros,
    /// How it ended.
    pub fate: Fate,
}

/// How a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// By an answer.
    Answered,
    /// By hanging up.
    Abandoned,
    /// At closing time.
    TurnedAway,
    /// By the busy tone.
    Blocked,
    /// By ringing off at once.
    Balked,
    /// By ringing off to be called back: the agent rings the caller at that moment.
    CalledBack,
    /// By ringing off to be called back, and nobody was reached.
    CallbackFailed,
    /// As the telephone went down.
    LostInOutage,
    /// By ringing off in the menu.
    LeftInMenu,
}

/// Replays the first open measured day of the first replication of the base; none where no measured day is open.
pub fn example_day(study: &Study, seed: u64) -> Option<ExampleDay> {
    let base = study.options.first()?;
    let horizon = study.horizon;
    let measured = horizon.warm_up_days..horizon.warm_up_days + horizon.days;
    let day = measured.into_iter().find(|day| base.opening.hours(horizon.date(*day)).is_some())?;
    let alone = Study { options: vec![base.clone()], ..study.clone() };
    let compiled = Compiled::new(&alone, true);
    let plan = compiled.plans.first()?;
    let mut recorder = Recorder {
        plan,
        day,
        from: Plan::day_start(day),
        duties: Vec::new(),
        spells: Vec::new(),
        calls: Vec::new(),
    };
    Worker::new(&compiled).replay(Key::replication(seed, 0), &mut recorder);
    let Recorder { duties, spells, calls, .. } = recorder;
    Some(ExampleDay { date: horizon.date(day), duties, spells, calls })
}

/// Writes down what happens on one day.
struct Recorder<'a> {
    plan: &'a Plan,
    day: u32,
    /// Its midnight, from the start of the run.
    from: Micros,
    duties: Vec<ExampleDuty>,
    spells: Vec<Spell>,
    calls: Vec<ExampleCall>,
}

impl Recorder<'_> {
    /// The part of a stretch of time that lies within the day.
    fn within(&self, start: Micros, end: Micros) -> Option<(Micros, Micros)> {
        let (start, end) =
            (start.max(self.from) - self.from, end.min(self.from + DAY).checked_sub(self.from)?);
        (start < end).then_some((start, end))
    }

    fn spell(&mut self, agent: u32, kind: SpellKind, start: Micros, end: Micros) {
        if let Some((start, end)) = self.within(start, end) {
            self.spells.push(Spell { agent, kind, start, end });
        }
    }

    fn wait(&mut self, call: &Call, now: Micros, fate: Fate) {
        if (self.from..self.from + DAY).contains(&call.arrived) {
            let (arrived, ended) = (call.arrived - self.from, now - self.from);
            self.calls.push(ExampleCall { queue: usize::from(call.queue), arrived, ended, fate });
        }
    }
}

impl Observer for Recorder<'_> {
    fn answered(&mut self, call: &Call, _agent: u32, now: Micros) {
        self.wait(call, now, Fate::Answered);
    }

    fn abandoned(&mut self, call: &Call, now: Micros) {
        self.wait(call, now, Fate::Abandoned);
    }

    fn blocked(&mut self, call: &Call, now: Micros) {
        self.wait(call, now, Fate::Blocked);
    }

    fn left_in_menu(&mut self, call: &Call, now: Micros) {
        self.wait(call, now, Fate::LeftInMenu);
    }

    fn called_back(&mut self, call: &Call, _agent: u32, reached: Micros) {
        self.wait(call, reached, Fate::CalledBack);
    }

    fn callback_failed(&mut self, call: &Call, now: Micros) {
        self.wait(call, now, Fate::CallbackFailed);
    }

    fn lost_in_outage(&mut self, call: &Call, now: Micros) {
        self.wait(call, now, Fate::LostInOutage);
    }

    fn balked(&mut self, call: &Call, now: Micros) {
        self.wait(call, now, Fate::Balked);
    }

    fn turned_away(&mut self, call: &Call, now: Micros) {
        self.wait(call, now, Fate::TurnedAway);
    }

    fn handled(&mut self, call: &Call, handling: &Handling) {
        let queue = usize::from(call.queue);
        self.spell(handling.agent, SpellKind::Talk(queue), handling.answered, handling.talk_end);
        self.spell(handling.agent, SpellKind::Wrap(queue), handling.talk_end, handling.wrap_end);
    }

    fn rostered(&mut self, agent: u32, day: u32, shift: u32, _absent: bool) {
        let shift = shift as usize;
        let Some(rostered) = self.plan.setting.shifts.get(shift) else { return };
        let began_before = day + 1 == self.day && rostered.end > DAY;
        if day != self.day && !began_before {
            return;
        }
        let teams = 0..self.plan.setting.teams.len();
        let team = teams.into_iter().find(|t| self.plan.workforce.team(*t).contains(&agent)).unwrap_or(0);
        let start = rostered.start;
        let end = if began_before { rostered.end - DAY } else { rostered.end };
        let (left, breaks) = (None, (0, 0));
        self.duties.push(ExampleDuty { agent, team, shift, began_before, start, end, left, breaks });
    }

    fn spent(&mut self, agent: u32, activity: Activity, from: Micros, to: Micros) {
        let kind = match activity {
            // Told with its talk and wrap apart when it ends.
            Activity::Call => return,
            Activity::Idle => SpellKind::Idle,
            Activity::Backlog | Activity::Overtime => SpellKind::Backlog,
            Activity::Break => SpellKind::Break,
            Activity::OffPhone => SpellKind::OffPhone,
        };
        self.spell(agent, kind, from, to);
    }

    fn left(&mut self, shift: &ShiftSummary) {
        let began_before = shift.day + 1 == self.day;
        if shift.day != self.day && !began_before {
            return;
        }
        let own = |d: &&mut ExampleDuty| d.agent == shift.agent && d.began_before == began_before;
        if let Some(duty) = self.duties.iter_mut().find(own) {
            duty.left = Some(shift.left.saturating_sub(self.from));
            duty.breaks = (shift.breaks, shift.breaks_late);
        }
    }
}
