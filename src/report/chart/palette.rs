//! The colours, dashes and inks of every chart. An option keeps its colour and dash in all of them; the base
//! is always the same blue, drawn solid. The colours are those of Okabe and Ito, told apart by colour-blind
//! readers; in grey, dashes and names tell options apart.

use plotters::style::RGBColor;

/// Text and axes.
pub(super) const INK: RGBColor = RGBColor(0x22, 0x22, 0x22);
/// Secondary text: contrast 5.7 to 1 on white.
pub(super) const MUTED: RGBColor = RGBColor(0x63, 0x63, 0x63);
/// Grid lines.
pub(super) const GRID: RGBColor = RGBColor(0xDD, 0xDD, 0xDD);
/// The stripe behind every other row.
pub(super) const STRIPE: RGBColor = RGBColor(0xF4, 0xF4, 0xF4);
/// Options not singled out.
pub(super) const FAINT: RGBColor = RGBColor(0xB4, 0xB4, 0xB4);
/// Work without anybody to do it: vermilion, never an option's colour.
pub(super) const SHORTFALL: RGBColor = RGBColor(0xD5, 0x5E, 0x00);

const BASE: RGBColor = RGBColor(0x00, 0x72, 0xB2);
const OTHERS: [RGBColor; 5] = [
    RGBColor(0xD9, 0x92, 0x00), // orange, darker than Okabe and Ito's for thin lines on white
    RGBColor(0x00, 0x9E, 0x73),
    RGBColor(0x5D, 0x3A, 0x9B), // violet in place of Okabe and Ito's black, which is text and load here
    RGBColor(0xCC, 0x79, 0xA7),
    RGBColor(0x56, 0xB4, 0xE9),
];
/// A caller is being spoken to.
pub(super) const TALK: RGBColor = BASE;
/// Work after a call.
pub(super) const WRAP: RGBColor = OTHERS[4];
/// Work put off.
pub(super) const PUT_OFF: RGBColor = OTHERS[2];

/// The colour of a share where more is better: pale for all, dark for none, even steps in grey as well.
pub(super) fn shade(share: f64) -> RGBColor {
    const STOPS: [RGBColor; 3] =
        [RGBColor(0x05, 0x2B, 0x52), RGBColor(0x3F, 0x8F, 0xC0), RGBColor(0xF1, 0xF7, 0xFB)];
    let at = share.clamp(0.0, 1.0) * 2.0;
    let (from, to, part) = if at < 1.0 { (STOPS[0], STOPS[1], at) } else { (STOPS[1], STOPS[2], at - 1.0) };
    let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * part).round() as u8;
    RGBColor(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

/// Letters that stand out from a ground, white or black: on no ground do both fall below 4.5 to 1.
pub(super) fn letters_on(ground: RGBColor) -> RGBColor {
    if contrast(ground) > 4.55 { RGBColor(255, 255, 255) } else { RGBColor(0, 0, 0) }
}

/// Lengths of dash and gap; the base alone is solid.
const DASHES: [&str; 4] = ["9 3", "5 3", "2 2.5", "10 3 2 3"];

/// How an option is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ink {
    /// Of lines, marks and labels.
    pub(super) colour: RGBColor,
    /// As in SVG's `stroke-dasharray`; empty for a solid line.
    pub(super) dash: &'static str,
}

/// How the option at a place of the results is drawn; the base stands at 0. Five colours and four dashes
/// repeat together only after twenty options.
pub(super) fn ink(place: usize) -> Ink {
    match place.checked_sub(1) {
        None => Ink { colour: BASE, dash: "" },
        Some(i) => Ink { colour: OTHERS[i % OTHERS.len()], dash: DASHES[i % DASHES.len()] },
    }
}

/// A colour for letters: darkened until it stands out from white by 4.5 to 1.
pub(super) fn legible(colour: RGBColor) -> RGBColor {
    let dimmed = |percent: u16| {
        let dim = |part: u8| (u16::from(part) * percent / 100) as u8;
        RGBColor(dim(colour.0), dim(colour.1), dim(colour.2))
    };
    (40..=100).rev().step_by(4).map(dimmed).find(|c| contrast(*c) >= 4.5).unwrap_or(INK)
}

/// Contrast with white by the rule of the Web Content Accessibility Guidelines, with a power of 2.2.
fn contrast(colour: RGBColor) -> f64 {
    let linear = |part: u8| libm::pow(f64::from(part) / 255.0, 2.2);
    let light = 0.2126 * linear(colour.0) + 0.7152 * linear(colour.1) + 0.0722 * linear(colour.2);
    1.05 / (light + 0.05)
}

/// A colour as SVG writes it.
pub(super) fn hex(colour: RGBColor) -> String {
    format!("#{:02X}{:02X}{:02X}", colour.0, colour.1, colour.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_options_are_drawn_in_twenty_ways() {
        let inks: Vec<Ink> = (0..21).map(ink).collect();
        for (i, a) in inks.iter().enumerate() {
            assert!(inks[..i].iter().all(|b| b != a), "option {i} looks like an earlier one");
            assert!(a.colour != SHORTFALL);
        }
    }

    #[test]
    fn shades_darken_evenly_and_bear_letters() {
        let lights: Vec<f64> = (0..=20).map(|i| contrast(shade(f64::from(i) / 20.0))).collect();
        assert!(lights.windows(2).all(|two| two[0] > two[1]));
        for i in 0..=100 {
            let ground = shade(f64::from(i) / 100.0);
            let white = letters_on(ground) == RGBColor(255, 255, 255);
            let against = if white { contrast(ground) } else { 21.0 / contrast(ground) };
            assert!(against >= 4.5, "{i}%: {against}");
        }
    }

    #[test]
    fn letters_stand_out_from_the_page() {
        for place in 0..6 {
            assert!(contrast(legible(ink(place).colour)) >= 4.5);
        }
        assert!(contrast(MUTED) >= 4.5);
    }
}
