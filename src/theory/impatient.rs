//! M/M/c+G: callers who hang up when their patience, of any law, runs out.
//!
//! With V the offered wait (what a caller of endless patience would wait), H(x) = E min(patience, x), s the mean
//! service and B Erlang's blocking probability, V has the density v(x) = λ k(x) / D for x > 0, where
//! k(x) = e^(λ H(x) − c x / s) and D = 1/B(c − 1) + λ ∫ k, and P(V = 0) = 1 / (B(c − 1) D): Baccelli and Hebuterne
//! 1981; Zeltyn and Mandelbaum, Queueing Systems 51, 2005. Every figure is an integral of v against a positive
//! function, so none is a difference of large numbers; scales are kept as logarithms, so nothing overflows.

use super::erlang_b::erlang_b;
use super::quadrature::integrate;
use super::row_law::RowLaw;

/// The integrand is left out where its exponential factor has fallen by this power of e below its peak.
const NEGLIGIBLE: f64 = 60.0;

/// The steady state of a queue with impatient callers.
///
/// Poisson arrivals, exponential service, order of arrival, a patience drawn for every caller. Shares are of all
/// offered calls and times in seconds unless a method says otherwise. Each figure costs an integral of some
/// hundred to some thousand evaluations. Relative error about 1e-11, save that a share below 1e-20 of the whole
/// may be lost where patience has a least value far out.
#[derive(Debug, Clone, PartialEq)]
pub struct ImpatientQueue {
    servers: f64,
    arrivals_per_s: f64,
    service_s: f64,
    patience: RowLaw,
    /// ln 1/B(c − 1).
    ln_free: f64,
    /// ln D.
    ln_whole: f64,
}

impl ImpatientQueue {
    /// A queue of this many servers, calls a second, mean seconds of service and law of patience; stable at any
    /// load.
    ///
    /// `None` when a number is not positive and finite. Numbers of servers that are not whole use the continuation
    /// of [`erlang_b`].
    pub fn new(
        servers: f64,
        arrivals_per_s: f64,
        service_s: f64,
        patience: RowLaw,
    ) -> Option<ImpatientQueue> {
        let positive = |x: f64| x > 0.0 && x.is_finite();
        if ![servers, arrivals_per_s, service_s, patience.mean()].into_iter().all(positive) {
            return None;
        }
        let ln_free = -libm::log(erlang_b(servers - 1.0, arrivals_per_s * service_s)?);
        let mut queue =
            ImpatientQueue { servers, arrivals_per_s, service_s, patience, ln_free, ln_whole: 0.0 };
        let busy = queue.ln_weighed(0.0, f64::INFINITY, |_| 1.0);
        queue.ln_whole = ln_sum(ln_free, busy);
        Some(queue)
    }

    /// The load: Erlangs offered.
    pub fn offered_erlangs(&self) -> f64 {
        self.arrivals_per_s * self.service_s
    }

    /// P(V > 0): share of calls that find every server busy (and queue, or leave at once).
    pub fn p_wait(&self) -> f64 {
        self.offered_wait_beyond(0.0)
    }

    /// P(V = 0): share of calls answered at once.
    pub fn p_at_once(&self) -> f64 {
        libm::exp(self.ln_free - self.ln_whole)
    }

    /// P(V > t): share of calls that, were they patient, would wait longer than `t_s`.
    pub fn offered_wait_beyond(&self, t_s: f64) -> f64 {
        self.weighed(t_s.max(0.0), f64::INFINITY, |_| 1.0)
    }

    /// P(W > t): share of calls that do wait longer than `t_s`, whatever their fate.
    pub fn waits_beyond(&self, t_s: f64) -> f64 {
        self.patience.beyond(t_s.max(0.0)) * self.offered_wait_beyond(t_s)
    }

    /// Share of calls answered within `t_s`: service level over all offered.
    pub fn served_within(&self, t_s: f64) -> f64 {
        self.p_at_once() + self.weighed(0.0, t_s, |x| self.patience.beyond(x))
    }

    /// Share of calls that give up within `t_s`.
    pub fn abandons_within(&self, t_s: f64) -> f64 {
        let gone = self.patience.below(t_s.max(0.0));
        self.weighed(0.0, t_s, |x| self.patience.below(x)) + gone * self.offered_wait_beyond(t_s)
    }

    /// Share of calls that give up.
    pub fn p_abandon(&self) -> f64 {
        self.weighed(0.0, f64::INFINITY, |x| self.patience.below(x))
    }

    /// Share of calls that are answered.
    pub fn p_served(&self) -> f64 {
        self.p_at_once() + self.weighed(0.0, f64::INFINITY, |x| self.patience.beyond(x))
    }

    /// Mean wait of all calls, those that give up until they leave, s.
    pub fn mean_wait_s(&self) -> f64 {
        self.weighed(0.0, f64::INFINITY, |x| self.shortened(x))
    }

    /// Mean wait of answered calls, s: the average speed of answer.
    pub fn asa_s(&self) -> f64 {
        self.weighed(0.0, f64::INFINITY, |x| x * self.patience.beyond(x)) / self.p_served()
    }

    /// Mean time to giving up of those who give up, s.
    pub fn mean_wait_abandoned_s(&self) -> f64 {
        self.weighed(0.0, f64::INFINITY, |x| self.patience.mean_below(x)) / self.p_abandon()
    }

    /// Mean number waiting (Little's law).
    pub fn mean_queue(&self) -> f64 {
        self.arrivals_per_s * self.mean_wait_s()
    }

    /// Mean number of servers busy.
    pub fn mean_busy(&self) -> f64 {
        self.offered_erlangs() * self.p_served()
    }

    /// Share of the servers' time spent serving.
    pub fn occupancy(&self) -> f64 {
        self.mean_busy() / self.servers
    }

    /// Answered within `t_s` / answered.
    pub fn served_within_of_answered(&self, t_s: f64) -> f64 {
        self.served_within(t_s) / self.p_served()
    }

    /// Answered within `t_s` / (offered − given up within `t_s`).
    pub fn served_within_less_short(&self, t_s: f64) -> f64 {
        self.served_within(t_s) / (1.0 - self.abandons_within(t_s))
    }

    /// (Answered or given up within `t_s`) / offered.
    pub fn ended_within(&self, t_s: f64) -> f64 {
        self.served_within(t_s) + self.abandons_within(t_s)
    }

    /// H(x) = E min(patience, x).
    fn shortened(&self, x: f64) -> f64 {
        self.patience.mean_below(x) + x * self.patience.beyond(x)
    }

    /// ln k(x); concave, since patience only runs out.
    fn exponent(&self, x: f64) -> f64 {
        self.arrivals_per_s * self.shortened(x) - x * self.servers / self.service_s
    }

    /// Whether ln k still grows at `x`.
    fn grows(&self, x: f64) -> bool {
        self.arrivals_per_s * self.patience.beyond(x) > self.servers / self.service_s
    }

    /// ∫ weight(x) v(x) dx over (from, to).
    fn weighed(&self, from: f64, to: f64, weight: impl Fn(f64) -> f64) -> f64 {
        libm::exp(self.ln_weighed(from, to, weight) - self.ln_whole)
    }

    /// ln λ ∫ weight(x) k(x) dx over (from, to); −∞ for nothing.
    fn ln_weighed(&self, from: f64, to: f64, weight: impl Fn(f64) -> f64) -> f64 {
        if to <= from {
            return f64::NEG_INFINITY;
        }
        let peak = self.peak(from, to);
        let top = self.exponent(peak);
        let falls = |x: f64| self.exponent(x) < top - NEGLIGIBLE;
        let last = edge(peak, to, self.service_s / self.servers, falls);
        let first = edge(peak, from, self.service_s / self.servers, falls);
        let mut cuts = vec![first, peak, last];
        cuts.extend(self.patience.kinks().into_iter().filter(|k| *k > first && *k < last));
        cuts.sort_by(f64::total_cmp);
        let sum = integrate(|x| weight(x) * libm::exp(self.exponent(x) - top), &cuts);
        libm::log(self.arrivals_per_s * sum) + top
    }

    /// Where k is largest on [from, to].
    fn peak(&self, from: f64, to: f64) -> f64 {
        if !self.grows(from) {
            return from;
        }
        let mut high = from + self.patience.mean();
        while high < to && self.grows(high) {
            high = from + 2.0 * (high - from);
        }
        let high = high.min(to);
        if self.grows(high) { high } else { bisect(from, high, |x| !self.grows(x)) }
    }
}

/// Where, going from `start` towards `end` (which may be infinite), `fails` begins to hold, or `end`.
fn edge(start: f64, end: f64, step: f64, fails: impl Fn(f64) -> bool) -> f64 {
    let (mut last, mut step) = (start, if end < start { -step } else { step });
    loop {
        let next = start + step;
        let past = if step < 0.0 { next <= end } else { next >= end };
        if past && (!end.is_finite() || !fails(end)) {
            return end;
        }
        let next = if past { end } else { next };
        if fails(next) {
            return bisect(last, next, fails);
        }
        last = next;
        step *= 2.0;
    }
}

/// The place between `good` and `bad` where `fails` begins to hold, to nearly full precision.
fn bisect(mut good: f64, mut bad: f64, fails: impl Fn(f64) -> bool) -> f64 {
    // 60 halvings leave nothing of an f64's 53 bits.
    for _ in 0..60 {
        let middle = 0.5 * (good + bad);
        *(if fails(middle) { &mut bad } else { &mut good }) = middle;
    }
    bad
}

/// ln(eᵃ + eᵇ).
fn ln_sum(a: f64, b: f64) -> f64 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    high + libm::log1p(libm::exp(low - high))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn laws() -> Vec<RowLaw> {
        vec![
            RowLaw::Exponential { mean: 180.0 },
            RowLaw::Deterministic { value: 60.0 },
            RowLaw::Uniform { low: 10.0, high: 240.0 },
            RowLaw::Erlang { k: 2, mean: 180.0 },
            RowLaw::gamma(180.0, 1.5),
            RowLaw::lognormal(240.0, 1.0),
        ]
    }

    #[test]
    fn every_call_ends_once_and_no_server_is_lost() {
        for law in laws() {
            for (c, load) in [(1.0, 0.5), (10.0, 12.0), (9.5, 9.0), (200.0, 150.0)] {
                let q = ImpatientQueue::new(c, load / 300.0, 300.0, law.clone()).unwrap();
                assert!((q.p_served() + q.p_abandon() - 1.0).abs() < 1e-11, "{law:?} {c}");
                assert!((q.p_at_once() + q.p_wait() - 1.0).abs() < 1e-12, "{law:?} {c}");
                let ended = q.ended_within(30.0) + q.waits_beyond(30.0);
                assert!((ended - 1.0).abs() < 1e-11, "{law:?} {c}");
                let parts = q.asa_s() * q.p_served() + q.mean_wait_abandoned_s() * q.p_abandon();
                assert!((parts / q.mean_wait_s() - 1.0).abs() < 1e-10, "{law:?} {c}");
            }
        }
    }

    #[test]
    fn nothing_is_known_of_impossible_queues() {
        let law = RowLaw::Exponential { mean: 180.0 };
        assert_eq!(ImpatientQueue::new(0.0, 0.1, 300.0, law.clone()), None);
        assert_eq!(ImpatientQueue::new(1.0, f64::NAN, 300.0, law), None);
        assert_eq!(ImpatientQueue::new(1.0, 0.1, 300.0, RowLaw::Exponential { mean: f64::INFINITY }), None);
    }
}
