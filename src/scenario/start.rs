//! The state a run begins in, as meant.

use super::code::Code;
use super::fields::Fields;
use super::finding::Findings;
use super::meant::{PauseKind, Queue, Setting, Shift, StartState, Team};
use super::setting::Source;
use super::teams::known;

/// Reads the state; what is named and an option has taken away is left out.
pub(super) fn start_state(
    horizon: &Fields<'_>,
    queues: &[Queue],
    teams: &[Team],
    team_fields: &[Source<'_>],
    out: &mut Findings,
) -> StartState {
    let f = horizon.child("start-state");
    let mut state = StartState::default();
    let names: Vec<&str> = queues.iter().map(|queue| queue.name.as_str()).collect();
    let waiting = f.child("waiting");
    for (entry, _) in f.named("waiting") {
        match names.iter().position(|name| *name == entry.key) {
            Some(queue) => {
                let callers = waiting.entry_whole(entry).unwrap_or(0) as u32;
                state.waiting.extend((callers > 0).then_some((queue, callers)));
            }
            None => {
                let message = format!("there is no queue \"{}\"", entry.key);
                out.fault(Code::UnknownQueue, entry.key_place, message, known(&entry.key, &names, "queues"));
            }
        }
    }
    let names: Vec<&str> = teams.iter().map(|team| team.name.as_str()).collect();
    let backlog = f.child("backlog");
    for (entry, _) in f.named("backlog") {
        match names.iter().position(|name| *name == entry.key) {
            Some(team) if team_fields[team].0.is_some() => {
                let size = backlog.entry_length(entry).unwrap_or(0);
                state.backlog.extend((size > 0).then_some((team, size)));
            }
            Some(_) => {}
            None => {
                let message = format!("there is no team \"{}\"", entry.key);
                out.fault(Code::UnknownTeam, entry.key_place, message, known(&entry.key, &names, "teams"));
            }
        }
    }
    state.waiting.sort_unstable();
    state.backlog.sort_unstable();
    state
}

/// Put-off work needs a time at which it is done.
pub(super) fn ask_about_backlog(setting: &Setting, fields: &[Source<'_>], out: &mut Findings) {
    let has_paperwork = |shift: &Shift| shift.pauses.iter().any(|p| p.kind == PauseKind::Paperwork);
    for (team, _) in &setting.start_state.backlog {
        let (named, (_, place)) = (&setting.teams[*team], &fields[*team]);
        if setting.backlog.in_idle_time
            || setting.backlog.overtime > 0
            || named.works_any(|shift| has_paperwork(&setting.shifts[shift]))
        {
            continue;
        }
        let message =
            format!("`{}` has put-off work at the start, and no time in which it is done", named.name);
        let help = "give its shifts `paperwork`, or allow idle time or overtime in [policy.backlog]";
        out.warn(Code::NoPaperwork, *place, message, help);
    }
}
