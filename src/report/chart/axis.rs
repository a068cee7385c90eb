//! Where an axis has its strokes and what stands at them.

use crate::report::sentence;

/// A labelled place on an axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tick {
    /// In the units of the axis.
    pub(super) at: f64,
    /// What is printed.
    pub(super) label: String,
}

/// The smallest of 1, 2 and 5 times a power of ten that is at least `least`.
fn round_step(least: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(least)));
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|m| m * power)
        .find(|s| *s >= least * (1.0 - 1e-9))
        .unwrap_or(10.0 * power)
}

/// Decimals needed to print whole multiples of a step.
fn step_decimals(step: f64) -> usize {
    (0..6)
        .find(|d| {
            let scaled = step * libm::pow(10.0, *d as f64);
            (scaled - scaled.round()).abs() < 1e-6 * scaled
        })
        .unwrap_or(6)
}

/// Round numbers from `low` to `high`, about `most` of them and never more than one above that.
fn round_numbers(low: f64, high: f64, most: usize) -> (f64, Vec<f64>) {
    let step = round_step(((high - low) / most.max(1) as f64).max(1e-9));
    let first = libm::ceil(low / step - 1e-9) as i64;
    let last = libm::floor(high / step + 1e-9) as i64;
    (step, (first..=last).map(|i| i as f64 * step).collect())
}

/// Strokes at round numbers.
pub(super) fn numbers(low: f64, high: f64, most: usize) -> Vec<Tick> {
    let (step, places) = round_numbers(low, high, most);
    places.into_iter().map(|at| Tick { at, label: sentence::number(at, step_decimals(step)) }).collect()
}

/// The most strokes whose labels, as wide as `width` says in the units of the axis, keep apart. Where even
/// two neighbours would touch, strokes between them are left out: zero is kept if another has room beside it.
pub(super) fn apart(
    most: usize,
    make: impl Fn(usize) -> Vec<Tick>,
    width: impl Fn(&str) -> f64,
) -> Vec<Tick> {
    let fit = |a: &Tick, b: &Tick| (b.at - a.at).abs() >= (width(&a.label) + width(&b.label)) / 2.0;
    let fits = |ticks: &Vec<Tick>| ticks.len() > 1 && ticks.windows(2).all(|two| fit(&two[0], &two[1]));
    let thinned = |mut wished: Vec<Tick>, first: fn(&Tick) -> f64| {
        wished.sort_by(|a, b| first(a).total_cmp(&first(b)));
        let mut kept: Vec<Tick> = Vec::new();
        for tick in wished {
            if kept.iter().all(|other| fit(other, &tick)) {
                kept.push(tick);
            }
        }
        kept.sort_by(|a, b| a.at.total_cmp(&b.at));
        kept
    };
    (1..=most).rev().map(&make).find(fits).unwrap_or_else(|| {
        let around_zero = thinned(make(most), |tick| if tick.at == 0.0 { 0.0 } else { 1.0 });
        if around_zero.len() > 1 { around_zero } else { thinned(make(most), |tick| -tick.at.abs()) }
    })
}

/// Strokes at differences, in printed units: "−5", "0", "+5".
pub(super) fn differences(low: f64, high: f64, most: usize) -> Vec<Tick> {
    let mut ticks = numbers(low, high, most);
    for tick in &mut ticks {
        if tick.at > 0.0 {
            tick.label.insert(0, '+');
        } else if tick.at == 0.0 {
            tick.label = "0".into();
        }
    }
    ticks
}

/// Strokes at percentages.
pub(super) fn percents(low: f64, high: f64, most: usize) -> Vec<Tick> {
    let mut ticks = numbers(low, high, most);
    ticks.iter_mut().for_each(|tick| tick.label.push('%'));
    ticks
}

/// Strokes at shares, 0 to 1, printed in percent.
pub(super) fn shares(low: f64, high: f64, most: usize) -> Vec<Tick> {
    let mut ticks = percents(low * 100.0, high * 100.0, most);
    ticks.iter_mut().for_each(|tick| tick.at /= 100.0);
    ticks
}

/// Strokes at times of day, in minutes after midnight.
pub(super) fn clock(low: f64, high: f64, most: usize) -> Vec<Tick> {
    let steps = [15.0, 30.0, 60.0, 120.0, 180.0, 240.0, 360.0, 720.0];
    let step = steps.into_iter().find(|s| (high - low) / s <= most as f64).unwrap_or(1440.0);
    let first = libm::ceil(low / step) as i64;
    let last = libm::floor(high / step) as i64;
    let label = |at: f64| if at == 1440.0 { "24:00".into() } else { sentence::time_of_day(at) };
    (first..=last).map(|i| i as f64 * step).map(|at| Tick { at, label: label(at) }).collect()
}

/// Strokes at waits, in seconds: "20 s" on short axes, "2 min" on long ones.
pub(super) fn waits(longest: f64, most: usize) -> Vec<Tick> {
    let steps = [1.0, 2.0, 5.0, 10.0, 20.0, 30.0, 60.0, 120.0, 300.0, 600.0];
    let step = steps.into_iter().find(|s| longest / s <= most as f64).unwrap_or(1800.0);
    let last = libm::floor(longest / step + 1e-9) as i64;
    (0..=last)
        .map(|i| i as f64 * step)
        .map(|at| Tick { at, label: if at == 0.0 { "0".into() } else { sentence::time(at) } })
        .collect()
}

/// The least round number that is at least `value`, for the end of an axis from 0.
pub(super) fn round_up(value: f64, most: usize) -> f64 {
    let step = round_step((value / most as f64).max(1e-9));
    libm::ceil(value / step - 1e-9).max(1.0) * step
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(ticks: &[Tick]) -> Vec<&str> {
        ticks.iter().map(|t| t.label.as_str()).collect()
    }

    #[test]
    fn strokes_stand_at_round_values() {
        assert_eq!(labels(&shares(0.0, 1.0, 5)), ["0%", "20%", "40%", "60%", "80%", "100%"]);
        assert_eq!(labels(&differences(-6.0, 11.0, 4)), ["−5", "0", "+5", "+10"]);
        assert_eq!(labels(&numbers(0.0, 0.7, 4)), ["0.0", "0.2", "0.4", "0.6"]);
        assert_eq!(labels(&clock(480.0, 1080.0, 6)), ["08:00", "10:00", "12:00", "14:00", "16:00", "18:00"]);
        assert_eq!(labels(&clock(0.0, 1440.0, 4)), ["00:00", "06:00", "12:00", "18:00", "24:00"]);
        assert_eq!(labels(&waits(60.0, 6)), ["0", "10 s", "20 s", "30 s", "40 s", "50 s", "1 min"]);
        assert_eq!(labels(&waits(600.0, 6)), ["0", "2 min", "4 min", "6 min", "8 min", "10 min"]);
        assert_eq!(round_up(8.3, 5), 10.0);
    }

    #[test]
    fn strokes_are_left_out_before_their_labels_touch() {
        let make = |most| numbers(0.0, 100.0, most);
        assert_eq!(labels(&apart(5, make, |_| 15.0)), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(labels(&apart(5, make, |_| 30.0)), ["0", "50", "100"]);
        assert_eq!(labels(&apart(5, make, |_| 70.0)), ["0", "100"]);
        assert_eq!(labels(&apart(4, |most| differences(-7.0, 7.0, most), |_| 8.0)), ["−5", "+5"]);
        assert_eq!(apart(5, make, |_| 300.0).len(), 1);
    }
}
