//! The figures of each weekday, option by option, with what they differ from the base's.

use super::cell::{Cell, compared, own};
use super::days::labelled;
use crate::report::answer::some;
use crate::report::sentence::capitalised;
use crate::report::stored::{
    ComparisonResult, Difference, Estimate, Named, OptionResult, PlaceDifferences, Results, TeamResult,
    WeekdayDifferences, WeekdayResult,
};
use crate::unit::Weekday;
use serde::Serialize;

/// The weekdays of every option.
#[derive(Debug, Serialize)]
pub(super) struct Weekdays {
    /// Whether any option is compared with another.
    compares: bool,
    /// Options by weekday, in one figure, where there are several.
    options: Option<Grid>,
    /// Every option by itself.
    weeks: Vec<Week>,
    /// What is not told by weekday, and why.
    not_told: [&'static str; 3],
}

/// What is not told by weekday, and why.
const NOT_TOLD: [&str; 3] = [
    "The worst interval of the week: it is one of all weekdays. The file of intervals has every one.",
    "Cost per resolved case: what is paid on a weekday is not paid for the cases that began on it. The cost is told.",
    "Differences from the base of other figures than the first table’s and those of which the scenario says what matters \
     or is expected: the files would be several times as large. Each option’s own figures are told.",
];

/// The weekdays of one option.
#[derive(Debug, Serialize)]
struct Week {
    option: String,
    /// On which weekdays it is better than the base, in words; empty for the base.
    said: String,
    /// Heading and definition of each column.
    columns: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    /// Further figures; then its queues, sites and teams, where there are several.
    grids: Vec<Grid>,
    /// What the grids are of: "further figures, queues and teams".
    of: String,
}

/// One weekday, or in a grid what its name says.
#[derive(Debug, Serialize)]
struct Row {
    name: String,
    cells: Vec<Cell>,
}

/// One figure of several things, with a column a weekday.
#[derive(Debug, Serialize)]
struct Grid {
    title: String,
    definition: String,
    /// "Option", "Figure", "Queue", "Team" or "Site".
    kind: &'static str,
    days: Vec<String>,
    rows: Vec<Row>,
}

/// Columns: measure and heading.
const COLUMNS: [(&str, &str); 6] = [
    ("offered", "Calls"),
    ("service_level", "Answered in time"),
    ("abandonment_rate", "Gave up"),
    ("mean_wait", "Mean wait"),
    ("occupancy", "Occupancy"),
    ("hours_signed_on", "Hours signed on"),
];

/// What the grid of all options shows.
const OF_OPTIONS: (&str, &str) = ("service_level", "Answered in time");

/// Further figures of the whole centre, in a grid of their own.
const FURTHER: [&str; 22] = [
    "lost_rate",
    "asa",
    "wait_p50",
    "wait_p90",
    "wait_p99",
    "max_wait",
    "virtual_wait",
    "virtual_within",
    "wait_beyond_target",
    "aht",
    "reached_first_time",
    "first_contact_resolution",
    "failure_demand",
    "caller_effort",
    "satisfaction",
    "utilisation",
    "rest_met",
    "breaks_late",
    "late_finishes",
    "overtime_hours",
    "unpaid_minutes",
    "cost",
];

/// What grids of queues, sites and teams show.
const OF_QUEUES: [(&str, &str); 4] = [
    ("offered", "Calls"),
    ("service_level", "Answered in time"),
    ("mean_wait", "Mean wait"),
    ("wait_p90", "Wait, 90th percentile"),
];
const OF_SITES: [(&str, &str); 4] = [
    ("service_level", "Sent here: answered in time"),
    ("wait_p90", "Sent here: wait, 90th percentile"),
    ("occupancy", "Occupancy"),
    ("hours_signed_on", "Hours signed on"),
];
const OF_TEAMS: [(&str, &str); 2] = [("occupancy", "Occupancy"), ("hours_signed_on", "Hours signed on")];

/// An option with its differences from the base.
#[derive(Clone, Copy)]
struct Told<'a> {
    results: &'a Results,
    option: &'a OptionResult,
    compared: Option<&'a ComparisonResult>,
}

/// Every option's weekdays; none where there is but one.
pub(super) fn of(results: &Results) -> Option<Weekdays> {
    let told = |option| Told {
        results,
        option,
        compared: results.comparisons.iter().find(|c| c.option == option.name && c.view == option.view),
    };
    let all: Vec<Told<'_>> = results.options.iter().map(told).collect();
    let all: Vec<Told<'_>> = all.into_iter().filter(|told| told.option.weekdays.len() > 1).collect();
    (!all.is_empty()).then(|| Weekdays {
        compares: all.iter().any(|told| told.compared.is_some()),
        options: (all.len() > 1).then(|| of_options(results, &all)),
        weeks: all.iter().map(|told| told.week()).collect(),
        not_told: NOT_TOLD,
    })
}

/// The grid of all options.
fn of_options(results: &Results, all: &[Told<'_>]) -> Grid {
    let named = |name: &str| all.iter().any(|told| told.day(name).is_some());
    let days: Vec<&str> = Weekday::NAMES.into_iter().filter(|name| named(name)).collect();
    let row = |told: &Told<'_>| Row {
        name: labelled(results, told.option),
        cells: days
            .iter()
            .map(|name| {
                let own = told.day(name).and_then(|day| day.measures.get(OF_OPTIONS.0));
                told.cell(OF_OPTIONS.0, own, told.against(name).and_then(|d| d.measures.get(OF_OPTIONS.0)))
            })
            .collect(),
    };
    Grid {
        title: OF_OPTIONS.1.to_owned(),
        definition: text(results, OF_OPTIONS.0),
        kind: "Option",
        days: days.iter().map(|name| capitalised(name)).collect(),
        rows: all.iter().map(row).collect(),
    }
}

fn text(results: &Results, id: &str) -> String {
    results.definitions.get(id).map_or_else(String::new, |d| d.text.clone())
}

impl<'a> Told<'a> {
    fn day(&self, name: &str) -> Option<&'a WeekdayResult> {
        self.option.weekdays.iter().find(|day| day.weekday == name)
    }

    fn against(&self, name: &str) -> Option<&'a WeekdayDifferences> {
        self.compared.and_then(|c| c.weekdays.iter().find(|day| day.weekday == name))
    }

    fn cell(&self, id: &str, estimate: Option<&Estimate>, difference: Option<&Difference>) -> Cell {
        let unit = self.results.definitions.get(id).map_or("", |d| d.unit.as_str());
        let cell = match difference {
            Some(difference) => {
                compared(estimate, Some(&difference.beside_others()), unit, &self.results.currency)
            }
            None => own(estimate, unit, &self.results.currency),
        };
        // Seven days stand side by side: lines break between the ends of an interval, not within "1 min 14 s".
        let [figure, interval, range] =
            [&cell.figure, &cell.interval, &cell.range].map(|text| unbroken(text));
        Cell { figure, interval, range, ..cell }
    }

    fn week(&self) -> Week {
        let row = |day: &'a WeekdayResult| {
            let against = self.against(&day.weekday);
            let cell = |(id, _): &(&str, &str)| {
                self.cell(id, day.measures.get(id), against.and_then(|d| d.measures.get(id)))
            };
            Row { name: capitalised(&day.weekday), cells: COLUMNS.iter().map(cell).collect() }
        };
        let names = |of: &'a Named<TeamResult>| of.iter().map(|(name, _)| name).collect::<Vec<_>>();
        let queues: Vec<&str> = self.option.queues.iter().map(|(name, _)| name).collect();
        let (sites, teams) = (names(&self.option.sites), names(&self.option.teams));
        let queues = OF_QUEUES
            .iter()
            .map(|figure| self.grid("Queue", *figure, &queues, |day| &day.queues, |against| &against.queues));
        let sites = OF_SITES
            .iter()
            .map(|figure| self.grid("Site", *figure, &sites, |day| &day.sites, |against| &against.sites));
        let teams = OF_TEAMS
            .iter()
            .map(|figure| self.grid("Team", *figure, &teams, |day| &day.teams, |against| &against.teams));
        let grids: Vec<Grid> =
            std::iter::once(self.further()).chain(queues).chain(sites).chain(teams).flatten().collect();
        let known =
            [("Figure", "further figures"), ("Queue", "queues"), ("Site", "sites"), ("Team", "teams")];
        let of: Vec<String> = known
            .iter()
            .filter(|(kind, _)| grids.iter().any(|grid| grid.kind == *kind))
            .map(|(_, words)| (*words).to_owned())
            .collect();
        Week {
            option: labelled(self.results, self.option),
            said: self.said(),
            columns: COLUMNS.iter().map(|(id, title)| (*title, text(self.results, id))).collect(),
            rows: self.option.weekdays.iter().map(row).collect(),
            of: some(&of, of.len()),
            grids,
        }
    }

    /// Further figures of the whole centre; none where there are none.
    fn further(&self) -> Option<Grid> {
        let days = &self.option.weekdays;
        let row = |id: &str| {
            let cell = |day: &'a WeekdayResult| {
                let against = self.against(&day.weekday).and_then(|d| d.measures.get(id));
                self.cell(id, day.measures.get(id), against)
            };
            let title = self.results.definitions.get(id).map_or(id, |d| d.title.as_str());
            Row { name: title.to_owned(), cells: days.iter().map(cell).collect() }
        };
        let exists =
            |id: &&&str| days.iter().any(|day| day.measures.get(id).is_some_and(|e| e.mean.is_some()));
        let rows: Vec<Row> = FURTHER.iter().filter(exists).map(|id| row(id)).collect();
        (!rows.is_empty()).then(|| Grid {
            title: "Further figures".to_owned(),
            definition: "Calls belong to the day on which they came, cases to that of their first call; what is judged \
                         shift by shift, and pay, to the day on which the shift began; time to the clock."
                .to_owned(),
            kind: "Figure",
            days: days.iter().map(|day| capitalised(&day.weekday)).collect(),
            rows,
        })
    }

    /// One figure of queues, teams or sites by weekday; none where none of them has it.
    fn grid(
        &self,
        kind: &'static str,
        (id, title): (&str, &str),
        names: &[&str],
        own: impl Fn(&'a WeekdayResult) -> &'a Named<TeamResult>,
        against: impl Fn(&'a WeekdayDifferences) -> &'a Named<PlaceDifferences>,
    ) -> Option<Grid> {
        let days = &self.option.weekdays;
        let figure =
            |day: &'a WeekdayResult, name: &str| own(day).get(name).and_then(|part| part.measures.get(id));
        let exists = |name: &str| days.iter().any(|day| figure(day, name).is_some_and(|e| e.mean.is_some()));
        if !names.iter().any(|name| exists(name)) {
            return None;
        }
        let row = |name: &str| Row {
            name: name.to_owned(),
            cells: days
                .iter()
                .map(|day| {
                    let against =
                        self.against(&day.weekday).map(&against).and_then(|places| places.get(name));
                    self.cell(id, figure(day, name), against.and_then(|place| place.measures.get(id)))
                })
                .collect(),
        };
        Some(Grid {
            title: title.to_owned(),
            definition: text(self.results, id),
            kind,
            days: days.iter().map(|day| capitalised(&day.weekday)).collect(),
            rows: names.iter().filter(|name| exists(name)).map(|name| row(name)).collect(),
        })
    }

    /// On which weekdays more or fewer calls are answered in time than with the base.
    fn said(&self) -> String {
        let Some(compared) = self.compared else { return String::new() };
        let of = |verdict: &str| {
            let told = |day: &&WeekdayDifferences| {
                let difference = day.measures.get(OF_OPTIONS.0);
                difference.and_then(|d| d.verdict_together.as_deref()) == Some(verdict)
            };
            let days = compared.weekdays.iter().filter(told).map(|day| day.weekday.as_str());
            days.collect::<Vec<_>>()
        };
        let said = ["better", "worse", "no difference that matters", "cannot be told"]
            .map(|verdict| (verdict, of(verdict)));
        let said: Vec<String> = said
            .iter()
            .filter(|(_, days)| !days.is_empty())
            .map(|(verdict, days)| match days.len() {
                7 => format!("{verdict} on every weekday"),
                _ => format!("{verdict} on {}", told_days(days)),
            })
            .collect();
        if said.is_empty() { String::new() } else { format!("Answered in time: {}.", said.join("; ")) }
    }
}

/// Figures, or an interval of two, in none of which a line may break.
fn unbroken(text: &str) -> String {
    let figures: Vec<String> = text.split(" to ").map(|figure| figure.replace(' ', "\u{a0}")).collect();
    figures.join(" to ")
}

/// Weekdays in words, three and more in a row by the first and the last: "Monday to Thursday and Saturday".
fn told_days(days: &[&str]) -> String {
    let place = |day: &str| Weekday::NAMES.iter().position(|name| *name == day).unwrap_or(0);
    let mut told: Vec<String> = Vec::new();
    for row in days.chunk_by(|a, b| place(a) + 1 == place(b)) {
        match row {
            [first, _, .., last] => told.push(format!("{} to {}", capitalised(first), capitalised(last))),
            _ => told.extend(row.iter().map(|day| capitalised(day))),
        }
    }
    some(&told, told.len())
}

#[cfg(test)]
mod tests {
    use super::{told_days, unbroken};

    #[test]
    fn lines_break_between_the_ends_of_an_interval_alone() {
        assert_eq!(unbroken("1 min 14 s to 2 min"), "1\u{a0}min\u{a0}14\u{a0}s to 2\u{a0}min");
        assert_eq!(unbroken("–"), "–");
    }

    #[test]
    fn days_in_a_row_are_told_by_the_first_and_the_last() {
        assert_eq!(
            told_days(&["monday", "tuesday", "wednesday", "friday"]),
            "Monday to Wednesday and Friday"
        );
        assert_eq!(told_days(&["monday", "tuesday", "thursday"]), "Monday, Tuesday and Thursday");
        assert_eq!(told_days(&["sunday"]), "Sunday");
        assert_eq!(told_days(&["friday", "saturday", "sunday"]), "Friday to Sunday");
    }
}
