//! The incomplete gamma function and single Poisson probabilities, to nearly full precision.

use core::f64::consts::PI;

/// Terms after which a series or fraction is taken to have converged whatever it does; some hundred suffice.
const LONGEST: u32 = 100_000;

/// The regularised incomplete gamma functions (P(a, x), Q(a, x)): below and above `x` for a gamma law of shape
/// `a` and scale 1. Both are given without loss where they are small.
///
/// Series below a + 1 and Lentz's continued fraction above (Abramowitz and Stegun 6.5.29 and 6.5.31).
pub(super) fn incomplete_gamma(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x < a + 1.0 {
        let lower = series(a, x);
        (lower, 1.0 - lower)
    } else {
        let upper = fraction(a, x);
        (1.0 - upper, upper)
    }
}

/// P(a, x) = x^a e^−x / Γ(a + 1) · Σ xⁿ / ((a + 1) … (a + n)).
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..LONGEST {
        term *= x / (a + f64::from(n));
        sum += term;
        if term < sum * 1e-17 {
            break;
        }
    }
    sum * libm::exp(a * libm::log(x) - x - libm::lgamma(a + 1.0))
}

/// Q(a, x) by its continued fraction.
fn fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = 1e300;
    let mut d = 1.0 / b;
    let mut h = d;
    for n in 1..LONGEST {
        let n = f64::from(n);
        let an = -n * (n - a);
        b += 2.0;
        d = 1.0 / (an * d + b);
        c = b + an / c;
        let step = d * c;
        h *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    h * libm::exp(a * libm::log(x) - x - libm::lgamma(a))
}

/// The normal distribution function Φ(z) = erfc(−z/√2)/2, exact in the lower tail.
pub(super) fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / core::f64::consts::SQRT_2)
}

/// P(N = n) for N Poisson of this mean, with a relative error near 1e-14 also for n of many thousands.
///
/// Loader's saddle-point form (2000): e^(−stirling(n) − n·(r − 1 − ln r)) / √(2πn), r = mean/n, which does not
/// subtract large logarithms.
pub(super) fn poisson(n: f64, mean: f64) -> f64 {
    if n < 20.0 {
        return libm::exp(n * libm::log(mean) - mean - libm::lgamma(n + 1.0));
    }
    let n2 = n * n;
    let stirling = (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1260.0 - 1.0 / (1680.0 * n2)) / n2) / n2) / n;
    let excess = (mean - n) / n;
    let deviance = n * (excess - libm::log1p(excess));
    libm::exp(-stirling - deviance) / (2.0 * PI * n).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a / b - 1.0).abs() < 1e-13, "{a} {b}");
    }

    #[test]
    fn the_incomplete_gamma_function_has_its_closed_forms() {
        for x in [1e-6, 0.1, 1.0, 1.9, 2.1, 7.0, 40.0] {
            close(incomplete_gamma(1.0, x).0, -libm::expm1(-x));
            close(incomplete_gamma(2.0, x).1, libm::exp(-x) * (1.0 + x));
            close(incomplete_gamma(0.5, x).0, libm::erf(x.sqrt()));
        }
        close(incomplete_gamma(2.0, 1e-6).0, 0.5e-12 * (1.0 - 2e-6 / 3.0 + 0.25e-12));
    }

    #[test]
    fn poisson_probabilities_add_up_to_one() {
        for mean in [0.5, 15.0, 300.0, 20_000.0] {
            let sum: f64 = (0..40_000).map(|n| poisson(f64::from(n), mean)).sum();
            assert!((sum - 1.0).abs() < 1e-12, "{mean}: {sum}");
        }
    }
}
