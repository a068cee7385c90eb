//! Integrals of smooth functions over a finite range, by adaptive Gauss-Kronrod rules of 7 and 15 points.

/// Nodes of the 15-point Kronrod rule on (0, 1), outermost first; the last is the centre.
const NODES: [f64; 8] = [
    0.991_455_371_120_812_6,
    0.949_107_912_342_758_5,
    0.864_864_423_359_769_1,
    0.741_531_185_599_394_4,
    0.586_087_235_467_691_1,
    0.405_845_151_377_397_2,
    0.207_784_955_007_898_47,
    0.0,
];

/// Weights of the Kronrod rule at [`NODES`].
const KRONROD: [f64; 8] = [
    0.022_935_322_010_529_224,
    0.063_092_092_629_978_56,
    0.104_790_010_322_250_18,
    0.140_653_259_715_525_92,
    0.169_004_726_639_267_9,
    0.190_350_578_064_785_4,
    0.204_432_940_075_298_9,
    0.209_482_141_084_727_82,
];

/// Weights of the 7-point Gauss rule at every second node, beginning with the second.
const GAUSS: [f64; 4] =
    [0.129_484_966_168_869_7, 0.279_705_391_489_276_64, 0.381_830_050_505_118_9, 0.417_959_183_673_469_4];

/// A panel is accepted when the two rules differ by less than this share of the whole. The finer rule is then
/// far more exact than that.
const TOLERANCE: f64 = 1e-13;

/// Panels are halved at most this often: a jump that no cut announces must not go on for ever.
const DEEPEST: u32 = 40;

/// Each range between two cuts starts as this many panels, so that a narrow peak is not overlooked.
const PANELS: u32 = 4;

/// The integral by the finer rule, and the difference between the two.
fn panel(f: &impl Fn(f64) -> f64, from: f64, to: f64) -> (f64, f64) {
    let (centre, half) = (0.5 * (from + to), 0.5 * (to - from));
    let middle = f(centre);
    let (mut fine, mut coarse) = (KRONROD[7] * middle, GAUSS[3] * middle);
    for i in 0..7 {
        let both = f(centre - half * NODES[i]) + f(centre + half * NODES[i]);
        fine += KRONROD[i] * both;
        if i % 2 == 1 {
            coarse += GAUSS[i / 2] * both;
        }
    }
    (fine * half, ((fine - coarse) * half).abs())
}

/// ∫ f from the first cut to the last, with a relative error near 1e-13 where `f` is smooth between cuts.
///
/// `cuts` ascend; equal neighbours do no harm. Put one at each kink, jump and peak of `f`.
pub(super) fn integrate(f: impl Fn(f64) -> f64, cuts: &[f64]) -> f64 {
    let mut waiting = Vec::new();
    let mut whole = 0.0;
    for pair in cuts.windows(2) {
        let width = (pair[1] - pair[0]) / f64::from(PANELS);
        for i in 0..PANELS {
            let from = pair[0] + width * f64::from(i);
            let to = if i + 1 == PANELS { pair[1] } else { from + width };
            let (value, error) = panel(&f, from, to);
            whole += value.abs();
            waiting.push((from, to, value, error, 0));
        }
    }
    let mut sum = 0.0;
    while let Some((from, to, value, error, depth)) = waiting.pop() {
        if error <= TOLERANCE * whole || depth == DEEPEST {
            sum += value;
            continue;
        }
        let middle = 0.5 * (from + to);
        for (a, b) in [(from, middle), (middle, to)] {
            let (value, error) = panel(&f, a, b);
            waiting.push((a, b, value, error, depth + 1));
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_panel_is_exact_for_polynomials_of_degree_22() {
        for degree in 0..=22 {
            let (value, _) = panel(&|x| libm::pow(x, f64::from(degree)), 0.0, 1.0);
            assert!((value * f64::from(degree + 1) - 1.0).abs() < 1e-14, "degree {degree}: {value}");
        }
        let coarse: f64 = GAUSS[3] + 2.0 * GAUSS[..3].iter().sum::<f64>();
        assert!((coarse - 2.0).abs() < 1e-15);
    }

    #[test]
    fn a_peak_and_a_kink_are_found() {
        let peak = integrate(|x| libm::exp(-1e4 * (x - 0.3) * (x - 0.3)), &[0.0, 1.0]);
        assert!((peak / (core::f64::consts::PI.sqrt() / 100.0) - 1.0).abs() < 1e-12);
        let kink = integrate(|x: f64| (x - 0.37).abs(), &[0.0, 0.37, 1.0]);
        assert!((kink - 0.5 * (0.37 * 0.37 + 0.63 * 0.63)).abs() < 1e-15);
    }
}
