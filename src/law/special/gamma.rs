//! The gamma function and the gamma and chi-square laws.

use super::normal::normal_quantile;
use super::root::solve;
use std::f64::consts::PI;

/// Most terms of a series or continued fraction; about √a are needed.
const TERMS: u32 = 100_000;

/// ln Γ(x) for x > 0.
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// What Stirling's formula leaves out of ln Γ(x): 1/(12x) − 1/(360x³) + …; x ≥ 16, error below 1e-16.
pub(super) fn stirling_rest(x: f64) -> f64 {
    let y = 1.0 / (x * x);
    (1.0 / 12.0 - y * (1.0 / 360.0 - y * (1.0 / 1260.0 - y * (1.0 / 1680.0 - y / 1188.0)))) / x
}

/// xᵃ e⁻ˣ / Γ(a): x times the density of the gamma law of shape a and scale 1.
///
/// For large a through the deviance a(m − ln(1 + m)), m = x/a − 1 (Loader 2000), since the factors alone are large
/// and nearly cancel.
pub fn gamma_kernel(a: f64, x: f64) -> f64 {
    if a < 16.0 {
        return libm::exp(a * libm::log(x) - x - ln_gamma(a));
    }
    let m = (x - a) / a;
    let log = if m.abs() < 0.5 { libm::log1p(m) } else { libm::log(x / a) };
    (a / (2.0 * PI)).sqrt() * libm::exp(-a * (m - log) - stirling_rest(a))
}

/// P(a, x) by its power series, good for x < a + 1.
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum, mut n) = (1.0 / a, 1.0 / a, a);
    for _ in 0..TERMS {
        n += 1.0;
        term *= x / n;
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    sum * gamma_kernel(a, x)
}

/// Q(a, x) by its continued fraction (Lentz's method), good for x ≥ a + 1.
fn fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut value = d;
    for i in 1..TERMS {
        let i = f64::from(i);
        let numerator = i * (a - i);
        b += 2.0;
        d = 1.0 / away_from_zero(numerator * d + b);
        c = away_from_zero(b + numerator / c);
        value *= d * c;
        if (d * c - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value * gamma_kernel(a, x)
}

/// Lentz's guard: a zero denominator is replaced by a tiny one.
pub(super) fn away_from_zero(x: f64) -> f64 {
    if x.abs() < 1e-300 { 1e-300 } else { x }
}

/// The regularised incomplete gamma function P(a, x), the cdf of the gamma law of shape a > 0 and scale 1.
pub fn gamma_p(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        0.0
    } else if x == f64::INFINITY {
        1.0
    } else if x < a + 1.0 {
        series(a, x).min(1.0)
    } else {
        1.0 - fraction(a, x)
    }
}

/// Q(a, x) = 1 − P(a, x), accurate in the upper tail.
pub fn gamma_q(a: f64, x: f64) -> f64 {
    if x <= 0.0 {
        1.0
    } else if x == f64::INFINITY {
        0.0
    } else if x < a + 1.0 {
        (1.0 - series(a, x)).max(0.0)
    } else {
        fraction(a, x)
    }
}

/// Wilson and Hilferty's cube: the quantile at the normal deviate z, near enough to start from.
fn wilson_hilferty(a: f64, z: f64) -> f64 {
    let root = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * a.sqrt());
    a * root * root * root
}

/// The x with P(a, x) = p: the quantile of the gamma law of shape a > 0 and scale 1, for p in (0, 1).
///
/// Values below about 1e-300 (tiny shapes, tiny p) are given as the leading term, which may underflow to 0.
pub fn gamma_quantile(a: f64, p: f64) -> f64 {
    if p <= 0.0 {
        return 0.0;
    }
    if p > 0.5 {
        return gamma_upper_quantile(a, 1.0 - p);
    }
    lower(a, p)
}

/// The quantile by its lower tail.
fn lower(a: f64, p: f64) -> f64 {
    let target = libm::log(p);
    // P(a, x) = xᵃ/Γ(a+1) · (1 − ax/(a+1) + …): the leading term is exact to the last digit for tiny x.
    let leading = libm::exp((target + ln_gamma(a + 1.0)) / a);
    if leading < 1e-17 * (a + 1.0) {
        return leading;
    }
    let cube = wilson_hilferty(a, normal_quantile(p));
    let start = if leading < 0.25 * (a + 1.0) { leading * libm::exp(leading / (a + 1.0)) } else { cube };
    solve(if start > 0.0 { start } else { leading }, |x| {
        let value = gamma_p(a, x);
        (target - libm::log(value), gamma_kernel(a, x) / value)
    })
}

/// The x with Q(a, x) = q: the gamma quantile by its upper tail, for q in (0, 1).
pub fn gamma_upper_quantile(a: f64, q: f64) -> f64 {
    if q <= 0.0 {
        return f64::INFINITY;
    }
    if q > 0.5 {
        // 1 − q is exact here.
        return if q >= 1.0 { 0.0 } else { lower(a, 1.0 - q) };
    }
    let target = libm::log(q);
    let tail = -target - ln_gamma(a);
    let start = if a >= 1.0 {
        wilson_hilferty(a, -normal_quantile(q))
    } else if tail > 1.0 {
        tail + (a - 1.0) * libm::log(tail)
    } else {
        libm::exp((libm::log1p(-q) + ln_gamma(a + 1.0)) / a)
    };
    // A quantile this small has Q(a, x) = 1 − xᵃ/Γ(a+1) to the last digit.
    if start < 1e-17 * (a + 1.0) {
        return start;
    }
    solve(start, |x| {
        let value = gamma_q(a, x);
        (libm::log(value) - target, gamma_kernel(a, x) / value)
    })
}

/// The chi-square cdf with `df` degrees of freedom.
pub fn chi_square_cdf(x: f64, df: f64) -> f64 {
    gamma_p(0.5 * df, 0.5 * x)
}

/// The chi-square quantile of p in (0, 1) with `df` degrees of freedom.
pub fn chi_square_quantile(p: f64, df: f64) -> f64 {
    2.0 * gamma_quantile(0.5 * df, p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::function::gamma::{gamma_lr, gamma_ur};

    const SHAPES: [f64; 12] = [0.05, 0.3, 0.5, 1.0, 1.7, 2.0, 5.0, 15.9, 16.0, 40.0, 400.0, 1e4];

    #[test]
    fn the_incomplete_gamma_function_agrees_with_statrs() {
        for a in SHAPES {
            for multiple in [0.01, 0.2, 0.5, 0.8, 0.99, 1.0, 1.01, 1.3, 2.0, 5.0] {
                let x = a * multiple;
                let (p, q) = (gamma_p(a, x), gamma_q(a, x));
                let (oracle_p, oracle_q) = (gamma_lr(a, x), gamma_ur(a, x));
                assert!((p - oracle_p).abs() <= 1e-10 * oracle_p + 1e-300, "P({a}, {x}): {p}, {oracle_p}");
                assert!((q - oracle_q).abs() <= 1e-10 * oracle_q + 1e-15, "Q({a}, {x}): {q}, {oracle_q}");
                assert!((p + q - 1.0).abs() < 1e-15);
            }
        }
    }

    #[test]
    fn the_gamma_quantile_inverts_the_distribution_function_in_both_tails() {
        for a in SHAPES {
            for p in [1e-300, 1e-100, 1e-16, 1e-9, 1e-4, 0.01, 0.2, 0.4999, 0.5] {
                let x = gamma_quantile(a, p);
                if x > 1e-290 {
                    assert!((gamma_p(a, x) / p - 1.0).abs() < 1e-11, "P⁻¹({a}, {p}) = {x}");
                }
                let x = gamma_upper_quantile(a, p);
                // Where x is tiny, Q is 1 − P and P is what is known well.
                let back = if x < 1e-3 { 1.0 - gamma_p(a, x) } else { gamma_q(a, x) };
                assert!((back / p - 1.0).abs() < 1e-11, "Q⁻¹({a}, {p}) = {x}, back {back}");
            }
        }
        assert_eq!(gamma_quantile(2.0, 0.0), 0.0);
        assert_eq!(gamma_upper_quantile(2.0, 0.0), f64::INFINITY);
    }

    #[test]
    fn shape_one_is_the_exponential_law_and_two_degrees_are_twice_that() {
        for p in [1e-12, 0.1, 0.5, 0.9, 0.999_999] {
            let exact = -libm::log1p(-p);
            assert!((gamma_quantile(1.0, p) / exact - 1.0).abs() < 1e-14);
            assert!((chi_square_quantile(p, 2.0) / (2.0 * exact) - 1.0).abs() < 1e-14);
            assert!((chi_square_cdf(2.0 * exact, 2.0) / p - 1.0).abs() < 1e-14);
        }
        // Printed tables: the upper 5% of chi-square with 10 degrees of freedom.
        assert!((chi_square_quantile(0.95, 10.0) - 18.307_038_053_275_146).abs() < 1e-12);
    }
}
