//! Outages: for a while the telephone is down, of the whole centre or of a [site](super::site). Whoever is in the menu,
//! waits or talks at its start is lost, and may try again; whoever rings meanwhile hears the busy tone. Wrap goes on, and
//! begins for agents who stayed with a caller passed on. Callbacks promised are kept for the end of the
//! outage; one that an agent is ringing in vain at its start counts as a try.

use super::again::Again;
use super::agent::State;
use super::call::Stage;
use super::observer::Observer;
use super::plan::Plan;
use super::run::Step;
use crate::scenario::{Horizon, Outage};
use crate::unit::Micros;

/// An outage, in moments from the start of the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Down {
    pub(super) start: Micros,
    pub(super) end: Micros,
    /// The only site that is down.
    pub(super) site: Option<usize>,
}

/// Outages of a run, by start; those that begin on no simulated day are left out.
pub(super) fn within(outages: &[Outage], horizon: &Horizon) -> Vec<Down> {
    let mut found: Vec<Down> = outages
        .iter()
        .filter_map(|outage| {
            let day = outage.date.days_since(horizon.first_date());
            let midnight = Plan::day_start(u32::try_from(day).ok().filter(|d| *d < horizon.total_days())?);
            let start = midnight + outage.start;
            Some(Down { start, end: start + outage.length, site: outage.site })
        })
        .collect();
    found.sort_unstable();
    found
}

impl Plan {
    /// The end of the outage of the whole centre that a moment lies in.
    pub(super) fn down_until(&self, now: Micros) -> Option<Micros> {
        let outages = self.door.as_ref()?.outages.iter();
        let whole = outages.filter(|o| o.site.is_none() && o.start <= now && now < o.end);
        whole.map(|outage| outage.end).max()
    }
}

impl<O: Observer> Step<'_, O> {
    /// The telephone goes down.
    pub(super) fn goes_down(&mut self) {
        self.seen.outage(self.e.now, None);
        self.lines_go_down(|_| true);
        for agent in 0..self.e.agents.len() as u32 {
            self.talk_goes_down(agent);
        }
    }

    /// Lines go down: who waits in them is lost, and who is in the menu on the way to them. By identity, an earlier
    /// attempt of a case before a later one: several may be lost at once where they chase put-off work, and the case may
    /// have fewer redials left than that.
    pub(super) fn lines_go_down(&mut self, goes_down: impl Fn(usize) -> bool) {
        let mut lost = Vec::new();
        for line in (0..self.e.lines.len()).filter(|line| goes_down(*line)) {
            for call in std::mem::take(&mut self.e.lines[line]) {
                match self.e.calls[call].stage {
                    Stage::Waiting => {
                        self.e.patience.withdraw(call);
                        lost.push(call);
                    }
                    Stage::Callback => self.rests_until_up(call),
                    _ => self.e.calls.remove(call),
                }
            }
            self.e.waiting.empties(line);
        }
        let calls = &self.e.calls;
        lost.extend(
            calls.at(Stage::Menu).into_iter().filter(|call| goes_down(usize::from(calls[*call].line))),
        );
        lost.sort_unstable_by_key(|call| (self.e.calls[*call].id.0, self.e.calls[*call].attempt));
        for call in lost {
            self.line_is_cut(call);
        }
    }

    /// Who waits, or is in the menu, is lost.
    fn line_is_cut(&mut self, call: u32) {
        if self.e.calls[call].stage == Stage::Menu {
            self.seen.offered(&self.e.calls[call], self.e.now);
            self.is_lost(call, true);
            // The slot is free when the menu would have ended.
            self.e.calls[call].stage = Stage::Void;
        } else {
            self.is_lost(call, false);
            self.e.calls.remove(call);
        }
    }

    /// Who talks to an agent, if anybody does, is lost.
    pub(super) fn talk_goes_down(&mut self, agent: u32) {
        if self.e.agents[agent as usize].state == State::Talk {
            self.loses_the_call(agent);
        }
    }

    /// A caller on the line, not yet answered, is lost.
    fn is_lost(&mut self, call: u32, in_menu: bool) {
        let now = self.e.now;
        self.birth(call);
        let c = self.e.calls[call];
        self.release_line(&c);
        if !in_menu {
            self.e.cases[c.case].waited += now - c.arrived;
        }
        self.seen.lost_in_outage(&c, now);
        self.leave_alone(call);
        self.redial(&c);
    }

    /// An agent's caller is lost in the middle of the call; or nobody had answered the agent's ringing.
    fn loses_the_call(&mut self, agent: u32) {
        let now = self.e.now;
        self.note_spell(agent);
        let a = self.e.agents[agent as usize];
        if self.e.calls[a.call].not_reached {
            self.is_not_reached(a.call);
        } else {
            self.birth(a.call);
            let c = self.e.calls[a.call];
            self.release_line(&c);
            let case = &mut self.e.cases[c.case];
            case.talked += now.saturating_sub(a.answered);
            if !c.awaits_callback() {
                case.waited += a.answered - c.arrived;
            }
            self.seen.lost_in_outage(&c, a.answered.min(now));
            self.leave_alone(a.call);
            self.is_away(a.call);
        }
        self.free(agent);
    }

    /// Whether a caller's line is down.
    pub(super) fn is_down(&self, call: u32) -> bool {
        self.line_down_until(usize::from(self.e.calls[call].line)).is_some()
    }

    /// A callback waits for the end of the outage.
    pub(super) fn rests_until_up(&mut self, call: u32) {
        let up = self.line_down_until(usize::from(self.e.calls[call].line)).unwrap_or(self.e.now);
        self.e.calls[call].stage = Stage::Resting;
        let again = Again::underway(up, call, &self.e.calls[call]);
        self.come_back(again);
    }
}
