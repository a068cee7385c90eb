//! The mean probability of a satisfied caller (MODEL section 6).
//!
//! Probabilities are kept as whole numbers of 2⁻³², so that their sums are exact in any order.

use crate::scenario::Satisfaction;
use crate::unit::{MINUTE, Micros, number, whole};

/// One, in units of 2⁻³².
const ONE: f64 = 4_294_967_296.0;
/// Contacts up to which a case that never waited is looked up.
const CONTACTS: usize = 8;

/// Satisfaction under one set of coefficients: the logistic of b0 + bw·minutes + bn·(contacts − 1) + bu·1{unresolved}
/// + bx·1{never answered}.
#[derive(Debug, Clone)]
pub struct Satisfied {
    coefficients: Satisfaction,
    /// Values for cases that never waited, by contacts, unresolved and never answered: most cases are such.
    unwaited: [[u64; 4]; CONTACTS],
}

impl Satisfied {
    /// One satisfied caller, in the unit of the values returned.
    pub const ONE: f64 = ONE;

    /// Prepares the rule.
    pub fn new(coefficients: Satisfaction) -> Satisfied {
        let mut unwaited = [[0; 4]; CONTACTS];
        for (contacts, row) in unwaited.iter_mut().enumerate() {
            for (flags, value) in row.iter_mut().enumerate() {
                *value = logistic(&coefficients, 0, contacts as u32, flags & 1 != 0, flags & 2 != 0);
            }
        }
        Satisfied { coefficients, unwaited }
    }

    /// The probability, in units of 2⁻³², that a caller is satisfied who waited `waited` over `contacts` attempts.
    #[inline]
    pub fn value(&self, waited: Micros, contacts: u32, unresolved: bool, never_answered: bool) -> u64 {
        if waited == 0 && (contacts as usize) < CONTACTS {
            self.unwaited[contacts as usize][usize::from(unresolved) | usize::from(never_answered) << 1]
        } else {
            logistic(&self.coefficients, waited, contacts, unresolved, never_answered)
        }
    }
}

fn logistic(b: &Satisfaction, waited: Micros, contacts: u32, unresolved: bool, never: bool) -> u64 {
    let mut s = b.base + b.per_minute * (number(waited) / MINUTE as f64);
    s += b.per_contact * f64::from(contacts.saturating_sub(1));
    if unresolved {
        s += b.unresolved;
    }
    if never {
        s += b.never_answered;
    }
    whole(ONE / (1.0 + libm::exp(-s)) + 0.5)
}

#[cfg(test)]
mod tests {
    use super::*;

    const B: Satisfaction = Satisfaction {
        base: 2.2,
        per_minute: -0.03,
        per_contact: -0.5,
        unresolved: -2.2,
        never_answered: -3.0,
    };

    #[test]
    fn the_logistic_is_that_of_the_model() {
        let rule = Satisfied::new(B);
        let expected = |s: f64| 1.0 / (1.0 + libm::exp(-s));
        for (waited, contacts, unresolved, never, s) in [
            (0, 1, false, false, 2.2),
            (0, 2, true, false, -0.5),
            (10 * MINUTE, 1, false, false, 1.9),
            (5 * MINUTE, 3, true, true, 2.2 - 0.15 - 1.0 - 2.2 - 3.0),
        ] {
            let value = rule.value(waited, contacts, unresolved, never) as f64 / ONE;
            // Half a unit of 2^-32 is the rounding.
            assert!((value - expected(s)).abs() < 1.2e-10, "{value}");
        }
    }
}
