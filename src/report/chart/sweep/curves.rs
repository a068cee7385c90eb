//! A measure over one input: a curve with its band for each option, and a mark with its interval where it breaks even.

use super::super::key::{self, Name};
use super::super::layout::{AXIS, LABEL, MARGIN, Sheet, WIDTH};
use super::super::page::{Anchor, Mark, Page, Type};
use super::super::palette::{INK, MUTED, ink};
use super::super::panel::{Panel, Stroke};
use super::super::{Chart, ChartError};
use super::{OPTIONS, plain, scale, source, view};
use crate::report::sentence::{self, Unit};
use crate::report::sweep::words::{crossing, value};
use crate::report::sweep::{BreakEven, Sweep, SweptCurve, SweptMeasure, SweptPoint};

const HEIGHT: f64 = 400.0;
/// Room at the right for names.
const NAMES: f64 = 230.0;

/// What a chart shows of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Figures,
    Differences,
}

/// The charts of a measure: the figures, and where there are several options their differences from the base.
pub(super) fn draw(sweep: &Sweep, number: usize) -> Result<Vec<Chart>, ChartError> {
    let mut charts = vec![chart(sweep, number, Side::Figures)?];
    if sweep.options.len() > 1 {
        charts.push(chart(sweep, number, Side::Differences)?);
    }
    Ok(charts)
}

/// An option's line in a chart.
struct Line<'a> {
    place: usize,
    curve: &'a SweptCurve,
    points: &'a [SweptPoint],
    meets: Option<&'a BreakEven>,
}

fn lines(measure: &SweptMeasure, side: Side) -> Vec<Line<'_>> {
    let of = |(place, curve)| -> Option<Line<'_>> {
        let curve: &SweptCurve = curve;
        let (points, meets) = match side {
            Side::Figures => (&curve.figures, &curve.meets_level),
            Side::Differences => (curve.differences.as_ref()?, &curve.meets_base),
        };
        Some(Line { place, curve, points, meets: meets.as_ref().and_then(|all| all.first()) })
    };
    measure.curves.iter().enumerate().filter_map(of).take(OPTIONS).collect()
}

fn chart(sweep: &Sweep, number: usize, side: Side) -> Result<Chart, ChartError> {
    let measure = &sweep.measures[number];
    let input = &sweep.inputs[0];
    let is_difference = side == Side::Differences;
    let unit = Unit::parse(&measure.unit);
    let lines = lines(measure, side);
    let kind = if is_difference { "sweep-differences" } else { "sweep" };
    let title = title(measure, side);
    if lines.iter().all(|line| line.points.iter().all(|p| p.mean.is_none())) {
        let why = format!("There is no {} to draw", measure.title.to_lowercase());
        return Ok(named(Sheet::empty(kind, &why, &source(sweep)), measure));
    }
    let level = match side {
        Side::Figures => measure.level.as_ref().map(|level| level.value),
        Side::Differences => Some(0.0),
    };
    let mut sheet = Sheet::new(title, subtitle(sweep, measure, side), &source(sweep), HEIGHT);
    let left = MARGIN + 58.0;
    let values = lines.iter().flat_map(|line| line.points).flat_map(ends).chain(level);
    let panel = Panel {
        corner: (left, sheet.top + 22.0),
        size: (WIDTH - MARGIN - NAMES - left, HEIGHT - 22.0 - 46.0),
        across: (input.values[0], input.values[input.values.len() - 1]),
        up: scale::room(unit, values, is_difference),
    };
    let page = &mut sheet.page;
    let muted = Type::of(AXIS).colour(MUTED);
    page.text(
        MARGIN,
        sheet.top + 6.0,
        muted,
        &scale::heading(&measure.title, unit, is_difference, &sweep.currency),
    );
    panel.rise(page, &scale::measure(unit, panel.up, is_difference), Type::of(AXIS))?;
    as_it_stands(page, sweep, &panel);
    for line in lines.iter().rev() {
        let band = line.points.iter().zip(&input.values).filter_map(|(point, at)| {
            let [low, high] = point.ci95?;
            Some((*at, low.max(panel.up.0), high.min(panel.up.1)))
        });
        panel.bands(page, ink(line.place).colour, 0.22, &[band.collect()])?;
    }
    if let Some(level) = level.filter(|level| panel.up.0 <= *level && *level <= panel.up.1) {
        let run = vec![vec![(panel.across.0, level), (panel.across.1, level)]];
        panel.lines(page, Stroke { colour: INK, width: 1.2, dash: "" }, &run)?;
    }
    for line in lines.iter().rev() {
        drawn(page, &panel, &input.values, line)?;
    }
    if let Some(level) = level {
        let spans = lines.iter().filter_map(|line| line.meets?.spans.as_ref()).flatten();
        let crossings: Vec<f64> = spans.filter_map(crossing).map(|found| found.at).collect();
        lines.iter().for_each(|line| break_even(page, sweep, (&panel, level), line, &crossings));
        if side == Side::Figures {
            let text = format!("to reach: {}", unit.figure(level, None));
            // At the end where the curves are farther away.
            let away = |end: usize| {
                let heights = lines.iter().filter_map(|line| line.points.get(end)?.mean);
                heights.map(|mean| (mean - level).abs()).fold(f64::INFINITY, f64::min)
            };
            let (at, anchor) = match away(0) > away(input.values.len() - 1) {
                true => (panel.corner.0 + 4.0, Anchor::Start),
                false => (panel.right() - 4.0, Anchor::End),
            };
            page.text(at, panel.y(level) - 6.0, Type::of(AXIS).anchor(anchor).halo(), &text);
        }
    }
    let wide = |label: &str| (muted.width(label) + 10.0) / panel.size.0 * (panel.across.1 - panel.across.0);
    panel.run(page, &scale::input(sweep, input, wide), Type::of(AXIS));
    let middle = panel.corner.0 + panel.size.0 / 2.0;
    page.text(middle, panel.bottom() + 40.0, muted.anchor(Anchor::Middle), &axis_title(sweep));
    let names: Vec<Name> =
        lines.iter().filter_map(|line| name(input.values.len(), panel.across.1, line)).collect();
    key::names(page, &panel, WIDTH - MARGIN, LABEL, &names);
    let words = words(sweep, measure, &lines, unit);
    Ok(self::named(sheet.finish(kind, &words), measure))
}

/// A chart's files are called by what is measured.
fn named(chart: Chart, measure: &SweptMeasure) -> Chart {
    Chart { name: format!("{}-{}", chart.kind, plain(&measure.path)), ..chart }
}

/// "policy.wrap.target.within", and its unit where it is a number.
fn axis_title(sweep: &Sweep) -> String {
    let input = &sweep.inputs[0];
    let unit = if input.unit.is_empty() { String::new() } else { format!(", {}", input.unit) };
    sentence::shortened(&format!("{}{unit}", input.path), 80)
}

/// What is found of the first option that finds something.
fn title(measure: &SweptMeasure, side: Side) -> String {
    let wanted = |finding: &&String| finding.contains(" against ") == (side == Side::Differences);
    let found: Vec<&String> = measure.findings.iter().filter(wanted).collect();
    // Where something turns, that; else what is found first.
    let turns = found.iter().find(|finding| finding.contains("(95% interval "));
    match turns.or(found.first()) {
        Some(finding) => finding.trim_end_matches('.').to_owned(),
        None => ends_in_words(measure),
    }
}

/// Without a level: from where to where the base's figure goes.
fn ends_in_words(measure: &SweptMeasure) -> String {
    let unit = Unit::parse(&measure.unit);
    let base = &measure.curves[0];
    let text = |point: Option<&SweptPoint>| {
        let point = point?;
        Some(unit.figure(point.mean?, point.ci95.map(|[low, high]| (high - low) / 2.0)))
    };
    let title = &measure.title;
    match (text(base.figures.first()), text(base.figures.last())) {
        (Some(first), Some(last)) => {
            format!("{title} of {} goes from {first} to {last} over the range", sentence::named(&base.option))
        }
        _ => format!("{title} does not exist everywhere in the range"),
    }
}

fn subtitle(sweep: &Sweep, measure: &SweptMeasure, side: Side) -> String {
    let shown =
        if sweep.options.len() > OPTIONS { "The first six options; all stand in sweep.csv. " } else { "" };
    let marks = match (side, &measure.level) {
        (Side::Figures, None) => "",
        _ => " Diamonds: break-even, with its interval.",
    };
    let less = match side {
        Side::Figures => "",
        Side::Differences => "Each option less the base, on the same days. ",
    };
    format!("{}{less}{shown}Bands: 95% intervals, each for its own point.{marks}", view(sweep))
}

fn ends(point: &SweptPoint) -> Vec<f64> {
    point.mean.into_iter().chain(point.ci95.into_iter().flatten()).collect()
}

/// A thin line where the file itself stands, where that is one value within the range.
fn as_it_stands(page: &mut Page, sweep: &Sweep, panel: &Panel) {
    let Some(own) = sweep.inputs[0].own[0].filter(|own| panel.across.0 <= *own && *own <= panel.across.1)
    else {
        return;
    };
    let x = panel.x(own);
    page.line((x, panel.corner.1), (x, panel.bottom()), MUTED, 1.0, "2 3");
    let end = x > panel.corner.0 + panel.size.0 / 2.0;
    let (anchor, at) = if end { (Anchor::End, x - 5.0) } else { (Anchor::Start, x + 5.0) };
    let text = format!("the file has {}", value(&sweep.inputs[0], &sweep.currency, own));
    page.text(at, panel.corner.1 + AXIS, Type::of(AXIS).colour(MUTED).anchor(anchor).halo(), &text);
}

fn drawn(page: &mut Page, panel: &Panel, values: &[f64], line: &Line<'_>) -> Result<(), ChartError> {
    let ink = ink(line.place);
    let mut runs: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (point, at) in line.points.iter().zip(values) {
        match point.mean {
            Some(mean) => runs.iter_mut().next_back().into_iter().for_each(|run| run.push((*at, mean))),
            None => runs.push(Vec::new()),
        }
    }
    let width = if line.place == 0 { 2.5 } else { 1.9 };
    panel.lines(page, Stroke { colour: ink.colour, width, dash: ink.dash }, &runs)?;
    if values.len() <= 25 {
        runs.iter()
            .flatten()
            .for_each(|(x, y)| page.mark((panel.x(*x), panel.y(*y)), Mark::Dot, 3.0, ink.colour));
    }
    Ok(())
}

/// The interval of each crossing as a bar on the level, the crossing as a diamond.
/// `all` are the crossings of every curve.
fn break_even(page: &mut Page, sweep: &Sweep, (panel, level): (&Panel, f64), line: &Line<'_>, all: &[f64]) {
    let colour = ink(line.place).colour;
    let spans = line.meets.and_then(|found| found.spans.as_ref());
    for span in spans.into_iter().flatten() {
        let Some(found) = crossing(span) else { continue };
        let low = span.ci95[0].unwrap_or(panel.across.0);
        let high = span.ci95[1].unwrap_or(panel.across.1);
        let y = panel.y(level);
        page.line((panel.x(low), y), (panel.x(high), y), INK, 5.5, "");
        page.line((panel.x(low), y), (panel.x(high), y), colour, 3.5, "");
        page.mark((panel.x(found.at), y), Mark::Diamond, 5.5, colour);
        let text = value(&sweep.inputs[0], &sweep.currency, found.at);
        let text = if sweep.inputs[0].quantity == "whole" {
            format!("from {}", value(&sweep.inputs[0], &sweep.currency, found.at.ceil()))
        } else {
            text
        };
        // Above the level there is room on the side to which the curve falls, but where another curve crosses there:
        // then below the level on the other side.
        let is_taken = all.iter().any(|at| if found.rising { *at < found.at } else { *at > found.at });
        let (anchor, aside) =
            if found.rising == is_taken { (Anchor::Start, 8.0) } else { (Anchor::End, -8.0) };
        let inside = (panel.x(found.at) + aside).clamp(panel.corner.0 + 4.0, panel.right() - 4.0);
        let height = if is_taken { y + 22.0 } else { y - 10.0 };
        page.text(inside, height, Type::of(AXIS).bold().anchor(anchor).halo(), &text);
    }
}

fn name(points: usize, right: f64, line: &Line<'_>) -> Option<Name> {
    let last = line.points[points - 1].mean.or_else(|| line.points.iter().rev().find_map(|p| p.mean))?;
    Some(Name {
        end: (right, last),
        text: sentence::shortened(&line.curve.option, 80),
        colour: ink(line.place).colour,
        bold: line.place == 0,
    })
}

/// Every figure, for those who cannot see the picture.
fn words(sweep: &Sweep, measure: &SweptMeasure, lines: &[Line<'_>], unit: Unit) -> String {
    let input = &sweep.inputs[0];
    let of = |line: &Line<'_>| {
        let figures: Vec<String> = line
            .points
            .iter()
            .zip(&input.values)
            .filter_map(|(point, at)| {
                let half = point.ci95.map(|[low, high]| (high - low) / 2.0);
                Some(format!("{}: {}", value(input, &sweep.currency, *at), unit.figure(point.mean?, half)))
            })
            .collect();
        format!("{}, by {}: {}.", line.curve.option, input.path, figures.join(", "))
    };
    format!("{}. {}", measure.title, lines.iter().map(of).collect::<Vec<_>>().join(" "))
}
