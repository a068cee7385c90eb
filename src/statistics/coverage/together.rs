//! Do the intervals of weekdays, which are to hold together, do so?

use super::{Draws, EXPERIMENTS, REPLICATIONS, SQUARE, busyness, day};
use crate::statistics::{Crossed, Pairs};

/// Seven weekdays of which each is alike to the others of its week: the intervals of all seven hold together in 95% of
/// experiments or more, since Bonferroni's inequality asks no more than it must of days that hang together. Level: with
/// exactly 95% the share of 2,000 experiments lies under 94% in 2% of seeds. Power: of intervals that were no wider than
/// each alone (all seven cover in about 80%) every seed would tell.
#[test]
fn intervals_of_weekdays_hold_together() {
    let mut draws = Draws::seeded(31);
    let law = busyness();
    let lost = |weekday: usize| 0.08 + 0.01 * weekday as f64;
    let whole = |value: f64| (value * 1e9).max(0.0) as u64;
    let (mut together, mut alone) = (0, 0);
    for _ in 0..EXPERIMENTS {
        let mut week = [(Crossed::default(), Pairs::default(), Pairs::default()); 7];
        for _ in 0..REPLICATIONS {
            let (busy, common) = (law.quantile(draws.uniform()), draws.normal());
            for (weekday, (crossed, own, base)) in week.iter_mut().enumerate() {
                let noise = 0.7 * common + 0.7 * draws.normal();
                let from = day(busy, lost(weekday), noise);
                let to = day(busy, lost(weekday) + 0.05, noise + 0.3 * draws.normal());
                let (from, to) = ((whole(from.0), whole(from.1)), (whole(to.0), whole(1.05 * to.1)));
                crossed.push(to, from);
                own.push(to.0, to.1);
                base.push(from.0, from.1);
            }
        }
        let (mut all_together, mut all_alone) = (true, true);
        for (weekday, (crossed, own, base)) in week.iter().enumerate() {
            let level = |more: f64| 0.9 - (lost(weekday) + more) * SQUARE;
            let truth = level(0.05) / 1.05 - level(0.0);
            let (paired, joint) = crossed.difference(own, base, 7).expect("calls on every day");
            let covers = |interval: Option<(f64, f64)>| {
                interval.is_some_and(|(low, high)| low <= truth && truth <= high)
            };
            all_together &= covers(joint);
            all_alone &= covers(paired.ci95);
        }
        together += u32::from(all_together);
        alone += u32::from(all_alone);
    }
    let share = |covered: u32| f64::from(covered) / f64::from(EXPERIMENTS);
    assert!(share(together) >= 0.94, "{} of the weeks are covered whole", share(together));
    assert!(share(alone) < 0.9, "{} of the weeks would be by intervals that are no wider", share(alone));
}
