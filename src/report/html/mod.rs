//! `report.html`: one file that can be handed over, made from the stored files of a run and its charts. The template
//! engine escapes every text; only the charts' SVG, whose own writer escapes, goes in as it is. Nothing in it is
//! fetched from elsewhere: font, style and script are inside.

mod cell;
mod concluded;
mod days;
mod hangs;
mod numbers;
mod parting;
mod rerun;
mod satisfaction;
mod sides;
mod table;
mod tried;
mod variants;
mod weekdays;

use super::agreement::Charted;
use super::answer::answer;
use super::chart::Chart;
use super::stored::Stored;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment};
use serde::Serialize;

const PAGE: &str = include_str!("page.html");
const PARTS: &str = include_str!("parts.html");
const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
const FONT: &[u8] = include_bytes!("../font/DejaVuSans.ttf");
const BOLD: &[u8] = include_bytes!("../font/DejaVuSans-Bold.ttf");

/// Why the page could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the report cannot be made: {0}")]
pub struct PageError(#[from] minijinja::Error);

/// A chart as the page shows it.
#[derive(Debug, Serialize)]
struct Figure<'a> {
    name: &'a str,
    heading: String,
    svg: String,
    finding: &'a str,
    numbers: Option<numbers::Table>,
}

/// Everything the template shows.
#[derive(Debug, Serialize)]
struct Page<'a> {
    style: &'static str,
    script: &'static str,
    font: String,
    bold: String,
    name: &'a str,
    question: &'a str,
    version: &'a str,
    seed: u64,
    replications: String,
    answer: Vec<String>,
    warnings: &'a [String],
    table: table::Table,
    queues: Vec<table::ByPart>,
    sites: Vec<table::ByPart>,
    teams: Vec<table::ByPart>,
    concluded: Option<concluded::Concluded>,
    figures: Vec<Figure<'a>>,
    days: days::Days,
    weekdays: Option<weekdays::Weekdays>,
    sides: Vec<sides::Side>,
    satisfaction: Option<satisfaction::Satisfaction>,
    hangs: hangs::Hangs,
    tried: Option<tried::Tried>,
    parting: Vec<parting::Parting>,
    variants: variants::Variants,
    definitions: Vec<sides::Meaning>,
    changes: Vec<hangs::Changed>,
    model: hangs::Words,
    rerun: rerun::Rerun,
}

/// The report of a run as one HTML file; the same run gives the same bytes.
///
/// # Errors
/// When the template does not fit the values: a defect of ours.
pub fn report_html(stored: &Stored, charts: &[Chart]) -> Result<String, PageError> {
    let results = &stored.results;
    let agreed = stored.tried.as_ref().map_or(&[][..], |tried| &tried.views);
    let figures: Vec<Figure<'_>> = charts.iter().map(|chart| figure(stored, chart)).collect();
    let page = Page {
        style: STYLE,
        script: SCRIPT,
        font: STANDARD.encode(FONT),
        bold: STANDARD.encode(BOLD),
        name: &results.scenario,
        question: &results.question,
        version: &results.version,
        seed: results.seed,
        replications: super::sentence::number(results.replications as f64, 0),
        answer: answer(results, agreed),
        warnings: &results.warnings,
        table: table::comparison(results),
        queues: table::by_queue(results),
        sites: table::by_site(results),
        teams: table::by_team(results),
        concluded: concluded::of(results),
        figures,
        days: days::of(results),
        weekdays: weekdays::of(results),
        sides: sides::of(results),
        satisfaction: satisfaction::of(results),
        hangs: hangs::of(results),
        tried: tried::of(stored),
        parting: parting::of(stored),
        variants: variants::of(results),
        definitions: sides::definitions(results),
        changes: hangs::changes(results),
        model: hangs::model(results),
        rerun: rerun::of(stored),
    };
    let mut engine = engine()?;
    engine.add_template("parts.html", PARTS)?;
    engine.add_template("page.html", PAGE)?;
    Ok(engine.get_template("page.html")?.render(Value::from(Serde(&page)))?)
}

/// The template engine: it escapes every text.
pub(super) fn engine() -> Result<Environment<'static>, PageError> {
    let mut engine = Environment::new();
    engine.set_auto_escape_callback(|_| AutoEscape::Html);
    engine.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    Ok(engine)
}

/// Style sheet and fonts, as every page carries them.
#[derive(Debug, Serialize)]
pub(super) struct Face {
    style: &'static str,
    book: String,
    bold: String,
}

/// The face of a page.
pub(super) fn face() -> Face {
    Face { style: STYLE, book: STANDARD.encode(FONT), bold: STANDARD.encode(BOLD) }
}

/// A chart's picture within a page: without the line that belongs to a file of its own.
pub(super) fn inner_svg(chart: &Chart) -> String {
    chart.svg.split_once("<svg").map_or_else(String::new, |(_, rest)| format!("<svg{rest}"))
}

fn figure<'a>(stored: &Stored, chart: &'a Chart) -> Figure<'a> {
    // Charts of sweeps, and of verdicts that differ, are told apart by what their names hold.
    let by_name = chart.kind.starts_with("sweep") || chart.kind == Charted::KIND;
    let told = if by_name { chart.name.as_str() } else { chart.kind };
    let mut heading = super::sentence::capitalised(&told.replace('-', " "));
    if let Some(view) = &chart.view {
        heading += &format!(", view {}", super::sentence::named(view));
    }
    Figure {
        name: &chart.name,
        heading,
        svg: inner_svg(chart),
        finding: &chart.title,
        numbers: numbers::of(stored, chart),
    }
}
