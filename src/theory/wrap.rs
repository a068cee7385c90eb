//! Talk and wrap as two phases: the caller leaves after talk, the agent is free only after wrap.
//!
//! A Markov chain of (agents talking, agents in wrap, callers queueing). Its states are sorted into levels by
//! agents busy plus callers queueing; a level L is left only for L − 1 and L + 1, so the steady state follows from
//! the top down by level reduction (Gaver, Jacobs and Latouche 1984): π(L) = π(L − 1) R(L).

use super::gamma::poisson;
use super::matrix::Matrix;

/// Exponential talk, then exponential wrap, and exponential patience, in the steady state.
///
/// Poisson arrivals, order of arrival. Made in (servers + 1)³ steps for each place in the queue; relative error
/// about 1e-11. Shares are of all offered calls.
#[derive(Debug, Clone, PartialEq)]
pub struct TalkWrap {
    servers: usize,
    arrivals_per_s: f64,
    talk_s: f64,
    wrap_s: f64,
    patience_s: f64,
    /// By level, then by agents talking.
    shares: Vec<Vec<f64>>,
}

impl TalkWrap {
    /// A queue of this many agents, calls a second, mean seconds of talk, wrap and patience; `None` when one of them
    /// is not positive and finite.
    pub fn new(
        servers: u32,
        arrivals_per_s: f64,
        talk_s: f64,
        wrap_s: f64,
        patience_s: f64,
    ) -> Option<TalkWrap> {
        let positive = |x: f64| x > 0.0 && x.is_finite();
        if servers == 0 || ![arrivals_per_s, talk_s, wrap_s, patience_s].into_iter().all(positive) {
            return None;
        }
        let servers = servers as usize;
        let mut queue =
            TalkWrap { servers, arrivals_per_s, talk_s, wrap_s, patience_s, shares: vec![vec![1.0]] };
        queue.settle()?;
        Some(queue)
    }

    /// The longest queue considered: without any answer it would be Poisson with this mean; twelve standard
    /// deviations and forty more are beyond 1e-30.
    fn longest(&self) -> usize {
        let mean = self.arrivals_per_s * self.patience_s;
        (mean + 12.0 * mean.sqrt() + 40.0) as usize
    }

    /// Most agents that can talk at a level.
    fn busy(&self, level: usize) -> usize {
        level.min(self.servers)
    }

    /// Rates from a level to the one below.
    fn down(&self, level: usize) -> Matrix {
        let (from, to) = (self.busy(level), self.busy(level - 1));
        let leaving = (level - from) as f64 / self.patience_s;
        let mut rates = Matrix::zero(from + 1, to + 1);
        for talking in 0..=from {
            let wrapped = (from - talking) as f64 / self.wrap_s;
            if level <= self.servers && talking <= to {
                rates.add(talking, talking, wrapped);
            } else if level > self.servers {
                rates.add(talking, talking, leaving);
                if talking < to {
                    rates.add(talking, talking + 1, wrapped);
                }
            }
        }
        rates
    }

    /// Minus the rates within a level, of leaving on the diagonal.
    fn within(&self, level: usize, arrivals: f64) -> Matrix {
        let busy = self.busy(level);
        let leaving = (level - busy) as f64 / self.patience_s;
        let mut rates = Matrix::zero(busy + 1, busy + 1);
        for talking in 0..=busy {
            let (talked, wrapped) = (talking as f64 / self.talk_s, (busy - talking) as f64 / self.wrap_s);
            rates.add(talking, talking, arrivals + talked + wrapped + leaving);
            if talking > 0 {
                rates.add(talking, talking - 1, -talked);
            }
        }
        rates
    }

    /// Fills in the steady state; `None` if a level cannot be solved.
    fn settle(&mut self) -> Option<()> {
        let top = self.servers + self.longest();
        let mut climbs = Vec::new();
        let mut above: Option<Matrix> = None;
        for level in (1..=top).rev() {
            let mut left = self.within(level, if level == top { 0.0 } else { self.arrivals_per_s });
            if let Some(climb) = &above {
                left.subtract(&climb.times(&self.down(level + 1)));
            }
            let mut climb = left.inverse()?;
            // A call that finds an agent free starts to talk; any other leaves the agents as they are.
            if level <= self.servers {
                climb = climb.without_first_row();
            }
            climb.scale(self.arrivals_per_s);
            climbs.push(climb.clone());
            above = Some(climb);
        }
        for climb in climbs.iter().rev() {
            let last = self.shares.last().expect("there is a level 0");
            let next = climb.after(last);
            self.shares.push(next);
            // With hundreds of agents the empty state is too rare to be the unit.
            if self.shares[self.shares.len() - 1].iter().sum::<f64>() > 1e200 {
                self.normalise();
            }
        }
        self.normalise();
        Some(())
    }

    /// Makes the shares add up to 1.
    fn normalise(&mut self) {
        let sum: f64 = self.shares.iter().flatten().sum();
        self.shares.iter_mut().flatten().for_each(|share| *share /= sum);
    }

    /// Mean of something over states: given level and agents talking.
    fn mean(&self, of: impl Fn(usize, usize) -> f64) -> f64 {
        let by_level = self.shares.iter().enumerate();
        by_level.map(|(l, shares)| shares.iter().enumerate().map(|(i, p)| of(l, i) * p).sum::<f64>()).sum()
    }

    /// Share of calls that find every agent busy.
    pub fn p_wait(&self) -> f64 {
        self.shares[self.servers..].iter().flatten().sum()
    }

    /// Share of calls that give up: mean queue / (patience × arrivals).
    pub fn p_abandon(&self) -> f64 {
        self.mean_wait_s() / self.patience_s
    }

    /// Mean wait of all calls, those that give up until they leave, s (Little's law).
    pub fn mean_wait_s(&self) -> f64 {
        self.mean_queue() / self.arrivals_per_s
    }

    /// Mean number waiting.
    pub fn mean_queue(&self) -> f64 {
        self.mean(|level, _| (level - self.busy(level)) as f64)
    }

    /// Mean number of agents talking.
    pub fn mean_talking(&self) -> f64 {
        self.mean(|_, talking| talking as f64)
    }

    /// Mean number of agents in wrap.
    pub fn mean_wrapping(&self) -> f64 {
        self.mean(|level, talking| (self.busy(level) - talking) as f64)
    }

    /// Share of the agents' time in talk or wrap.
    pub fn occupancy(&self) -> f64 {
        self.mean(|level, _| self.busy(level) as f64) / self.servers as f64
    }

    /// Mean wait of answered calls, s.
    ///
    /// Of a caller with m ahead while i agents talk: h = P(answered) and g = E[wait; answered] obey
    /// r h = (i/talk) h(i − 1, m) + (wrapping/wrap) h(i + 1, m − 1) + (m/patience) h(i, m − 1), where r is all of
    /// those rates and the caller's own 1/patience, and h(·, −1) = 1; g likewise, with h/r added and g(·, −1) = 0.
    pub fn asa_s(&self) -> f64 {
        let c = self.servers;
        let (mut h, mut g) = (vec![1.0; c + 2], vec![0.0; c + 2]);
        let (mut answered, mut waited) = (self.shares[..c].iter().flatten().sum::<f64>(), 0.0);
        for (ahead, shares) in self.shares[c..].iter().enumerate() {
            let (before_h, before_g) = (h.clone(), g.clone());
            let leaving = ahead as f64 / self.patience_s;
            for i in 0..=c {
                let (talked, wrapped) = (i as f64 / self.talk_s, (c - i) as f64 / self.wrap_s);
                let rate = talked + wrapped + leaving + 1.0 / self.patience_s;
                let step = |now: &[f64], before: &[f64]| {
                    let within = if i > 0 { talked * now[i - 1] } else { 0.0 };
                    (within + wrapped * before[i + 1] + leaving * before[i]) / rate
                };
                h[i] = step(&h, &before_h);
                g[i] = step(&g, &before_g) + h[i] / rate;
                answered += shares[i] * h[i];
                waited += shares[i] * g[i];
            }
        }
        waited / answered
    }

    /// Share of calls answered within `t_s`: the wait is the time to absorption of a Markov chain, summed over its
    /// steps at the moments of a Poisson process (uniformisation).
    pub fn served_within(&self, t_s: f64) -> f64 {
        let at_once: f64 = self.shares[..self.servers].iter().flatten().sum();
        let mut waiting = self.shares[self.servers..].to_vec();
        let c = self.servers as f64;
        let fastest = (1.0 / self.talk_s).max(1.0 / self.wrap_s);
        let rate = c * fastest + waiting.len() as f64 / self.patience_s;
        let mean = rate * t_s.max(0.0);
        let last = (mean + 12.0 * mean.sqrt() + 60.0) as usize;
        // P(at least n + 1 steps by t), from the far end so that small ones are exact.
        let mut reached = vec![0.0; last + 1];
        for n in (0..last).rev() {
            reached[n] = reached[n + 1] + if mean > 0.0 { poisson((n + 1) as f64, mean) } else { 0.0 };
        }
        at_once + reached.iter().map(|share| self.step(&mut waiting, rate) * share).sum::<f64>()
    }

    /// Moves waiting callers (by callers ahead, then by agents talking) one step of the uniformised chain on, and
    /// gives the share answered in that step.
    fn step(&self, waiting: &mut Vec<Vec<f64>>, rate: f64) -> f64 {
        let c = self.servers;
        let mut next: Vec<Vec<f64>> = waiting.iter().map(|shares| vec![0.0; shares.len()]).collect();
        let mut answered = 0.0;
        for (ahead, shares) in waiting.iter().enumerate() {
            let leaving = ahead as f64 / self.patience_s;
            for (i, share) in shares.iter().enumerate() {
                let (talked, wrapped) = (i as f64 / self.talk_s, (c - i) as f64 / self.wrap_s);
                let out = talked + wrapped + leaving + 1.0 / self.patience_s;
                next[ahead][i] += share * (1.0 - out / rate);
                if i > 0 {
                    next[ahead][i - 1] += share * talked / rate;
                }
                if ahead > 0 {
                    next[ahead - 1][i] += share * leaving / rate;
                    if i < c {
                        next[ahead - 1][i + 1] += share * wrapped / rate;
                    }
                } else {
                    answered += share * wrapped / rate;
                }
            }
        }
        *waiting = next;
        answered
    }
}

#[cfg(test)]
mod tests {
    use super::super::erlang_a::ErlangA;
    use super::*;

    #[test]
    fn a_wrap_of_next_to_nothing_leaves_erlang_a() {
        let wrap = TalkWrap::new(6, 0.02, 300.0, 1e-9, 180.0).unwrap();
        let plain = ErlangA::new(6.0, 0.02, 300.0, 180.0).unwrap();
        for (a, b) in [
            (wrap.p_wait(), plain.p_wait()),
            (wrap.p_abandon(), plain.p_abandon()),
            (wrap.asa_s(), plain.asa_s()),
            (wrap.occupancy(), plain.occupancy()),
        ] {
            assert!((a / b - 1.0).abs() < 1e-8, "{a} {b}");
        }
    }

    #[test]
    fn callers_answered_sooner_or_later_are_those_who_do_not_give_up() {
        let queue = TalkWrap::new(5, 0.02, 200.0, 100.0, 120.0).unwrap();
        assert!((queue.served_within(20_000.0) + queue.p_abandon() - 1.0).abs() < 1e-10);
        assert!((queue.served_within(0.0) + queue.p_wait() - 1.0).abs() < 1e-12);
        assert_eq!(TalkWrap::new(0, 0.02, 200.0, 100.0, 120.0), None);
    }
}
