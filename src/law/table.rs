//! A quantile function as piecewise cubics on a grid that is fine where it must be: the table behind a sampler.
//!
//! The grid lies in v, the distance of the uniform from the nearer end of (0, 1): 32 cells to each halving of v
//! down to 2⁻⁵⁴, on either side. Durations are smooth in ln v (powers of v near 0, powers or logarithms of it near
//! 1), so such a grid needs no exact tail and its hot part, a few halvings, stays in the first-level cache. A cell
//! is the cubic with the exact quantile and the exact slope at both ends; its error is h⁴/384 · |Q⁗| (Hermite
//! interpolation), 2e-8 of the value for an exponential law. Where that is too much (a cell holding the seam of a
//! hyperexponential, extreme shapes) the cell is split into eight, and again, down to `DEPTH`.

use super::{LONGEST, Law};
use crate::unit::Micros;

/// Halvings of v covered on each side: the uniform is taken no nearer to 0 or 1 than 2⁻⁵⁴.
const HALVINGS: usize = 53;
/// Bits of the cell within a halving.
const BITS: u32 = 5;
/// Cells on the lower side; the upper side has one more, for v = 1/2 itself.
const SIDE: usize = HALVINGS << BITS;
/// The nearest distance to an end.
pub(super) const NEAREST: f64 = 1.0 / (1u64 << 54) as f64;
/// Uniforms placed at a time.
const BLOCK: usize = 64;
/// Position of a cell's number in the bits of v.
const SHIFT: u32 = 52 - BITS;
/// The bits of v within its cell.
const WITHIN: u64 = (1 << SHIFT) - 1;
/// The cell number of `NEAREST`, which becomes 0.
const FIRST: usize = ((1023 - 54) << BITS) as usize;
/// Parts into which a cell is split.
const PARTS: usize = 8;
/// Splits within splits: a cell of 1/32 of a halving is resolved down to 2⁻²⁹ of it.
const DEPTH: u32 = 8;
/// Error allowed at the middle of a cell, of the value: a fifth of what is promised.
const OF_VALUE: f64 = 2e-6;
/// Error allowed there, of the standard deviation, so that mean and variance are far better than single values.
const OF_SPREAD: f64 = 2e-7;
/// Error allowed in any case, microseconds: a fiftieth of the rounding.
const NEGLIGIBLE: f64 = 0.01;
/// Largest value kept, microseconds: far above any duration, far below overflow.
const CEILING: f64 = 1e18;

/// The cubic a + d(b + d(c + d·e)) in the distance d from the cell's end that is nearer to v = 0; if `e` is NaN, a
/// cell split into parts of width `c` = 1/`b`, the first of which is number `a`.
#[derive(Debug, Clone, Copy)]
#[repr(align(32))]
struct Cell {
    a: f64,
    b: f64,
    c: f64,
    e: f64,
}

/// The quantile function of a law in microseconds.
#[derive(Debug, Clone)]
pub(super) struct Table {
    cells: Vec<Cell>,
}

/// Quantile and its derivative in v at one point of the grid, microseconds.
#[derive(Clone, Copy)]
struct Knot {
    v: f64,
    value: f64,
    slope: f64,
}

/// The side of the median a cell is on.
#[derive(Clone, Copy, PartialEq)]
enum Side {
    Lower,
    Upper,
}

impl Table {
    /// Tabulates a law with a density; some thousand exact quantiles.
    pub(super) fn new(law: &Law) -> Table {
        let flat = Cell { a: 0.0, b: 0.0, c: 0.0, e: 0.0 };
        let mut maker = Maker { law, spread: 1e6 * law.variance().sqrt(), cells: vec![flat; 2 * SIDE + 1] };
        maker.side(Side::Lower, 0);
        maker.side(Side::Upper, SIDE);
        Table { cells: maker.cells }
    }

    /// The value at a uniform, in whole microseconds. Total: what lies outside (0, 1) is taken at its ends.
    ///
    /// It rises with `u` in floating point too. Within a cell slopes lie between 1/4 and 5/2 of the mean slope (the
    /// build sees to it), so the least step of u, at least 2⁻⁴⁷ of a cell, moves the cubic's rise above `a` by 2⁻⁴⁹
    /// of itself, and its three roundings move it by less than 2⁻⁵⁰; adding `a` and rounding keep order.
    #[inline]
    pub(super) fn micros(&self, u: f64) -> Micros {
        let (number, d) = place(u);
        rounded(self.value(number, d))
    }

    /// The values of a column of uniforms. Places first, a block at a time, where the compiler uses vector
    /// instructions, then the cubics: a fifth faster than one by one.
    pub(super) fn fill(&self, uniforms: &[f64], out: &mut [Micros]) {
        let mut places = [(0, 0.0); BLOCK];
        for (uniforms, out) in uniforms.chunks(BLOCK).zip(out.chunks_mut(BLOCK)) {
            for (u, at) in uniforms.iter().zip(&mut places) {
                *at = place(*u);
            }
            for (out, (number, d)) in out.iter_mut().zip(&places) {
                *out = rounded(self.value(*number, *d));
            }
        }
    }

    /// The value at a distance into a cell.
    #[inline]
    fn value(&self, number: u64, d: f64) -> f64 {
        let cell = &self.cells[number as usize];
        let value = cell.a + d * (cell.b + d * (cell.c + d * cell.e));
        if value.is_nan() { self.split_value(*cell, d) } else { value }
    }

    /// The value in a cell that is split.
    #[cold]
    fn split_value(&self, mut cell: Cell, mut d: f64) -> f64 {
        while cell.e.is_nan() {
            // Widths are powers of two: nothing here rounds.
            let part = (d * cell.b) as usize;
            d -= part as f64 * cell.c;
            cell = self.cells[cell.a as usize + part];
        }
        cell.a + d * (cell.b + d * (cell.c + d * cell.e))
    }
}

/// The cell of a uniform and the distance into it.
#[inline]
fn place(u: f64) -> (u64, f64) {
    // Minimum, maximum and mask rather than branches: half of them would be mispredicted (7 ns against 3).
    let rest = 1.0 - u;
    let v = if rest < u { rest } else { u };
    let v = if v > NEAREST { v } else { NEAREST };
    let bits = v.to_bits();
    let upper = u64::from(u >= 0.5).wrapping_neg() & SIDE as u64;
    ((bits >> SHIFT).wrapping_sub(FIRST as u64).wrapping_add(upper), v - f64::from_bits(bits & !WITHIN))
}

/// Adding this leaves no room for a fraction, so that the sum is rounded to a whole number, kept in the low bits.
const ROUNDER: f64 = (1u64 << 52) as f64;

/// A value from 0 up, rounded to the nearest microsecond.
///
/// One addition, where a cast costs six instructions for cases that cannot occur. It differs from rounding half up
/// only at an exact half, which goes to the even neighbour.
#[inline]
fn rounded(value: f64) -> Micros {
    let value = if value < LONGEST as f64 { value } else { LONGEST as f64 };
    (value + ROUNDER).to_bits() & (ROUNDER as u64 - 1)
}

/// A table in the making.
struct Maker<'a> {
    law: &'a Law,
    /// Standard deviation, microseconds.
    spread: f64,
    cells: Vec<Cell>,
}

impl Maker<'_> {
    /// The exact quantile and slope at distance `v` from an end.
    fn knot(&self, side: Side, v: f64) -> Knot {
        let x = match side {
            Side::Lower => self.law.quantile(v),
            Side::Upper => self.law.upper_quantile(v),
        };
        let slope = 1e6 / self.law.density(x);
        let value = (1e6 * x).clamp(0.0, CEILING);
        Knot { v, value, slope: if side == Side::Lower { slope } else { -slope } }
    }

    /// Fills the cells of one side, from `first` on.
    fn side(&mut self, side: Side, first: usize) {
        let mut left = self.knot(side, NEAREST);
        for number in 0..SIDE {
            let halving = number >> BITS;
            let low =
                f64::from_bits((((1023 - 54 + halving) as u64) << 52) | ((number as u64 & 31) << SHIFT));
            let width = NEAREST * (1u64 << halving) as f64 / f64::from(1 << BITS);
            let right = in_order(side, left, self.knot(side, low + width), CEILING);
            self.fill(first + number, side, left, right, 0);
            left = right;
        }
        if side == Side::Upper {
            self.cells[first + SIDE].a = left.value;
        }
    }

    /// Fills one cell, splitting it if the cubic is not near enough in its middle.
    fn fill(&mut self, at: usize, side: Side, left: Knot, right: Knot, depth: u32) {
        let width = right.v - left.v;
        let cell = cubic(left, right);
        let middle = in_order(side, left, self.knot(side, left.v + 0.5 * width), right.value);
        let d = 0.5 * width;
        let error = (cell.a + d * (cell.b + d * (cell.c + d * cell.e)) - middle.value).abs();
        if depth == DEPTH || error <= NEGLIGIBLE + (OF_VALUE * middle.value).min(OF_SPREAD * self.spread) {
            self.cells[at] = cell;
            return;
        }
        let first = self.cells.len();
        let part = width / PARTS as f64;
        self.cells.resize(first + PARTS, cell);
        self.cells[at] = Cell { a: first as f64, b: 1.0 / part, c: part, e: f64::NAN };
        let mut from = left;
        for i in 0..PARTS {
            let to = if i + 1 == PARTS {
                right
            } else {
                in_order(side, from, self.knot(side, left.v + (i + 1) as f64 * part), right.value)
            };
            self.fill(first + i, side, from, to, depth + 1);
            from = to;
        }
    }
}

/// `next` held to the order of the quantile function: beyond `left` and not beyond `end`. The exact quantile is
/// good to some 1e-14, which for a narrow law could otherwise turn two neighbours round.
fn in_order(side: Side, left: Knot, next: Knot, end: f64) -> Knot {
    let value = match side {
        Side::Lower => next.value.min(end).max(left.value),
        Side::Upper if end == CEILING => next.value.min(left.value),
        Side::Upper => next.value.max(end).min(left.value),
    };
    Knot { value, ..next }
}

/// The cubic through two knots with their slopes, each held between 1/4 and 5/2 of the mean slope: inside that
/// square the cubic's own slope is nowhere below 1/4 of the mean (Fritsch and Carlson 1980 for the idea).
fn cubic(left: Knot, right: Knot) -> Cell {
    let width = right.v - left.v;
    let mean = (right.value - left.value) / width;
    if mean == 0.0 {
        return Cell { a: left.value, b: 0.0, c: 0.0, e: 0.0 };
    }
    let held = |slope: f64| {
        let share = slope / mean;
        // At a value that underflows to 0 the density is 0/0.
        if share.is_nan() { mean } else { mean * share.clamp(0.25, 2.5) }
    };
    let (start, end) = (held(left.slope), held(right.slope));
    Cell {
        a: left.value,
        b: start,
        c: (3.0 * mean - 2.0 * start - end) / width,
        e: (start + end - 2.0 * mean) / (width * width),
    }
}
