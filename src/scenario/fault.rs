//! Faults and warnings about a scenario, each shown on its line with a remedy.

use super::code::Code;
use super::tree::Place;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The scenario cannot be run.
    Fault,
    /// It can be run, but its author should know.
    Warning,
}

/// Something wrong with a scenario.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Stable name of the kind of fault, for example `unknown-key`.
    pub code: &'static str,
    /// Fault or warning.
    pub severity: Severity,
    /// The file it is in, as named by the caller or the scenario.
    pub file: String,
    /// Bytes of the file it concerns.
    pub span: std::ops::Range<usize>,
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// The text of the line; of a long one, the part around the place.
    pub excerpt: String,
    /// Characters of the line before the excerpt.
    pub cut: usize,
}

/// Characters of a line that are shown.
const WIDEST: usize = 160;

impl Fault {
    pub(super) fn new(
        code: Code,
        severity: Severity,
        file: &str,
        text: &str,
        place: Place,
        message: String,
        help: String,
    ) -> Fault {
        let start = floor_boundary(text, place.start as usize);
        let end = floor_boundary(text, (place.end as usize).max(start)).max(start);
        let line_start = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = text[start..].find('\n').map_or(text.len(), |at| start + at);
        let column = text[line_start..start].chars().count() + 1;
        // A line may be as long as the file, and there may be a thousand faults in it.
        let cut = if column > WIDEST { column - 1 - WIDEST / 2 } else { 0 };
        let line = text[line_start..line_end].trim_end_matches('\r');
        Fault {
            code: code.name(),
            severity,
            file: file.to_owned(),
            span: start..end,
            line: text[..start].matches('\n').count() + 1,
            column,
            message,
            help,
            excerpt: line.chars().skip(cut).take(WIDEST).collect(),
            cut,
        }
    }

    /// The fault as text, without colour:
    ///
    /// ```text
    /// monday.toml:14:37: mean patience must be longer than zero
    ///    |
    /// 14 | patience = { exponential = { mean = "0s" } }
    ///    |                                     ^^^^
    ///    = help: write how long it lasts on average, for example "4m"
    /// ```
    pub fn render(&self) -> String {
        let number = self.line.to_string();
        let gutter = " ".repeat(number.len());
        let before = self.column - 1 - self.cut;
        let excerpt = self.excerpt.replace('\t', " ");
        let on_line = excerpt.chars().count().saturating_sub(before);
        let width = self.width().clamp(1, on_line.max(1));
        let warning = if self.severity == Severity::Warning { "warning: " } else { "" };
        let mut text = format!("{}:{}:{}: {warning}{}\n", self.file, self.line, self.column, self.message);
        text.push_str(&format!("{gutter} |\n{}\n", format!("{number} | {excerpt}").trim_end()));
        text.push_str(&format!("{gutter} | {}{}\n", " ".repeat(before), "^".repeat(width)));
        if !self.help.is_empty() {
            text.push_str(&format!("{gutter} = help: {}\n", self.help));
        }
        text
    }

    /// Characters to underline on the first line.
    fn width(&self) -> usize {
        let bytes = self.span.len();
        let tail: String = self.excerpt.chars().skip(self.column - 1 - self.cut).collect();
        tail.char_indices().take_while(|(at, _)| *at < bytes).count()
    }
}

/// The nearest character boundary at or before a byte of a text.
fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// All faults, one after another, with an empty line between them.
pub fn render_all(faults: &[Fault]) -> String {
    faults.iter().map(Fault::render).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_points_at_characters_not_bytes() {
        let text = "a = 1\npay = \"£9\" # x\n";
        let at = text.find("\"£").unwrap();
        let place = Place::new(0, at..at + 5);
        let fault =
            Fault::new(Code::WrongType, Severity::Fault, "s.toml", text, place, "no".into(), "do".into());
        assert_eq!((fault.line, fault.column), (2, 7));
        let shown = fault.render();
        assert_eq!(shown, "s.toml:2:7: no\n  |\n2 | pay = \"£9\" # x\n  |       ^^^^\n  = help: do\n");
    }
}
