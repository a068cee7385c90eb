//! The letters of a page as paths: the page stays as it was written, only its texts are replaced by their outlines.

use super::ChartError;
use resvg::tiny_skia::{PathSegment, Point};
use resvg::usvg::{Group, Node, Text, Tree};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// How a line of text begins on a page.
const TEXT: &str = "<text ";
/// How it ends.
const END: &str = "</text>";
/// Attributes that say how letters are painted, each with what follows it: outlines keep them.
const PAINT: [&str; 5] =
    [" fill=\"", " stroke=\"", " stroke-width=\"", " stroke-linejoin=\"", " paint-order=\""];

/// The page with a number for each line of text, by which its outlines are found again.
pub(super) fn numbered(page: &str) -> String {
    let mut parts = page.split(TEXT);
    let mut text = parts.next().unwrap_or_default().to_owned();
    for (number, part) in parts.enumerate() {
        write!(text, "{TEXT}id=\"{number}\" {part}").expect("a text takes every number");
    }
    text
}

/// A numbered page with its texts as paths, as the tree read from it has them. A text of which nothing is drawn is left
/// out.
///
/// # Errors
/// When the page is none of ours.
pub(super) fn outlined(numbered: &str, tree: &Tree) -> Result<String, ChartError> {
    let mut letters = BTreeMap::new();
    find(tree.root(), &mut letters);
    let wrong = || ChartError::Picture("a text has no end".into());
    let mut parts = numbered.split(TEXT);
    // Bytes, since outlines are written digit by digit; a text again when all are there.
    let mut page = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let (tag, rest) = part.split_once('>').ok_or_else(wrong)?;
        let (_, rest) = rest.split_once(END).ok_or_else(wrong)?;
        let id = tag.split('"').nth(1).ok_or_else(wrong)?;
        if let Some(text) = letters.get(id) {
            page.extend(b"<path");
            PAINT
                .iter()
                .filter_map(|name| attribute(tag, name))
                .for_each(|paint| page.extend(paint.as_bytes()));
            page.extend(b" d=\"");
            draw(text.flattened(), &mut page);
            page.extend(b"\"/>");
        }
        page.extend(rest.as_bytes());
    }
    Ok(String::from_utf8(page).expect("texts and outlines are text"))
}

/// An attribute of a tag, with its name.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let from = tag.find(name)?;
    let value = from + name.len();
    Some(&tag[from..=value + tag[value..].find('"')?])
}

/// The texts of a tree by their numbers.
fn find<'t>(group: &'t Group, letters: &mut BTreeMap<&'t str, &'t Text>) {
    for node in group.children() {
        match node {
            Node::Group(group) => find(group, letters),
            Node::Text(text) => _ = letters.insert(text.id(), text),
            Node::Path(_) | Node::Image(_) => {}
        }
    }
}

/// Writes the outlines of letters.
fn draw(letters: &Group, path: &mut Vec<u8>) {
    for node in letters.children() {
        match node {
            Node::Group(group) => draw(group, path),
            Node::Path(shape) => {
                let placed = shape.data().clone().transform(shape.abs_transform());
                for segment in placed.iter().flat_map(|placed| placed.segments()) {
                    match segment {
                        PathSegment::MoveTo(to) => points(path, b'M', &[to]),
                        PathSegment::LineTo(to) => points(path, b'L', &[to]),
                        PathSegment::QuadTo(by, to) => points(path, b'Q', &[by, to]),
                        PathSegment::CubicTo(by, and, to) => points(path, b'C', &[by, and, to]),
                        PathSegment::Close => points(path, b'Z', &[]),
                    }
                }
            }
            Node::Text(_) | Node::Image(_) => {}
        }
    }
}

/// A command of a path with its points.
fn points(path: &mut Vec<u8>, command: u8, points: &[Point]) {
    if path.last() != Some(&b'"') {
        path.push(b' ');
    }
    path.push(command);
    for point in points {
        for place in [point.x, point.y] {
            path.push(b' ');
            hundredths(path, place);
        }
    }
}

/// Signs of the greatest whole number of hundredths, its point among them.
const SIGNS: usize = 21;

/// A place on the page to a hundredth of its unit, as short as it can be written.
fn hundredths(path: &mut Vec<u8>, place: f32) {
    let whole = (f64::from(place) * 100.0).round() as i64;
    if whole < 0 {
        path.push(b'-');
    }
    let rest = whole.unsigned_abs();
    let digit = |of: u64| b'0' + (of % 10) as u8;
    let mut signs = [b'.'; SIGNS];
    let mut from = SIGNS - 3;
    (signs[from + 1], signs[from + 2]) = (digit(rest / 10), digit(rest));
    let mut left = rest / 100;
    while left > 0 || from == SIGNS - 3 {
        from -= 1;
        signs[from] = digit(left);
        left /= 10;
    }
    let left_out = if rest.is_multiple_of(100) { 3 } else { usize::from(rest.is_multiple_of(10)) };
    path.extend(&signs[from..SIGNS - left_out]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_as_short_as_they_can_be() {
        let written = |place: f32| {
            let mut path = Vec::new();
            hundredths(&mut path, place);
            String::from_utf8(path).expect("digits")
        };
        assert_eq!(
            [0.0, 1.0, 1.5, 2.25, -0.07, -0.001, 899.996].map(written).join(" "),
            "0 1 1.5 2.25 -0.07 0 900"
        );
    }

    #[test]
    fn a_text_keeps_its_paint_and_loses_the_rest() {
        let tag = "id=\"3\" x=\"1\" font-size=\"13\" fill=\"#222222\" text-anchor=\"end\" stroke=\"#FFFFFF\" stroke-width=\"3\"";
        assert_eq!(attribute(tag, PAINT[0]), Some(" fill=\"#222222\""));
        assert_eq!(attribute(tag, PAINT[2]), Some(" stroke-width=\"3\""));
        assert_eq!(attribute(tag, PAINT[4]), None);
    }
}
