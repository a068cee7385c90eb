//! What a run concludes from all options together, as stored and as told.

use super::command::{SMALL, answerable, folder_with, text};

const MORE: &str = r#"
[options."four again"]
teams.team.agents = 4

[options."five"]
teams.team.agents = 5

[options."a little more talk"]
queues.calls.talk.exponential.mean = "3m1s"

[matters]
service_level = 0.01
abandonment_rate = 0.0005
"#;

fn results(replications: &str) -> (serde_json::Value, String, String) {
    let folder = folder_with(&format!("{SMALL}{MORE}"));
    let output = answerable(folder.path(), &["run", "small.toml", "--replications", replications]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let read =
        |name: &str| std::fs::read_to_string(folder.path().join("output/small").join(name)).expect("a file");
    let results = serde_json::from_str(&read("results.json")).expect("results");
    (results, read("report.html"), text(&output.stderr))
}

#[test]
fn all_options_together_are_concluded_on() {
    let (results, page, _) = results("200");
    let all = results["conclusions"]["measures"].as_array().expect("measures");
    let service = all.iter().find(|one| one["measure"] == "service_level").expect("the service level");
    let options = service["options"].as_array().expect("options");
    let alone = |i: usize| results["comparisons"][i]["measures"]["service_level"]["ci95"].clone();
    for (i, option) in options.iter().enumerate() {
        let (one, all) = (alone(i), option["ci95_together"].clone());
        let at = |value: &serde_json::Value, i: usize| value[i].as_f64().expect("a number");
        assert!(at(&all, 0) < at(&one, 0) && at(&one, 1) < at(&all, 1), "wider than alone");
        assert!(
            option["variance_saved"].as_f64().expect("a share") > 0.3,
            "common random numbers save: {option}"
        );
    }
    assert_eq!(service["best"]["option"], "five");
    assert!(service["best"]["probability"].as_f64().expect("a probability") > 0.999);
    assert!(page.contains("“five” is best, with a probability of at least 99.9%."), "told on the page");
    // The same option twice is alike on every day; both are better than the base on most.
    let days = |i: usize| results["comparisons"][i]["days"]["service_level"].clone();
    assert_eq!(days(0), days(1));
    let count = |name: &str| days(0)[name].as_u64().expect("a count");
    assert!(count("better") > 10 * count("worse"), "{}", days(0));
    assert!(count("better") + count("alike") + count("worse") <= 1000);
}

#[test]
fn what_cannot_be_told_says_what_it_would_take() {
    let (results, _, said) = results("20");
    let all = results["conclusions"]["measures"].as_array().expect("measures");
    let gave_up =
        all.iter().find(|one| one["measure"] == "abandonment_rate").expect("the share that gave up");
    let talk =
        gave_up["options"].as_array().expect("options").iter().find(|o| o["option"] == "a little more talk");
    let talk = talk.expect("the option");
    assert_eq!(talk["verdict_together"], "cannot be told");
    let needed = talk["replications_to_tell"].as_u64().expect("a number");
    assert!(needed > 20 && needed % 10 == 0, "{needed}");
    assert!(
        said.contains(
            "to settle each verdict that reads \"cannot be told\" on what matters would take about"
        ),
        "{said}"
    );
    let sentences = results["conclusions"]["sentences"].to_string();
    assert!(
        sentences.contains("“a little more talk”") && sentences.contains("cannot be told; about"),
        "{sentences}"
    );
}
