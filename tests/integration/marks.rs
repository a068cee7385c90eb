//! Pages whose figures the program fills in: `<!--mark-->what the program finds<!--/-->`.

/// A page with every mark filled in anew, those left as they are of which `fill` knows nothing. A mark of one word ends with its own name: `<!--run-->` with `<!--/run-->`.
pub(crate) fn filled(page: &str, fill: &dyn Fn(&str) -> Option<String>) -> String {
    let mut text = String::new();
    let mut rest = page;
    while let Some(at) = rest.find("<!--") {
        let end = at + rest[at..].find("-->").expect("a mark is closed");
        let mark = &rest[at + 4..end];
        text.push_str(&rest[..end + 3]);
        rest = &rest[end + 3..];
        let close = if mark.contains(' ') { "<!--/-->".to_owned() } else { format!("<!--/{mark}-->") };
        let to = rest.find(&close).unwrap_or_else(|| panic!("the mark {mark} is not ended"));
        text.push_str(fill(mark).as_deref().unwrap_or(&rest[..to]));
        text.push_str(&close);
        rest = &rest[to + close.len()..];
    }
    text + rest
}
