//! Reading models: text in, [`crate::model::Model`] out.
//!
//! Two forms are known. Both end in the same terms, so nothing after this stage knows which one a model came from.

mod fields;
mod ids;
pub mod json;
mod prelude;
pub(crate) mod resolve;
pub mod service2;
#[cfg(test)]
mod shuffle;
pub mod smithy;

use serde_json::Value;

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::Model;

/// A model that was read, with what its reader could not express in Smithy's terms.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The model.
    pub model: Model,
    /// What was left out, and why.
    pub warnings: Diagnostics,
}

/// A text and the name that diagnostics give it.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// The name, usually a path relative to the repository.
    pub file: &'a str,
    /// The content.
    pub text: &'a str,
}

/// Reads a model of either form, told apart by its content.
///
/// `options` matters only to the AWS form.
///
/// # Errors
/// Everything that is wrong with the model.
pub fn parse(source: Source<'_>, options: &service2::Options<'_>) -> Result<Parsed, Diagnostics> {
    let value = json::read(source)?;
    if value.get("smithy").is_some() {
        let model = smithy::from_value(source.file, value)?;
        return Ok(Parsed { model, warnings: Diagnostics::new() });
    }
    if value.get("metadata").is_some_and(Value::is_object) && value.get("operations").is_some() {
        return service2::from_value(source.file, value, options);
    }
    Err(Diagnostic::new(source.file, "is not an API model")
        .with_help(
            "a Smithy JSON AST has the keys `smithy` and `shapes`; an AWS service-2.json has `metadata`, `operations` and `shapes`",
        )
        .into())
}
