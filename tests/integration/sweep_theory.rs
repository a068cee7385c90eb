//! Break-even points that theory knows: the interval that a sweep gives holds them as often as it says.

use answerable::experiment::{Gauge, Known, Request, sweep};
use answerable::scenario::{Axis, Chosen, Varied, read, vary};
use answerable::statistics::Meeting;
use answerable::theory::ErlangA;
use std::sync::atomic::AtomicBool;

/// Three agents around the clock, 40 calls an hour of 4 minutes, all exponential: M/M/3+M but for the first hours, which
/// are not counted.
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
demand = { per-hour = 40, counts = "needs" }
talk.exponential = { mean = "4m" }
patience.exponential = { mean = "2m" }
target = { answered-within = "20s", share = 0.8 }
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

const TRIALS: u64 = 500;
const REPLICATIONS: u32 = 12;

fn points(input: &str) -> Varied {
    let none = |_: &str| Err("no files".to_owned());
    let study = read("erlang.toml", CENTRE, &none).expect("a sound scenario").study;
    let axis = Axis::parse(input).expect("a range");
    vary(("erlang.toml", CENTRE), &none, &study, ("--vary", vec![axis]), Chosen::default())
        .expect("sound points")
}

/// Where the curve of a measure meets a level with a seed of a trial.
fn meeting(varied: &Varied, gauge: &Gauge, level: f64, seed: u64) -> Meeting {
    let stop = AtomicBool::new(false);
    let request = Request { replications: REPLICATIONS, seed, threads: 0, stop: &stop };
    let found = sweep(&varied.study, std::slice::from_ref(gauge), request, &|| ()).expect("not stopped");
    let known: Vec<&Known> = found.iter().map(|of| of[0].as_ref().expect("a figure")).collect();
    Known::curve(&known).expect("intervals").meets(level)
}

/// How many of 500 trials hold the true place, and how many tell one crossing.
///
/// Where 95% hold it, fewer than 460 do with a probability of 0.2%; where 90% do, 460 or more with one of 7%. Seeds 1 to 500.
fn coverage(input: &str, measure: &str, level: f64, truth: f64) -> (u64, u64) {
    let varied = points(input);
    let gauge = Gauge::parse(measure, &varied.study).expect("a measure");
    let values = &varied.axes[0].values;
    let place = (truth - values[0]) / (values[1] - values[0]);
    let (mut held, mut told) = (0, 0);
    for seed in 1..=TRIALS {
        let meeting = meeting(&varied, &gauge, level, seed);
        let holds = |low: Option<f64>, high: Option<f64>| {
            low.is_none_or(|low| low <= place) && high.is_none_or(|high| high >= place)
        };
        held += u64::from(meeting.spans.iter().any(|span| holds(span.low, span.high)));
        told += u64::from(meeting.spans.iter().any(|span| span.crossings.len() == 1));
    }
    (held, told)
}

/// The root of a function that changes its sign once, by halving.
fn root(low: f64, high: f64, of: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (low, high);
    let rising = of(high) > 0.0;
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if (of(middle) > 0.0) == rising { high = middle } else { low = middle }
    }
    0.5 * (low + high)
}

#[test]
fn the_patience_at_which_a_share_gives_up_is_found_within_its_interval() {
    let abandoned =
        |patience: f64| ErlangA::new(3.0, 40.0 / 3600.0, 240.0, patience).expect("a queue").p_abandon();
    let truth = 150.0;
    let level = abandoned(truth);
    let (held, told) =
        coverage("queues.calls.patience.exponential.mean=60s..300s/5", "abandonment_rate", level, truth);
    assert!(held >= 460, "{held} of {TRIALS} hold {truth}");
    assert!(told > TRIALS / 2, "{told} of {TRIALS} tell where it is");
}

#[test]
fn the_calls_at_which_a_wait_is_reached_are_found_within_its_interval() {
    let waits =
        |per_hour: f64| ErlangA::new(3.0, per_hour / 3600.0, 240.0, 120.0).expect("a queue").mean_wait_s();
    let level = 30.0;
    let truth = root(20.0, 70.0, |per_hour| waits(per_hour) - level);
    let (held, told) = coverage("queues.calls.demand.per-hour=30..60/4", "mean_wait", level, truth);
    assert!((30.0..60.0).contains(&truth), "{truth}");
    assert!(held >= 460, "{held} of {TRIALS} hold {truth}");
    assert!(told > TRIALS / 2, "{told} of {TRIALS} tell where it is");
}
