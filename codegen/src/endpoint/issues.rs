//! Collecting what is wrong with an endpoint trait.

use serde_json::{Map, Value};

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::ShapeId;

/// The findings about one trait of a service, each with its path within the trait's value.
pub(super) struct Issues<'a> {
    file: &'a str,
    service: &'a ShapeId,
    /// The trait without its namespace: `endpointRuleSet`.
    subject: &'static str,
    found: Diagnostics,
}

impl<'a> Issues<'a> {
    pub(super) fn new(file: &'a str, service: &'a ShapeId, subject: &'static str) -> Self {
        Self { file, service, subject, found: Diagnostics::new() }
    }

    pub(super) fn report(&mut self, path: &str, message: impl Into<String>) {
        let diagnostic = self.diagnostic(path, message);
        self.found.push(diagnostic);
    }

    pub(super) fn report_with_help(&mut self, path: &str, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = self.diagnostic(path, message).with_help(help);
        self.found.push(diagnostic);
    }

    fn diagnostic(&self, path: &str, message: impl Into<String>) -> Diagnostic {
        let (subject, message) = (self.subject, message.into());
        Diagnostic::shape(self.file, self.service, format!("`{subject}` at `{path}`: {message}"))
    }

    pub(super) fn into_result<T>(self, value: Option<T>) -> Result<T, Diagnostics> {
        match value {
            Some(value) if self.found.is_empty() => Ok(value),
            _ => Err(self.found),
        }
    }

    /// A JSON object.
    pub(super) fn object<'v>(&mut self, path: &str, value: &'v Value) -> Option<Object<'v>> {
        match value {
            Value::Object(map) => Some(Object { path: path.to_owned(), map }),
            other => {
                self.report(path, format!("must be an object, found {}", kind(other)));
                None
            }
        }
    }

    /// A JSON array, its items with their paths.
    pub(super) fn array<'v>(&mut self, path: &str, value: &'v Value) -> Option<Vec<(String, &'v Value)>> {
        match value {
            Value::Array(items) => {
                Some(items.iter().enumerate().map(|(index, item)| (format!("{path}[{index}]"), item)).collect())
            }
            other => {
                self.report(path, format!("must be an array, found {}", kind(other)));
                None
            }
        }
    }

    /// A JSON string.
    pub(super) fn text<'v>(&mut self, path: &str, value: &'v Value) -> Option<&'v str> {
        if let Value::String(text) = value {
            Some(text)
        } else {
            self.report(path, format!("must be a string, found {}", kind(value)));
            None
        }
    }

    /// A JSON boolean.
    pub(super) fn flag(&mut self, path: &str, value: &Value) -> Option<bool> {
        if let Value::Bool(flag) = value {
            Some(*flag)
        } else {
            self.report(path, format!("must be true or false, found {}", kind(value)));
            None
        }
    }
}

/// A JSON object and its path. Keys are read in their alphabetical order, whatever their order in the file.
pub(super) struct Object<'v> {
    pub(super) path: String,
    map: &'v Map<String, Value>,
}

impl<'v> Object<'v> {
    /// The path of a field.
    pub(super) fn at(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// A field.
    pub(super) fn get(&self, key: &str) -> Option<&'v Value> {
        self.map.get(key)
    }

    /// A field that must be there, with its path.
    pub(super) fn need(&self, key: &str, issues: &mut Issues<'_>) -> Option<(String, &'v Value)> {
        let value = self.get(key);
        if value.is_none() {
            issues.report(&self.path, format!("has no `{key}`"));
        }
        value.map(|value| (self.at(key), value))
    }

    /// All fields with their paths, sorted by key.
    pub(super) fn fields(&self) -> Vec<(&'v str, String, &'v Value)> {
        let mut fields: Vec<_> = self.map.iter().map(|(key, value)| (key.as_str(), self.at(key), value)).collect();
        fields.sort_by_key(|(key, ..)| *key);
        fields
    }

    /// Reports every field that is not among the known ones: it may change the meaning of those that are.
    pub(super) fn only(&self, known: &[&str], issues: &mut Issues<'_>) {
        for (key, path, _) in self.fields() {
            if !known.contains(&key) {
                issues.report_with_help(
                    &path,
                    format!("`{key}` is not known here"),
                    format!("known are {}", list(known)),
                );
            }
        }
    }
}

/// `a`, `b` and `c`, each in backquotes.
pub(super) fn list(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}

/// What a JSON value is, in words.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
