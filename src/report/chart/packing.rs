//! Pixels as PNG: opaque, so without the channel for transparency; packed for speed, which costs a few kilobytes (Paeth's
//! filter for every row takes two thirds of the time of the best filter for each, and a sixteenth more room); with its dots
//! an inch, without which a picture is pasted far too large.
//!
//! Most of a chart is like the row above. There the filter leaves nothing, which is told without working it out.

use resvg::tiny_skia::Pixmap;

/// 300 dots an inch.
const DOTS_A_METRE: u32 = 11_811;
/// What stands before a row filtered by Paeth's filter.
const PAETH: u8 = 4;
/// Channels of a pixel, and those that are kept.
const CHANNELS: usize = 4;
const COLOURS: usize = 3;
/// Pixels that are filtered together, their bytes, and those that are kept of them.
const STEP: usize = 16;
const BYTES: usize = STEP * CHANNELS;
const KEPT: usize = STEP * COLOURS;

/// The pixels of a picture as PNG.
pub(super) fn packed(pixels: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let dots = png::PixelDimensions { xppu: DOTS_A_METRE, yppu: DOTS_A_METRE, unit: png::Unit::Meter };
    encoder.set_pixel_dims(Some(dots));
    let mut writer = encoder.write_header()?;
    writer.write_chunk(png::chunk::IDAT, &rows(pixels.data(), pixels.width() as usize)?)?;
    writer.finish()?;
    Ok(bytes)
}

/// The rows of so many pixels, filtered and compressed.
fn rows(pixels: &[u8], width: usize) -> std::io::Result<Vec<u8>> {
    let mut compressor = fdeflate::Compressor::new(Vec::new())?;
    // Of a row the pixel before its first is black, and so is the row above the first.
    let steps = width.div_ceil(STEP);
    let room = CHANNELS + steps * BYTES;
    let (mut row, mut above) = (vec![0; room], vec![0; room]);
    let mut filtered = vec![0; 1 + steps * KEPT];
    filtered[0] = PAETH;
    let mut is_nothing = true;
    for own in pixels.chunks_exact(width * CHANNELS) {
        row[CHANNELS..CHANNELS + own.len()].copy_from_slice(own);
        if row != above {
            filter(&row, &above, &mut filtered[1..]);
            is_nothing = false;
        } else if !is_nothing {
            filtered[1..].fill(0);
            is_nothing = true;
        }
        compressor.write_data(&filtered[..=width * COLOURS])?;
        std::mem::swap(&mut row, &mut above);
    }
    compressor.finish()
}

/// What Paeth's filter leaves of a row. Before the first pixel of both rows stands another.
fn filter(row: &[u8], above: &[u8], filtered: &mut [u8]) {
    for (number, filtered) in filtered.as_chunks_mut().0.iter_mut().enumerate() {
        let at = number * BYTES;
        let both =
            |from: usize| Some([row[from..].first_chunk::<BYTES>()?, above[from..].first_chunk::<BYTES>()?]);
        let (Some([left, corner]), Some([own, up])) = (both(at), both(at + CHANNELS)) else { return };
        *filtered = if own == up && left[..CHANNELS] == corner[..CHANNELS] {
            [0; KEPT]
        } else {
            opaque(&std::array::from_fn(|i| own[i].wrapping_sub(nearest(left[i], up[i], corner[i]))))
        };
    }
}

/// Which of a byte's neighbours is nearest to left + up − corner, the first of equals. All within eight bits, so that sixteen
/// are worked out at once: |p − left| = |up − corner|, |p − up| = |left − corner|, and where the corner lies between the
/// two, |p − corner| is how much these differ; elsewhere it is more than either.
#[inline(always)]
fn nearest(left: u8, up: u8, corner: u8) -> u8 {
    let (to_left, to_up) = (up.abs_diff(corner), left.abs_diff(corner));
    let between = (left < corner) == (corner < up);
    let to_corner = if between { to_left.abs_diff(to_up) } else { u8::MAX };
    if to_left <= to_up && to_left <= to_corner {
        left
    } else if to_up <= to_corner {
        up
    } else {
        corner
    }
}

/// Pixels without their fourth channel. Four at a time are one number, from which it is shifted out.
fn opaque(pixels: &[u8; BYTES]) -> [u8; KEPT] {
    const THREE: u128 = 0xFF_FFFF;
    let mut opaque = [0; KEPT];
    let triples = opaque.as_chunks_mut::<{ 4 * COLOURS }>().0;
    for (four, triple) in pixels.as_chunks().0.iter().zip(triples) {
        let four = u128::from_le_bytes(*four);
        let of = |pixel: u32| (four >> (8 * pixel)) & (THREE << (24 * pixel));
        let colours = (of(0) | of(1) | of(2) | of(3)).to_le_bytes();
        triple.copy_from_slice(&colours[..4 * COLOURS]);
    }
    opaque
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    /// The same picture packed by the library from start to end; of a few pixels it would not compress at all.
    fn by_library(pixels: &Pixmap) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, pixels.width(), pixels.height());
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        encoder.set_filter(png::Filter::Paeth);
        let dots = png::PixelDimensions { xppu: DOTS_A_METRE, yppu: DOTS_A_METRE, unit: png::Unit::Meter };
        encoder.set_pixel_dims(Some(dots));
        let mut writer = encoder.write_header().expect("a header");
        let colours = pixels.data().chunks(CHANNELS).flat_map(|pixel| &pixel[..COLOURS]);
        writer.write_image_data(&colours.copied().collect::<Vec<u8>>()).expect("all pixels");
        writer.finish().expect("an end");
        bytes
    }

    #[test]
    fn pictures_are_packed_as_the_library_packs_them() {
        let mut numbers = Xoshiro256PlusPlus::seed_from_u64(3);
        for (width, height) in [(5, 200), (16, 64), (40, 60), (61, 40)] {
            let mut pixels = Pixmap::new(width, height).expect("an area");
            // A white page with smooth strokes, steps and dots.
            for (at, byte) in pixels.data_mut().iter_mut().enumerate() {
                let (x, y) = (at / CHANNELS % width as usize, at / CHANNELS / width as usize);
                *byte = match (x, y) {
                    _ if at % CHANNELS == COLOURS => 255,
                    (3..20, 2..9) => (x * y) as u8,
                    (20..25, 10..) => (at % CHANNELS * 70) as u8,
                    (_, 12) => (numbers.next_u32() >> 24) as u8,
                    _ => 255,
                };
            }
            assert_eq!(packed(&pixels).expect("a picture"), by_library(&pixels), "{width} × {height}");
        }
    }

    #[test]
    fn the_nearest_neighbour_is_the_one_of_the_definition() {
        for left in 0..=u8::MAX {
            for up in (0..=u8::MAX).step_by(3) {
                for corner in (0..=u8::MAX).step_by(5) {
                    let [a, b, c] = [left, up, corner].map(i16::from);
                    let first = [a, b, c].into_iter().min_by_key(|one| (a + b - c - one).abs());
                    assert_eq!(first, Some(i16::from(nearest(left, up, corner))), "{a} {b} {c}");
                }
            }
        }
    }
}
