//! `results.xlsx`, read back by a reader that is not its writer: the figures are those of `results.json`, texts stay
//! texts, and the same run gives the same bytes.

use answerable::report::stored::Stored;
use answerable::report::{RunFiles, results_xlsx};
use calamine::{Data, Reader, Xlsx};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Cursor;

/// Names that a spreadsheet might run, cut or refuse.
const AWKWARD: [&str; 7] = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2",
    "@SUM(A1)",
    "<script>alert(1)</script> & \"quotes\"",
    "\u{1F3E0} \u{627}\u{644}\u{62E}\u{637}",
    "a\u{1}b _x0041_",
];

fn results() -> Value {
    let figure = |mean: f64| json!({ "mean": mean, "ci95": [mean - 0.01, mean + 0.01], "sd": 0.02, "p10": mean - 0.03, "p50": mean, "p90": mean + 0.03 });
    let measures = |mean: f64| {
        json!({
            "service_level": figure(mean),
            "max_wait": { "mean": 900.123456789, "ci95": null, "sd": null, "p10": null, "p50": null, "p90": null, "why": "it grows" },
            "asa": { "mean": null, "why": "no calls were answered" },
        })
    };
    let names: Vec<&str> = std::iter::once("base").chain(AWKWARD).collect();
    let options: Vec<Value> = names
        .iter()
        .zip(0..)
        .map(|(name, i)| {
            let own = measures(0.7 + f64::from(i) / 300.0);
            json!({ "name": name, "view": null, "measures": own, "queues": { "=q": { "measures": own } },
                "teams": { "@t": { "measures": own } } })
        })
        .collect();
    let comparisons: Vec<Value> = AWKWARD
        .iter()
        .map(|name| {
            let rows = json!({ "service_level": { "difference": 0.0123456789, "ci95": [0.01, 0.015], "share_better": 0.9,
                "verdict": "better" } });
            json!({ "baseline": "base", "option": name, "view": null, "measures": rows,
                "queues": { "=q": { "measures": rows } }, "teams": { "@t": { "measures": rows } } })
        })
        .collect();
    let definition = |title: &str, unit: &str| json!({ "title": title, "unit": unit, "better": "higher", "text": title, "group": "callers" });
    json!({
        "schema": "answerable/results/1", "scenario": AWKWARD[0], "question": "Does it?", "version": "0", "seed": u64::MAX,
        "replications": 100, "currency": "£",
        "definitions": { "service_level": definition("Service level", "share"), "max_wait": definition("Longest wait", "s"),
            "asa": definition("Mean wait", "s") },
        "options": options, "comparisons": comparisons,
        "inputs": [{ "path": "a.b", "value": "=2", "help": "h", "origin": "assumption", "text": "@guess" }],
        "changes": [{ "option": AWKWARD[1], "view": null, "rows": [{ "path": "a.b", "base": "=2", "option": "=3", "origin": "none", "text": "" }] }],
    })
}

fn workbook(results: &Value) -> Vec<u8> {
    let text = results.to_string();
    let intervals = "option,view,queue,weekday,start,end,offered,answered_within,service_level,service_p10,service_p90,load_erlangs,rostered,\
                     signed_on\nbase,,=q,monday,09:00,09:30,12.5,10.25,0.82,0.7,0.9,3.5,4,3.75\n";
    let files = RunFiles {
        results_json: &text,
        intervals_csv: intervals,
        waits_csv: "",
        comparison_csv: "",
        day_csv: "",
        all: &[],
    };
    results_xlsx(&Stored::read(&files).expect("results made here are sound")).expect("a workbook")
}

type Rows = Vec<Vec<Data>>;

/// Every sheet: its rows without the heading.
fn sheets(bytes: &[u8]) -> BTreeMap<String, Rows> {
    let mut book: Xlsx<_> =
        calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook that opens");
    let mut found = BTreeMap::new();
    for (name, range) in book.worksheets() {
        let formulas = book.worksheet_formula(&name).expect("formulas can be asked for");
        assert!(formulas.is_empty(), "{name} has no formula");
        found.insert(name, range.rows().skip(1).map(<[Data]>::to_vec).collect());
    }
    found
}

fn text(cell: &Data) -> &str {
    match cell {
        Data::String(text) => text,
        Data::Empty => "",
        other => panic!("{other:?} is no text"),
    }
}

fn number(cell: &Data) -> Option<f64> {
    match cell {
        Data::Float(value) => Some(*value),
        Data::Int(value) => Some(*value as f64),
        Data::Empty => None,
        other => panic!("{other:?} is no number"),
    }
}

#[test]
fn every_figure_is_a_number_and_the_one_of_the_results() {
    let results = results();
    let sheets = sheets(&workbook(&results));
    let names: Vec<&str> = sheets.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "About",
            "Changes",
            "Comparison",
            "Definitions",
            "Inputs",
            "Intervals",
            "Measures",
            "Queues",
            "Teams"
        ]
    );
    let options = results["options"].as_array().expect("options");
    let mut rows = sheets["Measures"].iter();
    for option in options {
        for (id, figure) in option["measures"].as_object().expect("measures") {
            let row = rows.next().expect("a row for every figure");
            assert_eq!((text(&row[0]), text(&row[3])), (option["name"].as_str().unwrap(), id.as_str()));
            assert_eq!(number(&row[5]), figure["mean"].as_f64());
            assert_eq!(number(&row[6]), figure["ci95"][0].as_f64());
            assert_eq!(number(&row[7]), figure["ci95"][1].as_f64());
            assert_eq!(text(&row[11]), figure["why"].as_str().unwrap_or(""));
        }
    }
    assert!(rows.next().is_none());
    let row = &sheets["Comparison"][0];
    assert_eq!((text(&row[0]), text(&row[11])), (AWKWARD[0], "better"));
    let numbers: Vec<Option<f64>> = row[5..11].iter().map(number).collect();
    assert_eq!(numbers[2..], [0.0123456789, 0.01, 0.015, 0.9].map(Some));
    let row = &sheets["Intervals"][0];
    assert_eq!((text(&row[2]), text(&row[4]), number(&row[7])), ("=q", "09:00", Some(10.25)));
    assert_eq!(
        (number(&sheets["Queues"][0][6]), number(&sheets["Teams"][3][13])),
        (Some(0.7), Some(0.0123456789))
    );
}

#[test]
fn awkward_names_stay_text() {
    let sheets = sheets(&workbook(&results()));
    for name in AWKWARD {
        let found = |sheet: &str| sheets[sheet].iter().any(|row| text(&row[0]) == name);
        assert!(found("Measures") && found("Comparison"), "{name:?}");
    }
    assert_eq!(text(&sheets["Inputs"][0][1]), "=2");
    assert_eq!(text(&sheets["About"][0][1]), AWKWARD[0]);
    assert!(sheets["About"].iter().any(|row| row[1] == Data::String(u64::MAX.to_string())));
}

#[test]
fn the_same_results_give_the_same_workbook() {
    let results = results();
    assert_eq!(workbook(&results), workbook(&results));
    let mut long = results;
    long["scenario"] = json!("x".repeat(50_000));
    assert!(text(&sheets(&workbook(&long))["About"][0][1]).len() < 32_767, "longer than a cell takes");
}
