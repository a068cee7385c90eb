//! What a verdict on which two views differ turns on: the figure as under each view, and with each single input switched to
//! the other view's value, on either side of where the verdict changes.

use super::super::Chart;
use super::super::layout::{AXIS, LABEL, MARGIN, Sheet, WIDTH};
use super::super::page::{Anchor, Mark, Page, Type};
use super::super::palette::{FAINT, INK, MUTED, STRIPE, ink, legible};
use super::super::panel::Panel;
use super::scale;
use crate::report::agreement::{Agreed, AgreedInput, Charted, Disputed, figure, finding, titled};
use crate::report::sentence::{self, Unit};
use crate::report::sweep::SweptPoint;
use crate::report::sweep::words::value;

/// Room at the left for the inputs' paths.
const NAMES: f64 = 330.0;
/// Height of an input's row, with a point from either view, and of a view's own.
const ROW: f64 = 58.0;
const END: f64 = 38.0;
/// Above the rows: what the line is, and the verdicts to both sides of it.
const HEAD: f64 = 44.0;
/// Below them: the axis with its title, and the key.
const FOOT: f64 = 94.0;
/// Between the two points of an input.
const APART: f64 = 22.0;

/// How what starts from either view is drawn: told apart by shape as well as by colour.
const MARKS: [(Mark, usize, &str); 2] = [(Mark::Dot, 0, "6 3"), (Mark::Square, 1, "2 3")];

/// Draws the chart.
pub(super) fn draw(charted: &Charted<'_>, scenario: &str) -> Chart {
    let (agreed, one) = (charted.agreed, charted.disputed);
    let source = format!(
        "{} · {} replications of every setting, seed {} · answerable {}",
        sentence::shortened(scenario, 70),
        sentence::number(f64::from(agreed.replications), 0),
        agreed.seed,
        agreed.version
    );
    let rows = ROW * one.alone.len() as f64 + 2.0 * END;
    let title = finding(agreed, one).trim_end_matches('.').to_owned();
    let mut sheet = Sheet::new(title, subtitle(agreed, one), &source, HEAD + rows + FOOT);
    let unit = Unit::parse(&one.unit);
    let all = one.ends.iter().chain(one.alone.iter().flat_map(|alone| &alone.found)).flat_map(reach);
    let (low, high) = scale::room(unit, all.chain([one.level]), !one.target);
    // Words stand beside the points.
    let air = 0.14 * (high - low);
    let left = MARGIN + NAMES;
    let first = sheet.top + HEAD;
    let panel = Panel {
        corner: (left, first),
        size: (WIDTH - MARGIN - left, rows),
        across: (low - air, high + air),
        up: (0.0, 1.0),
    };
    let page = &mut sheet.page;
    for row in (0..one.alone.len()).step_by(2) {
        let top = first + END + row as f64 * ROW;
        page.rectangle((MARGIN, top), (WIDTH - 2.0 * MARGIN, ROW), STRIPE);
    }
    level(page, &panel, agreed, one);
    let middles = [first + END / 2.0, panel.bottom() - END / 2.0];
    for (view, middle) in middles.into_iter().enumerate() {
        guide(page, &panel, one, view);
        let look = Type::of(LABEL).bold();
        let name = format!("All as under {}", sentence::named(&agreed.views[view]));
        page.centred(MARGIN + 8.0, middle, look, &look.wrap(&name, NAMES - 24.0, 2));
        point(page, &panel, (&one.ends[view], view), middle, None);
    }
    for (row, (input, alone)) in agreed.inputs.iter().zip(&one.alone).enumerate() {
        let middle = first + END + (row as f64 + 0.5) * ROW;
        label(page, agreed, input, middle);
        for (view, found) in alone.found.iter().enumerate() {
            let y = middle + (view as f64 - 0.5) * APART;
            if let (Some(from), Some(to)) = (one.ends[view].mean, found.mean) {
                page.line((panel.x(from), y), (panel.x(to), y), FAINT, 2.0, "");
            }
            point(page, &panel, (found, view), y, alone.turns[view].then_some(one.level));
        }
    }
    panel.run(page, &scale::measure(unit, panel.across, !one.target), Type::of(AXIS));
    let muted = Type::of(AXIS).colour(MUTED);
    let what = scale::heading(&titled(&one.title, &one.measure), unit, !one.target, &agreed.currency);
    let middle = panel.corner.0 + panel.size.0 / 2.0;
    page.text(middle, panel.bottom() + 38.0, muted.anchor(Anchor::Middle), &what);
    key(page, agreed, panel.bottom() + 60.0);
    Chart { name: charted.name.clone(), ..sheet.finish(Charted::KIND, &words(agreed, one)) }
}

fn reach(point: &SweptPoint) -> Vec<f64> {
    point.mean.into_iter().chain(point.ci95.into_iter().flatten()).collect()
}

fn subtitle(agreed: &Agreed, one: &Disputed) -> String {
    let [first, second] = [0, 1].map(|i| sentence::named(&agreed.views[i]));
    let (title, base) = (titled(&one.title, &one.measure), sentence::named(&agreed.baseline));
    let subject = match one.target {
        true => format!("{title}: {base} against its target"),
        false => format!("{title}: {} less {base}", sentence::named(&one.option)),
    };
    format!(
        "{subject}. Under {first} the verdict is “{}”, under {second} “{}”. Each input alone is switched to the other view’s \
         value, from either view. Lines across points: 95% intervals, each for itself.",
        one.verdicts[0], one.verdicts[1]
    )
}

/// Where the verdict changes: a line, what it is, and the verdict on either side.
fn level(page: &mut Page, panel: &Panel, agreed: &Agreed, one: &Disputed) {
    let x = panel.x(one.level);
    page.line((x, panel.corner.1 - 6.0), (x, panel.bottom()), INK, 1.4, "");
    let unit = Unit::parse(&one.unit);
    let what = match (one.target, one.level == 0.0) {
        (true, _) => format!("target {}", unit.figure(one.level, None)),
        (false, true) => "no difference".to_owned(),
        (false, false) => "the least difference that matters".to_owned(),
    };
    let look = Type::of(AXIS).colour(MUTED);
    // Within the page, however near the line is to an edge.
    let half = look.width(&what) / 2.0;
    let at = x.min(WIDTH - MARGIN - half);
    page.text(at, panel.corner.1 - 30.0, look.anchor(Anchor::Middle), &what);
    let rises = one.ends[0].mean < one.ends[1].mean;
    for (view, verdict) in one.verdicts.iter().enumerate() {
        let below = (view == 0) == rises;
        let (anchor, aside) = if below { (Anchor::End, -9.0) } else { (Anchor::Start, 9.0) };
        let look = Type::of(AXIS).bold().colour(legible(ink(MARKS[view].1).colour));
        let room = if below { x - 9.0 - MARGIN } else { WIDTH - MARGIN - x - 9.0 };
        let whole = format!("{verdict} ({})", sentence::shortened(&agreed.views[view], 20));
        let words = if look.width(&whole) < room { &whole } else { verdict };
        let line = look.wrap(words, room, 1);
        page.lines(x + aside, panel.corner.1 - 12.0, look.anchor(anchor), &line);
    }
}

/// A faint line down from a view's own figure, so that it is seen how far each input leads from it.
fn guide(page: &mut Page, panel: &Panel, one: &Disputed, view: usize) {
    if let Some(mean) = one.ends[view].mean {
        let x = panel.x(mean);
        page.line((x, panel.corner.1), (x, panel.bottom()), FAINT, 1.2, MARKS[view].2);
    }
}

/// A figure, its interval over it, and where it turns the verdict, beyond that level, a word beside it.
fn point(page: &mut Page, panel: &Panel, (found, view): (&SweptPoint, usize), y: f64, turned: Option<f64>) {
    let (mark, place, _) = MARKS[view];
    let colour = ink(place).colour;
    let Some(mean) = found.mean else {
        let why = found.why.as_deref().unwrap_or("it cannot be had");
        let look = Type::of(AXIS).colour(MUTED);
        page.centred(panel.corner.0 + 8.0, y, look, &look.wrap(why, panel.size.0 - 16.0, 1));
        return;
    };
    let (mut low, mut high) = (mean, mean);
    page.mark((panel.x(mean), y), mark, 5.0, colour);
    // Over the mark, so that an interval narrower than it is seen as well.
    if let Some(ends) = found.ci95 {
        [low, high] = ends;
        page.line((panel.x(low), y), (panel.x(high), y), INK, 1.3, "");
        for at in [low, high] {
            page.line((panel.x(at), y - 4.0), (panel.x(at), y + 4.0), INK, 1.3, "");
        }
    }
    if let Some(level) = turned {
        let look = Type::of(AXIS).bold().halo();
        // Away from the line that leads there: beyond the level, on the far side.
        let (x, anchor) = match mean < level {
            true => (panel.x(low) - 8.0, Anchor::End),
            false => (panel.x(high) + 8.0, Anchor::Start),
        };
        page.centred(x, y, look.anchor(anchor), &["turns it".to_owned()]);
    }
}

/// An input's path and its two values.
fn label(page: &mut Page, agreed: &Agreed, input: &AgreedInput, middle: f64) {
    let look = Type::of(LABEL);
    let mut lines = look.wrap(&input.path, NAMES - 24.0, 2);
    let values = values(agreed, input);
    lines.push(format!("{} or {}", sentence::shortened(&values[0], 22), sentence::shortened(&values[1], 22)));
    let first = middle - (lines.len() as f64 - 1.0) / 2.0 * look.leading() + 0.35 * LABEL;
    for (number, line) in lines.iter().enumerate() {
        let last = number + 1 == lines.len();
        let look = if last { Type::of(AXIS).colour(MUTED) } else { look };
        page.text(MARGIN + 8.0, first + number as f64 * look.leading(), look, line);
    }
}

/// The two values of an input as people say them.
fn values(agreed: &Agreed, input: &AgreedInput) -> [String; 2] {
    [0, 1].map(|view: usize| {
        let number = input.number.as_ref().map(|number| {
            let at = if view == 0 { 0 } else { number.values.len() - 1 };
            value(number, &agreed.currency, number.values[at])
        });
        number.unwrap_or_else(|| input.values[view].clone())
    })
}

fn key(page: &mut Page, agreed: &Agreed, top: f64) {
    let names = [0, 1].map(|view| sentence::shortened(&agreed.views[view], 40));
    for (view, (mark, place, _)) in MARKS.into_iter().enumerate() {
        let y = top + view as f64 * 20.0;
        page.mark((MARGIN + NAMES + 6.0, y), mark, 5.4, ink(place).colour);
        let text = format!("as under {}, but for this input as under {}", names[view], names[1 - view]);
        let look = Type::of(AXIS).colour(MUTED);
        page.centred(
            MARGIN + NAMES + 20.0,
            y,
            look,
            &look.wrap(&text, WIDTH - 2.0 * MARGIN - NAMES - 20.0, 1),
        );
    }
}

fn words(agreed: &Agreed, one: &Disputed) -> String {
    let ends = [0, 1].map(|view| {
        format!("All as under {}: {}.", sentence::named(&agreed.views[view]), figure(one, &one.ends[view]))
    });
    let inputs = agreed.inputs.iter().zip(&one.alone).map(|(input, alone)| {
        let [first, second] = [0, 1].map(|view: usize| {
            let turns = if alone.turns[view] { ", which turns the verdict" } else { "" };
            let from = sentence::named(&agreed.views[view]);
            format!("switched from {from} {}{turns}", figure(one, &alone.found[view]))
        });
        format!("{}: {first}; {second}.", input.path)
    });
    ends.into_iter().chain(inputs).collect::<Vec<_>>().join(" ")
}
