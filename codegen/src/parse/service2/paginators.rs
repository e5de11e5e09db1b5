//! `paginators-1.json`: which operations give their results in pages.

use serde_json::{Map, Value};

use super::Reader;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::is_identifier;
use crate::parse::fields::{Fields, Flaw};
use crate::parse::{Source, json};
use crate::traits;

impl Reader<'_> {
    /// Adds `smithy.api#paginated` to the operations that the file names.
    ///
    /// A paginator that Smithy cannot describe is left out with a warning.
    pub(super) fn paginators(&mut self, source: Source<'_>) -> Result<(), Diagnostics> {
        let whole = |flaw: Flaw| Diagnostic::new(source.file, flaw);
        let mut document = Fields::of(json::read(source)?, "the document").map_err(whole)?;
        let entries = document.object("pagination").map_err(whole)?;
        let mut diagnostics = Diagnostics::new();
        for (name, value) in entries {
            let path = format!("pagination.{name}");
            match Fields::of(value, "a paginator").and_then(paginated) {
                Err(flaw) => diagnostics.push(Diagnostic::path(source.file, path, flaw)),
                Ok(Err(reason)) => {
                    self.warnings.push(Diagnostic::path(source.file, path, format!("is left out: {reason}")))
                }
                Ok(Ok(value)) => {
                    let id = self.operation_id(&name).map_err(whole)?;
                    match self.shapes.get_mut(&id).filter(|_| self.operations.contains(&name)) {
                        Some(operation) => operation.traits.set(traits::PAGINATED, value),
                        None => diagnostics.push(Diagnostic::path(
                            source.file,
                            path,
                            "names an operation that is not in the model",
                        )),
                    }
                }
            }
        }
        diagnostics.into_result(())
    }
}

/// The value of the trait, or why Smithy cannot say it.
fn paginated(mut fields: Fields) -> Result<Result<Value, String>, Flaw> {
    if fields.take("more_results").is_some() {
        return Ok(Err("whether there are more pages shows in another member than the token".to_owned()));
    }
    // What is not paged but the same on every page.
    fields.take("non_aggregate_keys");
    let mut out = Map::new();
    for (key, trait_key) in [
        ("input_token", "inputToken"),
        ("output_token", "outputToken"),
        ("limit_key", "pageSize"),
        ("result_key", "items"),
    ] {
        let path = match fields.take(key) {
            None => continue,
            Some(Value::String(path)) => path,
            Some(Value::Array(mut paths)) if paths.len() == 1 => match paths.pop() {
                Some(Value::String(path)) => path,
                _ => return Err(format!("`{key}` must hold strings")),
            },
            // There is no one list of items then: pages can be had, items cannot.
            Some(Value::Array(_)) if key == "result_key" => continue,
            Some(Value::Array(_)) => return Ok(Err(format!("`{key}` names several members"))),
            Some(other) => return Err(format!("`{key}` must be a string, found {}", json::kind(&other))),
        };
        if path.split('.').all(is_identifier) {
            out.insert(trait_key.to_owned(), Value::String(path));
        } else if key != "result_key" {
            return Ok(Err(format!("`{key}` is an expression, `{path}`, and not a member")));
        }
    }
    fields.finish("the paginator")?;
    Ok(Ok(Value::Object(out)))
}
