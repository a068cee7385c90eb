//! Expected volumes: what a scenario says will come is what its rates add up to, exactly.

use answerable::demand::Rates;
use answerable::scenario::{Reading, read, render_all};
use answerable::unit::{DAY, MINUTE};

const CENTRE: &str = r#"
format = 1
name = "Volumes"
[horizon]
start = 2024-01-01
days = 366
warm-up = "none"
follow-up = "none"
[opening]
monday-thursday = "08:00-18:00"
friday = "08:10-17:20"
saturday = "09:00-13:00"
holidays = "holidays.csv"
[teams.all]
agents = 5
answers = ["calls"]
rota = [["day", "day", "day", "day", "day", "off", "off"]]
[shifts.day]
hours = "08:00-18:00"
[queues.calls]
talk.exponential = { mean = "3m" }
"#;

fn reading(demand: &str, files: &[(&str, &str)]) -> Reading {
    let find = |name: &str| match files.iter().find(|(known, _)| *known == name) {
        Some((_, text)) => Ok((*text).to_owned()),
        None if name == "holidays.csv" => Ok("date\n2024-01-01\n2024-03-29\n2024-12-25\n2024-12-26\n".into()),
        None => Err("there is no such file".to_owned()),
    };
    let text = format!("{CENTRE}demand = {demand}\n");
    read("volumes.toml", &text, &find).unwrap_or_else(|faults| panic!("{}", render_all(&faults)))
}

fn rates(demand: &str, files: &[(&str, &str)]) -> Rates {
    let study = reading(demand, files).study;
    Rates::new(&study.options[0].queues[0].demand, &study.options[0].opening, &study.horizon)
}

/// Expected calls from one day of the year to another, counted from 0.
fn expected(rates: &Rates, days: std::ops::Range<u32>) -> f64 {
    days.map(|day| rates.expected(day)).sum()
}

#[track_caller]
fn same(found: f64, meant: f64) {
    assert!((found / meant - 1.0).abs() < 1e-12, "{found} instead of {meant}");
}

const WEEK: (&str, &str) = (
    "week.csv",
    "start;Mon;Tue;Wed;Thu;Fri;Sat\n08:00;3;2;2;2;2;0\n09:00;5,5;5;4;4;3;1\n12:00;2;2;2;2;2;1\n\
     13:00;3;3;3;3;3;0\n17:00;1;1;1;1;1;0\n",
);
const DAY_SHAPE: (&str, &str) = ("day.csv", "start,weight\n08:00,1\n12:00,3\n16:00,2\n");

#[test]
fn a_year_simulated_whole_has_its_volume_however_it_is_spread() {
    for demand in [
        "{ per-year = 175_000 }",
        "{ per-year = 175_000, straight-lines = true }",
        "{ per-year = 175_000, week-shape = [5, 4, 4, 4, 3, 1, 0] }",
        "{ per-year = 175_000, day-shape = \"day.csv\" }",
        "{ per-year = 175_000, day-shape = \"day.csv\", week-shape = [5, 4, 4, 4, 3, 1, 0], straight-lines = true }",
    ] {
        same(expected(&rates(demand, &[DAY_SHAPE]), 0..366), 175_000.0);
    }
    let files = [(
        "week.csv",
        "start,Mon,Tue,Wed,Thu,Fri,Sat\n08:00,1,2,3,4,5,6\n12:00,6,5,4,3,2,0\n16:00,1,1,1,1,1,0\n",
    )];
    same(expected(&rates("{ per-year = 175_000, shape = \"week.csv\" }", &files), 0..366), 175_000.0);
}

#[test]
fn months_weeks_and_days_have_their_volumes() {
    // 2024: January has 31 days, February 29; Monday 8 January begins a week without holidays.
    let monthly = rates("{ per-month = 9_000, week-shape = [5, 4, 4, 4, 3, 1, 0] }", &[]);
    same(expected(&monthly, 0..31), 9_000.0);
    same(expected(&monthly, 31..60), 9_000.0);
    same(expected(&rates("{ per-week = 3_000 }", &[]), 7..14), 3_000.0);
    same(expected(&rates("{ per-day = 500, day-shape = \"day.csv\" }", &[DAY_SHAPE]), 7..14), 3_000.0);
    same(expected(&rates("{ per-hour = 60 }", &[]), 7..14), 60.0 * (40.0 + 9.0 + 10.0 / 60.0 + 4.0));
}

#[test]
fn weights_of_weekdays_and_of_the_day_are_kept() {
    let rates = rates(
        "{ per-week = 2_100, week-shape = [5, 4, 4, 4, 3, 1, 0], day-shape = \"day.csv\" }",
        &[DAY_SHAPE],
    );
    for (day, weight) in [(7, 5.0), (8, 4.0), (11, 3.0), (12, 1.0)] {
        same(rates.expected(day), 100.0 * weight);
    }
    // On a Monday 08:00-12:00 has weight 1 of 6, on a Saturday 09:00-12:00 as much, against 3 in an hour.
    let morning = |day: u32| rates.of_day(day).unwrap()[16..24].iter().sum::<f64>() * 0.5;
    same(morning(7), 500.0 / 6.0);
    same(morning(12), 100.0 / 4.0);
}

#[test]
fn a_table_of_calls_and_a_table_of_rates_say_how_many_come() {
    let calls = rates("{ per-interval = \"week.csv\" }", &[WEEK]);
    for (day, all) in [(7, 14.5), (8, 13.0), (11, 11.0), (12, 2.0)] {
        same(calls.expected(day), all);
    }
    // Rows from 09:00 on Mondays: the hour 08:00 holds 3 calls, 09:00-10:00 5.5 (rows are an hour).
    same(calls.of_day(7).unwrap()[16..18].iter().sum::<f64>() * 0.5, 3.0);
    // Fridays open at 08:10: the row's 2 calls come in the 50 minutes that are open.
    let friday = calls.of_day(11).unwrap();
    same(friday[16] * (20.0 / 60.0) + friday[17] * 0.5, 2.0);
    let an_hour = rates("{ rates = \"week.csv\" }", &[WEEK]);
    same(an_hour.expected(7), 14.5);
    // 50 minutes at 2, an hour each at 3, 2 and 3, and 20 minutes at 1.
    same(an_hour.expected(11), 2.0 * 50.0 / 60.0 + 8.0 + 20.0 / 60.0);
    same(expected(&rates("{ rates = \"week.csv\", times = 1.5 }", &[WEEK]), 7..8), 14.5 * 1.5);
}

#[test]
fn dated_counts_come_on_their_dates() {
    let files = [
        ("days.csv", "date,calls\n2024-01-08,700\n2024-01-13,30\n"),
        ("halves.csv", "date,start,calls\n2024-01-08,08:00,7\n2024-01-08,08:30,9\n2024-01-08,17:30,2\n"),
        DAY_SHAPE,
    ];
    let known = rates("{ per-week = 3_000, known-days = \"days.csv\", day-shape = \"day.csv\" }", &files);
    same(known.expected(7), 700.0);
    same(known.expected(12), 30.0);
    same(expected(&known, 14..21), 3_000.0);
    // A count of a whole day is spread by the shape.
    same(known.of_day(7).unwrap()[16..24].iter().sum::<f64>() * 0.5, 700.0 / 6.0);
    let halves = rates("{ per-week = 3_000, known-days = \"halves.csv\", times = 2.0 }", &files);
    same(halves.expected(7), 36.0);
    assert_eq!(halves.of_day(7).unwrap()[16..19], [28.0, 36.0, 0.0]);
}

#[test]
fn trends_events_and_phases_multiply_what_comes() {
    let plain = rates("{ per-year = 175_000 }", &[]);
    let grown = rates("{ per-year = 175_000, trend = { per-year = 0.1 } }", &[]);
    for day in [7, 100, 357] {
        let factor = libm::pow(1.1, f64::from(day) / 365.25);
        same(grown.expected(day), plain.expected(day) * factor);
    }
    let phased = "{ per-year = 175_000, phases = [{ from = 2024-02-01, share = 0.4 }, { from = 2024-03-04, share = 1.0 }] }";
    let phased = rates(phased, &[]);
    assert_eq!(phased.expected(29), 0.0);
    same(phased.expected(31), 0.4 * plain.expected(31));
    same(phased.expected(63), plain.expected(63));
    let event = "{ per-year = 175_000, events = [{ from = 2024-01-08, to = 2024-01-09, start = \"09:00\", end = \"11:00\", times = 3.0 }] }";
    let event = rates(event, &[]);
    // Two of ten hours, three times as busy.
    same(event.expected(8), plain.expected(8) * 1.4);
    same(event.expected(9), plain.expected(9));
}

#[test]
fn later_calls_fall_where_straight_lines_put_them() {
    let files = [("day.csv", "start,weight\n08:00,1\n10:00,5\n12:00,3\n14:00,1\n16:00,1\n")];
    let demand = "{ per-year = 175_000, straight-lines = true, day-shape = \"day.csv\" }";
    let (straight, steps) = (rates(demand, &files), rates(&demand.replace("true", "false"), &files));
    const N: u32 = 20_000;
    let mut moved = 0;
    for i in 0..N {
        let u = (f64::from(i) + 0.5) / f64::from(N);
        let (a, b) = (straight.moment(7, u).unwrap(), steps.moment(7, u).unwrap());
        // The same interval, another place in it.
        assert_eq!(a / (30 * MINUTE), b / (30 * MINUTE));
        moved += u32::from(a.abs_diff(b) > MINUTE);
    }
    assert!(moved > N / 10, "{moved}");
    assert!(straight.moment(7, 0.5).unwrap() < DAY);
}

#[test]
fn a_surge_over_midnight_multiplies_the_evening_and_the_morning_after() {
    let around_the_clock = |demand: &str| {
        let text =
            CENTRE.replace("monday-thursday = \"08:00-18:00\"", "monday-sunday = \"00:00-24:00\"").replace(
                "friday = \"08:10-17:20\"\nsaturday = \"09:00-13:00\"\nholidays = \"holidays.csv\"\n",
                "",
            );
        let text = format!("{text}demand = {demand}\n");
        let study = read("surge.toml", &text, &|_| Err("there is no such file".to_owned()))
            .unwrap_or_else(|faults| panic!("{}", render_all(&faults)))
            .study;
        Rates::new(&study.options[0].queues[0].demand, &study.options[0].opening, &study.horizon)
    };
    let surge =
        "events = [{ from = 2024-01-05, to = 2024-01-06, start = \"22:00\", end = \"03:00\", times = 3.0 }]";
    let [plain, busy] = ["per-hour = 10.0", &format!("per-hour = 10.0, {surge}")]
        .map(|demand| around_the_clock(&format!("{{ {demand}, counts = \"needs\" }}")));
    // 5 January is day 4: 2 hours of the evening, then 3 and 2 hours, then 3 hours of the morning, each at three times.
    for (day, hours) in [(3, 0.0), (4, 2.0), (5, 5.0), (6, 3.0), (7, 0.0)] {
        same(busy.expected(day), plain.expected(day) + 2.0 * 10.0 * hours);
    }
    let cell = |rates: &Rates, day: u32, hour: usize| rates.of_day(day).map(|cells| cells[2 * hour]);
    for (day, hour, times) in
        [(4, 21, 1.0), (4, 22, 3.0), (5, 2, 3.0), (5, 3, 1.0), (6, 2, 3.0), (6, 22, 1.0)]
    {
        let (busy, plain) = (cell(&busy, day, hour).unwrap(), cell(&plain, day, hour).unwrap());
        same(busy, times * plain);
    }
}
