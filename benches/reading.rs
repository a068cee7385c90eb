//! How long it takes to read and check scenarios: CPU time, the median of 15 rounds. The flagship must take at most
//! 20 ms, a rota of 500 agents by 365 days from CSV at most 1 s; a queue with 100,000 observations and a month of
//! half-hours from CSV shows what files cost.
//!
//! `cargo bench --bench reading`. Figures are kept in `benches/FIGURES.md`.

use answerable::scenario::{read, render_all};
use answerable::unit::parse_date;

/// 500 agents through a year, against contracts and rules of working time.
const ROTA: &str = r#"
format = 1
name = "A large rota"
[horizon]
start = 2024-01-01
days = 365
[opening]
monday-sunday = "08:00-20:00"
[queues.calls]
demand = { per-day = 9000 }
talk.exponential = { mean = "3m" }
[teams.all]
answers = ["calls"]
rota-file = "rota.csv"
contract = "37h"
[shifts.early]
hours = "08:00-16:00"
breaks = [{ between = "11:00-13:30", length = "36m", unpaid = true, when-quiet = true }]
[shifts.late]
hours = "12:00-20:00"
breaks = [{ start = "16:00", length = "36m", unpaid = true }]
[working-time]
weekly-hours = "48h"
daily-rest = "11h"
days-in-a-row = 6
"#;

/// Everybody every date: five shifts a week, the days off named too.
fn rota() -> String {
    let first = parse_date("2024-01-01").expect("a date");
    let mut text = String::from("agent,date,shift\n");
    for agent in 0..500 {
        for day in 0..365_i64 {
            let shift = match (day + agent) % 7 {
                0 | 1 => "off",
                _ if (day / 7 + agent) % 2 == 0 => "early",
                _ => "late",
            };
            text.push_str(&format!("Agent {agent},{},{shift}\n", first.plus(day)));
        }
    }
    text
}

/// CPU time of this thread, nanoseconds.
fn cpu() -> u64 {
    let text =
        std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux tells a thread's CPU time");
    text.split(' ').next().and_then(|first| first.parse().ok()).expect("its first number is nanoseconds")
}

fn median(name: &str, most: f64, mut work: impl FnMut()) {
    let mut times: Vec<u64> = (0..15)
        .map(|_| {
            let before = cpu();
            work();
            cpu() - before
        })
        .collect();
    times.sort_unstable();
    let milliseconds = times[7] as f64 / 1e6;
    println!("{name:<60} {milliseconds:8.2} ms, at most {most} ms");
    assert!(milliseconds <= most, "{name} takes too long");
}

fn main() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let flagship =
        std::fs::read_to_string(folder.join("district-council.toml")).expect("the flagship is there");
    let beside = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    median("the flagship", 20.0, || {
        assert!(read("district-council.toml", &flagship, &beside).is_ok());
    });

    let mut observed = String::from("talk\n");
    (0..100_000).for_each(|i| observed.push_str(&format!("{}\n", 30 + i * 7919 % 500)));
    let mut counted = String::from("date,start,calls\n");
    for day in 1..=31 {
        for half in 0..48 {
            counted.push_str(&format!("2024-01-{day:02},{:02}:{:02},{}\n", half / 2, half % 2 * 30, half));
        }
    }
    let text = r#"
format = 1
name = "Large files"
[horizon]
start = 2024-01-08
weeks = 1
[opening]
monday-sunday = "00:00-24:00"
[queues.calls]
demand = { dated = "counted.csv" }
talk.empirical = { file = "observed.csv" }
[teams.all]
agents = 5
answers = ["calls"]
rota = [["day", "day", "day", "day", "day", "off", "off"]]
[shifts.day]
hours = "08:00-18:00"
"#;
    let files = |name: &str| match name {
        "observed.csv" => Ok(observed.clone()),
        "counted.csv" => Ok(counted.clone()),
        _ => Err("there is no such file".to_owned()),
    };
    median("100,000 observations and a month of half-hours", 200.0, || {
        let reading = read("large.toml", text, &files);
        assert!(reading.is_ok(), "{reading:?}");
    });

    let rota = rota();
    median("a rota of 500 agents through 365 days", 1000.0, || {
        let reading = read("rota.toml", ROTA, &|_| Ok(rota.clone()));
        let reading = reading.unwrap_or_else(|faults| panic!("{}", render_all(&faults)));
        assert_eq!(reading.study.options[0].teams[0].agents, 500);
    });
}
