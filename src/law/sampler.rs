//! A law compiled for drawing: one uniform in, whole microseconds out, a few nanoseconds each.

use super::Law;
use super::table::Table;
use crate::unit::{DAY, Micros, micros};

/// The longest duration ever drawn: 100 days. Longer variates are taken as this.
pub const LONGEST: Micros = 100 * DAY;

/// A compiled law.
///
/// Every value, before its one rounding to microseconds, is within 1e-6 of the exact quantile (relative) or a
/// twentieth of a microsecond of it; mean and variance within 1e-6. No transcendental function is called in a draw,
/// only + − × and comparisons, so the bits are the same everywhere. Building one takes some thousand exact quantiles
/// (under a millisecond, a few for gamma laws): build once per law and share it; equal laws give equal samplers.
#[derive(Debug, Clone)]
pub struct Sampler {
    kind: Kind,
}

/// How a value is had from a uniform.
#[derive(Debug, Clone)]
enum Kind {
    /// Always the same, microseconds.
    Constant(Micros),
    /// Anything that varies.
    Table(Table),
}

impl Sampler {
    /// Compiles a law.
    pub fn new(law: &Law) -> Sampler {
        let kind = match law {
            // Also a degenerate law of any kind: a zero mean, equal bounds.
            _ if !(law.variance() > 0.0) => Kind::Constant(micros(law.mean(), LONGEST)),
            _ => Kind::Table(Table::new(law)),
        };
        Sampler { kind }
    }

    /// The variate of a uniform, in microseconds, rounded half up; it never falls as `u` rises.
    ///
    /// `u` is taken no nearer to 0 or 1 than 2⁻⁵⁴; values outside (0, 1) are taken at the ends.
    #[inline]
    pub fn micros(&self, u: f64) -> Micros {
        match &self.kind {
            Kind::Constant(value) => *value,
            Kind::Table(table) => rounded(table.value(u)),
        }
    }

    /// A column of variates, one for each uniform, in `out` (cleared first; no allocation once it is large enough).
    pub fn fill(&self, uniforms: &[f64], out: &mut Vec<Micros>) {
        out.clear();
        match &self.kind {
            Kind::Constant(value) => out.resize(uniforms.len(), *value),
            Kind::Table(table) => out.extend(uniforms.iter().map(|u| rounded(table.value(*u)))),
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::samples;

    #[test]
    fn quick() {
        for law in samples() {
            let s = Sampler::new(&law);
            for i in 0..100_000 {
                let u = (f64::from(i) + 0.5) / 1e5;
                let exact = 1e6 * law.quantile(u);
                assert!(
                    (s.micros(u) as f64 - exact).abs() < 0.55 + 1e-6 * exact,
                    "{law:?} {u} {exact} {}",
                    s.micros(u)
                );
            }
        }
    }
}
