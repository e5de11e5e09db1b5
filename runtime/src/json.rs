//! Reads JSON, with errors that say where and what.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::decode_error::{DecodeError, Found, Part};
use crate::json_path;

/// Reads a value that is the whole text.
///
/// # Errors
/// When the text is not JSON, or not of the type.
pub(crate) fn read<'de, T: Deserialize<'de>>(text: &'de [u8]) -> Result<T, DecodeError> {
    serde_json::from_slice(text).map_err(|error| located(&error, text))
}

#[cold]
fn located(error: &serde_json::Error, text: &[u8]) -> DecodeError {
    let at = json_path::locate(text, error.line(), error.column());
    let (expected, found) = match error.classify() {
        serde_json::error::Category::Eof | serde_json::error::Category::Io => ("JSON".to_owned(), Found::End),
        serde_json::error::Category::Syntax => ("JSON".to_owned(), Found::Malformed),
        serde_json::error::Category::Data => (expected(error), at.found),
    };
    DecodeError { part: Part::Body, path: at.path, expected, found }
}

/// What follows `expected` in the message of serde_json or of our own formats; what stands before it may be a value.
fn expected(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    match message.rsplit_once("expected ") {
        Some((_, expected)) => expected.to_owned(),
        None => "what the model says".to_owned(),
    }
}

/// The text of an object: the text itself, or an object without members where it is other JSON, or empty.
///
/// # Errors
/// When the text is not JSON.
pub(crate) fn object(text: &[u8]) -> Result<&[u8], DecodeError> {
    if text.trim_ascii_start().starts_with(b"{") {
        return Ok(text);
    }
    if !text.is_empty() {
        let IgnoredAny = read(text)?;
    }
    Ok(b"{}")
}

/// Reads those of an object's members that are texts, for each of the names; what is no object has none.
///
/// # Errors
/// When the text is not JSON.
pub(crate) fn texts<const N: usize>(text: &[u8], names: [&str; N]) -> Result<[Option<String>; N], DecodeError> {
    let text = object(text)?;
    let mut texts = [const { None }; N];
    let mut reader = serde_json::Deserializer::from_slice(text);
    let read = reader.deserialize_map(Texts { names: &names, texts: &mut texts }).and_then(|()| reader.end());
    read.map(|()| texts).map_err(|error| located(&error, text))
}

/// Takes the texts it is told to take, and reads past everything else.
struct Texts<'a> {
    names: &'a [&'a str],
    texts: &'a mut [Option<String>],
}

impl<'de> Visitor<'de> for Texts<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value::<&RawValue>()?;
            let place = self.names.iter().position(|wanted| *wanted == name);
            if let Some(slot) = place.and_then(|place| self.texts.get_mut(place)) {
                *slot = serde_json::from_str(value.get()).ok();
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn error<T: serde::de::DeserializeOwned + fmt::Debug>(text: &str) -> String {
        read::<T>(text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_wrong_type_is_located_and_described_without_its_value() {
        type Numbers = BTreeMap<String, Vec<BTreeMap<String, i32>>>;
        let cases = [
            (r#"{"a":[],"b":[{},{"c":1,"d":"secret"}]}"#, "body `b[1].d`: expected i32, found a text"),
            (r#"{"b": [ {"c" : true } ] }"#, "body `b[0].c`: expected i32, found a boolean"),
            (r#"{"b": [ {"c" : null } ] }"#, "body `b[0].c`: expected i32, found nothing"),
            (r#"{"b": [ {"c" : 12.5 } ] }"#, "body `b[0].c`: expected i32, found a number"),
            (r#"{"b": [ {"c" : 5000000000 } ] }"#, "body `b[0].c`: expected i32, found a number"),
            (r#"{"b": [ {"c" : [7] } ] }"#, "body `b[0].c`: expected i32, found a list"),
            (r#"{"b": [ {"c" : {"x":2} } ] }"#, "body `b[0].c`: expected i32, found an object"),
            (r#"{"a b": 7}"#, "body `a b`: expected a sequence, found a number"),
            (r#"[1]"#, "body: expected a map, found a list"),
            (r#""secret""#, "body: expected a map, found a text"),
        ];
        for (text, expected) in cases {
            assert_eq!(error::<Numbers>(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_located() {
        type Numbers = BTreeMap<String, Vec<i32>>;
        for (text, expected) in [
            ("<html>", "body: expected JSON, found something else"),
            ("", "body: expected JSON, found the end"),
            (r#"{"a":[1,2"#, "body `a[1]`: expected JSON, found the end"),
            (r#"{"a":[1,}"#, "body `a[1]`: expected JSON, found something else"),
        ] {
            assert_eq!(error::<Numbers>(text), expected, "{text}");
        }
    }

    #[test]
    fn members_that_are_texts_are_found_whatever_else_there_is() {
        let found = |text: &str| texts(text.as_bytes(), ["a", "b"]).ok();
        assert_eq!(
            found(r#"{"x":[{"a":"1"}],"b":"\"","a":"","c":"d"}"#),
            Some([Some(String::new()), Some("\"".to_owned())])
        );
        for other in ["2", "-2", "2.5", "null", "true", "{\"b\":\"1\"}", "[\"1\"]"] {
            assert_eq!(found(&format!(r#"{{"a":"1","a":{other}}}"#)), Some([None, None]), "{other}");
            assert_eq!(
                found(other),
                if other.starts_with('{') { Some([None, Some("1".to_owned())]) } else { Some([None, None]) }
            );
        }
        assert_eq!(found(r#"{"a":"1""#), None);
        assert_eq!(found(r#"{"a":"1"} x"#), None);
    }
}
