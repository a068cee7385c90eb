//! Sums over replications of which a paired difference of two ratios and its interval are made, in place of the
//! replications themselves.

use super::difference::Difference;
use super::moments::t95;
use super::pairs::{Pairs, centred};
use super::selection::joint_t;
use super::wide::Row;
use std::cmp::Ordering;

/// What the numerators and denominators of two options in the same replications come to together: beside the [`Pairs`] of
/// each, as much as the delta method asks of a difference, in the same space however many replications there are. Whole
/// numbers, so that the order in which they come does not matter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Crossed {
    /// Σ own numerator × base numerator, and so on.
    over_over: u128,
    over_under: u128,
    under_over: u128,
    under_under: u128,
    /// Replications in which both ratios exist; twice those in which the own is the greater, and once those in which they
    /// are alike.
    both: u64,
    halves: u64,
}

impl Row for Crossed {
    fn sums(&self) -> [u128; 6] {
        let [both, halves] = [self.both.into(), self.halves.into()];
        [self.over_over, self.over_under, self.under_over, self.under_under, both, halves]
    }

    fn of([over_over, over_under, under_over, under_under, both, halves]: [u128; 6]) -> Option<Crossed> {
        let [both, halves] = [both.try_into().ok()?, halves.try_into().ok()?];
        Some(Crossed { over_over, over_under, under_over, under_under, both, halves })
    }
}

impl Crossed {
    /// Takes the numerator and denominator of one more replication, of the option and of its base.
    pub fn push(&mut self, own: (u64, u64), base: (u64, u64)) {
        let product = |x: u64, y: u64| u128::from(x) * u128::from(y);
        self.over_over += product(own.0, base.0);
        self.over_under += product(own.0, base.1);
        self.under_over += product(own.1, base.0);
        self.under_under += product(own.1, base.1);
        if own.1 > 0 && base.1 > 0 {
            self.both += 1;
            self.halves += match product(own.0, base.1).cmp(&product(base.0, own.1)) {
                Ordering::Greater => 2,
                Ordering::Equal => 1,
                Ordering::Less => 0,
            };
        }
    }

    /// Adds the sums of other replications.
    pub fn merge(&mut self, other: &Crossed) {
        self.over_over += other.over_over;
        self.over_under += other.over_under;
        self.under_over += other.under_over;
        self.under_under += other.under_under;
        self.both += other.both;
        self.halves += other.halves;
    }

    /// R − R' of an option and its base, the same as [`difference_of_ratios`](super::difference_of_ratios) has; and its
    /// interval where so many are to hold together with 95%, by Bonferroni's inequality. None where either ratio does not
    /// exist.
    pub fn difference(&self, own: &Pairs, base: &Pairs, together: usize) -> Option<(Difference, Interval)> {
        let (own_ratio, base_ratio) = (own.quotient()?, base.quotient()?);
        let difference = own_ratio - base_ratio;
        let squares = [(own, own_ratio), (base, base_ratio)].map(|(pairs, ratio)| {
            let mean = pairs.mean_under();
            pairs.squares(ratio) / (mean * mean)
        });
        let product = self.product((own, own_ratio), (base, base_ratio));
        let n = own.count();
        let around = |half: f64| (difference - half, difference + half);
        let error = (n >= 2).then(|| {
            let both = if self.is_same(own, base) { 0.0 } else { squares[0] + squares[1] - 2.0 * product };
            (both.max(0.0) / (n - 1) as f64 / n as f64).sqrt()
        });
        let scale = (squares[0] * squares[1]).sqrt();
        let paired = Difference {
            difference,
            ci95: error.map(|error| around(t95(n) * error)),
            share_better_raw: (self.both > 0).then(|| self.halves as f64 / (2 * self.both) as f64),
            correlation: (n >= 2 && scale > 0.0).then(|| (product / scale).clamp(-1.0, 1.0)),
        };
        Some((paired, error.map(|error| around(joint_t(n, together) * error))))
    }

    /// Whether the option is its base in every replication: Σ (x − y)² = 0, of numerators and of denominators.
    fn is_same(&self, own: &Pairs, base: &Pairs) -> bool {
        own.over_over.checked_add(base.over_over) == self.over_over.checked_mul(2)
            && own.under_under.checked_add(base.under_under) == self.under_under.checked_mul(2)
    }

    /// Σ of the products of residuals (nᵢ − R dᵢ)/d̄ of the option and of its base.
    fn product(&self, (own, r): (&Pairs, f64), (base, q): (&Pairs, f64)) -> f64 {
        let n = own.count();
        let over_over = centred(n, self.over_over, own.over, base.over);
        let over_under = centred(n, self.over_under, own.over, base.under);
        let under_over = centred(n, self.under_over, own.under, base.over);
        let under_under = centred(n, self.under_under, own.under, base.under);
        let product = over_over - q * over_under - r * under_over + r * q * under_under;
        product / (own.mean_under() * base.mean_under())
    }
}

/// An interval, where there is one.
type Interval = Option<(f64, f64)>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::difference_of_ratios;

    type Replication = ((u64, u64), (u64, u64));

    fn sums(all: &[Replication]) -> (Crossed, Pairs, Pairs) {
        let (mut crossed, mut own, mut base) = (Crossed::default(), Pairs::default(), Pairs::default());
        for (o, b) in all {
            crossed.push(*o, *b);
            own.push(o.0, o.1);
            base.push(b.0, b.1);
        }
        (crossed, own, base)
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-11 * (1.0 + a.abs().max(b.abs()))
    }

    #[test]
    fn sums_give_the_difference_that_the_replications_give() {
        for scale in [1, 1_000_000_007, 900_000_000_000] {
            let by = |n: u64| n * scale;
            let all: Vec<Replication> = [
                ((9, 10), (8, 10)),
                ((0, 0), (0, 0)),
                ((91, 104), (90, 100)),
                ((30, 64), (31, 64)),
                ((12, 12), (0, 0)),
                ((40, 81), (41, 83)),
            ]
            .into_iter()
            .map(|(o, b)| ((by(o.0), by(o.1)), (by(b.0), by(b.1))))
            .collect();
            let column =
                |of: &dyn Fn(&Replication) -> u64| all.iter().map(|r| of(r) as f64).collect::<Vec<_>>();
            let wanted = difference_of_ratios(
                &column(&|r| r.1.0),
                &column(&|r| r.1.1),
                &column(&|r| r.0.0),
                &column(&|r| r.0.1),
            )
            .unwrap();
            let (crossed, own, base) = sums(&all);
            let (found, alone) = crossed.difference(&own, &base, 1).unwrap();
            assert!(near(found.difference, wanted.difference), "{found:?} {wanted:?}");
            let (f, w) = (found.ci95.unwrap(), wanted.ci95.unwrap());
            assert!(near(f.0, w.0) && near(f.1, w.1), "{found:?} {wanted:?}");
            assert!(near(found.correlation.unwrap(), wanted.correlation.unwrap()));
            assert_eq!(found.share_better_raw, wanted.share_better_raw);
            assert_eq!(alone, found.ci95, "one alone is no wider");
            let seven = crossed.difference(&own, &base, 7).unwrap().1.unwrap();
            // t of 1 − 0.025/7 with 5 degrees of freedom over t of 0.975: 4.3818/2.5706.
            let ratio = (seven.1 - seven.0) / (f.1 - f.0);
            assert!((ratio - 1.7046).abs() < 0.002, "{ratio}");
        }
    }

    #[test]
    fn the_same_option_differs_by_nothing_and_a_fixed_step_is_known_exactly() {
        let same: Vec<Replication> = [(8, 11), (7, 13), (90, 103), (3, 17)].map(|pair| (pair, pair)).to_vec();
        let (crossed, own, base) = sums(&same);
        let (found, seven) = crossed.difference(&own, &base, 7).unwrap();
        assert_eq!((found.difference, found.ci95, seven), (0.0, Some((0.0, 0.0)), Some((0.0, 0.0))));
        assert_eq!(found.share_better_raw, Some(0.5));
        let step: Vec<Replication> =
            [8u64, 7, 90, 3].map(|n| ((n * 3_600_000_000 + 5, 1), (n * 3_600_000_000, 1))).to_vec();
        let (crossed, own, base) = sums(&step);
        let (found, _) = crossed.difference(&own, &base, 7).unwrap();
        assert_eq!((found.difference, found.ci95), (5.0, Some((5.0, 5.0))));
    }

    #[test]
    fn parts_add_up_in_any_order_and_too_few_replications_have_no_interval() {
        let all: [Replication; 3] = [((3, 4), (2, 4)), ((5, 6), (1, 2)), ((1, 9), (1, 8))];
        let ((mut ab, ..), (b, ..)) = (sums(&all[..2]), sums(&all[2..]));
        let (mut ba, a) = (b, ab);
        ab.merge(&b);
        ba.merge(&a);
        assert_eq!((ab, ba), (sums(&all).0, ab));
        let (one, own, base) = sums(&all[..1]);
        let (found, seven) = one.difference(&own, &base, 7).unwrap();
        assert_eq!((found.difference, found.ci95, seven), (0.25, None, None));
        let (none, own, base) = sums(&[((0, 0), (1, 2))]);
        assert_eq!(none.difference(&own, &base, 7), None);
    }
}
