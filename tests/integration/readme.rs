//! Every figure, table and chart of the README is what the program produces.
//!
//! `ANSWERABLE_UPDATE=1 cargo test --test integration readme` writes them anew; CHANGELOG.md says why they moved.

use super::marks;
use super::reproducible::flagship;
use answerable::experiment::{Request, run};
use answerable::report::sentence::{Unit, number};
use answerable::report::{
    Extent, RunFiles, Summary, charts, comparison_csv, intervals_csv, results_json, summarise, summary_text,
    waits_csv,
};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// The figure that a mark such as `f OPTION | measure` asks for: the option's own, or `d` its difference in points.
fn figure(summary: &Summary<'_>, mark: &str) -> String {
    let (kind, rest) = mark.split_once(' ').expect("a kind, then what is meant");
    let (option, measure) = rest.split_once(" | ").expect("an option and a measure");
    let option = summary
        .options
        .iter()
        .find(|o| o.setting.name == option)
        .unwrap_or_else(|| panic!("the README names an option that is not there: {option}"));
    match kind {
        "f" => {
            let figure = option.figure(measure).expect("a measure");
            let value = figure.value.as_ref().expect("the figure exists");
            Unit::parse(figure.measure.unit.name()).figure(value.mean, value.half_width())
        }
        "d" => {
            let row = option.comparison(measure).expect("a comparison");
            let sign = if row.difference >= 0.0 { "+" } else { "" };
            format!("{sign}{}", number(row.difference * 100.0, 1))
        }
        _ => panic!("no such mark: {mark}"),
    }
}

/// The README with every marked figure and the printed summary filled in.
fn filled(readme: &str, summary: &Summary<'_>) -> String {
    marks::filled(readme, &|mark| match mark {
        "run" => Some(format!("\n```text\n{}```\n", summary_text(summary, Extent::Screen, &[]))),
        // Another test fills these in.
        mark if mark.starts_with("police ") => None,
        mark => Some(figure(summary, mark)),
    })
}

#[test]
fn every_figure_of_the_readme_is_what_the_program_finds() {
    let study = flagship();
    let stop = AtomicBool::new(false);
    let request = Request { replications: study.replications, seed: study.seed, threads: 0, stop: &stop };
    let outcome = run(&study, request, &|| {}).expect("nobody stops it");
    let summary = summarise(&study, &outcome);
    let readme = std::fs::read_to_string(root().join("README.md")).expect("the README is there");
    let wanted = filled(&readme, &summary);
    let drawn = charts(&RunFiles {
        results_json: &results_json(&summary),
        intervals_csv: &intervals_csv(&summary),
        waits_csv: &waits_csv(&summary),
        comparison_csv: &comparison_csv(&summary),
        all: &[],
        day_csv: "",
    })
    .expect("the charts can be drawn");
    let chart = &drawn.iter().find(|(name, _)| name == "charts/options-compared.png").expect("the chart").1;
    let place = root().join("docs/district-council/options-compared.png");
    if std::env::var_os("ANSWERABLE_UPDATE").is_some() {
        std::fs::write(root().join("README.md"), &wanted).expect("the README can be written");
        std::fs::create_dir_all(place.parent().expect("a folder")).expect("the folder can be made");
        std::fs::write(&place, chart).expect("the chart can be written");
        return;
    }
    assert!(wanted == readme, "the README's figures are not those of the program; it should read:\n{wanted}");
    assert!(*chart == std::fs::read(place).expect("the chart is there"), "the README's chart is an old one");
    // The arithmetic before the simulation.
    let present = 12.0 * 210.0 * 7.4;
    let ceiling = present * 12.0;
    assert!(readme.contains(&format!("{} hours present", number(present, 0))), "hours present");
    assert!(readme.contains(&format!("{} calls.", number(ceiling, 0))), "the ceiling");
    let parts = [150_000.0, 175_000.0, 200_000.0].map(|v| number(100.0 * v / ceiling, 0));
    assert!(
        readme.contains(&format!("{}%, {}% and {}% of that", parts[0], parts[1], parts[2])),
        "the shares"
    );
    // What the prose says in words.
    let mean = |option: &str, id: &str| {
        summary.options.iter().find(|o| o.setting.name == option).and_then(|o| o.mean(id)).expect("a figure")
    };
    let reading = mean("12 FTE, 175,000 calls", "service_level") - mean("reading B", "service_level");
    for rota in
        ["the strategy's own starts", "08-16 and 10-18", "8 full-time and 8 part-time, five on mornings"]
    {
        let moved = mean("12 FTE, 175,000 calls", "service_level") - mean(rota, "service_level");
        assert!(moved.abs() < reading, "{rota} moves more than the reading");
    }
    assert!(
        mean("150,000 calls", "service_level") > 0.8 && mean("12 FTE, 175,000 calls", "service_level") < 0.8
    );
    assert_eq!(mean("the strategy's own starts", "worst_interval"), 0.0, "somebody is there after 17:30");
    let (small, large) =
        (mean("12 FTE, 175,000 calls", "service_level"), mean("20 posts at 291,667 calls", "service_level"));
    assert!(large > small, "the larger centre is no kinder");
}
