//! Keys: addresses of draws.

use super::{Purpose, Stream};

/// 2^64 divided by the golden ratio, odd: SplitMix64's increment.
pub(super) const GOLDEN: u64 = 0x9E37_79B9_7F4A_7C15;
/// Spreads packed coordinates over all bits; odd, so distinct coordinates stay distinct.
const SPREAD: u64 = 0xD134_2543_DE82_EF95;

/// SplitMix64's finaliser, a bijection (variant 13 of Stafford's mixers).
#[inline]
pub(super) fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// A number strictly between 0 and 1 from 64 random bits: the middle of one of 2^52 cells.
///
/// Of 2^53 cells the last one's middle would be rounded to 1.
#[inline]
pub fn unit(bits: u64) -> f64 {
    ((bits >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
}

/// An address of draws: a point in SplitMix64's sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Key(u64);

impl Key {
    /// A key of nothing, to fill places that wait for one.
    pub const ZERO: Key = Key(0);

    /// The key of one replication under one seed.
    pub fn replication(seed: u64, replication: u32) -> Key {
        Key(mix(mix(seed ^ SPREAD).wrapping_add(u64::from(replication).wrapping_mul(GOLDEN))))
    }

    /// The root of all draws for a purpose under this key.
    #[inline]
    pub fn purpose(self, purpose: Purpose) -> Key {
        Key(mix(self.0 ^ (purpose as u64).wrapping_mul(SPREAD)))
    }

    /// The key at packed coordinates under this key; distinct coordinates give distinct keys.
    #[inline]
    pub fn at(self, coordinates: u64) -> Key {
        Key(mix(self.0.wrapping_add(coordinates.wrapping_mul(SPREAD))))
    }

    /// The uniform of a purpose and a number (an attempt, times answered) under this key.
    #[inline]
    pub fn uniform(self, purpose: Purpose, number: u32) -> f64 {
        let position = (purpose as u64) | (u64::from(number) << 8);
        unit(mix(self.0.wrapping_add(position.wrapping_mul(GOLDEN))))
    }

    /// The uniform at packed coordinates.
    #[inline]
    pub fn uniform_at(self, coordinates: u64) -> f64 {
        unit(self.at(coordinates).0)
    }

    /// A generator that starts here.
    #[inline]
    pub fn stream(self) -> Stream {
        Stream::new(self.0)
    }
}

/// The identity of a case: queue, day, cell of the day, height band and index within them, packed so that
/// identities order by exactly these. It is also the rule for ties.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct CaseId(pub u64);

impl CaseId {
    /// Bits for queue, day, cell, band and index.
    const BITS: [u32; 5] = [10, 15, 11, 5, 23];
    /// Most queues, days, cells a day, bands, and calls in one cell and band.
    pub const LIMITS: [u64; 5] = [1 << 10, 1 << 15, 1 << 11, 1 << 5, 1 << 23];

    /// Packs an identity.
    #[inline]
    pub fn new(queue: u64, day: u64, cell: u64, band: u64, index: u64) -> CaseId {
        debug_assert!(queue < Self::LIMITS[0] && day < Self::LIMITS[1] && cell < Self::LIMITS[2]);
        debug_assert!(band < Self::LIMITS[3] && index < Self::LIMITS[4]);
        CaseId((queue << 54) | (day << 39) | (cell << 28) | (band << 23) | index)
    }

    /// The queue of its first call.
    #[inline]
    pub fn queue(self) -> usize {
        (self.0 >> 54) as usize
    }

    /// The simulated day of its first call.
    #[inline]
    pub fn day(self) -> u32 {
        ((self.0 >> 39) & ((1 << Self::BITS[1]) - 1)) as u32
    }

    /// The cell of the day of its first call.
    #[inline]
    pub fn cell(self) -> usize {
        ((self.0 >> 28) & ((1 << Self::BITS[2]) - 1)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identity_gives_back_its_parts() {
        let id = CaseId::new(1023, 32_767, 1_439, 31, (1 << 23) - 1);
        assert_eq!((id.queue(), id.day(), id.cell()), (1023, 32_767, 1_439));
        assert_eq!(id.0.count_ones(), 10 + 15 + 1_439u32.count_ones() + 5 + 23);
    }

    #[test]
    fn units_lie_strictly_between_zero_and_one() {
        assert!(unit(0) > 0.0);
        assert!(unit(u64::MAX) < 1.0);
    }

    #[test]
    fn first_values_are_pinned() {
        let key = Key::replication(1, 0);
        let case = key.purpose(Purpose::Case).at(CaseId::new(0, 0, 16, 3, 0).0);
        let shown: Vec<String> = [Purpose::Patience, Purpose::Talk, Purpose::Wrap]
            .iter()
            .map(|p| format!("{:.15}", case.uniform(*p, 0)))
            .collect();
        assert_eq!(shown, ["0.623517772251889", "0.705945608329009", "0.322549466828837"]);
    }

    #[test]
    fn keys_of_neighbours_differ_in_half_their_bits() {
        let root = Key::replication(7, 3).purpose(Purpose::Case);
        let mut flipped = 0;
        for i in 0..4096u64 {
            flipped += (root.at(i).0 ^ root.at(i + 1).0).count_ones();
        }
        // Mean 32 of 64 bits; 4096 pairs give a standard error of 4/64 = 0.0625 bits: six of them.
        let mean = f64::from(flipped) / 4096.0;
        assert!((mean - 32.0).abs() < 0.375, "{mean}");
    }
}
