//! Labels that would overlap are pushed apart, no further than they must be.

/// A label that wants its middle at a height, and is as tall as its lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Wish {
    /// Where its middle would best lie.
    pub(super) at: f64,
    /// Its height with the space it needs around it.
    pub(super) height: f64,
}

/// Middles for labels in the order given, none overlapping, all within `top..bottom` as long as they fit
/// there at all (else they begin at `top` and go on below `bottom`). Among all such places these have the
/// least sum of squared distances from the wishes before the edges are applied: neighbours that would
/// overlap are merged into a block at their mean, as in isotonic regression.
pub(super) fn push_apart(wishes: &[Wish], top: f64, bottom: f64) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wishes.len()).collect();
    order.sort_by(|a, b| wishes[*a].at.total_cmp(&wishes[*b].at).then(a.cmp(b)));
    // A block is (first place in `order`, labels, height, sum of wished tops of the block).
    let mut blocks: Vec<(usize, usize, f64, f64)> = Vec::new();
    for (place, label) in order.iter().enumerate() {
        let wish = wishes[*label];
        let mut block = (place, 1, wish.height, wish.at - wish.height / 2.0);
        while let Some(&(first, labels, height, tops)) = blocks.last() {
            if tops / labels as f64 + height <= block.3 / block.1 as f64 {
                break;
            }
            block = (first, labels + block.1, height + block.2, tops + block.3 - block.1 as f64 * height);
            blocks.pop();
        }
        blocks.push(block);
    }
    let mut middles = vec![0.0; wishes.len()];
    let mut tops: Vec<f64> = blocks.iter().map(|b| b.3 / b.1 as f64).collect();
    let mut floor = bottom;
    for (block, start) in blocks.iter().zip(&mut tops).rev() {
        *start = start.min(floor - block.2);
        floor = *start;
    }
    let mut ceiling = top;
    for (block, start) in blocks.iter().zip(&tops) {
        let mut y = start.max(ceiling);
        for label in &order[block.0..block.0 + block.1] {
            middles[*label] = y + wishes[*label].height / 2.0;
            y += wishes[*label].height;
        }
        ceiling = y;
    }
    middles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(at: f64) -> Wish {
        Wish { at, height: 10.0 }
    }

    #[test]
    fn labels_apart_stay_where_they_are() {
        assert_eq!(push_apart(&[wish(50.0), wish(20.0)], 0.0, 100.0), [50.0, 20.0]);
    }

    #[test]
    fn labels_at_one_place_share_it_evenly() {
        assert_eq!(push_apart(&[wish(50.0), wish(50.0), wish(50.0)], 0.0, 100.0), [40.0, 50.0, 60.0]);
    }

    #[test]
    fn labels_keep_within_the_edges() {
        assert_eq!(push_apart(&[wish(0.0), wish(1.0)], 0.0, 100.0), [5.0, 15.0]);
        assert_eq!(push_apart(&[wish(99.0), wish(98.0), wish(85.0)], 0.0, 100.0), [95.0, 85.0, 75.0]);
    }

    #[test]
    fn no_two_labels_overlap() {
        let wishes: Vec<Wish> = (0..12)
            .map(|i| Wish { at: f64::from(i * i % 7 * 9), height: f64::from(8 + i % 3 * 5) })
            .collect();
        let middles = push_apart(&wishes, 0.0, 300.0);
        for a in 0..12 {
            for b in 0..a {
                let room = (wishes[a].height + wishes[b].height) / 2.0;
                assert!((middles[a] - middles[b]).abs() >= room - 1e-9);
            }
            assert!(middles[a] - wishes[a].height / 2.0 >= -1e-9);
            assert!(middles[a] + wishes[a].height / 2.0 <= 300.0 + 1e-9);
        }
    }
}
