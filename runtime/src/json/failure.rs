//! Why a text could not be read.

use std::fmt;

use serde::de::{self, Expected, Unexpected};

use crate::decode_error::{DecodeError, Found, Part};

/// What stands before what should be there, in serde's messages and our own.
const EXPECTED: &str = "expected ";

/// Why a text could not be read.
#[derive(Debug)]
pub(super) struct Failure(pub(super) Box<Flaw>);

#[derive(Debug)]
pub(super) struct Flaw {
    pub(super) path: String,
    expected: String,
    /// `None` until it is known what kind of value it is that was refused.
    found: Option<Found>,
}

impl Failure {
    pub(super) fn new(expected: String, found: Option<Found>) -> Self {
        Self(Box::new(Flaw { path: String::new(), expected, found }))
    }

    /// The text is not JSON.
    pub(super) fn malformed() -> Self {
        Self::new("JSON".to_owned(), Some(Found::Malformed))
    }

    /// The failure, which is one of reading a value of the kind unless it is one of a part of it.
    pub(super) fn found(mut self, kind: Found) -> Self {
        self.0.found.get_or_insert(kind);
        self
    }

    pub(super) fn into_error(self) -> DecodeError {
        let Flaw { path, expected, found } = *self.0;
        DecodeError { part: Part::Body, path, expected, found: found.unwrap_or(Found::Malformed) }
    }
}

impl de::Error for Failure {
    /// Keeps what follows `expected`: what stands before it may be a value.
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        let is_place =
            |place: &usize| message.as_bytes().get(*place..).is_some_and(|rest| rest.starts_with(EXPECTED.as_bytes()));
        let expected = (0..message.len()).rev().find(is_place).and_then(|place| message.get(place + EXPECTED.len()..));
        Self::new(expected.unwrap_or("what the model says").to_owned(), None)
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(expected.to_string(), None)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(expected.to_string(), None)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "expected {}", self.0.expected)
    }
}

impl std::error::Error for Failure {}
