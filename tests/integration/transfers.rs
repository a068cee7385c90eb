//! Callers passed on, through ordinary scenario files run by the command: exact where theory is, and by what each measure
//! says it counts.
//!
//! Level, seeds and power of the comparisons with theory are those of [`exact`](super::exact): 3.9 standard errors
//! (two-sided, 1 in 10,000), the file's own seed, and standard errors of at most 3% of the exact value, so that 15% off
//! is found with a probability of 86% or more.

use super::command::{answerable, text};
use super::exact::{AROUND_THE_CLOCK, hold, queue, run, team};
use answerable::theory::ErlangC;
use serde_json::Value;

const NEVER: &str = "patience.never = {}\n";

fn wait(agents: f64, rate: f64, talk: f64) -> f64 {
    ErlangC::new(agents, rate, talk).expect("the queue is stable").asa_s()
}

/// What leaves M/M/c is a Poisson process that knows nothing of who is left behind (Burke 1956), and so is a part of it
/// taken by chance: the queue to which callers are passed on cold is M/M/c as well.
#[test]
fn the_queue_to_which_callers_are_passed_on_cold_is_exact() {
    let (rate, p, resolved, q) = (0.015, 0.4, 0.7, 0.5);
    let escalated = (1.0 - p) * (1.0 - resolved) * q;
    let transfers = format!(
        "transfers = [{{ to = \"second\", probability = {p} }}, {{ to = \"leaders\", probability = {q}, when = \"unresolved\" }}]\n"
    );
    let scenario = format!(
        "{AROUND_THE_CLOCK}\n[response]\nresolved = {resolved}\nrepeats = 0.0\n{}{}{}{}{}{}",
        queue("first", rate, 240.0, &(transfers + NEVER)),
        queue("second", 0.0, 400.0, NEVER),
        queue("leaders", 0.0, 500.0, NEVER),
        team("one", 5, "[\"first\"]", ""),
        team("two", 3, "[\"second\"]", ""),
        team("three", 1, "[\"leaders\"]", ""),
    );
    let results = run("burke", &scenario, &[]);
    let exact = [
        ("queues/first/measures/mean_wait", wait(5.0, rate, 240.0)),
        ("queues/second/measures/mean_wait", wait(3.0, rate * p, 400.0)),
        ("queues/leaders/measures/mean_wait", wait(1.0, rate * escalated, 500.0)),
        ("teams/two/measures/occupancy", rate * p * 400.0 / 3.0),
        ("teams/three/measures/occupancy", rate * escalated * 500.0),
        ("measures/transfers_per_100", 100.0 * (p + escalated)),
    ];
    hold("burke", &results, 0.03, &exact);
}

/// Two queues that pass callers on to one another, each with its own agents, are a network of M/M/c queues of which each
/// is as if alone (Kelly 1975: routes may depend on how often a caller has been passed on). Five times is the most, so
/// the visits of a caller to either queue are 1 + pq + (pq)² and p times that.
#[test]
fn queues_that_pass_callers_to_and_fro_are_exact_and_end() {
    let (rate, p, q) = (0.01, 0.5, 0.8);
    let visits = 1.0 + p * q + (p * q) * (p * q);
    let (first, second) = (rate * visits, rate * p * visits);
    let to = |name: &str, p: f64| format!("transfers = [{{ to = \"{name}\", probability = {p} }}]\n{NEVER}");
    let scenario = format!(
        "{AROUND_THE_CLOCK}{}{}{}{}",
        queue("first", rate, 200.0, &to("second", p)),
        queue("second", 0.0, 300.0, &to("first", q)),
        team("one", 4, "[\"first\"]", ""),
        team("two", 3, "[\"second\"]", ""),
    );
    let results = run("circle", &scenario, &[]);
    let exact = [
        ("queues/first/measures/mean_wait", wait(4.0, first, 200.0)),
        ("queues/second/measures/mean_wait", wait(3.0, second, 300.0)),
        ("teams/one/measures/occupancy", first * 200.0 / 4.0),
        ("teams/two/measures/occupancy", second * 300.0 / 3.0),
    ];
    hold("circle", &results, 0.03, &exact);
}

fn mean(results: &Value, path: &str) -> f64 {
    let at = path.split('/').fold(&results["options"][0], |at, part| &at[part]);
    at["mean"].as_f64().unwrap_or_else(|| panic!("no {path}: {at}"))
}

/// Everybody is passed on, nobody ever waits, nothing is left to chance but when callers ring: every figure is known.
#[test]
fn each_figure_counts_legs_as_it_says() {
    let scenario = |warm: &str| {
        format!(
            r#"format = 1
name = "Passed on"
[horizon]
start = 2024-01-01
weeks = 2
warm-up = "none"
[opening]
monday-friday = "09:00-17:00"
[shifts.day]
hours = "08:00-18:00"
[response]
resolved = 1.0
[queues.first]
demand = {{ per-day = 20 }}
talk.deterministic = {{ value = "60s" }}
wrap.deterministic = {{ value = "30s" }}
transfers = [{{ to = "second", probability = 1.0{warm} }}]
[queues.second]
demand = {{ per-day = 0 }}
talk.deterministic = {{ value = "100s" }}
wrap.deterministic = {{ value = "10s" }}
[teams.one]
agents = 20
answers = ["first"]
rota = [["day", "day", "day", "day", "day", "off", "off"]]
[teams.two]
agents = 20
answers = ["second"]
rota = [["day", "day", "day", "day", "day", "off", "off"]]
"#
        )
    };
    for (warm, handover) in [("", 0.0), (", warm.handover.deterministic = { value = \"20s\" }", 20.0)] {
        let results = run("figures", &scenario(warm), &[]);
        let is = |path: &str, expected: f64| {
            let found = mean(&results, path);
            assert!((found - expected).abs() < 1e-9, "{path} is {found}, not {expected}");
        };
        let calls = mean(&results, "measures/offered");
        assert!(calls > 150.0);
        for path in ["transferred", "transfer_legs", "cases", "answered"] {
            is(&format!("measures/{path}"), calls);
        }
        is("queues/first/measures/offered", calls);
        is("queues/first/measures/transferred", calls);
        is("queues/first/measures/transfer_legs", 0.0);
        is("queues/second/measures/offered", calls);
        is("queues/second/measures/answered", calls);
        is("queues/second/measures/transfer_legs", calls);
        is("queues/second/measures/service_level", 1.0);
        is("measures/escalated", 0.0);
        is("measures/transfer_abandoned", 0.0);
        is("measures/transfers_per_100", 100.0);
        is("queues/first/measures/talk_time", 60.0 + handover);
        is("queues/second/measures/talk_time", 100.0 + handover);
        is("measures/talk_time", 160.0 + 2.0 * handover);
        is("measures/aht", 200.0 + 2.0 * handover);
        is("measures/wrap_required", 40.0);
        is("measures/contacts_per_case", 1.0);
        is("measures/answers_per_case", 1.0);
        is("measures/reached_first_time", 1.0);
        is("measures/first_contact_resolution", 1.0);
        is("measures/fcr_observed", 1.0);
        is("measures/resolution", 1.0);
        is("measures/failure_demand", 0.0);
        is("measures/caller_effort", (160.0 + handover) / 60.0);
        is("measures/mean_wait", 0.0);
        assert_eq!(mean(&results, "measures/satisfaction"), mean(&results, "measures/satisfaction_answered"));
    }
}

#[test]
fn transfers_are_explained_and_not_told_as_left_out() {
    let scenario = format!(
        "{AROUND_THE_CLOCK}{}{}{}",
        queue(
            "calls",
            0.01,
            200.0,
            "transfers = [{ to = \"leaders\", probability = 0.5, when = \"unresolved\", warm.handover.deterministic = { value = \"30s\" } }]"
        ),
        queue("leaders", 0.0, 300.0, ""),
        team("all", 9, "[\"calls\", \"leaders\"]", ""),
    );
    let folder = tempfile::tempdir().expect("a folder of its own");
    std::fs::write(folder.path().join("a.toml"), scenario).expect("the scenario is written");
    let output = answerable(folder.path(), &["explain", "a.toml"]);
    let told = text(&output.stdout).split_whitespace().collect::<Vec<_>>().join(" ");
    for wanted in [
        "When talk ends in calls: 50% of what the agent cannot resolve are passed on to leaders, and the agent stays until \
         somebody answers, 5 min at most, then hands over (warm), which takes always 30 s.",
        "In one call this happens 5 times at most.",
        "nobody asks a colleague while the caller holds",
    ] {
        assert!(told.contains(wanted), "{wanted}\n{told}");
    }
    assert!(!told.contains("no call moves from one queue to another"), "{told}");
}
