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
