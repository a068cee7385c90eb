//! Views held against each other: the inputs on which a verdict turns, and at what value, where theory knows both; and the
//! same bytes however the run is made.

use super::command::{SMALL, answerable, contents, folder_with, text};
use answerable::experiment::{
    Agreement, Decides, Gauge, Request, Rest, Turn, Unsettled, Watch, agree, allowed, calls, run, sweep,
};
use answerable::scenario::{Setting, Study, Way, Whose, read, sides};
use answerable::theory::ErlangA;
use calamine::{Data, Reader, Xlsx};
use serde_json::Value;
use std::io::Cursor;
use std::path::Path;
use std::sync::atomic::AtomicBool;

/// Around the clock, exponential talk and patience: M/M/c+M but for the first day, which is not counted.
const CENTRE: &str = r#"format = 1
name = "Erlang A"
baseline = "three"
[horizon]
start = 2026-11-02
days = 2
warm-up = "1d"
follow-up = "none"
[opening]
monday-sunday = "00:00-24:00"
[queues.calls]
demand = { per-hour = 30, counts = "needs" }
talk.exponential = { mean = "4m" }
patience.exponential = { mean = "2m" }
target = { answered-within = "20s", share = 0.75 }
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

/// Four agents who have half as many calls again: fewer give up than of three agents' callers as long as calls are short.
const MERGED: &str = r#"
[options."four, and more calls"]
teams.team.agents = 4
queues.calls.demand.per-hour = 45
"#;

fn found(more: &str, measure: &str, by: (u64, u32)) -> Agreement {
    let all = |study: &Study| allowed(study, by.1);
    found_within(more, &[measure], by, &all)
}

fn found_within(
    more: &str,
    measures: &[&str],
    (seed, replications): (u64, u32),
    allowed: &dyn Fn(&Study) -> f64,
) -> Agreement {
    let text = format!("{CENTRE}{more}");
    let none = |_: &str| Err("no files".to_owned());
    let study = read("erlang.toml", &text, &none).expect("a sound scenario").study;
    let gauges: Vec<Gauge> =
        measures.iter().map(|path| Gauge::parse(path, &study).expect("a measure")).collect();
    let stop = AtomicBool::new(false);
    let request = Request { replications, seed, threads: 0, stop: &stop };
    let pairs = |views: [&str; 2], options: &[&str]| sides(&text, &study, views, options);
    let mixes = |sides: &answerable::scenario::Sides, wanted: &[answerable::scenario::Mixed]| {
        sides.settings(("erlang.toml", &text), &none, &study, wanted)
    };
    let watch = Watch { more: &|_| (), done: &|| () };
    let outcome = run(&study, request, &|| ()).expect("not stopped");
    let of = (&study, &outcome);
    let mut all =
        agree(of, &gauges, (&pairs, &mixes), allowed(&study), request, &watch).expect("not stopped");
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// Where between 0 and 1 a function changes its sign, by halving.
fn root(of: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    let rising = of(1.0) > 0.0;
    assert!(rising != (of(0.0) > 0.0), "no change of sign");
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if (of(middle) > 0.0) == rising { high = middle } else { low = middle }
    }
    0.5 * (low + high)
}

fn queue(agents: f64, per_hour: f64, talk: f64, patience: f64) -> ErlangA {
    ErlangA::new(agents, per_hour / 3600.0, talk, patience).expect("a queue")
}

/// By how much more of the callers of four agents give up than of three agents'.
fn merging(talk: f64, patience: f64) -> f64 {
    queue(4.0, 45.0, talk, patience).p_abandon() - queue(3.0, 30.0, talk, patience).p_abandon()
}

/// The share of calls answered within 20 s by three agents, less the target.
fn service(per_hour: f64, talk: f64) -> f64 {
    queue(3.0, per_hour, talk, 120.0).served_within(20.0) - 0.75
}

/// Whether the interval of a turn holds a share of the way.
fn holds(turn: &Turn, share: f64) -> bool {
    let at = share * turn.steps as f64;
    let spans = turn.spans.as_ref().expect("an interval");
    let within = |low: Option<f64>, high: Option<f64>| {
        low.is_none_or(|low| low <= at) && high.is_none_or(|high| high >= at)
    };
    spans.iter().any(|span| span.crossings.len() == 1 && within(span.low, span.high))
}

/// Two views differ in talk and in patience, and only talk decides. One seed; each of the two intervals holds the truth in 95
/// runs of 100. The verdicts lie four standard errors or more from where they change.
#[test]
fn of_two_inputs_the_one_that_decides_is_found_and_the_value_at_which_it_does() {
    let views = "[views.short]\nqueues.calls.talk.exponential.mean = \"150s\"\n\
                 queues.calls.patience.exponential.mean = \"2m\"\n\
                 [views.long]\nqueues.calls.talk.exponential.mean = \"450s\"\n\
                 queues.calls.patience.exponential.mean = \"4m\"\n";
    let found = found(&format!("{MERGED}{views}"), "abandonment_rate", (1, 80));
    assert_eq!((found.agreed, found.untold, found.contested.len()), (0, 0, 1), "{found:?}");
    let one = &found.contested[0];
    assert_eq!(one.asked.verdicts, ["better", "worse"]);
    assert_eq!(found.sides.inputs[0].path, "queues.calls.talk.exponential.mean");
    assert_eq!(one.decides, Decides::Alone(vec![0]));
    assert_eq!((one.alone[0].turns, one.alone[1].turns), ([true, true], [false, false]));
    for (turn, rest, patience) in [(0, Rest::First, 120.0), (1, Rest::Second, 240.0)] {
        let turn = &one.turns[turn];
        assert_eq!((&turn.inputs, &turn.rest), (&vec![0], &rest));
        let truth = root(|share| merging(150.0 + 300.0 * share, patience));
        assert!(holds(turn, truth), "{truth} {:?}", turn.spans);
        // That is worth something: no more than a fifth of the way wide.
        let span = &turn.spans.as_ref().expect("an interval")[0];
        let (low, high) = (span.low.expect("within"), span.high.expect("within"));
        assert!(high - low < 0.2 * turn.steps as f64, "{span:?}");
    }
}

/// More calls, and longer ones, make three agents miss their target together; neither does alone.
#[test]
fn inputs_that_decide_together_alone_are_found_together() {
    let views = "[views.calm]\nqueues.calls.demand.per-hour = 24\nqueues.calls.talk.exponential.mean = \"200s\"\n\
                 queues.calls.patience.exponential.mean = \"2m\"\n\
                 [views.busy]\nqueues.calls.demand.per-hour = 32\nqueues.calls.talk.exponential.mean = \"270s\"\n\
                 queues.calls.patience.exponential.mean = \"121s\"\n";
    let found = found(views, "service_level", (2, 100));
    let one = &found.contested[0];
    assert!(one.asked.target);
    assert_eq!((one.asked.level, one.asked.verdicts), (0.75, ["met", "missed"]));
    for (calls, talk) in [(24.0, 200.0), (24.0, 270.0), (32.0, 200.0)] {
        assert!(service(calls, talk) > 0.02, "{calls} {talk}: {}", service(calls, talk));
    }
    assert_eq!(one.decides, Decides::Together(vec![0, 1]), "{one:?}");
    // From the second view on, each alone turns it back; patience does nothing.
    let turns: Vec<[bool; 2]> = one.alone.iter().map(|alone| alone.turns).collect();
    assert_eq!(turns, [[false, true], [false, true], [false, false]]);
    let [both, calls, talk] = &one.turns[..] else { panic!("{:?}", one.turns) };
    assert_eq!((&both.inputs, &both.rest), (&vec![0, 1], &Rest::First));
    assert!(holds(both, root(|share| service(24.0 + 8.0 * share, 200.0 + 70.0 * share))), "{:?}", both.spans);
    assert!(holds(calls, root(|share| service(24.0 + 8.0 * share, 270.0))), "{:?}", calls.spans);
    assert!(holds(talk, root(|share| service(32.0, 200.0 + 70.0 * share))), "{:?}", talk.spans);
}

/// A law of another name is one input that has nothing between: a Weibull of shape 1 is exponential.
#[test]
fn what_has_nothing_between_is_switched_whole() {
    let views = "[views.short]\nqueues.calls.talk.exponential.mean = \"200s\"\npolicy.closing.turn-away = {}\n\
                 [views.long]\nqueues.calls.talk.weibull = { mean = \"280s\", shape = 1.0 }\n";
    let found = found(views, "service_level", (3, 60));
    let one = &found.contested[0];
    assert!(service(30.0, 200.0) > 0.03 && service(30.0, 280.0) < -0.03);
    let talk = found.sides.inputs.iter().position(|input| input.path == "queues.calls.talk").expect("talk");
    assert_eq!(found.sides.inputs.len(), 2);
    assert!(found.sides.inputs[talk].way.is_none());
    assert_eq!((&one.decides, one.turns.len()), (&Decides::Alone(vec![talk]), 0));
}

#[test]
fn views_that_agree_have_nothing_to_measure() {
    let views = "[views.short]\nqueues.calls.talk.exponential.mean = \"330s\"\n\
                 [views.long]\nqueues.calls.talk.exponential.mean = \"400s\"\n";
    let found = found(&format!("{MERGED}{views}"), "abandonment_rate", (4, 60));
    assert_eq!((found.agreed, found.untold, found.contested.len(), found.left.len()), (1, 0, 0, 0));
}

/// 100 trials, seeds 1 to 100: where 95% of intervals hold the truth, fewer than 88 do with a probability of 0.15%; where 85%
/// do, 88 or more with one of 25%, where 80% do, with one of 3%. A verdict that 12 histories leave open is no trial.
#[test]
fn the_value_at_which_a_verdict_turns_lies_within_its_interval() {
    let views = "[views.short]\nqueues.calls.talk.exponential.mean = \"150s\"\n\
                 [views.long]\nqueues.calls.talk.exponential.mean = \"450s\"\n";
    let truth = root(|share| merging(150.0 + 300.0 * share, 120.0));
    let (mut held, mut told) = (0, 0);
    for seed in 1..=100 {
        let found = found(&format!("{MERGED}{views}"), "abandonment_rate", (seed, 12));
        let Some(one) = found.contested.first() else { continue };
        told += 1;
        assert_eq!(one.decides, Decides::Alone(vec![0]));
        held += u32::from(holds(&one.turns[0], truth));
    }
    assert!(told >= 80, "{told} told");
    assert!(held * 100 >= 88 * told, "{held} of {told} hold {truth}");
}

/// The figures of both views that stand for settings of as many replications are what simulating these brings.
#[test]
fn what_the_run_has_brought_is_not_run_again() {
    let views = "[views.short]\nqueues.calls.talk.exponential.mean = \"150s\"\n\
                 [views.long]\nqueues.calls.talk.exponential.mean = \"450s\"\n";
    let more = format!("{MERGED}{views}");
    // One way of seven steps takes 14 settings of about 4,000 calls in three days: so much is 25 replications of twice that.
    let few =
        |study: &Study| 25.0 * 17.0 * study.options[..2].iter().map(|o| size_of_one(study, o)).sum::<f64>();
    let found = found_within(&more, &["abandonment_rate"], (7, 60), &few);
    assert_eq!((found.replications, found.compared), (20, 60));
    let one = found.contested.first().expect("contested");
    let study = read("erlang.toml", &format!("{CENTRE}{more}"), &|_: &str| Err("no files".to_owned()));
    let study = study.expect("a sound scenario").study;
    let stop = AtomicBool::new(false);
    let request = Request { replications: 20, seed: 7, threads: 0, stop: &stop };
    let again = sweep(&study, std::slice::from_ref(&one.asked.gauge), request, &|| ()).expect("not stopped");
    let figure = |option: usize| again[option][0].as_ref().expect("a figure");
    assert_eq!(one.ends[0], figure(1).less(figure(0)));
    assert_eq!(one.ends[1], figure(3).less(figure(2)));
}

fn size_of_one(study: &Study, option: &Setting) -> f64 {
    calls(&Study { options: vec![option.clone()], ..study.clone() })
}

/// With so little allowed that nothing can be run, what differs is told all the same, and that it was not looked into.
#[test]
fn a_verdict_that_takes_too_much_work_is_named() {
    let views = "[views.short]\nqueues.calls.talk.exponential.mean = \"150s\"\n\
                 queues.calls.patience.exponential.mean = \"2m\"\n\
                 [views.long]\nqueues.calls.talk.exponential.mean = \"450s\"\n\
                 queues.calls.patience.exponential.mean = \"4m\"\n";
    let measures = ["abandonment_rate", "queues.calls.abandonment_rate"];
    let found = found_within(&format!("{MERGED}{views}"), &measures, (1, 40), &|_| 1000.0);
    assert_eq!((found.agreed, found.untold, found.contested.len()), (0, 0, 0));
    assert_eq!((found.replications, found.compared), (20, 40));
    let left: Vec<(&str, Unsettled)> =
        found.left.iter().map(|(asked, why)| (asked.gauge.path.as_str(), *why)).collect();
    assert_eq!(left, [(measures[0], Unsettled::Work), (measures[1], Unsettled::Work)]);
}

/// Views that differ in a number that falls, in a law, in a word of the policy, and in a whole number.
const APART: &str = r#"
[options."four"]
teams.team.agents = 4
[views.one]
queues.calls.talk.exponential.mean = "5m"
response.redials-at-most = 3
[views.two]
queues.calls.patience.weibull = { mean = "3m", shape = 0.8 }
response.redials-at-most = 6
policy.closing.turn-away = {}
"#;

#[test]
fn what_two_views_differ_in_is_found_and_mixtures_are_one_view_in_some_of_it() {
    let text = format!("{CENTRE}{APART}");
    let none = |_: &str| Err("no files".to_owned());
    let study = read("two.toml", &text, &none).expect("sound").study;
    let sides = sides(&text, &study, ["one", "two"], &["four"]).expect("both are there");
    let mut seen: Vec<(&str, Option<usize>)> =
        sides.inputs.iter().map(|i| (i.path.as_str(), i.way.as_ref().map(Way::points))).collect();
    seen.sort();
    assert_eq!(
        seen,
        [
            ("policy.closing", None),
            ("queues.calls.patience", None),
            ("queues.calls.talk.exponential.mean", Some(9)),
            ("response.redials-at-most", Some(4)),
        ]
    );
    let place = |path: &str| sides.inputs.iter().position(|input| input.path == path).expect(path);
    let (talk, patience) = (place("queues.calls.talk.exponential.mean"), place("queues.calls.patience"));
    let way = sides.inputs[talk].way.as_ref().expect("a number");
    assert_eq!((way.value(0), way.value(4), way.value(8), way.falls), (300.0, 270.0, 240.0, true));

    let all = |whose: Whose| vec![whose; 4];
    let mut half = all(Whose::First);
    half[talk] = Whose::Step(4);
    half[patience] = Whose::Second;
    let wanted = [(1, all(Whose::First)), (1, all(Whose::Second)), (0, half)];
    let found = sides.settings(("two.toml", &text), &none, &study, &wanted);
    let found: Vec<&Setting> = found.iter().map(|one| one.as_ref().expect("sound")).collect();
    let [one, two] = ["one", "two"].map(|view| {
        study.options.iter().find(|o| o.name == "four" && o.view.as_deref() == Some(view)).expect("there")
    });
    assert_eq!(found[0], one);
    assert_eq!(Setting { view: two.view.clone(), ..found[1].clone() }, *two);
    assert!((found[2].queues[0].talk.mean() - 270.0).abs() < 1e-9);
    assert_eq!(found[2].queues[0].patience, two.queues[0].patience);
    assert_eq!(found[2].closing, one.closing);
}

/// Two views of the small centre: under the one nearly everybody settles at once and waiting is all that counts.
pub(crate) const VIEWS: &str = r#"
[ranges]
"teams.team.agents" = [2, 4]

[sweeps."queues.calls.talk.exponential.mean"]
between = ["2m", "5m"]
points = 3
options = ["four"]

[response]
repeats = 0.9
repeat-delay.exponential = { mean = "2h" }

[options."cut"]
policy.wrap.cap = { within = "20s", dropped = 1.0 }

[views."employer"]
response.repeats-after-cut = 0.0
response.redials = 0.1

[views."union"]
response.repeats-after-cut = 0.9
response.redials = 0.3
"#;

fn exits(folder: &Path, code: i32, arguments: &[&str]) -> String {
    let output = answerable(folder, arguments);
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said
}

#[test]
fn views_are_compared_the_same_bytes_however_the_run_is_made() {
    let folder = folder_with(&format!("{SMALL}{VIEWS}").replace("days = 5", "days = 12"));
    let home = folder.path();
    let said =
        exits(home, 0, &["run", "small.toml", "--replications", "60", "--threads", "1", "--output", "one"]);
    let one = contents(&home.join("one"));
    let record: Value = serde_json::from_slice(&one["tried.json"]).expect("a record");
    let pair = &record["views"][0];
    assert_eq!(pair["views"], serde_json::json!(["employer", "union"]));
    let inputs = pair["inputs"].as_array().expect("a list");
    let repeats = inputs.iter().position(|input| input["path"] == "response.repeats-after-cut");
    let repeats = repeats.expect("the views differ in it");
    let disputed = pair["disputed"].as_array().expect("a list");
    let cut = disputed.iter().find(|one| one["option"] == "cut").expect("the cut is disputed");
    assert_eq!(
        (cut["decides"].as_str(), &cut["by"]),
        (Some("alone"), &serde_json::json!([repeats])),
        "{cut}"
    );
    assert!(said.contains("response.repeats-after-cut ="), "{said}");
    let page = text(&one["report.html"]);
    assert!(page.contains("Where the views part: employer and union"), "no section");
    assert!(page.contains("What the two sides should go and measure: response.repeats-after-cut"));
    assert!(text(&one["statement.md"]).contains("views “employer” and “union” against each other"));
    let chart = text(&one["charts/where-the-views-part.svg"]);
    assert!(chart.contains("<title>The views’ verdict on cut"), "no finding in its title");
    assert!(one.contains_key("charts/where-the-views-part.png"));
    assert!(
        page.contains("id=\"chart-where-the-views-part\"")
            && page.contains("As under employer, but response.")
    );
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(one["results.xlsx"].clone())).expect("a workbook");
    let names = book.sheet_names();
    for name in ["What was tried", "Ranges", "Sweeps", "Break-even", "Views switched", "Views turn"] {
        assert!(names.iter().any(|own| own == name), "{name} is missing: {names:?}");
        assert!(book.worksheet_range(name).expect("a sheet").height() > 1, "{name} is empty");
    }
    // What the sheet says is what is stored.
    let sheet = book.worksheet_range("Ranges").expect("a sheet");
    let number = |row: u32, column: u32| match sheet.get_value((row, column)) {
        Some(Data::Float(value)) => *value,
        other => panic!("{other:?}"),
    };
    let bar = &record["ranges"]["bars"][0];
    for end in [0, 1] {
        let change = &bar["changes"][end as usize];
        assert_eq!(Some(number(1 + end, 9)), change["mean"].as_f64());
        assert_eq!(Some(number(1 + end, 10)), change["ci95"][0].as_f64());
    }

    let run = |more: &[&str]| {
        exits(home, 0, &[&["run", "small.toml", "--replications", "60", "--quiet"], more].concat());
    };
    run(&["--threads", "3", "--output", "two"]);
    assert!(contents(&home.join("two")) == one, "other threads, other bytes");
    for part in ["1", "2", "3"] {
        run(&["--shard", &format!("{part}/3"), "--output", part]);
    }
    exits(home, 0, &["merge", "3", "1", "2", "--quiet", "--output", "joined"]);
    assert!(contents(&home.join("joined")) == one, "parts joined, other bytes");
    std::fs::remove_file(home.join("1/tried.json")).expect("the first part tries");
    exits(home, 0, &["merge", "3", "1", "2", "--quiet", "--output", "joined"]);
    assert!(contents(&home.join("joined")) == one, "parts joined without it, other bytes");
    for drawn in ["charts", "report.html", "results.xlsx"] {
        let place = home.join("two").join(drawn);
        if place.is_dir() { std::fs::remove_dir_all(place) } else { std::fs::remove_file(place) }
            .expect("drawn");
    }
    exits(home, 0, &["report", "two"]);
    assert!(contents(&home.join("two")) == one, "drawn again, other bytes");
    // A part that another run's views were held against is not taken for this run's.
    let other = text(&one["tried.json"]).replace("\"seed\": 1", "\"seed\": 2");
    std::fs::write(home.join("2/tried.json"), other).expect("written");
    exits(home, 0, &["merge", "3", "1", "2", "--quiet", "--output", "joined"]);
    assert!(contents(&home.join("joined")) == one, "another run's record was taken");
}

#[test]
fn a_run_to_a_precision_tries_what_a_run_of_so_many_replications_does() {
    let folder = folder_with(&format!("{SMALL}{VIEWS}"));
    let home = folder.path();
    let wanted = ["run", "small.toml", "--quiet", "--output", "wanted", "--precision", "service_level=0.03"];
    exits(home, 0, &wanted);
    let reached = contents(&home.join("wanted"));
    let results: Value = serde_json::from_slice(&reached["results.json"]).expect("results");
    let replications = results["replications"].as_u64().expect("a number").to_string();
    exits(home, 0, &["run", "small.toml", "--quiet", "--output", "fixed", "--replications", &replications]);
    assert!(contents(&home.join("fixed"))["tried.json"] == reached["tried.json"], "other things were tried");
}
