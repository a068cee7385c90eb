//! Charts drawn from files made up here: every one is drawn whatever the options are called and however many
//! there are, the same bytes each time.

use std::fmt::Write as _;

use answerable::report::{Chart, RunFiles, chart::drawings, charts};

/// The files of a run that never was.
struct Run {
    results: String,
    intervals: String,
    waits: String,
    comparison: String,
    day: String,
}

impl Run {
    fn files(&self) -> RunFiles<'_> {
        RunFiles {
            results_json: &self.results,
            intervals_csv: &self.intervals,
            waits_csv: &self.waits,
            comparison_csv: &self.comparison,
            all: &[],
            day_csv: &self.day,
        }
    }
}

/// What distinguishes an option: calls and staff as multiples of the base's.
#[derive(Clone)]
struct Case {
    name: String,
    calls: f64,
    staff: f64,
}

const NAMES: [&str; 20] = [
    "12 FTE, 175,000 calls",
    "12 FTE, 200,000 calls",
    "12 FTE, 150,000 calls",
    "13 FTE, 175,000 calls",
    "Staggered starts with cover to 18:00",
    "60-second wrap target",
    "60-second wrap target at 200,000 calls a year, with part-timers on mornings and late relief from the county",
    "14 FTE",
    "Five part-timers on mornings",
    "County relief pool",
    "Literal starts of the strategy (08:00, 09:00 and 09:30)",
    "Wrap capped at 90 s",
    "Adaptive release",
    "20 posts, 291,667 calls",
    "Reading B of the productive minutes",
    "Reading C",
    "Absence at 20%",
    "Absence at 12%",
    "Saturday closed",
    "Induction of three",
];

fn cases(n: usize) -> Vec<Case> {
    let effects = [
        (1.0, 1.0),
        (1.143, 1.0),
        (0.857, 1.0),
        (1.0, 1.083),
        (1.0, 1.03),
        (1.0, 1.05),
        (1.143, 1.06),
        (1.0, 1.167),
        (1.0, 1.001),
        (1.0, 1.02),
        (1.0, 0.97),
        (1.0, 1.0003),
        (1.0, 1.045),
        (1.667, 1.667),
        (1.0, 0.9),
        (1.3, 1.0),
        (1.0, 0.95),
        (1.0, 1.05),
        (0.97, 1.0),
        (1.0, 1.08),
    ];
    (0..n)
        .map(|i| Case { name: NAMES[i % 20].into(), calls: effects[i % 20].0, staff: effects[i % 20].1 })
        .collect()
}

fn named(names: &[&str]) -> Vec<Case> {
    let mut cases = cases(names.len());
    for (case, name) in cases.iter_mut().zip(names) {
        case.name = (*name).into();
    }
    cases
}

/// Half-hours from 08:00 to 18:00: (start in minutes, calls an hour, agents).
fn day() -> Vec<(u32, f64, f64)> {
    let calls = [
        38.0, 52.0, 66.0, 78.0, 84.0, 86.0, 84.0, 80.0, 76.0, 72.0, 70.0, 71.0, 72.0, 70.0, 66.0, 62.0, 56.0,
        48.0, 38.0, 28.0,
    ];
    let agents =
        [4.1, 4.1, 5.2, 5.2, 7.4, 7.6, 7.6, 7.5, 5.1, 4.9, 4.8, 5.6, 7.2, 7.4, 7.4, 7.3, 4.0, 3.9, 3.8, 2.1];
    (0..20).map(|i| (480 + 30 * i as u32, calls[i], agents[i])).collect()
}

/// A service level that falls smoothly with load over staff: no theory, only plausible.
fn service(load: f64, staff: f64) -> f64 {
    1.0 / (1.0 + libm::exp(7.0 * (load / staff - 0.95)))
}

fn share(case: &Case, load_factor: f64) -> f64 {
    let (mut calls, mut answered) = (0.0, 0.0);
    for (_, rate, agents) in day() {
        let load = rate * case.calls * load_factor * 210.0 / 3600.0;
        calls += rate;
        answered += rate * service(load, agents * case.staff);
    }
    answered / calls
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// Files of a run of these options, the first being the base.
fn run(cases: &[Case]) -> Run {
    let base = share(&cases[0], 1.0);
    let names: Vec<String> =
        cases.iter().map(|c| serde_json::to_string(&c.name).expect("a name is text")).collect();
    let mut intervals = String::from(
        "option,view,queue,weekday,start,end,days,offered,answered,answered_within,abandoned,service_level,service_p10,\
         service_p50,service_p90,mean_wait_s,load_erlangs,rostered,signed_on,busy,available,surplus\n",
    );
    let mut waits = String::from("option,view,queue,wait_s,still_waiting,never_gives_up\n");
    let mut comparison = String::from(
        "baseline,option,view,measure,baseline_value,option_value,difference,ci_low,ci_high,share_better,verdict\n",
    );
    let mut options = Vec::new();
    for (i, case) in cases.iter().enumerate() {
        let level = share(case, 1.0);
        for weekday in ["weekdays", "monday", "saturday"] {
            for (start, rate, agents) in day() {
                if weekday == "saturday" && !(540..780).contains(&start) {
                    continue;
                }
                let load = rate * case.calls * 210.0 / 3600.0;
                let staff = agents * case.staff;
                let clock = |m: u32| format!("{:02}:{:02}", m / 60, m % 60);
                let s = service(load, staff);
                let _ = writeln!(
                    intervals,
                    "{},,enquiries,{weekday},{},{},250,{:.3},{:.3},{:.3},{:.3},{s:.4},{:.4},{s:.4},{:.4},41,{load:.3},{:.3},{staff:.3},{:.3},1,x",
                    quoted(&case.name),
                    clock(start),
                    clock(start + 30),
                    rate / 2.0,
                    rate / 2.0 * 0.9,
                    rate / 2.0 * s,
                    rate / 2.0 * 0.1,
                    service(load * 1.22, staff),
                    service(load * 0.8, staff),
                    staff / 0.84 + 0.3,
                    load.min(staff) * 0.93,
                );
            }
        }
        let bad = 1.0 - level;
        for step in 0..=180 {
            let t = f64::from(step) * 5.0;
            let still = bad * 1.25 * libm::exp(-t / (60.0 + 260.0 * bad)) * libm::exp(-t * t / 300_000.0);
            let never = bad * 1.3 * libm::exp(-t / (80.0 + 520.0 * bad));
            let _ = writeln!(
                waits,
                "{},,enquiries,{t},{:.5},{:.5}",
                quoted(&case.name),
                still.min(1.0),
                never.min(1.0)
            );
        }
        let occupancy = 0.78 * case.calls / case.staff;
        let values = [
            ("service_level", level, base, 0.006, true),
            ("abandonment_rate", bad * 0.42, (1.0 - base) * 0.42, 0.003, false),
            ("occupancy", occupancy, 0.78, 0.002, false),
            ("occupancy_high_share", (occupancy * 1.5 - 0.9).clamp(0.0, 1.0), 0.27, 0.008, false),
            ("breaks_late", 0.3 * case.calls / case.staff, 0.3, 0.02, false),
            ("satisfaction", 0.85 - 0.2 * bad, 0.85 - 0.2 * (1.0 - base), 0.004, true),
            ("hours_paid", 444.0 * case.staff, 444.0, 0.0, false),
        ];
        let measures: Vec<String> = values
            .iter()
            .map(|(id, v, _, half, _)| {
                format!(
                    "\"{id}\":{{\"mean\":{v},\"ci95\":[{},{}],\"sd\":0.05,\"p10\":{v},\"p50\":{v},\"p90\":{v}}}",
                    v - half,
                    v + half
                )
            })
            .collect();
        options.push(format!(
            "{{\"name\":{},\"view\":null,\"measures\":{{{},\"cost\":{{\"mean\":null,\"why\":\"no pay given\"}}}},\
             \"queues\":{{\"enquiries\":{{\"target\":{{\"within_s\":20,\"share\":0.8}},\"measures\":{{}}}}}},\"teams\":{{}}}}",
            names[i],
            measures.join(",")
        ));
        if i == 0 {
            continue;
        }
        for (id, value, base, half, higher) in values {
            let d = value - base;
            let half = half * 0.6;
            let (low, high) = (d - half, d + half);
            let verdict = match id {
                "occupancy" => "",
                _ if low.abs().max(high.abs()) < 0.01 => "no difference that matters",
                _ if low < 0.0 && high > 0.0 => "cannot be told",
                _ if (d > 0.0) == higher => "better",
                _ => "worse",
            };
            let _ = writeln!(
                comparison,
                "{},{},,{id},{base},{value},{d},{low},{high},0.5,{verdict}",
                quoted(&cases[0].name),
                quoted(&case.name)
            );
        }
    }
    let results = format!(
        "{{\"schema\":\"answerable/results/1\",\"scenario\":\"District council contact centre\",\"question\":\"Does 12 FTE \
         carry 175,000 calls a year?\",\"version\":\"0.1.0\",\"seed\":1,\"replications\":1000,\"definitions\":{{\
         \"service_level\":{{\"title\":\"Service level\",\"unit\":\"share\",\"better\":\"higher\",\"text\":\"\",\"group\":\"callers\"}},\
         \"abandonment_rate\":{{\"title\":\"Abandoned\",\"unit\":\"share\",\"better\":\"lower\",\"text\":\"\",\"group\":\"callers\"}},\
         \"occupancy\":{{\"title\":\"Occupancy\",\"unit\":\"share\",\"better\":\"neither\",\"text\":\"\",\"group\":\"staff\"}},\
         \"occupancy_high_share\":{{\"title\":\"Hours over 85%\",\"unit\":\"share\",\"better\":\"lower\",\"text\":\"\",\"group\":\"staff\"}},\
         \"breaks_late\":{{\"title\":\"Breaks late\",\"unit\":\"number\",\"better\":\"lower\",\"text\":\"\",\"group\":\"staff\"}}}},\
         \"options\":[{}],\"comparisons\":[]}}",
        options.join(",")
    );
    Run { results, intervals, waits, comparison, day: example() }
}

/// A day of two agents, one of them absent, who between them meet every kind of row.
fn example() -> String {
    String::from(
        "date,kind,team,agent,shift,queue,start,end,left,breaks,breaks_late,outcome\n\
         2004-11-01,shift,full-time,1,early,,08:00:00,16:00:00,16:06:19,3,2,\n\
         2004-11-01,shift,full-time,2,late,,10:00:00,18:00:00,,,,absent\n\
         2004-11-01,talk,full-time,1,,enquiries,08:10:00,08:14:30,,,,\n\
         2004-11-01,wrap,full-time,1,,enquiries,08:14:30,08:16:00,,,,\n\
         2004-11-01,put-off work,full-time,1,,,08:20:00,08:25:00,,,,\n\
         2004-11-01,break,full-time,1,,,12:01:00,12:37:00,,,,\n\
         2004-11-01,off-phone,full-time,1,,,15:00:00,15:29:00,,,,\n\
         2004-11-01,idle,full-time,1,,,08:00:00,08:10:00,,,,\n\
         2004-11-01,call,,,,enquiries,08:10:00,08:10:00,,,,answered\n\
         2004-11-01,call,,,,enquiries,08:11:00,08:12:40,,,,gave up\n",
    )
}

/// The chart of a name.
fn of<'a>(charts: &'a [Chart], name: &str) -> &'a Chart {
    charts.iter().find(|c| c.name == name).unwrap_or_else(|| panic!("there is no chart {name}"))
}

const COMPARED: &str = "options-compared";
const WAITS: &str = "survival-of-waits";
const SERVICE: &str = "service-through-the-day";
const LOAD: &str = "staff-against-load";

fn drawn(cases: &[Case]) -> Vec<Chart> {
    drawings(&run(cases).files()).expect("files made here are sound")
}

#[test]
fn a_target_is_met_or_missed_only_where_the_interval_says_so() {
    let mut run = run(&cases(2));
    let plain = run.results.clone();
    for (share, words) in [
        ("0.7", "which meets the target of 70%"),
        ("0.9", "short of the target of 90%"),
        ("0.83", "whether the target of 83% is met cannot be told"),
    ] {
        run.results = plain.replace("\"share\":0.8}", &format!("\"share\":{share}}}"));
        let title = of(&drawings(&run.files()).unwrap(), SERVICE).title.clone();
        assert!(title.contains(words), "{title}");
    }
}

#[test]
fn a_difference_that_cannot_be_told_is_not_told() {
    let mut run = run(&cases(2));
    run.comparison = String::from("option,view,measure,difference,ci_low,ci_high,verdict\n")
        + "\"12 FTE, 200,000 calls\",,service_level,-0.02,-0.05,0.01,cannot be told\n";
    let made = drawings(&run.files()).unwrap();
    let told = "whether ‘12 FTE, 200,000 calls’ raises or lowers that cannot be told";
    assert!(of(&made, COMPARED).title.contains(told), "{}", of(&made, COMPARED).title);
    assert!(!of(&made, WAITS).title.contains("200,000"), "{}", of(&made, WAITS).title);
    // A verdict that its own interval does not bear out is not repeated either.
    run.comparison = run.comparison.replace("cannot be told", "worse");
    assert!(of(&drawings(&run.files()).unwrap(), COMPARED).title.contains(told));
}

/// A centre of two queues that is open day and night, with an hour in which nobody calls the busier one.
fn night() -> Run {
    let mut run = run(&cases(3));
    let mut rows = run.intervals.lines().next().expect("a header").to_owned() + "\n";
    for case in cases(3) {
        for (queue, calls) in [("999", 3.0), ("101", 10.0)] {
            for cell in 0..48u32 {
                let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
                let load = (6.0 - 4.0 * libm::cos(f64::from(cell) / 48.0 * std::f64::consts::TAU - 1.0))
                    * case.calls;
                let level = |load: f64| {
                    if cell == 10 || cell == 11 { String::new() } else { service(load, 8.5).to_string() }
                };
                let _ = writeln!(
                    rows,
                    "{},,{queue},weekdays,{},{},250,{calls},1,1,1,{},{},,{},1,{},10,8.5,1,1,1",
                    quoted(&case.name),
                    clock(30 * cell),
                    clock(30 * cell + 30),
                    level(load),
                    level(load * 1.2),
                    level(load * 0.8),
                    load / 1.6
                );
            }
        }
    }
    run.intervals = rows;
    run.waits = run.waits.replace("enquiries", "101");
    run.results = run.results.replace("enquiries", "101");
    run
}

#[test]
fn a_centre_open_day_and_night_is_drawn() {
    let made = drawings(&night().files()).unwrap();
    assert!(
        of(&made, SERVICE).description.contains("Queue 101, the busiest of two"),
        "{}",
        of(&made, SERVICE).description
    );
    assert!(
        of(&made, LOAD).title.contains("the work exceeds the agents signed on for 10.5 hours"),
        "{}",
        of(&made, LOAD).title
    );
    assert!(of(&made, SERVICE).svg.contains(">24:00</text>"));
}

#[test]
fn every_chart_is_drawn_however_many_options_there_are() {
    for n in [1, 2, 3, 5, 20] {
        for chart in drawn(&cases(n)) {
            assert!(chart.svg.contains(&NAMES[0][..6]), "{} does not name the base", chart.name);
            assert!(!chart.svg.contains("NaN") && !chart.svg.contains("inf\""), "{}", chart.name);
        }
    }
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let run = run(&cases(3));
    let first = charts(&run.files()).unwrap();
    assert_eq!(first.len(), 14);
    assert!(first == charts(&run.files()).unwrap());
}

#[test]
fn stand_alone_pictures_carry_their_text_as_paths_and_in_words() {
    let run = run(&cases(2));
    let drawn = drawings(&run.files()).unwrap();
    for (i, (name, bytes)) in charts(&run.files()).unwrap().into_iter().enumerate() {
        if name.ends_with(".png") {
            assert!(bytes.starts_with(b"\x89PNG"));
            // The width stands at byte 16 of every PNG.
            assert_eq!(u32::from_be_bytes(bytes[16..20].try_into().unwrap()), 2000);
            continue;
        }
        let svg = String::from_utf8(bytes).unwrap();
        assert!(!svg.contains("<text"), "{name}");
        // Every line of text is a path of its own, and each has more points than any rectangle.
        let lines = drawn[i / 2].svg.matches("<text").count();
        let letters = svg.split("<path").filter(|path| path.matches(" Q ").count() > 4).count();
        assert!(lines > 15 && letters > lines / 2, "{name}: {letters} of {lines} lines of text are drawn");
        for part in ["role=\"img\"", "<title>", "<desc>"] {
            assert!(svg.contains(part), "{name}: no {part}");
        }
    }
}

#[test]
fn awkward_names_are_text_and_nothing_else() {
    let names = [
        "<script>alert(\"1\")</script> & 'more'",
        "emoji \u{1F4DE}\u{1F469}\u{200D}\u{1F4BB} and \u{5E9}\u{5DC}\u{5D5}\u{5DD} \u{627}\u{644}\u{633}\u{644}\u{627}\u{645}",
        "a,b\"c\nd\te",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft in einem einzigen Wort",
        " ",
    ];
    let run = run(&named(&names));
    for chart in drawings(&run.files()).unwrap() {
        assert!(!chart.svg.contains("<script"), "{}", chart.name);
    }
    assert_eq!(charts(&run.files()).unwrap().len(), 14);
}

#[test]
fn an_empty_run_says_so_instead_of_failing() {
    let mut run = run(&cases(2));
    for table in [&mut run.intervals, &mut run.waits, &mut run.comparison] {
        let header = table.find('\n').unwrap();
        table.truncate(header + 1);
    }
    let made = drawings(&run.files()).unwrap();
    assert!(of(&made, SERVICE).title.starts_with("No interval"));
    assert_eq!(made.len(), 7);
}

#[test]
fn a_file_of_another_kind_is_named() {
    let run = run(&cases(1));
    let files = RunFiles { intervals_csv: "a,b\n1,2\n", ..run.files() };
    assert_eq!(
        drawings(&files).unwrap_err().to_string(),
        "intervals.csv has no column start: was it written by another version?"
    );
    let waits = run.waits.replacen(",0,", ",soon,", 1);
    let files = RunFiles { waits_csv: &waits, ..run.files() };
    assert_eq!(drawings(&files).unwrap_err().to_string(), "waits.csv:2: wait_s cannot be \"soon\"");
    let files = RunFiles { results_json: "{}", ..run.files() };
    assert!(drawings(&files).unwrap_err().to_string().starts_with("results.json"));
}

#[test]
fn titles_say_no_more_than_the_intervals_do() {
    let same = drawn(
        &cases(1)
            .into_iter()
            .cycle()
            .take(2)
            .enumerate()
            .map(|(i, c)| Case { name: ["one", "other"][i].into(), ..c })
            .collect::<Vec<_>>(),
    );
    assert!(
        of(&same, COMPARED).title.contains("no difference to it that matters"),
        "{}",
        of(&same, COMPARED).title
    );
    let better = drawn(&[cases(1)[0].clone(), cases(4)[3].clone()]);
    assert!(
        of(&better, COMPARED).title.contains("points higher")
            && of(&better, COMPARED).title.contains("95% interval"),
        "{}",
        of(&better, COMPARED).title
    );
}

#[test]
fn queues_are_named_where_there_are_several() {
    let run = run(&cases(2));
    let mut intervals = run.intervals.clone();
    for line in run.intervals.lines().skip(1).filter(|line| line.contains(",10:00,")) {
        intervals += &line.replace(",enquiries,", ",emergencies,");
        intervals.push('\n');
    }
    let files = RunFiles { intervals_csv: &intervals, ..run.files() };
    let made = drawings(&files).unwrap();
    assert!(
        of(&made, SERVICE).description.contains("Queue enquiries, the busiest of two"),
        "{}",
        of(&made, SERVICE).description
    );
    assert!(
        of(&made, COMPARED).title.contains("83% of calls are answered in time"),
        "{}",
        of(&made, COMPARED).title
    );
}

/// The charts of the same run under two views.
fn under_two_views(run: &Run) -> Vec<Chart> {
    let whole = run.results.split_once("\"options\":[").expect("options");
    let (options, rest) = whole.1.split_once("],\"comparisons\"").expect("comparisons");
    let under = |view: &str| options.replace("\"view\":null", &format!("\"view\":\"{view}\""));
    let results =
        format!("{}\"options\":[{},{}],\"comparisons\"{rest}", whole.0, under("employer"), under("union"));
    let both = |text: &str| {
        let (header, rows) = text.split_once('\n').expect("a header");
        format!("{header}\n{}{}", rows.replace(",,", ",employer,"), rows.replace(",,", ",union,"))
    };
    let (intervals, waits) = (both(&run.intervals), both(&run.waits));
    let comparison = both(&run.comparison);
    let files = RunFiles {
        results_json: &results,
        intervals_csv: &intervals,
        waits_csv: &waits,
        comparison_csv: &comparison,
        all: &[],
        day_csv: &run.day,
    };
    drawings(&files).expect("charts of two views")
}

#[test]
fn every_view_has_its_own_charts_and_is_named_in_their_titles() {
    let run = run(&cases(2));
    let made = under_two_views(&run);
    let plain = drawings(&run.files()).unwrap();
    for chart in &plain {
        assert_eq!((chart.name.as_str(), &chart.view), (chart.kind, &None));
        let of_kind: Vec<&Chart> = made.iter().filter(|c| c.kind == chart.kind).collect();
        // Options compared and the replayed day are one chart whatever the views.
        if let [one] = of_kind[..] {
            assert!([COMPARED, "a-day-replayed"].contains(&one.kind) && one.view.is_none(), "{}", one.name);
            continue;
        }
        for (place, view) in ["employer", "union"].iter().enumerate() {
            let one = of_kind[place];
            assert_eq!(one.view.as_deref(), Some(*view));
            let name = if place == 0 { chart.kind.to_owned() } else { format!("{}-view-2", chart.kind) };
            assert_eq!(one.name, name);
            let finding =
                chart.title.strip_prefix("With ").map_or(chart.title.clone(), |t| format!("with {t}"));
            assert_eq!(one.title, format!("Under the view {view}: {finding}"));
        }
        assert_eq!(of_kind.len(), 2);
    }
    let files: Vec<String> =
        made.iter().map(|c| c.name.clone()).collect::<std::collections::BTreeSet<_>>().into_iter().collect();
    assert_eq!(files.len(), made.len(), "no file is written twice");
}

#[test]
fn every_view_of_an_option_is_compared() {
    let run = run(&cases(3));
    let made = under_two_views(&run);
    let compared = of(&made, COMPARED);
    assert!(compared.svg.contains(">View employer</text>") && compared.svg.contains(">View union</text>"));
    let plain = drawings(&run.files()).unwrap();
    let marks = |chart: &Chart| chart.svg.matches("<polygon").count();
    assert!(marks(compared) > marks(of(&plain, COMPARED)) + 10, "the second view has its marks");
    assert!(of(&made, WAITS).svg.contains(">union</text>") || of(&made, WAITS).svg.contains("view union"));
}

#[test]
fn the_replayed_day_is_told_and_marked_as_an_example() {
    let made = drawn(&cases(1));
    let day = of(&made, "a-day-replayed");
    assert_eq!(
        day.title,
        "Monday 1 November 2004, replayed: one of two agents is there, one call is answered, one not; two of three \
         breaks begin late and one agent leaves late"
    );
    assert!(day.description.starts_with("One example, no average"), "{}", day.description);
    assert!(day.description.contains("full-time 2: absent"), "{}", day.description);
    let run = run(&cases(1));
    let broken = run.day.replace("08:10:00", "ten past");
    let files = RunFiles { day_csv: &broken, ..run.files() };
    assert_eq!(drawings(&files).unwrap_err().to_string(), "day.csv:4: start cannot be \"ten past\"");
    let without = RunFiles { day_csv: run.day.lines().next().unwrap(), ..run.files() };
    assert!(of(&drawings(&without).unwrap(), "a-day-replayed").title.starts_with("No day of the run"));
}

#[test]
fn the_lowest_half_hour_of_the_week_is_the_finding_of_its_map() {
    let made = drawn(&cases(1));
    let map = of(&made, "week-at-a-glance");
    assert!(
        map.title.contains("service is lowest on Saturdays at 10:00") || map.title.contains("on Mondays at"),
        "{}",
        map.title
    );
    assert!(map.title.contains("half-hours of the week fall short of 80%"), "{}", map.title);
    assert!(map.svg.contains(">Monday</text>") && map.svg.contains(">Saturday</text>"));
}

#[test]
fn what_costs_more_is_said_only_of_what_is_better() {
    let value = "satisfaction-against-cost";
    let better = drawn(&[cases(1)[0].clone(), cases(8)[7].clone()]);
    assert!(of(&better, value).title.contains("more"), "{}", of(&better, value).title);
    let worse = drawn(&cases(2));
    assert!(of(&worse, value).title.contains("not shown to satisfy more"), "{}", of(&worse, value).title);
    assert!(of(&worse, value).description.contains("assumed"), "{}", of(&worse, value).description);
}

/// For looking at: writes the pictures of several runs where `ANSWERABLE_LOOK` says.
#[test]
#[ignore = "writes pictures to be looked at"]
fn look() {
    let Ok(place) = std::env::var("ANSWERABLE_LOOK") else { return };
    let long: Vec<&str> = vec![
        "The strategy’s own rota as written down in May 2004, with nobody after half past five",
        "<script>alert(\"1\")</script> & 'more'",
        "emoji \u{1F4DE} and \u{5E9}\u{5DC}\u{5D5}\u{5DD}",
        "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    ];
    let mut short = cases(2);
    short[0].calls = 1.25;
    let runs = [1, 2, 5, 14, 20]
        .map(|n| (n.to_string(), cases(n)))
        .into_iter()
        .chain([("names".into(), named(&long)), ("short".into(), short)]);
    for (name, cases) in runs {
        for (file, bytes) in charts(&run(&cases).files()).unwrap() {
            let file = file.replace("charts/", "");
            std::fs::write(format!("{place}/{name}-{file}"), bytes).unwrap();
        }
    }
    for (file, bytes) in charts(&night().files()).unwrap() {
        std::fs::write(format!("{place}/night-{}", file.replace("charts/", "")), bytes).unwrap();
    }
}
