//! The rate at which two options tie: how many minutes of waiting one unsettled matter must weigh for both to leave
//! callers as well off.

use super::figures::terms;
use super::outcome::OptionOutcome;
use crate::measure::find;
use crate::statistics::{Quotient, quotient_of_differences};

/// Minutes waited over all attempts, a case.
const WAITED: &str = "wait_per_case";
/// Cases settled, of all.
const SETTLED: &str = "resolution";

/// The option's more waiting over its more matters settled, minutes, against the base; none where either does not
/// exist.
pub fn tie(base: &OptionOutcome, option: &OptionOutcome) -> Option<Quotient> {
    let of = |outcome: &OptionOutcome, id: &str| terms(find(id)?, &outcome.centre);
    let (waited, settled) =
        ((of(base, WAITED)?, of(option, WAITED)?), (of(base, SETTLED)?, of(option, SETTLED)?));
    quotient_of_differences([&waited.0, &waited.1], [&settled.0, &settled.1])
}
