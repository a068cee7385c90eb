//! Sites as meant: where teams sit, and queues whose callers are sent to one site or another.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use super::meant::Team;
use super::setting::Source;
use super::teams::known;
use super::tree::Place;
use super::value;

/// The number of the site that a team is at; one not named before is the next.
pub(super) fn site(f: &Fields<'_>, sites: &mut Vec<String>, out: &mut Findings) -> Option<usize> {
    if !f.has("site") {
        return None;
    }
    let name = f.text("site");
    if name.trim().is_empty() {
        let help = "give the site a name people will know it by, or take `site` away";
        out.fault(Code::ReservedName, f.place_of("site"), "an empty name", help);
        return None;
    }
    Some(sites.iter().position(|known| *known == name).unwrap_or_else(|| {
        sites.push(name);
        sites.len() - 1
    }))
}

/// The number of a site that is named; `None`, and a fault, where no team is at it.
pub(super) fn known_site(name: &str, place: Place, sites: &[String], out: &mut Findings) -> Option<usize> {
    let found = sites.iter().position(|site| site == name);
    if found.is_none() {
        let names: Vec<&str> = sites.iter().map(String::as_str).collect();
        let help = match names.is_empty() {
            true => "give teams a `site` first".to_owned(),
            false => known(name, &names, "sites"),
        };
        out.fault(Code::UnknownSite, place, format!("there is no site \"{name}\""), help);
    }
    found
}

/// Whether a queue's callers are sent to one site or another.
pub(super) fn are_separate(f: &Fields<'_>) -> bool {
    f.text("sites") == "separate"
}

/// The shares of a queue's callers by site; none where its sites are pooled.
pub(super) fn shares(
    queue: usize,
    f: &Fields<'_>,
    (teams, fields): (&[Team], &[Source<'_>]),
    sites: &[String],
    out: &mut Findings,
) -> Vec<(usize, f64)> {
    if !are_separate(f) {
        if f.has("site-shares") {
            let help = "give `sites = \"separate\"`, or take `site-shares` away";
            let message = "the sites are pooled: shares change nothing";
            out.fault(Code::NoEffect, f.place_of("site-shares"), message, help);
        }
        return Vec::new();
    }
    // By site: agents of those who answer.
    let mut at: Vec<(usize, u32)> = Vec::new();
    for (team, (own, place)) in teams.iter().zip(fields).filter(|(team, _)| team.answers.contains(&queue)) {
        let Some(site) = team.site else {
            if own.as_ref().is_some_and(|own| !own.has("site")) {
                let message =
                    format!("`{}` is at no site, and a queue it answers has separate sites", team.name);
                let help = "give the team its `site`, or let the queue's sites be pooled";
                out.fault(Code::NoSite, *place, message, help);
            }
            continue;
        };
        match at.iter_mut().find(|known| known.0 == site) {
            Some(known) => known.1 += team.agents,
            None => at.push((site, team.agents)),
        }
    }
    at.sort_unstable();
    if let [_] = at.as_slice() {
        let message = "all who answer the queue are at one site: nothing is separate";
        let help = "take `sites` away, or give teams that answer the queue different sites";
        out.warn(Code::NoEffect, f.place_of("sites"), message, help);
    }
    if f.has("site-shares") {
        return given(f, &at, sites, out);
    }
    let agents: u32 = at.iter().map(|one| one.1).sum();
    let equal = 1.0 / at.len().max(1) as f64;
    let share = |own: u32| if agents == 0 { equal } else { f64::from(own) / f64::from(agents) };
    at.iter().map(|(site, own)| (*site, share(*own))).collect()
}

/// The shares that a queue states.
fn given(f: &Fields<'_>, at: &[(usize, u32)], sites: &[String], out: &mut Findings) -> Vec<(usize, f64)> {
    let map = f.child("site-shares");
    let mut shares = Vec::new();
    for (entry, _) in f.named("site-shares") {
        let Some(site) = known_site(&entry.key, entry.key_place, sites, out) else { continue };
        if at.iter().all(|one| one.0 != site) {
            let message = format!("nobody at \"{}\" answers the queue", entry.key);
            let help = "take the share away, or name the queue in the `answers` of a team there";
            out.fault(Code::UnknownSite, entry.key_place, message, help);
        } else if let Some(share) = map.entry_number(entry) {
            shares.push((site, share));
        }
    }
    let left_out = at.iter().filter(|one| shares.iter().all(|known| known.0 != one.0));
    let left_out: Vec<String> = left_out.map(|one| format!("\"{}\"", sites[one.0])).collect();
    let sum: f64 = shares.iter().map(|one| one.1).sum();
    if out.faulty(f.child("site-shares").extent()) {
        return Vec::new();
    }
    if !left_out.is_empty() {
        let message = format!("no share is given for {}, where the queue is answered", left_out.join(", "));
        let help = "give each site its share, 0 for one to which no caller is sent";
        out.fault(Code::MissingKey, f.place_of("site-shares"), message, help);
    } else if (sum - 1.0).abs() > 1e-9 {
        let message = format!("the shares add up to {}", value::tidy(sum));
        out.fault(Code::WrongSum, f.place_of("site-shares"), message, "the shares of all sites add up to 1");
    }
    shares.sort_by_key(|one| one.0);
    shares
}
