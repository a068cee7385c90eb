//! What Erlang's formulas would have said at the mean hour, beside what the simulation says, and why they differ.

use super::sentence::{self, number};
use super::summary::OptionSummary;
use crate::measure::{ServiceLevel, Sum};
use crate::scenario::Horizon;
use crate::theory::{ErlangA, ErlangC};
use crate::unit::{DAY, HOUR, seconds};

mod pool;

/// What Erlang's formulas say of one queue of an option.
#[derive(Debug, Clone, PartialEq)]
pub struct ErlangView {
    /// The queue.
    pub queue: String,
    /// Other queues that are counted as one with it, since the same agents answer all of them.
    pub with: Vec<String>,
    /// The answers, or why there are none.
    pub said: Result<ErlangFigures, String>,
}

/// The mean open hour of a queue, and Erlang's answers to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ErlangFigures {
    /// Calls offered an hour, of all queues counted as one.
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
    /// How the simulation counts its service level.
    pub counted: ServiceLevel,
}

/// Erlang's answers for every queue of an option, in order.
///
/// The formulas know one queue and agents who do nothing else. So a queue is judged by itself where its agents answer
/// nothing else; with others as one queue where all agents of them answer all of them; and not at all where
/// agents are shared otherwise.
pub fn erlang_view(option: &OptionSummary<'_>, horizon: &Horizon) -> Vec<ErlangView> {
    let queues = &option.setting.queues;
    let called = |q: usize| option.outcome.queues[q].iter().any(|r| r.of(Sum::Offered) > 0);
    // A queue that an option takes away keeps its place, without calls and agents.
    (0..queues.len())
        .filter(|q| called(*q) || pool::is_staffed(option.setting, *q))
        .map(|q| {
            let pool = pool::of(option.setting, q);
            let others = pool.as_ref().map_or(&[][..], |pool| pool.queues.as_slice());
            ErlangView {
                queue: queues[q].name.clone(),
                with: others.iter().filter(|o| **o != q).map(|o| queues[*o].name.clone()).collect(),
                said: pool.and_then(|pool| figures(option, horizon, q, &pool)),
            }
        })
        .collect()
}

/// The answers for a queue within its pool.
fn figures(
    option: &OptionSummary<'_>,
    horizon: &Horizon,
    queue: usize,
    pool: &pool::Pool,
) -> Result<ErlangFigures, String> {
    let replications = option.outcome.centre.len() as f64;
    let sum = |q: usize, s: Sum| option.outcome.queues[q].iter().map(|r| r.of(s)).sum::<u64>() as f64;
    let of_pool = |s: Sum| pool.queues.iter().map(|q| sum(*q, s)).sum::<f64>();
    let open = open_hours(option, horizon);
    let handled = of_pool(Sum::Handled);
    if open == 0.0 || sum(queue, Sum::Offered) == 0.0 {
        return Err("nobody calls".to_owned());
    }
    let agents =
        staffed_while_open(option, horizon) as f64 / HOUR as f64 / replications / open * share(option, pool);
    if handled == 0.0 || agents == 0.0 {
        return Err("no call is answered".to_owned());
    }
    let calls_an_hour = of_pool(Sum::Offered) / replications / open;
    let handling_s = (of_pool(Sum::Talk) + of_pool(Sum::WrapRequired)) / handled / 1e6;
    let patience_s = patience(option, pool, &|q| sum(q, Sum::Offered));
    let within = seconds(option.setting.queues[queue].answer_within);
    let rate = calls_an_hour / 3600.0;
    let c = ErlangC::new(agents, rate, handling_s);
    let a = patience_s.and_then(|patience| ErlangA::new(agents, rate, handling_s, patience));
    Ok(ErlangFigures {
        calls_an_hour,
        agents,
        handling_s,
        patience_s,
        c_service: c.map(|c| c.served_within(within)),
        a_service: a.as_ref().map(|a| a.served_within(within)),
        a_abandon: a.as_ref().map(|a| a.p_abandon()),
        counted: option.setting.queues[queue].service_level,
    })
}

/// The pool's share of all time signed on; all of it where nobody else is there.
fn share(option: &OptionSummary<'_>, pool: &pool::Pool) -> f64 {
    let signed_on =
        |t: usize| option.outcome.teams[t].iter().map(|r| r.of(Sum::SignedOn)).sum::<u64>() as f64;
    let all: f64 = (0..option.setting.teams.len()).map(signed_on).sum();
    let own: f64 = pool.teams.iter().map(|t| signed_on(*t)).sum();
    if all > 0.0 { own / all } else { 0.0 }
}

/// The mean patience of the pool's callers, each queue weighing as many as call it; none where some never give up.
fn patience(option: &OptionSummary<'_>, pool: &pool::Pool, calls: &dyn Fn(usize) -> f64) -> Option<f64> {
    let (mut sum, mut all) = (0.0, 0.0);
    for q in &pool.queues {
        sum += calls(*q) * option.setting.queues[*q].patience.as_ref()?.mean();
        all += calls(*q);
    }
    Some(sum / all)
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
    /// "calls" where they are counted with others: "calls and letters, as one queue".
    pub fn label(&self) -> String {
        together(&self.queue, &self.with)
    }

    /// The comparison in words, for the queue's simulated service level; `alone` where it is the only one.
    pub fn text(&self, simulated: f64, abandoned: Option<f64>, alone: bool) -> String {
        let queue = if alone { String::new() } else { format!("{}: ", self.label()) };
        match &self.said {
            Ok(figures) => queue + &figures.text(simulated, abandoned),
            Err(why) => format!("{queue}Erlang’s formulas say nothing here: {why}."),
        }
    }
}

/// A queue, and those counted as one with it.
pub(super) fn together(queue: &str, with: &[String]) -> String {
    match with {
        [] => queue.to_owned(),
        _ => format!("{queue}, as one queue with {}", with.join(", ")),
    }
}

/// What the formulas leave out, said once.
pub(super) const UNKNOWN: &str = "The formulas know one steady hour: no peak, no lunch, no absent colleague, no busy day, \
                                  nobody who rings again.";

impl ErlangFigures {
    fn text(&self, simulated: f64, abandoned: Option<f64>) -> String {
        let mut text = format!(
            "At the mean hour ({} calls, {} agents signed on, {} s of talk and wrap) ",
            number(self.calls_an_hour, 1),
            number(self.agents, 1),
            number(self.handling_s, 0),
        );
        text += &match self.c_service {
            Some(c) => format!("Erlang C would have said {} answered in time", share_of(c)),
            None => "Erlang C would have said that the queue grows without end".to_owned(),
        };
        if let (Some(service), Some(lost)) = (self.a_service, self.a_abandon) {
            text += &format!(", Erlang A {} with {} giving up", share_of(service), share_of(lost));
        }
        text += &format!("; the simulation says {}", share_of(simulated));
        if let Some(lost) = abandoned {
            text += &format!(" and {}", share_of(lost));
        }
        text += ".";
        if self.is_counted_otherwise() {
            text += &format!(
                " The formulas count those answered in time, of all who call; the simulation here counts those {}.",
                self.counted.meaning()
            );
        }
        text
    }

    /// Whether the simulation's service level is another figure than the formulas'.
    fn is_counted_otherwise(&self) -> bool {
        !matches!(self.counted, ServiceLevel::OfferedLessShort | ServiceLevel::Offered)
    }
}

fn share_of(value: f64) -> String {
    sentence::share(value, Some(0.001))
}
