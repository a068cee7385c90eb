//! Mean and variance of values as they come.

use crate::law::special::t_quantile;

/// Mean and spread by Welford's recurrence (Technometrics 4, 1962), which does not cancel.
///
/// The result depends, in its last bits, on the order of the values: push them in replication order.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    count: u64,
    mean: f64,
    squares: f64,
}

impl Moments {
    /// The moments of a slice, first to last.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Moments {
        let mut moments = Moments::default();
        for value in values {
            moments.push(value);
        }
        moments
    }

    /// Takes one more value.
    pub fn push(&mut self, value: f64) {
        self.count += 1;
        let from_old = value - self.mean;
        self.mean += from_old / self.count as f64;
        self.squares += from_old * (value - self.mean);
    }

    /// How many values.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The mean; none without values.
    pub fn mean(&self) -> Option<f64> {
        (self.count > 0).then_some(self.mean)
    }

    /// The variance, with n − 1 below; none for fewer than two values.
    pub fn variance(&self) -> Option<f64> {
        (self.count > 1).then(|| (self.squares / (self.count - 1) as f64).max(0.0))
    }

    /// The standard deviation, with n − 1 below; none for fewer than two values.
    pub fn sd(&self) -> Option<f64> {
        self.variance().map(f64::sqrt)
    }

    /// Half the width of the 95% interval of the mean: t₀.₉₇₅,ₙ₋₁ · sd / √n; none for fewer than two values.
    pub fn half_width(&self) -> Option<f64> {
        self.sd().map(|sd| t95(self.count) * sd / (self.count as f64).sqrt())
    }
}

/// t₀.₉₇₅ with n − 1 degrees of freedom, for n ≥ 2.
pub(super) fn t95(n: u64) -> f64 {
    t_quantile(0.975, (n - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_offset_does_not_spoil_the_variance() {
        let moments = Moments::of([4.0, 7.0, 13.0, 16.0].map(|x| x + 1e9));
        assert_eq!(moments.mean(), Some(1e9 + 10.0));
        assert_eq!(moments.variance(), Some(30.0));
        assert_eq!(moments.count(), 4);
    }

    #[test]
    fn too_few_values_have_no_spread() {
        assert_eq!(Moments::default().mean(), None);
        let one = Moments::of([3.0]);
        assert_eq!((one.mean(), one.variance(), one.half_width()), (Some(3.0), None, None));
    }
}
