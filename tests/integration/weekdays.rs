//! The figures of weekdays, of sites in each interval, and of calls answered at a site: held to the figures of the whole
//! that they are parts of, through ordinary scenario texts.

use super::weekday_waits::{is_alike, told_or_why};
use answerable::experiment::{ALWAYS_BY_WEEKDAY, Outcome, Place, Request, Simulator, Stretch, run};
use answerable::measure::Formula;
use answerable::report::{RunFiles, Stored, Summary, comparison_csv, intervals_csv, waits_csv};
use answerable::report::{
    drawings_of, report_html, results_json, results_xlsx, statement_md, summarise, weekdays_csv,
};
use answerable::scenario::{Rota, Study, read};
use answerable::statistics::difference_of_ratios;
use std::sync::atomic::AtomicBool;

/// Two queues and two teams; wrap that is put off, repeats, breaks; open on the days named.
pub(super) fn scenario(days: &str, horizon: &str, north: &str, more: &str) -> Study {
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

pub(super) fn outcome(study: &Study, replications: u32) -> Outcome {
    let stop = AtomicBool::new(false);
    run(study, Request { replications, seed: 3, threads: 1, stop: &stop }, &|| {}).expect("nobody stops it")
}

pub(super) fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// The mean of a figure on a weekday, and its interval.
pub(super) fn told(
    summary: &Summary<'_>,
    place: Place,
    weekday: usize,
    id: &str,
) -> Option<(f64, (f64, f64))> {
    let one = summary.options[0].weekdays.iter().find(|one| one.weekday == weekday)?;
    let figures = &one.places.iter().find(|(known, _)| *known == place)?.1;
    let estimate = figures.iter().find(|f| f.measure.id == id)?.value.as_ref().ok()?;
    Some((estimate.mean, estimate.ci95.expect("an interval")))
}

/// Teams at two sites, to which the callers of one queue are sent apart.
pub(super) const SITE: &str = "site = \"north\"";
pub(super) const APART: &str =
    "sites = \"separate\"\noverflow = [{ sites = [\"north\", \"south\"], after = \"30s\" }]";

/// The centre, both queues, both teams and both sites.
const PLACES: [Place; 7] = [
    Place::Centre,
    Place::Queue(0),
    Place::Queue(1),
    Place::Team(0),
    Place::Team(1),
    Place::Site(0),
    Place::Site(1),
];

/// A second option: calls are in time for longer, and one more of the lower team works on Saturdays.
fn with_option(mut study: Study) -> Study {
    let mut more = study.options[0].clone();
    more.name = "one more".into();
    more.queues[0].answer_within += 5_000_000;
    let Rota::Weeks(rows) = &mut more.teams[1].rota else { panic!("a rota by weeks") };
    rows[0][5] = Some(0);
    study.options.push(more);
    study
}

/// Nobody is at work on other days than Friday.
fn fridays_alone(study: &mut Study) {
    for rota in study.options.iter_mut().flat_map(|option| &mut option.teams).map(|team| &mut team.rota) {
        let Rota::Weeks(rows) = rota else { panic!("a rota by weeks") };
        for row in rows.iter_mut() {
            row.iter_mut().enumerate().filter(|(day, _)| *day != 4).for_each(|(_, shift)| *shift = None);
        }
    }
}

/// Open on Fridays alone, nobody at work on other days: then the week's figures are Friday's, intervals and all.
#[test]
fn the_only_day_of_a_week_is_the_week() {
    let mut study = scenario("friday", "days = 6\nwarm-up = \"7d\"", SITE, APART);
    fridays_alone(&mut study);
    let outcome = outcome(&study, 30);
    let summary = summarise(&study, &outcome);
    let days: Vec<usize> = summary.options[0].weekdays.iter().map(|one| one.weekday).collect();
    assert_eq!(days, [4], "days on which nothing happens are not told");
    let (mut held, mut waits) = (0, 0);
    for place in PLACES {
        let whole = summary.options[0].places.iter().find(|(known, _)| *known == place).unwrap();
        for figure in &whole.1 {
            let id = figure.measure.id;
            let of_sums = matches!(figure.measure.formula, Formula::Ratio(..) | Formula::Mean(..));
            if let Formula::Wait(formula) = figure.measure.formula {
                waits += usize::from(is_alike(figure, formula, told_or_why(&summary, place, 4, id)));
                continue;
            }
            let told = told(&summary, place, 4, id);
            let estimate = match &figure.value {
                Ok(estimate) if of_sums && id != "cost_per_resolved_case" => estimate,
                _ => {
                    assert_eq!(told, None, "{id} of {place:?}");
                    continue;
                }
            };
            // What is nought is left out, but for what is always told.
            if estimate.mean == 0.0 && !ALWAYS_BY_WEEKDAY.contains(&id) {
                assert_eq!(told, None, "{id} of {place:?}");
                continue;
            }
            held += 1;
            let (low, high) = estimate.ci95.unwrap();
            let (mean, (l, h)) = told.unwrap_or_else(|| panic!("no {id} of {place:?}"));
            assert!(close(mean, estimate.mean), "{id} of {place:?}: {mean} {}", estimate.mean);
            assert!((l - low).abs() + (h - high).abs() < 1e-7 * (1.0 + high.abs()), "{id} of {place:?}");
        }
    }
    // Of seven figures of waits of the centre, two queues and two sites, one does not exist and some are nought.
    assert!(held > 250 && waits >= 30, "{held} {waits}");
}

/// Counts of weekdays add up to those of the horizon, in which some weekdays come twice; shares weighed by their calls do.
#[test]
fn weekdays_add_up_to_the_whole() {
    let study = scenario("monday-sunday", "days = 10\nwarm-up = \"7d\"", SITE, APART);
    let outcome = outcome(&study, 20);
    let summary = summarise(&study, &outcome);
    let option = &summary.options[0];
    let days = |weekday: usize| outcome.options[0].weekdays.days(weekday) as f64;
    let from_a_wednesday = [1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 1.0];
    assert_eq!((0..7).map(days).collect::<Vec<_>>(), from_a_wednesday);
    // The sum over weekdays of a count, or of a share or mean times what it is of.
    let sum = |place: Place, id: &str, weight: &str| -> f64 {
        let of = |weekday: usize| {
            let at = |id: &str| told(&summary, place, weekday, id).map_or(0.0, |(mean, _)| mean);
            days(weekday) * at(id) * if weight.is_empty() { 1.0 } else { at(weight) }
        };
        (0..7).map(of).sum()
    };
    for place in PLACES {
        let whole = |id: &str| option.mean_of(place, id);
        let (callers, staff) = match place {
            Place::Queue(_) => (true, false),
            Place::Team(_) => (false, true),
            _ => (true, true),
        };
        let held = |id: &str, found: f64| {
            let whole = whole(id).unwrap_or_else(|| panic!("no {id} of {place:?}"));
            assert!(close(found, whole), "{id} of {place:?}: {found} {whole}");
        };
        if callers {
            for id in ["offered", "answered", "abandoned", "cases", "repeats", "redials"] {
                held(id, sum(place, id, ""));
            }
            for id in
                ["reached_first_time", "resolution", "contacts_per_case", "caller_effort", "satisfaction"]
            {
                held(id, sum(place, "cases", id) / sum(place, "cases", ""));
            }
            for id in ["service_level", "abandonment_rate", "mean_wait"] {
                held(id, sum(place, "offered", id) / sum(place, "offered", ""));
            }
            held("asa", sum(place, "answered", "asa") / sum(place, "answered", ""));
        }
        if staff {
            let hours = sum(place, "hours_signed_on", "");
            held("hours_signed_on", hours);
            for id in ["hours_paid", "shifts_worked"] {
                held(id, sum(place, id, ""));
            }
            held("utilisation", sum(place, "hours_paid", "utilisation") / sum(place, "hours_paid", ""));
            for id in ["late_finishes", "backlog_hours", "longest_unbroken"] {
                held(id, sum(place, "shifts_worked", id) / sum(place, "shifts_worked", ""));
            }
            held("workload", sum(place, "hours_signed_on", "workload") / hours);
        }
        let told = |id: &str| told(&summary, place, 3, id).is_some();
        assert_eq!((told("offered"), told("workload")), (callers, staff), "{place:?}");
    }
    for weekday in 0..7 {
        // The lower team is off on Saturdays.
        let at = |place, id: &str| told(&summary, place, weekday, id).map_or(0.0, |(mean, _)| mean);
        for parts in [[Place::Team(0), Place::Team(1)], [Place::Site(0), Place::Site(1)]] {
            let hours: f64 = parts.iter().map(|place| at(*place, "hours_signed_on")).sum();
            assert!(close(hours, at(Place::Centre, "hours_signed_on")), "{weekday}: {parts:?}");
            let work = |place: Place| at(place, "hours_signed_on") * at(place, "workload");
            let worked: f64 = parts.iter().map(|place| work(*place)).sum();
            assert!(close(worked, work(Place::Centre)), "{weekday}: {parts:?}");
        }
        let calls = at(Place::Site(0), "offered") + at(Place::Site(1), "offered");
        assert!(close(calls, at(Place::Queue(0), "offered")), "the other queue is pooled");
        assert!(close(at(Place::Team(0), "workload"), at(Place::Site(0), "workload")), "its only team");
    }
    let table = weekdays_csv(&summary);
    assert!(table.starts_with(
        "option,view,weekday,days,queue,measure,title,unit,value,ci_low,ci_high,team,site,difference,"
    ));
    for row in [",thursday,2,,service_level,", ",thursday,2,others,asa,"] {
        assert!(table.contains(row), "{row}");
    }
    // Of what is always told: nine figures of callers, three of staff.
    let always = |row: &Row, column: &str| {
        !row[column].is_empty() && ALWAYS_BY_WEEKDAY.contains(&row["measure"].as_str())
    };
    let table = rows(&table);
    let places = |column: &str| table.iter().filter(|row| always(row, column)).count();
    assert_eq!([places("queue"), places("team"), places("site")], [7 * 18, 7 * 6 - 3, 7 * 24]);
    // Every kind of place tells more: of calls handled, of cases, of shifts.
    for (column, id) in [
        ("queue", "aht"),
        ("queue", "first_contact_resolution"),
        ("queue", "failure_demand"),
        ("team", "hours_paid"),
        ("team", "longest_unbroken"),
        ("site", "wrap_dropped"),
        ("site", "asa_here"),
        ("site", "utilisation"),
    ] {
        let told = table.iter().filter(|row| !row[column].is_empty() && row["measure"] == id).count();
        assert!(told >= 6, "{id} of each {column}: {told}");
    }
}

/// A team alone, a queue alone, are the centre.
#[test]
fn one_team_alone_has_no_rows_of_its_own() {
    let mut study = scenario("monday-sunday", "days = 7\nwarm-up = \"7d\"", "", "");
    let policy = study.options[0].wrap_policies[0];
    let setting = &mut study.options[0];
    setting.teams.truncate(1);
    setting.queues.truncate(2);
    setting.wrap_policies = vec![policy; 2];
    let outcome = outcome(&study, 3);
    let summary = summarise(&study, &outcome);
    for table in [weekdays_csv(&summary), intervals_csv(&summary)] {
        let all = rows(&table);
        assert!(all.len() > 100 && all.iter().all(|row| row["team"].is_empty() && row["site"].is_empty()));
    }
    assert!(outcome.options[0].team_staff.is_empty());
}

/// Open on Fridays alone: what a weekday differs from the base's is what the week does, which is worked out from the
/// replications themselves; and one weekday alone needs no wider interval.
#[test]
fn differences_on_the_only_day_of_a_week_are_the_weeks() {
    let mut study = with_option(scenario("friday", "days = 6\nwarm-up = \"7d\"", SITE, APART));
    fridays_alone(&mut study);
    let Rota::Weeks(rows) = &mut study.options[1].teams[1].rota else { panic!("a rota by weeks") };
    rows[0][4] = Some(1);
    study.matters = vec![("wait_p90".to_owned(), 1.0), ("max_wait".to_owned(), 0.0)];
    let outcome = outcome(&study, 40);
    let summary = summarise(&study, &outcome);
    let option = &summary.options[1];
    assert!(summary.options[0].weekdays.iter().all(|one| one.comparisons.is_empty()), "the base has no base");
    let (mut clear, mut percentiles) = (0, 0);
    for (place, week) in &option.comparisons {
        let one = &option.weekdays[0];
        for of_week in week {
            let id = of_week.measure.id;
            let Some(row) = one.comparison(*place, id) else {
                assert!(!ALWAYS_BY_WEEKDAY.contains(&id), "no {id} of {place:?}");
                continue;
            };
            assert_eq!(row.together, row.alone.ci95);
            assert_eq!(row.alone.share_better, of_week.share_better, "{id} of {place:?}");
            if id == "max_wait" {
                assert_eq!(&row.alone, of_week, "{place:?}");
                continue;
            }
            let (of_day, whole) = (row.alone.ci95.unwrap(), of_week.ci95.unwrap());
            if id == "wait_p90" {
                // Both options' percentiles, by the buckets of the week and by the coarser ones of a day.
                let both: f64 =
                    [0, 1].map(|one| summary.options[one].mean_of(*place, id).unwrap()).iter().sum();
                let (fine, coarse) = (both / 256.0, both / 64.0);
                let apart = (row.alone.difference - of_week.difference).abs();
                assert!(apart <= fine + coarse, "{place:?}: {apart}");
                // Each interval is wider by its rounding. What chance does may differ by how buckets are spread out.
                let (day, week) = (of_day.1 - of_day.0 - 2.0 * coarse, whole.1 - whole.0 - 2.0 * fine);
                assert!(day > 0.7 * week && day < 1.3 * week, "{place:?}: {of_day:?} {whole:?}");
                percentiles += 1;
                continue;
            }
            let size = 1e-9 * (1.0 + whole.0.abs() + whole.1.abs());
            assert!((row.alone.difference - of_week.difference).abs() < size, "{id} of {place:?}");
            // A variance by differences of sums is known to about 1e-14 of the sums' own: its root to 1e-7.
            let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * (1e-3 + whole.1 - whole.0);
            assert!(
                near(of_day.0, whole.0) && near(of_day.1, whole.1),
                "{id} of {place:?}: {of_day:?} {whole:?}"
            );
            clear += usize::from(whole.0 > 0.0 || whole.1 < 0.0);
        }
    }
    assert!(clear > 10, "something differs: {clear}");
    assert_eq!(percentiles, 5, "of the centre, two queues and two sites");
}

/// Differences by weekday are those of single replications run one after another, by the plain formula; and stretches of
/// any length, added up, are the one run.
#[test]
fn differences_by_weekday_are_those_of_single_replications() {
    let mut study = with_option(scenario("monday-sunday", "days = 9\nwarm-up = \"7d\"", SITE, APART));
    // Of what matters the differences are told too.
    let matters = [("utilisation", 0.01), ("resolution", 0.01), ("wait_p90", 1.0)];
    study.matters = matters.map(|(id, zone)| (id.to_owned(), zone)).to_vec();
    let (simulator, stop) = (Simulator::new(&study, 3, 1), AtomicBool::new(false));
    let stretch = |range| simulator.stretch(range, &stop, &|| {}).expect("nobody stops it");
    let whole = outcome(&study, 23);
    let summary = summarise(&study, &whole);
    let mut joined = Stretch::none(&study, 0);
    for range in [0..7, 7..8, 8..23] {
        let part = stretch(range);
        joined.append(Stretch::read(&Stretch::none(&study, 0), &part.bytes()).expect("of this study"));
    }
    let joined = joined.outcome(3);
    assert_eq!(whole.options, joined.options, "whatever the parts, the very same numbers");
    assert_eq!(weekdays_csv(&summary), weekdays_csv(&summarise(&study, &joined)));
    let singles: Vec<Outcome> = (0..23).map(|one| stretch(one..one + 1).outcome(3)).collect();
    let singles: Vec<Summary<'_>> = singles.iter().map(|one| summarise(&study, one)).collect();
    // Of one replication: a share or mean times the calls or hours it is of, and these; or a count, and one.
    let terms = |option: usize,
                 place: Place,
                 weekday: usize,
                 (id, of): (&str, &str)|
     -> (Vec<f64>, Vec<f64>) {
        let one = |single: &Summary<'_>| {
            let day =
                single.options[option].weekdays.iter().find(|one| one.weekday == weekday).expect("the day");
            let figures = &day.places.iter().find(|(known, _)| *known == place).expect("the place").1;
            let mean = |id: &str| {
                let figure = figures.iter().find(|f| f.measure.id == id).expect("the figure");
                figure.value.as_ref().map_or(0.0, |e| e.mean)
            };
            if of.is_empty() { (mean(id), 1.0) } else { (mean(id) * mean(of), mean(of)) }
        };
        singles.iter().map(one).unzip()
    };
    let ids = [
        ("service_level", "offered"),
        ("abandonment_rate", "offered"),
        ("asa", "answered"),
        ("workload", "hours_signed_on"),
        ("utilisation", "hours_paid"),
        ("resolution", "cases"),
        ("offered", ""),
        ("hours_signed_on", ""),
    ];
    let (mut held, mut wider) = (0, 0);
    for one in &summary.options[1].weekdays {
        for (place, rows) in &one.comparisons {
            // Percentiles have three groups of histories, two degrees of freedom: t of 1 − 0.025/7 over t of 0.975.
            let percentile = rows.iter().find(|row| row.alone.measure.id == "wait_p90").map(|row| &row.alone);
            let bounds =
                percentile.and_then(|alone| alone.ci95.zip(one.comparison(*place, "wait_p90")?.together));
            if let Some(((low, high), (lowest, highest))) = bounds {
                assert!(lowest < low && high < highest && highest - lowest < 11.769 / 4.302 * (high - low));
                wider += 1;
            }
            for row in rows {
                let Some(pair) = ids.iter().find(|pair| pair.0 == row.alone.measure.id) else { continue };
                let (a, b) = (terms(0, *place, one.weekday, *pair), terms(1, *place, one.weekday, *pair));
                let wanted = difference_of_ratios(&a.0, &a.1, &b.0, &b.1).expect("they exist");
                let (found, ci) = (row.alone.ci95.unwrap(), wanted.ci95.unwrap());
                let size = 1e-6 * (ci.1 - ci.0) + 1e-9 * (1.0 + ci.1.abs());
                let near = |a: f64, b: f64| (a - b).abs() < size;
                assert!(near(found.0, ci.0) && near(found.1, ci.1), "{place:?} {pair:?}: {found:?} {ci:?}");
                assert!(near(row.alone.difference, wanted.difference), "{place:?} {pair:?}");
                let (low, high) = row.together.unwrap();
                assert!(low <= found.0 && high >= found.1);
                // t of 1 − 0.025/7 over t of 0.975, with 22 degrees of freedom, 2.9655/2.0739; or 1 − 0.025/6: the lower
                // team is off on Saturdays in the base.
                let off = *place == Place::Team(1)
                    || (*place == Place::Site(1) && ["workload", "utilisation"].contains(&pair.0));
                let wider = (high - low) / (found.1 - found.0);
                let wanted = if off { 1.3976 } else { 1.4299 };
                let alike = found.0 == found.1;
                assert!(alike || (wider - wanted).abs() < 2e-4, "{place:?} {pair:?}: {found:?} {wider}");
                held += 1;
            }
        }
    }
    assert!(wider >= 7 * 3, "{wider}");
    // On Saturdays neither the lower team's figures (here three) nor workload and utilisation at its site exist in the base.
    assert_eq!(held, 7 * (8 + 2 * 5 + 2 * 3 + 2 * 8) - 5);
}

/// A night shift, by hand: it begins on the evening of Monday, 1 January 2024, at 22:00, with an unpaid break of 30 minutes at
/// 02:00, and ends at 06:00. Pay is Monday's: 7.5 hours at 20 an hour. Of the hours signed on, two are Monday's and five and a
/// half Tuesday's; of the time present on Tuesday, six hours, the break is a twelfth. Nobody calls.
#[test]
fn a_night_shift_is_paid_on_the_day_it_begins_and_worked_by_the_clock() {
    let text = r#"format = 1
name = "Night"
question = "Whose day is it?"
currency = "£"
[horizon]
start = 2024-01-01
days = 3
warm-up = "none"
[opening]
monday-sunday = "00:00-24:00"
[shifts]
night = { hours = "22:00-06:00", breaks = [{ start = "02:00", length = "30m", unpaid = true }] }
[queues.calls]
demand = { per-day = 0 }
talk.exponential = { mean = "150s" }
[teams.owls]
agents = 1
answers = ["calls"]
pay-per-hour = 20
rota = [["night", "off", "off", "off", "off", "off", "off"]]
"#;
    let none = |name: &str| Err(format!("{name}: no file"));
    let study = match read("night.toml", text, &none) {
        Ok(reading) => reading.study,
        Err(faults) => panic!("{}", answerable::scenario::render_all(&faults)),
    };
    let outcome = outcome(&study, 2);
    let summary = summarise(&study, &outcome);
    let at = |weekday: usize, id: &str| told(&summary, Place::Centre, weekday, id).map(|(mean, _)| mean);
    let near = |found: Option<f64>, wanted: f64| found.is_some_and(|found| (found - wanted).abs() < 1e-9);
    for (id, monday, tuesday) in [
        ("hours_paid", 7.5, 0.0),
        ("cost", 150.0, 0.0),
        ("shifts_worked", 1.0, 0.0),
        ("hours_signed_on", 2.0, 5.5),
        ("away_minutes", 0.0, 5.0),
        ("idle_minutes", 60.0, 55.0),
    ] {
        assert!(near(at(0, id), monday), "{id} on Monday: {:?}", at(0, id));
        assert!(near(at(1, id), tuesday), "{id} on Tuesday: {:?}", at(1, id));
    }
    assert!(near(at(0, "present"), 1.0) && at(1, "present").is_none(), "no shift is rostered on Tuesday");
    assert!(at(0, "late_finishes").is_none(), "nought on every weekday");
    assert!(summary.options[0].weekdays.iter().all(|one| one.weekday < 2), "nothing happens on Wednesday");
}

/// Talk and wrap by interval are those of calls that came in it: weighed by the calls answered they add up to the day's.
#[test]
fn handling_by_interval_adds_up() {
    let study = scenario("monday-sunday", "days = 9\nwarm-up = \"7d\"", SITE, APART);
    let outcome = outcome(&study, 6);
    let summary = summarise(&study, &outcome);
    let all = rows(&intervals_csv(&summary));
    let number = |row: &Row, column: &str| row[column].parse::<f64>().unwrap_or(0.0);
    for (column, name, place) in [
        ("queue", "calls", Place::Queue(0)),
        ("queue", "others", Place::Queue(1)),
        ("site", "north", Place::Site(0)),
        ("site", "south", Place::Site(1)),
    ] {
        let own = || all.iter().filter(|row| row[column] == name && row["weekday"] != "weekdays");
        // Each answered call of these was handled to its end.
        let calls = |row: &Row| number(row, "answered") * number(row, "days");
        let total: f64 = own().map(calls).sum();
        for (seconds, id) in [("aht_s", "aht"), ("talk_s", "talk_time"), ("wrap_s", "wrap_done")] {
            let found = own().map(|row| calls(row) * number(row, seconds)).sum::<f64>() / total;
            let whole = summary.options[0].mean_of(place, id).unwrap();
            assert!(close(found, whole), "{id} of {place:?}: {found} {whole}");
        }
    }
    // Workload of the team, weighed by who is signed on.
    let own = || all.iter().filter(|row| row["team"] == "upper" && row["weekday"] != "weekdays");
    let signed_on = |row: &Row| number(row, "signed_on") * number(row, "days");
    let worked: f64 = own().map(|row| signed_on(row) * number(row, "workload")).sum();
    let found = worked / own().map(signed_on).sum::<f64>();
    assert!(close(found, summary.options[0].mean_of(Place::Team(0), "workload").unwrap()), "{found}");
}

#[test]
fn one_day_alone_has_no_weekdays() {
    let study = scenario("monday-sunday", "days = 1\nwarm-up = \"7d\"", "", "");
    let outcome = outcome(&study, 2);
    let summary = summarise(&study, &outcome);
    assert!(summary.options[0].weekdays.is_empty());
    assert_eq!(weekdays_csv(&summary).lines().count(), 1);
}

/// A row of a table by its headings.
pub(super) type Row = std::collections::BTreeMap<String, String>;

/// Rows of a table by its headings.
pub(super) fn rows(table: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("a table")
}

/// Whether a row has more than nothing in a column.
fn row_has(row: &std::collections::BTreeMap<String, String>, column: &str) -> bool {
    row[column].parse::<f64>().is_ok_and(|value| value > 0.0)
}

/// Who is at work at each site in each interval adds up to who is at work at all; calls answered at each site, to the
/// calls answered, whether sites are pooled or apart.
#[test]
fn sites_add_up_to_the_centre_in_every_interval() {
    for (name, more) in [("pooled", ""), ("separate", APART)] {
        let study = scenario("monday-sunday", "days = 9\nwarm-up = \"7d\"", "site = \"north\"", more);
        let outcome = outcome(&study, 6);
        let summary = summarise(&study, &outcome);
        let all = rows(&intervals_csv(&summary));
        let centre: Vec<_> = all.iter().filter(|row| row["queue"] == "calls").collect();
        let site = |name: &str| all.iter().filter(|row| row["site"] == name).collect::<Vec<_>>();
        let (north, south) = (site("north"), site("south"));
        // Each site has one team.
        for (team, site) in [("upper", &north), ("lower", &south)] {
            let own: Vec<_> = all.iter().filter(|row| row["team"] == team).collect();
            // Callers are sent to a site when nobody is at work there, too.
            let staffed = |row: &&&_| row_has(row, "rostered") || row_has(row, "signed_on");
            let site: Vec<_> = site.iter().filter(staffed).collect();
            assert_eq!(own.len(), site.len());
            for (row, site) in own.iter().zip(site) {
                for column in
                    ["weekday", "start", "days", "rostered", "signed_on", "busy", "available", "occupancy"]
                {
                    assert_eq!(row[column], site[column], "{team} {column}");
                }
                assert!(row["offered"].is_empty() && row["queue"].is_empty() && row["site"].is_empty());
            }
        }
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
        "By weekday, further figures, queues, sites and teams:",
        "Late finishes",
        "What is not told by weekday, and why",
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
