//! The laws that exact rows are about, in closed form and apart from the laws the engine draws from.

use super::gamma::{incomplete_gamma, normal_below};

/// A law of service or patience of an exact row; lengths are in seconds.
#[derive(Debug, Clone, PartialEq)]
pub enum RowLaw {
    /// Exponential.
    Exponential {
        /// Mean, s.
        mean: f64,
    },
    /// Always the same.
    Deterministic {
        /// That value, s.
        value: f64,
    },
    /// Evenly spread.
    Uniform {
        /// Least value, s.
        low: f64,
        /// Greatest value, s.
        high: f64,
    },
    /// The sum of `k` exponential phases.
    Erlang {
        /// Number of phases.
        k: u32,
        /// Mean of the sum, s.
        mean: f64,
    },
    /// Gamma.
    Gamma {
        /// Shape.
        shape: f64,
        /// Scale, s: mean = shape × scale.
        scale: f64,
    },
    /// One of several exponential laws; a mean of 0 is somebody who never waits.
    Hyperexponential {
        /// Share of each.
        weights: Vec<f64>,
        /// Mean of each, s.
        means: Vec<f64>,
    },
    /// Lognormal.
    Lognormal {
        /// Mean of the logarithm of the seconds.
        mu: f64,
        /// Standard deviation of that logarithm.
        sigma: f64,
    },
}

use RowLaw::{Deterministic, Erlang, Exponential, Gamma, Hyperexponential, Lognormal, Uniform};

impl RowLaw {
    /// A gamma law of this mean (s) and coefficient of variation.
    pub fn gamma(mean: f64, cv: f64) -> RowLaw {
        Gamma { shape: 1.0 / (cv * cv), scale: mean * cv * cv }
    }

    /// A lognormal law of this mean (s) and coefficient of variation.
    pub fn lognormal(mean: f64, cv: f64) -> RowLaw {
        let variance = libm::log1p(cv * cv);
        Lognormal { mu: libm::log(mean) - 0.5 * variance, sigma: variance.sqrt() }
    }

    /// Mean, s.
    pub fn mean(&self) -> f64 {
        self.moment(1)
    }

    /// Coefficient of variation: standard deviation over mean.
    pub fn cv(&self) -> f64 {
        let mean = self.mean();
        (self.moment(2) / (mean * mean) - 1.0).max(0.0).sqrt()
    }

    /// E Xⁿ in sⁿ, about zero, for n from 1 to 3 or so.
    pub fn moment(&self, n: u32) -> f64 {
        let power = |x: f64| libm::pow(x, f64::from(n));
        let rising = |shape: f64| (0..n).map(|i| shape + f64::from(i)).product::<f64>();
        match self {
            Exponential { mean } => rising(1.0) * power(*mean),
            Deterministic { value } => power(*value),
            Uniform { low, high } => {
                let n1 = f64::from(n + 1);
                (libm::pow(*high, n1) - libm::pow(*low, n1)) / (n1 * (high - low))
            }
            Erlang { k, mean } => rising(f64::from(*k)) * power(mean / f64::from(*k)),
            Gamma { shape, scale } => rising(*shape) * power(*scale),
            Hyperexponential { weights, means } => {
                rising(1.0) * weights.iter().zip(means).map(|(w, m)| w * power(*m)).sum::<f64>()
            }
            Lognormal { mu, sigma } => {
                let n = f64::from(n);
                libm::exp(n * mu + 0.5 * n * n * sigma * sigma)
            }
        }
    }

    /// P(X ≤ x).
    pub fn below(&self, x: f64) -> f64 {
        match self {
            Exponential { mean } => -libm::expm1(-x / mean),
            Deterministic { value } => f64::from(x >= *value),
            Uniform { low, high } => ((x - low) / (high - low)).clamp(0.0, 1.0),
            Erlang { k, mean } => incomplete_gamma(f64::from(*k), x * f64::from(*k) / mean).0,
            Gamma { shape, scale } => incomplete_gamma(*shape, x / scale).0,
            Hyperexponential { weights, means } => {
                let part = |m: f64| if m > 0.0 { -libm::expm1(-x / m) } else { 1.0 };
                weights.iter().zip(means).map(|(w, m)| w * part(*m)).sum()
            }
            Lognormal { mu, sigma } if x > 0.0 => normal_below((libm::log(x) - mu) / sigma),
            Lognormal { .. } => 0.0,
        }
    }

    /// P(X > x), without loss where it is small.
    pub fn beyond(&self, x: f64) -> f64 {
        match self {
            Exponential { mean } => libm::exp(-x / mean),
            Deterministic { value } => f64::from(x < *value),
            Uniform { low, high } => ((high - x) / (high - low)).clamp(0.0, 1.0),
            Erlang { k, mean } => incomplete_gamma(f64::from(*k), x * f64::from(*k) / mean).1,
            Gamma { shape, scale } => incomplete_gamma(*shape, x / scale).1,
            Hyperexponential { weights, means } => {
                let part = |m: f64| if m > 0.0 { libm::exp(-x / m) } else { 0.0 };
                weights.iter().zip(means).map(|(w, m)| w * part(*m)).sum()
            }
            Lognormal { mu, sigma } if x > 0.0 => normal_below((mu - libm::log(x)) / sigma),
            Lognormal { .. } => 1.0,
        }
    }

    /// E[X; X ≤ x], s: what those contribute who are gone by `x`. E min(X, x) = this + x P(X > x).
    pub fn mean_below(&self, x: f64) -> f64 {
        let gamma = |shape: f64, scale: f64| shape * scale * incomplete_gamma(shape + 1.0, x / scale).0;
        match self {
            Exponential { mean } => gamma(1.0, *mean),
            Deterministic { value } => value * f64::from(x >= *value),
            Uniform { low, high } => {
                let top = x.clamp(*low, *high);
                (top - low) * (top + low) / (2.0 * (high - low))
            }
            Erlang { k, mean } => gamma(f64::from(*k), mean / f64::from(*k)),
            Gamma { shape, scale } => gamma(*shape, *scale),
            Hyperexponential { weights, means } => {
                let part = |m: f64| if m > 0.0 { gamma(1.0, m) } else { 0.0 };
                weights.iter().zip(means).map(|(w, m)| w * part(*m)).sum()
            }
            Lognormal { mu, sigma } if x > 0.0 => {
                self.mean() * normal_below((libm::log(x) - mu) / sigma - sigma)
            }
            Lognormal { .. } => 0.0,
        }
    }

    /// The least possible value and the places where the law is not smooth, s, ascending.
    pub(super) fn kinks(&self) -> Vec<f64> {
        match self {
            Deterministic { value } => vec![*value],
            Uniform { low, high } => vec![*low, *high],
            _ => vec![0.0],
        }
    }

    /// The law as the value of a scenario key, for example `exponential = { mean = "300s" }`.
    ///
    /// Numbers read back exactly; durations are rounded to the microsecond, which is all a scenario keeps.
    pub fn toml(&self) -> String {
        match self {
            Exponential { mean } => format!("exponential = {{ mean = \"{}\" }}", duration(*mean)),
            Deterministic { value } => format!("deterministic = {{ value = \"{}\" }}", duration(*value)),
            Uniform { low, high } => {
                format!("uniform = {{ low = \"{}\", high = \"{}\" }}", duration(*low), duration(*high))
            }
            Erlang { k, mean } => format!("erlang = {{ k = {k}, mean = \"{}\" }}", duration(*mean)),
            Gamma { shape, scale } => {
                format!("gamma = {{ shape = {shape:?}, scale = \"{}\" }}", duration(*scale))
            }
            Hyperexponential { weights, means } => {
                let weights: Vec<String> = weights.iter().map(|w| format!("{w:?}")).collect();
                let means: Vec<String> = means.iter().map(|m| format!("\"{}\"", duration(*m))).collect();
                format!(
                    "hyperexponential = {{ weights = [{}], means = [{}] }}",
                    weights.join(", "),
                    means.join(", ")
                )
            }
            Lognormal { mu, sigma } => format!("lognormal = {{ mu = {mu:?}, sigma = {sigma:?} }}"),
        }
    }
}

/// Seconds as a scenario writes them, to the microsecond, without trailing zeros: "300s", "0.25s".
fn duration(seconds: f64) -> String {
    let text = format!("{seconds:.6}");
    format!("{}s", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::super::quadrature::integrate;
    use super::*;

    fn laws() -> Vec<RowLaw> {
        vec![
            Exponential { mean: 180.0 },
            Deterministic { value: 60.0 },
            Uniform { low: 10.0, high: 240.0 },
            Erlang { k: 2, mean: 180.0 },
            RowLaw::gamma(300.0, 1.5),
            Hyperexponential { weights: vec![0.3, 0.7], means: vec![15.0, 300.0] },
            RowLaw::lognormal(240.0, 1.0),
        ]
    }

    #[test]
    fn shares_and_partial_means_agree_with_each_other() {
        for law in laws() {
            for x in [0.0, 1e-3, 5.0, 59.0, 60.0, 150.0, 2000.0] {
                assert!((law.below(x) + law.beyond(x) - 1.0).abs() < 1e-13, "{law:?} {x}");
                let mut cuts = vec![0.0, x.min(1e-6), x.min(1e-3), x.min(0.1), x.min(60.0), x];
                cuts.extend(law.kinks().iter().filter(|k| **k < x));
                cuts.sort_by(f64::total_cmp);
                let shorter = integrate(|u| law.beyond(u), &cuts);
                let formula = law.mean_below(x) + x * law.beyond(x);
                assert!((shorter - formula).abs() < 1e-9 * (1.0 + x), "{law:?} {x}: {shorter} {formula}");
            }
            let whole = law.mean_below(1e7);
            assert!((whole / law.mean() - 1.0).abs() < 1e-9, "{law:?}");
        }
    }

    #[test]
    fn moments_give_back_the_variation_they_were_made_of() {
        assert!((RowLaw::gamma(300.0, 1.5).cv() - 1.5).abs() < 1e-12);
        assert!((RowLaw::lognormal(300.0, 0.7).cv() - 0.7).abs() < 1e-12);
        assert!((Uniform { low: 0.0, high: 6.0 }.moment(2) - 12.0).abs() < 1e-12);
        assert_eq!(Exponential { mean: 2.0 }.moment(3), 48.0);
        assert_eq!(Erlang { k: 2, mean: 2.0 }.moment(3), 24.0);
    }

    #[test]
    fn laws_are_written_as_a_scenario_reads_them() {
        let texts: Vec<String> = laws().iter().map(RowLaw::toml).collect();
        assert_eq!(texts[0], "exponential = { mean = \"180s\" }");
        assert_eq!(texts[1], "deterministic = { value = \"60s\" }");
        assert_eq!(texts[2], "uniform = { low = \"10s\", high = \"240s\" }");
        assert_eq!(texts[3], "erlang = { k = 2, mean = \"180s\" }");
        assert_eq!(texts[4], "gamma = { shape = 0.4444444444444444, scale = \"675s\" }");
        assert_eq!(texts[5], "hyperexponential = { weights = [0.3, 0.7], means = [\"15s\", \"300s\"] }");
        assert!(texts[6].starts_with("lognormal = { mu = 5.134065"), "{}", texts[6]);
        assert_eq!(duration(1.0 / 3.0), "0.333333s");
    }
}
