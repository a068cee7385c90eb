//! What callers meet in each interval: held to the figures of weekdays and of the whole that intervals are parts of, and to
//! scenarios in which it is known what belongs to which interval.

use super::weekday_waits::told_or_why;
use super::weekdays::{APART, Row, SITE, close, outcome, rows, scenario, told};
use answerable::experiment::{Place, by_interval, places_of_callers};
use answerable::measure::Formula;
use answerable::report::{callers_csv, summarise};
use answerable::scenario::{Study, read};
use answerable::unit::DAY;

/// A control room's worth of what can happen to a call: a menu, few lines, callers who ring off at once, callbacks, legs.
const DOOR: &str = r#"
menu = { time.uniform = { low = "20s", high = "50s" }, leave = 0.05 }
callback = { after = "30s", accepted = 0.5, reached = 0.6, ringing = "25s", tries = 2, again-after = "10m" }
transfers = [{ to = "others", probability = 0.1 }]
"#;

/// The number in a column.
fn number(row: &Row, column: &str) -> Option<f64> {
    row.get(column)?.parse().ok()
}

/// Whether a row is of one place.
fn is_of(row: &Row, study: &Study, place: Place) -> bool {
    let setting = &study.options[0];
    match place {
        Place::Queue(queue) => row["queue"] == setting.queues[queue].name,
        Place::Site(site) => row["site"] == setting.sites[site],
        Place::Centre | Place::Team(_) => false,
    }
}

/// Counts of all intervals of all weekdays add up to those of the horizon, some of whose weekdays come twice.
#[test]
fn the_intervals_of_a_week_add_up_to_it() {
    for more in [APART, DOOR] {
        let north = if more == APART { SITE } else { "" };
        let study = scenario("monday-sunday", "days = 10\nwarm-up = \"7d\"", north, more);
        let outcome = outcome(&study, 10);
        let summary = summarise(&study, &outcome);
        let table = rows(&callers_csv(&summary));
        let mut held = 0;
        for place in places_of_callers(&study.options[0]) {
            let own: Vec<&Row> = table.iter().filter(|row| is_of(row, &study, place)).collect();
            let days: Vec<&Row> = own.iter().copied().filter(|row| row["weekday"] != "weekdays").collect();
            let workdays: Vec<&Row> =
                own.iter().copied().filter(|row| row["weekday"] == "weekdays").collect();
            assert!(days.len() > 150 && workdays.len() > 20, "{place:?}: {} {}", days.len(), workdays.len());
            for measure in by_interval().filter(|measure| matches!(measure.formula, Formula::Mean(..))) {
                // An amount is of one such day.
                let total = |rows: &[&Row]| -> f64 {
                    rows.iter()
                        .map(|row| number(row, measure.id).unwrap_or(0.0) * number(row, "days").unwrap())
                        .sum()
                };
                let found = total(&days) / 10.0;
                let whole = summary.options[0].mean_of(place, measure.id).unwrap();
                assert!(close(found, whole), "{} of {place:?}: {found} {whole}", measure.id);
                held += usize::from(whole > 0.0);
                let of_five: Vec<&Row> =
                    days.iter().copied().filter(|row| !row["weekday"].starts_with('s')).collect();
                assert!((total(&workdays) - total(&of_five)).abs() < 1e-6, "{} on working days", measure.id);
            }
        }
        // Those of queues that have callers of every kind.
        assert!(held >= 15, "{held}");
        let has = |column: &str| table.iter().any(|row| number(row, column).is_some_and(|value| value > 0.0));
        let happen = ["left_in_menu", "called_back", "callback_failed", "transferred", "transfer_legs"];
        for column in happen {
            assert_eq!(has(column), more == DOOR, "{column} has a column where it happens alone");
        }
        assert!(!table[0].contains_key("police_999_within_10"), "no queue is held to that standard");
    }
}

/// Where an interval lasts a whole day, its figures are its weekday's, which are added up another way.
#[test]
fn an_interval_of_a_day_is_its_weekday() {
    for more in [APART, DOOR] {
        let north = if more == APART { SITE } else { "" };
        let mut study = scenario("monday-sunday", "days = 10\nwarm-up = \"7d\"", north, more);
        study.horizon.interval = DAY;
        let outcome = outcome(&study, 10);
        let summary = summarise(&study, &outcome);
        let table = rows(&callers_csv(&summary));
        let names = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let mut held = 0;
        for place in places_of_callers(&study.options[0]) {
            for (weekday, name) in names.iter().enumerate() {
                let mut own = table.iter().filter(|row| is_of(row, &study, place) && row["weekday"] == *name);
                let row = own.next().expect("everybody calls every day");
                assert!(own.next().is_none(), "one interval a day");
                assert_eq!((row["start"].as_str(), row["end"].as_str()), ("00:00", "24:00"));
                for measure in by_interval().filter(|measure| !matches!(measure.formula, Formula::Wait(_))) {
                    // By weekday an amount is that of one such day as well.
                    let Some((mean, _)) = told(&summary, place, weekday, measure.id) else { continue };
                    let found = number(row, measure.id).unwrap_or(0.0);
                    assert!(close(found, mean), "{} of {place:?} on {name}: {found} {mean}", measure.id);
                    held += 1;
                }
                for (id, eighth) in
                    [("wait_p50", 1.0), ("wait_p90", 1.0), ("wait_p99", 1.0), ("max_wait", 0.0)]
                {
                    let told = told_or_why(&summary, place, weekday, id).and_then(|f| f.value.as_ref().ok());
                    let (found, mean) =
                        (number(row, id).expect("there are calls"), told.expect("there are").mean);
                    // Both are middles of buckets that hold the same wait: coarse ones, and eighths of a second, whose middle
                    // is at most (1 + 1/63)² times the other's.
                    let rounding = eighth * (mean / 64.0 + (mean / 62.0).max(0.065_536)) + 1e-9 * mean;
                    assert!((found - mean).abs() <= rounding, "{id} of {place:?} on {name}: {found} {mean}");
                }
            }
        }
        assert!(held > 500, "{held}");
    }
}

/// All cases begin between 09:00 and 09:30: what is told of cases is told of that interval alone, and all that is answered
/// later are further calls.
#[test]
fn cases_belong_to_the_interval_of_their_first_call() {
    let text = r#"format = 1
name = "Morning"
question = "When?"
[horizon]
start = 2024-01-01
days = 2
warm-up = "1d"
follow-up = "7d"
[opening]
monday-sunday = "09:00-12:00"
[shifts]
day = { hours = "09:00-12:00" }
[policy.wrap.cap]
within = "20s"
dropped = 0.5
[response]
resolved = 0.5
repeats = 0.9
repeat-delay.exponential = { mean = "45m" }
redials = 0.5
[queues.calls]
demand = { per-day = 60, shape = "morning.csv" }
talk.exponential = { mean = "150s" }
wrap.exponential = { mean = "60s" }
patience.exponential = { mean = "3m" }
target = { answered-within = "20s", share = 0.8 }
[teams.all]
agents = 6
answers = ["calls"]
rota = [["day", "day", "day", "day", "day", "day", "day"]]
"#;
    let file = |name: &str| match name {
        "morning.csv" => {
            Ok("start,Mon,Tue,Wed,Thu,Fri,Sat,Sun\n09:00,1,1,1,1,1,1,1\n09:30,0,0,0,0,0,0,0\n".to_owned())
        }
        _ => Err(format!("{name}: no file")),
    };
    let study = match read("morning.toml", text, &file) {
        Ok(reading) => reading.study,
        Err(faults) => panic!("{}", answerable::scenario::render_all(&faults)),
    };
    let outcome = outcome(&study, 40);
    let summary = summarise(&study, &outcome);
    let table = rows(&callers_csv(&summary));
    let (mut first, mut later) = (0, 0);
    for row in table.iter().filter(|row| row["weekday"] == "monday" || row["weekday"] == "tuesday") {
        let of = |column: &str| number(row, column);
        if row["start"] == "09:00" {
            first += 1;
            let (cases, offered) = (of("cases").unwrap(), of("offered").unwrap());
            // 60 calls a day, repeats among them: 60 (1 − 0.9 · 0.5) cases.
            assert!((28.0..38.0).contains(&cases) && offered > cases, "{cases} {offered}");
            assert!(of("first_contact_resolution").is_some() && of("satisfaction").is_some());
            assert!(of("contacts_per_case").unwrap() > 1.3, "all later calls are of these cases");
        } else {
            later += 1;
            assert_eq!((of("cases"), of("resolution"), of("satisfaction")), (Some(0.0), None, None));
            assert!(of("offered").unwrap() > 0.0);
            assert!(close(of("offered").unwrap(), of("repeats").unwrap() + of("redials").unwrap()));
            if let Some(failure) = of("failure_demand_repeats") {
                // Answered for the first time are those who redial.
                assert!(failure + of("failure_demand_redials").unwrap() >= 1.0 - 1e-12, "{failure}");
            }
        }
    }
    assert_eq!(first, 2);
    assert!(later >= 8, "{later}");
}
