//! Paths of keys: `queues.enquiries.demand.per-year`, `options."200,000 calls".teams.core.rota[2]`.

use std::fmt;

/// One step of a path.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// A key of a table.
    Key(String),
    /// An entry of a list, counted from 1.
    Entry(usize),
}

/// A path from the top of the scenario to a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Path {
    /// Its steps.
    pub parts: Vec<Part>,
}

impl Path {
    /// Reads a path: keys separated by dots, quoted where they hold anything but letters, digits, `-` and `_`;
    /// `[2]` after a key is the second entry of its list.
    pub fn parse(text: &str) -> Option<Path> {
        let mut parts = Vec::new();
        let mut rest = text.trim();
        loop {
            let (key, tail) = first_key(rest)?;
            parts.push(Part::Key(key));
            rest = tail.trim_start();
            while let Some(inner) = rest.strip_prefix('[') {
                let (number, tail) = inner.split_once(']')?;
                parts.push(Part::Entry(number.trim().parse().ok().filter(|n| *n > 0)?));
                rest = tail.trim_start();
            }
            if rest.is_empty() {
                return Some(Path { parts });
            }
            rest = rest.strip_prefix('.')?.trim_start();
        }
    }

    /// A path of keys alone.
    pub fn of<'a>(keys: impl IntoIterator<Item = &'a str>) -> Path {
        Path { parts: keys.into_iter().map(|k| Part::Key(k.to_owned())).collect() }
    }

    /// This path and one more key.
    pub fn with(&self, key: &str) -> Path {
        let mut longer = self.clone();
        longer.parts.push(Part::Key(key.to_owned()));
        longer
    }

    /// Whether one of the two paths lies on the way to the other.
    pub fn touches(&self, other: &Path) -> bool {
        self.parts.iter().zip(&other.parts).all(|(a, b)| a == b)
    }
}

fn first_key(text: &str) -> Option<(String, &str)> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''));
    let Some(quote) = quote else {
        let end = text.find(['.', '[', ' ']).unwrap_or(text.len());
        return (end > 0).then(|| (text[..end].to_owned(), &text[end..]));
    };
    let mut key = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        if c == quote {
            return Some((key, &text[at + 1..]));
        }
        match c {
            '\\' if quote == '"' => key.push(chars.next()?.1),
            _ => key.push(c),
        }
    }
    None
}

/// A key as TOML wants it: bare where possible, quoted otherwise.
pub(super) fn quoted(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if bare { key.to_owned() } else { format!("\"{}\"", key.replace('\\', "\\\\").replace('"', "\\\"")) }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, part) in self.parts.iter().enumerate() {
            match part {
                Part::Key(key) if n > 0 => write!(f, ".{}", quoted(key))?,
                Part::Key(key) => write!(f, "{}", quoted(key))?,
                Part::Entry(number) => write!(f, "[{number}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_back() {
        for text in [
            "horizon",
            "queues.enquiries.demand.per-year",
            "options.\"200,000 calls\".teams.core.rota[2]",
            "teams.\"a \\\"b\\\"\".rota[2][7]",
        ] {
            assert_eq!(Path::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in ["", ".", "a.", "a..b", "\"open", "rota[0]", "rota[x]", "a b"] {
            assert_eq!(Path::parse(text), None, "{text}");
        }
    }
}
