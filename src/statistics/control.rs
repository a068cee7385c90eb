//! Control variates: what a figure's interval would be if it were freed of what is known exactly of its replications.
//!
//! A control is a quantity of every replication whose mean is known without simulating. The figure is regressed on them; what
//! they explain is taken out, and what is left is charged for having estimated the slopes (Lavenberg and Welch, Management
//! Science 27, 1981: of n replications and q controls, the variance grows by (n − 2)/(n − q − 2)).

use super::selection::Contender;
use crate::law::special::t_quantile;

/// A figure freed of its controls.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Controlled {
    /// The figure.
    pub figure: f64,
    /// Its 95% interval.
    pub ci95: (f64, f64),
    /// Its variance as a share of the plain figure's: unbiased estimates of both, times the charge for the slopes.
    pub variance: f64,
    /// Controls that took part: those that vary, and are no combination of others.
    pub controls: usize,
}

/// A control whose spread is less than this share of its own size beside the others is none: rounding.
const NOTHING: f64 = 1e-9;

/// Controls made ready for figures of the same replications: each orthogonal to those before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Controls {
    replications: usize,
    /// zᵢⱼ, mⱼ and Σ zᵢⱼ², of those that take part.
    apart: Vec<(Vec<f64>, f64, f64)>,
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |sum, (a, b)| sum + a * b)
}

impl Controls {
    /// Makes controls ready, each one value a replication less its known mean.
    pub fn new<'c>(replications: usize, controls: impl IntoIterator<Item = &'c Vec<f64>>) -> Controls {
        let n = replications;
        let mut apart: Vec<(Vec<f64>, f64, f64)> = Vec::new();
        for control in controls.into_iter().filter(|control| control.len() == n) {
            let mut mean = control.iter().fold(0.0, |sum, c| sum + c) / n as f64;
            let mut centred: Vec<f64> = control.iter().map(|c| c - mean).collect();
            let own = dot(&centred, &centred);
            for (other, other_mean, square) in &apart {
                let slope = dot(&centred, other) / square;
                centred.iter_mut().zip(other).for_each(|(c, o)| *c -= slope * o);
                mean -= slope * other_mean;
            }
            let square = dot(&centred, &centred);
            if square > NOTHING * own && own > 0.0 {
                apart.push((centred, mean, square));
            }
        }
        Controls { replications, apart }
    }
}

/// Frees a figure of controls; none where no control takes part, the figure does not vary, or there are too few
/// replications, or others than the controls'.
///
/// With residuals eᵢ of the figure θ (which add up to zero) and controls made orthogonal, zᵢⱼ = cᵢⱼ − c̄ⱼ and mⱼ = c̄ⱼ: slopes
/// βⱼ = Σ eᵢ zᵢⱼ / Σ zᵢⱼ²; the figure is θ − Σ βⱼ mⱼ; with s² = Σ (eᵢ − Σ βⱼ zᵢⱼ)² / (n − q − 1) its standard error is
/// s √(1/n + Σ mⱼ² / Σ zᵢⱼ²), and t has n − q − 1 degrees of freedom. It is exact where figure and controls are normal
/// together; of a ratio the residuals are those of the delta method.
pub fn controlled(one: &Contender, Controls { replications, apart }: &Controls) -> Option<Controlled> {
    let (n, q) = (one.residuals.len(), apart.len());
    if q == 0 || n < q + 4 || n != *replications {
        return None;
    }
    let all = dot(&one.residuals, &one.residuals);
    let (mut figure, mut left, mut reach) = (one.figure, all, 1.0 / n as f64);
    for (control, mean, square) in apart {
        let product = dot(&one.residuals, control);
        figure -= product / square * mean;
        left -= product * product / square;
        reach += mean * mean / square;
    }
    if all <= 0.0 {
        return None;
    }
    let df = (n - q - 1) as f64;
    let variance = left.max(0.0) / df;
    let half = t_quantile(0.975, df) * (variance * reach).sqrt();
    let charge = (n as f64 - 2.0) / (n as f64 - q as f64 - 2.0);
    Some(Controlled {
        figure,
        ci95: (figure - half, figure + half),
        variance: variance / (all / (n as f64 - 1.0)) * charge,
        controls: q,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_control_explains_is_taken_out() {
        // The figure is 10 plus twice the control, whose mean is known to be zero, plus a little that is its own.
        let control = [1.0, -2.0, 3.0, 0.0, 2.0, -1.0];
        let own = [0.1, 0.1, -0.1, -0.1, 0.05, -0.05];
        let values: Vec<f64> = control.iter().zip(own).map(|(c, o)| 10.0 + 2.0 * c + o).collect();
        let mean = values.iter().sum::<f64>() / 6.0;
        let one = Contender { figure: mean, residuals: values.iter().map(|v| v - mean).collect() };
        let found = controlled(&one, &Controls::new(6, &[control.to_vec()])).expect("six replications");
        assert!((found.figure - 10.0).abs() < 0.1 && mean > 10.9, "{found:?}");
        assert!(found.variance < 0.01 && found.controls == 1);
        // Said twice, or said and never varying, is said once.
        let twice = [control.to_vec(), control.iter().map(|c| 3.0 * c).collect(), vec![0.0; 6]];
        assert_eq!(controlled(&one, &Controls::new(6, &twice)).expect("the same").controls, 1);
        assert_eq!(controlled(&one, &Controls::new(6, &[vec![0.0; 6]])), None);
    }

    #[test]
    fn a_control_that_explains_nothing_is_charged_for() {
        let one = Contender { figure: 1.0, residuals: vec![1.0, -1.0, 1.0, -1.0, 1.0, -1.0, 1.0, -1.0] };
        let found = controlled(&one, &Controls::new(8, &[vec![1.0, 1.0, -1.0, -1.0, 1.0, 1.0, -1.0, -1.0]]))
            .expect("eight");
        // (7/6) (6/5)
        assert!((found.variance - 1.4).abs() < 1e-12 && found.figure == 1.0, "{found:?}");
    }
}
