//! Options compared: a row an option, callers on the left and staff on the right, each difference from the
//! base with its interval and its verdict. With the base alone its own figures stand there.

mod frame;
mod words;

use super::layout::{AXIS, LABEL, MARGIN, Sheet, WIDTH};
use super::page::{Anchor, Mark, Type};
use super::palette::{MUTED, STRIPE};
use super::panel::{Panel, Stroke};
use super::run::Run;
use super::{Chart, ChartError, axis};
use crate::report::sentence::{self, Unit};
use crate::report::stored::{Estimate, Verdict};

const NAME: &str = "options-compared";
/// Least and most room for the names of options.
const NAMES: (f64, f64) = (110.0, 222.0);
/// Between columns.
const GAP: f64 = 16.0;
/// Room for an option's own figure at the right of each column.
const FIGURE: f64 = 44.0;
/// Headings above the rows: callers and staff, measure (two lines), direction.
const HEAD: f64 = 78.0;
/// Axis and its unit, and the key of the marks, below the rows.
const FOOT: f64 = 78.0;
/// The same without a key.
const FOOT_ALONE: f64 = 46.0;
/// Names are cut after this many lines.
const NAME_LINES: usize = 4;
/// Rows are lower where there are more than this many.
const MANY: usize = 24;
/// Height of a view's heading.
const VIEW: f64 = 32.0;

/// Measures shown where the run has them: (identifier, short title, of callers).
const MEASURES: [(&str, &str, bool); 5] = [
    ("service_level", "Service level", true),
    ("abandonment_rate", "Abandoned", true),
    ("occupancy", "Occupancy", false),
    ("occupancy_high_share", "Hours over 85% busy", false),
    ("breaks_late", "Breaks late", false),
];

/// One measure's column.
struct Column<'a> {
    measure: &'static str,
    title: &'static str,
    callers: bool,
    unit: Unit,
    better: &'a str,
    /// Printed values at its left and right edge.
    across: (f64, f64),
}

/// A row: an option under a view.
struct Row<'a> {
    run: &'a Run,
    place: usize,
    name: Vec<String>,
    height: f64,
    /// The height of the middle on the page; set when rows are laid out.
    middle: f64,
}

fn look(place: usize) -> Type {
    if place == 0 { Type::of(LABEL).bold() } else { Type::of(LABEL) }
}

/// Draws the chart: of several views each has its rows below a heading.
pub(super) fn draw(runs: &[&Run]) -> Result<Chart, ChartError> {
    let run = runs[0];
    let columns = columns(runs);
    if columns.is_empty() {
        return Ok(Sheet::empty(NAME, "None of the measures compared exists in this run", &run.source()));
    }
    let room = names_room(runs);
    let mut rows = rows(runs, room);
    let heading = if runs.len() > 1 { VIEW } else { 0.0 };
    let below = if run.options.len() == 1 { FOOT_ALONE } else { FOOT };
    let first_column = MARGIN + room + GAP;
    let all: f64 = rows.iter().map(|r| r.height).sum::<f64>() + heading * runs.len() as f64;
    let mut sheet =
        Sheet::new(run.titled(&words::title(run)), words::subtitle(runs), &run.source(), HEAD + all + below);
    let first = sheet.top + HEAD;
    let mut y = first;
    for (i, row) in rows.iter_mut().enumerate() {
        if row.place == 0 && runs.len() > 1 {
            let view = row.run.base().view.as_deref().unwrap_or("no view");
            let name =
                Type::of(LABEL).bold().wrap(&format!("View {}", sentence::named(view)), WIDTH / 2.0, 1);
            sheet.page.lines(MARGIN, y + VIEW - 9.0, Type::of(LABEL).bold().colour(MUTED), &name);
            y += heading;
        }
        if i % 2 == 0 {
            sheet.page.rectangle((MARGIN - 8.0, y), (WIDTH - 2.0 * MARGIN + 16.0, row.height), STRIPE);
        }
        row.middle = y + row.height / 2.0;
        sheet.page.centred(MARGIN, row.middle, look(row.place), &row.name);
        y += row.height;
    }
    let width = (WIDTH - MARGIN - first_column + GAP) / columns.len() as f64 - GAP;
    for (i, column) in columns.iter().enumerate() {
        let left = first_column + i as f64 * (width + GAP);
        let panel = Panel {
            corner: (left, first),
            size: (width - FIGURE, y - first),
            across: column.across,
            up: (0.0, 1.0),
        };
        frame::head(&mut sheet, column, &panel);
        column.draw(&mut sheet, &panel, &rows)?;
    }
    frame::groups(&mut sheet, &columns, first_column, width);
    frame::marks(runs, &mut sheet, y + 60.0);
    Ok(sheet.finish(NAME, &words::words(runs, &columns)))
}

/// Room for the names of options: as much as the widest takes, within bounds.
fn names_room(runs: &[&Run]) -> f64 {
    let widest = runs[0].options.iter().enumerate().map(|(place, o)| look(place).width(&o.name));
    widest.fold(NAMES.0, f64::max).min(NAMES.1)
}

/// All rows, lower where there are many.
fn rows<'a>(runs: &[&'a Run], room: f64) -> Vec<Row<'a>> {
    let many = runs.iter().map(|run| run.options.len()).sum::<usize>() > MANY;
    let (air, least) = if many { (7.0, 23.0) } else { (12.0, 30.0) };
    let row = |run: &'a Run, place: usize| {
        let name = look(place).wrap(&run.options[place].name, room, if many { 2 } else { NAME_LINES });
        let height = (name.len() as f64 * LABEL * 1.25 + air).max(least);
        (name, height)
    };
    runs.iter()
        .flat_map(|run| (0..run.options.len()).map(move |place| (*run, place)))
        .map(|(run, place)| {
            let (name, height) = row(run, place);
            Row { run, place, name, height, middle: 0.0 }
        })
        .collect()
}

/// The columns this run has figures for.
fn columns<'a>(runs: &[&'a Run]) -> Vec<Column<'a>> {
    let run = runs[0];
    let mut columns: Vec<Column<'a>> = MEASURES
        .into_iter()
        .filter_map(|(measure, title, callers)| {
            run.base().measures.get(measure)?.mean?;
            let definition = run.definition(measure);
            let unit = definition.map_or(Unit::Share, |d| Unit::parse(&d.unit));
            let better = definition.map_or("", |d| d.better.as_str());
            let ranges = runs.iter().map(|run| across(run, measure, unit));
            let across = ranges.fold((0.0f64, 0.0f64), |a, r| (a.0.min(r.0), a.1.max(r.1)));
            Some(Column { measure, title, callers, unit, better, across })
        })
        .collect();
    // Shares of callers have one scale, and shares of staff have one, so that lengths can be compared.
    for callers in [true, false] {
        let alike = |c: &Column<'_>| c.callers == callers && c.unit == Unit::Share;
        let shared = columns
            .iter()
            .filter(|c| alike(c))
            .fold((f64::INFINITY, f64::NEG_INFINITY), |a, c| (a.0.min(c.across.0), a.1.max(c.across.1)));
        columns.iter_mut().filter(|c| alike(c)).for_each(|c| c.across = shared);
    }
    columns
}

/// The range of a column: all intervals with some air, and zero.
fn across(run: &Run, measure: &str, unit: Unit) -> (f64, f64) {
    let scale = unit.scale();
    if run.options.len() == 1 {
        let top = run
            .base()
            .measures
            .get(measure)
            .map_or(1.0, |e| e.interval().map_or(e.mean.unwrap_or(1.0), |(_, high)| high) * scale);
        let high = if unit == Unit::Share { 100.0 } else { axis::round_up(top.max(0.01), 2) };
        return (0.0, high);
    }
    let differences = run.options.iter().skip(1).filter_map(|o| run.comparison(&o.name, measure));
    let (low, high) = differences
        .fold((0.0f64, 0.0f64), |a, c| (a.0.min(c.interval.0 * scale), a.1.max(c.interval.1 * scale)));
    let span = (high - low).max(if unit == Unit::Share { 1.0 } else { 0.01 });
    (low - 0.12 * span, high + 0.12 * span)
}

impl Column<'_> {
    /// Rows, zero line, axis.
    fn draw(&self, sheet: &mut Sheet, panel: &Panel, rows: &[Row<'_>]) -> Result<(), ChartError> {
        let alone = rows[0].run.options.len() == 1;
        let page = &mut sheet.page;
        page.line((panel.x(0.0), panel.corner.1), (panel.x(0.0), panel.bottom()), MUTED, 1.0, "");
        let scale = self.unit.scale();
        for row in rows {
            let (run, place, y) = (row.run, row.place, &row.middle);
            let option = &run.options[place];
            let ink = run.ink(place);
            let estimate = option.measures.get(self.measure).cloned().unwrap_or_default();
            let dash = [self.figure(&estimate)];
            let look = Type::of(AXIS).anchor(Anchor::End);
            let look = if place == 0 { look.bold() } else { look };
            page.centred(panel.right() + FIGURE, *y, look, &dash);
            let point = if alone {
                estimate.mean.map(|mean| (mean, estimate.interval().unwrap_or((mean, mean)), Mark::Square))
            } else if place == 0 {
                Some((0.0, (0.0, 0.0), Mark::Square))
            } else {
                run.comparison(&option.name, self.measure)
                    .map(|c| (c.difference, c.interval, mark(c.verdict)))
            };
            let Some((at, (low, high), mark)) = point else { continue };
            // The rows' scale runs from the bottom up, in shares of the panel's height.
            let up = (panel.bottom() - y) / panel.size.1;
            let line = vec![vec![(low * scale, up), (high * scale, up)]];
            page.mark((panel.x(at * scale), *y), mark, 4.6, ink.colour);
            panel.lines(page, Stroke { colour: ink.colour, width: 2.0, dash: "" }, &line)?;
            // A hollow mark lies on its interval, a filled one below it, where its white rim cuts nothing.
            if mark.is_hollow() {
                page.mark((panel.x(at * scale), *y), mark, 4.6, ink.colour);
            }
        }
        self.axis(alone, sheet, panel);
        Ok(())
    }

    /// The axis below the rows, with as many strokes as there is room for.
    fn axis(&self, alone: bool, sheet: &mut Sheet, panel: &Panel) {
        let look = Type::of(AXIS - 1.0);
        let (low, high) = panel.across;
        let wide = |label: &str| (look.width(label) + 5.0) / panel.size.0 * (high - low);
        let make = |most| match (alone, self.unit) {
            (true, Unit::Share) => axis::percents(low, high, most),
            (true, _) => axis::numbers(low, high, most),
            (false, _) => axis::differences(low, high, most),
        };
        panel.run(&mut sheet.page, &axis::apart(4, make, wide), look);
        if !(alone && self.unit == Unit::Share) {
            let middle = panel.corner.0 + panel.size.0 / 2.0;
            let look = look.colour(MUTED).anchor(Anchor::Middle);
            sheet.page.text(middle, panel.bottom() + 36.0, look, self.unit.of_difference());
        }
    }

    /// An option's own figure.
    fn figure(&self, estimate: &Estimate) -> String {
        estimate.mean.map_or_else(|| "–".into(), |mean| self.unit.figure(mean, estimate.half_width()))
    }
}

/// The mark of a verdict.
fn mark(verdict: Verdict) -> Mark {
    match verdict {
        Verdict::Better => Mark::Up,
        Verdict::Worse => Mark::Down,
        Verdict::NoMatter => Mark::Dot,
        Verdict::CannotBeTold => Mark::Diamond,
        Verdict::None => Mark::Ring,
    }
}
