//! Survival of waits: the share of calls still waiting after a time, by option, and what a caller who never
//! gave up would meet.

use super::label::{Wish, push_apart};
use super::layout::{AXIS, LABEL, MARGIN, Sheet, WIDTH};
use super::page::{Anchor, Mark, Type};
use super::palette::{FAINT, INK, MUTED};
use super::panel::{Panel, Stroke};
use super::run::Run;
use super::{Chart, ChartError, axis};
use crate::report::sentence;
use crate::report::stored::{Verdict, Wait};

const NAME: &str = "survival-of-waits";
const HEIGHT: f64 = 430.0;
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

/// A curve's points: seconds, share still waiting.
type Curve = Vec<(f64, f64)>;

/// Draws the chart.
pub(super) fn draw(run: &Run) -> Result<Chart, ChartError> {
    let curves: Vec<Curve> = run.options.iter().map(|o| still(&run.waits_of(&o.name))).collect();
    if curves[0].is_empty() {
        return Ok(Sheet::empty(NAME, "No waits were recorded for the base", &run.source()));
    }
    let within = run.target().map_or(NO_TARGET, |t| t.within_s);
    let longest = longest(&curves).max(within * 1.5);
    let mut sheet = Sheet::new(title(run, &curves, within), subtitle(run, longest), &run.source(), HEIGHT);
    let left = MARGIN + 46.0;
    let highest = curves.iter().flatten().map(|p| p.1).fold(0.0, f64::max);
    let panel = Panel {
        corner: (left, sheet.top + 22.0),
        size: (WIDTH - MARGIN - NAMES - left, HEIGHT - 22.0 - 46.0),
        across: (0.0, longest),
        up: (0.0, axis::round_up(highest.max(0.05) * 100.0, 5).min(100.0) / 100.0),
    };
    let page = &mut sheet.page;
    let heading = Type::of(AXIS).colour(MUTED);
    page.text(MARGIN, sheet.top + 6.0, heading, "Calls still waiting");
    panel.rise(page, &axis::shares(0.0, panel.up.1, 5), Type::of(AXIS))?;
    let singled = run.singled_out();
    for (_, curve) in curves.iter().enumerate().skip(1).filter(|(place, _)| !singled.contains(place)) {
        panel.lines(page, Stroke { colour: FAINT, width: 1.0, dash: "" }, &[clipped(curve, longest)])?;
    }
    if run.target().is_some() {
        let line = vec![vec![(within, 0.0), (within, panel.up.1)]];
        panel.lines(page, Stroke { colour: INK, width: 1.0, dash: "" }, &line)?;
        let text = format!("target: {}", sentence::time(within));
        let look = Type::of(LABEL).halo();
        page.text(panel.x(within) + 5.0, panel.corner.1 + LABEL, look, &text);
    }
    let patient = never(&run.waits_of(&run.base().name));
    let base = run.ink(0);
    panel.lines(
        page,
        Stroke { colour: base.colour, width: 1.5, dash: PATIENT },
        &[clipped(&patient, longest)],
    )?;
    for place in singled.iter().rev().chain([&0]) {
        let ink = run.ink(*place);
        let width = if *place == 0 { 2.75 } else { 1.75 };
        let line = [clipped(&curves[*place], longest)];
        panel.lines(page, Stroke { colour: ink.colour, width, dash: ink.dash }, &line)?;
        if let Some(share) = at(&curves[*place], within) {
            page.mark((panel.x(within), panel.y(share)), Mark::Dot, 3.5, ink.colour);
        }
    }
    panel.run(page, &axis::waits(longest, 7), Type::of(AXIS));
    let middle = panel.corner.0 + panel.size.0 / 2.0;
    page.text(middle, panel.bottom() + 40.0, heading.anchor(Anchor::Middle), "Waited longer than");
    let rows = rows(run, &curves, &patient, &singled, within);
    figures(&mut sheet, &panel, &rows, within);
    Ok(sheet.finish(NAME, &words(run, &curves, within)))
}

/// A line of the table at the right.
struct Row {
    name: String,
    colour: plotters::style::RGBColor,
    dash: &'static str,
    width: f64,
    bold: bool,
    /// Beyond the target and beyond [`LONG`].
    beyond: [Option<f64>; 2],
}

fn rows(run: &Run, curves: &[Curve], patient: &Curve, singled: &[usize], within: f64) -> Vec<Row> {
    let beyond = |curve: &Curve| [at(curve, within), at(curve, LONG)];
    let mut rows: Vec<Row> = [&0]
        .into_iter()
        .chain(singled)
        .map(|place| {
            let ink = run.ink(*place);
            Row {
                name: run.options[*place].name.clone(),
                colour: ink.colour,
                dash: ink.dash,
                width: if *place == 0 { 2.75 } else { 1.75 },
                bold: *place == 0,
                beyond: beyond(&curves[*place]),
            }
        })
        .collect();
    if !patient.is_empty() {
        let name = "The base, for a caller who never gives up".to_owned();
        let colour = run.ink(0).colour;
        rows.push(Row { name, colour, dash: PATIENT, width: 1.5, bold: false, beyond: beyond(patient) });
    }
    // From the longest waits to the shortest, as the curves lie.
    rows.sort_by(|a, b| b.beyond[0].unwrap_or(0.0).total_cmp(&a.beyond[0].unwrap_or(0.0)));
    let faint = run.options.len() - 1 - singled.len();
    if faint > 0 {
        let name =
            format!("{} other {}", sentence::count(faint), if faint == 1 { "option" } else { "options" });
        rows.push(Row { name, colour: FAINT, dash: "", width: 1.0, bold: false, beyond: [None, None] });
    }
    rows
}

/// Sets names with a sample of their line and the figures at two waits.
fn figures(sheet: &mut Sheet, panel: &Panel, rows: &[Row], within: f64) {
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
    let text = left + 38.0;
    let look = |row: &Row| if row.bold { Type::of(LABEL).bold() } else { Type::of(LABEL) };
    let lines: Vec<Vec<String>> =
        rows.iter().map(|r| look(r).wrap(&r.name, columns[0] - 42.0 - text, 4)).collect();
    let wishes: Vec<Wish> =
        lines.iter().map(|l| Wish { at: top + 8.0, height: l.len() as f64 * LABEL * 1.25 + 10.0 }).collect();
    let middles = push_apart(&wishes, top + 10.0, panel.bottom());
    for ((row, lines), y) in rows.iter().zip(&lines).zip(middles) {
        page.line((left, y), (left + 30.0, y), row.colour, row.width, row.dash);
        let look = look(row);
        page.centred(text, y, look, lines);
        for (x, share) in columns.iter().zip(row.beyond) {
            if let Some(share) = share {
                page.centred(*x, y, look.anchor(Anchor::End), &[sentence::short_share(share, None)]);
            }
        }
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

fn title(run: &Run, curves: &[Curve], within: f64) -> String {
    let name = sentence::named(&run.base().name);
    let Some(share) = at(&curves[0], within) else {
        return format!("How long calls wait with {name}");
    };
    let long = at(&curves[0], LONG).filter(|_| within < LONG).map_or_else(String::new, |share| {
        format!(" and {} more than {}", sentence::share(share, None), sentence::time(LONG))
    });
    // Another option is named only where the comparison of service levels tells it from the base.
    let told = |place: &usize| {
        let comparison = run.comparison(&run.options[*place].name, "service_level")?;
        let shown = comparison.shows(Verdict::Better) || comparison.shows(Verdict::Worse);
        shown.then_some((*place, comparison.difference.abs()))
    };
    let other = (1..run.options.len())
        .filter_map(|p| told(&p))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    let other = other.and_then(|(place, _)| Some((place, at(&curves[place], within)?)));
    let other = other.map_or_else(String::new, |(place, share)| {
        let share = sentence::share(share, None);
        format!(
            "; with {}, {share} wait more than {}",
            sentence::named(&run.options[place].name),
            sentence::time(within)
        )
    });
    format!(
        "With {name}, {} of calls wait more than {}{long}{other}",
        sentence::share(share, None),
        sentence::time(within)
    )
}

fn subtitle(run: &Run, longest: f64) -> String {
    let cut = if longest >= LONGEST { " Longer waits than 10 min are left out." } else { "" };
    format!(
        "{}{}Share of all calls offered; those who hang up count until they do.{cut}",
        run.choice(),
        run.selection("Named")
    )
}

fn words(run: &Run, curves: &[Curve], within: f64) -> String {
    let figures: Vec<String> = run
        .options
        .iter()
        .zip(curves)
        .map(|(option, curve)| {
            let shares: Vec<String> = [within, 60.0, LONG, 300.0]
                .into_iter()
                .filter_map(|wait| Some((wait, at(curve, wait)?)))
                .map(|(wait, share)| {
                    format!("{} over {}", sentence::share(share, None), sentence::time(wait))
                })
                .collect();
            format!("{}: {}", option.name, shares.join(", "))
        })
        .collect();
    format!("{}.", figures.join("; "))
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
