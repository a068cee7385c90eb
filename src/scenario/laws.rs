//! Laws as people give them (mean and coefficient of variation, median, stages) turned into their parameters.

use super::code::Code;
use super::fields::Fields;
use super::files::Files;
use super::finding::Findings;
use crate::law::Law;
use libm::{log, log1p, sqrt};

/// Reads the law that a choice of kind names. `None` where it is absent, faulty, or `never`.
pub(super) fn law(fields: &Fields<'_>, name: &str, files: &mut Files<'_>, out: &mut Findings) -> Option<Law> {
    let (kind, f) = fields.kind(name)?;
    let law = match kind {
        "exponential" => Law::Exponential { mean: f.seconds("mean")? },
        "lognormal" => lognormal(&f)?,
        "gamma" => gamma(&f)?,
        "erlang" => {
            let stages = f.whole("k")?;
            Law::erlang(stages as u32, f.seconds("mean")?)
        }
        "weibull" => weibull(&f, out)?,
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
        "empirical" => empirical(&f, files, out)?,
        "mixture" => mixture(&fields.child(name), files, out)?,
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

fn weibull(f: &Fields<'_>, out: &mut Findings) -> Option<Law> {
    let Some(cv) = f.number("cv") else {
        let shape = f.number("shape")?;
        return Some(match f.seconds("scale") {
            Some(scale) => Law::Weibull { shape, scale },
            None => Law::weibull_by_mean(f.seconds("mean")?, shape),
        });
    };
    let law = Law::weibull_by_mean_cv(f.seconds("mean")?, cv);
    if law.is_none() {
        let help = "for what hardly varies use `deterministic` or `lognormal`";
        out.fault(Code::OutOfRange, f.place_of("cv"), "no Weibull law varies so little", help);
    }
    law
}

/// At most so many observations in a part of a mixture: each is a step that the whole law's table must hold.
const MOST_MIXED: usize = 1000;
/// Fewer observations than this are worth a question.
const FEW: usize = 30;

fn empirical(f: &Fields<'_>, files: &mut Files<'_>, out: &mut Findings) -> Option<Law> {
    let column = f.text("column");
    let named_at = f.place_of("file");
    let observed = files.observations(&f.file("file")?, &column, named_at, out)?;
    if observed.count() < FEW {
        let message = format!("{} observations are few for a law", observed.count());
        let help = "whatever was not observed never happens: give more, or a lognormal law by mean and cv";
        out.warn(Code::Unlikely, named_at, message, help);
    }
    Some(Law::Empirical((*observed).clone()))
}

fn mixture(f: &Fields<'_>, files: &mut Files<'_>, out: &mut Findings) -> Option<Law> {
    let place = f.place_of("mixture");
    let (mut weights, mut laws) = (Vec::new(), Vec::new());
    for part in f.tables("mixture") {
        weights.push(part.number("share")?);
        let law = law(&part, "law", files, out)?;
        if matches!(&law, Law::Empirical(observed) if observed.count() > MOST_MIXED) {
            let message = format!("a part of a mixture has more than {MOST_MIXED} observations");
            let help =
                "observations hold their short calls already: use `empirical` alone, or a law in its place";
            out.fault(Code::OutOfRange, part.place, message, help);
            return None;
        }
        laws.push(law);
    }
    if laws.len() < 2 || laws.len() > 20 {
        let help = "give 2 to 20 parts: [{ share = 0.1, law.exponential = { mean = \"5s\" } }, …]";
        out.fault(Code::WrongLength, place, format!("a mixture of {} laws", laws.len()), help);
        return None;
    }
    adds_up(&weights, "shares", place, out)?;
    Some(Law::Mixture { weights, laws })
}

/// Probabilities that add up to 1.
fn adds_up(weights: &[f64], name: &str, place: super::tree::Place, out: &mut Findings) -> Option<()> {
    let sum: f64 = weights.iter().sum();
    if (sum - 1.0).abs() <= 1e-9 {
        return Some(());
    }
    let message = format!("the {name} add up to {}", super::value::tidy(sum));
    out.fault(Code::WrongSum, place, message, "probabilities of all branches add up to 1");
    None
}

fn hyperexponential(f: &Fields<'_>, out: &mut Findings) -> Option<Law> {
    if let Some(cv) = f.number("cv") {
        if cv < 1.0 {
            let help = "allowed: 1 or more; for what varies less use `gamma` or `lognormal`";
            out.fault(Code::OutOfRange, f.place_of("cv"), "`cv` is out of range", help);
            return None;
        }
        return Some(Law::hyperexponential_by_mean(f.seconds("mean")?, cv));
    }
    let weights = f.numbers("weights")?;
    let means = f.lengths("means")?;
    if weights.len() != means.len() || weights.is_empty() {
        let message = format!("`weights` has {} entries and `means` {}", weights.len(), means.len());
        out.fault(Code::WrongLength, f.place_of("means"), message, "give one mean for each weight");
        return None;
    }
    adds_up(&weights, "weights", f.place_of("weights"), out)?;
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
