//! Why a response could not be read, and where in it.

use std::fmt;

/// A response that is not what the model says.
///
/// It names the place and the types, and no value: responses may hold credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct DecodeError {
    /// The part of the response.
    pub part: Part,
    /// Where in that part: `streams[2].createdAt`, or a header's name; empty for the whole.
    pub path: String,
    /// What the model says should be there.
    pub expected: String,
    /// What is there.
    pub found: Found,
}

/// A part of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// A header.
    Header,
    /// The body.
    Body,
}

/// What was found in place of what the model says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Found {
    /// Text that is not JSON, or not UTF-8 where text is expected.
    Malformed,
    /// The end of the body.
    End,
    /// `null`, or nothing.
    Nothing,
    /// `true` or `false`.
    Boolean,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A list.
    List,
    /// A JSON object.
    Object,
}

impl DecodeError {
    /// A header that is not what the model says.
    #[must_use]
    pub fn header(name: impl Into<String>, expected: impl Into<String>) -> Self {
        Self { part: Part::Header, path: name.into(), expected: expected.into(), found: Found::Text }
    }

    /// A body that is not text where the model binds it to a text.
    #[must_use]
    pub fn body(expected: impl Into<String>) -> Self {
        Self { part: Part::Body, path: String::new(), expected: expected.into(), found: Found::Malformed }
    }

    /// What is wrong, in the words of AWS SDK for JavaScript v2 where those are always the same; else what `Display` says.
    #[must_use]
    pub fn message(&self) -> String {
        match (self.part, self.found) {
            (Part::Body, Found::End) => "Unexpected end of JSON input".to_owned(),
            _ => self.to_string(),
        }
    }

    /// The error of reading `body` as JSON.
    #[must_use]
    pub fn json(error: &serde_json::Error, body: &[u8]) -> Self {
        let at = crate::json_path::locate(body, error.line(), error.column());
        let (expected, found) = match error.classify() {
            serde_json::error::Category::Eof | serde_json::error::Category::Io => ("JSON".to_owned(), Found::End),
            serde_json::error::Category::Syntax => ("JSON".to_owned(), Found::Malformed),
            serde_json::error::Category::Data => (expected(error), at.found),
        };
        Self { part: Part::Body, path: at.path, expected, found }
    }
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

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.part {
            Part::Header => "header",
            Part::Body => "body",
        })?;
        if !self.path.is_empty() {
            write!(f, " `{}`", self.path)?;
        }
        write!(f, ": expected {}, found {}", self.expected, self.found)
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Malformed => "something else",
            Self::End => "the end",
            Self::Nothing => "nothing",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::List => "a list",
            Self::Object => "an object",
        })
    }
}

impl std::error::Error for DecodeError {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn error<T: serde::de::DeserializeOwned + fmt::Debug>(body: &str) -> String {
        let error = serde_json::from_str::<T>(body).unwrap_err();
        DecodeError::json(&error, body.as_bytes()).to_string()
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
        for (body, expected) in cases {
            assert_eq!(error::<Numbers>(body), expected, "{body}");
        }
    }

    #[test]
    fn what_is_not_json_is_located() {
        type Numbers = BTreeMap<String, Vec<i32>>;
        assert_eq!(error::<Numbers>("<html>"), "body: expected JSON, found something else");
        assert_eq!(error::<Numbers>(r#"{"a":[1,2"#), "body `a[1]`: expected JSON, found the end");
        assert_eq!(error::<Numbers>(""), "body: expected JSON, found the end");
        assert_eq!(error::<Numbers>(r#"{"a":[1,}"#), "body `a[1]`: expected JSON, found something else");
    }
}
