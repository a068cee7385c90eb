//! A scenario as meant: valid, with every option and view resolved. The engine reads nothing else.
//!
//! Identity is position: queues, teams and agents are known by their number in the file, so that renaming
//! moves no bit. Durations that the engine compares with its clock are [`Micros`]; laws are in seconds.

use super::access::{Access, Telephone};
use super::calendar::Calendar;
use super::rota::Rota;
use super::standard::Standard;
use super::stated::Record;
use super::transfers::Transfer;
use crate::law::Law;
use crate::measure::ServiceLevel;
use crate::unit::{Date, Micros};

/// A whole scenario: what every option shares, and the options themselves, the base first.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    /// The scenario's name, as shown in every result.
    pub name: String,
    /// The question somebody is arguing about.
    pub question: String,
    /// Replications unless the command line says otherwise.
    pub replications: u32,
    /// Seed unless the command line says otherwise.
    pub seed: u64,
    /// What is simulated and what is measured.
    pub horizon: Horizon,
    /// Symbol or code of the currency that pay is in ("£").
    pub currency: String,
    /// Every option under every view: all options of the first view, then of the next. Without views, the
    /// options in the order of the file, the base first.
    pub options: Vec<Setting>,
    /// Differences that matter, by measure: (identifier, threshold).
    pub matters: Vec<(String, f64)>,
    /// What the author expects of the results.
    pub expectations: Vec<Expectation>,
    /// Where numbers come from: (path, text, whether it is an assumption), in file order.
    pub provenance: Vec<Provenance>,
    /// What the scenario states, key by key, what its options change, and what its author should know.
    pub record: Record,
    /// Paths of numbers of the base that matter and carry neither source nor assumption, in file order.
    pub unsourced: Vec<String>,
}

/// Days simulated before, in and after the measured window; day 0 is the first simulated day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Horizon {
    /// First measured day.
    pub start: Date,
    /// Days simulated before `start`, not counted.
    pub warm_up_days: u32,
    /// Days measured.
    pub days: u32,
    /// Days simulated after the measured window, so that its cases can be followed.
    pub follow_up_days: u32,
    /// Length of a reporting interval and of a cell of demand; divides a day.
    pub interval: Micros,
}

impl Horizon {
    /// Every simulated day.
    pub fn total_days(&self) -> u32 {
        self.warm_up_days + self.days + self.follow_up_days
    }

    /// The first simulated day's date.
    pub fn first_date(&self) -> Date {
        self.start.plus(-i64::from(self.warm_up_days))
    }

    /// The date of simulated day `day`.
    pub fn date(&self, day: u32) -> Date {
        self.first_date().plus(i64::from(day))
    }

    /// Whether simulated day `day` lies in the measured window.
    pub fn is_measured(&self, day: u32) -> bool {
        day >= self.warm_up_days && day < self.warm_up_days + self.days
    }

    /// Reporting intervals in a day.
    pub fn intervals_per_day(&self) -> usize {
        (crate::unit::DAY / self.interval) as usize
    }
}

/// One option under one view, complete.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The option's name.
    pub name: String,
    /// The view's name, where the scenario has views.
    pub view: Option<String>,
    /// When calls are accepted.
    pub opening: Opening,
    /// Telephone lines of the centre.
    pub telephone: Telephone,
    /// Call types, in the base's order, then those the option adds.
    pub queues: Vec<Queue>,
    /// Teams, in the base's order, then those the option adds.
    pub teams: Vec<Team>,
    /// Names of the sites that teams are at, in the base's order, then those the option adds.
    pub sites: Vec<String>,
    /// Shifts that rotas name by number.
    pub shifts: Vec<Shift>,
    /// What happens at closing time.
    pub closing: Closing,
    /// What happens at the end of a shift.
    pub shift_end: ShiftEnd,
    /// How much of the talk a call needs an agent may take.
    pub talk_policy: TalkPolicy,
    /// The wrap policy of each queue and team: entry `queue * teams.len() + team`.
    pub wrap_policies: Vec<WrapPolicy>,
    /// When put-off work is done.
    pub backlog: Backlog,
    /// Resolution, second attempts and satisfaction.
    pub response: Response,
    /// What there is when the first simulated day begins.
    pub start_state: StartState,
}

/// What there is when the first simulated day begins; by default nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StartState {
    /// Callers who ring at the first opening of the run, all at once: (queue, callers), ascending.
    pub waiting: Vec<(usize, u32)>,
    /// Put-off work that each agent of a team has, as it will take: (team, time), ascending.
    pub backlog: Vec<(usize, Micros)>,
}

impl Setting {
    /// The queues whose callers are sent to one site or another, some of them to this one.
    pub fn sent_to(&self, site: usize) -> impl Iterator<Item = &Queue> {
        self.queues.iter().filter(move |queue| queue.site_shares.iter().any(|share| share.0 == site))
    }

    /// How many sites are told apart: those of the teams, where there are several.
    pub fn sites_told_apart(&self) -> usize {
        if self.sites.len() > 1 { self.sites.len() } else { 0 }
    }

    /// How many teams are told apart: all of several, none of one.
    pub fn teams_told_apart(&self) -> usize {
        if self.teams.len() > 1 { self.teams.len() } else { 0 }
    }

    /// The wrap policy for a call of `queue` handled by an agent of `team`.
    pub fn wrap_policy(&self, queue: usize, team: usize) -> &WrapPolicy {
        &self.wrap_policies[queue * self.teams.len() + team]
    }
}

/// Opening hours by weekday, and dates on which the centre is closed all day.
#[derive(Debug, Clone, PartialEq)]
pub struct Opening {
    /// For Monday to Sunday: opening and closing time in microseconds after midnight, `None` when closed.
    /// 00:00 to 24:00 is open around the clock.
    pub week: [Option<(Micros, Micros)>; 7],
    /// Closed dates, ascending.
    pub closed: Vec<Date>,
}

impl Opening {
    /// Opening and closing time on a date, `None` when closed all day.
    pub fn hours(&self, date: Date) -> Option<(Micros, Micros)> {
        if self.closed.binary_search(&date).is_ok() {
            return None;
        }
        self.week[usize::from(date.weekday().0)]
    }
}

/// A call type.
#[derive(Debug, Clone, PartialEq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// How many first calls come, and when.
    pub demand: Demand,
    /// Talk needed (with hold).
    pub talk: Law,
    /// Wrap required.
    pub wrap: Law,
    /// Spearman's rank correlation of a call's talk and wrap; 0 where they know nothing of each other.
    pub talk_wrap_rho: f64,
    /// How long a caller waits before hanging up; `None` for callers who never do.
    pub patience: Option<Law>,
    /// Answered within how long counts as good service.
    pub answer_within: Micros,
    /// Share of calls to be answered within that time.
    pub target_share: f64,
    /// How its service level is counted.
    pub service_level: ServiceLevel,
    /// Abandonments within this wait are short: left out of the service level's and the abandonment rate's base.
    pub short_abandon: Micros,
    /// 1 is answered first.
    pub priority: u8,
    /// What stands between its callers and an agent, besides the wait.
    pub access: Access,
    /// The British standard it is held to.
    pub standard: Option<Standard>,
    /// Its callers are answered as if they had come so much earlier, within their priority.
    pub head_start: Micros,
    /// Other queues' calls leave at least so many callable agents who answer this queue.
    pub keep_free: u32,
    /// Whether a call takes an agent out of wrap when nobody is callable.
    pub interrupts_wrap: bool,
    /// Which of the callable agents answers.
    pub routing: Routing,
    /// Further teams that answer, in turn.
    pub overflow: Vec<Overflow>,
    /// By which rules its callers are passed on to other queues.
    pub transfers: Vec<Transfer>,
    /// Where each caller is sent to one site and answered there: shares by site, ascending, of at least one site. Empty
    /// where all who answer do so together.
    pub site_shares: Vec<(usize, f64)>,
}

/// Which of the callable agents answers a call; among equals the longest idle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Routing {
    /// The longest idle.
    LongestIdle,
    /// The one with the highest product of speed and resolution in the call's queue.
    BestProficiency,
    /// The one who answers the fewest queues.
    FewestSkills,
    /// One of the first team that has anybody callable.
    TeamOrder,
}

/// Further teams that answer a queue's calls.
#[derive(Debug, Clone, PartialEq)]
pub struct Overflow {
    /// The teams, by number, ascending.
    pub teams: Vec<usize>,
    /// Once a caller has waited so long.
    pub after: Micros,
    /// While more callers than this wait in the queue.
    pub when_more_wait_than: u32,
}

/// How fast and how well an agent handles a queue's calls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proficiency {
    /// Calls take 1/speed of the talk they need.
    pub speed: f64,
    /// Factor of the probability that a call resolves its case.
    pub resolution: f64,
}

impl Proficiency {
    /// As calls are given: neither faster nor better.
    pub const PLAIN: Proficiency = Proficiency { speed: 1.0, resolution: 1.0 };
}

/// First calls of a queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Demand {
    /// The volume and the period it is given for.
    pub volume: Volume,
    /// Weights by weekday and interval; `None` spreads the volume evenly over opening hours.
    pub shape: Option<Shape>,
    /// Multiplies the volume ("a month at 1.3 times").
    pub times: f64,
    /// What changes demand by date.
    pub calendar: Calendar,
    /// Whether the rate runs in straight lines through the intervals rather than in steps.
    pub straight_lines: bool,
    /// First calls per counted call: 1 where needs are given, (1 − redial share)(1 − q(1 − r0)) of the base option
    /// where the volume counts every call.
    pub first_call_share: f64,
    /// Coefficient of variation of the day factor.
    pub day_cv: f64,
    /// Lag-one correlation of the day factor's normal score over open days.
    pub day_phi: f64,
    /// Share of the day factor's normal score that is common to all queues: two queues' scores are correlated by the
    /// square root of the product of theirs.
    pub day_correlation: f64,
    /// Coefficient of variation of the interval factor.
    pub interval_cv: f64,
    /// Lag-one correlation of the interval factor's normal score along the day.
    pub interval_phi: f64,
}

/// A number of calls and the period it is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Volume {
    /// Calls in a calendar year.
    PerYear(f64),
    /// Calls in a calendar month.
    PerMonth(f64),
    /// Calls in a week with every day open.
    PerWeek(f64),
    /// Calls on an average open day.
    PerDay(f64),
    /// Calls an hour, whenever open (a shape then holds rates relative to it).
    PerHour(f64),
}

impl Volume {
    /// The number itself.
    pub fn calls(self) -> f64 {
        match self {
            Volume::PerYear(v)
            | Volume::PerMonth(v)
            | Volume::PerWeek(v)
            | Volume::PerDay(v)
            | Volume::PerHour(v) => v,
        }
    }
}

/// Weights of demand by weekday and cell of the day.
#[derive(Debug, Clone, PartialEq)]
pub struct Shape {
    /// The file it came from, for the record.
    pub file: String,
    /// For Monday to Sunday, one weight per reporting interval of the day.
    pub weights: [Vec<f64>; 7],
}

/// Agents who share a contract, skills, rota and cost.
#[derive(Debug, Clone, PartialEq)]
pub struct Team {
    /// Its name.
    pub name: String,
    /// The site it is at, by number.
    pub site: Option<usize>,
    /// How many agents.
    pub agents: u32,
    /// The queues they answer, by number, ascending.
    pub answers: Vec<usize>,
    /// Who works which shift when.
    pub rota: Rota,
    /// Staggered starts: by step, the shift worked in the place of each shift. Agent k takes step k modulo their
    /// number; empty where all begin as rostered.
    pub stagger: Vec<Vec<usize>>,
    /// Probability that a rostered agent-day is lost.
    pub absence: f64,
    /// Pay per paid hour, in the scenario's currency; `None` where cost is not asked for.
    pub pay_per_hour: Option<f64>,
    /// Whether time worked past the shift's end on a call is paid.
    pub late_finishes_paid: bool,
    /// At most so many of the team's agents are on breaks at once, those sure of a break included; `None` for no
    /// limit.
    pub away_at_most: Option<u32>,
    /// Its own priorities of some queues: (queue, priority).
    pub priorities: Vec<(usize, u8)>,
    /// Proficiency in some queues, by agent: agent k has entry k modulo their number; [`Proficiency::PLAIN`] in
    /// all others.
    pub proficiency: Vec<(usize, Vec<Proficiency>)>,
}

impl Team {
    /// The priority that its agents give to a queue.
    pub fn priority(&self, queue: usize, own: u8) -> u8 {
        self.priorities.iter().find(|p| p.0 == queue).map_or(own, |p| p.1)
    }

    /// The proficiency of its k-th agent in a queue.
    pub fn proficiency(&self, queue: usize, k: usize) -> Proficiency {
        let known = self.proficiency.iter().find(|p| p.0 == queue);
        known.map_or(Proficiency::PLAIN, |(_, by_agent)| by_agent[k % by_agent.len()])
    }
}

/// Paid hours of one day.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// Its name.
    pub name: String,
    /// Start, microseconds after midnight of the day it belongs to.
    pub start: Micros,
    /// End, microseconds after the same midnight; beyond 24 h when the shift crosses midnight.
    pub end: Micros,
    /// Breaks, off-phone activities and paperwork, by start.
    pub pauses: Vec<Pause>,
}

/// Time away from calls within a shift.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pause {
    /// Rostered start, or when its window opens, microseconds after the midnight of the shift's day.
    pub start: Micros,
    /// The latest rostered start, after the same midnight: that of a window is its end less the length; a pause at a
    /// time has its start. Begun later it is late.
    pub latest: Micros,
    /// Length.
    pub length: Micros,
    /// What it is.
    pub kind: PauseKind,
    /// Before `latest` it is taken only while at least so many colleagues are callable besides; `None` for a pause
    /// that is due from `start` on. Breaks alone wait for quiet.
    pub when_quiet: Option<u32>,
}

/// What an agent does away from calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PauseKind {
    /// A paid break: rest.
    PaidBreak,
    /// An unpaid break: rest, not paid.
    UnpaidBreak,
    /// Briefing, training, coaching: paid, no rest.
    OffPhone,
    /// Rostered time for put-off work: paid, no rest.
    Paperwork,
}

impl PauseKind {
    /// Whether it is a break: rest, of which a team may allow only so many at once.
    pub fn is_break(self) -> bool {
        matches!(self, PauseKind::PaidBreak | PauseKind::UnpaidBreak)
    }
}

/// What happens at closing time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closing {
    /// Those waiting are served by whoever is still on shift.
    FinishQueue,
    /// Agents on shift at closing stay until the queue is empty.
    StayToFinish,
    /// Those waiting are turned away at closing.
    TurnAway,
}

/// What happens at the end of a shift to an agent who is busy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShiftEnd {
    /// Call and wrap are finished, then the agent leaves.
    FinishWork,
    /// The call is finished; wrap is put off.
    FinishCall,
    /// No new call in the last minutes; a call in hand is finished with its wrap.
    StopEarly(Micros),
}

/// How much of the talk needed is left to the agent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum TalkPolicy {
    /// The call decides.
    AsNeeded,
    /// Talk beyond `within` is compressed under `pressure` (0 to 1).
    Target {
        /// Talk target.
        within: Micros,
        /// Share of the overshoot that is cut.
        pressure: f64,
    },
}

/// What decides wrap, and what becomes of work that is cut.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WrapPolicy {
    /// The rule.
    pub rule: WrapRule,
    /// Wrap lasts at least this long.
    pub minimum: Micros,
    /// Probability that the work cut from a call is done faster, nothing lost.
    pub absorbed: f64,
    /// Probability that it is dropped; else it is deferred.
    pub dropped: f64,
}

impl WrapPolicy {
    /// Whether any of the work cut is deferred: the uniform that decides is below 1.
    pub fn puts_off(&self) -> bool {
        self.rule != WrapRule::AsNeeded && self.absorbed + self.dropped < 1.0
    }
}

/// The rule for wrap done, given wrap required.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum WrapRule {
    /// The work decides.
    AsNeeded,
    /// Agents compress the overshoot over a target.
    Target {
        /// The target.
        within: Micros,
        /// Share of the overshoot that is cut, 0 to 1.
        pressure: f64,
    },
    /// The system makes the agent available at the cap.
    Cap {
        /// The cap.
        within: Micros,
    },
    /// Beyond `within` wrap goes on only while no caller waits whom nobody else can answer.
    Adaptive {
        /// From when on the agent can be released.
        within: Micros,
    },
    /// What lies beyond `within` is put off to rostered paperwork time.
    Scheduled {
        /// At most so long at once.
        within: Micros,
    },
}

/// When put-off work is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backlog {
    /// Put-off work takes this many times as long.
    pub resume: f64,
    /// Whether it is done when no caller waits.
    pub in_idle_time: bool,
    /// Whether a call interrupts it.
    pub interruptible: bool,
    /// At most this much overtime after a shift.
    pub overtime: Micros,
}

/// Resolution, second attempts and satisfaction.
#[derive(Debug, Clone, PartialEq)]
pub struct Response {
    /// Probability that an answered call resolves its case (r0).
    pub resolved: f64,
    /// Loss of resolution where work was dropped (κ).
    pub loss_dropped: f64,
    /// Loss of resolution per share of required wrap that was dropped (ρ).
    pub loss_share: f64,
    /// Loss of resolution per share of talk that was cut (κ_T).
    pub loss_talk: f64,
    /// Probability that an answered, unresolved case calls again (q).
    pub repeats: f64,
    /// Delay of a repeat, from the end of wrap.
    pub repeat_delay: Law,
    /// Probability that an abandoned caller tries again.
    pub redials: f64,
    /// Delay of a redial.
    pub redial_delay: Law,
    /// Most redials of a case.
    pub redials_at_most: u32,
    /// Probability that a redial that would fall outside opening hours is made on the next open day.
    pub after_closing: f64,
    /// Calls asking after put-off work, per open day while it is pending.
    pub chase: f64,
    /// Satisfaction's coefficients.
    pub satisfaction: Satisfaction,
}

/// Coefficients of the logit of satisfaction.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Satisfaction {
    /// b0.
    pub base: f64,
    /// bw, per minute waited over all attempts.
    pub per_minute: f64,
    /// bn, per contact after the first.
    pub per_contact: f64,
    /// bu, when unresolved.
    pub unresolved: f64,
    /// bx, when never answered.
    pub never_answered: f64,
}

/// A range that a result is expected in.
#[derive(Debug, Clone, PartialEq)]
pub struct Expectation {
    /// The option's name.
    pub option: String,
    /// The measure, for example `service_level` or `queues.NAME.service_level`.
    pub measure: String,
    /// Lowest value expected.
    pub low: f64,
    /// Highest value expected.
    pub high: f64,
}

/// Where a number comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Provenance {
    /// Path of the key.
    pub path: String,
    /// The source, or the reason for an assumption.
    pub text: String,
    /// Whether it is assumed.
    pub assumed: bool,
}
