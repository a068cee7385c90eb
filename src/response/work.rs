//! Work needed and work done: targets, caps, and what becomes of cut work (MODEL sections 5 and 6).

use crate::scenario::{Response, TalkPolicy, WrapPolicy, WrapRule};
use crate::unit::{Micros, number, whole};

/// What becomes of work that a policy cuts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// The same work is done faster; nothing is lost.
    Absorbed,
    /// It is never done.
    Dropped,
    /// It is put off.
    Deferred,
}

/// What a target or cap leaves of an overshoot under pressure: a pressure of 1 leaves nothing.
#[inline]
fn compressed(needed: Micros, within: Micros, pressure: f64) -> Micros {
    // No branch: it could not be foreseen.
    let beyond = needed.saturating_sub(within);
    needed - whole(pressure * number(beyond) + 0.5).min(beyond)
}

/// Wrap done of the wrap required, before any minimum: w in the model's section 5. Under `adaptive` that is the most it
/// can be: the agent may be released before.
#[inline]
pub fn wrap_done(policy: &WrapPolicy, required: Micros) -> Micros {
    match policy.rule {
        WrapRule::AsNeeded | WrapRule::Adaptive { .. } => required,
        WrapRule::Target { within, pressure } => compressed(required, within, pressure),
        WrapRule::Cap { within } | WrapRule::Scheduled { within } => required.min(within),
    }
}

/// Talk that the talk policy leaves of the talk needed.
#[inline]
pub fn talk_done(policy: TalkPolicy, needed: Micros) -> Micros {
    match policy {
        TalkPolicy::AsNeeded => needed,
        TalkPolicy::Target { within, pressure } => compressed(needed, within, pressure),
    }
}

/// Talk that a call needs of an agent of some speed; rounded half up to a microsecond.
#[inline]
pub fn at_speed(talk: Micros, speed: f64) -> Micros {
    if speed == 1.0 { talk } else { whole(number(talk) / speed + 0.5) }
}

/// What becomes of a call's cut work, from that call's uniform: absorbed below ε, dropped below ε + δ, else put off.
#[inline]
pub fn fate(policy: &WrapPolicy, u: f64) -> Fate {
    if u < policy.absorbed {
        Fate::Absorbed
    } else if u < policy.absorbed + policy.dropped {
        Fate::Dropped
    } else {
        Fate::Deferred
    }
}

/// The loss of resolution h = κ·1{work dropped} + ρ·U_dropped/W + κ_T·(T − t)/T, each term 0 where its denominator
/// is 0.
#[inline]
pub fn loss(
    response: &Response,
    required: Micros,
    dropped: Micros,
    talk_needed: Micros,
    talk: Micros,
) -> f64 {
    let mut h = 0.0;
    if dropped > 0 {
        h += response.loss_dropped;
        if required > 0 {
            h += response.loss_share * (dropped as f64 / required as f64);
        }
    }
    if talk < talk_needed {
        h += response.loss_talk * ((talk_needed - talk) as f64 / talk_needed as f64);
    }
    h
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::SECOND;

    fn policy(rule: WrapRule) -> WrapPolicy {
        WrapPolicy { rule, minimum: 0, absorbed: 0.2, dropped: 0.3 }
    }

    #[test]
    fn a_target_compresses_the_overshoot_and_a_cap_cuts_it() {
        let target = policy(WrapRule::Target { within: 60 * SECOND, pressure: 0.75 });
        assert_eq!(wrap_done(&target, 50 * SECOND), 50 * SECOND);
        assert_eq!(wrap_done(&target, 100 * SECOND), 70 * SECOND);
        let cap = policy(WrapRule::Cap { within: 60 * SECOND });
        assert_eq!(wrap_done(&cap, 100 * SECOND), 60 * SECOND);
        assert_eq!(wrap_done(&policy(WrapRule::AsNeeded), 100 * SECOND), 100 * SECOND);
    }

    #[test]
    fn full_pressure_is_a_cap_and_none_is_as_needed() {
        for w in [0, 1, 59_999_999, 60_000_001, 1_000_000_007] {
            let within = 60 * SECOND;
            let full = policy(WrapRule::Target { within, pressure: 1.0 });
            assert_eq!(wrap_done(&full, w), wrap_done(&policy(WrapRule::Cap { within }), w));
            assert_eq!(wrap_done(&policy(WrapRule::Target { within, pressure: 0.0 }), w), w);
        }
    }

    #[test]
    fn one_uniform_decides_the_fate_of_cut_work() {
        let policy = policy(WrapRule::AsNeeded);
        assert_eq!(fate(&policy, 0.1), Fate::Absorbed);
        assert_eq!(fate(&policy, 0.2), Fate::Dropped);
        assert_eq!(fate(&policy, 0.49), Fate::Dropped);
        assert_eq!(fate(&policy, 0.5), Fate::Deferred);
    }
}
