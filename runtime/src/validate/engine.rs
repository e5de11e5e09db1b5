//! The checks themselves, on plain values: nothing here is generic over what is checked.

use std::fmt::Display;

use super::Checks;
use super::path::Path;
use super::text;
use super::violations::{REDACTED, ValidationErrors, Violation, ViolationKind};
use super::walker::{Presence, Target};
use crate::schema::{Kind, Range, Shape, Structure};

/// What is checked, and what was found.
pub(super) struct Engine {
    pub(super) checks: Checks,
    violations: Vec<Violation>,
}

impl Engine {
    pub(super) fn new(checks: Checks) -> Self {
        Self { checks, violations: Vec::new() }
    }

    pub(super) fn finish(self) -> Result<(), ValidationErrors> {
        ValidationErrors::new(self.violations).map_or(Ok(()), Err)
    }

    /// How many violations there are so far: where those of a whole go before those of its parts.
    pub(super) fn mark(&self) -> usize {
        self.violations.len()
    }

    /// Moves what was found since `from` before what was found since `to`.
    pub(super) fn move_up(&mut self, from: usize, to: usize) {
        let moved = self.violations.len() - from;
        self.violations[to..].rotate_right(moved);
    }

    pub(super) fn fail(
        &mut self,
        kind: ViolationKind,
        path: &dyn Display,
        message: String,
        limit: Option<String>,
        found: Option<String>,
    ) {
        self.violations.push(Violation { kind, path: path.to_string(), message, limit, found });
    }

    /// The value is not of the type the model says.
    pub(super) fn wrong_type(&mut self, kind: &Kind, path: &Path<'_>) {
        let expected = match kind {
            Kind::String { .. } => "a string",
            Kind::Blob { .. } => "a string, Buffer, Stream, Blob, or typed array object",
            Kind::Boolean => "a boolean",
            Kind::Integer { .. } | Kind::Float { .. } | Kind::BigNumber => "a number",
            Kind::Timestamp => "a Date object, ISO-8601 string, or a UNIX timestamp",
            Kind::List { .. } => "an Array",
            Kind::Map { .. } => "a map",
            Kind::Structure(_) => "a structure",
            Kind::Document => "a document",
        };
        self.expected(expected, path);
    }

    pub(super) fn expected(&mut self, what: &str, path: &Path<'_>) {
        self.fail(ViolationKind::Type, path, format!("Expected {path} to be {what}"), None, None);
    }

    pub(super) fn unexpected(&mut self, name: &str, path: &Path<'_>) {
        let name = text::shortened(name);
        let at = format!("{path}.{name}");
        self.fail(ViolationKind::Unexpected, &at, format!("Unexpected key '{name}' found in {path}"), None, None);
    }

    /// Reports the required members that were not seen.
    pub(super) fn missing(&mut self, structure: &Structure, seen: impl Fn(usize) -> bool, path: &Path<'_>) {
        for (place, member) in structure.members.iter().enumerate() {
            if member.required && !seen(place) {
                let at = format!("{path}.{}", member.name);
                let message = format!("Missing required key '{}' in {path}", member.name);
                self.fail(ViolationKind::MissingRequired, &at, message, None, None);
            }
        }
    }

    /// A scalar where a structure should be: nothing of it can be a member. As in the original, a text's characters
    /// count as unexpected keys; the first few will do.
    pub(super) fn no_structure(&mut self, structure: &'static Structure, characters: usize, path: &Path<'_>) {
        self.expected("a structure", path);
        self.missing(structure, |_| false, path);
        for place in 0..characters.min(32) {
            self.unexpected(&place.to_string(), path);
        }
    }

    pub(super) fn boolean(&mut self, value: bool, target: Target<'_>, path: &Path<'_>) -> Presence {
        match target.kind {
            Kind::Boolean | Kind::Document => {}
            Kind::Structure(_) if target.root && !value => return Presence::Null,
            Kind::Structure(structure) => self.no_structure(structure, 0, path),
            kind => self.wrong_type(kind, path),
        }
        Presence::Set
    }

    /// The digits of a number of any size and precision.
    pub(super) fn digits(&mut self, digits: &str, target: Target<'_>, path: &Path<'_>) -> Presence {
        match target.kind {
            Kind::Integer { checks, .. } | Kind::Float { checks, .. } => {
                return (checks.digits)(self, digits, target, path);
            }
            Kind::BigNumber | Kind::Timestamp | Kind::Document => {}
            Kind::Structure(_) if target.root && matches!(digits, "0" | "-0") => return Presence::Null,
            Kind::Structure(structure) => self.no_structure(structure, 0, path),
            kind => self.wrong_type(kind, path),
        }
        Presence::Set
    }

    pub(super) fn text(&mut self, value: &str, target: Target<'_>, path: &Path<'_>) -> Presence {
        match target.kind {
            Kind::String { length, pattern, values } => {
                if self.checks.enumeration && !values.is_empty() && !values.contains(&value) {
                    let expected = values.join("|");
                    self.not_known("string", &shown(value, target), expected, path);
                }
                // Counting characters is a pass over the text: only when there is something to compare with.
                if (self.checks.min && length.min.is_some()) || (self.checks.max && length.max.is_some()) {
                    self.range(value.chars().count() as u64, length, "string length", false, path);
                }
                match pattern {
                    Some(pattern) if self.checks.pattern && !pattern.is_match(value) => {
                        let (found, pattern) = (shown(value, target), pattern.text());
                        let message =
                            format!("Provided value \"{found}\" does not match regex pattern /{pattern}/ for {path}");
                        self.fail(ViolationKind::Pattern, path, message, Some(pattern.to_owned()), Some(found));
                    }
                    _ => {}
                }
                if target.label && value.is_empty() {
                    let message = format!("Expected uri parameter to have length >= 1, but found \"\" for {path}");
                    self.fail(ViolationKind::EmptyLabel, path, message, Some("1".to_owned()), Some("0".to_owned()));
                }
            }
            Kind::Blob { length } => self.range(text::decoded_len(value), length, "blob length", false, path),
            Kind::Integer { checks, .. } | Kind::Float { checks, .. } => {
                return (checks.text)(self, value, target, path);
            }
            Kind::BigNumber if !text::is_number(value) => self.wrong_type(target.kind, path),
            Kind::Timestamp if !text::is_date(value) => self.wrong_type(target.kind, path),
            Kind::BigNumber | Kind::Timestamp | Kind::Document => {}
            Kind::Structure(_) if target.root && value.is_empty() => return Presence::Null,
            Kind::Structure(structure) => self.no_structure(structure, value.encode_utf16().count(), path),
            kind => self.wrong_type(kind, path),
        }
        Presence::Set
    }

    pub(super) fn bytes(&mut self, value: &[u8], target: Target<'_>, path: &Path<'_>) -> Presence {
        match target.kind {
            Kind::Blob { length } => self.range(value.len() as u64, length, "blob length", false, path),
            Kind::Document => {}
            kind => self.wrong_type(kind, path),
        }
        Presence::Set
    }

    /// Checks the key of a map's entry.
    pub(super) fn key(&mut self, key: &str, shape: &Shape, sensitive: bool, path: &Path<'_>) {
        let target = Target { kind: &shape.kind, sensitive, label: false, root: false };
        self.text(key, target, path);
    }

    /// Checks the number of items or entries.
    pub(super) fn count(&mut self, count: usize, length: &Range<u64>, what: &str, path: &Path<'_>) {
        self.range(count as u64, length, what, false, path);
    }

    pub(super) fn range<T>(&mut self, value: T, range: &Range<T>, what: &str, sensitive: bool, path: &Path<'_>)
    where
        T: PartialOrd + Display + Copy,
    {
        if let Some(min) = range.min.filter(|&min| self.checks.min && value < min) {
            self.out_of_range(ViolationKind::Min, (what, ">="), (&min, &value), sensitive, path);
        }
        if let Some(max) = range.max.filter(|&max| self.checks.max && value > max) {
            self.out_of_range(ViolationKind::Max, (what, "<="), (&max, &value), sensitive, path);
        }
    }

    fn out_of_range(
        &mut self,
        kind: ViolationKind,
        (what, relation): (&str, &str),
        (limit, value): (&dyn Display, &dyn Display),
        sensitive: bool,
        path: &Path<'_>,
    ) {
        let found = if sensitive {
            REDACTED.to_owned()
        } else {
            // As JavaScript and JSON spell it.
            value.to_string().replace("inf", "Infinity")
        };
        let message = format!("Expected {what} {relation} {limit}, but found {found} for {path}");
        self.fail(kind, path, message, Some(limit.to_string()), Some(found));
    }

    pub(super) fn not_known(&mut self, what: &str, found: &str, expected: String, path: &Path<'_>) {
        let message = format!("Found {what} value of {found}, but expected {expected} for {path}");
        self.fail(ViolationKind::Enumeration, path, message, Some(expected), Some(found.to_owned()));
    }
}

/// The value as messages show it.
pub(super) fn shown(value: &(impl Display + ?Sized), target: Target<'_>) -> String {
    if target.sensitive { REDACTED.to_owned() } else { text::shortened(&value.to_string()).into_owned() }
}
