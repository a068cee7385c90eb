//! From an SVG whose text is text to the two files of a chart: an SVG whose text is paths, since readers will
//! not have the font, and a PNG drawn from the same tree.

use std::sync::Arc;

use resvg::usvg::{self, WriteOptions};
use resvg::{render, tiny_skia};

use super::font;
use super::page::{heading, opening};
use super::{Chart, ChartError};

/// Width of the PNG in pixels: 17 cm, the text width of an A4 page, at 300 dots an inch.
const PIXELS: f32 = 2000.0;
/// 300 dots an inch.
const DOTS_A_METRE: u32 = 11_811;

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
    let mut pixels = tiny_skia::Pixmap::new(PIXELS as u32, height)
        .ok_or_else(|| ChartError::Picture("the page has no area".into()))?;
    render(tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let png = pixels.encode_png().map_err(|e| ChartError::Picture(e.to_string()))?;
    Ok(with_resolution(&png))
}

/// The same PNG with a chunk that says how many dots an inch has, without which it is pasted far too large.
fn with_resolution(png: &[u8]) -> Vec<u8> {
    // Signature 8 bytes; the header chunk is 13 bytes long and has 12 around them.
    const HEADER: usize = 8 + 25;
    let mut chunk = b"pHYs".to_vec();
    chunk.extend(DOTS_A_METRE.to_be_bytes());
    chunk.extend(DOTS_A_METRE.to_be_bytes());
    chunk.push(1); // the unit is the metre
    let mut whole = png[..HEADER].to_vec();
    whole.extend((chunk.len() as u32 - 4).to_be_bytes());
    whole.extend(&chunk);
    whole.extend(checksum(&chunk).to_be_bytes());
    whole.extend(&png[HEADER..]);
    whole
}

/// The CRC-32 of PNG chunks.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |c, _| if c & 1 == 1 { c >> 1 ^ 0xEDB8_8320 } else { c >> 1 })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"IEND"), 0xAE42_6082);
        assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
    }
}
