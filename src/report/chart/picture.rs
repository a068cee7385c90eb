//! From an SVG whose text is text to the two files of a chart: an SVG whose text is paths, since readers will
//! not have the font, and a PNG drawn from the same tree.

use std::sync::Arc;

use resvg::usvg::{self, WriteOptions};
use resvg::{render, tiny_skia};

use super::font;
use super::page::heading;
use super::{Chart, ChartError};

/// Width of the PNG in pixels: 17 cm, the text width of an A4 page, at 300 dots an inch.
const PIXELS: f32 = 2000.0;

/// A chart as its two files: (SVG, PNG).
pub(super) fn files(chart: &Chart) -> Result<(Vec<u8>, Vec<u8>), ChartError> {
    let options = usvg::Options {
        font_family: font::FAMILY.into(),
        fontdb: Arc::new(font::database()),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&chart.svg, &options).map_err(|e| ChartError::Picture(e.to_string()))?;
    Ok((outlined(&tree, chart)?.into_bytes(), raster(&tree)?))
}

/// The tree as SVG with text as paths, named and described again: usvg drops what is not drawn.
fn outlined(tree: &usvg::Tree, chart: &Chart) -> Result<String, ChartError> {
    let options =
        WriteOptions { coordinates_precision: 2, transforms_precision: 5, ..WriteOptions::default() };
    let svg = tree.to_string(&options);
    let inside = svg
        .find("<svg")
        .and_then(|start| svg[start..].find('>').map(|end| start + end))
        .ok_or_else(|| ChartError::Picture("no svg element was written".into()))?;
    Ok(format!(
        "{} role=\"img\">\n{}{}",
        &svg[..inside],
        heading(&chart.title, &chart.description),
        svg[inside + 1..].trim_start_matches('\n'),
    ))
}

fn raster(tree: &usvg::Tree) -> Result<Vec<u8>, ChartError> {
    let scale = PIXELS / tree.size().width();
    let height = (tree.size().height() * scale).ceil() as u32;
    let mut pixels = tiny_skia::Pixmap::new(PIXELS as u32, height)
        .ok_or_else(|| ChartError::Picture("the page has no area".into()))?;
    render(tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| ChartError::Picture(e.to_string()))
}
