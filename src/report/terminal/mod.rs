//! The summary on the terminal: a sentence of finding, one table, what was simulated. It fits a screen of 80
//! columns and 24 rows for up to eight options; the rest is there when all is asked for.

mod cell;
pub(super) mod fold;
mod table;

use super::agreement::{Agreed, brief, dispute, measured, summary as in_all};
use super::erlang::{UNKNOWN, erlang_view};
use super::sentence::{number, share, telling, time};
use super::summary::{OptionSummary, Summary};
use crate::experiment::Place;
use fold::{COLUMNS, clean, folded, shortened};

/// How much of the summary is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// What fits one screen.
    Screen,
    /// Every option with its whole name, and what was simulated at length.
    All,
}

/// Rows of a screen that the summary may fill: 24 less the prompt, and less what the command adds below it: a blank,
/// a warning, where the report is, the next command.
const ROWS: usize = 24 - 1 - 4;

/// Columns of a name within the finding.
const LONGEST_NAME: usize = 40;

/// One sentence on the base: how many calls are answered in time, whether the target is met, how many callers
/// give up.
pub fn finding(summary: &Summary<'_>) -> String {
    let base = &summary.options[0];
    let (Some(service), Some(queue)) = (base.figure("service_level"), base.setting.queues.first()) else {
        return "Nothing was simulated.".to_owned();
    };
    let Ok(service) = &service.value else { return "No calls were offered.".to_owned() };
    let alone = base.setting.queues.len() == 1;
    let half = match service.ci95 {
        Some((low, high)) if alone => {
            telling(service.half_width(), &[service.mean, low, high], queue.target_share)
        }
        _ => service.half_width(),
    };
    let several = summary.options.iter().any(|o| o.setting.view != base.setting.view);
    let view = base.setting.view.as_ref().filter(|_| several);
    let view =
        view.map_or_else(String::new, |view| format!(", view {}", shortened(&clean(view), LONGEST_NAME)));
    let name = shortened(&clean(&base.setting.name), LONGEST_NAME);
    let mut text = format!("{name}{view}: {} of calls are answered", share(service.mean, half));
    if alone {
        text += &format!(" within {}", time(crate::unit::seconds(queue.answer_within)));
    } else {
        text += " within their targets";
    }
    let counted = |queue: &crate::scenario::Queue| queue.service_level;
    text += match base.setting.queues.iter().all(|other| counted(other) == counted(queue)) {
        true => counted(queue).aside(),
        false => " (counted queue by queue)",
    };
    if let Some((low, high)) = service.ci95 {
        text += &format!(" (95% interval {} to {})", share(low, half), share(high, half));
        if alone {
            text += &held((low, high), queue.target_share);
        }
    }
    if let Some(Ok(lost)) = base.figure("abandonment_rate").map(|f| &f.value) {
        text += &format!("; {} of callers give up waiting", share(lost.mean, lost.half_width()));
    }
    text + "."
}

/// Whether a target is met, as far as the interval tells.
fn held((low, high): (f64, f64), target: f64) -> String {
    let wanted = share(target, None);
    if low >= target {
        format!(", which meets the target of {wanted}")
    } else if high < target {
        format!(", short of the target of {wanted}")
    } else {
        format!(", and whether the target of {wanted} is met cannot be told")
    }
}

/// The summary as plain text; `views` is what was found where views were held against each other.
pub fn summary_text(summary: &Summary<'_>, extent: Extent, views: &[Agreed]) -> String {
    let question = clean(&summary.study.question);
    let head = |question: &str| format!("{}\n\n{}\n\n", folded(question), folded(&finding(summary)));
    if extent == Extent::All {
        return head(&question) + &table::whole(summary) + &parting(views) + &at_length(summary);
    }
    let told = views.iter().filter_map(brief).map(|text| folded(&clean(&text)) + "\n");
    let foot = told.take(1).collect::<String>() + &in_short(summary);
    let within = |head: String| {
        let room = ROWS.saturating_sub(head.lines().count() + foot.lines().count());
        let (table, whole) = table::fitted(summary, room);
        (head + &table + &foot, whole)
    };
    // A long question gives way to the options.
    let (text, whole) = within(head(&question));
    if whole { text } else { within(head(&shortened(&question, COLUMNS))).0 }
}

/// What the views disagree on, and what it turns on.
fn parting(views: &[Agreed]) -> String {
    let mut text = String::new();
    for pair in views {
        let disputes = pair.disputed.iter().map(|one| dispute(pair, one));
        for said in [in_all(pair)].into_iter().chain(disputes).chain(measured(pair)) {
            text += &format!("{}\n", folded(&clean(&said)));
        }
        text.push('\n');
    }
    text
}

/// What was simulated, in one line.
fn in_short(summary: &Summary<'_>) -> String {
    let base = &summary.options[0];
    let mean = |id: &str| base.mean(id).unwrap_or(0.0);
    let text = format!(
        "A mean {}: {} needs, {} calls. {} replications, seed {}.",
        period(summary),
        number(mean("cases"), 0),
        number(mean("arrivals"), 0),
        number(f64::from(summary.outcome.replications), 0),
        summary.outcome.seed,
    );
    folded(&text) + "\n"
}

/// What was simulated, satisfaction, and Erlang's answers.
fn at_length(summary: &Summary<'_>) -> String {
    let base = &summary.options[0];
    let mut text = counts(summary);
    text += &satisfaction(base);
    text + &erlang(summary)
}

/// What Erlang's formulas would have said of each queue of the base.
fn erlang(summary: &Summary<'_>) -> String {
    let base = &summary.options[0];
    let views = erlang_view(base, &summary.study.horizon);
    let mut text = String::new();
    for view in &views {
        let place = base.setting.queues.iter().position(|q| q.name == view.queue);
        let mean = |id: &str| match place {
            Some(q) if views.len() > 1 => base.mean_of(Place::Queue(q), id),
            _ => base.mean(id),
        };
        let Some(service) = mean("service_level") else { continue };
        let said = view.text(service, mean("abandonment_rate"), views.len() == 1);
        text += &format!("\n{}\n", folded(&clean(&said)));
    }
    if views.iter().any(|view| view.said.is_ok()) {
        text += &format!("{}\n", folded(UNKNOWN));
    }
    text
}

/// The measured window in words: "week", "stretch of 10 days".
fn period(summary: &Summary<'_>) -> String {
    match summary.study.horizon.days {
        1 => "day".to_owned(),
        7 => "week".to_owned(),
        days => format!("stretch of {days} days"),
    }
}

/// Satisfaction of the base's callers, what a survey would see of it, and what it weighs.
fn satisfaction(base: &OptionSummary<'_>) -> String {
    let (Some(all), Some(survey)) = (base.mean("satisfaction"), base.mean("satisfaction_answered")) else {
        return String::new();
    };
    let b = base.setting.response.satisfaction;
    let mut text = format!(
        "Satisfied, on assumed weights: {} of all who call, {} as a survey of answered calls would see it",
        share(all, Some(0.001)),
        share(survey, Some(0.001)),
    );
    if b.per_minute != 0.0 {
        text += &format!(
            "; {} minutes of waiting weigh as much as one unresolved case",
            number(b.unresolved / b.per_minute, 0)
        );
    }
    folded(&(text + ".")) + "\n"
}

/// How much was simulated, for the base.
fn counts(summary: &Summary<'_>) -> String {
    let base = &summary.options[0];
    let mean = |id: &str| base.mean(id).unwrap_or(0.0);
    let text = format!(
        "A mean {} of the base: {} needs make {} calls ({} redials, {} repeats, {} chases). {} of rostered shifts are \
         worked; {} hours are paid, {} signed on. {} replications, seed {}, version {}.",
        period(summary),
        number(mean("cases"), 0),
        number(mean("arrivals"), 0),
        number(mean("redials"), 0),
        number(mean("repeats"), 0),
        number(mean("chases"), 0),
        share(mean("present"), Some(0.001)),
        number(mean("hours_paid"), 0),
        number(mean("hours_signed_on"), 0),
        number(f64::from(summary.outcome.replications), 0),
        summary.outcome.seed,
        env!("CARGO_PKG_VERSION"),
    );
    folded(&text) + "\n"
}
