//! Rows of counts that are mostly zero, as they are stored: how long, and each count that is not zero after how many
//! zeros.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// More counts than any horizon has: what is stored may be anything, and must not ask for all memory there is.
const MOST: u32 = 1 << 28;

#[derive(Serialize, Deserialize)]
struct Sparse {
    length: u32,
    /// Zeros before it, and the count.
    counts: Vec<(u32, u32)>,
}

impl Sparse {
    fn of(row: &[u32]) -> Sparse {
        let mut counts = Vec::new();
        let mut zeros = 0;
        for count in row {
            if *count == 0 {
                zeros += 1;
            } else {
                counts.push((zeros, *count));
                zeros = 0;
            }
        }
        Sparse { length: row.len() as u32, counts }
    }

    fn row(&self) -> Option<Vec<u32>> {
        if self.length > MOST {
            return None;
        }
        let mut row = vec![0; self.length as usize];
        let mut next = 0;
        for (zeros, count) in &self.counts {
            let at = next + *zeros as usize;
            *row.get_mut(at)? = *count;
            next = at + 1;
        }
        Some(row)
    }
}

const WRONG: &str = "stored counts lie beyond the end of their row";

pub(super) fn serialize<S: Serializer>(row: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    Sparse::of(row).serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u32>, D::Error> {
    Sparse::deserialize(deserializer)?.row().ok_or_else(|| D::Error::custom(WRONG))
}

/// The same of several rows.
pub(super) mod rows {
    use super::{Deserialize, Deserializer, Error, Serialize, Serializer, Sparse, WRONG};

    pub(in super::super) fn serialize<S: Serializer>(
        rows: &[Vec<u32>],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        rows.iter().map(|row| Sparse::of(row)).collect::<Vec<Sparse>>().serialize(serializer)
    }

    pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<Vec<u32>>, D::Error> {
        let rows = Vec::<Sparse>::deserialize(deserializer)?;
        rows.iter().map(Sparse::row).collect::<Option<_>>().ok_or_else(|| D::Error::custom(WRONG))
    }
}
