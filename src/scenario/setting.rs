//! One option under one view, read from its own complete tree.

use super::access;
use super::calendar::Calendar;
use super::code::Code;
use super::declaration::HoursKind;
use super::fields::Fields;
use super::files::Files;
use super::finding::Findings;
use super::keys::SCENARIO;
use super::meant::{Opening, Queue, Routing, Setting, Team, Volume, WrapPolicy, WrapRule};
use super::policies;
use super::queues::{self, Around};
use super::rota::Rota;
use super::routing;
use super::shifts;
use super::sites;
use super::start;
use super::teams;
use super::transfers;
use super::tree::Node;
use super::value;
use super::working_time;
use crate::unit::{Date, Micros, Weekday};

/// What a setting is read against.
pub(super) struct Frame<'a> {
    /// The option's name.
    pub(super) name: &'a str,
    /// The view's name.
    pub(super) view: Option<&'a str>,
    /// First day measured, and how many.
    pub(super) window: (Date, i64),
    /// Length of an interval, where it is known.
    pub(super) interval: Option<Micros>,
    /// The base option under the same view, once it has been read.
    pub(super) base: Option<&'a Setting>,
}

/// Reads a tree as a setting. Faulty parts become harmless ones: the scenario is refused in the end.
pub(super) fn setting(tree: &Node, frame: &Frame<'_>, files: &mut Files<'_>, out: &mut Findings) -> Setting {
    let f = Fields::of(tree, &SCENARIO);
    let (opening, is_known) = opening(&f.child("opening"), files, out);
    let response = policies::response(&f.child("response"), files, out);
    // A volume that counts every call holds the repeats of the base option, whatever this option does.
    let of = frame.base.map_or(&response, |base| &base.response);
    let no_repeats = 1.0 - of.repeats * (1.0 - of.resolved);
    let around = Around {
        opening: is_known.then_some(&opening),
        interval: frame.interval,
        start: f.child("horizon").date("start"),
        no_repeats,
        routing: policies::routing(&f.child("policy")).unwrap_or(Routing::LongestIdle),
    };

    let mut queues = Vec::new();
    let mut queue_fields = Vec::new();
    for (section, most) in [("queues", MOST_QUEUES), ("teams", MOST_TEAMS), ("shifts", MOST_SHIFTS)] {
        let number = f.named(section).count();
        if number > most {
            let message = format!("{number} {section}: at most {most} are simulated");
            out.fault(Code::TooMany, f.place_of(section), message, "simulate one site at a time");
        }
    }
    for (entry, fields) in f.named("queues").take(MOST_QUEUES) {
        queues.push(queues::queue(&entry.key, &fields, &around, files, out));
        queue_fields.push((Some(fields), entry.key_place));
    }
    if queues.is_empty() && f.node("queues").is_some() {
        let help = "give one: [queues.enquiries], with its demand and talk";
        out.fault(Code::MissingKey, f.place_of("queues"), "there is no queue", help);
    }
    if let Some(base) = frame.base {
        keep_places(&mut queues, &mut queue_fields, &base.queues, |q| &q.name, without_calls);
    }
    for (number, rules) in transfers::transfers(&queues, &queue_fields, files, out).into_iter().enumerate() {
        queues[number].transfers = rules.unwrap_or_default();
    }
    let mut shifts = shifts::shifts(&f, out);
    let named = shifts.len();
    let rules = working_time::rules(&f.child("working-time"));
    let names: Vec<String> = queues
        .iter()
        .zip(&queue_fields)
        .map(|(q, (f, _))| if f.is_some() { q.name.clone() } else { String::new() })
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut sites = frame.base.map_or_else(Vec::new, |base| base.sites.clone());
    let mut teams = Vec::new();
    let mut team_fields = Vec::new();
    for (entry, fields) in f.named("teams").take(MOST_TEAMS) {
        let (shifts, sites, window) = (&mut shifts, &mut sites, frame.window);
        let mut around = teams::Around { queues: &names, sites, shifts, named, rules: &rules, window };
        teams.push(teams::team(&entry.key, &fields, &mut around, files, out));
        team_fields.push((Some(fields), entry.key_place));
    }
    if teams.is_empty() && f.node("teams").is_some() {
        let help = "give one: [teams.agents], with its agents, the queues it answers and a rota";
        out.fault(Code::MissingKey, f.place_of("teams"), "there is no team", help);
    }
    if let Some(base) = frame.base {
        keep_places(&mut teams, &mut team_fields, &base.teams, |t| &t.name, without_agents);
    }
    let agents: u64 = teams.iter().map(|team| u64::from(team.agents)).sum();
    if agents > MOST_AGENTS {
        let message = format!("{agents} agents in all teams: at most {MOST_AGENTS} are simulated");
        out.fault(Code::TooMany, f.place_of("teams"), message, "simulate one site at a time");
    }
    let shares: Vec<_> = queue_fields
        .iter()
        .enumerate()
        .map(|(number, (f, _))| {
            f.as_ref().map(|f| sites::shares(number, f, (&teams, &team_fields), &sites, out))
        })
        .collect();
    for (queue, shares) in queues.iter_mut().zip(shares) {
        queue.site_shares = shares.unwrap_or_default();
    }
    let overflows = routing::overflow(&queues, &queue_fields, (&teams, &team_fields), &sites, out);
    for (queue, overflow) in queues.iter_mut().zip(overflows) {
        if let Some(overflow) = overflow {
            queue.overflow = overflow;
        }
    }
    routing::ask_about_skills(&queues, &queue_fields, &teams, &team_fields, out);
    // A rota's file that cannot be read leaves open who there is; so does a slip in the word `teams`.
    let unclear = !f.has("teams")
        || teams.iter().zip(&team_fields).any(|(team, (fields, _))| {
            fields
                .as_ref()
                .is_some_and(|f| teams::unclear(f, &names) || f.has("rota-file") && team.agents == 0)
        });
    for (number, (queue, (fields, place))) in queues.iter().zip(&queue_fields).enumerate() {
        let answers = |(place, team): (usize, &Team)| {
            team.agents > 0
                && (team.answers.contains(&number) || queue.overflow.iter().any(|o| o.teams.contains(&place)))
        };
        let staffed = teams.iter().enumerate().any(answers);
        if fields.is_some() && !staffed && !unclear {
            let fate = match queue.patience {
                Some(_) => "its callers wait until they give up",
                None => "its callers wait for ever",
            };
            let message = format!("nobody answers `{}`: {fate}", queue.name);
            out.warn(
                Code::NobodyAnswers,
                *place,
                message,
                "name it in the `answers` of a team that has agents",
            );
        }
    }
    let policy = f.child("policy");
    let default = policies::wrap(&policy, out).unwrap_or(AS_NEEDED);
    let by_queue = own_wraps(&queue_fields, out);
    let by_team = own_wraps(&team_fields, out);
    let wrap_policies = by_queue
        .iter()
        .flat_map(|queue| by_team.iter().map(move |team| team.or(*queue).unwrap_or(default)))
        .collect();
    let telephone = access::telephone(&f.child("telephone"), frame.window, &sites, out);
    for (queue, (fields, _)) in queues.iter().zip(&queue_fields) {
        fields.iter().for_each(|f| access::compare(&telephone, &queue.access, f, out));
    }
    let start_state = start::start_state(&f.child("horizon"), &queues, &teams, &team_fields, out);
    let setting = Setting {
        name: frame.name.to_owned(),
        view: frame.view.map(str::to_owned),
        opening,
        telephone,
        queues,
        teams,
        sites,
        shifts,
        closing: policies::closing(&policy),
        shift_end: policies::shift_end(&policy),
        talk_policy: policies::talk(&policy),
        wrap_policies,
        backlog: policies::backlog(&policy.child("backlog")),
        response,
        start_state,
    };
    start::ask_about_backlog(&setting, &team_fields, out);
    routing::ask_about_paperwork(&setting, &team_fields, out);
    setting
}

/// Queues, teams and shifts of one option.
const MOST_QUEUES: usize = 200;
pub(super) const MOST_TEAMS: usize = 1000;
pub(super) const MOST_SHIFTS: usize = 5000;

/// Agents of one option.
pub(super) const MOST_AGENTS: u64 = 200_000;

const AS_NEEDED: WrapPolicy =
    WrapPolicy { rule: WrapRule::AsNeeded, minimum: 0, absorbed: 0.0, dropped: 0.0 };

pub(super) type Source<'a> = (Option<Fields<'a>>, super::tree::Place);

fn own_wraps(fields: &[Source<'_>], out: &mut Findings) -> Vec<Option<WrapPolicy>> {
    fields.iter().map(|(fields, _)| policies::wrap(&fields.as_ref()?.child("policy"), out)).collect()
}

/// Identity is position: what an option takes away leaves an empty place, so that nobody else moves.
fn keep_places<'a, T: Clone>(
    items: &mut Vec<T>,
    fields: &mut Vec<Source<'a>>,
    base: &[T],
    name: impl Fn(&T) -> &str,
    emptied: impl Fn(&T) -> T,
) {
    for (place, old) in base.iter().enumerate() {
        if items.iter().all(|item| name(item) != name(old)) {
            items.insert(place.min(items.len()), emptied(old));
            fields.insert(place.min(fields.len()), (None, super::tree::Place::default()));
        }
    }
}

fn without_calls(queue: &Queue) -> Queue {
    let mut queue = queue.clone();
    queue.demand.volume = Volume::PerYear(0.0);
    queue.demand.calendar = Calendar::default();
    queue.site_shares = Vec::new();
    queue
}

fn without_agents(team: &Team) -> Team {
    Team {
        agents: 0,
        answers: Vec::new(),
        rota: Rota::Weeks(vec![[None; 7]]),
        stagger: Vec::new(),
        ..team.clone()
    }
}

/// Opening hours, and whether all that is said of them is understood.
fn opening(f: &Fields<'_>, files: &mut Files<'_>, out: &mut Findings) -> (Opening, bool) {
    let mut week = [None; 7];
    let mut sound = true;
    for (entry, _) in f.names() {
        match value::hours(&entry.key, HoursKind::Opening, &entry.node) {
            Ok(hours) => {
                for Weekday(day) in value::weekdays(&entry.key).unwrap_or_default() {
                    week[usize::from(day)] = hours;
                }
            }
            Err(_) => sound = false,
        }
    }
    if sound && week.iter().all(Option::is_none) && !out.faulty(f.extent()) {
        let help = "give opening hours, for example monday-friday = \"08:00-18:00\"";
        out.fault(Code::NeverOpen, f.place, "the centre never opens", help);
    }
    let mut closed = f.dates("closed");
    if let Some(name) = f.file("holidays") {
        let listed = files.holidays(&name, f.place_of("holidays"), out);
        closed.extend(listed.iter().flat_map(|dates| dates.iter()));
    }
    closed.sort_unstable();
    closed.dedup();
    (Opening { week, closed }, sound)
}
