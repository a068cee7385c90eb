//! The beta function and its incomplete form.

use super::gamma::{away_from_zero, ln_gamma, stirling_rest};

/// ln B(a, b) = ln Γ(a) + ln Γ(b) − ln Γ(a + b), without the cancellation where one of them is large.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    let (large, small) = (a.max(b), a.min(b));
    if large < 16.0 {
        return ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
    }
    let sum = large + small;
    ln_gamma(small) - (sum - 0.5) * libm::log1p(small / large) - small * libm::log(large)
        + small
        + (stirling_rest(large) - stirling_rest(sum))
}

/// A point of (0, 1) with its complement and both logarithms, so that neither end loses digits.
#[derive(Clone, Copy)]
pub(super) struct Point {
    /// x.
    pub(super) x: f64,
    /// 1 − x.
    pub(super) y: f64,
    /// ln x.
    pub(super) ln_x: f64,
    /// ln (1 − x).
    pub(super) ln_y: f64,
}

impl Point {
    /// The same point seen from the other end.
    pub(super) fn turned(self) -> Point {
        Point { x: self.y, y: self.x, ln_x: self.ln_y, ln_y: self.ln_x }
    }
}

/// xᵃ (1 − x)ᵇ / B(a, b).
pub(super) fn front(a: f64, b: f64, at: Point) -> f64 {
    libm::exp(a * at.ln_x + b * at.ln_y - ln_beta(a, b))
}

/// I_x(a, b) at a point.
pub(super) fn regularised_at(a: f64, b: f64, at: Point) -> f64 {
    if at.x <= 0.0 {
        // x may underflow while xᵃ/(a B(a, b)) does not.
        front(a, b, at) / a
    } else if at.y <= 0.0 {
        1.0
    } else if at.x < (a + 1.0) / (a + b + 2.0) {
        front(a, b, at) * fraction(a, b, at.x) / a
    } else {
        1.0 - front(a, b, at) * fraction(b, a, at.y) / b
    }
}

/// The regularised incomplete beta function I_x(a, b) for a, b > 0 and x in [0, 1].
pub fn beta_regularised(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    regularised_at(a, b, Point { x, y: 1.0 - x, ln_x: libm::log(x), ln_y: libm::log1p(-x) })
}

/// The continued fraction of I_x(a, b) (DLMF 8.17.22, Lentz's method), quick for x < (a + 1)/(a + b + 2).
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for m in 1..100_000 {
        let m = f64::from(m);
        let twice = 2.0 * m;
        let even = m * (b - m) * x / ((a + twice - 1.0) * (a + twice));
        d = 1.0 / away_from_zero(1.0 + even * d);
        c = away_from_zero(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + twice) * (a + twice + 1.0));
        d = 1.0 / away_from_zero(1.0 + odd * d);
        c = away_from_zero(1.0 + odd / c);
        value *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::beta::{beta_reg, ln_beta as oracle_ln_beta};

    #[test]
    fn the_incomplete_beta_function_agrees_with_statrs() {
        for a in [0.5, 1.0, 2.5, 9.0, 40.0] {
            for b in [0.5, 1.0, 3.0, 20.0, 100.0] {
                let (ours, theirs) = (ln_beta(a, b), oracle_ln_beta(a, b));
                assert!((ours - theirs).abs() < 1e-11 * (1.0 + theirs.abs()), "{a} {b}: {ours} {theirs}");
                for i in 1..50 {
                    let x = f64::from(i) / 50.0;
                    let (ours, theirs) = (beta_regularised(a, b, x), beta_reg(a, b, x));
                    assert!((ours - theirs).abs() < 1e-10 * theirs, "I({a}, {b}, {x}): {ours} {theirs}");
                }
            }
        }
        assert_eq!(beta_regularised(2.0, 3.0, 0.0), 0.0);
        assert_eq!(beta_regularised(2.0, 3.0, 1.0), 1.0);
    }

    #[test]
    fn the_beta_function_of_a_large_and_a_small_argument_keeps_its_digits() {
        // B(n, 1) = 1/n and B(n, 2) = 1/(n (n + 1)).
        for n in [16.0, 1e3, 1e6, 1e9] {
            assert!((ln_beta(n, 1.0) + libm::log(n)).abs() < 1e-13, "{n}");
            assert!((ln_beta(2.0, n) + libm::log(n) + libm::log1p(n)).abs() < 1e-13, "{n}");
        }
    }
}
