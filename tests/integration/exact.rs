//! Queues with priorities, two skills and changing rates, against exact numbers, through ordinary scenario files run by
//! the command.
//!
//! The numbers are solutions of the forward or balance equations of the Markov chains named at each test, to ten digits
//! and more; nothing of them was simulated. Seeds are fixed. Each figure must lie within 3.9 standard errors (two-sided,
//! 1 in 10,000; with N replications by Student's t the standard error is the 95% interval's half-width over t). Power:
//! the standard error of each figure is asserted to be at most the share of the exact value given with the row, so that
//! an error of five times that share is found with a probability of 86% or more.

use super::command::{answerable, text};
use serde_json::Value;

/// Replications, and Student's t for the 95% interval with one less degrees of freedom.
const REPLICATIONS: &str = "40";
const T: f64 = 2.0227;

pub(super) fn run(name: &str, scenario: &str, files: &[(&str, &str)]) -> Value {
    let folder = tempfile::tempdir().expect("a folder of its own");
    let file = format!("{name}.toml");
    std::fs::write(folder.path().join(&file), scenario).expect("the scenario is written");
    for (name, contents) in files {
        std::fs::write(folder.path().join(name), contents).expect("the file is written");
    }
    let output =
        answerable(folder.path(), &["run", &file, "--replications", REPLICATIONS, "--format", "json"]);
    assert_eq!(output.status.code(), Some(0), "{name}: {}", text(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("results")
}

/// Holds figures of the base option to exact numbers: path below the option, exact value.
pub(super) fn hold(name: &str, results: &Value, share: f64, figures: &[(&str, f64)]) {
    hold_option(name, results, 0, share, figures);
}

/// The same of any option.
pub(super) fn hold_option(name: &str, results: &Value, option: usize, share: f64, figures: &[(&str, f64)]) {
    let mut far = Vec::new();
    for (path, exact) in figures {
        let mut at = &results["options"][option];
        for part in path.split('/') {
            at = &at[part];
        }
        let number = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{name}: no {path} in {at}"));
        let (mean, low, high) = (number(&at["mean"]), number(&at["ci95"][0]), number(&at["ci95"][1]));
        let error = (high - low) / 2.0 / T;
        assert!(error <= share * exact, "{name}: {path} has a standard error of {error} at {exact}");
        let z = (mean - exact) / error;
        if z.abs() > 3.9 {
            far.push(format!("{path}: {mean} instead of {exact}, z {z:.2}"));
        }
    }
    assert!(far.is_empty(), "{name}: {far:#?}");
}

pub(super) const AROUND_THE_CLOCK: &str = r#"format = 1
name = "Exact"

[horizon]
start = 2024-01-01
days = 60
warm-up = "14d"
follow-up = "1d"

[opening]
monday-sunday = "00:00-24:00"

[shifts.all-day]
hours = "00:00-24:00"
"#;

pub(super) fn queue(name: &str, rate: f64, talk: f64, more: &str) -> String {
    format!(
        "\n[queues.{name}]\ndemand = {{ per-hour = {:?}, counts = \"needs\" }}\ntalk.exponential = {{ mean = \"{talk}s\" }}\n{more}\n",
        rate * 3600.0
    )
}

pub(super) fn team(name: &str, agents: u32, answers: &str, more: &str) -> String {
    let week = ["\"all-day\""; 7].join(", ");
    format!("\n[teams.{name}]\nagents = {agents}\nanswers = {answers}\nrota = [[{week}]]\n{more}\n")
}

/// M/M/c with two classes, the first answered before the second, nobody interrupted (Cobham 1954; the law of the waits
/// by inversion of their transforms).
#[test]
fn a_queue_with_priority_is_answered_first() {
    let rows = [
        // name, agents, [rate, mean talk] of each class, mean waits, shares that wait over 60 s.
        (
            "PR003",
            5,
            [(0.002666666666666667, 300.0), (0.01066666666666667, 300.0)],
            [39.57946815089672, 197.8973407544836],
            [0.239216220774555, 0.4591398976927326],
        ),
        (
            "PR007",
            50,
            [(0.01583333333333333, 300.0), (0.1425, 300.0)],
            [4.170793789492852, 83.41587578985704],
            [0.00007385008266509454, 0.3987866368505682],
        ),
    ];
    for (name, agents, [one, two], waits, over) in rows {
        let target = |priority| format!("priority = {priority}\ntarget = {{ answered-within = \"60s\" }}");
        let scenario = format!(
            "{AROUND_THE_CLOCK}{}{}{}",
            queue("first", one.0, one.1, &target(1)),
            queue("second", two.0, two.1, &target(2)),
            team("all", agents, "[\"first\", \"second\"]", "")
        );
        let results = run(name, &scenario, &[]);
        hold(
            name,
            &results,
            0.03,
            &[
                ("queues/first/measures/mean_wait", waits[0]),
                ("queues/second/measures/mean_wait", waits[1]),
                ("queues/first/measures/service_level", 1.0 - over[0]),
                ("queues/second/measures/service_level", 1.0 - over[1]),
            ],
        );
    }
    // One agent, calls of unequal length.
    let scenario = format!(
        "{AROUND_THE_CLOCK}{}{}{}",
        queue("first", 0.001666666666666667, 120.0, "priority = 1"),
        queue("second", 0.0008333333333333333, 600.0, "priority = 2"),
        team("all", 1, "[\"first\", \"second\"]", "")
    );
    let waits = [("queues/first/measures/mean_wait", 405.0), ("queues/second/measures/mean_wait", 1350.0)];
    hold("PR019", &run("PR019", &scenario, &[]), 0.03, &waits);
}

/// Two skills, the shape of an N: team A answers the first queue alone, team B both, the second queue first; calls of the
/// first queue go to A if anybody is free there (balance equations of the two-dimensional chain).
#[test]
fn generalists_help_out_where_two_queues_share_a_team() {
    for (name, a, b, rates, patience, given_up, waits, occupancy) in [
        (
            "ND001",
            3,
            3,
            [0.01, 0.006666666666667],
            [240, 240],
            [0.08826247268416, 0.2002133256314],
            [21.1829934442, 48.05119815153],
            [0.7001549762753, 0.7447736672863],
        ),
        (
            "ND003",
            5,
            4,
            [0.01833333333333, 0.01],
            [180, 120],
            [0.09537284677409, 0.2648987768892],
            [17.16711241934, 31.78785322671],
            [0.7887247237095, 0.8092823483818],
        ),
    ] {
        let patience = |n: usize| format!("patience.exponential = {{ mean = \"{}s\" }}\n", patience[n]);
        let scenario = format!(
            "{AROUND_THE_CLOCK}{}{}{}{}",
            queue("first", rates[0], 300.0, &(patience(0) + "policy.routing = \"fewest-skills\"")),
            queue("second", rates[1], 300.0, &patience(1)),
            team("a", a, "[\"first\"]", ""),
            team("b", b, "[\"first\", \"second\"]", "priorities = { second = 1, first = 2 }")
        );
        hold(
            name,
            &run(name, &scenario, &[]),
            0.03,
            &[
                ("queues/first/measures/abandonment_rate", given_up[0]),
                ("queues/second/measures/abandonment_rate", given_up[1]),
                ("queues/first/measures/mean_wait", waits[0]),
                ("queues/second/measures/mean_wait", waits[1]),
                ("teams/a/measures/occupancy", occupancy[0]),
                ("teams/b/measures/occupancy", occupancy[1]),
            ],
        );
    }
}

/// Two skills, the shape of an X: each queue goes to its own team first, then to the other; a freed agent serves the own
/// queue first; calls last differently by queue and team (balance equations of the four-dimensional chain).
#[test]
fn two_teams_that_overflow_to_each_other_are_exact() {
    for (name, c, rates, talk, other, patience, given_up, waits, occupancy) in [
        (
            "XD001",
            [3, 3],
            [0.009, 0.009],
            [300.0, 300.0],
            [300.0, 300.0],
            [240, 240],
            [0.1305698137799, 0.1305698137799],
            [31.33675530717, 31.33675530717],
            [0.7824871675981, 0.7824871675981],
        ),
        // The first class takes 300 s at home and 360 s away, the second 240 s at home and 360 s away.
        (
            "XD003",
            [4, 2],
            [0.014, 0.00625],
            [300.0, 240.0],
            [360.0, 360.0],
            [150, 300],
            [0.2083844052107, 0.1507553806152],
            [31.2576607816, 45.22661418456],
            [0.8429669681714, 0.8053029724348],
        ),
    ] {
        let more = |n: usize, to: &str| {
            format!(
                "patience.exponential = {{ mean = \"{}s\" }}\noverflow = [{{ teams = [\"{to}\"] }}]",
                patience[n]
            )
        };
        let skills = |own: &str, away: &str, speed: f64| {
            format!("priorities = {{ {own} = 1, {away} = 2 }}\nproficiency.{away} = {{ speed = {speed:?} }}")
        };
        let scenario = format!(
            "{AROUND_THE_CLOCK}{}{}{}{}",
            queue("first", rates[0], talk[0], &more(0, "two")),
            queue("second", rates[1], talk[1], &more(1, "one")),
            team("one", c[0], "[\"first\"]", &skills("first", "second", talk[1] / other[1])),
            team("two", c[1], "[\"second\"]", &skills("second", "first", talk[0] / other[0]))
        );
        hold(
            name,
            &run(name, &scenario, &[]),
            0.03,
            &[
                ("queues/first/measures/abandonment_rate", given_up[0]),
                ("queues/second/measures/abandonment_rate", given_up[1]),
                ("queues/first/measures/mean_wait", waits[0]),
                ("queues/second/measures/mean_wait", waits[1]),
                ("teams/one/measures/occupancy", occupancy[0]),
                ("teams/two/measures/occupancy", occupancy[1]),
            ],
        );
    }
}

/// Rates, and agents on duty, that change every half hour, from empty (forward equations). Agents who go off finish their
/// own call, as named agents of a rota do.
#[test]
fn rates_and_staffing_that_change_through_the_day_are_exact() {
    let day = |calls: &[u32]| {
        let mut text = "start,Mon\n".to_owned();
        for (n, calls) in calls.iter().enumerate() {
            let minutes = 480 + 30 * n;
            text += &format!("{:02}:{:02},{calls}\n", minutes / 60, minutes % 60);
        }
        text
    };
    let clock = |half_hours: usize| format!("{:02}:{:02}", 8 + half_hours / 2, half_hours % 2 * 30);
    let centre = |calls: &[u32], patience: u32| {
        format!(
            "format = 1\nname = \"Exact\"\n\n[horizon]\nstart = 2024-01-01\nweeks = 40\nwarm-up = \"none\"\nfollow-up = \"none\"\n\n[opening]\nmonday = \"08:00-{}\"\n\n\
             [queues.calls]\ndemand = {{ per-week = {}, counts = \"needs\", shape = \"day.csv\" }}\ntalk.exponential = {{ mean = \"300s\" }}\npatience.exponential = {{ mean = \"{patience}s\" }}\n\n\
             [policy.closing.turn-away]\n",
            clock(calls.len()),
            calls.iter().sum::<u32>()
        )
    };
    let layer = |name: usize, agents: u32, from: usize, to: usize| {
        format!(
            "\n[teams.t{name}]\nagents = {agents}\nanswers = [\"calls\"]\nrota = [[\"s{name}\", \"off\", \"off\", \"off\", \"off\", \"off\", \"off\"]]\n\n[shifts.s{name}]\nhours = \"{}-{}\"\n",
            clock(from),
            clock(to)
        )
    };
    // TV4: 12 agents throughout.
    let calls = [10, 20, 35, 55, 75, 85, 80, 70, 65, 70, 75, 70, 55, 40, 25, 15];
    let scenario = centre(&calls, 180) + &layer(0, 12, 0, 16);
    let given_up = 88.58243319881626 / calls.iter().sum::<u32>() as f64;
    let results = run("TV4", &scenario, &[("day.csv", &day(&calls))]);
    hold("TV4", &results, 0.03, &[("queues/calls/measures/abandonment_rate", given_up)]);

    // TV5: 4, 8, 11, 13, 12, 8, 10, 12, 9, 4, 3 and 2 agents, each layer a team of its own.
    let calls = [20, 40, 60, 75, 75, 55, 60, 70, 55, 30, 20, 10];
    let layers = [
        (2, 0, 12),
        (1, 0, 11),
        (1, 0, 10),
        (4, 1, 9),
        (1, 2, 5),
        (1, 2, 5),
        (1, 2, 5),
        (1, 3, 5),
        (1, 3, 4),
        (1, 6, 9),
        (1, 6, 8),
        (1, 7, 8),
        (1, 7, 8),
    ];
    let on_duty = |n: usize| layers.iter().filter(|l| l.1 <= n && n < l.2).map(|l| l.0).sum::<u32>();
    assert_eq!(
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(on_duty),
        [4, 8, 11, 13, 12, 8, 10, 12, 9, 4, 3, 2]
    );
    let teams: String =
        layers.iter().enumerate().map(|(n, (agents, from, to))| layer(n, *agents, *from, *to)).collect();
    let scenario = centre(&calls, 240) + &teams;
    let given_up = 76.365283024082 / calls.iter().sum::<u32>() as f64;
    let results = run("TV5", &scenario, &[("day.csv", &day(&calls))]);
    hold("TV5", &results, 0.03, &[("queues/calls/measures/abandonment_rate", given_up)]);
}

/// The 13-hour day of the field's best-known tutorial call centre (L'Ecuyer's): hourly rates and staffing that change, a
/// busyness of the day, callers who ring off at once where nobody is free, exponential patience (forward equations,
/// averaged over the busyness).
///
/// There agents are not named: where their number falls, whoever finishes first leaves, and nobody begins a call while as
/// many are busy as may be. No rota of named agents does that. `keep-free` does: eight agents answer, and no call may leave
/// fewer than four free of those who answer a queue nobody calls; that queue has agents of its own, who come and go by a
/// rota. With d of them on duty, 4 + d are busy at most.
#[test]
fn a_day_whose_agents_are_not_named_is_exact() {
    let calls = [100, 150, 150, 180, 200, 150, 150, 150, 120, 100, 80, 70, 60];
    let agents = [4, 6, 8, 8, 8, 7, 8, 8, 6, 6, 4, 4, 4];
    let mut day = "start,Mon\n".to_owned();
    for (hour, calls) in calls.iter().enumerate() {
        day += &format!("{:02}:00,{calls}\n", 8 + hour);
    }
    let mut scenario = format!(
        "format = 1\nname = \"Exact\"\n\n[horizon]\nstart = 2024-01-01\nweeks = 80\nwarm-up = \"none\"\nfollow-up = \"none\"\ninterval = \"1h\"\n\n\
         [opening]\nmonday = \"08:00-21:00\"\n\n\
         [queues.calls]\ndemand = {{ per-week = {}, counts = \"needs\", shape = \"day.csv\", day-cv = 0.05, day-phi = 0.0 }}\n\
         talk.exponential = {{ mean = \"100s\" }}\npatience.exponential = {{ mean = \"1000s\" }}\n\
         balking.constant = {{ probability = 0.1 }}\n\n\
         [queues.posts]\ndemand = {{ per-week = 0, counts = \"needs\" }}\ntalk.exponential = {{ mean = \"100s\" }}\nkeep-free = 4\n\n\
         [teams.agents]\nagents = 8\nanswers = [\"calls\", \"posts\"]\nrota = [[\"day\", \"off\", \"off\", \"off\", \"off\", \"off\", \"off\"]]\n\n\
         [shifts.day]\nhours = \"08:00-24:00\"\n",
        calls.iter().sum::<u32>()
    );
    // Layers of posts beyond four, each from an hour up to another.
    let mut layers = Vec::new();
    for post in 5..=8 {
        let mut from = None;
        for hour in 0..=agents.len() {
            let on = agents.get(hour).is_some_and(|on| *on >= post);
            match (from, on) {
                (None, true) => from = Some(hour),
                (Some(start), false) => {
                    layers.push((start, hour));
                    from = None;
                }
                _ => {}
            }
        }
    }
    let posts = |hour: usize| 4 + layers.iter().filter(|layer| layer.0 <= hour && hour < layer.1).count();
    assert!(agents.iter().enumerate().all(|(hour, on)| posts(hour) == *on), "{layers:?}");
    for (n, (from, to)) in layers.iter().enumerate() {
        scenario += &format!(
            "\n[teams.post{n}]\nagents = 1\nanswers = [\"posts\"]\nrota = [[\"post{n}\", \"off\", \"off\", \"off\", \"off\", \"off\", \"off\"]]\n\n\
             [shifts.post{n}]\nhours = \"{:02}:00-{:02}:00\"\n",
            8 + from,
            8 + to
        );
    }
    let results = run("CallCenter", &scenario, &[("day.csv", &day)]);
    // Callers who ring off at once have waited no time and count as lost.
    let figures = [
        ("queues/calls/measures/mean_wait", 4.72360415044),
        ("queues/calls/measures/lost_rate", 0.0198592462527),
    ];
    hold("CallCenter", &results, 0.03, &figures);
    // Under 20 s: answered, given up, or rung off at once; as shares of the calls that come.
    let queue = &results["options"][0]["queues"]["calls"]["measures"];
    let mean = |id: &str| queue[id]["mean"].as_f64().unwrap_or_else(|| panic!("no {id}"));
    let heard = 1.0 - mean("balked") / mean("offered");
    let good = mean("service_level_with_abandoned") * heard + mean("balked") / mean("offered");
    let half = queue["service_level_with_abandoned"]["ci95"][1].as_f64().expect("an interval")
        - mean("service_level_with_abandoned");
    let error = half / T;
    assert!(error < 0.01 && (good - 0.92468936483).abs() <= 3.9 * error, "{good}, standard error {error}");
}
