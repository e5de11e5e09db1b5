//! Whether a model makes sense, and such sense as can be sent over HTTP.
//!
//! What is checked here the later stages take for granted.

mod constructible;
mod http;
mod pagination;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::diag::{Diagnostic, Diagnostics};
use crate::model::{EnumValue, HasTraits, Member, Model, Operation, Shape, ShapeId, ShapeKind};
use crate::traits;

/// Reports everything that makes no sense.
pub(super) fn validate(model: &Model, diagnostics: &mut Diagnostics) {
    for shape in model.shapes.values() {
        check_kind(model, shape, diagnostics);
        for problem in constraint_problems(shape, &shape.kind) {
            diagnostics.push(model.diagnostic(&shape.id, problem));
        }
        for member in shape.members() {
            for problem in member_problems(model, member) {
                diagnostics.push(model.diagnostic((&shape.id, member.name.as_str()), problem));
            }
        }
    }
    for (shape, operation) in model.operations() {
        let before = diagnostics.len();
        check_operation(model, &shape.id, operation, diagnostics);
        // What is bound where makes no sense for an input that is no structure.
        if diagnostics.len() == before {
            http::check(model, shape, operation, diagnostics);
            pagination::check(model, shape, operation, diagnostics);
        }
    }
    constructible::check(model, diagnostics);
}

fn check_kind(model: &Model, shape: &Shape, diagnostics: &mut Diagnostics) {
    let problem = match &shape.kind {
        ShapeKind::Union(members) if members.is_empty() => Some("is a union without members".to_owned()),
        ShapeKind::Enum(values) if values.is_empty() => Some("is an enum without values".to_owned()),
        ShapeKind::Enum(values) => repeated_value(values),
        ShapeKind::Map { key, .. } => match model.target(key).map(|target| &target.kind) {
            None | Some(ShapeKind::String | ShapeKind::Enum(_)) => None,
            Some(other) => Some(format!("is a map with keys of the kind {}; only strings can be keys", other.name())),
        },
        ShapeKind::Structure(members) | ShapeKind::Union(members) => repeated_wire_name(members),
        _ => None,
    };
    if let Some(problem) = problem {
        diagnostics.push(model.diagnostic(&shape.id, problem));
    }
}

/// The values are sorted.
fn repeated_value(values: &[EnumValue]) -> Option<String> {
    let pair = values.windows(2).find(|pair| pair[0].value == pair[1].value)?;
    Some(format!("has the value `{}` twice", pair[0].value))
}

/// Members that go elsewhere than to the body may share a name with one that does not.
fn repeated_wire_name(members: &[Member]) -> Option<String> {
    let mut names = BTreeSet::new();
    let name = |member: &Member| member.json_name().unwrap_or(&member.name).to_owned();
    let second = members.iter().filter(|member| !http::is_bound(member)).find(|member| !names.insert(name(member)))?;
    Some(format!("has two members that are `{}` in JSON", name(second)))
}

/// Constraints that cannot apply to values of this kind.
fn constraint_problems(of: &impl HasTraits, kind: &ShapeKind) -> Vec<String> {
    let fits = [
        (
            traits::LENGTH,
            matches!(
                kind,
                ShapeKind::String | ShapeKind::Enum(_) | ShapeKind::Blob | ShapeKind::List(_) | ShapeKind::Map { .. }
            ),
        ),
        (traits::PATTERN, matches!(kind, ShapeKind::String | ShapeKind::Enum(_))),
        (traits::RANGE, is_number(kind)),
        (traits::TIMESTAMP_FORMAT, matches!(kind, ShapeKind::Timestamp)),
        (traits::IDEMPOTENCY_TOKEN, matches!(kind, ShapeKind::String)),
        (traits::SPARSE, matches!(kind, ShapeKind::List(_) | ShapeKind::Map { .. })),
        (traits::STREAMING, matches!(kind, ShapeKind::Blob | ShapeKind::Union(_))),
    ];
    fits.into_iter()
        .filter(|(id, fits)| !fits && of.has(id))
        .map(|(id, _)| format!("has the trait `{id}`, which means nothing for the kind {}", kind.name()))
        .collect()
}

fn member_problems(model: &Model, member: &Member) -> Vec<String> {
    let Some(target) = model.target(member) else {
        return Vec::new();
    };
    if matches!(target.kind, ShapeKind::Service(_) | ShapeKind::Operation(_) | ShapeKind::Resource(_)) {
        return vec![format!("targets {}, which holds no value: it is of the kind {}", target.id, target.kind.name())];
    }
    let mut problems = constraint_problems(member, &target.kind);
    if let Some(default) = member.default_value()
        && !default_fits(default, &target.kind)
    {
        problems.push(format!("has the default {default}, which is no value of the kind {}", target.kind.name()));
    }
    problems
}

fn default_fits(default: &Value, kind: &ShapeKind) -> bool {
    match kind {
        ShapeKind::Boolean => default.is_boolean(),
        ShapeKind::String | ShapeKind::Blob => default.is_string(),
        ShapeKind::Enum(values) => values.iter().any(|value| default == value.value.as_str()),
        ShapeKind::IntEnum(values) => values.iter().any(|value| default.as_i64() == Some(value.value)),
        ShapeKind::Byte | ShapeKind::Short | ShapeKind::Integer | ShapeKind::Long | ShapeKind::BigInteger => {
            default.is_i64() || default.is_u64()
        }
        ShapeKind::Float | ShapeKind::Double | ShapeKind::BigDecimal => default.is_number(),
        ShapeKind::Timestamp => default.is_number() || default.is_string(),
        ShapeKind::Document => true,
        ShapeKind::List(_) => default.as_array().is_some_and(Vec::is_empty),
        ShapeKind::Map { .. } => default.as_object().is_some_and(serde_json::Map::is_empty),
        _ => false,
    }
}

fn is_number(kind: &ShapeKind) -> bool {
    matches!(
        kind,
        ShapeKind::Byte
            | ShapeKind::Short
            | ShapeKind::Integer
            | ShapeKind::Long
            | ShapeKind::Float
            | ShapeKind::Double
            | ShapeKind::BigInteger
            | ShapeKind::BigDecimal
            | ShapeKind::IntEnum(_)
    )
}

fn check_operation(model: &Model, id: &ShapeId, operation: &Operation, diagnostics: &mut Diagnostics) {
    for (role, target) in [("input", &operation.input), ("output", &operation.output)] {
        diagnostics.collect(structure(model, id, role, target));
    }
    for error in &operation.errors {
        if let Some(shape) = diagnostics.collect(structure(model, id, "error", error))
            && !shape.has(traits::ERROR)
        {
            let message = format!("has the error {error}, which lacks the trait `{}`", traits::ERROR);
            diagnostics.push(model.diagnostic(id, message));
        }
    }
}

fn structure<'a>(model: &'a Model, id: &ShapeId, role: &str, target: &ShapeId) -> Result<&'a Shape, Diagnostic> {
    let shape = model.expect_shape(target, id)?;
    match &shape.kind {
        ShapeKind::Structure(_) => Ok(shape),
        other => {
            let message = format!("has the {role} {target}, which is of the kind {} and not a structure", other.name());
            Err(model.diagnostic(id, message))
        }
    }
}
