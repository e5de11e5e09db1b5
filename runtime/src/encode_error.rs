//! Why an input cannot be written as a request.

use std::fmt;

use crate::decode_error::DecodeError;

/// An input that cannot be written as a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EncodeError {
    code: &'static str,
    member: Option<&'static str>,
    reason: String,
}

/// A value that cannot be written where the model binds it.
const UNWRITABLE: &str = "UriParameterError";
/// A value of another type than the model's.
const WRONG_TYPE: &str = "InvalidParameterType";

impl EncodeError {
    /// A member that cannot be written where the model binds it.
    #[must_use]
    pub fn member(member: &'static str, reason: impl Into<String>) -> Self {
        Self { code: UNWRITABLE, member: Some(member), reason: reason.into() }
    }

    /// JSON parameters that are not of the input's types.
    pub(crate) fn from_params(error: &DecodeError) -> Self {
        let DecodeError { path, expected, found, .. } = error;
        let at = if path.is_empty() { String::new() } else { format!("`{path}`: ") };
        let reason = format!("the parameters are not what the operation takes: {at}expected {expected}, found {found}");
        Self { code: WRONG_TYPE, member: None, reason }
    }

    /// A value that cannot be written as JSON.
    pub(crate) fn from_json(error: serde_json::Error) -> Self {
        Self { code: UNWRITABLE, member: None, reason: format!("the input cannot be written as JSON: {error}") }
    }

    /// Anything else that keeps the request from being made.
    pub(crate) fn request(reason: impl Into<String>) -> Self {
        Self { code: UNWRITABLE, member: None, reason: reason.into() }
    }

    /// The code AWS SDK for JavaScript v2 uses for the condition.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code
    }

    /// The member that cannot be written, by its name in the model, when it is one of the input's own.
    #[must_use]
    pub fn member_name(&self) -> Option<&'static str> {
        self.member
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.member {
            Some(member) => write!(f, "`{member}` {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

impl std::error::Error for EncodeError {}
