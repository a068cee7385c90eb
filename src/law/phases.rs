//! Mixtures of exponentials: distribution function and quantile of the hyperexponential law.

/// Most Newton steps; convergence is from one side and quadratic.
const STEPS: u32 = 200;

/// Σ wᵢ exp(−x/mᵢ).
pub(super) fn survival(weights: &[f64], means: &[f64], x: f64) -> f64 {
    weights.iter().zip(means).map(|(w, m)| w * libm::exp(-x / m)).sum()
}

/// Σ wᵢ (1 − exp(−x/mᵢ)).
pub(super) fn distribution(weights: &[f64], means: &[f64], x: f64) -> f64 {
    -weights.iter().zip(means).map(|(w, m)| w * libm::expm1(-x / m)).sum::<f64>()
}

/// Σ wᵢ exp(−x/mᵢ)/mᵢ.
pub(super) fn density(weights: &[f64], means: &[f64], x: f64) -> f64 {
    weights.iter().zip(means).map(|(w, m)| w * libm::exp(-x / m) / m).sum()
}

/// The x below which a probability `u` ≤ 1/2 lies.
///
/// The distribution function is concave, so Newton's method from the left never oversteps.
pub(super) fn lower_quantile(weights: &[f64], means: &[f64], u: f64) -> f64 {
    let mut x = u / density(weights, means, 0.0);
    for _ in 0..STEPS {
        let step = (u - distribution(weights, means, x)) / density(weights, means, x);
        x += step;
        if step.abs() <= 1e-15 * x {
            break;
        }
    }
    x
}

/// The x above which a probability `v` ≤ 1/2 lies.
///
/// ln Σ wᵢ exp(−x/mᵢ) is convex, so Newton's method on it from the left never oversteps.
pub(super) fn upper_quantile(weights: &[f64], means: &[f64], v: f64) -> f64 {
    // Each phase alone is a lower bound of the survival function, hence of the quantile.
    let mut x = weights
        .iter()
        .zip(means)
        .filter(|(w, _)| **w > 0.0)
        .map(|(w, m)| m * libm::log(w / v))
        .fold(0.0f64, f64::max);
    let target = libm::log(v);
    for _ in 0..STEPS {
        let s = survival(weights, means, x);
        let step = (libm::log(s) - target) * s / density(weights, means, x);
        x += step;
        if step.abs() <= 1e-15 * x {
            break;
        }
    }
    x
}
