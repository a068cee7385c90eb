//! Probability laws of talk, wrap, patience and delays: sampled from one uniform, with mean, variance, quantile
//! and distribution function. Parameters and values are in seconds.
//!
//! A [`Law`] answers questions exactly; a [`Sampler`] is the same law compiled for drawing at a few nanoseconds a
//! variate. Each variate comes from one uniform and rises with it.

mod construct;
mod copula;
mod distribution;
mod empirical;
mod mixture;
mod moments;
mod phases;
mod sampler;
pub mod special;
mod table;

pub use copula::Copula;
pub use empirical::Observations;
pub use sampler::{LONGEST, Sampler, Samplers};

/// A law of a non-negative duration, by its own parameters (seconds where a duration is meant).
#[derive(Debug, Clone, PartialEq)]
pub enum Law {
    /// Always `value`.
    Deterministic {
        /// Seconds.
        value: f64,
    },
    /// Exponential.
    Exponential {
        /// Mean, seconds.
        mean: f64,
    },
    /// Lognormal, by the mean and standard deviation of its logarithm (seconds).
    Lognormal {
        /// Mean of the logarithm.
        mu: f64,
        /// Standard deviation of the logarithm.
        sigma: f64,
    },
    /// Gamma; Erlang-k is `shape = k`.
    Gamma {
        /// Shape, dimensionless.
        shape: f64,
        /// Scale, seconds.
        scale: f64,
    },
    /// Weibull.
    Weibull {
        /// Shape, dimensionless; below 1 the hazard falls with waiting.
        shape: f64,
        /// Scale, seconds.
        scale: f64,
    },
    /// Hyperexponential: with probability `weights[i]` exponential with mean `means[i]`.
    Hyperexponential {
        /// Probabilities, adding up to 1.
        weights: Vec<f64>,
        /// Means, seconds.
        means: Vec<f64>,
    },
    /// Uniform between two bounds.
    Uniform {
        /// Lower bound, seconds.
        low: f64,
        /// Upper bound, seconds.
        high: f64,
    },
    /// Triangular.
    Triangular {
        /// Lower bound, seconds.
        low: f64,
        /// Most likely value, seconds.
        mode: f64,
        /// Upper bound, seconds.
        high: f64,
    },
    /// Observations, each as likely as any other.
    Empirical(Observations),
    /// With probability `weights[i]` as `laws[i]`.
    Mixture {
        /// Probabilities, adding up to 1.
        weights: Vec<f64>,
        /// The laws.
        laws: Vec<Law>,
    },
}

/// One law of each kind and some awkward ones, for tests.
#[cfg(test)]
pub(crate) fn samples() -> Vec<Law> {
    vec![
        Law::exponential(240.0),
        Law::lognormal_by_mean(140.0, 0.9),
        Law::lognormal_by_mean(140.0, 0.05),
        Law::lognormal_by_mean(70.0, 4.0),
        Law::gamma_by_mean(180.0, 0.7),
        Law::gamma_by_mean(180.0, 2.5),
        Law::gamma_by_mean(180.0, 0.01),
        Law::erlang(3, 60.0),
        Law::weibull_by_mean(240.0, 0.85),
        Law::weibull_by_mean(240.0, 0.3),
        Law::weibull_by_mean(240.0, 6.0),
        Law::hyperexponential(vec![0.7, 0.3], vec![30.0, 300.0]),
        Law::hyperexponential(vec![0.99, 0.01], vec![1.0, 1000.0]),
        Law::hyperexponential_by_mean(180.0, 1.5),
        Law::uniform(10.0, 25.0),
        Law::triangular(10.0, 20.0, 40.0),
        Law::deterministic(30.0),
        Law::mixture(vec![0.15, 0.85], vec![Law::exponential(6.0), Law::lognormal_by_mean(180.0, 0.8)]),
    ]
}

/// Laws beyond what anybody would ask for: values from far below a microsecond to far above the longest duration.
#[cfg(test)]
pub(crate) fn extremes() -> Vec<Law> {
    vec![
        Law::gamma_by_mean(180.0, 10.0),
        Law::gamma_by_mean(180.0, 100.0),
        Law::gamma_by_mean(180.0, 1e-4),
        Law::weibull_by_mean(240.0, 0.1),
        Law::weibull_by_mean(240.0, 200.0),
        Law::Lognormal { mu: 0.0, sigma: 100.0 },
        Law::Lognormal { mu: 5.0, sigma: 1e-9 },
        Law::hyperexponential(vec![0.0, 1.0], vec![5.0, 100.0]),
        Law::hyperexponential(vec![0.5, 0.5], vec![1e-9, 1e9]),
        Law::exponential(1e-9),
        Law::exponential(1e12),
        Law::triangular(0.0, 0.0, 10.0),
        Law::triangular(5.0, 10.0, 10.0),
    ]
}
