//! Colour on the terminal: added where there is one that shows it, never where NO_COLOR asks for none.

use super::exit::{Failure, printed};
use anstyle::{AnsiColor, Style};
use std::io::Write;

const FINDING: Style = Style::new().bold();
/// Blue and yellow, which colour-blind readers tell apart; the marks differ in shape besides.
const BETTER: Style = AnsiColor::Cyan.on_default().bold();
const WORSE: Style = AnsiColor::Yellow.on_default().bold();

/// Prints a summary: its second paragraph, the finding, in bold, the marks of the verdicts in colour.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    printed(out.write_all(painted(text).as_bytes()).and_then(|()| out.flush()))
}

fn painted(text: &str) -> String {
    let mark = |style: Style, mark: &str| format!("{style}{mark}{style:#}");
    let text = text.replace('▲', &mark(BETTER, "▲")).replace('▼', &mark(WORSE, "▼"));
    let mut parts: Vec<String> = text.splitn(3, "\n\n").map(str::to_owned).collect();
    if let [_, finding, _] = parts.as_mut_slice() {
        *finding = format!("{FINDING}{finding}{FINDING:#}");
    }
    parts.join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_adds_nothing_to_read() {
        let text = "Question?\n\nFinding.\n\n ▲ +1\n ▼ -1\n\nmore\n";
        assert_ne!(painted(text), text);
        assert_eq!(anstream::adapter::strip_str(&painted(text)).to_string(), text);
    }
}
