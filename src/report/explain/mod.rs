//! The model of a scenario in plain words: what is simulated, of which base, and what is left out. Terms of the trade
//! are explained where they are first used.

mod callers;
mod centre;
mod left_out;
mod origin;
mod passing;
mod routing;
mod staff;
mod text;

pub use left_out::left_out;
pub use origin::{Origin, origin_words};
pub use text::{explanation_text, tried_text};

use super::sentence::{number, time};
use crate::law::Law;
use crate::scenario::Study;

/// A part of an explanation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// What it is about.
    pub title: &'static str,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

/// Explains a scenario: the base, as the first option of every result.
pub fn explain(study: &Study) -> Vec<Section> {
    let base = &study.options[0];
    vec![
        Section { title: "Time", paragraphs: centre::time_simulated(study) },
        Section { title: "Callers", paragraphs: callers::arriving(base) },
        Section {
            title: "A call",
            paragraphs: [callers::served(base), routing::answering(base), passing::passing_on(base)].concat(),
        },
        Section { title: "Second attempts", paragraphs: callers::again(&base.response) },
        Section { title: "Staff", paragraphs: staff::teams(base) },
        Section { title: "Work after a call", paragraphs: staff::wrap(base) },
        Section { title: "Satisfaction", paragraphs: vec![callers::satisfied(&base.response)] },
        Section { title: "Options and chance", paragraphs: centre::compared(study) },
    ]
}

/// A law of a length of time in words: "2 min 20 s on average (lognormal, coefficient of variation 0.9)".
fn law(law: &Law) -> String {
    let mean = time(law.mean());
    let spread =
        |name: &str| format!("{mean} on average ({name}, coefficient of variation {})", decimal(law.cv()));
    match law {
        Law::Deterministic { .. } => format!("always {mean}"),
        Law::Exponential { .. } => format!("{mean} on average (exponential)"),
        Law::Uniform { low, high } => {
            format!("anything from {} to {}, each as likely", time(*low), time(*high))
        }
        Law::Triangular { low, mode, high } => {
            format!("{} to {}, most often {} (triangular)", time(*low), time(*high), time(*mode))
        }
        Law::Lognormal { .. } => spread("lognormal"),
        Law::Gamma { .. } => spread("gamma"),
        Law::Weibull { shape, .. } => format!("{mean} on average (Weibull, shape {})", decimal(*shape)),
        Law::Hyperexponential { .. } => spread("hyperexponential"),
        Law::Empirical(_) => spread("as observed"),
        Law::Mixture { .. } => spread("a mixture"),
    }
}

/// A number with no more decimals than it needs, three at most.
fn decimal(value: f64) -> String {
    let text = number(value, 3);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// A share that was put in, not measured: as exact as it was written, within a hundredth of a percent.
fn given(share: f64) -> String {
    let text = number(share * 100.0, 2);
    format!("{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

/// "a", "a and b", "a, b and c".
fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
