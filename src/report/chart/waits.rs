//! Survival of waits: the share of calls still waiting after a time, by option, and what a caller who never
//! gave up would meet.

mod words;

use super::layout::{AXIS, LABEL, MARGIN, Sheet, WIDTH};
use super::page::{Anchor, Mark, Type};
use super::palette::{FAINT, INK, MUTED};
use super::panel::{Panel, Stroke};
use super::run::Run;
use super::{Chart, ChartError, axis};
use crate::report::sentence;
use crate::report::stored::Wait;

const NAME: &str = "survival-of-waits";
const HEIGHT: f64 = 430.0;
/// The panel grows with the list beside it, up to this.
const TALLEST: f64 = 600.0;
/// Room at the right for names and figures.
const NAMES: f64 = 332.0;
/// The axis ends where fewer calls than this wait on, or at [`LONGEST`].
const FEW: f64 = 0.01;
/// Seconds.
const LONGEST: f64 = 600.0;
/// The share of waits beyond this many seconds stands beside that beyond the target.
const LONG: f64 = 120.0;
/// Read where no target names a time, in seconds.
const NO_TARGET: f64 = 20.0;

/// The dash of a caller who never gives up, which no option has.
const PATIENT: &str = "12 2.5 2 2.5 2 2.5";

/// The dashes of the other options that are drawn in colour.
const SINGLED: [&str; 3] = ["9 3", "5 3", "2 2.5"];
/// The dashes of the base's other queues and of the base under other views.
const OTHERS: [&str; 5] = ["14 3", "1 2", "8 2 1 2", "4 1.5", "16 2 1 2 1 2"];

/// A curve's points: seconds, share still waiting.
type Curve = Vec<(f64, f64)>;

/// Draws the chart: curves of the first view, and of the base under every other.
pub(super) fn draw(runs: &[&Run]) -> Result<Chart, ChartError> {
    let run = runs[0];
    let curves: Vec<Curve> = run.options.iter().map(|o| still(&run.waits_of(&o.name))).collect();
    if curves[0].is_empty() {
        return Ok(Sheet::empty(NAME, "No waits were recorded for the base", &run.source()));
    }
    let within = run.target().map_or(NO_TARGET, |t| t.within_s);
    let longest = longest(&curves).max(within * 1.5);
    let rows = rows(runs, &curves, within);
    let names: Vec<Vec<String>> = rows.iter().map(|r| r.lines(rows.len())).collect();
    let listed: f64 = names.iter().map(|n| height(n, rows.len())).sum();
    let room = HEIGHT.max(listed + 60.0);
    let mut sheet = Sheet::new(
        run.titled(&words::title(run, &curves, within)),
        words::subtitle(runs, longest),
        &run.source(),
        room,
    );
    let left = MARGIN + 46.0;
    let highest = rows.iter().flat_map(|r| &r.curve).map(|p| p.1).fold(0.0, f64::max);
    let panel = Panel {
        corner: (left, sheet.top + 22.0),
        size: (WIDTH - MARGIN - NAMES - left, room.min(TALLEST) - 22.0 - 46.0),
        across: (0.0, longest),
        up: (0.0, axis::round_up(highest.max(0.05) * 100.0, 5).min(100.0) / 100.0),
    };
    let page = &mut sheet.page;
    let heading = Type::of(AXIS).colour(MUTED);
    page.text(MARGIN, sheet.top + 6.0, heading, "Calls still waiting");
    panel.rise(page, &axis::shares(0.0, panel.up.1, 5), Type::of(AXIS))?;
    if run.target().is_some() {
        let line = vec![vec![(within, 0.0), (within, panel.up.1)]];
        panel.lines(page, Stroke { colour: INK, width: 1.0, dash: "" }, &line)?;
        let text = format!("target: {}", sentence::time(within));
        let look = Type::of(LABEL).halo();
        page.text(panel.x(within) + 5.0, panel.corner.1 + LABEL, look, &text);
    }
    // The faint ones lie lowest, the base on top.
    for weight in [Weight::Faint, Weight::Thin, Weight::Base] {
        for row in rows.iter().filter(|r| r.weight == weight) {
            let line = [clipped(&row.curve, longest)];
            panel.lines(page, Stroke { colour: row.colour, width: row.width(), dash: row.dash }, &line)?;
            if let Some(share) = row.beyond[0].filter(|_| weight != Weight::Faint) {
                page.mark((panel.x(within), panel.y(share)), Mark::Dot, 3.5, row.colour);
            }
        }
    }
    let wide = |label: &str| (heading.width(label) + 14.0) / panel.size.0 * longest;
    panel.run(page, &axis::apart(7, |most| axis::waits(longest, most), wide), Type::of(AXIS));
    let middle = panel.corner.0 + panel.size.0 / 2.0;
    page.text(middle, panel.bottom() + 40.0, heading.anchor(Anchor::Middle), "Waited longer than");
    figures(&mut sheet, &panel, &rows, &names, within);
    Ok(sheet.finish(NAME, &words::words(run, &curves, within)))
}

/// How strongly a curve is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Faint,
    Thin,
    Base,
}

/// A curve and its line of the table at the right.
struct Row {
    name: String,
    colour: plotters::style::RGBColor,
    dash: &'static str,
    weight: Weight,
    curve: Curve,
    /// Beyond the target and beyond [`LONG`].
    beyond: [Option<f64>; 2],
}

impl Row {
    fn width(&self) -> f64 {
        match self.weight {
            Weight::Faint => 1.0,
            Weight::Thin => 1.75,
            Weight::Base => 2.75,
        }
    }

    fn look(&self) -> Type {
        if self.weight == Weight::Base { Type::of(LABEL).bold() } else { Type::of(LABEL) }
    }

    /// The name in lines, fewer where there are many rows.
    fn lines(&self, rows: usize) -> Vec<String> {
        self.look().wrap(&self.name, NAMES - 26.0 - 38.0 - 96.0, if rows > MANY { 2 } else { 4 })
    }
}

/// Rows stand closer where there are more than this many.
const MANY: usize = 9;

/// The height of a row of the table.
fn height(lines: &[String], rows: usize) -> f64 {
    lines.len() as f64 * LABEL * 1.25 + if rows > MANY { 6.0 } else { 12.0 }
}

/// All rows, from the longest waits to the shortest, as the curves lie.
fn rows(runs: &[&Run], curves: &[Curve], within: f64) -> Vec<Row> {
    let run = runs[0];
    let singled = run.singled_out();
    let beyond = |curve: &Curve| [at(curve, within), at(curve, LONG)];
    let own = |place: usize| {
        let ink = run.ink(place);
        let (colour, dash, weight) = match place {
            0 => (ink.colour, ink.dash, Weight::Base),
            // In grey the few in colour are told apart by their dashes.
            _ => match singled.iter().position(|s| *s == place) {
                Some(i) => (ink.colour, SINGLED[i % SINGLED.len()], Weight::Thin),
                None => (FAINT, "", Weight::Faint),
            },
        };
        let (name, curve) = (run.options[place].name.clone(), curves[place].clone());
        Row { name, colour, dash, weight, beyond: beyond(&curve), curve }
    };
    let mut rows: Vec<Row> = (0..run.options.len()).map(own).collect();
    let base = &run.base().name;
    let mut more = |name: String, dash, curve: Curve| {
        if !curve.is_empty() {
            let (colour, weight) = (run.ink(0).colour, Weight::Thin);
            rows.push(Row { name, colour, dash, weight, beyond: beyond(&curve), curve });
        }
    };
    more("The base, for a caller who never gives up".into(), PATIENT, never(&run.waits_of(base)));
    let mut dashes = OTHERS.iter().cycle().copied();
    let mut dash = || dashes.next().unwrap_or_default();
    for queue in run.other_queues() {
        let name = format!("The base, calls to {}", sentence::named(queue));
        more(name, dash(), still(&run.waits_in(base, queue)));
    }
    for other in runs.iter().skip(1) {
        let view = other.base().view.as_deref().unwrap_or_default();
        let name = format!("The base under view {}", sentence::named(view));
        more(name, dash(), still(&other.waits_of(base)));
    }
    rows.sort_by(|a, b| b.beyond[0].unwrap_or(0.0).total_cmp(&a.beyond[0].unwrap_or(0.0)));
    rows
}

/// Sets names with a sample of their line and the figures at two waits.
fn figures(sheet: &mut Sheet, panel: &Panel, rows: &[Row], names: &[Vec<String>], within: f64) {
    let page = &mut sheet.page;
    let columns = [WIDTH - MARGIN - 54.0, WIDTH - MARGIN];
    let left = panel.right() + 26.0;
    let heading = Type::of(AXIS).colour(MUTED);
    let top = panel.corner.1 + 4.0;
    page.text(left, top, heading, "Share waiting longer than");
    for (x, wait) in columns.iter().zip([within, LONG]) {
        page.text(*x, top, heading.anchor(Anchor::End), &sentence::time(wait));
    }
    page.line((left, top + 7.0), (WIDTH - MARGIN, top + 7.0), MUTED, 0.8, "");
    let mut y = top + 12.0;
    for (row, lines) in rows.iter().zip(names) {
        let height = height(lines, rows.len());
        let middle = y + height / 2.0;
        page.line((left, middle), (left + 30.0, middle), row.colour, row.width(), row.dash);
        page.centred(left + 38.0, middle, row.look(), lines);
        for (x, share) in columns.iter().zip(row.beyond) {
            let text = share.map_or_else(|| "–".to_owned(), |share| sentence::short_share(share, None));
            page.centred(*x, middle, row.look().anchor(Anchor::End), &[text]);
        }
        y += height;
    }
}

fn still(waits: &[&Wait]) -> Curve {
    waits.iter().map(|w| (w.wait, w.still)).collect()
}

fn never(waits: &[&Wait]) -> Curve {
    waits.iter().filter_map(|w| Some((w.wait, w.never?))).collect()
}

/// The share still waiting after some seconds, between its neighbours; none beyond the curve.
fn at(curve: &Curve, wait: f64) -> Option<f64> {
    let after = curve.iter().position(|p| p.0 >= wait)?;
    let (x1, y1) = curve[after];
    if x1 == wait {
        return Some(y1);
    }
    let (x0, y0) = *curve.get(after.checked_sub(1)?)?;
    Some(y0 + (y1 - y0) * (wait - x0) / (x1 - x0))
}

/// A curve up to the end of the axis.
fn clipped(curve: &Curve, longest: f64) -> Curve {
    let mut part: Curve = curve.iter().copied().filter(|p| p.0 < longest).collect();
    part.extend(at(curve, longest).map(|share| (longest, share)));
    part
}

/// Where the axis ends: where few calls wait on in any option, rounded up to half a minute, or ten minutes.
fn longest(curves: &[Curve]) -> f64 {
    let few = |curve: &Curve| curve.iter().find(|p| p.1 < FEW).or(curve.last()).map_or(0.0, |p| p.0);
    let most = curves.iter().map(few).fold(0.0, f64::max);
    (libm::ceil(most / 30.0) * 30.0).clamp(30.0, LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_read_between_its_points() {
        let curve = vec![(0.0, 0.5), (10.0, 0.3), (20.0, 0.2)];
        assert_eq!(at(&curve, 0.0), Some(0.5));
        assert!((at(&curve, 15.0).unwrap() - 0.25).abs() < 1e-12);
        assert_eq!(at(&curve, 21.0), None);
        assert_eq!(at(&Vec::new(), 1.0), None);
    }

    #[test]
    fn the_axis_ends_where_few_wait_or_at_ten_minutes() {
        assert_eq!(longest(&[vec![(0.0, 0.5), (95.0, 0.009), (200.0, 0.001)]]), 120.0);
        assert_eq!(longest(&[vec![(0.0, 0.5), (900.0, 0.2)]]), 600.0);
    }
}
