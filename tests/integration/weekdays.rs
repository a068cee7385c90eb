//! The figures of weekdays, of sites in each interval, and of calls answered at a site: held to the figures of the whole
//! that they are parts of, through ordinary scenario texts.

use answerable::experiment::{Outcome, Place, Request, run};
use answerable::report::{RunFiles, Stored, Summary, comparison_csv, intervals_csv, waits_csv};
use answerable::report::{
    drawings_of, report_html, results_json, results_xlsx, statement_md, summarise, weekdays_csv,
};
use answerable::scenario::{Study, read};
use std::sync::atomic::AtomicBool;

/// Two queues and two teams; wrap that is put off, repeats, breaks; open on the days named.
fn scenario(days: &str, horizon: &str, north: &str, more: &str) -> Study {
    let text = format!(
        r#"format = 1
name = "Week"
question = "Which day?"
[horizon]
start = 2024-01-03
{horizon}
[opening]
{days} = "08:00-22:00"
[shifts]
early = {{ hours = "07:50-15:00", breaks = [{{ start = "11:00", length = "30m" }}] }}
late = {{ hours = "14:00-22:10" }}
[policy.wrap.target]
within = "20s"
pressure = 0.8
dropped = 0.3
[response]
resolved = 0.7
repeats = 0.3
[queues.calls]
demand = {{ per-day = 500, day-cv = 0.3 }}
talk.exponential = {{ mean = "150s" }}
wrap.exponential = {{ mean = "60s" }}
patience.exponential = {{ mean = "120s" }}
target = {{ answered-within = "20s", share = 0.8 }}
{more}
[queues.others]
demand = {{ per-day = 200 }}
talk.lognormal = {{ mean = "4m", cv = 1.0 }}
wrap.exponential = {{ mean = "30s" }}
patience.exponential = {{ mean = "5m" }}
target = {{ answered-within = "60s", share = 0.7 }}
[teams.upper]
agents = 6
answers = ["calls", "others"]
{north}
rota = [["early", "early", "early", "late", "early", "early", "off"], ["late", "late", "late", "early", "late", "late", "early"]]
[teams.lower]
agents = 4
answers = ["calls"]
{south}
rota = [["early", "early", "late", "late", "early", "off", "late"]]
"#,
        south = north.replace("north", "south"),
    );
    let none = |name: &str| Err(format!("{name}: no file"));
    match read("week.toml", &text, &none) {
        Ok(reading) => reading.study,
        Err(faults) => panic!("{}", answerable::scenario::render_all(&faults)),
    }
}

fn outcome(study: &Study, replications: u32) -> Outcome {
    let stop = AtomicBool::new(false);
    run(study, Request { replications, seed: 3, threads: 1, stop: &stop }, &|| {}).expect("nobody stops it")
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// The mean of a figure on a weekday, and its interval.
fn told(summary: &Summary<'_>, place: Place, weekday: usize, id: &str) -> Option<(f64, (f64, f64))> {
    let one = summary.options[0].weekdays().into_iter().find(|one| one.weekday == weekday)?;
    let figures = &one.places.iter().find(|(known, _)| *known == place)?.1;
    let estimate = figures.iter().find(|f| f.measure.id == id)?.value.as_ref().ok()?;
    Some((estimate.mean, estimate.ci95.expect("an interval")))
}

const FIGURES: [&str; 11] = [
    "service_level",
    "abandonment_rate",
    "asa",
    "mean_wait",
    "target_met",
    "target_met_intervals",
    "offered",
    "answered",
    "abandoned",
    "occupancy",
    "hours_signed_on",
];

/// Open on Fridays alone, nobody at work on other days: then the week's figures are Friday's, intervals and all.
#[test]
fn the_only_day_of_a_week_is_the_week() {
    let mut study = scenario("friday", "days = 6\nwarm-up = \"7d\"", "", "");
    for rota in study.options[0].teams.iter_mut().map(|team| &mut team.rota) {
        let answerable::scenario::Rota::Weeks(rows) = rota else { panic!("a rota by weeks") };
        for row in rows.iter_mut() {
            row.iter_mut().enumerate().filter(|(day, _)| *day != 4).for_each(|(_, shift)| *shift = None);
        }
    }
    let outcome = outcome(&study, 30);
    let summary = summarise(&study, &outcome);
    let days: Vec<usize> = summary.options[0].weekdays().iter().map(|one| one.weekday).collect();
    assert_eq!(days, [4], "days on which nothing happens are not told");
    for place in [Place::Centre, Place::Queue(0), Place::Queue(1)] {
        for id in FIGURES {
            let whole = summary.options[0].places.iter().find(|(known, _)| *known == place).unwrap();
            let Some(figure) = whole.1.iter().find(|f| f.measure.id == id) else {
                assert_eq!(told(&summary, place, 4, id), None, "{id} of {place:?}");
                continue;
            };
            let Ok(estimate) = &figure.value else {
                assert_eq!(told(&summary, place, 4, id), None, "{id} of {place:?}");
                continue;
            };
            let (low, high) = estimate.ci95.unwrap();
            let (mean, (l, h)) =
                told(&summary, place, 4, id).unwrap_or_else(|| panic!("no {id} of {place:?}"));
            assert!(close(mean, estimate.mean), "{id} of {place:?}: {mean} {}", estimate.mean);
            assert!((l - low).abs() + (h - high).abs() < 1e-7 * (1.0 + high.abs()), "{id} of {place:?}");
        }
    }
}

/// Counts of weekdays add up to those of the horizon, in which some weekdays come twice; shares weighed by their calls do.
#[test]
fn weekdays_add_up_to_the_whole() {
    let study = scenario("monday-sunday", "days = 10\nwarm-up = \"7d\"", "", "");
    let outcome = outcome(&study, 20);
    let summary = summarise(&study, &outcome);
    let option = &summary.options[0];
    let days = |weekday: usize| outcome.options[0].weekdays.days(weekday) as f64;
    let from_a_wednesday = [1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 1.0];
    assert_eq!((0..7).map(days).collect::<Vec<_>>(), from_a_wednesday);
    for place in [Place::Centre, Place::Queue(0), Place::Queue(1)] {
        let sum = |id: &str, weight: &str| -> f64 {
            let of = |weekday: usize| {
                let at = |id: &str| told(&summary, place, weekday, id).map_or(0.0, |(mean, _)| mean);
                days(weekday) * at(id) * if weight.is_empty() { 1.0 } else { at(weight) }
            };
            (0..7).map(of).sum()
        };
        let whole = |id: &str| option.mean_of(place, id).unwrap_or_else(|| panic!("no {id}"));
        for id in ["offered", "answered", "abandoned"] {
            assert!(close(sum(id, ""), whole(id)), "{id} of {place:?}");
        }
        for id in ["service_level", "abandonment_rate", "mean_wait"] {
            assert!(close(sum("offered", id) / sum("offered", ""), whole(id)), "{id} of {place:?}");
        }
        assert!(close(sum("answered", "asa") / sum("answered", ""), whole("asa")));
    }
    let hours: f64 =
        (0..7).map(|d| days(d) * told(&summary, Place::Centre, d, "hours_signed_on").unwrap().0).sum();
    assert!(close(hours, option.mean("hours_signed_on").unwrap()));
    let table = weekdays_csv(&summary);
    assert!(table.starts_with("option,view,weekday,days,queue,measure,title,unit,value,ci_low,ci_high\n"));
    assert!(
        table.contains(",thursday,2,,service_level,") && table.contains(",thursday,2,others,asa,"),
        "{table}"
    );
}

#[test]
fn one_day_alone_has_no_weekdays() {
    let study = scenario("monday-sunday", "days = 1\nwarm-up = \"7d\"", "", "");
    let outcome = outcome(&study, 2);
    let summary = summarise(&study, &outcome);
    assert!(summary.options[0].weekdays().is_empty());
    assert_eq!(weekdays_csv(&summary).lines().count(), 1);
}

/// Rows of a table by its headings.
fn rows(table: &str) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut lines = table.lines();
    let head: Vec<&str> = lines.next().expect("a heading").split(',').collect();
    lines
        .map(|line| head.iter().map(|h| (*h).to_owned()).zip(line.split(',').map(str::to_owned)).collect())
        .collect()
}

/// Who is at work at each site in each interval adds up to who is at work at all; calls answered at each site, to the
/// calls answered, whether sites are pooled or apart.
#[test]
fn sites_add_up_to_the_centre_in_every_interval() {
    let apart = "sites = \"separate\"\noverflow = [{ sites = [\"north\", \"south\"], after = \"30s\" }]";
    for (name, more) in [("pooled", ""), ("separate", apart)] {
        let study = scenario("monday-sunday", "days = 9\nwarm-up = \"7d\"", "site = \"north\"", more);
        let outcome = outcome(&study, 6);
        let summary = summarise(&study, &outcome);
        let all = rows(&intervals_csv(&summary));
        let centre: Vec<_> = all.iter().filter(|row| row["queue"] == "calls").collect();
        let site = |name: &str| all.iter().filter(|row| row["site"] == name).collect::<Vec<_>>();
        let (north, south) = (site("north"), site("south"));
        let lengths = [centre.len(), north.len(), south.len()];
        assert!(lengths.iter().all(|rows| *rows > 80), "{lengths:?}");
        let mut at_south = 0.0;
        for row in centre {
            let same = |other: &&&std::collections::BTreeMap<String, String>| {
                (&other["weekday"], &other["start"]) == (&row["weekday"], &row["start"])
            };
            for column in ["rostered", "signed_on", "busy", "available"] {
                let of = |rows: &[&std::collections::BTreeMap<String, String>]| -> f64 {
                    rows.iter().find(same).map_or(0.0, |row| row[column].parse().unwrap())
                };
                let whole: f64 = row[column].parse().unwrap();
                let parts = of(&north) + of(&south);
                assert!((whole - parts).abs() < 1e-9, "{name} {column} {row:?}: {parts}");
                at_south += of(&south);
            }
        }
        assert!(at_south > 100.0);
        let cells = |column: &str| north.iter().filter(|row| row[column].is_empty()).count();
        assert_eq!(cells("offered"), if name == "pooled" { north.len() } else { 0 });
        let option = &summary.options[0];
        let at = |site: usize, id: &str| option.mean_of(Place::Site(site), id).unwrap();
        let sum = |id: &str| (0..2).map(|site| at(site, "answered_here") * at(site, id)).sum::<f64>();
        let answered = at(0, "answered_here") + at(1, "answered_here");
        assert!(close(answered, option.mean("answered").unwrap()), "{name}");
        assert!(close(sum("asa_here") / answered, option.mean("asa").unwrap()), "{name}");
        assert!(
            close(sum("in_time_here") / answered, option.mean("service_level_answered").unwrap()),
            "{name}"
        );
        assert!(option.figure("answered_here").is_none(), "a figure of sites alone");
    }
}

/// The page has tables by site, team and weekday where there are several, and no rows that nobody asked for.
#[test]
fn the_page_tells_sites_teams_and_weekdays_and_leaves_out_what_nobody_asked_for() {
    let page = |study: &Study| {
        let outcome = outcome(study, 12);
        let summary = summarise(study, &outcome);
        let files = RunFiles {
            results_json: &results_json(&summary),
            intervals_csv: &intervals_csv(&summary),
            waits_csv: &waits_csv(&summary),
            comparison_csv: &comparison_csv(&summary),
            all: &[],
            day_csv: "",
        };
        let stored = Stored::read(&files).expect("what was written can be read");
        assert!(results_xlsx(&stored).is_ok());
        let page = report_html(&stored, &drawings_of(&stored).expect("charts")).expect("a page");
        (page, statement_md(&stored), results_json(&summary))
    };
    let transfers = "measures = \"101\"\ntransfers = [{ to = \"others\", probability = 0.2 }]";
    let (page_of_sites, statement, _) =
        page(&scenario("monday-sunday", "weeks = 1\nwarm-up = \"7d\"", "site = \"north\"", transfers));
    for wanted in [
        "By site: 2 sites",
        "By team: 2 teams",
        "Calls answered here",
        "By weekday:",
        "101: answered within 30 s",
        "Came by a transfer",
    ] {
        assert!(page_of_sites.contains(wanted), "{wanted}");
    }
    assert!(!page_of_sites.contains("999: answered") && !page_of_sites.contains("NHS 111"));
    assert!(statement.contains("101: answered within 30 s") && !statement.contains("HMRC"));
    let (plain, statement, json) = page(&scenario("monday-sunday", "days = 1\nwarm-up = \"7d\"", "", ""));
    for unwanted in ["By site", "Calls answered here", "By weekday", "101: answered", "Came by a transfer"] {
        assert!(!plain.contains(unwanted) && !statement.contains(unwanted), "{unwanted}");
    }
    assert!(
        json.contains("police_101_within_30") && json.contains("\"transferred\""),
        "files hold all figures"
    );
}
