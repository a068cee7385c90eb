//! Laws as people give them (mean and coefficient of variation, median, stages) turned into their parameters.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use crate::law::Law;
use libm::{log, log1p, sqrt};

/// Reads the law that a choice of kind names. `None` where it is absent, faulty, or `never`.
pub(super) fn law(fields: &Fields<'_>, name: &str, out: &mut Findings) -> Option<Law> {
    let (kind, f) = fields.kind(name)?;
    let law = match kind {
        "exponential" => Law::Exponential { mean: f.seconds("mean")? },
        "lognormal" => lognormal(&f)?,
        "gamma" => gamma(&f)?,
        "erlang" => {
            let stages = f.whole("k")?;
            Law::erlang(stages as u32, f.seconds("mean")?)
        }
        "weibull" => {
            let shape = f.number("shape")?;
            match f.seconds("scale") {
                Some(scale) => Law::Weibull { shape, scale },
                None => Law::weibull_by_mean(f.seconds("mean")?, shape),
            }
        }
        "hyperexponential" => hyperexponential(&f, out)?,
        "uniform" => {
            let (low, high) = (f.seconds("low")?, f.seconds("high")?);
            ordered(&f, &[("low", low), ("high", high)], out)?;
            Law::Uniform { low, high }
        }
        "triangular" => {
            let (low, mode, high) = (f.seconds("low")?, f.seconds("mode")?, f.seconds("high")?);
            ordered(&f, &[("low", low), ("mode", mode), ("high", high)], out)?;
            Law::Triangular { low, mode, high }
        }
        "deterministic" => Law::Deterministic { value: f.seconds("value")? },
        _ => return None,
    };
    Some(law)
}

fn lognormal(f: &Fields<'_>) -> Option<Law> {
    if let (Some(mu), Some(sigma)) = (f.number("mu"), f.number("sigma")) {
        return Some(Law::Lognormal { mu, sigma });
    }
    let cv = f.number("cv")?;
    Some(match f.seconds("median") {
        Some(median) => Law::Lognormal { mu: log(median), sigma: sqrt(log1p(cv * cv)) },
        None => Law::lognormal_by_mean(f.seconds("mean")?, cv),
    })
}

fn gamma(f: &Fields<'_>) -> Option<Law> {
    if let (Some(shape), Some(scale)) = (f.number("shape"), f.seconds("scale")) {
        return Some(Law::Gamma { shape, scale });
    }
    Some(Law::gamma_by_mean(f.seconds("mean")?, f.number("cv")?))
}

fn hyperexponential(f: &Fields<'_>, out: &mut Findings) -> Option<Law> {
    let weights = f.numbers("weights")?;
    let means = f.lengths("means")?;
    if weights.len() != means.len() || weights.is_empty() {
        let message = format!("`weights` has {} entries and `means` {}", weights.len(), means.len());
        out.fault(Code::WrongLength, f.place_of("means"), message, "give one mean for each weight");
        return None;
    }
    let sum: f64 = weights.iter().sum();
    if (sum - 1.0).abs() > 1e-9 {
        let message = format!("the weights add up to {}", super::value::tidy(sum));
        out.fault(
            Code::WrongSum,
            f.place_of("weights"),
            message,
            "probabilities of all branches add up to 1",
        );
        return None;
    }
    Some(Law::Hyperexponential { weights, means })
}

/// Bounds that rise, the last above the first.
fn ordered(f: &Fields<'_>, bounds: &[(&str, f64)], out: &mut Findings) -> Option<()> {
    let rising = bounds.windows(2).all(|pair| pair[0].1 <= pair[1].1);
    if rising && bounds[0].1 < bounds[bounds.len() - 1].1 {
        return Some(());
    }
    let names: Vec<String> = bounds.iter().map(|(name, _)| format!("`{name}`")).collect();
    let help = format!("{} must rise in this order", names.join(", "));
    out.fault(Code::WrongOrder, f.place_of(bounds[0].0), "the bounds are in the wrong order", help);
    None
}
