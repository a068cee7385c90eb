//! The results of a study as estimates: what every file, table and chart is made from.

use crate::experiment::{
    Comparison, Conclusion, Figure, OptionOutcome, Outcome, Place, WeekdayComparison, both, compare,
    conclude, each, figures, tie, weekday_comparisons, weekday_figures, weekday_places,
};
use crate::scenario::{Setting, Study};
use crate::statistics::Quotient;

/// All figures of a study.
#[derive(Debug)]
pub struct Summary<'a> {
    /// The study.
    pub study: &'a Study,
    /// What its replications brought.
    pub outcome: &'a Outcome,
    /// Each option under each view.
    pub options: Vec<OptionSummary<'a>>,
    /// What may be concluded from all options of a view together.
    pub conclusions: Vec<Conclusion>,
}

/// All figures of an option.
#[derive(Debug)]
pub struct OptionSummary<'a> {
    /// The option.
    pub setting: &'a Setting,
    /// What its replications brought.
    pub outcome: &'a OptionOutcome,
    /// Figures of the centre, of each queue, of each team and of each of several sites.
    pub places: Vec<(Place, Vec<Figure>)>,
    /// Comparisons with the base under the same view, by place; empty for the base itself.
    pub comparisons: Vec<(Place, Vec<Comparison>)>,
    /// More minutes waited for each matter more that is settled, against the base; none for the base itself.
    pub tie: Option<Quotient>,
    /// The base it is compared with, by its number among the options.
    pub base: usize,
    /// The weekdays of a horizon of several, from Monday, on which anybody calls or is at work.
    pub weekdays: Vec<WeekdaySummary>,
}

/// What a weekday came to.
#[derive(Debug, Default)]
pub struct WeekdaySummary {
    /// Which (0 is Monday).
    pub weekday: usize,
    /// How many measured days are one.
    pub days: usize,
    /// Figures of the centre, and of each queue, team and site of several.
    pub places: Vec<(Place, Vec<Figure>)>,
    /// Comparisons with the base under the same view, by place; empty for the base itself.
    pub comparisons: Vec<(Place, Vec<WeekdayComparison>)>,
}

impl WeekdaySummary {
    /// The comparison of a measure at a place, where there is one.
    pub fn comparison(&self, place: Place, id: &str) -> Option<&WeekdayComparison> {
        let rows = &self.comparisons.iter().find(|(known, _)| *known == place)?.1;
        rows.iter().find(|row| row.alone.measure.id == id)
    }
}

/// The weekdays of an option and, where it is not the base itself, what they differ from the base's.
fn weekdays(
    option: (&Setting, &OptionOutcome),
    base: Option<(&Setting, &OptionOutcome)>,
    matters: &dyn Fn(&str) -> f64,
) -> Vec<WeekdaySummary> {
    let days = |weekday| option.1.weekdays.days(weekday);
    let mut week: Vec<WeekdaySummary> =
        (0..7).map(|weekday| WeekdaySummary { weekday, days: days(weekday), ..Default::default() }).collect();
    for place in weekday_places(option.0) {
        for (one, figures) in week.iter_mut().zip(weekday_figures(option, place)) {
            one.places.extend((!figures.is_empty()).then_some((place, figures)));
        }
        let Some(base) = base else { continue };
        let rows = weekday_comparisons(base, option, place, matters);
        for (one, rows) in week.iter_mut().zip(rows) {
            one.comparisons.extend((!rows.is_empty()).then_some((place, rows)));
        }
    }
    week.retain(|one| !one.places.is_empty());
    week
}

impl OptionSummary<'_> {
    /// The figure of a measure for the whole centre.
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        self.places.first()?.1.iter().find(|f| f.measure.id == id)
    }

    /// The mean of a measure for the whole centre, where it exists.
    pub fn mean(&self, id: &str) -> Option<f64> {
        self.figure(id)?.value.as_ref().ok().map(|e| e.mean)
    }

    /// The mean of a measure at a place, where it exists.
    pub fn mean_of(&self, place: Place, id: &str) -> Option<f64> {
        let figures = &self.places.iter().find(|(known, _)| *known == place)?.1;
        figures.iter().find(|f| f.measure.id == id)?.value.as_ref().ok().map(|e| e.mean)
    }

    /// The comparison of a measure for the whole centre.
    pub fn comparison(&self, id: &str) -> Option<&Comparison> {
        self.comparisons.first()?.1.iter().find(|c| c.measure.id == id)
    }

    /// The figure of `service_level`, `queues.NAME.service_level` or `teams.NAME.occupancy`.
    pub fn named(&self, path: &str) -> Option<&Figure> {
        let (place, id) = match path.split_once('.') {
            None => (Place::Centre, path),
            Some((kind, rest)) => {
                let (name, id) = rest.rsplit_once('.')?;
                let name = name.trim_matches('"');
                match kind {
                    "queues" => (Place::Queue(self.setting.queues.iter().position(|q| q.name == name)?), id),
                    "teams" => (Place::Team(self.setting.teams.iter().position(|t| t.name == name)?), id),
                    "sites" => (Place::Site(self.setting.sites.iter().position(|site| site == name)?), id),
                    _ => return None,
                }
            }
        };
        self.places.iter().find(|(p, _)| *p == place)?.1.iter().find(|f| f.measure.id == id)
    }
}

/// An option, what its replications brought, and the figures of its places.
type Known<'k> = (&'k Setting, &'k OptionOutcome, &'k [(Place, Vec<Figure>)]);

/// Works out all figures of a study.
pub fn summarise<'a>(study: &'a Study, outcome: &'a Outcome) -> Summary<'a> {
    let own: Vec<_> = study.options.iter().zip(&outcome.options).collect();
    let (mut figures, conclusions) =
        both(|| each(&own, |(setting, outcome)| all_figures(setting, outcome)), || conclude(study, outcome));
    let base_of = |number: usize| {
        let view = &study.options[number].view;
        study.options.iter().position(|other| other.view == *view).unwrap_or(number)
    };
    let numbers: Vec<usize> = (0..own.len()).collect();
    let known = |number: usize| (own[number].0, own[number].1, figures[number].as_slice());
    let differences = each(&numbers, |number| {
        let base = base_of(*number);
        differences(study, known(*number), (base != *number).then(|| known(base)))
    });
    let options = numbers.into_iter().zip(differences).map(|(number, differences)| OptionSummary {
        setting: own[number].0,
        outcome: own[number].1,
        places: std::mem::take(&mut figures[number]),
        base: base_of(number),
        comparisons: differences.comparisons,
        tie: differences.tie,
        weekdays: differences.weekdays,
    });
    Summary { study, outcome, options: options.collect(), conclusions }
}

/// What an option differs from its base, and its weekdays.
struct Differences {
    comparisons: Vec<(Place, Vec<Comparison>)>,
    tie: Option<Quotient>,
    weekdays: Vec<WeekdaySummary>,
}

fn differences(study: &Study, option: Known<'_>, base: Option<Known<'_>>) -> Differences {
    let matters = |id: &str| study.matters.iter().find(|m| m.0 == id).map_or(0.0, |m| m.1);
    let (setting, outcome, places) = option;
    let compared = |(place, own): &(Place, Vec<Figure>)| {
        let first = base?;
        let (there, figures) = counterpart(first, setting, *place)?;
        Some((*place, compare((first.1, figures), (outcome, own), (*there, *place), &matters)))
    };
    Differences {
        comparisons: places.iter().filter_map(compared).collect(),
        tie: base.and_then(|first| tie(first.1, outcome)),
        weekdays: weekdays((setting, outcome), base.map(|first| (first.0, first.1)), &matters),
    }
}

/// The figures of every place of an option.
fn all_figures(setting: &Setting, outcome: &OptionOutcome) -> Vec<(Place, Vec<Figure>)> {
    std::iter::once(Place::Centre)
        .chain((0..setting.queues.len()).map(Place::Queue))
        .chain((0..setting.teams.len()).map(Place::Team))
        .chain((0..setting.sites_told_apart()).map(Place::Site))
        .map(|place| (place, figures(setting, outcome, place)))
        .collect()
}

/// The base's figures of the same queue, team or site, known by name.
fn counterpart<'s>(
    (base, _, places): Known<'s>,
    setting: &Setting,
    place: Place,
) -> Option<&'s (Place, Vec<Figure>)> {
    let wanted = match place {
        Place::Centre => Place::Centre,
        Place::Queue(q) => {
            let name = &setting.queues[q].name;
            Place::Queue(base.queues.iter().position(|other| other.name == *name)?)
        }
        Place::Team(t) => {
            let name = &setting.teams[t].name;
            Place::Team(base.teams.iter().position(|other| other.name == *name)?)
        }
        Place::Site(s) => {
            let name = &setting.sites[s];
            Place::Site(base.sites.iter().position(|other| other == name)?)
        }
    };
    places.iter().find(|(p, _)| *p == wanted)
}
