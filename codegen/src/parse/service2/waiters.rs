//! `waiters-2.json`: how to tell that something has come to pass.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::Reader;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{HasTraits, ShapeId, ShapeKind};
use crate::parse::fields::{Fields, Flaw};
use crate::parse::{Source, json};
use crate::traits;

/// A flaw, or why Smithy cannot say what is said.
enum Problem {
    Flaw(Flaw),
    Inexpressible(String),
}

impl From<Flaw> for Problem {
    fn from(flaw: Flaw) -> Self {
        Self::Flaw(flaw)
    }
}

impl Reader<'_> {
    /// Adds `smithy.waiters#waitable` to the operations that the file names.
    ///
    /// A waiter that Smithy cannot describe is left out with a warning.
    pub(super) fn waiters(&mut self, source: Source<'_>) -> Result<(), Diagnostics> {
        let whole = |flaw: Flaw| Diagnostic::new(source.file, flaw);
        let mut document = Fields::of(json::read(source)?, "the document").map_err(whole)?;
        let entries = document.object("waiters").map_err(whole)?;
        let mut diagnostics = Diagnostics::new();
        let mut by_operation: BTreeMap<ShapeId, Map<String, Value>> = BTreeMap::new();
        for (name, value) in entries {
            let path = format!("waiters.{name}");
            match self.waiter(value) {
                Ok((operation, waiter)) => {
                    by_operation.entry(operation).or_default().insert(name, waiter);
                }
                Err(Problem::Flaw(flaw)) => diagnostics.push(Diagnostic::path(source.file, path, flaw)),
                Err(Problem::Inexpressible(reason)) => {
                    let message = format!("is left out: {reason}");
                    self.warnings.push(Diagnostic::path(source.file, path, message));
                }
            }
        }
        for (id, waiters) in by_operation {
            if let Some(operation) = self.shapes.get_mut(&id) {
                operation.traits.set(traits::WAITABLE, Value::Object(waiters));
            }
        }
        diagnostics.into_result(())
    }

    fn waiter(&self, value: Value) -> Result<(ShapeId, Value), Problem> {
        let mut fields = Fields::of(value, "a waiter")?;
        let name = fields.text("operation")?.ok_or("has no `operation`".to_owned())?;
        if !self.operations.contains(&name) {
            return Err(format!("names the operation `{name}`, which is not in the model").into());
        }
        let id = self.operation_id(&name)?;
        let mut waiter = Map::new();
        if let Some(text) = fields.text("description")? {
            waiter.insert("documentation".to_owned(), Value::String(text));
        }
        if let Some(delay) = fields.take("delay") {
            waiter.insert("minDelay".to_owned(), delay);
        }
        // Smithy has callers say how long to wait in all.
        fields.take("maxAttempts");
        let mut acceptors = Vec::new();
        for acceptor in fields.array("acceptors")? {
            acceptors.push(self.acceptor(&id, acceptor)?);
        }
        waiter.insert("acceptors".to_owned(), Value::Array(acceptors));
        fields.finish("the waiter")?;
        let waiter = Value::Object(waiter);
        traits::check(traits::WAITABLE, &json!({"waiter": waiter}))?;
        Ok((id, waiter))
    }

    fn acceptor(&self, operation: &ShapeId, value: Value) -> Result<Value, Problem> {
        let mut fields = Fields::of(value, "an acceptor")?;
        let state = fields.text("state")?.ok_or("an acceptor has no `state`".to_owned())?;
        let kind = fields.text("matcher")?.ok_or("an acceptor has no `matcher`".to_owned())?;
        let expected = fields.take("expected").ok_or("an acceptor has no `expected`".to_owned())?;
        let argument = fields.text("argument")?;
        fields.finish("the acceptor")?;
        let matcher = match (kind.as_str(), expected) {
            // Whether it expects an error at all.
            ("error", Value::Bool(error)) => json!({"success": !error}),
            ("error", Value::String(name)) => json!({"errorType": name}),
            ("status", expected) => self.status_matcher(operation, &expected)?,
            ("path" | "pathAll" | "pathAny", expected) => {
                let path = argument.ok_or("an acceptor has no `argument`".to_owned())?;
                output_matcher(&kind, path, expected)?
            }
            (other, expected) => {
                return Err(format!("an acceptor has the matcher `{other}` with {expected}, which is not known").into());
            }
        };
        Ok(json!({"state": state, "matcher": matcher}))
    }

    /// Smithy knows success and errors by name, not statuses.
    fn status_matcher(&self, operation: &ShapeId, expected: &Value) -> Result<Value, Problem> {
        let status = expected.as_u64().ok_or_else(|| format!("an acceptor expects the status {expected}"))?;
        if (200..300).contains(&status) {
            return Ok(json!({"success": true}));
        }
        let Some(ShapeKind::Operation(details)) = self.shapes.get(operation).map(|shape| &shape.kind) else {
            return Err(format!("{operation} is not an operation").into());
        };
        let mut names = details
            .errors
            .iter()
            .filter(|id| self.shapes.get(*id).and_then(HasTraits::http_error).map(u64::from) == Some(status));
        match (names.next(), names.next()) {
            (Some(only), None) => Ok(json!({"errorType": only.name()})),
            _ => Err(Problem::Inexpressible(format!(
                "it waits for the status {status}, which is not that of exactly one error"
            ))),
        }
    }
}

fn output_matcher(kind: &str, path: String, expected: Value) -> Result<Value, Problem> {
    let (comparator, expected) = match (kind, expected) {
        ("path", Value::String(text)) => ("stringEquals", text),
        ("path", Value::Bool(flag)) => ("booleanEquals", flag.to_string()),
        ("pathAll", Value::String(text)) => ("allStringEquals", text),
        ("pathAny", Value::String(text)) => ("anyStringEquals", text),
        (_, other) => {
            return Err(Problem::Inexpressible(format!("it compares `{path}` with {other}")));
        }
    };
    Ok(json!({"output": {"path": path, "expected": expected, "comparator": comparator}}))
}
