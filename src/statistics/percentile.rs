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
    let share = position - below as f64;
    // Not low + share · (high − low) alone: equal neighbours must give exactly themselves.
    if sorted[below] == sorted[above] {
        return Some(sorted[below]);
    }
    Some(sorted[below] + share * (sorted[above] - sorted[below]))
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
}
