//! How long it takes to read and check scenarios: CPU time, the median of 15 rounds. The flagship must take at most
//! 20 ms; a queue with 100,000 observations and a year of half-hours from CSV shows what files cost.

use answerable::scenario::read;

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
}
