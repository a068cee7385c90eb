//! Verdicts under two views held against each other: which are the same, which differ, which cannot be told.

use super::found::{Asked, Side};
use crate::experiment::compare::Verdict;
use crate::experiment::gauge::Gauge;
use crate::experiment::sweep::Known;
use crate::measure::Better;
use crate::scenario::Study;

/// The verdict on a difference, and which way it points: +1, −1, or 0 for no difference that matters.
fn verdict(known: &Known, gauge: &Gauge, matters: f64) -> (Verdict, i8) {
    let verdict =
        known.ci95.map_or(Verdict::CannotBeTold, |ci| Verdict::of(ci, gauge.measure.better, matters));
    let better = if gauge.measure.better == Better::Lower { -1 } else { 1 };
    let way = match verdict {
        Verdict::Higher => 1,
        Verdict::Lower => -1,
        Verdict::Better => better,
        Verdict::Worse => -better,
        Verdict::NoDifference | Verdict::CannotBeTold => 0,
    };
    (verdict, way)
}

/// On which side of a level a figure lies.
pub(super) fn side(known: &Known, level: f64) -> Side {
    match known.ci95 {
        Some((low, _)) if low > level => Side::Above,
        Some((_, high)) if high < level => Side::Below,
        Some((low, high)) if low == level && high == level => Side::At,
        _ => Side::Untold,
    }
}

/// What came of the comparison of both views' verdicts.
pub(super) enum Compared {
    Agreed,
    Untold,
    Contested(Box<Contest>),
}

/// A verdict that differs, with the figure under both views.
pub(super) struct Contest {
    pub(super) asked: Asked,
    ends: [Known; 2],
}

impl Contest {
    /// Whether the views say opposite things, not merely that something matters under one and not under the other.
    pub(super) fn is_opposite(&self) -> bool {
        let above = |end: usize| self.ends[end].mean > 0.0;
        self.asked.target || self.asked.level == 0.0 && above(0) != above(1)
    }
}

/// The difference in a figure that matters: what is said of that very figure, or else of the measure at any place.
fn matters(study: &Study, gauge: &Gauge) -> f64 {
    let of = |id: &str| study.matters.iter().find(|(own, _)| own == id).map(|(_, matters)| *matters);
    of(&gauge.path).or_else(|| of(gauge.measure.id)).unwrap_or(0.0)
}

/// Whether both views say the same of an option's difference, or of the base and its target under each view; none where
/// there is no target that both share.
pub(super) fn compared(
    study: &Study,
    (option, targets): (&str, Option<[Option<f64>; 2]>),
    gauge: &Gauge,
    ends: [Known; 2],
) -> Option<Compared> {
    let contested = |level: f64, verdicts: [&'static str; 2], ends: [Known; 2]| {
        let (option, target) = (option.to_owned(), targets.is_some());
        let asked = Asked { option, target, gauge: gauge.clone(), level, verdicts };
        Some(Compared::Contested(Box::new(Contest { asked, ends })))
    };
    if let Some(targets) = targets {
        let [Some(level), Some(second)] = targets else { return None };
        let sides = [side(&ends[0], level), side(&ends[1], level)];
        let word = |side: Side| if side == Side::Below { "missed" } else { "met" };
        return match sides {
            _ if level != second => None,
            [Side::Untold, _] | [_, Side::Untold] => Some(Compared::Untold),
            [a, b] if word(a) == word(b) => Some(Compared::Agreed),
            [a, b] => contested(level, [word(a), word(b)], ends),
        };
    }
    let matters = matters(study, gauge);
    let [(first, one), (second, two)] = [0, 1].map(|end| verdict(&ends[end], gauge, matters));
    if first == Verdict::CannotBeTold || second == Verdict::CannotBeTold {
        return Some(Compared::Untold);
    }
    if first == second {
        return Some(Compared::Agreed);
    }
    let level = if one * two < 0 { 0.0 } else { f64::from(one + two) * matters };
    contested(level, [first.text(), second.text()], ends)
}
