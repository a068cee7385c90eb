//! Two uniforms that go together: a Gaussian copula, given by Spearman's rank correlation.

use super::special::{normal_cdf, normal_quantile};

/// A Gaussian copula. The second uniform is made from both: so each stays one draw of its own, and the first is
/// what it would be alone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Copula {
    /// Pearson's correlation of the normal scores.
    r: f64,
    /// √(1 − r²).
    rest: f64,
}

impl Copula {
    /// The copula with Spearman's rho between −1 and 1: r = 2 sin(π rho/6) (Kruskal 1958). `None` where rho is 0:
    /// then each uniform stands for itself, to the last bit.
    pub fn spearman(rho: f64) -> Option<Copula> {
        let r = (2.0 * libm::sin(std::f64::consts::PI * rho / 6.0)).clamp(-1.0, 1.0);
        (rho != 0.0).then(|| Copula { r, rest: (1.0 - r * r).max(0.0).sqrt() })
    }

    /// The uniform that goes with `first`, made from an independent one of its own.
    pub fn second(self, first: f64, own: f64) -> f64 {
        let score = self.r * normal_quantile(first) + self.rest * normal_quantile(own);
        // Φ rounds to 1 far out; samplers take no uniform nearer to an end than this.
        normal_cdf(score).clamp(1.0 / (1u64 << 54) as f64, 1.0 - 1.0 / (1u64 << 53) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    fn pairs(rho: f64, seed: u64, count: usize) -> Vec<(f64, f64)> {
        let copula = Copula::spearman(rho);
        let mut generator = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut uniform = || ((generator.next_u64() >> 12) as f64 + 0.5) / (1u64 << 52) as f64;
        (0..count)
            .map(|_| {
                let (first, own) = (uniform(), uniform());
                (first, copula.map_or(own, |c| c.second(first, own)))
            })
            .collect()
    }

    fn ranks(values: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut order: Vec<(f64, usize)> = values.zip(0..).collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut ranks = vec![0.0; order.len()];
        order.iter().enumerate().for_each(|(rank, (_, at))| ranks[*at] = rank as f64);
        ranks
    }

    #[test]
    fn the_rank_correlation_is_the_one_asked_for() {
        // The variance of the sample's rho times n is at most 1 for a Gaussian copula (it is 1 at rho = 0 and falls
        // as |rho| rises), so 4.5/√n is beyond 4.5 standard errors: seven in a million for each of 7 values, seed 21.
        // Power: a rho off by 0.045, twice that, is found with probability above 0.99999.
        const N: usize = 40_000;
        for rho in [-0.9, -0.4, -0.1, 0.0, 0.3, 0.6, 0.95] {
            let pairs = pairs(rho, 21, N);
            let (a, b) = (ranks(pairs.iter().map(|p| p.0)), ranks(pairs.iter().map(|p| p.1)));
            let n = N as f64;
            let squares: f64 = a.iter().zip(&b).map(|(a, b)| (a - b) * (a - b)).sum();
            let measured = 1.0 - 6.0 * squares / (n * (n * n - 1.0));
            assert!((measured - rho).abs() < 4.5 / n.sqrt(), "{rho}: {measured}");
        }
    }

    #[test]
    fn the_second_uniform_is_uniform_too() {
        // Kolmogorov-Smirnov, level 0.001 for each of 4 values, 40,000 draws, seed 22.
        const N: usize = 40_000;
        for rho in [-0.7, 0.2, 0.8, 1.0] {
            let mut seconds: Vec<f64> = pairs(rho, 22, N).iter().map(|p| p.1).collect();
            seconds.sort_by(f64::total_cmp);
            let distance = seconds.iter().enumerate().fold(0.0f64, |most, (i, u)| {
                most.max((u - i as f64 / N as f64).abs()).max((u - (i + 1) as f64 / N as f64).abs())
            });
            assert!(distance < 1.9495 / (N as f64).sqrt(), "{rho}: {distance}");
        }
    }

    #[test]
    fn complete_dependence_gives_the_same_rank_or_the_opposite_one() {
        let (same, opposite) = (Copula::spearman(1.0).unwrap(), Copula::spearman(-1.0).unwrap());
        for u in [1e-10, 0.2, 0.5, 0.9] {
            assert!((same.second(u, 0.77) / u - 1.0).abs() < 1e-7, "{}", same.second(u, 0.77));
            assert!((opposite.second(u, 0.77) - (1.0 - u)).abs() < 1e-7);
        }
        assert_eq!(Copula::spearman(0.0), None);
    }
}
