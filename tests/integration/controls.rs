//! Control variates: their means are what the scenario says they are, and intervals made with them cover what theory knows.

use answerable::experiment::{Outcome, Request, controls, run};
use answerable::measure::Sum;
use answerable::scenario::{Study, read};
use answerable::statistics::{Contender, Controls, Moments, contender, controlled};
use answerable::theory::ErlangA;
use std::path::Path;
use std::sync::atomic::AtomicBool;

fn outcome(study: &Study, seed: u64, replications: u32) -> Outcome {
    let stop = AtomicBool::new(false);
    run(study, Request { replications, seed, threads: 0, stop: &stop }, &|| ()).expect("not stopped")
}

/// The base of a shipped scenario, or of a text.
fn base(name: &str, more: &str) -> Study {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let text = std::fs::read_to_string(folder.join(name)).expect("it is shipped") + more;
    let files = |file: &str| std::fs::read_to_string(folder.join(file)).map_err(|e| e.to_string());
    let mut study = read(name, &text, &files).expect("sound").study;
    study.options.truncate(1);
    study
}

/// First calls and shifts worked of each shipped scenario, 200 weeks with seed 5, and of the council's with its rate in straight
/// lines. Eight z-tests, each at a level of 0.01%: of a right program one seed in 1,250 fails. A mean
/// that is off by five standard errors (of first calls 0.3 to 0.6%) is found with a probability of 86%.
#[test]
fn the_means_of_controls_are_known_exactly() {
    let council = |change: &str| {
        let mut study = base("district-council.toml", "");
        if !change.is_empty() {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
            let text = std::fs::read_to_string(folder.join("district-council.toml")).expect("it is shipped");
            let line = text.lines().find(|line| line.starts_with("demand = {")).expect("its demand");
            let changed = line.replace(" }", change);
            let files = |file: &str| std::fs::read_to_string(folder.join(file)).map_err(|e| e.to_string());
            let text = text.replace(line, &changed);
            study = read("changed.toml", &text, &files).expect("sound").study;
            study.options.truncate(1);
        }
        study
    };
    for (name, study) in [
        ("council", council("")),
        ("council in straight lines", council(", straight-lines = true }")),
        ("police", base("police-control-room.toml", "")),
        ("repairs", base("repairs-desk.toml", "")),
    ] {
        let outcome = outcome(&study, 5, 200);
        let found = controls(&study, &study.options[0], &outcome.options[0]);
        for (what, control) in ["first calls", "shifts worked"].iter().zip(found) {
            let moments = Moments::of(control.iter().copied());
            let (mean, sd) = (moments.mean().expect("200"), moments.sd().expect("200"));
            println!("{name}, {what}: {mean:.3}, standard error {:.3}", sd / 200f64.sqrt());
            assert!(mean.abs() <= 3.89 * sd / 200f64.sqrt(), "{name}, {what}: {mean} of {sd}");
            assert!(sd > 0.0 || mean == 0.0, "{name}, {what}");
        }
    }
}

/// Three agents around the clock, five calls an hour of 20 minutes, all exponential: M/M/3+M from the second day on.
const CENTRE: &str = r#"format = 1
name = "Erlang A"
[horizon]
start = 2026-11-02
days = 1
warm-up = "1d"
follow-up = "none"
[opening]
monday-sunday = "00:00-24:00"
[queues.calls]
demand = { per-hour = 6, counts = "needs" }
talk.exponential = { mean = "20m" }
patience.exponential = { mean = "10m" }
[teams.team]
agents = 3
answers = ["calls"]
rota = [["day", "day", "day", "day", "day", "day", "day"]]
[shifts]
day = { hours = "00:00-24:00" }
[policy.wrap]
as-needed = {}
[response]
redials = 0.0
repeats = 0.0
"#;

/// 2,000 experiments of 50 days each, held against the share that gives up in the steady state: with exact coverage a right
/// method falls outside 94 to 96% under 4% of seeds; one that covers 93% is found with a probability of 96%.
#[test]
fn intervals_with_controls_cover_what_theory_knows() {
    const EXPERIMENTS: usize = 2000;
    const DAYS: usize = 50;
    let none = |_: &str| Err("no files".to_owned());
    let study = read("erlang.toml", CENTRE, &none).expect("sound").study;
    let truth = ErlangA::new(3.0, 6.0 / 3600.0, 1200.0, 600.0).expect("a queue").p_abandon();
    // One run's replications are independent of each other: its stretches are experiments.
    let outcome = outcome(&study, 3, (EXPERIMENTS * DAYS) as u32);
    let [calls, _] = controls(&study, &study.options[0], &outcome.options[0]);
    let rows = &outcome.options[0].centre;
    let (mut covered, mut plain, mut variances) = (0, 0, 0.0);
    for number in 0..EXPERIMENTS {
        let range = number * DAYS..(number + 1) * DAYS;
        let of =
            |sum: Sum| -> Vec<f64> { rows[range.clone()].iter().map(|row| row.of(sum) as f64).collect() };
        let one: Contender = contender(&of(Sum::Abandoned), &of(Sum::Offered)).expect("calls");
        let found =
            controlled(&one, &Controls::new(DAYS, &[calls[range.clone()].to_vec()])).expect("50 days");
        covered += usize::from(found.ci95.0 <= truth && truth <= found.ci95.1);
        variances += found.variance / EXPERIMENTS as f64;
        let half = Moments::of(one.residuals.iter().copied()).half_width().expect("50 days");
        plain += usize::from((one.figure - truth).abs() <= half);
    }
    let share = |count: usize| count as f64 / EXPERIMENTS as f64;
    println!("covered {} with controls, {} without; variance {variances:.3}", share(covered), share(plain));
    assert!((0.94..=0.96).contains(&share(covered)), "{} of the intervals cover {truth}", share(covered));
    // Busy days are those on which more give up: the control helps, on average.
    assert!(variances < 0.9, "{variances}");
}
