//! The tables of exact numbers under `rows/`, read as text and numbers by column name.

/// A table of exact numbers; `rows/README.md` says where each came from.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactTable {
    columns: Vec<String>,
    lines: Vec<Vec<String>>,
}

impl ExactTable {
    /// The table of one family, by the name of its file without the ending; `None` if there is no such table.
    pub fn named(family: &str) -> Option<ExactTable> {
        let text = match family {
            "erlang_a" => include_str!("rows/erlang_a.csv"),
            "erlang_b" => include_str!("rows/erlang_b.csv"),
            "erlang_c" => include_str!("rows/erlang_c.csv"),
            "mdc" => include_str!("rows/mdc.csv"),
            "mg1" => include_str!("rows/mg1.csv"),
            "mmc_gi_patience" => include_str!("rows/mmc_gi_patience.csv"),
            "mmck" => include_str!("rows/mmck.csv"),
            "retrial" => include_str!("rows/retrial.csv"),
            "tandem" => include_str!("rows/tandem.csv"),
            "talk_wrap" => include_str!("rows/talk_wrap.csv"),
            _ => return None,
        };
        let mut lines = text.lines().filter(|line| !line.trim().is_empty()).map(cells);
        let columns = lines.next()?;
        Some(ExactTable { columns, lines: lines.collect() })
    }

    /// Names of the columns, in order.
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// How many lines follow the heading.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether there are no lines.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The text of a column in a line; `None` where the line or the column does not exist or the cell is empty.
    pub fn text(&self, line: usize, column: &str) -> Option<&str> {
        let at = self.columns.iter().position(|name| name == column)?;
        self.lines.get(line)?.get(at).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The number of a column in a line; `None` also where it is not a number.
    pub fn number(&self, line: usize, column: &str) -> Option<f64> {
        self.text(line, column)?.parse().ok()
    }
}

/// The cells of a line: commas part them, save within double quotes.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            _ => cells.last_mut().expect("there is a first cell").push(letter),
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_comma_parts_nothing() {
        assert_eq!(cells("a,\"b(0,1)\",,c"), ["a", "b(0,1)", "", "c"]);
    }

    #[test]
    fn every_table_has_lines_as_long_as_its_heading() {
        for family in [
            "erlang_a",
            "erlang_b",
            "erlang_c",
            "mdc",
            "mg1",
            "mmc_gi_patience",
            "mmck",
            "retrial",
            "talk_wrap",
        ] {
            let table = ExactTable::named(family).unwrap();
            assert!(table.lines.iter().all(|line| line.len() == table.columns.len()), "{family}");
            assert!(!table.is_empty());
        }
        assert_eq!(ExactTable::named("unknown"), None);
    }
}
