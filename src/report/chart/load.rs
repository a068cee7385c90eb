//! Staff against load: agents rostered and signed on beside the work that arrives, by interval, and where
//! there is more work than staff.

use super::key::{self, Name};
use super::layout::{AXIS, LABEL, MARGIN, Sheet, WIDTH};
use super::page::{Anchor, Type};
use super::palette::{INK, MUTED, SHORTFALL};
use super::panel::{Panel, Stroke};
use super::run::Run;
use super::{Chart, ChartError, axis};
use crate::report::sentence;

const NAME: &str = "staff-against-load";
const HEIGHT: f64 = 400.0;
/// Room for names at the right.
const NAMES: f64 = 200.0;
/// Drawn like an option that is not singled out: people who should be there.
const ROSTERED: &str = "4 3";

/// One interval: minutes after midnight, agents, erlangs.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    start: f64,
    end: f64,
    rostered: Option<f64>,
    signed_on: f64,
    load: f64,
}

impl Step {
    fn short(&self) -> f64 {
        self.load - self.signed_on
    }
}

/// Draws the chart.
pub(super) fn draw(run: &Run) -> Result<Chart, ChartError> {
    let base = &run.base().name;
    let day: Vec<Step> = run
        .day_of(base)
        .into_iter()
        .filter_map(|i| {
            let load = run.load_at(base, i.start)?;
            Some(Step { start: i.start, end: i.end, rostered: i.rostered, signed_on: i.signed_on?, load })
        })
        .collect();
    let (Some(first), Some(last)) = (day.first(), day.last()) else {
        let why = "No interval of the day has both staff and load";
        return Ok(Sheet::empty(NAME, why, &run.source()));
    };
    let (open, close) = (first.start, last.end);
    let subtitle = format!(
        "{}{}, means. Work: calls offered times the handling each needs; one erlang keeps one agent busy throughout, \
         and answering soon takes more agents than erlangs. Dark between the lines: more work than agents signed on.",
        run.view(),
        run.day_in_words()
    );
    let mut sheet = Sheet::new(run.titled(&title(run, &day)), subtitle, &run.source(), HEIGHT);
    let highest =
        day.iter().flat_map(|s| [s.load, s.signed_on, s.rostered.unwrap_or(0.0)]).fold(1.0, f64::max);
    let left = MARGIN + 46.0;
    let panel = Panel {
        corner: (left, sheet.top + 22.0),
        size: (WIDTH - MARGIN - NAMES - left, HEIGHT - 22.0 - 46.0),
        across: (open, close),
        up: (0.0, axis::round_up(highest * 1.04, 6)),
    };
    let page = &mut sheet.page;
    let heading = Type::of(AXIS).colour(MUTED);
    page.text(MARGIN, sheet.top + 6.0, heading, "Agents, and erlangs of work");
    panel.rise(page, &axis::numbers(0.0, panel.up.1, 6), Type::of(AXIS))?;
    let ink = run.ink(0);
    let ground: Vec<Vec<(f64, f64, f64)>> = steps(&day, |s| Some(s.signed_on))
        .into_iter()
        .map(|run| run.into_iter().map(|(x, y)| (x, 0.0, y)).collect())
        .collect();
    panel.bands(page, ink.colour, 0.12, &ground)?;
    let short = shortfalls(&day);
    panel.bands(page, SHORTFALL, 0.45, &short)?;
    let rostered = steps(&day, |s| s.rostered);
    panel.lines(page, Stroke { colour: MUTED, width: 1.75, dash: ROSTERED }, &rostered)?;
    let signed_on = steps(&day, |s| Some(s.signed_on));
    panel.lines(page, Stroke { colour: ink.colour, width: 2.75, dash: "" }, &signed_on)?;
    panel.lines(page, Stroke { colour: INK, width: 2.0, dash: "" }, &steps(&day, |s| Some(s.load)))?;
    panel.run(page, &axis::clock(open, close, 7), Type::of(AXIS));
    let middle = panel.corner.0 + panel.size.0 / 2.0;
    page.text(middle, panel.bottom() + 40.0, heading.anchor(Anchor::Middle), "Time of day");
    let mut names = vec![
        Name { end: (close, last.signed_on), text: "Signed on".into(), colour: ink.colour, bold: true },
        Name { end: (close, last.load), text: "Work, erlangs".into(), colour: INK, bold: true },
    ];
    if let Some(at) = last.rostered {
        let text = "Rostered, absent ones included".into();
        names.push(Name { end: (close, at), text, colour: MUTED, bold: false });
    }
    key::names(page, &panel, WIDTH - MARGIN, LABEL, &names);
    Ok(sheet.finish(NAME, &words(&day)))
}

/// Where load exceeds staff: (time, staff, load), one run for neighbouring intervals, so that no seam shows.
fn shortfalls(day: &[Step]) -> Vec<Vec<(f64, f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64, f64)>> = Vec::new();
    let mut end = None;
    for step in day.iter().filter(|s| s.short() > 0.0) {
        if end != Some(step.start) {
            runs.push(Vec::new());
        }
        let edges = [(step.start, step.signed_on, step.load), (step.end, step.signed_on, step.load)];
        runs.last_mut().expect("a run was begun").extend(edges);
        end = Some(step.end);
    }
    runs
}

/// A stepped line, a new run wherever the day has a gap.
fn steps(day: &[Step], value: impl Fn(&Step) -> Option<f64>) -> Vec<Vec<(f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut end = None;
    for step in day {
        let Some(at) = value(step) else {
            end = None;
            continue;
        };
        if end != Some(step.start) {
            runs.push(Vec::new());
        }
        runs.last_mut().expect("a run was begun").extend([(step.start, at), (step.end, at)]);
        end = Some(step.end);
    }
    runs
}

fn figure(value: f64) -> String {
    sentence::number(value, if value < 99.5 { 1 } else { 0 })
}

fn title(run: &Run, day: &[Step]) -> String {
    let name = sentence::named(&run.base().name);
    let worst = day.iter().max_by(|a, b| a.short().total_cmp(&b.short())).expect("there is a first interval");
    let short = day.iter().filter(|s| s.short() > 0.0).count();
    let (work, staff) = (figure(worst.load), figure(worst.signed_on));
    let at = sentence::time_of_day(worst.start);
    if short == 0 {
        return format!(
            "With {name}, agents signed on exceed the work all day on average; tightest at {at}: {staff} agents \
             for {work} erlangs"
        );
    }
    let when = if short == day.len() {
        "all day".to_owned()
    } else {
        let (hours, word) = hours(day.iter().filter(|s| s.short() > 0.0).map(|s| s.end - s.start).sum());
        format!("for {hours} {word} of {}", run.one_day())
    };
    format!(
        "With {name}, the work exceeds the agents signed on {when}, most of all at {at}: {work} erlangs for {staff} \
         agents"
    )
}

/// Minutes in words: ("half an", "hour"), ("2.5", "hours").
fn hours(minutes: f64) -> (String, &'static str) {
    let hours = minutes / 60.0;
    if hours == 0.5 {
        ("half an".into(), "hour")
    } else if hours == 1.0 {
        ("one".into(), "hour")
    } else if hours < 1.0 {
        (sentence::number(minutes, 0), "minutes")
    } else {
        (sentence::number(hours, if hours == hours.round() { 0 } else { 1 }), "hours")
    }
}

fn words(day: &[Step]) -> String {
    let figures: Vec<String> = day
        .iter()
        .map(|s| {
            let rostered = s.rostered.map_or_else(String::new, |r| format!("{} rostered, ", figure(r)));
            let at = sentence::time_of_day(s.start);
            format!("{at} {rostered}{} signed on, {} erlangs", figure(s.signed_on), figure(s.load))
        })
        .collect();
    format!("{}.", figures.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_aloud() {
        assert_eq!(hours(30.0), ("half an".into(), "hour"));
        assert_eq!(hours(45.0), ("45".into(), "minutes"));
        assert_eq!(hours(150.0), ("2.5".into(), "hours"));
    }
}
