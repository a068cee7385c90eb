//! A figure as a curve over an input, with its band, and where it meets a level: break-even points.
//!
//! Points are equally spaced and share their replications, so their errors go together; between points the curve bends as
//! its neighbours say, and the band is wider by how far they disagree.

use super::moments::t95;
use super::selection::Contender;

/// Points that bear on the curve between two of them: the two and one to each side.
const NEAR: usize = 4;
/// Places looked at between two points, when a level is sought.
const BETWEEN: usize = 32;
/// Halvings that place a root between two of them: to 10⁻¹² of a step.
const HALVINGS: u32 = 35;

/// A figure at equally spaced values of an input. Places on it are counted in steps: point i stands at i.
#[derive(Debug, Clone, PartialEq)]
pub struct Curve {
    figures: Vec<f64>,
    /// Covariances of the errors of points i and i + k, for k from 0.
    errors: Vec<[f64; NEAR]>,
    /// What is added to half the width of the interval at each point.
    slack: Vec<f64>,
    /// Student's factor.
    t: f64,
}

/// A stretch of the input over which the level lies within the band.
#[derive(Debug, Clone, PartialEq)]
pub struct Span {
    /// Where it begins; none where the range begins within it.
    pub low: Option<f64>,
    /// Where it ends; none where the range ends within it.
    pub high: Option<f64>,
    /// Where the curve itself crosses the level.
    pub crossings: Vec<f64>,
}

/// How a curve lies to a level.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// The curve less the level at the first and at the last point.
    pub ends: (f64, f64),
    /// Where the two cannot be told apart, in order.
    pub spans: Vec<Span>,
}

/// Weights of the points around a place, the first of them, and how much the bend may be misjudged.
struct Weights {
    first: usize,
    weights: [f64; NEAR],
    bend: f64,
}

impl Curve {
    /// A curve through points, each with what its interval is widened by to either side; none of fewer than two points, or of
    /// points that do not share two replications or more.
    pub fn new(points: &[&Contender], slack: &[f64]) -> Option<Curve> {
        let n = points.first()?.residuals.len();
        if n < 2 || points.len() < 2 || points.iter().any(|p| p.residuals.len() != n) {
            return None;
        }
        let covariance = |a: &Contender, b: &Contender| {
            let products = a.residuals.iter().zip(&b.residuals);
            products.fold(0.0, |sum, (x, y)| sum + x * y) / ((n - 1) as f64 * n as f64)
        };
        let of =
            |i: usize| std::array::from_fn(|k| points.get(i + k).map_or(0.0, |b| covariance(points[i], b)));
        Some(Curve {
            figures: points.iter().map(|p| p.figure).collect(),
            errors: (0..points.len()).map(of).collect(),
            slack: slack.to_vec(),
            t: t95(n as u64),
        })
    }

    /// The figure at a place, and half the width of its 95% interval there.
    ///
    /// At a point it is the point's own, by Student's t over replications. Between points i and i + 1, at a share w of the
    /// way, it is Bessel's interpolation, (1 − w) yᵢ + w yᵢ₊₁ − w(1 − w)/2 · δ², with δ² the mean of the second
    /// differences around i and around i + 1 (where the range leaves but one, that one). It is linear in the points, so its
    /// error follows from theirs; w(1 − w)/2 times the half of what the two second differences differ is added to it.
    pub fn at(&self, place: f64) -> (f64, f64) {
        let last = self.figures.len() - 1;
        let place = place.clamp(0.0, last as f64);
        let i = (place as usize).min(last - 1);
        let Weights { first, weights, bend } = self.weights(i, place - i as f64);
        let (mut value, mut variance) = (0.0, 0.0);
        for (a, wa) in weights.iter().enumerate().filter(|(a, _)| first + a <= last) {
            value += wa * self.figures[first + a];
            variance += wa * wa * self.errors[first + a][0];
            for (b, wb) in weights.iter().enumerate().skip(a + 1).filter(|(b, _)| first + b <= last) {
                variance += 2.0 * wa * wb * self.errors[first + a][b - a];
            }
        }
        let slack = |i: usize| self.slack.get(i).copied().unwrap_or(0.0);
        (value, self.t * variance.max(0.0).sqrt() + bend + slack(i).max(slack(i + 1)))
    }

    /// The second difference around a point, where it has both neighbours.
    fn bend(&self, i: usize) -> Option<f64> {
        let (before, after) = (self.figures.get(i.checked_sub(1)?)?, self.figures.get(i + 1)?);
        Some(before - 2.0 * self.figures[i] + after)
    }

    fn weights(&self, i: usize, w: f64) -> Weights {
        let first = i.saturating_sub(1);
        let mut weights = [0.0; NEAR];
        let part = 0.5 * w * (1.0 - w);
        weights[i - first] += 1.0 - w;
        weights[i + 1 - first] += w;
        let around: Vec<usize> = [i, i + 1].into_iter().filter(|j| self.bend(*j).is_some()).collect();
        for j in &around {
            let each = part / around.len() as f64;
            weights[j - 1 - first] -= each;
            weights[j - first] += 2.0 * each;
            weights[j + 1 - first] -= each;
        }
        let doubt = match around[..] {
            [a, b] => 0.5 * (self.bend(b).unwrap_or(0.0) - self.bend(a).unwrap_or(0.0)).abs(),
            [one] => {
                // At an end of the range, the bend there may differ from its neighbour's as that from the next; of three
                // points there is no next, and the whole of the bend is in doubt.
                let next = if one == i { one.checked_sub(1) } else { Some(one + 1) };
                let own = self.bend(one).unwrap_or(0.0);
                next.and_then(|next| self.bend(next)).map_or(own.abs(), |next| (own - next).abs())
            }
            _ => 0.0,
        };
        Weights { first, weights, bend: part * doubt }
    }

    /// Where the curve crosses a level, and where the two cannot be told apart.
    ///
    /// The 95% interval of a crossing is the set of places at which the level lies within the curve's own 95% interval: as
    /// Fieller's for a quotient, it holds the true place whenever the interval there holds the truth. Each is for its
    /// crossing alone.
    pub fn meets(&self, level: f64) -> Meeting {
        let last = (self.figures.len() - 1) * BETWEEN;
        let above = |place: f64| self.at(place).0 - level;
        let within = |place: f64| {
            let (value, half) = self.at(place);
            (value - level).abs() <= half
        };
        let grid: Vec<f64> = (0..=last).map(|k| k as f64 / BETWEEN as f64).collect();
        // Between points on the same side the curve does not cross, however it is bent.
        let heights: Vec<f64> = self.figures.iter().map(|figure| figure - level).collect();
        let crossings = crossings(&heights, &above);
        let mut places: Vec<(f64, bool)> = grid.iter().map(|place| (*place, within(*place))).collect();
        places.extend(crossings.iter().map(|place| (*place, true)));
        places.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut spans: Vec<Span> = Vec::new();
        let mut inside = false;
        for (k, (place, is_within)) in places.iter().enumerate() {
            let edge = |k: usize| boundary(places[k - 1].0, places[k].0, places[k - 1].1, &within);
            match (inside, *is_within) {
                (false, true) => {
                    let low = (k > 0).then(|| edge(k));
                    spans.push(Span { low, high: None, crossings: Vec::new() });
                }
                (true, false) => {
                    let high = edge(k);
                    spans.iter_mut().next_back().into_iter().for_each(|span| span.high = Some(high));
                }
                _ => {}
            }
            inside = *is_within;
            if inside && crossings.contains(place) {
                spans.iter_mut().next_back().into_iter().for_each(|span| span.crossings.push(*place));
            }
        }
        spans.iter_mut().for_each(|span| span.crossings.dedup());
        let ends = (heights.first().copied().unwrap_or(0.0), heights.last().copied().unwrap_or(0.0));
        Meeting { ends, spans }
    }
}

/// Where the heights of points change their sign; where they are zero for a while between two signs, the middle of that.
fn crossings(heights: &[f64], above: &dyn Fn(f64) -> f64) -> Vec<f64> {
    let mut found = Vec::new();
    let mut before: Option<usize> = None;
    for (k, height) in heights.iter().enumerate().filter(|(_, height)| **height != 0.0) {
        if let Some(j) = before.filter(|j| (heights[*j] > 0.0) != (*height > 0.0)) {
            found.push(match k - j - 1 {
                0 => boundary(j as f64, k as f64, heights[j] > 0.0, &|place| above(place) > 0.0),
                _ => 0.5 * ((j + 1) as f64 + (k - 1) as f64),
            });
        }
        before = Some(k);
    }
    found
}

/// The place between two at which a condition that holds at the first, or not, changes.
fn boundary(from: f64, to: f64, first: bool, holds: &dyn Fn(f64) -> bool) -> f64 {
    let (mut from, mut to) = (from, to);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (from + to);
        if holds(middle) == first {
            from = middle;
        } else {
            to = middle;
        }
    }
    0.5 * (from + to)
}

#[cfg(test)]
mod tests {
    use super::super::moments::Moments;
    use super::*;
    use rand::RngExt as _;
    use rand::SeedableRng as _;
    use rand_xoshiro::Xoshiro256PlusPlus;

    /// Points with the same errors everywhere: the curve moves up and down as a whole.
    fn together(figures: &[f64], errors: &[f64]) -> Curve {
        let points: Vec<Contender> =
            figures.iter().map(|figure| Contender { figure: *figure, residuals: errors.to_vec() }).collect();
        Curve::new(&points.iter().collect::<Vec<_>>(), &[]).expect("points")
    }

    #[test]
    fn a_straight_line_is_crossed_where_it_is_crossed() {
        // Standard error 0.1, so that the band reaches t 0.1 to either side of a slope of one.
        let errors = [0.2, -0.2, 0.2, -0.2, 0.0];
        let half = Moments::of(errors).half_width().expect("five");
        let curve = together(&[0.0, 1.0, 2.0, 3.0, 4.0], &errors);
        assert!((curve.at(1.5).0 - 1.5).abs() < 1e-12 && (curve.at(1.5).1 - half).abs() < 1e-12);
        let meeting = curve.meets(2.3);
        assert_eq!(meeting.spans.len(), 1);
        let span = &meeting.spans[0];
        assert!((span.crossings[0] - 2.3).abs() < 1e-9, "{span:?}");
        let (low, high) = (span.low.expect("within"), span.high.expect("within"));
        assert!((low - (2.3 - half)).abs() < 1e-9 && (high - (2.3 + half)).abs() < 1e-9);
        assert_eq!(meeting.ends, (-2.3, 1.7000000000000002));
    }

    #[test]
    fn what_is_never_met_has_no_span_and_what_lies_at_an_end_is_open() {
        let errors = [0.1, -0.1, 0.1, -0.1];
        let curve = together(&[0.0, 1.0, 2.0], &errors);
        assert_eq!(curve.meets(3.0).spans, vec![]);
        let near = curve.meets(2.05);
        assert_eq!((near.spans.len(), near.spans[0].high), (1, None));
        assert!(near.spans[0].crossings.is_empty() && near.spans[0].low.is_some());
        let certain = together(&[-1.0, 1.0, -1.0], &[0.0, 0.0]);
        let twice = certain.meets(0.0);
        assert_eq!(twice.spans.len(), 2, "{twice:?}");
        assert!(twice.spans.iter().all(|span| span.crossings.len() == 1));
    }

    #[test]
    fn two_options_that_never_differ_are_alike_throughout() {
        let curve = together(&[0.0, 0.0, 0.0], &[0.0, 0.0]);
        assert_eq!(curve.meets(0.0).spans, vec![Span { low: None, high: None, crossings: vec![] }]);
        // Alike for a while, then not: no sign changes.
        let curve = together(&[0.0, 0.0, 1.0], &[0.0, 0.0]);
        assert!(curve.meets(0.0).spans.iter().all(|span| span.crossings.is_empty()));
    }

    #[test]
    fn bends_are_followed_and_what_they_hide_is_allowed_for() {
        // A parabola is met exactly; a kink lies within the band.
        let squares: Vec<f64> = (0..6).map(|i| f64::from(i * i)).collect();
        let curve = together(&squares, &[0.0, 0.0]);
        for place in [0.5, 1.25, 2.5, 4.9] {
            let (value, half) = curve.at(place);
            assert!((value - place * place).abs() < 1e-9 && half < 1e-9, "{place}: {value} {half}");
        }
        let kinked = together(&[0.0, 0.0, 0.0, 1.0, 2.0, 3.0], &[0.0, 0.0]);
        for place in [1.5, 2.5, 3.5] {
            let (value, half) = kinked.at(place);
            assert!((value - f64::max(0.0, place - 2.0)).abs() <= half + 1e-12, "{place}: {value} {half}");
        }
    }

    /// 500 trials with seed 7: a bent curve at nine points, 20 replications with an error in common and one of each point's
    /// own. With 95% coverage fewer than 460 hits have a probability of 0.2%; with 90%, more than 460 one of 6%.
    #[test]
    fn the_interval_of_a_crossing_holds_the_true_place() {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(7);
        let mut normal = move || -> f64 { (0..12).map(|_| random.random::<f64>()).sum::<f64>() - 6.0 };
        let truth = |place: f64| 1.0 - libm::exp(-place / 3.0);
        let (level, mut hits) = (0.5, 0);
        let at = -3.0 * libm::log(1.0 - level);
        for _ in 0..500 {
            let shared: Vec<f64> = (0..20).map(|_| 0.2 * normal()).collect();
            let points: Vec<Contender> = (0..9)
                .map(|i| {
                    let values: Vec<f64> =
                        shared.iter().map(|s| truth(f64::from(i)) + s + 0.1 * normal()).collect();
                    let figure = values.iter().sum::<f64>() / 20.0;
                    Contender { figure, residuals: values.iter().map(|v| v - figure).collect() }
                })
                .collect();
            let curve = Curve::new(&points.iter().collect::<Vec<_>>(), &[]).expect("points");
            let spans = curve.meets(level).spans;
            let holds = |s: &Span| s.low.is_none_or(|low| low <= at) && s.high.is_none_or(|high| high >= at);
            hits += usize::from(spans.iter().any(holds));
        }
        assert!(hits >= 460, "{hits} of 500");
        assert!(hits < 500, "intervals that always hold are too wide to tell anything");
    }
}
