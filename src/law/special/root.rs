//! A root on the positive half-line, by Newton's method in logarithms inside a bracket.

/// Most steps ever taken; bisection alone would need about 70 from a bracket of a factor of two.
const STEPS: u32 = 200;

/// The x > 0 at which a monotone function of x equals a target, both given by logarithms.
///
/// `at(x)` returns how far ln f(x) is from the target, signed so that it is positive where x is too small, and
/// |d ln f / d ln x|. Probabilities and times that span hundreds of powers of ten are near to straight lines in
/// logarithms, so a handful of steps reaches the last digits.
pub(super) fn solve(start: f64, at: impl Fn(f64) -> (f64, f64)) -> f64 {
    let (mut low, mut high) = (0.0f64, f64::INFINITY);
    let mut x = start.clamp(1e-300, 1e300);
    for _ in 0..STEPS {
        let (gap, slope) = at(x);
        if gap > 0.0 {
            low = x;
        } else if gap < 0.0 {
            high = x;
        } else {
            return x;
        }
        let step = gap / slope;
        let next = x * libm::exp(step);
        if next > low && next < high {
            // Convergence is quadratic: the error left after this step is about slope · step².
            if step.abs() * slope.max(1.0) < 1e-8 {
                return next;
            }
            x = next;
        } else if step.abs() < 1e-14 {
            return x; // Only rounding keeps the two apart.
        } else if low == 0.0 {
            x *= 0.0625;
        } else if high == f64::INFINITY {
            x *= 16.0;
        } else {
            x = low.sqrt() * high.sqrt();
        }
        if !(1e-305..=1e305).contains(&x) || high / low < 1.0 + 4e-16 {
            return x;
        }
    }
    x
}
