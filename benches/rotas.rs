//! How long a large rota takes to read and check: 500 agents through a year, from CSV, against contracts and rules of
//! working time. CPU time of the thread, the median of 9 rounds; more than a second fails.
//!
//! `cargo bench --bench rotas`. Figures are kept in `benches/FIGURES.md`.

use answerable::scenario::{read, render_all};
use answerable::unit::parse_date;

const SCENARIO: &str = r#"
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

/// CPU time of this thread, in seconds.
fn cpu() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat").expect("the bench runs on Linux");
    let nanoseconds: f64 = text.split(' ').next().and_then(|n| n.parse().ok()).expect("nanoseconds");
    nanoseconds / 1e9
}

fn main() {
    let rota = rota();
    let mut times: Vec<f64> = (0..9)
        .map(|_| {
            let before = cpu();
            let reading = read("rota.toml", SCENARIO, &|_| Ok(rota.clone()));
            let spent = cpu() - before;
            let reading = reading.unwrap_or_else(|faults| panic!("{}", render_all(&faults)));
            assert_eq!(reading.study.options[0].teams[0].agents, 500);
            spent
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("500 agents through 365 days: {:.0} ms to read and check", times[4] * 1000.0);
    assert!(times[4] < 1.0, "more than a second");
}
