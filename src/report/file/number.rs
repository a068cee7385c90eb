//! Numbers as written to files: shortest exact decimal, never NaN, never −0.

use std::fmt::Write as _;

/// A number for a CSV cell; empty where it does not exist.
pub(in crate::report) fn cell(value: Option<f64>) -> String {
    let mut text = String::new();
    push(&mut text, value);
    text
}

/// Appends a number as a CSV cell has it; nothing where it does not exist.
pub(super) fn push(text: &mut String, value: Option<f64>) {
    // Adding 0 turns −0 into 0.
    let Some(value) = value.filter(|v| v.is_finite()).map(|v| v + 0.0) else { return };
    if value == 0.0 {
        return text.push('0');
    }
    if let Some(digits) = whole(value, &mut [0; DIGITS]) {
        return text.push_str(digits);
    }
    let mut buffer = zmij::Buffer::new();
    match plain(buffer.format_finite(value), value) {
        Some(plain) => text.push_str(plain),
        None => write!(text, "{value}").expect("a text takes every number"),
    }
}

/// Digits of a whole number that is written here, and its sign.
const DIGITS: usize = 17;

/// The digits of a number that is whole and has few of them; none of any other.
fn whole(value: f64, digits: &mut [u8; DIGITS]) -> Option<&str> {
    let whole = value as i64;
    let mut left = whole.unsigned_abs();
    if whole as f64 != value || left >= 10_000_000_000_000_000 {
        return None;
    }
    let mut from = DIGITS;
    while left > 0 {
        from -= 1;
        digits[from] = b'0' + (left % 10) as u8;
        left /= 10;
    }
    if whole < 0 {
        from -= 1;
        digits[from] = b'-';
    }
    str::from_utf8(&digits[from..]).ok()
}

/// The shortest decimal that a quick writer finds, as the standard library writes it; none where the two may differ: of very
/// large and very small numbers, which it writes with an exponent, and where two decimals are equally near, of which each
/// takes another.
fn plain(quick: &str, value: f64) -> Option<&str> {
    if !(1e-5..1e16).contains(&value.abs()) {
        return None;
    }
    let point = quick.bytes().position(|byte| byte == b'.')?;
    let decimals = (quick.len() - point - 1) as u32;
    match binary_places(value) {
        0 => Some(&quick[..point]),
        // Halfway between two decimals lies only what is itself a decimal of one digit more.
        places => (places != decimals + 1).then_some(quick),
    }
}

/// How many decimals a number has when it is written out in full: as many as binary places.
fn binary_places(value: f64) -> u32 {
    const EXPONENT: u32 = 0x7FF;
    let bits = value.to_bits();
    let mantissa = bits & ((1 << 52) - 1) | 1 << 52;
    let exponent = (bits >> 52) as u32 & EXPONENT;
    (1023 + 52u32).saturating_sub(exponent).saturating_sub(mantissa.trailing_zeros())
}

/// A number for JSON; null where it does not exist.
pub(super) fn json(value: Option<f64>) -> serde_json::Value {
    // Adding 0 turns −0 into 0.
    match value.and_then(|v| serde_json::Number::from_f64(v + 0.0)) {
        Some(number) => serde_json::Value::Number(number),
        None => serde_json::Value::Null,
    }
}

/// The beginning of lines of CSV that numbers follow: texts, each within quotes where it must be.
pub(super) fn beginning(cells: &[&str]) -> String {
    let line = csv(cells, []);
    line.trim_end_matches('\n').to_owned()
}

/// Writes rows of text as CSV.
pub(in crate::report) fn csv<I>(header: &[&str], rows: I) -> String
where
    I: IntoIterator<Item = Vec<String>>,
{
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(header).expect("memory takes every record");
    for row in rows {
        writer.write_record(&row).expect("every row has the header's width");
    }
    let bytes = writer.into_inner().expect("memory can be flushed");
    String::from_utf8(bytes).expect("text was written")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, SeedableRng};
    use rand_xoshiro::Xoshiro256PlusPlus;

    #[test]
    fn what_does_not_exist_is_empty_and_zero_has_no_sign() {
        assert_eq!([None, Some(f64::NAN), Some(-0.0)].map(cell), ["", "", "0"]);
    }

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        let same = |value: f64| assert_eq!(cell(Some(value)), format!("{value}"), "{:x}", value.to_bits());
        for value in [0.1, -2.5, 1e15, 1e16, 1e-5, 9.9e-6, 123_456_789.0, f64::MAX, f64::MIN_POSITIVE, 5e-324]
        {
            same(value);
        }
        let mut numbers = Xoshiro256PlusPlus::seed_from_u64(1);
        for _ in 0..100_000 {
            let bits = numbers.next_u64();
            let (any, whole) = (f64::from_bits(bits), (bits >> 32) as f64);
            if any.is_finite() {
                same(any);
            }
            let below = (numbers.next_u64() >> 40) as f64 + 1.0;
            same(whole / below);
            same(whole / 1000.0);
            // Many of these lie halfway between two decimals of sixteen digits.
            for places in 1..52 {
                same((bits >> 11) as f64 / (1u64 << places) as f64);
            }
        }
        // Of 8 + 2⁻¹⁶ both 8.000015258789062 and 8.000015258789063 are equally near.
        assert_eq!(cell(Some(8.0 + 1.0 / 65_536.0)), format!("{}", 8.0 + 1.0 / 65_536.0));
    }
}
