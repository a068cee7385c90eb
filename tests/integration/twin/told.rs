//! What a simulator told of a run, in a form that two simulators can be compared by: every call, case, shift and
//! spell, sorted.

use answerable::engine::{Activity, Call, CallKind, CaseSummary, Handling, Observer, ShiftSummary};
use answerable::random::CaseId;
use answerable::unit::Micros;

/// One attempt of a case, as far as an observer can see it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Attempt {
    pub(super) id: CaseId,
    pub(super) kind: CallKind,
    pub(super) redial: bool,
    pub(super) attempt: u16,
    pub(super) queue: u16,
    /// Number of the chase and of the attempt within it; nought for any other call.
    pub(super) chase: (u16, u16),
    pub(super) cell: u32,
    pub(super) arrived: Micros,
    /// When the caller rang off to be called back.
    pub(super) rung_off: Option<Micros>,
    /// How often the caller was passed on before.
    pub(super) leg: u8,
}

impl From<&Call> for Attempt {
    fn from(call: &Call) -> Attempt {
        let is_chase = call.kind == CallKind::Chase;
        Attempt {
            id: call.id,
            kind: call.kind,
            redial: call.redial,
            attempt: call.attempt,
            queue: call.queue,
            chase: if is_chase { (call.chase, call.chase_attempt) } else { (0, 0) },
            cell: call.cell,
            arrived: call.arrived,
            rung_off: call.awaits_callback().then_some(call.rung_off),
            leg: call.leg,
        }
    }
}

/// One thing told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Told {
    Offered(Attempt, Micros),
    Blocked(Attempt, Micros),
    Balked(Attempt, Micros),
    LeftInMenu(Attempt, Micros),
    CalledBack(Attempt, u32, Micros),
    CallbackFailed(Attempt, Micros),
    Outage(Micros, Option<usize>),
    LostInOutage(Attempt, Micros),
    Answered(Attempt, u32, Micros),
    Abandoned(Attempt, Micros),
    TurnedAway(Attempt, Micros),
    StillWaiting(Attempt, Micros),
    /// To which queue, and whether because the agent could not resolve the call.
    PassedOn(Attempt, u16, bool, Micros),
    Handled(Attempt, Handling),
    Rostered {
        agent: u32,
        day: u32,
        shift: u32,
        absent: bool,
    },
    Started {
        agent: u32,
        at: Micros,
    },
    Spent {
        agent: u32,
        activity: Activity,
        from: Micros,
        to: Micros,
    },
    Left(ShiftSummary),
    CaughtUp {
        agent: u32,
        size: Micros,
        put_off: Micros,
        at: Micros,
    },
    NeverCaughtUp {
        agent: u32,
        size: Micros,
    },
    Closed(CaseSummary),
}

impl Told {
    /// Sorts by time, so that the first difference of two logs is the earliest; what has no time comes last.
    fn key(&self) -> [u64; 5] {
        let of_call =
            |at: Micros, rank: u64, a: &Attempt| [at, rank, a.id.0, u64::from(a.attempt), u64::from(a.leg)];
        match self {
            Told::Offered(a, at) => of_call(*at, 0, a),
            Told::Blocked(a, at) => of_call(*at, 13, a),
            Told::Balked(a, at) => of_call(*at, 14, a),
            Told::LeftInMenu(a, at) => of_call(*at, 15, a),
            Told::CalledBack(a, _, at) => of_call(*at, 16, a),
            Told::CallbackFailed(a, at) => of_call(*at, 17, a),
            Told::Outage(at, site) => [*at, 18, site.map_or(0, |site| site as u64 + 1), 0, 0],
            Told::LostInOutage(a, at) => of_call(*at, 19, a),
            Told::Answered(a, _, at) => of_call(*at, 1, a),
            Told::PassedOn(a, _, _, at) => of_call(*at, 20, a),
            Told::Abandoned(a, at) => of_call(*at, 2, a),
            Told::TurnedAway(a, at) => of_call(*at, 3, a),
            Told::StillWaiting(a, at) => of_call(*at, 4, a),
            Told::Handled(a, h) => of_call(h.wrap_end, 5, a),
            Told::Spent { agent, from, to, .. } => [*to, 6, u64::from(*agent), *from, 0],
            Told::Started { agent, at } => [*at, 7, u64::from(*agent), 0, 0],
            Told::Left(s) => [s.left, 8, u64::from(s.agent), u64::from(s.day), 0],
            Told::CaughtUp { agent, size, put_off, at } => [*at, 9, u64::from(*agent), *put_off, *size],
            Told::NeverCaughtUp { agent, size } => [u64::MAX, 10, u64::from(*agent), *size, 0],
            Told::Closed(case) => [u64::MAX, 11, case.id.0, 0, 0],
            Told::Rostered { agent, day, .. } => [u64::MAX, 12, u64::from(*day), u64::from(*agent), 0],
        }
    }
}

/// Collects what is told, in order of time or, where that is left to the engine, in any.
#[derive(Debug, Default)]
pub(super) struct Log<const ANY_ORDER: bool = false> {
    told: Vec<Told>,
}

impl<const ANY_ORDER: bool> Log<ANY_ORDER> {
    pub(super) fn tell(&mut self, told: Told) {
        self.told.push(told);
    }

    /// Everything told, sorted, with neighbouring spells of one activity made one: where a spell is cut in two (at the
    /// change from one shift to the next, say) is the simulator's own affair.
    pub(super) fn sorted(self) -> Vec<Told> {
        let (mut spells, mut told): (Vec<Told>, Vec<Told>) =
            self.told.into_iter().partition(|t| matches!(t, Told::Spent { .. }));
        spells.sort_by_key(|t| match t {
            Told::Spent { agent, from, to, .. } => (*agent, *from, *to),
            _ => unreachable!("only spells are here"),
        });
        let mut merged: Vec<Told> = Vec::new();
        for spell in spells {
            if let (
                Some(Told::Spent { agent, activity, to, .. }),
                Told::Spent { agent: next_agent, activity: next, from, to: until },
            ) = (merged.last_mut(), spell)
                && (*agent, *activity, *to) == (next_agent, next, from)
            {
                *to = until;
            } else {
                merged.push(spell);
            }
        }
        told.extend(merged);
        told.sort_by_key(Told::key);
        told
    }
}

impl<const ANY_ORDER: bool> Observer for Log<ANY_ORDER> {
    const ANY_ORDER: bool = ANY_ORDER;

    fn offered(&mut self, call: &Call, now: Micros) {
        self.tell(Told::Offered(call.into(), now));
    }
    fn blocked(&mut self, call: &Call, now: Micros) {
        self.tell(Told::Blocked(call.into(), now));
    }
    fn called_back(&mut self, call: &Call, agent: u32, reached: Micros) {
        self.tell(Told::CalledBack(call.into(), agent, reached));
    }
    fn callback_failed(&mut self, call: &Call, now: Micros) {
        self.tell(Told::CallbackFailed(call.into(), now));
    }
    fn outage(&mut self, now: Micros, site: Option<usize>) {
        self.tell(Told::Outage(now, site));
    }
    fn lost_in_outage(&mut self, call: &Call, now: Micros) {
        self.tell(Told::LostInOutage(call.into(), now));
    }
    fn left_in_menu(&mut self, call: &Call, now: Micros) {
        self.tell(Told::LeftInMenu(call.into(), now));
    }
    fn balked(&mut self, call: &Call, now: Micros) {
        self.tell(Told::Balked(call.into(), now));
    }
    fn answered(&mut self, call: &Call, agent: u32, now: Micros) {
        self.tell(Told::Answered(call.into(), agent, now));
    }
    fn abandoned(&mut self, call: &Call, now: Micros) {
        self.tell(Told::Abandoned(call.into(), now));
    }
    fn turned_away(&mut self, call: &Call, now: Micros) {
        self.tell(Told::TurnedAway(call.into(), now));
    }
    fn still_waiting(&mut self, call: &Call, now: Micros) {
        self.tell(Told::StillWaiting(call.into(), now));
    }
    fn passed_on(&mut self, call: &Call, to: u16, escalated: bool, now: Micros) {
        self.tell(Told::PassedOn(call.into(), to, escalated, now));
    }
    fn handled(&mut self, call: &Call, handling: &Handling) {
        self.tell(Told::Handled(call.into(), *handling));
    }
    fn closed(&mut self, case: &CaseSummary) {
        self.tell(Told::Closed(*case));
    }
    fn rostered(&mut self, agent: u32, day: u32, shift: u32, absent: bool) {
        self.tell(Told::Rostered { agent, day, shift, absent });
    }
    fn started(&mut self, agent: u32, _day: u32, at: Micros) {
        self.tell(Told::Started { agent, at });
    }
    fn spent(&mut self, agent: u32, activity: Activity, from: Micros, to: Micros) {
        self.tell(Told::Spent { agent, activity, from, to });
    }
    fn left(&mut self, shift: &ShiftSummary) {
        self.tell(Told::Left(*shift));
    }
    fn caught_up(&mut self, agent: u32, size: Micros, put_off: Micros, at: Micros) {
        self.tell(Told::CaughtUp { agent, size, put_off, at });
    }
    fn never_caught_up(&mut self, agent: u32, size: Micros) {
        self.tell(Told::NeverCaughtUp { agent, size });
    }
}

/// The first difference between two logs, with the last things on which they agree; `None` if there is none.
pub(super) fn difference(engine: &[Told], twin: &[Told]) -> Option<String> {
    let same = engine.iter().zip(twin).take_while(|(a, b)| a == b).count();
    if same == engine.len() && same == twin.len() {
        return None;
    }
    let mut text = String::new();
    for told in &engine[same.saturating_sub(6)..same] {
        text.push_str(&format!("both:   {told:?}\n"));
    }
    for (name, log) in [("engine", engine), ("twin", twin)] {
        for told in log.iter().skip(same).take(3) {
            text.push_str(&format!("{name}: {told:?}\n"));
        }
    }
    Some(text)
}
