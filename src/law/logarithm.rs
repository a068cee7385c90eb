//! The natural logarithm of a uniform, for the draws of which there are most.

/// Bits of the mantissa that choose an entry.
const BITS: u32 = 7;
const ENTRIES: usize = 1 << BITS;
const LN_2: f64 = std::f64::consts::LN_2;

/// A table for logarithms of positive numbers: the bits are the same everywhere, since only + − × are used.
///
/// With x = 2ᵏ·z and c the middle of z's 128th of [1, 2): ln x = k·ln 2 + ln c + ln(1 + r), r = z/c − 1, |r| < 2⁻⁸,
/// the last by six terms of its series; they leave out less than r⁷/7 < 2·10⁻¹⁸. The result is within 10⁻¹⁵ of the
/// exact one, absolutely.
#[derive(Debug, Clone)]
pub struct Logarithm {
    /// 1/c and ln c.
    entries: Box<[(f64, f64); ENTRIES]>,
}

impl Default for Logarithm {
    fn default() -> Logarithm {
        Logarithm::new()
    }
}

impl Logarithm {
    /// Tabulates.
    pub fn new() -> Logarithm {
        let mut entries = Box::new([(0.0, 0.0); ENTRIES]);
        for (number, entry) in entries.iter_mut().enumerate() {
            let middle = 1.0 + (number as f64 + 0.5) / ENTRIES as f64;
            let inverse = 1.0 / middle;
            // Of what is multiplied with, not of the middle, which its inverse misses by a rounding.
            *entry = (inverse, -libm::log(inverse));
        }
        Logarithm { entries }
    }

    /// ln x of a positive, normal x.
    #[inline(always)]
    pub fn of(&self, x: f64) -> f64 {
        let bits = x.to_bits();
        let exponent = (bits >> 52) as i64 - 1023;
        let (inverse, log) = self.entries[(bits >> (52 - BITS)) as usize & (ENTRIES - 1)];
        let z = f64::from_bits(bits & ((1 << 52) - 1) | 1023 << 52);
        let r = z * inverse - 1.0;
        let r2 = r * r;
        let series = r - r2 * (0.5 - r * (1.0 / 3.0)) - r2 * r2 * (0.25 - r * 0.2 + r2 * (1.0 / 6.0));
        exponent as f64 * LN_2 + (log + series)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Key;

    #[test]
    fn it_is_the_logarithm() {
        let logarithm = Logarithm::new();
        let mut stream = Key::replication(5, 0).stream();
        for power in 0..60 {
            for _ in 0..2000 {
                let x = stream.uniform() / (1u64 << power) as f64;
                let error = (logarithm.of(x) - libm::log(x)).abs();
                // Two roundings of a value of at most 36 ln 2 near the end of the range: 2⁻⁵³ of it each.
                assert!(error < 1e-15 + 3e-16 * libm::log(x).abs(), "{x}: {error}");
            }
        }
        for x in [f64::MIN_POSITIVE, 0.5, 1.0, 1.0 - f64::EPSILON, 2.0] {
            assert!((logarithm.of(x) - libm::log(x)).abs() < 1e-15 + 3e-16 * libm::log(x).abs(), "{x}");
        }
    }
}
