//! Slips of typing that make a file unreadable, told by the line on which the parser stopped.

/// What to do about a syntax error, where the text shows how it came about; `at` is where it was found.
pub(super) fn remedy(text: &str, at: usize, parser: &str) -> Option<String> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    let value = line.split_once('=').map_or("", |(_, value)| value.trim());
    let help = if line.contains(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{201a}']) {
        "the quotes are curly, as word processors type them: write straight ones, \"…\"".to_owned()
    } else if line.contains(is_odd_space) {
        "there is a no-break space, as word processors type them, in this line: write plain spaces".to_owned()
    } else if parser.contains("recurs") {
        "tables and lists are nested too deep for any scenario: is a bracket left open?".to_owned()
    } else if parser.contains("escape") {
        "a backslash has a meaning of its own: write folders with /, for example \"shapes/week.csv\""
            .to_owned()
    } else {
        match (day_first(value), line.split('=').skip(1).find_map(decimal_comma)) {
            (Some(date), _) => format!("dates are written year first: {date}"),
            (_, Some(number)) => format!("numbers have a decimal point: {number}"),
            _ => return None,
        }
    };
    Some(help)
}

/// White space that looks like a space and is none in TOML.
fn is_odd_space(c: char) -> bool {
    (c.is_whitespace() && !c.is_ascii()) || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// "2.11.2026" or "02/11/2026", year first.
fn day_first(value: &str) -> Option<String> {
    let part = value.split_whitespace().next()?;
    let parts: Vec<u32> = part.split(['.', '/']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [day, month, year] = parts[..] else { return None };
    match ((1..=31).contains(&day), (1..=12).contains(&month), year > 1900) {
        (true, true, true) if part.contains('.') => Some(format!("{year:04}-{month:02}-{day:02}")),
        (true, _, true) => Some(format!("{year:04}-MM-DD")),
        _ => None,
    }
}

/// "12,5" at the beginning of a value, with a point: no list begins so, and no inline table goes on so.
fn decimal_comma(value: &str) -> Option<String> {
    let value = value.trim_start();
    let end = value.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(value.len());
    let (whole, part) = value[..end].split_once(',')?;
    (!whole.is_empty() && !part.is_empty() && !part.contains(',')).then(|| format!("{whole}.{part}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_of_typing_are_recognised() {
        let help = |line: &str| remedy(&format!("x = 1\n{line}\ny = 2\n"), 8, "");
        assert!(help("name = \u{201c}Small\u{201d}").unwrap().contains("curly"));
        assert!(help("name\u{a0}= 1").unwrap().contains("no-break"));
        assert_eq!(help("start = 2.11.2026").unwrap(), "dates are written year first: 2026-11-02");
        assert_eq!(help("start = 02/11/2026").unwrap(), "dates are written year first: 2026-MM-DD");
        assert_eq!(help("agents = 2,5").unwrap(), "numbers have a decimal point: 2.5");
        assert_eq!(help("demand = { per-day = 100,5 }").unwrap(), "numbers have a decimal point: 100.5");
        assert_eq!(help("list = [1 2]"), None);
    }
}
