//! Which columns a table has: each declared once, found by the header.

use super::super::code::Code;
use super::super::declaration::either;
use super::super::finding::Findings;
use super::super::nearest::nearest;
use super::cell::looks_like_a_date;
use super::{Cell, Csv};

/// A column that a table may have.
#[derive(Debug, Clone, Copy)]
pub(in crate::scenario) struct Column {
    /// Its name.
    pub(in crate::scenario) name: &'static str,
    /// Other names it goes by.
    pub(in crate::scenario) also: &'static [&'static str],
    /// Whether there must be one.
    pub(in crate::scenario) required: bool,
    /// What it holds, lower case, no full stop.
    pub(in crate::scenario) help: &'static str,
}

impl Column {
    /// A column that must be there.
    pub(in crate::scenario) const fn required(
        name: &'static str,
        also: &'static [&'static str],
        help: &'static str,
    ) -> Column {
        Column { name, also, required: true, help }
    }

    /// A column that may be left out.
    pub(in crate::scenario) const fn optional(
        name: &'static str,
        also: &'static [&'static str],
        help: &'static str,
    ) -> Column {
        Column { name, also, required: false, help }
    }

    fn is(&self, title: &str) -> bool {
        // No name is as long: a line of many megabytes is not gone through for each of them.
        if title.len() > 100 {
            return false;
        }
        let plain = title.trim().to_lowercase().replace(['_', ' '], "-");
        plain == self.name || self.also.contains(&plain.as_str())
    }
}

impl Csv<'_> {
    /// The number of each known column in the header, `None` where an optional one is not there. Columns that are
    /// missing, doubled or unknown are faults: then there is no answer.
    pub(in crate::scenario) fn columns<const N: usize>(
        &self,
        known: &[Column; N],
        out: &mut Findings,
    ) -> Option<[Option<usize>; N]> {
        if self.is_no_header(known) {
            let message = "the first line names no column of this table";
            let help = format!(
                "begin with the names of the columns, {}: rename them, or take away what stands above",
                listed(known)
            );
            self.fault(Code::CsvHeader, self.header_place, message, help, out);
            return None;
        }
        if let Some(cell) = self.header.iter().find(|cell| looks_like_a_date(&cell.text)) {
            let message = format!("a date stands where the columns are named: \"{}\"", cell.text);
            let help = match known.iter().any(|column| column.name == "date") {
                true => format!("give every date a row of its own, under the columns {}", listed(known)),
                false => format!("name the columns {}", listed(known)),
            };
            self.fault(Code::CsvHeader, cell.place, message, help, out);
            return None;
        }
        let mut found = [None; N];
        let mut sound = true;
        let mut meant = Vec::new();
        for (number, cell) in self.header.iter().enumerate() {
            match known.iter().position(|column| column.is(&cell.text)) {
                Some(column) if found[column].is_some() => {
                    let message = format!("the column `{}` is there twice", known[column].name);
                    self.fault(Code::CsvHeader, cell.place, message, "keep the one that is meant", out);
                    sound = false;
                }
                Some(column) => found[column] = Some(number),
                None => {
                    meant.extend(self.unknown(cell, known, out));
                    sound = false;
                }
            }
        }
        for (column, found) in known.iter().zip(&found) {
            if column.required && found.is_none() && !meant.contains(&column.name) {
                let message = format!("the column `{}` is missing", column.name);
                let help = format!("add it: {}", column.help);
                self.fault(Code::CsvHeader, self.header_place, message, help, out);
                sound = false;
            }
        }
        sound.then_some(found)
    }

    /// The number of the column that goes by a name of the author's; an empty name stands for the only column.
    pub(in crate::scenario) fn column(&self, name: &str, out: &mut Findings) -> Option<usize> {
        let plain = |text: &str| text.trim().to_lowercase();
        let mut same = self.header.iter().enumerate().filter(|(_, cell)| plain(&cell.text) == plain(name));
        let titles = || self.header.iter().map(|cell| &*cell.text);
        let (place, message, help) = match (self.header.as_slice(), same.next(), same.next()) {
            ([only], _, _) if name.is_empty() && only.text.starts_with(|c: char| c.is_ascii_digit()) => {
                let message = "the first line is no header".to_owned();
                (only.place, message, "name the column in the first line, for example: seconds".to_owned())
            }
            ([_], _, _) if name.is_empty() => return Some(0),
            (_, Some((number, _)), None) => return Some(number),
            (_, Some(_), Some((_, again))) => (
                again.place,
                format!("the column `{name}` is there twice"),
                "keep the one that is meant".to_owned(),
            ),
            (_, None, _) if name.is_empty() => {
                let message = format!("the file has {} columns", self.header.len());
                (self.header_place, message, "say which is meant: column = \"talk\"".to_owned())
            }
            (_, None, _) => {
                let names: Vec<String> = titles().take(20).map(|title| format!("`{title}`")).collect();
                let help = match nearest(name, titles()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("its columns are {}", either(&names).replace(" or ", " and ")),
                };
                (self.header_place, format!("the file has no column `{name}`"), help)
            }
        };
        self.fault(Code::CsvHeader, place, message, help, out);
        None
    }

    /// Whether no title of the first line is, or might be meant as, a column.
    fn is_no_header(&self, known: &[Column]) -> bool {
        let names = || known.iter().map(|column| column.name);
        self.header.iter().all(|cell| {
            nearest(&cell.text, names()).is_none() && !known.iter().any(|column| column.is(&cell.text))
        })
    }

    /// Reports a column that is not known; gives the one that was probably meant.
    fn unknown(&self, cell: &Cell<'_>, known: &[Column], out: &mut Findings) -> Option<&'static str> {
        let near = nearest(&cell.text, known.iter().map(|column| column.name));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("its columns are {}: rename this one, or remove it", listed(known)),
        };
        let message = match &*cell.text {
            "" => "a column has no name".to_owned(),
            title => format!("there is no column `{title}`"),
        };
        self.fault(Code::CsvHeader, cell.place, message, help, out);
        near
    }
}

fn listed(known: &[Column]) -> String {
    let names: Vec<String> = known.iter().map(|column| format!("`{}`", column.name)).collect();
    either(&names).replace(" or ", " and ")
}
