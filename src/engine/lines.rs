//! Telephone lines: one is held from arrival until the caller goes, through every leg of the call, not through the wrap.

use super::call::Call;
use super::observer::Observer;
use super::run::Step;

impl<O: Observer> Step<'_, O> {
    /// Takes a line of the centre and one of the queue; gives back whether both were free.
    pub(super) fn take_line(&mut self, call: u32) -> bool {
        let queue = usize::from(self.e.calls[call].queue);
        let (setting, lobby) = (&self.plan.setting, &mut self.e.lobby);
        let free = |used: u32, lines: Option<u32>| lines.is_none_or(|lines| used < lines);
        let both = free(lobby.lines, setting.telephone.lines)
            && free(lobby.lines_of[queue], setting.queues[queue].access.lines);
        if both {
            lobby.lines += 1;
            lobby.lines_of[queue] += 1;
        }
        both
    }

    /// A caller has gone: the line is free.
    #[inline]
    pub(super) fn release_line(&mut self, call: &Call) {
        // Whoever is called back has given the line free before.
        if self.plan.door.is_some() && !call.awaits_callback() && !call.before.off_line() {
            self.e.lobby.lines -= 1;
            self.e.lobby.lines_of[usize::from(call.rung())] -= 1;
        }
    }
}
