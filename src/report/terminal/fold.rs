//! Text folded and shortened to the columns of a terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns of a terminal that everything is made to fit.
pub(in crate::report) const COLUMNS: usize = 80;

/// A text without line ends and other control characters, which could steer the terminal.
pub(in crate::report) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' => ' ',
            c if c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}') => {
                '\u{FFFD}'
            }
            c => c,
        })
        .collect()
}

/// Folds a paragraph to the terminal's width.
pub(in crate::report) fn folded(text: &str) -> String {
    broken(text, COLUMNS, "").join("\n")
}

/// Breaks a text into lines of at most `width` columns, at spaces where it can; all lines but the first are
/// indented.
pub(in crate::report) fn broken(text: &str, width: usize, indent: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let empty = line.trim_start().is_empty();
        if !empty && line.width() + 1 + word.width() <= width {
            line.push(' ');
        } else if !empty {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
        }
        for letter in word.chars() {
            if line.width() + letter.width().unwrap_or(0) > width {
                lines.push(std::mem::replace(&mut line, indent.to_owned()));
            }
            line.push(letter);
        }
    }
    lines.push(line);
    lines
}

/// A text of at most `width` columns: the middle of a longer one gives way to "…", since names differ at their
/// ends as often as at their beginnings.
pub(super) fn shortened(text: &str, width: usize) -> String {
    if text.width() <= width {
        return text.to_owned();
    }
    let take = |letters: &mut dyn Iterator<Item = char>, room: usize| {
        let mut used = 0;
        letters
            .take_while(|c| {
                used += c.width().unwrap_or(0);
                used <= room
            })
            .collect::<Vec<char>>()
    };
    let room = width.saturating_sub(1);
    let start: String = take(&mut text.chars(), room.div_ceil(2)).into_iter().collect();
    let end: String = take(&mut text.chars().rev(), room / 2).into_iter().rev().collect();
    // Cut between words where that costs at most a third of either end.
    let near = |at: usize, half: usize| 3 * at >= 2 * half;
    let start =
        start.rfind(' ').filter(|at| near(*at, start.len())).map_or(start.as_str(), |at| &start[..at]);
    let end =
        end.find(' ').filter(|at| near(end.len() - at, end.len())).map_or(end.as_str(), |at| &end[at..]);
    format!("{}…{}", start.trim_end(), end.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_within_their_width() {
        let text =
            "one two three Donaudampfschifffahrtsgesellschaft 12 \u{65E5}\u{672C}\u{8A9E}\u{65E5}\u{672C}";
        for width in [5, 9, 20] {
            assert!(broken(text, width, "  ").iter().all(|line| line.width() <= width));
        }
        assert_eq!(broken("one two three", 8, "  "), ["one two", "  three"]);
        assert_eq!(broken("", 8, ""), [""]);
    }

    #[test]
    fn names_keep_both_ends() {
        assert_eq!(shortened("short", 10), "short");
        assert_eq!(shortened("60-second wrap target at 200,000", 20), "60-second…200,000");
        assert!(shortened("\u{65E5}\u{672C}\u{8A9E}\u{65E5}\u{672C}", 6).width() <= 6);
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(clean("a\u{1b}[31mb\nc\u{202E}d"), "a\u{FFFD}[31mb c\u{FFFD}d");
    }
}
