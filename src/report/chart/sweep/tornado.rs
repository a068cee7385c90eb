//! How far numbers that may be off move one figure: a bar each, from the one end of its range to the other, the widest first.

use super::super::Chart;
use super::super::layout::{AXIS, LABEL, MARGIN, Sheet, WIDTH};
use super::super::page::{Anchor, Page, Type};
use super::super::palette::{INK, MUTED, STRIPE, ink};
use super::super::panel::Panel;
use super::scale;
use crate::report::sentence::{self, Unit};
use crate::report::sweep::words::value;
use crate::report::sweep::{Bar, SweptPoint, Tornado, change};

const NAME: &str = "what-the-inputs-move";
/// Room at the left for the inputs' paths.
const NAMES: f64 = 330.0;
const ROW: f64 = 56.0;
/// Height of a bar.
const THICK: f64 = 13.0;

/// Draws the chart.
pub(super) fn draw(tornado: &Tornado) -> Chart {
    let source = format!(
        "{} · {} replications of every end, seed {} · answerable {}",
        sentence::shortened(&tornado.scenario, 70),
        sentence::number(f64::from(tornado.replications), 0),
        tornado.seed,
        tornado.version
    );
    let height = 30.0 + ROW * tornado.bars.len() as f64 + 48.0;
    let mut sheet = Sheet::new(tornado.finding.clone(), subtitle(tornado), &source, height);
    let unit = Unit::parse(&tornado.unit);
    let ends = tornado.bars.iter().flat_map(|bar| &bar.changes).flat_map(reach).chain([0.0]);
    let (low, high) = scale::room(unit, ends, true);
    // Letters stand beside the bars.
    let air = 0.13 * (high - low);
    let left = MARGIN + NAMES;
    let panel = Panel {
        corner: (left, sheet.top + 8.0),
        size: (WIDTH - MARGIN - left, ROW * tornado.bars.len() as f64),
        across: (low - air, high + air),
        up: (0.0, 1.0),
    };
    let page = &mut sheet.page;
    for (row, bar) in tornado.bars.iter().enumerate() {
        let top = panel.corner.1 + row as f64 * ROW;
        if row % 2 == 0 {
            page.rectangle((MARGIN, top), (WIDTH - 2.0 * MARGIN, ROW), STRIPE);
        }
        one(page, tornado, &panel, bar, top + ROW / 2.0);
    }
    page.line((panel.x(0.0), panel.corner.1), (panel.x(0.0), panel.bottom()), INK, 1.2, "");
    let muted = Type::of(AXIS).colour(MUTED);
    panel.run(page, &scale::measure(unit, panel.across, true), Type::of(AXIS));
    let middle = panel.corner.0 + panel.size.0 / 2.0;
    let what = match unit.of_difference() {
        "" => format!("What changes: {}", tornado.title.to_lowercase()),
        name => format!("What changes: {}, {name}", tornado.title.to_lowercase()),
    };
    page.text(middle, panel.bottom() + 40.0, muted.anchor(Anchor::Middle), &what);
    sheet.finish(NAME, &words(tornado, unit))
}

fn reach(point: &SweptPoint) -> Vec<f64> {
    point.mean.into_iter().chain(point.ci95.into_iter().flatten()).collect()
}

fn subtitle(tornado: &Tornado) -> String {
    let view =
        tornado.view.as_ref().map_or_else(String::new, |view| format!("View {}. ", sentence::named(view)));
    format!(
        "{view}One number at a time, at both ends of its range, all else as it stands, on the same days. Thin lines: 95% \
         intervals, each for itself."
    )
}

/// One number: its path, what it is now, and a bar to either end with its interval.
fn one(page: &mut Page, tornado: &Tornado, panel: &Panel, bar: &Bar, middle: f64) {
    let input = &bar.input;
    let shown = |at: f64| value(input, &tornado.currency, at);
    let look = Type::of(LABEL);
    let mut lines = look.wrap(&input.path, NAMES - 24.0, 2);
    let now =
        input.own.first().copied().flatten().map_or_else(String::new, |own| format!("now {}", shown(own)));
    let option = match tornado.bars.iter().any(|other| other.option != bar.option) {
        true => format!(", in {}", sentence::shortened(&bar.option, 34)),
        false => String::new(),
    };
    lines.push(format!("{now}{option}"));
    let first = middle - (lines.len() as f64 - 1.0) / 2.0 * look.leading() + 0.35 * LABEL;
    for (number, line) in lines.iter().enumerate() {
        let look = if number + 1 == lines.len() { Type::of(AXIS).colour(MUTED) } else { look.colour(INK) };
        page.text(MARGIN + 8.0, first + number as f64 * look.leading(), look, line);
    }
    for (end, change) in bar.changes.iter().enumerate() {
        let Some(mean) = change.mean else { continue };
        // The lower value above, the higher below, so that bars to the same side do not hide each other.
        let y = middle + if end == 0 { -THICK / 2.0 - 1.0 } else { THICK / 2.0 + 1.0 };
        let (from, to) = (panel.x(mean.min(0.0)), panel.x(mean.max(0.0)));
        let colour = ink(if end == 0 { 5 } else { 0 }).colour;
        page.rectangle((from, y - THICK / 2.0), (to - from, THICK), colour);
        let mut edge = panel.x(mean);
        if let Some([low, high]) = change.ci95 {
            page.line((panel.x(low), y), (panel.x(high), y), INK, 1.4, "");
            for at in [low, high] {
                page.line((panel.x(at), y - 3.5), (panel.x(at), y + 3.5), INK, 1.4, "");
            }
            edge = if mean < 0.0 { panel.x(low) } else { panel.x(high) };
        }
        let (anchor, aside) = if mean < 0.0 { (Anchor::End, -6.0) } else { (Anchor::Start, 6.0) };
        page.centred(edge + aside, y, Type::of(AXIS).anchor(anchor).halo(), &[shown(input.values[end])]);
    }
}

fn words(tornado: &Tornado, unit: Unit) -> String {
    let of = |bar: &Bar| {
        let at = |end: usize| {
            let shown = value(&bar.input, &tornado.currency, bar.input.values[end]);
            format!("{shown}: {}", change(unit, &bar.changes[end]))
        };
        format!("{}: {}; {}.", bar.input.path, at(0), at(1))
    };
    tornado.bars.iter().map(of).collect::<Vec<_>>().join(" ")
}
