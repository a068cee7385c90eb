//! Numbers as written to files: shortest exact decimal, never NaN, never −0.

/// A number for a CSV cell; empty where it does not exist.
pub(in crate::report) fn cell(value: Option<f64>) -> String {
    match value {
        // Adding 0 turns −0 into 0.
        Some(v) if v.is_finite() => plain(v + 0.0),
        _ => String::new(),
    }
}

/// The shortest decimal that reads as this number, never with an exponent: what `format!` gives, in a third of the time.
fn plain(number: f64) -> String {
    let mut digits = zmij::Buffer::new();
    let text = digits.format_finite(number);
    match text.strip_suffix(".0") {
        _ if text.contains('e') => format!("{number}"),
        Some(whole) => whole.to_owned(),
        None => text.to_owned(),
    }
}

/// A number for JSON; null where it does not exist.
pub(super) fn json(value: Option<f64>) -> serde_json::Value {
    // Adding 0 turns −0 into 0.
    match value.and_then(|v| serde_json::Number::from_f64(v + 0.0)) {
        Some(number) => serde_json::Value::Number(number),
        None => serde_json::Value::Null,
    }
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
    use proptest::prelude::*;

    #[test]
    fn what_does_not_exist_is_empty_and_zero_has_no_sign() {
        assert_eq!([None, Some(f64::NAN), Some(-0.0)].map(cell), ["", "", "0"]);
    }

    proptest! {
        #[test]
        fn cells_are_plain_decimals(number in any::<f64>().prop_filter("finite", |n| n.is_finite()), part in -1e6..1e6f64) {
            for number in [number, part, part.trunc(), part / 1e12, part * 1e12] {
                prop_assert_eq!(cell(Some(number)), format!("{}", number + 0.0));
            }
        }
    }
}
