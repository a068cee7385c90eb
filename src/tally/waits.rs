//! Waits of a part's calls by the weekday on which they came; all together are their sum.

use super::calendar::{Calendar, WEEK};
use crate::statistics::{Histogram, Packed, Recorder};
use crate::unit::Micros;

/// Waits of the calls that came on one weekday.
#[derive(Debug, Default)]
pub(super) struct OfWeekday {
    pub(super) answered: Recorder,
    pub(super) lost: Recorder,
    /// The longest, of this replication.
    pub(super) longest: Micros,
}

impl OfWeekday {
    fn sides(&self) -> [&Recorder; 2] {
        [&self.answered, &self.lost]
    }
}

/// Waits of a part's calls by weekday, since they were last forgotten.
///
/// Nearly every call came on the same day as the one before: that day's waits are at hand, and change places with
/// another's when a call of another day comes.
#[derive(Debug)]
pub struct WeekOfWaits {
    /// The day at hand, its first cell, and its weekday.
    at_hand: OfWeekday,
    first: u32,
    weekday: usize,
    /// All others; the place of the one at hand is empty.
    week: [OfWeekday; WEEK],
    /// The first cell that is not measured: of no day.
    end: u32,
    calendar: Calendar,
}

impl WeekOfWaits {
    /// No waits, of so many measured cells.
    pub(super) fn new(cells: u32, calendar: Calendar) -> WeekOfWaits {
        WeekOfWaits {
            at_hand: OfWeekday::default(),
            first: cells,
            weekday: 0,
            week: std::array::from_fn(|_| OfWeekday::default()),
            end: cells,
            calendar,
        }
    }

    /// The waits of a measured cell's weekday.
    #[inline(always)]
    pub(super) fn of_cell(&mut self, cell: u32) -> &mut OfWeekday {
        if cell.wrapping_sub(self.first) >= self.calendar.cells_a_day {
            self.turn_to(cell);
        }
        &mut self.at_hand
    }

    #[cold]
    #[inline(never)]
    fn turn_to(&mut self, cell: u32) {
        self.finish();
        self.weekday = self.calendar.of_cell(cell);
        self.first = cell - cell % self.calendar.cells_a_day;
        std::mem::swap(&mut self.at_hand, &mut self.week[self.weekday]);
    }

    /// Begins a replication: the longest waits are its own.
    pub(super) fn start(&mut self) {
        self.all().for_each(|day| day.longest = 0);
    }

    /// Forgets all waits.
    pub(super) fn forget(&mut self) {
        self.all().for_each(|day| {
            day.answered.clear();
            day.lost.clear();
        });
    }

    /// Puts the day at hand back into its place.
    pub(super) fn finish(&mut self) {
        if self.first < self.end {
            std::mem::swap(&mut self.at_hand, &mut self.week[self.weekday]);
            self.first = self.end;
        }
    }

    fn all(&mut self) -> impl Iterator<Item = &mut OfWeekday> {
        self.week.iter_mut().chain([&mut self.at_hand])
    }

    /// The longest wait on each weekday, from Monday, of the replication that has ended.
    pub fn longest(&self) -> [Micros; WEEK] {
        std::array::from_fn(|weekday| self.week[weekday].longest)
    }

    /// Adds the waits of answered and of other calls to histograms of them.
    pub fn add_to(&self, [answered, lost]: &mut [Histogram; 2]) {
        for day in &self.week {
            day.answered.add_to(answered);
            day.lost.add_to(lost);
        }
    }

    /// How often waits fell in each coarse bucket: those of Monday's answered calls, then of Monday's others, then of
    /// Tuesday's, so many numbers apart.
    pub fn packed(&self, apart: u64) -> Packed {
        let rows = self.week.iter().flat_map(OfWeekday::sides).zip(0..);
        let counts = rows.flat_map(|(waits, row)| {
            waits.coarse().map(move |(bucket, count)| (row * apart + bucket as u64, count))
        });
        Packed::of(counts)
    }
}
