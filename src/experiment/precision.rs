//! Precision on request: which figures are wanted how closely, and whether they are.

use super::gauge::Gauge;
use super::stretch::Stretch;
use crate::scenario::Study;
use crate::statistics::{Precision, excess};

/// A figure that is wanted to a precision, in every option and view that has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// As it was written, such as "queues.enquiries.service_level".
    pub path: String,
    /// How closely.
    pub precision: Precision,
    gauge: Gauge,
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
        let gauge = Gauge::parse(path, study)?;
        Ok(Wanted { path: path.to_owned(), precision, gauge })
    }

    /// How closely it is known after some replications.
    fn attained(&self, study: &Study, stretch: &Stretch) -> Attained {
        let mut found: Option<(f64, Attained)> = None;
        let mut exists = false;
        for (number, (option, outcome)) in study.options.iter().zip(&stretch.options).enumerate() {
            let Some(figure) = self.gauge.figure(option, outcome) else { continue };
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
