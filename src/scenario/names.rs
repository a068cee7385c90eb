//! Names in a table, each with a number.

use std::collections::BTreeMap;

/// Names by number, in the order in which they were first met.
#[derive(Debug, Default)]
pub(super) struct Names {
    numbers: BTreeMap<String, u32>,
    /// The names.
    pub(super) names: Vec<String>,
}

impl Names {
    /// The number of a name, a new one if it was not met before.
    pub(super) fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        let number = self.names.len() as u32;
        self.numbers.insert(name.to_owned(), number);
        self.names.push(name.to_owned());
        number
    }

    /// Names that differ from an earlier one in capitals and spaces alone: each with that earlier one.
    pub(super) fn alike(&self) -> Vec<(u32, u32)> {
        let mut plain: BTreeMap<String, u32> = BTreeMap::new();
        let mut found = Vec::new();
        for (number, name) in (0..).zip(&self.names) {
            let key: String = name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
            match plain.get(&key) {
                Some(earlier) => found.push((number, *earlier)),
                None => _ = plain.insert(key, number),
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_written_in_two_ways_are_found() {
        let mut names = Names::default();
        let numbers = ["Ann Lee", "Bob", "ann  lee", "Bob", "ANN LEE"].map(|name| names.number(name));
        assert_eq!(numbers, [0, 1, 2, 1, 3]);
        assert_eq!(names.alike(), [(2, 0), (3, 0)]);
    }
}
