//! The engine against exact theory, as a table anyone can read.

use super::sentence::{number, time};
use crate::experiment::{Depth, FARTHEST, Pooled, Verification, VerifiedFigure, VerifiedRow};
use crate::theory::{Row, RowLaw, RowMeasure};

/// What the columns are, above the table.
const HEAD: &str = "\
Each row is a queue for which theory gives exact numbers. It was written as a scenario and simulated.
exact: by theory. simulated: over all replications, ± its standard error. z: the difference in standard errors; nine
in ten lie between -1.6 and 1.6, 9,999 in 10,000 between -3.9 and 3.9. rare: too rare, or too near certain, for a z.
* marks the one figure of a row whose z enters the test of all rows together. Shares are of all calls, times in seconds.
";

/// The whole table and the verdict.
pub fn verification_text(verification: &Verification) -> String {
    let mut text = String::from(HEAD);
    for row in &verification.rows {
        text += "\n";
        text += &row_text(row);
    }
    text += "\n";
    if let Some(pooled) = &verification.pooled {
        text += &pooled_text(pooled);
    }
    text + &verdict(verification) + "\n"
}

/// A row: what queue it is, how it was simulated, each figure.
fn row_text(row: &VerifiedRow) -> String {
    let days = row.days;
    let mut text = format!(
        "{}  {}\n       {} calls: {} replications of {} days after {} of warm-up, seed {}{}\n",
        row.row.id,
        in_words(&row.row),
        number(row.calls as f64, 0),
        number(f64::from(row.replications), 0),
        number(f64::from(days.measured), 0),
        number(f64::from(days.warm_up), 0),
        row.seed,
        if row.is_tested() { "" } else { "; not tested: its standard errors are too large" },
    );
    text += &format!("       {:<28}{:>12}  {:>12}   {:<12}{:>6}\n", "", "exact", "simulated", "", "z");
    for figure in &row.figures {
        let gate = if row.row.gate == Some(figure.measure) { "*" } else { " " };
        let name = name(figure.measure);
        let value = |value: f64| digits(value, figure.measure);
        text += &format!(
            "     {gate} {name:<28}{:>12}  {:>12} ± {:<12}{:>6}{}\n",
            value(figure.exact),
            value(figure.simulated),
            value(figure.error),
            score(figure),
            after(figure),
        );
    }
    text
}

/// The queue in words: agents, load, laws.
pub fn in_words(row: &Row) -> String {
    let agents = match row.servers {
        1 => "1 agent".to_owned(),
        n => format!("{n} agents"),
    };
    let rate = row.arrivals_per_s * 3600.0;
    let calls = number(rate, if (rate - rate.round()).abs() < 1e-9 { 0 } else { 1 });
    let mut text = format!("{agents}, {calls} calls an hour; talk {}", law_in_words(&row.service));
    if let Some(wrap) = &row.wrap {
        text += &format!(", wrap {}", law_in_words(wrap));
    }
    match &row.patience {
        Some(patience) => text += &format!("; patience {}", law_in_words(patience)),
        None => text += "; nobody gives up",
    }
    if let Some(lines) = row.lines {
        text += &format!("; {lines} telephone lines");
    }
    if let Some(p) = row.balking {
        text += &format!("; {} ring off at once if nobody is free", share(p));
    }
    if let Some((again, delay)) = row.redials {
        text +=
            &format!("; {} of those who give up try again, after {} on average", share(again), time(delay));
    }
    if let Some(next) = &row.next {
        let agents = if next.servers == 1 { "another agent" } else { &format!("{} others", next.servers) };
        let who = if next.probability == 1.0 {
            "everybody is".into()
        } else {
            format!("{} are", share(next.probability))
        };
        text += &format!("; {who} passed on to {agents}, talk there {}", law_in_words(&next.service));
    }
    text
}

fn share(p: f64) -> String {
    format!("{}%", number(100.0 * p, 0))
}

fn law_in_words(law: &RowLaw) -> String {
    let mean = time(law.mean());
    let cv = || {
        let text = format!("{:.2}", law.cv());
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    match law {
        RowLaw::Exponential { .. } => format!("exponential, mean {mean}"),
        RowLaw::Deterministic { .. } => format!("always {mean}"),
        RowLaw::Uniform { low, high } => format!("uniform, {} to {}", time(*low), time(*high)),
        RowLaw::Erlang { k, .. } => format!("Erlang of {k} stages, mean {mean}"),
        RowLaw::Gamma { .. } => format!("gamma, mean {mean}, cv {}", cv()),
        RowLaw::Lognormal { .. } => format!("lognormal, mean {mean}, cv {}", cv()),
        RowLaw::Hyperexponential { weights, means } => {
            let parts: Vec<String> = weights
                .iter()
                .zip(means)
                .map(|(weight, mean)| format!("mean {} for {:.0}%", time(*mean), 100.0 * weight))
                .collect();
            format!("exponential, {}", parts.join(" and "))
        }
    }
}

fn name(measure: RowMeasure) -> String {
    match measure {
        RowMeasure::PWait => "must wait".into(),
        RowMeasure::PAbandon => "give up".into(),
        RowMeasure::MeanWait => "mean wait, all, s".into(),
        RowMeasure::Asa => "mean wait, answered, s".into(),
        RowMeasure::Occupancy => "agents busy".into(),
        RowMeasure::ServedWithin(t) => format!("answered within {t} s"),
        RowMeasure::WaitsBeyond(t) => format!("wait over {t} s"),
        RowMeasure::PBlock => "busy tone, of arrivals".into(),
        RowMeasure::ArrivalsServedWithin(t) => format!("in {t} s, of arrivals"),
        RowMeasure::PWaitFirst => "must wait, first calls".into(),
        RowMeasure::EventuallyServed => "answered at last".into(),
        RowMeasure::PWaitNext => "passed on: must wait".into(),
        RowMeasure::AsaNext => "passed on: mean wait, s".into(),
        RowMeasure::OccupancyNext => "passed on: agents busy".into(),
        RowMeasure::WaitsBeyondNext(t) => format!("passed on: wait over {t} s"),
    }
}

/// A share to six decimals, a time to four; what would print as nothing, as a power of ten.
fn digits(value: f64, measure: RowMeasure) -> String {
    let (places, least) = if measure.is_share() { (6, 5e-6) } else { (4, 5e-4) };
    if value != 0.0 && value.abs() < least { format!("{value:.1e}") } else { format!("{value:.places$}") }
}

fn score(figure: &VerifiedFigure) -> String {
    figure.z.map_or_else(|| "rare".to_owned(), signed)
}

fn signed(z: f64) -> String {
    let text = format!("{z:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}

/// What follows a far z: those of the reruns, and what they say.
fn after(figure: &VerifiedFigure) -> String {
    let again: Vec<String> = figure.again.iter().map(|z| signed(*z)).collect();
    match (again.is_empty(), figure.holds()) {
        (true, true) => String::new(),
        (true, false) => "  DIFFERS".into(),
        (false, true) => format!("  chance: {} under other seeds", again.join(", ")),
        (false, false) => format!("  DIFFERS: {} under other seeds", again.join(", ")),
    }
}

fn pooled_text(pooled: &Pooled) -> String {
    format!(
        "All rows together, one z each ({} of them): mean {}, may lie within ±{:.2}{}; variance {:.2}, may lie \
         from {:.2} to {:.2}{}.\n",
        pooled.count,
        signed(pooled.mean),
        pooled.farthest_mean,
        if pooled.mean_holds() { "" } else { " (IT DOES NOT)" },
        pooled.variance,
        pooled.bounds.0,
        pooled.bounds.1,
        if pooled.variance_holds() { "" } else { " (IT DOES NOT)" },
    )
}

/// One plain sentence.
fn verdict(verification: &Verification) -> String {
    let rows = &verification.rows;
    let tested = rows.iter().filter(|row| row.is_tested()).count();
    let all = || rows.iter().flat_map(|row| &row.figures);
    let calls = number(rows.iter().map(|row| row.calls as f64).sum(), 0);
    let precision = match verification.depth {
        Depth::Quick => "1% (or 0.002 of a share, 0.05 s)",
        Depth::Full => "0.3% (or 0.0002 of a share, 0.02 s)",
    };
    let missed: Vec<&str> = rows.iter().filter(|r| !r.is_tested()).map(|r| r.row.id.as_str()).collect();
    let rest = if missed.is_empty() {
        String::new()
    } else {
        format!(" Not tested, for want of precision: {}.", missed.join(", "))
    };
    if verification.holds() {
        let tested_figures = || rows.iter().filter(|r| r.is_tested()).flat_map(|r| &r.figures);
        let count = |rare: bool| tested_figures().filter(|f| f.z.is_none() == rare).count();
        let rare = match count(true) {
            0 => String::new(),
            n => format!("; {n} rare ones lie within {FARTHEST} times that"),
        };
        return format!(
            "The simulation agrees with theory: {} figures of {tested} queues, over {calls} calls, lie within \
             {FARTHEST} standard errors, and those are at most {precision}{rare}.{rest}",
            count(false),
        );
    }
    let wrong = all().filter(|figure| !figure.holds()).count();
    if wrong == 0 {
        return format!("The simulation does not agree with theory over all rows together.{rest}");
    }
    let ids: Vec<&str> = rows.iter().filter(|r| !r.holds()).map(|r| r.row.id.as_str()).collect();
    let figures = if wrong == 1 { "1 figure differs".to_owned() } else { format!("{wrong} figures differ") };
    format!(
        "The simulation does not agree with theory: {figures} by more than chance allows, in {}.{rest}",
        ids.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theory::rows;

    fn words(id: &str) -> String {
        in_words(&rows().into_iter().find(|row| row.id == id).unwrap())
    }

    #[test]
    fn queues_are_told_in_words() {
        assert_eq!(
            words("EC009"),
            "2 agents, 19.2 calls an hour; talk exponential, mean 5 min; nobody gives up"
        );
        assert_eq!(words("EA001").split("; ").last(), Some("patience exponential, mean 50 min"));
        assert_eq!(
            words("TW001"),
            "5 agents, 54 calls an hour; talk exponential, mean 4 min, wrap exponential, mean 1 min; patience \
             exponential, mean 2 min"
        );
        assert!(words("MG+009").ends_with("patience exponential, mean 15 s for 30% and mean 5 min for 70%"));
        assert!(words("MG+011").ends_with("patience lognormal, mean 4 min, cv 1"));
        assert!(words("MG+005").ends_with("patience uniform, 0 s to 4 min"));
        assert!(words("TR001").ends_with(
            "; nobody gives up; 25% are passed on to 3 others, talk there exponential, mean 6 min"
        ));
        assert!(
            words("TR003").ends_with(
                "; everybody is passed on to another agent, talk there exponential, mean 5 min 36 s"
            )
        );
    }

    #[test]
    fn small_numbers_do_not_print_as_nothing() {
        assert_eq!(digits(0.5, RowMeasure::PWait), "0.500000");
        assert_eq!(digits(8.4e-7, RowMeasure::PWait), "8.4e-7");
        assert_eq!(digits(0.0, RowMeasure::Asa), "0.0000");
        assert_eq!(signed(-0.001), "0.00");
    }
}
