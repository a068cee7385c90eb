//! Student's t, for the intervals of `statistics`.

use super::beta::{Point, front, regularised_at};
use super::normal::normal_quantile;
use super::root::solve;
use std::cell::Cell;
use std::f64::consts::PI;

/// n/(n + t²) with its complement and logarithms, for t > 0.
fn point(t: f64, df: f64) -> Point {
    let root = t / df.sqrt();
    let w = root * root;
    let ln_x = if root > 1e100 { -2.0 * libm::log(root) } else { -libm::log1p(w) };
    let ln_y = if root < 1e-100 { 2.0 * libm::log(root) } else { -libm::log1p(1.0 / w) };
    Point { x: 1.0 / (1.0 + w), y: 1.0 / (1.0 + 1.0 / w), ln_x, ln_y }
}

/// P(T > t) for t > 0: I_{n/(n+t²)}(n/2, 1/2)/2.
fn upper(t: f64, df: f64) -> f64 {
    0.5 * regularised_at(0.5 * df, 0.5, point(t, df))
}

/// P(0 < T < t) for t > 0, accurate for small t.
fn centre(t: f64, df: f64) -> f64 {
    0.5 * regularised_at(0.5, 0.5 * df, point(t, df).turned())
}

/// From here on the expansion around the normal law is exact to the last digits, and the continued fraction of the
/// beta function, whose terms nearly cancel at x close to 1, begins to lose them.
const MANY: f64 = 1e5;

/// The cdf of Student's t with `df` > 0 degrees of freedom; relative error about 1e-14 + df · 1e-16.
pub fn t_cdf(t: f64, df: f64) -> f64 {
    if t == 0.0 {
        0.5
    } else if t < 0.0 {
        upper(-t, df)
    } else {
        1.0 - upper(t, df)
    }
}

/// The quantile of Student's t for p in (0, 1) and `df` ≥ 1 degrees of freedom, to about 1e-13 relative.
///
/// `t_quantile(0.975, n − 1.0)` is the factor of a 95% interval from n replications. The last few are remembered, since
/// the figures of a run ask for the same ones thousands of times.
pub fn t_quantile(p: f64, df: f64) -> f64 {
    const REMEMBERED: usize = 8;
    thread_local! {
        static KNOWN: Cell<[(f64, f64, f64); REMEMBERED]> = const { Cell::new([(f64::NAN, 0.0, 0.0); REMEMBERED]) };
        static NEXT: Cell<usize> = const { Cell::new(0) };
    }
    let mut known = KNOWN.get();
    if let Some((.., value)) = known.iter().find(|one| (one.0, one.1) == (p, df)) {
        return *value;
    }
    let value = solved(p, df);
    let place = NEXT.get();
    known[place] = (p, df, value);
    KNOWN.set(known);
    NEXT.set((place + 1) % REMEMBERED);
    value
}

fn solved(p: f64, df: f64) -> f64 {
    if p == 0.5 {
        return 0.0;
    }
    if p > 0.5 {
        return above(1.0 - p, p - 0.5, df);
    }
    -above(p, 0.5 - p, df)
}

/// The t > 0 with an upper tail of `tail` = 1/2 − `middle`.
fn above(tail: f64, middle: f64, df: f64) -> f64 {
    if tail <= 0.0 {
        return f64::INFINITY;
    }
    if df == 1.0 {
        // The Cauchy law, by the end that keeps its digits.
        return if tail < 0.25 { 1.0 / libm::tan(PI * tail) } else { libm::tan(PI * middle) };
    }
    let start = -normal_quantile(tail);
    if df >= MANY {
        return start + expansion(start, df);
    }
    if middle < 0.25 {
        let target = libm::log(middle);
        return solve(start, |t| {
            let value = centre(t, df);
            (target - libm::log(value), front(0.5 * df, 0.5, point(t, df)) / value)
        });
    }
    let target = libm::log(tail);
    solve(start, |t| {
        let value = upper(t, df);
        (libm::log(value) - target, front(0.5 * df, 0.5, point(t, df)) / value)
    })
}

/// t less the normal deviate z of the same tail, in powers of 1/df (Abramowitz and Stegun 26.7.5).
fn expansion(z: f64, df: f64) -> f64 {
    let s = z * z;
    let first = (s + 1.0) / 4.0;
    let second = ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let third = (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let fourth = ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92160.0;
    z * (first + (second + (third + fourth / df) / df) / df) / df
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    #[test]
    fn the_factors_of_95_percent_intervals_are_right_to_the_last_digits() {
        // Computed with 30 digits (mpmath).
        for (df, factor) in [
            (1.0, 12.706204736174694),
            (2.0, 4.302652729749464),
            (3.0, 3.182446305283708),
            (9.0, 2.262157162798205),
            (29.0, 2.045229642132704),
            (99.0, 1.984216951586417),
            (999.0, 1.9623414611334496),
        ] {
            let ours = t_quantile(0.975, df);
            assert!((ours / factor - 1.0).abs() < 1e-14, "{df}: {ours}");
        }
        // Where the expansion takes over the two ways agree, in and far out of the middle.
        for p in [0.51, 0.7, 0.8, 0.975, 1.0 - 1e-6] {
            let (below, above) = (t_quantile(p, MANY * (1.0 - 1e-12)), t_quantile(p, MANY));
            assert!((below / above - 1.0).abs() < 1e-11, "{p}: {below} {above}");
        }
        // Far out it is the normal law, from which it differs by (z³ + z)/(4 df) and smaller terms.
        let z = 1.959963984540054;
        let ours = t_quantile(0.975, 1e9);
        assert!((ours - z - (z * z * z + z) / 4e9).abs() < 1e-13, "{ours}");
    }

    #[test]
    fn the_t_law_agrees_with_statrs() {
        for df in [1.0, 2.0, 3.0, 4.5, 10.0, 30.0, 200.0] {
            let oracle = StudentsT::new(0.0, 1.0, df).unwrap();
            for i in -60..=60 {
                let t = f64::from(i) / 5.0;
                let (ours, theirs) = (t_cdf(t, df), oracle.cdf(t));
                assert!((ours - theirs).abs() < 1e-10 * theirs, "{df} {t}: {ours} {theirs}");
            }
        }
    }

    #[test]
    fn the_t_quantile_inverts_the_distribution_function() {
        for df in [1.0, 1.5, 2.0, 3.0, 7.0, 29.0, 500.0, 1e6] {
            for p in [1e-200, 1e-12, 1e-4, 0.025, 0.2, 0.26, 0.49, 0.499_999] {
                let t = t_quantile(p, df);
                let back = t_cdf(t, df);
                assert!((back / p - 1.0).abs() < 1e-11 + df * 1e-15, "{df} {p}: {t} {back}");
                if p > 1e-12 {
                    assert!((t_quantile(1.0 - p, df) + t).abs() < 1e-9 * t.abs());
                }
            }
        }
        assert_eq!(t_quantile(0.5, 5.0), 0.0);
    }
}
