//! What a replayed day shows, in words.

use crate::report::chart::run::Run;
use crate::report::sentence;
use crate::report::stored::{Activity, Day, Duty};
use crate::unit::parse_date;

/// "Monday 1 November 2004".
fn date(day: &Day) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let Some(date) = parse_date(&day.date) else { return day.date.clone() };
    let number = date.days_since(date.month_start()) + 1;
    let month =
        MONTHS.get(usize::from(date.month().unsigned_abs()).wrapping_sub(1)).copied().unwrap_or_default();
    format!("{} {number} {month} {}", date.weekday().title(), date.year())
}

/// "one agent", "14 agents".
fn counted(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", sentence::count(n), if n == 1 { one } else { many })
}

/// Shifts that begin on the day.
fn own(day: &Day) -> impl Iterator<Item = &Duty> {
    day.duties.iter().filter(|d| d.start >= 0.0)
}

/// Who was there, how many calls were answered and not, what befell the staff.
pub(super) fn title(day: &Day) -> String {
    let rostered = own(day).count();
    let there = own(day).filter(|d| d.left.is_some()).count();
    let answered = day.calls.iter().filter(|c| c.answered).count();
    let lost = day.calls.len() - answered;
    let present = match rostered - there {
        0 => format!("all {} agents are there", sentence::count(rostered)),
        _ => {
            let verb = if there == 1 { "agents is" } else { "agents are" };
            format!("{} of {} {verb} there", sentence::count(there), sentence::count(rostered))
        }
    };
    let peak = peak(day)
        .filter(|(n, _)| *n > 1 && *n < lost)
        .map_or_else(String::new, |(n, hour)| format!(", {} of them from {}", sentence::count(n), hour));
    let calls = format!(
        "{} answered, {} not{peak}",
        counted(answered, "call is", "calls are"),
        sentence::count(lost)
    );
    format!("{}, replayed: {present}, {calls}{}", date(day), staff(day))
}

/// The clock hour in which most callers were not served, and how many.
fn peak(day: &Day) -> Option<(usize, String)> {
    let hour = |ended: f64| libm::floor(ended / 60.0) as u32;
    let lost: Vec<u32> = day.calls.iter().filter(|c| !c.answered).map(|c| hour(c.ended)).collect();
    let count = |hour: u32| lost.iter().filter(|h| **h == hour).count();
    let worst = lost.iter().copied().max_by(|a, b| count(*a).cmp(&count(*b)).then(b.cmp(a)))?;
    let at = |hour: u32| sentence::time_of_day(f64::from(hour) * 60.0);
    Some((count(worst), format!("{} to {}", at(worst), at(worst + 1))))
}

/// Breaks begun late and late finishes, where there are any.
fn staff(day: &Day) -> String {
    let breaks: u32 = own(day).map(|d| d.breaks).sum();
    let late: u32 = own(day).map(|d| d.breaks_late).sum();
    let finishes =
        day.duties.iter().filter(|d| d.end <= super::DAY && d.left.is_some_and(|left| left > d.end)).count();
    let mut parts = Vec::new();
    if late > 0 {
        let (late, breaks) = (sentence::count(late as usize), sentence::count(breaks as usize));
        parts.push(format!("{late} of {breaks} breaks begin late"));
    }
    if finishes > 0 {
        parts.push(format!("{} late", counted(finishes, "agent leaves", "agents leave")));
    }
    if parts.is_empty() { String::new() } else { format!("; {}", parts.join(" and ")) }
}

/// That it is an example, which one, and who is left out.
pub(super) fn subtitle(run: &Run, shown: usize) -> String {
    let all = super::people(&run.example).len();
    let some = if shown < all {
        format!(" {shown} of {all} agents are drawn, spread evenly over the teams; the counts are of all.")
    } else {
        String::new()
    };
    format!(
        "{}One example, no average: the first open day of the first replication of {}. A row is an agent; strokes are \
         the rostered start and end.{some}",
        run.view(),
        sentence::named(&run.base().name)
    )
}

/// Each agent's day in a few figures.
pub(super) fn words(day: &Day) -> String {
    let agents: Vec<String> = own(day)
        .map(|duty| {
            let who = format!("{} {}", duty.person.team, duty.person.number);
            let Some(left) = duty.left else { return format!("{who}: absent") };
            let own = day.spells.iter().filter(|s| s.person == duty.person);
            let calls = own.filter(|s| s.activity == Activity::Talk).count();
            let (start, left) = (sentence::time_of_day(duty.start), sentence::time_of_day(left));
            format!("{who}: {start} to {left}, {}", counted(calls, "call", "calls"))
        })
        .collect();
    format!("{}.", agents.join("; "))
}
