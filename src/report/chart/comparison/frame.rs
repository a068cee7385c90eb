//! What stands around the rows of the comparison: headings, groups of columns, the key of the marks.

use super::{Column, FIGURE, GAP, MEASURES, mark};
use crate::report::chart::layout::{AXIS, LABEL, MARGIN, Sheet};
use crate::report::chart::page::{Mark, Type};
use crate::report::chart::palette::{INK, MUTED};
use crate::report::chart::panel::Panel;
use crate::report::chart::run::Run;
use crate::report::stored::{Comparison, Verdict};

/// A column's title and direction.
pub(super) fn head(sheet: &mut Sheet, column: &Column<'_>, panel: &Panel) {
    let room = panel.size.0 + FIGURE;
    let look = Type::of(LABEL).bold();
    let lines = look.wrap(column.title, room, 2);
    let y = panel.corner.1 - 26.0 - (lines.len() as f64 - 1.0) * look.leading();
    sheet.page.lines(panel.corner.0, y, look, &lines);
    let better = match column.better {
        "higher" => "higher is better",
        "lower" => "lower is better",
        _ => "",
    };
    sheet.page.text(panel.corner.0, panel.corner.1 - 9.0, Type::of(AXIS - 1.0).colour(MUTED), better);
}

/// "Callers" and "Staff" above their columns.
pub(super) fn groups(sheet: &mut Sheet, columns: &[Column<'_>], start: f64, width: f64) {
    for (callers, name) in [(true, "CALLERS"), (false, "STAFF")] {
        let places: Vec<usize> =
            columns.iter().enumerate().filter(|(_, c)| c.callers == callers).map(|(i, _)| i).collect();
        let (Some(first), Some(last)) = (places.first(), places.last()) else { continue };
        let left = start + *first as f64 * (width + GAP);
        let right = start + *last as f64 * (width + GAP) + width;
        let y = sheet.top + 6.0;
        sheet.page.text(left, y, Type::of(AXIS - 1.0).bold().colour(MUTED), name);
        sheet.page.line((left, y + 5.0), (right, y + 5.0), INK, 1.0, "");
    }
}

/// The key of the marks that occur.
pub(super) fn marks(runs: &[&Run], sheet: &mut Sheet, y: f64) {
    if runs[0].options.len() == 1 {
        return;
    }
    let mut used = vec![(Mark::Square, "the base")];
    for (verdict, text) in [
        (Verdict::Better, "better"),
        (Verdict::Worse, "worse"),
        (Verdict::NoMatter, "no difference that matters"),
        (Verdict::CannotBeTold, "cannot be told"),
        (Verdict::None, "not judged better or worse"),
    ] {
        let shown = |c: &Comparison| MEASURES.iter().any(|m| m.0 == c.measure) && c.verdict == verdict;
        let occurs = |run: &Run| {
            run.options
                .iter()
                .any(|o| MEASURES.iter().any(|m| run.comparison(&o.name, m.0).is_some_and(shown)))
        };
        if runs.iter().any(|run| occurs(run)) {
            used.push((mark(verdict), text));
        }
    }
    let look = Type::of(AXIS);
    let mut x = MARGIN + 6.0;
    for (mark, text) in used {
        sheet.page.mark((x, y), mark, 5.0, INK);
        sheet.page.centred(x + 12.0, y, look, &[text.to_owned()]);
        x += 12.0 + look.width(text) + 24.0;
    }
}
