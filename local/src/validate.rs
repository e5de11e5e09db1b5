//! Checks of an input's members that say all that is wrong at once, in the wording of AWS services.

use crate::answer::ApiError;

/// Collects violations; [`Violations::into_result`] makes one error of them.
#[derive(Debug, Default)]
pub(crate) struct Violations(Vec<String>);

impl Violations {
    /// A required member; a missing one is noted.
    pub(crate) fn required<'a>(&mut self, member: &str, value: Option<&'a str>) -> Option<&'a str> {
        if value.is_none() {
            self.add("null", member, "Member must not be null");
        }
        value
    }

    /// A string's length in characters.
    pub(crate) fn length(&mut self, member: &str, value: &str, min: usize, max: usize) {
        let length = value.chars().count();
        if length < min {
            self.add(&quoted(value), member, &format!("Member must have length greater than or equal to {min}"));
        } else if length > max {
            self.add(&quoted(value), member, &format!("Member must have length less than or equal to {max}"));
        }
    }

    /// A string that must match a pattern; `matches` says whether it does.
    pub(crate) fn pattern(&mut self, member: &str, value: &str, matches: bool, pattern: &str) {
        if !matches {
            let rule = format!("Member must satisfy regular expression pattern: {pattern}");
            self.add(&quoted(value), member, &rule);
        }
    }

    /// A number from `min` to `max`; `None` when it is not.
    pub(crate) fn range(&mut self, member: &str, value: i64, min: u32, max: u32) -> Option<u32> {
        let rule = if value < i64::from(min) {
            format!("Member must have value greater than or equal to {min}")
        } else if value > i64::from(max) {
            format!("Member must have value less than or equal to {max}")
        } else {
            return u32::try_from(value).ok();
        };
        self.add(&format!("'{value}'"), member, &rule);
        None
    }

    /// One of several words.
    pub(crate) fn one_of(&mut self, member: &str, value: &str, words: &[&str]) {
        if !words.contains(&value) {
            let rule = format!("Member must satisfy enum value set: [{}]", words.join(", "));
            self.add(&quoted(value), member, &rule);
        }
    }

    /// A violation of a rule that is no member's alone.
    pub(crate) fn note(&mut self, violation: impl Into<String>) {
        self.0.push(violation.into());
    }

    /// A violation of any other rule.
    pub(crate) fn add(&mut self, value: &str, member: &str, rule: &str) {
        self.0.push(format!("Value {value} at '{member}' failed to satisfy constraint: {rule}"));
    }

    /// What the checks left, which is something unless there is a violation.
    ///
    /// # Errors
    /// As [`Violations::into_result`].
    pub(crate) fn value<T>(self, value: Option<T>) -> Result<T, ApiError> {
        self.into_result()?;
        value.ok_or_else(|| ApiError::invalid_argument("The request lacks a member"))
    }

    /// # Errors
    /// `InvalidArgumentException` that lists every violation, when there is one.
    pub(crate) fn into_result(self) -> Result<(), ApiError> {
        let count = self.0.len();
        if count == 0 {
            return Ok(());
        }
        let noun = if count == 1 { "error" } else { "errors" };
        Err(ApiError::invalid_argument(format!("{count} validation {noun} detected: {}", self.0.join("; "))))
    }
}

/// The value in quotes, cut to a length that fits an error message.
fn quoted(value: &str) -> String {
    const LONGEST: usize = 300;
    match value.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("'{}…'", &value[..end]),
        None => format!("'{value}'"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_violation_is_listed() {
        let mut violations = Violations::default();
        assert_eq!(violations.required("a", None), None);
        violations.length("b", "", 1, 256);
        violations.length("c", "xyz", 1, 2);
        let error = violations.into_result().unwrap_err();
        assert_eq!(
            error.message,
            "3 validation errors detected: Value null at 'a' failed to satisfy constraint: Member must not be null; \
             Value '' at 'b' failed to satisfy constraint: Member must have length greater than or equal to 1; \
             Value 'xyz' at 'c' failed to satisfy constraint: Member must have length less than or equal to 2"
        );
    }

    #[test]
    fn no_violation_is_no_error() {
        let mut violations = Violations::default();
        violations.length("b", "é", 1, 1);
        assert_eq!(violations.into_result(), Ok(()));
    }

    #[test]
    fn a_long_value_is_cut_between_characters() {
        let mut violations = Violations::default();
        violations.pattern("a", &"é".repeat(5000), false, "^x$");
        let message = violations.into_result().unwrap_err().message;
        assert!(message.contains("é…'") && message.len() < 1000);
    }
}
