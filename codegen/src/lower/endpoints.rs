//! Parameters of the endpoint rules that operations give values of their own: `smithy.rules#staticContextParams`,
//! `#contextParam` and `#operationContextParams`.

use serde_json::Value;

use super::context::Context;
use super::paths;
use crate::diag::{Diagnostic, Diagnostics};
use crate::endpoint::{Parameter, ParameterType, ParameterValue};
use crate::ir::{EndpointParam, EndpointValue, FieldKind};
use crate::model::{HasTraits, Member, Shape, ShapeKind};
use crate::{jmespath, naming, traits};

/// What an operation gives the endpoint rules, in the order in which it is set: what comes later counts.
///
/// `parameters` are those of the rules. What no rule looks at is left out, since the endpoint does not depend on it.
pub(super) fn lower(
    context: &Context<'_>,
    parameters: &[Parameter],
    operation: &Shape,
    input: &Shape,
    diagnostics: &mut Diagnostics,
) -> Vec<EndpointParam> {
    let lowering = Lowering { context, parameters, operation, input };
    let paths = entries(operation.get(traits::OPERATION_CONTEXT_PARAMS));
    let paths = paths.map(|(name, value)| lowering.path(name, value));
    let members = input.members().filter_map(|member| Some((member, parameter_of(member)?)));
    let members = members.map(|(member, name)| lowering.member(member, name));
    let constants = entries(operation.get(traits::STATIC_CONTEXT_PARAMS));
    let constants = constants.map(|(name, value)| lowering.constant(name, value));
    let all: Vec<_> = paths.chain(members).chain(constants).collect();
    all.into_iter().filter_map(|param| diagnostics.collect(param).flatten()).collect()
}

fn entries(value: Option<&Value>) -> impl Iterator<Item = (&str, &Value)> {
    let mut entries: Vec<_> = value.and_then(Value::as_object).into_iter().flatten().collect();
    entries.sort_by_key(|(name, _)| *name);
    entries.into_iter().map(|(name, value)| (name.as_str(), value))
}

fn parameter_of(member: &Member) -> Option<&str> {
    member.get(traits::CONTEXT_PARAM)?.get("name")?.as_str()
}

struct Lowering<'a> {
    context: &'a Context<'a>,
    parameters: &'a [Parameter],
    operation: &'a Shape,
    input: &'a Shape,
}

/// `None` for a parameter that no rule looks at.
type Lowered = Result<Option<EndpointParam>, Diagnostic>;

impl<'a> Lowering<'a> {
    fn constant(&self, name: &str, value: &Value) -> Lowered {
        let flaw = |problem: String| self.context.model.diagnostic(&self.operation.id, problem);
        let parameter = self.parameter(name).map_err(flaw)?;
        let value = value.get("value").unwrap_or(&Value::Null);
        let value = constant(parameter.kind, value).ok_or_else(|| {
            flaw(format!(
                "gives the endpoint parameter `{name}` the value {value}, which is not {}",
                parameter.kind.name()
            ))
        })?;
        Ok(param(parameter, EndpointValue::Constant(value)))
    }

    fn member(&self, member: &Member, name: &str) -> Lowered {
        let flaw = |problem: String| self.context.member(self.input, member, problem);
        let parameter = self.parameter(name).map_err(flaw)?;
        let target = self.context.model.target(member);
        let kind = match (parameter.kind, target.map(|target| &target.kind)) {
            (ParameterType::String, Some(ShapeKind::String)) => FieldKind::Clone,
            (ParameterType::String, Some(ShapeKind::Enum(_))) => FieldKind::Enum,
            (ParameterType::Boolean, Some(ShapeKind::Boolean)) => FieldKind::Copy,
            (ParameterType::StringArray, Some(ShapeKind::List(item))) if self.is_text(item) => FieldKind::Clone,
            (_, found) => {
                let found = found.map_or("unknown", ShapeKind::name);
                let kind = parameter.kind.name();
                return Err(flaw(format!(
                    "is of the kind {found}, and gives a value to the endpoint parameter `{name}`, which is {kind}"
                )));
            }
        };
        Ok(param(parameter, EndpointValue::Field { field: naming::member(&member.name), kind }))
    }

    /// Whether a list of these becomes a list of texts that may not lack any.
    fn is_text(&self, item: &Member) -> bool {
        self.context.model.target(item).is_some_and(|target| matches!(target.kind, ShapeKind::String))
    }

    fn path(&self, name: &str, value: &Value) -> Lowered {
        let flaw = |problem: String| self.context.model.diagnostic(&self.operation.id, problem);
        let parameter = self.parameter(name).map_err(flaw)?;
        let path = value.get("path").and_then(Value::as_str).unwrap_or_default();
        let root = paths::Root::Input(self.input);
        let resolved = jmespath::parse(path).and_then(|parsed| paths::resolve(self.context.model, parsed, &root));
        let resolved = resolved.map_err(|problem| {
            flaw(format!("gives the endpoint parameter `{name}` the path `{path}`, which {problem}"))
        })?;
        Ok(param(parameter, EndpointValue::Path { kind: parameter.kind, path: resolved }))
    }

    fn parameter(&self, name: &str) -> Result<&'a Parameter, String> {
        let found = self.parameters.iter().find(|parameter| parameter.name == name);
        found.ok_or_else(|| format!("gives a value to `{name}`, which is not a parameter of the endpoint rules"))
    }
}

fn param(parameter: &Parameter, value: EndpointValue) -> Option<EndpointParam> {
    let (field, optional) = (parameter.field.clone(), parameter.is_optional());
    parameter.is_read.then_some(EndpointParam { field, optional, value })
}

fn constant(kind: ParameterType, value: &Value) -> Option<ParameterValue> {
    Some(match kind {
        ParameterType::String => ParameterValue::String(value.as_str()?.to_owned()),
        ParameterType::Boolean => ParameterValue::Boolean(value.as_bool()?),
        ParameterType::StringArray => {
            let items = value.as_array()?.iter().map(|item| item.as_str().map(str::to_owned));
            ParameterValue::StringArray(items.collect::<Option<_>>()?)
        }
    })
}
