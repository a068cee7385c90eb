//! Mean and variance, in closed form.

use super::special::ln_gamma;
use super::{Law, mixture};

impl Law {
    /// The mean, seconds.
    pub fn mean(&self) -> f64 {
        match self {
            Law::Deterministic { value } => *value,
            Law::Exponential { mean } => *mean,
            Law::Lognormal { mu, sigma } => libm::exp(mu + 0.5 * sigma * sigma),
            Law::Gamma { shape, scale } => shape * scale,
            Law::Weibull { shape, scale } => scale * libm::tgamma(1.0 + 1.0 / shape),
            Law::Hyperexponential { weights, means } => weights.iter().zip(means).map(|(w, m)| w * m).sum(),
            Law::Uniform { low, high } => 0.5 * (low + high),
            Law::Triangular { low, mode, high } => (low + mode + high) / 3.0,
            Law::Empirical(observed) => observed.mean(),
            Law::Mixture { weights, laws } => mixture::sum(weights, laws, Law::mean),
        }
    }

    /// The variance, seconds squared.
    pub fn variance(&self) -> f64 {
        let mean = self.mean();
        match self {
            Law::Deterministic { .. } => 0.0,
            Law::Exponential { mean } => mean * mean,
            Law::Lognormal { sigma, .. } => mean * mean * libm::expm1(sigma * sigma),
            Law::Gamma { shape, scale } => shape * scale * scale,
            Law::Weibull { shape, .. } => {
                // Γ(1 + 2/k)/Γ(1 + 1/k)² − 1 by logarithms: for a large shape the two nearly cancel.
                mean * mean * libm::expm1(ln_gamma(1.0 + 2.0 / shape) - 2.0 * ln_gamma(1.0 + 1.0 / shape))
            }
            Law::Hyperexponential { weights, means } => {
                // The variance within phases and that between them: nothing cancels.
                weights.iter().zip(means).map(|(w, m)| w * (m * m + (m - mean) * (m - mean))).sum()
            }
            Law::Uniform { low, high } => (high - low) * (high - low) / 12.0,
            Law::Triangular { low, mode, high } => {
                let (left, right) = (mode - low, high - mode);
                (left * left + left * right + right * right) / 18.0
            }
            Law::Empirical(observed) => observed.variance(),
            Law::Mixture { weights, laws } => mixture::variance(weights, laws),
        }
    }

    /// The coefficient of variation: standard deviation over mean.
    pub fn cv(&self) -> f64 {
        self.variance().sqrt() / self.mean()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution as oracle;
    use statrs::statistics::Distribution;

    #[test]
    fn moments_agree_with_statrs() {
        let check = |law: Law, mean: Option<f64>, variance: Option<f64>| {
            let (mean, variance) = (mean.unwrap(), variance.unwrap());
            assert!((law.mean() / mean - 1.0).abs() < 1e-10, "{law:?}: {} against {mean}", law.mean());
            assert!(
                (law.variance() / variance - 1.0).abs() < 1e-10,
                "{law:?}: {} against {variance}",
                law.variance()
            );
        };
        let o = oracle::LogNormal::new(4.2, 0.8).unwrap();
        check(Law::Lognormal { mu: 4.2, sigma: 0.8 }, o.mean(), o.variance());
        let o = oracle::Gamma::new(1.7, 1.0 / 60.0).unwrap();
        check(Law::Gamma { shape: 1.7, scale: 60.0 }, o.mean(), o.variance());
        let o = oracle::Weibull::new(0.85, 220.0).unwrap();
        check(Law::Weibull { shape: 0.85, scale: 220.0 }, o.mean(), o.variance());
        let o = oracle::Uniform::new(10.0, 25.0).unwrap();
        check(Law::Uniform { low: 10.0, high: 25.0 }, o.mean(), o.variance());
        let o = oracle::Triangular::new(10.0, 40.0, 20.0).unwrap();
        check(Law::Triangular { low: 10.0, mode: 20.0, high: 40.0 }, o.mean(), o.variance());
        let o = oracle::Exp::new(1.0 / 240.0).unwrap();
        check(Law::Exponential { mean: 240.0 }, o.mean(), o.variance());
    }
}
