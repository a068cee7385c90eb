//! Whole scenarios read: what options, views, defaults and files come to.

use super::*;
use crate::law::Law;
use crate::unit::{DAY, HOUR, MINUTE, SECOND};

/// A sound scenario that keys are added to.
const SMALL: &str = include_str!("../../tests/integration/accepted/small.toml");

fn no_files(_: &str) -> Result<String, String> {
    Err("there is no such file".into())
}

fn reading(more: &str) -> Reading {
    read("small.toml", &format!("{SMALL}{more}"), &no_files).unwrap_or_else(|f| panic!("{}", render_all(&f)))
}

fn codes(more: &str) -> Vec<&'static str> {
    let faults = read("small.toml", &format!("{SMALL}{more}"), &no_files).unwrap_err();
    faults.iter().map(|fault| fault.code).collect()
}

fn weeks(team: &Team) -> &[[Option<usize>; 7]] {
    let Rota::Weeks(rows) = &team.rota else { panic!("{} has a rota by weeks", team.name) };
    rows
}

fn council() -> Reading {
    let files = |name: &str| match name {
        "shapes/council.csv" => Ok(include_str!("../../scenarios/shapes/council.csv").to_owned()),
        _ => Err("there is no such file".to_owned()),
    };
    let text = include_str!("../../scenarios/district-council.toml");
    read("district-council.toml", text, &files).unwrap_or_else(|f| panic!("{}", render_all(&f)))
}

#[test]
fn what_is_left_out_has_its_default() {
    let study = reading("").study;
    let base = &study.options[0];
    assert_eq!((study.replications, study.seed, study.currency.as_str()), (1000, 1, "£"));
    assert_eq!((study.horizon.warm_up_days, study.horizon.follow_up_days), (7, 7));
    assert_eq!(study.horizon.interval, 30 * MINUTE);
    assert_eq!((base.name.as_str(), base.view.as_ref()), ("as it is", None));
    assert_eq!(base.queues[0].patience, None);
    assert_eq!(base.queues[0].wrap, Law::Deterministic { value: 0.0 });
    assert_eq!((base.queues[0].answer_within, base.queues[0].target_share), (20 * SECOND, 0.8));
    assert_eq!(base.response.satisfaction.never_answered, -3.0);
    assert_eq!(base.closing, Closing::FinishQueue);
    assert!(base.backlog.interruptible && base.backlog.in_idle_time);
    assert_eq!(base.wrap_policy(0, 0).rule, WrapRule::AsNeeded);
}

#[test]
fn a_patch_of_the_same_kind_merges_and_of_another_replaces_whole() {
    let study = reading(
        r#"
[policy.wrap]
target = { within = "60s", pressure = 0.8, dropped = 0.3 }
[options.harder]
policy.wrap.target.pressure = 1.0
[options.capped]
policy.wrap.cap = { within = "45s" }
[options.slower]
queues.calls.talk.lognormal.mean = "4m"
[options.another]
queues.calls.talk.exponential.mean = "4m"
"#,
    )
    .study;
    let wrap = |n: usize| *study.options[n].wrap_policy(0, 0);
    assert_eq!(wrap(1).rule, WrapRule::Target { within: MINUTE, pressure: 1.0 });
    assert_eq!(wrap(1).dropped, 0.3);
    assert_eq!((wrap(2).rule, wrap(2).dropped), (WrapRule::Cap { within: 45 * SECOND }, 0.0));
    let Law::Lognormal { mu, sigma } = study.options[3].queues[0].talk else { panic!("the kind is kept") };
    assert!((libm::exp(mu + sigma * sigma / 2.0) - 240.0).abs() < 1e-9);
    assert_eq!(study.options[4].queues[0].talk, Law::Exponential { mean: 240.0 });
}

#[test]
fn lists_are_replaced_whole_and_ways_give_way() {
    let study = reading(
        r#"
[options.part]
teams.core.rota = [["off", "day", "off", "day", "off", "off", "off"]]
queues.calls.demand.per-week = 400
[options.early]
opening.friday = "09:00-12:00"
opening.saturday = "10:00-12:00"
"#,
    )
    .study;
    let row = [None, Some(0), None, Some(0), None, None, None];
    assert_eq!(study.options[1].teams[0].rota, Rota::Weeks(vec![row]));
    assert_eq!(study.options[1].queues[0].demand.volume, Volume::PerWeek(400.0));
    let week = study.options[2].opening.week;
    assert_eq!(week[3], Some((9 * HOUR, 17 * HOUR)));
    assert_eq!(week[4], Some((9 * HOUR, 12 * HOUR)));
    assert_eq!(week[5], Some((10 * HOUR, 12 * HOUR)));
}

#[test]
fn an_option_may_be_based_on_one_that_comes_later() {
    let study = reading(
        r#"
[options.both]
based-on = "more calls"
teams.core.agents = 6
[options."more calls"]
queues.calls.demand.per-day = 150
"#,
    )
    .study;
    let both = &study.options[1];
    assert_eq!((both.teams[0].agents, both.queues[0].demand.volume), (6, Volume::PerDay(150.0)));
    assert_eq!(study.options[2].teams[0].agents, 4);
}

#[test]
fn what_is_taken_away_leaves_its_place_empty() {
    let study = reading(
        r#"
[teams.evening]
agents = 2
answers = ["calls"]
rota = [["day", "off", "off", "off", "off", "off", "off"]]
[options."evening alone"]
remove = ["teams.core"]
"#,
    )
    .study;
    let teams = &study.options[1].teams;
    assert_eq!((teams[0].name.as_str(), teams[0].agents), ("core", 0));
    assert_eq!((teams[1].name.as_str(), teams[1].agents), ("evening", 2));
    assert_eq!(study.options[1].wrap_policies.len(), 2);
}

#[test]
fn every_option_is_read_under_every_view() {
    let all = reading(
        r#"
[response]
resolved = 0.8
repeats = 0.5
[options.trained]
response.resolved = 0.9
[options.part-time]
teams.half = { agents = 2, answers = ["calls"], rota = [["day", "off", "off", "off", "off", "off", "off"]] }
[views.union]
response.repeats = 0.7
teams.half.absence = 0.2
[views.employer]
response.repeats = 0.2
"#,
    );
    let named: Vec<(&str, Option<&str>)> =
        all.study.options.iter().map(|o| (o.name.as_str(), o.view.as_deref())).collect();
    let (union, employer) = (Some("union"), Some("employer"));
    assert_eq!(
        named,
        [
            ("as it is", union),
            ("trained", union),
            ("part-time", union),
            ("as it is", employer),
            ("trained", employer),
            ("part-time", employer),
        ]
    );
    // Counted calls hold the repeats of the base option under the same view, also where an option resolves more.
    let share = |n: usize| all.study.options[n].queues[0].demand.first_call_share;
    assert_eq!(share(0), 1.0 - 0.7 * (1.0 - 0.8));
    assert_eq!(share(1), share(0));
    assert_eq!(share(3), 1.0 - 0.2 * (1.0 - 0.8));
    assert_eq!(all.study.options[2].teams[1].absence, 0.2);
    let diff = &all.study.record.changes[1];
    assert_eq!((diff.option.as_str(), diff.view.as_deref()), ("trained", union));
    assert_eq!(diff.rows, [("response.resolved".to_owned(), "0.8".to_owned(), "0.9".to_owned())]);
    assert_eq!(
        all.study.record.changes[0].rows,
        [("response.repeats".to_owned(), "0.5".to_owned(), "0.7".to_owned())]
    );
}

#[test]
fn a_key_belongs_to_options_or_to_views() {
    let shared = "[options.a]\nteams.core.agents = 5\n[views.v]\nteams.core.agents = 6\n";
    assert_eq!(codes(shared), ["option-and-view"]);
    let apart = "[options.a]\nteams.core.agents = 5\n[views.v]\nteams.core.absence = 0.1\n";
    reading(apart);
    let same_kind = "[options.a]\nqueues.calls.talk.lognormal.mean = \"4m\"\n[views.v]\nqueues.calls.talk.lognormal.cv = 0.5\n";
    reading(same_kind);
}

#[test]
fn a_fault_in_a_patch_stands_on_its_line_and_is_told_once() {
    let more =
        "[options.a]\nteams.core.agents = -1\n[options.b]\nbased-on = \"a\"\nteams.core.absence = 0.1\n";
    let faults = read("small.toml", &format!("{SMALL}{more}"), &no_files).unwrap_err();
    assert_eq!(faults.len(), 1, "{}", render_all(&faults));
    assert_eq!(faults[0].excerpt, "teams.core.agents = -1");
}

#[test]
fn a_teams_wrap_policy_wins_over_a_queues_and_that_over_the_default() {
    let study = reading(
        r#"
[queues.mail]
demand = { per-day = 10 }
talk.exponential.mean = "3m"
policy.wrap.cap = { within = "10s" }
[teams.new]
agents = 1
answers = ["calls", "mail"]
rota = [["day", "off", "off", "off", "off", "off", "off"]]
policy.wrap.cap = { within = "20s" }
[policy]
wrap.cap = { within = "30s" }
"#,
    )
    .study;
    let within = |queue, team| match study.options[0].wrap_policy(queue, team).rule {
        WrapRule::Cap { within } => within / SECOND,
        _ => 0,
    };
    assert_eq!([within(0, 0), within(1, 0), within(0, 1), within(1, 1)], [30, 10, 20, 20]);
}

#[test]
fn the_warm_up_covers_what_repeats_reach_back() {
    let more = "[response]\nresolved = 0.8\nrepeats = 0.5\nrepeat-delay.exponential = { mean = \"2d\" }\n";
    // 99% of an exponential law lie below 4.6 means: 9.2 days, two whole weeks.
    assert_eq!(reading(more).study.horizon.warm_up_days, 14);
}

#[test]
fn a_night_shift_ends_on_the_next_day_and_its_breaks_may() {
    let more =
        "[shifts.night]\nhours = \"22:00-06:00\"\nbreaks = [{ start = \"01:30\", length = \"45m\" }]\n";
    let night = reading(more).study.options[0].shifts[1].clone();
    assert_eq!((night.start, night.end), (22 * HOUR, DAY + 6 * HOUR));
    assert_eq!(night.pauses[0].start, DAY + 90 * MINUTE);
}

#[test]
fn laws_have_the_means_they_were_given() {
    let more = |law: &str| {
        let text = SMALL.replace("talk.lognormal = { mean = \"3m\", cv = 1.0 }", &format!("talk.{law}"));
        let reading = read("small.toml", &text, &no_files).unwrap_or_else(|f| panic!("{}", render_all(&f)));
        reading.study.options[0].queues[0].talk.mean()
    };
    for law in [
        "exponential = { mean = \"3m\" }",
        "lognormal = { mean = \"180s\", cv = 0.7 }",
        "gamma = { mean = \"3m\", cv = 0.7 }",
        "gamma = { shape = 2.0, scale = \"90s\" }",
        "erlang = { k = 3, mean = \"3m\" }",
        "weibull = { mean = \"3m\", shape = 0.85 }",
        "hyperexponential = { weights = [0.25, 0.75], means = [\"6m\", \"2m\"] }",
        "uniform = { low = \"1m\", high = \"5m\" }",
        "triangular = { low = \"1m\", mode = \"2m\", high = \"6m\" }",
        "deterministic = { value = \"3m\" }",
    ] {
        assert!((more(law) - 180.0).abs() < 1e-9, "{law}: {}", more(law));
    }
    assert!(
        (more("lognormal = { median = \"100s\", cv = 1.0 }") - 100.0 * std::f64::consts::SQRT_2).abs() < 1e-9
    );
    assert!((more("lognormal = { mu = 4.62, sigma = 0.74 }") - 133.5).abs() < 0.1);
}

#[test]
fn a_value_can_be_changed_from_outside_in_every_option() {
    let text = format!("{SMALL}[options.more]\nteams.core.agents = 6\n");
    let change =
        |path: &str, value: &str| Change { origin: "--vary".into(), path: path.into(), value: value.into() };
    let changed = |path, value| read_changed("small.toml", &text, &no_files, &[change(path, value)]);
    let study = changed("queues.calls.talk.lognormal.mean", "5m").unwrap().study;
    assert!(study.options.iter().all(|o| (o.queues[0].talk.mean() - 300.0).abs() < 1e-9));
    let study = changed("teams.core.agents", "9").unwrap().study;
    assert!(study.options.iter().all(|o| o.teams[0].agents == 9));
    assert_eq!(changed("run.seed", "7").unwrap().study.seed, 7);
    let faults = changed("teams.core.agents", "-1").unwrap_err();
    assert_eq!(faults[0].render().lines().next(), Some("--vary:1:21: `agents` is out of range"));
    assert_eq!(changed("teams.corps.agents", "1").unwrap_err()[0].code, "no-such-path");
}

#[test]
fn what_was_run_is_read_back_as_the_same_study() {
    let council = council();
    let files = |_: &str| Ok(council.inputs[0].1.clone());
    let again =
        read("scenario.toml", &council.resolved, &files).unwrap_or_else(|f| panic!("{}", render_all(&f)));
    assert_eq!(again.study, council.study);
    assert_eq!(again.resolved, council.resolved);
}

#[test]
fn the_councils_staff_have_444_paid_hours_a_week_in_every_working_pattern() {
    let study = council().study;
    assert_eq!(study.options.len(), 19);
    for option in &study.options {
        let posts: u32 = option.teams.iter().map(|team| team.agents).sum();
        let mut paid = 0;
        for team in &option.teams {
            for agent in 0..team.agents as usize {
                let rows = weeks(team);
                for shift in rows[agent % rows.len()].iter().flatten() {
                    paid += option.shifts[*shift].paid();
                }
            }
        }
        let full_time = if option.teams.len() == 1 { u64::from(posts) } else { 12 };
        assert_eq!(paid, full_time * 37 * HOUR, "{}", option.name);
    }
}

#[test]
fn reading_b_leaves_42_minutes_of_a_paid_hour_on_the_phone() {
    let study = council().study;
    let away = |name: &str| {
        let option = study.options.iter().find(|o| o.name == name).unwrap();
        let (mut away, mut paid) = (0, 0);
        for row in weeks(&option.teams[0]) {
            for shift in row.iter().flatten().map(|s| &option.shifts[*s]) {
                paid += shift.end - shift.start;
                for pause in &shift.pauses {
                    if pause.kind == PauseKind::UnpaidBreak {
                        paid -= pause.length
                    } else {
                        away += pause.length
                    }
                }
            }
        }
        60.0 * away as f64 / paid as f64
    };
    assert!((away("12 FTE, 175,000 calls") - 8.0).abs() < 0.1);
    assert!((away("reading B") - 18.0).abs() < 0.1);
}

#[test]
fn numbers_that_carry_neither_source_nor_assumption_are_listed() {
    let study = reading(
        r#"
[response]
resolved = 0.8
repeats = 0.5
[sources]
"queues.calls.demand" = "the log"
[assumptions]
"response.repeats" = "a guess"
"#,
    )
    .study;
    // A law is named once; defaults, and what is only chosen, are not asked for.
    assert_eq!(study.unsourced, ["queues.calls.talk", "teams.core.agents", "response.resolved"]);
}
