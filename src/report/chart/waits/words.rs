//! What the survival of waits finds, in words.

use super::{Curve, LONG, LONGEST, at};
use crate::report::chart::run::Run;
use crate::report::sentence;
use crate::report::stored::Verdict;

pub(super) fn title(run: &Run, curves: &[Curve], within: f64) -> String {
    let name = sentence::named(&run.base().name);
    let Some(share) = at(&curves[0], within) else {
        return format!("How long {} wait with {name}", run.calls());
    };
    let long = at(&curves[0], LONG).filter(|_| within < LONG).map_or_else(String::new, |share| {
        format!(" and {} more than {}", sentence::share(share, None), sentence::time(LONG))
    });
    // Another option is named only where the comparison of service levels tells it from the base: the centre's, so where
    // there is one queue.
    let told = |place: &usize| {
        let comparison = run.comparison(&run.options[*place].name, "service_level")?;
        let shown = comparison.shows(Verdict::Better) || comparison.shows(Verdict::Worse);
        shown.then_some((*place, comparison.difference.abs()))
    };
    let other = (1..run.options.len())
        .filter_map(|p| told(&p))
        .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    let other = other.filter(|_| run.queues() == 1);
    let other = other.and_then(|(place, _)| Some((place, at(&curves[place], within)?)));
    let other = other.map_or_else(String::new, |(place, share)| {
        let share = sentence::share(share, None);
        format!(
            "; with {}, {share} wait more than {}",
            sentence::named(&run.options[place].name),
            sentence::time(within)
        )
    });
    format!(
        "With {name}, {} of {} wait more than {}{long}{other}",
        sentence::share(share, None),
        run.calls(),
        sentence::time(within)
    )
}

pub(super) fn subtitle(runs: &[&Run], longest: f64) -> String {
    let run = runs[0];
    let cut = if longest >= LONGEST { " Longer waits than 10 min are left out." } else { "" };
    format!(
        "{}{}Share of all calls offered; those who hang up count until they do.{cut}",
        run.choice(),
        run.selection("Singled out")
    )
}

pub(super) fn words(run: &Run, curves: &[Curve], within: f64) -> String {
    let figures: Vec<String> = run
        .options
        .iter()
        .zip(curves)
        .map(|(option, curve)| {
            let shares: Vec<String> = [within, 60.0, LONG, 300.0]
                .into_iter()
                .filter_map(|wait| Some((wait, at(curve, wait)?)))
                .map(|(wait, share)| {
                    format!("{} over {}", sentence::share(share, None), sentence::time(wait))
                })
                .collect();
            format!("{}: {}", option.name, shares.join(", "))
        })
        .collect();
    format!("{}.", figures.join("; "))
}
