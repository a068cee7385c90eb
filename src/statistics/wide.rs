//! Sums of 128 bits as they are stored: rows of six, each sum in as many bytes as it needs.

use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};
use std::fmt::Formatter;
use std::marker::PhantomData;

/// Sums in a row.
const WIDTH: usize = 6;
/// Bytes in which their lengths are, half a byte each, the first in the lowest bits.
const LENGTHS: usize = WIDTH / 2;
/// Bytes of the longest sum.
const LONGEST: usize = 16;
/// Bytes of the longest row.
const ROOM: usize = LENGTHS + WIDTH * LONGEST;
/// The bits of a sum of so many bytes. Half a byte tells sixteen lengths: none is fifteen bytes long, which are stored as
/// sixteen.
const BITS: [u128; LONGEST] = {
    let mut bits = [u128::MAX; LONGEST];
    let mut length = 0;
    while length < LONGEST - 1 {
        bits[length] = (1 << (8 * length)) - 1;
        length += 1;
    }
    bits
};

/// What is stored as a row of sums.
pub trait Row: Sized {
    /// Its sums.
    fn sums(&self) -> [u128; WIDTH];

    /// What has these sums; none where nothing has.
    fn of(sums: [u128; WIDTH]) -> Option<Self>;
}

/// In place of its length: which of [`BITS`] hold it.
fn length(sum: u128) -> usize {
    (LONGEST - sum.leading_zeros() as usize / 8).min(LONGEST - 1)
}

/// How many bytes are stored of it.
fn taken(length: usize) -> usize {
    length + length / (LONGEST - 1)
}

/// Writes rows one after another.
///
/// # Errors
/// The serializer's own.
pub fn serialize<R: Row, S: Serializer>(rows: &[R], serializer: S) -> Result<S::Ok, S::Error> {
    let mut stored = Vec::new();
    for sums in rows.iter().map(Row::sums) {
        let lengths = sums.map(length);
        stored.extend(lengths.as_chunks::<2>().0.iter().map(|[low, high]| (low | high << 4) as u8));
        for (sum, length) in sums.iter().zip(lengths) {
            stored.extend(&sum.to_le_bytes()[..taken(length)]);
        }
    }
    serializer.serialize_bytes(&stored)
}

/// Reads rows until the bytes end.
///
/// # Errors
/// When they are no such rows.
pub fn deserialize<'de, R: Row, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<R>, D::Error> {
    struct Rows<R>(PhantomData<R>);
    impl<R: Row> Visitor<'_> for Rows<R> {
        type Value = Vec<R>;

        fn expecting(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
            f.write_str("rows of sums")
        }

        fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<R>, E> {
            rows(bytes).ok_or_else(|| E::custom("stored sums end within a row, or are none of theirs"))
        }
    }
    deserializer.deserialize_bytes(Rows(PhantomData))
}

fn rows<R: Row>(mut stored: &[u8]) -> Option<Vec<R>> {
    let mut rows = Vec::with_capacity(stored.len() / 12);
    // As long as there is room for a row of any length, none can end beyond the bytes.
    while let Some(whole) = stored.first_chunk() {
        let (row, used) = row(whole)?;
        rows.push(row);
        stored = &stored[used..];
    }
    let mut last = [0; 2 * ROOM];
    last[..stored.len()].copy_from_slice(stored);
    let mut at = 0;
    while at < stored.len() {
        let (row, used) = row(last[at..].first_chunk()?)?;
        rows.push(row);
        at += used;
    }
    (at == stored.len()).then_some(rows)
}

/// The row at the beginning of some bytes, and how many of them it takes.
#[inline(always)]
fn row<R: Row>(bytes: &[u8; ROOM]) -> Option<(R, usize)> {
    let mut lengths = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], 0]);
    let mut at = LENGTHS;
    let mut sums = [0; WIDTH];
    for sum in &mut sums {
        let length = lengths as usize % LONGEST;
        lengths /= LONGEST as u32;
        *sum = u128::from_le_bytes(*bytes[at..].first_chunk()?) & BITS[length];
        at += taken(length);
    }
    Some((R::of(sums)?, at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Debug, Clone, PartialEq)]
    struct Six([u128; WIDTH]);

    impl Row for Six {
        fn sums(&self) -> [u128; WIDTH] {
            self.0
        }

        fn of(sums: [u128; WIDTH]) -> Option<Six> {
            (sums[0] != 7).then_some(Six(sums))
        }
    }

    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Rows(#[serde(with = "super")] Vec<Six>);

    fn stored(rows: &[[u128; WIDTH]]) -> (Rows, Vec<u8>) {
        let rows = Rows(rows.iter().copied().map(Six).collect());
        let bytes = postcard::to_allocvec(&rows).unwrap();
        (rows, bytes)
    }

    #[test]
    fn rows_by_hand() {
        let (_, bytes) = stored(&[[0, 1, 255, 256, 0, u128::MAX], [0; WIDTH]]);
        let longest = [0xff; 16];
        assert_eq!(bytes, [&[26, 0x10, 0x21, 0xf0, 1, 255, 0, 1][..], &longest[..], &[0, 0, 0]].concat());
    }

    #[test]
    fn what_ends_too_early_or_is_nothing_of_the_kind_is_refused() {
        assert!(rows::<Six>(&[]).is_some_and(|rows| rows.is_empty()));
        for wrong in [&[1][..], &[0, 0], &[1, 0, 0], &[1, 0, 0, 7], &[0xf0, 0, 0, 1], &[0, 0, 0, 0]] {
            assert_eq!(rows::<Six>(wrong), None, "{wrong:?}");
        }
        let many = [0, 0, 0x10, 9].repeat(100);
        assert!(rows::<Six>(&many).is_some_and(|rows| rows.len() == 100));
        assert_eq!(rows::<Six>(&[&many, &many[..3]].concat()), None);
    }

    proptest! {
        #[test]
        fn rows_come_back_as_they_were(
            all in prop::collection::vec(prop::array::uniform6((any::<u128>(), 0u32..129)), 0..40)
        ) {
            let all: Vec<_> = all
                .into_iter()
                .map(|row| row.map(|(sum, shift)| sum.checked_shr(shift).unwrap_or(0)))
                .filter(|row| row[0] != 7)
                .collect();
            let (rows, bytes) = stored(&all);
            prop_assert_eq!(postcard::from_bytes::<Rows>(&bytes).unwrap(), rows);
        }

        #[test]
        fn any_bytes_are_rows_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            rows::<Six>(&bytes);
        }
    }
}
