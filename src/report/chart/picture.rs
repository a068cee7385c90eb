//! From an SVG whose text is text to the two files of a chart: an SVG whose text is paths, since readers will
//! not have the font, and a PNG drawn from the same tree.

use std::sync::{Arc, LazyLock};

use resvg::usvg;
use resvg::{render, tiny_skia};

use super::font;
use super::outline::{numbered, outlined};
use super::packing::packed;
use super::page::{DESCRIBED, heading, opening};
use super::{Chart, ChartError};
use crate::experiment::both;

/// Width of the PNG in pixels: 17 cm, the text width of an A4 page, at 300 dots an inch.
const PIXELS: f32 = 2000.0;
/// The fonts, read once for all charts.
static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| Arc::new(font::database()));

/// A chart as its two files: (SVG, PNG).
pub(super) fn files(chart: &Chart) -> Result<(Vec<u8>, Vec<u8>), ChartError> {
    let options = usvg::Options {
        font_family: font::FAMILY.into(),
        fontdb: Arc::clone(&FONTS),
        ..usvg::Options::default()
    };
    let page = numbered(&drawable(&chart.svg));
    let tree = usvg::Tree::from_str(&page, &options).map_err(|e| ChartError::Picture(e.to_string()))?;
    let (svg, raster) = both(|| stand_alone(&page, &tree, chart), || raster(&tree));
    Ok((svg?.into_bytes(), raster?))
}

/// The same page without the signs that no compiled-in face has, such as emoji, which would stand as empty boxes. A line
/// of nothing else keeps its boxes, and so do letters of other scripts: they show that something is missing. The report
/// keeps them all, since a browser has more faces.
fn drawable(svg: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || c.is_whitespace() || font::has(*c);
    let mut text = String::with_capacity(svg.len());
    for part in svg.split_inclusive(['<', '>']) {
        if part.is_ascii() {
            text.push_str(part);
            continue;
        }
        // What joins or varies a sign goes with it.
        let mut left_out = false;
        let keep = |c: &char| {
            left_out = !kept(c) || left_out && matches!(c, '\u{200D}' | '\u{FE0F}');
            !left_out
        };
        let rest: String = part.chars().filter(keep).collect();
        let says_something = rest.chars().any(char::is_alphanumeric);
        text.push_str(if says_something { &rest } else { part });
    }
    text
}

/// The page with text as paths, named and described in full.
fn stand_alone(page: &str, tree: &usvg::Tree, chart: &Chart) -> Result<String, ChartError> {
    let (_, drawing) =
        page.split_once(DESCRIBED).ok_or_else(|| ChartError::Picture("no description was written".into()))?;
    let size = tree.size();
    let opening = opening(size.width().into(), size.height().into());
    Ok(format!("{opening}{}{}", heading(&chart.title, &chart.description), outlined(drawing, tree)?))
}

fn raster(tree: &usvg::Tree) -> Result<Vec<u8>, ChartError> {
    let scale = PIXELS / tree.size().width();
    let height = (tree.size().height() * scale).ceil() as u32;
    let size = tiny_skia::IntSize::from_wh(PIXELS as u32, height);
    let white = |size: tiny_skia::IntSize| vec![u8::MAX; 4 * size.width() as usize * size.height() as usize];
    let mut pixels = size
        .and_then(|size| tiny_skia::Pixmap::from_vec(white(size), size))
        .ok_or_else(|| ChartError::Picture("the page has no area".into()))?;
    render(tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    packed(&pixels).map_err(|e| ChartError::Picture(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::drawable;

    #[test]
    fn signs_without_a_glyph_are_left_out_of_files() {
        assert_eq!(drawable("<text>\u{1F3E0} emoji option</text>"), "<text> emoji option</text>");
        assert_eq!(
            drawable("<text>line &amp; \u{1F469}\u{200D}\u{1F4BB}</text>"),
            "<text>line &amp; </text>"
        );
        assert_eq!(drawable("<text>… ± − ▲</text>"), "<text>… ± − ▲</text>");
    }

    #[test]
    fn a_name_is_never_left_empty_and_letters_are_never_dropped() {
        for text in ["<text>\u{1F3E0}</text>", "<text>\u{4F60}\u{597D}</text>", "<text>الخط</text>"] {
            assert_eq!(drawable(text), text);
        }
    }
}
