//! Names at the right of a panel, each level with the line it names as far as there is room, and tied to it.

use plotters::style::RGBColor;

use super::label::{Wish, push_apart};
use super::page::{Page, Type};
use super::palette::legible;
use super::panel::Panel;

/// A name for a line of a panel.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// Where the line ends, in the units of the panel.
    pub(super) end: (f64, f64),
    /// The name, which may be long.
    pub(super) text: String,
    /// Of the name and of its tie.
    pub(super) colour: RGBColor,
    /// Whether the name is bold.
    pub(super) bold: bool,
}

/// Between the panel and the names.
const GAP: f64 = 34.0;
/// Above and below each name.
const SPACE: f64 = 5.0;

/// Sets names beside a panel, in the room between its right edge and `right`.
pub(super) fn names(page: &mut Page, panel: &Panel, right: f64, size: f64, names: &[Name]) {
    let left = panel.right() + GAP;
    let look = |name: &Name| if name.bold { Type::of(size).bold() } else { Type::of(size) };
    let texts: Vec<Vec<String>> = names.iter().map(|n| look(n).wrap(&n.text, right - left, 4)).collect();
    let wishes: Vec<Wish> = names
        .iter()
        .zip(&texts)
        .map(|(n, t)| Wish { at: panel.y(n.end.1), height: t.len() as f64 * look(n).leading() + SPACE })
        .collect();
    let middles = push_apart(&wishes, panel.corner.1 - 10.0, panel.bottom() + 10.0);
    for ((name, text), middle) in names.iter().zip(&texts).zip(middles) {
        let start = (panel.x(name.end.0), panel.y(name.end.1));
        let bend = (panel.right() + GAP - 18.0, middle);
        page.line((start.0 + 3.0, start.1), bend, name.colour, 0.8, "");
        page.line(bend, (left - 4.0, middle), name.colour, 0.8, "");
        page.centred(left, middle, look(name).colour(legible(name.colour)), text);
    }
}
