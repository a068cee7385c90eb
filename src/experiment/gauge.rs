//! A figure that is asked for by name: of the centre, of a queue, of a team or of a site.

use super::figures::{Figure, Place, figure_at};
use super::outcome::OptionOutcome;
use crate::measure::{CATALOGUE, Formula, Measure, Scope, WaitFigure, find};
use crate::scenario::{Setting, Study, nearest};

/// A measure at a place: "service_level", "queues.enquiries.service_level", "teams.core.occupancy".
#[derive(Debug, Clone, PartialEq)]
pub struct Gauge {
    /// As it was written.
    pub path: String,
    /// What is measured.
    pub measure: &'static Measure,
    of: Of,
}

#[derive(Debug, Clone, PartialEq)]
enum Of {
    Centre,
    Queue(String),
    Team(String),
    Site(String),
}

impl Gauge {
    /// Reads the name of a figure that some option of a study has, and that has an interval.
    ///
    /// # Errors
    /// What is wrong, and what to write instead.
    pub fn parse(path: &str, study: &Study) -> Result<Gauge, String> {
        let (of, id) = place(path)?;
        let measure = find(id).ok_or_else(|| {
            let help =
                nearest(id, CATALOGUE.iter().map(|m| m.id)).map(|near| format!("did you mean {near}?"));
            let help =
                help.unwrap_or_else(|| "results.json lists every measure under \"definitions\"".into());
            format!("there is no measure \"{id}\"; {help}")
        })?;
        let gauge = Gauge { path: path.to_owned(), measure, of };
        gauge.fits(study).map(|()| gauge)
    }

    /// Whether it is the same figure, however it was written.
    pub fn same(&self, other: &Gauge) -> bool {
        self.measure.id == other.measure.id && self.of == other.of
    }

    /// Whether there is such a figure, and it has an interval.
    fn fits(&self, study: &Study) -> Result<(), String> {
        let id = self.measure.id;
        if self.measure.formula == Formula::Wait(WaitFigure::Longest) {
            return Err(format!("{id} has no interval, so no precision; wait_p99 has one"));
        }
        let wrong = match (&self.of, self.measure.scope) {
            (Of::Queue(_), Scope::Calls) | (Of::Team(_), Scope::Staff) => None,
            (Of::Centre, Scope::Calls | Scope::Staff | Scope::Centre) => None,
            (Of::Site(_), Scope::Calls | Scope::Staff | Scope::Site) => None,
            (_, Scope::Site) => Some("sites.NAME."),
            (_, Scope::Calls) => Some("queues.NAME."),
            (_, Scope::Staff) => Some("teams.NAME."),
            (_, Scope::Centre) => Some(""),
        };
        if let Some(right) = wrong {
            return Err(format!("there is no {}; write {right}{id}", self.path));
        }
        if study.options.iter().any(|option| self.place(option).is_some()) {
            return Ok(());
        }
        let (noun, name) = match &self.of {
            Of::Queue(name) => ("queue", name),
            Of::Team(name) => ("team", name),
            Of::Site(name) => ("site", name),
            Of::Centre => return Err("the study has no options".into()),
        };
        let known = study.options.iter().flat_map(|o| match noun {
            "queue" => o.queues.iter().map(|q| q.name.as_str()).collect::<Vec<_>>(),
            "site" => o.sites.iter().map(String::as_str).collect(),
            _ => o.teams.iter().map(|t| t.name.as_str()).collect(),
        });
        let help = nearest(name, known).map(|near| format!("did you mean \"{near}\"?"));
        let help = help.unwrap_or_else(|| format!("name a {noun} as it stands in the file"));
        Err(format!("no option has a {noun} \"{name}\"; {help}"))
    }

    /// Its place in an option; none where that has no such queue or team.
    pub fn place(&self, option: &Setting) -> Option<Place> {
        match &self.of {
            Of::Centre => Some(Place::Centre),
            Of::Queue(name) => option.queues.iter().position(|q| q.name == *name).map(Place::Queue),
            Of::Team(name) => option.teams.iter().position(|t| t.name == *name).map(Place::Team),
            Of::Site(name) => {
                let known = &option.sites[..option.sites_told_apart()];
                known.iter().position(|site| site == name).map(Place::Site)
            }
        }
    }

    /// The figure of an option; none where that has no such queue or team.
    pub(super) fn figure(&self, option: &Setting, outcome: &OptionOutcome) -> Option<Figure> {
        Some(figure_at(self.measure, option, outcome, self.place(option)?))
    }

    /// The share of calls to be answered in time, where the figure is one that a target of the scenario is for and all its
    /// queues have the same.
    pub fn target(&self, option: &Setting) -> Option<f64> {
        if self.measure.id != "service_level" {
            return None;
        }
        let shares: Vec<f64> = match self.place(option)? {
            Place::Queue(q) => vec![option.queues.get(q)?.target_share],
            Place::Site(s) => option.sent_to(s).map(|q| q.target_share).collect(),
            _ => option.queues.iter().map(|q| q.target_share).collect(),
        };
        let first = shares.first().copied()?;
        shares.iter().all(|share| *share == first).then_some(first)
    }
}

/// Which place a path is of, and the measure's identifier.
fn place(path: &str) -> Result<(Of, &str), String> {
    let Some((section, rest)) = path.split_once('.') else { return Ok((Of::Centre, path)) };
    let parts = rest.rsplit_once('.').map(|(name, id)| (name.trim_matches('"').to_owned(), id));
    match (section, parts) {
        ("queues", Some((name, id))) => Ok((Of::Queue(name), id)),
        ("teams", Some((name, id))) => Ok((Of::Team(name), id)),
        ("sites", Some((name, id))) => Ok((Of::Site(name), id)),
        _ => Err(format!(
            "\"{path}\" is not a measure; write one such as service_level, queues.NAME.service_level, \
             teams.NAME.occupancy or sites.NAME.occupancy"
        )),
    }
}
