//! Erlang B: the share of calls that find every server busy where nobody waits.

use super::quadrature::integrate;

/// The Erlang B blocking probability of M/G/c/c with `offered` Erlangs on `servers` servers.
///
/// For whole numbers of servers B(0) = 1 and B(n) = a B(n − 1) / (n + a B(n − 1)); between them Jagerman's
/// continuation 1/B(x) = ∫ e^−u (1 + u/a)^x du over u > 0 (Bell System Technical Journal 53, 1974), which obeys
/// the same recursion. `None` unless `servers` > −1 (Erlang A asks for one fewer than there are) and
/// `offered` > 0, both finite.
pub fn erlang_b(servers: f64, offered: f64) -> Option<f64> {
    if !(servers > -1.0 && servers.is_finite() && offered > 0.0 && offered.is_finite()) {
        return None;
    }
    let rest = if servers < 0.0 { servers } else { servers - servers.floor() };
    let mut blocked = if rest == 0.0 { 1.0 } else { 1.0 / inverse(rest, offered) };
    for n in 1..=servers.floor().max(0.0) as u64 {
        let busy = offered * blocked;
        blocked = busy / (n as f64 + rest + busy);
    }
    Some(blocked)
}

/// 1/B(x) for −1 < x < 1 by its integral, cut where e^−u is negligible.
fn inverse(x: f64, offered: f64) -> f64 {
    integrate(|u| libm::exp(-u + x * libm::log1p(u / offered)), &[0.0, offered.min(1.0), 1.0, 8.0, 60.0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn between_whole_numbers_the_recursion_still_holds() {
        for a in [0.01, 0.7, 12.0] {
            for x in [-0.6, 0.3] {
                let (b, next) = (erlang_b(x, a).unwrap(), 1.0 / inverse(x + 1.0, a));
                assert!((next / (a * b / (x + 1.0 + a * b)) - 1.0).abs() < 1e-11, "{a} {x}");
            }
        }
    }

    #[test]
    fn a_fraction_of_a_server_lies_between_its_neighbours() {
        let at = |c| erlang_b(c, 10.0).unwrap();
        assert!(at(10.0) > at(10.5) && at(10.5) > at(11.0));
        assert!((at(11.0 - 1e-9) - at(11.0)).abs() < 1e-9);
        assert_eq!(erlang_b(f64::NAN, 1.0), None);
    }
}
