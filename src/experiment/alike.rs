//! Settings that cannot differ in any history: simulated once, told of each.
//!
//! Views often hold different numbers for what follows on cut or put-off work. Where a setting never cuts and never
//! puts off, nobody ever asks for these numbers, and both views see the same histories.

use crate::scenario::{Backlog, Response, Setting, ShiftEnd, TalkPolicy, WrapRule};

/// Which of some settings are simulated, and for each of all, whose histories are its own.
#[derive(Debug)]
pub(super) struct Alike {
    /// The first of each kind, ascending.
    pub(super) simulated: Vec<usize>,
    /// For each setting, its place among those simulated.
    pub(super) told_by: Vec<usize>,
}

impl Alike {
    /// Sorts settings by what their histories ask for.
    pub(super) fn of(settings: &[Setting]) -> Alike {
        let mut found = Alike { simulated: Vec::new(), told_by: Vec::new() };
        let mut cores: Vec<Setting> = Vec::new();
        for (number, setting) in settings.iter().enumerate() {
            let core = as_simulated(setting);
            let place = cores.iter().position(|other| *other == core).unwrap_or(cores.len());
            if place == cores.len() {
                found.simulated.push(number);
                cores.push(core);
            }
            found.told_by.push(place);
        }
        found
    }
}

/// A setting without its names and without the numbers that none of its histories asks for.
pub(super) fn as_simulated(setting: &Setting) -> Setting {
    let mut core = Setting { name: String::new(), view: None, ..setting.clone() };
    if all_work_is_done_at_once(setting) {
        let response = setting.response.clone();
        core.response =
            Response { loss_dropped: 0.0, loss_share: 0.0, loss_talk: 0.0, chase: 0.0, ..response };
        core.backlog = Backlog { resume: 1.0, ..setting.backlog };
    }
    core
}

/// Whether every call gets the talk and the wrap it needs, whatever happens: no policy cuts, nothing calls an agent
/// away before the end.
fn all_work_is_done_at_once(setting: &Setting) -> bool {
    setting.wrap_policies.iter().all(|policy| policy.rule == WrapRule::AsNeeded)
        && setting.talk_policy == TalkPolicy::AsNeeded
        && setting.shift_end != ShiftEnd::FinishCall
        && setting.queues.iter().all(|queue| !queue.interrupts_wrap && queue.transfers.is_empty())
        && setting.telephone.outages.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::{Request, run};
    use crate::scenario::{Study, read};
    use std::path::Path;
    use std::sync::atomic::AtomicBool;

    fn police() -> Study {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let files = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|e| e.to_string());
        let text = files("police-control-room.toml").expect("the scenario is there");
        read("scenarios/police-control-room.toml", &text, &files).expect("the scenario has no fault").study
    }

    #[test]
    fn views_differ_where_work_is_cut_or_put_off_alone() {
        let study = police();
        let alike = Alike::of(&study.options);
        let first = |number: usize| alike.simulated[alike.told_by[number]];
        let named = |name: &str| {
            let of = |(number, option): (usize, &Setting)| (option.name == name).then_some(number);
            let numbers: Vec<usize> = study.options.iter().enumerate().filter_map(of).collect();
            (numbers[0], numbers[1])
        };
        for alike in ["20% of posts vacant", "dedicated operators", "flatter day", "two kept free for 999"] {
            let (force, union) = named(alike);
            assert_eq!((first(force), first(union)), (force, force), "{alike}");
        }
        for apart in ["60 s wrap target", "45 s time-boxed wrap", "adaptive wrap", "999 interrupts wrap"] {
            let (force, union) = named(apart);
            assert_eq!((first(force), first(union)), (force, union), "{apart}");
        }
    }

    /// Run beside the first that is alike, and run alone: the very same figures.
    #[test]
    fn what_is_alike_is_the_same_run_alone() {
        let study = police();
        let stop = AtomicBool::new(false);
        let request = Request { replications: 2, seed: 7, threads: 1, stop: &stop };
        let outcomes = |options: Vec<Setting>| {
            let part = Study { options, ..study.clone() };
            run(&part, request, &|| ()).expect("nothing stops it").options
        };
        let alike = Alike::of(&study.options);
        let first = |number: usize| alike.simulated[alike.told_by[number]];
        let later =
            (0..study.options.len()).rfind(|number| first(*number) != *number).expect("some are alike");
        let both = outcomes(vec![study.options[first(later)].clone(), study.options[later].clone()]);
        let alone = outcomes(vec![study.options[later].clone()]);
        assert_eq!(format!("{:?}", both[1]), format!("{:?}", alone[0]));
    }
}
