//! Erlang C: a queue in which everybody waits as long as it takes.

use super::erlang_b::erlang_b;

/// M/M/c with patient callers, in the steady state: the sum most staffing spreadsheets do.
///
/// Poisson arrivals, exponential service, order of arrival. Numbers of servers that are not whole (an average
/// over a week) use the continuation of [`erlang_b`]; the queue is stable if and only if load < servers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangC {
    servers: f64,
    arrivals_per_s: f64,
    service_s: f64,
    p_wait: f64,
}

impl ErlangC {
    /// A queue of this many servers, calls a second and mean seconds of service (talk and wrap).
    ///
    /// `None` when the load is not below the number of servers (the queue grows without end, and no figure
    /// exists), or when a number is not positive and finite.
    pub fn new(servers: f64, arrivals_per_s: f64, service_s: f64) -> Option<ErlangC> {
        let offered = arrivals_per_s * service_s;
        if !(servers > 0.0 && arrivals_per_s > 0.0 && service_s > 0.0 && offered < servers) {
            return None;
        }
        let blocked = erlang_b(servers, offered)?;
        let p_wait = blocked / (1.0 - offered / servers * (1.0 - blocked));
        Some(ErlangC { servers, arrivals_per_s, service_s, p_wait })
    }

    /// Share of calls that wait at all: C = B / (1 − ρ (1 − B)).
    pub fn p_wait(&self) -> f64 {
        self.p_wait
    }

    /// Share of the servers' time spent serving: ρ = load / servers.
    pub fn occupancy(&self) -> f64 {
        self.arrivals_per_s * self.service_s / self.servers
    }

    /// Mean seconds waited by a call that waits: s / (c − a).
    pub fn mean_wait_if_waited_s(&self) -> f64 {
        self.service_s / (self.servers - self.arrivals_per_s * self.service_s)
    }

    /// Mean seconds waited over all calls, all of which are answered.
    pub fn asa_s(&self) -> f64 {
        self.p_wait * self.mean_wait_if_waited_s()
    }

    /// Mean number waiting (Little's law).
    pub fn mean_queue(&self) -> f64 {
        self.arrivals_per_s * self.asa_s()
    }

    /// Share of calls that wait longer than `t_s` seconds: C e^(−(c − a) t / s).
    pub fn waits_beyond(&self, t_s: f64) -> f64 {
        self.p_wait * libm::exp(-t_s.max(0.0) / self.mean_wait_if_waited_s())
    }

    /// Service level: share of calls answered within `t_s` seconds.
    pub fn served_within(&self, t_s: f64) -> f64 {
        1.0 - self.waits_beyond(t_s)
    }

    /// Share of time in which nobody is served: π(0) = (1 − C) / Σ aʲ/j! over j < c.
    pub fn p_empty(&self) -> f64 {
        let offered = self.arrivals_per_s * self.service_s;
        let before = erlang_b(self.servers - 1.0, offered).expect("checked when made");
        let top = (self.servers - 1.0) * libm::log(offered) - libm::lgamma(self.servers);
        libm::exp(libm::log1p(-self.p_wait) - top + libm::log(before))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overloaded_queue_has_no_answer() {
        assert_eq!(ErlangC::new(10.0, 0.1, 100.0), None);
        assert_eq!(ErlangC::new(10.0, 0.2, 100.0), None);
        assert_eq!(ErlangC::new(10.0, f64::NAN, 100.0), None);
        assert!(ErlangC::new(10.01, 0.1, 100.0).is_some());
    }

    #[test]
    fn a_server_more_shortens_the_wait_at_every_fraction() {
        let asa: Vec<f64> =
            (0..40).map(|k| ErlangC::new(9.2 + 0.1 * f64::from(k), 0.03, 300.0).unwrap().asa_s()).collect();
        assert!(asa.windows(2).all(|w| w[1] < w[0]), "{asa:?}");
    }
}
