//! The value of an option, and the types it can be asked for.

use std::time::Duration;

use serde_json::{Map, Value};

use crate::config::ConfigError;

/// A value and the path of its option. Errors say what kind of value was found, never which: it may be secret.
pub(super) struct Found<'a> {
    pub(super) path: String,
    pub(super) value: &'a Value,
    /// The object it stands in.
    pub(super) siblings: &'a Map<String, Value>,
}

impl<'a> Found<'a> {
    /// What stands in place of all options.
    pub(super) fn root(value: &'a Value) -> Self {
        static NONE: std::sync::LazyLock<Map<String, Value>> = std::sync::LazyLock::new(Map::new);
        Found { path: "options".to_owned(), value, siblings: &NONE }
    }

    pub(super) fn text(&self) -> Result<&'a str, ConfigError> {
        self.value.as_str().ok_or_else(|| self.refuse_type("a string"))
    }

    pub(super) fn flag(&self) -> Result<bool, ConfigError> {
        self.value.as_bool().ok_or_else(|| self.refuse_type("true or false"))
    }

    pub(super) fn object(&self) -> Result<&'a Map<String, Value>, ConfigError> {
        self.value.as_object().ok_or_else(|| self.refuse_type("an object"))
    }

    pub(super) fn number(&self) -> Result<f64, ConfigError> {
        self.value.as_f64().ok_or_else(|| self.refuse_type("a number"))
    }

    /// A whole number; a negative one is none.
    pub(super) fn count(&self) -> Result<u32, ConfigError> {
        let number = self.value.as_f64().filter(|number| number.fract() == 0.0);
        let number = number.ok_or_else(|| self.refuse_type("a whole number"))?;
        if number > f64::from(u32::MAX) {
            return Err(self.refuse("it is too large"));
        }
        Ok(number.max(0.0) as u32)
    }

    /// A number of milliseconds.
    pub(super) fn milliseconds(&self) -> Result<Duration, ConfigError> {
        let number = self.value.as_f64().ok_or_else(|| self.refuse_type("a number of milliseconds"))?;
        if number < 0.0 {
            return Err(self.refuse("a time cannot be negative"));
        }
        Duration::try_from_secs_f64(number / 1000.0).map_err(|_| self.refuse("it is too large"))
    }

    pub(super) fn has_sibling(&self, name: &str) -> bool {
        self.siblings.get(name).is_some_and(|value| !value.is_null())
    }

    /// The value is of another type.
    pub(super) fn refuse_type(&self, expected: &'static str) -> ConfigError {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a string",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        // Only a number can be of its own type and still not be what is asked for.
        let found = if expected == "a whole number" && found == "a number" { "a fraction" } else { found };
        ConfigError::OptionType { option: self.path.clone(), expected, found }
    }

    /// The value is of the right type and cannot be used.
    pub(super) fn refuse(&self, reason: impl Into<String>) -> ConfigError {
        ConfigError::OptionValue { option: self.path.clone(), reason: reason.into() }
    }
}
