//! From an SVG whose text is text to the two files of a chart: an SVG whose text is paths, since readers will
//! not have the font, and a PNG drawn from the same tree.

use std::sync::{Arc, LazyLock};

use resvg::usvg::{self, WriteOptions};
use resvg::{render, tiny_skia};

use super::font;
use super::page::{heading, opening};
use super::{Chart, ChartError};

/// Width of the PNG in pixels: 17 cm, the text width of an A4 page, at 300 dots an inch.
const PIXELS: f32 = 2000.0;
/// The fonts, read once for all charts.
static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| Arc::new(font::database()));

/// 300 dots an inch.
const DOTS_A_METRE: u32 = 11_811;

/// A chart as its two files: (SVG, PNG).
pub(super) fn files(chart: &Chart) -> Result<(Vec<u8>, Vec<u8>), ChartError> {
    let options = usvg::Options {
        font_family: font::FAMILY.into(),
        fontdb: Arc::clone(&FONTS),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&drawable(&chart.svg), &options)
        .map_err(|e| ChartError::Picture(e.to_string()))?;
    Ok((outlined(&tree, chart)?.into_bytes(), raster(&tree)?))
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

/// The tree as SVG with text as paths, named and described again: usvg drops what is not drawn.
fn outlined(tree: &usvg::Tree, chart: &Chart) -> Result<String, ChartError> {
    let options = WriteOptions {
        coordinates_precision: 2,
        transforms_precision: 5,
        indent: usvg::Indent::None,
        ..WriteOptions::default()
    };
    let svg = tree.to_string(&options);
    // The opening tag is written anew, with a view box, so that the picture can be scaled.
    let inside = svg
        .find("<svg")
        .and_then(|start| svg[start..].find('>').map(|end| start + end + 1))
        .ok_or_else(|| ChartError::Picture("no svg element was written".into()))?;
    let size = tree.size();
    let opening = opening(size.width().into(), size.height().into());
    let rest = svg[inside..].trim_start_matches('\n');
    Ok(format!("{opening}{}{rest}", heading(&chart.title, &chart.description)))
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

/// The pixels as PNG: opaque, so without the channel for transparency; packed for speed, which costs a few
/// kilobytes (Paeth's filter for every row takes two thirds of the time of the best filter for each, and a sixteenth more
/// room); with its dots an inch, without which it is pasted far too large.
fn packed(pixels: &tiny_skia::Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_filter(png::Filter::Paeth);
    let dots = png::PixelDimensions { xppu: DOTS_A_METRE, yppu: DOTS_A_METRE, unit: png::Unit::Meter };
    encoder.set_pixel_dims(Some(dots));
    let opaque: Vec<[u8; 3]> = pixels.data().as_chunks().0.iter().map(|&[r, g, b, _]| [r, g, b]).collect();
    let mut writer = encoder.write_header()?;
    writer.write_image_data(opaque.as_flattened())?;
    writer.finish()?;
    Ok(bytes)
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
