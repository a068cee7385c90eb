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

    /// Cells of a week.
    pub(super) fn cells_a_week(self) -> usize {
        WEEK * self.cells_a_day as usize
    }

    /// Of so many measured cells, those of a place in the week.
    pub(super) fn measured(self, in_week: usize, cells: usize) -> impl Iterator<Item = usize> {
        let week = self.cells_a_week();
        let first = self.first_weekday as usize * self.cells_a_day as usize;
        ((week + in_week - first) % week..cells).step_by(week)
    }

    /// The weekday of a measured day.
    #[inline]
    pub(super) fn of_day(self, day: u32) -> usize {
        ((self.first_weekday + day) % WEEK as u32) as usize
    }

    /// The measured cell's place in the week, which begins on Monday.
    #[inline]
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
