//! Changes that must change nothing, and limits at which one thing is another: to the bit where the same histories go
//! on, by level and power where they do not.

use super::exact::{AROUND_THE_CLOCK, queue, run as run_file, team};
use super::reproducible::flagship;
use answerable::experiment::{OptionOutcome, Request, run};
use answerable::law::Law;
use answerable::scenario::{Rota, Setting, Study, Team, Transfer, Warm, When, WrapRule, read};
use answerable::unit::DAY;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// The base of the district council: one queue, breaks, absence, second attempts.
fn council() -> Study {
    let mut study = flagship();
    study.options.truncate(1);
    study
}

/// The base of the police control room: two queues of unequal priority, rotas round the clock.
fn police() -> Study {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let name = "police-control-room.toml";
    let text = std::fs::read_to_string(folder.join(name)).expect("the scenario is there");
    let files = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
    let mut study = read(name, &text, &files).expect("the scenario has no fault").study;
    study.options.truncate(1);
    study
}

fn outcome(study: &Study) -> OptionOutcome {
    let stop = AtomicBool::new(false);
    let request = Request { replications: 5, seed: 3, threads: 1, stop: &stop };
    run(study, request, &|| {}).expect("nobody stops it").options.remove(0)
}

/// Asserts that a change of the base moves no bit of any sum or wait.
fn assert_moves_nothing(what: &str, study: &Study, change: impl Fn(&mut Setting)) {
    let mut changed = study.clone();
    change(&mut changed.options[0]);
    let (before, after) = (outcome(study), outcome(&changed));
    assert!(before.centre == after.centre, "{what}: the centre's sums");
    assert!(before.queues == after.queues && before.teams == after.teams, "{what}: sums");
    assert!(before.slots == after.slots && before.staff == after.staff, "{what}: intervals");
    assert!(before.waits[..before.queues.len()] == after.waits[..before.queues.len()], "{what}: waits");
}

#[test]
fn names_move_no_bit() {
    assert_moves_nothing("names", &police(), |setting| {
        let named = |name: &mut String| name.insert(0, 'Z');
        setting.queues.iter_mut().for_each(|queue| named(&mut queue.name));
        setting.teams.iter_mut().for_each(|team| named(&mut team.name));
        setting.shifts.iter_mut().for_each(|shift| named(&mut shift.name));
    });
}

#[test]
fn priority_of_one_class_is_none() {
    assert_moves_nothing("one queue", &council(), |setting| setting.queues[0].priority = 9);
    let mut equal = police();
    equal.options[0].queues.iter_mut().for_each(|queue| queue.priority = 1);
    assert_moves_nothing("equal priorities", &equal, |setting| {
        setting.queues.iter_mut().for_each(|queue| queue.priority = 9);
    });
}

#[test]
fn more_lines_than_callers_are_no_limit() {
    for study in [council(), police()] {
        assert_moves_nothing("lines", &study, |setting| {
            setting.telephone.lines = Some(1_000_000);
            setting.queues.iter_mut().for_each(|queue| {
                queue.access.lines = Some(1_000_000);
                queue.access.at_most_waiting = Some(1_000_000);
            });
        });
    }
}

#[test]
fn a_cap_that_nobody_reaches_is_wrap_as_needed() {
    for study in [council(), police()] {
        let needed = |setting: &mut Setting| {
            setting.wrap_policies.iter_mut().for_each(|policy| policy.rule = WrapRule::AsNeeded);
        };
        let mut base = study.clone();
        needed(&mut base.options[0]);
        let within = 400 * DAY;
        for rule in [
            WrapRule::Cap { within },
            WrapRule::Target { within, pressure: 1.0 },
            WrapRule::Adaptive { within },
        ] {
            assert_moves_nothing("a cap", &base, |setting| {
                setting.wrap_policies.iter_mut().for_each(|policy| policy.rule = rule);
            });
        }
    }
}

/// A transfer of the first of two queues to the second.
fn transfer(probability: f64, warm: Option<Warm>) -> Transfer {
    Transfer { to: 1, probability, when: When::Any, warm }
}

#[test]
fn transfers_that_never_happen_are_none_and_agents_who_do_not_stay_pass_on_cold() {
    let handover = Law::exponential(30.0);
    let warm = Warm { handover, stays_at_most: 0 };
    assert_moves_nothing("never", &police(), |setting| {
        setting.queues[0].transfers = vec![transfer(0.0, Some(warm.clone()))];
    });
    let mut cold = police();
    cold.options[0].queues[0].transfers = vec![transfer(0.4, None)];
    assert_moves_nothing("cold", &cold, |setting| {
        setting.queues[0].transfers = vec![transfer(0.4, Some(warm.clone()))];
    });
}

/// With a rota of one row and nobody absent, the agents are the same ones in the same order: not in distribution alone,
/// callers meet the same to the bit.
#[test]
fn a_team_split_in_two_alike_is_the_same_to_callers() {
    let mut study = council();
    let setting = &mut study.options[0];
    setting.teams.truncate(1);
    let team = &mut setting.teams[0];
    team.absence = 0.0;
    if let Rota::Weeks(rows) = &mut team.rota {
        rows.truncate(1);
    }
    setting.wrap_policies.truncate(1);
    let whole = outcome(&study);
    let setting = &mut study.options[0];
    let team = setting.teams[0].clone();
    let half = team.agents / 2;
    setting.teams = vec![Team { agents: half, ..team.clone() }, Team { agents: team.agents - half, ..team }];
    setting.wrap_policies.push(setting.wrap_policies[0]);
    let split = outcome(&study);
    assert!(whole.queues == split.queues && whole.slots == split.slots && whole.waits == split.waits);
    assert!(whole.teams != split.teams);
}

/// Two call types that everybody answers are one queue. Level: 3.9 standard errors of the difference of two runs of other
/// people (two-sided, 1 in 10,000), at the files' own seeds; power: that error is asserted to be at most 3% of the figure,
/// so that a difference of 15% is found with a probability of 86% or more.
#[test]
fn two_skills_for_everyone_are_one_pooled_queue() {
    let patience = "patience.exponential = { mean = \"180s\" }\n";
    let pooled = format!(
        "{AROUND_THE_CLOCK}{}{}",
        queue("all", 0.02, 240.0, patience),
        team("one", 5, "[\"all\"]", "")
    );
    let skills = format!(
        "{AROUND_THE_CLOCK}{}{}{}",
        queue("one", 0.012, 240.0, patience),
        queue("two", 0.008, 240.0, patience),
        team("all", 5, "[\"one\", \"two\"]", "")
    );
    let (pooled, skills) = (run_file("pooled", &pooled, &[]), run_file("skills", &skills, &[]));
    for measure in ["mean_wait", "abandonment_rate", "service_level"] {
        // 40 replications: Student's t is 2.0227.
        let [(a, error_a), (b, error_b)] = [&pooled, &skills].map(|results| {
            let at = &results["options"][0]["measures"][measure];
            let number = |value: &serde_json::Value| value.as_f64().expect("a figure");
            (number(&at["mean"]), (number(&at["ci95"][1]) - number(&at["ci95"][0])) / 2.0 / 2.0227)
        });
        let error = (error_a * error_a + error_b * error_b).sqrt();
        assert!(error <= 0.03 * a, "{measure}: {error} at {a}");
        assert!(((a - b) / error).abs() <= 3.9, "{measure}: {a} pooled, {b} with two skills");
    }
}
