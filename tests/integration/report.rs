//! The report of a run: its sentences say what the results carry and no more, whatever the options are called, and its
//! page holds nothing that it should not.

use answerable::report::answer::answer;
use answerable::report::stored::Stored;
use answerable::report::{RunFiles, drawings_of, report_html, statement_md};
use serde_json::{Value, json};

/// The base's share in time and of callers who give up, with half the width of their intervals.
fn measures(service: f64, half: Option<f64>) -> Value {
    let figure = |mean: f64| match half {
        Some(half) => json!({ "mean": mean, "ci95": [mean - half, mean + half] }),
        None => json!({ "mean": mean, "ci95": null }),
    };
    json!({ "service_level": figure(service), "abandonment_rate": figure(0.08), "cost": figure(3996.0) })
}

fn option(name: &str, view: Option<&str>, service: f64, half: Option<f64>) -> Value {
    let measures = measures(service, half);
    let queue = json!({ "target": { "within_s": 20.0, "share": 0.8 }, "measures": measures });
    json!({ "name": name, "view": view, "measures": measures, "queues": { "calls": queue }, "teams": {} })
}

fn against(name: &str, view: Option<&str>, difference: f64, half: f64, verdict: &str) -> Value {
    let row = |d: f64, h: f64, verdict: &str| json!({ "difference": d, "ci95": [d - h, d + h], "verdict": verdict });
    json!({ "baseline": "base", "option": name, "view": view, "measures": {
        "service_level": row(difference, half, verdict), "cost": row(666.0, 0.0, "worse"),
    } })
}

fn results(options: &[Value], comparisons: &[Value], more: &[(&str, Value)]) -> String {
    let mut all = json!({
        "schema": "answerable/results/1", "scenario": "Test", "question": "Does it?", "version": "0", "seed": 1,
        "replications": 100, "currency": "£",
        "definitions": {
            "service_level": { "title": "Service level", "unit": "share", "better": "higher", "text": "In time.", "group": "callers" },
            "abandonment_rate": { "title": "Abandoned", "unit": "share", "better": "lower", "text": "Gave up.", "group": "callers" },
            "cost": { "title": "Pay", "unit": "money", "better": "lower", "text": "Pay.", "group": "cost" },
        },
        "options": options, "comparisons": comparisons,
    });
    for (key, value) in more {
        all[*key] = value.clone();
    }
    all.to_string()
}

fn stored(results: &str) -> Stored {
    let files = RunFiles {
        results_json: results,
        intervals_csv: "",
        waits_csv: "",
        comparison_csv: "",
        day_csv: "",
        all: &[],
    };
    Stored::read(&files).expect("results made here are sound")
}

fn said(options: &[Value], comparisons: &[Value], more: &[(&str, Value)]) -> Vec<String> {
    answer(&stored(&results(options, comparisons, more)).results, &[])
}

#[test]
fn a_target_is_met_missed_or_not_to_be_told() {
    let of = |service| said(&[option("base", None, service, Some(0.01))], &[], &[]).remove(0);
    assert_eq!(
        of(0.85),
        "With base, 85% of calls are answered within 20 s (95% interval 84% to 86%), and 8% of callers give up (7% to \
         9%). That meets the target of 80%."
    );
    assert!(of(0.75).ends_with("That misses the target of 80%."));
    assert!(of(0.80).ends_with("Whether that meets the target of 80% cannot be told."));
}

#[test]
fn rounding_never_puts_an_interval_on_the_other_side_of_its_target() {
    let base =
        |service: f64, half: f64| said(&[option("base", None, service, Some(half))], &[], &[]).concat();
    let missed = base(0.789, 0.01);
    assert!(
        missed.contains("78.9% of calls are answered within 20 s (95% interval 77.9% to 79.9%)"),
        "{missed}"
    );
    assert!(missed.contains("misses the target of 80%"), "{missed}");
    let untold = base(0.81, 0.0101);
    assert!(untold.contains("81.00%") && untold.contains("79.99% to 82.01%"), "{untold}");
    assert!(untold.contains("cannot be told"), "{untold}");
    let met = base(0.83, 0.0297);
    assert!(met.contains("80.03% to 85.97%") && met.contains("meets the target of 80%"), "{met}");
    let far = base(0.7, 0.01);
    assert!(far.contains("70% of calls") && far.contains("69% to 71%"), "{far}");
}

#[test]
fn without_an_interval_nothing_is_said_of_the_target() {
    let text = said(&[option("base", None, 0.9, None)], &[], &[]).remove(0);
    assert!(
        text.ends_with("Too few histories were run to say how far chance moves these figures."),
        "{text}"
    );
    assert!(!text.contains("target"));
}

#[test]
fn one_option_is_told_by_its_interval() {
    let of = |difference: f64, half: f64, verdict: &str| {
        let options = [option("base", None, 0.75, Some(0.01)), option("more staff", None, 0.8, Some(0.01))];
        said(&options, &[against("more staff", None, difference, half, verdict)], &[])
    };
    let better = of(0.05, 0.01, "better");
    assert_eq!(better[1], "With more staff that share is 5.0 points higher (95% interval 4.0 to 6.0).");
    assert_eq!(better[2], "Its price, with more staff: pay is £666 higher in every history.");
    assert_eq!(
        of(0.001, 0.002, "no difference that matters")[1],
        "More staff makes no difference to that which matters."
    );
    let untold = of(0.01, 0.02, "cannot be told");
    assert_eq!(
        untold[1],
        "Whether more staff raises or lowers that cannot be told from this many histories."
    );
    assert_eq!(untold.len(), 2, "no price is told of an option that is not better");
    // A verdict that its interval does not bear is not believed.
    assert!(of(0.01, 0.02, "better")[1].starts_with("Whether"));
}

#[test]
fn several_options_are_counted_and_the_furthest_named() {
    let names = ["a", "b", "c", "d"];
    let mut options = vec![option("base", None, 0.75, Some(0.01))];
    options.extend(names.map(|n| option(n, None, 0.8, Some(0.01))));
    let comparisons = [
        against("a", None, 0.05, 0.01, "better"),
        against("b", None, 0.10, 0.01, "better"),
        against("c", None, -0.07, 0.01, "worse"),
        against("d", None, 0.01, 0.03, "cannot be told"),
    ];
    assert_eq!(
        said(&options, &comparisons, &[])[1],
        "Of four other options, two answer more calls in time, most with b, 10 points higher (95% interval 9 to 11); \
         one answers fewer calls in time, fewest with c, 7.0 points lower (95% interval 6.0 to 8.0); for one it cannot \
         be told."
    );
}

/// Two views of a base and two options: one better under both, one that they disagree about.
fn two_views(changes: Value) -> Vec<String> {
    let views = ["union", "employer"];
    let mut options = Vec::new();
    for view in views {
        options.extend(["base", "more staff", "cap"].map(|n| option(n, Some(view), 0.75, Some(0.01))));
    }
    let comparisons = [
        against("more staff", Some("union"), 0.05, 0.01, "better"),
        against("more staff", Some("employer"), 0.03, 0.01, "better"),
        against("cap", Some("union"), -0.03, 0.01, "worse"),
        against("cap", Some("employer"), 0.03, 0.01, "better"),
    ];
    let inputs = json!([{ "path": "response.repeats-after-cut", "value": "0.2" }]);
    said(&options, &comparisons, &[("changes", changes), ("inputs", inputs)])
}

fn changed(view: &str, paths: &[(&str, &str)]) -> Value {
    let rows: Vec<Value> =
        paths.iter().map(|(path, value)| json!({ "path": path, "base": "0.2", "option": value })).collect();
    json!({ "option": "base", "view": view, "rows": rows })
}

#[test]
fn what_holds_under_every_view_comes_first() {
    let text = two_views(json!([
        changed("union", &[("response.repeats-after-cut", "0.4")]),
        changed("employer", &[]),
    ]));
    assert_eq!(
        text[0],
        "Under both views, base misses the target of 80%; against that, more calls are answered in time with more staff \
         (by 2.0 to 6.0 points, all views’ 95% intervals together)."
    );
    assert_eq!(
        text[1],
        "The rest turns on one input, response.repeats-after-cut (0.4 under union, 0.2 under employer): the verdict on cap \
         (worse under union, better under employer)."
    );
    assert_eq!(
        text[2],
        "With base, 75% of calls are answered within 20 s (95% interval 74% to 76%) and 8% of callers give up (7% to 9%) \
         under union; 75% (74% to 76%) and 8% (7% to 9%) under employer."
    );
    assert_eq!(text.len(), 3);
}

#[test]
fn views_that_agree_in_nothing_are_not_made_to() {
    let mut options = vec![option("base", Some("union"), 0.75, Some(0.01))];
    options.push(option("base", Some("employer"), 0.85, Some(0.01)));
    let changes = json!([changed("union", &[("response.redials", "0.5")]), changed("employer", &[])]);
    let text = said(&options, &[], &[("changes", changes)]);
    assert_eq!(text[0], "Nothing that is compared here can be told under both views alike.");
    assert_eq!(
        text[1],
        "The rest turns on one input, response.redials (0.5 under union, as in the base under employer): how well the base \
         does."
    );
}

#[test]
fn of_several_inputs_none_is_claimed_to_decide() {
    let text = two_views(json!([
        changed("union", &[("response.repeats-after-cut", "0.4"), ("response.redials", "0.5")]),
        changed("employer", &[("response.redials", "0.1")]),
    ]));
    assert_eq!(
        text[1],
        "The verdict depends on the view for cap (worse under union, better under employer). The views differ in two \
         inputs: response.repeats-after-cut and response.redials; which of them the rest turns on has not been worked out."
    );
    let alike = two_views(json!([changed("union", &[]), changed("employer", &[])]));
    assert_eq!(alike[1], "The views differ in no input.");
}

const AWKWARD: [&str; 6] = [
    "<script>alert(1)</script>",
    "\"quotes\" & 'apostrophes'",
    "🏠 house",
    "الخط المشترك",
    "--><svg onload=alert(2)>",
    "{{ 7 * 7 }} {% raw %}",
];

#[test]
fn awkward_names_are_text_and_nothing_else() {
    let mut options = vec![option("base", None, 0.75, Some(0.01))];
    options.extend(AWKWARD.map(|n| option(n, None, 0.8, Some(0.01))));
    let comparisons = AWKWARD.map(|n| against(n, None, 0.05, 0.01, "better"));
    let rows =
        AWKWARD.map(|n| json!({ "path": n, "value": n, "help": n, "origin": "assumption", "text": n }));
    let more = [
        ("scenario", json!(AWKWARD[0])),
        ("question", json!(AWKWARD[4])),
        ("inputs", json!(rows)),
        ("warnings", json!([AWKWARD[0]])),
    ];
    let stored = stored(&results(&options, &comparisons, &more));
    let page = report_html(&stored, &drawings_of(&stored).unwrap()).unwrap();
    assert_eq!(page.matches("<script").count(), 1, "only the page's own script");
    assert!(!page.contains("<svg onload") && !page.contains("49 "));
    for text in ["&lt;script&gt;alert(1)&lt;", "🏠 house", "<bdi>الخط المشترك</bdi>", "{{ 7 * 7 }} {% raw %}"]
    {
        assert!(page.contains(text), "{text}");
    }
    let statement = statement_md(&stored);
    assert!(!statement.contains("<s") && statement.contains("&lt;script&gt;"));
}

#[test]
fn one_option_and_no_comparison_make_a_page() {
    let stored = stored(&results(&[option("base", None, 0.75, None)], &[], &[]));
    let page = report_html(&stored, &drawings_of(&stored).unwrap()).unwrap();
    assert!(page.contains("Each figure with its 95% interval.") && !page.contains("cannot be told."));
    assert_eq!(page, report_html(&stored, &drawings_of(&stored).unwrap()).unwrap());
}

#[test]
fn nothing_generated_says_significant() {
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/src");
    let mut places = vec![std::path::PathBuf::from(source)];
    while let Some(place) = places.pop() {
        if place.is_dir() {
            places.extend(std::fs::read_dir(place).unwrap().map(|e| e.unwrap().path()));
        } else if let Ok(text) = std::fs::read_to_string(&place) {
            // The licence of the font is quoted, not written.
            let own = place.extension().is_some_and(|e| e != "txt" && e != "ttf");
            assert!(!own || !text.to_lowercase().contains("significan"), "{}", place.display());
        }
    }
}
