//! Precision on request: which figures are wanted how closely, and whether they are.

use super::figures::{Place, figure_at};
use super::stretch::Stretch;
use crate::measure::{CATALOGUE, Formula, Measure, Scope, WaitFigure, find};
use crate::scenario::{Setting, Study, nearest};
use crate::statistics::{Precision, excess};

/// A figure that is wanted to a precision, in every option and view that has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// As it was written, such as "queues.enquiries.service_level".
    pub path: String,
    /// How closely.
    pub precision: Precision,
    measure: &'static Measure,
    of: Of,
}

#[derive(Debug, Clone, PartialEq)]
enum Of {
    Centre,
    Queue(String),
    Team(String),
}

/// How closely a wanted figure is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Attained {
    /// What was wanted.
    pub wanted: Wanted,
    /// Whether every option has it so.
    pub held: bool,
    /// The option farthest from it, by number.
    pub widest: usize,
    /// Half the width of the interval there, and what is allowed; or why there is none.
    pub half_width: Result<(f64, f64), &'static str>,
    /// Why no option at all has the figure.
    pub nowhere: Option<&'static str>,
}

impl Wanted {
    /// Reads `MEASURE=HALF-WIDTH`, the half-width in the measure's own unit, or with % of the figure itself.
    ///
    /// # Errors
    /// What is wrong, and what to write instead.
    pub fn parse(text: &str, study: &Study) -> Result<Wanted, String> {
        let (path, value) = text.split_once('=').ok_or_else(|| {
            format!(
                "\"{text}\" names no precision; write a measure and a half-width, such as service_level=0.005"
            )
        })?;
        let path = path.trim();
        let precision = precision(value.trim()).ok_or_else(|| {
            format!(
                "\"{}\" is no precision; write a number above zero such as 0.005, or 5% for a share of the figure",
                value.trim()
            )
        })?;
        let (of, id) = place(path)?;
        let measure = find(id).ok_or_else(|| {
            let help =
                nearest(id, CATALOGUE.iter().map(|m| m.id)).map(|near| format!("did you mean {near}?"));
            let help =
                help.unwrap_or_else(|| "results.json lists every measure under \"definitions\"".into());
            format!("there is no measure \"{id}\"; {help}")
        })?;
        let wanted = Wanted { path: path.to_owned(), precision, measure, of };
        wanted.fits(study).map(|()| wanted)
    }

    /// Whether there is such a figure, and it has an interval.
    fn fits(&self, study: &Study) -> Result<(), String> {
        let id = self.measure.id;
        if self.measure.formula == Formula::Wait(WaitFigure::Longest) {
            return Err(format!("{id} has no interval, so no precision; wait_p99 has one"));
        }
        let wrong = match (&self.of, self.measure.scope) {
            (Of::Queue(_), Scope::Calls) | (Of::Team(_), Scope::Staff) | (Of::Centre, _) => None,
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
            Of::Centre => return Err("the study has no options".into()),
        };
        let known = study.options.iter().flat_map(|o| match noun {
            "queue" => o.queues.iter().map(|q| q.name.as_str()).collect::<Vec<_>>(),
            _ => o.teams.iter().map(|t| t.name.as_str()).collect(),
        });
        let help = nearest(name, known).map(|near| format!("did you mean \"{near}\"?"));
        let help = help.unwrap_or_else(|| format!("name a {noun} as it stands in the file"));
        Err(format!("no option has a {noun} \"{name}\"; {help}"))
    }

    /// Its place in an option; none where that has no such queue or team.
    fn place(&self, option: &Setting) -> Option<Place> {
        match &self.of {
            Of::Centre => Some(Place::Centre),
            Of::Queue(name) => option.queues.iter().position(|q| q.name == *name).map(Place::Queue),
            Of::Team(name) => option.teams.iter().position(|t| t.name == *name).map(Place::Team),
        }
    }

    /// How closely it is known after some replications.
    fn attained(&self, study: &Study, stretch: &Stretch) -> Attained {
        let mut found: Option<(f64, Attained)> = None;
        let mut exists = false;
        for (number, (option, outcome)) in study.options.iter().zip(&stretch.options).enumerate() {
            let Some(place) = self.place(option) else { continue };
            let figure = figure_at(self.measure, option, outcome, place);
            exists |= figure.value.is_ok();
            let half_width = figure.value.and_then(|estimate| {
                let half = estimate.half_width().ok_or("its interval cannot be worked out")?;
                Ok((half, self.precision.allowed(estimate.mean)))
            });
            let excess = half_width.ok().and_then(|(half, allowed)| excess(half, allowed));
            let rank = excess.unwrap_or(f64::INFINITY);
            if found.as_ref().is_none_or(|(worst, _)| rank > *worst) {
                let held = rank <= 1.0;
                found = Some((
                    rank,
                    Attained { wanted: self.clone(), held, widest: number, half_width, nowhere: None },
                ));
            }
        }
        let (_, mut attained) = found.expect("some option has the place");
        attained.nowhere = attained.half_width.err().filter(|_| !exists);
        attained
    }
}

impl Attained {
    /// How far it is from holding; none where that cannot be said.
    fn excess(&self) -> Option<f64> {
        self.half_width.ok().and_then(|(half, allowed)| excess(half, allowed))
    }
}

/// How closely each wanted figure is known after some replications.
pub fn attained(wanted: &[Wanted], study: &Study, stretch: &Stretch) -> Vec<Attained> {
    wanted.iter().map(|wanted| wanted.attained(study, stretch)).collect()
}

/// How far the farthest is from holding; none where that cannot be said.
pub fn farthest(attained: &[Attained]) -> Option<f64> {
    attained.iter().map(Attained::excess).try_fold(0.0, |worst: f64, excess| excess.map(|e| worst.max(e)))
}

fn precision(text: &str) -> Option<Precision> {
    let (number, relative) = match text.strip_suffix('%') {
        Some(number) => (number.trim_end(), true),
        None => (text, false),
    };
    let value = number.parse::<f64>().ok().filter(|value| value.is_finite() && *value > 0.0)?;
    Some(if relative { Precision::Relative(value / 100.0) } else { Precision::Absolute(value) })
}

/// Which place a path is of, and the measure's identifier.
fn place(path: &str) -> Result<(Of, &str), String> {
    let Some((section, rest)) = path.split_once('.') else { return Ok((Of::Centre, path)) };
    let parts = rest.rsplit_once('.').map(|(name, id)| (name.trim_matches('"').to_owned(), id));
    match (section, parts) {
        ("queues", Some((name, id))) => Ok((Of::Queue(name), id)),
        ("teams", Some((name, id))) => Ok((Of::Team(name), id)),
        _ => Err(format!(
            "\"{path}\" is not a measure; write one such as service_level, queues.NAME.service_level or \
             teams.NAME.occupancy"
        )),
    }
}
