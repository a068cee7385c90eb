//! Whether the random scenarios bring about everything that the twin is there to check: a comparison of things that
//! never happen proves nothing.

use super::told::Told;
use answerable::engine::{Activity, CallKind, Plan, ShiftSummary};
use answerable::random::{Key, Purpose};
use answerable::scenario::{Rota, Setting, ShiftEnd, WrapRule};
use answerable::unit::Micros;
use std::collections::{BTreeMap, BTreeSet};

/// How often each thing happened.
#[derive(Debug, Default)]
pub(super) struct Coverage(BTreeMap<&'static str, u64>);

/// Everything that must happen, and that at least ten times.
const WANTED: [&str; 61] = [
    "answered at once",
    "answered after a wait",
    "two answered at one instant",
    "two freed at one instant",
    "arrivals at one instant",
    "abandoned",
    "abandoned at once",
    "blocked",
    "blocked by a full queue",
    "blocked and tries again",
    "chase blocked",
    "left in the menu",
    "came from the menu",
    "came from the menu after closing",
    "left at an announcement",
    "called back",
    "called back at a later try",
    "called back on a later day",
    "callback failed",
    "callback waiting at the end",
    "outage",
    "lost in line",
    "lost in talk",
    "lost and tries again",
    "blocked in an outage",
    "balked",
    "balked and tries again",
    "door opened to several at one instant",
    "turned away",
    "waiting at the end",
    "redial",
    "redial on a later day",
    "repeat",
    "repeat on a later day",
    "chase",
    "redial of a chase",
    "absorbed",
    "dropped",
    "deferred",
    "cut by the shift's end",
    "padding",
    "no wrap at all",
    "repeats for cut work",
    "answered repeat for cut work",
    "reached at the first attempt, of several",
    "caught up",
    "never caught up",
    "work in idle time",
    "work in overtime",
    "late break",
    "missed break",
    "break in its window",
    "break when quiet",
    "break kept waiting for a place",
    "day of a rota by dates",
    "day of a cycle of days",
    "late finish",
    "straight on into the next shift",
    "missed break before the next shift",
    "absent",
    "open at the end",
];

impl Coverage {
    fn add(&mut self, what: &'static str, happened: bool) {
        *self.0.entry(what).or_default() += u64::from(happened);
    }

    /// Counts what happened in a run.
    pub(super) fn count(&mut self, setting: &Setting, log: &[Told]) {
        let mut last: BTreeMap<&'static str, Micros> = BTreeMap::new();
        let mut together = |what: &'static str, now: Micros| last.insert(what, now) == Some(now);
        let mut left: BTreeMap<u32, Micros> = BTreeMap::new();
        let interval_days = |a: Micros, b: Micros| a / answerable::unit::DAY != b / answerable::unit::DAY;
        let mut ended: BTreeMap<u64, Micros> = BTreeMap::new();
        // Why each case did not get through at its latest attempt.
        let mut away: BTreeMap<u64, &'static str> = BTreeMap::new();
        let mut began: BTreeSet<(u64, u16)> = BTreeSet::new();
        let on_shift: Vec<&ShiftSummary> =
            log.iter().filter_map(|t| if let Told::Left(s) = t { Some(s) } else { None }).collect();
        for told in log {
            match told {
                Told::Offered(a, now) => {
                    let beside = together("arrivals", *now);
                    self.add("arrivals at one instant", beside);
                    let door = setting.queues.iter().any(|q| q.access != Default::default());
                    self.add("door opened to several at one instant", beside && door);
                    let menu = setting.queues[usize::from(a.queue)].access.menu.is_some();
                    self.add("came from the menu", menu);
                    if let Some(why) = away.remove(&a.id.0) {
                        self.add(why, a.redial);
                    }
                    let from = ended.get(&a.id.0).copied().unwrap_or(*now);
                    self.add("redial", a.redial);
                    self.add("redial on a later day", a.redial && interval_days(from, *now));
                    self.add("redial of a chase", a.redial && a.kind == CallKind::Chase);
                    self.add("chase", a.kind == CallKind::Chase);
                    self.add("repeat", a.kind == CallKind::Repeat);
                    let anew = a.kind == CallKind::Repeat && !a.redial;
                    self.add("repeat on a later day", anew && interval_days(from, *now));
                }
                Told::PassedOn(..) => {}
                Told::Answered(a, _, now) => {
                    began.insert((a.id.0, a.attempt));
                    self.add("answered at once", a.arrived == *now);
                    self.add("answered after a wait", a.arrived < *now);
                    self.add("two answered at one instant", together("answers", *now));
                }
                Told::Abandoned(a, now) => {
                    ended.insert(a.id.0, *now);
                    self.add("abandoned", true);
                    self.add("abandoned at once", a.arrived == *now);
                    let announced = setting.queues[usize::from(a.queue)].access.announcements;
                    let at = announced.is_some_and(|n| {
                        (now - a.arrived).checked_sub(n.first).is_some_and(|since| {
                            since == 0 || n.every.is_some_and(|every| since % every == 0)
                        })
                    });
                    self.add("left at an announcement", at);
                }
                Told::Blocked(a, now) => {
                    ended.insert(a.id.0, *now);
                    away.insert(a.id.0, "blocked and tries again");
                    self.add("blocked", true);
                    self.add("chase blocked", a.kind == CallKind::Chase);
                    let down = setting.telephone.outages.iter().any(|o| {
                        let time = now % answerable::unit::DAY;
                        o.start < time && time < o.start + o.length
                    });
                    self.add("blocked in an outage", down);
                    let lines = setting.telephone.lines.or(setting.queues[usize::from(a.queue)].access.lines);
                    self.add("blocked by a full queue", lines.is_none());
                }
                Told::LeftInMenu(a, now) => {
                    ended.insert(a.id.0, *now);
                    self.add("left in the menu", true);
                }
                Told::CalledBack(a, _, reached) => {
                    self.add("called back", true);
                    let callback = setting.queues[usize::from(a.queue)].access.callback;
                    let rung_off = a.rung_off.expect("who is called back has rung off");
                    let once = callback.map_or(0, |c| c.ringing + c.again_after);
                    self.add("called back at a later try", reached - rung_off > once);
                    self.add("called back on a later day", interval_days(rung_off, *reached));
                }
                Told::CallbackFailed(a, now) => {
                    ended.insert(a.id.0, *now);
                    self.add("callback failed", true);
                }
                Told::Outage(..) => self.add("outage", true),
                Told::LostInOutage(a, now) => {
                    ended.insert(a.id.0, *now);
                    away.insert(a.id.0, "lost and tries again");
                    let in_talk = began.remove(&(a.id.0, a.attempt));
                    self.add("lost in talk", in_talk);
                    self.add("lost in line", !in_talk && a.arrived < *now);
                }
                Told::Balked(a, now) => {
                    ended.insert(a.id.0, *now);
                    away.insert(a.id.0, "balked and tries again");
                    self.add("balked", true);
                }
                Told::TurnedAway(a, now) => {
                    self.add("turned away", true);
                    self.add("came from the menu after closing", a.arrived == *now);
                }
                Told::StillWaiting(a, _) => {
                    self.add("waiting at the end", true);
                    self.add("callback waiting at the end", a.rung_off.is_some());
                }
                Told::Handled(a, h) => {
                    ended.insert(a.id.0, h.wrap_end);
                    self.add("two freed at one instant", together("freed", h.wrap_end));
                    self.add("absorbed", h.absorbed > 0);
                    self.add("dropped", h.dropped > 0);
                    self.add("deferred", h.deferred > 0);
                    let late = setting.shift_end == ShiftEnd::FinishCall && h.wrap_end == h.talk_end;
                    self.add("cut by the shift's end", late && h.deferred > 0);
                    self.add("padding", h.padding > 0);
                    self.add("no wrap at all", h.wrap_end == h.talk_end);
                    self.add("repeats for cut work", h.repeats_for_cut);
                    self.add("answered repeat for cut work", h.is_for_cut);
                }
                Told::CaughtUp { .. } => self.add("caught up", true),
                Told::NeverCaughtUp { .. } => self.add("never caught up", true),
                Told::Spent { agent, activity: Activity::Break, from, .. } => {
                    self.count_break(setting, &on_shift, *agent, *from);
                }
                Told::Spent { activity, .. } => {
                    self.add("work in idle time", *activity == Activity::Backlog);
                    self.add("work in overtime", *activity == Activity::Overtime);
                }
                Told::Left(s) => {
                    left.insert(s.agent, s.left);
                    self.add("late break", s.breaks_late > 0);
                    self.add("missed break", s.breaks_missed > 0);
                    self.add("late finish", s.left > s.end);
                    let next = log.iter().any(
                        |t| matches!(t, Told::Started { agent, at } if (*agent, *at) == (s.agent, s.left)),
                    );
                    self.add("straight on into the next shift", next);
                    self.add("missed break before the next shift", next && s.breaks_missed > 0);
                }
                Told::Rostered { agent, absent, .. } => {
                    self.add("absent", *absent);
                    let team = team_of(setting, *agent);
                    self.add("day of a rota by dates", matches!(setting.teams[team].rota, Rota::Dated(_)));
                    self.add("day of a cycle of days", matches!(setting.teams[team].rota, Rota::Cycle(_)));
                }
                Told::Closed(case) => {
                    self.add("open at the end", case.open);
                    let several = case.reached_first && case.attempts > 1;
                    self.add("reached at the first attempt, of several", several);
                }
                Told::Started { .. } => {}
            }
        }
    }

    /// What kind of break begins at a moment, as far as its shift shows.
    fn count_break(&mut self, setting: &Setting, worked: &[&ShiftSummary], agent: u32, from: Micros) {
        let Some(worked) = worked.iter().find(|s| s.agent == agent && s.start <= from && from < s.left)
        else {
            return;
        };
        let midnight = u64::from(worked.day) * answerable::unit::DAY;
        let pauses = setting.shifts[worked.shift as usize].pauses.iter().filter(|p| p.kind.is_break());
        let limited = setting.teams[team_of(setting, agent)].away_at_most.is_some();
        let within: Vec<_> = pauses
            .filter(|p| midnight + p.start <= from && from < midnight + p.latest && p.latest > p.start)
            .collect();
        let quiet = within.iter().any(|p| p.when_quiet.is_some() && midnight + p.start < from);
        self.add("break when quiet", quiet);
        self.add("break in its window", !within.is_empty());
        let waited = within.iter().any(|p| p.when_quiet.is_none() && midnight + p.start < from);
        self.add("break kept waiting for a place", limited && waited);
    }

    /// Everything wanted happened.
    pub(super) fn assert_complete(&self) {
        let rare: Vec<_> =
            WANTED.iter().filter(|w| self.0.get(*w).copied().unwrap_or(0) < 10).copied().collect();
        assert!(rare.is_empty(), "the scenarios hardly bring about: {rare:?}\n{self:#?}");
    }
}

fn team_of(setting: &Setting, agent: u32) -> usize {
    let mut left = agent;
    for (team, t) in setting.teams.iter().enumerate() {
        if left < t.agents {
            return team;
        }
        left -= t.agents;
    }
    panic!("agent {agent} is in no team")
}

/// How often rules of who answers whom came to bear.
#[derive(Debug, Default)]
pub(super) struct Used {
    /// Calls answered by a team that the queue overflows to.
    overflowed: u32,
    /// Adaptive wrap ended before its work was done.
    cut_short: u32,
    /// Wrap that no policy cuts and that ended early nevertheless.
    interrupted: u32,
    /// Calls whose agent is faster or slower than others.
    at_another_speed: u32,
    /// Work put off under a policy that schedules it.
    scheduled: u32,
}

impl Used {
    pub(super) fn count(&mut self, setting: &Setting, told: &[Told]) {
        let teams: Vec<usize> = setting
            .teams
            .iter()
            .enumerate()
            .flat_map(|(number, team)| (0..team.agents).map(move |_| number))
            .collect();
        for told in told {
            let Told::Handled(attempt, handling) = told else { continue };
            let (queue, team) = (usize::from(attempt.queue), teams[handling.agent as usize]);
            let policy = setting.wrap_policy(queue, team);
            self.overflowed += u32::from(!setting.teams[team].answers.contains(&queue));
            let early = handling.done < handling.required;
            match policy.rule {
                WrapRule::Adaptive { .. } => self.cut_short += u32::from(early),
                WrapRule::AsNeeded => self.interrupted += u32::from(early),
                WrapRule::Scheduled { .. } => self.scheduled += u32::from(handling.deferred > 0),
                _ => {}
            }
            let skills = &setting.teams[team].proficiency;
            self.at_another_speed +=
                u32::from(skills.iter().any(|(q, all)| *q == queue && all.iter().any(|p| p.speed != 1.0)));
        }
    }

    /// Everything came to bear in tens of calls at least.
    pub(super) fn assert_all(&self) {
        let Used { overflowed, cut_short, interrupted, at_another_speed, scheduled } = *self;
        let least = [overflowed, cut_short, interrupted, at_another_speed, scheduled].into_iter().min();
        assert!(least >= Some(30), "{self:?}");
    }
}

/// What sites brought about.
#[derive(Debug, Default)]
pub(super) struct AtSites {
    /// Callers of separate sites answered at their own, and at another by overflow.
    at_their_own: u32,
    at_another: u32,
    /// Callers who heard the busy tone while their site alone was down.
    kept_out: u32,
    /// Callers lost in talk and in line as one site went down.
    lost_in_talk: u32,
    lost_in_line: u32,
    /// Calls of pooled queues answered elsewhere while one site was down.
    carried: u32,
}

impl AtSites {
    pub(super) fn count(&mut self, case: &super::days::Case, seed: u64, told: &[Told]) {
        let setting = &case.setting;
        let plan = Plan::new(setting.clone(), case.horizon);
        let cases = Key::replication(seed, 0).purpose(Purpose::Case);
        let site_of = |agent: u32| setting.teams[team_of(setting, agent)].site;
        let downs: Vec<(u64, u64, usize)> = setting
            .telephone
            .outages
            .iter()
            .filter_map(|o| {
                let day = o.date.days_since(case.horizon.first_date()) as u64;
                let start = day * answerable::unit::DAY + o.start;
                Some((start, start + o.length, o.site?))
            })
            .collect();
        let down = |now: u64| downs.iter().any(|o| o.0 <= now && now < o.1);
        let whole = setting.telephone.outages.iter().any(|o| o.site.is_none());
        let mut began = BTreeSet::new();
        for told in told {
            match told {
                Told::Answered(a, agent, now) => {
                    began.insert((a.id.0, a.attempt));
                    match plan.site_of(usize::from(a.queue), cases.at(a.id.0)) {
                        None => self.carried += u32::from(down(*now)),
                        own if own == site_of(*agent) => self.at_their_own += 1,
                        _ => self.at_another += 1,
                    }
                }
                Told::Blocked(a, now) => {
                    let queue = &setting.queues[usize::from(a.queue)];
                    let lines = setting.telephone.lines.or(queue.access.lines);
                    let only = lines.is_none() && queue.access.at_most_waiting.is_none() && !whole;
                    self.kept_out += u32::from(only && down(*now));
                }
                Told::LostInOutage(a, now) if !whole => {
                    let talked = began.contains(&(a.id.0, a.attempt));
                    self.lost_in_talk += u32::from(talked);
                    self.lost_in_line += u32::from(!talked && a.arrived < *now);
                }
                _ => {}
            }
        }
    }

    /// All of it came about in ten calls at least.
    pub(super) fn assert_all(&self) {
        let AtSites { at_their_own, at_another, kept_out, lost_in_talk, lost_in_line, carried } = *self;
        let all = [at_their_own, at_another, kept_out, lost_in_talk, lost_in_line, carried];
        assert!(all.into_iter().min() >= Some(10), "{self:?}");
    }
}
