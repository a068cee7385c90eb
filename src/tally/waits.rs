//! Waits of a part's calls by the weekday and the interval of the week in which they came; all together are their sum.

use super::calendar::{Calendar, WEEK};
use crate::statistics::{Eighths, Histogram, Packed, Recorder};
use crate::unit::Micros;

/// Waits of the calls that came on one weekday.
#[derive(Debug, Default)]
struct OfWeekday {
    answered: Recorder,
    lost: Recorder,
}

/// Waits of the calls that came in one interval of the week: there are many, so in wider buckets.
#[derive(Debug, Clone, Default)]
struct OfInterval {
    answered: Recorder<Eighths>,
    lost: Recorder<Eighths>,
    longest: Micros,
}

/// Waits of a part's calls: by weekday since they were last forgotten, by interval since ever.
///
/// Nearly every call came on the same day as the one before: that day's waits are at hand, and change places with
/// another's when a call of another day comes.
#[derive(Debug)]
pub struct WeekOfWaits {
    /// The day at hand, its first cell, its weekday, and how far its first interval of the week lies from that cell.
    at_hand: OfWeekday,
    first: u32,
    weekday: usize,
    offset: usize,
    /// All others; the place of the one at hand is empty.
    week: [OfWeekday; WEEK],
    /// By weekday, from Monday, and cell of the day.
    intervals: Vec<OfInterval>,
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
            offset: 0,
            week: std::array::from_fn(|_| OfWeekday::default()),
            intervals: vec![OfInterval::default(); calendar.cells_a_week()],
            end: cells,
            calendar,
        }
    }

    /// Notes the wait of a call that came in a measured cell.
    #[inline(always)]
    pub(super) fn note(&mut self, cell: u32, wait: Micros, answered: bool) {
        if cell.wrapping_sub(self.first) >= self.calendar.cells_a_day {
            self.turn_to(cell);
        }
        let day = &mut self.at_hand;
        let interval = &mut self.intervals[self.offset.wrapping_add(cell as usize)];
        if answered {
            day.answered.record(wait);
            interval.answered.record(wait);
        } else {
            day.lost.record(wait);
            interval.lost.record(wait);
        }
        if wait > interval.longest {
            interval.longest = wait;
        }
    }

    #[cold]
    #[inline(never)]
    fn turn_to(&mut self, cell: u32) {
        self.finish();
        self.weekday = self.calendar.of_cell(cell);
        self.first = cell - cell % self.calendar.cells_a_day;
        let in_week = self.weekday * self.calendar.cells_a_day as usize;
        self.offset = in_week.wrapping_sub(self.first as usize);
        std::mem::swap(&mut self.at_hand, &mut self.week[self.weekday]);
    }

    /// Forgets all waits by weekday. Those by interval go on being counted, over blocks of replications too: there are so
    /// many places for them that going through these costs more than filling them.
    pub(super) fn forget(&mut self) {
        for day in self.week.iter_mut().chain([&mut self.at_hand]) {
            day.answered.clear();
            day.lost.clear();
        }
    }

    /// Puts the day at hand back into its place.
    pub(super) fn finish(&mut self) {
        if self.first < self.end {
            std::mem::swap(&mut self.at_hand, &mut self.week[self.weekday]);
            self.first = self.end;
        }
    }

    /// The longest wait by weekday, from Monday, and cell of the day.
    pub fn longest(&self) -> impl Iterator<Item = Micros> {
        self.intervals.iter().map(|interval| interval.longest)
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
    pub fn by_weekday(&self, apart: u64) -> Packed {
        packed(self.week.iter().flat_map(|day| [day.answered.coarse(), day.lost.coarse()]), apart)
    }

    /// The same by weekday and cell of the day, in buckets of eighths of a second.
    pub fn by_interval(&self, apart: u64) -> Packed {
        packed(self.intervals.iter().flat_map(|own| [own.answered.counts(), own.lost.counts()]), apart)
    }
}

/// Counts by row and bucket, rows so many numbers apart.
fn packed(rows: impl Iterator<Item = impl Iterator<Item = (usize, u64)>>, apart: u64) -> Packed {
    let counts = rows
        .zip(0..)
        .flat_map(|(counts, row)| counts.map(move |(bucket, count)| (row * apart + bucket as u64, count)));
    Packed::of(counts)
}
