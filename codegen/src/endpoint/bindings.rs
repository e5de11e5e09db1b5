//! Parameters that operations give values of their own.

use serde_json::Value;

use super::EndpointModule;
use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{HasTraits, Model, Shape};
use crate::traits;

impl EndpointModule {
    /// Makes sure that the endpoint is the same for all operations, since a client resolves it once.
    ///
    /// `model` holds the operations of one service. What they give to a parameter that no rule looks at does not matter.
    ///
    /// # Errors
    /// Each operation or member that gives a value to a parameter of the rules, or to one that they do not have.
    pub fn check_operations(&self, model: &Model) -> Result<(), Diagnostics> {
        let mut found = Diagnostics::new();
        for (shape, operation) in model.operations() {
            let static_values = keys(shape.get(traits::STATIC_CONTEXT_PARAMS));
            let paths = keys(shape.get(traits::OPERATION_CONTEXT_PARAMS));
            for name in static_values.into_iter().chain(paths) {
                if let Some(message) = self.objection(name) {
                    let diagnostic = Diagnostic::shape(&model.file, &shape.id, message);
                    found.push(diagnostic.with_help(HELP));
                }
            }
            for member in model.shape(&operation.input).into_iter().flat_map(Shape::members) {
                let name =
                    member.get(traits::CONTEXT_PARAM).and_then(|value| value.get("name")).and_then(Value::as_str);
                if let Some(message) = name.and_then(|name| self.objection(name)) {
                    let diagnostic = Diagnostic::member(&model.file, &operation.input, &member.name, message);
                    found.push(diagnostic.with_help(HELP));
                }
            }
        }
        found.into_result(())
    }

    fn objection(&self, name: &str) -> Option<String> {
        match self.parameters.iter().find(|parameter| parameter.name == name) {
            Some(parameter) if !parameter.is_read => None,
            Some(_) => Some(format!(
                "gives the endpoint parameter `{name}` a value for one operation, but a client resolves its endpoint once"
            )),
            None => Some(format!("gives a value to `{name}`, which is not a parameter of the endpoint rules")),
        }
    }
}

/// The keys of a trait's object, sorted.
fn keys(value: Option<&Value>) -> Vec<&str> {
    let map = value.and_then(Value::as_object);
    let mut keys: Vec<_> = map.into_iter().flatten().map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable();
    keys
}

const HELP: &str = "remove the trait with a fixup, and let users set the endpoint that the operation needs";
