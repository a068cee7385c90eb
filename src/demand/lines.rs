//! Rates in straight lines instead of steps.
//!
//! Through every open cell run two lines, from its start over its middle to its end, where the next cell's begin; so
//! the rate has no jumps within a day. At an edge between cells of rates a and b it is min((a + b)/2, 2a, 2b), and in
//! the middle of a cell what is needed for the cell to keep its calls: 2r − (start + end)/2, which is never negative.
//! At opening and closing the rate is that of its cell.

use super::Drawn;
use crate::unit::Micros;

/// The rate along the open part of one cell, calls an hour.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Line {
    /// At its start.
    pub start: f64,
    /// In its middle.
    pub middle: f64,
    /// At its end.
    pub end: f64,
}

impl Line {
    /// The highest rate.
    pub fn peak(self) -> f64 {
        self.start.max(self.middle).max(self.end)
    }

    /// The rate at a share of the way from start to end.
    pub fn at(self, part: f64) -> f64 {
        let (from, to, way) = if part < 0.5 {
            (self.start, self.middle, 2.0 * part)
        } else {
            (self.middle, self.end, 2.0 * part - 1.0)
        };
        from + (to - from) * way
    }

    /// The share of the way at which a share `u` of the cell's calls has come.
    pub fn way(self, u: f64) -> f64 {
        let (first, second) = (self.start + self.middle, self.middle + self.end);
        let all = first + second;
        if all <= 0.0 {
            return u;
        }
        let calls = u * all;
        if calls < first {
            0.5 * solve(self.start, self.middle, calls / first)
        } else {
            0.5 + 0.5 * solve(self.middle, self.end, (calls - first) / second)
        }
    }
}

/// The x in (0, 1) at which a share `u` of the area below a line from `a` to `b` lies to the left.
fn solve(a: f64, b: f64, u: f64) -> f64 {
    // (b − a)x² + 2a x = u(a + b), by the form that does not cancel.
    let area = u * (a + b);
    let root = (a * a + (b - a) * area).max(0.0).sqrt();
    if a + root > 0.0 { (area / (a + root)).clamp(0.0, 1.0) } else { u }
}

/// Lines through the cells of a day from `first` up to `last`, the open ones; no line elsewhere.
pub fn lines(rates: &[f64], first: usize, last: usize, lines: &mut Vec<Line>) {
    lines.clear();
    lines.resize(rates.len(), Line::default());
    let edge = |k: usize| {
        let (a, b) = (rates[k - 1], rates[k]);
        (0.5 * (a + b)).min(2.0 * a).min(2.0 * b)
    };
    for k in first..=last.min(rates.len().saturating_sub(1)) {
        let start = if k == first { rates[k] } else { edge(k) };
        let end = if k == last { rates[k] } else { edge(k + 1) };
        lines[k] = Line { start, middle: 2.0 * rates[k] - 0.5 * (start + end), end };
    }
}

/// The open cells of a day with hours from `open` to `close` (times of day).
pub fn open_cells(open: Micros, close: Micros, cell: Micros) -> (usize, usize) {
    ((open / cell) as usize, ((close - 1) / cell) as usize)
}

/// The lines of a day's queues under one kind of demand.
#[derive(Debug, Default)]
pub struct DayLines {
    /// By queue; empty where the rate runs in steps.
    queues: Vec<Vec<Line>>,
}

impl DayLines {
    /// Draws lines through a queue's rates on a day that is open from `open` to `close`; the rates become the highest
    /// of each cell. Without `straight` there are none.
    pub fn bend(
        &mut self,
        queue: usize,
        straight: bool,
        (open, close): (Micros, Micros),
        cell: Micros,
        rates: &mut [f64],
    ) {
        if self.queues.len() <= queue {
            self.queues.resize_with(queue + 1, Vec::new);
        }
        self.queues[queue].clear();
        if straight {
            let (first, last) = open_cells(open, close, cell);
            lines(rates, first, last, &mut self.queues[queue]);
            rates.iter_mut().zip(&self.queues[queue]).for_each(|(rate, line)| *rate = line.peak());
        }
    }

    /// Leaves out the points that lie above their line; `open` and `close` are moments of the run.
    pub fn thin(&self, drawn: &Drawn, open: Micros, close: Micros, cell: Micros, picked: &mut Vec<u32>) {
        if self.queues.iter().all(Vec::is_empty) {
            return;
        }
        picked.retain(|i| {
            let (time, id) = (drawn.time[*i as usize], drawn.id[*i as usize]);
            let Some(line) = self.queues.get(id.queue()).and_then(|lines| lines.get(id.cell())) else {
                return true;
            };
            // A cell's open part.
            let from = (time / cell * cell).max(open);
            let to = (time / cell * cell + cell).min(close);
            drawn.height[*i as usize] < line.at((time - from) as f64 / (to - from) as f64)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_meet_and_every_cell_keeps_its_calls() {
        let rates = [0.0, 40.0, 10.0, 0.0, 90.0, 5.0, 5.0, 0.0];
        let mut drawn = Vec::new();
        lines(&rates, 1, 6, &mut drawn);
        assert_eq!((drawn[0], drawn[7]), (Line::default(), Line::default()));
        for k in 1..=6 {
            let line = drawn[k];
            assert!(line.start >= 0.0 && line.middle >= 0.0 && line.end >= 0.0, "{k}: {line:?}");
            assert!(
                (line.start + 2.0 * line.middle + line.end - 4.0 * rates[k]).abs() < 1e-12,
                "{k}: {line:?}"
            );
            assert!(k == 6 || line.end == drawn[k + 1].start, "{k}");
            for part in [0.0, 0.2, 0.5, 0.7, 1.0] {
                assert!(line.at(part) <= line.peak());
            }
        }
        assert_eq!((drawn[1].start, drawn[6].end), (40.0, 5.0));
    }

    #[test]
    fn the_way_is_the_inverse_of_the_calls_that_have_come() {
        for line in [
            Line { start: 0.0, middle: 10.0, end: 4.0 },
            Line { start: 7.0, middle: 7.0, end: 7.0 },
            Line { start: 9.0, middle: 0.0, end: 0.0 },
        ] {
            // Calls up to a share of the way, by the trapezium rule within each half, where it is exact.
            let come = |x: f64| {
                let half = |x: f64, a: f64, b: f64| 0.5 * x * (a + a + (b - a) * x);
                let whole = half(1.0, line.start, line.middle) + half(1.0, line.middle, line.end);
                let (first, second) = ((2.0 * x).min(1.0), (2.0 * x - 1.0).max(0.0));
                (half(first, line.start, line.middle) + half(second, line.middle, line.end)) / whole
            };
            for u in [0.01, 0.3, 0.6, 0.99] {
                assert!((come(line.way(u)) - u).abs() < 1e-12, "{line:?} {u}");
            }
        }
    }
}
