//! `report.html` of a sweep: what it finds, charts with their numbers, how it was worked out, how to run it again.

use super::record::Sweep;
use super::terminal::{difference, figure, varied};
use super::words::value;
use crate::report::chart::Chart;
use crate::report::html::{PageError, engine, inner_svg};
use crate::report::sentence::{Unit, capitalised};
use minijinja::value::{Serde, Value};
use serde::Serialize;

const PAGE: &str = include_str!("page.html");

/// Everything the template shows.
#[derive(Debug, Serialize)]
struct Page<'a> {
    face: crate::report::html::Face,
    name: &'a str,
    question: &'a str,
    version: &'a str,
    varied: String,
    findings: Vec<&'a str>,
    inputs: Vec<(String, String)>,
    charts: Vec<Figure<'a>>,
    tables: Vec<Table>,
    method: &'a str,
    definitions: Vec<(&'a str, &'a str)>,
    command: String,
}

#[derive(Debug, Serialize)]
struct Figure<'a> {
    name: &'a str,
    heading: String,
    svg: String,
    finding: &'a str,
}

/// A measure at every point.
#[derive(Debug, Serialize)]
struct Table {
    title: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The report of a sweep as one HTML file; the same sweep gives the same bytes.
///
/// # Errors
/// When the template does not fit the values: a defect of ours.
pub fn sweep_html(sweep: &Sweep, charts: &[Chart]) -> Result<String, PageError> {
    let page = Page {
        face: crate::report::html::face(),
        name: &sweep.scenario,
        question: &sweep.question,
        version: &sweep.version,
        varied: varied(sweep),
        findings: sweep.measures.iter().flat_map(|m| &m.findings).map(String::as_str).collect(),
        inputs: sweep.inputs.iter().map(|i| (i.path.clone(), i.help.clone())).collect(),
        charts: charts
            .iter()
            .map(|chart| Figure {
                name: &chart.name,
                heading: capitalised(&chart.name.replace('-', " ")),
                svg: inner_svg(chart),
                finding: &chart.title,
            })
            .collect(),
        tables: (0..sweep.measures.len()).map(|number| table(sweep, number)).collect(),
        method: &sweep.method,
        definitions: sweep.measures.iter().map(|m| (m.title.as_str(), m.text.as_str())).collect(),
        command: command(sweep),
    };
    let mut engine = engine()?;
    engine.add_template("sweep.html", PAGE)?;
    Ok(engine.get_template("sweep.html")?.render(Value::from(Serde(&page)))?)
}

/// A row a point: the inputs, then each option's figure and its difference from the base.
fn table(sweep: &Sweep, number: usize) -> Table {
    let measure = &sweep.measures[number];
    let unit = Unit::parse(&measure.unit);
    let mut head: Vec<String> = sweep.inputs.iter().map(|input| input.path.clone()).collect();
    for curve in &measure.curves {
        head.push(curve.option.clone());
        head.extend(curve.differences.as_ref().map(|_| "less the base".to_owned()));
    }
    let row = |point: usize| {
        let places = sweep.places(point);
        let inputs = sweep.inputs.iter().zip(places);
        let mut row: Vec<String> =
            inputs.map(|(input, place)| value(input, &sweep.currency, input.values[place])).collect();
        for curve in &measure.curves {
            row.push(figure(unit, &curve.figures[point]));
            row.extend(curve.differences.as_ref().map(|all| difference(unit, &all[point])));
        }
        row
    };
    Table { title: measure.title.clone(), head, rows: (0..sweep.points()).map(row).collect() }
}

/// How to run it again from the directory of the sweep.
fn command(sweep: &Sweep) -> String {
    let quoted = |text: &str| format!("'{}'", text.replace('\'', "'\\''"));
    let mut words = vec!["answerable sweep inputs/scenario.toml".to_owned()];
    for input in &sweep.inputs {
        let (first, last) = (&input.texts[0], &input.texts[input.texts.len() - 1]);
        words.push(format!(
            "--vary {}",
            quoted(&format!("{}={first}..{last}/{}", input.path, input.texts.len()))
        ));
    }
    words.extend(sweep.options.iter().skip(1).map(|option| format!("--option {}", quoted(option))));
    words.extend(sweep.view.iter().map(|view| format!("--view {}", quoted(view))));
    for measure in &sweep.measures {
        words.push(match measure.level.as_ref().filter(|level| level.origin == "asked") {
            Some(level) => format!("--measure {}", quoted(&format!("{}={}", measure.path, level.value))),
            None => format!("--measure {}", quoted(&measure.path)),
        });
    }
    words.push(format!("--replications {} --seed {}", sweep.replications, sweep.seed));
    words.join(" ")
}
