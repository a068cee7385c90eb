//! Percentiles of a small sample.

/// The values in rising order, by a total order.
pub fn sorted(values: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.into_iter().collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The `p`-quantile, p in [0, 1], of values in rising order; none without values.
///
/// Linear between order statistics at position (n − 1)p: type 7 of Hyndman and Fan (1996), which R, NumPy and
/// spreadsheets (PERCENTILE.INC) use.
pub fn percentile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let position = p.clamp(0.0, 1.0) * last as f64;
    let below = position.floor() as usize;
    let above = (below + 1).min(last);
    Some(between(sorted[below], sorted[above], position - below as f64))
}

/// A share of the way from one order statistic to the next.
fn between(low: f64, high: f64, share: f64) -> f64 {
    // Not low + share · (high − low) alone: equal neighbours must give exactly themselves.
    if low == high { low } else { low + share * (high - low) }
}

/// The quantiles of values in any order, `shares` rising, each exactly what [`percentile`] finds among them sorted; none
/// without values. Only what lies next to the quantiles is put in order.
pub fn percentiles<const N: usize>(
    values: impl IntoIterator<Item = f64>,
    shares: [f64; N],
) -> Option<[f64; N]> {
    let mut keys: Vec<i64> = values.into_iter().map(key).collect();
    let last = keys.len().checked_sub(1)?;
    // Much never happens: nought in every replication.
    if keys.iter().all(|key| *key == keys[0]) {
        return Some([value(keys[0]); N]);
    }
    let mut found = [0.0; N];
    // From here on every value is in the place it has in order, or above all that are looked for.
    let mut end = keys.len();
    for (quantile, share) in found.iter_mut().zip(shares).rev() {
        let position = share.clamp(0.0, 1.0) * last as f64;
        let below = position.floor() as usize;
        let above = (below + 1).min(last);
        if above < end {
            keys[..end].select_nth_unstable(above);
            end = above;
        }
        let low = keys[..above].iter().max().filter(|_| below < above).unwrap_or(&keys[above]);
        *quantile = between(value(*low), value(keys[above]), position - below as f64);
    }
    Some(found)
}

/// A whole number that stands where the value stands in the total order: compared at once.
fn key(value: f64) -> i64 {
    turned(value.to_bits() as i64)
}

fn value(key: i64) -> f64 {
    f64::from_bits(turned(key) as u64)
}

/// Bits of negative numbers turned round, all but the sign.
fn turned(bits: i64) -> i64 {
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_r_and_spreadsheets() {
        let values = sorted([15.0, 20.0, 35.0, 40.0, 50.0].into_iter().rev());
        assert_eq!(percentile(&values, 0.4), Some(29.0));
        assert_eq!(percentile(&values, 0.0), Some(15.0));
        assert_eq!(percentile(&values, 1.0), Some(50.0));
        assert_eq!(percentile(&values, 0.5), Some(35.0));
        assert_eq!(percentile(&[7.0], 0.9), Some(7.0));
        assert_eq!(percentile(&[], 0.5), None);
    }

    #[test]
    fn quantiles_of_values_in_any_order_are_those_of_them_sorted() {
        let mut state = 7u64;
        for count in (0..40).chain([1000]) {
            for spread in [3, 1_000_000] {
                let values: Vec<f64> = (0..count)
                    .map(|_| {
                        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                        ((state >> 33) % spread) as f64 / 7.0 - 0.2 * spread as f64
                    })
                    .collect();
                let ordered = sorted(values.iter().copied());
                for shares in [[0.1, 0.5, 0.9], [0.0, 0.001, 1.0], [0.5, 0.5, 0.52]] {
                    let wanted: Vec<f64> = shares.iter().filter_map(|p| percentile(&ordered, *p)).collect();
                    let found = percentiles(values.iter().copied(), shares);
                    assert_eq!(found.map_or_else(Vec::new, |found| found.to_vec()), wanted, "{values:?}");
                }
            }
        }
        assert_eq!(percentiles([0.0, -0.0], [0.0]).map(|[least]| least.is_sign_negative()), Some(true));
    }
}
