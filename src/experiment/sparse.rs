//! Rows of counts that are mostly zero, as they are stored: how long, and each count that is not zero after how many
//! zeros.

use serde::{Deserialize, Serialize, Serializer};

/// More counts than any horizon has: what is stored may be anything, and must not ask for all memory there is.
const MOST: u32 = 1 << 28;

/// A stored row; read, its counts lie within its length.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "(u32, Vec<(u32, u32)>)")]
pub(super) struct Sparse {
    length: u32,
    /// Zeros before it, and the count.
    counts: Vec<(u32, u32)>,
}

impl TryFrom<(u32, Vec<(u32, u32)>)> for Sparse {
    type Error = &'static str;

    fn try_from((length, counts): (u32, Vec<(u32, u32)>)) -> Result<Sparse, &'static str> {
        let used = counts.iter().fold(0, |used, (zeros, _)| used + u64::from(*zeros) + 1);
        if length > MOST || used > u64::from(length) {
            return Err("stored counts lie beyond the end of their row");
        }
        Ok(Sparse { length, counts })
    }
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

    /// How long the row is.
    pub(super) fn len(&self) -> usize {
        self.length as usize
    }

    /// Adds the counts to a row, which is made as long as this one where it is shorter.
    pub(super) fn add_to(&self, row: &mut Vec<u32>) {
        row.resize(row.len().max(self.len()), 0);
        let mut next = 0;
        for (zeros, count) in &self.counts {
            let at = next + *zeros as usize;
            row[at] += count;
            next = at + 1;
        }
    }
}

pub(super) fn serialize<S: Serializer>(row: &[u32], serializer: S) -> Result<S::Ok, S::Error> {
    Sparse::of(row).serialize(serializer)
}

/// The same of several rows.
pub(super) mod rows {
    use super::{Serialize, Serializer, Sparse};

    pub(in super::super) fn serialize<S: Serializer>(
        rows: &[Vec<u32>],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        rows.iter().map(|row| Sparse::of(row)).collect::<Vec<Sparse>>().serialize(serializer)
    }
}

/// Cells of which many are empty: of those nothing but that they are is stored.
pub(super) mod cells {
    use super::{Serialize, Serializer};

    fn told<T: Default + PartialEq>(row: &[T]) -> Vec<Option<&T>> {
        row.iter().map(|cell| (*cell != T::default()).then_some(cell)).collect()
    }

    pub(in super::super) fn serialize<S, T>(row: &[T], serializer: S) -> Result<S::Ok, S::Error>
    where
        S: Serializer,
        T: Serialize + Default + PartialEq,
    {
        told(row).serialize(serializer)
    }

    /// The same of several rows.
    pub(in super::super) mod rows {
        use super::{Serialize, Serializer, told};

        pub(in super::super::super) fn serialize<S, T>(
            rows: &[Vec<T>],
            serializer: S,
        ) -> Result<S::Ok, S::Error>
        where
            S: Serializer,
            T: Serialize + Default + PartialEq,
        {
            rows.iter().map(|row| told(row)).collect::<Vec<_>>().serialize(serializer)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_comes_back_as_it_was_and_is_added() {
        for row in [vec![], vec![0, 0], vec![3], vec![0, 1, 0, 0, 2, 0]] {
            let stored = postcard::to_allocvec(&Sparse::of(&row)).unwrap();
            let read: Sparse = postcard::from_bytes(&stored).unwrap();
            let mut back = Vec::new();
            read.add_to(&mut back);
            assert_eq!(back, row);
            read.add_to(&mut back);
            assert!(back.iter().zip(&row).all(|(twice, once)| *twice == 2 * once));
        }
    }

    #[test]
    fn counts_beyond_the_end_are_refused() {
        for wrong in
            [(1, vec![(1, 5)]), (2, vec![(0, 1), (1, 1)]), (u32::MAX, vec![]), (3, vec![(u32::MAX, 1)])]
        {
            let stored = postcard::to_allocvec(&wrong).unwrap();
            assert!(postcard::from_bytes::<Sparse>(&stored).is_err(), "{wrong:?}");
        }
    }
}
