//! JSON for people and programs: an entry a line, lists on the line of their name.

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};
use std::io::{Result, Write};

/// Objects over several lines, lists within one: an interval is two numbers side by side, and a file of many intervals is
/// shorter by a third.
struct Lines<'a>(PrettyFormatter<'a>);

impl Formatter for Lines<'_> {
    fn begin_array_value<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.begin_object(writer)
    }

    fn end_object<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_object(writer)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, writer: &mut W, first: bool) -> Result<()> {
        self.0.begin_object_key(writer, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + Write>(&mut self, writer: &mut W) -> Result<()> {
        self.0.end_object_value(writer)
    }
}

/// A value as text, with a line end.
pub(super) fn text(value: &Value) -> String {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Lines(PrettyFormatter::new()));
    value.serialize(&mut serializer).expect("the results are plain data");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("JSON is text")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn lists_lie_on_one_line_and_objects_on_several() {
        let value = json!({ "a": [0.5, null], "b": [{ "c": [] }, {}], "d": {} });
        let wanted = "{\n  \"a\": [0.5, null],\n  \"b\": [{\n    \"c\": []\n  }, {}],\n  \"d\": {}\n}\n";
        assert_eq!(super::text(&value), wanted);
    }
}
