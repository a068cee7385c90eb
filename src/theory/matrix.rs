//! Small dense matrices, as much as the chain of talk and wrap needs.

/// Rows of numbers.
#[derive(Debug, Clone)]
pub(super) struct Matrix {
    rows: Vec<Vec<f64>>,
}

impl Matrix {
    /// Nothing but zeros.
    pub(super) fn zero(rows: usize, columns: usize) -> Matrix {
        Matrix { rows: vec![vec![0.0; columns]; rows] }
    }

    /// Adds to one entry.
    pub(super) fn add(&mut self, row: usize, column: usize, value: f64) {
        self.rows[row][column] += value;
    }

    /// Multiplies every entry.
    pub(super) fn scale(&mut self, by: f64) {
        self.rows.iter_mut().flatten().for_each(|entry| *entry *= by);
    }

    /// Subtracts another of the same size.
    pub(super) fn subtract(&mut self, other: &Matrix) {
        for (mine, theirs) in self.rows.iter_mut().flatten().zip(other.rows.iter().flatten()) {
            *mine -= theirs;
        }
    }

    /// The product with a matrix that has few entries other than 0.
    pub(super) fn times(&self, sparse: &Matrix) -> Matrix {
        let columns = sparse.rows.first().map_or(0, Vec::len);
        let mut product = Matrix::zero(self.rows.len(), columns);
        for (k, line) in sparse.rows.iter().enumerate() {
            for (j, value) in line.iter().enumerate().filter(|(_, v)| **v != 0.0) {
                for (out, row) in product.rows.iter_mut().zip(&self.rows) {
                    out[j] += row[k] * value;
                }
            }
        }
        product
    }

    /// The row vector times this matrix.
    pub(super) fn after(&self, vector: &[f64]) -> Vec<f64> {
        let mut product = vec![0.0; self.rows.first().map_or(0, Vec::len)];
        for (factor, row) in vector.iter().zip(&self.rows) {
            product.iter_mut().zip(row).for_each(|(out, entry)| *out += factor * entry);
        }
        product
    }

    /// All rows but the first.
    pub(super) fn without_first_row(mut self) -> Matrix {
        self.rows.remove(0);
        self
    }

    /// The inverse by Gauss-Jordan elimination with row exchange; `None` when there is none.
    pub(super) fn inverse(mut self) -> Option<Matrix> {
        let n = self.rows.len();
        for (i, row) in self.rows.iter_mut().enumerate() {
            row.extend((0..n).map(|j| f64::from(u8::from(i == j))));
        }
        for at in 0..n {
            let best = (at..n).max_by(|a, b| self.rows[*a][at].abs().total_cmp(&self.rows[*b][at].abs()))?;
            self.rows.swap(at, best);
            let mut pivot = std::mem::take(&mut self.rows[at]);
            let size = pivot[at];
            if size == 0.0 || !size.is_finite() {
                return None;
            }
            pivot.iter_mut().for_each(|entry| *entry /= size);
            for row in self.rows.iter_mut().filter(|row| !row.is_empty()) {
                let factor = row[at];
                if factor != 0.0 {
                    row.iter_mut().zip(&pivot).for_each(|(entry, p)| *entry -= factor * p);
                }
            }
            self.rows[at] = pivot;
        }
        for row in &mut self.rows {
            row.drain(..n);
        }
        Some(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_times_its_inverse_changes_nothing() {
        let mut matrix = Matrix::zero(3, 3);
        for (i, value) in [0.0, 2.0, 1.0, 3.0, 1.0, 0.0, 1.0, 0.0, 4.0].into_iter().enumerate() {
            matrix.add(i / 3, i % 3, value);
        }
        let product = matrix.clone().inverse().unwrap().times(&matrix);
        for (i, row) in product.rows.iter().enumerate() {
            for (j, value) in row.iter().enumerate() {
                assert!((value - f64::from(u8::from(i == j))).abs() < 1e-15);
            }
        }
        assert!(Matrix::zero(2, 2).inverse().is_none());
    }
}
