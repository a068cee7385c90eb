//! A row of theory as an ordinary scenario file: a centre open around the clock, one queue, one team, and another of
//! each where callers are passed on.

use super::Days;
use crate::theory::Row;

/// The scenario of a row: what anybody could write down and run.
///
/// Shifts of 24 hours follow each other without a gap, so nothing interrupts anybody; there are no second attempts
/// but those of the row, and no busy days; rates are printed so that they read back to the last bit.
pub fn scenario_text(row: &Row, days: Days) -> String {
    let mut queue = format!("talk.{}\n", row.service.toml());
    for (key, law) in [("wrap", &row.wrap), ("patience", &row.patience)] {
        if let Some(law) = law {
            queue += &format!("{key}.{}\n", law.toml());
        }
    }
    if let Some(lines) = row.lines {
        queue += &format!("lines = {lines}\n");
    }
    if let Some(probability) = row.balking {
        queue += &format!("balking.constant = {{ probability = {probability:?} }}\n");
    }
    if let Some(next) = &row.next {
        queue += &format!("transfers = [{{ to = \"next\", probability = {:?} }}]\n", next.probability);
    }
    let response = row.redials.map_or(String::new(), |(again, delay)| {
        format!(
            "\n[response]\nredials = {again:?}\nredials-at-most = 1000\nredial-delay.exponential = {{ mean = \"{delay:?}s\" }}\n"
        )
    });
    let week = ["\"all-day\""; 7].join(", ");
    let next = row.next.as_ref().map_or(String::new(), |next| {
        format!(
            "
[queues.next]
demand = {{ per-hour = 0.0, counts = \"needs\" }}
talk.{talk}

[teams.next]
agents = {agents}
answers = [\"next\"]
rota = [[{week}]]
",
            talk = next.service.toml(),
            agents = next.servers,
        )
    });
    format!(
        "format = 1
name = \"{id}\"
question = \"Does the simulation agree with theory?\"

[horizon]
start = 2024-01-01
days = {measured}
warm-up = \"{warm_up}d\"
follow-up = \"{follow_up}d\"

[opening]
monday-sunday = \"00:00-24:00\"

[queues.calls]
demand = {{ per-hour = {rate:?}, counts = \"needs\" }}
{queue}target = {{ answered-within = \"20s\" }}

[teams.agents]
agents = {agents}
answers = [\"calls\"]
rota = [[{week}]]

[shifts.all-day]
hours = \"00:00-24:00\"

[policy.wrap]
as-needed = {{}}
{response}{next}",
        id = row.id,
        measured = days.measured,
        warm_up = days.warm_up,
        follow_up = days.follow_up,
        rate = row.arrivals_per_s * 3600.0,
        agents = row.servers,
    )
}

#[cfg(test)]
mod tests {
    use super::super::study;
    use super::*;
    use crate::law::Law;
    use crate::theory::{RowLaw, rows};

    /// The parameters of a law of theory and of the law read for it, which must agree.
    fn parameters(written: &RowLaw, read: &Law) -> Option<Vec<(f64, f64)>> {
        Some(match (written, read) {
            (RowLaw::Exponential { mean: a }, Law::Exponential { mean: b })
            | (RowLaw::Deterministic { value: a }, Law::Deterministic { value: b }) => vec![(*a, *b)],
            (RowLaw::Uniform { low, high }, Law::Uniform { low: l, high: h }) => {
                vec![(*low, *l), (*high, *h)]
            }
            (RowLaw::Erlang { k, mean }, Law::Gamma { shape, scale }) => {
                vec![(f64::from(*k), *shape), (mean / f64::from(*k), *scale)]
            }
            (RowLaw::Gamma { shape, scale }, Law::Gamma { shape: s, scale: c }) => {
                vec![(*shape, *s), (*scale, *c)]
            }
            (RowLaw::Lognormal { mu, sigma }, Law::Lognormal { mu: m, sigma: s }) => {
                vec![(*mu, *m), (*sigma, *s)]
            }
            (RowLaw::Hyperexponential { weights, means }, Law::Hyperexponential { weights: w, means: m }) => {
                weights.iter().chain(means).copied().zip(w.iter().chain(m).copied()).collect()
            }
            _ => return None,
        })
    }

    #[test]
    fn every_row_reads_back_to_its_own_rates_and_laws() {
        for row in rows() {
            let days = Days { warm_up: 3, measured: 5, follow_up: 1 };
            let study = study(&row, days).unwrap();
            assert_eq!((study.horizon.warm_up_days, study.horizon.days), (3, 5), "{}", row.id);
            assert_eq!(study.horizon.follow_up_days, 1, "{}", row.id);
            let [setting] = study.options.as_slice() else { panic!("{}: one option", row.id) };
            let queue = &setting.queues[0];
            let close = |a: f64, b: f64| (a / b - 1.0).abs() < 1e-14;
            let next = row.next.as_ref();
            assert_eq!(
                (setting.queues.len(), setting.teams.len()),
                if next.is_some() { (2, 2) } else { (1, 1) }
            );
            for (written, read) in [
                (next.map(|next| &next.service), next.map(|_| &setting.queues[1].talk)),
                (Some(&row.service), Some(&queue.talk)),
                (row.wrap.as_ref(), row.wrap.as_ref().map(|_| &queue.wrap)),
                (row.patience.as_ref(), queue.patience.as_ref()),
            ] {
                assert_eq!(written.is_some(), read.is_some(), "{}", row.id);
                let Some((written, read)) = written.zip(read) else { continue };
                let pairs = parameters(written, read).unwrap_or_else(|| panic!("{}: {read:?}", row.id));
                assert!(pairs.iter().all(|(a, b)| a == b || close(*a, *b)), "{}: {pairs:?}", row.id);
            }
            if row.wrap.is_none() {
                assert_eq!(queue.wrap, Law::Deterministic { value: 0.0 });
            }
            assert_eq!(setting.teams[0].agents, row.servers);
            assert_eq!(setting.teams.get(1).map(|team| team.agents), next.map(|next| next.servers));
            let passed_on = queue.transfers.iter().map(|t| (t.to, t.probability)).collect::<Vec<_>>();
            assert_eq!(passed_on, next.map(|next| (1, next.probability)).into_iter().collect::<Vec<_>>());
            // The rate that calls are drawn at, in every cell of every day.
            let plan = crate::engine::Plan::new(setting.clone(), study.horizon);
            for day in 0..study.horizon.total_days() {
                let rates = plan.rates[0].of_day(day).unwrap();
                assert_eq!(rates.len(), study.horizon.intervals_per_day());
                assert!(rates.iter().all(|r| close(*r, row.arrivals_per_s * 3600.0)), "{}", row.id);
            }
            // Nothing interrupts: no pauses, nobody absent, shifts from midnight to midnight.
            assert!(setting.shifts[0].pauses.is_empty());
            assert_eq!((setting.shifts[0].start, setting.shifts[0].end), (0, crate::unit::DAY));
            let response = &setting.response;
            assert_eq!(response.repeats, 0.0);
            let (again, delay) = row.redials.unwrap_or((0.0, response.redial_delay.mean()));
            assert_eq!((response.redials, response.redial_delay.mean()), (again, delay), "{}", row.id);
            assert_eq!(queue.access.lines, row.lines, "{}", row.id);
            assert_eq!(queue.access.balking, row.balking.map(|p| (0, p)).into_iter().collect::<Vec<_>>());
        }
    }
}
