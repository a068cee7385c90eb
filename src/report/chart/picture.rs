//! From an SVG whose text is text to the two files of a chart: an SVG whose text is paths, since readers will
//! not have the font, and a PNG drawn from the same tree.

use std::sync::{Arc, LazyLock};

use resvg::usvg;
use resvg::{render, tiny_skia};

use super::font;
use super::outline::{numbered, outlined};
use super::page::{DESCRIBED, heading, opening};
use super::{Chart, ChartError};
use crate::experiment::both;

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
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&opaque(pixels.data()))?;
    writer.finish()?;
    Ok(bytes)
}

/// Pixels without their fourth channel. Four at a time are one number, from which it is shifted out: in a quarter of the
/// time that single bytes take.
fn opaque(pixels: &[u8]) -> Vec<u8> {
    const COLOURS: u128 = 0xFF_FFFF;
    let mut opaque = vec![0; pixels.len() / 4 * 3];
    let (fours, rest) = pixels.as_chunks();
    let (triples, last) = opaque.as_chunks_mut::<12>();
    for (four, triple) in fours.iter().zip(triples) {
        let four = u128::from_le_bytes(*four);
        let of = |pixel: u32| (four >> (8 * pixel)) & (COLOURS << (24 * pixel));
        let colours = (of(0) | of(1) | of(2) | of(3)).to_le_bytes();
        triple.copy_from_slice(&colours[..12]);
    }
    for ([colours @ .., _], one) in rest.as_chunks::<4>().0.iter().zip(last.as_chunks_mut().0) {
        *one = *colours;
    }
    opaque
}

#[cfg(test)]
mod tests {
    use super::{drawable, opaque};

    #[test]
    fn the_fourth_channel_is_left_out() {
        let pixels: Vec<u8> = (0..4 * 11).collect();
        let kept: Vec<u8> = pixels.iter().copied().filter(|byte| byte % 4 != 3).collect();
        assert_eq!(opaque(&pixels), kept);
    }

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
