//! M/G/1: one server, service of any law, by Pollaczek and Khinchine.

use super::row_law::RowLaw;

/// M/G/1 in the steady state, in order of arrival, with patient callers.
#[derive(Debug, Clone, PartialEq)]
pub struct GeneralService {
    arrivals_per_s: f64,
    service: RowLaw,
}

impl GeneralService {
    /// A queue with this many calls a second and this law of service; `None` unless the load is above 0 and below 1.
    pub fn new(arrivals_per_s: f64, service: RowLaw) -> Option<GeneralService> {
        let load = arrivals_per_s * service.mean();
        (load > 0.0 && load < 1.0).then_some(GeneralService { arrivals_per_s, service })
    }

    /// ρ = λ E S: the server's occupancy, and the share of calls that wait.
    pub fn p_wait(&self) -> f64 {
        self.arrivals_per_s * self.service.mean()
    }

    /// Mean wait, s: λ E S² / (2 (1 − ρ)).
    pub fn asa_s(&self) -> f64 {
        self.arrivals_per_s * self.service.moment(2) / (2.0 * (1.0 - self.p_wait()))
    }

    /// Variance of the wait, s²: λ E S³ / (3 (1 − ρ)) + (mean wait)².
    pub fn wait_variance_s2(&self) -> f64 {
        let asa = self.asa_s();
        self.arrivals_per_s * self.service.moment(3) / (3.0 * (1.0 - self.p_wait())) + asa * asa
    }

    /// Mean number waiting (Little's law).
    pub fn mean_queue(&self) -> f64 {
        self.arrivals_per_s * self.asa_s()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_server_has_no_answer() {
        assert_eq!(GeneralService::new(0.01, RowLaw::Deterministic { value: 100.0 }), None);
        assert!(GeneralService::new(0.0099, RowLaw::Deterministic { value: 100.0 }).is_some());
    }
}
