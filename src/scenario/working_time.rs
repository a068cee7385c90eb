//! Rules of working time: weekly hours, daily rest, days in a row. Each breach is a fault that names agent and date.

use super::code::Code;
use super::contract::hours;
use super::fields::Fields;
use super::finding::Findings;
use super::meant::{Shift, Team};
use super::rota::Rota;
use super::tree::Place;
use crate::unit::{DAY, Date, Micros};

/// More breaches than this of one rule in one rota are counted.
const MOST_TOLD: usize = 20;

/// The rules of a scenario.
pub(super) struct Rules {
    weekly: Option<Micros>,
    rest: Option<Micros>,
    days: Option<i64>,
}

/// One shift of an agent: days and microseconds are counted from the midnight of a Monday.
struct Stint {
    day: i64,
    shift: usize,
    place: Place,
}

/// Reads the rules.
pub(super) fn rules(f: &Fields<'_>) -> Rules {
    Rules { weekly: f.length("weekly-hours"), rest: f.length("daily-rest"), days: f.whole("days-in-a-row") }
}

/// Breaches found in one rota, by rule: where, and what to say.
type Breaches = Vec<(Place, String)>;

impl Rules {
    /// Holds a team's rota against the rules; `places` are those of its entries, in order.
    pub(super) fn check(
        &self,
        team: &Team,
        shifts: &[Shift],
        start: Date,
        places: &[Place],
        out: &mut Findings,
    ) {
        if self.weekly.is_none() && self.rest.is_none() && self.days.is_none() || team.agents == 0 {
            return;
        }
        let monday = start.plus(-i64::from(start.weekday().0));
        let mut found: [Breaches; 3] = Default::default();
        match &team.rota {
            // All agents work the same rows, each in another week: the first stands for all.
            Rota::Weeks(rows) => {
                let whole = rows.len() as i64 * 7;
                let stints: Vec<Stint> = (0..2 * whole)
                    .filter_map(|day| {
                        let at = (day % whole) as usize;
                        let shift = team.worked(0, rows[at / 7][at % 7]?);
                        Some(Stint { day, shift, place: *places.get(at)? })
                    })
                    .collect();
                let told = Told { team, shifts, agent: 0, monday };
                self.check_agent(&told, &stints, &mut found);
            }
            // Weeks cut the cycle elsewhere for each group: one agent of each, until weekdays come round, twice.
            Rota::Cycle(cycle) => {
                let whole = 7 * cycle.days.len() as i64;
                let lead = start.days_since(monday);
                for k in 0..team.agents.min(cycle.groups() as u32) {
                    let further = i64::from(k) * cycle.step as i64 - lead;
                    let stints: Vec<Stint> = (0..2 * whole)
                        .filter_map(|day| {
                            let at = (day + further).rem_euclid(cycle.days.len() as i64) as usize;
                            let shift = team.worked(k, cycle.days[at]?);
                            Some(Stint { day, shift, place: *places.get(at)? })
                        })
                        .collect();
                    let told = Told { team, shifts, agent: k, monday };
                    self.check_agent(&told, &stints, &mut found);
                }
            }
            Rota::Dated(dated) => {
                let mut all: Vec<(u32, Stint)> = dated
                    .shifts
                    .iter()
                    .zip(places)
                    .map(|(s, place)| {
                        let shift = team.worked(s.agent, s.shift as usize);
                        (s.agent, Stint { day: s.date.days_since(monday), shift, place: *place })
                    })
                    .collect();
                all.sort_by_key(|(agent, stint)| (*agent, stint.day));
                for of_agent in all.chunk_by(|a, b| a.0 == b.0) {
                    let told = Told { team, shifts, agent: of_agent[0].0, monday };
                    let stints: Vec<&Stint> = of_agent.iter().map(|(_, stint)| stint).collect();
                    self.check_agent(&told, &stints, &mut found);
                }
            }
        }
        found.into_iter().for_each(|breaches| tell(breaches, out));
    }

    fn check_agent<S: std::borrow::Borrow<Stint>>(
        &self,
        told: &Told<'_>,
        stints: &[S],
        found: &mut [Breaches; 3],
    ) {
        let [weekly, rest, days] = found;
        if let Some(most) = self.weekly {
            for week in stints.chunk_by(|a, b| a.borrow().day.div_euclid(7) == b.borrow().day.div_euclid(7)) {
                let paid: Micros = week.iter().map(|s| told.shifts[s.borrow().shift].paid()).sum();
                if paid > most {
                    let last = week[week.len() - 1].borrow();
                    let from = told.date(last.day.div_euclid(7) * 7);
                    let message = format!(
                        "{} has {} paid in the week from {from}, {} more than the {} allowed",
                        told.agent(),
                        hours(paid),
                        hours(paid - most),
                        hours(most)
                    );
                    weekly.push((last.place, message));
                }
            }
        }
        let mut row = 1;
        for pair in stints.windows(2) {
            let (before, after) = (pair[0].borrow(), pair[1].borrow());
            let gap = (after.day - before.day) as u64 * DAY + told.shifts[after.shift].start;
            let free = gap.saturating_sub(told.shifts[before.shift].end);
            if let Some(least) = self.rest.filter(|least| free < *least) {
                let message = format!(
                    "{} has {} of rest before the shift of {}, {} less than the {} asked for",
                    told.agent(),
                    hours(free),
                    told.date(after.day),
                    hours(least - free),
                    hours(least)
                );
                rest.push((after.place, message));
            }
            row = if after.day == before.day + 1 { row + 1 } else { 1 };
            if self.days.is_some_and(|most| row == most + 1) {
                let most = row - 1;
                let message = format!(
                    "{} works more than {most} days in a row up to {}",
                    told.agent(),
                    told.date(after.day)
                );
                days.push((after.place, message));
            }
        }
    }
}

/// Whose rota is told of.
struct Told<'a> {
    team: &'a Team,
    shifts: &'a [Shift],
    agent: u32,
    monday: Date,
}

impl Told<'_> {
    fn date(&self, day: i64) -> Date {
        self.monday.plus(day)
    }

    fn agent(&self) -> String {
        format!("{} of `{}`", self.team.agent_title(self.agent), self.team.name)
    }
}

/// Tells each breach once a place: in a rota by weeks all agents come to it, and come to it again.
fn tell(breaches: Breaches, out: &mut Findings) {
    let mut places: Vec<Place> = Vec::new();
    let mut more = 0;
    for (place, message) in breaches {
        if places.contains(&place) {
            continue;
        }
        if places.len() == MOST_TOLD {
            more += 1;
            continue;
        }
        places.push(place);
        let help = "change a shift here, or the rule in `working-time`";
        out.fault(Code::WorkingTime, place, message, help);
    }
    if let (Some(last), 1..) = (places.last(), more) {
        let message = format!("{more} more breaches of this rule in this rota");
        out.fault(Code::WorkingTime, *last, message, "mend those above, then check again");
    }
}
