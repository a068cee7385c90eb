//! Erlang A: a queue whose callers have exponential patience.

use super::impatient::ImpatientQueue;
use super::row_law::RowLaw;
use core::ops::Deref;

/// M/M/c+M in the steady state, at any load: the simplest model in which callers give up (Palm 1957).
///
/// Every figure is a method of [`ImpatientQueue`], to which this dereferences. Numbers of servers that are not
/// whole (an average over a week) use the continuation of [`erlang_b`](super::erlang_b).
#[derive(Debug, Clone, PartialEq)]
pub struct ErlangA(ImpatientQueue);

impl ErlangA {
    /// A queue of this many servers, calls a second, mean seconds of service (talk and wrap) and mean seconds of
    /// patience; `None` when one of them is not positive and finite.
    pub fn new(servers: f64, arrivals_per_s: f64, service_s: f64, patience_s: f64) -> Option<ErlangA> {
        let patience = RowLaw::Exponential { mean: patience_s };
        ImpatientQueue::new(servers, arrivals_per_s, service_s, patience).map(ErlangA)
    }
}

impl Deref for ErlangA {
    type Target = ImpatientQueue;

    fn deref(&self) -> &ImpatientQueue {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::super::birth_death::birth_death;
    use super::*;

    /// (P(wait), P(abandon), mean queue) by the birth-death chain, truncated far out.
    fn chain(servers: u32, arrivals: f64, service: f64, patience: f64) -> (f64, f64, f64) {
        let deaths: Vec<f64> = (1..=20_000_u32)
            .map(|n| f64::from(n.min(servers)) / service + f64::from(n.saturating_sub(servers)) / patience)
            .collect();
        let shares = birth_death(&vec![arrivals; deaths.len()], &deaths).unwrap();
        let c = servers as usize;
        let wait = shares[c..].iter().sum();
        let queue: f64 = shares[c..].iter().enumerate().map(|(q, p)| q as f64 * p).sum();
        (wait, queue / patience / arrivals, queue)
    }

    #[test]
    fn the_integrals_agree_with_the_chain() {
        for (c, load, patience) in
            [(1, 0.5, 3000.0), (12, 30.0, 60.0), (80, 80.0, 180.0), (500, 450.0, 6000.0)]
        {
            let q = ErlangA::new(f64::from(c), load / 300.0, 300.0, patience).unwrap();
            let (wait, abandon, queue) = chain(c, load / 300.0, 300.0, patience);
            for (a, b) in [(q.p_wait(), wait), (q.p_abandon(), abandon), (q.mean_queue(), queue)] {
                assert!((a / b - 1.0).abs() < 1e-10, "{c} {load}: {a} {b}");
            }
        }
    }

    #[test]
    fn half_a_server_lies_between_its_neighbours() {
        let at = |c| ErlangA::new(c, 0.04, 300.0, 180.0).unwrap().p_abandon();
        assert!(at(11.0) > at(11.5) && at(11.5) > at(12.0));
        assert!(at(0.5) > at(1.0) && at(0.5) < 1.0);
    }
}
