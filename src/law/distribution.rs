//! Distribution function, survival function, density and quantile of each law. Seconds throughout.

use super::Law;
use super::special::{
    gamma_kernel, gamma_p, gamma_q, gamma_quantile, gamma_upper_quantile, normal_cdf, normal_density,
    normal_quantile, normal_sf,
};
use super::{mixture, phases};

impl Law {
    /// P(X ≤ x).
    pub fn cdf(&self, x: f64) -> f64 {
        match self {
            Law::Deterministic { value } => f64::from(u8::from(x >= *value)),
            Law::Uniform { low, high } => uniform_cdf(*low, *high, x),
            Law::Triangular { low, mode, high } => triangular_cdf(*low, *mode, *high, x),
            Law::Empirical(observed) => observed.cdf(x),
            Law::Mixture { weights, laws } => mixture::sum(weights, laws, |law| law.cdf(x)),
            _ if x <= 0.0 => 0.0,
            Law::Exponential { mean } => -libm::expm1(-x / mean),
            Law::Lognormal { mu, sigma } => normal_cdf((libm::log(x) - mu) / sigma),
            Law::Gamma { shape, scale } => gamma_p(*shape, x / scale),
            Law::Weibull { shape, scale } => -libm::expm1(-libm::pow(x / scale, *shape)),
            Law::Hyperexponential { weights, means } => phases::distribution(weights, means, x),
        }
    }

    /// P(X > x), accurate in the upper tail.
    pub fn sf(&self, x: f64) -> f64 {
        match self {
            Law::Deterministic { value } => f64::from(u8::from(x < *value)),
            Law::Uniform { low, high } => uniform_cdf(-high, -low, -x),
            Law::Triangular { low, mode, high } => triangular_cdf(-high, -mode, -low, -x),
            Law::Empirical(observed) => observed.sf(x),
            Law::Mixture { weights, laws } => mixture::sum(weights, laws, |law| law.sf(x)),
            _ if x <= 0.0 => 1.0,
            Law::Exponential { mean } => libm::exp(-x / mean),
            Law::Lognormal { mu, sigma } => normal_sf((libm::log(x) - mu) / sigma),
            Law::Gamma { shape, scale } => gamma_q(*shape, x / scale),
            Law::Weibull { shape, scale } => libm::exp(-libm::pow(x / scale, *shape)),
            Law::Hyperexponential { weights, means } => phases::survival(weights, means, x),
        }
    }

    /// The density at x > 0, per second; 0 for a law that has none.
    pub fn density(&self, x: f64) -> f64 {
        match self {
            Law::Deterministic { .. } | Law::Empirical(_) => 0.0,
            Law::Mixture { weights, laws } => mixture::sum(weights, laws, |law| law.density(x)),
            Law::Uniform { low, high } if (*low..=*high).contains(&x) => 1.0 / (high - low),
            Law::Uniform { .. } => 0.0,
            Law::Triangular { low, mode, high } => {
                let peak = 2.0 / (high - low);
                if x < *low || x > *high {
                    0.0
                } else if x < *mode {
                    peak * (x - low) / (mode - low)
                } else if x > *mode {
                    peak * (high - x) / (high - mode)
                } else {
                    peak
                }
            }
            _ if x < 0.0 => 0.0,
            Law::Exponential { mean } => libm::exp(-x / mean) / mean,
            Law::Lognormal { mu, sigma } => normal_density((libm::log(x) - mu) / sigma) / (sigma * x),
            Law::Gamma { shape, scale } => gamma_kernel(*shape, x / scale) / x,
            Law::Weibull { shape, scale } => {
                let hazard = libm::pow(x / scale, *shape);
                shape * hazard * libm::exp(-hazard) / x
            }
            Law::Hyperexponential { weights, means } => phases::density(weights, means, x),
        }
    }

    /// The least x with P(X ≤ x) ≥ u, for u in (0, 1); it rises with u.
    pub fn quantile(&self, u: f64) -> f64 {
        // 1 − u is exact from one half on.
        if u < 0.5 { self.lower_quantile(u) } else { self.upper_quantile(1.0 - u) }
    }

    /// The x with P(X ≤ x) = u for u up to one half.
    fn lower_quantile(&self, u: f64) -> f64 {
        match self {
            Law::Deterministic { value } => *value,
            Law::Exponential { mean } => -mean * libm::log1p(-u),
            Law::Lognormal { mu, sigma } => libm::exp(mu + sigma * normal_quantile(u)),
            Law::Gamma { shape, scale } => scale * gamma_quantile(*shape, u),
            Law::Weibull { shape, scale } => scale * libm::pow(-libm::log1p(-u), 1.0 / shape),
            Law::Hyperexponential { weights, means } => phases::lower_quantile(weights, means, u),
            Law::Uniform { low, high } => low + (high - low) * u,
            Law::Triangular { low, mode, high } => triangular_quantile(*low, *mode, *high, u),
            Law::Empirical(observed) => crate::unit::seconds(observed.quantile(u)),
            Law::Mixture { weights, laws } => mixture::lower_quantile(weights, laws, u),
        }
    }

    /// The x with P(X > x) = v, for v in (0, 1): the quantile of 1 − v with all the digits of v.
    pub fn upper_quantile(&self, v: f64) -> f64 {
        if v > 0.5 {
            return self.lower_quantile(1.0 - v);
        }
        match self {
            Law::Deterministic { value } => *value,
            Law::Exponential { mean } => -mean * libm::log(v),
            Law::Lognormal { mu, sigma } => libm::exp(mu - sigma * normal_quantile(v)),
            Law::Gamma { shape, scale } => scale * gamma_upper_quantile(*shape, v),
            Law::Weibull { shape, scale } => scale * libm::pow(-libm::log(v), 1.0 / shape),
            Law::Hyperexponential { weights, means } => phases::upper_quantile(weights, means, v),
            Law::Uniform { low, high } => high - (high - low) * v,
            Law::Triangular { low, mode, high } => -triangular_quantile(-high, -mode, -low, v),
            Law::Empirical(observed) => observed.upper_quantile(v),
            Law::Mixture { weights, laws } => mixture::upper_quantile(weights, laws, v),
        }
    }
}

/// The uniform cdf; a step where the bounds meet.
fn uniform_cdf(low: f64, high: f64, x: f64) -> f64 {
    if x >= high {
        1.0
    } else if x <= low {
        0.0
    } else {
        (x - low) / (high - low)
    }
}

/// The triangular cdf.
fn triangular_cdf(low: f64, mode: f64, high: f64, x: f64) -> f64 {
    if x >= high {
        1.0
    } else if x <= low {
        0.0
    } else if x < mode {
        (x - low) * (x - low) / ((high - low) * (mode - low))
    } else {
        1.0 - (high - x) * (high - x) / ((high - low) * (high - mode))
    }
}

/// The triangular quantile; each side is held to its side of the mode, so that rounding cannot turn it back.
fn triangular_quantile(low: f64, mode: f64, high: f64, u: f64) -> f64 {
    let (left, right, width) = (mode - low, high - mode, high - low);
    if u * width < left {
        (low + (u * width * left).sqrt()).min(mode)
    } else {
        (high - ((1.0 - u) * width * right).sqrt()).max(mode)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::law::samples;
    use statrs::distribution::{self as oracle, Continuous, ContinuousCDF};

    /// Distribution function and density at many points against an oracle, to 1e-10 relative.
    fn agrees(law: &Law, cdf: impl Fn(f64) -> f64, density: impl Fn(f64) -> f64) {
        for i in 1..200 {
            let x = law.mean() * f64::from(i) / 40.0;
            assert!(
                (law.cdf(x) - cdf(x)).abs() <= 1e-10 * cdf(x),
                "{law:?} at {x}: {} {}",
                law.cdf(x),
                cdf(x)
            );
            let (ours, theirs) = (law.density(x), density(x));
            assert!((ours - theirs).abs() <= 1e-9 * theirs, "{law:?} density at {x}: {ours} {theirs}");
        }
    }

    #[test]
    fn distribution_functions_and_densities_agree_with_statrs() {
        let o = oracle::Exp::new(1.0 / 240.0).unwrap();
        agrees(&Law::exponential(240.0), |x| o.cdf(x), |x| o.pdf(x));
        let o = oracle::LogNormal::new(4.2, 0.8).unwrap();
        agrees(&Law::Lognormal { mu: 4.2, sigma: 0.8 }, |x| o.cdf(x), |x| o.pdf(x));
        for shape in [0.4, 1.0, 1.7, 4.0, 30.0] {
            let o = oracle::Gamma::new(shape, 1.0 / 60.0).unwrap();
            agrees(&Law::Gamma { shape, scale: 60.0 }, |x| o.cdf(x), |x| o.pdf(x));
            let o = oracle::Weibull::new(shape, 60.0).unwrap();
            agrees(&Law::Weibull { shape, scale: 60.0 }, |x| o.cdf(x), |x| o.pdf(x));
        }
        let o = oracle::Uniform::new(10.0, 25.0).unwrap();
        agrees(&Law::uniform(10.0, 25.0), |x| o.cdf(x), |x| o.pdf(x));
        let o = oracle::Triangular::new(10.0, 40.0, 20.0).unwrap();
        agrees(&Law::triangular(10.0, 20.0, 40.0), |x| o.cdf(x), |x| o.pdf(x));
        let (fast, slow) = (oracle::Exp::new(1.0 / 30.0).unwrap(), oracle::Exp::new(1.0 / 300.0).unwrap());
        agrees(
            &Law::hyperexponential(vec![0.7, 0.3], vec![30.0, 300.0]),
            |x| 0.7 * fast.cdf(x) + 0.3 * slow.cdf(x),
            |x| 0.7 * fast.pdf(x) + 0.3 * slow.pdf(x),
        );
    }

    #[test]
    fn the_quantile_inverts_the_distribution_function_and_both_tails() {
        for law in samples() {
            if law.variance() == 0.0 {
                continue;
            }
            for u in [1e-12, 1e-6, 1e-3, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99] {
                let x = law.quantile(u);
                // A value far below a microsecond carries too few digits of u for narrow laws alone: a relative
                // rounding of 2⁻⁵³ in x moves the cdf by x f(x)/F(x) times that.
                let slack = 1e-11 + 1e-15 * x * law.density(x) / u;
                assert!((law.cdf(x) / u - 1.0).abs() < slack, "{law:?}: {u} {x} {}", law.cdf(x));
                let x = law.upper_quantile(u);
                let slack = 1e-11 + 1e-15 * x * law.density(x) / u;
                assert!((law.sf(x) / u - 1.0).abs() < slack, "{law:?}: upper {u} {x} {}", law.sf(x));
            }
            for x in [0.3, 0.8, 1.0, 1.2, 2.0].map(|m| m * law.mean()) {
                let u = law.cdf(x);
                if u > 1e-12 && u < 0.5 {
                    assert!((law.quantile(u) / x - 1.0).abs() < 1e-10, "{law:?}: {x} {u}");
                } else if u >= 0.5 && law.sf(x) > 1e-12 {
                    assert!((law.upper_quantile(law.sf(x)) / x - 1.0).abs() < 1e-10, "{law:?}: {x} {u}");
                }
            }
        }
    }

    #[test]
    fn a_law_without_spread_is_a_step() {
        let law = Law::deterministic(30.0);
        assert_eq!((law.cdf(29.9), law.cdf(30.0), law.sf(30.0)), (0.0, 1.0, 0.0));
        assert_eq!((law.quantile(0.01), law.quantile(0.99)), (30.0, 30.0));
        assert_eq!(Law::uniform(5.0, 5.0).cdf(5.0), 1.0);
        assert_eq!(Law::triangular(5.0, 5.0, 5.0).quantile(0.4), 5.0);
    }
}
