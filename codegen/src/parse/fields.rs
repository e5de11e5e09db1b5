//! Taking typed fields out of JSON objects, leaving nothing unread.

use serde_json::{Map, Value};

use super::json::kind;

/// What is wrong with a piece of a model. Whoever knows where the piece is makes it a diagnostic.
pub(super) type Flaw = String;

/// The fields of an object that are not read yet.
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// The fields of `value`, which must be an object; `what` names it in the message.
    pub(super) fn of(value: Value, what: &str) -> Result<Self, Flaw> {
        match value {
            Value::Object(map) => Ok(Self(map)),
            other => Err(format!("{what} must be an object, found {}", kind(&other))),
        }
    }

    /// A field of any type.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.0.remove(key)
    }

    /// A text.
    pub(super) fn text(&mut self, key: &str) -> Result<Option<String>, Flaw> {
        match self.take(key) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(other) => Err(format!("`{key}` must be a string, found {}", kind(&other))),
        }
    }

    /// A boolean, false when absent.
    pub(super) fn flag(&mut self, key: &str) -> Result<bool, Flaw> {
        match self.take(key) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(other) => Err(format!("`{key}` must be true or false, found {}", kind(&other))),
        }
    }

    /// An array, empty when absent.
    pub(super) fn array(&mut self, key: &str) -> Result<Vec<Value>, Flaw> {
        match self.take(key) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => Ok(items),
            Some(other) => Err(format!("`{key}` must be an array, found {}", kind(&other))),
        }
    }

    /// An array of texts, empty when absent.
    pub(super) fn texts(&mut self, key: &str) -> Result<Vec<String>, Flaw> {
        self.array(key)?
            .into_iter()
            .map(|item| match item {
                Value::String(text) => Ok(text),
                other => Err(format!("`{key}` must hold strings, found {}", kind(&other))),
            })
            .collect()
    }

    /// An object, empty when absent.
    pub(super) fn object(&mut self, key: &str) -> Result<Map<String, Value>, Flaw> {
        match self.take(key) {
            None => Ok(Map::new()),
            Some(Value::Object(map)) => Ok(map),
            Some(other) => Err(format!("`{key}` must be an object, found {}", kind(&other))),
        }
    }

    /// The keys that were not read.
    pub(super) fn unread(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// Makes sure that everything was read: what is left is a typing error, or means something we would get wrong.
    pub(super) fn finish(self, what: &str) -> Result<(), Flaw> {
        let left: Vec<String> = self.unread().map(|key| format!("`{key}`")).collect();
        if left.is_empty() {
            return Ok(());
        }
        let noun = if left.len() == 1 { "key" } else { "keys" };
        Err(format!("{what} has the unknown {noun} {}", left.join(", ")))
    }
}
