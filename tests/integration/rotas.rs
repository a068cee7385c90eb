//! Scenarios read through the library: rotas by dates, staggered starts, options by the hundred, hostile files.

use answerable::law::Law;
use answerable::scenario::{Reading, read, render_all};
use answerable::unit::{HOUR, MINUTE, parse_date};

/// A sound scenario that keys are added to.
const SMALL: &str = include_str!("accepted/small.toml");

fn no_files(_: &str) -> Result<String, String> {
    Err("there is no such file".into())
}

fn reading(more: &str) -> Reading {
    read("small.toml", &format!("{SMALL}{more}"), &no_files).unwrap_or_else(|f| panic!("{}", render_all(&f)))
}

const DATED: &str = r#"
format = 1
name = "By dates"
[horizon]
start = 2024-01-08
weeks = 2
[opening]
monday-sunday = "09:00-17:00"
[queues.calls]
demand = { per-day = 100 }
talk.exponential = { mean = "3m" }
[teams.core]
answers = ["calls"]
rota-file = "rota.csv"
[teams.late]
answers = ["calls"]
rota-file = "rota.csv"
[shifts.day]
hours = "09:00-17:00"
breaks = [{ between = "12:00-14:00", length = "30m", unpaid = true, when-quiet = true }]
"#;

#[test]
fn a_rota_by_dates_names_its_agents_and_goes_on_before_and_after() {
    let csv = "Agent;Date;Shift;Start;End;Team\r\nAnn;2024-01-08;day;;;core\r\nBob;2024-01-09;;22:00;06:00;late\r\n\
               Cid;2024-01-09;off;;;core\r\nAnn;2024-01-19;;08:00;12:30;core\r\nBob;2024-01-20;day;;;late\r\n";
    let study =
        read("d.toml", DATED, &|_| Ok(csv.to_owned())).unwrap_or_else(|f| panic!("{}", render_all(&f)));
    let (horizon, base) = (study.study.horizon, &study.study.options[0]);
    let on = |team: usize, date: &str| {
        let mut found = Vec::new();
        let date = parse_date(date).unwrap();
        base.teams[team].on(&horizon, date, |k, shift| {
            let shift = &base.shifts[shift];
            found.push((
                base.teams[team].agent_name(k),
                shift.start / MINUTE,
                shift.end / MINUTE,
                shift.paid() / MINUTE,
            ));
        });
        found
    };
    assert_eq!((base.teams[0].agents, base.teams[1].agents), (2, 1));
    assert_eq!(on(0, "2024-01-08"), [("Ann".to_owned(), 540, 1020, 450)]);
    assert_eq!(on(0, "2024-01-19"), [("Ann".to_owned(), 480, 750, 270)]);
    assert_eq!(on(1, "2024-01-09"), [("Bob".to_owned(), 1320, 1800, 480)]);
    assert_eq!(on(0, "2024-01-09"), []);
    // The Monday before is worked like the first Monday of the file, the Friday after like its last.
    assert_eq!(on(0, "2024-01-01"), on(0, "2024-01-08"));
    assert_eq!(on(0, "2024-01-26"), on(0, "2024-01-19"));
    let pause = base.shifts[0].pauses[0];
    assert_eq!((pause.start, pause.latest, pause.when_quiet), (12 * HOUR, 13 * HOUR + HOUR / 2, Some(1)));
}

#[test]
fn staggered_starts_move_shifts_and_breaks_by_agent() {
    let study = reading(
        r#"
[options.staggered]
teams.core.stagger = { by = "20m", starts = 3 }
"#,
    )
    .study;
    let (horizon, option) = (study.horizon, &study.options[1]);
    let mut starts = Vec::new();
    option.teams[0].on(&horizon, horizon.start, |_, shift| starts.push(option.shifts[shift].start / MINUTE));
    assert_eq!(starts, [540, 560, 580, 540]);
    assert_eq!(option.shifts[1].name, "day +20m");
}

#[test]
fn a_removed_key_has_its_default_and_a_kind_replaced_whole_loses_the_other() {
    let study = reading(
        r#"
[queues.calls.wrap]
gamma = { mean = "2m", cv = 0.5 }
[options.bare]
remove = ["queues.calls.wrap", "teams.core.rota[1]"]
teams.core.rota = [["day", "off", "off", "off", "off", "off", "off"], ["off", "day", "off", "off", "off", "off", "off"]]
[options.bare-again]
based-on = "bare"
queues.calls.wrap.exponential.mean = "1m"
"#,
    )
    .study;
    assert_eq!(study.options[1].queues[0].wrap, Law::Deterministic { value: 0.0 });
    assert_eq!(study.options[2].queues[0].wrap, Law::Exponential { mean: 60.0 });
}

#[test]
fn three_hundred_options_are_each_told_apart() {
    let more: String = (0..300).map(|n| format!("[options.o{n}]\nteams.core.agents = {}\n", n + 1)).collect();
    let reading = reading(&more);
    assert_eq!(reading.study.options.len(), 301);
    assert_eq!(reading.study.record.changes.len(), 300);
    let rows = |n: usize| reading.study.record.changes[n].rows.clone();
    assert_eq!(rows(6), [("teams.core.agents".to_owned(), "4".to_owned(), "7".to_owned())]);
    assert!(rows(3).is_empty(), "four agents are the base's own");
}

#[test]
fn hostile_files_are_refused_before_they_are_read() {
    let many: String = (0..100_000).map(|n| format!("[options.o{n}]\n")).collect();
    let huge = format!("{SMALL}#{}", "x".repeat(3_000_000));
    let nested = format!("{SMALL}\n[x]\ny = {}1{}\n", "[".repeat(50_000), "]".repeat(50_000));
    let unknown: String = (0..50_000).map(|n| format!("u{n} = 1\n")).collect();
    let volume = SMALL.replace("per-day = 100", "per-day = 1e300");
    for (text, code) in [
        (format!("{SMALL}{many}"), "too-many"),
        (huge, "too-many"),
        (nested, "syntax"),
        (format!("{SMALL}[policy]\n{unknown}"), "unknown-key"),
        (volume, "out-of-range"),
        (SMALL.replace("agents = 4", "agents = 1_000_000"), "out-of-range"),
    ] {
        let faults = read("hostile.toml", &text, &no_files).unwrap_err();
        assert!(faults.len() <= 1001 && faults.iter().all(|f| f.code == code), "{code}: {:?}", faults[0]);
    }
}

#[test]
fn a_cycle_of_days_is_shared_by_groups_whatever_the_weekday() {
    let study = reading(
        r#"
[shifts.early]
hours = "06:00-14:48"
[shifts.late]
hours = "14:48-23:36"
[shifts.night]
hours = "21:12-06:00"
[options.cycle]
remove = ["teams.core.rota"]
teams.core.agents = 12
teams.core.cycle = { days = ["early", "early", "late", "late", "night", "night", "off", "off", "off", "off"], groups = 5 }
[options."a group a day"]
remove = ["teams.core.rota"]
teams.core.cycle = { days = ["early", "late", "off"] }
"#,
    )
    .study;
    let horizon = study.horizon;
    let on = |option: usize, day: i64| {
        let (option, mut found) = (&study.options[option], Vec::new());
        option.teams[0].on(&horizon, horizon.start.plus(day), |k, shift| {
            found.push((k, option.shifts[shift].name.clone()));
        });
        found
    };
    let by = |day: i64, shift: &str| -> Vec<u32> {
        on(1, day).into_iter().filter(|(_, name)| name == shift).map(|(k, _)| k).collect()
    };
    // Twelve agents in five groups: three in the first two, two in the others.
    assert_eq!([by(0, "early"), by(0, "late"), by(0, "night")], [vec![0, 5, 10], vec![1, 6, 11], vec![2, 7]]);
    assert_eq!(by(1, "early"), [0, 5, 10]);
    assert_eq!(by(2, "late"), [0, 5, 10]);
    assert_eq!(by(2, "early"), [4, 9]);
    // The day before the first measured day the first group has its last day off, and ten days make it whole.
    assert_eq!(by(-1, "early"), [1, 6, 11]);
    for day in -10..0 {
        assert_eq!(on(1, day), on(1, day + 10));
    }
    assert_eq!(on(2, 0), [(0, "early".to_owned()), (1, "late".to_owned()), (3, "early".to_owned())]);
    assert_eq!(on(2, 1), [(0, "late".to_owned()), (2, "early".to_owned()), (3, "late".to_owned())]);
}
