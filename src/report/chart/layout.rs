//! The sheet all charts share: a finding as title, what is shown below it, the drawing, the source at the
//! foot. Heights follow from the text, so that nothing is clipped however long a name is.

use super::Chart;
use super::page::{Page, Type};
use super::palette::{INK, MUTED};

/// Width of every chart, in units of which 900 make 17 cm in print.
pub(super) const WIDTH: f64 = 900.0;
/// Left and right of everything.
pub(super) const MARGIN: f64 = 28.0;
/// Labels within a drawing.
pub(super) const LABEL: f64 = 13.0;
/// Labels at axes.
pub(super) const AXIS: f64 = 12.0;

const TITLE: f64 = 19.0;
const SUBTITLE: f64 = 13.0;
const FOOT: f64 = 11.0;
/// Longer titles than this many lines are cut.
const TITLE_LINES: usize = 5;

/// A sheet whose words are set and whose drawing is still to come.
pub(super) struct Sheet {
    /// The page to draw on.
    pub(super) page: Page,
    /// Where the drawing begins.
    pub(super) top: f64,
    /// Where the drawing ends.
    pub(super) bottom: f64,
    title: String,
    subtitle: String,
}

impl Sheet {
    /// Sets title, subtitle and source around room of a given height for the drawing.
    pub(super) fn new(title: String, subtitle: String, source: &str, height: f64) -> Sheet {
        let room = WIDTH - 2.0 * MARGIN;
        let (head, sub, foot) = (Type::of(TITLE).bold(), Type::of(SUBTITLE), Type::of(FOOT));
        let head_lines = head.wrap(&title, room, TITLE_LINES);
        let sub_lines = sub.wrap(&subtitle, room, 6);
        let foot_lines = foot.wrap(source, room, 3);
        let head_y = 24.0 + TITLE;
        let sub_y = head_y + (head_lines.len() as f64 - 1.0) * head.leading() + 10.0 + SUBTITLE;
        let top = sub_y + (sub_lines.len() as f64 - 1.0) * sub.leading() + 18.0;
        let bottom = top + height;
        let foot_y = bottom + 12.0 + FOOT;
        let mut page = Page::new(WIDTH, (foot_y + foot_lines.len() as f64 * foot.leading() + 4.0).ceil());
        page.lines(MARGIN, head_y, head.colour(INK), &head_lines);
        page.lines(MARGIN, sub_y, sub.colour(MUTED), &sub_lines);
        page.lines(MARGIN, foot_y, foot.colour(MUTED), &foot_lines);
        Sheet { page, top, bottom, title, subtitle }
    }

    /// The finished chart; `words` says in full what the drawing shows, for those who cannot see it.
    pub(super) fn finish(self, kind: &'static str, words: &str) -> Chart {
        let description = format!("{} {words}", self.subtitle).trim().to_owned();
        let svg = self.page.finish(&self.title, &description);
        Chart { kind, name: kind.to_owned(), view: None, title: self.title, description, svg }
    }

    /// A sheet that says why there is nothing to draw.
    pub(super) fn empty(kind: &'static str, why: &str, source: &str) -> Chart {
        let mut sheet = Sheet::new(why.to_owned(), String::new(), source, 40.0);
        let at = (sheet.top + sheet.bottom) / 2.0;
        sheet.page.text(MARGIN, at, Type::of(LABEL).colour(MUTED), "Nothing to draw.");
        sheet.finish(kind, "")
    }
}
