//! Counts of which few are in use, in as few bytes as they need.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Counts by number: for each that is not zero, rising, how many numbers lie between it and the one before, then the
/// count; both in groups of seven bits, the lowest first (LEB128). Two or three bytes for most. It is kept and stored as it
/// is; the same counts are the same bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packed(Vec<u8>);

/// Of eight bytes, the bits that say that more of the same number follow.
const LONGER: u64 = 0x8080_8080_8080_8080;
/// Of four times sixteen bits, seven of each.
const SHORT: u64 = 0x007f_007f_007f_007f;
/// One, four times.
const EACH: u64 = 0x0001_0001_0001_0001;

/// The counts of one, from the lowest number: ends where bytes are none.
#[derive(Debug, Clone)]
struct Counted<'a> {
    bytes: &'a [u8],
    next: u64,
}

impl Counted<'_> {
    /// A number and its count, one of which is longer than a byte. Bytes that are none are left where they are.
    #[inline(never)]
    fn longer(&mut self) -> Option<(u64, u64)> {
        let all = self.bytes;
        let found = self.number_and_count();
        self.bytes = if found.is_none() { all } else { self.bytes };
        found
    }

    fn number_and_count(&mut self) -> Option<(u64, u64)> {
        let number = self.whole()?.checked_add(self.next)?;
        self.next = number.checked_add(1)?;
        Some((number, self.whole()?))
    }

    fn whole(&mut self) -> Option<u64> {
        let (mut whole, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.bytes.split_first()?;
            self.bytes = rest;
            let bits = u64::from(byte & 0x7f);
            // No more than 64 bits, and no longer than they need.
            if shift > 63 || (bits << shift) >> shift != bits || (*byte == 0 && shift > 0) {
                return None;
            }
            whole |= bits << shift;
            if *byte < 0x80 {
                return Some(whole);
            }
            shift += 7;
        }
    }

    /// The next four numbers and counts where each is two bytes, and all numbers surely below one; the numbers are not
    /// passed yet.
    #[inline(always)]
    fn word(&mut self, end: u64) -> Option<u64> {
        let (word, rest) = self.bytes.split_first_chunk::<8>()?;
        let word = u64::from_le_bytes(*word);
        if word & LONGER != 0 || end.saturating_sub(self.next) < 4 * 0x80 {
            return None;
        }
        self.bytes = rest;
        Some(word)
    }

    /// Takes all numbers below one, with their counts; stops before bytes that are none.
    #[inline(always)]
    fn each_below(&mut self, end: u64, mut each: impl FnMut(u64, u64)) {
        loop {
            while let Some(word) = self.word(end) {
                for pair in 0..4 {
                    let number = self.next + (word >> (16 * pair) & 0x7f);
                    each(number, word >> (16 * pair + 8) & 0x7f);
                    self.next = number + 1;
                }
            }
            let before = self.clone();
            match self.next() {
                Some((number, count)) if number < end => each(number, count),
                Some(_) => return *self = before,
                None => return,
            }
        }
    }
}

impl Iterator for Counted<'_> {
    type Item = (u64, u64);

    #[inline(always)]
    fn next(&mut self) -> Option<(u64, u64)> {
        // Most are a byte each.
        if let [between, count, rest @ ..] = self.bytes
            && (between | count) < 0x80
        {
            let number = self.next.checked_add(u64::from(*between))?;
            self.next = number.checked_add(1)?;
            self.bytes = rest;
            return Some((number, u64::from(*count)));
        }
        self.longer()
    }
}

/// Writes counts in rising order of their numbers.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    next: u64,
}

impl Writer {
    fn whole(&mut self, mut whole: u64) {
        while whole >= 0x80 {
            self.bytes.push(whole as u8 | 0x80);
            whole >>= 7;
        }
        self.bytes.push(whole as u8);
    }

    #[inline]
    fn push(&mut self, (number, count): (u64, u64)) {
        let between = number - self.next;
        if (between | count) < 0x80 {
            self.bytes.extend_from_slice(&[between as u8, count as u8]);
        } else {
            self.whole(between);
            self.whole(count);
        }
        self.next = number + 1;
    }

    fn packed(mut self) -> Packed {
        self.bytes.shrink_to_fit();
        Packed(self.bytes)
    }
}

impl Packed {
    /// Packs counts, none of which is zero, in rising order of their numbers.
    pub fn of(counts: impl Iterator<Item = (u64, u64)>) -> Packed {
        let mut writer = Writer::default();
        counts.for_each(|count| writer.push(count));
        writer.packed()
    }

    /// Numbers with their counts, rising.
    pub fn iter(&self) -> impl Iterator<Item = (u64, u64)> {
        self.counted()
    }

    fn counted(&self) -> Counted<'_> {
        Counted { bytes: &self.0, next: 0 }
    }

    /// Whether its bytes, which may have come from anywhere, are counts of numbers below one.
    pub fn is_below(&self, end: u64) -> bool {
        let (mut counted, mut total, mut wrong) = (self.counted(), 0u64, false);
        loop {
            // Four at a time where each is two bytes: their halves are added up side by side, in sixteen bits each.
            while let Some(word) = counted.word(end) {
                let [between, counts] = [word, word >> 8].map(|word| word & SHORT);
                let sum = |all: u64| all.wrapping_mul(EACH) >> 48;
                counted.next += sum(between) + 4;
                let (more, beyond) = total.overflowing_add(sum(counts));
                // A count of nought borrows from above.
                wrong |= beyond | (counts.wrapping_sub(EACH) & !SHORT != 0);
                total = more;
            }
            let Some((number, count)) = counted.next() else { break };
            let (more, beyond) = total.overflowing_add(count);
            wrong |= beyond | (count == 0) | (number >= end);
            total = more;
        }
        counted.bytes.is_empty() && !wrong
    }
}

/// A sum of packed counts, exact, in any order. What is added is kept beside what is there, and added up once it has become
/// much: packing is the dearer part.
#[derive(Debug, Clone, Default)]
pub struct PackedSum(Vec<Packed>);

/// How many are kept before they are added up.
const KEPT: usize = 32;
/// Numbers that are added up at a time: their counts stay near the processor.
const WINDOW: usize = 2048;
/// Of these, how many are passed over at once where nothing is in them.
const RUN: usize = 8;

impl PackedSum {
    /// Adds counts.
    pub fn add(&mut self, counts: Packed) {
        if counts.0.is_empty() {
            return;
        }
        self.0.push(counts);
        if self.0.len() > KEPT {
            let total = self.total();
            self.0.clear();
            self.0.push(total);
        }
    }

    /// Adds another sum.
    pub fn append(&mut self, other: PackedSum) {
        other.0.into_iter().for_each(|counts| self.add(counts));
    }

    /// Takes numbers with counts, in no order: a number may come more than once.
    #[inline]
    pub fn each(&self, mut each: impl FnMut(u64, u64)) {
        self.0.iter().for_each(|counts| counts.counted().each_below(u64::MAX, &mut each));
    }

    /// Whether what is stored, which may be anything, is counts of numbers below one.
    pub fn is_below(&self, end: u64) -> bool {
        self.0.iter().all(|counts| counts.is_below(end))
    }

    /// All counts added up.
    pub fn total(&self) -> Packed {
        if let [] | [_] = self.0.as_slice() {
            return self.0.first().cloned().unwrap_or_default();
        }
        let mut left: Vec<Counted<'_>> = self.0.iter().map(Packed::counted).collect();
        let longest = self.0.iter().map(|counts| counts.0.len()).max().unwrap_or(0);
        let mut writer = Writer { bytes: Vec::with_capacity(2 * longest), next: 0 };
        let mut window = [0u64; WINDOW];
        while let Some(first) = left.iter().filter_map(|counts| Some(counts.clone().next()?.0)).min() {
            let end = first.saturating_add(WINDOW as u64);
            for counts in &mut left {
                counts.each_below(end, |number, count| {
                    let all = &mut window[(number - first) as usize % WINDOW];
                    *all = all.saturating_add(count);
                });
            }
            for (from, run) in (first..).step_by(RUN).zip(window.chunks_exact_mut(RUN)) {
                if run.iter().any(|count| *count > 0) {
                    let used = (from..).zip(run).filter(|(_, count)| **count > 0);
                    used.for_each(|(number, count)| writer.push((number, std::mem::take(count))));
                }
            }
        }
        writer.packed()
    }
}

impl PartialEq for PackedSum {
    /// Equal sums are equal, whatever they were added up from.
    fn eq(&self, other: &PackedSum) -> bool {
        self.total() == other.total()
    }
}

impl Eq for PackedSum {}

impl Serialize for PackedSum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.total().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PackedSum {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PackedSum, D::Error> {
        Packed::deserialize(deserializer).map(|counts| PackedSum(vec![counts]))
    }
}

impl Serialize for Packed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

impl<'de> Deserialize<'de> for Packed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Packed, D::Error> {
        struct Bytes;
        impl Visitor<'_> for Bytes {
            type Value = Packed;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("packed counts")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Packed, E> {
                Ok(Packed(bytes.to_vec()))
            }
        }
        deserializer.deserialize_bytes(Bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn what_is_stored_may_be_anything() {
        let is_some = |bytes: &[u8]| Packed(bytes.to_vec()).is_below(1000);
        assert!(is_some(&[]) && is_some(&[0, 1]) && is_some(&[3, 1, 0, 0x80, 1]));
        // Half a count, none, one too far, longer than it needs, more than 64 bits, all too many.
        for wrong in [&[5][..], &[5, 0], &[0xe8, 7, 1], &[0x80, 0, 1], &[5, 0x80], &[0; 1]] {
            assert!(!is_some(wrong), "{wrong:?}");
        }
        // Four of two bytes each, of which one counts none, or lies too far.
        assert!(is_some(&[9, 1, 0, 2, 0x7f, 3, 5, 0x7f]) && !is_some(&[9, 1, 0, 2, 0x7f, 0, 5, 0x7f]));
        let four = |end| Packed(vec![100, 1, 100, 2, 100, 3, 100, 4, 99, 1]).is_below(end);
        assert!(four(504) && !four(503) && !four(400) && !four(1));
        let endless: Vec<u8> = [1].into_iter().chain([0xff; 10]).chain([1]).collect();
        assert!(!is_some(&endless));
        let most: Vec<u8> = [0xff; 9].into_iter().chain([1]).collect();
        let twice: Vec<u8> = [&[0], most.as_slice(), &[0], most.as_slice()].concat();
        assert!(is_some(&twice[..11]) && !is_some(&twice));
        assert_eq!(Packed(twice[..11].to_vec()).iter().collect::<Vec<_>>(), [(0, u64::MAX)]);
    }

    #[test]
    fn counts_by_hand() {
        let packed = Packed::of([(2, 1), (3, 300), (200, 7)].into_iter());
        assert_eq!(packed.0, [2, 1, 0, 0xac, 2, 0xc4, 1, 7]);
    }

    proptest! {
        #[test]
        fn packing_storing_and_adding_are_exact(
            all in prop::collection::vec(
                prop::collection::btree_map(prop_oneof![0u64..30_000, 0u64..300], 1u64..1 << 40, 0..60),
                0..40,
            ),
            bytes in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            let of = |counts: &BTreeMap<u64, u64>| Packed::of(counts.iter().map(|(n, c)| (*n, *c)));
            let mut wanted = BTreeMap::new();
            let (mut sum, mut rest) = (PackedSum::default(), PackedSum::default());
            for (i, counts) in all.iter().enumerate() {
                counts.iter().for_each(|(number, count)| *wanted.entry(*number).or_default() += count);
                if i % 3 == 0 { &mut rest } else { &mut sum }.add(of(counts));
            }
            sum.append(rest);
            let wanted = of(&wanted);
            prop_assert_eq!(&sum.total(), &wanted);
            prop_assert!(sum.is_below(30_000) && wanted.is_below(30_000));
            let mut found = BTreeMap::new();
            sum.each(|number, count| *found.entry(number).or_default() += count);
            prop_assert_eq!(&of(&found), &wanted);
            // However it came to be, it is stored alike.
            let stored = postcard::to_allocvec(&sum).unwrap();
            prop_assert_eq!(&stored, &postcard::to_allocvec(&wanted).unwrap());
            prop_assert_eq!(&postcard::from_bytes::<PackedSum>(&stored).unwrap(), &sum);
            // Whatever bytes are taken as counts are those of these counts.
            let any = Packed(bytes);
            if any.is_below(u64::MAX) {
                prop_assert_eq!(&Packed::of(any.iter()), &any);
            }
        }
    }
}
