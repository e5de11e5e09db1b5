//! What is wrong with an input, and where.
//!
//! Every fallible stage gives [`Diagnostics`]: one or more [`Diagnostic`]s, so that one run shows everything there is to
//! mend.

use std::fmt;

use crate::model::ShapeId;

/// One finding about an input.
///
/// Displays as `model/x.json: com.a#B$member: message (help: …)`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Diagnostic {
    /// The file it is in, as the caller named it.
    pub file: String,
    /// Where in the file.
    pub location: Location,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
}

/// Where in a file a [`Diagnostic`] points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// The file as a whole.
    None,
    /// A place in a text, both counted from 1.
    Text {
        /// The line.
        line: usize,
        /// The column, in bytes.
        column: usize,
    },
    /// A place in a JSON or TOML document, keys joined by dots: `operations.GetClip.http`.
    JsonPath(String),
    /// A shape.
    Shape(ShapeId),
    /// A member of a shape.
    Member(ShapeId, String),
}

impl Diagnostic {
    /// A finding about a file as a whole.
    pub fn new(file: impl Into<String>, message: impl Into<String>) -> Self {
        Self { file: file.into(), location: Location::None, message: message.into(), help: None }
    }

    /// A finding about a shape.
    pub fn shape(file: impl Into<String>, id: &ShapeId, message: impl Into<String>) -> Self {
        Self { location: Location::Shape(id.clone()), ..Self::new(file, message) }
    }

    /// A finding about a member of a shape.
    pub fn member(file: impl Into<String>, id: &ShapeId, member: &str, message: impl Into<String>) -> Self {
        Self { location: Location::Member(id.clone(), member.to_owned()), ..Self::new(file, message) }
    }

    /// A finding at a JSON path.
    pub fn path(file: impl Into<String>, path: impl Into<String>, message: impl Into<String>) -> Self {
        Self { location: Location::JsonPath(path.into()), ..Self::new(file, message) }
    }

    /// A finding at a line and column, both counted from 1.
    pub fn text(file: impl Into<String>, line: usize, column: usize, message: impl Into<String>) -> Self {
        Self { location: Location::Text { line, column }, ..Self::new(file, message) }
    }

    /// Where it is within its file, as text; empty when it is about the file as a whole.
    #[must_use]
    pub fn place(&self) -> String {
        match &self.location {
            Location::None => String::new(),
            Location::Text { line, column } => format!("{line}:{column}"),
            Location::JsonPath(path) => path.clone(),
            Location::Shape(id) => id.to_string(),
            Location::Member(id, member) => format!("{id}${member}"),
        }
    }

    /// Adds what to do about it.
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        match &self.location {
            Location::None => {}
            // No space, so that editors and terminals make it a link.
            Location::Text { .. } => write!(f, ":{}", self.place())?,
            Location::JsonPath(_) | Location::Shape(_) | Location::Member(..) => write!(f, ": {}", self.place())?,
        }
        write!(f, ": {}", self.message)?;
        match &self.help {
            Some(help) => write!(f, " (help: {help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Diagnostic {}

/// One or more [`Diagnostic`]s.
///
/// Displays as one line each, in the order found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// None so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Keeps the value of a result, or the diagnostics of its error.
    pub fn collect<T>(&mut self, result: Result<T, impl Into<Diagnostics>>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.0.extend(error.into().0);
                None
            }
        }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them, in the order found.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.0.iter()
    }

    /// `value` if there are none, else all of them as the error.
    ///
    /// # Errors
    /// The diagnostics, if there is one or more.
    pub fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(diagnostic: Diagnostic) -> Self {
        Self(vec![diagnostic])
    }
}

impl Extend<Diagnostic> for Diagnostics {
    fn extend<I: IntoIterator<Item = Diagnostic>>(&mut self, iter: I) {
        self.0.extend(iter);
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_diagnostic_displays_file_place_message_and_help() {
        let id = ShapeId::new("com.a#B");
        let cases = [
            (Diagnostic::new("m.json", "is empty"), "m.json: is empty"),
            (Diagnostic::text("m.json", 3, 7, "not JSON"), "m.json:3:7: not JSON"),
            (Diagnostic::path("m.json", "operations.Get", "has no http"), "m.json: operations.Get: has no http"),
            (Diagnostic::shape("m.json", &id, "is unknown"), "m.json: com.a#B: is unknown"),
            (
                Diagnostic::member("m.json", &id, "c", "is unknown").with_help("remove it"),
                "m.json: com.a#B$c: is unknown (help: remove it)",
            ),
        ];
        for (diagnostic, expected) in cases {
            assert_eq!(diagnostic.to_string(), expected);
        }
    }

    #[test]
    fn diagnostics_display_one_a_line_and_turn_into_a_result() {
        let mut all = Diagnostics::new();
        assert_eq!(all.clone().into_result(7), Ok(7));
        assert_eq!(all.collect(Err::<(), _>(Diagnostic::new("a", "one"))), None);
        all.push(Diagnostic::new("b", "two"));
        assert_eq!(all.to_string(), "a: one\nb: two");
        assert_eq!(all.clone().into_result(7), Err(all));
    }
}
