//! A measure over two inputs: a map of one option, its level or its tie with the base as a line with its interval.

use super::super::layout::{AXIS, MARGIN, Sheet, WIDTH};
use super::super::page::{Anchor, Mark, Page, Type};
use super::super::palette::{INK, MUTED, letters_on, shade};
use super::super::panel::{Panel, Stroke};
use super::super::{Chart, ChartError};
use super::{OPTIONS, plain, scale, source, view};
use crate::report::sentence::{self, Unit};
use crate::report::sweep::words::{crossing, midmost, value};
use crate::report::sweep::{BreakEven, Sweep, SweptCurve, SweptInput, SweptMeasure, SweptPoint};

/// The map's height.
const HEIGHT: f64 = 430.0;

/// What a map shows.
struct Map<'a> {
    sweep: &'a Sweep,
    measure: &'a SweptMeasure,
    curve: &'a SweptCurve,
    points: &'a [SweptPoint],
    meets: Option<&'a [BreakEven]>,
    unit: Unit,
    is_difference: bool,
}

/// The maps of a measure: the base's own figures, and of every other option what it differs.
pub(super) fn draw(sweep: &Sweep, number: usize) -> Result<Vec<Chart>, ChartError> {
    let measure = &sweep.measures[number];
    let mut charts = Vec::new();
    for (place, curve) in measure.curves.iter().enumerate().take(OPTIONS) {
        let (points, meets) = match &curve.differences {
            Some(all) => (all, &curve.meets_base),
            None => (&curve.figures, &curve.meets_level),
        };
        let map = Map {
            sweep,
            measure,
            curve,
            points,
            meets: meets.as_deref(),
            unit: Unit::parse(&measure.unit),
            is_difference: curve.differences.is_some(),
        };
        let chart = map.draw()?;
        let option = if place == 0 { String::new() } else { format!("-{place}") };
        charts.push(Chart { name: format!("{}-{}{option}", chart.kind, plain(&measure.path)), ..chart });
    }
    Ok(charts)
}

/// The edges of cells around values: halfway between them, and as far beyond the ends.
fn edges(input: &SweptInput) -> (f64, f64, f64) {
    let (first, last) = (input.values[0], input.values[input.values.len() - 1]);
    let half = 0.5 * (last - first) / (input.values.len() - 1) as f64;
    (first - half, last + half, half)
}

impl Map<'_> {
    fn draw(&self) -> Result<Chart, ChartError> {
        let [first, second] = [&self.sweep.inputs[0], &self.sweep.inputs[1]];
        let known = self.points.iter().filter_map(|p| p.mean);
        let (low, high) = known.fold((f64::INFINITY, f64::NEG_INFINITY), |a, v| (a.0.min(v), a.1.max(v)));
        if !low.is_finite() {
            let why = format!("There is no {} to draw", self.measure.title.to_lowercase());
            return Ok(Sheet::empty("sweep-map", &why, &source(self.sweep)));
        }
        let mut sheet = Sheet::new(self.title(), self.subtitle(), &source(self.sweep), HEIGHT + 96.0);
        let left = MARGIN + 92.0;
        let ((x0, x1, dx), (y0, y1, dy)) = (edges(first), edges(second));
        let panel = Panel {
            corner: (left, sheet.top + 26.0),
            size: (WIDTH - MARGIN - 16.0 - left, HEIGHT - 26.0),
            across: (x0, x1),
            up: (y0, y1),
        };
        let page = &mut sheet.page;
        let muted = Type::of(AXIS).colour(MUTED);
        page.text(MARGIN, sheet.top + 8.0, muted, &up_title(second));
        let columns = second.values.len();
        for (i, x) in first.values.iter().enumerate() {
            for (j, y) in second.values.iter().enumerate() {
                let corner = (panel.x(x - dx), panel.y(y + dy));
                let size = (panel.x(x + dx) - corner.0, panel.y(y - dy) - corner.1);
                self.cell(page, &self.points[i * columns + j], corner, size, (low, high));
            }
        }
        self.line(page, &panel)?;
        for tick in scale::input(self.sweep, second, |_| AXIS * 1.4 / panel.size.1 * (y1 - y0)) {
            page.centred(left - 8.0, panel.y(tick.at), muted.anchor(Anchor::End), &[tick.label]);
        }
        let wide = |label: &str| (muted.width(label) + 10.0) / panel.size.0 * (x1 - x0);
        panel.run(page, &scale::input(self.sweep, first, wide), Type::of(AXIS));
        let middle = panel.corner.0 + panel.size.0 / 2.0;
        page.text(middle, panel.bottom() + 40.0, muted.anchor(Anchor::Middle), &up_title(first));
        let foot = panel.bottom() + 66.0;
        self.key(page, foot, (low, high));
        Ok(sheet.finish("sweep-map", &self.words()))
    }

    /// How good a figure is among all: 1 the best; where neither side is better, the higher.
    fn goodness(&self, value: f64, (low, high): (f64, f64)) -> f64 {
        let share = if high > low { (value - low) / (high - low) } else { 0.5 };
        if self.measure.better == "lower" { 1.0 - share } else { share }
    }

    fn cell(&self, page: &mut Page, point: &SweptPoint, at: (f64, f64), size: (f64, f64), range: (f64, f64)) {
        let Some(mean) = point.mean else { return };
        let ground = shade(self.goodness(mean, range));
        page.rectangle(at, (size.0 + 0.3, size.1 + 0.3), ground);
        let text = self.figure(mean, point);
        let look = Type::of(if size.0 > 44.0 { AXIS } else { 9.0 }).colour(letters_on(ground));
        if look.width(&text) + 4.0 <= size.0 && size.1 > 14.0 {
            // Above the middle, where the break-even line would run through it.
            let down = if size.1 > 44.0 { 0.27 } else { 0.5 };
            let middle = (at.0 + size.0 / 2.0, at.1 + size.1 * down);
            page.centred(middle.0, middle.1, look.anchor(Anchor::Middle), &[text]);
        }
    }

    /// A figure, or a difference with "?" where its interval holds zero.
    fn figure(&self, mean: f64, point: &SweptPoint) -> String {
        let half = point.ci95.map(|[low, high]| (high - low) / 2.0);
        if !self.is_difference {
            return self.unit.figure(mean, half);
        }
        let scaled = mean * self.unit.scale();
        let sign = if scaled > 0.0 { "+" } else { "" };
        let untold = point.ci95.is_none_or(|[low, high]| low <= 0.0 && high >= 0.0) && mean != 0.0;
        format!("{sign}{}{}", sentence::number(scaled, 1), if untold { "?" } else { "" })
    }

    /// The break-even line through its crossings, with their intervals.
    fn line(&self, page: &mut Page, panel: &Panel) -> Result<(), ChartError> {
        let second = &self.sweep.inputs[1];
        let first = &self.sweep.inputs[0].values;
        let mut runs: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
        let mut bars = Vec::new();
        for found in self.meets.into_iter().flatten() {
            let y = second.values[found.second.unwrap_or(0)];
            let spans = found.spans.as_deref().unwrap_or_default();
            let told: Vec<_> = spans.iter().filter_map(|span| Some((span, crossing(span)?))).collect();
            // A line through rows that are crossed once; more than that is marked alone.
            match told[..] {
                [(_, at)] => runs.iter_mut().next_back().into_iter().for_each(|run| run.push((at.at, y))),
                _ => runs.push(Vec::new()),
            }
            let ends =
                |ci: [Option<f64>; 2]| (ci[0].unwrap_or(first[0]), ci[1].unwrap_or(first[first.len() - 1]));
            bars.extend(told.iter().map(|(span, at)| (y, at.at, ends(span.ci95))));
        }
        panel.lines(
            page,
            Stroke { colour: plotters::style::RGBColor(255, 255, 255), width: 5.0, dash: "" },
            &runs,
        )?;
        panel.lines(page, Stroke { colour: INK, width: 2.4, dash: "" }, &runs)?;
        for (y, at, (low, high)) in bars {
            let y = panel.y(y);
            page.line(
                (panel.x(low), y),
                (panel.x(high), y),
                plotters::style::RGBColor(255, 255, 255),
                5.0,
                "",
            );
            page.line((panel.x(low), y), (panel.x(high), y), INK, 2.0, "");
            page.mark((panel.x(at), y), Mark::Diamond, 5.0, INK);
        }
        Ok(())
    }

    /// The scale of shades: the ends, in words.
    fn key(&self, page: &mut Page, y: f64, (low, high): (f64, f64)) {
        let look = Type::of(AXIS).colour(MUTED);
        let text = |value: f64| match self.is_difference {
            true => format!(
                "{}{}",
                if value > 0.0 { "+" } else { "" },
                sentence::number(value * self.unit.scale(), 1)
            ),
            false => self.unit.figure(value, None),
        };
        let (worst, best) = if self.measure.better == "lower" { (high, low) } else { (low, high) };
        let mut x = MARGIN + 92.0;
        page.centred(x - 8.0, y + 7.0, look.anchor(Anchor::End), &[text(worst)]);
        for step in 0..=20 {
            page.rectangle((x, y), (12.3, 14.0), shade(f64::from(step) / 20.0));
            x += 12.0;
        }
        page.centred(x + 8.0, y + 7.0, look, &[text(best)]);
        let line = match (self.is_difference, &self.measure.level) {
            (true, _) => "line: no difference; bars: 95% intervals; ?: cannot be told".to_owned(),
            (false, Some(level)) => {
                format!("line: {}; bars: 95% intervals", self.unit.figure(level.value, None))
            }
            (false, None) => String::new(),
        };
        page.centred(WIDTH - MARGIN - 16.0, y + 7.0, look.anchor(Anchor::End), &[line]);
    }

    fn title(&self) -> String {
        if let Some(finding) = midmost(self.sweep, self.measure, self.curve, !self.is_difference) {
            return finding;
        }
        let against = format!(" of {} against ", sentence::named(&self.curve.option));
        let own = format!(" of {} ", sentence::named(&self.curve.option));
        let found = self.measure.findings.iter().find(|finding| match self.is_difference {
            true => finding.contains(&against),
            false => finding.contains(&own) && !finding.contains(&against),
        });
        match found {
            Some(finding) => finding.trim_end_matches('.').to_owned(),
            None => {
                format!("{} of {} over both inputs", self.measure.title, sentence::named(&self.curve.option))
            }
        }
    }

    fn subtitle(&self) -> String {
        let what = match self.is_difference {
            true => format!("{} less {}, on the same days", self.curve.option, self.sweep.options[0]),
            false => self.curve.option.clone(),
        };
        let side = if self.measure.better == "neither" { "pale: higher" } else { "pale: better" };
        format!("{}{}: {what}; {side}.", view(self.sweep), self.measure.title)
    }

    fn words(&self) -> String {
        let [first, second] = [&self.sweep.inputs[0], &self.sweep.inputs[1]];
        let columns = second.values.len();
        let rows: Vec<String> = first
            .values
            .iter()
            .enumerate()
            .map(|(i, at)| {
                let figures: Vec<String> = self.points[i * columns..(i + 1) * columns]
                    .iter()
                    .map(|p| p.mean.map_or_else(|| "none".into(), |mean| self.figure(mean, p)))
                    .collect();
                format!("{}: {}", value(first, &self.sweep.currency, *at), figures.join(", "))
            })
            .collect();
        format!("Rows by {}, figures by {}: {}.", first.path, second.path, rows.join("; "))
    }
}

fn up_title(input: &SweptInput) -> String {
    let unit = if input.unit.is_empty() { String::new() } else { format!(", {}", input.unit) };
    sentence::shortened(&format!("{}{unit}", input.path), 80)
}
