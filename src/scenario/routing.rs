//! Who may answer whom, and how well: overflow, priorities and proficiency by team.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use super::meant::{Overflow, PauseKind, Proficiency, Queue, Setting, Team, WrapRule};
use super::setting::Source;
use super::sites::{are_separate, known_site};
use super::teams::known;
use super::tree::{Entry, Place};

/// Entries of a map whose names are queues, each with the number of its queue.
fn by_queue<'a>(
    f: &Fields<'a>,
    map: &str,
    queues: &[&str],
    out: &mut Findings,
) -> Vec<(usize, &'a Entry, Fields<'a>)> {
    let mut found = Vec::new();
    for (entry, fields) in f.named(map) {
        match queues.iter().position(|queue| *queue == entry.key) {
            Some(number) => found.push((number, entry, fields)),
            None => {
                let message = format!("there is no queue \"{}\"", entry.key);
                out.fault(Code::UnknownQueue, entry.key_place, message, known(&entry.key, queues, "queues"));
            }
        }
    }
    found
}

/// A team's own priorities.
pub(super) fn priorities(f: &Fields<'_>, queues: &[&str], out: &mut Findings) -> Vec<(usize, u8)> {
    let map = f.child("priorities");
    let priority = |entry: &Entry| map.entry_whole(entry).unwrap_or(1) as u8;
    by_queue(f, "priorities", queues, out).iter().map(|(queue, entry, _)| (*queue, priority(entry))).collect()
}

/// A team's proficiency, by queue and agent.
pub(super) fn proficiency(
    f: &Fields<'_>,
    queues: &[&str],
    out: &mut Findings,
) -> Vec<(usize, Vec<Proficiency>)> {
    let mut all = Vec::new();
    for (queue, _, f) in by_queue(f, "proficiency", queues, out) {
        let mut factors = |one: &str, list: &str| -> Vec<f64> {
            let of_all = f.number(one).unwrap_or(1.0);
            if !f.has(list) {
                return vec![of_all];
            }
            let factors = f.numbers(list).unwrap_or_default();
            if f.list(list).is_empty() {
                let help = format!("give a number for each agent, or `{one}` for all");
                out.fault(Code::WrongLength, f.place_of(list), format!("`{list}` is empty"), help);
            }
            if of_all != 1.0 {
                let help = format!("give `{one}` for all agents, or `{list}` for each");
                let message = format!("`{one}` and `{list}` are both given");
                out.fault(Code::TwoWays, f.place_of(one), message, help);
            }
            if factors.is_empty() { vec![1.0] } else { factors }
        };
        let (speeds, resolutions) = (factors("speed", "speeds"), factors("resolution", "resolutions"));
        // Two lists of different lengths go round together after their least common multiple.
        let (n, m) = (speeds.len(), resolutions.len());
        let round = n / greatest_common_divisor(n, m) * m;
        if round > MOST_DIFFERENT {
            let message = format!(
                "{round} agents of the team would all be different: at most {MOST_DIFFERENT} are told apart"
            );
            let help = "give lists of which one's length is a multiple of the other's, or split the team";
            out.fault(Code::TooMany, f.place_of("speeds").max(f.place_of("resolutions")), message, help);
            continue;
        }
        let agent = |k: usize| Proficiency { speed: speeds[k % n], resolution: resolutions[k % m] };
        all.push((queue, (0..round).map(agent).collect()));
    }
    all
}

/// Agents of a team whose proficiency in a queue is told apart.
const MOST_DIFFERENT: usize = 1000;

fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// Reads to which teams each queue overflows; `None` for queues that an option has taken away.
pub(super) fn overflow(
    queues: &[Queue],
    fields: &[Source<'_>],
    (teams, team_fields): (&[Team], &[Source<'_>]),
    sites: &[String],
    out: &mut Findings,
) -> Vec<Option<Vec<Overflow>>> {
    let names: Vec<&str> = teams
        .iter()
        .zip(team_fields)
        .map(|(team, (f, _))| if f.is_some() { team.name.as_str() } else { "" })
        .collect();
    let mut steps = |number: usize, queue: &Queue, f: &Fields<'_>| {
        let mut named = Vec::new();
        let mut steps = Vec::new();
        let separate = are_separate(f);
        for step in f.tables("overflow") {
            if !step.has("teams")
                && !step.has("sites")
                && !step.is_misspelt("teams")
                && !step.is_misspelt("sites")
            {
                let help = "give `teams` or `sites`: who answers too";
                out.fault(Code::MissingKey, step.place, "a step of overflow names nobody", help);
            }
            let mut of_step = Vec::new();
            for node in step.list("teams") {
                let Some(name) = node.text() else { continue };
                let Some(team) = names.iter().position(|known| *known == name) else {
                    let message = format!("there is no team \"{name}\"");
                    out.fault(Code::UnknownTeam, node.place, message, known(name, &names, "teams"));
                    continue;
                };
                if teams[team].answers.contains(&number) && !separate {
                    let message = format!("\"{name}\" answers `{}` in any case", queue.name);
                    let help = format!("take \"{name}\" away here, or the queue from the team's `answers`");
                    out.fault(Code::NoEffect, node.place, message, help);
                } else if named.contains(&team) {
                    let help = "name each team once, where it comes first";
                    out.fault(Code::DoubledName, node.place, format!("\"{name}\" is named twice"), help);
                } else {
                    named.push(team);
                    of_step.push(team);
                }
            }
            for node in step.list("sites") {
                let Some(name) = node.text() else { continue };
                let Some(site) = known_site(name, node.place, sites, out) else { continue };
                let further = of_site(number, separate, site, teams, &named);
                if further.is_empty() {
                    let message =
                        format!("nobody at \"{name}\" answers `{}` who does not in any case", queue.name);
                    let help = "take the site away here, or give it a team";
                    out.fault(Code::NoEffect, node.place, message, help);
                }
                named.extend(&further);
                of_step.extend(further);
            }
            of_step.sort_unstable();
            steps.push(Overflow {
                teams: of_step,
                after: step.length("after").unwrap_or(0),
                when_more_wait_than: step.whole("when-more-wait-than").unwrap_or(0) as u32,
            });
        }
        steps
    };
    let read = queues.iter().zip(fields).enumerate();
    read.map(|(number, (queue, (f, _)))| f.as_ref().map(|f| steps(number, queue, f))).collect()
}

/// The teams of a site to which a queue overflows, of those not named before: where sites are separate, those that answer
/// the queue for their own site, else, or where there are none, all that do not answer it.
fn of_site(queue: usize, separate: bool, site: usize, teams: &[Team], named: &[usize]) -> Vec<usize> {
    let at: Vec<usize> = (0..teams.len()).filter(|team| teams[*team].site == Some(site)).collect();
    let answers = |team: &usize| teams[*team].answers.contains(&queue);
    let own = separate && at.iter().any(answers);
    at.into_iter().filter(|team| answers(team) == own && !named.contains(team)).collect()
}

/// Whether a team's agents ever answer a queue.
fn serves(queues: &[Queue], team: usize, teams: &[Team], queue: usize) -> bool {
    teams[team].answers.contains(&queue) || queues[queue].overflow.iter().any(|o| o.teams.contains(&team))
}

/// What is said of skills that changes nothing: of queues that a team never answers, of agents kept free from nobody.
pub(super) fn ask_about_skills(
    queues: &[Queue],
    queue_fields: &[Source<'_>],
    teams: &[Team],
    fields: &[Source<'_>],
    out: &mut Findings,
) {
    for (number, (team, (f, _))) in teams.iter().zip(fields).enumerate() {
        let Some(f) = f else { continue };
        for (map, told) in [("priorities", team.priorities.len()), ("proficiency", team.proficiency.len())] {
            if told == 0 {
                continue;
            }
            for (entry, _) in f.named(map) {
                let of = queues.iter().position(|queue| queue.name == entry.key);
                if of.is_some_and(|queue| !serves(queues, number, teams, queue)) {
                    let message = format!("`{}` never answers `{}`", team.name, entry.key);
                    let help = "take it away, or name the queue in the team's `answers`";
                    out.fault(Code::NoEffect, entry.key_place, message, help);
                }
            }
        }
    }
    for (number, (queue, (f, _))) in queues.iter().zip(queue_fields).enumerate() {
        let Some(f) = f else { continue };
        let shared = teams.iter().any(|team| team.answers.contains(&number) && team.answers.len() > 1);
        let lent = (0..teams.len()).any(|team| {
            teams[team].answers.contains(&number)
                && (0..queues.len()).any(|other| other != number && serves(queues, team, teams, other))
        });
        if queue.keep_free > 0 && !shared && !lent {
            let message =
                format!("those who answer `{}` answer nothing else: nobody need be kept free", queue.name);
            let place: Place = f.place_of("keep-free");
            out.warn(Code::NoEffect, place, message, "take `keep-free` away, or let a team answer both");
        }
    }
}

/// Work scheduled for later needs a time at which it is done.
pub(super) fn ask_about_paperwork(setting: &Setting, fields: &[Source<'_>], out: &mut Findings) {
    for (number, (team, (f, place))) in setting.teams.iter().zip(fields).enumerate() {
        let scheduled =
            |queue: &usize| matches!(setting.wrap_policy(*queue, number).rule, WrapRule::Scheduled { .. });
        let is_worked =
            |shift: usize| setting.shifts[shift].pauses.iter().any(|p| p.kind == PauseKind::Paperwork);
        if f.is_none()
            || team.agents == 0
            || setting.backlog.overtime > 0
            || !team.answers.iter().any(scheduled)
            || team.works_any(is_worked)
        {
            continue;
        }
        let message =
            format!("wrap of `{}` is scheduled for paperwork time, and its shifts have none", team.name);
        let help = "give its shifts `paperwork`, such as [{ start = \"16:30\", length = \"30m\" }], or allow overtime in [policy.backlog]";
        out.fault(Code::NoPaperwork, *place, message, help);
    }
}
