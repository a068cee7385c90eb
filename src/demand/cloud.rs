//! The cloud of first calls of a day: one Poisson cloud of points (time, height in calls an hour) per queue, drawn
//! cell by cell (interval × height band). A point is a call in an option if its height lies below that option's rate
//! at that time; so options with the same demand meet the same people, and more demand means others besides.
//!
//! Within a cell and band points are drawn in order of height, by exponential gaps, so that drawing can stop at the
//! highest rate of any option without moving a point below it.

use crate::law::{Copula, Law, Logarithm, Sampler};
use crate::random::{CaseId, Key, Purpose, Stream};
use crate::unit::{HOUR, Micros, number, whole};

/// One point of a day's cloud: a possible first call.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// Moment of arrival, microseconds from the start of the run.
    pub time: Micros,
    /// Identity of the case.
    pub id: CaseId,
    /// Key of the case's draws.
    pub key: Key,
}

/// A day's points and their variates, shared by all options.
#[derive(Debug, Default)]
pub struct Drawn {
    /// In order of arrival (ties by identity).
    pub points: Vec<Point>,
    /// Height of each point, calls an hour.
    pub height: Vec<f64>,
    /// Talk, wrap and patience of each point, in microseconds, for each set of laws in the order asked for.
    pub variates: Vec<Vec<[Micros; 3]>>,
    /// Of each point's first conversation, the uniforms that say whether it resolves the case and whether the caller of an
    /// unresolved one tries again; nothing where too few options ask for them.
    pub fates: Vec<[f64; 2]>,
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

/// The laws of an option's first calls, by queue.
#[derive(Debug, Clone)]
pub struct Variates {
    queues: Vec<CallLaws>,
}

/// The laws of one queue's first calls.
#[derive(Debug, Clone)]
pub struct CallLaws {
    /// Talk and wrap needed.
    pub talk: (Law, Sampler),
    /// Wrap required.
    pub wrap: (Law, Sampler),
    /// Patience; none is patience without end.
    pub patience: Option<(Law, Sampler)>,
    /// How wrap goes with talk.
    pub with_talk: Option<Copula>,
}

impl PartialEq for Variates {
    fn eq(&self, other: &Variates) -> bool {
        let same = |a: &CallLaws, b: &CallLaws| {
            a.talk.0 == b.talk.0
                && a.wrap.0 == b.wrap.0
                && a.patience.as_ref().map(|p| &p.0) == b.patience.as_ref().map(|p| &p.0)
                && a.with_talk == b.with_talk
        };
        self.queues.len() == other.queues.len()
            && self.queues.iter().zip(&other.queues).all(|(a, b)| same(a, b))
    }
}

impl Variates {
    /// The laws of each queue.
    pub fn new(queues: Vec<CallLaws>) -> Variates {
        Variates { queues }
    }

    /// The variates of some points.
    fn fill(&self, points: &[Point], values: &mut Vec<[Micros; 3]>) {
        values.clear();
        if let [laws @ CallLaws { patience: Some(patience), with_talk: None, .. }] = self.queues.as_slice() {
            let (talk, wrap, patience) = (&laws.talk.1, &laws.wrap.1, &patience.1);
            values.extend(points.iter().map(|point| {
                let uniform = |purpose| point.key.uniform(purpose, 0);
                [
                    talk.micros(uniform(Purpose::Talk)),
                    wrap.micros(uniform(Purpose::Wrap)),
                    patience.micros(uniform(Purpose::Patience)),
                ]
            }));
        } else {
            values.extend(points.iter().map(|point| match self.queues.get(point.id.queue()) {
                Some(laws) => laws.of(point.key),
                // A queue this option does not have.
                None => [0, 0, Micros::MAX],
            }));
        }
    }
}

impl CallLaws {
    /// The variates of one case.
    fn of(&self, key: Key) -> [Micros; 3] {
        let (talk, wrap) = (key.uniform(Purpose::Talk, 0), key.uniform(Purpose::Wrap, 0));
        let wrap = self.with_talk.map_or(wrap, |copula| copula.second(talk, wrap));
        let patience = self.patience.as_ref();
        [
            self.talk.1.micros(talk),
            self.wrap.1.micros(wrap),
            patience.map_or(Micros::MAX, |law| law.1.micros(key.uniform(Purpose::Patience, 0))),
        ]
    }
}

/// Draws clouds: holds what all options of a run share.
#[derive(Debug)]
pub struct Cloud {
    cell: Micros,
    variates: Vec<Variates>,
    fates: bool,
    logarithm: Logarithm,
}

/// What an option sees of a drawn day.
#[derive(Debug, Clone, Copy)]
pub struct FirstCalls<'a> {
    /// Indices of its calls among the points, ascending.
    pub index: &'a [u32],
    /// The drawn day.
    pub drawn: &'a Drawn,
    /// Which set of laws is its own.
    pub variates: usize,
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
    /// Prepares clouds of the given cell length and sets of laws.
    pub fn new(cell: Micros, variates: Vec<Variates>) -> Cloud {
        Cloud { cell, variates, fates: false, logarithm: Logarithm::new() }
    }

    /// Draws fates too: worth it where several options look at those of most points.
    pub fn with_fates(self, fates: bool) -> Cloud {
        Cloud { fates, ..self }
    }

    /// Draws the first calls of a day, `start` microseconds after the run's start, below the ceilings given by queue
    /// and cell of the day (calls an hour).
    pub fn draw(&self, root: Key, day: u32, start: Micros, ceilings: &[Vec<f64>], drawn: &mut Drawn) {
        let streams = root.purpose(Purpose::FirstCalls);
        let cases = root.purpose(Purpose::Case);
        let Drawn { points, height, variates, fates, in_cell } = drawn;
        points.clear();
        height.clear();
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
            let InCell { points: cloud, order, .. } = &*in_cell;
            points.extend(order.iter().map(|entry| {
                let id = cloud[(entry & PLACES) as usize].1;
                Point { time: from + (entry >> PLACE_BITS), id, key: cases.at(id.0) }
            }));
            height.extend(order.iter().map(|entry| cloud[(entry & PLACES) as usize].0));
        }
        variates.resize_with(self.variates.len(), Vec::new);
        for (laws, values) in self.variates.iter().zip(variates) {
            laws.fill(points, values);
        }
        let fate = |point: &Point| [Purpose::Resolution, Purpose::Repeat].map(|p| point.key.uniform(p, 0));
        fates.clear();
        if self.fates {
            fates.extend(points.iter().map(fate));
        }
    }

    /// Draws one cell and band up to `top`.
    fn draw_band(&self, mut stream: Stream, first: CaseId, band: u64, top: f64, in_cell: &mut InCell) {
        // Calls an hour of height to each point of this cell, on average.
        let spacing = HOUR as f64 / self.cell as f64;
        let limit = top.min(edge(band + 1));
        let mut height = edge(band);
        let mut index = 0;
        loop {
            // A uniform next to 1 must not bring a height down by a rounding.
            height -= (self.logarithm.of(stream.uniform()) * spacing).min(0.0);
            let time = whole(stream.uniform() * number(self.cell));
            if height >= limit || index >= CaseId::LIMITS[4] {
                return;
            }
            in_cell.order.push(time << PLACE_BITS | in_cell.points.len() as u64);
            in_cell.points.push((height, CaseId(first.0 + index)));
            index += 1;
        }
    }
}

impl Drawn {
    /// Picks the calls of an option: the points below its rate at their cell, within its opening hours. `rates` are
    /// by queue and cell of the day; `open` and `close` are moments of the run.
    pub fn pick(&self, rates: &[Vec<f64>], open: Micros, close: Micros, picked: &mut Vec<u32>) {
        picked.clear();
        picked.resize(self.points.len(), 0);
        let mut n = 0;
        for (i, (point, height)) in self.points.iter().zip(&self.height).enumerate() {
            let rate = rates.get(point.id.queue()).map_or(0.0, |r| r[point.id.cell()]);
            picked[n] = i as u32;
            n += usize::from((*height < rate) & (point.time >= open) & (point.time < close));
        }
        picked.truncate(n);
    }
}
