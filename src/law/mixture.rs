//! One of several laws, chosen by chance: a spike of very short calls beside the rest.
//!
//! The choice takes no uniform of its own: the quantile function of the whole is inverted, so that a variate still
//! rises with its one uniform.

use super::Law;

/// Most halvings of the interval in which a quantile lies: from any two numbers to two neighbours.
const HALVINGS: u32 = 2100;

/// Σ wᵢ f(lawᵢ).
pub(super) fn sum(weights: &[f64], laws: &[Law], f: impl Fn(&Law) -> f64) -> f64 {
    weights.iter().zip(laws).filter(|(w, _)| **w > 0.0).map(|(w, law)| w * f(law)).sum()
}

/// The variance within the laws and that between them.
pub(super) fn variance(weights: &[f64], laws: &[Law]) -> f64 {
    let mean = sum(weights, laws, Law::mean);
    sum(weights, laws, |law| law.variance() + (law.mean() - mean) * (law.mean() - mean))
}

/// The least x with a probability of at least `u` ≤ 1/2 up to it.
pub(super) fn lower_quantile(weights: &[f64], laws: &[Law], u: f64) -> f64 {
    between(weights, laws, |law| law.quantile(u), |x| sum(weights, laws, |law| law.cdf(x)) >= u)
}

/// The least x with a probability of at most `v` ≤ 1/2 beyond it.
pub(super) fn upper_quantile(weights: &[f64], laws: &[Law], v: f64) -> f64 {
    between(weights, laws, |law| law.upper_quantile(v), |x| sum(weights, laws, |law| law.sf(x)) <= v)
}

/// The least x that is `enough`: it lies between the least and the largest of the laws' own quantiles.
fn between(weights: &[f64], laws: &[Law], own: impl Fn(&Law) -> f64, enough: impl Fn(f64) -> bool) -> f64 {
    let each = || weights.iter().zip(laws).filter(|(w, _)| **w > 0.0).map(|(_, law)| own(law));
    let (mut low, mut high) = (each().fold(f64::INFINITY, f64::min), each().fold(0.0, f64::max));
    if enough(low) {
        return low;
    }
    for _ in 0..HALVINGS {
        let middle = low + 0.5 * (high - low);
        if middle <= low || middle >= high {
            break;
        }
        *(if enough(middle) { &mut high } else { &mut low }) = middle;
    }
    high
}

#[cfg(test)]
mod tests {
    use crate::law::{Law, Observations, Sampler};

    #[test]
    fn a_spike_of_short_calls_beside_the_rest_has_the_moments_of_both() {
        let law =
            Law::mixture(vec![0.2, 0.8], vec![Law::uniform(2.0, 8.0), Law::lognormal_by_mean(180.0, 0.9)]);
        assert!((law.mean() - (0.2 * 5.0 + 0.8 * 180.0)).abs() < 1e-12);
        let second = 0.2 * (25.0 + 3.0) + 0.8 * 180.0 * 180.0 * 1.81;
        assert!((law.variance() / (second - 145.0 * 145.0) - 1.0).abs() < 1e-12);
        let sampler = Sampler::new(&law);
        const N: u32 = 40_000;
        let values: Vec<f64> =
            (0..N).map(|i| sampler.micros((f64::from(i) + 0.5) / f64::from(N)) as f64 / 1e6).collect();
        assert!(values.is_sorted());
        // At the middles of N equal steps a sampler that inverts the law is nowhere further from it than half a step.
        for (i, x) in values.iter().enumerate() {
            assert!((law.cdf(*x) - (i as f64 + 0.5) / f64::from(N)).abs() < 0.6 / f64::from(N), "{i} {x}");
        }
    }

    #[test]
    fn laws_with_steps_may_be_mixed() {
        let laws = vec![
            Law::deterministic(5.0),
            Law::Empirical(Observations::from_iter([60.0, 120.0])),
            Law::uniform(0.0, 100.0),
        ];
        let law = Law::mixture(vec![0.25, 0.5, 0.25], laws);
        assert!((law.mean() - (1.25 + 45.0 + 12.5)).abs() < 1e-12);
        let sampler = Sampler::new(&law);
        const N: u32 = 10_000;
        let mut at = [0; 3];
        for i in 0..N {
            let u = (f64::from(i) + 0.5) / f64::from(N);
            let value = sampler.micros(u);
            assert!((value as f64 / 1e6 - law.quantile(u)).abs() < 1e-4, "{u}: {value} {}", law.quantile(u));
            for (count, step) in at.iter_mut().zip([5_000_000, 60_000_000, 120_000_000]) {
                *count += u32::from(value == step);
            }
        }
        // A step may lose a draw to the cell in which it begins or ends.
        for (count, share) in at.iter().zip([0.25, 0.25, 0.25]) {
            assert!((f64::from(*count) - share * f64::from(N)).abs() <= 2.0, "{at:?}");
        }
    }

    #[test]
    fn a_mixture_of_exponentials_is_the_hyperexponential_law() {
        let mixed = Law::mixture(vec![0.7, 0.3], vec![Law::exponential(30.0), Law::exponential(300.0)]);
        let known = Law::hyperexponential(vec![0.7, 0.3], vec![30.0, 300.0]);
        assert!((mixed.mean() / known.mean() - 1.0).abs() < 1e-14);
        assert!((mixed.variance() / known.variance() - 1.0).abs() < 1e-14);
        for u in [1e-9, 0.01, 0.3, 0.5, 0.8, 0.999] {
            assert!((mixed.quantile(u) / known.quantile(u) - 1.0).abs() < 1e-12, "{u}");
            assert!((mixed.upper_quantile(u) / known.upper_quantile(u) - 1.0).abs() < 1e-12, "{u}");
            let x = known.quantile(u);
            assert!((mixed.density(x) / known.density(x) - 1.0).abs() < 1e-12, "{u}");
        }
    }
}
