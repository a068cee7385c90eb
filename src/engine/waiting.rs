//! How many callers wait, in each line and in all.

use std::ops::Index;

/// Callers who wait.
#[derive(Debug, Default)]
pub(super) struct Waiting {
    by_line: Vec<u32>,
    /// Asked far more often than a line is.
    all: u32,
}

impl Waiting {
    /// Nobody waits in any of so many lines.
    pub(super) fn clear(&mut self, lines: usize) {
        self.by_line.clear();
        self.by_line.resize(lines, 0);
        self.all = 0;
    }

    /// A caller joins a line.
    #[inline(always)]
    pub(super) fn joins(&mut self, line: usize) {
        self.by_line[line] += 1;
        self.all += 1;
    }

    /// A caller leaves a line.
    #[inline(always)]
    pub(super) fn leaves(&mut self, line: usize) {
        self.by_line[line] -= 1;
        self.all -= 1;
    }

    /// All callers leave a line.
    pub(super) fn empties(&mut self, line: usize) {
        self.all -= std::mem::take(&mut self.by_line[line]);
    }

    /// Whether anybody waits.
    #[inline(always)]
    pub(super) fn any(&self) -> bool {
        self.all > 0
    }

    /// By line.
    #[inline(always)]
    pub(super) fn lines(&self) -> &[u32] {
        &self.by_line
    }
}

impl Index<usize> for Waiting {
    type Output = u32;
    #[inline(always)]
    fn index(&self, line: usize) -> &u32 {
        &self.by_line[line]
    }
}
