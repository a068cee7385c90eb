//! The engine against a naive twin: a second simulator, written differently from the same page, that must agree with
//! it call by call and to the microsecond on hundreds of random scenarios.
//!
//! ANSWERABLE_TWIN_SCENARIOS sets how many scenarios are compared, ANSWERABLE_TWIN_FIRST the seed of the first. A
//! failure names its seed: set ANSWERABLE_TWIN_FIRST to it to see it again.

mod breaks;
mod busy;
mod callers;
mod conserved;
mod coverage;
mod days;
mod getting_through;
mod passed;
mod passing;
mod people;
mod routing;
mod scenarios;
mod simulator;
mod sites;
mod told;
mod weekdays;

use answerable::engine::{CallKind, Plan};
use answerable::history::History;
use answerable::random::{CaseId, Key};
use answerable::scenario::{Horizon, Routing, Setting, ShiftEnd, WrapRule};
use answerable::unit::{DAY, Micros, SECOND};
use simulator::Twin;
use std::collections::BTreeMap;
use told::{Told, difference};

fn from_environment(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn the_engine_and_its_naive_twin_agree_to_the_microsecond() {
    let first = from_environment("ANSWERABLE_TWIN_FIRST", 0);
    let number = from_environment("ANSWERABLE_TWIN_SCENARIOS", 400);
    let mut coverage = coverage::Coverage::default();
    for seed in first..first + number {
        let case = scenarios::scenario(seed);
        let (engine, twin) = days::both(&case, seed);
        if let Some(text) = difference(&engine, &twin) {
            panic!("scenario {seed} differs:\n{text}");
        }
        conserved::assert_conserved(&engine, &format!("scenario {seed}"));
        coverage.count(&case.setting, &engine);
    }
    if number >= 400 {
        coverage.assert_complete();
    }
}

#[test]
fn the_engine_and_its_twin_agree_where_rules_decide_who_answers() {
    let first = from_environment("ANSWERABLE_TWIN_FIRST", 0);
    let number = from_environment("ANSWERABLE_TWIN_SCENARIOS", 300);
    let mut used = coverage::Used::default();
    for seed in first..first + number {
        let case = scenarios::with_rules(seed);
        let (engine, twin) = days::both(&case, seed);
        if let Some(text) = difference(&engine, &twin) {
            panic!("scenario {seed} with rules differs:\n{text}\n{:#?}", case.setting);
        }
        conserved::assert_conserved(&engine, &format!("scenario {seed} with rules"));
        used.count(&case.setting, &engine);
    }
    if number >= 300 {
        used.assert_all();
    }
}

/// Seeds of scenarios in which the two once differed: several calls of one case lost at once as the telephone went down,
/// several agents left alone at once by those they stayed with.
const ONCE_DIFFERED: [u64; 5] = [101_537, 103_225, 103_623, 105_340, 106_683];

#[test]
fn the_engine_and_its_twin_agree_where_callers_are_passed_on() {
    let first = from_environment("ANSWERABLE_TWIN_FIRST", 0);
    let number = from_environment("ANSWERABLE_TWIN_SCENARIOS", 400);
    let mut happened = passed::Happened::default();
    for seed in (first..first + number).chain(ONCE_DIFFERED) {
        let case = scenarios::with_transfers(seed);
        let (engine, twin) = days::both(&case, seed);
        if let Some(text) = difference(&engine, &twin) {
            panic!("scenario {seed} with transfers differs:\n{text}");
        }
        conserved::assert_conserved(&engine, &format!("scenario {seed} with transfers"));
        happened.count(&engine);
    }
    if number >= 400 {
        happened.assert_all();
    }
}

#[test]
fn the_engine_and_its_twin_agree_at_several_sites() {
    let first = from_environment("ANSWERABLE_TWIN_FIRST", 0);
    let number = from_environment("ANSWERABLE_TWIN_SCENARIOS", 300);
    let mut used = coverage::AtSites::default();
    for seed in first..first + number {
        let case = scenarios::at_sites(seed);
        let (engine, twin) = days::both(&case, seed);
        if let Some(text) = difference(&engine, &twin) {
            panic!("scenario {seed} at several sites differs:\n{text}\n{:#?}", case.setting);
        }
        let of_team = |(team, size): &(usize, Micros)| u64::from(case.setting.teams[*team].agents) * size;
        let before = case.setting.start_state.backlog.iter().map(of_team).sum();
        conserved::assert_conserved_from(&engine, before, &format!("scenario {seed} at several sites"));
        used.count(&case, seed, &engine);
    }
    if number >= 300 {
        used.assert_all();
    }
}

#[test]
fn calls_followed_to_their_end_agree_with_the_twin_and_with_the_engine_event_by_event() {
    let first = from_environment("ANSWERABLE_TWIN_FIRST", 0);
    let number = from_environment("ANSWERABLE_TWIN_SCENARIOS", 400);
    let mut with_work = 0;
    for seed in first..first + number {
        let case = scenarios::one_line(seed);
        let plan = Plan::new(case.setting.clone(), case.horizon);
        // Not where talk and wrap may both take no time.
        if !plan.can_follow() {
            continue;
        }
        with_work += 1;
        let root = Key::replication(seed, 0);
        let (in_order, days) = days::by_engine(&case, seed);
        let mut history = History::new(&plan);
        let followed = days::engine_told::<true>(&plan, &mut history, root, &days);
        if let Some(text) = difference(&followed, &in_order) {
            panic!("scenario {seed} differs, calls followed (engine) from event by event (twin):\n{text}");
        }
        let twin = Twin::new(&case.setting, &case.horizon, root).run(&days);
        if let Some(text) = difference(&followed, &twin) {
            panic!("scenario {seed} differs:\n{text}");
        }
        // What a workspace held before does not matter, and it can turn from one manner to the other.
        for told in [
            days::engine(&plan, &mut history, root, &days),
            days::engine_told::<true>(&plan, &mut history, root, &days),
        ] {
            assert!(difference(&told, &followed).is_none(), "scenario {seed} differs when run again");
        }
    }
    assert!(2 * with_work > number, "calls of {with_work} scenarios could be followed");
}

/// Compares a scenario in which agents stand by with the engine event by event; gives whether they can in it.
fn agrees_standing_by(case: &days::Case, seed: u64, kind: &str) -> bool {
    let plan = Plan::new(case.setting.clone(), case.horizon);
    if !plan.can_stand_by() {
        return false;
    }
    let root = Key::replication(seed, 0);
    let (in_order, days) = days::by_engine(case, seed);
    let mut history = History::new(&plan);
    let standing_by = days::engine_told::<true>(&plan, &mut history, root, &days);
    if let Some(text) = difference(&standing_by, &in_order) {
        panic!(
            "scenario {seed} {kind} differs, agents standing by (engine) from event by event (twin):\n{text}"
        );
    }
    // What a workspace held before does not matter, and it can turn from one manner to the other.
    for told in [
        days::engine(&plan, &mut history, root, &days),
        days::engine_told::<true>(&plan, &mut history, root, &days),
    ] {
        assert!(difference(&told, &standing_by).is_none(), "scenario {seed} {kind} differs when run again");
    }
    true
}

/// Takes away what keeps agents from standing by, but for calls without any work and for one line with one group.
fn make_plain(case: &mut days::Case) {
    let setting = &mut case.setting;
    setting.telephone = Default::default();
    for queue in &mut setting.queues {
        queue.access = Default::default();
        (queue.head_start, queue.keep_free, queue.interrupts_wrap) = (0, 0, false);
        queue.routing = Routing::LongestIdle;
        queue.overflow.clear();
        queue.transfers.clear();
    }
    setting.teams.iter_mut().for_each(|team| team.priorities.clear());
    for policy in &mut setting.wrap_policies {
        if let WrapRule::Adaptive { within } = policy.rule {
            policy.rule = WrapRule::Cap { within };
        }
    }
    if setting.shift_end == ShiftEnd::FinishCall {
        setting.shift_end = ShiftEnd::FinishWork;
    }
    setting.shifts.iter_mut().flat_map(|s| &mut s.pauses).for_each(|pause| pause.when_quiet = None);
}

#[test]
fn agents_who_stand_by_answer_whom_they_would_event_by_event() {
    let first = from_environment("ANSWERABLE_TWIN_FIRST", 0);
    let number = from_environment("ANSWERABLE_TWIN_SCENARIOS", 400);
    let (mut others, mut plain) = (0, 0);
    for seed in first..first + number {
        for (kind, mut case) in [
            ("of any kind", scenarios::scenario(seed)),
            ("at several sites", scenarios::at_sites(seed)),
            ("with rules", scenarios::with_rules(seed)),
        ] {
            others += u64::from(agrees_standing_by(&case, seed, kind));
            make_plain(&mut case);
            plain += u64::from(agrees_standing_by(&case, seed, &format!("{kind}, made plain,")));
        }
    }
    assert!(
        number < 400 || others > 30 && plain > 700,
        "agents could stand by in {others} scenarios and {plain} made plain"
    );
}

/// Put-off work for 300 days an agent lies beyond the reach of the agents' clock.
#[test]
fn agents_who_stand_by_may_have_put_off_work_for_the_best_part_of_a_year() {
    let mut compared = 0;
    for seed in 0..40 {
        let mut case = scenarios::scenario(seed);
        make_plain(&mut case);
        case.setting.backlog.in_idle_time = true;
        case.setting.backlog.interruptible = true;
        case.setting.start_state.backlog = vec![(0, 150 * DAY), (0, 150 * DAY)];
        compared += u64::from(agrees_standing_by(&case, seed, "with work for 300 days"));
    }
    assert!(compared > 20, "agents could stand by in {compared} scenarios");
}

#[test]
fn a_replication_does_not_depend_on_what_the_workspace_held_before() {
    for seed in 0..60 {
        let case = scenarios::scenario(seed);
        let plan = Plan::new(case.setting.clone(), case.horizon);
        let mut history = History::new(&plan);
        let roots = [0, 1, 0].map(|replication| Key::replication(seed, replication));
        let logs = roots.map(|root| {
            let rates = days::rates(&plan, root);
            let days = days::draw(&plan, root, rates.clone(), &rates, case.grid);
            days::engine(&plan, &mut history, root, &days)
        });
        if let Some(text) = difference(&logs[0], &logs[2]) {
            panic!("scenario {seed} differs when run again:\n{text}");
        }
    }
}

#[test]
fn a_replication_cut_short_leaves_nothing_behind() {
    for seed in 0..60 {
        let case = scenarios::scenario(seed);
        let plan = Plan::new(case.setting.clone(), case.horizon);
        let root = Key::replication(seed, 0);
        let rates = days::rates(&plan, root);
        let days = days::draw(&plan, root, rates.clone(), &rates, case.grid);
        let fresh = days::engine(&plan, &mut History::new(&plan), root, &days);
        let mut history = History::new(&plan);
        days::first_day(&plan, &mut history, root, &days);
        let again = days::engine(&plan, &mut history, root, &days);
        if let Some(text) = difference(&fresh, &again) {
            panic!("scenario {seed} differs after a run cut short:\n{text}");
        }
    }
}

/// Runs a replication of an option and asserts that nothing is lost in it; gives how many things happened.
pub(crate) fn assert_nothing_is_lost(
    setting: &Setting,
    horizon: Horizon,
    seed: u64,
    scenario: &str,
) -> usize {
    let case = days::Case { setting: setting.clone(), horizon, grid: 1 };
    let (log, _) = days::by_engine(&case, seed);
    conserved::assert_conserved(&log, scenario);
    log.len()
}

/// What belongs to a case's first attempt, as far as a log shows it.
#[derive(Debug, Default)]
struct Person {
    arrived: Micros,
    /// Talk needed and wrap required, if the case was ever answered.
    work: Option<(Micros, Micros)>,
    /// Patience of the first attempt, if it was abandoned.
    patience: Option<Micros>,
    /// Wait of the first attempt, if it was answered.
    waited: Option<Micros>,
}

/// Takes the menus away: with one, when a caller comes to the queue is not when the caller rang.
fn without_menus(case: &mut days::Case) {
    case.setting.queues.iter_mut().for_each(|queue| queue.access.menu = None);
}

fn people(log: &[Told]) -> BTreeMap<CaseId, Person> {
    let mut people: BTreeMap<CaseId, Person> = BTreeMap::new();
    for told in log {
        match told {
            Told::Offered(a, now) | Told::Blocked(a, now) if a.attempt == 0 => {
                people.entry(a.id).or_default().arrived = *now
            }
            Told::Abandoned(a, now) if a.attempt == 0 => {
                people.entry(a.id).or_default().patience = Some(now - a.arrived);
            }
            Told::Answered(a, _, now) if a.attempt == 0 => {
                people.entry(a.id).or_default().waited = Some(now - a.arrived);
            }
            Told::Handled(a, h) if a.kind != CallKind::Chase && h.first_answer => {
                people.entry(a.id).or_default().work = Some((h.talk_needed, h.required));
            }
            _ => {}
        }
    }
    people
}

#[test]
fn another_wrap_policy_meets_the_same_people_with_the_same_needs() {
    let (mut both_answered, mut both_abandoned) = (0, 0);
    for seed in 0..60 {
        let mut case = scenarios::scenario(seed);
        without_menus(&mut case);
        let mut other = case.clone();
        for policy in &mut other.setting.wrap_policies {
            policy.rule = WrapRule::Cap { within: 20 * SECOND };
            (policy.minimum, policy.absorbed, policy.dropped) = (5 * SECOND, 0.1, 0.1);
        }
        let [ours, theirs] = [case, other].map(|case| people(&days::by_engine(&case, seed).0));
        assert_eq!(ours.len(), theirs.len(), "scenario {seed}");
        for (id, a) in &ours {
            let b = &theirs[id];
            assert_eq!(a.arrived, b.arrived, "scenario {seed}: {id:?}");
            if let (Some(work), Some(other)) = (a.work, b.work) {
                assert_eq!(work, other, "scenario {seed}: {id:?}");
                both_answered += 1;
            }
            for (patience, other) in [(a.patience, b), (b.patience, a)] {
                let Some(patience) = patience else { continue };
                assert!(other.patience.is_none_or(|p| p == patience), "scenario {seed}: {id:?}");
                assert!(other.waited.is_none_or(|waited| waited <= patience), "scenario {seed}: {id:?}");
                both_abandoned += u32::from(other.patience.is_some());
            }
        }
    }
    assert!(both_answered > 1000 && both_abandoned > 1000, "{both_answered} {both_abandoned}");
}

#[test]
fn a_lower_volume_meets_some_of_the_people_of_a_higher_one_at_the_same_microsecond() {
    let mut others = 0;
    for seed in 0..60 {
        let mut case = scenarios::scenario(seed);
        without_menus(&mut case);
        let plan = Plan::new(case.setting.clone(), case.horizon);
        let root = Key::replication(seed, 0);
        let low = days::rates(&plan, root);
        let mut high = low.clone();
        high.iter_mut().flatten().flatten().for_each(|rate| *rate *= 1.7);
        let run = |rates: &Vec<Vec<Vec<f64>>>, ceilings: &[Vec<Vec<f64>>]| {
            let days = days::draw(&plan, root, rates.clone(), ceilings, case.grid);
            days::engine(&plan, &mut History::new(&plan), root, &days)
        };
        let (alone, beside, more) = (run(&low, &low), run(&low, &high), run(&high, &high));
        if let Some(text) = difference(&alone, &beside) {
            panic!("scenario {seed}: drawing for a busier option moved this one:\n{text}");
        }
        let (few, many) = (people(&beside), people(&more));
        for (id, person) in &few {
            assert_eq!(many.get(id).map(|p| p.arrived), Some(person.arrived), "scenario {seed}: {id:?}");
        }
        others += many.len() - few.len();
    }
    assert!(others > 1000, "{others}");
}
