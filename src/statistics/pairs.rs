//! Sums over replications of which a ratio and its interval are made, in place of the replications themselves.

use super::moments::t95;
use super::wide::Row;

/// A numerator and a denominator a replication, summed: as much as the delta method asks, in the same space however many
/// there are. Whole numbers, so that the order in which they come does not matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pairs {
    count: u64,
    pub(super) over: u128,
    pub(super) under: u128,
    pub(super) over_over: u128,
    over_under: u128,
    pub(super) under_under: u128,
}

impl Row for Pairs {
    fn sums(&self) -> [u128; 6] {
        [self.count.into(), self.over, self.under, self.over_over, self.over_under, self.under_under]
    }

    fn of([count, over, under, over_over, over_under, under_under]: [u128; 6]) -> Option<Pairs> {
        Some(Pairs { count: count.try_into().ok()?, over, under, over_over, over_under, under_under })
    }
}

impl Pairs {
    /// Takes the numerator and denominator of one more replication.
    pub fn push(&mut self, over: u64, under: u64) {
        let (n, d) = (u128::from(over), u128::from(under));
        self.count += 1;
        self.over += n;
        self.under += d;
        self.over_over += n * n;
        self.over_under += n * d;
        self.under_under += d * d;
    }

    /// Adds the sums of other replications.
    pub fn merge(&mut self, other: &Pairs) {
        self.count += other.count;
        self.over += other.over;
        self.under += other.under;
        self.over_over += other.over_over;
        self.over_under += other.over_under;
        self.under_under += other.under_under;
    }

    /// The sum of the numerators.
    pub fn over(&self) -> u128 {
        self.over
    }

    /// How many replications.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    /// R = Σ nᵢ / Σ dᵢ; none where the denominators add up to zero.
    pub(super) fn quotient(&self) -> Option<f64> {
        (self.under > 0).then(|| self.over as f64 / self.under as f64)
    }

    /// The mean denominator.
    pub(super) fn mean_under(&self) -> f64 {
        self.under as f64 / self.count as f64
    }

    /// R = Σ nᵢ / Σ dᵢ with its 95% interval by the delta method, the same as [`ratio`](super::ratio) has; no interval
    /// from fewer than two replications, and no ratio where the denominators add up to zero.
    pub fn ratio(&self) -> Option<(f64, Option<(f64, f64)>)> {
        let ratio = self.quotient()?;
        Some((ratio, self.half_width(ratio).map(|half| (ratio - half, ratio + half))))
    }

    /// Half the width of the interval: t sd(nᵢ − R dᵢ) / (√n d̄).
    fn half_width(&self, ratio: f64) -> Option<f64> {
        if self.count < 2 {
            return None;
        }
        let n = self.count as f64;
        let error = (self.squares(ratio) / (n - 1.0) / n).sqrt();
        Some(t95(self.count) * error / self.mean_under())
    }

    /// Σ (nᵢ − R dᵢ)²: the squares of n about their mean, less 2 R times the products with d, and R² times the squares of d.
    pub(super) fn squares(&self, ratio: f64) -> f64 {
        let over = centred(self.count, self.over_over, self.over, self.over);
        let both = centred(self.count, self.over_under, self.over, self.under);
        let under = centred(self.count, self.under_under, self.under, self.under);
        (over - 2.0 * ratio * both + ratio * ratio * under).max(0.0)
    }
}

/// Σ (xᵢ − x̄)(yᵢ − ȳ) = (n Σ xᵢyᵢ − Σ xᵢ Σ yᵢ) / n: the difference in whole numbers, since it is small beside both.
pub(super) fn centred(count: u64, products: u128, x: u128, y: u128) -> f64 {
    let n = count as f64;
    match (products.checked_mul(u128::from(count)), x.checked_mul(y)) {
        (Some(all), Some(of_means)) if all >= of_means => (all - of_means) as f64 / n,
        (Some(all), Some(of_means)) => -((of_means - all) as f64) / n,
        _ => products as f64 - x as f64 * (y as f64 / n),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::ratio;

    fn of(pairs: &[(u64, u64)]) -> Pairs {
        let mut sums = Pairs::default();
        pairs.iter().for_each(|(n, d)| sums.push(*n, *d));
        sums
    }

    #[test]
    fn sums_give_the_ratio_and_interval_that_the_replications_give() {
        for scale in [1, 1_000_000_007, 900_000_000_000] {
            let pairs = [(8, 10), (0, 0), (90, 100), (31, 64), (12, 12)].map(|(n, d)| (n * scale, d * scale));
            let (n, d): (Vec<f64>, Vec<f64>) = pairs.iter().map(|(n, d)| (*n as f64, *d as f64)).unzip();
            let whole = ratio(&n, &d).unwrap();
            let (mean, ci95) = of(&pairs).ratio().unwrap();
            assert!((mean - whole.mean).abs() < 1e-14);
            let (found, wanted) = (ci95.unwrap(), whole.ci95.unwrap());
            assert!((found.0 - wanted.0).abs() < 1e-12 && (found.1 - wanted.1).abs() < 1e-12, "{found:?}");
        }
    }

    #[test]
    fn what_never_differs_has_no_width_and_parts_add_up_in_any_order() {
        let same = of(&[(37_000_001, 3), (37_000_001, 3), (37_000_001, 3)]);
        let (mean, ci95) = same.ratio().unwrap();
        assert_eq!(ci95, Some((mean, mean)));
        let (a, b) = (of(&[(3, 4), (5, 6)]), of(&[(1, 9)]));
        let (mut ab, mut ba) = (a, b);
        ab.merge(&b);
        ba.merge(&a);
        assert_eq!((ab, ba), (of(&[(3, 4), (5, 6), (1, 9)]), ab));
        assert_eq!(of(&[(0, 0)]).ratio(), None);
        assert_eq!(of(&[(1, 2)]).ratio(), Some((0.5, None)));
        assert_eq!(ab.over(), 9);
    }
}
