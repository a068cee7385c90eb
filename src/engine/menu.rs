//! The voice menu before a queue: it takes its time, in which some callers ring off. The line is held meanwhile.
//!
//! A caller's wait begins, and the caller is offered to the queue, when the menu is over. One who comes to the queue
//! after a closing at which those who wait are turned away is turned away too.

use super::again::Again;
use super::call::Stage;
use super::observer::Observer;
use super::run::Step;
use crate::random::Purpose;
use crate::scenario::Closing;
use crate::unit::Micros;

impl<O: Observer> Step<'_, O> {
    /// A call that has a line goes into the menu; gives back whether it comes to its queue at once.
    pub(super) fn goes_straight_on(&mut self, call: u32) -> bool {
        let c = &self.e.calls[call];
        let queue = usize::from(c.queue);
        let (Some(menu), Some(law)) = (
            &self.plan.setting.queues[queue].access.menu,
            self.plan.door.as_ref().and_then(|door| door.menu[queue].as_ref()),
        ) else {
            return true;
        };
        let number = c.attempt_number();
        let mut time = law.micros(c.key.uniform(Purpose::MenuTime, number));
        let leaves = c.key.uniform(Purpose::MenuLeaving, number) < menu.leave;
        if leaves {
            time = (c.key.uniform(Purpose::MenuMoment, number) * time as f64) as Micros;
        }
        let again = Again::underway(self.e.now + time, call, c);
        let c = &mut self.e.calls[call];
        c.stage = Stage::Menu;
        c.leaves_menu = leaves;
        if time == 0 {
            return self.menu_ends(call);
        }
        self.come_back(again);
        false
    }

    /// A caller's way through the menu ends; gives back whether it leads to the queue.
    pub(super) fn menu_ends(&mut self, call: u32) -> bool {
        let now = self.e.now;
        if self.e.calls[call].leaves_menu {
            self.birth(call);
            let c = self.e.calls[call];
            self.release_line(&c);
            self.seen.left_in_menu(&c, now);
            self.is_away(call);
            return false;
        }
        self.leave_menu(call, now);
        if self.plan.setting.closing == Closing::TurnAway && !self.is_open(now) {
            self.birth(call);
            let c = self.e.calls[call];
            self.seen.offered(&c, now);
            self.e.calls.remove(call);
            self.is_turned_away(&c);
            return false;
        }
        true
    }

    /// A caller comes from the menu to the queue.
    fn leave_menu(&mut self, call: u32, now: Micros) {
        let c = &mut self.e.calls[call];
        c.deadline = c.deadline.saturating_add(now - c.arrived);
        c.arrived = now;
        c.stage = Stage::Waiting;
        let cell = (now / self.plan.horizon.interval) as u32;
        if std::mem::replace(&mut c.cell, cell) != cell {
            // The case belongs to the interval in which it was begun, which the call alone would not know any more.
            self.birth(call);
        }
    }

    /// Those who are in the menu when the run ends come to their queues and wait.
    pub(super) fn end_menus(&mut self, end: Micros) {
        if self.plan.door.is_none() {
            return;
        }
        for call in self.e.calls.at(Stage::Menu) {
            self.leave_menu(call, end);
            self.birth(call);
            let c = self.e.calls[call];
            self.seen.offered(&c, end);
            self.seen.still_waiting(&c, end);
            self.e.calls.remove(call);
        }
    }
}
