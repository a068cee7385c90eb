//! What the model leaves out, as far as it touches the scenario at hand.

use super::list;
use crate::report::sentence::named;
use crate::scenario::{Queue, Setting, Study, TalkPolicy, Team, WrapRule};

/// A sentence for each thing that no option of the scenario holds, true of this scenario.
pub fn left_out(study: &Study) -> Vec<String> {
    let options = study.options.as_slice();
    vec!["Clock changes: every day has 24 hours of local time.".to_owned()]
        .into_iter()
        .chain(getting_through(options))
        .chain(transfers(options))
        .chain(differences(options))
        .chain([
            pressure(options),
            strain(options).to_owned(),
            absence(options),
            "Leave, vacancies, leavers and newcomers: the rota stands as it is given.".to_owned(),
            costs(options),
        ])
        .collect()
}

/// What keeps no caller of any option from getting through.
fn getting_through(options: &[Setting]) -> Vec<String> {
    let none = |is: fn(&Queue) -> bool| !options.iter().flat_map(|o| &o.queues).any(is);
    let lines = options.iter().all(|o| o.telephone.lines.is_none()) && none(|q| q.access.lines.is_some());
    let mut left_out = Vec::new();
    if lines && none(|q| q.access.at_most_waiting.is_some()) {
        left_out.push("Limited telephone lines: nobody hears the busy tone.".to_owned());
    }
    if none(|q| !q.access.balking.is_empty()) {
        left_out.push("Ringing off at once: everybody whom no agent can answer waits.".to_owned());
    }
    if options.iter().all(|o| o.telephone.outages.is_empty()) {
        left_out.push("Outages: the telephone never goes down.".to_owned());
    }
    if none(|q| q.access.menu.is_some()) {
        left_out.push("Menus: callers come straight to their queue.".to_owned());
    }
    if none(|q| q.access.announcements.is_some()) {
        left_out
            .push("Announcements: nothing that is said to those who wait makes them ring off.".to_owned());
    }
    if none(|q| q.access.callback.is_some()) {
        left_out.push("Callbacks: nobody is rung back.".to_owned());
    }
    left_out
}

/// Teams of all options that have agents.
fn teams(options: &[Setting]) -> impl Iterator<Item = &Team> {
    options.iter().flat_map(|o| &o.teams).filter(|team| team.agents > 0)
}

fn transfers(options: &[Setting]) -> Option<String> {
    if options.iter().any(Setting::passes_on) {
        return Some(
            "Questions to colleagues: an agent who cannot help passes the caller on or ends the call; nobody asks a \
             colleague while the caller holds."
                .to_owned(),
        );
    }
    let queues = options.iter().map(|o| o.queues.len()).max().unwrap_or(1);
    let text = match queues > 1 {
        true => "Transfers: no call moves from one queue to another.",
        false => "Transfers: a call ends with the agent who answers it; nobody is passed on.",
    };
    Some(text.to_owned())
}

/// Whether agents of a team differ is said agent by agent, or they do not.
fn differences(options: &[Setting]) -> Option<String> {
    let differs = |team: &Team| team.proficiency.iter().any(|(_, all)| all.iter().any(|p| *p != all[0]));
    (!teams(options).any(differs)).then(|| {
        "Differences between agents: within a team nobody is quicker, slower or better informed than another."
            .to_owned()
    })
}

/// Whether anybody works faster under pressure depends on the policies.
fn pressure(options: &[Setting]) -> String {
    let adaptive = |p: &WrapRule| matches!(p, WrapRule::Adaptive { .. });
    let cut = |o: &Setting| {
        let cuts = |p: &WrapRule| *p != WrapRule::AsNeeded && !adaptive(p);
        o.talk_policy != TalkPolicy::AsNeeded || o.wrap_policies.iter().any(|p| cuts(&p.rule))
    };
    let with: Vec<String> = options.iter().filter(|o| cut(o)).map(|o| named(&o.name)).collect();
    let mut names: Vec<String> = Vec::new();
    for name in with {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let adapts = options.iter().any(|o| o.wrap_policies.iter().any(|p| adaptive(&p.rule)));
    let but = if adapts { ", but that adaptive wrap ends early for a caller" } else { "" };
    let interrupts = options.iter().flat_map(|o| &o.queues).any(|q| q.interrupts_wrap);
    let and = match (interrupts, adapts) {
        (true, true) => " and that urgent calls take agents out of wrap",
        (true, false) => ", but that urgent calls take agents out of wrap",
        (false, _) => "",
    };
    let text =
        format!("Handling under pressure: talk and wrap are not quicker or slower when many wait{but}{and}");
    match names.len() {
        0 => format!("{text}."),
        n if n == options.len() => format!("{text}; they are cut as the policies say, busy or not."),
        1..=4 => format!("{text}; they are cut as the policies say, busy or not, with {}.", list(&names)),
        _ => format!("{text}; they are cut as the policies of the options say, busy or not."),
    }
}

/// Strain is not modelled at all.
fn strain(options: &[Setting]) -> &'static str {
    if teams(options).any(|t| t.absence > 0.0) {
        "Strain: a hard day raises neither absence nor leaving, and tires nobody."
    } else {
        "Strain: a hard day makes nobody ill, drives nobody away, and tires nobody."
    }
}

fn absence(options: &[Setting]) -> String {
    match (teams(options).any(|t| t.absence > 0.0), teams(options).any(|t| t.absence == 0.0)) {
        (true, false) => {
            "Absence that lasts: each rostered day is lost by itself, with the team’s probability.".to_owned()
        }
        (true, true) => {
            let absent = |t: &&Team| t.absence == 0.0;
            let mut names: Vec<String> = Vec::new();
            for team in teams(options).filter(absent) {
                if !names.contains(&named(&team.name)) {
                    names.push(named(&team.name));
                }
            }
            format!(
                "Absence that lasts: each rostered day is lost by itself, with the team’s probability; in {} nobody is \
                 absent, in some option at least.",
                list(&names)
            )
        }
        (false, _) => "Absence: everybody who is rostered comes.".to_owned(),
    }
}

fn costs(options: &[Setting]) -> String {
    match (teams(options).any(|t| t.pay_per_hour.is_some()), teams(options).any(|t| t.pay_per_hour.is_none()))
    {
        (true, false) => "Other costs than pay.".to_owned(),
        (true, true) => "Other costs than pay, and the pay of teams for which none is stated.".to_owned(),
        (false, _) => "Costs: no pay is stated; paid hours stand in for them.".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::read;

    fn of(text: &str) -> Vec<String> {
        let beside = |_: &str| Err("there is no such file".to_owned());
        left_out(&read("a.toml", text, &beside).expect("the scenario is sound").study)
    }

    const CENTRE: &str = r#"format = 1
name = "An example"
[horizon]
start = 2024-01-08
weeks = 1
[opening]
monday-friday = "08:00-18:00"
[shifts.day]
hours = "08:00-18:00"
[queues.calls]
demand = { per-day = 100 }
talk.exponential = { mean = "3m" }
patience.exponential = { mean = "3m" }
[teams.all]
agents = 5
rota = [["day", "day", "day", "day", "day", "off", "off"]]
"#;

    #[test]
    fn what_is_left_out_is_true_of_the_scenario() {
        let one = of(&format!("{CENTRE}answers = [\"calls\"]\n")).join("\n");
        assert!(
            one.contains("nobody is passed on") && one.contains("everybody who is rostered comes"),
            "{one}"
        );
        assert!(one.contains("no pay is stated") && !one.contains("policies"), "{one}");
        let two = of(&format!(
            "{CENTRE}answers = [\"calls\", \"letters\"]\nabsence = 0.1\npay-per-hour = 12\n[queues.letters]\ndemand = {{ \
             per-day = 10 }}\ntalk.exponential = {{ mean = \"3m\" }}\n[options.\"a cap\"]\npolicy.wrap.cap = {{ within = \
             \"30s\" }}\n"
        ))
        .join("\n");
        assert!(two.contains("from one queue to another") && two.contains("lost by itself"), "{two}");
        assert!(two.contains("Other costs than pay.") && two.contains("busy or not, with a cap."), "{two}");
    }
}
