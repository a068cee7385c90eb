//! Satisfaction against cost: what each option costs and how many callers it leaves satisfied, each with its
//! interval. Where no pay is stated, paid hours stand in for cost.

use super::label::{Wish, push_apart};
use super::layout::{AXIS, LABEL, MARGIN, Sheet, WIDTH};
use super::page::{Anchor, Mark, Page, Type};
use super::palette::{INK, MUTED, legible};
use super::panel::Panel;
use super::run::Run;
use super::{Chart, ChartError, axis};
use crate::report::sentence::{self, Unit};
use crate::report::stored::{Comparison, Estimate, Verdict};

const NAME: &str = "satisfaction-against-cost";
/// Least height of the drawing.
const HEIGHT: f64 = 400.0;
/// Room for the list of options at the right.
const NAMES: f64 = 426.0;
/// Columns of figures within it.
const FIGURES: [f64; 2] = [68.0, 112.0];
/// Points nearer than this across share their labels' room.
const NEAR: f64 = 30.0;

/// An option's point.
#[derive(Debug)]
struct Point {
    /// Its place among the options.
    place: usize,
    cost: Estimate,
    satisfied: Estimate,
}

impl Point {
    fn at(&self) -> (f64, f64) {
        (self.cost.mean.unwrap_or(0.0), self.satisfied.mean.unwrap_or(0.0))
    }
}

/// What stands for cost.
struct Cost {
    measure: &'static str,
    /// Above the axis.
    title: String,
    /// At the head of its column.
    short: String,
}

fn cost(run: &Run) -> Cost {
    let paid = run.base().measures.get("cost").is_some_and(|e| e.mean.is_some());
    if paid {
        let currency = run.currency();
        Cost {
            measure: "cost",
            title: format!("Cost of the days measured, {currency}"),
            short: format!("Cost, {currency}"),
        }
    } else {
        let title = "Hours paid over the days measured (no pay is stated)".to_owned();
        Cost { measure: "hours_paid", title, short: "Hours paid".into() }
    }
}

/// Draws the chart.
pub(super) fn draw(run: &Run) -> Result<Chart, ChartError> {
    let cost = cost(run);
    let figure = |place: usize, measure: &str| {
        run.options[place].measures.get(measure).filter(|e| e.mean.is_some()).cloned()
    };
    let points: Vec<Point> = (0..run.options.len())
        .filter_map(|place| {
            let (cost, satisfied) = (figure(place, cost.measure)?, figure(place, "satisfaction")?);
            Some(Point { place, cost, satisfied })
        })
        .collect();
    if points.first().is_none_or(|p| p.place != 0) {
        return Ok(Sheet::empty(NAME, "The base has no satisfaction or no cost to draw", &run.source()));
    }
    let names = lines(run, &points);
    let list: f64 = names.iter().map(|n| n.len() as f64 * LABEL * 1.25 + 7.0).sum::<f64>() + 30.0;
    let height = HEIGHT.max(list + 24.0);
    let mut sheet = Sheet::new(run.titled(&title(run, &cost, &points)), subtitle(run), &run.source(), height);
    let left = MARGIN + 52.0;
    let panel = Panel {
        corner: (left, sheet.top + 22.0),
        size: (WIDTH - MARGIN - NAMES - left, height - 22.0 - 46.0),
        across: range(points.iter().map(|p| &p.cost), 0.2),
        up: range(points.iter().map(|p| &p.satisfied), 0.02),
    };
    let page = &mut sheet.page;
    let heading = Type::of(AXIS).colour(MUTED);
    page.text(MARGIN, sheet.top + 6.0, heading, "Callers satisfied");
    panel.rise(page, &axis::shares(panel.up.0, panel.up.1, 5), Type::of(AXIS))?;
    let wide = |label: &str| (heading.width(label) + 12.0) / panel.size.0 * (panel.across.1 - panel.across.0);
    panel.run(
        page,
        &axis::apart(5, |n| axis::numbers(panel.across.0, panel.across.1, n), wide),
        Type::of(AXIS),
    );
    let middle = panel.corner.0 + panel.size.0 / 2.0;
    page.text(middle, panel.bottom() + 40.0, heading.anchor(Anchor::Middle), &cost.title);
    points.iter().for_each(|point| intervals(page, run, &panel, point));
    for point in points.iter().rev() {
        let at = (panel.x(point.at().0), panel.y(point.at().1));
        page.mark(at, kind(run, point.place), 5.4, run.ink(point.place).colour);
    }
    numbers(page, run, &panel, &points);
    listed(page, run, &panel, &points, &names, &cost);
    Ok(sheet.finish(NAME, &words(run, &cost, &points)))
}

/// All intervals with some air; an axis that need not begin at zero, since points have no length.
fn range<'a>(estimates: impl Iterator<Item = &'a Estimate>, least: f64) -> (f64, f64) {
    let (low, high) = estimates.fold((f64::INFINITY, f64::NEG_INFINITY), |a, e| {
        let mean = e.mean.unwrap_or(0.0);
        let (low, high) = e.interval().unwrap_or((mean, mean));
        (a.0.min(low), a.1.max(high))
    });
    // Where all are alike the axis still spans enough to say so.
    let least = (least * high.abs()).max(1e-6);
    let more = ((least - (high - low)) / 2.0).max(0.12 * (high - low));
    (low - more, high + more)
}

fn kind(run: &Run, place: usize) -> Mark {
    let verdict = run.comparison(&run.options[place].name, "satisfaction").map(|c| c.verdict);
    match verdict {
        _ if place == 0 => Mark::Square,
        Some(Verdict::Better) => Mark::Up,
        Some(Verdict::Worse) => Mark::Down,
        Some(Verdict::NoMatter) => Mark::Dot,
        Some(Verdict::CannotBeTold) => Mark::Diamond,
        _ => Mark::Ring,
    }
}

/// A point's intervals.
fn intervals(page: &mut Page, run: &Run, panel: &Panel, point: &Point) {
    let colour = run.ink(point.place).colour;
    let (x, y) = (panel.x(point.at().0), panel.y(point.at().1));
    if let Some((low, high)) = point.satisfied.interval() {
        page.line((x, panel.y(low)), (x, panel.y(high)), colour, 1.4, "");
    }
    if let Some((low, high)) = point.cost.interval() {
        page.line((panel.x(low), y), (panel.x(high), y), colour, 1.4, "");
    }
}

/// The points' numbers beside them, those of points above each other pushed apart.
fn numbers(page: &mut Page, run: &Run, panel: &Panel, points: &[Point]) {
    let mut order: Vec<&Point> = points.iter().collect();
    order.sort_by(|a, b| a.at().0.total_cmp(&b.at().0).then(a.place.cmp(&b.place)));
    let mut from = 0;
    while from < order.len() {
        let x = |p: &Point| panel.x(p.at().0);
        let to =
            (from + 1..order.len()).find(|i| x(order[*i]) - x(order[i - 1]) > NEAR).unwrap_or(order.len());
        let group = &order[from..to];
        let side = group.iter().map(|p| x(p)).fold(0.0, f64::max) + 20.0;
        let wishes: Vec<Wish> =
            group.iter().map(|p| Wish { at: panel.y(p.at().1), height: AXIS + 2.0 }).collect();
        let middles = push_apart(&wishes, panel.corner.1, panel.bottom());
        for (point, middle) in group.iter().zip(middles) {
            let colour = legible(run.ink(point.place).colour);
            let start = (x(point) + 6.5, panel.y(point.at().1));
            page.line(start, (side - 3.0, middle), colour, 0.7, "");
            let look = Type::of(AXIS).colour(colour).halo();
            let look = if point.place == 0 { look.bold() } else { look };
            page.centred(side, middle, look, &[(point.place + 1).to_string()]);
        }
        from = to;
    }
}

fn look(place: usize) -> Type {
    if place == 0 { Type::of(LABEL).bold() } else { Type::of(LABEL) }
}

/// The options' names as the list prints them.
fn lines(run: &Run, points: &[Point]) -> Vec<Vec<String>> {
    let room = NAMES - 76.0 - FIGURES[0] - FIGURES[1];
    points.iter().map(|p| look(p.place).wrap(&run.options[p.place].name, room, 3)).collect()
}

/// The list at the right: number, mark, name, cost, share satisfied.
fn listed(page: &mut Page, run: &Run, panel: &Panel, points: &[Point], names: &[Vec<String>], cost: &Cost) {
    let left = WIDTH - MARGIN - NAMES + 36.0;
    let (first, second) = (WIDTH - MARGIN - FIGURES[1], WIDTH - MARGIN);
    let heading = Type::of(AXIS).colour(MUTED);
    let mut y = panel.corner.1 - 16.0;
    page.text(first, y, heading.anchor(Anchor::End), &cost.short);
    page.text(second, y, heading.anchor(Anchor::End), "Satisfied");
    page.line((left, y + 7.0), (second, y + 7.0), MUTED, 0.8, "");
    y += 12.0;
    for (point, lines) in points.iter().zip(names) {
        let height = lines.len() as f64 * LABEL * 1.25 + 7.0;
        let middle = y + height / 2.0;
        let (look, ink) = (look(point.place), run.ink(point.place));
        let number = look.colour(legible(ink.colour)).anchor(Anchor::End);
        page.centred(left + 16.0, middle, number, &[(point.place + 1).to_string()]);
        page.mark((left + 28.0, middle), kind(run, point.place), 4.6, ink.colour);
        page.centred(left + 40.0, middle, look.colour(INK), lines);
        let half = point.satisfied.half_width().map_or_else(String::new, |half| {
            format!(" ±{}", sentence::number(half * 100.0, if half < 0.0005 { 2 } else { 1 }))
        });
        let satisfied = Unit::Share.figure(point.at().1, point.satisfied.half_width()) + &half;
        let end = look.anchor(Anchor::End);
        let paid = sentence::number(point.cost.mean.unwrap_or(0.0), 0);
        page.centred(first, middle, end, &[paid]);
        page.centred(second, middle, end, &[satisfied]);
        y += height;
    }
}

/// "£1,332" or "1,332 EUR".
fn money(run: &Run, cost: &Cost, value: f64) -> String {
    let text = sentence::number(value.abs(), 0);
    let currency = run.currency();
    match cost.measure {
        "hours_paid" => format!("{text} paid hours"),
        _ if currency.chars().all(char::is_alphanumeric) => format!("{text} {currency}"),
        _ => format!("{currency}{text}"),
    }
}

fn title(run: &Run, cost: &Cost, points: &[Point]) -> String {
    let base = sentence::named(&run.base().name);
    let own = &points[0];
    let satisfied = sentence::share(own.at().1, own.satisfied.half_width());
    let start =
        format!("With {base}, {satisfied} of callers are satisfied for {}", money(run, cost, own.at().0));
    let others = run.options.len() - 1;
    if others == 0 {
        return start;
    }
    let better = run
        .options
        .iter()
        .skip(1)
        .filter_map(|o| run.comparison(&o.name, "satisfaction"))
        .filter(|c| c.shows(Verdict::Better))
        .max_by(|a, b| a.difference.total_cmp(&b.difference));
    match better {
        Some(best) => format!("{start}; {}", raises(run, cost, best, others)),
        None if others == 1 => format!("{start}; the other option is not shown to satisfy more"),
        None => {
            format!("{start}; none of {} other options is shown to satisfy more", sentence::count(others))
        }
    }
}

/// The option that satisfies most, and what it costs.
fn raises(run: &Run, cost: &Cost, best: &Comparison, others: usize) -> String {
    let full = sentence::difference(Unit::Share, best.difference, best.interval);
    let short = full.split(" (").next().unwrap_or(&full);
    let extra = run.comparison(&best.subject.option, cost.measure).map(|c| (c.difference, c.interval));
    let price = match extra {
        Some((d, (low, _))) if low > 0.0 => format!(", for {} more", money(run, cost, d)),
        Some((d, (_, high))) if high < 0.0 => format!(", for {} less", money(run, cost, d)),
        Some((_, (low, high))) if low == high => ", at the same cost".into(),
        Some(_) => ", and whether that costs more or less cannot be told".into(),
        None => String::new(),
    };
    let most = if others == 1 { "with" } else { "highest with" };
    format!("{most} {}: {short}{price}", sentence::named(&best.subject.option))
}

fn subtitle(run: &Run) -> String {
    let bars = "Bars: 95% intervals of each figure by itself; a difference from the base is surer, since all options \
                meet the same callers. Triangles: up better than the base, down worse.";
    let bars = if run.options.len() == 1 { "Bars: 95% intervals." } else { bars };
    format!(
        "{}Satisfaction rests on assumed weights of waiting, calling again and being left unresolved. {bars}",
        run.view()
    )
}

fn words(run: &Run, cost: &Cost, points: &[Point]) -> String {
    let figures: Vec<String> = points
        .iter()
        .map(|p| {
            let satisfied = sentence::share(p.at().1, p.satisfied.half_width());
            format!("{}: {satisfied} satisfied for {}", run.options[p.place].name, money(run, cost, p.at().0))
        })
        .collect();
    format!("{}.", figures.join("; "))
}
