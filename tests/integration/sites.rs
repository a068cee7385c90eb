//! Two sites, pooled and apart, against exact theory and against one another, through ordinary scenario files.
//!
//! Two separate sites are two queues M/M/c+M, each with its share of the calls; pooled they are one with all agents
//! (Palm 1946, by `theory`). Seeds are fixed, level and power are those of [`super::exact`].

use super::exact::{AROUND_THE_CLOCK, hold_option, queue, run, team};
use answerable::theory::ErlangA;
use serde_json::Value;

const TALK: f64 = 300.0;
const PATIENCE: f64 = 240.0;

/// Figures of a queue with Erlang A's exact values.
fn figures(place: &str, agents: u32, rate: f64, occupancy: bool) -> Vec<(String, f64)> {
    let exact = ErlangA::new(f64::from(agents), rate, TALK, PATIENCE).expect("it has a steady state");
    let lost = exact.p_abandon();
    let mut all = vec![
        (format!("{place}/measures/abandonment_rate"), lost),
        // Callers give up at the rate of their patience: P(abandon) = mean wait / mean patience.
        (format!("{place}/measures/mean_wait"), lost * PATIENCE),
        (format!("{place}/measures/service_level"), exact.served_within(20.0)),
    ];
    if occupancy {
        let busy = rate * (1.0 - lost) * TALK / f64::from(agents);
        all.push((format!("{place}/measures/occupancy"), busy));
    }
    all
}

fn hold(name: &str, results: &Value, option: usize, figures: &[(String, f64)]) {
    let figures: Vec<(&str, f64)> = figures.iter().map(|(path, exact)| (path.as_str(), *exact)).collect();
    hold_option(name, results, option, 0.03, &figures);
}

/// Sites apart at shares of their own, and the same agents and callers pooled.
#[test]
fn separate_sites_are_two_queues_and_pooled_ones_are_one() {
    let rate = 0.03;
    let scenario = format!(
        "{}{}{}{}{}",
        AROUND_THE_CLOCK.replace("name = \"Exact\"", "name = \"Exact\"\nbaseline = \"separate\""),
        queue(
            "calls",
            rate,
            TALK,
            &format!(
                "patience.exponential = {{ mean = \"{PATIENCE}s\" }}\nsites = \"separate\"\n\
                 site-shares = {{ north = 0.6, south = 0.4 }}"
            )
        ),
        team("upper", 6, "[\"calls\"]", "site = \"north\""),
        team("lower", 3, "[\"calls\"]", "site = \"south\""),
        "\n[options.pooled]\nqueues.calls.sites = \"pooled\"\nremove = [\"queues.calls.site-shares\"]\n"
    );
    let results = run("sites", &scenario, &[]);
    hold("north", &results, 0, &figures("sites/north", 6, 0.6 * rate, true));
    hold("south", &results, 0, &figures("sites/south", 3, 0.4 * rate, true));
    hold("pooled", &results, 1, &figures("queues/calls", 9, rate, false));
    // Nobody is lost between a queue and its sites.
    let base = &results["options"][0];
    for id in ["offered", "answered", "abandoned", "cases"] {
        let of = |at: &Value| at["measures"][id]["mean"].as_f64().unwrap_or_else(|| panic!("no {id}"));
        let sites = of(&base["sites"]["north"]) + of(&base["sites"]["south"]);
        assert!((sites / of(&base["queues"]["calls"]) - 1.0).abs() < 1e-12, "{id}");
    }
    // The same people call, sent to a site or not, and what pooling brings is told with its interval.
    let needs = |option: usize| results["options"][option]["measures"]["cases"]["mean"].as_f64();
    assert!(needs(0).is_some());
    assert_eq!(needs(0), needs(1));
    let pooled = &results["comparisons"][0]["measures"]["abandonment_rate"];
    assert_eq!(pooled["verdict"], "better", "{pooled}");
    // A pooled queue sends nobody to a site; its staff are told of by site nevertheless.
    let north = &results["options"][1]["sites"]["north"]["measures"];
    assert!(north["service_level"]["mean"].is_null() && north["service_level"]["why"].is_string());
    assert!(north["occupancy"]["mean"].is_number());
}

/// Half of the callers each, as the numbers of agents are: Erlang's formulas for each half.
#[test]
fn sites_of_equal_size_share_callers_equally() {
    let rate = 0.026;
    let scenario = format!(
        "{AROUND_THE_CLOCK}{}{}{}",
        queue(
            "calls",
            rate,
            TALK,
            &format!("patience.exponential = {{ mean = \"{PATIENCE}s\" }}\nsites = \"separate\"")
        ),
        team("upper", 4, "[\"calls\"]", "site = \"north\""),
        team("lower", 4, "[\"calls\"]", "site = \"south\""),
    );
    let results = run("halves", &scenario, &[]);
    for site in ["north", "south"] {
        hold(site, &results, 0, &figures(&format!("sites/{site}"), 4, 0.5 * rate, true));
    }
}
