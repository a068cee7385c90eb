//! Laws by what people know: a mean and a coefficient of variation (standard deviation over mean). Seconds.

use super::Law;
use super::special::ln_gamma;

impl Law {
    /// Always `value` seconds.
    pub fn deterministic(value: f64) -> Law {
        Law::Deterministic { value }
    }

    /// Exponential with this mean.
    pub fn exponential(mean: f64) -> Law {
        Law::Exponential { mean }
    }

    /// Lognormal with this mean and coefficient of variation: σ² = ln(1 + cv²), μ = ln(mean) − σ²/2.
    pub fn lognormal_by_mean(mean: f64, cv: f64) -> Law {
        let variance = libm::log1p(cv * cv);
        Law::Lognormal { mu: libm::log(mean) - 0.5 * variance, sigma: variance.sqrt() }
    }

    /// Gamma with this mean and coefficient of variation: shape 1/cv², scale mean · cv²; `cv` above 0.
    pub fn gamma_by_mean(mean: f64, cv: f64) -> Law {
        Law::Gamma { shape: 1.0 / (cv * cv), scale: mean * cv * cv }
    }

    /// Erlang with `k` phases and this mean over all of them: coefficient of variation 1/√k.
    pub fn erlang(k: u32, mean: f64) -> Law {
        Law::Gamma { shape: f64::from(k), scale: mean / f64::from(k) }
    }

    /// Weibull with this mean and shape: scale = mean / Γ(1 + 1/shape).
    pub fn weibull_by_mean(mean: f64, shape: f64) -> Law {
        Law::Weibull { shape, scale: mean / libm::tgamma(1.0 + 1.0 / shape) }
    }

    /// Weibull with this mean and coefficient of variation; `None` where the shape would be over 100.
    ///
    /// 1 + cv² = Γ(1 + 2/k)/Γ(1 + 1/k)², which falls as the shape k rises: solved by halving 1/k.
    pub fn weibull_by_mean_cv(mean: f64, cv: f64) -> Option<Law> {
        let variation = |inverse: f64| {
            libm::expm1(ln_gamma(1.0 + 2.0 * inverse) - 2.0 * ln_gamma(1.0 + inverse)).max(0.0).sqrt()
        };
        let (mut low, mut high) = (0.01, 10.0);
        if cv < variation(low) || cv > variation(high) {
            return None;
        }
        for _ in 0..200 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            *(if variation(middle) < cv { &mut low } else { &mut high }) = middle;
        }
        Some(Law::weibull_by_mean(mean, 1.0 / high))
    }

    /// Hyperexponential: with probability `weights[i]` exponential with mean `means[i]`. The weights add up to 1.
    pub fn hyperexponential(weights: Vec<f64>, means: Vec<f64>) -> Law {
        Law::Hyperexponential { weights, means }
    }

    /// Two exponential phases with this mean and coefficient of variation (1 or more), each with half the mean:
    /// the usual "balanced means", weights (1 ± √((cv² − 1)/(cv² + 1)))/2.
    pub fn hyperexponential_by_mean(mean: f64, cv: f64) -> Law {
        let square = cv * cv;
        let first = 0.5 * (1.0 + ((square - 1.0) / (square + 1.0)).max(0.0).sqrt());
        // The smaller weight by its own formula: 1 − first loses digits where the law is very variable.
        let second = 0.5 - 0.5 * ((square - 1.0) / (square + 1.0)).max(0.0).sqrt();
        Law::Hyperexponential {
            weights: vec![first, second],
            means: vec![0.5 * mean / first, 0.5 * mean / second],
        }
    }

    /// One of several laws, chosen with these probabilities, which add up to 1.
    pub fn mixture(weights: Vec<f64>, laws: Vec<Law>) -> Law {
        Law::Mixture { weights, laws }
    }

    /// Uniform between two bounds.
    pub fn uniform(low: f64, high: f64) -> Law {
        Law::Uniform { low, high }
    }

    /// Triangular between two bounds with its peak at `mode`.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Law {
        Law::Triangular { low, mode, high }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_by_mean_and_variation_has_them() {
        for (law, mean, cv) in [
            (Law::exponential(240.0), 240.0, 1.0),
            (Law::lognormal_by_mean(140.0, 0.9), 140.0, 0.9),
            (Law::gamma_by_mean(90.0, 1.4), 90.0, 1.4),
            (Law::erlang(4, 60.0), 60.0, 0.5),
            (Law::weibull_by_mean(240.0, 1.0), 240.0, 1.0),
            (Law::hyperexponential_by_mean(100.0, 2.5), 100.0, 2.5),
            (Law::hyperexponential(vec![0.25, 0.75], vec![10.0, 10.0]), 10.0, 1.0),
            (Law::deterministic(30.0), 30.0, 0.0),
            (Law::weibull_by_mean_cv(240.0, 1.0).unwrap(), 240.0, 1.0),
            (Law::weibull_by_mean_cv(240.0, 1.4).unwrap(), 240.0, 1.4),
            (Law::weibull_by_mean_cv(240.0, 0.1).unwrap(), 240.0, 0.1),
        ] {
            assert!((law.mean() / mean - 1.0).abs() < 1e-13, "{law:?}: mean {}", law.mean());
            assert!((law.cv() - cv).abs() < 1e-12, "{law:?}: cv {}", law.cv());
        }
        assert_eq!(Law::weibull_by_mean_cv(240.0, 0.001), None);
        assert!((Law::weibull_by_mean(240.0, 0.85).mean() - 240.0).abs() < 1e-10);
    }
}
