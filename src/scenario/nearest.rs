//! "Did you mean …?": the known name nearest to a mistyped one.

/// Longer texts, in bytes, are nobody's slip.
const LONGEST_NAME: usize = 200;

/// The known name that a text was probably meant to be, if any is near enough.
pub fn nearest<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Nobody mistypes that much; and the comparison takes as long as the product of both lengths.
    if text.len() > LONGEST_NAME {
        return None;
    }
    let plain = |s: &str| s.to_lowercase().replace(['_', ' '], "-");
    let text = plain(text);
    let allowed = (text.chars().count() / 3).max(1);
    known
        .into_iter()
        .filter(|name| name.len() <= LONGEST_NAME)
        .map(|name| (strsim::damerau_levenshtein(&text, &plain(name)), name))
        .filter(|(distance, name)| *distance <= allowed || (text.len() > 3 && plain(name).starts_with(&text)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised_and_a_guess_is_not_made() {
        let known = ["queues", "teams", "short-abandon"];
        assert_eq!(nearest("quues", known), Some("queues"));
        assert_eq!(nearest("short_abandon", known), Some("short-abandon"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(nearest(&"q".repeat(60_000_000), known), None);
    }
}
