//! Sums of 128 bits as they are stored: in two halves, which are read in less than half of the time.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

pub(super) fn serialize<S: Serializer>(sum: &u128, serializer: S) -> Result<S::Ok, S::Error> {
    (*sum as u64, (*sum >> 64) as u64).serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
    let (low, high) = <(u64, u64)>::deserialize(deserializer)?;
    Ok(u128::from(high) << 64 | u128::from(low))
}

#[cfg(test)]
mod tests {
    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Sum(#[serde(with = "super")] u128);

    #[test]
    fn a_sum_comes_back_as_it_was() {
        for sum in [0, 1, u128::from(u64::MAX), 1 << 64, 1 << 100 | 77, u128::MAX] {
            let stored = postcard::to_allocvec(&Sum(sum)).unwrap();
            assert_eq!(postcard::from_bytes::<Sum>(&stored).unwrap(), Sum(sum));
        }
    }
}
