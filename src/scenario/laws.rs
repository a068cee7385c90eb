//! Laws as people give them (mean and coefficient of variation, median, stages) turned into their parameters.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use crate::law::Law;
use libm::{exp, log, log1p, sqrt, tgamma};

/// Reads the law that a choice of kind names. `None` where it is absent, faulty, or `never`.
pub(super) fn law(fields: &Fields<'_>, name: &str, out: &mut Findings) -> Option<Law> {
    let (kind, f) = fields.kind(name)?;
    let law = match kind {
        "exponential" => Law::Exponential { mean: f.seconds("mean")? },
        "lognormal" => lognormal(&f)?,
        "gamma" => gamma(&f)?,
        "erlang" => {
            let stages = f.whole("k")? as f64;
            Law::Gamma { shape: stages, scale: f.seconds("mean")? / stages }
        }
        "weibull" => {
            let shape = f.number("shape")?;
            let scale =
                f.seconds("scale").or_else(|| Some(f.seconds("mean")? / tgamma(1.0 + 1.0 / shape)))?;
            Law::Weibull { shape, scale }
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
    let variance = log1p(cv * cv);
    let mu = match f.seconds("median") {
        Some(median) => log(median),
        None => log(f.seconds("mean")?) - variance / 2.0,
    };
    Some(Law::Lognormal { mu, sigma: sqrt(variance) })
}

fn gamma(f: &Fields<'_>) -> Option<Law> {
    if let (Some(shape), Some(scale)) = (f.number("shape"), f.seconds("scale")) {
        return Some(Law::Gamma { shape, scale });
    }
    let (mean, cv) = (f.seconds("mean")?, f.number("cv")?);
    Some(Law::Gamma { shape: 1.0 / (cv * cv), scale: mean * cv * cv })
}

fn hyperexponential(f: &Fields<'_>, out: &mut Findings) -> Option<Law> {
    let weights = f.numbers("weights")?;
    let means = f.lengths("means")?;
    if weights.len() != means.len() || weights.is_empty() {
        let message = format!("{} weights but {} means", weights.len(), means.len());
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

/// The mean of a law, in seconds.
pub(super) fn mean(law: &Law) -> f64 {
    match law {
        Law::Deterministic { value } => *value,
        Law::Exponential { mean } => *mean,
        Law::Lognormal { mu, sigma } => exp(mu + sigma * sigma / 2.0),
        Law::Gamma { shape, scale } => shape * scale,
        Law::Weibull { shape, scale } => scale * tgamma(1.0 + 1.0 / shape),
        Law::Hyperexponential { weights, means } => weights.iter().zip(means).map(|(w, m)| w * m).sum(),
        Law::Uniform { low, high } => (low + high) / 2.0,
        Law::Triangular { low, mode, high } => (low + mode + high) / 3.0,
    }
}

/// A length, in seconds, that 99% of a law's values do not exceed (for the triangular law, that none exceeds).
pub(super) fn covers_99_percent(law: &Law) -> f64 {
    /// The 99% quantile of the standard normal law.
    const Z99: f64 = 2.326_347_874_040_841;
    match law {
        Law::Deterministic { value } => *value,
        Law::Exponential { mean } => -mean * log(0.01),
        Law::Lognormal { mu, sigma } => exp(mu + Z99 * sigma),
        Law::Weibull { shape, scale } => scale * libm::pow(-log(0.01), 1.0 / shape),
        Law::Uniform { low, high } => low + 0.99 * (high - low),
        Law::Triangular { high, .. } => *high,
        Law::Gamma { shape, scale } => bisect(|x| gamma_tail(*shape, x / scale)),
        Law::Hyperexponential { weights, means } => {
            bisect(|x| weights.iter().zip(means).map(|(w, m)| w * exp(-x / m)).sum())
        }
    }
}

/// Where a falling tail probability reaches 1%.
fn bisect(tail: impl Fn(f64) -> f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    while tail(high) > 0.01 && high < 1e12 {
        high *= 2.0;
    }
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        if tail(middle) > 0.01 { low = middle } else { high = middle }
    }
    high
}

/// P(X > x) for the gamma law with scale 1, by the series of the lower incomplete gamma function.
fn gamma_tail(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 1.0;
    }
    let mut term = 1.0 / shape;
    let mut sum = term;
    let mut n = shape;
    while term > sum * 1e-12 {
        n += 1.0;
        term *= x / n;
        sum += term;
    }
    1.0 - sum * exp(shape * log(x) - x - libm::lgamma(shape))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lengths_that_cover_99_percent_are_the_known_quantiles() {
        let exponential = covers_99_percent(&Law::Exponential { mean: 100.0 });
        assert!((exponential - 460.517).abs() < 1e-3);
        let as_gamma = covers_99_percent(&Law::Gamma { shape: 1.0, scale: 100.0 });
        assert!((as_gamma - exponential).abs() < 1e-6);
        let erlang3 = covers_99_percent(&Law::Gamma { shape: 3.0, scale: 1.0 });
        assert!((erlang3 - 8.405_947).abs() < 1e-5, "{erlang3}");
        let mixed = Law::Hyperexponential { weights: vec![0.5, 0.5], means: vec![100.0, 100.0] };
        assert!((covers_99_percent(&mixed) - exponential).abs() < 1e-6);
    }
}
