//! Stationary distributions of birth-death chains: the plainest oracle, to which the formulas are held too.

/// The stationary probabilities of the states 0 to n of a birth-death chain.
///
/// `births[k]` is the rate from k to k + 1, `deaths[k]` that from k + 1 back to k, both n long, in any common
/// unit. π(k + 1)/π(k) = births(k)/deaths(k); products are kept as logarithms, so chains of thousands of states
/// neither overflow nor lose their tails. Nothing is known (`None`) when the lengths differ, a birth rate is
/// negative or a death rate is not positive. A birth rate of 0 ends the chain there.
pub fn birth_death(births: &[f64], deaths: &[f64]) -> Option<Vec<f64>> {
    let good = births.iter().all(|b| *b >= 0.0 && b.is_finite());
    if births.len() != deaths.len() || !good || !deaths.iter().all(|d| *d > 0.0 && d.is_finite()) {
        return None;
    }
    let mut logs = vec![0.0];
    let mut at = 0.0;
    for (birth, death) in births.iter().zip(deaths) {
        at += libm::log(birth / death);
        logs.push(at);
    }
    let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut shares: Vec<f64> = logs.iter().map(|l| libm::exp(l - top)).collect();
    let sum: f64 = shares.iter().sum();
    for share in &mut shares {
        *share /= sum;
    }
    Some(shares)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_queue_of_many_servers_does_not_overflow() {
        let births = vec![5_000.0; 8_000];
        let deaths: Vec<f64> = (1..=8_000).map(f64::from).collect();
        let shares = birth_death(&births, &deaths).unwrap();
        let mean: f64 = shares.iter().enumerate().map(|(k, p)| k as f64 * p).sum();
        assert!((mean / 5_000.0 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_chain_without_births_stays_at_nothing() {
        assert_eq!(birth_death(&[0.0, 1.0], &[1.0, 1.0]).unwrap(), [1.0, 0.0, 0.0]);
        assert_eq!(birth_death(&[1.0], &[0.0]), None);
        assert_eq!(birth_death(&[1.0], &[]), None);
    }
}
