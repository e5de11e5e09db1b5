//! Options that are accepted and have no effect.

use std::fmt;

/// An option that was accepted and has no effect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IgnoredOption {
    /// The path of the option, such as `httpOptions.xhrAsync`.
    pub option: String,
    /// Why it has none.
    pub reason: IgnoredReason,
}

/// Why an option has no effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IgnoredReason {
    /// It is an option of the named other service.
    OtherService(&'static str),
    /// It is an option of browsers.
    Browser,
    /// JSON cannot carry its value: what it does is set in code, by this method of
    /// [`ConfigBuilder`](crate::ConfigBuilder).
    SetInCode(&'static str),
    /// Nothing here does what it governs; the text says what.
    NoEffect(&'static str),
}

impl IgnoredOption {
    pub(super) fn new(option: impl Into<String>, reason: IgnoredReason) -> Self {
        Self { option: option.into(), reason }
    }
}

impl fmt::Display for IgnoredOption {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "option `{}` has no effect: {}", self.option, self.reason)
    }
}

impl fmt::Display for IgnoredReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherService(service) => write!(f, "it is an option of {service}"),
            Self::Browser => f.write_str("it is an option of browsers"),
            Self::SetInCode(method) => write!(f, "JSON cannot carry its value; use `ConfigBuilder::{method}`"),
            Self::NoEffect(reason) => f.write_str(reason),
        }
    }
}
