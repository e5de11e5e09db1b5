//! JSON text to values.
//!
//! Stricter than `serde_json` on its own: a key that stands twice in an object is an error, because which of the two wins
//! would depend on their order.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

use super::Source;
use crate::diag::Diagnostic;

/// Reads a JSON document.
///
/// # Errors
/// Line and column of the first flaw: not JSON, cut short, nested too deeply, or with a key twice in one object.
pub fn read(source: Source<'_>) -> Result<Value, Diagnostic> {
    let text = source.text.strip_prefix('\u{feff}').unwrap_or(source.text);
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Unique
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value))
        .map_err(|error| explain(source.file, &error))
}

fn explain(file: &str, error: &serde_json::Error) -> Diagnostic {
    let whole = error.to_string();
    let suffix = format!(" at line {} column {}", error.line(), error.column());
    let bare = whole.strip_suffix(&suffix).unwrap_or(&whole);
    let at = |message: String| Diagnostic::text(file, error.line(), error.column(), message);
    if bare == "recursion limit exceeded" {
        return at("the JSON is nested too deeply".to_owned())
            .with_help("at most 127 objects and arrays may be nested in each other");
    }
    match error.classify() {
        Category::Eof => at(format!("the JSON is cut short: {bare}")),
        Category::Data => at(bare.to_owned()),
        _ => at(format!("not JSON: {bare}")),
    }
}

/// Builds a [`Value`] whose objects have every key once.
struct Unique;

impl<'de> DeserializeSeed<'de> for Unique {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut array = Vec::new();
        while let Some(item) = items.next_element_seed(Unique)? {
            array.push(item);
        }
        Ok(Value::Array(array))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            match object.entry(key) {
                Entry::Vacant(place) => _ = place.insert(entries.next_value_seed(Unique)?),
                Entry::Occupied(place) => {
                    let key = place.key();
                    return Err(A::Error::custom(format_args!("the key `{key}` stands twice in this object")));
                }
            }
        }
        // Already in this order, unless some crate of the build turns on serde_json's `preserve_order`.
        object.sort_keys();
        Ok(Value::Object(object))
    }
}

/// The kind of a JSON value, for messages: `a number`.
pub fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn message(text: &str) -> String {
        match read(Source { file: "m.json", text }) {
            Ok(value) => format!("accepted: {value}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn flaws_are_reported_with_line_and_column() {
        let deep = "[".repeat(200);
        let cases = [
            ("", "m.json:1:0: the JSON is cut short: EOF while parsing a value"),
            ("{\"a\":\n {\"b\": 1", "m.json:2:8: the JSON is cut short: EOF while parsing an object"),
            ("{\n  a: 1}", "m.json:2:3: not JSON: key must be a string"),
            ("{} {}", "m.json:1:4: not JSON: trailing characters"),
            ("{\"a\": 1,\n\"a\": 2}", "m.json:2:3: the key `a` stands twice in this object"),
            ("{\"a\": 1e999}", "m.json:1:11: not JSON: number out of range"),
            (
                deep.as_str(),
                "m.json:1:128: the JSON is nested too deeply (help: at most 127 objects and arrays may be nested in each other)",
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(message(text), expected);
        }
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert_eq!(message("\u{feff}{}"), "accepted: {}");
    }

    proptest! {
        #[test]
        fn any_text_is_read_as_serde_json_reads_it_or_refused(text in r#"[\[\]{}":,0-9a-c.\-+e \\untrfals]{0,60}"#) {
            let ours = read(Source { file: "m.json", text: &text });
            match serde_json::from_str::<Value>(&text) {
                Ok(theirs) => prop_assert!(ours.is_err() || ours == Ok(theirs)),
                Err(_) => prop_assert!(ours.is_err()),
            }
        }
    }
}
