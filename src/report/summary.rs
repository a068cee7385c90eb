//! The results of a study as estimates: what every file, table and chart is made from.

use crate::experiment::{
    Comparison, Conclusion, Figure, OptionOutcome, Outcome, Place, both, compare, conclude, each, figures,
    tie, weekday_figures,
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
}

/// What a weekday came to.
#[derive(Debug)]
pub struct WeekdaySummary {
    /// Which (0 is Monday).
    pub weekday: usize,
    /// How many measured days are one.
    pub days: usize,
    /// Figures of the centre, and of each queue where there are several.
    pub places: Vec<(Place, Vec<Figure>)>,
}

impl OptionSummary<'_> {
    /// The weekdays of a horizon of several, from Monday, on which anybody calls or is at work.
    pub fn weekdays(&self) -> Vec<WeekdaySummary> {
        let of = |weekday: usize| {
            let queues = (0..self.setting.queues.len()).map(Place::Queue);
            let places = std::iter::once(Place::Centre).chain(queues);
            let figures = places.map(|place| (place, weekday_figures(self.outcome, place, weekday)));
            let places: Vec<_> = figures.filter(|(_, figures)| !figures.is_empty()).collect();
            WeekdaySummary { weekday, days: self.outcome.weekdays.days(weekday), places }
        };
        (0..7).map(of).filter(|one| !one.places.is_empty()).collect()
    }

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

/// Works out all figures of a study.
pub fn summarise<'a>(study: &'a Study, outcome: &'a Outcome) -> Summary<'a> {
    let matters = |id: &str| study.matters.iter().find(|m| m.0 == id).map_or(0.0, |m| m.1);
    let own: Vec<_> = study.options.iter().zip(&outcome.options).collect();
    let (figures, conclusions) =
        both(|| each(&own, |(setting, outcome)| all_figures(setting, outcome)), || conclude(study, outcome));
    let mut options: Vec<OptionSummary<'a>> = Vec::new();
    for ((setting, outcome), places) in own.into_iter().zip(figures) {
        let base = options.iter().position(|o| o.setting.view == setting.view).unwrap_or(options.len());
        let mut comparisons = Vec::new();
        if let Some(first) = options.get(base) {
            for (place, own) in &places {
                if let Some(other) = counterpart(first, setting, *place) {
                    let rows =
                        compare((first.outcome, &other.1), (outcome, own), (other.0, *place), &matters);
                    comparisons.push((*place, rows));
                }
            }
        }
        let tie = options.get(base).and_then(|first| tie(first.outcome, outcome));
        options.push(OptionSummary { setting, outcome, places, comparisons, tie, base });
    }
    Summary { study, outcome, options, conclusions }
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
    base: &'s OptionSummary<'_>,
    setting: &Setting,
    place: Place,
) -> Option<&'s (Place, Vec<Figure>)> {
    let wanted = match place {
        Place::Centre => Place::Centre,
        Place::Queue(q) => {
            let name = &setting.queues[q].name;
            Place::Queue(base.setting.queues.iter().position(|other| other.name == *name)?)
        }
        Place::Team(t) => {
            let name = &setting.teams[t].name;
            Place::Team(base.setting.teams.iter().position(|other| other.name == *name)?)
        }
        Place::Site(s) => {
            let name = &setting.sites[s];
            Place::Site(base.setting.sites.iter().position(|other| other == name)?)
        }
    };
    base.places.iter().find(|(p, _)| *p == wanted)
}
