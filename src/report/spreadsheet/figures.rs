//! The sheets of figures: options compared, every figure, the same by queue and by team, and by interval of the day.

use super::sheet::{Cell, Sheet};
use crate::report::sentence::time_of_day;
use crate::report::stored::{Difference, Estimate, FURTHER, Named, OptionResult, Results, Stored};
use rust_xlsxwriter::{Workbook, XlsxError};

/// Columns of an estimate.
pub(super) const ESTIMATE: [(&str, u8); 8] = [
    ("Unit", 8),
    ("Mean", 12),
    ("95% interval, low", 12),
    ("95% interval, high", 12),
    ("Standard deviation between histories", 14),
    ("One history in ten is lower", 13),
    ("One history in ten is higher", 13),
    ("Why there is none", 40),
];

/// What stands at the head of every row about an option.
pub(super) const OPTION: [(&str, u8); 2] = [("Option", 34), ("View", 16)];
pub(super) const MEASURE: [(&str, u8); 2] = [("Figure", 34), ("Identifier", 26)];
/// Columns of a difference.
pub(super) const DIFFERENCE: [(&str, u8); 6] = [
    ("Difference", 12),
    ("95% interval, low", 12),
    ("95% interval, high", 12),
    ("Share of histories in which it is better", 14),
    ("Verdict", 26),
    ("Why there is no interval", 40),
];

pub(super) fn columns(parts: &[&[(&'static str, u8)]]) -> Vec<(&'static str, u8)> {
    parts.concat()
}

pub(super) fn view(option: &OptionResult) -> &str {
    option.view.as_deref().unwrap_or_default()
}

/// An estimate's cells; the unit goes with them.
pub(super) fn estimate<'a>(unit: &'a str, e: &'a Estimate) -> [Cell<'a>; 8] {
    let (low, high) = e.interval().unzip();
    let figure = |value| Cell::Figure(unit, value);
    [
        Cell::Text(unit),
        figure(e.mean),
        figure(low),
        figure(high),
        figure(e.sd),
        figure(e.p10),
        figure(e.p90),
        Cell::Text(e.why.as_deref().unwrap_or_default()),
    ]
}

pub(super) fn difference<'a>(unit: &'a str, d: &'a Difference) -> [Cell<'a>; 6] {
    let (low, high) = d.interval().unzip();
    [
        Cell::Change(unit, d.difference),
        Cell::Change(unit, low),
        Cell::Change(unit, high),
        Cell::Share(d.share_better),
        Cell::Text(d.verdict.as_deref().unwrap_or_default()),
        Cell::Text(d.why.as_deref().unwrap_or_default()),
    ]
}

pub(super) fn meant<'a>(results: &'a Results, id: &'a str) -> (&'a str, &'a str) {
    results.definitions.get(id).map_or((id, ""), |d| (d.title.as_str(), d.unit.as_str()))
}

/// Every option against the base of its view.
pub(super) fn comparison(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    let own = [("Unit", 8), ("Base", 12), ("Option’s own", 12)];
    let mut sheet = Sheet::new(book, "Comparison", &columns(&[&OPTION, &MEASURE, &own, &DIFFERENCE]))?;
    for compared in &results.comparisons {
        let of = |name: &str| results.options.iter().find(|o| o.name == name && o.view == compared.view);
        let mean = |name: &str, id: &str| of(name)?.measures.get(id)?.mean;
        for (id, row) in compared.measures.iter() {
            let (title, unit) = meant(results, id);
            let mut cells = vec![
                Cell::Text(&compared.option),
                Cell::Text(compared.view.as_deref().unwrap_or_default()),
                Cell::Text(title),
                Cell::Text(id),
                Cell::Text(unit),
                Cell::Figure(unit, mean(&compared.baseline, id)),
                Cell::Figure(unit, mean(&compared.option, id)),
            ];
            cells.extend(difference(unit, row));
            sheet.row(&cells)?;
        }
    }
    sheet.filtered()
}

/// Every figure of every option.
pub(super) fn measures(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    let mut sheet = Sheet::new(book, "Measures", &columns(&[&OPTION, &MEASURE, &ESTIMATE]))?;
    for option in &results.options {
        for (id, e) in option.measures.iter() {
            let (title, unit) = meant(results, id);
            let mut cells =
                vec![Cell::Text(&option.name), Cell::Text(view(option)), Cell::Text(title), Cell::Text(id)];
            cells.extend(estimate(unit, e));
            sheet.row(&cells)?;
        }
    }
    sheet.filtered()
}

/// A queue, team or site of an option: its figures, and what they differ from the base's.
type Part<'a> = (&'a str, &'a Named<Estimate>, Option<&'a Named<Difference>>);

/// Every figure of every queue, with its difference from the base's.
pub(super) fn queues(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    by_part(book, results, ("Queues", "Queue"), |option| {
        let against = against(results, option);
        let of = |(name, q)| (name, q, against.and_then(|c| c.queues.get(name)));
        option.queues.iter().map(of).map(|(name, q, d)| (name, &q.measures, d.map(|d| &d.measures))).collect()
    })
}

/// The same of every team.
pub(super) fn teams(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    by_part(book, results, ("Teams", "Team"), |option| {
        let against = against(results, option);
        let of = |(name, t)| (name, t, against.and_then(|c| c.teams.get(name)));
        option.teams.iter().map(of).map(|(name, t, d)| (name, &t.measures, d.map(|d| &d.measures))).collect()
    })
}

/// The same of every site, where there are several.
pub(super) fn sites(book: &mut Workbook, results: &Results) -> Result<(), XlsxError> {
    by_part(book, results, ("Sites", "Site"), |option| {
        let against = against(results, option);
        let of = |(name, s)| (name, s, against.and_then(|c| c.sites.get(name)));
        option.sites.iter().map(of).map(|(name, s, d)| (name, &s.measures, d.map(|d| &d.measures))).collect()
    })
}

fn against<'a>(
    results: &'a Results,
    option: &OptionResult,
) -> Option<&'a crate::report::stored::ComparisonResult> {
    results.comparisons.iter().find(|c| c.option == option.name && c.view == option.view)
}

fn by_part<'a>(
    book: &mut Workbook,
    results: &'a Results,
    (name, part): (&str, &'static str),
    parts: impl Fn(&'a OptionResult) -> Vec<Part<'a>>,
) -> Result<(), XlsxError> {
    let part = [(part, 24)];
    let mut sheet = Sheet::new(book, name, &columns(&[&OPTION, &part, &MEASURE, &ESTIMATE, &DIFFERENCE]))?;
    for option in &results.options {
        for (name, measures, differences) in parts(option) {
            for (id, e) in measures.iter() {
                let (title, unit) = meant(results, id);
                let mut cells = vec![
                    Cell::Text(&option.name),
                    Cell::Text(view(option)),
                    Cell::Text(name),
                    Cell::Text(title),
                    Cell::Text(id),
                ];
                cells.extend(estimate(unit, e));
                if let Some(d) = differences.and_then(|d| d.get(id)) {
                    cells.extend(difference(unit, d));
                }
                sheet.row(&cells)?;
            }
        }
    }
    sheet.filtered()
}

/// Calls, service and staff by interval of the day.
pub(super) fn intervals(book: &mut Workbook, stored: &Stored) -> Result<(), XlsxError> {
    let own = [
        ("Queue", 24),
        ("Weekday", 12),
        ("From", 8),
        ("To", 8),
        ("Calls a day", 10),
        ("Answered in time, calls a day", 12),
        ("Answered in time", 10),
        ("Worst day in ten", 10),
        ("Best day in ten", 10),
        ("Work, in agents kept busy", 12),
        ("Agents rostered", 10),
        ("Agents signed on", 10),
        ("Mean wait, s", 10),
        ("Wait of answered calls, s", 10),
        ("Gave up", 10),
        ("Handling time, s", 10),
        ("Talk, s", 10),
        ("Wrap, s", 10),
        ("Occupancy", 10),
        ("Workload", 10),
    ];
    let mut sheet = Sheet::new(book, "Intervals", &columns(&[&OPTION, &own]))?;
    for i in &stored.intervals {
        let (from, to) = (time_of_day(i.start), time_of_day(i.end));
        let mut cells = vec![
            Cell::Text(&i.subject.option),
            Cell::Text(i.subject.view.as_deref().unwrap_or_default()),
            Cell::Text(&i.queue),
            Cell::Text(&i.weekday),
            Cell::Text(&from),
            Cell::Text(&to),
            Cell::Number(Some(i.offered)),
            Cell::Number(Some(i.within)),
            Cell::Share(i.service_level),
            Cell::Share(i.service_p10),
            Cell::Share(i.service_p90),
            Cell::Number(i.load),
            Cell::Number(i.rostered),
            Cell::Number(i.signed_on),
        ];
        cells.extend(FURTHER.iter().zip(i.further).map(|(column, value)| match column.ends_with("_s") {
            true => Cell::Number(value),
            false => Cell::Share(value),
        }));
        sheet.row(&cells)?;
    }
    sheet.filtered()
}
