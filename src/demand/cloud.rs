//! The cloud of first calls of a day: one Poisson cloud of points (time, height in calls an hour) per queue, drawn
//! cell by cell (interval × height band). A point is a call in an option if its height lies below that option's rate
//! at that time; so options with the same demand meet the same people, and more demand means others besides.
//!
//! Within a cell and band points are drawn in order of height, by exponential gaps, so that drawing can stop at the
//! highest rate of any option without moving a point below it.

use crate::law::{Law, Sampler};
use crate::random::{CaseId, Key, Purpose, Stream};
use crate::unit::{HOUR, Micros};

/// A day's points and their variates, shared by all options.
#[derive(Debug, Default)]
pub struct Drawn {
    /// Moment of arrival, microseconds from the start of the run, ascending (ties by identity).
    pub time: Vec<Micros>,
    /// Height, calls an hour.
    pub height: Vec<f64>,
    /// Identity of the case.
    pub id: Vec<CaseId>,
    /// Key of the case's draws.
    pub key: Vec<Key>,
    /// Columns of variates, in microseconds, in the order asked for.
    pub columns: Vec<Vec<Micros>>,
    points: Vec<Point>,
}

#[derive(Debug, Clone, Copy)]
struct Point {
    time: Micros,
    id: CaseId,
    height: f64,
}

/// One variate of every first call: whose draw it is and the law of each queue.
#[derive(Debug, Clone)]
pub struct Column {
    /// Talk, wrap or patience.
    pub purpose: Purpose,
    /// The law of each queue; `None` draws nothing and gives the longest time.
    pub laws: Vec<Option<Law>>,
    samplers: Vec<Option<Sampler>>,
}

impl PartialEq for Column {
    fn eq(&self, other: &Column) -> bool {
        self.purpose == other.purpose && self.laws == other.laws
    }
}

impl Column {
    /// Prepares a column.
    pub fn new(purpose: Purpose, laws: Vec<Option<Law>>) -> Column {
        let samplers = laws.iter().map(|law| law.as_ref().map(Sampler::new)).collect();
        Column { purpose, laws, samplers }
    }
}

/// Draws clouds: holds what all options of a run share.
#[derive(Debug)]
pub struct Cloud {
    cell: Micros,
    columns: Vec<Column>,
}

/// What an option sees of a drawn day.
#[derive(Debug, Clone, Copy)]
pub struct FirstCalls<'a> {
    /// Indices of its calls among the points, ascending.
    pub index: &'a [u32],
    /// The drawn day.
    pub drawn: &'a Drawn,
    /// Numbers of the talk, wrap and patience columns.
    pub columns: [usize; 3],
}

/// The height band of a height: 0 up to one call an hour, then one for each power of two.
fn band(height: f64) -> u64 {
    if height < 1.0 { 0 } else { (libm::ilogb(height) + 1) as u64 }
}

/// The lower edge of a band.
fn edge(band: u64) -> f64 {
    if band == 0 { 0.0 } else { (1u64 << (band - 1)) as f64 }
}

impl Cloud {
    /// Prepares clouds of the given cell length and columns of variates.
    pub fn new(cell: Micros, columns: Vec<Column>) -> Cloud {
        Cloud { cell, columns }
    }

    /// Draws the first calls of a day, `start` microseconds after the run's start, below the ceilings given by queue
    /// and cell of the day (calls an hour).
    pub fn draw(&self, root: Key, day: u32, start: Micros, ceilings: &[Vec<f64>], drawn: &mut Drawn) {
        let streams = root.purpose(Purpose::FirstCalls);
        let several = ceilings.iter().filter(|c| c.iter().any(|r| *r > 0.0)).count() > 1;
        drawn.points.clear();
        for (queue, ceiling) in ceilings.iter().enumerate() {
            for (cell, top) in ceiling.iter().enumerate() {
                if *top <= 0.0 {
                    continue;
                }
                let from = drawn.points.len();
                for b in 0..=band(*top) {
                    let id = CaseId::new(queue as u64, u64::from(day), cell as u64, b, 0);
                    let stream = streams.at(id.0).stream();
                    self.draw_band(stream, id, b, start + cell as u64 * self.cell, *top, &mut drawn.points);
                }
                if !several {
                    drawn.points[from..].sort_unstable_by_key(|p| (p.time, p.id));
                }
            }
        }
        if several {
            drawn.points.sort_unstable_by_key(|p| (p.time, p.id));
        }
        self.fill(root, drawn);
    }

    /// Draws one cell and band up to `top`.
    fn draw_band(
        &self,
        mut stream: Stream,
        id: CaseId,
        band: u64,
        from: Micros,
        top: f64,
        points: &mut Vec<Point>,
    ) {
        // Points a calls-an-hour of height in this cell.
        let density = self.cell as f64 / HOUR as f64;
        let limit = top.min(edge(band + 1));
        let mut height = edge(band);
        let mut index = 0;
        loop {
            height -= libm::log(stream.uniform()) / density;
            let time = from + (stream.uniform() * self.cell as f64) as Micros;
            if height >= limit || index >= CaseId::LIMITS[4] {
                return;
            }
            points.push(Point { time, id: CaseId(id.0 + index), height });
            index += 1;
        }
    }

    /// Spreads the sorted points over columns and draws their variates.
    fn fill(&self, root: Key, drawn: &mut Drawn) {
        let cases = root.purpose(Purpose::Case);
        drawn.time.clear();
        drawn.height.clear();
        drawn.id.clear();
        drawn.key.clear();
        drawn.time.extend(drawn.points.iter().map(|p| p.time));
        drawn.height.extend(drawn.points.iter().map(|p| p.height));
        drawn.id.extend(drawn.points.iter().map(|p| p.id));
        drawn.key.extend(drawn.points.iter().map(|p| cases.at(p.id.0)));
        drawn.columns.resize_with(self.columns.len(), Vec::new);
        for (column, values) in self.columns.iter().zip(&mut drawn.columns) {
            values.clear();
            if let [Some(law)] = column.samplers.as_slice() {
                values.extend(drawn.key.iter().map(|k| law.micros(k.uniform(column.purpose, 0))));
            } else {
                values.extend(drawn.key.iter().zip(&drawn.id).map(|(k, id)| {
                    match column.samplers.get(id.queue()) {
                        Some(Some(law)) => law.micros(k.uniform(column.purpose, 0)),
                        _ => Micros::MAX,
                    }
                }));
            }
        }
    }
}

impl Drawn {
    /// Picks the calls of an option: the points below its rate at their cell, within its opening hours. `rates` are
    /// by queue and cell of the day; `open` and `close` are moments of the run.
    pub fn pick(&self, rates: &[Vec<f64>], open: Micros, close: Micros, picked: &mut Vec<u32>) {
        picked.clear();
        picked.resize(self.time.len(), 0);
        let mut n = 0;
        if let [rates] = rates {
            for (i, height) in self.height.iter().enumerate() {
                let id = self.id[i];
                picked[n] = i as u32;
                let taken = id.queue() == 0
                    && *height < rates[id.cell()]
                    && self.time[i] >= open
                    && self.time[i] < close;
                n += usize::from(taken);
            }
        } else {
            for (i, height) in self.height.iter().enumerate() {
                let id = self.id[i];
                picked[n] = i as u32;
                let rate = rates.get(id.queue()).map_or(0.0, |r| r[id.cell()]);
                n += usize::from(*height < rate && self.time[i] >= open && self.time[i] < close);
            }
        }
        picked.truncate(n);
    }
}
