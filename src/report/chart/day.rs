//! A day replayed: a row an agent, with calls, wrap, put-off work, breaks and late finishes as bars, and the callers
//! who wait below. One day of one replication, marked as an example.

mod words;

use super::layout::{AXIS, MARGIN, Sheet, WIDTH};
use super::page::{Anchor, Page, Type};
use super::palette::{FAINT, GRID, INK, MUTED, PUT_OFF, SHORTFALL, TALK, WRAP};
use super::panel::Panel;
use super::run::Run;
use super::{Chart, ChartError, axis};
use crate::report::stored::{Activity, Day, Duty, Person};
use plotters::style::RGBColor;

const NAME: &str = "a-day-replayed";
/// Room for teams and agents.
const NAMES: f64 = 128.0;
/// Most agents drawn.
const MOST: usize = 40;
/// Height of the drawing of callers who wait.
const WAITING: f64 = 78.0;
/// Between agents and callers, with the callers' heading.
const BETWEEN: f64 = 34.0;
/// Axis and key.
const FOOT: f64 = 80.0;
/// Minutes in a day.
const DAY: f64 = 1440.0;
/// Half the size of the cross of a caller who gave up.
const CROSS: f64 = 3.0;

/// Draws the chart.
pub(super) fn draw(run: &Run) -> Result<Chart, ChartError> {
    let day = &run.example;
    let rows = rows(day);
    if rows.is_empty() {
        return Ok(Sheet::empty(NAME, "No day of the run had anybody on duty to replay", &run.source()));
    }
    let row = (620.0 / rows.len() as f64).clamp(13.0, 26.0);
    let agents = row * rows.len() as f64;
    let height = 8.0 + agents + BETWEEN + WAITING + FOOT;
    let title = words::title(day);
    let mut sheet = Sheet::new(title, words::subtitle(run, rows.len()), &run.source(), height);
    let panel = Panel {
        corner: (MARGIN + NAMES, sheet.top + 8.0),
        size: (WIDTH - 2.0 * MARGIN - NAMES, agents),
        across: hours(day),
        up: (0.0, 1.0),
    };
    let page = &mut sheet.page;
    let ticks = axis::clock(panel.across.0, panel.across.1, 12);
    let below = panel.bottom() + BETWEEN + WAITING;
    for tick in &ticks {
        let x = panel.x(tick.at);
        page.line((x, panel.corner.1), (x, below), GRID, 1.0, "");
    }
    names(page, &rows, &panel, row);
    for duty in &day.duties {
        if let Some(i) = rows.iter().position(|person| **person == duty.person) {
            on_duty(page, &panel, duty, (panel.corner.1 + i as f64 * row, row));
        }
    }
    bars(page, &panel, day, &rows, row);
    let strip =
        Panel { corner: (panel.corner.0, panel.bottom() + BETWEEN), size: (panel.size.0, WAITING), ..panel };
    waiting(page, strip, day)?;
    key(page, below + 54.0, day);
    Ok(sheet.finish(NAME, &words::words(day)))
}

/// Everybody with a shift on the day, in order.
fn people(day: &Day) -> Vec<&Person> {
    let mut people: Vec<&Person> = Vec::new();
    for duty in &day.duties {
        if !people.contains(&&duty.person) {
            people.push(&duty.person);
        }
    }
    people
}

/// Who is drawn: all, or as many as there is room for, spread evenly over the teams. Those who come from the day before
/// stand with their team.
fn rows(day: &Day) -> Vec<&Person> {
    let mut all = people(day);
    let team = |name: &str| day.duties.iter().position(|d| d.person.team == name);
    all.sort_by_key(|person| (team(&person.team), person.number));
    let shown = all.len().min(MOST);
    (0..shown).map(|i| all[i * all.len() / shown]).collect()
}

/// From the first thing that happens to the last, in whole hours and within the day.
fn hours(day: &Day) -> (f64, f64) {
    let duties = day.duties.iter().flat_map(|d| [d.start, d.end, d.left.unwrap_or(d.end)]);
    let calls = day.calls.iter().flat_map(|c| [c.arrived, c.ended]);
    let ends = duties.chain(calls).map(|at| at.clamp(0.0, DAY));
    let (low, high) = ends.fold((f64::INFINITY, 0.0f64), |a, at| (a.0.min(at), a.1.max(at)));
    (libm::floor(low / 60.0) * 60.0, libm::ceil(high / 30.0) * 30.0)
}

/// Teams and the numbers of their agents.
fn names(page: &mut Page, rows: &[&Person], panel: &Panel, row: f64) {
    let size = if row < 16.0 { 9.5 } else { AXIS };
    let mut from = 0;
    while from < rows.len() {
        let team = &rows[from].team;
        let to = (from..rows.len()).find(|i| rows[*i].team != *team).unwrap_or(rows.len());
        let top = panel.corner.1 + from as f64 * row;
        let look = Type::of(size).bold();
        let most = (((to - from) as f64 * row / look.leading()) as usize).clamp(1, 4);
        let lines = look.wrap(team, NAMES - 40.0, most);
        page.lines(MARGIN, top + row / 2.0 + 0.35 * size, look, &lines);
        if from > 0 {
            page.line((MARGIN, top), (panel.right(), top), MUTED, 0.8, "");
        }
        for (i, person) in rows.iter().enumerate().take(to).skip(from) {
            let middle = panel.corner.1 + (i as f64 + 0.5) * row;
            let look = Type::of(size).colour(MUTED).anchor(Anchor::End);
            page.centred(panel.corner.0 - 8.0, middle, look, &[person.number.to_string()]);
        }
        from = to;
    }
}

/// The line on which a shift's bars stand: solid while signed on, dashed where absent; thick after the shift's end.
fn on_duty(page: &mut Page, panel: &Panel, duty: &Duty, (top, row): (f64, f64)) {
    let foot = top + row * 0.88;
    let end = |at: f64| panel.x(at.min(panel.across.1));
    let (start, rostered) = (panel.x(duty.start.max(panel.across.0)), end(duty.end));
    let Some(left) = duty.left else {
        let middle = top + row / 2.0;
        page.line((start, middle), (rostered, middle), FAINT, 1.0, "4 3");
        let look = Type::of(AXIS - 1.0).colour(MUTED).anchor(Anchor::Middle).halo();
        page.centred((start + rostered) / 2.0, middle, look, &["absent".to_owned()]);
        return;
    };
    page.line((start, foot), (rostered, foot), MUTED, 0.8, "");
    // A shift that goes on past midnight ends on another day than the one drawn.
    if left > duty.end && duty.end <= DAY {
        page.rectangle((rostered, foot - 1.0), ((end(left) - rostered).max(1.5), 3.4), SHORTFALL);
    }
    for at in [duty.start, duty.end].into_iter().filter(|at| (panel.across.0..=panel.across.1).contains(at)) {
        page.line((panel.x(at), top + row * 0.12), (panel.x(at), foot), INK, 1.0, "");
    }
}

/// What is drawn of an activity: its colour, and the share of the row's height that its bar takes, so that the bars
/// differ in grey too.
fn bar(activity: Activity) -> Option<(RGBColor, f64)> {
    match activity {
        Activity::Talk => Some((TALK, 0.74)),
        Activity::Wrap => Some((WRAP, 0.46)),
        Activity::PutOff => Some((PUT_OFF, 0.24)),
        Activity::Break => Some((GRID, 0.74)),
        Activity::OffPhone => Some((FAINT, 0.74)),
        Activity::Idle => None,
    }
}

/// Kinds of bar in the order of the key.
const KINDS: [(Activity, &str); 5] = [
    (Activity::Talk, "talk"),
    (Activity::Wrap, "wrap"),
    (Activity::PutOff, "put-off work"),
    (Activity::Break, "break"),
    (Activity::OffPhone, "off the phone"),
];

fn bars(page: &mut Page, panel: &Panel, day: &Day, rows: &[&Person], row: f64) {
    let place = |person: &Person| rows.iter().position(|row| *row == person);
    for (activity, _) in KINDS {
        let Some((colour, part)) = bar(activity) else { continue };
        let all: Vec<[f64; 4]> = day
            .spells
            .iter()
            .filter(|s| s.activity == activity)
            .filter_map(|spell| {
                let foot = panel.corner.1 + (place(&spell.person)? as f64 + 0.88) * row;
                let (x, end) = (panel.x(spell.start), panel.x(spell.end));
                Some([x, foot - part * row, end - x, part * row])
            })
            .collect();
        page.rectangles(&all, colour);
    }
}

/// How many callers wait, and when each who gave up did.
fn waiting(page: &mut Page, strip: Panel, day: &Day) -> Result<(), ChartError> {
    let steps = queue(day);
    let most = steps.iter().map(|s| s.1).max().unwrap_or(0);
    let panel = Panel { up: (0.0, f64::from(most.max(4))), ..strip };
    page.text(MARGIN, panel.corner.1 + 9.0, Type::of(AXIS).bold(), "Callers");
    page.text(MARGIN, panel.corner.1 + 25.0, Type::of(AXIS).bold(), "waiting");
    let ticks = axis::numbers(0.0, panel.up.1, 3);
    let whole: Vec<_> = ticks.into_iter().filter(|t| t.at == t.at.round()).collect();
    panel.rise(page, &whole, Type::of(AXIS))?;
    let area: Vec<(f64, f64, f64)> = steps
        .windows(2)
        .flat_map(|two| [(two[0].0, 0.0, f64::from(two[0].1)), (two[1].0, 0.0, f64::from(two[0].1))])
        .collect();
    panel.bands(page, INK, 0.7, &[area])?;
    panel.run(page, &axis::clock(panel.across.0, panel.across.1, 12), Type::of(AXIS));
    for call in day.calls.iter().filter(|c| !c.answered) {
        cross(page, (panel.x(call.ended), panel.corner.1 - 10.0));
    }
    Ok(())
}

/// The number of callers waiting after each change: (minute, callers).
fn queue(day: &Day) -> Vec<(f64, u32)> {
    let mut turns: Vec<(f64, i32)> = day
        .calls
        .iter()
        .filter(|c| c.ended > c.arrived)
        .flat_map(|c| [(c.arrived, 1), (c.ended, -1)])
        .collect();
    // Ends before beginnings at one instant, so that nobody is counted beside their successor.
    turns.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut waiting = 0;
    let mut steps: Vec<(f64, u32)> = Vec::new();
    for (at, turn) in turns {
        waiting += turn;
        match steps.last_mut() {
            Some(last) if last.0 == at => last.1 = waiting.max(0) as u32,
            _ => steps.push((at, waiting.max(0) as u32)),
        }
    }
    steps
}

fn cross(page: &mut Page, (x, y): (f64, f64)) {
    page.line((x - CROSS, y - CROSS), (x + CROSS, y + CROSS), SHORTFALL, 1.4, "");
    page.line((x - CROSS, y + CROSS), (x + CROSS, y - CROSS), SHORTFALL, 1.4, "");
}

/// The key of bars and marks that occur.
fn key(page: &mut Page, y: f64, day: &Day) {
    let look = Type::of(AXIS);
    let mut x = MARGIN;
    let mut entry = |page: &mut Page, wide: f64, text: &str, draw: &dyn Fn(&mut Page, f64)| {
        draw(page, x);
        page.centred(x + wide + 6.0, y, look, &[text.to_owned()]);
        x += wide + 6.0 + look.width(text) + 20.0;
    };
    for (activity, text) in KINDS {
        let Some((colour, part)) = bar(activity) else { continue };
        if day.spells.iter().any(|s| s.activity == activity) {
            let height = 18.0 * part;
            entry(page, 18.0, text, &|page, x| {
                page.rectangle((x, y + 7.0 - height), (18.0, height), colour);
            });
        }
    }
    if day.duties.iter().any(|d| d.end <= DAY && d.left.is_some_and(|left| left > d.end)) {
        entry(page, 18.0, "after the shift’s end", &|page, x| {
            page.rectangle((x, y + 3.0), (18.0, 3.4), SHORTFALL);
        });
    }
    if day.calls.iter().any(|c| !c.answered) {
        entry(page, 8.0, "a caller not served", &|page, x| cross(page, (x + 4.0, y)));
    }
}
