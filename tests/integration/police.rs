//! The page of the police control room, and what the README says of it: every figure, table and chart of it is what the program produces.
//!
//! `ANSWERABLE_UPDATE=1 cargo test --test integration police` writes them anew; CHANGELOG.md says why they moved.

use super::marks;
use answerable::experiment::{Comparison, Outcome, Place, Request, Verdict, run};
use answerable::measure::{Sum, Sums};
use answerable::report::sentence::{Unit, number};
use answerable::report::{
    OptionSummary, RunFiles, Summary, charts, comparison_csv, intervals_csv, results_json, summarise,
    waits_csv,
};
use answerable::scenario::{Change, Study, read_changed};
use answerable::statistics::{Terms, quotient_of_differences};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

const BASE: &str = "wrap as the log needs";
const TARGET: &str = "60 s wrap target";
/// Where the two views lie: the share of resolution lost with a log that is never finished.
const LOST: &str = "response.repeats-after-cut";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The scenario, with some values changed.
fn study(changes: &[(&str, &str)]) -> Study {
    let folder = root().join("scenarios");
    let text =
        std::fs::read_to_string(folder.join("police-control-room.toml")).expect("the scenario is there");
    let files = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
    let change = |(path, value): &(&str, &str)| Change {
        origin: "a test".into(),
        path: (*path).into(),
        value: (*value).into(),
    };
    let changes: Vec<Change> = changes.iter().map(change).collect();
    let reading = read_changed("scenarios/police-control-room.toml", &text, &files, &changes);
    let reading = reading.expect("the scenario has no fault");
    assert!(reading.warnings.is_empty(), "{:?}", reading.warnings);
    reading.study
}

/// Everything of an option that stands under a path such as `queues.999.service_level`, of its own place.
fn compared<'s>(option: &'s OptionSummary<'_>, path: &str) -> &'s Comparison {
    let (place, id) = match path.strip_prefix("queues.").and_then(|rest| rest.split_once('.')) {
        Some((name, id)) => {
            (Place::Queue(option.setting.queues.iter().position(|q| q.name == name).expect("a queue")), id)
        }
        None => (Place::Centre, path),
    };
    let rows = &option.comparisons.iter().find(|(known, _)| *known == place).expect("a place").1;
    rows.iter().find(|row| row.measure.id == id).unwrap_or_else(|| panic!("no comparison of {path}"))
}

fn option<'s, 'a>(summary: &'s Summary<'a>, name: &str) -> &'s OptionSummary<'a> {
    let (view, name) = name.split_once(" / ").expect("a view and an option");
    let wanted = |o: &&OptionSummary<'_>| o.setting.name == name && o.setting.view.as_deref() == Some(view);
    summary.options.iter().find(wanted).unwrap_or_else(|| panic!("no option is called {view} / {name}"))
}

/// Digits that an interval's half-width bears.
fn places(half_width: f64) -> usize {
    match half_width {
        h if h >= 0.95 => 0,
        h if h >= 0.095 => 1,
        h if h >= 0.0095 => 2,
        _ => 3,
    }
}

/// "91.5% ±0.4": the mark `f VIEW / OPTION | measure`. "+4.7 ±0.3", in points where the figure is a share: `d`.
/// What may be said of the difference: `v`.
fn figure(summary: &Summary<'_>, mark: &str) -> String {
    let (kind, rest) = mark.split_once(' ').expect("a kind, then what is meant");
    let (name, path) = rest.split_once(" | ").expect("an option and a measure");
    let option = option(summary, name);
    match kind {
        "f" => {
            let figure = option.named(path).unwrap_or_else(|| panic!("no figure {path}"));
            let value = figure.value.as_ref().expect("the figure exists");
            let unit = Unit::parse(figure.measure.unit.name());
            let scale = unit.scale();
            let sign = match unit {
                Unit::Share => "%",
                Unit::Seconds => " s",
                Unit::Minutes => " min",
                Unit::Hours => " h",
                _ => "",
            };
            let half = value.half_width().unwrap_or(0.0) * scale;
            match half {
                0.0 => format!("{}{sign}", number(value.mean * scale, 0)),
                h => format!("{}{sign} ±{}", number(value.mean * scale, places(h)), number(h, places(h))),
            }
        }
        "d" => {
            let row = compared(option, path);
            let scale = Unit::parse(row.measure.unit.name()).scale();
            let half = row.ci95.map_or(0.0, |(low, high)| (high - low) / 2.0 * scale);
            let sign = if row.difference > 0.0 { "+" } else { "" };
            let at = places(half);
            format!("{sign}{} ±{}", number(row.difference * scale, at), number(half, at))
        }
        "v" => compared(option, path).verdict.expect("a verdict").text().to_owned(),
        _ => panic!("no such mark: {mark}"),
    }
}

/// The base and the 60-second target alone, under the force's view, with so much resolution lost with a log that is
/// never finished: sums by replication.
fn pair(lost: f64) -> [Vec<Sums>; 2] {
    let lost = format!("{lost:.6}");
    let mut study = study(&[(LOST, &lost)]);
    study.options.retain(|o| o.view.as_deref() == Some("force") && [BASE, TARGET].contains(&o.name.as_str()));
    let outcome = outcome(&study);
    let [base, target] = &outcome.options[..] else { panic!("two options") };
    [base.centre.clone(), target.centre.clone()]
}

fn outcome(study: &Study) -> Outcome {
    let stop = AtomicBool::new(false);
    let request = Request { replications: study.replications, seed: study.seed, threads: 0, stop: &stop };
    run(study, request, &|| {}).expect("nobody stops it")
}

fn terms(sums: &[Sums], (over, under): (Sum, Sum)) -> Terms {
    let column = |sum: Sum| sums.iter().map(|sums| sums.of(sum) as f64).collect();
    (column(over), column(under))
}

fn ratio((over, under): &Terms) -> f64 {
    over.iter().sum::<f64>() / under.iter().sum::<f64>()
}

/// A value and its 95% interval.
type Known = (f64, (f64, f64));

/// Runs from which the points are found at which the target and the base are level.
struct Turning {
    none: [Vec<Sums>; 2],
    much: [Vec<Sums>; 2],
}

/// A share of resolution lost with a log at which the gain of a target is long gone.
const MUCH: f64 = 0.4;
const SATISFIED: (Sum, Sum) = (Sum::Satisfaction, Sum::Cases);
const SETTLED: (Sum, Sum) = (Sum::CasesResolved, Sum::Cases);

impl Turning {
    /// The share lost at which a measure is the same with the target and without. The measure falls in a straight
    /// line with the share lost, so it is the gain where nothing is lost over the fall per share lost; its interval
    /// is Fieller's. Another run at that very share sees that the two are level there.
    fn level(&self, measure: (Sum, Sum)) -> Known {
        let [base, free] = [0, 1].map(|n| terms(&self.none[n], measure));
        let dear = terms(&self.much[1], measure);
        let found = quotient_of_differences([&base, &free], [&dear, &free]).expect("both exist");
        let (low, high) = found.ci95.expect("the fall is beyond doubt");
        let lost = MUCH * found.over / found.under;
        let [base, there] = pair(lost).map(|sums| terms(&sums, measure));
        let left = (ratio(&there) - ratio(&base)).abs();
        // A tenth of the gain to be had: straight enough for the digits printed.
        assert!(left < found.over.abs() / 10.0, "not level at {lost}: {left} of {} is left", found.over);
        (lost, (MUCH * low, MUCH * high))
    }

    /// More repeats per hundred calls cut for each share of resolution lost.
    fn repeats(&self) -> f64 {
        100.0 * ratio(&terms(&self.much[1], (Sum::RepeatsForCut, Sum::Cut))) / MUCH
    }
}

/// "1.6 (95% interval 1.4 to 1.9)".
fn with_interval((value, (low, high)): Known, scale: f64, sign: &str) -> String {
    let at = places((high - low) / 2.0 * scale);
    let text = |v: f64| format!("{}{sign}", number(v * scale, at));
    format!("{} (95% interval {} to {})", text(value), text(low), text(high))
}

/// What callers and staff notice of vacancies, by measure.
const CALLERS: &[&str] =
    &["queues.999.service_level", "queues.101.service_level", "queues.101.abandonment_rate"];
const STAFF: &[&str] = &["occupancy_high_share", "late_finishes", "rest_met"];
const VACANT: &[&str] = &["5%", "10%", "15%", "20%"];

/// The fewest vacancies of which something holds.
fn first_vacant(summary: &Summary<'_>, holds: impl Fn(&OptionSummary<'_>) -> bool) -> String {
    let vacant = |share: &&&str| holds(option(summary, &format!("force / {share} of posts vacant")));
    format!("{} vacant", VACANT.iter().find(vacant).expect("with a fifth of the posts vacant at the latest"))
}

fn noticed(summary: &Summary<'_>, measures: &[&str]) -> String {
    first_vacant(summary, |o| measures.iter().any(|m| compared(o, m).verdict == Some(Verdict::Worse)))
}

/// The share of a log's work that meets a fate, alike under both views.
fn share_of_log(summary: &Summary<'_>, fate: &str) -> String {
    let share = |view: &str| {
        let target = option(summary, &format!("{view} / {TARGET}"));
        let mean = |id: &str| target.mean(id).expect("a figure");
        format!("{}%", number(100.0 * mean(fate) / mean("wrap_required"), 0))
    };
    assert_eq!(share("force"), share("union"), "what becomes of the work is the same under both views");
    share("force")
}

#[test]
fn every_figure_of_the_police_page_is_what_the_program_finds() {
    let study = study(&[]);
    let outcome = outcome(&study);
    let summary = summarise(&study, &outcome);
    for expected in &study.expectations {
        let name = format!("force / {}", expected.option);
        let mean = option(&summary, &name).named(&expected.measure).unwrap().value.as_ref().unwrap().mean;
        assert!((expected.low..=expected.high).contains(&mean), "{name}: {} is {mean}", expected.measure);
    }
    let turning = Turning { none: pair(0.0), much: pair(MUCH) };
    let (satisfied, settled, repeats) = (turning.level(SATISFIED), turning.level(SETTLED), turning.repeats());
    let all = {
        let mut all = self::study(&[(LOST, "1.0")]);
        all.options
            .retain(|o| o.view.as_deref() == Some("force") && [BASE, TARGET].contains(&o.name.as_str()));
        let outcome = self::outcome(&all);
        figure(&summarise(&all, &outcome), &format!("d force / {TARGET} | queues.999.service_level"))
    };
    let fill = |mark: &str| match mark {
        "b satisfaction lost" => with_interval(satisfied, 100.0, "%"),
        "b satisfaction repeats" => with_interval(satisfied, repeats, ""),
        "b resolution repeats" => with_interval(settled, repeats, ""),
        "b speed" => all.clone(),
        "t never" => share_of_log(&summary, "wrap_dropped"),
        "t later" => share_of_log(&summary, "wrap_deferred"),
        "n callers" => noticed(&summary, CALLERS),
        "n staff" => noticed(&summary, STAFF),
        "n standard" => first_vacant(&summary, |o| {
            o.named("queues.999.service_level").unwrap().value.as_ref().unwrap().mean < 0.9
        }),
        mark => figure(&summary, mark),
    };
    let pages = [PAGE, "README.md"].map(|name| {
        let text = std::fs::read_to_string(root().join(name)).expect("the page is there");
        let filled = match name {
            PAGE => marks::filled(&text, &|mark| Some(fill(mark))),
            _ => marks::filled(&text, &|mark| mark.strip_prefix("police ").map(fill)),
        };
        (name, text, filled)
    });
    let drawn = charts(&RunFiles {
        results_json: &results_json(&summary),
        intervals_csv: &intervals_csv(&summary),
        waits_csv: &waits_csv(&summary),
        comparison_csv: &comparison_csv(&summary),
        all: &[],
        day_csv: "",
    })
    .expect("the charts can be drawn");
    let update = std::env::var_os("ANSWERABLE_UPDATE").is_some();
    for name in ["options-compared.png", "staff-against-load.png"] {
        let chart = &drawn.iter().find(|(known, _)| *known == format!("charts/{name}")).expect("the chart").1;
        let place = root().join("docs/police-control-room").join(name);
        if update {
            std::fs::create_dir_all(place.parent().expect("a folder")).expect("the folder can be made");
            std::fs::write(&place, chart).expect("the chart can be written");
        } else {
            assert!(*chart == std::fs::read(place).expect("the chart is there"), "{name} is an old one");
        }
    }
    for (name, text, filled) in pages {
        if update {
            std::fs::write(root().join(name), &filled).expect("the page can be written");
        } else {
            assert!(filled == text, "{name} has not the program's figures; it should read:\n{filled}");
        }
    }
    what_the_page_says_in_words(&summary);
}

/// The page's sentences that hold no figure.
fn what_the_page_says_in_words(summary: &Summary<'_>) {
    let mean = |name: &str, path: &str| {
        option(summary, name).named(path).and_then(|f| f.value.as_ref().ok()).expect("a figure").mean
    };
    let served = |name: &str| mean(name, "queues.999.service_level");
    let verdict = |name: &str, path: &str| compared(option(summary, name), path).verdict.expect("a verdict");
    let base = format!("force / {BASE}");
    assert!(served(&base) > 0.9, "the room is not short");
    let mut fewer = study(&[("teams.operators.agents", "80")]);
    fewer.options.truncate(1);
    let outcome = outcome(&fewer);
    let five_fewer = summarise(&fewer, &outcome).options[0]
        .named("queues.999.service_level")
        .expect("a figure")
        .value
        .as_ref()
        .expect("a figure")
        .mean;
    assert!(five_fewer < 0.9, "five posts fewer miss the standard: {five_fewer}");
    for view in ["force", "union"] {
        let target = format!("{view} / {TARGET}");
        assert_eq!(verdict(&target, "queues.999.service_level"), Verdict::Better);
        assert_eq!(verdict(&target, "late_finishes"), Verdict::Better);
        assert!(compared(option(summary, &target), "rest_met").difference > -0.001, "rest is no worse");
        assert!(served(&format!("{view} / 10% vacant, 60 s wrap target")) > served(&base), "it hides 10%");
        assert!(served(&format!("{view} / 20% vacant, 60 s wrap target")) < 0.9, "but not 20%");
        assert_eq!(
            verdict(&format!("{view} / dedicated operators"), "queues.101.service_level"),
            Verdict::Worse
        );
        // Without targets both views give the same figures.
        for name in [BASE, "20% of posts vacant", "later day"] {
            assert_eq!(served(&format!("{view} / {name}")), served(&format!("force / {name}")));
        }
    }
    assert_eq!(verdict("force / 60 s wrap target", "satisfaction"), Verdict::Better);
    assert_eq!(verdict("union / 60 s wrap target", "satisfaction"), Verdict::Worse);
    for view in ["force", "union"] {
        assert_eq!(verdict(&format!("{view} / adaptive wrap"), "satisfaction"), Verdict::Better);
        let interrupted = format!("{view} / 999 interrupts wrap");
        assert!(
            served(&interrupted) > served(&format!("{view} / 45 s time-boxed wrap")),
            "more than any target"
        );
        assert_eq!(verdict(&interrupted, "queues.101.service_level"), Verdict::Better);
        let kept = format!("{view} / two kept free for 999");
        assert!((served(&kept) - served(&interrupted)).abs() < 0.005, "as much");
        assert_eq!(verdict(&kept, "queues.101.service_level"), Verdict::Worse);
    }
    assert_eq!(verdict("force / overlap in the afternoon", "queues.999.service_level"), Verdict::Better);
    let lost = |vacant: &str| served(&base) - served(&format!("force / {vacant} of posts vacant"));
    let bought = served(&format!("force / {TARGET}")) - served(&base);
    assert!(bought > lost("5%") && bought < lost("15%"), "a target is worth about a tenth of the posts");
    assert!(served("force / overlap in the afternoon") - served(&base) < lost("5%"), "and an overlap a few");
    let moved = |name: &str| served(&base) - served(&format!("force / {name}"));
    assert!(moved("surge on Saturday night").abs() < 0.005 && moved("surge on Monday afternoon") > 0.005);
    let gain = |day: &str| served(&format!("force / {day}, {TARGET}")) - served(&format!("force / {day}"));
    let own = served(&format!("force / {TARGET}")) - served(&base);
    assert!(gain("flatter day") < own && (gain("later day") - own).abs() < 0.01);
    assert!(mean(&format!("force / {}", VACANT_AT_MOST), "breaks_late") < mean(&base, "breaks_late"));
}

/// The option with the most vacancies.
const VACANT_AT_MOST: &str = "20% of posts vacant";
/// The page.
const PAGE: &str = "docs/police-control-room.md";
