//! Service through the day: the base's service level by interval, its good and bad days, its target, and the
//! options that differ most.

use super::key::{self, Name};
use super::layout::{AXIS, LABEL, MARGIN, Sheet, WIDTH};
use plotters::style::RGBColor;

use super::page::{Anchor, Mark, Page, Type};
use super::palette::{INK, MUTED};
use super::panel::{Panel, Stroke};
use super::run::Run;
use super::{Chart, ChartError, axis, multiples};
use crate::report::sentence;
use crate::report::stored::{Estimate, Interval, Target};

const NAME: &str = "service-through-the-day";
/// Height of the base's panel with its axis.
const HEIGHT: f64 = 350.0;
/// Room for names at the right.
const NAMES: f64 = 178.0;

/// Draws the chart: the base at large, every other option small below it.
pub(super) fn draw(runs: &[&Run]) -> Result<Chart, ChartError> {
    let run = runs[0];
    let base = run.day_of(&run.base().name);
    let ends = base.first().map(|i| i.start).zip(base.last().map(|i| i.end));
    let (Some(hours), true) = (ends, base.iter().any(|i| i.service_level.is_some())) else {
        let why = "No interval of the day has a service level: no calls were offered";
        return Ok(Sheet::empty(NAME, why, &run.source()));
    };
    let worst = worst_bad_day(&base);
    let small = multiples::Grid::new(runs);
    let height = HEIGHT + small.height();
    let mut sheet = Sheet::new(run.titled(&title(run, worst)), subtitle(runs), &run.source(), height);
    let left = MARGIN + 46.0;
    let panel = Panel {
        corner: (left, sheet.top + 22.0),
        size: (WIDTH - MARGIN - NAMES - left, HEIGHT - 22.0 - 46.0),
        across: hours,
        up: (0.0, 1.0),
    };
    let page = &mut sheet.page;
    let heading = Type::of(AXIS).colour(MUTED);
    page.text(MARGIN, sheet.top + 6.0, heading, &format!("Calls answered {}", in_time(run, run.target())));
    panel.rise(page, &axis::shares(0.0, 1.0, 5), Type::of(AXIS))?;
    let ink = run.ink(0);
    panel.bands(page, ink.colour, 0.2, &fan(&base))?;
    let mut names = Vec::new();
    if let Some(share) = run.target().and_then(|t| t.share) {
        let line = vec![vec![(hours.0, share), (hours.1, share)]];
        panel.lines(page, Stroke { colour: INK, width: 1.0, dash: "" }, &line)?;
        let text = format!("Target {}", sentence::share(share, None));
        names.push(Name { end: (hours.1, share), text, colour: INK, bold: false });
    }
    let lines = means(&base);
    panel.lines(page, Stroke { colour: ink.colour, width: 2.75, dash: "" }, &lines)?;
    if let Some(end) = lines.last().and_then(|line| line.last()) {
        names.push(Name { end: *end, text: run.base().name.clone(), colour: ink.colour, bold: true });
    }
    names.extend(fan_names(&base, ink.colour));
    panel.run(page, &axis::clock(hours.0, hours.1, 7), Type::of(AXIS));
    let middle = panel.corner.0 + panel.size.0 / 2.0;
    page.text(
        middle,
        panel.bottom() + 40.0,
        heading.anchor(Anchor::Middle),
        "Time at which the call arrived",
    );
    if let Some(worst) = worst {
        mark_worst(page, &panel, worst, ink.colour, &lines);
    }
    key::names(page, &panel, WIDTH - MARGIN, LABEL, &names);
    small.draw(page, sheet.top + HEIGHT, hours, &base)?;
    Ok(sheet.finish(NAME, &words(run, &base)))
}

/// The edges of the fan are named where they end.
fn fan_names(base: &[&Interval], colour: RGBColor) -> Vec<Name> {
    let Some((last, low, high)) = base.last().and_then(|i| Some((i, i.service_p10?, i.service_p90?))) else {
        return Vec::new();
    };
    let x = (last.start + last.end) / 2.0;
    let name = |y: f64, text: &str| Name { end: (x, y), text: text.into(), colour, bold: false };
    if high - low < 0.02 {
        return Vec::new();
    }
    vec![name(high, "best day in ten"), name(low, "worst day in ten")]
}

/// From the worst day in ten to the best day in ten, by interval.
pub(super) fn fan(day: &[&Interval]) -> Vec<Vec<(f64, f64, f64)>> {
    runs(day, |i| Some((i.service_p10?, i.service_p90?)))
}

/// The service level by interval.
pub(super) fn means(day: &[&Interval]) -> Vec<Vec<(f64, f64)>> {
    runs(day, |i| i.service_level.map(|s| (s, s)))
        .into_iter()
        .map(|run| run.into_iter().map(|(x, s, _)| (x, s)).collect())
        .collect()
}

/// Marks the worst bad day and names it at the nearest height, below or above, where no curve passes.
fn mark_worst(
    page: &mut Page,
    panel: &Panel,
    (interval, share): (&Interval, f64),
    colour: RGBColor,
    curves: &[Vec<(f64, f64)>],
) {
    let middle = (interval.start + interval.end) / 2.0;
    let point = (panel.x(middle), panel.y(share));
    let text = format!("{}, bad day: {}", clock(interval), sentence::short_share(share, None));
    let look = Type::of(LABEL).colour(colour).anchor(Anchor::Middle).halo();
    let half = look.width(&text) / 2.0;
    let x = point.0.clamp(panel.corner.0 + half + 2.0, panel.right() - half - 2.0);
    let free = |dy: &f64| {
        let (low, high) = (point.1 + dy + 5.0, point.1 + dy - LABEL - 1.0);
        let clear = |at: &(f64, f64)| {
            let place = (panel.x(at.0), panel.y(at.1));
            (place.0 - x).abs() > half + 4.0 || place.1 < high || place.1 > low
        };
        let inside = low < panel.bottom() && high > panel.corner.1;
        inside && curves.iter().flat_map(|curve| between(curve)).all(|at| clear(&at))
    };
    let further = (0..30).map(|i| 10.0 * f64::from(i)).flat_map(|more| [20.0 + more, -10.0 - more]);
    let dy = further.into_iter().find(free).unwrap_or(-10.0);
    if dy < -20.0 {
        page.line((x, point.1 + dy + 4.0), point, colour, 0.8, "");
    } else if dy > 20.0 {
        page.line((x, point.1 + dy - LABEL), point, colour, 0.8, "");
    }
    page.mark(point, Mark::Dot, 4.5, colour);
    page.text(x, point.1 + dy, look, &text);
}

/// A curve's points and places between them, close enough that no label slips through.
fn between(curve: &[(f64, f64)]) -> impl Iterator<Item = (f64, f64)> {
    let steps = curve.windows(2).flat_map(|two| {
        (0..16)
            .map(|i| f64::from(i) / 16.0)
            .map(|part| (two[0].0 + (two[1].0 - two[0].0) * part, two[0].1 + (two[1].1 - two[0].1) * part))
    });
    steps.chain(curve.last().copied())
}

/// Values in the middle of their intervals, a new run wherever there is a gap.
fn runs(day: &[&Interval], value: impl Fn(&Interval) -> Option<(f64, f64)>) -> Vec<Vec<(f64, f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64, f64)>> = Vec::new();
    let mut end = None;
    for interval in day {
        let Some((low, high)) = value(interval) else {
            end = None;
            continue;
        };
        if end != Some(interval.start) {
            runs.push(Vec::new());
        }
        let middle = (interval.start + interval.end) / 2.0;
        runs.last_mut().expect("a run was begun").push((middle, low, high));
        end = Some(interval.end);
    }
    runs
}

/// The interval whose bad day is worst, and its service level then.
fn worst_bad_day<'a>(day: &[&'a Interval]) -> Option<(&'a Interval, f64)> {
    let bad = day.iter().filter_map(|i| Some((*i, i.service_p10?)));
    bad.min_by(|a, b| a.1.total_cmp(&b.1))
}

fn clock(interval: &Interval) -> String {
    sentence::time_of_day(interval.start)
}

/// "within 20 s", or "in time" where no target names one.
fn in_time(run: &Run, target: Option<Target>) -> String {
    let time = target.map_or_else(|| "in time".into(), |t| format!("within {}", sentence::time(t.within_s)));
    time + run.counted()
}

fn title(run: &Run, worst: Option<(&Interval, f64)>) -> String {
    let name = sentence::named(&run.base().name);
    let target = run.target();
    let Some(service) = run.service_level(run.base()) else {
        return worst.map_or_else(
            || {
                format!(
                    "{} answered {} through the day with {name}",
                    sentence::capitalised(&run.calls()),
                    in_time(run, target)
                )
            },
            |(interval, p10)| {
                let share = sentence::share(p10, None);
                let at = clock(interval);
                let (calls, in_time) = (run.calls(), in_time(run, target));
                format!("With {name}, {share} of {calls} are answered {in_time} at {at} on a bad day")
            },
        );
    };
    let mean = service.mean.unwrap_or(0.0);
    let half = service.half_width();
    let half = match target.and_then(|t| t.share) {
        Some(target) => sentence::telling(half, &[mean], target),
        None => half,
    };
    let share = sentence::share(mean, half);
    let bad = worst.map_or_else(String::new, |(interval, p10)| {
        format!("; at {} on a bad day it is {}", clock(interval), sentence::share(p10, None))
    });
    let held = target.map_or("", |t| held(&service, t));
    format!("With {name}, {share} of {} are answered {}{held}{bad}", run.calls(), in_time(run, target))
        .replace(
            "{target}",
            &target.and_then(|t| t.share).map_or_else(String::new, |s| sentence::share(s, None)),
        )
}

/// Whether the target is met, as far as the interval can tell.
fn held(service: &Estimate, target: Target) -> &'static str {
    match (service.interval(), target.share) {
        (Some((low, _)), Some(share)) if low >= share => ", which meets the target of {target}",
        (Some((_, high)), Some(share)) if high < share => ", short of the target of {target}",
        (Some(_), Some(_)) => ", and whether the target of {target} is met cannot be told",
        _ => "",
    }
}

fn subtitle(runs: &[&Run]) -> String {
    let run = runs[0];
    let day = run.day_in_words();
    let shaded = "Shaded: from the worst day in ten to the best day in ten.";
    let mut below = Vec::new();
    if run.options.len() > 1 {
        below.push("every other option");
    }
    if !run.other_queues().is_empty() {
        below.push("the base’s other queues");
    }
    if runs.len() > 1 {
        below.push("the base under other views");
    }
    let small = match below[..] {
        [] => String::new(),
        _ => format!(" Below: {}; dashed: the line above.", below.join(", ")),
    };
    format!("{}{day}. {shaded}{small}", run.choice())
}

/// The drawing in words: the base's service level by interval.
fn words(run: &Run, base: &[&Interval]) -> String {
    let figures: Vec<String> = base
        .iter()
        .filter_map(|i| {
            let mean = sentence::share(i.service_level?, None);
            let days = match (i.service_p10, i.service_p90) {
                (Some(low), Some(high)) => {
                    format!(" ({} to {})", sentence::share(low, None), sentence::share(high, None))
                }
                _ => String::new(),
            };
            Some(format!("{} {mean}{days}", clock(i)))
        })
        .collect();
    format!("Calls answered {} with {}: {}.", in_time(run, run.target()), run.base().name, figures.join("; "))
}
