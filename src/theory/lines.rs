//! M/M/c/K: a limited number of telephone lines, so that some callers hear the engaged tone.

use super::birth_death::birth_death;
use super::gamma::incomplete_gamma;

/// M/M/c/K in the steady state: `lines` is K, calls waiting and served together; a call beyond them is blocked.
///
/// Poisson arrivals, exponential service, order of arrival, callers who wait as long as it takes. K = c is Erlang B.
#[derive(Debug, Clone, PartialEq)]
pub struct LimitedLines {
    servers: u32,
    arrivals_per_s: f64,
    service_s: f64,
    /// Share of time with 0 to K calls in the system.
    shares: Vec<f64>,
}

impl LimitedLines {
    /// A queue of this many servers and lines, calls a second and mean seconds of service; `None` when there are
    /// fewer lines than servers, no servers, or a rate or time is not positive and finite.
    pub fn new(servers: u32, lines: u32, arrivals_per_s: f64, service_s: f64) -> Option<LimitedLines> {
        let positive = |x: f64| x > 0.0 && x.is_finite();
        if servers == 0 || lines < servers || !positive(arrivals_per_s) || !positive(service_s) {
            return None;
        }
        let deaths: Vec<f64> = (1..=lines).map(|n| f64::from(n.min(servers)) / service_s).collect();
        let shares = birth_death(&vec![arrivals_per_s; deaths.len()], &deaths)?;
        Some(LimitedLines { servers, arrivals_per_s, service_s, shares })
    }

    /// Share of calls blocked: π(K).
    pub fn p_block(&self) -> f64 {
        *self.shares.last().expect("there is a line")
    }

    /// Share of calls, blocked ones among them, that get a line and must wait.
    pub fn p_wait(&self) -> f64 {
        self.shares[self.servers as usize..self.shares.len() - 1].iter().sum()
    }

    /// Share of the calls that get a line.
    fn accepted(&self) -> f64 {
        self.shares[..self.shares.len() - 1].iter().sum()
    }

    /// Share of accepted calls that wait.
    pub fn p_wait_accepted(&self) -> f64 {
        self.p_wait() / self.accepted()
    }

    /// Mean wait of accepted calls, s (Little's law).
    pub fn asa_s(&self) -> f64 {
        self.mean_queue() / (self.arrivals_per_s * self.accepted())
    }

    /// Mean number waiting.
    pub fn mean_queue(&self) -> f64 {
        self.shares[self.servers as usize..].iter().enumerate().map(|(q, p)| q as f64 * p).sum()
    }

    /// Mean number waiting or being served.
    pub fn mean_in_system(&self) -> f64 {
        self.shares.iter().enumerate().map(|(n, p)| n as f64 * p).sum()
    }

    /// Share of the servers' time spent serving.
    pub fn occupancy(&self) -> f64 {
        self.arrivals_per_s * self.accepted() * self.service_s / f64::from(self.servers)
    }

    /// Share of calls, blocked ones among them, that get a line and wait longer than `t_s`: a caller who finds q
    /// waiting waits for q + 1 departures, an Erlang law.
    fn offered_beyond(&self, t_s: f64) -> f64 {
        let departures = f64::from(self.servers) * t_s.max(0.0) / self.service_s;
        let found = &self.shares[self.servers as usize..self.shares.len() - 1];
        found.iter().enumerate().map(|(q, p)| p * incomplete_gamma(q as f64 + 1.0, departures).1).sum()
    }

    /// Share of accepted calls that wait longer than `t_s`.
    pub fn waits_beyond_accepted(&self, t_s: f64) -> f64 {
        self.offered_beyond(t_s) / self.accepted()
    }

    /// Share of all calls answered within `t_s`; a blocked call is a miss.
    pub fn served_within(&self, t_s: f64) -> f64 {
        self.accepted() - self.offered_beyond(t_s)
    }
}

#[cfg(test)]
mod tests {
    use super::super::erlang_b::erlang_b;
    use super::*;

    #[test]
    fn as_many_lines_as_servers_are_erlang_b() {
        let lines = LimitedLines::new(30, 30, 0.1, 250.0).unwrap();
        assert!((lines.p_block() / erlang_b(30.0, 25.0).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(lines.p_wait(), 0.0);
        assert_eq!(LimitedLines::new(30, 29, 0.1, 250.0), None);
    }
}
