//! What the comparison of options finds, in words.

use super::Column;
use crate::report::chart::run::Run;
use crate::report::sentence::{self, Unit};
use crate::report::stored::{Comparison, OptionResult, Verdict};

pub(super) fn title(run: &Run) -> String {
    let base = sentence::named(&run.base().name);
    let own = |measure: &str| {
        let estimate = run.base().measures.get(measure)?;
        Some(sentence::share(estimate.mean?, estimate.half_width()))
    };
    let service = own("service_level").map(|s| format!("{s} of calls are answered {}", run.in_time()));
    let others = run.options.len() - 1;
    if others == 0 {
        return match (service, own("occupancy")) {
            (Some(service), Some(busy)) => {
                format!("With {base}, {service} and agents are busy {busy} of the time they are signed on")
            }
            (Some(service), None) => format!("With {base}, {service}"),
            _ => format!("What callers and staff meet with {base}"),
        };
    }
    let compared: Vec<&Comparison> =
        run.options.iter().skip(1).filter_map(|o| run.comparison(&o.name, "service_level")).collect();
    match service {
        Some(service) if compared.len() > 1 => many(&compared, &base, &service),
        Some(service) if compared.len() == 1 => one(compared[0], &base, &service),
        _ => format!("What {} mean for callers and staff, against {base}", options(others)),
    }
}

/// The finding of one comparison.
fn one(c: &Comparison, base: &str, service: &str) -> String {
    let name = sentence::named(&c.subject.option);
    let difference = sentence::difference(Unit::Share, c.difference, c.interval);
    if c.shows(Verdict::Better) || c.shows(Verdict::Worse) {
        format!("With {base}, {service}; with {name} the share is {difference}")
    } else if c.verdict == Verdict::NoMatter {
        format!("With {base}, {service}; {name} makes no difference to it that matters")
    } else {
        format!("With {base}, {service}; whether {name} raises or lowers that cannot be told")
    }
}

/// The finding of several comparisons: how many are better and worse, and the furthest of each.
fn many(compared: &[&Comparison], base: &str, service: &str) -> String {
    let pick = |verdict: Verdict| {
        let mut shown: Vec<&&Comparison> = compared.iter().filter(|c| c.shows(verdict)).collect();
        shown.sort_by(|a, b| b.difference.abs().total_cmp(&a.difference.abs()));
        (shown.len(), shown.first().map(|c| **c))
    };
    let words = |c: &Comparison| {
        let full = sentence::difference(Unit::Share, c.difference, c.interval);
        let short = full.split(" (").next().unwrap_or(&full).to_owned();
        format!("{short} with {}", sentence::named(&c.subject.option))
    };
    let all = format!("{} other options", sentence::count(compared.len()));
    let does = |n: usize| if n == 1 { "does" } else { "do" };
    let (better, worse) = (pick(Verdict::Better), pick(Verdict::Worse));
    let finding = match (better, worse) {
        ((n, Some(best)), (_, None)) => {
            format!("{} of {all} {} better, at most {}", sentence::count(n), does(n), words(best))
        }
        ((_, None), (n, Some(worst))) => {
            format!("{} of {all} {} worse, at most {}", sentence::count(n), does(n), words(worst))
        }
        ((n, Some(best)), (m, Some(worst))) => format!(
            "of {all}, {} {} better and {} worse, from {}, to {}",
            sentence::count(n),
            does(n),
            sentence::count(m),
            words(best),
            words(worst)
        ),
        ((_, None), (_, None)) => format!("none of {all} can be told to do better or worse"),
    };
    format!("With {base}, {service}; {finding}")
}

/// "one option", "14 options".
fn options(n: usize) -> String {
    format!("{} {}", sentence::count(n), if n == 1 { "option" } else { "options" })
}

pub(super) fn subtitle(runs: &[&Run]) -> String {
    let run = runs[0];
    let views = match runs.len() {
        1 => run.view(),
        n => format!("Under each of {} views. ", sentence::count(n)),
    };
    if run.options.len() == 1 {
        return format!(
            "{views}Estimates with 95% intervals; where none shows, it is narrower than the mark."
        );
    }
    format!(
        "{views}Differences from the base with 95% intervals, each for its comparison alone; where none shows, it is narrower \
         than the mark. At the right of each column: the option’s own figure."
    )
}

/// Every figure of the drawing in words.
pub(super) fn words(runs: &[&Run], columns: &[Column<'_>]) -> String {
    let mut rows = Vec::new();
    for run in runs {
        for option in &run.options {
            let view = run.base().view.as_ref().filter(|_| runs.len() > 1);
            let view = view.map_or_else(String::new, |view| format!(" (view {view})"));
            let figures: Vec<String> = columns.iter().map(|c| figures(run, option, c)).collect();
            rows.push(format!("{}{view}: {}", option.name, figures.join("; ")));
        }
    }
    format!("{}.", rows.join(". "))
}

/// An option's figure of a measure and its difference from the base, in words.
fn figures(run: &Run, option: &OptionResult, column: &Column<'_>) -> String {
    let estimate = option.measures.get(column.measure).cloned().unwrap_or_default();
    let difference = run.comparison(&option.name, column.measure).map_or_else(String::new, |c| {
        format!(", {}", sentence::difference(column.unit, c.difference, c.interval))
    });
    format!("{} {}{difference}", column.title.to_lowercase(), column.figure(&estimate))
}
