//! Probability laws of talk, wrap, patience and delays: sampled from one uniform, with mean, variance, quantile
//! and distribution function. Parameters and values are in seconds.

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
}
