//! Random scenarios from a seed, by a generator that the simulators know nothing of. Small and mean: short days, few
//! agents, whole half-minutes that make many things happen at one instant, rules in every combination.

use super::days::Case;
use answerable::law::Law;
use answerable::scenario::{
    Access, Announcements, Backlog, Calendar, Callback, Closing, DatedRota, DatedShift, DayCycle, Demand,
    Horizon, Menu, Opening, Outage, Overflow, Pause, PauseKind, Proficiency, Queue, Response, Rota, Routing,
    Satisfaction, Setting, Shape, Shift, ShiftEnd, StartState, TalkPolicy, Team, Telephone, Transfer, Volume,
    Warm, When, WrapPolicy, WrapRule,
};
use answerable::unit::{DAY, HOUR, MINUTE, Micros, SECOND, parse_date};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// The dice, and the manner of the scenario.
pub(super) struct Dice {
    generator: Xoshiro256PlusPlus,
    manner: Manner,
}

/// How durations are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// Whole half-minutes only, so that very much happens at one instant.
    Square,
    /// Half-minutes beside uniform and triangular laws.
    Mixed,
    /// All kinds of laws, and busyness.
    Smooth,
}

impl Dice {
    pub(super) fn new(seed: u64) -> Dice {
        let generator = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut dice = Dice { generator, manner: Manner::Mixed };
        dice.manner = dice.one_of(&[Manner::Square, Manner::Mixed, Manner::Mixed, Manner::Smooth]);
        dice
    }

    /// A whole number below `n`.
    fn below(&mut self, n: u64) -> u64 {
        self.generator.next_u64() % n
    }

    /// A whole number from `from` to `to`, both included.
    fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from + 1)
    }

    /// True once in `n` times.
    fn once_in(&mut self, n: u64) -> bool {
        self.below(n) == 0
    }

    fn one_of<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.below(values.len() as u64) as usize].clone()
    }
}

/// The scenario of a seed.
pub(super) fn scenario(seed: u64) -> Case {
    let mut dice = Dice::new(seed);
    let d = &mut dice;
    let horizon = Horizon {
        start: parse_date("2004-11-01").expect("a date").plus(d.below(7) as i64),
        warm_up_days: d.one_of(&[0, 0, 1, 2]),
        days: d.between(1, 3) as u32,
        follow_up_days: d.one_of(&[0, 0, 1]),
        interval: d.one_of(&[15, 30, 60]) * MINUTE,
    };
    let around_the_clock = d.once_in(4);
    let opening = opening(d, &horizon, around_the_clock);
    let queues: Vec<Queue> = (0..d.one_of(&[1, 1, 2, 3])).map(|_| queue(d, &horizon, &opening)).collect();
    let mut shifts: Vec<Shift> = (0..d.between(1, 4)).map(|_| shift(d, &opening, around_the_clock)).collect();
    let rostered = shifts.len();
    let teams: Vec<Team> =
        (0..d.between(1, 3)).map(|_| team(d, &horizon, queues.len() as u64, rostered, &mut shifts)).collect();
    let deferring = !d.once_in(3);
    let wrap_policies = (0..queues.len() * teams.len()).map(|_| wrap_policy(d, deferring)).collect();
    let setting = Setting {
        name: format!("scenario {seed}"),
        view: None,
        opening,
        telephone: Telephone::default(),
        queues,
        teams,
        sites: Vec::new(),
        shifts,
        closing: d.one_of(&[Closing::FinishQueue, Closing::StayToFinish, Closing::TurnAway]),
        shift_end: match d.below(3) {
            0 => ShiftEnd::FinishWork,
            1 => ShiftEnd::FinishCall,
            _ => ShiftEnd::StopEarly(d.one_of(&[0, 5, 10, 20, 300]) * MINUTE),
        },
        talk_policy: match d.below(4) {
            0 => {
                TalkPolicy::Target { within: d.below(5) * MINUTE, pressure: d.one_of(&[0.0, 0.5, 0.8, 1.0]) }
            }
            _ => TalkPolicy::AsNeeded,
        },
        wrap_policies,
        backlog: Backlog {
            resume: d.one_of(&[1.0, 1.0, 1.3, 2.0, 0.5, 0.0]),
            in_idle_time: !d.once_in(3),
            interruptible: d.once_in(2),
            overtime: d.one_of(&[0, 0, 5, 30]) * MINUTE,
        },
        response: response(d),
        start_state: StartState::default(),
    };
    let grid = match d.manner {
        Manner::Square => d.one_of(&[30 * SECOND, MINUTE, 5 * MINUTE]),
        _ => d.one_of(&[1, SECOND, 30 * SECOND, MINUTE]),
    };
    let mut case = Case { setting, horizon, grid };
    if d.once_in(2) {
        getting_through(d, &mut case.setting);
        let number = d.one_of(&[0, 0, 1, 3, 6]);
        outages(d, &mut case, number);
    }
    case
}

/// Some outages, on any days.
fn outages(d: &mut Dice, case: &mut Case, number: u64) {
    for _ in 0..number {
        let date = case.horizon.date(d.below(u64::from(case.horizon.total_days())) as u32);
        let (open, close) = case.setting.opening.hours(date).unwrap_or((0, DAY));
        let start = d.between(open / MINUTE, close / MINUTE - 1) * MINUTE;
        let length = d.one_of(&[1, 10, 30, 90, 1440]) * MINUTE;
        let all = &mut case.setting.telephone.outages;
        // The twin's events are a set.
        if all.iter().all(|other| (other.date, other.start) != (date, start)) {
            all.push(Outage { date, start, length, site: None });
        }
    }
}

/// Puts something between the callers and their queues.
fn getting_through(d: &mut Dice, setting: &mut Setting) {
    if d.once_in(3) {
        setting.telephone.lines = Some(d.between(1, 8) as u32);
    }
    for queue in &mut setting.queues {
        let access = &mut queue.access;
        access.lines = d.once_in(4).then(|| d.between(1, 5) as u32);
        access.at_most_waiting = d.once_in(3).then(|| d.below(4) as u32);
        access.balking = match d.below(6) {
            0 => vec![(0, d.one_of(&[0.2, 0.5, 1.0]))],
            1 => vec![(30 * SECOND, 0.3), (3 * MINUTE, 0.7), (10 * MINUTE, 1.0)],
            _ => Vec::new(),
        };
        let mean = d.one_of(&[0, 30, 300, 1200]);
        access.menu = d.once_in(3).then(|| Menu { time: law(d, mean), leave: d.one_of(&[0.0, 0.2, 1.0]) });
        access.announcements = d.once_in(3).then(|| Announcements {
            first: d.below(4) * 30 * SECOND,
            every: d.once_in(2).then(|| d.between(1, 4) * 30 * SECOND),
            leave: d.one_of(&[0.0, 0.2, 0.5, 1.0]),
        });
        access.callback = d.once_in(3).then(|| Callback {
            after: d.below(5) * 30 * SECOND,
            accepted: d.one_of(&[0.3, 0.8, 1.0]),
            reached: d.one_of(&[0.0, 0.5, 0.8, 1.0]),
            ringing: d.one_of(&[0, 20, 30]) * SECOND,
            tries: d.between(1, 3) as u32,
            again_after: d.one_of(&[1, 5, 30, 600]) * MINUTE,
        });
    }
}

/// The scenario of a seed, with rules of who answers whom: overflow, a choice among agents, skills, agents kept free or
/// called out of wrap. Drawn by dice of their own.
pub(super) fn with_rules(seed: u64) -> Case {
    let mut case = scenario(seed);
    let mut dice = Dice::new(seed ^ 0x5151_5151);
    let d = &mut dice;
    let setting = &mut case.setting;
    while setting.queues.len() < 2 && !d.once_in(4) {
        let queue = queue(d, &case.horizon, &setting.opening);
        setting.queues.push(queue);
    }
    let (queues, teams) = (setting.queues.len(), setting.teams.len());
    for (number, team) in setting.teams.iter_mut().enumerate() {
        team.answers = (0..queues).filter(|q| q % teams == number || d.once_in(2)).collect();
        if d.once_in(3) {
            team.priorities = (0..queues).filter(|_| d.once_in(2)).map(|q| (q, 1 + (q % 3) as u8)).collect();
        }
        for queue in 0..queues {
            if d.once_in(3) {
                let agents = d.between(1, 3);
                let factor = |d: &mut Dice| d.one_of(&[0.5, 1.0, 1.0, 1.25, 2.0]);
                let by_agent =
                    (0..agents).map(|_| Proficiency { speed: factor(d), resolution: factor(d) }).collect();
                team.proficiency.push((queue, by_agent));
            }
        }
    }
    for (number, queue) in setting.queues.iter_mut().enumerate() {
        let others: Vec<usize> =
            (0..teams).filter(|team| !setting.teams[*team].answers.contains(&number)).collect();
        for team in others {
            if d.once_in(3) {
                continue;
            }
            let after = d.one_of(&[0, 0, 30, 60, 300]) * SECOND;
            let more = d.one_of(&[0, 0, 1, 3]);
            queue.overflow.push(Overflow { teams: vec![team], after, when_more_wait_than: more });
        }
        queue.routing = d.one_of(&[
            Routing::LongestIdle,
            Routing::BestProficiency,
            Routing::FewestSkills,
            Routing::TeamOrder,
        ]);
        queue.head_start = d.one_of(&[0, 0, 30, 300]) * SECOND;
        queue.keep_free = d.one_of(&[0, 0, 0, 1, 2]);
        queue.interrupts_wrap = d.once_in(4);
    }
    let deferring = !d.once_in(3);
    setting.wrap_policies = (0..queues * teams)
        .map(|_| {
            let mut policy = wrap_policy(d, deferring);
            let within: Micros = d.below(6) * 30 * SECOND;
            match d.below(4) {
                0 | 1 => policy.rule = WrapRule::Adaptive { within },
                2 => {
                    policy.rule = WrapRule::Scheduled { within };
                    (policy.absorbed, policy.dropped) = (0.0, 0.0);
                }
                _ => {}
            }
            policy
        })
        .collect();
    case
}

/// The scenario of a seed, every other time with rules of who answers whom, whose callers are passed on between queues: by
/// several rules, in circles too, alone or with the agent. Drawn by dice of their own.
pub(super) fn with_transfers(seed: u64) -> Case {
    let mut case = if seed.is_multiple_of(2) { scenario(seed) } else { with_rules(seed) };
    let mut dice = Dice::new(seed ^ 0x7a7a_7a7a);
    let d = &mut dice;
    let setting = &mut case.setting;
    while setting.queues.len() < 2 {
        let queue = queue(d, &case.horizon, &setting.opening);
        let number = setting.queues.len();
        setting.queues.push(queue);
        setting.teams.iter_mut().filter(|_| !d.once_in(3)).for_each(|team| team.answers.push(number));
        let deferring = d.once_in(2);
        let own: Vec<WrapPolicy> = setting.teams.iter().map(|_| wrap_policy(d, deferring)).collect();
        setting.wrap_policies.extend(own);
    }
    let queues = setting.queues.len() as u64;
    for number in 0..setting.queues.len() {
        let mut left = [1.0, 1.0];
        for _ in 0..d.one_of(&[0, 1, 1, 2, 3]) {
            let when = d.one_of(&[When::Any, When::Unresolved]);
            let probability: f64 = d.one_of(&[0.1, 0.3, 0.5, 1.0]);
            let probability = probability.min(left[usize::from(when == When::Any)]);
            left[usize::from(when == When::Any)] -= probability;
            let to = (number as u64 + 1 + d.below(queues - 1)) % queues;
            let mean = d.one_of(&[0, 30, 60, 300]);
            let warm = (!d.once_in(3)).then(|| Warm {
                handover: law(d, mean),
                stays_at_most: d.one_of(&[0, 30, 120, 600, 36_000]) * SECOND,
            });
            setting.queues[number].transfers.push(Transfer { to: to as usize, probability, when, warm });
        }
    }
    let number = d.one_of(&[0, 0, 4, 10]);
    outages(d, &mut case, number);
    case
}

/// The scenario of a seed at several sites: queues whose sites are separate or pooled, overflow between them, and outages of
/// one of them. Drawn by dice of their own, some of the scenarios with rules of who answers whom, some with callers passed on.
pub(super) fn at_sites(seed: u64) -> Case {
    let mut case = match seed % 3 {
        0 => scenario(seed),
        1 => with_rules(seed),
        _ => with_transfers(seed),
    };
    let mut dice = Dice::new(seed ^ 0x7373_7373);
    let d = &mut dice;
    let setting = &mut case.setting;
    let before = setting.teams.len();
    while setting.teams.len() < 2 || setting.teams.len() < 4 && d.once_in(2) {
        let like = d.below(before as u64) as usize;
        let policies: Vec<WrapPolicy> =
            (0..setting.queues.len()).map(|q| *setting.wrap_policy(q, like)).collect();
        let teams = setting.teams.len();
        for (queue, policy) in policies.into_iter().enumerate().rev() {
            setting.wrap_policies.insert((queue + 1) * teams, policy);
        }
        setting.teams.push(setting.teams[like].clone());
    }
    let sites = d.between(2, 3) as usize;
    setting.sites = (0..sites).map(|site| format!("site {site}")).collect();
    for team in &mut setting.teams {
        team.site = Some(d.below(sites as u64) as usize);
    }
    for number in 0..setting.queues.len() {
        let mut at: Vec<usize> =
            setting.teams.iter().filter(|t| t.answers.contains(&number)).filter_map(|t| t.site).collect();
        at.sort_unstable();
        at.dedup();
        if at.is_empty() || d.once_in(3) {
            continue;
        }
        let weights: Vec<u64> = at.iter().map(|_| d.below(4)).collect();
        let sum = weights.iter().sum::<u64>().max(1) as f64;
        let shares = at.iter().zip(&weights).map(|(site, weight)| (*site, *weight as f64 / sum));
        setting.queues[number].site_shares = shares.collect();
        if d.once_in(2) {
            let after = d.one_of(&[0, 30, 60, 300]) * SECOND;
            let more = d.one_of(&[0, 0, 1, 3]);
            let known: Vec<usize> =
                setting.queues[number].overflow.iter().flat_map(|step| step.teams.clone()).collect();
            let site = d.one_of(&at);
            let teams: Vec<usize> = (0..setting.teams.len())
                .filter(|team| setting.teams[*team].site == Some(site) && !known.contains(team))
                .collect();
            setting.queues[number].overflow.push(Overflow { teams, after, when_more_wait_than: more });
        }
    }
    for _ in 0..d.one_of(&[0, 1, 3, 5]) {
        let date = case.horizon.date(d.below(u64::from(case.horizon.total_days())) as u32);
        let (open, close) = setting.opening.hours(date).unwrap_or((0, DAY));
        let start = d.between(open / MINUTE, close / MINUTE - 1) * MINUTE;
        let length = d.one_of(&[1, 10, 30, 90, 1440]) * MINUTE;
        let site = Some(d.below(sites as u64) as usize);
        setting.telephone.outages.push(Outage { date, start, length, site });
    }
    if d.once_in(2) {
        for queue in 0..setting.queues.len() {
            let callers = d.one_of(&[0, 1, 3, 10]);
            setting.start_state.waiting.extend((callers > 0).then_some((queue, callers)));
        }
        for team in 0..setting.teams.len() {
            let size = d.one_of(&[0, 30, 300, 7200]) * SECOND;
            setting.start_state.backlog.extend((size > 0).then_some((team, size)));
        }
    }
    case
}

/// The scenario of a seed, made into one whose calls can be followed to their end: one line, nothing put off, breaks
/// that wait for nobody.
pub(super) fn one_line(seed: u64) -> Case {
    let mut case = scenario(seed);
    let setting = &mut case.setting;
    setting.queues.truncate(1);
    setting.telephone = Telephone::default();
    setting.queues[0].access = Access::default();
    setting.teams.iter_mut().for_each(|team| {
        team.answers = vec![0];
        team.away_at_most = None;
    });
    setting.shifts.iter_mut().flat_map(|shift| &mut shift.pauses).for_each(|pause| pause.when_quiet = None);
    setting.wrap_policies.truncate(setting.teams.len());
    setting.wrap_policies.iter_mut().for_each(|policy| policy.dropped = 1.0 - policy.absorbed);
    if setting.shift_end == ShiftEnd::FinishCall {
        setting.shift_end = ShiftEnd::FinishWork;
    }
    case
}

fn opening(d: &mut Dice, horizon: &Horizon, around_the_clock: bool) -> Opening {
    let mut week = [Some((0, DAY)); 7];
    if !around_the_clock {
        let open = d.between(0, 20) * HOUR + d.one_of(&[0, 0, 30, 10]) * MINUTE;
        let close = (open + d.between(2, 8) * 30 * MINUTE).min(DAY);
        for day in &mut week {
            *day = match d.below(10) {
                0 => None,
                1 => Some((open + 30 * MINUTE, close)),
                2 => Some((open, close - 20 * MINUTE)),
                // A night between two open days.
                3 => Some((0, 90 * MINUTE)),
                4 => Some((DAY - 100 * MINUTE, DAY)),
                _ => Some((open, close)),
            };
        }
    } else if d.once_in(3) {
        week[d.below(7) as usize] = d.one_of(&[None, Some((0, 6 * HOUR)), Some((9 * HOUR, DAY))]);
    }
    let mut closed = Vec::new();
    if d.once_in(5) {
        closed.push(horizon.date(d.below(u64::from(horizon.total_days())) as u32));
    }
    Opening { week, closed }
}

/// A law of a duration around some seconds: mostly on whole half-minutes, now and then from a table.
fn law(d: &mut Dice, mean: u64) -> Law {
    let m = mean as f64;
    let kinds = match d.manner {
        Manner::Square => 5,
        Manner::Mixed => 11,
        Manner::Smooth => 17,
    };
    match d.below(kinds) {
        0..=3 => Law::deterministic((mean / 30 * 30) as f64),
        4 => Law::deterministic(d.one_of(&[0.0, 30.0, 60.0])),
        5..=8 => Law::uniform(0.5 * m, 1.5 * m),
        9..=10 => Law::triangular(0.0, 0.5 * m, 2.5 * m),
        11 => Law::exponential(m),
        12 => Law::lognormal_by_mean(m, 0.9),
        14 => Law::Empirical((0..d.between(1, 40)).map(|_| d.between(0, 2 * mean) as f64).collect()),
        15 => Law::mixture(vec![0.2, 0.8], vec![Law::uniform(0.0, 20.0), Law::exponential(m.max(1.0))]),
        16 => Law::gamma_by_mean(m.max(1.0), 0.7),
        _ => Law::weibull_by_mean(m, 0.85),
    }
}

fn queue(d: &mut Dice, horizon: &Horizon, opening: &Opening) -> Queue {
    let open_hours: f64 = opening.week.iter().flatten().map(|(o, c)| (c - o) as f64 / HOUR as f64).sum();
    let open_days = opening.week.iter().flatten().count() as f64;
    let an_hour = if open_hours > 100.0 { d.between(1, 5) } else { d.between(3, 30) } as f64;
    let cells = horizon.intervals_per_day();
    let shape = d.once_in(3).then(|| Shape {
        file: String::new(),
        weights: std::array::from_fn(|_| (0..cells).map(|_| d.below(4) as f64).collect()),
    });
    let volume = match d.below(6) {
        0 => Volume::PerDay(an_hour * open_hours / open_days.max(1.0)),
        1 => Volume::PerWeek(an_hour * open_hours),
        2 => Volume::PerYear(an_hour * open_hours * 52.0),
        3 => Volume::PerMonth(an_hour * open_hours * 4.3),
        _ => Volume::PerHour(an_hour),
    };
    let (mean_talk, mean_wrap) = (d.between(1, 20) * 30, d.between(0, 20) * 30);
    let busy = d.manner == Manner::Smooth;
    let mean_patience = d.between(0, 20) * 30;
    Queue {
        name: String::new(),
        demand: Demand {
            volume,
            shape,
            times: 1.0,
            calendar: Calendar::default(),
            straight_lines: busy && d.once_in(3),
            first_call_share: d.one_of(&[1.0, 0.8]),
            day_cv: if busy && d.once_in(4) { 0.3 } else { 0.0 },
            day_phi: 0.5,
            day_correlation: if busy { d.one_of(&[0.0, 0.6, 1.0]) } else { 0.0 },
            interval_cv: if busy && d.once_in(4) { 0.4 } else { 0.0 },
            interval_phi: 0.6,
        },
        talk: law(d, mean_talk),
        wrap: law(d, mean_wrap),
        talk_wrap_rho: if busy { d.one_of(&[0.0, 0.0, 0.6, -0.5]) } else { 0.0 },
        patience: (!d.once_in(5)).then(|| law(d, mean_patience)),
        answer_within: 20 * SECOND,
        target_share: 0.8,
        service_level: Default::default(),
        short_abandon: 0,
        priority: d.between(1, 3) as u8,
        access: Access::default(),
        standard: None,
        head_start: 0,
        keep_free: 0,
        interrupts_wrap: false,
        routing: Routing::LongestIdle,
        overflow: Vec::new(),
        transfers: Vec::new(),
        site_shares: Vec::new(),
    }
}

fn team(d: &mut Dice, horizon: &Horizon, queues: u64, rostered: usize, all: &mut Vec<Shift>) -> Team {
    let shifts = rostered as u64;
    let answers = (0..queues as usize).filter(|_| !d.once_in(4)).collect();
    let agents = d.one_of(&[0, 1, 1, 2, 2, 3, 4]);
    let rows = if d.once_in(12) { 0 } else { d.between(1, 3) };
    let rota = (0..rows)
        .map(|_| {
            // Mostly the same shift all week, so that shifts which last a day follow one on another.
            let usual = d.below(shifts) as usize;
            std::array::from_fn(|_| match d.below(8) {
                0 => None,
                1 => Some(d.below(shifts) as usize),
                _ => Some(usual),
            })
        })
        .collect();
    Team {
        name: String::new(),
        site: None,
        agents,
        answers,
        rota: match d.below(8) {
            0 | 1 => dated(d, horizon, agents, shifts),
            2 | 3 => cycle(d, shifts),
            _ => Rota::Weeks(rota),
        },
        stagger: if d.once_in(4) { stagger(d, rostered, all) } else { Vec::new() },
        absence: d.one_of(&[0.0, 0.0, 0.0, 0.2, 1.0]),
        pay_per_hour: None,
        late_finishes_paid: false,
        away_at_most: d.one_of(&[None, Some(1), Some(1), Some(2)]),
        priorities: Vec::new(),
        proficiency: Vec::new(),
    }
}

/// A cycle of days for some groups.
fn cycle(d: &mut Dice, shifts: u64) -> Rota {
    let (groups, step) = (d.between(1, 3) as usize, d.between(1, 2) as usize);
    let usual = d.below(shifts) as usize;
    let days = (0..groups * step).map(|_| match d.below(8) {
        0 | 1 => None,
        2 => Some(d.below(shifts) as usize),
        _ => Some(usual),
    });
    Rota::Cycle(DayCycle { days: days.collect(), step })
}

/// A rota by dates, that may begin after the first simulated day and end before the last.
fn dated(d: &mut Dice, horizon: &Horizon, agents: u32, shifts: u64) -> Rota {
    let days = i64::from(horizon.total_days());
    let (from, to) = (d.one_of(&[0, 0, 1]), days - d.one_of(&[0, 0, 1]));
    let mut entries = Vec::new();
    for day in from..to {
        for agent in 0..agents {
            if !d.once_in(5) {
                let date = horizon.first_date().plus(day);
                entries.push(DatedShift { date, agent, shift: d.below(shifts) as u32 });
            }
        }
    }
    Rota::Dated(DatedRota { file: String::new(), agents: Vec::new(), shifts: entries }.into())
}

/// Two or three starts, twenty minutes apart.
fn stagger(d: &mut Dice, rostered: usize, all: &mut Vec<Shift>) -> Vec<Vec<usize>> {
    let steps = d.between(2, 3);
    (0..steps)
        .map(|step| {
            (0..rostered)
                .map(|shift| {
                    let mut later = all[shift].clone();
                    let by = step * 20 * MINUTE;
                    (later.start, later.end) = (later.start + by, later.end + by);
                    for pause in &mut later.pauses {
                        (pause.start, pause.latest) = (pause.start + by, pause.latest + by);
                    }
                    all.push(later);
                    all.len() - 1
                })
                .collect()
        })
        .collect()
}

fn shift(d: &mut Dice, opening: &Opening, around_the_clock: bool) -> Shift {
    let hours = opening.week.iter().flatten().copied().collect::<Vec<_>>();
    let (start, length) = match d.below(if around_the_clock { 4 } else { 12 }) {
        0 => (0, DAY),
        1 => (d.between(0, 23) * HOUR, DAY),
        2 => (d.between(0, 2) * 8 * HOUR, 8 * HOUR),
        3 => (d.between(18, 23) * HOUR, d.between(4, 12) * HOUR),
        // From opening, or later, to closing.
        4..=7 if !hours.is_empty() => {
            let (open, close) = d.one_of(&hours);
            let start = open + d.below(((close - open) / HOUR).max(1)) * HOUR;
            (start, close - start)
        }
        _ => (d.between(0, 20) * HOUR, d.between(2, 40) * 15 * MINUTE),
    };
    let mut pauses: Vec<Pause> = (0..d.one_of(&[0, 1, 2, 3, 5]))
        .map(|_| Pause {
            start: start + d.below(length / (10 * MINUTE) + 1) * 10 * MINUTE,
            latest: 0,
            when_quiet: None,
            length: d.one_of(&[0, 5, 10, 10, 20, 45]) * MINUTE,
            kind: d.one_of(&[
                PauseKind::PaidBreak,
                PauseKind::UnpaidBreak,
                PauseKind::OffPhone,
                PauseKind::Paperwork,
                PauseKind::Paperwork,
            ]),
        })
        .collect();
    pauses.sort_by_key(|p| p.start);
    for pause in &mut pauses {
        let window = if d.once_in(2) { d.one_of(&[10, 30, 60, 240]) * MINUTE } else { 0 };
        pause.latest = pause.start + window;
        let quiet = pause.kind.is_break() && window > 0 && !d.once_in(3);
        pause.when_quiet = quiet.then(|| d.below(3) as u32);
    }
    Shift { name: String::new(), start, end: start + length, pauses }
}

fn wrap_policy(d: &mut Dice, deferring: bool) -> WrapPolicy {
    let within: Micros = d.below(8) * 30 * SECOND;
    let rule = match d.below(4) {
        0 => WrapRule::AsNeeded,
        1 => WrapRule::Target { within, pressure: d.one_of(&[0.0, 0.5, 0.7, 1.0]) },
        _ => WrapRule::Cap { within },
    };
    let minimum = d.one_of(&[0, 0, 0, 30, 120]) * SECOND;
    let [absorbed, dropped] =
        if deferring { d.one_of(&[[0.0, 0.0], [0.2, 0.2], [0.0, 0.3]]) } else { [0.4, 0.6] };
    WrapPolicy { rule, minimum, absorbed, dropped }
}

fn response(d: &mut Dice) -> Response {
    let hours = d.one_of(&[0, 1, 2, 12, 24]);
    Response {
        resolved: d.one_of(&[0.0, 0.5, 0.8, 1.0]),
        loss_dropped: d.one_of(&[0.0, 0.2]),
        loss_share: d.one_of(&[0.0, 0.5, 1.5]),
        loss_talk: d.one_of(&[0.0, 0.6]),
        repeats: d.one_of(&[0.0, 0.5, 0.9]),
        repeat_delay: law(d, hours * 3600),
        redials: d.one_of(&[0.0, 0.5, 0.9, 1.0]),
        redial_delay: {
            let mean = d.one_of(&[0, 60, 300, 3600]);
            law(d, mean)
        },
        redials_at_most: d.below(5) as u32,
        after_closing: d.one_of(&[0.0, 0.5, 1.0]),
        chase: d.one_of(&[0.0, 0.0, 0.5, 3.0, 20.0]),
        satisfaction: Satisfaction {
            base: 2.2,
            per_minute: -0.03,
            per_contact: -0.5,
            unresolved: -2.2,
            never_answered: -3.0,
        },
    }
}
