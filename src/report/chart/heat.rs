//! The week at a glance: the base's service level by weekday and interval, dark where few are answered in time.

use super::layout::{AXIS, LABEL, MARGIN, Sheet, WIDTH};
use super::page::{Anchor, Page, Type};
use super::palette::{GRID, MUTED, letters_on, shade};
use super::run::Run;
use super::{Chart, axis};
use crate::report::sentence;
use crate::unit::Weekday;

const NAME: &str = "week-at-a-glance";
/// Room for the names of weekdays.
const DAYS: f64 = 92.0;
/// Height of a weekday's row.
const ROW: f64 = 34.0;
/// Above the rows: times of day.
const HEAD: f64 = 30.0;
/// Below the rows: the key.
const FOOT: f64 = 48.0;

/// The share answered in time in an interval of a weekday.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Cell {
    /// 0 is Monday.
    weekday: usize,
    /// Minutes after midnight.
    start: f64,
    end: f64,
    /// None where nobody called.
    share: Option<f64>,
}

/// Draws the chart.
pub(super) fn draw(run: &Run) -> Chart {
    let cells = cells(run);
    let ends = cells.iter().fold((f64::INFINITY, 0.0f64), |a, c| (a.0.min(c.start), a.1.max(c.end)));
    let Some(worst) = worst(&cells) else {
        return Sheet::empty(
            NAME,
            "No interval of the week has a service level: no calls were offered",
            &run.source(),
        );
    };
    let mut weekdays: Vec<usize> = cells.iter().map(|c| c.weekday).collect();
    weekdays.sort_unstable();
    weekdays.dedup();
    let height = HEAD + ROW * weekdays.len() as f64 + FOOT;
    let mut sheet = Sheet::new(run.titled(&title(run, &cells, worst)), subtitle(run), &run.source(), height);
    let (left, top) = (MARGIN + DAYS, sheet.top + HEAD);
    let wide = (WIDTH - MARGIN - 16.0 - left) / (ends.1 - ends.0);
    let page = &mut sheet.page;
    for (row, weekday) in weekdays.iter().enumerate() {
        let middle = top + (row as f64 + 0.5) * ROW;
        page.centred(MARGIN, middle, Type::of(LABEL), &[Weekday(*weekday as u8).title().to_owned()]);
        for cell in cells.iter().filter(|c| c.weekday == *weekday) {
            let x = left + (cell.start - ends.0) * wide;
            one(page, run, cell, (x, top + row as f64 * ROW), (cell.end - cell.start) * wide);
        }
    }
    for tick in axis::clock(ends.0, ends.1, 12) {
        let x = left + (tick.at - ends.0) * wide;
        page.text(x, top - 8.0, Type::of(AXIS).anchor(Anchor::Middle).colour(MUTED), &tick.label);
    }
    let foot = top + ROW * weekdays.len() as f64 + 22.0;
    key(page, run, foot, cells.iter().any(|c| c.share.is_none()));
    sheet.finish(NAME, &words(run, &cells, &weekdays))
}

/// The base's cells, all queues together.
fn cells(run: &Run) -> Vec<Cell> {
    let mut sums: Vec<(usize, f64, f64, f64, f64)> = Vec::new();
    for interval in run.week() {
        let Some(weekday) = Weekday::parse(&interval.weekday) else { continue };
        let weekday = usize::from(weekday.0);
        let share = interval.service_level;
        // Runs stored before the base was: of calls answered in time and their share it is known.
        let base = interval.base.unwrap_or_else(|| match share {
            Some(share) if share > 0.0 => interval.within / share,
            Some(_) => interval.offered,
            None => 0.0,
        });
        let within = share.unwrap_or(0.0) * base;
        match sums.iter_mut().find(|s| s.0 == weekday && s.1 == interval.start) {
            Some(sum) => {
                sum.3 += within;
                sum.4 += base;
            }
            None => sums.push((weekday, interval.start, interval.end, within, base)),
        }
    }
    sums.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let share = |within: f64, base: f64| (base > 0.0).then(|| (within / base).min(1.0));
    sums.into_iter()
        .map(|(weekday, start, end, within, base)| Cell { weekday, start, end, share: share(within, base) })
        .collect()
}

fn worst(cells: &[Cell]) -> Option<(Cell, f64)> {
    let shares = cells.iter().filter_map(|c| Some((*c, c.share?)));
    shares.min_by(|a, b| a.1.total_cmp(&b.1))
}

/// A cell's figure in percent; with one decimal where a whole number would put it on the wrong side of the target.
fn figure(run: &Run, share: f64) -> String {
    let fine = target(run).and_then(|target| sentence::telling(None, &[share], target)).is_some();
    sentence::number(share * 100.0, usize::from(fine))
}

/// One cell with its figure in percent, where there is room for it.
fn one(page: &mut Page, run: &Run, cell: &Cell, at: (f64, f64), width: f64) {
    let (size, middle) = ((width - 1.0, ROW - 1.0), (at.0 + width / 2.0, at.1 + ROW / 2.0));
    let Some(share) = cell.share else {
        page.rectangle(at, size, GRID);
        return;
    };
    let ground = shade(share);
    page.rectangle(at, size, ground);
    let text = figure(run, share);
    let look =
        Type::of(if width > 26.0 { LABEL } else { 9.0 }).anchor(Anchor::Middle).colour(letters_on(ground));
    let look = if short(run, share) { look.bold() } else { look };
    if look.width(&text) + 2.0 <= width {
        page.centred(middle.0, middle.1, look, &[text]);
    }
}

/// The share the one queue is to reach; several queues have several targets.
fn target(run: &Run) -> Option<f64> {
    run.target().filter(|_| run.queues() == 1)?.share
}

fn short(run: &Run, share: f64) -> bool {
    target(run).is_some_and(|target| share < target)
}

/// The scale of shades.
fn key(page: &mut Page, run: &Run, y: f64, blank: bool) {
    const STEP: f64 = 46.0;
    let look = Type::of(AXIS).colour(MUTED);
    let lead = "Answered in time:";
    page.centred(MARGIN, y + 8.0, look, &[lead.to_owned()]);
    let mut x = MARGIN + look.width(lead) + 14.0;
    for tenth in [0, 2, 4, 6, 8, 10] {
        let ground = shade(f64::from(tenth) / 10.0);
        page.rectangle((x, y - 2.0), (STEP, 20.0), ground);
        let look = Type::of(AXIS).anchor(Anchor::Middle).colour(letters_on(ground));
        page.centred(x + STEP / 2.0, y + 8.0, look, &[format!("{}%", tenth * 10)]);
        x += STEP;
    }
    x += 24.0;
    if let Some(target) = target(run) {
        let text = format!("Bold: short of the target of {}", sentence::share(target, None));
        page.centred(x, y + 8.0, look.bold(), std::slice::from_ref(&text));
        x += look.bold().width(&text) + 24.0;
    }
    if blank {
        page.rectangle((x, y - 2.0), (20.0, 20.0), GRID);
        page.centred(x + 28.0, y + 8.0, look, &["nobody calls".to_owned()]);
    }
}

/// "half-hours" and the like, by the length of intervals.
fn stretches(minutes: f64) -> &'static str {
    match minutes as u32 {
        15 => "quarter-hours",
        30 => "half-hours",
        60 => "hours",
        _ => "intervals",
    }
}

fn title(run: &Run, cells: &[Cell], (worst, share): (Cell, f64)) -> String {
    let name = sentence::named(&run.base().name);
    let at = sentence::time_of_day(worst.start);
    let day = Weekday(worst.weekday as u8).title();
    let shares: Vec<f64> = cells.iter().filter_map(|c| c.share).collect();
    let missed = target(run).map_or_else(String::new, |target| {
        let n = shares.iter().filter(|s| **s < target).count();
        let (all, target) = (shares.len(), sentence::share(target, None));
        let stretches = stretches(worst.end - worst.start);
        match n {
            0 => format!("; all {all} {stretches} of the week reach {target}"),
            n => format!("; {n} of {all} {stretches} of the week fall short of {target}"),
        }
    });
    let share = sentence::share(share, None);
    format!(
        "With {name}, service is lowest on {day}s at {at}: {share} of calls are answered {}{missed}",
        run.in_time()
    )
}

fn subtitle(run: &Run) -> String {
    let queues = match run.queues() {
        0 | 1 => String::new(),
        2 => "Both queues together, each call against its own target. ".to_owned(),
        n => format!("All {} queues together, each call against its own target. ", sentence::count(n)),
    };
    format!(
        "{}{queues}Figures are percentages of calls answered {}, over all replications, by the time of arrival.",
        run.view(),
        run.in_time()
    )
}

fn words(run: &Run, cells: &[Cell], weekdays: &[usize]) -> String {
    let days: Vec<String> = weekdays
        .iter()
        .map(|weekday| {
            let figures: Vec<String> = cells
                .iter()
                .filter(|c| c.weekday == *weekday)
                .filter_map(|c| {
                    Some(format!("{} {}", sentence::time_of_day(c.start), sentence::share(c.share?, None)))
                })
                .collect();
            format!("{}: {}", Weekday(*weekday as u8).title(), figures.join(", "))
        })
        .collect();
    format!("Calls answered {} with {}. {}.", run.in_time(), run.base().name, days.join(". "))
}
