//! A plotting area on a page: plotters draws into it, and labels ask it where a value lies.

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

use super::ChartError;
use super::axis::Tick;
use super::page::{Anchor, Page, Type};
use super::palette::{GRID, INK, MUTED};

/// Plotters rounds to whole pixels: it draws this much larger and is scaled back.
const FINE: f64 = 4.0;

/// What plotters draws on.
pub(super) type Plot<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// A rectangle of the page with a horizontal and a vertical scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Panel {
    /// Upper left corner on the page.
    pub(super) corner: (f64, f64),
    /// Width and height.
    pub(super) size: (f64, f64),
    /// Values at the left and right edge.
    pub(super) across: (f64, f64),
    /// Values at the bottom and top edge.
    pub(super) up: (f64, f64),
}

/// How a layer of lines is stroked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    /// Of the line.
    pub(super) colour: RGBColor,
    /// In units of the page.
    pub(super) width: f64,
    /// In units of the page, as SVG writes it; empty for a solid line.
    pub(super) dash: &'static str,
}

impl Panel {
    /// Where a value lies across the page.
    pub(super) fn x(&self, value: f64) -> f64 {
        self.corner.0 + (value - self.across.0) / (self.across.1 - self.across.0) * self.size.0
    }

    /// Where a value lies down the page.
    pub(super) fn y(&self, value: f64) -> f64 {
        self.bottom() - (value - self.up.0) / (self.up.1 - self.up.0) * self.size.1
    }

    /// The right edge.
    pub(super) fn right(&self) -> f64 {
        self.corner.0 + self.size.0
    }

    /// The lower edge.
    pub(super) fn bottom(&self) -> f64 {
        self.corner.1 + self.size.1
    }

    /// Lets plotters draw one layer; the lines of a layer share their dash.
    fn layer(
        &self,
        page: &mut Page,
        dash: &str,
        draw: impl FnOnce(&mut Plot<'_>) -> Result<(), ChartError>,
    ) -> Result<(), ChartError> {
        let fine = |length: f64| (length * FINE).round() as i32;
        let (width, height) = page.size();
        let mut svg = String::new();
        {
            let root = SVGBackend::with_string(&mut svg, (fine(width) as u32, fine(height) as u32))
                .into_drawing_area();
            let area = root
                .clone()
                .shrink((fine(self.corner.0), fine(self.corner.1)), (fine(self.size.0), fine(self.size.1)));
            let mut plot = ChartBuilder::on(&area)
                .build_cartesian_2d(self.across.0..self.across.1, self.up.0..self.up.1)
                .map_err(ChartError::plotting)?;
            draw(&mut plot)?;
            root.present().map_err(ChartError::plotting)?;
        }
        // Only the elements within plotters' own document are wanted.
        let start = svg.find('>').map_or(0, |end| end + 1);
        let end = svg.rfind("</svg>").unwrap_or(svg.len());
        let dash = if dash.is_empty() {
            String::new()
        } else {
            let fine: Vec<String> = dash
                .split(' ')
                .filter_map(|d| d.parse::<f64>().ok())
                .map(|d| (d * FINE).to_string())
                .collect();
            format!(" stroke-dasharray=\"{}\"", fine.join(" "))
        };
        page.elements(&format!("<g transform=\"scale({})\" stroke-linejoin=\"round\"{dash}>", 1.0 / FINE));
        // A renderer draws an element with `opacity` on a layer of its own as large as the page: it is said of the fill
        // alone, since lines are opaque, which is the same for shapes without an outline.
        let svg = svg[start..end].replace(" opacity=\"1\"", "").replace(" opacity=", " fill-opacity=");
        page.elements(&svg);
        page.elements("</g>\n");
        Ok(())
    }

    /// Lines through points, one for each unbroken run of them.
    pub(super) fn lines(
        &self,
        page: &mut Page,
        stroke: Stroke,
        runs: &[Vec<(f64, f64)>],
    ) -> Result<(), ChartError> {
        let style = stroke.colour.stroke_width((stroke.width * FINE).round() as u32);
        self.layer(page, stroke.dash, |plot| {
            for run in runs {
                plot.draw_series(LineSeries::new(run.iter().copied(), style))
                    .map_err(ChartError::plotting)?;
            }
            Ok(())
        })
    }

    /// The area between two lines over the same places: (place, low, high), one for each unbroken run.
    pub(super) fn bands(
        &self,
        page: &mut Page,
        colour: RGBColor,
        opacity: f64,
        runs: &[Vec<(f64, f64, f64)>],
    ) -> Result<(), ChartError> {
        let style = colour.mix(opacity).filled();
        self.layer(page, "", |plot| {
            let outlines = runs.iter().filter(|run| run.len() > 1).map(|run| {
                let there = run.iter().map(|(x, low, _)| (*x, *low));
                let back = run.iter().rev().map(|(x, _, high)| (*x, *high));
                Polygon::new(there.chain(back).collect::<Vec<_>>(), style)
            });
            plot.draw_series(outlines).map_err(ChartError::plotting)?;
            Ok(())
        })
    }

    /// Horizontal grid lines with their labels on the left.
    pub(super) fn rise(&self, page: &mut Page, ticks: &[Tick], look: Type) -> Result<(), ChartError> {
        let lines: Vec<Vec<(f64, f64)>> =
            ticks.iter().map(|t| vec![(self.across.0, t.at), (self.across.1, t.at)]).collect();
        self.lines(page, Stroke { colour: GRID, width: 1.0, dash: "" }, &lines)?;
        for tick in ticks {
            let look = look.anchor(Anchor::End).colour(MUTED);
            page.centred(self.corner.0 - 7.0, self.y(tick.at), look, std::slice::from_ref(&tick.label));
        }
        Ok(())
    }

    /// The horizontal axis with small strokes and labels below.
    pub(super) fn run(&self, page: &mut Page, ticks: &[Tick], look: Type) {
        let y = self.bottom();
        page.line((self.corner.0, y), (self.right(), y), INK, 1.0, "");
        for tick in ticks {
            let x = self.x(tick.at);
            page.line((x, y), (x, y + 4.0), INK, 1.0, "");
            page.text(x, y + 6.0 + look.size, look.anchor(Anchor::Middle).colour(MUTED), &tick.label);
        }
    }
}
