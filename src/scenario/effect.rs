//! What a setting comes to: settings that differ only in their names, or in numbers that nothing in them can reach, are
//! simulated alike to the last bit, so one of them need be run.

use super::meant::{Backlog, Setting, ShiftEnd, WrapRule};

impl Setting {
    /// The setting without its names, and without numbers about work that is cut or put off where none ever is: what it
    /// does to callers and staff. Two settings of which this is the same give the same sums.
    pub fn in_effect(&self) -> Setting {
        let mut effect = Setting { name: String::new(), view: None, ..self.clone() };
        if !self.may_leave_work() {
            (effect.response.loss_dropped, effect.response.loss_share) = (0.0, 0.0);
            effect.response.chase = 0.0;
            effect.backlog = Backlog { resume: 1.0, in_idle_time: false, interruptible: false, overtime: 0 };
        }
        effect
    }

    /// Whether wrap may be cut short, put off or interrupted, or work is put off from the start.
    fn may_leave_work(&self) -> bool {
        self.wrap_policies.iter().any(|policy| policy.rule != WrapRule::AsNeeded)
            || self.shift_end == ShiftEnd::FinishCall
            || self.queues.iter().any(|queue| queue.interrupts_wrap)
            || !self.start_state.backlog.is_empty()
    }
}
