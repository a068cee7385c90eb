//! Counts of which few are in use, in as few bytes as they need.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Counts by number: for each that is not zero, rising, how many numbers lie between it and the one before, then the
/// count; both in groups of seven bits, the lowest first (LEB128). Two or three bytes for most. It is kept and stored as it
/// is; the same counts are the same bytes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packed(Vec<u8>);

/// The counts of one, from the lowest number: ends where bytes are none.
#[derive(Debug, Clone)]
struct Counted<'a> {
    bytes: std::slice::Iter<'a, u8>,
    next: u64,
}

impl Counted<'_> {
    #[inline]
    fn whole(&mut self) -> Option<u64> {
        let first = *self.bytes.next()?;
        if first < 0x80 { Some(u64::from(first)) } else { self.longer(first) }
    }

    #[inline(never)]
    fn longer(&mut self, first: u8) -> Option<u64> {
        let (mut whole, mut shift) = (u64::from(first & 0x7f), 7);
        loop {
            let byte = *self.bytes.next()?;
            let bits = u64::from(byte & 0x7f);
            // No more than 64 bits, and no longer than they need.
            if shift > 63 || (bits << shift) >> shift != bits || byte == 0 {
                return None;
            }
            whole |= bits << shift;
            if byte < 0x80 {
                return Some(whole);
            }
            shift += 7;
        }
    }
}

impl Iterator for Counted<'_> {
    type Item = (u64, u64);

    #[inline]
    fn next(&mut self) -> Option<(u64, u64)> {
        let number = self.whole()?.checked_add(self.next)?;
        self.next = number.checked_add(1)?;
        Some((number, self.whole()?))
    }
}

/// Writes counts in rising order of their numbers.
#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    next: u64,
}

impl Writer {
    #[inline]
    fn whole(&mut self, mut whole: u64) {
        while whole >= 0x80 {
            self.bytes.push(whole as u8 | 0x80);
            whole >>= 7;
        }
        self.bytes.push(whole as u8);
    }

    #[inline]
    fn push(&mut self, (number, count): (u64, u64)) {
        self.whole(number - self.next);
        self.whole(count);
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
        Counted { bytes: self.0.iter(), next: 0 }
    }

    /// Whether its bytes, which may have come from anywhere, are counts of numbers below one.
    pub fn is_below(&self, end: u64) -> bool {
        let (mut counted, mut total) = (self.counted(), 0u64);
        while !counted.bytes.as_slice().is_empty() {
            let own = counted.next().filter(|(number, count)| *number < end && *count > 0);
            let Some(sum) = own.and_then(|(_, count)| total.checked_add(count)) else { return false };
            total = sum;
        }
        true
    }

    /// Adds the counts of another: exact, in any order.
    pub fn merge(&mut self, other: &Packed) {
        if other.0.is_empty() {
            return;
        }
        if self.0.is_empty() {
            return self.clone_from(other);
        }
        let (mut own, mut more) = (self.counted(), other.counted());
        let bytes = Vec::with_capacity(self.0.len() + other.0.len());
        let mut all = Writer { bytes, next: 0 };
        let (mut a, mut b) = (own.next(), more.next());
        while let (Some((x, count)), Some((y, further))) = (a, b) {
            if x == y {
                all.push((x, count.saturating_add(further)));
                (a, b) = (own.next(), more.next());
            } else if x < y {
                all.push((x, count));
                a = own.next();
            } else {
                all.push((y, further));
                b = more.next();
            }
        }
        a.into_iter().chain(own).chain(b).chain(more).for_each(|count| all.push(count));
        *self = all.packed();
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
        fn packing_storing_and_merging_are_exact(
            a in prop::collection::btree_map(0u64..30_000, 1u64..1 << 40, 0..60),
            b in prop::collection::btree_map(0u64..300, 1u64..200, 0..60),
            bytes in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            let of = |counts: &BTreeMap<u64, u64>| Packed::of(counts.iter().map(|(n, c)| (*n, *c)));
            let mut both = a.clone();
            b.iter().for_each(|(number, count)| *both.entry(*number).or_default() += count);
            let mut merged = of(&a);
            merged.merge(&of(&b));
            prop_assert_eq!(&merged, &of(&both));
            prop_assert!(merged.iter().eq(both.iter().map(|(n, c)| (*n, *c))));
            prop_assert!(merged.is_below(30_000));
            let stored = postcard::to_allocvec(&merged).unwrap();
            prop_assert_eq!(postcard::from_bytes::<Packed>(&stored).unwrap(), merged);
            // Whatever bytes are taken as counts are those of these counts.
            let any = Packed(bytes);
            if any.is_below(u64::MAX) {
                prop_assert_eq!(&Packed::of(any.iter()), &any);
            }
        }
    }
}
