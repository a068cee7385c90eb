//! The service level counted in each of its ways, through an ordinary scenario.

use super::exact::run;
use answerable::measure::ServiceLevel;

const CENTRE: &str = r#"format = 1
name = "Six ways"
baseline = "as usual"

[horizon]
start = 2024-01-08
weeks = 1
warm-up = "none"

[opening]
monday-friday = "08:00-12:00"

[queues.calls]
demand = { per-hour = 40 }
talk.exponential = { mean = "5m" }
patience.exponential = { mean = "90s" }
short-abandon = "5s"
balking.constant = { probability = 0.1 }
target = { answered-within = "20s", share = 0.7 }

[teams.desk]
agents = 3
answers = ["calls"]
rota = [["day", "day", "day", "day", "day", "off", "off"]]

[shifts.day]
hours = "08:00-12:00"
"#;

#[test]
fn the_service_level_is_counted_as_the_queue_says() {
    let mut scenario = CENTRE.to_owned();
    for (name, _) in ServiceLevel::CHOICES {
        scenario += &format!("\n[options.\"{name}\"]\nqueues.calls.target.service-level = \"{name}\"\n");
    }
    let results = run("six", &scenario, &[]);
    let options = results["options"].as_array().expect("options");
    let mut levels = Vec::new();
    for (option, (name, _)) in options[1..].iter().zip(ServiceLevel::CHOICES) {
        let own = &option["measures"]["service_level"];
        let side_by_side = &option["measures"][format!("service_level_{}", name.replace('-', "_"))];
        assert_eq!(own, side_by_side, "{name}");
        assert_eq!(option["queues"]["calls"]["target"]["variant"], name);
        levels.push((
            own["mean"].as_f64().expect("a figure"),
            option["measures"]["target_met"]["mean"].clone(),
        ));
    }
    assert_eq!(options[0]["queues"]["calls"]["target"]["variant"], "offered-less-short");
    assert_eq!(results["definitions"]["service_level"]["variant"], "by-queue");
    // All six differ, and so do the days on which the target was met.
    for (n, (level, _)) in levels.iter().enumerate() {
        assert!(levels[n + 1..].iter().all(|(other, _)| other != level), "{levels:?}");
    }
    assert!(levels.iter().any(|(_, met)| *met != levels[0].1), "{levels:?}");
    // Chosen for all, it has a name and a definition of its own.
    let chosen = CENTRE.replace("share = 0.7", "share = 0.7, service-level = \"answered\"");
    let results = run("answered", &chosen, &[]);
    let definition = &results["definitions"]["service_level"];
    assert_eq!(definition["variant"], "answered");
    assert!(
        definition["text"].as_str().is_some_and(|text| text.contains("of those answered")),
        "{definition}"
    );
}
