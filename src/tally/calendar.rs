//! Which weekday measured days and cells are.

use crate::scenario::Horizon;

/// Weekdays of a week.
pub(super) const WEEK: usize = 7;

/// Cells of a day, and the weekday of the first measured one (0 is Monday).
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    pub(super) cells_a_day: u32,
    first_weekday: u32,
}

impl Calendar {
    pub(super) fn new(horizon: &Horizon) -> Calendar {
        let first_weekday = u32::from(horizon.start.weekday().0);
        Calendar { cells_a_day: horizon.intervals_per_day() as u32, first_weekday }
    }

    /// The weekday of a measured day.
    #[inline]
    pub(super) fn of_day(self, day: u32) -> usize {
        ((self.first_weekday + day) % WEEK as u32) as usize
    }

    /// The measured cell's place in the week, which begins on Monday.
    pub(super) fn in_week(self, cell: usize) -> usize {
        let a_day = self.cells_a_day as usize;
        (self.first_weekday as usize * a_day + cell) % (WEEK * a_day)
    }

    /// The weekday of a measured cell.
    #[inline]
    pub(super) fn of_cell(self, cell: u32) -> usize {
        self.of_day(cell / self.cells_a_day)
    }
}
