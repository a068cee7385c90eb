//! The one font of all charts: compiled in, measured and rastered alike, so that a picture is the same on
//! every machine. System fonts are never loaded.

use resvg::usvg::fontdb;
use skrifa::{FontRef, MetadataProvider, instance::LocationRef, instance::Size};
use std::sync::Arc;

/// The family's name inside the font files.
pub(super) const FAMILY: &str = "DejaVu Sans";

const BOOK: &[u8] = include_bytes!("../font/DejaVuSans.ttf");
const BOLD: &[u8] = include_bytes!("../font/DejaVuSans-Bold.ttf");
/// The letters of other scripts, for names: Greek, Cyrillic, Armenian, Georgian, Hebrew, Arabic, and common signs.
const WIDE_BOOK: &[u8] = include_bytes!("../font/DejaVuSansWide.ttf");
const WIDE_BOLD: &[u8] = include_bytes!("../font/DejaVuSansWide-Bold.ttf");

/// A database with the compiled-in faces and nothing else.
pub(super) fn database() -> fontdb::Database {
    let mut database = fontdb::Database::new();
    for face in [BOOK, BOLD, WIDE_BOOK, WIDE_BOLD] {
        database.load_font_source(fontdb::Source::Binary(Arc::new(face)));
    }
    database.set_sans_serif_family(FAMILY);
    database.set_serif_family(FAMILY);
    database
}

/// Whether one of the compiled-in faces has a character.
pub(super) fn has(c: char) -> bool {
    [BOOK, WIDE_BOOK].iter().any(|face| {
        let face = FontRef::new(face).expect("the compiled-in font is well formed");
        face.charmap().map(c).is_some_and(|glyph| glyph.to_u32() != 0)
    })
}

/// The width of a line of text in the units of `size`. Kerning is left out: it makes a line slightly shorter,
/// never longer. A character the font lacks is as wide as the box drawn for it.
pub(super) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let face = |bytes| FontRef::new(bytes).expect("the compiled-in font is well formed");
    let (plain, wide) = if bold { (face(BOLD), face(WIDE_BOLD)) } else { (face(BOOK), face(WIDE_BOOK)) };
    let (letters, more) = (plain.charmap(), wide.charmap());
    let metrics =
        |face: &FontRef<'static>| face.glyph_metrics(Size::new(size as f32), LocationRef::default());
    let (of_plain, of_wide) = (metrics(&plain), metrics(&wide));
    let advance = |c: char| match (letters.map(c), more.map(c)) {
        (None, Some(glyph)) => of_wide.advance_width(glyph),
        (glyph, _) => of_plain.advance_width(glyph.unwrap_or_default()),
    };
    text.chars().map(|c| f64::from(advance(c).unwrap_or(0.0))).sum()
}

/// Breaks a text into lines no wider than `room`, between words where it can, after a hyphen where a word is too long,
/// and anywhere inside a word where it must.
/// At most `most` lines: the last one then ends with "…".
pub(super) fn wrap(text: &str, room: f64, size: f64, bold: bool, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let joined = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&joined, size, bold) <= room {
            line = joined;
            continue;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        for part in word.split_inclusive('-') {
            if !line.is_empty() && width(&format!("{line}{part}"), size, bold) > room {
                lines.push(std::mem::take(&mut line));
            }
            for letter in part.chars() {
                if !line.is_empty() && width(&format!("{line}{letter}"), size, bold) > room {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(letter);
            }
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    if lines.len() > most {
        lines.truncate(most);
        let last = lines.last_mut().expect("at least one line is asked for");
        while !last.is_empty() && width(&format!("{last}…"), size, bold) > room {
            last.pop();
        }
        // Rather between words, where that does not cost half the line.
        let word = last.rfind(' ').filter(|at| *at > last.len() / 2).unwrap_or(last.len());
        last.truncate(word);
        let kept = last.trim_end_matches([' ', ',', ';']).len();
        last.truncate(kept);
        last.push('…');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_holds_the_compiled_in_faces_and_no_other() {
        let database = database();
        assert_eq!(database.len(), 4);
        for weight in [400, 700] {
            let families = [fontdb::Family::Name(FAMILY)];
            let query =
                fontdb::Query { families: &families, weight: fontdb::Weight(weight), ..Default::default() };
            let face = database.face(database.query(&query).unwrap()).unwrap();
            assert_eq!(face.weight.0, weight);
        }
    }

    #[test]
    fn every_sign_that_charts_print_is_in_the_font() {
        for face in [BOOK, BOLD] {
            let characters = FontRef::new(face).unwrap().charmap();
            for c in "AZaz09 .,:;%()±–—‘’“”…×−≥≤£€éßŁőž<>&\"'".chars() {
                assert!(characters.map(c).is_some_and(|glyph| glyph.to_u32() != 0), "{c} is missing");
            }
        }
    }

    #[test]
    fn text_is_measured() {
        assert!(width("", 12.0, false) == 0.0);
        assert!((width("0000", 12.0, false) - 4.0 * 12.0 * 1303.0 / 2048.0).abs() < 0.01);
        assert!(width("share", 12.0, true) > width("share", 12.0, false));
        assert!(width("\u{1F4DE}", 12.0, false) > 5.0, "a missing character is as wide as its box");
    }

    #[test]
    fn lines_keep_within_their_room() {
        let text = "Twelve full-time equivalents on staggered starts, Donaudampfschifffahrtsgesellschaft";
        for room in [40.0, 90.0, 200.0] {
            let lines = wrap(text, room, 11.0, false, 99);
            assert!(lines.iter().all(|line| width(line, 11.0, false) <= room));
            let letters = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            assert_eq!(letters(&lines.concat()), letters(text));
        }
        let short = wrap(text, 90.0, 11.0, false, 2);
        assert_eq!(short.len(), 2);
        assert!(short[1].ends_with('…') && width(&short[1], 11.0, false) <= 90.0);
    }
}
