//! Scales of a sweep's charts: values of an input across, a measure up.

use super::super::axis::{self, Tick};
use crate::report::sentence::Unit;
use crate::report::sweep::words::value;
use crate::report::sweep::{Sweep, SweptInput};

/// Strokes at values of an input, as many as there is room for: `width` gives a label's in units of the input.
pub(super) fn input(sweep: &Sweep, input: &SweptInput, width: impl Fn(&str) -> f64) -> Vec<Tick> {
    let all: Vec<Tick> =
        input.values.iter().map(|at| Tick { at: *at, label: value(input, &sweep.currency, *at) }).collect();
    // Every so manieth, so that they are evenly spaced; both ends where they fit.
    let every = |step: usize| all.iter().step_by(step.max(1)).cloned().collect::<Vec<Tick>>();
    let fits = |ticks: &Vec<Tick>| {
        ticks
            .windows(2)
            .all(|two| two[1].at - two[0].at >= 0.5 * (width(&two[0].label) + width(&two[1].label)))
    };
    let whole = (1..all.len()).filter(|step| (all.len() - 1).is_multiple_of(*step)).map(every).find(fits);
    let any = (1..=all.len()).map(every).find(fits);
    match (whole, any) {
        (Some(whole), Some(any)) if 2 * whole.len() > any.len() => whole,
        (_, Some(any)) => any,
        (whole, None) => whole.unwrap_or_default(),
    }
}

/// The range of figures, with air to both sides; shares stay shares.
pub(super) fn room(unit: Unit, values: impl Iterator<Item = f64>, is_difference: bool) -> (f64, f64) {
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |a, v| (a.0.min(v), a.1.max(v)));
    if !low.is_finite() {
        return (0.0, 1.0);
    }
    let least = if unit == Unit::Share { 0.02 } else { 0.02 * high.abs().max(low.abs()).max(1e-6) };
    let air = (0.08 * (high - low)).max((least - (high - low)) / 2.0);
    let (low, high) = (low - air, high + air);
    match unit {
        Unit::Share if !is_difference => (low.max(0.0), high.min(1.0)),
        _ if !is_difference && low < 0.0 && low + air >= 0.0 => (0.0, high),
        _ => (low, high),
    }
}

/// Strokes of a measure.
pub(super) fn measure(unit: Unit, (low, high): (f64, f64), is_difference: bool) -> Vec<Tick> {
    match (unit, is_difference) {
        (Unit::Share, false) => axis::shares(low, high, 7),
        (_, false) => axis::numbers(low, high, 7),
        (_, true) => {
            let scale = unit.scale();
            let mut ticks = axis::differences(low * scale, high * scale, 7);
            ticks.iter_mut().for_each(|tick| tick.at /= scale);
            ticks
        }
    }
}

/// A measure's title with its unit, above its scale.
pub(super) fn heading(title: &str, unit: Unit, is_difference: bool, currency: &str) -> String {
    let unit = match unit {
        Unit::Money => currency,
        Unit::Share if !is_difference => "",
        unit => unit.of_difference(),
    };
    let what = if is_difference { format!("{title}, less the base’s") } else { title.to_owned() };
    if unit.is_empty() { what } else { format!("{what}, {unit}") }
}
