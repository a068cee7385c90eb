//! The sheet of weekdays: figures of the whole centre and of each queue, team and site of several, with what they differ
//! from the base's. It has the figures by which options are compared on each weekday; all others, several times as many,
//! are in `weekdays.csv` alone, since a sheet of tens of thousands of rows helps nobody and takes long to pack.

use super::figures::{DIFFERENCE, ESTIMATE, MEASURE, OPTION, columns, difference, estimate, meant, view};
use super::sheet::{Cell, Sheet};
use crate::experiment::ALWAYS_BY_WEEKDAY;
use crate::report::stored::{
    Difference, Estimate, Named, OptionResult, Results, WeekdayDifferences, WeekdayResult,
};
use rust_xlsxwriter::{Workbook, XlsxError};
use std::collections::BTreeSet;

/// Columns of the interval of a difference that holds together with those of the other weekdays.
const TOGETHER: [(&str, u8); 3] = [
    ("95% interval of all weekdays together, low", 14),
    ("95% interval of all weekdays together, high", 14),
    ("Verdict, of all weekdays together", 26),
];

/// A queue, team or site, named in its own column, and its figures with their differences.
struct Part<'a> {
    names: [&'a str; 3],
    measures: &'a Named<Estimate>,
    differences: Option<&'a Named<Difference>>,
}

/// Figures by weekday.
pub(super) fn weekdays(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    let own = [("Weekday", 12), ("Queue", 24), ("Team", 24), ("Site", 24)];
    let columns = columns(&[&OPTION, &own, &MEASURE, &ESTIMATE, &DIFFERENCE, &TOGETHER]);
    let mut sheet = Sheet::new(book, "Weekdays", &columns)?;
    let shown = shown(results);
    for option in &results.options {
        let compared = results.comparisons.iter().find(|c| c.option == option.name && c.view == option.view);
        for day in &option.weekdays {
            let against = compared.and_then(|c| c.weekdays.iter().find(|one| one.weekday == day.weekday));
            for part in parts(day, against) {
                rows(&mut sheet, results, &shown, (option, day), &part)?;
            }
        }
    }
    sheet.filtered()
}

/// The measures by which any options are compared on each weekday.
fn shown(results: &Results) -> BTreeSet<&str> {
    let days = results.comparisons.iter().flat_map(|compared| &compared.weekdays);
    let compared = days.flat_map(|day| {
        let places = [&day.queues, &day.teams, &day.sites].into_iter().flat_map(|places| places.iter());
        let of_places = places.flat_map(|(_, place)| place.measures.iter());
        day.measures.iter().chain(of_places).map(|(id, _)| id)
    });
    ALWAYS_BY_WEEKDAY.into_iter().chain(compared).collect()
}

/// The centre, then queues, teams and sites.
fn parts<'a>(day: &'a WeekdayResult, against: Option<&'a WeekdayDifferences>) -> Vec<Part<'a>> {
    let centre =
        Part { names: [""; 3], measures: &day.measures, differences: against.map(|one| &one.measures) };
    let kinds = [
        (&day.queues, against.map(|one| &one.queues)),
        (&day.teams, against.map(|one| &one.teams)),
        (&day.sites, against.map(|one| &one.sites)),
    ];
    let mut all = vec![centre];
    for (kind, (named, against)) in kinds.into_iter().enumerate() {
        all.extend(named.iter().map(|(name, part)| {
            let mut names = [""; 3];
            names[kind] = name;
            let differences = against.and_then(|places| places.get(name)).map(|place| &place.measures);
            Part { names, measures: &part.measures, differences }
        }));
    }
    all
}

fn rows(
    sheet: &mut Sheet<'_>,
    results: &Results,
    shown: &BTreeSet<&str>,
    (option, day): (&OptionResult, &WeekdayResult),
    part: &Part<'_>,
) -> Result<(), XlsxError> {
    for (id, e) in part.measures.iter().filter(|(id, _)| shown.contains(id)) {
        let (title, unit) = meant(results, id);
        let mut cells = vec![Cell::Text(&option.name), Cell::Text(view(option)), Cell::Text(&day.weekday)];
        cells.extend(part.names.map(Cell::Text));
        cells.extend([Cell::Text(title), Cell::Text(id)]);
        cells.extend(estimate(unit, e));
        if let Some(d) = part.differences.and_then(|all| all.get(id)) {
            let (low, high) = d.together().unzip();
            cells.extend(difference(unit, d));
            let verdict = Cell::Text(d.verdict_together.as_deref().unwrap_or_default());
            cells.extend([Cell::Change(unit, low), Cell::Change(unit, high), verdict]);
        }
        sheet.row(&cells)?;
    }
    Ok(())
}
