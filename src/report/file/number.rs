//! Numbers as written to files: shortest exact decimal, never NaN, never −0.

/// A number for a CSV cell; empty where it does not exist.
pub(in crate::report) fn cell(value: Option<f64>) -> String {
    match value {
        // The library's own way: of two decimals equally near, quicker writers take another.
        Some(v) if v.is_finite() => format!("{}", v + 0.0),
        _ => String::new(),
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

    #[test]
    fn what_does_not_exist_is_empty_and_zero_has_no_sign() {
        assert_eq!([None, Some(f64::NAN), Some(-0.0)].map(cell), ["", "", "0"]);
    }
}
