//! What Erlang's formulas would have said at the mean hour, beside what the simulation says, and why they differ.

use super::sentence::{number, share};
use super::summary::OptionSummary;
use crate::measure::Sum;
use crate::scenario::Horizon;
use crate::theory::{ErlangA, ErlangC};
use crate::unit::{DAY, HOUR, seconds};

/// The mean open hour of an option with one queue, and Erlang's answers to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangView {
    /// Calls offered an hour.
    pub calls_an_hour: f64,
    /// Agents signed on, on average while open.
    pub agents: f64,
    /// Talk and wrap required, seconds.
    pub handling_s: f64,
    /// Mean patience, seconds; none where callers never give up.
    pub patience_s: Option<f64>,
    /// Erlang C's service level; none where it has no steady state.
    pub c_service: Option<f64>,
    /// Erlang A's service level.
    pub a_service: Option<f64>,
    /// Erlang A's share of callers who give up.
    pub a_abandon: Option<f64>,
}

/// Erlang's answers for an option; none for several queues, which the formulas do not know, or where nobody calls.
pub fn erlang_view(option: &OptionSummary<'_>, horizon: &Horizon) -> Option<ErlangView> {
    let [queue] = option.setting.queues.as_slice() else { return None };
    let replications = option.outcome.centre.len() as f64;
    let sum = |s: Sum| option.outcome.queues[0].iter().map(|r| r.of(s)).sum::<u64>() as f64;
    let open = open_hours(option, horizon);
    let signed_on: u64 = staffed_while_open(option, horizon);
    let handled = sum(Sum::Handled);
    if handled == 0.0 || open == 0.0 || signed_on == 0 {
        return None;
    }
    let calls_an_hour = sum(Sum::Offered) / replications / open;
    let agents = signed_on as f64 / HOUR as f64 / replications / open;
    let handling_s = (sum(Sum::Talk) + sum(Sum::WrapRequired)) / handled / 1e6;
    let patience_s = queue.patience.as_ref().map(|law| law.mean());
    let (rate, within) = (calls_an_hour / 3600.0, seconds(queue.answer_within));
    let c = ErlangC::new(agents, rate, handling_s);
    let a = patience_s.and_then(|patience| ErlangA::new(agents, rate, handling_s, patience));
    Some(ErlangView {
        calls_an_hour,
        agents,
        handling_s,
        patience_s,
        c_service: c.map(|c| c.served_within(within)),
        a_service: a.as_ref().map(|a| a.served_within(within)),
        a_abandon: a.as_ref().map(|a| a.p_abandon()),
    })
}

/// Open hours of the measured window.
fn open_hours(option: &OptionSummary<'_>, horizon: &Horizon) -> f64 {
    measured_hours(option, horizon).map(|(_, open, close)| (close - open) as f64 / HOUR as f64).sum()
}

/// Measured days, with opening and closing time of day.
fn measured_hours<'a>(
    option: &'a OptionSummary<'_>,
    horizon: &'a Horizon,
) -> impl Iterator<Item = (usize, u64, u64)> + 'a {
    (0..horizon.days).filter_map(|day| {
        let hours = option.setting.opening.hours(horizon.start.plus(i64::from(day)))?;
        Some((day as usize, hours.0, hours.1))
    })
}

/// Time signed on in cells that are open.
fn staffed_while_open(option: &OptionSummary<'_>, horizon: &Horizon) -> u64 {
    let cells = (DAY / horizon.interval) as usize;
    measured_hours(option, horizon)
        .map(|(day, open, close)| {
            let from = (open / horizon.interval) as usize;
            let to = (close.div_ceil(horizon.interval) as usize).min(cells);
            option.outcome.staff[day * cells + from..day * cells + to]
                .iter()
                .map(|c| c.signed_on)
                .sum::<u64>()
        })
        .sum()
}

impl ErlangView {
    /// The comparison in words, for an option's simulated service level.
    pub fn text(&self, simulated: f64, abandoned: Option<f64>) -> String {
        let mut text = format!(
            "At the mean hour ({} calls, {} agents signed on, {} s of talk and wrap) ",
            number(self.calls_an_hour, 1),
            number(self.agents, 1),
            number(self.handling_s, 0),
        );
        text += &match self.c_service {
            Some(c) => format!("Erlang C would have said {} answered in time", share(c, Some(0.001))),
            None => "Erlang C would have said that the queue grows without end".to_owned(),
        };
        if let (Some(service), Some(lost)) = (self.a_service, self.a_abandon) {
            text += &format!(
                ", Erlang A {} with {} giving up",
                share(service, Some(0.001)),
                share(lost, Some(0.001))
            );
        }
        text += &format!("; the simulation says {}", share(simulated, Some(0.001)));
        if let Some(lost) = abandoned {
            text += &format!(" and {}", share(lost, Some(0.001)));
        }
        text += ". The formulas know one steady hour: no peak, no lunch, no absent colleague, no busy day, nobody \
                 who rings again.";
        text
    }
}
