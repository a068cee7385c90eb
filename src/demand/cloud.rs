//! The cloud of first calls of a day: one Poisson cloud of points (time, height in calls an hour) per queue, drawn
//! cell by cell (interval × height band). A point is a call in an option if its height lies below that option's rate
//! at that time; so options with the same demand meet the same people, and more demand means others besides.
//!
//! Within a cell and band points are drawn in order of height, by exponential gaps, so that drawing can stop at the
//! highest rate of any option without moving a point below it.

use crate::law::{Copula, Law, Sampler};
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
    in_cell: InCell,
}

/// The points of one cell of the day, before they are laid out in order.
#[derive(Debug, Default)]
struct InCell {
    /// In the order drawn, which is that of identities: height and identity.
    points: Vec<(f64, CaseId)>,
    /// For each point its time within the cell, then its place among `points`.
    order: Vec<u64>,
    /// Working space of the sort.
    sorted: Vec<u64>,
    ends: Vec<u32>,
}

/// Bits of a point's place among those of its cell; the time within a cell, at most a day, takes 37 above them.
const PLACE_BITS: u32 = 26;
const PLACES: u64 = (1 << PLACE_BITS) - 1;

impl InCell {
    /// Brings `order` into order. Times are uniform over the cell, so each point is put at once near where it
    /// belongs: as many buckets as points, about, then an insertion sort of what is almost in order.
    fn sort(&mut self, cell: Micros) {
        let count = self.order.len();
        if count < 16 {
            self.order.sort_unstable();
            return;
        }
        let bits = u64::BITS - cell.leading_zeros();
        let shift = PLACE_BITS + bits.saturating_sub(count.ilog2() + 1);
        let buckets = (cell << PLACE_BITS >> shift) as usize + 1;
        self.ends.clear();
        self.ends.resize(buckets, 0);
        for entry in &self.order {
            self.ends[(entry >> shift) as usize] += 1;
        }
        let mut end = 0;
        for of_bucket in &mut self.ends {
            end += *of_bucket;
            *of_bucket = end;
        }
        self.sorted.resize(count, 0);
        // From the last to the first, so that equal times keep their order.
        for entry in self.order.iter().rev() {
            let end = &mut self.ends[(entry >> shift) as usize];
            *end -= 1;
            self.sorted[*end as usize] = *entry;
        }
        std::mem::swap(&mut self.order, &mut self.sorted);
        for at in 1..count {
            let entry = self.order[at];
            let mut to = at;
            while to > 0 && self.order[to - 1] > entry {
                self.order[to] = self.order[to - 1];
                to -= 1;
            }
            self.order[to] = entry;
        }
    }
}

/// One variate of every first call: whose draw it is and the law of each queue.
#[derive(Debug, Clone)]
pub struct Column {
    /// Talk, wrap or patience.
    pub purpose: Purpose,
    /// The law of each queue; `None` draws nothing and gives the longest time.
    pub laws: Vec<Option<Law>>,
    samplers: Vec<Option<Sampler>>,
    /// For each queue, how the variate goes with the same call's talk; empty where it never does.
    with_talk: Vec<Option<Copula>>,
}

impl PartialEq for Column {
    fn eq(&self, other: &Column) -> bool {
        self.purpose == other.purpose && self.laws == other.laws && self.with_talk == other.with_talk
    }
}

impl Column {
    /// Prepares a column.
    pub fn new(purpose: Purpose, laws: Vec<Option<Law>>) -> Column {
        let samplers = laws.iter().map(|law| law.as_ref().map(Sampler::new)).collect();
        Column::of(purpose, laws, samplers)
    }

    /// A column whose laws are compiled already.
    pub fn of(purpose: Purpose, laws: Vec<Option<Law>>, samplers: Vec<Option<Sampler>>) -> Column {
        Column { purpose, laws, samplers, with_talk: Vec::new() }
    }

    /// The same column, correlated with talk where a queue says how.
    pub fn with_talk(self, copulas: &[Option<Copula>]) -> Column {
        let with_talk = if copulas.iter().any(Option::is_some) { copulas.to_vec() } else { Vec::new() };
        Column { with_talk, ..self }
    }

    /// The variate of a case that is correlated with its talk.
    fn correlated(&self, key: Key, queue: usize) -> Micros {
        let Some(Some(law)) = self.samplers.get(queue) else { return Micros::MAX };
        let own = key.uniform(self.purpose, 0);
        let copula = self.with_talk.get(queue).copied().flatten();
        law.micros(copula.map_or(own, |copula| copula.second(key.uniform(Purpose::Talk, 0), own)))
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
        let cases = root.purpose(Purpose::Case);
        let Drawn { time, height, id, key, columns, in_cell } = drawn;
        time.clear();
        height.clear();
        id.clear();
        key.clear();
        for cell in 0..ceilings.iter().map(Vec::len).max().unwrap_or(0) {
            in_cell.points.clear();
            in_cell.order.clear();
            for (queue, ceiling) in ceilings.iter().enumerate() {
                let top = ceiling.get(cell).copied().unwrap_or(0.0);
                if top <= 0.0 {
                    continue;
                }
                for b in 0..=band(top) {
                    let first = CaseId::new(queue as u64, u64::from(day), cell as u64, b, 0);
                    self.draw_band(streams.at(first.0).stream(), first, b, top, in_cell);
                }
            }
            in_cell.sort(self.cell);
            let from = start + cell as u64 * self.cell;
            let points = &in_cell.points;
            let point = |entry: &u64| points[(entry & PLACES) as usize];
            time.extend(in_cell.order.iter().map(|entry| from + (entry >> PLACE_BITS)));
            height.extend(in_cell.order.iter().map(|entry| point(entry).0));
            id.extend(in_cell.order.iter().map(|entry| point(entry).1));
        }
        key.extend(id.iter().map(|id| cases.at(id.0)));
        self.fill(key, id, columns);
    }

    /// Draws one cell and band up to `top`.
    fn draw_band(&self, mut stream: Stream, first: CaseId, band: u64, top: f64, in_cell: &mut InCell) {
        // Points a calls-an-hour of height in this cell.
        let density = self.cell as f64 / HOUR as f64;
        let limit = top.min(edge(band + 1));
        let mut height = edge(band);
        let mut index = 0;
        loop {
            height -= libm::log(stream.uniform()) / density;
            let time = (stream.uniform() * self.cell as f64) as Micros;
            if height >= limit || index >= CaseId::LIMITS[4] {
                return;
            }
            in_cell.order.push(time << PLACE_BITS | in_cell.points.len() as u64);
            in_cell.points.push((height, CaseId(first.0 + index)));
            index += 1;
        }
    }

    /// Draws the variates of cases.
    fn fill(&self, keys: &[Key], ids: &[CaseId], columns: &mut Vec<Vec<Micros>>) {
        columns.resize_with(self.columns.len(), Vec::new);
        for (column, values) in self.columns.iter().zip(columns) {
            values.clear();
            if !column.with_talk.is_empty() {
                values.extend(keys.iter().zip(ids).map(|(k, id)| column.correlated(*k, id.queue())));
            } else if let [Some(law)] = column.samplers.as_slice() {
                values.extend(keys.iter().map(|k| law.micros(k.uniform(column.purpose, 0))));
            } else {
                values.extend(keys.iter().zip(ids).map(|(k, id)| match column.samplers.get(id.queue()) {
                    Some(Some(law)) => law.micros(k.uniform(column.purpose, 0)),
                    _ => Micros::MAX,
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
