//! M/D/c: many servers and a service that always takes equally long.
//!
//! The number in the system a service time apart obeys N' = max(N − c, 0) + Poisson(a), so M = max(N − c, 0) is the
//! maximum of a random walk with steps Poisson(a) − c. Spitzer's identity gives its law by sums of positive terms:
//! with S(k) Poisson of mean ka, d(j) = Σ P(S(k) = kc + j)/k over k ≥ 1, P(M = 0) = e^−Σd(j) and
//! n P(M = n) = Σ j d(j) P(M = n − j), both over j ≥ 1.

use super::gamma::poisson;

/// M/D/c in the steady state, in order of arrival, with patient callers (Crommelin 1932).
///
/// Made in some milliseconds; relative error about 1e-11.
#[derive(Debug, Clone, PartialEq)]
pub struct ConstantService {
    servers: u32,
    arrivals_per_s: f64,
    service_s: f64,
    /// Σ P(S(k) ≥ kc)/k.
    at_least: f64,
    /// Σ P(S(k) > kc)/k.
    more: f64,
    /// E M.
    mean_queue: f64,
}

/// What one k adds to the three sums.
struct Term {
    /// P(S(k) = kc).
    equal: f64,
    /// P(S(k) > kc).
    more: f64,
    /// E max(S(k) − kc, 0).
    excess: f64,
}

/// The parts of Spitzer's sums that belong to k services: a Poisson law of mean `mean` against `limit`.
fn term(limit: f64, mean: f64) -> Term {
    let equal = poisson(limit, mean);
    let (mut at, mut more, mut excess, mut p) = (0.0, 0.0, 0.0, equal);
    loop {
        at += 1.0;
        p *= mean / (limit + at);
        more += p;
        excess += at * p;
        if at * p <= 1e-17 * excess {
            return Term { equal, more, excess };
        }
    }
}

impl ConstantService {
    /// A queue of this many servers, calls a second and seconds of service; `None` unless the load is above 0 and
    /// below the number of servers.
    pub fn new(servers: u32, arrivals_per_s: f64, service_s: f64) -> Option<ConstantService> {
        let (c, offered) = (f64::from(servers), arrivals_per_s * service_s);
        if !(offered > 0.0 && offered < c && arrivals_per_s > 0.0) {
            return None;
        }
        let (mut at_least, mut more, mut mean_queue, mut k) = (0.0, 0.0, 0.0, 0.0);
        loop {
            k += 1.0;
            let term = term(k * c, k * offered);
            more += term.more / k;
            at_least += (term.more + term.equal) / k;
            mean_queue += term.excess / k;
            // Terms fall geometrically by at least this factor, so the rest is below last / (1 − factor).
            let factor = -libm::expm1(c - offered + c * libm::log(offered / c));
            if term.excess <= 1e-14 * factor * mean_queue {
                return Some(ConstantService {
                    servers,
                    arrivals_per_s,
                    service_s,
                    at_least,
                    more,
                    mean_queue,
                });
            }
        }
    }

    /// Share of calls that wait: 1 − e^−Σ P(S(k) ≥ kc)/k.
    pub fn p_wait(&self) -> f64 {
        -libm::expm1(-self.at_least)
    }

    /// Mean number waiting: Σ E max(S(k) − kc, 0)/k.
    pub fn mean_queue(&self) -> f64 {
        self.mean_queue
    }

    /// Mean wait, s (Little's law).
    pub fn asa_s(&self) -> f64 {
        self.mean_queue / self.arrivals_per_s
    }

    /// Share of the servers' time spent serving.
    pub fn occupancy(&self) -> f64 {
        self.arrivals_per_s * self.service_s / f64::from(self.servers)
    }

    /// Share of calls that wait longer than `t_s`.
    ///
    /// For (k − 1) s ≤ t < k s, P(W ≤ t) = Σ P(M ≤ kc − 1 − j) P(Poisson(λ (k s − t)) = j) over j < kc (Franx,
    /// Operations Research Letters 29, 2001). Taken from 1, so a share far below 1e-12 is lost.
    pub fn waits_beyond(&self, t_s: f64) -> f64 {
        let k = (t_s.max(0.0) / self.service_s).floor() + 1.0;
        let states = k as usize * self.servers as usize;
        let mut below = self.queue_shares(states);
        for n in 1..states {
            below[n] += below[n - 1];
        }
        let mean = self.arrivals_per_s * (k * self.service_s - t_s.max(0.0));
        let within: f64 = (0..states).map(|j| below[states - 1 - j] * poisson(j as f64, mean)).sum();
        1.0 - within
    }

    /// P(M = n) for n below `states`.
    fn queue_shares(&self, states: usize) -> Vec<f64> {
        let steps = self.steps(states);
        let mut shares = vec![libm::exp(-self.more)];
        for n in 1..states {
            let sum: f64 = (1..=n).map(|j| j as f64 * steps[j] * shares[n - j]).sum();
            shares.push(sum / n as f64);
        }
        shares
    }

    /// d(j) for j below `states`; entry 0 is not used.
    fn steps(&self, states: usize) -> Vec<f64> {
        let (c, offered) = (f64::from(self.servers), self.arrivals_per_s * self.service_s);
        let mut steps = vec![0.0; states];
        let mut k = 0.0;
        loop {
            k += 1.0;
            let equal = poisson(k * c, k * offered);
            let mut p = equal;
            for (j, step) in steps.iter_mut().enumerate().skip(1) {
                p *= k * offered / (k * c + j as f64);
                *step += p / k;
            }
            if equal < 1e-18 {
                return steps;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_server_agrees_with_pollaczek_and_khinchine() {
        let queue = ConstantService::new(1, 0.008, 100.0).unwrap();
        assert!((queue.p_wait() - 0.8).abs() < 1e-12);
        assert!((queue.asa_s() - 200.0).abs() < 1e-9);
        assert!((queue.waits_beyond(0.0) - 0.8).abs() < 1e-12);
        assert_eq!(ConstantService::new(4, 0.04, 100.0), None);
    }
}
