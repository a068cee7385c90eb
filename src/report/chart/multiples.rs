//! Small panels alike, one for every other option, each with its day and the base's: what changes is seen at a glance,
//! however many options there are.

use super::ChartError;
use super::axis;
use super::layout::{AXIS, MARGIN, WIDTH};
use super::page::{Anchor, Page, Type};
use super::palette::{FAINT, GRID, INK, Ink, MUTED, legible};
use super::panel::{Panel, Stroke};
use super::run::Run;
use super::service::{fan, means};
use crate::report::sentence::{self, Unit};
use crate::report::stored::Interval;

/// Height of a small panel's plot.
const PLOT: f64 = 84.0;
/// Between panels.
const GAP: f64 = 18.0;
/// At the left, for the axis.
const AXIS_ROOM: f64 = 38.0;
/// Below each row.
const BELOW: f64 = 24.0;
/// Above the first row.
const ABOVE: f64 = 14.0;
/// Names are cut after so many lines.
const LINES: usize = 3;
/// Size of names.
const SIZE: f64 = 12.0;

/// One small panel.
struct Small<'a> {
    run: &'a Run,
    /// The option's place under its view.
    place: usize,
    /// Its queue, where it is not the one drawn above.
    queue: Option<&'a str>,
    name: Vec<String>,
    ink: Ink,
}

/// All small panels.
pub(super) struct Grid<'a> {
    panels: Vec<Small<'a>>,
    columns: usize,
    width: f64,
}

impl<'a> Grid<'a> {
    /// A panel for every option of the first view but its base, for the base's other queues, and for the base under every
    /// other view.
    pub(super) fn new(runs: &[&'a Run]) -> Grid<'a> {
        let others = (1..runs[0].options.len()).map(|place| (runs[0], place, None));
        let queues = runs[0].other_queues().into_iter().map(|queue| (runs[0], 0, Some(queue)));
        let bases = runs.iter().skip(1).map(|run| (*run, 0, None));
        let all: Vec<(&Run, usize, Option<&str>)> = others.chain(queues).chain(bases).collect();
        let columns = all.len().clamp(2, 4);
        let width = (WIDTH - 2.0 * MARGIN - AXIS_ROOM + GAP) / columns as f64 - GAP;
        let panels = all
            .into_iter()
            .map(|(run, place, queue)| {
                let option = &run.options[place];
                let name = match (queue, &option.view) {
                    (Some(queue), _) => format!("The base, calls to {}", sentence::named(queue)),
                    (None, Some(view)) if place == 0 => {
                        format!("The base, view {}", sentence::named(view))
                    }
                    _ => option.name.clone(),
                };
                let name = Type::of(SIZE).bold().wrap(&name, width, LINES);
                Small { run, place, queue, name, ink: run.ink(place) }
            })
            .collect();
        Grid { panels, columns, width }
    }

    /// Rows of panels with the height of their names.
    fn rows(&self) -> impl Iterator<Item = (&[Small<'a>], f64)> {
        self.panels.chunks(self.columns).map(|row| {
            let lines = row.iter().map(|p| p.name.len()).max().unwrap_or(1);
            (row, (lines as f64 + 1.0) * SIZE * 1.25 + 8.0)
        })
    }

    /// The height of all panels.
    pub(super) fn height(&self) -> f64 {
        if self.panels.is_empty() {
            return 0.0;
        }
        ABOVE + self.rows().map(|(_, names)| names + PLOT + BELOW).sum::<f64>()
    }

    /// Draws all panels below `top`, over the base's hours.
    pub(super) fn draw(
        &self,
        page: &mut Page,
        top: f64,
        hours: (f64, f64),
        base: &[&Interval],
    ) -> Result<(), ChartError> {
        let mut y = top + ABOVE;
        for (row, names) in self.rows() {
            for (i, small) in row.iter().enumerate() {
                let left = MARGIN + AXIS_ROOM + i as f64 * (self.width + GAP);
                let panel = Panel {
                    corner: (left, y + names),
                    size: (self.width, PLOT),
                    across: hours,
                    up: (0.0, 1.0),
                };
                small.draw(page, &panel, y, base, i == 0)?;
            }
            y += names + PLOT + BELOW;
        }
        Ok(())
    }
}

impl Small<'_> {
    fn draw(
        &self,
        page: &mut Page,
        panel: &Panel,
        top: f64,
        base: &[&Interval],
        first: bool,
    ) -> Result<(), ChartError> {
        let x = panel.corner.0;
        // Names end at one height, just above the panel, however many lines they have.
        let head = (self.name.len() as f64 + 1.0) * SIZE * 1.25 + 8.0;
        let top = top.max(panel.corner.1 - head);
        page.lines(x, top + SIZE, Type::of(SIZE).bold().colour(legible(self.ink.colour)), &self.name);
        let figure = top + SIZE + self.name.len() as f64 * SIZE * 1.25;
        page.text(x, figure, Type::of(AXIS - 1.0).colour(MUTED), &self.figure());
        let look = Type::of(AXIS - 1.5).colour(MUTED);
        for tick in axis::shares(0.0, 1.0, 2) {
            let y = panel.y(tick.at);
            page.line((x, y), (panel.right(), y), GRID, 0.8, "");
            if first {
                page.centred(x - 5.0, y, look.anchor(Anchor::End), std::slice::from_ref(&tick.label));
            }
        }
        let option = &self.run.options[self.place].name;
        let queue = self.queue.unwrap_or(&self.run.queue);
        let day = self.run.day_in(option, queue);
        panel.bands(page, self.ink.colour, 0.18, &fan(&day))?;
        if let Some(share) = self.run.target_in(queue).and_then(|t| t.share) {
            page.line((x, panel.y(share)), (panel.right(), panel.y(share)), INK, 0.7, "");
        }
        panel.lines(
            page,
            Stroke { colour: self.run.ink(0).colour, width: 1.1, dash: "3 2" },
            &means(base),
        )?;
        panel.lines(page, Stroke { colour: self.ink.colour, width: 2.0, dash: "" }, &means(&day))?;
        page.line((x, panel.bottom()), (panel.right(), panel.bottom()), FAINT, 1.0, "");
        let wide =
            |label: &str| (look.width(label) + 10.0) / panel.size.0 * (panel.across.1 - panel.across.0);
        let (low, high) = panel.across;
        let ticks = axis::apart(4, |most| axis::clock(low, high, most), wide);
        let inside = |at: f64, label: &str| {
            let half = look.width(label) / 2.0;
            at.clamp(x + half - 6.0, panel.right() - half + 6.0)
        };
        for tick in ticks {
            page.line(
                (panel.x(tick.at), panel.bottom()),
                (panel.x(tick.at), panel.bottom() + 3.0),
                MUTED,
                0.8,
                "",
            );
            let at = inside(panel.x(tick.at), &tick.label);
            page.text(at, panel.bottom() + 14.0, look.anchor(Anchor::Middle), &tick.label);
        }
        Ok(())
    }

    /// The option's own figure, and its difference from the base of its view.
    fn figure(&self) -> String {
        let option = &self.run.options[self.place];
        if let Some(queue) = self.queue {
            let own = option.queues.get(queue).and_then(|q| q.measures.get("service_level"));
            let share = own.and_then(|e| Some(sentence::share(e.mean?, e.half_width())));
            let within = self.run.target_in(queue).map(|t| sentence::time(t.within_s));
            return match (share, within) {
                (Some(share), Some(within)) => format!("{share} in all, within {within}"),
                (Some(share), None) => format!("{share} in all"),
                (None, _) => "no calls".into(),
            };
        }
        let Some(own) = self.run.service_level(option) else { return "no calls".into() };
        let text = sentence::share(own.mean.unwrap_or(0.0), own.half_width());
        // Over several queues the comparison is the centre's, not the queue's that is drawn.
        let difference =
            self.run.comparison(&option.name, "service_level").filter(|_| self.run.queues() == 1);
        difference.map_or(format!("{text} in all"), |c| {
            let full = sentence::difference(Unit::Share, c.difference, c.interval);
            format!("{text} in all, {}", full.split(" (").next().unwrap_or(&full))
        })
    }
}
